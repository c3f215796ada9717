"""A site with charging stations, and third-party charge points that call it: the ``ocpp`` package's own client."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action
from websockets import Subprotocol
from websockets.asyncio.client import connect

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import resources
from core.points import Point, PointKey, Reading
from core.status import LinkState, LinkStatus
from drivers.ocpp.line import OcppLine

CATALOGUE = Catalogue([resources() / "profiles"])
GENERIC, EVLINK = "ocpp/charge_point", "schneider/evlink_ocpp"


def wait_for(condition: Callable[[], object], seconds: float = 8.0) -> None:
    """Come back as soon as it holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        time.sleep(0.01)


def station(identity: str = "CP1", unit: int = 1, profile: str = GENERIC, name: str = "", **more: Any) -> DeviceConfig:
    """A device of the site file."""
    found = CATALOGUE.get(profile)
    options = found.options_with(more.pop("options", {}))
    return DeviceConfig(
        name or f"{identity.lower()}-{unit}",
        "ocpp",
        profile,
        found,
        unit,
        role="charger",
        station=identity,
        options=options,
        **more,
    )


class Site:
    """One OCPP line with its hub, and what it said of the points."""

    def __init__(
        self,
        devices: Sequence[DeviceConfig],
        *,
        read_only: bool = True,
        url: str = "ocpp://127.0.0.1:0/",
        ledger: Path | None = None,
        timeout_s: float | None = None,
        folder: Path | None = None,
    ) -> None:
        self.hub, self.all = Hub(), list[Reading]()
        self.points: dict[str, Sequence[Point]] = {}
        config = LinkConfig("ocpp", parse_link(url), read_only=read_only, timeout_s=timeout_s, folder=folder)
        self.line = OcppLine(config, devices, self, settled=self.settle, ledger=ledger)

    def put(self, readings: Sequence[Reading]) -> None:
        self.all += readings
        self.hub.put(readings)

    def settle(self, device: str, points: Sequence[Point]) -> None:
        self.points[device] = points
        self.hub.keep_only(device, (point.id for point in points))

    def __enter__(self) -> Site:
        self.line.start()
        wait_for(lambda: self.status.state is not LinkState.OFF and self.status.state is not LinkState.CONNECTING)
        return self

    def __exit__(self, *_: object) -> None:
        self.line.stop()

    @property
    def status(self) -> LinkStatus:
        return self.line.status()

    @property
    def place(self) -> str:
        return self.status.place

    def reading(self, point: str, device: str = "cp1-1") -> Reading | None:
        return self.hub.latest(PointKey(device, point))

    def value(self, point: str, device: str = "cp1-1") -> Any:
        found = self.reading(point, device)
        return None if found is None else found.value

    def quality(self, point: str, device: str = "cp1-1") -> str:
        found = self.reading(point, device)
        return "" if found is None else str(found.quality)

    def kept(self) -> bytes:
        """Everything that is kept of what was said."""
        return b"\n".join(frame.sent + frame.received for frame in self.line.frames.last(5000))


