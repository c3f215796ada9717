"""What is known about one value, line by line, down to its register and words; shown and copied alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from core.frames import Frame
from core.points import Confidence, Point, PointKey, Reading
from gui import formatting, i18n
from gui.models import frame_text, trace, wording
from gui.models.devices import Shown
from gui.sentences import Names, localised

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is, what it says, and whether it deserves a warning's colour."""

    label: str
    text: str
    warn: bool = False


def value_facts(point: Point, reading: Reading | None, zone: tzinfo, names: Names = str) -> list[Fact]:
    """The value, its words, and how the one became the other."""
    digits, unit = wording.value_pair(point, reading)
    facts = [Fact(translate("trace", "Value"), f"{digits}{formatting.SPACE}{unit}" if unit else digits)]
    word, tone = wording.quality(point, reading)
    if reading is None:
        return [*facts, Fact(translate("trace", "Quality"), word)]
    note = formatting.joined([word, localised(reading.note, names)])
    facts.append(Fact(translate("trace", "Quality"), note, tone in (wording.WARNING, wording.FAULT)))
    facts.append(Fact(translate("trace", "Answered"), moment(reading.at, zone)))
    origin = reading.provenance
    if origin is None:
        return [*facts, Fact(translate("trace", "Origin"), translate("trace", "computed by this PC"))]
    if origin.path:
        hidden = translate("trace", "not shown")
        facts.append(Fact(translate("trace", "What stood there"), hidden if point.secret else origin.raw))
        if point.secret:
            return facts
    else:
        facts.append(Fact(translate("trace", "Words, hex"), trace.hex_words(origin.words)))
        facts.append(Fact(translate("trace", "Words, decimal"), trace.decimal_words(origin.words)))
    factor = f"× {_digits(origin.factor)}"
    if len(point.scales) > 1:
        others = ", ".join(_digits(scale) for scale in point.scales)
        factor += " " + translate("trace", "(found among {0})").format(others)
    if not origin.path or isinstance(reading.value, float):
        facts.append(Fact(translate("trace", "Factor used"), factor))
    if point.scale_by:
        facts.append(Fact(translate("trace", "Factor from"), point.scale_by))
    if point.offset:
        facts.append(Fact(translate("trace", "Offset"), f"{_digits(point.offset)}{formatting.SPACE}{point.unit}"))
    if origin.note:
        facts.append(Fact(translate("trace", "Decoding"), localised(origin.note, names)))
    return facts


def choice_facts(point: Point, device: Shown | None) -> list[Fact]:
    """Which variant of the device was chosen for this point, and where the operator settles it otherwise."""
    if device is None or device.profile_data is None:
        return []
    rule = device.profile_data.rules.get(point.scale_by)
    wanted = [option for option in (rule.option if rule else "", point.when[0] if point.when else "") if option]
    facts: list[Fact] = []
    for option in dict.fromkeys(wanted):
        chosen = wording.option_words(option, device.options.get(option, ""))
        where = translate("trace", "options: {0} in the site file").format(option)
        facts.append(Fact(device.names(option), formatting.joined([chosen, where])))
    return facts


def register_facts(point: Point, key: PointKey, reading: Reading | None, place: str = "") -> list[Fact]:
    """Where the map says it lies, and who says so. ``place`` says which of its line's devices it is."""
    facts = [Fact(translate("trace", "Point"), str(key))]
    origin = reading.provenance if reading is not None else None
    if point.at:
        at = wording.address(point)
        decimals = str(point.address) if point.count == 1 else f"{point.at[0]} … {point.at[-1]}"
        facts.append(Fact(translate("trace", "Register"), f"{at} ({decimals})"))
    if path := (origin.path if origin is not None else "") or point.path:
        facts.append(Fact(translate("trace", "Path"), path))
    elif origin is not None and origin.address != point.address:
        facts.append(Fact(translate("trace", "Asked at"), f"0x{origin.address:04X} ({origin.address})"))
    if point.function is not None:
        facts.append(
            Fact(translate("trace", "Function"), function_words(origin.function if origin else point.function))
        )
    if origin is not None:
        facts.append(Fact(translate("trace", "Link, address"), f"{origin.link}, {place or origin.unit}"))
    if point.path and not point.at:
        facts.append(Fact(translate("trace", "Type"), point.type))
        return facts + _map_facts(point)
    kind = f"{point.type}, {translate('trace', '{0} words').format(point.count)}" if point.count > 1 else point.type
    facts.append(Fact(translate("trace", "Type"), kind if point.count < 2 else f"{kind}, {point.order}"))
    return facts + _map_facts(point)


def _map_facts(point: Point) -> list[Fact]:
    """Range, confidence, source and note."""
    facts: list[Fact] = []
    if point.low is not None or point.high is not None:
        low, high = (formatting.DASH if limit is None else _digits(limit) for limit in (point.low, point.high))
        facts.append(Fact(translate("trace", "Plausible"), f"{low} … {high}{formatting.SPACE}{point.unit}".rstrip()))
    if point.confidence is Confidence.INFERRED:
        facts.append(Fact(translate("trace", "Meaning"), translate("trace", "inferred, to be confirmed on site"), True))
    source = point.source or formatting.DASH
    facts.append(Fact(translate("trace", "Source"), f"{source} · points.csv:{point.line}" if point.line else source))
    if point.note:
        facts.append(Fact(translate("trace", "Note"), point.note))
    return facts


def frame_line(frame: Frame, zone: tzinfo) -> tuple[str, str]:
    """Time, duration and outcome of an exchange in one line, and the outcome's tone."""
    word, tone = wording.outcome(frame.outcome)
    took = translate("trace", "{0} in {1} ms").format(word, round(frame.took_s * 1000)) if frame.took_s else word
    parts = [translate("trace", "Frame {0}").format(frame.number), moment(frame.at, zone), took, localised(frame.note)]
    return formatting.joined(parts), tone


def as_text(title: str, facts: list[Fact], frame: Frame | None, zone: tzinfo, kind: str = "") -> str:
    """The whole trace for the clipboard. ``kind`` is that of the frame's link."""
    lines = [title, *(f"{fact.label}: {fact.text}" for fact in facts)]
    if frame is not None:
        lines.append(frame_line(frame, zone)[0])
        lines.append(f"{translate('trace', 'Sent')}: {frame_text.short(kind, frame.sent)}")
        lines.append(f"{translate('trace', 'Received')}: {frame_text.short(kind, frame.received)}")
    return "\n".join(lines)


def function_words(function: int) -> str:
    """``3 · holding register``."""
    names = {
        1: translate("trace", "coil"),
        2: translate("trace", "discrete input"),
        3: translate("trace", "holding register"),
        4: translate("trace", "input register"),
    }
    return formatting.joined([str(function), names.get(function, "")])


def moment(at: float, zone: tzinfo) -> str:
    """Local date and time of the site with milliseconds."""
    when = datetime.fromtimestamp(at, zone)
    return when.strftime("%Y-%m-%d %H:%M:%S.") + f"{when.microsecond // 1000:03d}"


def _digits(value: float) -> str:
    text = f"{value:.10g}"
    return text.replace(".", ",") if i18n.current() == "fr" else text
