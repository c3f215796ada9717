"""House, grid, solar, battery and vehicle power from readings; the sign rules live here and nowhere else.

Everything is in W, positive towards the house (import, production, discharge); consumption is positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.points import NOT_AVAILABLE, REFUSED, PointKey, Quality, Reading
from core.roles import RoleMap

DEAD_VOLTAGE = 50.0  # below it, the grid is considered absent
OFF_GRID = frozenset({"emergency_supply", "off_grid", "eps", "backup"})  # states of inverters
_WORST = (Quality.GOOD, Quality.STALE, Quality.UNKNOWN, Quality.BAD)


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the synoptic. ``power`` None means no value; ``at`` is the time of its oldest part (Unix s)."""

    power: float | None = None
    quality: Quality = Quality.UNKNOWN
    at: float | None = None
    sources: tuple[PointKey, ...] = ()
    present: bool = False  # whether the site has such a thing at all
    absent: bool = False  # the device says that it has no such phase, string or pack


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things of a kind: a string, an inverter, a battery, a charging station."""

    device: str
    label: str
    node: Node


@dataclass(frozen=True, slots=True)
class Flow:
    """Power that goes from one node to another: ``solar``, ``grid``, ``battery``, ``house``, ``vehicle``."""

    origin: str
    target: str
    power: float


@dataclass(frozen=True, slots=True)
class Flows:
    """The balance of one moment.

    ``unexplained`` is what the balance cannot account for (W, signed: positive = power that appears from nowhere);
    ``origins`` gives the share (0 to 1) of solar, battery and grid in what house and vehicle consume.
    ``house`` leaves the vehicles out; ``consumption`` is both together. It follows from what arrives, so that it is
    known also while a charging station keeps silent and nobody can say which part of it is the house's.
    ``house_measured`` tells whether a device measures the house or it is computed from the rest; ``losses`` is what
    the inverters turn into heat (W), where their AC side is measured.
    """

    at: float = 0.0
    solar: Node = field(default_factory=Node)
    grid: Node = field(default_factory=Node)
    battery: Node = field(default_factory=Node)
    house: Node = field(default_factory=Node)
    vehicle: Node = field(default_factory=Node)
    consumption: Node = field(default_factory=Node)
    flows: tuple[Flow, ...] = ()
    unexplained: float | None = None
    losses: float | None = None
    house_measured: bool = False
    origins: dict[str, float] = field(default_factory=dict[str, float])
    soc: float | None = None
    grid_voltage: float | None = None
    grid_frequency: float | None = None
    battery_voltage: float | None = None
    battery_temperature: float | None = None
    outage: bool = False
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict[str, tuple[Part, ...]])


def balance(maps: Iterable[RoleMap], readings: Mapping[PointKey, Reading], at: float) -> Flows:
    """Work out the balance from the newest readings (already aged). Pure; any thread.

    Where a grid meter stands, it alone says what the grid gives, stale or not: an inverter without a current
    transformer says 0 with the same confidence. The house is the sum of what arrives on the AC side (grid, inverters,
    other producers) less the vehicles, unless a meter measures it.
    """
    maps = tuple(maps)
    solar, battery, vehicle = (_parts(maps, readings, kind) for kind in ("solar", "battery", "charger"))
    solar_node, battery_node, vehicle_node = _sum(solar), _sum(battery), _sum(vehicle)
    grid_node = _grid(maps, readings)
    supply, losses = _supply(maps, readings, grid_node)
    measured = _first(maps, readings, "house.power", roles=("house",))
    known = _first(maps, readings, "house.power", roles=("inverter",))
    house, reference = _house(supply, vehicle_node, measured, known)
    arriving = supply
    if known is None and not grid_node.present:
        # without a measure of the grid, what the inverters give is all that is known of what is drawn
        arriving = _doubted(supply)
        house = house if measured is not None else _doubted(house)
    consumption = _consumption(arriving, known, house, vehicle_node)
    unexplained = None
    vehicles_known = not vehicle_node.present or vehicle_node.quality is Quality.GOOD
    if supply.quality is Quality.GOOD and supply.power is not None and vehicles_known:
        if reference is not None:
            unexplained = supply.power - reference
        elif house.power is not None and supply.power < (vehicle_node.power or 0.0):
            unexplained = supply.power - (vehicle_node.power or 0.0)
    flows = _flows(solar_node, grid_node, battery_node, consumption, vehicle_node)
    return Flows(
        at=at,
        solar=solar_node,
        grid=grid_node,
        battery=battery_node,
        house=house,
        vehicle=vehicle_node,
        consumption=consumption,
        flows=flows,
        unexplained=unexplained,
        losses=losses,
        house_measured=measured is not None,
        origins=_origins(flows),
        soc=_mean(maps, readings, "battery.soc"),
        grid_voltage=_grid_voltage(maps, readings),
        grid_frequency=_mean(maps, readings, "grid.frequency", 1),
        battery_voltage=_mean(maps, readings, "battery.voltage", 1),
        battery_temperature=_mean(maps, readings, "battery.temperature", 1),
        outage=_outage(maps, readings),
        parts={"solar": solar, "battery": battery, "vehicle": vehicle, "string": _strings(maps, readings, solar)},
    )


def _power(entry: RoleMap, readings: Mapping[PointKey, Reading], role: str) -> Node | None:
    """A power role of one device: its total, or the sum of its phases, strings or packs where there is no total."""
    node = _node(entry.find(role, readings), entry.roles[role][:1]) if role in entry.roles else None
    if node is None or (node.power is None and node.at is not None):
        depth = role.count(".") + 1
        pieces = [
            _node(entry.find(name, readings), keys[:1])
            for name, keys in entry.roles.items()
            if name.startswith(f"{role}.") and name.count(".") == depth
        ]
        # one that has not been read yet still counts, or the sum would be too small until it is
        there = [piece for piece in pieces if not piece.absent]
        node = _total(there) if there else node or (_total(pieces) if pieces else None)
    if node is not None and entry.reversed and node.power is not None:
        node = replace(node, power=-node.power)
    return node


def _node(reading: Reading | None, keys: tuple[PointKey, ...]) -> Node:
    if reading is None:
        return Node(sources=keys, present=True)
    power = reading.value if isinstance(reading.value, float) else None
    absent = power is None and reading.note in (NOT_AVAILABLE, REFUSED)
    return Node(power, reading.quality, reading.at, (reading.key,), present=True, absent=absent)


def _total(nodes: list[Node]) -> Node:
    """The sum of several nodes: as bad as the worst, as old as the oldest, nothing when one has no value."""
    if not nodes:
        return Node()
    powers = [node.power for node in nodes]
    times = [node.at for node in nodes if node.at is not None]
    return Node(
        power=None if None in powers else sum(power for power in powers if power is not None),
        quality=max((node.quality for node in nodes), key=_WORST.index),
        at=min(times) if times else None,
        sources=tuple(key for node in nodes for key in node.sources),
        present=True,
    )


def _sum(parts: tuple[Part, ...]) -> Node:
    return _total([part.node for part in parts])


def _strings(
    maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], solar: tuple[Part, ...]
) -> tuple[Part, ...]:
    """The strings of the site's only producer, in their order; nothing where there are several producers."""
    if len(solar) != 1:
        return ()
    entry = next(entry for entry in maps if entry.device == solar[0].device)
    numbers = sorted(
        int(number)
        for role in entry.roles
        if role.startswith("solar.power.") and (number := role.rpartition(".")[2]).isdecimal()
    )
    found = ((number, _power(entry, readings, f"solar.power.{number}")) for number in numbers)
    return tuple(
        Part(entry.device, f"PV{number}", node) for number, node in found if node is not None and not node.absent
    )


