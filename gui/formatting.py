"""Numbers for people: 12.4 kW, 57 %, 3 min ago, a dash for nothing.

Inner units come in (W, Wh, V, …), text goes out. The decimal sign follows ``QLocale()``, which ``gui.i18n``
sets together with the language. Digits and units are held together by a narrow no-break space.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from core.points import Kind, Point, Reading, Value

DASH = "—"
SPACE = "\u202f"  # narrow no-break space
MINUS = "−"

PREFIXED = frozenset({"W", "Wh", "var", "varh", "VA", "VAh"})
"""Units that change to kilo and mega; three significant digits from the kilo on."""

DECIMALS = {
    "V": 1, "A": 1, "Hz": 2, "%": 0, "°C": 0, "°": 1, "s": 0, "Ah": 1, "Ω": 2, "mV": 0, "mA": 0,
    "m³": 3, "dm³": 0, "km": 1, "bar": 2, "kW": 2, "kWh": 1,
}  # fmt: skip
"""Fixed decimals of the others: a figure that changes live must not change its width."""

translate = QCoreApplication.translate


def number(value: float | None, decimals: int = 0) -> str:
    """Return the digits alone, grouped by three: ``12 345,6``; a dash for None and NaN."""
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{value:_.{decimals}f}".replace("_", SPACE)
    if text.startswith("-"):
        text = text[1:] if not any(digit in text for digit in "123456789") else MINUS + text[1:]
    return text.replace(".", QLocale().decimalPoint())


def pair(value: float | None, unit: str, decimals: int | None = None) -> tuple[str, str]:
    """Return digits and unit apart, as people write them: ``(6840, "W")`` gives ``("6,84", "kW")``."""
    if value is None or not math.isfinite(value):
        return DASH, ""
    if unit in PREFIXED and decimals is None:
        return _prefixed(value, unit)
    if decimals is None:
        decimals = DECIMALS.get(unit, _free_decimals(value))
    return number(value, decimals), unit


def quantity(value: float | None, unit: str, decimals: int | None = None) -> str:
    """Return digits and unit as one text: ``6,84 kW``, ``50,01 Hz``, ``57 %``, ``—``."""
    digits, shown = pair(value, unit, decimals)
    return f"{digits}{SPACE}{shown}" if shown else digits


def power(watts: float | None) -> str:
    """W below 1000, then kW and MW with three significant digits. The sign is kept: see ``magnitude``."""
    return quantity(watts, "W")


def energy(watt_hours: float | None) -> str:
    """Wh below 1000, then kWh and MWh with three significant digits."""
    return quantity(watt_hours, "Wh")


def magnitude(value: float | None, unit: str = "W") -> str:
    """Without its sign: what stands beside a sign word (import, export, charging, discharging)."""
    return quantity(None if value is None else abs(value), unit)


def percent(value: float | None) -> str:
    """``57 %`` from 57."""
    return quantity(value, "%")


def share(value: float | None) -> str:
    """``57 %`` from 0.57."""
    return percent(None if value is None else 100 * value)


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, with middle dots between: ``399 V · 50,01 Hz``."""
    return " · ".join(part for part in parts if part and part != DASH)


def duration(seconds: float | None) -> str:
    """The largest fitting unit: ``0,4 s``, ``12 s``, ``3 min``, ``2 h``, ``5 d``."""
    if seconds is None or not math.isfinite(seconds):
        return DASH
    seconds = max(0.0, seconds)
    if seconds < 9.95:
        whole = abs(seconds - round(seconds)) < 0.05
        return f"{number(seconds, 0 if whole else 1)}{SPACE}s"
    hour, day = translate("formatting", "h"), translate("formatting", "d")
    for size, limit, unit in ((1, 60, "s"), (60, 60, "min"), (3600, 48, hour), (86400, math.inf, day)):
        count = int(round(seconds) / size)
        if count < limit:
            return f"{number(count)}{SPACE}{unit}"
    return DASH


