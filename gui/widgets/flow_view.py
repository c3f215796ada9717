"""The synoptic in words: a balance, the day's energies and the time become titles, figures, sign words and ages.

Nothing is painted here; ``flow_paint`` draws what this module says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from core.balance import Flows, Node, Part
from core.energy import DayEnergies
from core.points import PointKey, Quality
from gui import formatting
from gui.widgets.flow_animation import unexplained_shown
from gui.widgets.flow_geometry import BATTERY, GRID, HOUSE, SOLAR, UNEXPLAINED, VEHICLE, Pair

translate = QCoreApplication.translate
REST_W: Final = 20.0  # below, a node is said to be at rest
STACKED: Final = 2  # parts named one by one; the rest folds into "others"
LINE_LENGTH: Final = 48  # characters in a line below a node, at most


@dataclass(frozen=True, slots=True)
class NodeView:
    """What one node shows. ``role`` is its colour; ``arcs`` are shares of its ring with their colours."""

    name: str
    title: str
    figure: str
    word: str
    role: str
    details: tuple[str, ...] = ()
    brief: str = ""  # instead of the first detail, where there is room for one short line only
    age: str = ""
    faded: bool = False
    trouble: bool = False
    arcs: tuple[tuple[str, float], ...] = ()
    ring: bool = False  # thick, cut into arcs
    resting: bool = False
    count: int = 1
    sources: tuple[PointKey, ...] = ()
    device: str = ""
    reason: str = ""  # why it has no value, and which device it is that gives none


def node_views(flows: Flows, day: DayEnergies, now: float) -> dict[str, NodeView]:
    """Every node the site has, and the unexplained one when it is worth showing."""
    views: dict[str, NodeView] = {}
    for name, build in (
        (SOLAR, _solar),
        (GRID, _grid),
        (BATTERY, _battery),
        (HOUSE, _house),
        (VEHICLE, _vehicle),
    ):
        if present(flows, name):
            views[name] = _with_age(build(flows, day), flows, now)
    if unexplained_shown(flows):
        views[UNEXPLAINED] = NodeView(
            UNEXPLAINED,
            translate("flows", "Unexplained"),
            formatting.magnitude(flows.unexplained),
            "",
            "unexplained",
        )
    return views


def with_reasons(
    views: dict[str, NodeView], flows: Flows, reason: Callable[[tuple[PointKey, ...]], str]
) -> dict[str, NodeView]:
    """Say beside each node without a value why it has none; the house only where no other node says so."""
    found = dict(views)
    for name in (SOLAR, GRID, BATTERY, VEHICLE, HOUSE):
        if name not in found or node_of(flows, name).power is not None:
            continue
        if name == HOUSE and any(view.reason for view in found.values()):
            continue
        if words := reason(found[name].sources):
            found[name] = replace(found[name], reason=words, details=(words, *found[name].details))
    return found


def present(flows: Flows, name: str) -> bool:
    """Whether the site has such a node. A house is always there."""
    return name == HOUSE or bool(getattr(flows, name).present)


def node_of(flows: Flows, name: str) -> Node:
    """The values of a node. While its own part is not known, the house shows what it and the vehicles draw together."""
    if name == HOUSE and _shows_all(flows):
        return flows.consumption
    node = getattr(flows, name, None)
    return node if isinstance(node, Node) else Node()


def _shows_all(flows: Flows) -> bool:
    return is_stale(flows.house) and not is_stale(flows.consumption) and flows.consumption.power is not None


def frozen_pairs(flows: Flows, pairs: tuple[Pair, ...]) -> frozenset[Pair]:
    """Lines that touch a node whose data is too old."""
    stale = {name for name in (SOLAR, GRID, BATTERY, HOUSE, VEHICLE) if is_stale(node_of(flows, name))}
    return frozenset(pair for pair in pairs if stale & set(pair))


def is_stale(node: Node) -> bool:
    """Whether a node's value is an old one."""
    return node.quality is not Quality.GOOD


def is_old(flows: Flows, name: str) -> bool:
    """Whether a node shows a value that is too old."""
    return node_of(flows, name).quality is Quality.STALE


