"""The model's words for states, and the words that profiles use for the same."""

from __future__ import annotations

from functools import lru_cache

from core.points import Point

# From the most to the least fitting; a profile's choice id is taken when it is one of them, or else contains one.
_WORDS = {
    "on_grid": ("on_grid", "grid_connected", "normal", "mppt", "running", "run", "generating", "grid", "ok"),
    "backup": ("backup", "emergency_supply", "emergency", "eps", "off_grid", "island", "on_grid"),
    "off": ("off", "standby", "waiting", "stop", "sleeping", "fault"),
    "available": ("evse_available", "available", "idle", "no_vehicle", "unplugged", "state_a", "a", "ready", "free"),
    "connected": ("ev_connected", "connected", "plugged", "preparing", "vehicle_present", "occupied", "b"),
    "waiting": ("evse_ready", "suspended_evse", "suspended", "waiting", "ev_connected", "connected", "paused", "b"),
    "charging": ("charging", "charge", "c"),
    "discharging": ("discharging", "discharge"),
    "resting": ("standby", "idle", "resting", "off"),
    "finished": (
        "stop_charging",
        "finishing",
        "finished",
        "charge_ended",
        "ended",
        "suspended_ev",
        "complete",
        "ev_connected",
        "b",
    ),
}


def state_word(state: str, point: Point) -> str | float:
    """Return the choice id of ``point`` that says ``state``; its first choice when none does, 0 without choices."""
    if not point.choices:
        return 0.0
    return _word(state, tuple(choice.id for choice in point.choices))


@lru_cache(maxsize=256)
def _word(state: str, ids: tuple[str, ...]) -> str:
    small = {name.lower(): name for name in ids}
    words = _WORDS.get(state, (state,))
    for word in words:
        if word in small:
            return small[word]
    for word in words:
        for name, given in small.items():
            if len(word) > 2 and word in name:
                return given
    return ids[0]
