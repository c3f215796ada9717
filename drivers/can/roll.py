"""Who is on a bus: its devices, by what they say and what they are told, and those that are set up wrong."""

from __future__ import annotations

from collections.abc import Sequence

from cantools.database import Message

from core.config import DeviceConfig, LinkConfig
from core.errors import ProfileError
from core.frames import FrameRing
from core.layout import points_of
from core.protocols import Clock, Sink
from core.status import DeviceState, DeviceStatus
from drivers.can.command import Commander
from drivers.can.frames import shown
from drivers.can.health import BusMeter, why_unheard
from drivers.can.listener import Listener
from drivers.can.mapping import Mapping, dbc_of, mapping_of
from drivers.can.requests import Requester

USUAL_BITRATE = 250_000


class Roll:
    """The devices of one bus; made once, read by any thread."""

    def __init__(
        self, link: LinkConfig, devices: Sequence[DeviceConfig], *, frames: FrameRing, sink: Sink, clock: Clock
    ) -> None:
        self._link, self._devices = link, tuple(devices)
        self._faults: dict[str, str] = {}
        self._routes: dict[int, tuple[Listener, Message]] = {}
        self.listeners: dict[str, Listener] = {}
        for device in devices:
            try:
                profile, mapping = device.profile, self._mapping(device)
            except ProfileError as err:
                self._faults[device.id] = str(err)
                continue
            if profile is not None:
                self._add(
                    Listener(device, profile, mapping, link=link.id, frames=frames, sink=sink, clock=clock), mapping
                )
        self.commanders = {
            name: Commander(listener, listener.mapping.rules.command)
            for name, listener in self.listeners.items()
            if listener.mapping.rules.command is not None
        }
        self.requesters = {
            name: Requester(listener, listener.mapping.rules)
            for name, listener in self.listeners.items()
            if listener.mapping.rules.orders
        }
        self.tellers = (*self.commanders.values(), *self.requesters.values())
        self.told_by_others = self._told_by_others()
        self.working = {profile_of(listener) for listener in self.listeners.values()}
        self.sending = {profile_of(listener) for listener in self.listeners.values() if listener.may_be_told}
        rules = [device.profile.can for device in devices if device.profile is not None and device.profile.can]
        self.bitrate = link.url.bitrate or (rules[0].bitrate if rules else USUAL_BITRATE)

    def find(self, key: int) -> tuple[Listener, Message] | None:
        """Whose frames have this key, and what they are."""
        return self._routes.get(key)

    def teller(self, device: str, action: str) -> Commander | Requester | None:
        """Who gives this order to the device; None when it takes no orders at all."""
        requester = self.requesters.get(device)
        return requester if requester is not None and requester.takes(action) else self.commanders.get(device)

    def of(self, profile: str) -> list[Listener]:
        """The devices with this profile."""
        return [listener for listener in self.listeners.values() if profile_of(listener) == profile]

    def status(self, meter: BusMeter) -> tuple[DeviceStatus, ...]:
        """Every device, in the order of the site file."""
        return tuple(
            DeviceStatus(device.id, DeviceState.FAULTY, fault=self._faults[device.id])
            if device.id in self._faults
            else self.listeners[device.id].status(why_unheard(device, meter, self.bitrate, self._link))
            for device in self._devices
        )

    def _told_by_others(self) -> dict[int, list[Commander | Requester]]:
        """Who must know of a frame with this key: only another controller sends them, to one device or to all."""
        found: dict[int, list[Commander | Requester]] = {}
        for teller in self.tellers:
            for key in teller.keys:
                found.setdefault(key, []).append(teller)
        return found

    def _mapping(self, device: DeviceConfig) -> Mapping:
        """Raise ProfileError with what is wrong with the device."""
        if device.profile is None or device.fault:
            raise ProfileError(device.fault or "no profile")
        mapping = mapping_of(device, points_of(device.profile, device.options), dbc_of(self._link))
        for key in mapping.spoken(device.unit):
            other = self._routes.get(key)
            if other is not None and other[0].says(key):
                raise ProfileError(
                    f"{other[0].device.title} speaks with the same identifier {shown(key)}: only one of the two can be"
                    " on this bus"
                )
        return mapping

    def _add(self, listener: Listener, mapping: Mapping) -> None:
        self.listeners[listener.device.id] = listener
        mine = mapping.spoken(listener.device.unit)
        for key, message in listener.messages.items():
            if key in mine or key not in self._routes:
                self._routes[key] = listener, message


def profile_of(listener: Listener) -> str:
    """The profile of a device that is listened to."""
    return listener.device.profile_id
