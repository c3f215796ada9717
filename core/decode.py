"""Registers to values (``core.encode`` is the way back); pure functions.

``decode`` never guesses: what is implausible is bad and has no value, what the device declares missing is unknown.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter, itemgetter

from core.errors import DecodeError
from core.immutable import immutable
from core.points import NOT_AVAILABLE, Point, Quality, Value
from core.profile import Options, ScaleRule, hang_on
from core.wordtypes import TYPES, Raw, is_nothing, to_bytes

FIXES = ("mask", "sign", "ratio_or_percent", "negative_magnitude", "four_quadrant", "unfilled", "secret", "length")


@dataclass(slots=True)
class Context:
    """What decoding one device needs besides the words: its newest values, its options, its profile's rules."""

    rules: Mapping[str, ScaleRule] = field(default_factory=dict[str, ScaleRule])
    options: Options = field(default_factory=dict[str, str])
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    settled: dict[str, str] = field(default_factory=dict[str, str])  # what proof has settled once stays settled


@immutable
class Decoded:
    """A value, how far to trust it, the factor that was really used, and why it is not good."""

    value: Value
    quality: Quality = Quality.GOOD
    factor: float = 1.0
    note: str = ""


LEAST_SPIKE = 4  # registers: a whole answer of FFFF is a disturbed device (seen on ZCS inverters), not a value
_TURN = attrgetter("turn")
SPIKE = Decoded(None, Quality.BAD, note="every register is FFFF")


@lru_cache(maxsize=4096)
def _fraction(factor: float) -> tuple[int, int]:
    exact = Fraction(repr(factor))
    return exact.numerator, exact.denominator


def scaled(raw: float, factor: float) -> float:
    """``raw * factor`` with one rounding only, so that 1234 x 0.1 is 123.4 and not 123.40000000000001."""
    if factor == 1.0:
        return float(raw)
    numerator, denominator = _fraction(factor)
    found = float(raw * numerator / denominator)
    return found if math.isfinite(found) else float(raw * factor)  # on the way there it was too large


def decode(point: Point, words: Sequence[int], context: Context) -> Decoded:
    """Turn the point's own registers into its value, in ``point.unit``.

    Raise DecodeError when the words cannot be what the profile says (wrong count, letters where digits belong).
    """
    if len(words) != len(point.at):
        raise DecodeError(f"{point.id}: {len(words)} registers instead of {point.count}")
    kind = TYPES[point.type]
    order, unsettled = word_order(point, words, context) if "|" in point.order else (point.order, "")
    data = to_bytes(words, order)
    if point.absent and int.from_bytes(data, "big") in point.absent:
        return Decoded(None, Quality.UNKNOWN, note=NOT_AVAILABLE)
    raw = kind.read(data)
    if is_nothing(raw):
        return Decoded(None, Quality.UNKNOWN, note=NOT_AVAILABLE)
    if isinstance(raw, str):
        return Decoded(raw) if raw else Decoded(None, Quality.UNKNOWN, note="empty")
    decoded = interpret(point, raw, 8 * len(data), context)
    if unsettled and decoded.quality is Quality.GOOD and any(words):
        return replace(decoded, quality=Quality.UNKNOWN, note=unsettled)
    return decoded


def interpret(point: Point, raw: float, width: int, context: Context) -> Decoded:
    """Turn a raw number of ``width`` bits, from registers or from a signal of a CAN frame, into the point's value."""
    for fix in point.fix:
        if fix.startswith("mask:") and isinstance(raw, int):
            raw &= int(fix[5:], 0)
    if point.type == "bits":
        return _bits(point, int(raw), width)
    if point.choices:
        return _choice(point, raw)
    return _number(point, raw, width, context)


