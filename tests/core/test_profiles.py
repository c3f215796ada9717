"""Every shipped profile loads, and its golden cases are true."""

from __future__ import annotations

import pytest

from core.catalogue import Catalogue
from core.golden import load_cases
from core.layout import points_of
from core.paths import resources
from core.plan import plan
from core.points import Access, Confidence, Kind
from core.profile_points import PATH_TYPES
from core.wordtypes import TYPES
from drivers.golden import run_case

SHIPPED = Catalogue([resources() / "profiles"])
NAMES = [
    "abb/b23",
    "aura/hybrid",
    "carlo_gavazzi/em340",
    "chint/ddsu666",
    "chint/dtsu666",
    "deye/hybrid",
    "eastron/sdm120",
    "eastron/sdm630",
    "generic/meter",
    "legrand/ems_cx3",
    "legrand/emdx3",
    "legrand/pulse",
    "ocpp/charge_point",
    "open_evse/can_wallbox",
    "pylontech/low_voltage",
    "schneider/evlink",
    "schneider/evlink_ocpp",
    "schneider/evlink_pro_ac",
    "schneider/iem2000",
    "schneider/iem3000",
    "socomec/c550",
    "sofar/high_voltage_bms",
    "sunspec/inverter",
    "sunspec/meter",
    "sunspec/storage",
    "zcs/hyd_es",
    "zcs/hyd_g3",
    "zcs/pv_g3",
    "zcs/pv_old",
]


def test_the_catalogue_holds_the_promised_devices():
    assert SHIPPED.ids() == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_golden_cases_are_true(name: str):
    profile = SHIPPED.get(name)
    cases = load_cases(profile.folder / "golden.yaml")
    assert cases
    assert [fault for case in cases for fault in run_case(profile, case)] == []


@pytest.mark.parametrize("name", NAMES)
def test_golden_cases_exercise_every_type_of_the_profile(name: str):
    profile = SHIPPED.get(name)
    proven = {reading for case in load_cases(profile.folder / "golden.yaml") for reading in case.readings}
    proven = {".".join(part for part in reading.split(".") if not part.isdecimal()) for reading in proven} | proven
    used = {point.type for point in profile.points if point.readable}
    assert used <= {point.type for point in profile.points if point.id in proven}


@pytest.mark.parametrize("name", NAMES)
def test_every_point_is_named_in_both_languages_and_has_a_source(name: str):
    for point in SHIPPED.get(name).points:
        assert point.en, point.id
        assert point.fr, point.id
        assert point.source, point.id
        assert all(choice.en and choice.fr for choice in point.choices), point.id


@pytest.mark.parametrize("name", NAMES)
def test_requests_respect_the_rules_of_the_device(name: str):
    profile = SHIPPED.get(name)
    points = points_of(profile, profile.options_with({}))
    for block in plan(points, profile.blocks) if profile.layout != "sunspec" else []:
        longest = max(point.count for point in block.points)
        assert block.count <= max(profile.blocks.most_registers, longest)
        assert not any(block.address < edge < block.end for edge in profile.blocks.boundaries) or longest == block.count


@pytest.mark.parametrize("name", NAMES)
def test_physical_values_have_inner_units(name: str):
    for point in SHIPPED.get(name).points:
        if point.kind is Kind.COUNTER:
            assert point.unit in ("Wh", "varh", "VAh", "Ah", "s", ""), point.id
        if point.type in ("u16", "s16") and point.write and point.confidence is Confidence.INFERRED:
            assert point.access is not Access.READ, point.id
        assert point.type == "area" or point.type in (PATH_TYPES if point.path else TYPES)
