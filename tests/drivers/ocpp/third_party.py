"""A charge point of somebody else: the ``ocpp`` package's own client in a process of its own, knowing nothing of us.

``python third_party.py ws://127.0.0.1:PORT/ IDENTITY`` lives through one session: it begins, loses its central system,
counts on and queues what it measures, comes back without a BootNotification, empties its queue and ends. It prints one
JSON list a step: what happened, and a number.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.datatypes import KeyValue
from ocpp.v16.enums import Action, ChargePointErrorCode, ChargePointStatus, Reason
from websockets import ConnectionClosed, Subprotocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake

BADGE = "04A2B3C4D5"
METER_AT_START = 123_400


def tell(event: str, number: float = 0) -> None:
    print(json.dumps([event, number]), flush=True)


def stamp() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def meter_values(number: int, wh: int, watts: float) -> call.MeterValues:
    values = [
        {"value": str(wh), "measurand": "Energy.Active.Import.Register", "unit": "Wh", "context": "Sample.Periodic"},
        {
            "value": f"{watts / 1000:.2f}",
            "measurand": "Power.Active.Import",
            "unit": "kW",
            "context": "Sample.Periodic",
        },
    ]
    return call.MeterValues(1, [{"timestamp": stamp(), "sampled_value": values}], number)


async def called(url: str) -> ClientConnection:
    """Call until somebody listens."""
    end = time.monotonic() + 60.0
    while True:
        try:
            return await connect(url, subprotocols=[Subprotocol("ocpp1.6")], proxy=None, open_timeout=5)
        except (OSError, InvalidHandshake):  # a call to a free port may meet itself
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.05)


class Post(ChargePoint):
    """Its configuration is all that it is ever asked for."""

    @on(Action.get_configuration)
    def told(self, key: list[str] | None = None) -> call_result.GetConfiguration:
        return call_result.GetConfiguration([KeyValue("NumberOfConnectors", True, "1")], key)


async def state(point: ChargePoint, status: ChargePointStatus) -> None:
    await point.call(call.StatusNotification(1, ChargePointErrorCode.no_error, status, stamp()))


async def begin(url: str, identity: str) -> int:
    """Plug in and charge until the connection breaks; return the number of the transaction."""
    wire = await called(url)
    point = Post(identity, wire, response_timeout=10)
    listening = asyncio.create_task(point.start())
    booted = await point.call(call.BootNotification("Post 22", "Third Party", firmware_version="9.9"))
    tell(booted.status, booted.interval)
    await state(point, ChargePointStatus.available)
    tell((await point.call(call.Authorize(BADGE))).id_tag_info["status"])
    await state(point, ChargePointStatus.preparing)
    begun = await point.call(call.StartTransaction(1, BADGE, METER_AT_START, stamp()))
    await state(point, ChargePointStatus.charging)
    await point.call(meter_values(begun.transaction_id, METER_AT_START + 600, 7_360.0))
    tell("charging", begun.transaction_id)
    await asyncio.gather(listening, return_exceptions=True)
    tell("cut off")
    return begun.transaction_id


async def end(url: str, identity: str, number: int) -> None:
    """Count on alone, come back, tell what was missed, and unplug."""
    queue = [meter_values(number, METER_AT_START + wh, 7_300.0) for wh in (800, 1000)]
    wire = await called(url)
    point = Post(identity, wire, response_timeout=10)
    listening = asyncio.create_task(point.start())
    for queued in queue:
        await point.call(queued)
    await point.call(meter_values(number, METER_AT_START + 1500, 3_680.0))
    tell("back", number)
    await asyncio.to_thread(sys.stdin.readline)
    stop = call.StopTransaction(METER_AT_START + 2345, stamp(), number, Reason.ev_disconnected, BADGE)
    ended = await point.call(stop)
    tell(ended.id_tag_info["status"], number)
    await state(point, ChargePointStatus.finishing)
    await state(point, ChargePointStatus.available)
    await wire.close()
    await asyncio.gather(listening, return_exceptions=True)
    tell("gone")


async def main(url: str, identity: str) -> None:
    number = await begin(url, identity)
    await end(url, identity, number)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1] + sys.argv[2], sys.argv[2]))
    except ConnectionClosed:
        tell("lost")
