"""A real ``Station`` over lines that never speak, one of each protocol, in rich states: the links page's own site."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.access import Access, Person
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused
from core.facade import Station
from core.frames import FrameRing, Outcome
from core.hub import Hub
from core.linkurl import parse_link
from core.points import Choice, Kind, Point, PointKey, Provenance, Reading
from core.profile import CanCommand, CanRules, Group, Profile
from core.protocols import SystemClock
from core.status import (
    BusHealth,
    DeviceState,
    DeviceStatus,
    GroupPace,
    LinkCounters,
    LinkState,
    LinkStatus,
    StationSeen,
    StickHealth,
    Voice,
)
from tests.gui.fake_profile import hybrid

PARIS = ZoneInfo("Europe/Paris")
DBC = """VERSION ""
BO_ 2565148928 EVSE_Status: 8 EVSE
 SG_ EvseState : 4|4@1+ (1,0) [0|15] "" EMS
 SG_ AppliedLimit : 16|16@1+ (0.1,0) [0|6553.5] "A" EMS
 SG_ Motorola : 39|12@0+ (1,0) [0|4095] "" EMS
"""
STATES = (Choice(0, "free", "Free", "Libre"), Choice(2, "charging", "Charging", "En charge"))
FAST = {"live": Group("live", 1.0, en="Live measurements", fr="Mesures instantanées")}


def wallbox(folder: Path) -> Profile:
    points = (
        Point("limit", (), None, "number", "A", (0.1,), group="live", path="EVSE_Status.AppliedLimit",
              en="Limit applied", fr="Limite appliquée", source="open EVSE profile"),
        Point("state", (), None, "number", group="live", kind=Kind.STATE, choices=STATES,
              path="EVSE_Status.EvseState", en="State", fr="État", source="open EVSE profile"),
    )  # fmt: skip
    rules = CanRules(
        "evse.dbc",
        node_mask=0xFF,
        nodes=(1, 8),
        command=CanCommand("EMS_Command", 0.5, "CommandCounter"),
        request=("EMS_Request.RequestId=1",),
    )
    return Profile("open/evse", folder, "Open", "EVSE on CAN", "charger", "", points, FAST, protocol="can", can=rules)


def charge_point() -> Profile:
    groups = FAST | {"settings": Group("settings", None, en="Configuration keys", fr="Clés de configuration")}
    points = (
        Point("status", (), None, "text", group="live", kind=Kind.TEXT, path="StatusNotification.status",
              en="State", fr="État"),
        Point("power", (), None, "number", "W", group="live", path="MeterValues.Power-Active-Import",
              en="Power", fr="Puissance"),
        Point("badge", (), None, "text", group="live", kind=Kind.TEXT, path="transaction.id_tag",
              en="Badge", fr="Badge"),
        Point("energy", (), None, "number", "Wh", group="live", path="transaction.energy",
              en="Energy of the charge", fr="Énergie de la charge"),
        Point("auth_key", (), None, "text", group="settings", kind=Kind.TEXT, path="key.AuthorizationKey",
              secret=True, en="Key of authorization", fr="Clé d’autorisation"),
        Point("heartbeat", (), None, "number", "s", group="settings", path="key.HeartbeatInterval",
              en="Heartbeat interval", fr="Intervalle de battement"),
    )  # fmt: skip
    return Profile("ocpp/station", Path("ocpp"), "OCPP", "1.6J", "charger", "", points, groups, protocol="ocpp")


class QuietLine:
    """A line whose state is set by the test; it remembers what it was told."""

    def __init__(self, status: LinkStatus) -> None:
        self.name = status.link
        self.frames = FrameRing(status.link)
        self.now = status
        self.reconnected = 0
        self.looked = 0
        self.asked: list[tuple[str, str | None]] = []

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def status(self) -> LinkStatus:
        self.looked += 1
        return self.now

    def reconnect(self) -> None:
        self.reconnected += 1

    def ask(self, device: str, group: str | None = None) -> None:
        self.asked.append((device, group))


class GatedLine(QuietLine):
    """A CAN bus: it transmits once it is allowed."""

    refusal = ""

    def allow(self, profile: str) -> None:
        if self.refusal:
            raise CommandRefused(self.refusal)
        self.now = replace(self.now, voice=Voice.TRANSMITS if profile else Voice.LISTENS)
        self.asked.append(("allow", profile))


class OperableLine(QuietLine):
    """An OCPP line: orders wait for the answer that the test gives."""

    def __init__(self, status: LinkStatus) -> None:
        super().__init__(status)
        self.orders: list[tuple[str, str, dict[str, object]]] = []
        self.futures: list[Future[str]] = []

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        self.orders.append((device, action, dict(arguments)))
        self.futures.append(Future())
        return self.futures[-1]


def online(device: str, now: float, every_s: float = 1.0) -> DeviceStatus:
    return DeviceStatus(device, DeviceState.ONLINE, now - 0.6, (GroupPace("live", every_s, 1.1 * every_s),))


class FakeLinks:
    """The station with its lines at hand; ``put`` gives a point its newest reading."""

    def __init__(self, folder: Path, *, read_only: bool = False, now: Callable[[], float] = time.time) -> None:
        moment = now()
        (folder / "evse.dbc").write_text(DBC, "utf-8")
        can, ocpp, inverter = wallbox(folder), charge_point(), hybrid()
        counters = LinkCounters(requests=18_204, answered=18_190, refused=3, silent=9, foreign=2, reconnects=1)
        links = tuple(
            LinkConfig(name, parse_link(url), title, read_only=read_only or name in ("stick", "lan"), folder=folder)
            for name, url, title in (
                ("stick", "v5://192.168.1.43?serial=2355553510", "Stick SOLARMAN"),
                ("bus", "rtu:///dev/ttyUSB0?baud=9600", "RS485 · COM3"),
                ("can", "can://socketcan/can0?bitrate=250000", "CAN · PEAK USB"),
                ("ocpp", "ocpp://192.168.1.20:8887/", "OCPP · ce PC"),
                ("lan", "tcp://192.168.1.60:502", "Passerelle Legrand"),
            )
        )
        devices = (
            DeviceConfig("hybrid", "stick", "acme/hybrid", inverter, 1, "Onduleur AURA 10KM-BG", "inverter"),
            DeviceConfig("evlink_bus", "bus", "acme/hybrid", replace(inverter, category="charger"), 255,
                         "Borne 1 (EVlink)", "charger"),
            DeviceConfig("box1", "can", can.id, can, 1, "Borne ZCS 1", "charger"),
            DeviceConfig("box2", "can", can.id, can, 2, "Borne ZCS 2", "charger"),
            DeviceConfig("evlink", "ocpp", ocpp.id, ocpp, 0, "EVlink Parking", "other", station="EVLINK-1"),
            DeviceConfig("evlink_1", "ocpp", ocpp.id, ocpp, 1, "Borne 1 par OCPP", "charger", station="EVLINK-1",
                         same_as="evlink_bus", limits_current=False),
        )  # fmt: skip
        self.site = Site("Ferme des Tilleuls", PARIS, links, devices, phases=3, contract_power=18_000.0)
        since = moment - 900
        loud = Voice.ASKS if read_only else Voice.WRITES
        self.stick = QuietLine(
            LinkStatus(
                "stick",
                LinkState.UP,
                since,
                busy=0.41,
                counters=counters,
                devices=(online("hybrid", moment, 5),),
                stick=StickHealth(2355553510, 2712345678, 0.4, True, 214, 3, 2, has_clock=False),
            )
        )
        self.bus = QuietLine(
            LinkStatus("bus", LinkState.UP, since, busy=0.22, counters=counters, voice=loud,
                       devices=(online("evlink_bus", moment),))
        )  # fmt: skip
        self.can = GatedLine(
            LinkStatus("can", LinkState.UP, since, busy=0.1, counters=LinkCounters(answered=92_101),
                       voice=Voice.LISTENS,
                       devices=(online("box1", moment), DeviceStatus("box2", DeviceState.SILENT, moment - 74)),
                       bus=BusHealth(0.23, 184.0, "warning", 104, None, 7, 2,
                                     ((0x351, 1204), (0x98FF50E5, 3), (0x355, 801)), False, 0))
        )  # fmt: skip
        stations = (
            StationSeen("EVLINK-1", "192.168.1.77", True, True, "", "Schneider Electric", "MONOBLOCK", "3N2040",
                        "3.3.0.10", (1, 2), moment - 14, 812, ("Core", "FirmwareManagement", "SmartCharging")),
            StationSeen("BORNE-7", "192.168.1.79", False, False, "this station is not accepted yet", "Acme", "Home 7",
                        connectors=(1,), last_frame=moment - 3, calls=4),
        )  # fmt: skip
        self.ocpp = OperableLine(
            LinkStatus("ocpp", LinkState.UP, since, busy=0.02, counters=LinkCounters(812, 811, 1), voice=loud,
                       devices=(online("evlink", moment, 60), online("evlink_1", moment, 60)), stations=stations,
                       place="ws://192.168.1.20:8887/")
        )  # fmt: skip
        self.lan = QuietLine(
            LinkStatus("lan", LinkState.DOWN, moment - 40, "192.168.1.60 does not answer on port 502", moment + 12,
                       counters=LinkCounters(requests=40, silent=40, reconnects=6))
        )  # fmt: skip
        self.lines = {line.name: line for line in (self.stick, self.bus, self.can, self.ocpp, self.lan)}
        self.hub = Hub(SystemClock())
        access = Access(Person("Paul", "installer"))
        self.station = Station(self.site, book=PointBook(self.site), hub=self.hub, lines=self.lines, access=access)
        self._speak(moment)

    def put(self, place: str, value: float | str, raw: str, frame: int) -> None:
        """Give a point its newest reading."""
        key = PointKey.parse(place)
        found = self.station.point(key)
        assert found is not None
        link = next(device.link for device in self.site.devices if device.id == key.device)
        origin = Provenance(link, 1, 0, 0, (), frame, found.scales[0], "", found.path, raw)
        self.hub.put([Reading(key, value, time.time(), found.unit, origin=origin)])

    def _speak(self, now: float) -> None:
        heard = bytes.fromhex("98E51001") + bytes.fromhex("20 00 A0 00 00 00 00 11")
        number = 0
        for row in range(40):
            number = self.can.frames.add(
                at=now - 20 + row / 2, sent=b"", received=heard, took_s=0, outcome=Outcome.HEARD, note=""
            )
        self.put("box1/limit", 16.0, "160", number)
        self.put("box1/state", "charging", "2", number)
        told = {
            "connectorId": 1,
            "transactionId": 17,
            "meterValue": [
                {
                    "timestamp": "2026-06-21T11:26:08Z",
                    "sampledValue": [
                        {"value": "7360", "measurand": "Power.Active.Import", "unit": "W"},
                        {"value": "7360", "measurand": "Energy.Active.Import.Register", "unit": "Wh"},
                    ],
                }
            ],
        }
        call = json.dumps([2, "a1", "MeterValues", told]).encode()
        number = self.ocpp.frames.add(
            at=now - 14, sent=b'[3,"a1",{}]', received=call, took_s=0.004, outcome=Outcome.ANSWERED
        )
        self.put("evlink_1/power", 7360.0, "7360", number)
        self.put("evlink_1/badge", "0412AF33", "0412AF33", number)
        self.put("evlink_1/energy", 5210.0, "5210", number)
        self.put("evlink/auth_key", "set", "set", number)
        self.put("evlink/heartbeat", 180.0, "180", number)
        for row in range(30):
            silent = row % 11 == 5
            self.stick.frames.add(
                at=now - 60 + row, sent=bytes.fromhex("A51700104502006672678C"), took_s=0.21,
                received=b"" if silent else bytes.fromhex("A51800101502016672678C0201000000"),
                outcome=Outcome.SILENT if silent else Outcome.ANSWERED, note="no answer" if silent else "",
            )  # fmt: skip
