"""Hear a device once that speaks by itself: what ``wattelier read`` shows of a CAN bus and of a charging station."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.book import period_of
from core.config import DeviceConfig, LinkConfig
from core.errors import LinkError, ProfileError
from core.hub import Hub
from core.layout import points_of
from core.linkurl import LinkUrl
from core.points import Point, PointKey, Reading, Value
from core.profile import Profile
from core.status import DeviceState, Line, LinkState, LinkStatus, StationSeen
from drivers.can.frames import EXTENDED
from drivers.ocpp.door import UNKNOWN
from drivers.registry import Wiring, build_line

DEVICE = "device"
WAITS_S = {"can": 6.0, "ocpp": 60.0}
"""How long everything may take to be said: a bus repeats itself, a charging station has first to call."""
QUIET_S = {"can": 2.5, "ocpp": 4.0}
"""Nothing new for so long: what has not been said by then is said seldom, or never."""
UNTOLD_S = 15.0  # the same, while a station has not told its configuration
KEYS, MEASURED = "key.", "MeterValues."  # how the paths of settings and measured values of a station begin
STATE, INTERVAL = "StatusNotification.status", "key.MeterValueSampleInterval"
WIRELESS = ("virtual", "udp_multicast")  # buses without a wire
LOOKS_EVERY_S = 0.05
MOST_NAMED = 5  # identifiers or stations that a sentence repeats


def _nobody(text: str) -> None:
    del text


class LineReader:
    """A device that is heard now and then, without a site: ``read()`` as often as wanted, ``close()``.

    The line's own thread runs from the first ``read()`` to ``close()``. ``station`` is the identity of a charging
    station; without it, the first that calls is the one. ``said`` hears a sentence where something takes its time.
    Raises ProfileError with one sentence on a wrong option.
    """

    def __init__(
        self,
        url: LinkUrl,
        profile: Profile,
        unit: int | None = None,
        options: Mapping[str, str] | None = None,
        *,
        station: str = "",
        wait_s: float | None = None,
        said: Callable[[str], None] = _nobody,
    ) -> None:
        settled = profile.options_with(options or {})
        self._device = DeviceConfig(
            DEVICE,
            "link",
            profile.id,
            profile,
            profile.unit if unit is None else unit,
            options=settled,
            station=station,
        )
        self._config = LinkConfig("link", url)
        self._wait_s = WAITS_S[url.kind] if wait_s is None else wait_s
        self._said = said
        self._hub = Hub()
        self._line: Line | None = None
        self._heard = False
        self.points: tuple[Point, ...] = ()
        self._settle(DEVICE, points_of(profile, settled))

    def _settle(self, device: str, points: Sequence[Point]) -> None:
        del device
        self.points = tuple(points)
        self._hub.expect({PointKey(DEVICE, point.id): period_of(self._device, point) for point in points})

    def read(self) -> dict[str, Reading]:
        """Every point that has come, by its id; raise LinkError with a sentence when nothing is heard.

        The first time it waits until all that is repeated has come, nothing new comes any more, or the time is over;
        then it gives what is newest.
        """
        if self._line is None:
            self._line = self._open()
        if not self._heard:
            self._listen(self._line)
        status = self._line.status()
        self._check(status)
        found = {key.point: reading for key, reading in self._hub.snapshot().items()}
        never = any(device.state is DeviceState.NEVER for device in status.devices)
        if not found or never:  # a station's absence is a reading too
            raise LinkError(self._why_nothing(status))
        fault = next((device.fault for device in status.devices if device.fault), "")
        if self._heard and fault:
            self._heard = False
            raise LinkError(fault)
        self._heard = True
        return found

    def close(self) -> None:
        """End the line's thread and let go of the port."""
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _open(self) -> Line:
        url = self._config.url
        if url.kind == "ocpp":
            self._said(f"waiting for a charging station to call {url.short}, for at most {self._wait_s:g} s")
            if not self._device.station:
                self._meet(time.monotonic() + self._wait_s)
        return self._start([self._device])

    def _listen(self, line: Line) -> None:
        """Until there is nothing more to wait for."""
        now = time.monotonic()
        end, grown, count = now + self._wait_s, now, 0
        while now < end:
            status = line.status()
            self._check(status)
            met = all(device.state is not DeviceState.NEVER for device in status.devices)
            known = len(self._hub.snapshot())
            if known != count:
                grown, count = now, known
            if met and self._is_complete():
                return
            if met and count and now - grown >= self._patience_s():
                self._tell_missing()
                return
            time.sleep(LOOKS_EVERY_S)
            now = time.monotonic()

    def _patience_s(self) -> float:
        """How long nothing new has to come before it is enough: what a bus repeats slowly gets its time."""
        kind = self._config.url.kind
        if kind == "ocpp":
            told = any(self._value(point) is not None for point in self.points if point.path.startswith(KEYS))
            return max(QUIET_S[kind] if told else UNTOLD_S, 1.5 * self._measures_every_s())
        return max([QUIET_S[kind], *(1.5 * period for _, period in self._missing())])

    def _measures_every_s(self) -> float:
        """Seconds between measured values of a station that charges; 0 while it does not, or once they have come."""
        at = {point.path: point for point in self.points}
        measured = any(self._value(point) is not None for path, point in at.items() if path.startswith(MEASURED))
        state, every = at.get(STATE), at.get(INTERVAL)
        if measured or state is None or every is None or self._value(state) != "charging":
            return 0.0
        seconds = self._value(every)
        return float(seconds) if isinstance(seconds, (int, float)) else 0.0

    def _value(self, point: Point) -> Value:
        """What has come of a point; None for nothing."""
        reading = self._hub.latest(PointKey(DEVICE, point.id))
        return None if reading is None else reading.value

    def _tell_missing(self) -> None:
        if self._device.station and (count := len(self._missing())):
            self._said(
                f"{self._device.station} has nothing more to say for now; {count} values have not come, since most"
                " stations measure only while they charge"
            )

    def _start(self, devices: Sequence[DeviceConfig]) -> Line:
        line = build_line(self._config, devices, Wiring(self._hub, settled=self._settle))
        line.start()
        return line

    def _meet(self, end: float) -> None:
        """Learn the identity of the first station that calls; raise LinkError when none does."""
        line = self._start([])
        try:
            while (seen := _welcome(line.status().stations)) is None:
                self._check(line.status())
                if time.monotonic() > end:
                    raise LinkError(self._why_nothing(line.status()))
                time.sleep(LOOKS_EVERY_S)
        finally:
            line.stop()
        self._device = replace(self._device, station=seen.identity)
        self._said(f"{seen.identity} has called; when it calls again it is let in, for at most {self._wait_s:g} s")

    def _is_complete(self) -> bool:
        """Whether everything has come that comes again and again."""
        return bool(self._cyclic()) and not self._missing()

    def _cyclic(self) -> list[tuple[PointKey, float]]:
        """The points that are said again and again, and how often, in seconds."""
        pairs = ((point, period_of(self._device, point)) for point in self.points if point.readable)
        return [(PointKey(DEVICE, point.id), period) for point, period in pairs if period is not None]

    def _missing(self) -> list[tuple[PointKey, float]]:
        """Those of them that have not come yet."""
        return [(key, period) for key, period in self._cyclic() if self._hub.latest(key) is None]

    def _check(self, status: LinkStatus) -> None:
        """Raise LinkError when the line cannot be opened, ProfileError when its set-up is wrong: no use in waiting."""
        for device in status.devices:
            if device.state is DeviceState.FAULTY:
                raise ProfileError(device.fault)
        if status.state is LinkState.DOWN and status.error:
            raise LinkError(status.error)

    def _why_nothing(self, status: LinkStatus) -> str:
        url, unit = self._config.url, self._device.unit
        if url.kind == "ocpp":
            return _no_station(status, self._device.station, url.short, self._wait_s, unit)
        bus = status.bus
        if bus is None or not (bus.frames_a_second or bus.unknown):
            if url.host in WIRELESS:
                return f"nothing is heard at {url.short} within {self._wait_s:g} s: does anybody speak on this bus?"
            return (
                f"nothing is heard at {url.short} within {self._wait_s:g} s: check the bit rate, the wiring and the two"
                " terminating resistors"
            )
        strangers = ", ".join(_identifier(number) for number, _ in bus.unknown[:MOST_NAMED])
        told = f"; the bus carries {strangers}" if strangers else ""
        return f"node {unit} is not heard at {url.short} within {self._wait_s:g} s{told}"