MAKERS = {"solar": ("inverter", "solar"), "battery": ("inverter", "battery"), "charger": ("charger",)}
"""Which devices make up a node, by their role on the site."""


def _parts(maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], kind: str) -> tuple[Part, ...]:
    """The producers, batteries or chargers of the site, each with its power."""
    parts = [
        (entry, Part(entry.device, entry.title, node))
        for entry in maps
        if entry.role in MAKERS[kind] and (node := _made(entry, readings, kind)) is not None
    ]
    # a battery's own electronics, or a meter before a charging station, measure what the other has measured already
    for first in ("inverter",) if kind == "battery" else ("charger",) if kind == "charger" else ():
        if any(first in (entry.role, entry.category) and entry.category != "meter" for entry, _ in parts):
            parts = [
                (entry, part)
                for entry, part in parts
                if entry.category != "meter" and (kind == "charger" or entry.role == first)
            ]
    return tuple(part for _, part in parts)


def _made(entry: RoleMap, readings: Mapping[PointKey, Reading], kind: str) -> Node | None:
    if kind == "solar":
        if entry.mixed(readings):
            return Node(present=True, sources=tuple(keys[0] for keys in entry.roles.values())[:1])
        if entry.category == "inverter" and "solar.power" not in entry.roles:
            return _power(entry, readings, "solar.power") or _power(entry, readings, "inverter.power")
    found = _power(entry, readings, f"{kind}.power")
    if found is None and kind == "battery" and entry.category == "battery":
        return _volts_times_amperes(entry, readings)
    return found


