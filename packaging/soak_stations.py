"""Endurance over OCPP: a charging station whose every value tells when it was told, and what may be published of it.

Each message and each answer of the station carries a count that goes up by one. A measured value must be one that this
station has told of this very point, and none may be published after a newer one. What is asked for (a key of its
configuration) must have been answered after it was asked: a late answer never counts for the next question.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from concurrent.futures import TimeoutError as WaitedLongEnough
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from soak_bench import Tide
from websockets import Subprotocol
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from core.catalogue import Catalogue
from core.config import DeviceConfig
from core.errors import WattelierError
from core.paths import resources
from core.points import Point, Quality, Reading
from drivers.ocpp.line import OcppLine

PROFILE = "ocpp/charge_point"
IDENTITY = "CP1"
KEY, FIRST_KEY = "HeartbeatInterval", 1000
MEASURED = {"Power.Active.Import": ("power", 100_000), "Power.Offered": ("power_offered", 200_000)}
UNANSWERED = 6  # calls in a row, after which the station takes its connection for dead
SETTLES_S = 0.02


def charger(link: str) -> DeviceConfig:
    """The station in the site."""
    found = Catalogue([resources() / "profiles"]).get(PROFILE)
    return DeviceConfig(
        f"{link}-1", link, PROFILE, found, 1, role="charger", station=IDENTITY, options=found.options_with({})
    )


class SoakStation:
    """Calls ``ws://127.0.0.1:port/`` for as long as it lives, measures every ``pause_s``, answers what it is asked.

    ``hang_up`` ends a connection; the next one follows at once, unless it ``stays_away``.
    """

    def __init__(self, tide: Tide, port: int, timeout_s: float, pause_s: float = 0.002) -> None:
        self.tide, self.port = tide, port
        self.connections = 0
        self.is_connected = self.stays_away = False
        self.hang_up = asyncio.Event()
        self._timeout_s, self._pause_s = timeout_s, pause_s
        self._answered: dict[str, asyncio.Future[None]] = {}

    async def live(self) -> None:
        """Until cancelled."""
        while True:
            with suppress(OSError, WebSocketException, TimeoutError, EOFError):
                async with connect(
                    f"ws://127.0.0.1:{self.port}/{IDENTITY}",
                    subprotocols=[Subprotocol("ocpp1.6")],
                    compression=None,
                    ping_interval=None,
                    open_timeout=1.0,
                    close_timeout=0.05,
                    proxy=None,
                ) as wire:
                    self.connections += 1
                    self.is_connected = True
                    self.hang_up.clear()
                    await self._session(wire)
            self.is_connected = False
            await asyncio.sleep(SETTLES_S)
            while self.stays_away:
                await asyncio.sleep(SETTLES_S)

    async def _session(self, wire: Any) -> None:
        listening = asyncio.create_task(self._listen(wire))
        missed = 0
        try:
            boot = {"chargePointVendor": "Soak", "chargePointModel": "Station"}
            await self._call(wire, "BootNotification", boot)
            await self._call(wire, "StatusNotification", self._status())
            while missed < UNANSWERED and not listening.done() and not self.hang_up.is_set():
                answered = await self._call(wire, "MeterValues", self._measures())
                missed = 0 if answered else missed + 1
                await asyncio.sleep(self._pause_s)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _call(self, wire: Any, action: str, payload: dict[str, Any]) -> bool:
        number = f"s{self.tide.count}"
        waiting = self._answered[number] = asyncio.get_running_loop().create_future()
        try:
            await wire.send(json.dumps([2, number, action, payload]))
            await asyncio.wait_for(waiting, self._timeout_s)
        except TimeoutError:
            return False
        finally:
            self._answered.pop(number, None)
        return True

    def _status(self) -> dict[str, Any]:
        self.tide.count += 1
        return {"connectorId": 1, "errorCode": "NoError", "status": "Charging", "timestamp": _stamp()}

    def _measures(self) -> dict[str, Any]:
        self.tide.count += 1
        samples = [
            {"value": str(first + self.tide.count), "measurand": name, "unit": "W"}
            for name, (_, first) in MEASURED.items()
        ]
        return {"connectorId": 1, "meterValue": [{"timestamp": _stamp(), "sampledValue": samples}]}

    async def _listen(self, wire: Any) -> None:
        async for text in wire:
            try:
                message = json.loads(text)
                kind, number = message[0], message[1]
                if kind == 2:
                    await wire.send(json.dumps([3, number, self._answer(message[2])]))
                elif (waiting := self._answered.get(number)) is not None and not waiting.done():
                    waiting.set_result(None)
            except (ValueError, IndexError, TypeError, KeyError):
                continue  # spoilt on the way

    def _answer(self, action: str) -> dict[str, Any]:
        if action != "GetConfiguration":
            return {"status": "Accepted"}
        self.tide.count += 1
        key = {"key": KEY, "readonly": False, "value": str(FIRST_KEY + self.tide.count)}
        return {"configurationKey": [key], "unknownKey": []}


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class StationJudge:
    """A sink that holds what an OCPP line publishes against what its station has told; and asks it for its key."""

    def __init__(self, tide: Tide, timeout_s: float) -> None:
        self.good = self.wrong = self.older = self.asked = self.answered = 0
        self.samples: list[str] = []
        self._tide, self._timeout_s = tide, timeout_s
        self._newest: dict[str, int] = {}
        self._firsts = dict(MEASURED.values())
        self._key: tuple[str, Point] | None = None
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def settle(self, device: str, points: Sequence[Point]) -> None:
        """The points of the device are known: its key is among them."""
        for point in points:
            if point.path.endswith(f".{KEY}"):
                self._key = device, point

    def put(self, readings: Sequence[Reading]) -> None:
        """Called in the line's thread."""
        for reading in readings:
            first = self._firsts.get(reading.key.point)
            if first is None or reading.quality is not Quality.GOOD or not isinstance(reading.value, float):
                continue
            self.good += 1
            count, newest = round(reading.value) - first, self._newest.get(reading.key.point, 0)
            if not 0 < count <= self._tide.count:
                self._accuse(f"{reading.key.point}={reading.value} at {self._tide.count}")
            elif count < newest:
                self.older += 1
            self._newest[reading.key.point] = max(count, newest)

    def _accuse(self, why: str) -> None:
        self.wrong += 1
        if len(self.samples) < 20:
            self.samples.append(why)

    def ask(self, line: OcppLine) -> None:
        """Ask again and again, in a thread, until ``stop``."""
        self._thread = threading.Thread(target=self._ask, args=(line,), name=f"asker {line.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(10)

    def _ask(self, line: OcppLine) -> None:
        while not self._end.wait(0.01):
            if self._key is None:
                continue
            device, point = self._key
            before = self._tide.count
            try:
                self.asked += 1
                (reading,) = line.fetch(device, [point]).result(5)
            except (WattelierError, WaitedLongEnough):
                continue
            if reading.quality is not Quality.GOOD or not isinstance(reading.value, float):
                continue
            self.answered += 1
            count = round(reading.value) - FIRST_KEY
            if not before < count <= self._tide.count:
                self._accuse(f"{KEY}={reading.value}, asked at {before}, now {self._tide.count}")