def word_order(point: Point, words: Sequence[int], context: Context) -> tuple[str, str]:
    """The byte order of a point, and the doubt about it.

    Where sources disagree, a map lists two orders (``ABCD|CDAB``). The option ``word_order`` settles it, or else the
    device's own voltages: in the wrong order, 230 V is a number next to nothing.
    """
    if "|" not in point.order:
        return point.order, ""
    candidates = point.order.split("|")
    chosen = context.options.get("word_order", "")
    if chosen in candidates:
        return chosen, ""
    if "word_order" not in context.settled and point.type == "f32" and point.unit == "V":
        kind = TYPES[point.type]
        fitting = [order for order in candidates if 80 <= abs(_float(kind.read(to_bytes(words, order)))) <= 1000]
        if len(fitting) == 1:
            context.settled["word_order"] = fitting[0]
    settled = context.settled.get("word_order")
    return (settled, "") if settled else (candidates[0], "the word order is not settled")


def _float(raw: Raw) -> float:
    return raw if isinstance(raw, float) and not is_nothing(raw) else 0.0


def _bits(point: Point, raw: int, width: int) -> Decoded:
    set_bits = [bit for bit in range(width) if raw >> bit & 1]
    ids = tuple(choice.id if (choice := point.choice_of.get(bit)) else f"bit_{bit}" for bit in set_bits)
    if point.choices and any(bit not in point.choice_of for bit in set_bits):
        return Decoded(ids, Quality.UNKNOWN, note="a bit that the map does not list")
    return Decoded(ids)


def _choice(point: Point, raw: float) -> Decoded:
    choice = point.choice_of.get(int(raw)) if raw == int(raw) else None
    if choice is None:
        return Decoded(f"code_{raw:g}", Quality.UNKNOWN, note="a code that the map does not list")
    return Decoded(choice.id)


def _number(point: Point, raw: float, width: int, context: Context) -> Decoded:
    factor, doubt = rule_factor(point, context) if point.scale_by else (1.0, "")
    if factor is None:
        return Decoded(None, Quality.UNKNOWN, note=doubt)
    if "negative_magnitude" in point.fix and isinstance(raw, int) and raw >> (width - 1):
        raw = (1 << width) - raw
    tried: list[float] = []
    for scale in point.scales:
        whole = scaled(scale, factor) if factor != 1.0 else scale
        value: float | None = scaled(raw, whole) + point.offset
        if point.fix and (value := _fixed(point, value, context)) is None:
            return Decoded(None, Quality.UNKNOWN, whole, "not filled in by the device")
        if not math.isfinite(value):
            return Decoded(None, Quality.BAD, whole, "beyond all numbers")
        if (point.low is None or value >= point.low) and (point.high is None or value <= point.high):
            if doubt:
                return Decoded(value, Quality.UNKNOWN, whole, doubt)
            return Decoded(value, factor=whole)
        tried.append(value)
    low = "-∞" if point.low is None else f"{point.low:g}"
    high = "∞" if point.high is None else f"{point.high:g}"
    return Decoded(None, Quality.BAD, note=f"{tried[0]:g} {point.unit} is outside {low} … {high}")


def _fixed(point: Point, value: float, context: Context) -> float | None:
    for fix in point.fix:
        name, _, argument = fix.partition(":")
        if name == "sign":
            sign = context.values.get(argument)
            if sign not in (0.0, 1.0, "positive", "negative"):
                return None
            value = -value if sign in (1.0, "negative") else value
        elif name == "ratio_or_percent" and abs(value) <= 1:
            value *= 100
        elif name == "four_quadrant" and abs(value) > 1:
            # Schneider codes the capacitive quadrants as 2 - PF and -2 - PF (iEM3000 manual, power factor register)
            value = (2 if value > 0 else -2) - value
        elif name == "unfilled" and value == 0 and context.values.get(argument) not in (0.0, None):
            return None
    return value


