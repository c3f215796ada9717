"""A real ``Station`` with two EVlink stations over OCPP whose answers the test gives, and a book of its own."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from core.access import Access, Person
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.facade import Station
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import resources
from core.points import PointKey, Provenance, Quality, Reading
from core.profile_loader import load_profile
from core.protocols import SystemClock
from core.status import LinkState, LinkStatus
from tests.gui.fake_links import PARIS, QuietLine

ADA, IDA = Person("Ada", "administrator"), Person("Ida", "user")


class FakeCfg:
    """``tell`` is what a station answers: keys of OCPP with their texts."""

    def __init__(self, folder: Path, person: Person = ADA) -> None:
        profile = load_profile(resources() / "profiles" / "schneider" / "evlink_ocpp")
        meter = load_profile(resources() / "profiles" / "chint" / "dtsu666")
        links = (
            LinkConfig("calls", parse_link("ocpp://127.0.0.1:8887/"), "OCPP · ce PC"),
            LinkConfig("bus", parse_link("rtu:///dev/ttyUSB0?baud=9600"), "RS485"),
        )
        devices = (
            DeviceConfig("borne", "calls", profile.id, profile, 1, "Borne Parking", "charger", station="EVB-P12"),
            DeviceConfig("borne2", "calls", profile.id, profile, 1, "Borne du quai", "charger", station="EVB-P13"),
            DeviceConfig("meter", "bus", meter.id, meter, 32, "Compteur", "grid"),
        )
        self.profile = profile
        self.line = QuietLine(LinkStatus("calls", LinkState.UP, time.time() - 900))
        self.hub = Hub(SystemClock())
        site = Site("Ferme des Tilleuls", PARIS, links, devices, phases=3, contract_power=18_000.0)
        self.station = Station(
            site,
            book=PointBook(site),
            hub=self.hub,
            lines={"calls": self.line},
            database=folder / "site.sqlite",
            access=Access(person),
        )

    def tell(self, device: str, raws: Mapping[str, str], quality: Quality = Quality.GOOD, age_s: float = 130.0) -> None:
        """The station has answered to GetConfiguration."""
        by_path = {point.path.lower(): point for point in self.profile.points}
        at = time.time() - age_s
        readings: list[Reading] = []
        for key, raw in raws.items():
            point = by_path[f"key.{key.lower()}"]
            origin = Provenance("calls", 1, 0, 0, (), 7, path=point.path, raw=raw)
            readings.append(Reading(PointKey(device, point.id), raw, at, point.unit, quality, origin))
        self.hub.put(readings)

    def say(self, device: str, **texts: str) -> None:
        """The station has said who it is: ``model="MONOBLOCK"``."""
        at = time.time()
        self.hub.put([Reading(PointKey(device, point), text, at) for point, text in texts.items()])
