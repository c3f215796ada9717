"""What stations get wrong (the tolerances that a central system needs), each in the words of a real connection."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from ocpp.v16 import call

from drivers.ocpp.ledger import Ledger
from tests.drivers.ocpp.judge import Judge, Site, calling, now_text, station, until, wait_for


def talk(site: Site, what: Callable[[Judge], Awaitable[None]]) -> None:
    async def go() -> None:
        async with calling(site.place) as point:
            await what(point)

    asyncio.run(go())


async def say(point: Judge, action: str, payload: dict[str, Any]) -> list[Any]:
    """Send a call that the package itself would refuse to send; return the answer as it came."""
    answers: list[Any] = []
    point.route_message = lambda text: _keep(answers, text)  # type: ignore[method-assign]
    await point.raw([2, "x-1", action, payload])
    await until(lambda: answers)
    del point.route_message
    import json

    return json.loads(answers[0])


async def _keep(answers: list[Any], text: str) -> None:
    answers.append(text)


def sampled(value: object, **more: str) -> dict[str, Any]:
    return {"value": value, **more}


def meter_values(*values: dict[str, Any], at: object = "", connector: object = 1, **more: Any) -> dict[str, Any]:
    entry = {"timestamp": at or now_text(), "sampledValue": list(values)}
    return {"connectorId": connector, "meterValue": [entry], **more}


def test_values_outside_the_schema_are_taken_and_marked():
    async def go(point: Judge) -> None:
        answer = await say(
            point,
            "StatusNotification",
            {
                "connectorId": "1",
                "errorCode": "Error",
                "status": "Occupied",
                "info": "",
                "timestamp": "yesterday",
                "vendorId": "x" * 400,
            },
        )
        assert answer == [3, "x-1", {}]
        await say(
            point,
            "MeterValues",
            meter_values(
                sampled("3680", unit="Watt", measurand="Power.Active.Import", context="Now and then"),
                sampled("", measurand="Voltage", unit="V", phase="L1"),
                sampled("NaN", measurand="Current.Import", unit="A", phase="L1"),
                sampled(16, measurand="Current.Import", unit="A", phase="L2"),
                sampled("1e400", measurand="Current.Import", unit="A", phase="L3"),
            ),
        )

    with Site([station()]) as site:
        talk(site, go)
        status = site.reading("status")
        assert status is not None
        assert status.value == "occupied"
        assert "not in the list" in status.note or status.quality == "stale"
        assert site.value("error_code") == "error"
        assert site.value("power") == 3680.0
        assert site.value("current_l2") == 16.0
        assert site.reading("voltage_l1") is None
        assert site.reading("current_l1") is None
        assert site.reading("current_l3") is None
        assert not any(reading.key.point == "status" and reading.quality == "good" for reading in site.all)


def test_the_long_serial_numbers_of_evlink_are_no_reason_to_refuse():
    async def go(point: Judge) -> None:
        answer = await say(
            point,
            "BootNotification",
            {
                "chargePointVendor": "Schneider Electric",
                "chargePointModel": "MONOBLOCK",
                "chargePointSerialNumber": "EVP2CNM0000000000000000000000000A",
                "chargeBoxSerialNumber": "3" * 26,
            },
        )
        assert answer[2]["status"] == "Accepted"

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("serial") == "EVP2CNM0000000000000000000000000A"
        wait_for(lambda: site.status.stations[0].serial.endswith("A"))


@pytest.mark.parametrize("number", [-1, 0, 987654, "abc", None, 2**40])
def test_the_end_of_an_unknown_transaction_is_accepted_and_recorded(tmp_path: Path, number: object):
    async def go(point: Judge) -> None:
        for _ in range(2):
            answer = await say(
                point,
                "StopTransaction",
                {"transactionId": number, "meterStop": 4711, "timestamp": now_text(), "reason": "PowerLoss"},
            )
            assert answer[2]["idTagInfo"]["status"] == "Accepted"

    ledger = tmp_path / "ledger.sqlite"
    with Site([station()], ledger=ledger) as site:
        talk(site, go)
    kept = Ledger(ledger)
    found = kept.orphans("CP1")
    kept.close()
    assert [(stop, reason) for _, stop, reason in found] == [(4711, "PowerLoss")] * 2


def test_a_station_that_has_lost_the_number_ends_the_only_session_that_it_can_mean():
    async def go(point: Judge) -> None:
        await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        await say(
            point, "StopTransaction", {"transactionId": -1, "meterStop": 3000, "timestamp": now_text(), "idTag": "A"}
        )

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session") == "ended"
        assert site.value("session_energy") == 2000.0


def test_meter_values_after_the_end_do_not_open_a_session_again():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        await point.call(call.StopTransaction(3000, now_text(), begun.transaction_id))
        await say(point, "MeterValues", meter_values(sampled("3500", unit="Wh"), transactionId=begun.transaction_id))

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session") == "ended"
        assert site.value("session_energy") == 2000.0
        assert site.value("energy") == 3500.0


def test_finishing_until_unplugged_leaves_the_ended_session_alone():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        await point.call(call.StopTransaction(3000, now_text(), begun.transaction_id, "Remote"))
        for _ in range(3):
            await point.tell("Finishing")
        await point.tell("Available")

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session_reason") == "remote"
        assert site.value("session_note") == ""


def test_a_session_without_an_end_is_closed_when_the_connector_is_available_again():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        await say(point, "MeterValues", meter_values(sampled("2600", unit="Wh"), transactionId=begun.transaction_id))
        await point.tell("Available")
        site_number.append(begun.transaction_id)

    site_number: list[int] = []
    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session") == "closed_by_us"
        assert site.value("session_note") == "the station says that the connector is available"
        assert site.value("session_energy") == 1600.0

        async def late(point: Judge) -> None:  # … and its own end comes later, out of the queue: it counts
            await point.call(call.StopTransaction(2700, now_text(-5), site_number[0], "EVDisconnected"))

        talk(site, late)
        assert site.value("session") == "ended"
        assert site.value("session_energy") == 1700.0


def test_a_session_without_an_end_is_closed_when_another_begins():
    async def go(point: Judge) -> None:
        first = await point.call(call.StartTransaction(1, "A", 1000, now_text(-3600)))
        second = await point.call(call.StartTransaction(1, "B", 5000, now_text()))
        assert second.transaction_id > first.transaction_id

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session_badge") == "B"
        assert site.value("session") == "running"


def test_a_start_that_is_sent_again_keeps_its_number():
    async def go(point: Judge) -> None:
        at = now_text()
        first = await point.call(call.StartTransaction(1, "A", 1000, at))
        again = await point.call(call.StartTransaction(1, "A", 1000, at))
        other = await point.call(call.StartTransaction(2, "A", 1000, at))
        assert first.transaction_id == again.transaction_id != other.transaction_id

    with Site([station()]) as site:
        talk(site, go)


def test_a_running_session_that_is_not_known_here_is_taken_over_from_its_meter_values():
    async def go(point: Judge) -> None:
        await say(point, "MeterValues", meter_values(sampled("2600", unit="Wh"), transactionId=4242))
        assert site.value("session_id") == 4242.0
        assert site.value("session_energy") is None  # nobody knows where it began
        assert site.quality("session_time") == "unknown"
        ended = await point.call(call.StopTransaction(3000, now_text(), 4242))
        assert ended.id_tag_info["status"] == "Accepted"

    with Site([station()]) as site:
        talk(site, go)
        assert site.value("session") == "ended"


def test_connectors_that_do_not_exist_make_nothing_appear():
    async def go(point: Judge) -> None:
        for connector in (99, -1, 17, "x", None, 10**12):
            await say(
                point, "StatusNotification", {"connectorId": connector, "errorCode": "NoError", "status": "Charging"}
            )
            await say(point, "MeterValues", meter_values(sampled("1", unit="Wh"), connector=connector))

    with Site([station()]) as site:
        talk(site, go)
        assert site.reading("status") is None
        wait_for(lambda: site.status.stations[0].calls >= 12)
        assert site.status.stations[0].connectors == ()


def test_queued_values_of_an_outage_count_for_the_session_but_are_not_shown_as_now():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text(-7200)))
        for minutes in range(120, 10, -10):
            value = sampled(str(1000 + 100 * (120 - minutes)), unit="Wh")
            watts = sampled("7000", unit="W", measurand="Power.Active.Import")
            await say(
                point,
                "MeterValues",
                meter_values(value, watts, at=now_text(-60.0 * minutes), transactionId=begun.transaction_id),
            )
        assert site.reading("power") is None
        assert site.value("session_energy") == 10000.0
        await say(point, "MeterValues", meter_values(sampled("50", unit="W", measurand="Power.Active.Import")))
        assert (site.value("power"), site.quality("power")) == (50.0, "good")

    with Site([station()]) as site:
        talk(site, go)


def test_a_flood_after_an_outage_is_taken_whole():
    async def go(point: Judge) -> None:
        for number in range(600):
            payload = meter_values(sampled(str(number), unit="Wh"), at=now_text(-86400.0 + number))
            await point.raw([2, f"q{number}", "MeterValues", payload])
        await point.call(call.Heartbeat())

    with Site([station()]) as site:
        talk(site, go)
        wait_for(lambda: site.status.stations[0].calls == 601)
        assert site.status.counters.damaged == 0


def test_a_silent_station_stays_until_it_is_silent_for_too_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("drivers.ocpp.central.PING_EVERY_S", 0.02)
    monkeypatch.setattr("drivers.ocpp.central.PONG_WITHIN_S", 0.02)

    async def go() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(site.place.rstrip("/").rpartition(":")[2]))
        writer.write(
            b"GET /CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n"
        )
        await reader.readuntil(b"\r\n\r\n")
        pings = 0
        while pings < 6:  # never answered: some stations do not know them
            first, length = await reader.readexactly(2)
            await reader.readexactly(length)
            pings += first == 0x89
        assert site.value("connection") == "connected"
        monkeypatch.setattr("drivers.ocpp.central.SILENT_FOR_S", 0.0)
        await until(lambda: site.value("connection") == "disconnected")
        writer.close()

    with Site([station()]) as site:
        asyncio.run(go())


def test_coming_back_without_a_boot_the_set_up_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("drivers.ocpp.central.BOOTS_WITHIN_S", 0.05)

    async def go(point: Judge) -> None:
        await until(lambda: point.named("GetConfiguration"))
        await until(lambda: site.value("key_heartbeatinterval") == 180.0)

    with Site([station()]) as site:
        talk(site, go)
        talk(site, go)


def test_after_each_boot_the_set_up_is_done_anew():
    async def go(point: Judge) -> None:
        for times in (1, 2):
            await point.boot()
            await until(lambda times=times: len(point.named("GetConfiguration")) >= times)
            await until(lambda: site.value("key_heartbeatinterval") == 180.0)

    with Site([station()]) as site:
        talk(site, go)


def test_what_a_station_said_before_holds_again_when_it_comes_back_and_tells_no_change(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("drivers.ocpp.station.RESTORED_AFTER_S", 0.05)
    monkeypatch.setattr("drivers.ocpp.station.CONFIRMED_EVERY_S", 0.0)

    async def before(point: Judge) -> None:
        await point.tell("Available")

    async def after(point: Judge) -> None:
        await asyncio.sleep(0.1)
        await point.call(call.Heartbeat())
        assert (site.value("status"), site.quality("status")) == ("available", "good")
        assert (site.value("power"), site.quality("power")) == (0.0, "good")

    with Site([station()]) as site:
        talk(site, before)
        wait_for(lambda: site.quality("status") == "stale")
        assert site.quality("power") == "stale"
        talk(site, after)


def test_a_full_disk_is_no_reason_not_to_accept_an_end(monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        from core.errors import LinkError

        raise LinkError("the disk is full") from sqlite3.OperationalError("disk full")

    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        monkeypatch.setattr("drivers.ocpp.ledger.Ledger.close_by_station", full)
        monkeypatch.setattr("drivers.ocpp.ledger.Ledger.begin", full)
        ended = await point.call(call.StopTransaction(3000, now_text(), begun.transaction_id))
        assert ended.id_tag_info["status"] == "Accepted"
        assert await point.call(call.StartTransaction(1, "A", 1000, now_text())) is None  # it will ask again

    with Site([station()]) as site:
        talk(site, go)


@pytest.mark.parametrize(
    ("rule", "badges", "word"),
    [
        ("all", "", "Accepted"),
        ("none", "", "Invalid"),
        ("listed", "x, 04a2b3c4;y", "Accepted"),
        ("listed", "x", "Invalid"),
    ],
)
def test_badges_are_answered_by_the_rule_of_the_site(rule: str, badges: str, word: str):
    async def go(point: Judge) -> None:
        assert (await point.call(call.Authorize("04A2B3C4"))).id_tag_info["status"] == word
        begun = await point.call(call.StartTransaction(1, "04A2B3C4", 0, now_text()))
        assert begun.id_tag_info["status"] == word
        assert begun.transaction_id > 0

    with Site([station(options={"authorise": rule, "badges": badges})]) as site:
        talk(site, go)


def test_unknown_actions_and_makers_messages_are_answered():
    async def go(point: Judge) -> None:
        assert (await say(point, "SecurityEventNotification", {"type": "x"}))[:3:2] == [4, "NotImplemented"]
        assert (await say(point, "Gibberish", {}))[0] == 4
        answer = await point.call(call.DataTransfer("acme", "hello", "x"))
        assert answer.status == "UnknownVendorId"
        await point.call(call.FirmwareStatusNotification("Downloading"))  # type: ignore[arg-type]
        assert site.value("firmware_update") == "downloading"
        await point.call(call.DiagnosticsStatusNotification("Uploaded"))  # type: ignore[arg-type]
        assert site.value("diagnostics") == "uploaded"

    with Site([station()]) as site:
        talk(site, go)