def rule_factor(point: Point, context: Context) -> tuple[float | None, str]:
    """The further factor of ``scale_by`` and the doubt about it; None when it cannot be known now."""
    if not point.scale_by:
        return 1.0, ""
    if point.scale_by.startswith("10^"):
        exponent = context.values.get(point.scale_by[3:])
        if not isinstance(exponent, float) or abs(exponent) > 10:
            return None, "the device gives no scale factor"
        return float(Fraction(10) ** int(exponent)), ""
    rule = context.rules[point.scale_by]
    pick, doubt = context.options.get(rule.option, ""), ""
    if pick not in rule.factors:
        pick, doubt = _proven(rule, context)
    factor = 1.0
    if pick not in rule.factors:
        return None, f"{rule.option} is not settled"
    for part in rule.factors[pick]:
        value: Value = part if isinstance(part, float) else context.values.get(str(part))
        if not isinstance(value, float) or not value:
            return None, f"{part} is not known"
        factor *= value
    return factor, doubt


def _proven(rule: ScaleRule, context: Context) -> tuple[str, str]:
    """What the device's own readings show of an option left on "auto", and the doubt that is left.

    A proof with ``keep`` proves once and for all (a value must not fall back into doubt when the current that proved
    its scale drops); the others hold while they hold, since a setting may be changed on the device.
    """
    pick = context.settled.get(rule.id)
    if pick is not None:
        return pick, ""
    proof = next((proof for proof in rule.auto if proof.holds(context.values)), None)
    if proof is None:
        return rule.otherwise, f"{rule.option} is not settled" if rule.doubt else ""
    if proof.keep:
        context.settled[rule.id] = proof.pick
    return proof.pick, ""


Told = tuple[Point, tuple[int, ...], Decoded]
"""A point, its own registers, and what they mean."""


def decode_block(points: Sequence[Point], words_at: Mapping[int, int], context: Context) -> list[Told]:
    """Decode the points of one read, those first that others hang on; ``context.values`` is brought up to date.

    A point whose words make no sense comes back as bad instead of stopping its neighbours.
    """
    found: list[Told] = []
    spike = _is_spike(tuple(words_at.values()))
    for point in sorted(points, key=_TURN):
        words = tuple([words_at[at] for at in point.at])
        decoded = SPIKE if spike else _decoded(point, words, context)
        context.values[point.id] = decoded.value
        found.append((point, words, decoded))
    return found


ShortWay = Callable[[tuple[int, ...]], Decoded | None]


class BlockDecoder:
    """Does as ``decode_block`` for a request that is put time after time.

    Where registers are those of the last time, and so is what their values hang on, the values are: most registers of
    a device rest most of the time.
    """

    def __init__(self, points: Sequence[Point], address: int, context: Context) -> None:
        self.points = sorted(points, key=_TURN)
        self._context = context
        self._own = [_picker(point, address) for point in self.points]
        self._short = [short_way(point) for point in self.points]
        self._alone = all(point.alone for point in self.points)
        needs = [tuple(sorted(hang_on([point], context.rules))) for point in self.points]
        self._needs = sorted({need for those in needs for need in those})
        self._hangs: list[tuple[tuple[str, ...], list[Value]]] = [(those, []) for those in needs]  # on what, as it was
        self._words: tuple[int, ...] = ()  # of the last time
        self._needed: list[Value] = []
        self.told: list[Told] = [(point, (), SPIKE) for point in self.points]  # the last time; nothing has no words
        self._values: dict[str, Value] = {}  # by point, of the last time

    def decode(self, words: tuple[int, ...]) -> Sequence[Told]:
        """What all registers from ``address`` on mean, in the order of ``points``."""
        values = self._context.values
        if words[0] == 0xFFFF and _is_spike(words):  # no reason to forget what was before
            values.update(dict.fromkeys((point.id for point in self.points), SPIKE.value))
            return [(point, own(words), SPIKE) for point, own in zip(self.points, self._own, strict=True)]
        if self._alone:
            if words != self._words:
                self._words, self.told = words, self._changed(words)
        else:
            needed = [len(self._context.settled), *map(values.get, self._needs)]
            if words != self._words or needed != self._needed:
                self._words, self._needed = words, needed
                self.told = self._one_by_one(words)
                self._values = {point.id: decoded.value for point, _, decoded in self.told}
        values.update(self._values)
        return self.told

    def _decoded(self, point: Point, short: ShortWay, words: tuple[int, ...]) -> Decoded:
        try:
            found = short(words)
        except ArithmeticError:
            found = None
        return found or _decoded(point, words, self._context)

    def _changed(self, words: tuple[int, ...]) -> list[Told]:
        """Where no point hangs on another."""
        told: list[Told] = []
        for own, short, last in zip(self._own, self._short, self.told, strict=True):
            mine = own(words)
            if mine != last[1]:
                point = last[0]
                decoded = self._decoded(point, short, mine)
                self._values[point.id] = decoded.value
                last = (point, mine, decoded)  # noqa: PLW2901 - which it is the next time
            told.append(last)
        return told

    def _one_by_one(self, words: tuple[int, ...]) -> list[Told]:
        """Each with what was decoded before it."""
        told: list[Told] = []
        values, settled = self._context.values, self._context.settled
        for place, (own, short, last) in enumerate(zip(self._own, self._short, self.told, strict=True)):
            point, before, decoded = last
            mine = own(words)
            needs, were = self._hangs[place]
            needed = were if point.alone else [len(settled), *map(values.get, needs)]
            if mine != before or needed != were:
                decoded = self._decoded(point, short, mine)
                last = (point, mine, decoded)  # noqa: PLW2901 - which it is the next time
                self._hangs[place] = needs, needed
            told.append(last)
            values[point.id] = decoded.value
        return told


