"""One connector of a simulated charging station: what the model knows of it, as OCPP would say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from core.config import DeviceConfig
from core.points import Value
from drivers.sim.faults import Faults
from drivers.sim.later import Ticks
from drivers.sim.quantities import Quantity
from drivers.sim.station_keys import StationKeys

STATUS = {
    "available": "Available",
    "connected": "Preparing",
    "waiting": "SuspendedEVSE",
    "charging": "Charging",
    "finished": "SuspendedEV",
}
"""The model's state -> status while a session is on."""
PLUGGED = ("connected", "waiting", "charging", "finished")


@dataclass(slots=True)
class StationQuirks:
    """What this station gets wrong; every one may be switched while it runs."""

    no_boot_on_return: bool = False  # comes back without a BootNotification
    long_serials: bool = False  # 26 and 33 characters, as EVlink stations send them
    bad_stamps: bool = False  # time stamps that are none
    odd_units: bool = False  # "Watt" for W, no unit at the energy
    wrong_total: bool = False  # a total current that is not the sum of the phases
    stray_connectors: bool = False  # speaks of a connector that it does not have
    lost_numbers: bool = False  # ends a transaction under the number -1
    late_meter: bool = False  # sends MeterValues after the end of a transaction
    odd_words: bool = False  # error code "Error", empty texts


@dataclass(slots=True)
class StationTwin:
    """A device of the site on an OCPP line (``drivers.sim.lines.Twin``).

    ``on_write`` hears limits in A, stops and starts. ``keys`` is the configuration of its station, which all connectors
    of one station share once it runs; of its ``faults``, those of writes hit changes of that configuration. All of it
    lives in the server's thread; connector 0 is the station as a whole.
    """

    device: DeviceConfig
    on_write: Callable[[str, Value], bool]
    has_battery: bool = False
    known: dict[str, Quantity] = field(default_factory=dict[str, Quantity])
    quirks: StationQuirks = field(default_factory=StationQuirks)
    limit: float | None = None  # of the charging profile that it was given, A
    mute: bool = False  # its station hangs up and stays away
    held: bool = False  # a remote stop, or being out of service: no current until the car has left
    ticks: Ticks = monotonic
    faults: Faults = field(init=False)
    keys: StationKeys = field(init=False)

    def __post_init__(self) -> None:
        self.faults = Faults(ticks=self.ticks)
        self.keys = StationKeys(self.device.profile, self.ticks)

    @property
    def identity(self) -> str:
        """By which it calls."""
        return self.device.station or self.device.id

    @property
    def connector(self) -> int:
        """Its number at the station."""
        return self.device.unit

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Take what the model knows."""
        del local
        self.known = {role: value for role, value in known.items() if role.startswith("charger.")}
        if self.held and not self.plugged:
            self.hold(on=False)

    @property
    def state(self) -> str:
        """The model's word."""
        found = self.known.get("charger.state")
        return found if isinstance(found, str) else "available"

    @property
    def plugged(self) -> bool:
        """Whether a car is there."""
        return self.state in PLUGGED

    def number(self, role: str) -> float:
        """A quantity of the model in its inner unit; 0 where it has none."""
        found = self.known.get(f"charger.{role}")
        return found if isinstance(found, float) else 0.0

    def hold(self, *, on: bool) -> None:
        """Keep the current off, or give it free again; a limit stays what it is, whoever has set it."""
        self.held = on
        self.on_write("charger.stop" if on else "charger.start", 1.0)

    def obey(self, amperes: float | None) -> None:
        """Follow a charging profile; None: there is none any more."""
        self.limit = amperes
        self.on_write("charger.limit", MOST_A if amperes is None else amperes)


MOST_A = 16.0
