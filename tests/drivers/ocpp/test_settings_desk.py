"""Parameters of a simulated EVlink from the desk to the key and back: five values, undone, then with every fault."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from core.access import Person
from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused, WattelierError
from core.facade import Station
from core.linkurl import parse_link
from core.paths import profile_roots
from core.points import PointKey, Value
from core.status import DeviceState
from core.writing.journal import Line
from core.writing.review import Edit, Phase, Run, Suspect, Watch
from drivers.sim.faults import WriteFault
from drivers.sim.fleet import Fleet
from drivers.sim.station_twin import StationTwin
from drivers.supervise import open_station
from tests.drivers.ocpp.judge import Judge, calling

T = TypeVar("T")
WITHIN_S = 20.0
TIMEOUT = "key_rfidstatustimeout"
FIVE: tuple[tuple[str, Value], ...] = (
    ("key_maxintensitysocket", 20.0),
    (TIMEOUT, 15.0),
    ("key_allowofflinetxforunknownid", "no"),
    ("key_stationname", "Grange du Bas"),
    ("key_localauthorizeoffline", "no"),
)


def until(found: Callable[[], T | None]) -> T:
    end = time.monotonic() + WITHIN_S
    while not (got := found()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
    return got


def finished(station: Station, run: Run) -> Run:
    return until(lambda: next((each for each in station.runs() if each.number == run.number and each.done), None))


class Bench:
    """A station over a simulated EVlink with one socket."""

    def __init__(self, station: Station, twin: StationTwin) -> None:
        self.station, self.twin = station, twin

    def edits(self, *pairs: tuple[str, Value]) -> list[Edit]:
        """Edits by somebody who has just read the station."""
        held = self.station.read_parameters("evlink", [name for name, _ in pairs]).result(WITHIN_S)
        return [Edit(PointKey("evlink", name), value, held[name]) for name, value in pairs]

    def write(self, *pairs: tuple[str, Value]) -> Run:
        return self.finish(self.station.write(self.edits(*pairs), reason="test", confirmed=True))

    def undo(self, run: Run) -> Run:
        return self.finish(self.station.undo(run.number, reason="test", confirmed=True))

    def finish(self, run: Run) -> Run:
        return finished(self.station, run)

    def held(self, *names: str) -> dict[str, Value]:
        """What the station holds, read now."""
        return {edit.key.point: edit.seen.value for edit in self.edits(*((name, None) for name in names)) if edit.seen}

    def moved(self) -> Watch | None:
        return next((watch for watch in self.station.watches() if watch.moved), None)

    def journal(self) -> list[Line]:
        """Oldest first."""
        assert self.station.book is not None
        with self.station.book.journal() as journal:
            assert journal.verify().ok
            return list(reversed(journal.lines()))


@contextmanager
def running(folder: Path, *, read_only: bool = False) -> Iterator[Bench]:
    profile = Catalogue(profile_roots()).get("schneider/evlink_ocpp")
    link = LinkConfig("calls", parse_link("ocpp://127.0.0.1:8887/"), read_only=read_only, timeout_s=1.0)
    options = profile.options_with({})
    device = DeviceConfig("evlink", "calls", profile.id, profile, options=options, role="charger", station="EVB-P12")
    fleet = Fleet(Site("Proof", ZoneInfo("Europe/Paris"), (link,), (device,), demo=True))
    station = open_station(fleet.start(), folder / "proof.sqlite")
    try:
        station.start()
        until(lambda: [d for d in station.link_status("calls").devices if d.state is DeviceState.ONLINE])
        twin = fleet.twins["evlink"]
        assert isinstance(twin, StationTwin)
        until(lambda: read_only or twin.keys.get("MeterValueSampleInterval") == "30")
        until(lambda: not station.write_trouble)
        yield Bench(station, twin)
    finally:
        station.stop()
        fleet.stop()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr("core.writing.work.SETTLE_S", (0.0, 0.1))
    monkeypatch.setattr("core.writing.courier.BACK_EVERY_S", 0.1)
    for name in ("FIRST_S", "EVERY_S", "AGAIN_S"):
        monkeypatch.setattr(f"core.writing.watch.{name}", 0.2)
    with running(tmp_path) as found:
        yield found


def test_five_values_are_written_proven_and_undone(bench: Bench) -> None:
    names = [name for name, _ in FIVE]
    before = bench.held(*names)
    run = bench.write(*FIVE)
    assert [(line.phase, line.sentence) for line in run.lines] == [(Phase.PROVEN, "")] * 5
    assert bench.held(*names) == dict(FIVE)
    assert bench.twin.keys.get("maxintensitysocket") == "20"
    assert bench.twin.keys.get("AllowOfflineTxForUnknownId") == "false"
    undone = bench.undo(run)
    assert [line.edit.key.point for line in undone.lines] == names[::-1]
    assert undone.ok
    assert bench.held(*names) == before


def test_every_step_is_in_the_journal_with_its_messages(bench: Bench) -> None:
    run = bench.write((TIMEOUT, 15.0))
    lines = [line.entry for line in bench.journal() if line.entry.run == run.number]
    intent, outcome = [entry for entry in lines if entry.kind in ("intent", "outcome")]
    assert (intent.who, intent.register, intent.old, intent.new) == (
        "demonstration", "key.rfidstatustimeout", "10", "15",
    )  # fmt: skip
    assert (outcome.outcome, outcome.readback) == ("proven", "15")
    frames = outcome.detail["frames"]
    assert isinstance(frames, list)
    texts = [bytes.fromhex(frame["sent"] + frame["received"]).decode() for frame in frames]
    change = next(place for place, text in enumerate(texts) if "ChangeConfiguration" in text)
    assert '"value":"15"' in texts[change].replace(" ", "")
    assert "Accepted" in texts[change + 1]
    assert "rfidstatustimeout" in texts[0], "what it held before"
    assert "rfidstatustimeout" in texts[-1], "what it holds now"


def test_what_the_program_sets_by_itself_is_in_the_journal(bench: Bench) -> None:
    entry = until(lambda: next((line.entry for line in bench.journal() if line.entry.kind == "set-up"), None))
    assert (entry.device, entry.link, entry.point) == ("evlink", "calls", "key_metervaluesampleinterval")
    assert (entry.who, entry.old, entry.new, entry.outcome) == ("", "10", "30", "Accepted")


@pytest.mark.parametrize(
    ("fault", "phase", "said", "holds"),
    [
        (WriteFault.REFUSED, Phase.REFUSED, "it does not take this value; it still holds 10", 10.0),
        (WriteFault.REMOTE_OFF, Phase.REFUSED, "it does not take this value; it still holds 10", 10.0),
        (WriteFault.IGNORED, Phase.DIFFERS, "the device said yes and still holds 10", 10.0),
        (WriteFault.CLAMPED, Phase.DIFFERS, "it was to hold 20 and holds 0", 0.0),
        (WriteFault.SCALED, Phase.DIFFERS, "it was to hold 20 and holds 200", 200.0),
        (WriteFault.LOST, Phase.REFUSED, "the line was lost while it was written", 10.0),
        (WriteFault.SILENT, Phase.PROVEN, "does not answer ChangeConfiguration within 1 s); yet it holds", 20.0),
    ],
)
def test_what_goes_wrong_is_told_and_what_was_written_can_be_put_back(
    bench: Bench, fault: WriteFault, phase: Phase, said: str, holds: float
) -> None:
    bench.twin.faults.inject_write(fault, point=TIMEOUT)
    run = bench.write((TIMEOUT, 20.0), ("key_maxintensitysocket", 20.0))
    bench.twin.faults.clear()
    first, second = run.lines
    assert first.phase is phase
    assert said in first.sentence
    assert second.phase is (Phase.PROVEN if phase is Phase.PROVEN else Phase.NOT_REACHED)
    assert bench.held(TIMEOUT) == {TIMEOUT: holds}
    written = [line.edit.key.point for line in run.undoable]
    assert (TIMEOUT in written) is (holds != 10.0)
    if written:
        assert bench.undo(run).ok
        assert bench.held(TIMEOUT, "key_maxintensitysocket") == {TIMEOUT: 10.0, "key_maxintensitysocket": 32.0}


def test_a_key_that_somebody_else_has_changed_is_left_alone(bench: Bench) -> None:
    edits = bench.edits((TIMEOUT, 20.0))
    bench.twin.keys.poke(TIMEOUT, "25")
    until(lambda: bench.held(TIMEOUT) == {TIMEOUT: 25.0})
    run = bench.finish(bench.station.write(edits, reason="test", confirmed=True))
    assert run.lines[0].phase is Phase.CHANGED
    assert bench.held(TIMEOUT) == {TIMEOUT: 25.0}


def test_a_key_that_moves_back_is_reported(bench: Bench) -> None:
    bench.twin.faults.inject_write(WriteFault.REVERTS, after_s=0.5, point=TIMEOUT)
    assert bench.write((TIMEOUT, 20.0)).ok
    watch = until(bench.moved)
    assert (watch.key.point, watch.suspect) == (TIMEOUT, Suspect.FIRMWARE)
    assert watch.last is not None
    assert watch.last.value == 10.0


def test_a_key_that_needs_a_restart_says_so(bench: Bench) -> None:
    run = bench.write(("key_slavehaspublicip", "no"))
    assert run.lines[0].phase is Phase.PROVEN
    assert run.lines[0].sentence == "takes effect after a restart of the station"


def test_a_station_that_is_away_is_written_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.writing.courier.BACK_S", 0.2)
    edits = bench.edits((TIMEOUT, 20.0))
    bench.twin.mute = True
    until(lambda: bench.station.link_status("calls").devices[0].state is not DeviceState.ONLINE)
    run = bench.finish(bench.station.write(edits, reason="test", confirmed=True))
    assert run.lines[0].phase is Phase.REFUSED
    assert "the charging station EVB-P12 is not connected" in run.lines[0].sentence
    assert bench.twin.keys.get("rfidstatustimeout") == "10"


def test_who_may_see_and_write_a_key_is_decided_by_the_role(bench: Bench) -> None:
    edits = bench.edits((TIMEOUT, 20.0), ("key_maxintensitysocket", 20.0))
    bench.station.access.sign_in(Person("Paul", "installer"))
    with pytest.raises(CommandRefused, match="needs the role administrator"):
        bench.station.write(edits[:1], reason="test", confirmed=True)
    with pytest.raises(CommandRefused, match="there is no parameter"):
        bench.station.write(edits[1:], reason="test", confirmed=True)
    shown = {entry.id for entry in bench.station.parameters("evlink").entries}
    assert TIMEOUT in shown
    assert "key_maxintensitysocket" not in shown
    assert bench.twin.keys.get("rfidstatustimeout") == "10"


def test_a_key_that_no_profile_knows_is_an_administrators(tmp_path: Path) -> None:
    profile = Catalogue(profile_roots()).get("schneider/evlink_ocpp")
    link = LinkConfig("calls", parse_link("ocpp://127.0.0.1:0/"), read_only=False)
    device = DeviceConfig("evlink", "calls", profile.id, profile, options=profile.options_with({}), station="CP1")
    station = open_station(Site("Proof", ZoneInfo("Europe/Paris"), (link,), (device,)), tmp_path / "proof.sqlite")
    colour, lock, motto = "key_maker_colour", "key_maker_wifipassword", "key_maker_motto"

    def session(judge: Judge) -> None:
        until(lambda: not station.write_trouble)
        until(lambda: [entry for entry in station.points("evlink") if entry.id == lock])
        for person in (Person(), Person("Paul", "installer")):
            station.access.sign_in(person)
            assert not {colour, lock} & {entry.id for entry in station.parameters("evlink").entries}
        station.access.sign_in(Person("Aude", "administrator"))
        held = station.read_parameters("evlink", [colour, lock]).result(WITHIN_S)
        assert (held[colour].value, held[lock].value) == ("green", "set")
        edits = [Edit(PointKey("evlink", colour), "blue", held[colour])]
        station.access.sign_in(Person("Paul", "installer"))
        with pytest.raises(CommandRefused, match="there is no parameter"):
            station.write(edits)
        station.access.sign_in(Person("Aude", "administrator"))
        run = finished(station, station.write(edits))
        assert run.lines[0].phase is Phase.PROVEN
        assert judge.keys["maker.colour"][0] == "blue"
        edits = [Edit(PointKey("evlink", lock), "hunter22", held[lock])]
        with pytest.raises(CommandRefused, match="needs a second confirmation"):
            station.write(edits, reason="another owner")
        run = finished(station, station.write(edits, reason="another owner", confirmed=True))
        assert run.lines[0].phase is Phase.SENT, "what cannot be read back is not proven"
        assert judge.keys["maker.WifiPassword"][0] == "hunter22"
        assert run.undoable == ()
        assert run.lines[0].edit.value is None, "and it is not kept"
        held = station.read_parameters("evlink", [motto]).result(WITHIN_S)
        edits = [Edit(PointKey("evlink", motto), "per aspera", held[motto])]
        assert station.review(edits).lines[0].blind
        run = finished(station, station.write(edits))
        assert run.lines[0].phase is Phase.PROVEN, "told without a value, it is written the first time"
        assert run.undoable == ()

    async def go() -> None:
        async with calling(station.link_status("calls").place) as judge:
            judge.keys |= {
                "maker.colour": ("green", False),
                "maker.WifiPassword": ("secret", False),
                "maker.motto": (None, False),
            }
            await judge.boot()
            await asyncio.to_thread(session, judge)

    try:
        station.start()
        until(lambda: station.link_status("calls").place)
        asyncio.run(go())
        assert station.book is not None
        with station.book.journal() as journal:
            kept = repr(journal.lines())
        assert "hunter22" not in kept
        assert b"hunter22".hex(" ") not in kept
    finally:
        station.stop()


def test_closing_in_mid_write_ends_soon_and_leaves_the_truth_open(tmp_path: Path) -> None:
    with running(tmp_path) as bench:
        edits = bench.edits((TIMEOUT, 20.0))
        bench.twin.faults.inject_write(WriteFault.SILENT, point=TIMEOUT)
        run = bench.station.write(edits, reason="test", confirmed=True)
        until(lambda: bench.twin.keys.get("rfidstatustimeout") == "20")
        bench.station.stop()
        (line,) = next(entry for entry in bench.station.runs() if entry.number == run.number).lines
        assert line.phase is Phase.UNSURE
        assert "what the device holds now is not known" in line.sentence
        outcomes = [entry.entry.outcome for entry in bench.journal() if entry.entry.kind == "outcome"]
        assert outcomes == ["unsure"]


def test_a_read_only_link_is_read_and_never_written(tmp_path: Path) -> None:
    with running(tmp_path, read_only=True) as bench:
        edits = until(lambda: _read(bench))
        with pytest.raises(CommandRefused, match="read-only"):
            bench.station.write(edits, reason="test", confirmed=True)
        assert bench.twin.keys.get("rfidstatustimeout") == "10"
        assert not any(b"ChangeConfiguration" in frame.sent for frame in bench.station.frames("calls", 1000))


def _read(bench: Bench) -> list[Edit]:
    try:
        return bench.edits((TIMEOUT, 20.0))
    except WattelierError:
        return []
