"""The recorder's memory of its series: readings to rows, definitions that wait to be written, steps of counters.

Used by the recorder's thread only, and never touches the disk: what a reading needs is read once when the file is
opened, so that readings can be turned into rows while the disk is full or locked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isnan

from core.points import Kind, Point, PointKey, Quality, Reading
from core.storage.counters import Counter, Step, StepKind
from core.storage.unsealed import Row, float_bits, pack_row
from core.storage.values import (
    BITS,
    CLOCK,
    DECIMALS,
    EXACT,
    FIRST_SCALE,
    FLOAT,
    QUALITY_CODE,
    TEXT,
    Scale,
    clock_seconds,
)

_MOST_SCALES = 12
_SILENCE_PACES = 3  # a counter that came so many of its paces late had been silent
_SERIAL_LATE_MS = 60_000  # after a silence a device's counters may come so long before its serial number


@dataclass(frozen=True, slots=True)
class _Return:
    """What a counter showed before and after a silence; times in ms."""

    before: float
    after: float
    t: int


@dataclass(frozen=True, slots=True)
class Usual:
    """How the last number of a gauge was kept; the next one most likely too. ``mode`` stands for a good value."""

    mode: int
    factor: float
    offset: float


@dataclass(slots=True)
class SeriesState:
    """One point as the recorder knows it. ``last_t`` in ms."""

    id: int
    key: PointKey
    kind: Kind
    unit: str
    scales: list[tuple[int, Scale]] = field(default_factory=list[tuple[int, Scale]])
    last_t: int | None = None
    last_good: bool = False  # the quality that the last one had
    stale_since: int | None = None  # time (ms) of the last reading, once it has been marked as stale
    counter: Counter | None = None
    last_number: float | None = None
    last_number_t: int | None = None
    pace: int | None = None  # ms between its last two readings; 0 when the program was not there in between
    back: _Return | None = None
    replaced: bool = False
    is_serial: bool = False
    last_text: str = ""
    known: bool = False  # labels, unit and factors of this session's profile have been taken over
    factor: float = 0.0  # last factor a reading came with
    usual: Usual | None = None


@dataclass(slots=True)
class Pending:
    """What waits for the next commit."""

    series: dict[int, tuple[object, ...]] = field(default_factory=dict[int, tuple[object, ...]])
    scales: dict[int, Scale] = field(default_factory=dict[int, Scale])
    words: dict[int, str] = field(default_factory=dict[int, str])
    steps: list[tuple[int, Step]] = field(default_factory=list[tuple[int, Step]])


class Register:
    """Every series of the file by its key, and the numbers given to scales and texts."""

    def __init__(self, points: Callable[[PointKey], Point | None]) -> None:
        self._points = points
        self.by_key: dict[PointKey, SeriesState] = {}
        self.by_id: dict[int, SeriesState] = {}
        self.scales: dict[int, Scale] = {}
        self.words: dict[str, int] = {}
        self.pending = Pending()
        self._codes: dict[Scale, int] = {}
        self._by_name: dict[int, SeriesState] = {}  # by the identity of ``state.key``

    def add(self, state: SeriesState) -> None:
        """Take over a series that the file already has."""
        self.by_key[state.key] = self.by_id[state.id] = state

    def load(self, scales: Mapping[int, Scale], words: Mapping[int, str]) -> None:
        """Take over the scales and texts that the file already has."""
        self.scales = dict(scales)
        self._codes = {scale: code for code, scale in scales.items()}
        self.words = {text: number for number, text in words.items()}

    def packed(self, readings: Iterable[Reading], now_ms: int) -> bytes:
        """Return the rows of readings, see ``row``, as bytes.

        Nearly all are a good number of a gauge, newer than the last one and under the scale of the last one: these are
        made right here, in a third of the time.
        """
        by_name, good, exact = self._by_name, Quality.GOOD, EXACT
        made: list[bytes] = []
        at, t = 0.0, 0
        for reading in readings:
            if reading.at is not at:  # the readings of a request share it
                at = reading.at
                t = round(at * 1000)
            state, value, origin = by_name.get(id(reading.key)), reading.value, reading.origin
            if (
                state is not None
                and (usual := state.usual) is not None
                and reading.quality is good
                and isinstance(value, float)
                and (origin is None or origin.factor == state.factor)
                and t > (state.last_t or 0)
                and -exact < (near := (value - usual.offset) / usual.factor) < exact
                and (number := round(near)) * usual.factor + usual.offset == value
            ):
                state.last_t, state.last_good = t, True
                made.append(pack_row(state.id, t, usual.mode, number))
            elif (row := self.row(reading, now_ms)) is not None:
                made.append(pack_row(*row))
        return b"".join(made)

    def row(self, reading: Reading, now_ms: int) -> Row | None:
        """Return the row of a reading, or None when its time and quality are those of the last one.

        A value that merely turns stale keeps its time: it is marked a millisecond after it, so that the history too
        tells from when on nobody vouched for it.
        """
        state = self.by_key.get(reading.key)
        if state is None or not state.known:
            state = self._meet(reading, state)
        t = round(reading.at * 1000)
        last_t = state.last_t
        if t == last_t and reading.quality is Quality.STALE and state.last_good:
            state.stale_since, t = t, t + 1
        elif t in (last_t, state.stale_since):
            return None
        value = reading.value
        quality = QUALITY_CODE[reading.quality]
        late = last_t is not None and t < last_t <= now_ms  # not late if the clock was set back since
        if not late:
            state.last_t, state.last_good = t, reading.quality is Quality.GOOD
        if value is None or (isinstance(value, float) and isnan(value)):
            return state.id, t, quality, 0
        if isinstance(value, str | tuple):
            return self._text_row(state, value, t, quality, late)
        origin = reading.origin
        if origin is not None and origin.factor != state.factor:
            self._take_factor(state, origin.factor)
        value = float(value)
        if state.is_serial and value and not late:
            self._see_serial(state, f"{value:.0f}", t)
        if state.counter is not None and not late and reading.quality is Quality.GOOD:
            self._count(state, value, t)
        row = self._number_row(state, value, t, quality)
        state.usual = self._usual(state, row[2]) if state.last_t is not None else None
        if state.key is not reading.key or id(state.key) not in self._by_name:
            self._rename(state, reading.key)
        return row

    def _rename(self, state: SeriesState, key: PointKey) -> None:
        """Know a series by the very object that a line names it with each time, so that no text has to be hashed.

        The state holds that object, so that no other one can have its identity.
        """
        self._by_name.pop(id(state.key), None)
        state.key = key
        self._by_name[id(key)] = state

    def _usual(self, state: SeriesState, mode: int) -> Usual | None:
        """What may be taken for granted of the next number; a counter and a serial number are looked at each time."""
        scale = self.scales.get(mode >> 2)
        if scale is None or scale.divides or state.counter is not None or state.is_serial:
            return None
        return Usual(mode & ~3, scale.factor, scale.offset)

    def scales_of(self, series: int) -> list[Scale]:
        """Return the scales a series may have, the likeliest first."""
        return [scale for _, scale in self.by_id[series].scales]

    def _number_row(self, state: SeriesState, value: float, t: int, quality: int) -> Row:
        if not -1e300 < value < 1e300:
            return state.id, t, FLOAT << 2 | quality, float_bits(value)
        scales = state.scales
        for place, (code, scale) in enumerate(scales):
            number = scale.integer(value)
            if number is not None:
                if place and number:  # zero fits every scale
                    scales.insert(0, scales.pop(place))
                numbered = code or self._code(scale)
                if not code:
                    scales[scales.index((0, scale))] = (numbered, scale)
                return state.id, t, numbered << 2 | quality, number
        return state.id, t, FLOAT << 2 | quality, float_bits(value)

    def _text_row(self, state: SeriesState, value: str | tuple[str, ...], t: int, quality: int, late: bool) -> Row:
        if isinstance(value, tuple):
            return state.id, t, BITS << 2 | quality, self._word(" ".join(value))
        if state.is_serial and value and not late:
            self._see_serial(state, value, t)
        if (seconds := clock_seconds(value)) is not None:
            return state.id, t, CLOCK << 2 | quality, seconds
        return state.id, t, TEXT << 2 | quality, self._word(value)

    def _see_serial(self, state: SeriesState, text: str, t: int) -> None:
        if state.last_text and text != state.last_text:
            for other in self.by_id.values():
                if other.key.device == state.key.device and other.counter is not None:
                    self._replace(other, t)
        state.last_text = text

    def _replace(self, state: SeriesState, t: int) -> None:
        """A counter is another device's: from its next reading on, or from the one that ended a silence just now."""
        back, state.back = state.back, None
        if back is None or not 0 <= t - back.t <= _SERIAL_LATE_MS:
            state.replaced = state.last_number is not None
            return
        step = Step(back.t / 1000, StepKind.REPLACEMENT, back.before, back.after, back.before - back.after)
        self.pending.steps.append((state.id, step))

    def _count(self, state: SeriesState, value: float, t: int) -> None:
        before, before_t = state.last_number, state.last_number_t
        state.last_number, state.last_number_t = value, t
        if before is None or before_t is None or state.counter is None:
            return
        if state.pace is not None and t - before_t > _SILENCE_PACES * state.pace:
            state.back = _Return(before, value, t)
        state.pace = max(0, t - before_t)
        replaced, state.replaced = state.replaced, False
        step = state.counter.step(before, value, (t - before_t) / 1000, t / 1000, replaced)
        if step is not None:
            self.pending.steps.append((state.id, step))

    def _word(self, text: str) -> int:
        number = self.words.get(text)
        if number is None:
            number = self.words[text] = len(self.words) + 1
            self.pending.words[number] = text
        return number

    def _code(self, scale: Scale) -> int:
        code = self._codes.get(scale)
        if code is None:
            code = self._codes[scale] = max(self.scales, default=FIRST_SCALE - 1) + 1
            self.scales[code] = self.pending.scales[code] = scale
        return code

    def _meet(self, reading: Reading, state: SeriesState | None) -> SeriesState:
        """Make or refresh a series at its first reading in this session."""
        key = reading.key
        point = self._points(key)
        kind = point.kind if point else state.kind if state else _kind_of(reading)
        unit = point.unit if point else reading.unit or (state.unit if state else "")
        if state is None:
            state = SeriesState(max(self.by_id, default=0) + 1, key, kind, unit)
            self.add(state)
        state.kind, state.unit, state.known = kind, unit, True
        state.is_serial = is_serial(key, kind, unit)
        state.counter = Counter.of(point)
        offset = point.offset if point else 0.0
        scales = [Scale(factor, offset) for factor in (point.scales if point else (1.0,)) if factor]
        derived = point is None or point.function is None
        self._offer(state, [*scales, Scale(), *(DECIMALS if derived else ())])
        labels = (point.en, point.fr) if point else ("", "")
        self.pending.series[state.id] = (state.id, key.device, key.point, kind.value, unit, *labels)
        return state

    def _take_factor(self, state: SeriesState, factor: float) -> None:
        """Learn the scale that decode really used (a ratio, a firmware variant)."""
        state.factor = factor
        if not factor:
            return
        point = self._points(state.key)
        scale = Scale(factor, point.offset if point else 0.0)
        known = [each for _, each in state.scales]
        if scale in known:
            state.scales.insert(0, state.scales.pop(known.index(scale)))
        else:
            state.scales.insert(0, (self._codes.get(scale, 0), scale))
            del state.scales[_MOST_SCALES:]
        if state.counter is not None:
            state.counter = Counter.of(point, factor)

    def _offer(self, state: SeriesState, scales: list[Scale]) -> None:
        known = {scale for _, scale in state.scales}
        state.scales += [(self._codes.get(scale, 0), scale) for scale in dict.fromkeys(scales) if scale not in known]


def is_serial(key: PointKey, kind: Kind, unit: str) -> bool:
    """Whether a point tells the serial number of its device, as a text or, as many meters do, as a number."""
    name = key.point.lower()
    return kind in (Kind.TEXT, Kind.GAUGE) and not unit and ("serial" in name or name.endswith(".sn"))


def _kind_of(reading: Reading) -> Kind:
    if isinstance(reading.value, tuple):
        return Kind.BITS
    return Kind.STATE if isinstance(reading.value, str) else Kind.GAUGE
