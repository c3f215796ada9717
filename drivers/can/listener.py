"""What one device on the bus says, turned into readings at a pace that people and disks can follow.

It starts no thread: the line's thread feeds it, a test holds its clock. A message that comes often gives readings at
most ten times a second, the newest value each time. A change of state and an event are passed on at once, but for those
of a device that changes faster than anybody could follow.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cantools.database import Message

from core.book import period_of
from core.config import DeviceConfig
from core.frames import FrameRing, Outcome
from core.points import PointKey, Provenance, Quality, Reading, Value
from core.profile import Profile
from core.protocols import Clock, Sink
from core.status import DeviceState, DeviceStatus, GroupPace
from drivers.can.decoder import STATES, Decoder, Found, Raws
from drivers.can.frames import CanFrame
from drivers.can.mapping import Mapping

log = logging.getLogger(__name__)

SHOWN_EVERY_S = 0.1
MOST_HURRIED = 10  # changes that are passed on at once; as many again each second
NEVER = float("-inf")
MOST_SKIPPED = 3  # steps of the alive counter that count as lost frames; more is a restart


@dataclass(slots=True)
class _Kind:
    """One message, or one page of it, as it keeps coming. Times are ticks."""

    group: str
    every_s: float | None
    gap_s: float
    shown: float = NEVER
    came: float = NEVER
    pace_s: float | None = None
    data: bytes = b""
    states: tuple[Value, ...] = ()
    pending: tuple[CanFrame, list[Found], float] | None = None
    hurries: float = MOST_HURRIED  # changes that may still be passed on at once
    hurried: float = NEVER

    def may_hurry(self, ticks: float) -> bool:
        """Whether a change may be passed on before its turn; without a limit, a faulty device would flush the ring."""
        since, self.hurried = ticks - self.hurried, ticks
        self.hurries = min(MOST_HURRIED, self.hurries + since * MOST_HURRIED)
        if self.hurries < 1:
            return False
        self.hurries -= 1
        return True


class Listener:
    """Follows one device. Every method belongs to the line's thread, ``value`` and ``status`` apart."""

    def __init__(
        self,
        device: DeviceConfig,
        profile: Profile,
        mapping: Mapping,
        *,
        link: str,
        frames: FrameRing,
        sink: Sink,
        clock: Clock,
    ) -> None:
        self.device, self.mapping = device, mapping
        self.messages = {mapping.key(message, device.unit): message for message in mapping.messages.values()}
        self.missed = 0  # frames that its alive counter says have been lost
        self._profile, self._link = profile, link
        self._frames, self._sink, self._clock = frames, sink, clock
        self._decoder = Decoder(mapping, profile, device.options)
        self._kinds: dict[tuple[str, tuple[object, ...]], _Kind] = {}
        self._pages = {
            name: tuple(signal.name for signal in message.signals if signal.is_multiplexer)
            for name, message in mapping.messages.items()
        }
        self._newest: dict[str, Reading] = {}
        self._told: dict[str, float] = {}  # point -> ticks
        self._alive_came = NEVER
        self._alive_at, _, self._alive_by = mapping.rules.alive.partition(".")
        self._says = mapping.says
        self._alive: float | None = None
        self._moved = self._heard = self._since = NEVER
        self._returned = False
        self._state, self._fault = DeviceState.NEVER, ""
        self._last: float | None = None

    # -- any thread --------------------------------------------------------------------------------------------

    def value(self, point: str) -> Value:
        """The newest value of a point, also of one that has not been shown yet; None without.

        What a device said before it was silent is not known of it any more: it may have been changed meanwhile.
        """
        known = self._state is DeviceState.ONLINE and self.came(point) >= self._since
        return self._decoder.context.values.get(point) if known else None

    def came(self, point: str) -> float:
        """When a point was last told, in ticks."""
        return self._told.get(point, NEVER)

    @property
    def may_be_told(self) -> bool:
        """Whether its DBC has any frame that could be sent to it."""
        rules = self.mapping.rules
        return rules.command is not None or bool(rules.asked)

    def says(self, key: int) -> bool:
        """Whether the device itself sends frames of this key."""
        return key in self.messages and self.messages[key].name in self._says

    @property
    def online(self) -> bool:
        """Whether it is there and alive."""
        return self._state is DeviceState.ONLINE

    @property
    def online_since(self) -> float:
        """When it began to be heard, the last time (ticks)."""
        return self._since

    def status(self, hint: str = "") -> DeviceStatus:
        """A snapshot; ``hint`` is what is said while nothing of it has been heard."""
        fault = self._fault or (hint if self._state is DeviceState.NEVER else "")
        kinds = list(self._kinds.values())
        paces: list[GroupPace] = []
        for group in self._profile.groups.values():
            achieved = [kind.pace_s for kind in kinds if kind.group == group.id and kind.pace_s is not None]
            every_s = self.device.pace.get(group.id, group.every_s) if group.every_s is not None else None
            paces.append(GroupPace(group.id, every_s, max(achieved, default=None)))
        return DeviceStatus(self.device.id, self._state, self._last, tuple(paces), self.mapping.dead, fault)

    # -- the line's thread -------------------------------------------------------------------------------------

    def hear(self, message: Message, frame: CanFrame, ticks: float) -> None:
        """Take a frame of this device."""
        raws = self._decoder.raws(message, frame.data)
        if not raws or not (self._lives(message, raws, ticks) if message.name in self._says else self.online):
            return
        self._last = self._clock.now()
        if message.name not in self.mapping.places:
            return
        kind = self._kind(message, raws)
        if kind.came > NEVER:
            step = ticks - kind.came
            kind.pace_s = step if kind.pace_s is None else 0.8 * kind.pace_s + 0.2 * step
        kind.came = ticks
        found = self._decoder.decode(message, raws, ticks)
        for one in found:
            self._told[one.point.id] = ticks
        states = tuple(one.decoded.value for one in found if one.point.kind in STATES)
        moved = states != kind.states or (kind.every_s is None and frame.data != kind.data)
        if ticks - kind.shown >= kind.gap_s or (moved and kind.may_hurry(ticks)):
            self._show(kind, frame, found, self._last, ticks)
        else:
            kind.pending = frame, found, self._last
        kind.states, kind.data = states, frame.data

    def take_return(self) -> bool:
        """Whether it has begun to be heard since this was last asked: what it says only once is not known then."""
        returned, self._returned = self._returned, False
        return returned

    def tick(self, ticks: float) -> None:
        """Show what was held back long enough; notice silence."""
        for kind in self._kinds.values():
            if kind.pending is not None and ticks - kind.shown >= kind.gap_s:
                self._show(kind, *kind.pending, ticks)
        if self._state is DeviceState.ONLINE and ticks - self._moved > self.mapping.rules.silent_after_s:
            self._fall_silent(ticks)

    def _lives(self, message: Message, raws: Raws, ticks: float) -> bool:
        """Whether what this frame says may be believed; brings the state up to date."""
        patience = self.mapping.rules.silent_after_s
        absent, self._heard = ticks - self._heard > patience, ticks
        proven = not self._alive_at or absent  # after a long absence anything may come first
        if message.name == self._alive_at and self._alive_by in raws:
            number = float(raws[self._alive_by])
            gap = ticks - self._alive_came > patience
            proven = proven or gap or number != self._alive
            self._count_skipped(message, number, gap or absent)
            self._alive, self._alive_came = number, ticks
        if proven:
            self._moved = ticks
            if self._state is not DeviceState.ONLINE:
                log.info("%s is heard%s", self.device.id, " again" if self._state is DeviceState.SILENT else "")
                self._state, self._fault = DeviceState.ONLINE, ""
                self._since, self._returned = ticks, True
        return self._state is DeviceState.ONLINE

    def _count_skipped(self, message: Message, number: float, restarted: bool) -> None:
        if self._alive is None or restarted:
            return
        span = 1 << next(signal.length for signal in message.signals if signal.name == self._alive_by)
        skipped = int(number - self._alive - 1) % span
        if 0 < skipped <= MOST_SKIPPED:
            self.missed += skipped

    def _fall_silent(self, ticks: float) -> None:
        """Its values are no longer good: the last ones stay, marked."""
        patience = self.mapping.rules.silent_after_s
        frozen = bool(self._alive_at) and ticks - self._alive_came <= patience
        self._state = DeviceState.SILENT
        self._fault = "its alive counter stands still" if frozen else f"nothing heard for {patience:g} s"
        log.warning("%s: %s", self.device.id, self._fault)
        note = self._fault if frozen else "no answer since"
        gone = [
            replace(reading, quality=Quality.STALE, note=note)
            for reading in self._newest.values()
            if reading.quality is Quality.GOOD
        ]
        self._newest.clear()
        for kind in self._kinds.values():
            kind.pending, kind.shown, kind.states = None, NEVER, ()
        if gone:
            self._sink.put(gone)

    def _kind(self, message: Message, raws: Raws) -> _Kind:
        page = tuple(raws.get(name) for name in self._pages[message.name])
        kind = self._kinds.get((message.name, page))
        if kind is None:
            first = self.mapping.places[message.name][0].point
            every_s = period_of(self.device, first)
            gap_s = max(SHOWN_EVERY_S, self.device.pace.get(first.group, 0.0))
            kind = self._kinds[message.name, page] = _Kind(first.group, every_s, gap_s)
        return kind

    def _show(self, kind: _Kind, frame: CanFrame, found: Sequence[Found], at: float, ticks: float) -> None:
        """Pass the values of a frame on, and keep the frame."""
        kind.pending, kind.shown = None, ticks
        if not found:
            return
        name = found[0].point.path.partition(".")[0]
        number = self._frames.add(
            at=at, sent=b"", received=frame.packed(), took_s=0.0, outcome=Outcome.HEARD, note=name
        )
        readings = [self._reading(one, frame, number, at) for one in found]
        self._newest.update({reading.key.point: reading for reading in readings})
        self._sink.put(readings)

    def _reading(self, one: Found, frame: CanFrame, number: int, at: float) -> Reading:
        decoded, point = one.decoded, one.point
        origin = Provenance(
            self._link,
            self.device.unit,
            0,
            frame.identifier,
            (),
            number,
            decoded.factor,
            decoded.note,
            path=point.path,
            raw=one.raw,
        )
        key = PointKey(self.device.id, point.id)
        return Reading(key, decoded.value, at, point.unit, decoded.quality, origin, decoded.note)
