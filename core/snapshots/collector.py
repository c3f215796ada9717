"""Reads the settings of devices for a snapshot: gently, one request at a time, so that polls go on in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from time import monotonic

from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError
from core.plan import plan
from core.points import Point, PointKey, Reading
from core.snapshots.building import Source, built
from core.snapshots.snapshot import Device
from core.status import LinkState, LinkStatus
from core.writing import rules

SLICE_S = 0.1
ANSWER_S = 120.0  # for one request: behind a saturated stick it waits for its turn, and is repeated


class Ended(Exception):
    """Somebody has stopped it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is asked of the running site; any thread. ``fetch`` raises CommandRefused at once.

    Everything is read, whoever is signed in: who may see what is decided where it is shown.
    """

    site: Site
    points: Callable[[str], Sequence[Point]]
    fetch: Callable[[str, Sequence[Point]], Future[tuple[Reading, ...]]]
    newest: Callable[[], Mapping[PointKey, Reading]]
    serial: Callable[[str], str]
    status: Callable[[str], LinkStatus]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: requests done of all, and the device that is being read."""

    done: int
    total: int
    device: str = ""


class Collector:
    """``ended`` is asked often; ``tell`` hears of every step. ``note`` says what else is to be known of a device."""

    def __init__(
        self,
        reach: Reach,
        ended: Callable[[], bool],
        tell: Callable[[Progress], None],
        note: Callable[[str], str] = lambda _device: "",
    ) -> None:
        self._reach, self._ended, self._tell, self._note = reach, ended, tell, note
        self._done = self._total = 0

    def collect(self, devices: Iterable[str]) -> tuple[Device, ...]:
        """Read these devices, one after the other; raise Ended. What cannot be read is there with its reason."""
        found = [pair for name in devices if (pair := rules.device_of(self._reach.site, name)) is not None]
        requests = {device.id: self._requests(device) for device, _link in found}
        self._done, self._total = 0, sum(len(parts) for parts in requests.values())
        return tuple(self._device(device, link, requests[device.id]) for device, link in found)

    def _requests(self, device: DeviceConfig) -> list[tuple[Point, ...]]:
        """The parameters that can be read, in pieces of one request each."""
        if device.profile is None:
            return []
        parameters = rules.parameters_of(device, self._reach.points(device.id))
        points = [entry.point for entry in parameters.entries if entry.readable and entry.point is not None]
        told = tuple(point for point in points if not point.at)
        blocks = [block.points for block in plan([point for point in points if point.at], device.profile.blocks)]
        return [*blocks, *([told] if told else [])]

    def _device(self, device: DeviceConfig, link: LinkConfig, requests: Sequence[tuple[Point, ...]]) -> Device:
        self._say(device)
        note = self._note(device.id)
        readings: dict[str, Reading] = {}
        reasons: dict[str, str] = {}
        broken = self._out_of_reach(device, link)
        for points in requests:
            if not broken:
                try:
                    readings |= {reading.key.point: reading for reading in self._read(device, points)}
                except DecodeError as err:  # of this answer; the next may be better
                    reasons |= dict.fromkeys((point.id for point in points), str(err))
                except (CommandRefused, DeviceError, LinkError) as err:
                    broken = str(err)  # silent or lost: it is left alone from here on
            if broken:
                reasons |= dict.fromkeys((point.id for point in points), broken)
            self._done += 1
            self._say(device)
        points_of = self._reach.points(device.id)
        return built(
            Source(
                device,
                link,
                rules.parameters_of(device, points_of),
                points_of,
                readings,
                self._reach.newest(),
                self._reach.serial(device.id),
                reasons,
                broken,
                note,
            )
        )

    def _out_of_reach(self, device: DeviceConfig, link: LinkConfig) -> str:
        if device.fault or not link.enabled:
            return device.fault or "the link is switched off"
        up = self._reach.status(link.id).state is LinkState.UP
        return "" if up else f"the line {link.id} is not connected"

    def _read(self, device: DeviceConfig, points: Sequence[Point]) -> tuple[Reading, ...]:
        """One request; raise what the line raises, and Ended."""
        future = self._reach.fetch(device.id, points)
        end = monotonic() + ANSWER_S
        while True:
            try:
                return future.result(SLICE_S)
            except CancelledError:
                raise LinkError("the line is being closed") from None
            except TimeoutError:
                if future.done():
                    raise
            late = monotonic() > end
            if late or self._ended():
                future.cancel()
            if self._ended():
                raise Ended
            if late:
                raise LinkError("no answer in time")

    def _say(self, device: DeviceConfig) -> None:
        if self._ended():
            raise Ended
        self._tell(Progress(self._done, self._total, device.title))
