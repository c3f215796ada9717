"""A simulated charging station that speaks OCPP 1.6J: the package's own charge point, led by the model of the site."""

# The ocpp package annotates its decorators and helpers in part only.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUntypedFunctionDecorator=false

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from ocpp.exceptions import OCPPError
from ocpp.v16 import call
from websockets import Subprotocol
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from drivers.sim.ocpp_client import ANSWERS_WITHIN_S, SILENT, Client
from drivers.sim.station_twin import STATUS, StationQuirks, StationTwin
from drivers.sim.station_writing import change
from drivers.sim.writing import HungUp, Silence

STEP_S = 0.2
RETURNS_AFTER_S = (0.2, 0.5, 1.0, 2.0)
MOST_QUEUED = 200
BADGE = "04A2B3C4D5"
NO_STAMP = "0000-00-00T00:00:00Z"


@dataclass(slots=True)
class Run:
    """A transaction as the station knows it; ``number`` None until the central system has given one."""

    connector: int
    number: int | None = None
    remote: bool = False


@dataclass(slots=True)
class Plug:
    """A connector and what was last told of it."""

    twin: StationTwin
    told: str = ""
    run: Run | None = None
    after_stop: bool = False  # no new session until the cable has been removed
    in_service: bool = True
    badge: str = BADGE
    wanted: bool = False  # a remote start
    metered: float = 0.0


