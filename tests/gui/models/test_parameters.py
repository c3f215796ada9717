"""The models of the parameter panel keep Qt's rules; what is edited, changed and watched shows in its row."""

import time
from collections.abc import Iterator

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Person
from core.parameters import Danger, Memory
from core.points import PointKey
from core.writing.review import Cause, Edit, Phase, Suspect, Wear
from gui import i18n
from gui.models import parameters_run, parameters_words
from gui.models.parameters import ParameterRole, ParameterTree
from gui.models.parameters_csv import csv_of_parameters
from gui.models.parameters_edits import Edits
from gui.models.parameters_row import Column
from gui.models.parameters_search import HitList, find, folded
from tests.gui.fake_writing import PARIS, FakeWriting, Fate

LIMIT, CHARGE, END = (PointKey("hybrid", name) for name in ("discharge_limit", "grid_charge", "window_end"))
CUTOFF, TIMED = PointKey("hybrid", "cutoff"), PointKey("hybrid", "timed_start")


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("en")


@pytest.fixture
def station() -> FakeWriting:
    return FakeWriting()


def tree_of(station: FakeWriting, device: str = "hybrid", edits: Edits | None = None) -> ParameterTree:
    tree = ParameterTree(edits or Edits())
    tree.show(device, station.parameters(device), station.confirmed(device))
    tree.apply_fresh(station.read_parameters(device).result().values())
    return tree


def cell(tree: ParameterTree, key: PointKey, column: Column) -> str:
    return str(tree.place_of(key, column).data())


def put(tree: ParameterTree, key: PointKey, value: object) -> None:
    assert tree.setData(tree.place_of(key, Column.NEW), value)


def test_the_trees_keep_the_rules(qtbot: QtBot, qtmodeltester: ModelTester, station: FakeWriting) -> None:
    tree, hits = tree_of(station), HitList()
    put(tree, LIMIT, "100")
    put(tree, END, "99")
    hits.show(find(station, "limit"))
    for model in (tree, hits):
        qtmodeltester.check(model)


def test_a_row_says_all_of_the_mock(station: FakeWriting) -> None:
    tree = tree_of(station)
    texts = [cell(tree, LIMIT, column).replace("\u202f", " ") for column in Column]
    assert texts == ["Discharge limit", "80 %", "80 %", "10–100 %", "3078", ""]
    assert tree.place_of(LIMIT).data(ParameterRole.SECOND) == "Share of the rated power"
    assert tree.place_of(LIMIT, Column.READ).data(ParameterRole.SECOND) == "just now"
    assert tree.place_of(LIMIT, Column.RANGE).data(ParameterRole.SECOND).replace("\u202f", " ") == "factory 100 %"


def test_what_was_never_read_is_a_dash_and_says_so(station: FakeWriting) -> None:
    tree = ParameterTree(Edits())
    tree.show("hybrid", station.parameters("hybrid"), frozenset())
    assert cell(tree, LIMIT, Column.READ) == "—"
    assert tree.place_of(LIMIT, Column.READ).data(ParameterRole.SECOND) == "not read yet"


def test_an_edit_is_amber_and_leaves_when_the_device_has_the_value_anyway(station: FakeWriting) -> None:
    tree = tree_of(station)
    put(tree, LIMIT, "100")
    assert cell(tree, LIMIT, Column.STATE) == "to write"
    assert tree.place_of(LIMIT).data(ParameterRole.EDITED)
    assert [edit.value for edit in tree.edits.edits()] == [100.0]
    put(tree, LIMIT, "80")
    assert cell(tree, LIMIT, Column.STATE) == ""
    assert tree.edits.edits() == []


def test_a_wrong_entry_is_shown_with_its_sentence_and_never_sent(station: FakeWriting) -> None:
    tree = tree_of(station)
    put(tree, LIMIT, "5")
    assert cell(tree, LIMIT, Column.NEW) == "5"
    assert "between" in tree.place_of(LIMIT, Column.NEW).data(ParameterRole.WRONG)
    assert tree.edits.edits() == []
    assert tree.edits.wrong() == [LIMIT]