def age(seconds: float | None) -> str:
    """How long ago: ``3 min ago``, ``il y a 3 min``; ``just now`` below two seconds."""
    if seconds is None or not math.isfinite(seconds):
        return DASH
    if seconds < 2:
        return translate("formatting", "just now")
    return translate("formatting", "{0} ago").format(duration(round(seconds)))


def age_of(at: float | None, now: float | None = None) -> str:
    """Age of a moment (Unix s)."""
    return age(None if at is None else (time.time() if now is None else now) - at)


def size(amount: float | None) -> str:
    """Bytes as people say them: ``5.8 MB``, ``5,8 Mo``."""
    if amount is None or not math.isfinite(amount):
        return DASH
    factor = next((factor for factor in (1.0, 1e3, 1e6) if amount < 999.5 * factor), 1e9)
    count = amount / factor
    unit = {
        1.0: translate("formatting", "B"),
        1e3: translate("formatting", "kB"),
        1e6: translate("formatting", "MB"),
        1e9: translate("formatting", "GB"),
    }[factor]
    return f"{number(count, 1 if count < 99.95 and factor > 1 else 0)}{SPACE}{unit}"


def clock(at: float | None, seconds: bool = True) -> str:
    """Local time of day of a moment (Unix s): ``13:26:08``."""
    if at is None or not math.isfinite(at):
        return DASH
    return time.strftime("%H:%M:%S" if seconds else "%H:%M", time.localtime(at))


def hour(number: int) -> str:
    """An hour of the day as a mark on an axis: ``03:00``, ``3 h``."""
    return translate("formatting", "{0}:00").format(f"{number:02d}" if language() == "en" else str(number))


def day_and_clock(at: float | None, zone: tzinfo | None = None) -> str:
    """Date and time: ``2025-03-02 13:26:08``; in the zone of a site, or that of this computer."""
    if at is None or not math.isfinite(at):
        return DASH
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}"


def value(value: Value, point: Point | None = None, unit: str = "") -> str:
    """Any reading's value as text: number with unit, the words of a choice, the names of set bits."""
    if value is None:
        return DASH
    if isinstance(value, tuple):
        return ", ".join(choice_title(point, item) for item in value) or translate("formatting", "none")
    if isinstance(value, str) and point is not None and point.kind is Kind.TIME:
        return value.replace("T", " ", 1) or DASH  # told by the device, in the zone that its title names
    if isinstance(value, str):
        return choice_title(point, value) if value else DASH
    if point is not None and point.kind is Kind.TIME:
        return day_and_clock(value)
    return quantity(value, unit or (point.unit if point else ""))


def reading(reading: Reading | None, point: Point | None = None) -> str:
    """A reading as text; a dash for nothing."""
    return DASH if reading is None else value(reading.value, point, reading.unit)


def choice_title(point: Point | None, choice_id: str) -> str:
    """Words of a choice or a bit in the current language, else its id."""
    for choice in point.choices if point else ():
        if choice.id == choice_id:
            return (choice.fr if language() == "fr" else choice.en) or choice.en or choice.id
    return choice_id


def language() -> str:
    """``"fr"`` or ``"en"``: what people read now."""
    return "fr" if QLocale().language() == QLocale.Language.French else "en"


def _prefixed(value: float, unit: str) -> tuple[str, str]:
    size = abs(value)
    if size < 999.5:
        return number(value), unit
    factor, prefix = (1e3, "k") if size < 999.5e3 else (1e6, "M") if size < 999.5e6 else (1e9, "G")
    scaled = size / factor
    decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
    return number(value / factor, decimals), prefix + unit


def _free_decimals(value: float) -> int:
    """Decimals of a number without a known unit: whole numbers stay whole, others show up to three."""
    for decimals in range(3):
        if math.isclose(value, round(value, decimals), abs_tol=5e-5):
            return decimals
    return 3
