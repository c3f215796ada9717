"""A hybrid inverter with a point of every kind; ``many(1500)`` for a crowded one."""

from __future__ import annotations

from pathlib import Path

from core.points import Access, Choice, Confidence, Kind, Point
from core.profile import Group, Profile

STATES = (
    Choice(0, "waiting", "Waiting", "En attente"),
    Choice(1, "checking", "Checking", "Vérification"),
    Choice(2, "generating", "On grid, generating", "En service, production"),
    Choice(5, "fault", "Fault", "Défaut"),
)
FAULTS = (
    Choice(0, "grid_over", "Grid voltage too high", "Tension du réseau trop haute", "Ask the utility", "Voir Enedis"),
    Choice(3, "fan", "Fan blocked", "Ventilateur bloqué", "Clean the fan", "Nettoyer le ventilateur"),
)
GROUPS = {
    "live": Group("live", 1.0, en="Live measurements", fr="Mesures instantanées"),
    "battery": Group("battery", 5.0, en="Battery", fr="Batterie"),
    "energy": Group("energy", 30.0, en="Energy", fr="Énergies"),
    "faults": Group("faults", 2.0, en="State and faults", fr="État et défauts"),
    "settings": Group("settings", None, en="Settings", fr="Réglages"),
    "identity": Group("identity", None, True, "Identity", "Identité"),
}
SOURCE = "Acme Modbus map v1.3, table 4"


def _point(  # noqa: PLR0917  a row of a table
    name: str, at: int, form: str, unit: str, group: str, en: str, fr: str, scale: float = 1.0, **more: object
) -> Point:
    words = {"u32": 2, "s32": 2, "ascii": 8}.get(form, 1)
    settings: dict[str, object] = {"source": SOURCE, "line": 12, "scales": (scale,), **more}
    place = tuple(range(at, at + words))
    return Point(name, place, 3, form, unit, group=group, en=en, fr=fr, **settings)  # type: ignore[arg-type]


def points() -> tuple[Point, ...]:
    rw, counter = {"access": Access.READ_WRITE}, {"kind": Kind.COUNTER}
    return (
        _point("pv_power", 0x0200, "u32", "W", "live", "Solar power", "Puissance solaire"),
        _point("pv1_voltage", 0x0202, "u16", "V", "live", "Voltage of string 1", "Tension de la chaîne 1", 0.1),
        _point("pv1_current", 0x0203, "u16", "A", "live", "Current of string 1", "Courant de la chaîne 1", 0.01),
        _point("grid_power", 0x0204, "s32", "W", "live", "Grid power", "Puissance réseau", -1.0),
        _point("grid_voltage", 0x0206, "u16", "V", "live", "Grid voltage L1", "Tension du réseau L1", 0.1),
        _point("frequency", 0x0207, "u16", "Hz", "live", "Grid frequency", "Fréquence du réseau", 0.01),
        _point("power_factor", 0x0208, "s16", "", "live", "Power factor", "Facteur de puissance", 0.001),
        _point(
            "bypass_power", 0x0209, "s16", "W", "live", "Power of the bypass", "Puissance de la dérivation",
            confidence=Confidence.INFERRED, note="Seen on one installation only.",
        ),
        _point("battery_power", 0x0220, "s16", "W", "battery", "Battery power", "Puissance batterie", -10.0),
        _point("battery_soc", 0x0221, "u16", "%", "battery", "State of charge", "État de charge", low=0, high=100),
        _point("battery_temp", 0x0222, "s16", "°C", "battery", "Battery temperature", "Température batterie", 0.1),
        _point("charged_total", 0x0684, "u32", "Wh", "energy",
            "Energy charged", "Énergie chargée", 100.0, **counter),
        _point("produced_today", 0x0686, "u16", "Wh", "energy",
            "Produced today", "Produit aujourd’hui", 10.0, **counter),
        _point("run_state", 0x0300, "u16", "", "faults",
            "State", "État", kind=Kind.STATE, choices=STATES),
        _point("faults_1", 0x0301, "bits", "", "faults",
            "Fault word 1", "Mot de défaut 1", kind=Kind.BITS, choices=FAULTS),
        _point("charge_start", 0x0700, "hhmm", "", "settings",
            "Charging begins", "Début de la charge", kind=Kind.TIME, **rw),
        _point("discharge_limit", 0x0701, "u16", "%", "settings", "Discharge limit", "Limite de décharge", **rw),
        _point("serial", 0x0445, "ascii", "", "identity", "Serial number", "Numéro de série", kind=Kind.TEXT),
        Point("parallel", (0x0800, 0x08FF), None, "area", group="settings", kind=Kind.AREA,
              en="Parallel operation", fr="Fonctionnement en parallèle", source=SOURCE),
    )  # fmt: skip


def many(count: int) -> tuple[Point, ...]:
    names = list(GROUPS)[:4]
    return tuple(
        _point(f"p{row}", row, "u16", "V", names[row * 4 // count], f"Voltage {row}", f"Tension {row}", 0.1)
        for row in range(count)
    )


def hybrid(found: tuple[Point, ...] | None = None) -> Profile:
    return Profile(
        id="acme/hybrid",
        folder=Path("acme/hybrid"),
        maker="Acme",
        model="Hybrid 10K",
        category="hybrid",
        source=SOURCE,
        points=points() if found is None else found,
        groups=GROUPS,
        roles={"solar.power": ("pv_power",)},
    )