def _identifier(number: int) -> str:
    """An identifier as a DBC has it: eight digits for 29 bits, three for 11."""
    return f"0x{number & ~EXTENDED:08X}" if number & EXTENDED else f"0x{number:03X}"


def _welcome(stations: Sequence[StationSeen]) -> StationSeen | None:
    """The station to let in where the operator has named none: nothing is against it but that nobody knows it."""
    return next((seen for seen in reversed(stations) if seen.reason in ("", UNKNOWN)), None)


def _no_station(status: LinkStatus, station: str, place: str, wait_s: float, unit: int) -> str:
    """One sentence: nobody has called, or somebody else, or it has not spoken of this socket."""
    ours = next((seen for seen in status.stations if station and seen.identity == station), None)
    if ours is not None and ours.connected:
        return f"{station} has called {place}, but has said nothing of connector {unit} within {wait_s:g} s"
    callers = [seen for seen in status.stations if seen.calls and seen is not ours][:MOST_NAMED]
    others = ", ".join(
        f"{seen.identity or seen.address}{f' ({seen.reason})' if seen.reason else ''}" for seen in callers
    )
    if ours is not None and ours.reason:
        return f"{station} has called {place}, but could not come in: {ours.reason}"
    if station and others:
        return f"{station} has not called {place} within {wait_s:g} s; others have: {others}"
    if others:
        return f"no charging station could come in at {place} within {wait_s:g} s: {others}"
    return (
        f"{station or 'no charging station'} has{' not' if station else ''} called {place} within {wait_s:g} s: enter"
        f" ws://ADDRESS-OF-THIS-COMPUTER:{place.rpartition(':')[2]}/ as its central system, and check that nothing"
        " blocks the port"
    )