def _volts_times_amperes(entry: RoleMap, readings: Mapping[PointKey, Reading]) -> Node | None:
    """The power of a battery whose electronics tell voltage and current only, as they do on CAN."""
    if not {"battery.voltage", "battery.current"} <= entry.roles.keys():
        return None
    names = ("battery.voltage", "battery.current")
    factors = [_node(entry.find(name, readings), entry.roles[name][:1]) for name in names]
    volts, amperes = (factor.power for factor in factors)
    power = None if volts is None or amperes is None else volts * amperes * (-1.0 if entry.reversed else 1.0)
    return replace(_total(factors), power=power)


def _grid(maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading]) -> Node:
    for role in ("grid", "inverter"):
        found = [
            node for entry in maps if entry.role == role and (node := _power(entry, readings, "grid.power")) is not None
        ]
        if found:
            good = next((node for node in found if node.quality is Quality.GOOD), None)
            return good or next((node for node in found if node.power is not None), found[0])
    return Node()


def _supply(maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], grid: Node) -> tuple[Node, float | None]:
    """What arrives on the AC side of the house, and the conversion losses where they can be known.

    A battery behind an inverter is on its DC side: it counts only where no inverter does.
    """
    nodes: list[Node] = [grid] if grid.present else []
    losses: float | None = None
    inverters = [entry for entry in maps if entry.role == "inverter"]
    batteries = [entry for entry in maps if entry.role == "battery"] if not inverters else []
    for entry in (entry for entry in maps if entry.role == "solar"):
        nodes += [node for node in [_power(entry, readings, "solar.power")] if node is not None]
    for entry in (*inverters, *batteries):
        found = _power(entry, readings, "solar.power"), _made(entry, readings, "battery")
        dc = [node for node in found if node is not None]
        ac = _power(entry, readings, "inverter.power")
        if ac is None:
            nodes += dc
            continue
        nodes.append(ac)
        total = _total(dc)
        if total.power is not None and ac.power is not None and not entry.mixed(readings):
            losses = (losses or 0.0) + total.power - ac.power
    return _total(nodes), losses


def _first(
    maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], role: str, roles: tuple[str, ...]
) -> Node | None:
    return next(
        (node for entry in maps if entry.role in roles and (node := _power(entry, readings, role)) is not None), None
    )


def _house(supply: Node, vehicle: Node, measured: Node | None, known: Node | None) -> tuple[Node, float | None]:
    """The house without its vehicles, and what another source says house and vehicles draw together."""
    charging = vehicle.power or 0.0
    if measured is not None:
        reference = None
        if measured.power is not None and measured.quality is Quality.GOOD:
            reference = measured.power + charging
        return measured, reference
    reference = known.power if known is not None and known.quality is Quality.GOOD else None
    if supply.power is None:
        if known is None or known.power is None:
            return Node(present=supply.present, sources=supply.sources), None
        return _less(known, vehicle), None
    return _less(supply, vehicle), reference