def _no_short_way(_words: tuple[int, ...]) -> Decoded | None:
    return None


def short_way(point: Point) -> ShortWay:
    """What decodes the commonest points, numbers with one scale and nothing to consider, in a fraction of the time.

    It gives what ``decode`` gives, or None where that has more to say than a good value. It may raise ArithmeticError.
    """
    kind = TYPES[point.type]
    plain = point.alone and not point.choices and len(point.scales) == 1 and point.order in ("ABCD", "CDAB")
    if not plain or point.type not in ("u16", "s16", "u32", "s32", "f32"):
        return _no_short_way
    low = -math.inf if point.low is None else point.low
    high = math.inf if point.high is None else point.high
    scale, offset, absent = point.scales[0], point.offset, point.absent
    numerator, denominator = _fraction(scale) if scale != 1.0 else (1, 1)
    high_word, low_word = (1, 0) if point.order == "CDAB" and point.count == 2 else (0, point.count - 1)
    if kind.kind == "float" and not absent:
        form, registers = struct.Struct(">f"), struct.Struct(">HH")

        def short_float(words: tuple[int, ...]) -> Decoded | None:
            (raw,) = form.unpack(registers.pack(words[high_word], words[low_word]))
            value = float(raw * numerator / denominator) + offset
            return Decoded(value, Quality.GOOD, scale) if low <= value <= high and math.isfinite(value) else None

        return short_float
    if kind.kind == "float":
        return _no_short_way
    half, span = (1 << 16 * point.count - 1, 1 << 16 * point.count) if kind.signed else (math.inf, 0)

    def short_integer(words: tuple[int, ...]) -> Decoded | None:
        raw = words[0] if high_word == low_word else words[high_word] << 16 | words[low_word]
        if raw in absent:
            return None
        value = float((raw if raw < half else raw - span) * numerator / denominator) + offset
        return Decoded(value, Quality.GOOD, scale) if low <= value <= high else None

    return short_integer


def _picker(point: Point, address: int) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
    """What takes a point's own registers out of all those from ``address`` on."""
    places = [at - address for at in point.at]
    first, count = places[0], len(places)
    if places == list(range(first, first + count)):
        return itemgetter(slice(first, first + count))
    return itemgetter(*places)


def _is_spike(words: tuple[int, ...]) -> bool:
    return len(words) >= LEAST_SPIKE and words[0] == 0xFFFF and words.count(0xFFFF) == len(words)


def _decoded(point: Point, words: tuple[int, ...], context: Context) -> Decoded:
    try:
        return decode(point, words, context)
    except (DecodeError, ArithmeticError, ValueError) as err:
        return Decoded(None, Quality.BAD, note=str(err))
