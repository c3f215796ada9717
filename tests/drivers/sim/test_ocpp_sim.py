"""Simulated charging stations on a real line: they call our central system, and a limit reaches the model."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DeviceError
from core.hub import Hub
from core.linkurl import parse_link
from core.points import PointKey, Reading, Value
from core.writing.orders import Order
from drivers.ocpp.line import OcppLine
from drivers.ocpp.operations import ORDERS
from drivers.sim.lines import Port
from drivers.sim.ocpp_line import OcppSimLine
from drivers.sim.quantities import Quantity
from drivers.sim.server import SimServer
from drivers.sim.station_twin import StationTwin

CHARGING: dict[str, Quantity] = {
    "charger.state": "charging",
    "charger.power": 3680.0,
    "charger.current.l1": 16.0,
    "charger.current.l2": 0.0,
    "charger.current.l3": 0.0,
    "charger.voltage.l1": 230.0,
    "charger.voltage.l2": 231.0,
    "charger.voltage.l3": 229.0,
    "charger.energy": 5000.0,
}
PROFILE = {
    "chargingProfileId": 1,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}]},
}
AWAY: dict[str, Quantity] = CHARGING | {"charger.state": "available", "charger.power": 0.0}


def wait_for(condition: Callable[[], object], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        time.sleep(0.01)


class Bench:
    """Twins in a simulator, and our line over the same site."""

    def __init__(self, catalogue: Catalogue, units: Sequence[int], profile: str, options: Mapping[str, str]) -> None:
        found = catalogue.get(profile)
        self.devices = [
            DeviceConfig(
                f"socket-{unit}",
                "ocpp",
                profile,
                found,
                unit,
                role="charger",
                station="GARAGE 1",
                options=found.options_with(options),
            )
            for unit in units
        ]
        self.written: list[tuple[str, Value]] = []
        self.known = dict(AWAY)
        self.twins = tuple(StationTwin(device, self.write) for device in self.devices)
        self.hub = Hub()
        self.server = SimServer([Port("ocpp", {}, "ocpp", 0, self.twins)], self.tick, every_s=0.05)
        self.line: OcppLine | None = None
        self.ledger: Path | None = None

    def write(self, role: str, value: Value) -> bool:
        self.written.append((role, value))
        return True

    def tick(self) -> None:
        for twin in self.twins:
            twin.refresh(self.known, datetime(2026, 3, 2))

    def put(self, readings: Sequence[Reading]) -> None:
        self.hub.put(readings)

    def value(self, point: str, device: str = "socket-1") -> Value:
        found = self.hub.latest(PointKey(device, point))
        return None if found is None else found.value

    def listen(self) -> None:
        config = LinkConfig("ocpp", parse_link(self.server.url("ocpp")), read_only=False)
        self.line = OcppLine(config, self.devices, self, ledger=self.ledger)
        self.line.start()

    def order(self, action: str, device: str = "socket-1", **arguments: object) -> str:
        assert self.line is not None
        return self.line.operate(device, action, arguments).result(5)

    def change(self, point: str, value: Value, device: str = "socket-1") -> None:
        """Have a key hold a value, as the desk would."""
        assert self.line is not None
        config = next(entry for entry in self.devices if entry.id == device)
        assert config.profile is not None
        wanted = config.profile.point(point)
        assert wanted is not None
        sent = self.line.write(device, Order(device, ((wanted, value),))).result(5)
        assert sent.answered
        assert not sent.refused


@contextmanager
def bench(
    catalogue: Catalogue, units: Sequence[int] = (1,), profile: str = "ocpp/charge_point", **options: str
) -> Iterator[Bench]:
    found = Bench(catalogue, units, profile, options)
    found.server.start()
    try:
        found.listen()
        yield found
    finally:
        if found.line is not None:
            found.line.stop()
        found.server.stop()


def test_a_simulated_station_charges_is_limited_stopped_and_started(catalogue: Catalogue):
    with bench(catalogue) as site:
        wait_for(lambda: site.value("status") == "available")
        wait_for(lambda: site.value("key_metervaluesampleinterval") == 30.0)
        site.change("key_metervaluesampleinterval", 1.0)
        site.known = CHARGING
        wait_for(lambda: site.value("power") == 3680.0)
        assert site.value("status") == "charging"
        assert site.value("session") == "running"
        assert site.value("current_l1") == 16.0
        assert site.value("voltage_l1") == 230.0
        assert site.value("energy") == 5000.0
        assert site.order("limit", limit_a=8) == "Accepted"
        assert site.written[-1] == ("charger.limit", 8.0)
        assert site.order("limit", limit_a=0) == "Accepted"
        assert site.written[-1] == ("charger.limit", 0.0)
        assert site.order("clear_profile") == "Accepted"
        assert site.written[-1] == ("charger.limit", 16.0)
        assert site.order("limit", limit_a=9) == "Accepted"
        assert site.order("remote_stop") == "Accepted"
        wait_for(lambda: site.value("session") == "ended")
        assert site.written[-2:] == [("charger.limit", 9.0), ("charger.stop", 1.0)]
        assert site.value("session_reason") == "remote"
        wait_for(lambda: site.value("status") == "finishing")
        with pytest.raises(DeviceError, match="cable has been removed"):
            site.order("remote_start")
        site.known = AWAY
        wait_for(lambda: site.value("status") == "available")
        assert site.written[-1] == ("charger.start", 1.0)  # and the limit stays, whoever has set it
        site.known = CHARGING | {"charger.state": "connected"}
        wait_for(lambda: site.value("status") == "preparing")
        assert site.order("remote_start") == "Accepted"
        wait_for(lambda: site.value("session") == "running")
        assert site.value("session_badge") == "WATTELIER"


def test_each_order_is_answered_by_a_simulated_station(catalogue: Catalogue):
    answers = {
        "limit": ({"limit_a": 8}, "Accepted"),
        "composite_schedule": ({"duration": 60}, '"limit": 8.0'),
        "charging_profile": ({"profile": PROFILE}, "Accepted"),
        "clear_profile": ({}, "Accepted"),
        "get_configuration": ({}, "16"),
        "trigger": ({"message": "StatusNotification"}, "Accepted"),
        "clear_cache": ({}, "Accepted"),
        "data_transfer": ({"vendor": "acme"}, "it does not know this maker"),
        "update_firmware": ({"location": "ftp://127.0.0.1/new.epk"}, "Accepted"),
        "get_diagnostics": ({"location": "ftp://127.0.0.1/"}, "diagnostics.zip"),
        "local_list": ({"version": 1}, "does not announce LocalAuthListManagement"),
        "local_list_version": ({}, "does not announce LocalAuthListManagement"),
        "reserve": ({"badge": "A"}, "does not announce Reservation"),
        "cancel_reservation": ({}, "does not announce Reservation"),
        "remote_stop": ({}, "Accepted"),
        "remote_start": ({}, "answers Rejected to RemoteStartTransaction"),
        "unlock": ({}, "Unlocked"),
        "availability": ({"type": "inoperative"}, "Accepted"),
        "reset": ({"type": "soft"}, "Accepted"),
    }
    assert set(answers) == set(ORDERS)
    with bench(catalogue) as site:
        wait_for(lambda: site.value("key_metervaluesampleinterval") == 30.0)
        site.known = CHARGING
        wait_for(lambda: site.value("session") == "running")
        for action, (arguments, answer) in answers.items():
            try:
                said = site.order(action, **arguments)
            except (CommandRefused, DeviceError) as err:
                said = str(err)
            assert answer in said, action


def test_a_station_on_one_phase_measures_one(catalogue: Catalogue):
    with bench(catalogue) as site:
        wait_for(lambda: site.value("status") == "available")
        site.known = CHARGING | {"charger.voltage.l2": 0.0, "charger.voltage.l3": 0.0}
        wait_for(lambda: site.value("power") == 3680.0)
        assert site.value("voltage_l1") == 230.0
        assert site.value("voltage_l2") is None
        assert site.value("current_total") == 16.0


def test_two_sockets_of_an_evlink_with_a_password(catalogue: Catalogue):
    with bench(catalogue, (0, 1, 2), "schneider/evlink_ocpp", password="twenty-characters-it") as site:
        wait_for(lambda: site.value("status", "socket-2") == "available")
        assert site.value("model") == "MONOBLOCK"
        wait_for(lambda: site.value("key_emsetting", "socket-0") == "external_control")
        assert site.value("key_numberofconnectors", "socket-0") == 2.0
        site.known = CHARGING
        wait_for(lambda: site.value("session", "socket-1") == site.value("session", "socket-2") == "running")
        assert site.value("session_id", "socket-1") != site.value("session_id", "socket-2")
        assert site.order("limit", "socket-2", limit_a=10) == "Accepted"
        assert site.twins[1].limit is None
        assert site.twins[2].limit == 10.0
        assert site.order("availability", "socket-1", type="inoperative") == "Accepted"
        wait_for(lambda: site.value("status", "socket-1") == "unavailable")


def test_a_session_outlives_a_central_system_that_goes_and_comes_back(catalogue: Catalogue, tmp_path: Path):
    with bench(catalogue) as site:
        assert site.line is not None
        site.line.stop()
        site.ledger = tmp_path / "ledger.sqlite"
        site.listen()
        site.known = CHARGING
        wait_for(lambda: site.value("session") == "running")
        number = site.value("session_id")
        site.line.stop()
        site.known = CHARGING | {"charger.energy": 7000.0}
        site.listen()
        wait_for(lambda: site.value("connection") == "connected")
        assert site.value("session_id") == number
        site.known = AWAY | {"charger.energy": 7500.0}
        wait_for(lambda: site.value("session") == "ended")
        assert site.value("session_energy") == 2500.0


def test_a_restart_that_is_ordered_is_one(catalogue: Catalogue):
    with bench(catalogue) as site:
        wait_for(lambda: site.value("status") == "available")
        assert site.line is not None
        before = site.line.status().stations[0].calls
        assert site.order("reset") == "Accepted"
        wait_for(lambda: site.value("connection") == "disconnected")
        wait_for(lambda: site.value("connection") == "connected")
        wait_for(lambda: site.line is not None and site.line.status().stations[0].calls > before + 1)


@pytest.mark.parametrize(
    "quirk",
    [
        "no_boot_on_return",
        "long_serials",
        "bad_stamps",
        "odd_units",
        "wrong_total",
        "stray_connectors",
        "lost_numbers",
        "late_meter",
        "odd_words",
    ],
)
def test_with_every_quirk_the_values_are_right(catalogue: Catalogue, quirk: str):
    with bench(catalogue) as site:
        setattr(site.twins[0].quirks, quirk, True)
        wait_for(lambda: site.value("key_metervaluesampleinterval") == 30.0)
        site.order("reset")  # the quirks of the start count too
        wait_for(lambda: site.value("status") == "available")
        site.known = CHARGING
        wait_for(lambda: site.value("power") == 3680.0)
        assert site.value("energy") == 5000.0
        assert site.value("current_total") == 16.0
        site.known = AWAY | {"charger.energy": 6000.0}
        wait_for(lambda: site.value("session") == "ended")
        assert site.value("session_energy") == 1000.0
        wait_for(lambda: site.value("status") == "available")
        assert site.value("power") == 0.0


def test_a_line_without_stations_opens_and_closes():
    async def go() -> None:
        line = OcppSimLine(Port("ocpp", {}, "ocpp"))
        await line.open()
        assert line.url.startswith("ocpp://127.0.0.1:")
        await line.close()

    asyncio.run(go())
