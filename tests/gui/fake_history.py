"""A history of ten years made of formulas: sun, load, a counter, a state; silent each day from 3 to 4 h UTC."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.points import Kind, PointKey, Quality
from core.storage.results import PointInfo, Series, State

NOW = 1_750_505_168.0  # 2025-06-21 13:26:08 in Paris
SPAN_S = 10 * 365.25 * 86400
Floats = NDArray[np.float64]


def _sun(t: Floats) -> Floats:
    hour = (t + 7200) % 86400 / 3600
    clear = np.where((hour > 6.2) & (hour < 21.4), np.sin(np.clip((hour - 6.2) / 15.2, 0, 1) * np.pi), 0.0)
    season = 0.65 + 0.35 * np.sin((t - 1_742_400_000) / (365.25 * 86400) * 2 * np.pi)
    return np.maximum(0.0, 7900 * season * clear**1.4 * (0.86 + 0.12 * np.sin(t / 431) * np.sin(t / 97)))


def _load(t: Floats) -> Floats:
    hour = (t + 7200) % 86400 / 3600
    return 950 + 1900 * ((hour > 6.9) & (hour < 8)) + 2200 * ((hour > 18.5) & (hour < 21.5)) + 180 * np.sin(t / 61)


def _grid(t: Floats) -> Floats:
    return _load(t) - _sun(t)


def _soc(t: Floats) -> Floats:
    return 55 + 35 * np.sin((t - 36000) / 86400 * 2 * np.pi)


CURVES: dict[str, tuple[str, Kind, str, str, Callable[[Floats], Floats]]] = {
    "site/solar.power": ("W", Kind.GAUGE, "Solar production", "Production solaire", _sun),
    "site/house.power": ("W", Kind.GAUGE, "House consumption", "Consommation de la maison", _load),
    "site/grid.power": ("W", Kind.GAUGE, "Grid (import positive)", "Réseau (soutirage positif)", _grid),
    "hybrid/battery_soc": ("%", Kind.GAUGE, "State of charge", "État de charge", _soc),
    "hybrid/grid_voltage": (
        "V", Kind.GAUGE, "Grid voltage L1", "Tension du réseau L1", lambda t: 231 + 3 * np.sin(t / 900) + np.sin(t / 7)
    ),
    "hybrid/charged_total": (
        "Wh", Kind.COUNTER, "Energy charged", "Énergie chargée", lambda t: (t - NOW + SPAN_S) / 3600 * 350
    ),
}  # fmt: skip
STATES = (("waiting", 6 * 3600), ("checking", 600), ("generating", 14 * 3600), ("waiting", 4 * 3600 - 600))


class FakeHistory:
    """Keeps the interface of ``core.storage.queries.History``; ``slow_s`` makes each question last, ``fault`` fail."""

    def __init__(self, *, slow_s: float = 0.0, fault: Exception | None = None, empty: bool = False) -> None:
        self.slow_s, self.fault, self.empty = slow_s, fault, empty
        self.asked: list[tuple[PointKey, float, float, int]] = []
        self.threads: set[str] = set()
        self.closed = 0

    def points(self) -> list[PointInfo]:
        self._take_time()
        if self.empty:
            return []
        found = [
            PointInfo(PointKey.parse(text), unit, kind, NOW - SPAN_S, NOW, 1000, en, fr)
            for text, (unit, kind, en, fr, _formula) in CURVES.items()
        ]
        state = PointInfo(PointKey("hybrid", "run_state"), "", Kind.STATE, NOW - SPAN_S, NOW, 90, "State", "État")
        return sorted([*found, state], key=lambda info: info.key)

    def range(self, key: PointKey, start: float, end: float, bins: int) -> Series:
        self._take_time()
        self.asked.append((key, start, end, bins))
        width = max((end - start) / bins, 1.0)
        t = np.arange(np.floor(start / width) * width, end, width)
        formula = CURVES[str(key)][4]
        inner = t[:, None] + width * np.linspace(0.05, 0.95, 7)[None, :]
        values = formula(inner.ravel()).reshape(inner.shape)
        known = (t <= NOW) & (t > NOW - SPAN_S) & ~((t % 86400 > 3 * 3600) & (t % 86400 < 4 * 3600) & (width < 1800))
        count = np.where(known, max(1, int(width)), 0).astype(np.int64)

        def kept(column: Floats) -> Floats:
            return np.where(known, column, np.nan)

        low, mean, high = kept(values.min(1)), kept(values.mean(1)), kept(values.max(1))
        return Series(t, low, mean, high, kept(values[:, 0]), kept(values[:, -1]), count, 0, width)

    def states(self, key: PointKey, start: float, end: float) -> list[State]:
        self._take_time()
        found: list[State] = []
        at = np.floor((start - 86400) / 86400) * 86400
        while at < min(end, NOW):
            for name, lasts in STATES:
                if at + lasts > start and at < min(end, NOW):
                    found.append(State(max(at, start), min(at + lasts, end, NOW), name, Quality.GOOD, 10))
                at += lasts
        return found

    def delta(self, key: PointKey, start: float, end: float) -> float | None:
        self._take_time()
        if start > NOW or end < NOW - SPAN_S:
            return None
        rise = CURVES[str(key)][4](np.array([start, min(end, NOW)]))
        hour = start % 86400 / 3600
        return float(rise[1] - rise[0]) * (0.4 + 0.6 * abs(np.sin(hour / 24 * np.pi)))

    def close(self) -> None:
        self.closed += 1

    def _take_time(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.slow_s:
            time.sleep(self.slow_s)
        if self.fault is not None:
            raise self.fault
