"""A scripted session of writes against a simulated AURA, ZCS G3 and EVlink: five values each, undone, then every fault.

    python3 packaging/dev.py proof [--quick] [DEVICE …]

Prints what the operator sees of each. The AURA sits behind a simulated SOLARMAN stick, the ZCS on Modbus TCP, the
EVlink calls by OCPP; every value crosses its real protocol on 127.0.0.1. ``--quick``: a reverted value moves after a
second instead of two minutes, and is looked for every second; a charging station's answer is waited for 5 s.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.catalogue import Catalogue  # noqa: E402
from core.config import DeviceConfig, LinkConfig, Site  # noqa: E402
from core.errors import WattelierError  # noqa: E402
from core.facade import Station  # noqa: E402
from core.linkurl import parse_link  # noqa: E402
from core.paths import profile_roots  # noqa: E402
from core.points import PointKey, Value  # noqa: E402
from core.status import DeviceState  # noqa: E402
from core.writing import values, watch, work  # noqa: E402
from core.writing.review import Edit, Phase, Run  # noqa: E402
from drivers.sim.faults import Faults, WriteFault  # noqa: E402
from drivers.sim.fleet import Fleet  # noqa: E402
from drivers.supervise import open_station  # noqa: E402

STICK = 2355553510
IDENTITY = "EVB-P12"
REASON = "scripted session"


@dataclass(frozen=True, slots=True)
class Play:
    """What is done with one device: five values, and the one that the faults hit, with two further values for it."""

    device: str
    edits: tuple[tuple[str, Value], ...]
    point: str
    other: Value
    third: Value


PLAYS = (
    Play(
        "aura",
        (
            ("battery_discharge_limit", 80.0),
            ("battery_charge_limit", 70.0),
            ("grid_charge_enable", "on"),
            ("grid_charge_start", "22:30"),
            ("battery_grid_charge_max", 90.0),
        ),
        "battery_discharge_limit",
        60.0,
        50.0,
    ),
    Play(
        "g3",
        (
            ("g3.set_abf_mode", "three_phase_sum"),
            ("g3.set_abf_p", 3000.0),
            ("g3.set_eps", "on_no_cold_start"),
            ("g3.peak_soc", 40.0),
            ("g3.set_bat_buf", 20.0),
        ),
        "g3.peak_soc",
        50.0,
        70.0,
    ),
    Play(
        "evlink",
        (
            ("key_maxintensitysocket", 20.0),
            ("key_rfidstatustimeout", 15.0),
            ("key_websocketpinginterval", 60.0),
            ("key_allowofflinetxforunknownid", "no"),
            ("key_loadsheddingsetpoint", 10.0),
        ),
        "key_rfidstatustimeout",
        20.0,
        25.0,
    ),
)


class Proof:
    """The session; ``say`` takes what the operator sees, line by line."""

    def __init__(self, station: Station, fleet: Fleet, say: Callable[[str], None], quick: bool = False) -> None:
        self.station, self.fleet, self.say, self.quick = station, fleet, say, quick
        self.failed: list[str] = []

    def faults(self, device: str) -> Faults:
        """The faults of a simulated device."""
        return self.fleet.faults[device] if device in self.fleet.faults else self.fleet.twins[device].faults  # type: ignore[attr-defined]

    def run(self, device: str, *pairs: tuple[str, Value]) -> Run:
        """Read, edit, write, wait for the end."""
        return self.finish(self.station.write(self.edits(device, *pairs), reason=REASON, confirmed=True))

    def edits(self, device: str, *pairs: tuple[str, Value]) -> list[Edit]:
        """Edits by somebody who has just read the device."""
        held = self.station.read_parameters(device, [name for name, _ in pairs]).result(60)
        return [Edit(PointKey(device, name), value, held[name]) for name, value in pairs]

    def finish(self, run: Run) -> Run:
        """Wait for a run to end, and show it."""
        found = until(lambda: next((r for r in self.station.runs() if r.number == run.number and r.done), None), 180)
        for line in found.lines:
            was = values.text(line.before.value) if line.before else "?"
            held = values.text(line.after.value) if line.after else "?"
            self.say(f"    {line.parameter.title.en}: {was} -> {values.text(line.edit.value)}: {line.phase.value}")
            if line.phase is Phase.PROVEN:
                self.say(f"        read back: {held}")
            if line.sentence:
                self.say(f"        {line.sentence}")
            if line.hint:
                self.say(f"        {line.hint.en}")
        return found

    def check(self, what: str, holds: bool) -> None:
        """One expectation of the script."""
        if not holds:
            self.failed.append(what)
            self.say(f"    !! {what}: NOT AS EXPECTED")

    def play(self, play: Play) -> None:
        """The whole session with one device."""
        self.say(f"\n{play.device}, serial number {self.station.serial(play.device) or 'not known'}")
        before = {
            name: edit.seen for (name, _), edit in zip(play.edits, self.edits(play.device, *play.edits), strict=True)
        }
        self.say("  five values, written and proven")
        run = self.run(play.device, *play.edits)
        self.check("five values are proven", run.ok and all(line.phase is Phase.PROVEN for line in run.lines))
        self.say("  undone")
        undone = self.finish(self.station.undo(run.number, reason=REASON, confirmed=True))
        held = self.station.read_parameters(play.device, [name for name, _ in play.edits]).result(60)
        self.check("the undo is proven", undone.ok)
        self.check(
            "the device holds what it held at first",
            all(seen is not None and held[name].value == seen.value for name, seen in before.items()),
        )
        self.go_wrong(play)

    def go_wrong(self, play: Play) -> None:
        """The same with each fault."""
        other = next(pair for pair in play.edits if pair[0] != play.point)
        rest = (other[0], other[1])
        expected = {
            WriteFault.REFUSED: (Phase.REFUSED,),
            WriteFault.REMOTE_OFF: (Phase.REFUSED,),
            WriteFault.IGNORED: (Phase.DIFFERS,),
            WriteFault.CLAMPED: (Phase.DIFFERS,),
            WriteFault.SILENT: (Phase.PROVEN,),
            WriteFault.LOST: (Phase.REFUSED, Phase.UNSURE),
        }
        for fault, phases in expected.items():
            self.say(f"  {fault.value}")
            self.faults(play.device).inject_write(fault, point="" if fault is WriteFault.REMOTE_OFF else play.point)
            run = self.run(play.device, (play.point, play.other), rest)
            self.faults(play.device).clear()
            self.check(f"{fault.value}: {phases[0].value}", run.lines[0].phase in phases)
            last = Phase.PROVEN if fault is WriteFault.SILENT else Phase.NOT_REACHED
            self.check(f"{fault.value}: the rest is {last.value}", run.lines[1].phase is last)
            if run.undoable:
                self.say("    put back")
                self.check(
                    f"{fault.value}: put back",
                    self.finish(self.station.undo(run.number, reason=REASON, confirmed=True)).ok,
                )
        self.say("  ten times too large")
        first = self.edits(play.device, (play.point, play.other))[0].seen
        self.faults(play.device).inject_write(WriteFault.SCALED, point=play.point)
        run = self.run(play.device, (play.point, play.other), rest)
        self.faults(play.device).clear()
        self.check("ten times too large: differs", run.lines[0].phase is Phase.DIFFERS)
        assert first is not None
        self.poke(play, first.value)
        self.say("    corrected at the device itself")
        self.say("  changed meanwhile by somebody else")
        edits = self.edits(play.device, (play.point, play.other))
        self.poke(play, play.third)
        run = self.finish(self.station.write(edits, reason=REASON, confirmed=True))
        self.check("changed meanwhile: refused", run.lines[0].phase is Phase.CHANGED)

    def poke(self, play: Play, value: Value) -> None:
        """Have somebody else change the value, and wait until the device holds it."""
        if play.device in self.fleet.banks:
            self.fleet.banks[play.device].poke(play.point, value)
        else:
            self.fleet.twins[play.device].keys.poke(play.point, values.text(value))  # type: ignore[attr-defined]
        until(lambda: self.station.read_parameters(play.device, [play.point]).result(60)[play.point].value == value, 30)

    def reverts(self, plays: Sequence[Play]) -> None:
        """Values that move back after two minutes; on all devices at once."""
        after_s = 1.0 if self.quick else 120.0
        self.say(f"\nundone by the device {after_s:g} s later")
        for play in plays:
            self.faults(play.device).inject_write(WriteFault.REVERTS, after_s=after_s, point=play.point)
            run = self.run(play.device, (play.point, play.other))
            self.check(f"{play.device}: proven at first", run.lines[0].phase is Phase.PROVEN)
        for play in plays:
            key = PointKey(play.device, play.point)
            moved = until(
                lambda key=key: next((w for w in self.station.watches() if w.key == key and w.moved), None), 240
            )
            at = time.strftime("%H:%M:%S", time.localtime(moved.reverted_at))
            held = values.text(moved.last.value) if moved.last else "?"
            self.say(f"    {play.device}, {moved.parameter.title.en}: moved to {held} at {at}")
            self.say(f"        suspect: {moved.suspect}: {moved.evidence}")
            self.faults(play.device).clear()

    def journal(self) -> None:
        """The chain as it is, then with one line altered by hand."""
        assert self.station.book is not None
        with self.station.book.journal() as journal:
            verdict = journal.verify()
        self.say(f"\njournal: {verdict.count} lines, {'whole' if verdict.ok else 'broken'}")
        self.check("the journal is whole", verdict.ok)
        db = sqlite3.connect(self.station.book.path)
        db.execute("drop trigger journal_is_not_changed")
        db.execute("update journal set who = 'somebody else' where id = 3")
        db.commit()
        db.close()
        with self.station.book.journal() as journal:
            verdict = journal.verify()
        for broken in verdict.broken:
            self.say(f"    altered by hand: {broken.sentence}")
        self.check("the altered line is named", [entry.id for entry in verdict.broken] == [3])


def until(found: Callable[[], T | None], within_s: float) -> T:
    """Wait for something to be there; raise TimeoutError."""
    end = time.monotonic() + within_s
    while not (got := found()):
        if time.monotonic() > end:
            raise TimeoutError("it did not happen in time")
        time.sleep(0.02)
    return got


@contextmanager
def session(folder: Path, plays: Sequence[Play], say: Callable[[str], None], quick: bool = False) -> Generator[Proof]:
    """The simulated devices and a station over them; its book lies in ``folder``."""
    catalogue, wanted = Catalogue(profile_roots()), {play.device for play in plays}
    patience = 5.0 if quick else None  # for the answer of a charging station

    def device(name: str, link: str, profile: str, **more: object) -> DeviceConfig:
        made = catalogue.get(profile)
        return DeviceConfig(name, link, profile, made, options=made.options_with({}), **more)  # type: ignore[arg-type]

    every = (
        (LinkConfig("stick", parse_link(f"v5://127.0.0.1:8899?serial={STICK}"), read_only=False), "aura"),
        (LinkConfig("lan", parse_link("tcp://127.0.0.1:502"), read_only=False), "g3"),
        (LinkConfig("calls", parse_link("ocpp://127.0.0.1:8887/"), read_only=False, timeout_s=patience), "evlink"),
    )
    devices = (
        device("aura", "stick", "aura/hybrid", role="inverter"),
        device("g3", "lan", "zcs/hyd_g3", role="inverter"),
        device("evlink", "calls", "schneider/evlink_ocpp", role="charger", station=IDENTITY),
    )
    site = Site(
        "Proof",
        ZoneInfo("Europe/Paris"),
        tuple(link for link, name in every if name in wanted),
        tuple(entry for entry in devices if entry.id in wanted),
        demo=True,
    )
    fleet = Fleet(site)
    station = open_station(fleet.start(), folder / "proof.sqlite")
    if quick:
        watch.FIRST_S = watch.EVERY_S = watch.AGAIN_S = 1.0
        work.SETTLE_S = (0.0, 0.3)
    try:
        station.start()
        until(lambda: answering(station) and not station.write_trouble, 60)
        yield Proof(station, fleet, say, quick)
    finally:
        station.stop()
        fleet.stop()


def answering(station: Station) -> bool:
    """Whether every device has answered."""
    states = [entry.state for link in station.links() for entry in station.link_status(link.id).devices]
    return len(states) >= len(station.devices()) and all(state is DeviceState.ONLINE for state in states)


def main(arguments: Sequence[str]) -> int:
    """Run the session; 0 when everything was as expected."""
    names = [name for name in arguments if not name.startswith("-")]
    plays = [play for play in PLAYS if not names or play.device in names]
    with tempfile.TemporaryDirectory() as folder, session(Path(folder), plays, print, "--quick" in arguments) as proof:
        for play in plays:
            proof.play(play)
        proof.reverts(plays)
        proof.journal()
        failed = proof.failed
    print(f"\n{len(failed)} not as expected: {'; '.join(failed)}" if failed else "\nEverything was as expected.")
    return int(bool(failed))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except WattelierError as err:
        sys.exit(str(err))
