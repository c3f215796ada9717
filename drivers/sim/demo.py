"""The demonstration site: "Ferme des Tilleuls", reached through the wire like any other."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType
from typing import Self

from core.catalogue import Catalogue
from core.config import Site
from core.document import Document, Faults
from core.paths import profile_roots, resources
from core.points import Value
from core.siteread import load_site
from drivers.sim import faults
from drivers.sim.bank import Bank
from drivers.sim.fleet import Fleet, without_ptys
from drivers.sim.lines import Twin
from drivers.sim.site import SiteModel, SiteSetup
from drivers.sim.stick_quirks import Quirks

SEED = 7

AS_INSTALLED: dict[str, dict[str, Value]] = {
    "inverter": {
        "inverter_model_name": "E10KT",
        "inverter_model_code": "e10kt",
        "battery_model_name": "BluE-PACK5.1",
        "battery_type": "lfp",
        "grid_standard": "en50549",
        "grid_charge_start": "22:30",
        "grid_charge_end": "06:00",
    }
}
"""What stands in registers of which the physical model knows nothing, by device and point."""


def demo_site(catalogue: Catalogue | None = None, language: str = "fr") -> Site:
    """Return the site as its file has it (addresses not served yet), with names in ``"fr"`` or ``"en"``."""
    folder = resources() / "sites"
    site = load_site(folder / "demo.yaml", catalogue or Catalogue(profile_roots()))
    site = replace(without_ptys(site), demo=True)
    if language == "fr":
        return site
    wrong = Faults()
    names = Document.read(folder / "demo.en.yaml", wrong)
    wrong.raise_if_any()
    links, devices = names.child("links"), names.child("devices")
    return replace(
        site,
        links=tuple(replace(link, name=links.text(link.id, link.name)) for link in site.links),
        devices=tuple(replace(device, name=devices.text(device.id, device.name)) for device in site.devices),
    )


class DemoSite:
    """Serves the demonstration site on this computer alone between ``start()`` and ``stop()``, or in a ``with``.

    ``start`` is the model's time at the beginning (Unix seconds, None: now), ``speed`` how fast it runs. ``model`` is
    one that has already run (``drivers.sim.past``). ``site`` names the real addresses once started.
    """

    def __init__(
        self,
        speed: float = 1.0,
        start: float | None = None,
        seed: int = SEED,
        *,
        language: str = "fr",
        catalogue: Catalogue | None = None,
        model: SiteModel | None = None,
    ) -> None:
        self.site = demo_site(catalogue, language)
        setup = SiteSetup(seed=seed, zone=self.site.time_zone.key)
        self._fleet = Fleet(self.site, setup, start_at=start, speed=speed, model=model)
        for device, values in AS_INSTALLED.items():
            for point, value in values.items():
                self._fleet.banks[device].poke(point, value)

    def start(self) -> Site:
        """Open the lines; return the site that points to them."""
        self.site = self._fleet.start()
        return self.site

    def stop(self) -> None:
        """Close the lines; safe to call twice."""
        self._fleet.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def model(self) -> SiteModel:
        """The physical model; read it, and leave its steps to the server."""
        return self._fleet.model

    @property
    def faults(self) -> dict[str, faults.Faults]:
        """The faults of each device by its id, to be switched while it runs."""
        return self._fleet.faults

    @property
    def banks(self) -> dict[str, Bank]:
        """The registers of each device by its id, to be poked while it runs."""
        return self._fleet.banks

    @property
    def twins(self) -> dict[str, Twin]:
        """The devices on CAN and OCPP by their id, to be muted while it runs."""
        return self._fleet.twins

    @property
    def quirks(self) -> dict[str, Quirks]:
        """The oddities of each SOLARMAN stick by its link, to be switched while it runs."""
        return self._fleet.quirks

    def set_outage(self, out: bool) -> None:
        """Cut the grid, or bring it back, with the next step."""
        self._fleet.model.outage = out
