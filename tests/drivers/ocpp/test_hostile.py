"""Nothing that a peer can send brings the line down, makes it grow without bounds, or shows a wrong value."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ocpp.v16 import call
from websockets.exceptions import ConnectionClosed

from core.config import DeviceConfig
from core.errors import DecodeError
from core.points import Reading
from drivers.ocpp.central import MOST_BYTES
from drivers.ocpp.image import Origin
from drivers.ocpp.ledger import Ledger
from drivers.ocpp.messages import MOST_ID, kept, parse
from drivers.ocpp.station import Station
from tests.drivers.ocpp.judge import Site, calling, station, wait_for

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        "connectorId",
        "transactionId",
        "meterValue",
        "sampledValue",
        "value",
        "unit",
        "measurand",
        "phase",
        "timestamp",
        "status",
        "errorCode",
        "idTag",
        "meterStart",
        "meterStop",
        "reason",
        "transactionData",
        "configurationKey",
        "key",
        "readonly",
        "unknownKey",
        "chargePointModel",
        "firmwareVersion",
        "context",
        "location",
        "format",
    ]
)
WORDS = st.sampled_from(
    [
        "1",
        "2",
        "-1",
        "0",
        "230.1",
        "1e99",
        "Wh",
        "kW",
        "L1",
        "L1-N",
        "Available",
        "Charging",
        "Power.Active.Import",
        "Voltage",
        "2026-03-02T12:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59+14:00",
        "NaN",
        "Infinity",
    ]
)
PAYLOADS = st.dictionaries(
    NAMES,
    st.recursive(
        JUNK | WORDS | st.integers(-3, 3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
        max_leaves=20,
    ),
    max_size=8,
)


class Everything:
    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def put(self, readings: Any) -> None:
        self.readings += readings


@settings(max_examples=60)
@given(JUNK | st.lists(JUNK, max_size=6))
def test_any_json_is_either_a_message_or_a_sentence(value: object):
    text = json.dumps(value)
    try:
        message = parse(text)
    except DecodeError:
        return
    assert message.kind in (2, 3, 4)
    assert 0 < len(message.id) <= MOST_ID


@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_message_or_a_sentence(data: bytes):
    with pytest.raises(DecodeError):
        parse(data + b"\xff")
    assert len(kept(data)) <= 400


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), PAYLOADS), max_size=6))
def test_no_payload_brings_a_station_down_or_an_implausible_value_up(messages: list[tuple[int, dict[str, Any]]]):
    sink, ledger, entry = Everything(), Ledger(None), station()
    found = made(entry, ledger, sink)
    found.arrive("127.0.0.1:1", 1_772_452_800.0)
    for place, (kind, payload) in enumerate(messages):
        origin = Origin(place, 1_772_452_800.0 + 10 * place)
        match kind:
            case 0:
                found.booted(payload, origin)
            case 1:
                found.told_status(payload, origin)
            case 2:
                found.metered(payload, origin)
            case 3:
                found.started(payload, origin)
            case 4:
                found.stopped(payload, origin)
            case _:
                found.configured(payload, origin, complete=True)
        found.seen()
    ledger.close()
    assert entry.profile is not None
    points = {point.id: point for point in entry.profile.points}
    for reading in sink.readings:
        point = points.get(reading.key.point)
        if point is None or not isinstance(reading.value, float):
            continue
        assert point.low is None or reading.value >= point.low
        assert point.high is None or reading.value <= point.high


def made(entry: DeviceConfig, ledger: Ledger, sink: Everything) -> Station:
    return Station("CP1", [entry], ledger, sink)


def test_a_hostile_peer_changes_nothing_for_the_next_one():
    dice = random.Random(7)
    sound = json.dumps([2, "1", "MeterValues", {"connectorId": 1, "meterValue": []}])

    def noise() -> str | bytes:
        match dice.randrange(6):
            case 0:
                return "[" * 5000
            case 1:
                return json.dumps([2, "x", "MeterValues", {"a": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}])
            case 2:
                return bytes(dice.randrange(256) for _ in range(dice.randrange(200)))
            case 3:
                at = dice.randrange(len(sound))
                return sound[:at] + chr(dice.randrange(32, 127)) + sound[at + 1 :]
            case 4:
                return json.dumps([3, str(dice.randrange(9)), {"status": "Accepted"}])
            case _:
                return f"[2, {'9' * 5000}, {'8' * 5000}, {{}}]"

    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            for _ in range(400):
                await point.raw(noise())
            await point.tell("Available")
        async with calling(site.place) as point:
            await point.raw("x" * (MOST_BYTES + 1))
            await point._connection.wait_closed()
            with pytest.raises(ConnectionClosed):
                await point.raw("y")
        async with calling(site.place) as point:
            await point.tell("Charging")
            assert site.value("status") == "charging"

    with Site([station()]) as site:
        asyncio.run(go(site))
        wait_for(lambda: site.status.counters.damaged > 100)
        assert len(site.kept()) < 2_000_000


def test_long_messages_are_taken_and_kept_in_part():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            for number in range(5):
                await point.raw([2, f"long-{number}", "DataTransfer", {"vendorId": "x", "data": "y" * 400_000}])
            await point.tell("Available")

    with Site([station()]) as site:
        asyncio.run(go(site))
        kept = [frame.received for frame in site.line.frames.last(100) if b"DataTransfer" in frame.received]
        assert len(kept) == 5
        assert max(len(frame) for frame in kept) < 33_000


def test_one_station_cannot_fill_the_memory_with_connectors():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            for connector in range(0, 3000, 10):
                await point.raw([2, f"s{connector}", "StartTransaction", {"connectorId": connector, "idTag": "A"}])
                await point.raw([2, f"n{connector}", "StatusNotification", {"connectorId": connector}])
            await point.call(call.Heartbeat())

    with Site([station()]) as site:
        asyncio.run(go(site))
        ours = site.line._stations["CP1"]
        assert sorted(ours.sessions.newest) == [0, 10]
        assert len(ours.status) <= 17