def test_red_is_what_differs_from_what_the_operator_had_before_him(station: FakeWriting) -> None:
    tree = tree_of(station)
    put(tree, LIMIT, "100")
    for text, value in (("hybrid/discharge_limit", 60.0), ("hybrid/window_end", "06:00")):
        tree.apply([station.change(text, value)])
    for key in (LIMIT, END):
        assert cell(tree, key, Column.STATE) == "changed elsewhere"
        assert tree.place_of(key, Column.READ).data(ParameterRole.TONE) == "fault"
    assert cell(tree, END, Column.NEW) == "06:00"  # a field without an edit never shows what would not be kept
    assert str(tree.place_of(END, Column.READ).data(ParameterRole.SECOND)).startswith("was 05:30")
    tree.apply_fresh(station.read_parameters("hybrid").result().values())
    assert cell(tree, END, Column.STATE) == ""
    assert cell(tree, LIMIT, Column.STATE) == "changed elsewhere"  # the edit began before another value
    tree.accept(LIMIT)
    assert cell(tree, LIMIT, Column.STATE) == "to write"
    seen = tree.edits.edits()[0].seen
    assert seen is not None
    assert seen.value == 60.0


def test_what_our_own_run_writes_is_not_changed_elsewhere(station: FakeWriting) -> None:
    tree = tree_of(station)
    put(tree, LIMIT, "100")
    tree.set_writing({LIMIT})
    tree.apply([station.change("hybrid/discharge_limit", 100.0)])
    assert cell(tree, LIMIT, Column.STATE) == "being written"


def test_a_bad_or_stale_reading_never_counts_as_a_change(station: FakeWriting) -> None:
    tree = tree_of(station)
    tree.apply([station.change("hybrid/window_end", None)])
    assert cell(tree, END, Column.READ) == "—"
    assert cell(tree, END, Column.STATE) == "not readable"
    assert "bad" in str(tree.place_of(END, Column.READ).data(ParameterRole.SECOND))


def test_an_older_reading_does_not_replace_a_newer_one(station: FakeWriting) -> None:
    tree = tree_of(station)
    station.memory[LIMIT] = 10.0
    tree.apply([station.read(LIMIT, age=60)])
    assert cell(tree, LIMIT, Column.READ) == "80\u202f%"


def test_inferred_and_screen_rows_open_no_field(station: FakeWriting) -> None:
    tree = tree_of(station)
    for name, state in (("timed_start", "inferred"), ("eps", "")):
        key = PointKey("hybrid", name)
        assert cell(tree, key, Column.STATE) == state
        assert not tree.setData(tree.place_of(key, Column.NEW), "02:00")
    station.confirm("hybrid", "timed_start", "01:00 on both")
    tree.show("hybrid", station.parameters("hybrid"), station.confirmed("hybrid"))
    assert tree.setData(tree.place_of(TIMED, Column.NEW), "02:00")


def test_edits_outlive_the_model_and_are_dropped_when_written(station: FakeWriting) -> None:
    kept: dict[PointKey, object] = {}
    first = Edits()
    first.share(kept)  # type: ignore[arg-type]
    put(tree_of(station, edits=first), LIMIT, "100")
    second = Edits()
    second.share(kept)  # type: ignore[arg-type]
    assert cell(tree_of(station, edits=second), LIMIT, Column.NEW) == "100\u202f%"
    second.written(Edit(LIMIT, 90.0))
    assert second.keys() == [LIMIT]  # it has been changed since
    second.written(Edit(LIMIT, 100.0))
    assert second.keys() == []


def test_an_edit_made_without_reading_takes_the_first_reading_as_what_was_seen(station: FakeWriting) -> None:
    edits = Edits()
    edits.take([Edit(LIMIT, 50.0)])
    edits.complete(station.read(LIMIT))
    seen = edits.edits()[0].seen
    assert seen is not None
    assert seen.value == 80.0


def test_a_watched_value_that_moved_is_red(station: FakeWriting) -> None:
    tree = tree_of(station)
    station.write([Edit(LIMIT, 100.0, station.read(LIMIT))])
    station.finish()
    tree.set_watches({watch.key: watch for watch in station.watches()})
    assert cell(tree, LIMIT, Column.STATE) == "being watched"
    station.move("hybrid/discharge_limit", 80.0, suspect=Suspect.CLOUD)
    tree.set_watches({watch.key: watch for watch in station.watches()})
    assert cell(tree, LIMIT, Column.STATE) == "did not hold"


# -- what may not be seen --------------------------------------------------------------------------------------


