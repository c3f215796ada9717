"""A site with an AURA, a real ``Station`` over a line that never speaks, and readings that the test gives."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from core.access import Access, Person
from core.book import PointBook
from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.facade import Station
from core.frames import FrameRing
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import profile_roots
from core.points import PointKey, Quality, Reading, Value
from core.protocols import SystemClock
from core.status import LinkState, LinkStatus

PARIS = ZoneInfo("Europe/Paris")
INSTALLER = Person("Camille", "installer")
VALUES: dict[str, Value] = {
    "grid_voltage": 231.4, "grid_frequency": 50.01, "grid_power": 312.0, "battery_voltage": 52.1,
    "battery_soc": 57.0, "battery_power": 0.0, "pv1_voltage": 352.0, "pv2_voltage": 341.0, "pv1_power": 0.0,
    "pv2_power": 0.0, "eps_voltage": 230.8, "inverter_state": "on_grid", "system_state": "hybrid_on_grid",
    "warning_word": (), "fault_word": (),
    "work_mode": "battery_priority", "grid_standard": "en50549",
}  # fmt: skip


class QuietLine:
    """Notes what it is asked."""

    def __init__(self, name: str) -> None:
        self.name, self.frames = name, FrameRing(name)
        self.asked: list[tuple[str, str | None]] = []

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def status(self) -> LinkStatus:
        return LinkStatus(self.name, LinkState.UP, 0.0)

    def reconnect(self) -> None:
        pass

    def ask(self, device: str, group: str | None = None) -> None:
        self.asked.append((device, group))


class FakeAura:
    """``profiles``: one device each. ``database``: where the history would be; None keeps nothing."""

    def __init__(
        self,
        database: Path | None = None,
        *,
        profiles: tuple[str, ...] = ("aura/hybrid",),
        person: Person = INSTALLER,
        options: dict[str, str] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.now = now
        catalogue = Catalogue(profile_roots())
        names = ("Onduleur AURA 10KM-BG", "Onduleur AURA 5KM-BG")
        devices = tuple(
            DeviceConfig(
                f"aura{row}" if row else "aura", "stick", profile, catalogue.get(profile), row + 1,
                names[row % 2], "inverter", catalogue.get(profile).options_with(options or {}),
            )
            for row, profile in enumerate(profiles)
        )  # fmt: skip
        link = LinkConfig("stick", parse_link("v5://192.168.1.43?serial=2355553510"), "Clé SOLARMAN", read_only=False)
        self.site = Site("Ferme des Tilleuls", PARIS, (link,), devices)
        self.hub, self.line = Hub(SystemClock()), QuietLine("stick")
        self.station = Station(
            self.site,
            book=PointBook(self.site),
            hub=self.hub,
            lines={"stick": self.line},
            database=database,
            access=Access(person),
        )

    def put(self, device: str = "aura", quality: Quality = Quality.GOOD, **values: Value) -> list[Reading]:
        """Readings that the device gives now, in the hub too."""
        readings: list[Reading] = []
        for name, value in values.items():
            point = self.station.point(PointKey(device, name))
            assert point is not None, name
            reading = Reading(PointKey(device, name), value, self.now(), point.unit, quality)
            readings.append(reading)
        self.hub.put(readings)
        return readings

    def put_all(self, device: str = "aura", **changed: Value) -> list[Reading]:
        """Everything that the checks look at."""
        return self.put(device, **{**VALUES, **changed})
