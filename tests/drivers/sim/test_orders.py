"""A person at the simulator's terminal."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import parse_link
from drivers.sim.demo import demo_site
from drivers.sim.faults import Fault
from drivers.sim.fleet import Fleet
from drivers.sim.orders import HELP, obey
from drivers.sim.site import SiteModel
from drivers.sim.stick_quirks import Quirk

NOON = 1_784_804_400.0  # 2026-07-23 13:00 in Paris


@pytest.fixture(scope="module")
def model() -> SiteModel:
    return SiteModel(NOON)


@pytest.fixture
def fleet(model: SiteModel) -> Fleet:
    return Fleet(demo_site(), start_at=NOON, model=model)


def test_the_grid_is_cut_and_comes_back(fleet: Fleet):
    assert obey("outage on", fleet) == "the grid is cut"
    assert fleet.model.outage
    assert obey("outage off", fleet) == "the grid is back"
    assert not fleet.model.outage


def test_a_device_gets_a_fault_and_loses_it(fleet: Fleet):
    assert obey("fault grid wrong_unit 30", fleet) == "grid: wrong unit for 30 s"
    assert Fault.WRONG_UNIT in fleet.faults["grid"].strike()
    assert obey("clear", fleet) == "no more faults"
    assert not fleet.faults["grid"].strike()


def test_a_device_without_registers_is_muted_and_speaks_again(fleet: Fleet):
    for device in ("wallbox_1", "charger_ocpp"):
        assert obey(f"fault {device} silence", fleet) == f"{device}: silence"
        assert fleet.twins[device].mute
        assert obey(f"clear {device}", fleet) == "no more faults"
        assert not fleet.twins[device].mute
    assert obey("fault wallbox_1 silence", fleet)
    assert obey("fault wallbox_1 noise", fleet) == obey("fault wallbox_1 silence 5", fleet) == HELP
    assert obey("clear", fleet) == "no more faults"
    assert not fleet.twins["wallbox_1"].mute


def test_a_stick_gets_its_oddities_and_loses_them(model: SiteModel):
    stick = DeviceConfig("d", "stick", "x", None)
    line = LinkConfig("stick", parse_link("v5://127.0.0.1?serial=2355553510"))
    fleet = Fleet(Site("Farm", ZoneInfo("UTC"), (line,), (stick,)), start_at=NOON, model=model)
    assert obey("quirk stick heartbeat_before", fleet) == "stick: heartbeat before"
    assert fleet.quirks["stick"].strike() == {Quirk.HEARTBEAT_BEFORE}
    assert obey("quirk stick hiccups", fleet) == HELP
    assert obey("steady stick", fleet) == "no more quirks"
    assert not fleet.quirks["stick"].strike()
    assert (
        obey("quirk moon late", fleet) == obey("steady moon", fleet) == "there is no stick on 'moon'; there are stick"
    )


@pytest.mark.parametrize("order", ["fly", "outage", "fault grid", "fault grid gremlins", "fault grid silence soon"])
def test_a_wrong_order_is_answered_with_help(fleet: Fleet, order: str):
    assert obey(order, fleet) == HELP


def test_an_unknown_device_is_named(fleet: Fleet):
    assert "no device 'moon'" in obey("fault moon silence", fleet)
    assert "no device 'moon'" in obey("clear moon", fleet)