class SimStation:
    """Calls the central system at ``url`` again and again, and tells what its twins do. ``run`` until cancelled."""

    def __init__(self, identity: str, twins: Sequence[StationTwin], url: str) -> None:
        self.identity, self.url = identity, url
        self.plugs = {twin.connector: Plug(twin) for twin in twins if twin.connector}
        self.keys = max((twin.keys for twin in twins), key=len)
        self.keys.set("NumberOfConnectors", str(max(self.plugs, default=1)))
        self.keys.set("boxIdentity", identity)
        self.keys.set("ocppCentralAddress", url)
        self._faults = [twin.faults for twin in twins]
        for twin in twins:
            twin.keys = self.keys
        self.evlink = any(twin.device.profile_id.startswith("schneider/") for twin in twins)
        self.quirks: StationQuirks = twins[0].quirks
        self.password = next((text for twin in twins if (text := twin.device.options.get("password", ""))), "")
        self.queue: deque[tuple[Run, Any]] = deque(maxlen=MOST_QUEUED)
        self.restart = asyncio.Event()
        self.cut = asyncio.Event()  # it hangs up at once, and calls again
        self.tell_boot = True
        self.accepted = False

    async def run(self) -> None:
        """Live."""
        failures = 0
        while True:
            with suppress(OSError, WebSocketException, TimeoutError, OCPPError):
                while self.away:
                    self._move()
                    await asyncio.sleep(STEP_S)
                async with connect(
                    f"{self.url}{self.identity.replace('%', '%25').replace(' ', '%20')}",
                    subprotocols=[Subprotocol("ocpp1.6")],
                    additional_headers=self._headers(),
                    open_timeout=ANSWERS_WITHIN_S,
                    close_timeout=0.5,
                    ping_interval=None,
                    proxy=None,
                    logger=SILENT,
                ) as wire:
                    failures = 0
                    await self._session(Client(self, wire))
            for plug in self.plugs.values():
                plug.told = ""
            deadline = asyncio.get_running_loop().time() + RETURNS_AFTER_S[min(failures, len(RETURNS_AFTER_S) - 1)]
            failures += 1
            while asyncio.get_running_loop().time() < deadline:  # sessions go on without a central system
                self._move()
                await asyncio.sleep(STEP_S)

    @property
    def away(self) -> bool:
        """Whether it has hung up and does not call."""
        return any(plug.twin.mute for plug in self.plugs.values())

    def _headers(self) -> dict[str, str]:
        if not self.password:
            return {}
        from base64 import b64encode

        return {"Authorization": "Basic " + b64encode(f"{self.identity}:{self.password}".encode()).decode()}

    def change(self, name: str, value: str) -> str | None:
        """Take a key of the configuration; the status to answer, None for no answer at all."""
        try:
            return change(self.keys, self._faults, name, value)
        except Silence:
            return None
        except HungUp:
            self.cut.set()
            return None

    async def _session(self, client: Client) -> None:
        self.cut.clear()
        listening = asyncio.create_task(client.start())
        try:
            if self.tell_boot or not self.quirks.no_boot_on_return:
                await client.boot()
                self.tell_boot = False
            beat = asyncio.get_running_loop().time()
            while not (listening.done() or self.restart.is_set() or self.cut.is_set() or self.away):
                self._move()
                await self._tell(client)
                every = max(1.0, float(self.keys.get("HeartbeatInterval") or 180))
                if asyncio.get_running_loop().time() - beat > every:
                    beat = asyncio.get_running_loop().time()
                    await client.send(call.Heartbeat())
                await asyncio.sleep(STEP_S)
            if self.restart.is_set():
                self.restart.clear()
                self.tell_boot = True
                for plug in self.plugs.values():
                    self._end(plug, "SoftReset")
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    # -- what happens at the connectors ----------------------------------------------------------------------------

    def _move(self) -> None:
        """Begin and end sessions as the cars come and go; what cannot be told now waits in the queue."""
        self.keys.settle()
        for plug in self.plugs.values():
            twin = plug.twin
            if not twin.plugged:
                self._end(plug, "EVDisconnected")
                plug.after_stop = plug.wanted = False
                continue
            free = plug.run is None and not plug.after_stop and plug.in_service
            if free and (twin.state != "connected" or plug.wanted):
                plug.run, plug.wanted = Run(plug.twin.connector, remote=plug.wanted), False
                start = call.StartTransaction(twin.connector, plug.badge, round(twin.number("energy")), self.stamp())
                self.queue.append((plug.run, start))

    def _end(self, plug: Plug, reason: str) -> None:
        if plug.run is None:
            return
        stop = call.StopTransaction(round(plug.twin.number("energy")), self.stamp(), 0, cast("Any", reason), plug.badge)
        self.queue.append((plug.run, stop))
        if self.quirks.late_meter:
            self.queue.append((plug.run, call.MeterValues(plug.twin.connector, [self.values(plug)], 0)))
        plug.run, plug.badge = None, BADGE

    def end_remotely(self, number: int) -> bool:
        """A remote stop: the session ends, the cable stays."""
        plug = next((entry for entry in self.plugs.values() if entry.run and entry.run.number == number), None)
        if plug is None:
            return False
        self._end(plug, "Remote")
        plug.after_stop = True
        plug.twin.hold(on=True)
        return True

    def status(self, plug: Plug) -> str:
        """The word of OCPP for what goes on at a connector."""
        if not plug.in_service:
            return "Unavailable"
        if plug.run is None and plug.twin.plugged:
            return "Finishing" if plug.after_stop else "Preparing"
        return STATUS.get(plug.twin.state, "Available")

    async def _tell(self, client: Client) -> None:
        """Everything that has changed or is due."""
        while self.queue:
            run, payload = self.queue[0]
            answer = await client.send(self._numbered(run, payload))
            if answer is not None and isinstance(payload, call.StartTransaction):
                run.number = int(answer.transaction_id)
            self.queue.popleft()
        for plug in self.plugs.values():
            status = self.status(plug)
            if status != plug.told:
                await client.send(self.notification(plug.twin.connector, status))
                plug.told = status
        every = max(1.0, float(self.keys.get("MeterValueSampleInterval") or 60))
        now = asyncio.get_running_loop().time()
        for plug in self.plugs.values():
            if plug.run is not None and plug.run.number is not None and now - plug.metered >= every:
                plug.metered = now
                await client.send(call.MeterValues(plug.twin.connector, [self.values(plug)], plug.run.number))

    def _numbered(self, run: Run, payload: Any) -> Any:
        if isinstance(payload, (call.StopTransaction, call.MeterValues)):
            lost = self.quirks.lost_numbers and isinstance(payload, call.StopTransaction)
            payload.transaction_id = -1 if lost or run.number is None else run.number
        return payload

    def notification(self, connector: int, status: str) -> call.StatusNotification:
        """A StatusNotification, with the quirks that are switched on."""
        error, info = ("Error", "") if self.quirks.odd_words else ("NoError", None)
        return call.StatusNotification(connector, cast("Any", error), cast("Any", status), self.stamp(), info)

    def values(self, plug: Plug) -> dict[str, Any]:
        """The sampled values of a connector, as its configuration wants them."""
        wanted = [name.strip() for name in self.keys.get("MeterValuesSampledData").split(",")]
        twin, odd = plug.twin, self.quirks.odd_units
        found: list[dict[str, Any]] = []
        if "Energy.Active.Import.Register" in wanted:
            found.append({"value": f"{twin.number('energy'):.0f}"} | ({} if odd else {"unit": "Wh"}))
        if "Power.Active.Import" in wanted:
            unit, value = (
                ("Watt", f"{twin.number('power'):.0f}") if odd else ("kW", f"{twin.number('power') / 1000:.3f}")
            )
            found.append({"value": value, "measurand": "Power.Active.Import", "unit": unit})
        for name, role, unit in (("Current.Import", "current", "A"), ("Voltage", "voltage", "V")):
            for phase in (1, 2, 3) if name in wanted else ():
                if phase > 1 and not twin.number(f"voltage.l{phase}"):
                    continue  # a station on one phase measures one
                value = f"{twin.number(f'{role}.l{phase}'):.1f}"
                where = f"L{phase}-N" if unit == "V" else f"L{phase}"
                found.append({"value": value, "measurand": name, "unit": unit, "phase": where})
        if self.quirks.wrong_total and "Current.Import" in wanted:
            found.append({"value": "99.9", "measurand": "Current.Import", "unit": "A"})
        for entry in found:
            entry.setdefault("context", "Sample.Periodic")
        return {"timestamp": self.stamp(), "sampled_value": found}

    def stamp(self) -> str:
        """Now, as OCPP writes it."""
        if self.quirks.bad_stamps:
            return NO_STAMP
        return datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def limits(self, connector: int) -> list[StationTwin]:
        """The connectors that a charging profile is for."""
        return [plug.twin for number, plug in self.plugs.items() if connector in (0, number)]
