"""A real ``Station`` over devices that a test plays: their settings are asked for as on a line, and kept in files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from core.access import Access, Person
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import WattelierError
from core.facade import Station
from core.frames import FrameRing
from core.hub import Hub
from core.linkurl import parse_link
from core.parameters import Parameters
from core.points import Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Group, Probe, Profile
from core.protocols import SystemClock
from core.status import DeviceState, DeviceStatus, LinkState, LinkStatus
from core.writing.orders import Order, Sent
from tests.gui.fake_links import PARIS
from tests.gui.fake_writing import (
    GROUPS,
    INSTALLER,
    VALUES,
    hybrid_parameters,
    hybrid_points,
    station_parameters,
    station_points,
)

OWN: dict[str, Value] = {
    "hybrid/model": "AURA 10KM-BG", "hybrid/serial": "60A10K2341", "hybrid/firmware": "1.12",
    "station/firmware": "3.4.0.12",
}  # fmt: skip


def _own(name: str, at: int, en: str, fr: str, words: int = 8) -> Point:
    return Point(name, tuple(range(at, at + words)), 3, "ascii", kind=Kind.TEXT, group="identity", en=en, fr=fr)


IDENTITY = (
    _own("model", 3200, "Model", "Modèle"),
    _own("serial", 3228, "Serial number", "Numéro de série"),
    _own("firmware", 3216, "Firmware", "Logiciel interne"),
)


class PlayedLine:
    """Gives what it holds; ``holds`` keeps answers back until ``answer``; ``trouble`` is what a read ends with."""

    def __init__(self, name: str, devices: Sequence[str], put: Callable[[Sequence[Reading]], None]) -> None:
        self.name, self.frames, self._devices, self._put = name, FrameRing(name), devices, put
        self.held: dict[PointKey, Value] = {}
        self.trouble: WattelierError | None = None
        self.holds = False
        self.takes = False  # what is written
        self.waiting: list[Callable[[], None]] = []
        self.up = True

    def start(self) -> None: ...

    def stop(self) -> None:
        self.answer()

    def reconnect(self) -> None: ...

    def ask(self, device: str, group: str | None = None) -> None: ...

    def status(self) -> LinkStatus:
        seen = tuple(DeviceStatus(device, DeviceState.ONLINE) for device in self._devices)
        return LinkStatus(self.name, LinkState.UP if self.up else LinkState.DOWN, time.time() - 900, devices=seen)

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        future: Future[tuple[Reading, ...]] = Future()

        def answer() -> None:
            if not future.set_running_or_notify_cancel():
                return
            if self.trouble is not None:
                future.set_exception(self.trouble)
                return
            readings = tuple(self._reading(device, point) for point in points)
            self._put(readings)
            future.set_result(readings)

        if self.holds:
            self.waiting.append(answer)
        else:
            answer()
        return future

    def write(self, device: str, order: Order) -> Future[Sent]:
        assert self.takes, "nothing is written by a snapshot"
        for point, value in order.values:
            self.held[PointKey(device, point.id)] = value
        done: Future[Sent] = Future()
        done.set_result(Sent(()))
        return done

    def answer(self) -> None:
        """Let what waits have its answer."""
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            each()

    def _reading(self, device: str, point: Point) -> Reading:
        key = PointKey(device, point.id)
        value = self.held.get(key)
        words = (round(value) & 0xFFFF,) if isinstance(value, float) and point.at else ()
        origin = Provenance(self.name, 1, point.function or 0, point.address, words, 1, path=point.path)
        quality = Quality.BAD if value is None else Quality.GOOD
        note = "the device refuses this register" if value is None else ""
        return Reading(key, value, time.time(), point.unit, quality, origin, note)


class FakeSnapshots:
    """Two devices: "hybrid" (an inverter) and "station" (a charging station). ``folder``: where its history lies."""

    def __init__(self, folder: Path | None, person: Person = INSTALLER, *, demo: bool = False) -> None:
        wallbox = station_parameters()
        hidden = replace(wallbox.entries[0], sees="administrator", writes="administrator")
        wallbox = replace(wallbox, entries=(hidden, *wallbox.entries[1:]))
        inverter = _profile("aura/hybrid", "AURA", hybrid_points(), hybrid_parameters(), IDENTITY)
        charger = _profile("schneider/evlink", "EVlink", station_points(), wallbox, IDENTITY[2:])
        links = (
            LinkConfig("stick", parse_link("tcp://192.168.1.43:502"), "Clé Wi-Fi", read_only=False),
            LinkConfig("calls", parse_link("ocpp://192.168.1.5:8887/"), "OCPP · ce PC"),
        )
        devices = (
            DeviceConfig("hybrid", "stick", inverter.id, inverter, 1, "Onduleur AURA", "inverter"),
            DeviceConfig("station", "calls", charger.id, charger, 1, "Borne Parking", "charger", station="EVB-P12"),
        )
        self.site = Site("Ferme des Tilleuls", PARIS, links, devices, phases=3, contract_power=18_000.0, demo=demo)
        self.hub = Hub(SystemClock())
        served = {"stick": "hybrid", "calls": "station"}
        self.lines = {link: PlayedLine(link, [device], self.hub.put) for link, device in served.items()}
        for text, value in VALUES.items():
            key = PointKey.parse(text)
            self.lines["stick" if key.device == "hybrid" else "calls"].held[key] = value
        self.hub.put([Reading(PointKey.parse(text), value, time.time()) for text, value in OWN.items()])
        self.station = Station(
            self.site,
            book=PointBook(self.site),
            hub=self.hub,
            lines=self.lines,
            database=folder / "ferme.sqlite" if folder is not None else None,
            access=Access(person),
        )

    def hold(self, text: str, value: Value) -> None:
        """The device holds something else from now on."""
        key = PointKey.parse(text)
        self.lines["stick" if key.device == "hybrid" else "calls"].held[key] = value


def _profile(name: str, maker: str, points: Sequence[Point], parameters: Parameters, own: Sequence[Point]) -> Profile:
    groups = {**GROUPS, "identity": Group("identity", None, once=True, en="Identity", fr="Identité")}
    identify = (Probe(3, 3228, count=8, serial=True),)
    return Profile(
        name, Path(), maker, "Hybrid", "hybrid", "", (*own, *points), groups, identify=identify, parameters=parameters
    )


__all__ = ["INSTALLER", "FakeSnapshots", "PlayedLine"]
