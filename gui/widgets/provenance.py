"""Where a figure comes from, in words: device, register, raw words, scale, age."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.points import PointKey
from gui import formatting
from gui.formatting import joined
from gui.models.devices import names_of
from gui.sentences import digits, localised

if TYPE_CHECKING:
    from core.facade import Station

translate = QCoreApplication.translate
MOST = 4


def origin_lines(station: Station, key: PointKey) -> list[str]:
    """What is known about one value: its name and value, then its register, raw words, scale, link and age."""
    reading, point = station.latest(key), station.point(key)
    title = point.title(formatting.language()) if point else key.point
    head = translate("origin", "{0} · {1}: {2}")
    lines = [head.format(key.device, title, formatting.reading(reading, point))]
    if reading is None:
        return lines
    origin = reading.provenance
    age = formatting.age_of(reading.at, time.time())
    if origin is None:
        return [*lines, joined((translate("origin", "computed by Wattelier"), age))]
    words = " ".join(f"{word:04X}" for word in origin.words)
    register = origin.path or translate("origin", "register 0x{0:04X}").format(origin.address)
    stood = "" if point is not None and point.secret else words or origin.raw
    raw = translate("origin", "raw {0}").format(stood) if stood else ""
    scale = translate("origin", "scale × {0}").format(
        digits(f"{origin.factor:g}") if origin.factor else formatting.DASH
    )
    profile = next((view.config.profile for view in station.devices() if view.id == key.device), None)
    note = localised(reading.note or origin.note, names_of(profile))
    return [*lines, joined((register, raw, scale)), joined((origin.link, age, note))]


def missing_reason(station: Station, keys: Iterable[PointKey]) -> str:
    """Which device gives no value, and why: ``Deye 12K: the class of power is not settled``; empty when unknown."""
    views = {view.id: view for view in station.devices()}
    for key in keys:
        reading = station.latest(key)
        if reading is None or reading.value is not None or not reading.note:
            continue
        view = views.get(key.device)
        why = localised(reading.note, names_of(view.config.profile if view else None))
        title = view.config.title if view else key.device
        return translate("origin", "{0}: {1}").format(title, why)
    return ""


def origin_text(station: Station, keys: Iterable[PointKey]) -> str:
    """The origin of several values, each a paragraph; a few of them, then how many more."""
    wanted = list(keys)
    blocks = ["\n".join(origin_lines(station, key)) for key in wanted[:MOST]]
    if len(wanted) > MOST:
        blocks.append(translate("origin", "and {0} more").format(len(wanted) - MOST))
    return "\n\n".join(blocks)
