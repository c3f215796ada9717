"""The site's own points: what the balance works out, recorded like any other value under the device ``site``."""

from __future__ import annotations

from collections.abc import Mapping

from core.balance import Flows, Node
from core.energy import SITE_COUNTERS
from core.points import Kind, Point, PointKey, Quality, Reading

DEVICE = "site"


def _point(name: str, unit: str, en: str, fr: str) -> Point:
    kind = Kind.COUNTER if unit == "Wh" else Kind.GAUGE
    return Point(
        id=name,
        at=(0,),
        function=None,
        type="s64",
        unit=unit,
        scales=(1.0 if kind is Kind.COUNTER else 0.1,),
        group="energy" if kind is Kind.COUNTER else "power",
        kind=kind,
        en=en,
        fr=fr,
        source="Wattelier, balance of the site",
    )


POINTS: dict[str, Point] = {
    point.id: point
    for point in (
        _point("solar.power", "W", "Solar production", "Production solaire"),
        _point("grid.power", "W", "Grid (import positive)", "Réseau (soutirage positif)"),
        _point("battery.power", "W", "Battery (discharge positive)", "Batterie (décharge positive)"),
        _point("house.power", "W", "House consumption", "Consommation de la maison"),
        _point("vehicle.power", "W", "Vehicle charging", "Recharge des véhicules"),
        _point("battery.soc", "%", "Battery state of charge", "État de charge de la batterie"),
        _point("unexplained.power", "W", "Unexplained power", "Puissance inexpliquée"),
        _point("solar.energy", "Wh", "Solar energy", "Énergie solaire"),
        _point("house.energy", "Wh", "Energy consumed", "Énergie consommée"),
        _point("grid.energy.import", "Wh", "Energy imported", "Énergie soutirée"),
        _point("grid.energy.export", "Wh", "Energy exported", "Énergie injectée"),
        _point("battery.energy.charged", "Wh", "Energy charged", "Énergie chargée"),
        _point("battery.energy.discharged", "Wh", "Energy discharged", "Énergie déchargée"),
        _point("vehicle.energy", "Wh", "Energy to the vehicles", "Énergie vers les véhicules"),
    )
}


def readings(flows: Flows, totals: Mapping[str, float]) -> list[Reading]:
    """The site's values of one moment. A quantity that the site does not have is left out."""
    nodes: tuple[tuple[str, Node], ...] = (
        ("solar.power", flows.solar),
        ("grid.power", flows.grid),
        ("battery.power", flows.battery),
        ("house.power", flows.house),
        ("vehicle.power", flows.vehicle),
    )
    found = [
        _reading(name, None if node.power is None else round(node.power, 1), flows.at, node.quality)
        for name, node in nodes
        if node.present
    ]
    for name, value in (("battery.soc", flows.soc), ("unexplained.power", flows.unexplained)):
        if value is not None:
            found.append(_reading(name, round(value, 1), flows.at, Quality.GOOD))
    present = {name.partition(".")[0] for name, node in nodes if node.present}
    for quantity, name in SITE_COUNTERS.items():
        if quantity in totals and name.partition(".")[0] in present:
            found.append(_reading(name, float(round(totals[quantity])), flows.at, Quality.GOOD))
    return found


def _reading(name: str, value: float | None, at: float, quality: Quality) -> Reading:
    return Reading(PointKey(DEVICE, name), value, at, POINTS[name].unit, quality)
