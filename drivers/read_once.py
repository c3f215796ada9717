"""Read a device once, all of it: what ``wattelier read`` shows."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from core.config import DeviceConfig, LinkConfig
from core.errors import DecodeError, LinkError, ProfileError
from core.linkurl import LinkUrl
from core.points import Point, Reading
from core.profile import Profile
from core.status import DeviceState
from drivers.modbus.poller import Poller
from drivers.registry import build_link

DEVICE = "device"


class DeviceReader:
    """A device that is read now and then by one thread, without a site: ``read()`` as often as wanted, ``close()``."""

    def __init__(
        self, url: LinkUrl, profile: Profile, unit: int | None = None, options: Mapping[str, str] | None = None
    ) -> None:
        """Raise ProfileError with one sentence on a wrong option."""
        settled = profile.options_with(options or {})
        number = profile.unit if unit is None else unit
        device = DeviceConfig(DEVICE, "link", profile.id, profile, number, options=settled)
        self._url, self._unit = url, number
        self._newest: dict[str, Reading] = {}
        self._link = build_link(LinkConfig("link", url), [device])
        self._poller = Poller(device, self._link, self, settled=self._settle)
        status = self._poller.status()
        if status.state is DeviceState.FAULTY:
            raise ProfileError(status.fault)
        self.points: tuple[Point, ...] = profile.points

    def _settle(self, device: str, points: Sequence[Point]) -> None:
        del device
        self.points = tuple(points)

    def put(self, readings: Sequence[Reading]) -> None:
        """Take what the poller has read."""
        self._newest.update({reading.key.point: reading for reading in readings})

    def read(self) -> dict[str, Reading]:
        """Every readable point by its id; raise LinkError with a sentence when nothing answers.

        A point whose block got no answer is missing, a refused one is bad.
        """
        self._newest = {}
        self._poller.ask()
        while self._poller.asking:
            wait = self._poller.due_at() - time.monotonic()
            status = self._poller.status()
            silent = status.state is not DeviceState.ONLINE and status.fault
            if status.state is DeviceState.FAULTY:
                raise DecodeError(status.fault)
            if silent:
                break
            if wait > 0:
                time.sleep(min(wait, 0.2))
            else:
                self._poller.serve()
        if not self._newest:
            raise LinkError(f"nothing answers as unit {self._unit} at {self._url.short}: {self._poller.status().fault}")
        return self._newest

    def close(self) -> None:
        """Let go of the line."""
        self._link.close()


def read_device(
    link_url: LinkUrl, profile: Profile, unit: int | None = None, options: Mapping[str, str] | None = None
) -> dict[str, Reading]:
    """Read every readable point once, those on demand too; raise LinkError, DecodeError or ProfileError."""
    reader = DeviceReader(link_url, profile, unit, options)
    try:
        return reader.read()
    finally:
        reader.close()
