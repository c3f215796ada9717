"""Words of the coupling assistants: verdicts, what a check has found, its figures, how far a run is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from core.couplings.checks import Figure, Finding, Reason, Verdict
from core.couplings.guide import Check, Kind
from core.points import Confidence, Point, Reading, Value
from gui import formatting, i18n
from gui.models import wording
from gui.models.couplings_run import CheckRun, Stage
from gui.models.wording import FAULT, HEALTHY, MUTED, WARNING

translate = QCoreApplication.translate

Points = Callable[[str], Point | None]
"""From the id of a point to the point."""


def verdict(value: Verdict | None) -> tuple[str, str]:
    """Word and tone of a verdict; None: not done yet."""
    if value is None:
        return translate("couplings", "to do"), MUTED
    return {
        Verdict.PASS: (translate("couplings", "passed"), HEALTHY),
        Verdict.FAIL: (translate("couplings", "failed"), FAULT),
        Verdict.OPEN: (translate("couplings", "inconclusive"), WARNING),
    }[value]


def confidence(value: Confidence) -> str:
    """Where a text or a threshold comes from."""
    if value is Confidence.DOCUMENTED:
        return translate("couplings", "from the maker's guide")
    return translate("couplings", "inferred: to be confirmed on site")


def sentence(check: Check, finding: Finding) -> str:
    """What the check has found, in one or two sentences, with its figures."""
    if finding.reason is Reason.UNMET:
        unmet = [check.holds[row].unmet.text(i18n.current()) for row in finding.unmet if row < len(check.holds)]
        return " ".join(unmet) or _plain(Reason.UNMET)
    if finding.reason is Reason.NOT_PROVOKED and check.given:
        return translate("couplings", "{0} Nothing was judged.").format(check.given[0].unmet.text(i18n.current()))
    shown = {figure.name: figure.value for figure in finding.figures}
    load, change = _watts(shown.get("load")), _watts(shown.get("change"))
    moved = {
        Reason.RIGHT: translate(
            "couplings", "When {0} was switched, the import rose by {1}: the measurement is the right way round."
        ),
        Reason.REVERSED: translate(
            "couplings", "When {0} was switched, the import fell by {1}: the measurement is the wrong way round."
        ),
        Reason.NO_STEP: translate(
            "couplings",
            "When {0} was switched, the import moved by {1} only: the load was not switched, or it is not behind this "
            "measurement.",
        ),
        Reason.MISMATCH: translate(
            "couplings",
            "When {0} was switched, the import moved by {1}, which does not fit: another power, another load "
            "meanwhile, or a wrong ratio of the CT.",
        ),
    }.get(finding.reason)
    if moved is not None and load and change:
        return moved.format(load, change)
    if finding.reason is Reason.COVERED and (battery := _watts(shown.get("battery"))):
        return translate(
            "couplings",
            "The battery supplied {0} of the {1} that were switched, so the grid shows nothing: open the breaker of "
            "the battery and do it again.",
        ).format(battery, load)
    return _plain(finding.reason)


def _watts(value: Value) -> str:
    return formatting.magnitude(value) if isinstance(value, (int, float)) else ""


def _plain(reason: Reason) -> str:
    return {
        Reason.HELD: translate("couplings", "Everything was right over the whole check."),
        Reason.UNMET: translate("couplings", "A condition was not met."),
        Reason.UNSTEADY: translate(
            "couplings", "The values were right at times and wrong at times: wait until they are steady."
        ),
        Reason.TOO_FEW: translate(
            "couplings", "Not enough fresh readings came: is the link up, and is it quick enough?"
        ),
        Reason.UNTRUSTED: translate(
            "couplings", "Some readings were stale, bad or unknown, so nothing follows from them."
        ),
        Reason.NOT_PROVOKED: translate("couplings", "What had to be switched was not switched in time."),
        Reason.STOPPED: translate("couplings", "Stopped before there was a result."),
        Reason.LIVES: translate("couplings", "The measurement follows the loads."),
        Reason.NOUGHT: translate("couplings", "The measurement read exactly 0 all the time."),
        Reason.STILL: translate("couplings", "The measurement hardly moved: switch a larger load meanwhile."),
        Reason.RIGHT: translate("couplings", "The measurement is the right way round."),
        Reason.REVERSED: translate("couplings", "The measurement is the wrong way round."),
        Reason.NO_STEP: translate("couplings", "The import did not follow the load."),
        Reason.MISMATCH: translate("couplings", "The import moved by something else than the load."),
        Reason.COVERED: translate("couplings", "The battery supplied the load, so the grid shows nothing."),
        Reason.SOLAR_MOVED: translate(
            "couplings", "The solar production changed meanwhile: cover the PV, or wait for a steady sky."
        ),
        Reason.RESTLESS: translate(
            "couplings", "Other loads were switched meanwhile: keep them still and do it again."
        ),
        Reason.WARNED: translate(
            "couplings",
            "The figures are right, but the inverter itself reports a reversed CT (W28): look at its screen.",
        ),
    }[reason]


def figure_title(figure: Figure, points: Points) -> str:
    """What a figure is."""
    names = {
        "load": translate("couplings", "Power switched"),
        "before": translate("couplings", "Grid before"),
        "after": translate("couplings", "Grid after"),
        "change": translate("couplings", "Change of the import"),
        "battery": translate("couplings", "Change of the battery"),
        "solar": translate("couplings", "Change of the solar production"),
    }
    if figure.name in names:
        return names[figure.name]
    point = points(figure.name)
    return point.title(i18n.current()) if point is not None else figure.name


def figure_value(check: Check, figure: Figure, points: Points) -> str:
    """A figure for people; which way a power goes is said in a word."""
    value = figure.value
    if not isinstance(value, (int, float)):
        return value_words(points(figure.name), value)
    if figure.name in ("before", "after") or figure.name in _grid(check):
        return _directed("grid", value, figure.unit)
    if figure.name in ("change", "battery", "solar"):
        return _moved(figure.name, value)
    if check.step is not None and figure.name in check.step.battery:
        return _directed("battery", value, figure.unit)
    return formatting.quantity(value, figure.unit)


def _grid(check: Check) -> tuple[str, ...]:
    return (*check.moves, *(check.step.grid if check.step is not None else ()))


def _directed(flow: str, value: float, unit: str) -> str:
    word = wording.sign_word(flow, value) if abs(value) >= 0.5 else ""
    shown = formatting.magnitude(value, unit or "W")
    return f"{shown} {word}" if word else shown


def _moved(name: str, value: float) -> str:
    if abs(value) < 0.5:
        return translate("couplings", "none")
    shown = formatting.magnitude(value)
    if name == "battery":
        more = translate("couplings", "{0} more discharge"), translate("couplings", "{0} more charge")
    else:
        more = translate("couplings", "{0} up"), translate("couplings", "{0} down")
    return more[value < 0].format(shown)


def value_words(point: Point | None, value: Value) -> str:
    """A value that is no number: words of choices, or that no bit is set."""
    if value == ():
        return wording.none_set()
    if point is not None and isinstance(value, tuple):
        return ", ".join(wording.code_words(point, item) for item in value)
    if point is not None and isinstance(value, str):
        return wording.code_words(point, value)
    return formatting.value(value, point)


def live(check: Check, point: Point, reading: Reading | None) -> str:
    """A reading as it is now."""
    if reading is None or reading.value is None:
        return formatting.DASH
    if isinstance(reading.value, (int, float)):
        return figure_value(check, Figure(point.id, float(reading.value), reading.unit or point.unit), lambda _: point)
    return value_words(point, reading.value)


def shown_figures(check: Check, finding: Finding, points: Points) -> list[tuple[str, str]]:
    """Titles and values of the figures that led to a verdict."""
    return [(figure_title(figure, points), figure_value(check, figure, points)) for figure in finding.figures]


def brief(check: Check, finding: Finding, points: Points) -> str:
    """The figures that say most, for a line of a summary: numbers before states, what is there before what is not."""
    told = [figure for figure in finding.figures if figure.value != ()]
    if check.kind is Kind.STEP:
        told = [figure for figure in told if figure.name == "change"]
    told.sort(key=lambda figure: 1 if isinstance(figure.value, str) else 2 if figure.value == 0 else 0)
    return formatting.joined([figure_value(check, figure, points) for figure in told[:3]])


def stage(run: CheckRun) -> str:
    """What a run is doing, or what it asks the technician to do."""
    left = formatting.duration(round(run.left_s))
    return {
        Stage.IDLE: "",
        Stage.DONE: "",
        Stage.GIVEN: translate("couplings", "Waiting for the grid to be switched off; given up in {0}.").format(left),
        Stage.READING: translate("couplings", "Reading…"),
        Stage.BEFORE: translate("couplings", "Measuring as it is; leave everything as it is."),
        Stage.SWITCH: translate("couplings", "Switch now, then press the button; given up in {0}.").format(left),
        Stage.SETTLING: translate("couplings", "Letting it settle…"),
        Stage.AFTER: translate("couplings", "Measuring after the switch; leave everything as it is."),
    }[run.stage]
