"""What a person may tell a running simulator: cut the grid, or give a device a fault."""

from __future__ import annotations

from drivers.sim.faults import Fault
from drivers.sim.fleet import Fleet

HELP = "outage on | outage off | fault DEVICE KIND [SECONDS] | clear [DEVICE] | help; kinds: " + ", ".join(
    fault.value.replace(" ", "_") for fault in Fault
)


def obey(order: str, fleet: Fleet) -> str:
    """Carry out one line; return what to answer. Never raises: a wrong order gets a sentence."""
    words = order.split()
    if not words:
        return ""
    verb, rest = words[0], words[1:]
    if verb == "outage" and rest in (["on"], ["off"]):
        fleet.model.outage = rest == ["on"]
        return "the grid is cut" if fleet.model.outage else "the grid is back"
    if verb == "fault" and len(rest) in (2, 3):
        return _fault(fleet, *rest)
    if verb == "clear" and len(rest) <= 1:
        chosen = rest or list(fleet.faults)
        if unknown := [name for name in chosen if name not in fleet.faults]:
            return f"there is no device {unknown[0]!r}; there are {', '.join(fleet.faults)}"
        for name in chosen:
            fleet.faults[name].clear()
        return "no more faults"
    return HELP


def _fault(fleet: Fleet, device: str, kind: str, seconds: str = "") -> str:
    if device not in fleet.faults:
        return f"there is no device {device!r}; there are {', '.join(fleet.faults)}"
    try:
        fault = Fault(kind.replace("_", " "))
        duration = float(seconds) if seconds else None
    except ValueError:
        return HELP
    fleet.faults[device].inject(fault, duration_s=duration)
    return f"{device}: {fault.value}" + (f" for {duration:g} s" if duration else "")
