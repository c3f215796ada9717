"""A site of two devices on two lines, as the keeper of snapshots sees it; a test plays the lines."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.access import Access, Person
from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import parse_link
from core.parameters import Parameters
from core.points import Point, PointKey, Reading
from core.profile import Group, Probe
from core.sitebook import SiteBook
from core.snapshots.collector import Reach
from core.snapshots.folder import SnapshotFolder
from core.snapshots.keeper import SnapshotKeeper
from core.status import DeviceState, DeviceStatus, LinkState, LinkStatus
from core.writing import rules
from core.writing.journal import Entry
from tests.core.writing.fakes import INSTALLER, PARAMETERS, POINTS, PROFILE, FakeLine, HeldClock

SERIAL = Point("serial", (0x01,), 3, "u16", group="identity", en="Serial number", fr="Numéro de série")
FIRMWARE = Point("firmware", (0x02,), 3, "u16", group="identity", en="Firmware", fr="Logiciel")
POWER = Point("power", (0x03,), 3, "u16", "W", group="fast", en="Power", fr="Puissance")
BOX = replace(
    PROFILE,
    points=(SERIAL, FIRMWARE, POWER, *POINTS),
    groups={**PROFILE.groups, "identity": Group("identity", None, once=True), "fast": Group("fast", 1.0)},
    identify=(Probe(3, 0x01, serial=True),),
)
PARIS = ZoneInfo("Europe/Paris")


class Plant:
    """``lines`` hold the settings of "box" (on "one") and "other" (on "two"); nobody answers before ``connect``."""

    def __init__(
        self,
        folder: Path,
        *,
        person: Person = INSTALLER,
        automatic: bool = False,
        demo: bool = False,
        twice: bool = True,
    ) -> None:
        self.clock = HeldClock()
        links = tuple(LinkConfig(name, parse_link("tcp://192.168.1.20:502")) for name in ("one", "two"))
        devices = (
            DeviceConfig("box", "one", BOX.id, BOX, 3, "Box"),
            *([DeviceConfig("other", "two", BOX.id, BOX, 4)] if twice else []),
        )
        self.site = Site("Ferme des Tilleuls", PARIS, links, devices, demo=demo)
        self.lines = {"one": FakeLine("one"), "two": FakeLine("two")}
        self.online: set[str] = set()
        self.readings: dict[PointKey, Reading] = {}
        self.access, self.book = Access(person), SiteBook.beside(folder / "site.sqlite", self.clock)
        self.folder = SnapshotFolder.beside(folder / "site.sqlite", PARIS)
        self.noted: list[Entry] = []
        self.keeper = self.another(automatic)

    def another(self, automatic: bool) -> SnapshotKeeper:
        """A keeper over the same files, as after a restart; its thread does not run."""
        reach = Reach(self.site, self.points, self.fetch, self.newest, self.serial, self.status)
        self.keeper = SnapshotKeeper(
            reach, self.access, self.book, self.folder, note=self.noted.append, clock=self.clock, automatic=automatic
        )
        self.keeper.open()
        return self.keeper

    def connect(self, device: str, serial: float | None = None) -> None:
        """The device answers, and says who it is."""
        self.online.add(device)
        if serial is not None:
            for point, value in (("serial", serial), ("firmware", 41.0)):
                key = PointKey(device, point)
                self.readings[key] = Reading(key, value, self.clock.now())

    def work(self, seconds: float = 0.0) -> None:
        """Let time pass, and the keeper do what is to be done."""
        self.clock.pass_s(seconds)
        self.keeper.step()

    # -- what a station offers --------------------------------------------------------------------------------

    def points(self, device: str) -> Sequence[Point]:
        return BOX.points

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        return self.lines["one" if device == "box" else "two"].fetch(device, points)

    def newest(self) -> dict[PointKey, Reading]:
        return dict(self.readings)

    def serial(self, device: str) -> str:
        reading = self.readings.get(PointKey(device, "serial"))
        return "" if reading is None else f"{reading.value:.0f}"

    def status(self, link: str) -> LinkStatus:
        devices = [device.id for device in self.site.devices if device.link == link]
        up = any(device in self.online for device in devices)
        states = (DeviceState.ONLINE if device in self.online else DeviceState.NEVER for device in devices)
        seen = tuple(DeviceStatus(device, state) for device, state in zip(devices, states, strict=True))
        return LinkStatus(link, LinkState.UP if up else LinkState.CONNECTING, 0.0, devices=seen)

    def parameters(self, device: str) -> Parameters:
        return rules.visible(PARAMETERS, self.access.person)

    def latest(self, key: PointKey) -> Reading | None:
        return self.readings.get(key)
