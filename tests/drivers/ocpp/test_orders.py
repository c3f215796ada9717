"""Orders of the operator, as the ``ocpp`` package's charge point hears them; what a read-only link never sends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from ocpp.v16 import call

from core.errors import CommandRefused, DeviceError, LinkError
from core.writing.orders import Order
from drivers.ocpp.operations import ORDERS
from tests.drivers.ocpp.judge import EVLINK, Judge, Site, calling, now_text, station, until, wait_for

ALL_PROFILES = "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger"


async def order(site: Site, action: str, device: str = "cp1-1", **arguments: Any) -> str:
    return await asyncio.wrap_future(site.line.operate(device, action, arguments))


async def ready(site: Site, point: Judge, *, profiles: str = "Core,FirmwareManagement,SmartCharging") -> None:
    point.keys["SupportedFeatureProfiles"] = (profiles, True)
    await point.boot()
    await until(lambda: site.status.stations[0].profiles and site.value("key_numberofconnectors") == 2.0)


@pytest.mark.parametrize(
    ("action", "arguments", "heard", "said"),
    [
        ("remote_start", {"badge": "X1"}, {"id_tag": "X1", "connector_id": 1}, "Accepted"),
        ("unlock", {}, {"connector_id": 1}, "Unlocked"),
        ("reset", {"type": "hard"}, {"type": "Hard"}, "Accepted"),
        ("reset", {}, {"type": "Soft"}, "Accepted"),
        ("availability", {"type": "inoperative"}, {"connector_id": 1, "type": "Inoperative"}, "Accepted"),
        ("clear_cache", {}, {}, "Accepted"),
        ("data_transfer", {"vendor": "acme"}, {"vendor_id": "acme"}, "Accepted"),
        ("get_diagnostics", {"location": "ftp://h/x"}, {"location": "ftp://h/x"}, "log.zip"),
        ("trigger", {"message": "MeterValues"}, {"requested_message": "MeterValues", "connector_id": 1}, "Accepted"),
        ("local_list_version", {}, {}, "7"),
        ("cancel_reservation", {"id": 5}, {"reservation_id": 5}, "Accepted"),
    ],
)
def test_each_order_reaches_the_station_in_words_of_ocpp(
    action: str, arguments: Mapping[str, Any], heard: Mapping[str, Any], said: str
):
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point, profiles=ALL_PROFILES)
            before = len(point.asked)
            assert await order(site, action, **arguments) == said
            assert heard in [fields for _, fields in point.asked[before:]]  # the set-up may still ask for a key

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_lists_reservations_and_updates_are_well_formed():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point, profiles=ALL_PROFILES)
            assert await order(site, "local_list", badges="A, B", version=3) == "Accepted"
            (sent,) = point.named("SendLocalList")
            assert [entry["id_tag"] for entry in sent["local_authorization_list"]] == ["A", "B"]
            assert await order(site, "reserve", badge="A", minutes=10) == "Accepted"
            assert point.named("ReserveNow")[0]["connector_id"] == 1
            assert await order(site, "update_firmware", location="http://h/f.bin") == "Accepted"
            assert "retrieve_date" in point.named("UpdateFirmware")[0]
            assert '"limit": 10.0' in await order(site, "composite_schedule")

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_limit_becomes_a_charging_profile_and_a_point():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            point.keys["ChargeProfileMaxStackLevel"] = ("9", True)
            await ready(site, point)
            assert site.value("limit") is None
            assert await order(site, "limit", limit_a=10) == "Accepted"
            (sent,) = point.named("SetChargingProfile")
            assert sent["connector_id"] == 1
            profile = sent["cs_charging_profiles"]
            assert profile["charging_profile_purpose"] == "TxDefaultProfile"
            assert profile["stack_level"] == 9  # the highest: nothing left behind by another system wins over it
            schedule = profile["charging_schedule"]
            assert schedule["charging_rate_unit"] == "A"
            assert schedule["charging_schedule_period"] == [{"start_period": 0, "limit": 10.0}]
            assert (site.value("limit"), site.quality("limit")) == (10.0, "good")
            await order(site, "limit", limit_a=0)
            assert site.value("limit") == 0.0
            await point.boot()  # it may have lost it: it gets it again
            await until(lambda: len(point.named("SetChargingProfile")) == 3)
            await until(lambda: (site.value("limit"), site.quality("limit")) == (0.0, "good"))
            assert await order(site, "clear_profile") == "Accepted"
            assert site.value("limit") is None

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_station_that_takes_no_default_profile_gets_one_for_the_running_session():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            begun = await point.call(call.StartTransaction(1, "A", 0, now_text()))
            heard: list[Any] = []

            def word(action: str, fields: dict[str, Any], default: str = "Accepted") -> str:
                heard.append(fields["cs_charging_profiles"])
                return "Rejected" if len(heard) == 1 else "Accepted"

            point._word = word  # type: ignore[method-assign]
            assert await order(site, "limit", limit_a=8) == "Accepted"
            assert heard[1]["charging_profile_purpose"] == "TxProfile"
            assert heard[1]["transaction_id"] == begun.transaction_id

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_station_that_counts_in_watts_needs_the_number_of_phases():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            point.keys["ChargingScheduleAllowedChargingRateUnit"] = ("Power", True)
            await ready(site, point)
            with pytest.raises(CommandRefused, match="phases"):
                await order(site, "limit", limit_a=10)
            await order(site, "limit", limit_a=10, phases=3)
            (sent,) = point.named("SetChargingProfile")
            schedule = sent["cs_charging_profiles"]["charging_schedule"]
            assert schedule["charging_rate_unit"] == "W"
            assert schedule["charging_schedule_period"][0]["limit"] == 6900.0

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_limit_that_no_vehicle_can_follow_is_refused():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            for current in (3, 81, -1, "many", None, float("nan")):
                with pytest.raises(CommandRefused):
                    await order(site, "limit", limit_a=current)
            assert point.named("SetChargingProfile") == []

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_device_that_may_not_limit_is_refused_by_the_line_itself():
    devices = [station(unit=1, limits_current=False), station(unit=2)]

    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            for action, arguments in (
                ("limit", {"limit_a": 8}),
                ("charging_profile", {"profile": {}}),
                ("clear_profile", {}),
            ):
                with pytest.raises(CommandRefused, match="limited"):
                    site.line.operate("cp1-1", action, arguments)
            assert await order(site, "limit", "cp1-2", limit_a=8) == "Accepted"
            assert [sent["connector_id"] for sent in point.named("SetChargingProfile")] == [2]

    with Site(devices, read_only=False) as site:
        asyncio.run(go(site))


def test_the_whole_station_is_not_limited_where_one_of_its_sockets_may_not_be():
    devices = [station(unit=0), station(unit=1, limits_current=False), station(unit=2)]
    with Site(devices, read_only=False) as site:
        with pytest.raises(CommandRefused, match="by its other protocol"):
            site.line.operate("cp1-0", "limit", {"limit_a": 8})
        with pytest.raises(LinkError):  # this one may, but is not there
            site.line.operate("cp1-2", "limit", {"limit_a": 8}).result(5)


def test_a_read_only_link_sends_nothing_that_changes_a_station():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point, profiles=ALL_PROFILES)
            await point.tell("Available")
            begun = await point.call(call.StartTransaction(1, "A", 0, now_text()))
            for action in ORDERS:
                if action in ("get_configuration", "composite_schedule", "local_list_version"):
                    await order(site, action)
                    continue
                with pytest.raises(CommandRefused, match="read-only"):
                    site.line.operate("cp1-1", action, {"limit_a": 8, "type": "soft", "key": "a", "value": "b"})
            site.line.ask("cp1-1")
            await point.call(call.StopTransaction(10, now_text(), begun.transaction_id))
            await point.boot()
            await until(lambda: len(point.named("GetConfiguration")) >= 4)
            assert {name for name, _ in point.asked} == {
                "GetConfiguration",
                "GetCompositeSchedule",
                "GetLocalListVersion",
            }

    with Site([station()]) as site:
        asyncio.run(go(site))


def test_what_a_station_does_not_announce_is_not_asked_of_it():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            for action in ("trigger", "local_list", "local_list_version", "reserve", "cancel_reservation"):
                with pytest.raises(CommandRefused, match="does not announce"):
                    await order(site, action, message="Heartbeat", badge="A", version=1)
            assert {name for name, _ in point.asked} <= {"GetConfiguration", "ChangeConfiguration"}

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_rejected_start_after_a_remote_stop_is_explained():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            with pytest.raises(CommandRefused, match="no transaction"):
                await order(site, "remote_stop")
            begun = await point.call(call.StartTransaction(1, "A", 0, now_text()))
            assert await order(site, "remote_stop") == "Accepted"
            assert point.named("RemoteStopTransaction") == [{"transaction_id": begun.transaction_id}]
            await point.call(call.StopTransaction(10, now_text(), begun.transaction_id, "Remote"))
            point.words["RemoteStartTransaction"] = "Rejected"
            with pytest.raises(DeviceError, match="cable has been removed"):
                await order(site, "remote_start")

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_no_order_changes_a_key_of_the_configuration():
    assert "change_configuration" not in ORDERS

    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            before = len(point.asked)
            with pytest.raises(CommandRefused, match="no order 'change_configuration'"):
                await order(site, "change_configuration", key="HeartbeatInterval", value=60)
            assert "HeartbeatInterval" not in [fields.get("key") for _, fields in point.asked[before:]]

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_keys_are_read_under_the_stations_own_spelling():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await ready(site, point)
            before = len(point.asked)
            assert await order(site, "get_configuration", keys="HEARTBEATINTERVAL, colour") == "1"
            asked = [call for call in point.asked[before:] if call[0] != "ChangeConfiguration"]  # the set-up's own
            assert asked == [("GetConfiguration", {"key": ["HeartbeatInterval", "colour"]})]
            assert site.value("key_heartbeatinterval") == 180.0

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_an_order_to_a_station_that_is_away_or_silent_is_a_sentence():
    class Deaf(Judge):
        async def _handle_call(self, msg: Any) -> Any:
            return None if msg.action == "Reset" else await super()._handle_call(msg)

    async def go(site: Site) -> None:
        with pytest.raises(LinkError, match="not connected"):
            await order(site, "reset")
        async with calling(site.place, judge=Deaf) as point:
            await point.boot()
            with pytest.raises(DeviceError, match="does not answer Reset within"):
                await order(site, "reset")
        wait_for(lambda: not site.status.stations[0].connected)

    with Site([station()], read_only=False, timeout_s=0.2) as site:
        asyncio.run(go(site))
        with pytest.raises(CommandRefused):
            site.line.operate("cp1-1", "self_destruct", {})


def test_a_connection_that_ends_or_a_line_that_stops_ends_the_orders_that_wait():
    class Deaf(Judge):
        async def _handle_call(self, msg: Any) -> Any:
            if msg.action == "Reset":
                self.asked.append(("Reset", {}))
                return None
            return await super()._handle_call(msg)

    async def go(site: Site) -> None:
        async with calling(site.place, judge=Deaf) as point:
            await point.boot()
            waiting = site.line.operate("cp1-1", "reset", {})
            await until(lambda: point.named("Reset"))
            await point._connection.close()
            with pytest.raises(LinkError):
                await asyncio.wrap_future(waiting)
        async with calling(site.place, judge=Deaf) as point:
            await point.boot()
            waiting = site.line.operate("cp1-1", "reset", {})
            await until(lambda: point.named("Reset"))
            await asyncio.to_thread(site.line.stop)
            with pytest.raises(LinkError):
                waiting.result(1)

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_every_key_of_a_station_becomes_a_point_and_secrets_never_leave_it(caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    secret = "c0rrect-h0rse"

    async def go(site: Site) -> None:
        async with calling(site.place, logger=logging.Logger("judge", logging.CRITICAL)) as point:
            point.logger = Quiet()  # the judge's own logs are not ours
            point.keys |= {
                "AuthorizationKey": (secret, False),
                "maker.WifiPassword": (secret, False),
                "maker colour": ("green", True),
                "StationName": ("Garage", False),
                "EMPTY": (None, True),
            }
            await ready(site, point)
            await until(lambda: site.value("key_maker_colour", "cp1-1") == "green")
            assert site.value("key_authorizationkey") == "set"
            assert site.value("key_maker_wifipassword") == "set"
            assert site.value("key_stationname") == "Garage"
            assert site.value("key_empty") is None
            names = {point.id: point for point in site.points["cp1-1"]}
            assert names["key_maker_wifipassword"].secret
            assert names["key_maker_colour"].access == "r"
            wanted = Order("cp1-1", ((names["key_authorizationkey"], "an0ther-secret-key"),))
            sent = await asyncio.wrap_future(site.line.write("cp1-1", wanted))
            assert b"AuthorizationKey" in sent.exchanges[0].sent
            assert b"an0ther-secret-key" not in b"".join(part.sent + part.received for part in sent.exchanges)
            await order(site, "update_firmware", location=f"ftp://user:{secret}@host/file")
            assert point.keys["AuthorizationKey"][0] == "an0ther-secret-key"

    with Site([station(profile=EVLINK)], read_only=False) as site:
        asyncio.run(go(site))
        everything = site.kept() + repr(site.all).encode() + caplog.text.encode() + repr(site.status).encode()
        assert b"GetConfiguration" in everything
        for word in (secret, "an0ther-secret-key"):
            assert word.encode() not in everything


class Quiet:
    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None