def test_a_parameter_of_a_higher_role_is_in_no_panel_no_search_and_no_export(station: FakeWriting) -> None:
    hidden = "AuthorizationKey"
    tree = tree_of(station, "station")
    assert hidden not in [key.point for key in tree.shown_keys()]
    assert [hit.key.point for hit in find(station, "password")] == []
    assert hidden not in csv_of_parameters(tree.rows(), "EVlink")
    station.access.sign_in(Person("Ada", "administrator"))
    tree = tree_of(station, "station")
    put(tree, PointKey("station", hidden), "0123456789abcdef")
    text = csv_of_parameters(tree.rows(), "EVlink")
    assert hidden in text
    assert "0123456789abcdef" not in text
    assert [hit.key.point for hit in find(station, "password")] == [hidden]


def test_the_search_goes_over_devices_by_name_help_and_register(station: FakeWriting) -> None:
    assert {hit.device for hit in find(station, "charge")} == {"Onduleur AURA 10KM-BG", "EVlink Parking"}
    assert [hit.key for hit in find(station, "3078")] == [LIMIT]
    assert [hit.key for hit in find(station, "0x0c06")] == [LIMIT]
    assert find(station, "hors soleil") == []  # the help of the other language
    assert [hit.key for hit in find(station, "without sun")] == [CHARGE]
    assert find(station, "  ") == []


def test_the_search_asks_for_no_accents_and_no_typographic_apostrophe(station: FakeWriting) -> None:
    assert folded("Délai d’authentification") == folded("delai d'AUTHENTIFICATION")
    assert LIMIT in [hit.key for hit in find(station, "LIMITE DE DECHARGE")]  # type: ignore[arg-type]


def test_the_export_has_every_row_in_inner_units(station: FakeWriting) -> None:
    tree = tree_of(station)
    put(tree, PointKey("hybrid", "feed_limit"), "5")
    lines = csv_of_parameters(tree.rows(), "AURA").split("\r\n")
    assert len(lines) == len(tree.shown_keys()) + 2
    feed = next(line for line in lines if ",feed_limit," in line).split(",")
    assert feed[4] == "4570"
    assert feed[9] == "5000"


# -- words -----------------------------------------------------------------------------------------------------


def test_a_short_life_is_told() -> None:
    assert parameters_words.writes(Wear()) == "never written yet"
    assert parameters_words.writes(Wear(1)) == "1 write to date"
    assert parameters_words.writes(Wear(3, 99_997, 80.0)) == "3 writes to date"
    assert (
        parameters_words.writes(Wear(90_000, 10_000, 0.5)) == "90\u202f000 writes to date · 6 months left at this pace"
    )
    assert all(parameters_words.memory(memory) for memory in Memory)
    assert all(parameters_words.danger_check(danger) for danger in Danger if danger is not Danger.NONE)


def cures(station: FakeWriting, *edits: Edit) -> list[str]:
    found = parameters_run.cures(station, station.review(edits))  # type: ignore[arg-type]
    return [cure.remedy.value for cure in found]


def test_a_refusal_says_what_to_do(station: FakeWriting) -> None:
    seen = station.read(LIMIT)
    assert cures(station, Edit(LIMIT, 100.0, seen)) == []
    assert cures(station, Edit(LIMIT, 100.0)) == ["read"]
    assert cures(station, Edit(TIMED, "02:00", station.read(TIMED))) == ["confirm"]
    beat = PointKey("station", "HeartbeatInterval")
    assert cures(station, Edit(beat, 300.0, station.read(beat))) == ["link"]
    station.access.sign_in(Person("Ulli", "user"))
    assert cures(station, Edit(CUTOFF, 45.0, station.read(CUTOFF))) == ["role"]
    station.access.sign_in(NOBODY)
    assert cures(station, Edit(LIMIT, 100.0, seen)) == ["sign in"]


FAILURES = [
    (Phase.REFUSED, "the device refuses: illegal data value; it still holds off", "it still holds Off"),
    (Phase.CHANGED, "it was off when it was read and is on now: look again", "it was Off when you read it"),
    (Phase.DIFFERS, "it was to hold on and holds off", "the device said yes and still holds Off"),
    (
        Phase.DIFFERS,
        "the device said yes (takes effect after a restart of the station) and still holds off",
        "the device said yes (takes effect after a restart of the station) and still holds Off.",
    ),
    (Phase.UNSURE, "the line was lost while it was written: no answer", "the line was lost"),
]


@pytest.mark.parametrize(("phase", "sentence", "happened"), FAILURES)
def test_a_failure_says_what_happened_what_it_means_and_what_to_do(
    station: FakeWriting, phase: Phase, sentence: str, happened: str
) -> None:
    station.fates[CHARGE] = Fate(phase, sentence, "off" if phase is Phase.DIFFERS else None)
    wanted = ((LIMIT, 100.0), (CHARGE, "on"), (END, "06:00"))
    station.write([Edit(key, value, station.read(key)) for key, value in wanted])
    run = station.finish()
    told = parameters_run.told(run)
    assert not run.ok
    assert told.tone == "fault"
    assert happened in told.happened
    assert "Discharge limit" in told.means
    assert "Not reached: Window ends." in told.means
    assert told.todo


