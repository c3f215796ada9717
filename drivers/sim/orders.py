"""What a person may tell a running simulator: cut the grid, give a device a fault, or a stick its oddities."""

from __future__ import annotations

from drivers.sim.faults import Fault
from drivers.sim.fleet import Fleet
from drivers.sim.stick_quirks import Quirk


def _kinds(names: type[Fault] | type[Quirk]) -> str:
    return ", ".join(name.value.replace(" ", "_") for name in names)


HELP = (
    "outage on | outage off | fault DEVICE KIND [SECONDS] | clear [DEVICE] | quirk LINK KIND | steady [LINK] | help; "
    "a device on CAN or OCPP knows silence only; "
    f"kinds of faults: {_kinds(Fault)}; quirks of a SOLARMAN stick: {_kinds(Quirk)}"
)


def obey(order: str, fleet: Fleet) -> str:
    """Carry out one line; return what to answer. Never raises: a wrong order gets a sentence."""
    answer = HELP
    match order.split():
        case []:
            answer = ""
        case ["outage", ("on" | "off") as state]:
            fleet.model.outage = state == "on"
            answer = "the grid is cut" if fleet.model.outage else "the grid is back"
        case ["fault", device, kind, *seconds] if len(seconds) <= 1:
            answer = _fault(fleet, device, kind, *seconds)
        case ["clear", *names] if len(names) <= 1:
            answer = _clear(fleet, names)
        case ["quirk", link, kind]:
            answer = _quirk(fleet, link, kind)
        case ["steady", *names] if len(names) <= 1:
            answer = _steady(fleet, names)
        case _:
            pass
    return answer


def _clear(fleet: Fleet, names: list[str]) -> str:
    if unknown := [name for name in names if name not in (*fleet.faults, *fleet.twins)]:
        return _no_device(fleet, unknown[0])
    for name in names or (*fleet.faults, *fleet.twins):
        if name in fleet.faults:
            fleet.faults[name].clear()
        else:
            fleet.twins[name].mute = False
    return "no more faults"


def _steady(fleet: Fleet, names: list[str]) -> str:
    for name in names or list(fleet.quirks):
        if name not in fleet.quirks:
            return _no_stick(fleet, name)
        fleet.quirks[name].off()
    return "no more quirks"


def _fault(fleet: Fleet, device: str, kind: str, seconds: str = "") -> str:
    if (twin := fleet.twins.get(device)) is not None and kind == Fault.SILENCE.value and not seconds:
        twin.mute = True
        return f"{device}: {kind}"
    if twin is not None:
        return HELP
    if device not in fleet.faults:
        return _no_device(fleet, device)
    try:
        fault = Fault(kind.replace("_", " "))
        duration = float(seconds) if seconds else None
    except ValueError:
        return HELP
    fleet.faults[device].inject(fault, duration_s=duration)
    return f"{device}: {fault.value}" + (f" for {duration:g} s" if duration else "")


def _quirk(fleet: Fleet, link: str, kind: str) -> str:
    if link not in fleet.quirks:
        return _no_stick(fleet, link)
    try:
        quirk = Quirk(kind.replace("_", " "))
    except ValueError:
        return HELP
    fleet.quirks[link].on(quirk)
    return f"{link}: {quirk.value}"


def _no_device(fleet: Fleet, device: str) -> str:
    return f"there is no device {device!r}; there are {', '.join((*fleet.faults, *fleet.twins))}"


def _no_stick(fleet: Fleet, link: str) -> str:
    return f"there is no stick on {link!r}; there are {', '.join(fleet.quirks) or 'none'}"
