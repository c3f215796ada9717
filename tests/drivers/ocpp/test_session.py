"""A whole session by the ``ocpp`` package's own charge point, with a restart of ours in the middle."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from ocpp.v16 import call

from core.status import DeviceState
from tests.drivers.ocpp.judge import GENERIC, Site, calling, now_text, station, until, wait_for


def energy(wh: float) -> dict[str, Any]:
    return {"value": str(wh), "measurand": "Energy.Active.Import.Register", "unit": "Wh"}


def power(watts: float) -> dict[str, Any]:
    return {"value": str(watts), "measurand": "Power.Active.Import", "unit": "W"}


def test_a_whole_session_with_a_restart_of_ours_in_the_middle(tmp_path: Path):
    ledger = tmp_path / "site.ocpp.sqlite"

    async def first_half(site: Site) -> int:
        async with calling(site.place) as point:
            assert (await point.boot()).status == "Accepted"
            await point.tell("Available")
            assert site.value("status") == "available"
            assert (await point.call(call.Authorize("04A2B3C4"))).id_tag_info["status"] == "Accepted"
            await point.tell("Preparing")
            begun = await point.call(call.StartTransaction(1, "04A2B3C4", 1000, now_text()))
            await point.tell("Charging")
            await point.meter(energy(1500), power(7400), number=begun.transaction_id)
            assert site.value("power") == 7400.0
            assert site.value("session_energy") == 500.0
            assert site.value("session_id") == float(begun.transaction_id)
            assert (await point.call(call.Heartbeat())).current_time
            return int(begun.transaction_id)

    async def second_half(site: Site, number: int) -> None:
        async with calling(site.place) as point:  # it comes back without a BootNotification
            await until(lambda: site.value("session_id") == float(number))
            assert site.value("session_energy") == 500.0
            assert site.value("session_badge") == "04A2B3C4"
            await point.meter(energy(4000), power(11000), number=number)
            assert site.value("session_energy") == 3000.0
            assert site.value("power") == 11000.0
            ended = await point.call(call.StopTransaction(5000, now_text(), number, "EVDisconnected", "04A2B3C4"))
            assert ended.id_tag_info["status"] == "Accepted"
            await point.tell("Available")
            assert site.value("session_energy") == 4000.0
            assert site.value("session") == "ended"
            assert site.value("session_reason") == "ev_disconnected"
            assert site.value("session_id") is None
            assert site.value("power") == 0.0
            another = await point.call(call.StartTransaction(1, "04A2B3C4", 5000, now_text()))
            assert another.transaction_id > number

    with Site([station()], ledger=ledger) as site:
        number = asyncio.run(first_half(site))
        wait_for(lambda: site.status.devices[0].state is DeviceState.SILENT)
        assert site.quality("power") == "stale"
    with Site([station()], ledger=ledger) as site:
        asyncio.run(second_half(site, number))
        wait_for(lambda: site.status.stations[0].calls == 4)


def test_two_connectors_are_two_devices_and_the_station_a_third():
    devices = [station(unit=unit) for unit in (0, 1, 2)]

    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await point.boot()
            await point.tell("Available", 0)
            await point.tell("Available", 1)
            await point.tell("Charging", 2)
            await point.meter(power(3000), connector=2)
            assert site.value("status", "cp1-0") == "available"
            assert site.value("power", "cp1-1") == 0.0
            assert site.value("power", "cp1-2") == 3000.0
            assert site.value("model", "cp1-2") == "Post 22"
            await until(lambda: site.value("key_numberofconnectors", "cp1-0") == 2.0)
            assert site.reading("key_numberofconnectors", "cp1-1") is None
            await until(lambda: site.status.stations[0].connectors == (1, 2))

    with Site(devices) as site:
        asyncio.run(go(site))


def test_the_newer_connection_of_a_station_takes_the_place_of_the_older():
    async def go(site: Site) -> None:
        async with calling(site.place) as older:
            await older.tell("Available")
            async with calling(site.place) as newer:
                await newer.tell("Charging")
                await until(lambda: older._connection.close_code is not None)
                assert site.value("connection") == "connected"
                await newer.tell("Finishing")
                assert site.value("status") == "finishing"
                assert site.quality("status") == "good"

    with Site([station()]) as site:
        asyncio.run(go(site))
        wait_for(lambda: site.quality("status") == "stale")
        assert site.value("connection") == "disconnected"


def test_a_value_leads_back_to_the_message_that_brought_it():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await point.meter({"value": "7.36", "measurand": "Power.Active.Import", "unit": "kW"})

    with Site([station()]) as site:
        asyncio.run(go(site))
        wait_for(lambda: site.reading("power"))
        reading = site.reading("power")
        assert reading is not None
        assert reading.provenance is not None
        assert (reading.provenance.path, reading.provenance.raw) == ("MeterValues.Power-Active-Import", "7.36 kW")
        assert reading.provenance.factor == 1000.0
        frame = site.line.frames.find(reading.provenance.frame)
        assert frame is not None
        assert b'"value":"7.36"' in frame.received


@pytest.mark.parametrize(
    ("state", "rests"),
    [
        ("Available", True),
        ("Preparing", True),
        ("SuspendedEVSE", True),
        ("Finishing", True),
        ("SuspendedEV", False),
        ("Faulted", False),
    ],
)
def test_power_is_zero_only_where_the_state_says_that_the_contactor_is_open(state: str, rests: bool):
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await point.tell("Charging")
            await point.meter(power(7000), {"value": "30", "measurand": "Current.Import", "phase": "L1", "unit": "A"})
            await point.tell(state)
            wanted = (0.0, "good") if rests else (7000.0, "stale")
            assert (site.value("power"), site.quality("power")) == wanted
            assert site.value("current_l1") == (0.0 if rests else 30.0)
            assert site.value("current_l2") is None
            await point.tell("Charging")
            assert site.quality("power") == "stale"  # until it is measured again
            await point.meter(power(6900))
            assert (site.value("power"), site.quality("power")) == (6900.0, "good")

    with Site([station(profile=GENERIC)]) as site:
        asyncio.run(go(site))