def _refused(sentence: str, cause: Cause) -> Fate:
    return Fate(Phase.REFUSED, sentence, cause=cause)


KINDS = [
    (_refused("the device refuses: illegal data value; it still holds off", Cause.DEVICE), "refuses", "remote control"),
    (
        _refused("the line was lost while it was written; it still holds off", Cause.SILENCE),
        "lost",
        "read all",
    ),
    (
        _refused("it could not be read before, so nothing was written: silence", Cause.UNREADABLE),
        "be read",
        "read all",
    ),
    (_refused("the line Stick is read-only", Cause.RULES), "nothing was written", "try again"),
    (
        Fate(Phase.DIFFERS, "the device said yes and still holds off: the write had no effect", "off"),
        "accepts",
        "locked",
    ),
    (
        Fate(
            Phase.DIFFERS,
            "it was to hold 60, and what was read back is not plausible: 600 % is outside 1 … 100",
            cause=Cause.OUTSIDE,
        ),
        "outside its range",
        "at the device itself",
    ),
]


@pytest.mark.parametrize(("fate", "title", "todo"), KINDS)
def test_the_title_and_the_advice_fit_what_went_wrong(station: FakeWriting, fate: Fate, title: str, todo: str) -> None:
    station.fates[CHARGE] = fate
    station.write([Edit(CHARGE, "on", station.read(CHARGE))])
    run = station.finish()
    told = parameters_run.told(run)
    assert title in told.title
    assert todo in told.todo
    assert ("refuse" in told.title) is ("refuses" in fate.sentence)
    assert ("refused" in parameters_run.phase_words(run.lines[0])[0]) is ("refuses" in fate.sentence)


def test_a_write_without_effect_is_not_called_written(station: FakeWriting) -> None:
    station.fates[CHARGE] = Fate(
        Phase.DIFFERS, "the device said yes and still holds off: the write had no effect", "off"
    )
    station.write([Edit(CHARGE, "on", station.read(CHARGE))])
    told = parameters_run.told(station.finish())
    assert told.means == "Nothing was changed in any device."
    assert "Put back" not in told.todo


def test_what_a_device_says_with_its_yes_is_told_beside_the_success(station: FakeWriting) -> None:
    remark = "takes effect after a restart of the station"
    station.fates = {LIMIT: Fate(sentence=remark), CHARGE: Fate(sentence=remark)}
    wanted = ((LIMIT, 100.0), (CHARGE, "on"), (END, "06:00"))
    station.write([Edit(key, value, station.read(key)) for key, value in wanted])
    told = parameters_run.told(station.finish())
    assert told.title == "Set, read back and identical"
    names = [parameters_words.title(station.runs()[-1].lines[row].parameter) for row in (0, 1)]
    assert told.happened == f"{names[0]}, {names[1]}: {remark}."


def test_success_is_only_said_of_what_is_proven(station: FakeWriting) -> None:
    run = station.write([Edit(LIMIT, 100.0, station.read(LIMIT))])
    assert parameters_run.told(run).title == "Writing 1 of 1"
    while not run.done:
        assert "identical" not in parameters_run.told(run).title
        station.step()
        run = station.runs()[-1]
    assert parameters_run.told(run).title == "Set, read back and identical"
    order = station.write([Edit(PointKey("hybrid", "restart"), "restart")], reason="firmware", confirmed=True)
    assert parameters_run.told(station.finish()).title == "Sent and accepted"
    assert order.lines[0].parameter.command


def test_a_watch_says_how_long_and_who_may_have_moved_it(station: FakeWriting) -> None:
    station.write([Edit(LIMIT, 100.0, station.read(LIMIT))])
    station.finish()
    now = time.time()
    assert "watched for 15\u202fmin more" in parameters_run.watch_words(station.watches()[0], now, PARIS)
    station.move("hybrid/discharge_limit", 80.0, suspect=Suspect.MASTER, evidence="the device refuses: busy")
    watch = station.watches()[0]
    assert "no longer 100\u202f%, but 80\u202f% since " in parameters_run.watch_words(watch, now, PARIS)
    assert parameters_run.suspect_words(watch).startswith("Probably another program or controller. ")