class Judge(ChargePoint):
    """A charge point as the ``ocpp`` package makes it: its schemas judge every message of ours."""

    def __init__(self, identity: str, connection: Any) -> None:
        super().__init__(identity, connection, response_timeout=5)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.keys: dict[str, tuple[str | None, bool]] = {
            "HeartbeatInterval": ("180", False),
            "MeterValueSampleInterval": ("900", False),
            "MeterValuesSampledData": ("Energy.Active.Import.Register", False),
            "NumberOfConnectors": ("2", True),
            "SupportedFeatureProfiles": ("Core,FirmwareManagement,SmartCharging", True),
        }
        self.words: dict[str, str] = {}
        self.refused: Callable[[str, str], str] = lambda key, value: "Accepted"

    def _word(self, action: str, fields: dict[str, Any], default: str = "Accepted") -> Any:
        self.asked.append((action, fields))
        return self.words.get(action, default)

    def named(self, action: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.asked if name == action]

    @on(Action.get_configuration)
    def judge_get_configuration(self, key: list[str] | None = None) -> Any:
        self.asked.append(("GetConfiguration", {"key": key}))
        small = {name.lower(): name for name in self.keys}
        names = list(self.keys) if not key else [small[name.lower()] for name in key if name.lower() in small]
        known = [
            {"key": name, "readonly": self.keys[name][1]}
            | ({} if self.keys[name][0] is None else {"value": self.keys[name][0]})
            for name in names
        ]
        unknown = [name for name in key or () if name.lower() not in small]
        return call_result.GetConfiguration(configuration_key=known, unknown_key=unknown or None)

    @on(Action.change_configuration)
    def judge_change_configuration(self, key: str, value: str) -> Any:
        self.asked.append(("ChangeConfiguration", {"key": key, "value": value}))
        status = self.refused(key, value)
        if status in ("Accepted", "RebootRequired"):
            self.keys[key] = (value, False)
        return call_result.ChangeConfiguration(status)  # type: ignore[arg-type]

    @on(Action.remote_start_transaction)
    def judge_remote_start(self, **fields: Any) -> Any:
        return call_result.RemoteStartTransaction(self._word("RemoteStartTransaction", fields))

    @on(Action.remote_stop_transaction)
    def judge_remote_stop(self, **fields: Any) -> Any:
        return call_result.RemoteStopTransaction(self._word("RemoteStopTransaction", fields))

    @on(Action.set_charging_profile)
    def judge_set_charging_profile(self, **fields: Any) -> Any:
        return call_result.SetChargingProfile(self._word("SetChargingProfile", fields))

    @on(Action.clear_charging_profile)
    def judge_clear_charging_profile(self, **fields: Any) -> Any:
        return call_result.ClearChargingProfile(self._word("ClearChargingProfile", fields))

    @on(Action.get_composite_schedule)
    def judge_get_composite_schedule(self, **fields: Any) -> Any:
        schedule = {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}]}
        return call_result.GetCompositeSchedule(self._word("GetCompositeSchedule", fields), charging_schedule=schedule)

    @on(Action.unlock_connector)
    def judge_unlock(self, **fields: Any) -> Any:
        return call_result.UnlockConnector(self._word("UnlockConnector", fields, "Unlocked"))

    @on(Action.reset)
    def judge_reset(self, **fields: Any) -> Any:
        return call_result.Reset(self._word("Reset", fields))

    @on(Action.change_availability)
    def judge_change_availability(self, **fields: Any) -> Any:
        return call_result.ChangeAvailability(self._word("ChangeAvailability", fields))

    @on(Action.clear_cache)
    def judge_clear_cache(self, **fields: Any) -> Any:
        return call_result.ClearCache(self._word("ClearCache", fields))

    @on(Action.data_transfer)
    def judge_data_transfer(self, **fields: Any) -> Any:
        return call_result.DataTransfer(self._word("DataTransfer", fields))

    @on(Action.update_firmware)
    def judge_update_firmware(self, **fields: Any) -> Any:
        self._word("UpdateFirmware", fields)
        return call_result.UpdateFirmware()

    @on(Action.get_diagnostics)
    def judge_get_diagnostics(self, **fields: Any) -> Any:
        self._word("GetDiagnostics", fields)
        return call_result.GetDiagnostics(file_name="log.zip")

    @on(Action.trigger_message)
    def judge_trigger(self, **fields: Any) -> Any:
        return call_result.TriggerMessage(self._word("TriggerMessage", fields))

    @on(Action.send_local_list)
    def judge_send_local_list(self, **fields: Any) -> Any:
        return call_result.SendLocalList(self._word("SendLocalList", fields))

    @on(Action.get_local_list_version)
    def judge_local_list_version(self, **fields: Any) -> Any:
        self._word("GetLocalListVersion", fields)
        return call_result.GetLocalListVersion(7)

    @on(Action.reserve_now)
    def judge_reserve(self, **fields: Any) -> Any:
        return call_result.ReserveNow(self._word("ReserveNow", fields))

    @on(Action.cancel_reservation)
    def judge_cancel_reservation(self, **fields: Any) -> Any:
        return call_result.CancelReservation(self._word("CancelReservation", fields))

    # -- what it does by itself --------------------------------------------------------------------------------

    async def boot(self, **more: Any) -> Any:
        fields = {"charge_point_vendor": "Acme", "charge_point_model": "Post 22", "firmware_version": "1.2.3"} | more
        return await self.call(call.BootNotification(**fields))

    async def tell(self, status: str, connector: int = 1, error: str = "NoError") -> None:
        await self.call(call.StatusNotification(connector, error, status))  # type: ignore[arg-type]

    async def meter(self, *values: dict[str, Any], connector: int = 1, number: int | None = None, at: str = "") -> None:
        entry = {"timestamp": at or now_text(), "sampled_value": list(values)}
        await self.call(call.MeterValues(connector, [entry], number))

    async def raw(self, message: object) -> None:
        await self._connection.send(message if isinstance(message, str | bytes) else json.dumps(message))


def now_text(offset_s: float = 0.0) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset_s))


@contextlib.asynccontextmanager
async def calling(
    place: str, identity: str = "CP1", judge: type[Judge] = Judge, **options: Any
) -> AsyncIterator[Judge]:
    """A judge that calls at ``place`` and listens; the connection ends with the block."""
    protocols = options.pop("subprotocols", ["ocpp1.6"])
    async with connect(
        f"{place}{identity}", subprotocols=[Subprotocol(name) for name in protocols] or None, proxy=None, **options
    ) as wire:
        point = judge(identity, wire)
        listening = asyncio.create_task(point.start())
        try:
            yield point
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def until(condition: Callable[[], object], seconds: float = 8.0) -> None:
    """Come back as soon as it holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        await asyncio.sleep(0.01)