def _less(total: Node, vehicle: Node) -> Node:
    if total.power is None or (vehicle.present and vehicle.power is None):
        return Node(None, Quality.UNKNOWN, total.at, total.sources, present=True)
    return Node(
        max(0.0, total.power - (vehicle.power or 0.0)),
        max(total.quality, vehicle.quality if vehicle.present else Quality.GOOD, key=_WORST.index),
        total.at,
        (*total.sources, *vehicle.sources),
        present=True,
    )


def _doubted(node: Node) -> Node:
    return replace(node, quality=max(node.quality, Quality.UNKNOWN, key=_WORST.index))


def _consumption(supply: Node, known: Node | None, house: Node, vehicle: Node) -> Node:
    """What house and vehicles draw together: their sum while both are good, else what arrives for them."""
    both = _total([house, vehicle] if vehicle.present else [house])
    arrives = supply if supply.power is not None or known is None else known
    if arrives.power is not None:
        arrives = replace(arrives, power=max(0.0, arrives.power))
    found = [node for node in (both, arrives) if node.power is not None]
    return next((node for node in found if node.quality is Quality.GOOD), found[0] if found else both)


def _flows(solar: Node, grid: Node, battery: Node, consumption: Node, vehicle: Node) -> tuple[Flow, ...]:
    """Who feeds whom: the sun serves the house first, then the battery, then the grid; the battery the house first."""
    sun = max(solar.power or 0.0, 0.0)
    drawn, fed = max(grid.power or 0.0, 0.0), max(-(grid.power or 0.0), 0.0)
    given, stored = max(battery.power or 0.0, 0.0), max(-(battery.power or 0.0), 0.0)
    wanted = max(consumption.power or 0.0, 0.0)
    sun_house = min(sun, wanted)
    sun_battery = min(sun - sun_house, stored)
    sun_grid = min(sun - sun_house - sun_battery, fed)
    battery_house = min(given, wanted - sun_house)
    battery_grid = min(given - battery_house, fed - sun_grid)
    grid_house = min(drawn, wanted - sun_house - battery_house)
    grid_battery = min(drawn - grid_house, stored - sun_battery)
    table = (
        ("solar", "house", sun_house),
        ("solar", "battery", sun_battery),
        ("solar", "grid", sun_grid),
        ("battery", "house", battery_house),
        ("battery", "grid", battery_grid),
        ("grid", "house", grid_house),
        ("grid", "battery", grid_battery),
        ("house", "vehicle", max(vehicle.power or 0.0, 0.0)),
    )
    return tuple(Flow(origin, target, power) for origin, target, power in table if power > 0)


def _origins(flows: tuple[Flow, ...]) -> dict[str, float]:
    to_house = {flow.origin: flow.power for flow in flows if flow.target == "house"}
    total = sum(to_house.values())
    return {origin: power / total for origin, power in to_house.items()} if total else {}


def _numbers(
    maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], role: str, roles: tuple[str, ...] = ()
) -> list[float]:
    """The good values of a role, grid meters before inverters."""
    found: list[float] = []
    for entry in sorted(maps, key=lambda entry: entry.role != "grid"):
        reading = entry.find(role, readings) if not roles or entry.role in roles else None
        if reading is not None and reading.number is not None:
            found.append(reading.number)
    return found


def _mean(
    maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading], role: str, most: int | None = None
) -> float | None:
    found = _numbers(maps, readings, role)[:most]
    return sum(found) / len(found) if found else None


def _grid_voltage(maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading]) -> float | None:
    """Between phases where the site has three, else to neutral."""
    for names in (("l12", "l23", "l31"), ("l1", "l2", "l3")):
        found = [value for name in names for value in _numbers(maps, readings, f"grid.voltage.{name}")[:1]]
        if found:
            return sum(found) / len(found)
    return None


def _outage(maps: tuple[RoleMap, ...], readings: Mapping[PointKey, Reading]) -> bool:
    phases = [value for name in ("l1", "l2", "l3") for value in _numbers(maps, readings, f"grid.voltage.{name}")[:1]]
    if phases and max(phases) < DEAD_VOLTAGE:
        return True
    states = [entry.find("inverter.state", readings) for entry in maps if entry.role == "inverter"]
    return any(state is not None and state.quality is Quality.GOOD and state.value in OFF_GRID for state in states)
