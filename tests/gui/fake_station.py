"""A small station with the numbers of the reference pictures; keeps the interface of docs/architecture.md."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from core.access import Access
from core.balance import Flow, Flows, Node, Part
from core.config import Site
from core.energy import DayEnergies, DayEnergy
from core.frames import Frame
from core.points import Point, PointKey, Provenance, Quality, Reading
from core.sitebook import SiteBook
from core.status import LinkState, LinkStatus, RecorderStatus
from core.storage.results import Series

NOW = 1_750_505_168.0  # 2025-06-21 13:26:08 in Paris
PARIS = ZoneInfo("Europe/Paris")


def key(text: str) -> PointKey:
    return PointKey.parse(text)


def node(power: float | None, source: str, age: float = 1.0, quality: Quality = Quality.GOOD) -> Node:
    return Node(power, quality, None if power is None else NOW - age, (key(source),), True)


def day_flows() -> Flows:
    """The reference picture: sun, charging, export, a car."""
    return Flows(
        at=NOW,
        solar=node(6840, "inverter/pv_power"),
        grid=node(-1270, "meter/power"),
        battery=node(-2100, "inverter/battery_power"),
        house=node(3470, "site/house.power"),
        vehicle=node(2480, "borne1/power", 3),
        flows=(
            Flow("solar", "house", 3470),
            Flow("solar", "battery", 2100),
            Flow("solar", "grid", 1270),
            Flow("house", "vehicle", 2480),
        ),
        unexplained=12.0,
        house_measured=True,
        origins={"solar": 0.97, "grid": 0.03},
        soc=78.0,
        grid_voltage=399.2,
        grid_frequency=50.01,
        battery_voltage=51.8,
        battery_temperature=23.0,
        parts={
            "solar": (
                Part("inverter", "PV1", node(3460, "inverter/pv1_power")),
                Part("inverter", "PV2", node(3380, "inverter/pv2_power")),
            ),
            "battery": (Part("inverter", "AURA 10 kWh", node(-2100, "inverter/battery_power")),),
            "vehicle": (Part("borne1", "Borne 1", node(2480, "borne1/power", 3)),),
        },
    )


def night_flows() -> Flows:
    """No sun, the battery feeds the house, a little import, nobody charges."""
    return replace(
        day_flows(),
        solar=node(0, "inverter/pv_power"),
        grid=node(310, "meter/power"),
        battery=node(860, "inverter/battery_power"),
        house=node(1170, "site/house.power"),
        vehicle=node(0, "borne1/power", 2),
        flows=(Flow("battery", "house", 860), Flow("grid", "house", 310)),
        unexplained=4.0,
        origins={"battery": 0.735, "grid": 0.265},
        soc=41.0,
        parts={},
    )


def outage_flows() -> Flows:
    """The grid is gone, the inverter feeds the house from sun and battery."""
    return replace(
        day_flows(),
        solar=node(1220, "inverter/pv_power"),
        grid=node(0, "meter/power"),
        battery=node(640, "inverter/battery_power"),
        house=node(1860, "site/house.power"),
        vehicle=node(0, "borne1/power", 2),
        flows=(Flow("solar", "house", 1220), Flow("battery", "house", 640)),
        origins={"solar": 0.66, "battery": 0.34},
        soc=64.0,
        grid_voltage=0.0,
        grid_frequency=None,
        outage=True,
    )


def stale_flows() -> Flows:
    """The inverter has been silent for three minutes; what it said stays, faded."""
    flows = day_flows()
    return replace(
        flows,
        solar=node(6840, "inverter/pv_power", 185, Quality.STALE),
        battery=node(-2100, "inverter/battery_power", 185, Quality.STALE),
        house=Node(None, Quality.UNKNOWN, None, (key("site/house.power"),), True),
        unexplained=None,
        origins={},
        parts={},
    )


def unexplained_flows() -> Flows:
    """Everything measured, and 640 W missing."""
    return replace(day_flows(), unexplained=640.0)


def busy_flows() -> Flows:
    """Every line at once, several of each kind."""
    flows = day_flows()
    cars = tuple(
        Part(f"borne{row}", f"Borne {row}", node(watts, f"borne{row}/power", 2))
        for row, watts in enumerate((7360, 3680, 1840, 900, 0), start=1)
    )
    return replace(
        flows,
        solar=node(18_400, "inverter/pv_power"),
        grid=node(4_310, "meter/power"),
        battery=node(1_250, "inverter/battery_power"),
        house=node(23_960, "site/house.power"),
        vehicle=node(13_780, "borne1/power"),
        flows=(
            Flow("solar", "house", 18_400),
            Flow("grid", "house", 4_310),
            Flow("battery", "house", 1_250),
            Flow("house", "vehicle", 13_780),
        ),
        unexplained=-2_640.0,
        origins={"solar": 0.768, "battery": 0.052, "grid": 0.18},
        parts={"vehicle": cars, "solar": flows.parts["solar"]},
    )


def empty_flows() -> Flows:
    """The first seconds: the site is known, nothing has answered."""
    nothing = Node(present=True)
    return Flows(solar=nothing, grid=nothing, battery=nothing, house=nothing, vehicle=nothing)


def day() -> DayEnergies:
    def energy(today: float, yesterday: float) -> DayEnergy:
        return DayEnergy(today, yesterday, "device", NOW - 40_000)

    return DayEnergies(
        produced=energy(24_600, 21_000),
        consumed=energy(18_200, 19_700),
        exported=energy(8_300, 5_100),
        imported=energy(1_900, 3_800),
        charged=energy(6_400, 6_000),
        discharged=energy(4_100, 5_200),
        vehicle=energy(7_200, 0),
        self_consumption=0.663,
        self_sufficiency=0.896,
    )


class FakeHistory:
    """Answers with a day of sun; ``fault`` makes it fail."""

    def __init__(self, fault: str = "", empty: bool = False, now: float = NOW) -> None:
        self.fault, self.empty, self.now = fault, empty, now
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def range(self, point: PointKey, start: float, end: float, bins: int) -> Series:
        if self.fault:
            raise OSError(self.fault)
        width = (end - start) / bins
        t = start + np.arange(0 if self.empty else bins) * width
        shape = _sun if point.point.startswith("solar") else _load
        mean = np.array([shape(at) if at <= self.now else math.nan for at in t])
        count = np.isfinite(mean).astype(np.int64)
        return Series(t, 0.9 * mean, mean, 1.1 * mean, mean, mean, count, 600, width)


def _noise(at: float) -> float:
    return math.sin(at / 97) * math.sin(at / 431 + 1) * math.sin(at / 1777 + 2)


def _sun(at: float) -> float:
    hour = (at + 7200) % 86400 / 3600
    clear = max(0.0, math.sin((hour - 6.2) / 15.2 * math.pi)) if 6.2 < hour < 21.4 else 0.0
    clouds = 0.45 * max(0.0, _noise(at)) + 0.03 * math.sin(at / 700)
    return max(0.0, 7700 * clear**1.3 * (1 - clouds * (hour < 13)))


def _load(at: float) -> float:
    hour = (at + 7200) % 86400 / 3600
    usual = 950 + 1900 * (6.9 < hour < 8) + 1800 * (11.5 < hour < 14) + 2200 * (18.5 < hour < 21.5)
    return usual + 260 * math.sin(at / 301) * math.sin(at / 1999)


@dataclass
class FakeStation:
    """What the window asks of a station, held still. Change ``now_flows`` and friends, then ``moved``."""

    now_flows: Flows = field(default_factory=day_flows)
    energies: DayEnergies = field(default_factory=day)
    states: dict[str, LinkState] = field(default_factory=dict[str, LinkState])
    recorder: RecorderStatus = field(
        default_factory=lambda: RecorderStatus(True, "demo.db", points=214, bytes_a_day=5.8e6)
    )
    history: FakeHistory | None = field(default_factory=FakeHistory)
    changed: dict[PointKey, Reading] = field(default_factory=dict[PointKey, Reading])
    newest: dict[PointKey, Reading] = field(default_factory=dict[PointKey, Reading])
    asked: list[str] = field(default_factory=list[str])
    stopped: bool = False
    access: Access = field(default_factory=Access)
    book: SiteBook | None = None

    def __post_init__(self) -> None:
        names = {
            "stick": "Stick SOLARMAN",
            "rs485": "RS485 · COM3",
            "can": "CAN · PEAK USB",
            "ocpp": "OCPP · ce PC",
        }
        self._links = tuple(SimpleNamespace(id=link, title=name, name=name, url=None) for link, name in names.items())
        self.site: Any = Site("Ferme des Tilleuls", PARIS, (), (), phases=3, contract_power=18_000.0, period_s=600)
        for text, value, unit in (("inverter/pv_power", 6840.0, "W"), ("meter/power", -1270.0, "W")):
            origin = Provenance("rs485", 1, 3, 0x2012, (0x0000, 0x1AB8), 41, 1.0)
            self.newest[key(text)] = Reading(key(text), value, NOW - 1, unit, origin=origin)

    def devices(self) -> tuple[Any, ...]:
        return ()

    def links(self) -> tuple[Any, ...]:
        return self._links

    def link_status(self, link: str) -> LinkStatus:
        return LinkStatus(link, self.states.get(link, LinkState.UP), NOW - 900)

    def put(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            self.changed[reading.key] = self.newest[reading.key] = reading

    def take_changed(self) -> list[Reading]:
        changed, self.changed = self.changed, {}
        return list(changed.values())

    def latest(self, point: PointKey) -> Reading | None:
        return self.newest.get(point)

    def point(self, point: PointKey) -> Point | None:
        return Point(point.point, (0x2012, 0x2013), 3, "s32", "W", en="Power", fr="Puissance")

    def flows(self) -> Flows:
        return self.now_flows

    def day(self) -> DayEnergies:
        return self.energies

    def snapshot(self) -> dict[PointKey, Reading]:
        return dict(self.newest)

    def points(self, device: str) -> tuple[Point, ...]:
        del device
        return ()

    def open_history(self) -> FakeHistory | None:
        return self.history

    def frame(self, origin: Provenance) -> Frame | None:
        del origin
        return None

    def recorder_status(self) -> RecorderStatus:
        return self.recorder

    def reconnect(self, link: str) -> None:
        self.asked.append(link)

    def ask(self, device: str, group: str | None = None) -> None:
        self.asked.append(device)

    def stop(self) -> None:
        self.stopped = True
