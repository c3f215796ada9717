"""What a person types for a parameter, and the inner value it means: kW for W, minutes for seconds. Pure functions.

Nothing is rounded and nothing is guessed: what is not clear is answered with one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.parameters import Parameter
from core.points import Confidence, Kind, Point, Value
from core.writing import values
from gui import formatting, i18n
from gui.models import wording
from gui.sentences import localised

translate = QCoreApplication.translate

KILO_FROM = 1000.0  # a range that reaches so far is written in kilo
MINUTES_FROM = 600.0
FEW_LETTERS = 16  # two choices that fit side by side
EXACT = 6  # decimals of a figure in a larger unit, at most: beyond, the inner unit is shown

UNITS = {
    "W": {"W": "1", "kW": "1e3", "MW": "1e6"},
    "var": {"var": "1", "kvar": "1e3"},
    "VA": {"VA": "1", "kVA": "1e3"},
    "Wh": {"Wh": "1", "kWh": "1e3", "MWh": "1e6"},
    "V": {"V": "1", "mV": "1e-3", "kV": "1e3"},
    "A": {"A": "1", "mA": "1e-3"},
    "s": {"s": "1", "min": "60", "h": "3600", "ms": "1e-3"},
    "m³": {"m³": "1", "m3": "1", "l": "1e-3", "L": "1e-3"},
}
"""Inner unit -> what may be written after a number, and how much of the inner unit that is."""

ALIKE = {"°C": ("C",), "Ω": ("ohm",), "°": ("deg",)}
"""Other ways to write units that have no larger or smaller ones."""


class Editor(StrEnum):
    """How a parameter is edited."""

    NUMBER = "number"
    CHOICE = "choice"
    TIME = "time"  # hh:mm
    DATE = "date"  # mm-dd
    BITS = "bits"
    TEXT = "text"
    SCREEN = "screen"  # on the device's own screen
    INFERRED = "inferred"  # not before it has been compared on site


class WrongEntry(ValueError):
    """What was typed means nothing; ``sentence`` says why, in the language in use when it is asked."""

    def __init__(self, template: str, *parts: str) -> None:
        super().__init__(template)
        self._template, self._parts = template, parts

    @property
    def sentence(self) -> str:
        """One sentence."""
        parts = [localised(part) for part in self._parts]
        return wording.capital(translate("parameters", self._template).format(*parts))


@dataclass(frozen=True, slots=True)
class Shown:
    """The unit in which a parameter is shown; ``factor`` is how much of the inner unit one of it is."""

    unit: str
    factor: Decimal


def editor_of(parameter: Parameter, confirmed: bool) -> Editor:
    """How a parameter is edited; ``confirmed``: an inferred one has been compared on this device."""
    point = parameter.point
    if point is None or not parameter.writable:
        return Editor.SCREEN
    if parameter.confidence is Confidence.INFERRED and not confirmed:
        return Editor.INFERRED
    if point.type == "bits" or point.kind is Kind.BITS:
        return Editor.BITS
    if point.choices or parameter.command or point.type == "flag":
        return Editor.CHOICE
    if point.kind is Kind.TIME:
        form = point.type.partition("_")[0]
        return {"hhmm": Editor.TIME, "mmdd": Editor.DATE}.get(form, Editor.TEXT)
    return Editor.TEXT if point.kind is Kind.TEXT else Editor.NUMBER


def choices_of(parameter: Parameter) -> list[tuple[Value, str]]:
    """What may be chosen, with its words; for bits, every bit that has a name."""
    point = parameter.point
    if point is None:
        return []
    if point.choices:
        allowed = parameter.choices or tuple(choice.id for choice in point.choices)
        found = dict.fromkeys(choice.id for choice in point.choices if choice.id in allowed)
        return [(name, formatting.choice_title(point, name)) for name in found]
    if point.type == "flag":
        return [(1.0, translate("parameters", "Yes")), (0.0, translate("parameters", "No"))]
    if parameter.command:
        order = parameter.factory if parameter.factory is not None else parameter.low if parameter.low else 1.0
        return [(order, translate("parameters", "Do it"))]
    return []


def shown_unit(parameter: Parameter) -> Shown:
    """Its unit for people, the same for every value: kW where the range reaches 1000 W, minutes for long times."""
    point = parameter.point
    unit = point.unit if point is not None else ""
    low, high = limits(parameter)
    reach = max((abs(limit) for limit in (low, high) if limit is not None), default=0.0)
    if unit in formatting.PREFIXED and reach >= KILO_FROM:
        return Shown(f"k{unit}", Decimal(1000))
    whole = [mark for mark in (low, high, parameter.factory, parameter.step) if isinstance(mark, float)]
    if unit == "s" and reach >= MINUTES_FROM and parameter.step and all(mark % 60 == 0 for mark in whole):
        return Shown("min", Decimal(60))
    return Shown(unit, Decimal(1))


def limits(parameter: Parameter) -> tuple[float | None, float | None]:
    """What may be written, in the inner unit."""
    point = parameter.point
    low = parameter.low if parameter.low is not None or point is None else point.low
    high = parameter.high if parameter.high is not None or point is None else point.high
    return low, high


def value_text(parameter: Parameter, value: Value) -> str:
    """A value with its unit, exact; a dash for nothing, "set" for what is secret."""
    point = parameter.point
    if value is None or point is None:
        return formatting.DASH if value is None else formatting.value(value)
    if point.secret:
        return wording.hidden_words(value)
    if isinstance(value, tuple):
        return ", ".join(wording.code_words(point, name) for name in value) or wording.none_set()
    if isinstance(value, str):
        return wording.code_words(point, value) if point.kind is Kind.STATE else formatting.value(value, point)
    return dict(choices_of(parameter)).get(value) or _number_text(parameter, point, value)


def _number_text(parameter: Parameter, point: Point, value: float) -> str:
    if point.kind is Kind.TIME:
        return formatting.value(value, point)
    digits, unit = number_pair(parameter, value)
    return f"{digits}{formatting.SPACE}{unit}" if unit else digits


def number_pair(parameter: Parameter, value: float) -> tuple[str, str]:
    """Digits and unit of a number, without any rounding: in the inner unit where the larger one has no end."""
    shown = shown_unit(parameter)
    exact = _decimal(value)
    scaled = exact / shown.factor
    if scaled * shown.factor != exact or _places(scaled) > EXACT:
        return _digits(exact), parameter.point.unit if parameter.point is not None else ""
    digits = _digits(scaled)  # without a unit it is a port, a code, an address: read off and typed as it stands
    return digits if shown.unit else digits.replace(formatting.SPACE, ""), shown.unit


def field_text(parameter: Parameter, value: Value) -> str:
    """What stands in the field when editing begins: a number without the unit that stands beside it."""
    if value is None or (parameter.point is not None and parameter.point.secret):
        return ""
    if not isinstance(value, float):
        return value if isinstance(value, str) else ""
    digits, unit = number_pair(parameter, value)
    plain = digits.replace(formatting.SPACE, "")
    return plain if unit == shown_unit(parameter).unit else f"{plain} {unit}"


def parse(parameter: Parameter, text: str) -> Value:
    """The inner value of what was typed; raise WrongEntry."""
    point = parameter.point
    if point is None:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "This is set on the device's own screen.")))
    match editor_of(parameter, confirmed=True):
        case Editor.NUMBER:
            value: Value = _number(parameter, point, text)
        case Editor.TIME:
            value = _time(text)
        case Editor.DATE:
            value = _date(text)
        case Editor.TEXT:
            value = _text(point, text)
        case _:
            value = text.strip()
    return checked(parameter, value)


def checked(parameter: Parameter, value: Value) -> Value:
    """The value, when the core would take it, too; raise WrongEntry otherwise."""
    if fault := values.fault_of(parameter, value):
        raise WrongEntry("{0}.", fault)
    return value


def range_text(parameter: Parameter) -> str:
    """What may be written, in a few characters: ``10–100 %``, ``4 choices``, ``00:00–23:59``."""
    point = parameter.point
    match editor_of(parameter, confirmed=True):
        case Editor.NUMBER:
            text = _number_range(parameter)
        case Editor.CHOICE | Editor.BITS:
            words = [words for _, words in choices_of(parameter)]
            many = translate("parameters", "{0} choices").format(len(words))
            told = " / ".join(words)
            text = "" if parameter.command else many if len(words) > 2 or len(told) > FEW_LETTERS else told
        case Editor.TIME:
            text = "00:00–23:59"
        case Editor.DATE:
            text = "01-01–12-31"
        case Editor.TEXT if point is not None and point.at:
            text = translate("parameters", "at most {0} characters").format(2 * point.count)
        case _:
            text = ""
    return text


def factory_text(parameter: Parameter) -> str:
    """The factory value; empty when it is not known."""
    return "" if parameter.factory is None else value_text(parameter, parameter.factory)


def step_text(parameter: Parameter, step: float) -> str:
    """A step with its unit: in the inner one where it is a part of the one that is shown."""
    shown = shown_unit(parameter)
    if shown.factor > 1 and step < float(shown.factor):
        unit = parameter.point.unit if parameter.point is not None else ""
        return f"{_digits(_decimal(step))}{formatting.SPACE}{unit}"
    return value_text(parameter, step)


def _number_range(parameter: Parameter) -> str:
    low, high = limits(parameter)
    unit = shown_unit(parameter).unit
    tail = f"{formatting.SPACE}{unit}" if unit else ""
    if low is not None and high is not None:
        first, last = number_pair(parameter, low), number_pair(parameter, high)
        if first[1] != last[1]:
            return f"{value_text(parameter, low)} … {value_text(parameter, high)}"
        dash = "–" if low >= 0 else " … "  # a dash before or after a minus sign cannot be read
        return f"{first[0]}{dash}{last[0]}{tail}"
    if low is not None:
        return f"≥ {value_text(parameter, low)}"
    return f"≤ {value_text(parameter, high)}" if high is not None else ""


_FIGURE = re.compile(r"([-+−]?)(\d*)(?:([.,])(\d*))?\s*(.*)", re.DOTALL)


def _number(parameter: Parameter, point: Point, text: str) -> float:
    squeezed = re.sub(r"[\s\u202f\u00a0]+(?=\d)", "", text.strip())
    match = _FIGURE.fullmatch(squeezed)
    if match is None or not (match[2] or match[4]):
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "Enter a number, for instance {0}.")), _sample(parameter))
    if match[3] == "," and len(match[4]) == 3 and i18n.current() == "en" and match[2] not in ("", "0"):
        raise WrongEntry(
            str(QT_TRANSLATE_NOOP("parameters", "Write {0} or {1}: the comma could mean either.")),
            f"{match[2]}.{match[4]}",
            f"{match[2]}{match[4]}",
        )
    try:
        figure = Decimal(f"{match[2] or '0'}.{match[4] or '0'}") * (-1 if match[1] in ("-", "−") else 1)
    except InvalidOperation as err:
        raise WrongEntry(
            str(QT_TRANSLATE_NOOP("parameters", "Enter a number, for instance {0}.")), _sample(parameter)
        ) from err
    value = float(figure * _factor(parameter, point, match[5].strip()))
    _in_range(parameter, value)
    _on_step(parameter, point, value)
    return value


def _factor(parameter: Parameter, point: Point, unit: str) -> Decimal:
    """How much of the inner unit one of the unit typed is; nothing typed is the unit that is shown."""
    shown = shown_unit(parameter)
    if not unit:
        return shown.factor
    known = {name: Decimal(size) for name, size in UNITS.get(point.unit, {point.unit: "1"}).items()}
    known |= {name: Decimal(1) for name in ALIKE.get(point.unit, ())}
    if unit in known:
        return known[unit]
    small = [size for name, size in known.items() if name.lower() == unit.lower() and not name.startswith(("m", "M"))]
    if len(small) == 1 or unit == shown.unit:
        return small[0] if small else shown.factor
    if not point.unit:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "This value has no unit: write the number alone.")))
    raise WrongEntry(
        str(QT_TRANSLATE_NOOP("parameters", "The unit {0} does not fit this value: write {1}.")), unit, shown.unit
    )


def _in_range(parameter: Parameter, value: float) -> None:
    low, high = limits(parameter)
    ends = [value_text(parameter, limit) for limit in (low, high) if limit is not None]
    if (low is None or value >= low) and (high is None or value <= high):
        return
    if len(ends) == 2:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "It must lie between {0} and {1}.")), *ends)
    if low is not None:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "It must be at least {0}.")), *ends)
    raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "It must be at most {0}.")), *ends)


def _on_step(parameter: Parameter, point: Point, value: float) -> None:
    step = parameter.step or values.resolution(point)
    if not step:
        return
    exact, size = _decimal(value), _decimal(step)
    if exact % size == 0:
        return
    below = (exact // size) * size if exact >= 0 else (exact // size - 1) * size
    low, high = limits(parameter)
    near = [
        value_text(parameter, float(mark))
        for mark in (below, below + size)
        if (low is None or float(mark) >= low) and (high is None or float(mark) <= high)
    ]
    steps = step_text(parameter, step)
    if len(near) == 2:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "It goes in steps of {0}: {1} or {2}.")), steps, *near)
    raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "It goes in steps of {0}.")), steps)


def _time(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})\s*[:hH.]\s*(\d{2})", text.strip()) or re.fullmatch(
        r"(\d{1,2})(\d{2})", text.strip()
    )
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "Enter a time of day, for instance 07:30.")))
    return f"{int(match[1]):02d}:{match[2]}"


def _date(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text.strip())
    if match is None or not 1 <= int(match[1]) <= 12 or not 1 <= int(match[2]) <= 31:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "Enter month and day, for instance 12-31.")))
    return f"{int(match[1]):02d}-{int(match[2]):02d}"


def _text(point: Point, text: str) -> str:
    if point.at and len(text.encode("utf-8")) > 2 * point.count:
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "At most {0} characters.")), str(2 * point.count))
    if point.at and not text.isascii():
        raise WrongEntry(str(QT_TRANSLATE_NOOP("parameters", "Only letters without accents, digits and signs.")))
    return text


def _sample(parameter: Parameter) -> str:
    """A value that could be typed."""
    low, high = limits(parameter)
    sample = next((mark for mark in (parameter.factory, high, low) if isinstance(mark, float)), 10.0)
    return value_text(parameter, sample)


def _decimal(value: float) -> Decimal:
    """The number that a person would write: the shortest that gives this float."""
    return Decimal(repr(float(f"{value:.12g}")))


def _places(exact: Decimal) -> int:
    """How many decimals it needs."""
    exponent = exact.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _digits(exact: Decimal) -> str:
    return formatting.number(float(exact), _places(exact))
