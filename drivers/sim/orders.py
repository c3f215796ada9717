"""What a person may tell a running simulator: cut the grid, give a device a fault, change one of its values, or give a
stick its oddities.
"""

from __future__ import annotations

from core.errors import DecodeError
from core.points import Point, Value
from core.wordtypes import TYPES
from drivers.sim.faults import REVERTS_AFTER_S, Fault, Faults, WriteFault
from drivers.sim.fleet import Fleet
from drivers.sim.station_twin import StationTwin
from drivers.sim.stick_quirks import Quirk


def _kinds(names: type[Fault] | type[WriteFault] | type[Quirk]) -> str:
    return ", ".join(name.value.replace(" ", "_") for name in names)


HELP = f"""Orders:
  outage on | outage off
  fault DEVICE KIND [SECONDS]: {_kinds(Fault)}; a device on CAN or OCPP knows silence only
  write_fault DEVICE KIND [SECONDS]: {_kinds(WriteFault)};
    the seconds of reverts are those until it does ({REVERTS_AFTER_S:g} if left out); none on CAN
  poke DEVICE POINT VALUE: somebody else changes it; in W, Wh, V, A, Hz, %, s, or the id of a choice; a key on OCPP
  clear [DEVICE]
  quirk LINK KIND: {_kinds(Quirk)}
  steady [LINK]
  help"""


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
        case ["write_fault", device, kind, *seconds] if len(seconds) <= 1:
            answer = _write_fault(fleet, device, kind, *seconds)
        case ["poke", device, point, *words] if words:
            answer = _poke(fleet, device, point, " ".join(words))
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
        if (faults := _faults(fleet, name)) is not None:
            faults.clear()
        if name in fleet.twins:
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


def _faults(fleet: Fleet, device: str) -> Faults | None:
    """The faults of a device with registers, or those of the station that a connector belongs to."""
    twin = fleet.twins.get(device)
    return twin.faults if isinstance(twin, StationTwin) else fleet.faults.get(device)


def _write_fault(fleet: Fleet, device: str, kind: str, seconds: str = "") -> str:
    faults = _faults(fleet, device)
    if faults is None:
        return HELP if device in fleet.twins else _no_device(fleet, device)
    try:
        fault = WriteFault(kind.replace("_", " "))
        duration = float(seconds) if seconds else None
    except ValueError:
        return HELP
    if fault is WriteFault.REVERTS:
        after = REVERTS_AFTER_S if duration is None else duration
        faults.inject_write(fault, after_s=after)
        return f"{device}: what is written reverts after {after:g} s"
    faults.inject_write(fault, duration_s=duration)
    return f"{device}: writes are {fault.value}" + (f" for {duration:g} s" if duration else "")


def _poke(fleet: Fleet, device: str, name: str, text: str) -> str:
    twin, bank = fleet.twins.get(device), fleet.banks.get(device)
    try:
        if isinstance(twin, StationTwin):
            twin.keys.poke(name, text)
        elif bank is not None:
            point = bank.points.get(name)
            bank.poke(name, text if point is None else _typed(point, text))
        else:
            return HELP if twin is not None else _no_device(fleet, device)
    except DecodeError as err:
        return str(err)
    return f"{device}: {name} is {text}"


def _typed(point: Point, text: str) -> Value:
    """What has been typed for a point: a number, the id of a choice, ids of bits with | between them, a text."""
    kind = TYPES[point.type].kind if point.type in TYPES else ""
    if kind == "bits":
        return tuple(filter(None, text.split("|")))
    if kind in ("text", "time") or point.choices:
        return text
    try:
        return float(text)
    except ValueError as err:
        raise DecodeError(f"{point.id} is a number, not {text!r}") from err


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
