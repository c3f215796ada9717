"""A person at the simulator's terminal."""

from __future__ import annotations

import pytest

from drivers.sim.demo import demo_site
from drivers.sim.faults import Fault
from drivers.sim.fleet import Fleet
from drivers.sim.orders import HELP, obey


@pytest.fixture
def fleet() -> Fleet:
    return Fleet(demo_site(), start_at=1_784_804_400.0)


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


@pytest.mark.parametrize("order", ["fly", "outage", "fault grid", "fault grid gremlins", "fault grid silence soon"])
def test_a_wrong_order_is_answered_with_help(fleet: Fleet, order: str):
    assert obey(order, fleet) == HELP


def test_an_unknown_device_is_named(fleet: Fleet):
    assert "no device 'moon'" in obey("fault moon silence", fleet)
    assert "no device 'moon'" in obey("clear moon", fleet)
