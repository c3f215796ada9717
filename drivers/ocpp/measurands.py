"""Sampled values of a MeterValues message in inner units, with the doubts that they leave.

OCPP 1.6 defines the unit "Wh" for energies that name none, and no unit for a total current: those rules live here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from drivers.ocpp.messages import Payload, amount, moment, parts_of, word

UNITS: dict[str, tuple[str, float, float]] = {
    "wh": ("Wh", 1.0, 0.0),
    "kwh": ("Wh", 1000.0, 0.0),
    "varh": ("varh", 1.0, 0.0),
    "kvarh": ("varh", 1000.0, 0.0),
    "w": ("W", 1.0, 0.0),
    "watt": ("W", 1.0, 0.0),
    "watts": ("W", 1.0, 0.0),
    "kw": ("W", 1000.0, 0.0),
    "va": ("VA", 1.0, 0.0),
    "kva": ("VA", 1000.0, 0.0),
    "var": ("var", 1.0, 0.0),
    "kvar": ("var", 1000.0, 0.0),
    "a": ("A", 1.0, 0.0),
    "amp": ("A", 1.0, 0.0),
    "ampere": ("A", 1.0, 0.0),
    "v": ("V", 1.0, 0.0),
    "volt": ("V", 1.0, 0.0),
    "hz": ("Hz", 1.0, 0.0),
    "hertz": ("Hz", 1.0, 0.0),
    "celsius": ("°C", 1.0, 0.0),
    "celcius": ("°C", 1.0, 0.0),  # the misspelling stands in the first edition of OCPP 1.6
    "c": ("°C", 1.0, 0.0),
    "fahrenheit": ("°C", 5.0 / 9.0, -160.0 / 9.0),
    "k": ("°C", 1.0, -273.15),
    "percent": ("%", 1.0, 0.0),
    "%": ("%", 1.0, 0.0),
}
"""Words of units, in small letters -> inner unit, factor, offset."""

_FAMILIES = (
    ("Energy.Active.", "Wh"),
    ("Energy.Reactive.", "varh"),
    ("Power.Reactive.", "var"),
    ("Power.Factor", ""),
    ("Power.", "W"),
    ("Current.", "A"),
    ("Voltage", "V"),
    ("Frequency", "Hz"),
    ("Temperature", "°C"),
    ("SoC", "%"),
    ("RPM", "rpm"),
)
ENERGY = "Energy.Active.Import.Register"
POWER = "Power.Active.Import"
CURRENT = "Current.Import"
PHASES = ("L1", "L2", "L3")
AFTER_THE_END = "Transaction.End"
MOST_VALUES = 500  # of one message: a station has some thirty

_TO_NEUTRAL = {"L1-N": "L1", "L2-N": "L2", "L3-N": "L3"}
_PLACES = {"": 0, "outlet": 0, "cable": 1, "inlet": 2, "body": 3, "ev": 4}
_SUMMED = (POWER, "Power.Active.Export", "Power.Reactive.Import", "Power.Offered", ENERGY, CURRENT)
_FLOWS = (POWER, "Power.Active.Export", "Power.Reactive.", CURRENT, "Current.Export")
_NAMES = {name.lower(): name for name in (*_SUMMED, "SoC", "Voltage", "Frequency", "Temperature", "RPM")}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value in its inner unit. ``place`` 0 is the outlet to the vehicle, higher ones are wanted less.

    ``doubt`` says why the value cannot be trusted fully; ``at`` is the station's own time (Unix s), None if it is none.
    """

    measurand: str
    phase: str
    value: float
    unit: str
    factor: float
    raw: str
    at: float | None = None
    context: str = ""
    place: int = 0
    doubt: str = ""

    @property
    def step(self) -> float:
        """The finest difference that its text can tell, in ``unit``."""
        return self.factor * 10.0 ** -len(self.raw.partition(" ")[0].replace(",", ".").partition(".")[2])

    @property
    def flows(self) -> bool:
        """Whether it is a power or a current that flows, in either direction."""
        return self.measurand.startswith(_FLOWS)

    @property
    def path(self) -> str:
        """As points name it: ``MeterValues.Current-Import.L1``."""
        name = f"MeterValues.{self.measurand.replace('.', '-')}"
        return f"{name}.{self.phase}" if self.phase else name


def samples_of(values: object) -> list[list[Sample]]:
    """The samples of a ``meterValue`` list, one inner list for each moment; what cannot be read is left out."""
    moments: list[list[Sample]] = []
    count = 0
    for entry in parts_of(values):
        at = moment(entry.get("timestamp"))
        found: dict[tuple[str, str], Sample] = {}
        for value in parts_of(entry.get("sampledValue")):
            count += 1
            sample = _sample(value, at) if count <= MOST_VALUES else None
            if sample is None:
                continue
            key = sample.measurand, sample.phase
            if key not in found or sample.place < found[key].place:
                found[key] = sample
        if found:
            moments.append(_with_sums(found.values()))
    return moments


def _sample(entry: Payload, at: float | None) -> Sample | None:
    raw = word(entry.get("value"))
    number = amount(raw)
    if number is None or word(entry.get("format")).lower() == "signeddata":
        return None
    measurand = word(entry.get("measurand")) or ENERGY
    measurand = _NAMES.get(measurand.lower(), measurand)
    family = next((unit for start, unit in _FAMILIES if measurand.startswith(start)), None)
    if family is None:
        return None
    said = word(entry.get("unit"))
    unit, factor, offset = UNITS.get(said.lower(), (said or family, 1.0, 0.0))
    doubt = ""
    if not said and family in ("W", "var"):
        doubt = "the station names no unit"  # the default of OCPP is for energies; a power may be in W or kW
    elif said and unit != family:
        doubt = f"the station gives it in {said}"
        unit, factor, offset = family, 1.0, 0.0
    phase = word(entry.get("phase")).upper()
    phase = _TO_NEUTRAL.get(phase, phase)
    anywhere = measurand in ("SoC", "Temperature")  # there is but one of them, wherever it is taken
    place = 0 if anywhere else _PLACES.get(word(entry.get("location")).lower(), 1)
    return Sample(
        measurand,
        phase,
        number * factor + offset,
        unit,
        factor,
        f"{raw} {said}".strip(),
        at,
        word(entry.get("context")),
        place,
        doubt,
    )


def _with_sums(samples: Iterable[Sample]) -> list[Sample]:
    """The samples, and totals from their phases.

    A total current is not defined by OCPP and is wrong on some stations: the sum of the phases takes its place, and a
    lone one is shown as doubtful.
    """
    found = list(samples)
    for measurand in _SUMMED:
        total = next((entry for entry in found if entry.measurand == measurand and not entry.phase), None)
        phases = [entry for entry in found if entry.measurand == measurand and entry.phase in PHASES]
        if total is not None and measurand == CURRENT and not phases:
            found[found.index(total)] = replace(total, doubt="a total current is not defined by OCPP")
        if not phases or (total is not None and measurand != CURRENT):
            continue
        summed = replace(
            phases[0],
            phase="",
            value=sum(entry.value for entry in phases),
            raw=" + ".join(entry.raw for entry in phases),
            doubt=next((entry.doubt for entry in phases if entry.doubt), ""),
        )
        if total is not None:
            found.remove(total)
        found.append(summed)
    return found
