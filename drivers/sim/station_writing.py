"""What becomes of a ChangeConfiguration at a simulated station: judged by its keys, then spoiled by its faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drivers.sim.faults import Faults, InjectedWrite, WriteFault
from drivers.sim.station_keys import ACCEPTED, FLAGS, REBOOT, REJECTED, Key, StationKeys
from drivers.sim.writing import HungUp, Silence


def change(keys: StationKeys, faults: Iterable[Faults], name: str, value: str) -> str:
    """Have a station take a key; return the status of its answer. Raises Silence or HungUp where there is none."""
    status = keys.judge(name, value)
    key = keys.find(name)
    if key is None or status not in (ACCEPTED, REBOOT):
        return status
    struck = _struck(faults, key)
    if WriteFault.LOST in struck:
        raise HungUp
    if not struck.keys().isdisjoint((WriteFault.REFUSED, WriteFault.REMOTE_OFF)):
        return REJECTED
    for fault, other in ((WriteFault.CLAMPED, _clamped), (WriteFault.SCALED, _scaled)):
        if fault in struck:
            value = other(key, value)
    if WriteFault.IGNORED not in struck:
        reverts = struck.get(WriteFault.REVERTS)
        keys.take(key.name, value, revert_s=reverts.after_s if reverts else None)
    if WriteFault.SILENT in struck:
        raise Silence
    return status


def _struck(faults: Iterable[Faults], key: Key) -> Mapping[WriteFault, InjectedWrite]:
    """The faults that hit this key, whichever of the station's connectors has them."""
    names = {key.name, *(() if key.point is None else (key.point.id,))}
    return {name: on for each in faults for name, on in each.strike_write(names).items()}


def _clamped(key: Key, value: str) -> str:
    """The low end of a number's range, or another number where that was asked for; the other flag; half a text."""
    if key.kind == "flag":
        return next(word for words in FLAGS if value.lower() in words for word in words if word != value.lower())
    if key.kind != "number":
        return value[: len(value) // 2]
    codes = [choice.code for choice in key.point.choices] if key.point is not None else []
    low, high = key.ends()
    ends = codes or [low or 0.0, (low or 0.0) + 1.0 if high is None else high]
    return next((f"{end:g}" for end in ends if float(end) != float(value)), value)


def _scaled(key: Key, value: str) -> str:
    """Ten times a number; anything else as it is."""
    return f"{10.0 * float(value):.15g}" if key.kind == "number" else value
