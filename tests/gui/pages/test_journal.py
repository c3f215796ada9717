"""The journal: every write with its outcome, down to the frames; and a line that was altered shows."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.access import Person
from core.errors import WattelierError
from core.parameters import Parameter, Words
from core.points import Choice, Kind, Point, PointKey
from core.sitebook import SiteBook
from core.writing import values
from core.writing.journal import Entry, Verdict
from core.writing.review import Edit
from gui import i18n
from gui.bridge import Bridge
from gui.models import journal_words
from gui.models.journal import Column, JournalFilter, JournalTable, Names, value_of, value_words
from gui.pages.journal import JournalTab
from tests.gui.fake_writing import PARIS, FakeBook, FakeWriting, journalled

Opener = Callable[..., JournalTab]
NOW = 1_795_899_838.0
LIMIT = PointKey("hybrid", "discharge_limit")


@pytest.fixture
def station() -> FakeWriting:
    found = FakeWriting()
    found.book = journalled(NOW)
    return found


@pytest.fixture
def open_tab(qtbot: QtBot) -> Iterator[Opener]:
    i18n.choose("en")
    tabs: list[tuple[JournalTab, Bridge]] = []

    def build(station: FakeWriting) -> JournalTab:
        bridge = Bridge(station, start=False)  # type: ignore[arg-type]
        tab = JournalTab(station, bridge)  # type: ignore[arg-type]
        tabs.append((tab, bridge))
        qtbot.addWidget(tab)
        tab.resize(1180, 760)
        tab.show()
        qtbot.waitUntil(lambda: not tab.busy)
        return tab

    yield build
    for tab, bridge in tabs:
        tab.stop()
        bridge.stop()
    i18n.choose("en")


def rows(tab: JournalTab) -> list[list[str]]:
    found = [tab.filter.index(row, 0) for row in range(tab.filter.rowCount())]
    return [[str(index.siblingAtColumn(c).data()).replace("\u202f", " ") for c in Column] for index in found]


def choose(tab: JournalTab, row: int) -> None:
    tab.view.setCurrentIndex(tab.filter.index(row, 0))


def test_the_models_keep_the_rules(qtbot: QtBot, qtmodeltester: ModelTester, station: FakeWriting) -> None:
    table, proxy = JournalTable(PARIS), JournalFilter()
    proxy.setSourceModel(table)
    assert station.book is not None
    table.show(station.book.kept[::-1], Names(station), [3])  # type: ignore[arg-type]
    proxy.set_filter("limit", steps=False)
    for model in (table, proxy):
        qtmodeltester.check(model)


def test_the_newest_stands_first_in_human_units(open_tab: Opener, station: FakeWriting) -> None:
    tab = open_tab(station)
    found = rows(tab)
    assert [row[3] for row in found] == ["Charge limit", "Window ends", "Charge from the grid", "Discharge limit", ""]
    assert found[3][1:] == [
        "Camille", "Onduleur AURA 10KM-BG", "Discharge limit", "80 % → 100 %", "100 %", "set and proven",
    ]  # fmt: skip
    assert found[2][4] == "Off → On"
    assert found[1][6] == "refused"
    assert found[0][6] == "begun, no outcome kept"
    assert found[4][6] == "sign-in"


def test_every_step_and_the_filter(open_tab: Opener, station: FakeWriting) -> None:
    tab = open_tab(station)
    assert tab.count.line() == "5 of 8 lines"
    tab.steps.setChecked(True)
    assert tab.filter.rowCount() == 8
    tab.search.setText("grid charge")
    assert tab.filter.rowCount() == 2
    tab.search.setText("heures creuses")
    assert tab.filter.rowCount() == 6


def test_the_chain_is_checked_and_a_break_is_shown(open_tab: Opener, station: FakeWriting) -> None:
    tab = open_tab(station)
    assert tab.chain.text == "Chain whole, 8 lines"
    assert not tab.breaks.isVisible()


def test_a_real_journal_with_one_line_altered_by_hand(
    open_tab: Opener, station: FakeWriting, tmp_path: Path, qtbot: QtBot
) -> None:
    book = SiteBook(tmp_path / "a.site.sqlite")
    with book.journal() as journal:
        for new in ("90", "100", "70"):
            entry = Entry("outcome", "Camille", "installer", 1, device="hybrid", point="discharge_limit",
                          old="80", new=new, readback=new, outcome="proven")  # fmt: skip
            journal.append(entry)
    station.book = book  # type: ignore[assignment]
    tab = open_tab(station)
    assert tab.chain.text == "Chain whole, 3 lines"
    db = sqlite3.connect(book.path)
    db.executescript("drop trigger journal_is_not_changed; update journal set new = '60' where id = 2;")
    db.close()
    tab.check.click()
    qtbot.waitUntil(lambda: not tab.busy)
    assert tab.chain.text == "Chain broken at line 2"
    assert tab.breaks.text().startswith("Line 2 is not the one that was written: it has been changed afterwards.")
    assert rows(tab)[1][6] == "altered afterwards"
    assert rows(tab)[0][6] == "set and proven"
    choose(tab, 1)
    assert tab.detail.sentence.text().startswith("This line is not the one that was written")


def test_a_line_tells_its_frames_and_its_place_in_the_chain(open_tab: Opener, station: FakeWriting) -> None:
    tab = open_tab(station)
    choose(tab, 1)
    detail = tab.detail
    assert detail.isVisible()
    assert detail.title.text().endswith("Window ends · Refused")
    assert detail.sentence.text() == "Unit 1 refuses: illegal data value; it still holds 05:30"
    assert "→ 01 06 0c 06 00 64 6b 70\n← 01 06 0c 06 00 64 6b 70" in detail.frames.toPlainText()
    line, named = tab.table.line(1)
    facts = {fact.label: fact.text for fact in [*detail.what(line, named), *detail.where(line, named)]}
    assert facts["Reason"] == "heures creuses du client"
    assert facts["Device"] == "Onduleur AURA 10KM-BG · no. 2355553510"
    assert facts["Register"] == "3318 · 0x0CF6"
    assert facts["Hash"] == f"{line.hash[:16]}…"
    detail.close_button.click()
    assert not detail.isVisible()


def test_new_lines_appear_while_it_is_seen(open_tab: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    tab = open_tab(station)
    book = station.book
    assert isinstance(book, FakeBook)
    choose(tab, 1)
    before = tab.detail.title.text()
    book.add("outcome", NOW, run=4, device="hybrid", point="charge_limit", old="100", new="90", outcome="proven")
    for _ in range(3):
        tab.tick()
    qtbot.waitUntil(lambda: not tab.busy)
    assert rows(tab)[0][4] == "100 % → 90 %"
    assert tab.detail.title.text() == before  # what one reads stays


def test_nothing_is_read_again_while_nothing_is_new(open_tab: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    tab = open_tab(station)
    resets: list[int] = []
    tab.table.modelReset.connect(lambda: resets.append(1))
    for _ in range(6):
        tab.tick()
        qtbot.waitUntil(lambda: not tab.busy)
    assert resets == []


def test_a_parameter_of_a_higher_role_is_not_told(
    open_tab: Opener, station: FakeWriting, tmp_path: Path, qtbot: QtBot
) -> None:
    book = station.book
    assert isinstance(book, FakeBook)
    book.add("outcome", NOW, run=5, device="station", point="AuthorizationKey", register="key.AuthorizationKey",
             old="set", new="(secret)", readback="set", outcome="sent")  # fmt: skip
    tab = open_tab(station)
    assert rows(tab)[0][3:6] == ["not shown to this role", "", ""]
    tab.search.setText("authorizationkey")
    assert tab.filter.rowCount() == 0
    tab.search.clear()
    tab.export(tmp_path / "j.csv")
    qtbot.waitUntil(lambda: not tab.busy)
    assert "AuthorizationKey" not in (tmp_path / "j.csv").read_text("utf-8-sig")
    station.access.sign_in(Person("Ada", "administrator"))
    tab.tick()
    assert rows(tab)[0][3:6] == ["Password of the station", "set → secret", "set"]


def test_it_is_exported_whole_with_its_hashes(
    open_tab: Opener, station: FakeWriting, tmp_path: Path, qtbot: QtBot
) -> None:
    tab = open_tab(station)
    tab.export(tmp_path / "j.csv")
    qtbot.waitUntil(lambda: not tab.busy)
    lines = (tmp_path / "j.csv").read_text("utf-8-sig").split("\n")
    assert len(lines) == 10
    assert lines[0].startswith("id,time_utc,kind,")
    assert lines[1].startswith("1,")
    assert tab.said.line().endswith("j.csv")
    tab.export(tmp_path / "no such folder" / "j.csv")
    qtbot.waitUntil(lambda: not tab.busy)
    assert tab.said.line().startswith("Could not write")


def test_a_run_of_an_earlier_day_is_proposed_value_by_value(
    open_tab: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    tab = open_tab(station)
    choose(tab, 3)
    with qtbot.waitSignal(tab.edits_asked) as asked:
        tab.detail.undo.click()
    assert [(edit.key.point, edit.value) for edit in asked.args[0]] == [
        ("grid_charge", "off"), ("discharge_limit", 80.0),
    ]  # fmt: skip


def test_a_run_of_today_is_undone_as_such(open_tab: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    station.write([Edit(LIMIT, 100.0, station.read(LIMIT))])
    station.finish()
    tab = open_tab(station)
    choose(tab, 3)
    with qtbot.waitSignal(tab.undo_asked) as asked:
        tab.detail.undo.click()
    assert asked.args == [1]


def test_a_refused_line_offers_nothing_to_put_back(open_tab: Opener, station: FakeWriting) -> None:
    tab = open_tab(station)
    choose(tab, 1)
    assert not tab.detail.undo.isVisible()


def test_a_site_that_keeps_nothing_says_so(open_tab: Opener, station: FakeWriting) -> None:
    station.book = None
    tab = open_tab(station)
    assert tab.message.title == "Nothing of this site is kept"
    assert not tab.save.isEnabled()


def test_an_empty_journal_says_what_will_stand_there(open_tab: Opener, station: FakeWriting) -> None:
    station.book = FakeBook()
    tab = open_tab(station)
    assert tab.message.title == "Nothing has been written yet"
    assert tab.chain.text == "Nothing kept yet"


def test_a_journal_that_cannot_be_read_says_why(open_tab: Opener, station: FakeWriting) -> None:
    assert isinstance(station.book, FakeBook)
    station.book.fault = WattelierError("file damaged")
    tab = open_tab(station)
    assert tab.said.line() == "The journal cannot be read: file damaged"


def test_one_line_is_one_line() -> None:
    assert journal_words.chain(Verdict(1)) == ("Chain whole, 1 line", "healthy")


def test_a_field_without_any_bit_is_kept_said_and_put_back():
    i18n.choose("en")
    point = Point("days", (0,), 3, "bits", kind=Kind.BITS, choices=(Choice(0, "mon", "Monday", "Lundi"),), write=16)
    days = Parameter(id="days", section="s", title=Words(), point=point)
    kept = values.text(())
    assert kept
    assert value_of(days, kept) == ()
    assert value_words(days, kept) == "none set"
    assert value_of(days, "mon") == ("mon",)
    assert value_of(days, "") is None