def lane_role(pair: Pair, way: int) -> str:
    """Colour of a line: that of where the power comes from; towards the grid, that of the export."""
    origin, target = pair if way >= 0 else (pair[1], pair[0])
    if UNEXPLAINED in pair:
        return "unexplained"
    if VEHICLE in pair:
        return "vehicle"
    if target == GRID:
        return "grid_export"
    return "grid_import" if origin == GRID else origin


def balance_state(flows: Flows | None) -> tuple[str, str]:
    """Words and colour role of the balance."""
    if flows is None:
        return translate("flows", "Waiting for the first values"), "tertiary"
    if unexplained_shown(flows):
        return translate("flows", "{0} unexplained").format(formatting.magnitude(flows.unexplained)), "warning"
    if flows.unexplained is not None:
        text = translate("flows", "Balanced within {0}").format(formatting.magnitude(flows.unexplained))
        return text, "healthy"
    if node_of(flows, HOUSE).power is None:
        return translate("flows", "Balance not known yet"), "tertiary"
    return translate("flows", "House computed from the rest"), "tertiary"


def sentence(views: dict[str, NodeView]) -> str:
    """The whole picture for those who hear it."""
    return ". ".join(
        " ".join(part for part in (view.title, view.figure, view.word, view.age, view.reason) if part)
        for view in views.values()
    )


def _with_age(view: NodeView, flows: Flows, now: float) -> NodeView:
    """Add what every node has: age, staleness, origin, how many there are of it."""
    node = node_of(flows, view.name)
    parts = flows.parts.get(view.name, ())
    devices = [part.device for part in sorted(parts, key=_weight, reverse=True)]
    devices += [key.device for key in node.sources if key.device != "site"]
    stale = is_stale(node)
    age = formatting.age_of(node.at, now)
    if node.power is None:
        view = replace(view, figure=formatting.DASH, word=translate("flows", "no value"))
    elif stale:
        age = translate("flows", "last value, {0}").format(age)
    return replace(
        view,
        age="" if node.at is None else age,
        faded=stale,
        sources=node.sources,
        device=devices[0] if devices else "site" if node.sources else "",
        resting=node.power is not None and abs(node.power) < REST_W and not view.trouble,
        count=max(1, len(parts)),
    )


def _solar(flows: Flows, day: DayEnergies) -> NodeView:
    at_rest = abs(flows.solar.power or 0.0) < REST_W
    return NodeView(
        SOLAR,
        translate("flows", "Solar"),
        formatting.magnitude(flows.solar.power),
        translate("flows", "at rest") if at_rest else translate("flows", "production"),
        "solar",
        _some(
            *_strings(flows),
            _today(day.produced.today, translate("flows", "{0} today")),
        ),
    )


def _grid(flows: Flows, day: DayEnergies) -> NodeView:
    power = flows.grid.power or 0.0
    word, role = translate("flows", "at rest"), "grid_import"
    if flows.outage:
        word, role = translate("flows", "outage"), "fault"
    elif abs(power) >= REST_W:
        exporting = power < 0
        word = translate("flows", "export") if exporting else translate("flows", "import")
        role = "grid_export" if exporting else "grid_import"
    energies = (
        translate("flows", "imported {0}").format(formatting.energy(day.imported.today)),
        translate("flows", "exported {0}").format(formatting.energy(day.exported.today)),
    )
    known = (day.imported.today is not None, day.exported.today is not None)
    return NodeView(
        GRID,
        translate("flows", "Grid"),
        formatting.magnitude(flows.grid.power),
        word,
        role,
        _some(
            formatting.joined(
                (
                    formatting.quantity(flows.grid_voltage, "V"),
                    formatting.quantity(flows.grid_frequency, "Hz"),
                )
            ),
            *(text for text, there in zip(energies, known, strict=True) if there),
        ),
        trouble=flows.outage,
    )


def _battery(flows: Flows, day: DayEnergies) -> NodeView:
    power = flows.battery.power or 0.0
    word = translate("flows", "at rest")
    if abs(power) >= REST_W:
        word = translate("flows", "discharging") if power > 0 else translate("flows", "charging")
    soc = formatting.percent(flows.soc)
    state = formatting.joined(
        (
            soc,
            formatting.quantity(flows.battery_voltage, "V"),
            formatting.quantity(flows.battery_temperature, "°C"),
        )
    )
    parts = flows.parts.get(BATTERY, ())
    return NodeView(
        BATTERY,
        translate("flows", "Battery"),
        formatting.magnitude(flows.battery.power),
        word,
        "battery",
        _some(
            state,
            *(_parts(parts)[:1] if len(parts) > 1 else ()),
            _today(day.charged.today, translate("flows", "{0} charged today")) if len(parts) < 2 else "",
        ),
        arcs=() if flows.soc is None else (("battery", max(0.0, min(1.0, flows.soc / 100))),),
        ring=True,
    )


