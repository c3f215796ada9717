"""Snapshots are taken by themselves once, gently and reading only; by hand with permission; and say what is missing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from core.access import Person
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError
from core.points import PointKey, Quality, Reading
from core.snapshots import building, collector
from core.snapshots.folder import Opened, read_file
from core.snapshots.keeper import GRACE_S, TELLING_S, SnapshotKeeper
from core.snapshots.snapshot import Kind, Seal
from core.writing.journal import Entry
from tests.core.snapshots.plant import BOX, Plant
from tests.core.writing.fakes import USER, VIEWER


def files(plant: Plant) -> list[str]:
    return [entry.path.name for entry in plant.folder.list()]


def last(plant: Plant) -> Opened:
    taken = plant.keeper.status().last
    assert taken is not None
    assert taken.opened is not None
    return taken.opened


def reasons(opened: Opened, device: str = "box") -> dict[str, str]:
    found = opened.snapshot.device(device)
    assert found is not None
    return {item.id: item.reason for item in found.parameters if item.value is None}


# -- by hand -----------------------------------------------------------------------------------------------------


def test_a_snapshot_holds_every_parameter_and_what_the_device_is(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box", 4711.0)
    number = plant.keeper.take(Kind.AS_LEFT)
    assert plant.keeper.status().kind is Kind.AS_LEFT
    plant.work()
    opened = last(plant)
    assert (plant.keeper.status().last, plant.keeper.status().kind) != (None, Kind.AS_LEFT)
    assert opened.path.name == "2027-01-15_0900_as-left_ferme-des-tilleuls.yaml"
    assert opened.path.parent.name == "site.snapshots"
    assert number == 1
    assert read_file(opened.path) == opened
    snapshot = opened.snapshot
    assert (snapshot.kind, snapshot.who, snapshot.role) == (Kind.AS_LEFT, "Paul", "installer")
    assert (snapshot.at, snapshot.site) == (plant.clock.now(), "Ferme des Tilleuls")
    assert snapshot.program.startswith("Wattelier ")
    (box,) = snapshot.devices
    assert (box.serial, box.address, box.unit, box.kind) == ("4711", "192.168.1.20:502", 3, "tcp")
    assert {item.id: item.value for item in box.identity} == {"serial": 4711.0, "firmware": 41.0}
    read = {item.id: item.value for item in box.parameters if item.value is not None}
    assert read == {
        "limit": 80.0, "speed": 100.0, "guess": 1.0, "alpha": 1.0, "beta": 2.0, "mode": "own_use", "grid_code": 3.0
    }  # fmt: skip
    assert reasons(opened) == {"restart": building.AN_ORDER, "backup": building.ON_SCREEN}
    limit = next(item for item in box.parameters if item.id == "limit")
    assert (limit.unit, limit.step, limit.register, limit.function, limit.at) == ("%", 0.1, "0x0010", 3, 5.0)
    mode = next(item for item in box.parameters if item.id == "mode")
    assert (mode.means.en, mode.means.fr) == ("Self use", "Autoconsommation")


def test_nothing_is_ever_written_to_a_device(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    plant.connect("box", 1.0)
    plant.connect("other", 2.0)
    plant.keeper.take(Kind.BY_HAND)
    plant.work()
    assert all(line.orders == [] for line in plant.lines.values())
    assert [len(line.reads) > 0 for line in plant.lines.values()] == [True, True]


def test_it_is_read_in_pieces_between_which_polls_go_on(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    plant.keeper.take(Kind.BY_HAND)
    plant.work()
    assert plant.lines["one"].reads == [("limit", "speed", "guess"), ("alpha", "beta"), ("mode", "grid_code")]


def test_the_journal_names_file_and_checksum_and_the_file_the_head_of_the_journal(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    with plant.book.journal() as journal:
        head = journal.append(Entry("sign in", "Paul")).hash
    plant.connect("box", 4711.0)
    plant.keeper.take(Kind.BY_HAND)
    plant.work()
    opened = last(plant)
    assert (opened.snapshot.lines, opened.snapshot.head) == (1, head)
    (entry,) = plant.noted
    assert (entry.kind, entry.who, entry.outcome, entry.device, entry.serial) == (
        "snapshot", "Paul", "by hand", "box", "4711"
    )  # fmt: skip
    assert entry.detail["file"] == opened.path.name
    assert opened.path.read_text(encoding="utf-8").endswith(f"checksum: {entry.detail['checksum']}\n")


def test_two_of_one_minute_get_two_names(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    for _ in range(2):
        plant.keeper.take(Kind.BY_HAND)
        plant.work()
    assert sorted(files(plant)) == [
        "2027-01-15_0900_by-hand_ferme-des-tilleuls.yaml", "2027-01-15_0900_by-hand_ferme-des-tilleuls_2.yaml"
    ]  # fmt: skip


@pytest.mark.parametrize("person", [USER, VIEWER])
def test_it_needs_the_permission(tmp_path: Path, person: Person) -> None:
    plant = Plant(tmp_path, person=person)
    with pytest.raises(CommandRefused, match="needs the role installer"):
        plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    assert files(plant) == []


def test_one_at_a_time(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    plant.keeper.take(Kind.AS_LEFT)
    with pytest.raises(CommandRefused, match="already"):
        plant.keeper.take(Kind.BY_HAND)


# -- what cannot be read -----------------------------------------------------------------------------------------


def test_a_device_that_does_not_answer_is_there_with_the_reason(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    plant.connect("box", 1.0)
    plant.connect("other", 2.0)
    plant.lines["two"].reading = lambda: DeviceError("unit 4 does not answer")
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    opened = last(plant)
    other = opened.snapshot.device("other")
    assert other is not None
    assert other.reason == "unit 4 does not answer"
    assert reasons(opened, "other")["limit"] == "unit 4 does not answer"
    assert reasons(opened, "other")["backup"] == building.ON_SCREEN
    assert len(plant.lines["two"].reads) == 1  # it is left alone then
    assert reasons(opened) == {"restart": building.AN_ORDER, "backup": building.ON_SCREEN}
    told = plant.keeper.status().last
    assert told is not None
    assert told.sentence == "other was not read to the end: unit 4 does not answer"


def test_a_line_that_is_down_is_not_asked(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    assert reasons(last(plant))["limit"] == "the line one is not connected"
    assert plant.lines["one"].reads == []


def test_a_line_lost_half_way_keeps_what_was_read(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    answers = iter([None, LinkError("the line is gone")])
    plant.lines["one"].reading = lambda: next(answers)
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    box = last(plant).snapshot.devices[0]
    assert box.reason == "the line is gone"
    assert {item.id for item in box.parameters if item.value is not None} == {"limit", "speed", "guess"}


def test_a_damaged_answer_costs_only_its_own_values(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    answers = iter([None, DecodeError("the answer is incomplete or garbled"), None])
    plant.lines["one"].reading = lambda: next(answers)
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    told = reasons(last(plant))
    assert (told["alpha"], told["beta"]) == ("the answer is incomplete or garbled",) * 2
    assert "mode" not in told
    assert last(plant).snapshot.devices[0].reason == ""


def test_a_value_that_the_device_refuses_is_never_zero(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    plant.lines["one"].held["speed"] = None
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    speed = next(item for item in last(plant).snapshot.devices[0].parameters if item.id == "speed")
    assert (speed.value, speed.quality, speed.reason) == (None, Quality.BAD, building.NO_VALUE)


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.folder.path.write_text("a file where the folder has to be")
    plant.keeper.take(Kind.AS_LEFT)
    plant.work()
    told = plant.keeper.status()
    assert told.last is not None
    assert told.last.opened is None
    assert told.last.sentence.startswith("cannot be written")
    assert (told.kind, plant.noted) == (None, [])


# -- by itself ---------------------------------------------------------------------------------------------------


def test_as_found_is_taken_once_everything_is_there_and_never_again(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, person=VIEWER)
    plant.work(2)
    assert files(plant) == []
    plant.connect("box", 1.0)
    plant.work(2)
    assert files(plant) == []  # the other one may come yet
    plant.connect("other", 2.0)
    plant.work(2)
    opened = last(plant)
    assert (opened.snapshot.kind, opened.snapshot.who, opened.seal) == (Kind.AS_FOUND, "", Seal.FINE)
    assert [device.id for device in opened.snapshot.devices] == ["box", "other"]
    grid_code = next(item for item in opened.snapshot.devices[0].parameters if item.id == "grid_code")
    assert (grid_code.value, grid_code.sees) == (3.0, "installer")  # nobody is signed in, and it is kept all the same
    for _ in range(3):
        plant.work(GRACE_S)
    plant.another(automatic=True)
    plant.work(GRACE_S)
    assert len(files(plant)) == 1
    assert plant.keeper.status().missing == ()


def test_who_does_not_come_in_time_is_found_when_it_comes(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True)
    plant.connect("box", 1.0)
    plant.work(2)
    plant.work(GRACE_S)
    assert [device.id for device in last(plant).snapshot.devices] == ["box"]
    assert plant.keeper.status().missing == ("other",)
    plant.connect("other", 2.0)
    plant.work(2)
    assert [device.id for device in last(plant).snapshot.devices] == ["other"]
    assert len(files(plant)) == 2


def test_it_waits_for_the_serial_number_but_not_for_ever(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, twice=False)
    plant.connect("box")
    plant.work(2)
    assert files(plant) == []
    plant.work(GRACE_S)
    assert len(files(plant)) == 1


def test_who_speaks_by_itself_need_not_say_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tuple(replace(point, at=(), path=f"Boot.{point.id}") for point in BOX.points[:2])
    plant = Plant(tmp_path, automatic=True, twice=False)
    monkeypatch.setattr(plant, "points", lambda _device: (*told, *BOX.points[2:]))
    plant.another(automatic=True)
    plant.connect("box", 1.0)
    del plant.readings[PointKey("box", "firmware")]
    plant.work(2)
    assert files(plant) == []
    plant.work(TELLING_S)
    assert len(files(plant)) == 1


def test_another_device_under_the_same_name_is_found_anew(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, twice=False)
    plant.connect("box", 1.0)
    plant.work(2)
    plant.connect("box", 99.0)
    plant.another(automatic=True)
    plant.work(2)
    assert [entry.holds[0].serial for entry in plant.folder.list()] == ["99", "1"]


def test_a_failure_is_tried_again_at_the_next_start_only(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, twice=False)
    plant.connect("box", 1.0)
    plant.readings.clear()
    plant.lines["one"].reading = lambda: DeviceError("unit 3 does not answer")
    plant.work(2)
    for _ in range(4):
        plant.work(GRACE_S)
    assert files(plant) == []
    assert len(plant.lines["one"].reads) == 1
    plant.lines["one"].reading = None
    plant.another(automatic=True)
    plant.connect("box", 1.0)
    plant.work(2)
    assert len(files(plant)) == 1


def test_the_demonstration_is_left_alone_unless_asked(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, demo=True, twice=False)
    plant.connect("box", 1.0)
    plant.work(2)
    plant.work(GRACE_S)
    assert files(plant) == []
    assert plant.keeper.status().missing == ("box",)
    plant.keeper.take(Kind.AS_FOUND)
    plant.work()
    assert last(plant).snapshot.simulated
    assert plant.keeper.status().missing == ()
    with pytest.raises(CommandRefused, match="no device"):
        plant.keeper.take(Kind.AS_FOUND)


def test_values_that_were_written_before_are_not_passed_off_as_found(tmp_path: Path) -> None:
    plant = Plant(tmp_path, automatic=True, twice=False)
    with plant.book.journal() as journal:
        for point, outcome in (("limit", "proven"), ("limit", "proven"), ("mode", "unsure"), ("speed", "refused")):
            journal.append(Entry("outcome", "Paul", device="box", point=point, outcome=outcome))
        journal.append(Entry("outcome", "Paul", device="other", point="guess", outcome="proven"))
    plant.connect("box", 1.0)
    plant.work(2)
    assert last(plant).snapshot.devices[0].note == "2 of its parameters had been written by this program before"


# -- the thread --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("halt", [SnapshotKeeper.halt, SnapshotKeeper.stop_soon])
def test_it_can_be_stopped_while_a_line_keeps_silent(tmp_path: Path, halt: Callable[[SnapshotKeeper], None]) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    asked = threading.Event()

    def never(device: str, points: object) -> Future[tuple[Reading, ...]]:
        asked.set()
        return Future()

    plant.fetch = never  # type: ignore[method-assign,assignment]
    keeper = plant.another(automatic=False)
    keeper.start()
    keeper.take(Kind.AS_LEFT)
    assert asked.wait(10)
    halt(keeper)
    while keeper.status().kind is not None:
        threading.Event().wait(0.01)
    keeper.stop()
    keeper.stop()
    told = keeper.status().last
    assert told is not None
    assert (told.opened, told.sentence) == (None, "stopped: nothing was kept")
    assert files(plant) == []


def test_no_answer_in_time_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "ANSWER_S", 0.0)
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    plant.fetch = lambda device, points: Future()  # type: ignore[method-assign,assignment]
    keeper = plant.another(automatic=False)
    keeper.take(Kind.AS_LEFT)
    plant.work()
    assert reasons(last(plant))["limit"] == "no answer in time"


def test_a_fault_of_the_program_ends_one_snapshot_and_not_the_thread(tmp_path: Path) -> None:
    plant = Plant(tmp_path, twice=False)
    plant.connect("box")
    broken = [True]

    def newest() -> dict[PointKey, Reading]:
        if broken:
            broken.pop()
            raise RuntimeError("oh")
        return {}

    plant.newest = newest  # type: ignore[method-assign]
    keeper = plant.another(automatic=False)
    keeper.start()
    try:
        for wanted in (1, 2):
            number = keeper.take(Kind.BY_HAND)
            while (told := keeper.status()).last is None or told.last.number != number or told.kind is not None:
                threading.Event().wait(0.01)
            assert (told.written, number) == (wanted - 1, wanted)
    finally:
        keeper.stop()
