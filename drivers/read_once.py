"""Read a device once, all of it: what ``wattelier read`` shows."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from core.config import DeviceConfig, LinkConfig
from core.errors import DecodeError, LinkError, ProfileError
from core.frames import Frame, Outcome
from core.linkurl import LinkUrl
from core.points import Point, Reading
from core.profile import Profile
from core.status import DeviceState, LinkCounters
from drivers.modbus.poller import Poller
from drivers.registry import build_link
from drivers.solarman.frames import Parser, V5Frame, open_answer

DEVICE = "device"
MOST_SAID = 3  # answers that the sentence about a wrong device repeats


class DeviceReader:
    """A device that is read now and then by one thread, without a site: ``read()`` as often as wanted, ``close()``."""

    def __init__(
        self, url: LinkUrl, profile: Profile, unit: int | None = None, options: Mapping[str, str] | None = None
    ) -> None:
        """Raise ProfileError with one sentence on a wrong option."""
        settled = profile.options_with(options or {})
        number = unit_of(url, profile, unit)
        device = DeviceConfig(DEVICE, "link", profile.id, profile, number, options=settled)
        self._url, self._unit, self._title = url, number, profile.title
        self._newest: dict[str, Reading] = {}
        self._link = build_link(LinkConfig("link", url), [device])
        self._poller = Poller(device, self._link, self, settled=self._settle, log_silence=False)
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
        asked, before = False, self._link.counters()
        while self._poller.asking:
            wait = self._poller.due_at() - time.monotonic()
            status = self._poller.status()
            if status.state is DeviceState.FAULTY:
                raise DecodeError(status.fault)
            if asked and self._poller.silent:
                break
            if wait > 0:
                time.sleep(min(wait, 0.2))
            else:
                self._poller.serve()
                asked = True
        if not self._newest:
            raise LinkError(self._why_nothing(before))
        return self._newest

    def _why_nothing(self, before: LinkCounters) -> str:
        """One sentence: nobody is there, or somebody else is."""
        fault, after = self._poller.status().fault, self._link.counters()
        if after.answered + after.refused == before.answered + before.refused:
            return f"nothing answers as unit {self._unit} at {self._url.short}: {fault}"
        frames = self._link.frames.last(after.requests - before.requests)
        said = list(dict.fromkeys(words for frame in frames if (words := self._said(frame))))[-MOST_SAID:]
        told = f" (it answered: {', '.join(said)})" if said else ""
        return f"unit {self._unit} at {self._url.short} answers, but not as a {self._title}: {fault}{told}"

    def _said(self, frame: Frame) -> str:
        """An answer in words: the registers that it brought, or the refusal."""
        if frame.outcome is Outcome.REFUSED:
            return frame.note
        if frame.outcome is not Outcome.ANSWERED:
            return ""
        received = frame.received
        if self._url.kind == "v5":
            received = next((block for block in map(_inside, Parser().feed(received)) if block), received)
        data = received[9:] if self._url.kind == "tcp" else received[3:-2]
        return data.hex(" ", 2).upper()

    def close(self) -> None:
        """Let go of the line."""
        self._link.close()


def unit_of(url: LinkUrl, profile: Profile, unit: int | None) -> int:
    """The address of a device on its line: the one that is asked for, that of the link, or the profile's."""
    if unit is not None:
        return unit
    return int(url.given["unit"]) if url.kind == "v5" and "unit" in url.given else profile.unit


def _inside(frame: V5Frame) -> bytes:
    """The Modbus answer in a stick's frame; nothing where it holds none."""
    answer = open_answer(frame)
    return b"" if answer is None or answer.error is not None else answer.block


def read_device(
    link_url: LinkUrl, profile: Profile, unit: int | None = None, options: Mapping[str, str] | None = None
) -> dict[str, Reading]:
    """Read every readable point once, those on demand too; raise LinkError, DecodeError or ProfileError."""
    reader = DeviceReader(link_url, profile, unit, options)
    try:
        return reader.read()
    finally:
        reader.close()
