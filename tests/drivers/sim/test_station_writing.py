"""The configuration of a simulated charging station, as a central system that is not ours changes it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action, RegistrationStatus
from websockets import Subprotocol
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from core.catalogue import Catalogue
from core.config import DeviceConfig
from core.errors import DecodeError
from core.parameters import Parameter, Parameters, Words
from core.profile import Profile
from drivers.sim.faults import WriteFault
from drivers.sim.ocpp_station import SimStation
from drivers.sim.station_keys import StationKeys
from drivers.sim.station_twin import StationTwin

EVLINK, GENERIC = "schneider/evlink_ocpp", "ocpp/charge_point"
ANSWERS_WITHIN_S = 5
SILENT_FOR_S = 0.3


class Central(ChargePoint):
    """One connection of a station, seen from the central system."""

    def __init__(self, wire: Any) -> None:
        super().__init__("SIM", wire, response_timeout=ANSWERS_WITHIN_S)
        self.wire = wire
        self.booted = asyncio.Event()

    @on(Action.boot_notification)
    def boot(self, **_: object) -> call_result.BootNotification:
        self.booted.set()
        return call_result.BootNotification("2026-03-02T08:00:00Z", 60, RegistrationStatus.accepted)

    @on(Action.status_notification)
    def status(self, **_: object) -> call_result.StatusNotification:
        return call_result.StatusNotification()

    async def change(self, key: str, value: str) -> str:
        """The status that the station answers."""
        answer = await self.call(call.ChangeConfiguration(key=key, value=value))
        return str(answer.status)

    async def value(self, key: str) -> str:
        """What the station holds."""
        answer = await self.call(call.GetConfiguration(key=[key]))
        assert answer.unknown_key in (None, [])
        return answer.configuration_key[0]["value"]


class Bench:
    """A station with two connectors that calls, and each connection that it has made."""

    def __init__(self, profile: Profile) -> None:
        self.now = 1000.0
        self.twins = [
            StationTwin(
                DeviceConfig(f"socket-{unit}", "ocpp", profile.id, profile, unit, station="SIM"),
                lambda _role, _value: True,
                ticks=lambda: self.now,
            )
            for unit in (1, 2)
        ]
        self.calls: asyncio.Queue[Central] = asyncio.Queue()

    async def connected(self) -> Central:
        """The next connection, once the station has said who it is."""
        central = await asyncio.wait_for(self.calls.get(), ANSWERS_WITHIN_S)
        await asyncio.wait_for(central.booted.wait(), ANSWERS_WITHIN_S)
        return central


def run(profile: Profile, play: Callable[[Bench, Central], Awaitable[None]]) -> None:
    """Have a simulated station call, and play with it."""

    async def main() -> None:
        site = Bench(profile)

        async def talk(wire: Any) -> None:
            central = Central(wire)
            site.calls.put_nowait(central)
            with suppress(ConnectionClosed):
                await central.start()

        async with serve(talk, "127.0.0.1", 0, subprotocols=[Subprotocol("ocpp1.6")]) as server:
            number = next(iter(server.sockets)).getsockname()[1]
            life = asyncio.create_task(SimStation("SIM", site.twins, f"ws://127.0.0.1:{number}/").run())
            try:
                await asyncio.wait_for(play(site, await site.connected()), 20)
            finally:
                life.cancel()
                await asyncio.gather(life, return_exceptions=True)

    asyncio.run(main())


@pytest.fixture
def evlink(catalogue: Catalogue) -> Profile:
    return catalogue.get(EVLINK)


def test_an_evlink_tells_the_keys_of_its_kind_and_those_that_it_has_not(evlink: Profile) -> None:
    async def play(_: Bench, central: Central) -> None:
        told = await central.call(call.GetConfiguration())
        keys = {entry["key"].lower(): entry for entry in told.configuration_key}
        assert len(keys) > 100
        assert keys["maxintensitysocket"] == {"key": "maxintensitysocket", "readonly": False, "value": "32"}
        assert keys["currentpb1"]["readonly"]
        assert keys["numberofconnectors"]["value"] == "2"
        assert keys["boxidentity"]["value"] == "SIM"
        known = {point.path.partition(".")[2].lower() for point in evlink.points if point.path.startswith("key.")}
        assert keys.keys() <= known
        some = await central.call(call.GetConfiguration(key=["STATIONNAME", "nonsense"]))
        assert [entry["value"] for entry in some.configuration_key] == ["FG 16302 07 002 003"]
        assert some.unknown_key == ["nonsense"]

    run(evlink, play)


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("MaxIntensitySocket", "16", "Accepted"),  # compared without case
        ("maxintensitysocket", "sixteen", "Rejected"),
        ("maxintensitysocket", "-1", "Rejected"),
        ("maxintensitysocket", "16.5", "Rejected"),
        ("maxintensitysocket", "", "Rejected"),
        ("currentpb1", "16", "Rejected"),  # read only
        ("nonsense", "1", "NotSupported"),
        ("simplifiedmode3", "false", "Accepted"),
        ("simplifiedmode3", "0", "Rejected"),  # the station writes true and false there
        ("simplifiedmode3", "maybe", "Rejected"),
        ("compressdiagnostic", "0", "Accepted"),
        ("compressdiagnostic", "false", "Rejected"),  # and 0 and 1 here
        ("emsetting", "3", "Accepted"),
        ("emsetting", "9", "Rejected"),  # a code that its profile does not list
        ("stationname", "Garage", "Accepted"),
        ("stationname", "x" * 501, "Rejected"),
        ("metervaluessampleddata", "Voltage,Current.Import", "Accepted"),
        ("metervaluessampleddata", "Voltage,SoC", "Rejected"),  # one that it has not spoils the list
        ("dhcp", "1", "RebootRequired"),
    ],
)
def test_a_key_is_taken_or_not_by_what_it_is(evlink: Profile, key: str, value: str, status: str) -> None:
    async def play(_: Bench, central: Central) -> None:
        before = await central.value(key) if key != "nonsense" else ""
        assert len(value) > 500 or await central.change(key, value) == status
        if len(value) > 500:  # more than the schema of the package lets through
            answer = await central.call(call.ChangeConfiguration(key, value), skip_schema_validation=True)
            assert answer.status == status
        if key != "nonsense":
            assert await central.value(key) == (value if status in ("Accepted", "RebootRequired") else before)

    run(evlink, play)


def test_a_range_is_that_of_the_parameter_as_the_key_itself_counts(evlink: Profile) -> None:
    found = evlink.point("key_meteringpollingperiod")
    assert found is not None
    entry = Parameter(found.id, "meters", Words("x", "x"), found, low=0.5, high=10.0)
    keys = StationKeys(replace(evlink, parameters=Parameters(entries=(entry,))))
    assert found.scales == (0.001,)
    assert [keys.judge("meteringpollingperiod", text) for text in ("499", "500", "10000", "10001")] == [
        "Rejected",
        "Accepted",
        "Accepted",
        "Rejected",
    ]


def test_any_station_takes_the_keys_of_the_standard(catalogue: Catalogue) -> None:
    async def play(_: Bench, central: Central) -> None:
        assert await central.change("heartbeatinterval", "60") == "Accepted"
        assert await central.change("NumberOfConnectors", "3") == "Rejected"
        assert await central.value("HeartbeatInterval") == "60"
        assert await central.value("NumberOfConnectors") == "2"

    run(catalogue.get(GENERIC), play)


def test_a_station_needs_a_restart_for_the_keys_that_it_is_told(catalogue: Catalogue) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[1].keys.reboot.add("localauthorizeoffline")
        assert await central.change("LocalAuthorizeOffline", "false") == "RebootRequired"
        assert await central.value("LocalAuthorizeOffline") == "false"

    run(catalogue.get(GENERIC), play)


@pytest.mark.parametrize(
    ("fault", "key", "value", "seen"),
    [
        (WriteFault.REFUSED, "stationname", "Garage", ("Rejected", "FG 16302 07 002 003")),
        (WriteFault.REMOTE_OFF, "maxintensitysocket", "16", ("Rejected", "32")),
        (WriteFault.IGNORED, "maxintensitysocket", "16", ("Accepted", "32")),
        (WriteFault.IGNORED, "maxintensitysocket", "x", ("Rejected", "32")),  # what is wrong is still refused
        (WriteFault.CLAMPED, "loadsheddingsetpoint", "16", ("Accepted", "0")),
        (WriteFault.CLAMPED, "simplifiedmode3", "false", ("Accepted", "true")),
        (WriteFault.CLAMPED, "emsetting", "2", ("Accepted", "0")),
        (WriteFault.CLAMPED, "stationname", "Garage", ("Accepted", "Gar")),
        (WriteFault.SCALED, "maxintensitysocket", "16", ("Accepted", "160")),
        (WriteFault.SCALED, "stationname", "Garage", ("Accepted", "Garage")),
    ],
)
def test_a_fault_shows_in_the_answer_and_in_what_is_held(
    evlink: Profile, fault: WriteFault, key: str, value: str, seen: tuple[str, str]
) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[1].faults.inject_write(fault)  # of whichever connector
        assert (await central.change(key, value), await central.value(key)) == seen

    run(evlink, play)


def test_a_change_is_taken_without_an_answer_and_the_connection_goes_on(evlink: Profile) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[0].faults.inject_write(WriteFault.SILENT)
        central._response_timeout = SILENT_FOR_S  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(TimeoutError):
            await central.change("maxintensitysocket", "16")
        central._response_timeout = ANSWERS_WITHIN_S  # pyright: ignore[reportPrivateUsage]
        assert await central.value("maxintensitysocket") == "16"

    run(evlink, play)


def test_a_change_is_lost_with_the_connection_and_the_station_calls_again(evlink: Profile) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[0].faults.inject_write(WriteFault.LOST)
        asking = asyncio.ensure_future(central.change("maxintensitysocket", "16"))
        await asyncio.wait_for(central.wire.wait_closed(), ANSWERS_WITHIN_S)
        assert not asking.done()
        asking.cancel()
        again = await site.connected()
        assert await again.value("maxintensitysocket") == "32"

    run(evlink, play)


def test_a_change_reverts_after_a_while(evlink: Profile) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[0].faults.inject_write(WriteFault.REVERTS, after_s=5.0, point="key_maxintensitysocket")
        assert await central.change("maxintensitysocket", "16") == "Accepted"
        assert await central.change("stationname", "Garage") == "Accepted"
        site.now += 4.9
        assert await central.value("maxintensitysocket") == "16"
        site.now += 0.2
        assert await central.value("maxintensitysocket") == "32"
        assert await central.value("stationname") == "Garage"

    run(evlink, play)


def test_somebody_else_changes_a_key(evlink: Profile) -> None:
    async def play(site: Bench, central: Central) -> None:
        site.twins[1].keys.poke("key_stationname", "Barn")
        assert await central.value("stationname") == "Barn"
        site.twins[0].keys.poke("StationName", "Shed")
        assert await central.value("stationname") == "Shed"
        with pytest.raises(DecodeError, match="no key 'moon'"):
            site.twins[0].keys.poke("moon", "1")

    run(evlink, play)


def test_a_profile_that_shows_no_configuration_gives_a_station_what_it_needs_itself(tmp_path: Any) -> None:
    bare = Profile("acme/station", tmp_path, "Acme", "Station", "charger", "", (), {}, protocol="ocpp")
    told, unknown = StationKeys(bare).show()
    assert [entry["key"] for entry in told] == [
        "HeartbeatInterval",
        "MeterValueSampleInterval",
        "MeterValuesSampledData",
        "NumberOfConnectors",
    ]
    assert unknown == []
