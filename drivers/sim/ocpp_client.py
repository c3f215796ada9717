"""What a simulated charging station says and answers on one connection: the ``ocpp`` package's own charge point."""

# The ocpp package annotates its decorators and helpers in part only.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUntypedFunctionDecorator=false

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from ocpp.routing import after, on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action

if TYPE_CHECKING:
    from drivers.sim.ocpp_station import SimStation

ANSWERS_WITHIN_S = 5
SILENT = logging.Logger("simulated station", logging.CRITICAL + 1)
"""Takes the place of the packages' logs, which hold whole messages."""


class Client(ChargePoint):
    """The station's end of one connection: what it answers."""

    def __init__(self, station: SimStation, wire: Any) -> None:
        super().__init__(station.identity, wire, response_timeout=ANSWERS_WITHIN_S, logger=SILENT)
        self._station = station
        self._swallows = False  # the next message is not sent

    async def _send(self, message: str) -> None:
        swallowed, self._swallows = self._swallows, False
        if not swallowed:
            await super()._send(message)

    async def send(self, payload: Any) -> Any:
        """Ask the central system; None when it refuses."""
        return await self.call(payload, skip_schema_validation=True)

    async def boot(self) -> None:
        """Say who it is."""
        station = self._station
        serial = f"{station.identity}-2011"[:25]
        fields: dict[str, Any] = {
            "charge_point_vendor": "Schneider Electric" if station.evlink else "Wattelier",
            "charge_point_model": "MONOBLOCK" if station.evlink else "Simulated station",
            "charge_point_serial_number": serial.ljust(33, "0") if station.quirks.long_serials else serial,
            "charge_box_serial_number": station.identity.ljust(26, "0")
            if station.quirks.long_serials
            else station.identity[:25],
            "firmware_version": "3.4.0.10" if station.evlink else "1.0",
        }
        await self.send(call.BootNotification(**fields))
        await self.send(station.notification(0, "Available"))
        if station.quirks.stray_connectors:
            await self.send(station.notification(17, "Available"))

    @on(Action.get_configuration, skip_schema_validation=True)
    def sim_get_configuration(self, key: list[str] | None = None, **_: object) -> call_result.GetConfiguration:
        """Its keys, compared without case."""
        return call_result.GetConfiguration(*self._station.keys.show(key or ()))

    @on(Action.change_configuration, skip_schema_validation=True)
    def sim_change_configuration(self, key: str, value: str, **_: object) -> call_result.ChangeConfiguration:
        """Take a key, or say why not; with some faults it says nothing."""
        status = self._station.change(key, value)
        self._swallows = status is None
        return call_result.ChangeConfiguration(cast("Any", status or "Rejected"))

    @on(Action.set_charging_profile, skip_schema_validation=True)
    def sim_set_charging_profile(
        self, connector_id: int, cs_charging_profiles: dict[str, Any], **_: object
    ) -> call_result.SetChargingProfile:
        """Limit the current; 0 pauses."""
        schedule = cs_charging_profiles["charging_schedule"]
        limit = float(schedule["charging_schedule_period"][0]["limit"])
        if schedule["charging_rate_unit"] != "A":
            return call_result.SetChargingProfile(cast("Any", "NotSupported"))
        for twin in self._station.limits(connector_id):
            twin.obey(limit)
        return call_result.SetChargingProfile(cast("Any", "Accepted"))

    @on(Action.clear_charging_profile, skip_schema_validation=True)
    def sim_clear_charging_profile(self, connector_id: int = 0, **_: object) -> call_result.ClearChargingProfile:
        """Drop the limit."""
        twins = [twin for twin in self._station.limits(connector_id) if twin.limit is not None]
        for twin in twins:
            twin.obey(None)
        return call_result.ClearChargingProfile(cast("Any", "Accepted" if twins else "Unknown"))

    @on(Action.get_composite_schedule, skip_schema_validation=True)
    def sim_composite_schedule(self, connector_id: int, duration: int, **_: object) -> call_result.GetCompositeSchedule:
        """What it follows."""
        found = self._station.limits(connector_id)
        limit = 16.0 if not found or found[0].limit is None else found[0].limit
        schedule = {
            "duration": duration,
            "charging_rate_unit": "A",
            "charging_schedule_period": [{"start_period": 0, "limit": limit}],
        }
        return call_result.GetCompositeSchedule(cast("Any", "Accepted"), connector_id, self._station.stamp(), schedule)

    @on(Action.remote_start_transaction, skip_schema_validation=True)
    def sim_remote_start(self, id_tag: str, connector_id: int = 1, **_: object) -> call_result.RemoteStartTransaction:
        """Begin a session; not again before the cable has been removed."""
        plug = self._station.plugs.get(connector_id)
        if plug is None or plug.after_stop or plug.run is not None or not plug.in_service:
            return call_result.RemoteStartTransaction(cast("Any", "Rejected"))
        plug.wanted, plug.badge = True, id_tag
        return call_result.RemoteStartTransaction(cast("Any", "Accepted"))

    @on(Action.remote_stop_transaction, skip_schema_validation=True)
    def sim_remote_stop(self, transaction_id: int, **_: object) -> call_result.RemoteStopTransaction:
        """End a session."""
        done = self._station.end_remotely(transaction_id)
        return call_result.RemoteStopTransaction(cast("Any", "Accepted" if done else "Rejected"))

    @on(Action.reset, skip_schema_validation=True)
    def sim_reset(self, **_: object) -> call_result.Reset:
        """Restart."""
        return call_result.Reset(cast("Any", "Accepted"))

    @after(Action.reset)
    def sim_after_reset(self, **_: object) -> None:
        """… once that has been answered."""
        self._station.restart.set()

    @on(Action.unlock_connector, skip_schema_validation=True)
    def sim_unlock(self, connector_id: int, **_: object) -> call_result.UnlockConnector:
        """Open the lock, which ends a session."""
        plug = self._station.plugs.get(connector_id)
        if plug is None:
            return call_result.UnlockConnector(cast("Any", "NotSupported"))
        if plug.run is not None and plug.run.number is not None:
            self._station.end_remotely(plug.run.number)
        return call_result.UnlockConnector(cast("Any", "Unlocked"))

    @on(Action.change_availability, skip_schema_validation=True)
    def sim_change_availability(self, connector_id: int, type: str, **_: object) -> call_result.ChangeAvailability:
        """In or out of service."""
        plugs = [plug for number, plug in self._station.plugs.items() if connector_id in (0, number)]
        for plug in plugs:
            plug.in_service = type == "Operative"
            plug.twin.hold(on=not plug.in_service)
        return call_result.ChangeAvailability(cast("Any", "Accepted" if plugs else "Rejected"))

    @on(Action.trigger_message, skip_schema_validation=True)
    def sim_trigger(self, requested_message: str, **_: object) -> call_result.TriggerMessage:
        """Say something again."""
        for plug in self._station.plugs.values():
            if requested_message == "StatusNotification":
                plug.told = ""
            elif requested_message == "MeterValues":
                plug.metered = 0.0
        known = requested_message in ("StatusNotification", "MeterValues")
        return call_result.TriggerMessage(cast("Any", "Accepted" if known else "NotImplemented"))

    @on(Action.clear_cache, skip_schema_validation=True)
    def sim_clear_cache(self, **_: object) -> call_result.ClearCache:
        """Forget badges."""
        return call_result.ClearCache(cast("Any", "Accepted"))

    @on(Action.data_transfer, skip_schema_validation=True)
    def sim_data_transfer(self, **_: object) -> call_result.DataTransfer:
        """It has no messages of its own."""
        return call_result.DataTransfer(cast("Any", "UnknownVendorId"))

    @on(Action.get_diagnostics, skip_schema_validation=True)
    def sim_get_diagnostics(self, **_: object) -> call_result.GetDiagnostics:
        """The name of its log."""
        return call_result.GetDiagnostics("diagnostics.zip")

    @on(Action.update_firmware, skip_schema_validation=True)
    def sim_update_firmware(self, **_: object) -> call_result.UpdateFirmware:
        """It says that it would."""
        return call_result.UpdateFirmware()