def _house(flows: Flows, day: DayEnergies) -> NodeView:
    del day
    roles = {SOLAR: "solar", BATTERY: "battery", GRID: "grid_import", VEHICLE: "vehicle"}
    names = {
        SOLAR: translate("flows", "solar"),
        BATTERY: translate("flows", "battery"),
        GRID: translate("flows", "grid"),
        VEHICLE: translate("flows", "vehicle"),
    }
    shares = {name: flows.origins[name] for name in roles if flows.origins.get(name, 0.0) >= 0.005}
    word = translate("flows", "consumed")
    if _shows_all(flows) and flows.vehicle.present:
        word = translate("flows", "with vehicles")
    return NodeView(
        HOUSE,
        translate("flows", "House"),
        formatting.quantity(node_of(flows, HOUSE).power, "W"),
        word,
        "house",
        _some(
            formatting.joined(
                (
                    *(f"{names[name]} {formatting.share(part)}" for name, part in shares.items()),
                    "" if flows.house_measured and not _shows_all(flows) else translate("flows", "computed"),
                )
            )
        ),
        arcs=tuple((roles[name], part) for name, part in shares.items()),
        ring=True,
    )


def _vehicle(flows: Flows, day: DayEnergies) -> NodeView:
    power = flows.vehicle.power or 0.0
    parts = flows.parts.get(VEHICLE, ())
    word = translate("flows", "at rest")
    if abs(power) >= REST_W:
        gives = any(flow.origin == VEHICLE for flow in flows.flows)
        word = translate("flows", "discharging") if gives else translate("flows", "car charging")
    return NodeView(
        VEHICLE,
        parts[0].label if len(parts) == 1 else translate("flows", "Vehicles"),
        formatting.magnitude(flows.vehicle.power),
        word,
        "vehicle",
        _some(
            *(_parts(parts) if len(parts) > 1 else ()),
            _today(day.vehicle.today, translate("flows", "{0} today")),
        ),
        brief=_brief(parts),
    )


def _strings(flows: Flows) -> tuple[str, ...]:
    """The strings of the only inverter in one line, where they are few; else the inverters."""
    strings = flows.parts.get("string", ())
    if 1 < len(strings) <= STACKED:
        return (formatting.joined(map(_named, strings)),)
    return _parts(flows.parts.get(SOLAR, ()))


def _parts(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The two strongest parts by name in one line (one where the names are long), the rest as "others" in the next."""
    if not parts:
        return ()
    if len(parts) == 1:
        return (parts[0].label,)
    strongest = sorted(parts, key=_weight, reverse=True)
    count = STACKED if len(formatting.joined(map(_named, strongest[:STACKED]))) <= LINE_LENGTH else 1
    named, rest = strongest[:count], strongest[count:]
    lines = [formatting.joined(map(_named, named))]
    if len(rest) == 1:
        lines.append(_named(rest[0]))
    elif rest:
        known = [abs(part.node.power) for part in rest if part.node.power is not None]
        power = formatting.power(sum(known) if known else None)
        lines.append(translate("flows", "{0} others {1}").format(len(rest), power))
    return tuple(lines)


def _brief(parts: tuple[Part, ...]) -> str:
    """The strongest part by name and how many others there are, in one short line; the node says their sum.

    Nothing for so few that all can be named.
    """
    if len(parts) <= STACKED:
        return ""
    strongest = max(parts, key=_weight)
    return formatting.joined([_named(strongest), translate("flows", "{0} others").format(len(parts) - 1)])


def _named(part: Part) -> str:
    return f"{part.label} {formatting.magnitude(part.node.power)}"


def _weight(part: Part) -> float:
    return abs(part.node.power or 0.0)


def _today(value: float | None, words: str) -> str:
    return "" if value is None else words.format(formatting.energy(value))


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
