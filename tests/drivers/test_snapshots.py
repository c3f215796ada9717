"""A real station over simulated devices: what is found at the first connection, over the real protocols, kept once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.access import Person
from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.facade import Station
from core.linkurl import parse_link
from core.paths import profile_roots
from core.snapshots.difference import State, compare
from core.snapshots.folder import Opened
from core.snapshots.keeper import SnapshotKeeper, Status
from core.snapshots.snapshot import Kind, Seal
from core.writing.review import Edit
from drivers.sim.fleet import Fleet
from drivers.supervise import open_station

STICK = 2355553510
WITHIN_S = 40.0


def site() -> Site:
    catalogue = Catalogue(profile_roots())

    def device(name: str, link: str, profile: str) -> DeviceConfig:
        made = catalogue.get(profile)
        return DeviceConfig(name, link, profile, made, options=made.options_with({}), role="inverter")

    links = (
        LinkConfig("stick", parse_link(f"v5://127.0.0.1:8899?serial={STICK}"), read_only=False),
        LinkConfig("lan", parse_link("tcp://127.0.0.1:502")),
    )
    devices = (device("aura", "stick", "aura/hybrid"), device("g3", "lan", "zcs/hyd_g3"))
    return Site("Ferme", ZoneInfo("Europe/Paris"), links, devices)


def keeper(station: Station) -> SnapshotKeeper:
    assert station.snapshots is not None
    return station.snapshots


def waited(station: Station, holds: Callable[[Status], bool]) -> Status:
    end = time.monotonic() + WITHIN_S
    while not holds(status := keeper(station).status()):
        assert time.monotonic() < end, status
        time.sleep(0.05)
    return status


def opened(status: Status) -> Opened:
    assert status.last is not None
    assert status.last.opened is not None, status.last.sentence
    return status.last.opened


@contextmanager
def running(served: Site, file: Path) -> Iterator[Station]:
    station = open_station(served, file, as_found=True)
    try:
        station.start()
        yield station
    finally:
        station.stop()


def test_what_is_found_is_kept_once_and_what_is_left_shows_what_was_changed(tmp_path: Path) -> None:
    file = tmp_path / "ferme.sqlite"
    fleet = Fleet(site())
    served = replace(fleet.start(), demo=False)
    try:
        with running(served, file) as station:
            found = opened(waited(station, lambda status: status.written == 1))
            assert (found.snapshot.kind, found.seal, found.snapshot.who) == (Kind.AS_FOUND, Seal.FINE, "")
            for device in found.snapshot.devices:
                assert device.reason == ""
                assert device.serial
                assert {item.id for item in device.identity if item.value is None} == set()
                assert {item.reason for item in device.parameters if item.value is None} <= {
                    "set on the device's own screen: no register holds it", "an order: it cannot be read",
                }  # fmt: skip
                assert all(item.raw and item.at for item in device.parameters if item.value is not None)
            station.access.sign_in(Person("Camille", "installer"))
            fresh = station.read_parameters("aura", ["battery_discharge_limit"]).result(WITHIN_S)
            (reading,) = fresh.values()
            run = station.write([Edit(reading.key, 42.0, reading)]).number
            end = time.monotonic() + WITHIN_S
            while not next(entry for entry in station.runs() if entry.number == run).ok:
                assert time.monotonic() < end
                time.sleep(0.05)
            keeper(station).take(Kind.AS_LEFT)
            left = opened(waited(station, lambda status: status.written == 2))
            before, after = found.snapshot.device("aura"), left.snapshot.device("aura")
            assert before is not None
            assert after is not None
            changed = [entry for entry in compare(before, after) if entry.state is State.DIFFERENT]
            values = {entry.id: entry.right.value for entry in changed if entry.right is not None}
            values.pop("inverter_clock", None)  # it has run on
            assert values == {"battery_discharge_limit": 42.0}
            assert left.snapshot.lines is not None
            assert left.snapshot.lines > (found.snapshot.lines or 0)
        with running(served, file) as again:  # nothing is found a second time
            assert waited(again, lambda status: status.missing is not None).missing == ()
            assert again.book is not None
            with again.book.journal() as journal:
                lines = [line.entry for line in journal.lines() if line.entry.kind == "snapshot"]
            assert [line.outcome for line in lines] == ["as left", "as found"]
            files = {entry.path.name for entry in keeper(again).folder.list()}
            assert {line.detail["file"] for line in lines} == files
    finally:
        fleet.stop()
