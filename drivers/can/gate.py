"""The gate of a CAN bus: what leaves it, leaves through ``send``, and only for the profile that the operator confirmed.

It is closed at first. Once ``allow("")`` or ``shut`` has returned, no further frame goes out: sending and closing hold
the same lock.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused
from drivers.can.bus import Port
from drivers.can.frames import CanFrame


class Gate:
    """Closed until ``allow``; any thread.

    ``working`` are the profiles of devices that are set up rightly, ``sending`` those whose DBC has something to send.
    """

    def __init__(
        self, link: LinkConfig, devices: Sequence[DeviceConfig], working: Collection[str], sending: Collection[str]
    ) -> None:
        self._link, self._devices, self._working, self._sending = link, devices, working, sending
        self._lock = threading.Lock()
        self._profile = ""
        self._shut = False

    @property
    def profile(self) -> str:
        """The profile whose frames may leave; empty while the gate is closed."""
        return self._profile

    def allow(self, profile: str) -> str:
        """Open it for the frames of this profile alone, or close it with an empty text; return what was allowed before.

        Raises CommandRefused with a sentence.
        """
        if profile:
            self._check(profile)
        with self._lock:
            before, self._profile = self._profile, profile
        return before

    def shut(self) -> None:
        """Close it for good."""
        with self._lock:
            self._shut = True

    def demand(self, profile: str) -> None:
        """Raise CommandRefused with a sentence unless frames of this profile may leave."""
        if self._link.read_only:
            raise CommandRefused(f"the link {self._link.title!r} is read-only")
        if not profile or self._profile != profile:
            raise CommandRefused(f"the link {self._link.title!r} only listens: allow transmission first")

    def send(self, port: Port | None, frame: CanFrame, profile: str) -> bool:
        """Send a frame if it may leave; raise LinkError."""
        with self._lock:
            if port is None or self._shut or not profile or self._profile != profile:
                return False
            port.send(frame)
        return True

    def _check(self, profile: str) -> None:
        if self._link.read_only:
            raise CommandRefused(f"the link {self._link.title!r} is read-only")
        known = [device.profile for device in self._devices if device.profile is not None]
        found = next((entry for entry in known if entry.id == profile), None)
        if found is None or found.can is None:
            raise CommandRefused(f"no device of the link {self._link.title!r} has the profile {profile!r}")
        if found.can.command is None and not found.can.asked:
            raise CommandRefused(f"{found.title} is only listened to: nothing is ever sent to it")
        if profile not in self._working:
            raise CommandRefused(f"no device with the profile {profile!r} works: its profile or its set-up is wrong")
        if profile not in self._sending:
            raise CommandRefused(f"the DBC of this link has no frame to send to {found.title}: it is only listened to")
