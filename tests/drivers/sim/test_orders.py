"""A person at the simulator's terminal."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import parse_link
from drivers.sim.demo import demo_site
from drivers.sim.faults import Fault, WriteFault
from drivers.sim.fleet import Fleet
from drivers.sim.orders import HELP, obey
from drivers.sim.site import SiteModel
from drivers.sim.station_twin import StationTwin
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


def test_writes_to_a_device_go_wrong_and_right_again(fleet: Fleet):
    assert obey("write_fault inverter remote_off", fleet) == "inverter: writes are remote off"
    assert obey("write_fault inverter clamped 30", fleet) == "inverter: writes are clamped for 30 s"
    assert obey("write_fault inverter reverts 5", fleet) == "inverter: what is written reverts after 5 s"
    struck = fleet.faults["inverter"].strike_write(())
    assert set(struck) == {WriteFault.REMOTE_OFF, WriteFault.CLAMPED, WriteFault.REVERTS}
    assert struck[WriteFault.REVERTS].after_s == 5.0
    assert struck[WriteFault.REVERTS].until is None
    assert obey("write_fault inverter reverts", fleet) == "inverter: what is written reverts after 120 s"
    assert obey("clear inverter", fleet) == "no more faults"
    assert not fleet.faults["inverter"].spoils_writes


def test_a_station_on_ocpp_knows_write_faults_and_a_wallbox_on_can_does_not(fleet: Fleet):
    twin = fleet.twins["charger_ocpp"]
    assert isinstance(twin, StationTwin)
    assert obey("write_fault charger_ocpp lost", fleet) == "charger_ocpp: writes are lost"
    assert WriteFault.LOST in twin.faults.strike_write(())
    assert obey("clear", fleet) == "no more faults"
    assert not twin.faults.spoils_writes
    assert obey("write_fault wallbox_1 lost", fleet) == HELP


def test_somebody_changes_a_value(fleet: Fleet):
    inverter = fleet.banks["inverter"]
    for order, address, word in (
        ("poke inverter battery_charge_limit 42", 3079, 42),
        ("poke inverter work_mode battery_priority", 3044, 2),
        ("poke inverter grid_charge_start 07:30", 3317, 0x0730),
        ("poke inverter warning_word w05_battery_not_connected|w28_ct_reversed", 3049, None),
    ):
        assert obey(order, fleet) == f"inverter: {order.split()[2]} is {order.split()[3]}"
        assert word in (None, inverter.read(4, address, 1)[0])
    assert inverter.value("warning_word") == ("w05_battery_not_connected", "w28_ct_reversed")
    twin = fleet.twins["charger_ocpp"]
    assert isinstance(twin, StationTwin)
    assert obey("poke charger_ocpp key_stationname Borne du hangar", fleet)
    twin.keys.settle()
    assert twin.keys.get("stationname") == "Borne du hangar"


def test_a_value_that_cannot_be_is_told_in_a_sentence(fleet: Fleet):
    assert obey("poke inverter moon 1", fleet) == "inverter has no point 'moon'"
    assert obey("poke inverter battery_charge_limit full", fleet) == "battery_charge_limit is a number, not 'full'"
    assert "work_mode has no choice 'lazy'" in obey("poke inverter work_mode lazy", fleet)
    assert obey("poke inverter battery_charge_limit 1e9", fleet) == "1000000000 does not fit 1 register(s)"
    assert obey("poke inverter battery_charge_limit nan", fleet) == "battery_charge_limit cannot hold nan"
    assert obey("poke charger_ocpp moon 1", fleet) == "the station has no key 'moon'"
    assert obey("poke wallbox_1 x 1", fleet) == HELP
    assert "no device 'moon'" in obey("poke moon x 1", fleet)
    assert "no device 'moon'" in obey("write_fault moon lost", fleet)


@pytest.mark.parametrize(
    "order",
    [
        "fly",
        "outage",
        "fault grid",
        "fault grid gremlins",
        "fault grid silence soon",
        "write_fault grid",
        "write_fault grid silence",
        "write_fault grid lost soon",
        "poke grid",
        "poke grid dtsu.ct",
    ],
)
def test_a_wrong_order_is_answered_with_help(fleet: Fleet, order: str):
    assert obey(order, fleet) == HELP


def test_an_unknown_device_is_named(fleet: Fleet):
    assert "no device 'moon'" in obey("fault moon silence", fleet)
    assert "no device 'moon'" in obey("clear moon", fleet)
