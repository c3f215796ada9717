"""The coupling assistants: the shipped data is whole, faults are named, and no check passes on doubtful readings."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Catalogue
from core.couplings.checks import Finding, Reason, Verdict, Window, holding, judge, judge_step
from core.couplings.guide import (
    PARTS,
    Check,
    Condition,
    Configuration,
    Couplings,
    Kind,
    Step,
    checks_of,
    couplings_for,
)
from core.couplings.loader import load_all, load_couplings
from core.couplings.progress import Kept, Progress, Result, file_beside, load, save
from core.errors import ProfileError
from core.parameters import Words
from core.paths import profile_roots, resources
from core.points import Kind as PointKind
from core.points import PointKey, Quality, Reading, Value
from core.profile import Profile

NOW = 1_750_505_168.0
NBSP = "\u00a0"
SIX = {
    "dc": {"pv_dc", "battery"},
    "dc_backup": {"pv_dc", "battery", "backup"},
    "dc_ac": {"pv_dc", "pv_ac", "battery"},
    "dc_ac_backup": {"pv_dc", "pv_ac", "battery", "backup"},
    "ac": {"pv_ac", "battery"},
    "ac_backup": {"pv_ac", "battery", "backup"},
}


@pytest.fixture(scope="module")
def aura() -> Couplings:
    found = couplings_for("aura/hybrid", load_all())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def hybrid() -> Profile:
    return Catalogue(profile_roots()).get("aura/hybrid")


# -- the shipped data ------------------------------------------------------------------------------------------


def test_the_six_configurations_of_the_guide_are_there(aura: Couplings) -> None:
    assert {entry.id: set(entry.parts) for entry in aura.configurations} == SIX
    assert {part for parts in SIX.values() for part in parts} == set(PARTS)


def texts(entry: Configuration) -> list[Words]:
    found = [entry.title, entry.summary, *(reminder.text for reminder in entry.reminders)]
    for setting in entry.settings:
        found += [setting.title, setting.why, *([setting.path, setting.choose] if setting.path else [])]
    for check in entry.checks:
        found += [check.title, check.about, *check.provoke, *check.remedies]
        found += [condition.unmet for condition in (*check.given, *check.holds)]
    return found


def test_every_text_is_there_in_both_languages_and_typeset(aura: Couplings) -> None:
    for entry in aura.configurations:
        for words in texts(entry):
            assert words.en
            assert words.fr
            assert "'" not in words.fr, words.fr
            for sign in (" :", " ;", " ?", " !", " %"):
                assert sign not in words.fr, words.fr


@pytest.mark.parametrize("sense", ["ct", "meter"])
def test_each_configuration_is_wired_set_and_checked_by_what_it_has(aura: Couplings, sense: str) -> None:
    for entry in aura.configurations:
        parts, wiring = set(entry.parts), {reminder.id for reminder in entry.reminders_for(sense)}
        settings = {setting.id for setting in entry.settings_for(sense)}
        checks = {check.id for check in entry.checks}
        assert ("pv_dc" in parts) == ("pv_dc" in wiring) == ("pv_present" in checks) == ("pv_input_on" in settings)
        assert ("pv_ac" in parts) == ("pv_ac" in wiring) == ("pv_ac_seen" in checks) == ("ac_couple_on" in settings)
        assert ("backup" in parts) == ("backup_ready" in checks) == ("eps_on" in settings)
        assert ("backup" in parts) == ("eps_off" not in settings)
        assert ("pv_ac" in parts) == ("ac_couple_off" not in settings)
        assert {"grid_present", "battery_connected", "meter_talks", "ct_direction"} <= checks
        assert settings & {"sense_ct", "sense_meter"} == {f"sense_{sense}"}
        assert entry.place == "supply"


def test_points_values_and_parameters_exist_in_the_profile(aura: Couplings, hybrid: Profile) -> None:
    unmapped = {entry.id for entry in hybrid.unmapped}
    for entry in aura.configurations:
        for check in entry.checks:
            assert check.provoke
            assert check.remedies
            for name in check.points():
                assert hybrid.point(name) is not None, name
            for condition in (*check.given, *check.holds):
                for name in condition.points:
                    point = hybrid.point(name)
                    assert point is not None
                    assert {*condition.states, *condition.clear} <= {choice.id for choice in point.choices}
                    assert bool(condition.ranges) == (point.kind is PointKind.GAUGE and bool(point.unit))
            if check.step is not None and check.step.reversed_by is not None:
                point = hybrid.point(check.step.reversed_by[0])
                assert point is not None
                assert check.step.reversed_by[1] in {choice.id for choice in point.choices}
        for setting in entry.settings:
            point = hybrid.point(setting.parameter)
            assert point is not None or setting.parameter in unmapped, setting.parameter
            if setting.value is not None:
                assert point is not None
                assert point.write is not None, "it has to be writable"
                assert setting.value in {choice.id for choice in point.choices}
            if setting.reads is not None:
                shown = hybrid.point(setting.reads[0])
                assert shown is not None
                assert setting.reads[1] in {choice.id for choice in shown.choices}


def test_settings_are_parameters_of_the_panel_and_name_the_same_menu_entry(aura: Couplings, hybrid: Profile) -> None:
    if not hybrid.parameters:
        pytest.skip("this profile lists no parameters yet")
    for entry in aura.configurations:
        for setting in entry.settings:
            parameter = hybrid.parameters.find(setting.parameter)
            assert parameter is not None, setting.parameter
            if setting.value is not None:
                assert parameter.writable
                assert not parameter.choices or setting.value in parameter.choices
            elif ":" in setting.path.fr and parameter.screen:
                menu = setting.path.fr.rpartition(":")[2].strip().casefold()
                assert menu in parameter.screen.fr.replace(NBSP, " ").casefold(), setting.id


def test_nothing_that_follows_from_names_alone_is_called_documented(aura: Couplings) -> None:
    for entry in aura.configurations:
        for check in entry.checks:
            assert check.confidence == "inferred", "every threshold was chosen here"
        documented = {setting.id for setting in entry.settings if setting.confidence == "documented"}
        assert documented <= {
            *("work_mode", "grid_code", "remote_control", "eps_on", "ac_couple_on", "sense_ct", "sense_meter")
        }


# -- the loader ------------------------------------------------------------------------------------------------

SMALL = """\
profiles: [m/x]
title: {en: T, fr: T}
source: somewhere
wiring:
  w: {text: {en: a, fr: b}, source: s}
settings:
  s: {parameter: p, value: on, title: {en: a, fr: b}, why: {en: a, fr: b}, source: s}
checks:
  c:
    kind: holds
    title: {en: a, fr: b}
    about: {en: a, fr: b}
    provoke: [{en: a, fr: b}]
    remedies: [{en: a, fr: b}]
    holds:
      - {point: p, low: 1, unmet: {en: a, fr: b}}
    source: s
configurations:
  - id: one
    title: {en: a, fr: b}
    summary: {en: a, fr: b}
    parts: [battery]
    wiring: [w]
    settings: [s]
    checks: [c]
"""


def read(tmp_path: Path, text: str) -> Couplings:
    file = tmp_path / "x.yaml"
    file.write_text(text, "utf-8")
    return load_couplings(file)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, SMALL)
    (entry,) = found.configurations
    assert entry.checks[0].holds[0].ranges == ((1.0, math.inf),)
    assert entry.settings[0].value == "on"
    assert couplings_for("m/x", [found]) is found
    assert couplings_for("m/y", [found]) is None
    assert found.find("one") is entry
    assert found.find("two") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: holds", "kind: hold", 10, "'hold' is not one of holds, moves, step"),
        ("kind: holds", "kind: step", 10, "a check of the kind step needs step"),
        ("low: 1,", "", 16, "needs one of within (or low, high), is, clear"),
        ("low: 1,", "low: 1, is: [a],", 16, "needs one of within"),
        ("low: 1,", "within: [2, 1],", 16, "2 is above high 1"),
        ("value: on", "value: on, path: {en: a, fr: b}, choose: {en: a, fr: b}", 7, "needs either a value"),
        ("value: on, ", "", 7, "needs either a value"),
        ("parts: [battery]", "parts: [batery]", 22, "'batery' is not one of"),
        ("checks: [c]", "checks: [d]", 25, "'d' is not one of c"),
        ("checks: [c]", "checks: []", 25, "is empty"),
        ("{text: {en: a, fr: b}", "{text: {en: a}", 5, "needs a text in both languages"),
        ("    source: s\nconf", "    source: s\n    samples: 1\nconf", 18, "must be 2 or more"),
        ("    source: s\nconf", "    source: s\n    within: 5 s\nconf", 18, "as long as the window"),
        ("    source: s\nconf", "    source: s\n    pace: 100 ms\nconf", 18, "must be 1 s or longer"),
        ("profiles: [m/x]", "profiles: [m/x]\nodd: 1", 2, "unknown entry"),
        ("profiles: [m/x]", "profiles: []", 1, "is empty"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SMALL
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, SMALL.replace(old, new, 1))
    assert any(f"x.yaml:{line}: " in fault and said in fault for fault in str(caught.value).splitlines()), caught.value


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("kind: holds", "kind: hold").replace("parts: [battery]", "parts: [x]")
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, text)
    assert len(str(caught.value).splitlines()) == 2


def test_the_shipped_files_are_data_of_the_package() -> None:
    assert (resources() / "couplings" / "aura.yaml").is_file()


# -- judging conditions ----------------------------------------------------------------------------------------

A = Words("a", "b")


def holds(*conditions: Condition, given: tuple[Condition, ...] = ()) -> Check:
    return Check("c", Kind.HOLDS, A, A, (A,), (A,), given=given, holds=conditions)


def reading(point: str, value: Value, age: float = 0.0, quality: Quality = Quality.GOOD) -> Reading:
    return Reading(PointKey("aura", point), value, NOW - age, "V", quality)


def series(point: str, *values: Value, step: float = 3.0) -> list[Reading]:
    return [reading(point, value, step * (len(values) - 1 - row)) for row, value in enumerate(values)]


WINDOW = Window(NOW - 12, NOW)
VOLTS = Condition(("u",), A, ranges=((207.0, 253.0),))
STATE = Condition(("state",), A, states=("off_grid",))
BITS = Condition(("warn",), A, clear=("w05",))


def verdict(check: Check, samples: Mapping[str, Sequence[Reading]], window: Window = WINDOW) -> tuple[str, str]:
    found = judge(check, samples, window)
    return found.verdict, found.reason


def test_it_passes_when_it_held_over_the_whole_window() -> None:
    found = judge(holds(VOLTS), {"u": series("u", 230.0, 231.0, 232.0, 231.0)}, WINDOW)
    assert (found.verdict, found.reason) == (Verdict.PASS, Reason.HELD)
    assert [(figure.name, figure.value, figure.unit) for figure in found.figures] == [("u", 231.0, "V")]
    assert [(sample.value, sample.unit, sample.at) for sample in found.evidence] == [
        (230.0, "V", NOW - 9), (231.0, "V", NOW - 6), (232.0, "V", NOW - 3), (231.0, "V", NOW)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0.0, 0.0, 0.0, 0.0), ("fail", "unmet")),
        ((230.0, 0.0, 230.0, 230.0), ("inconclusive", "unsteady")),
        ((230.0, 230.0), ("inconclusive", "too few")),
        ((), ("inconclusive", "too few")),
        ((230.0, math.nan, 230.0, 230.0), ("inconclusive", "untrusted")),
        ((230.0, None, 230.0, 230.0), ("inconclusive", "untrusted")),
    ],
)
def test_anything_else_is_not_a_pass(values: tuple[Value, ...], said: tuple[str, str]) -> None:
    assert verdict(holds(VOLTS), {"u": series("u", *values)}) == said


def test_a_point_that_never_came_leaves_it_open() -> None:
    assert verdict(holds(VOLTS, STATE), {"u": series("u", 230.0, 230.0, 230.0)}) == ("inconclusive", "too few")


def test_readings_that_lie_too_close_together_prove_nothing() -> None:
    assert verdict(holds(VOLTS), {"u": series("u", *[230.0] * 9, step=0.1)}) == ("inconclusive", "too few")


def test_the_same_reading_seen_again_counts_once() -> None:
    same = [reading("u", 230.0)] * 5 + [reading("u", 230.0, 9)]
    assert verdict(holds(VOLTS), {"u": same}) == ("inconclusive", "too few")


def test_readings_from_before_the_window_do_not_count() -> None:
    late = [replace(entry, at=entry.at - 60) for entry in series("u", 230.0, 230.0, 230.0)]
    assert verdict(holds(VOLTS), {"u": late}) == ("inconclusive", "too few")


def test_what_fails_for_certain_fails_even_when_something_else_is_missing() -> None:
    found = judge(holds(VOLTS, STATE), {"u": series("u", 0.0, 0.0, 0.0)}, WINDOW)
    assert (found.verdict, found.unmet) == (Verdict.FAIL, (0,))


def test_bits_that_are_set_fail_and_unknown_bits_matter_only_to_all() -> None:
    assert verdict(holds(BITS), {"warn": series("warn", (), (), ())}) == ("pass", "held")
    assert verdict(holds(BITS), {"warn": series("warn", ("w04",), ("bit_9",), ())}) == ("pass", "held")
    assert verdict(holds(BITS), {"warn": series("warn", ("w05", "w04"), ("w05",), ("w05",))}) == ("fail", "unmet")
    every = replace(BITS, clear=(), all_clear=True)
    assert verdict(holds(every), {"warn": series("warn", ("bit_9",), ("bit_9",), ("bit_9",))}) == ("fail", "unmet")


def test_one_of_several_is_enough_where_the_check_says_so() -> None:
    either = Condition(("a", "b"), A, ranges=((100.0, math.inf),), any_of=True)
    full, none, bad = series("a", 300.0, 300.0, 300.0), series("b", 0.0, 0.0, 0.0), series("b", None, None, None)
    assert verdict(holds(either), {"a": full, "b": none}) == ("pass", "held")
    assert verdict(holds(either), {"a": full, "b": bad}) == ("pass", "held")
    assert verdict(holds(either), {"a": full}) == ("pass", "held")
    low = [replace(entry, value=0.0) for entry in full]
    assert verdict(holds(either), {"a": low, "b": none}) == ("fail", "unmet")
    assert verdict(holds(either), {"a": low, "b": bad}) == ("inconclusive", "untrusted")


def test_a_soft_condition_leaves_it_open() -> None:
    soft = replace(VOLTS, soft=True)
    good = series("state", "off_grid", "off_grid", "off_grid")
    assert verdict(holds(soft, STATE), {"u": series("u", 0.0, 0.0, 0.0), "state": good}) == ("inconclusive", "unmet")


def test_what_was_not_brought_about_is_not_judged() -> None:
    outage = replace(VOLTS, ranges=((-math.inf, 50.0),))
    check = holds(STATE, given=(outage,))
    on, off = series("u", 230.0, 230.0, 230.0), series("u", 3.0, 0.0, 0.0)
    grid = series("state", "on_grid", "on_grid", "on_grid")
    own = series("state", "off_grid", "off_grid", "off_grid")
    assert verdict(check, {"u": on, "state": grid}) == ("inconclusive", "not provoked")
    assert verdict(check, {"u": off, "state": grid}) == ("fail", "unmet")
    assert verdict(check, {"u": off, "state": own}) == ("pass", "held")
    assert verdict(check, {"state": own}) == ("inconclusive", "too few")


def test_the_newest_readings_tell_whether_the_outage_has_begun() -> None:
    outage = (replace(VOLTS, ranges=((-math.inf, 50.0),)),)
    assert holding(outage, {"u": reading("u", 0.0)})
    assert not holding(outage, {"u": reading("u", 230.0)})
    assert not holding(outage, {"u": reading("u", 0.0, quality=Quality.STALE)})
    assert not holding(outage, {})


NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.none()
ANY = st.lists(st.tuples(NUMBERS, st.sampled_from(list(Quality)), st.floats(-30, 30)), max_size=12)


@given(ANY)
def test_no_pass_without_enough_good_readings_all_of_them_inside(
    rows: list[tuple[float | None, Quality, float]],
) -> None:
    readings = [reading("u", value, age, quality) for value, quality, age in rows]
    found = judge(holds(VOLTS), {"u": readings}, WINDOW)
    inside = [entry for entry in readings if WINDOW.start <= entry.at <= WINDOW.end]
    if found.verdict is Verdict.PASS:
        assert len({entry.at for entry in inside}) >= 3
        assert all(entry.quality is Quality.GOOD for entry in inside)
        assert all(isinstance(entry.value, float) and 207 <= entry.value <= 253 for entry in inside)
    if found.verdict is Verdict.FAIL:
        assert all(entry.number is not None and not 207 <= entry.number <= 253 for entry in inside)


@given(ANY, st.integers(0, 3), st.sampled_from([Quality.STALE, Quality.BAD, Quality.UNKNOWN]))
def test_one_doubtful_reading_opens_what_would_pass(
    rows: list[tuple[float | None, Quality, float]], place: int, quality: Quality
) -> None:
    del rows
    good = series("u", 230.0, 230.0, 230.0, 230.0)
    assert verdict(holds(VOLTS), {"u": good})[0] == "pass"
    good[place] = replace(good[place], quality=quality)
    assert verdict(holds(VOLTS), {"u": good}) == ("inconclusive", "untrusted")


# -- a measurement that lives ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((310.0, 2300.0, 305.0), ("pass", "lives")),
        ((0.0, 0.0, 0.0), ("fail", "nought")),
        ((310.0, 310.0, 310.0), ("inconclusive", "still")),
        ((0.0, 4.0, -3.0), ("inconclusive", "still")),
        ((310.0, None, 305.0), ("inconclusive", "untrusted")),
        ((310.0, 2300.0), ("inconclusive", "too few")),
    ],
)
def test_a_measurement_lives_when_it_moves(values: tuple[Value, ...], said: tuple[str, str]) -> None:
    check = Check("m", Kind.MOVES, A, A, (A,), (A,), moves=("p",), least_w=20.0)
    assert verdict(check, {"p": series("p", *values, step=5.0)}) == said


# -- a load of known power -------------------------------------------------------------------------------------

STEP = Check(
    "ct", Kind.STEP, A, A, (A,), (A,), step=Step(("grid",), ("pv",), ("battery",), reversed_by=("warn", "w28"))
)
BEFORE, AFTER = Window(NOW - 60, NOW - 50), Window(NOW - 40, NOW - 30)


def phase(point: str, window: Window, value: float, noise: float = 0.0) -> list[Reading]:
    ats = [window.start + share * (window.end - window.start) for share in (0.0, 0.3, 0.6, 0.9)]
    return [
        Reading(PointKey("aura", point), value + (noise if row % 2 else -noise), at, "W") for row, at in enumerate(ats)
    ]


def stepped(  # noqa: PLR0917  a scenario
    grid: tuple[float, float],
    battery: tuple[float, float] = (0.0, 0.0),
    solar: tuple[float, float] = (0.0, 0.0),
    noise: float = 0.0,
    load_w: float = 1000.0,
    warned: bool = False,
) -> Finding:
    pairs = {"grid": grid, "battery": battery, "pv": solar}
    samples = {
        point: [*phase(point, BEFORE, first, noise), *phase(point, AFTER, second, noise)]
        for point, (first, second) in pairs.items()
    }
    samples["warn"] = [Reading(PointKey("aura", "warn"), ("w28",) if warned else (), AFTER.end)]
    return judge_step(STEP, samples, BEFORE, AFTER, load_w)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (stepped((300, 1310)), ("pass", "right")),
        (stepped((-2000, -1010)), ("pass", "right")),  # it exports, and exports less
        (stepped((300, -690)), ("fail", "reversed")),
        (stepped((300, -2700), battery=(0, -2000)), ("fail", "reversed")),  # reversed, and the battery runs away
        (stepped((300, 1000), battery=(0, 300)), ("pass", "right")),
        (stepped((20, 25), battery=(400, 1390)), ("inconclusive", "covered")),
        (stepped((300, 310)), ("inconclusive", "no step")),
        (stepped((300, 800)), ("inconclusive", "mismatch")),
        (stepped((300, 3300)), ("inconclusive", "mismatch")),
        (stepped((300, 1310), solar=(500, 900)), ("inconclusive", "solar moved")),
        (stepped((300, 1310), solar=(2500, 2600)), ("pass", "right")),  # high, and steady
        (stepped((300, 1310), noise=200.0), ("inconclusive", "solar moved")),
        (stepped((300, 1310), warned=True), ("inconclusive", "warned")),
        (stepped((300, 1310), load_w=400.0), ("inconclusive", "not provoked")),
        (stepped((300, 1310), load_w=2000.0), ("inconclusive", "mismatch")),
    ],
)
def test_the_direction_follows_from_what_the_load_does(found: Finding, said: tuple[str, str]) -> None:
    assert (found.verdict, found.reason) == said


def test_the_figures_of_a_step_say_what_moved() -> None:
    found = stepped((300, 1310), battery=(0, 20))
    shown = {figure.name: figure.value for figure in found.figures}
    assert shown == {"load": 1000, "before": 300, "after": 1310, "change": 1010, "battery": 20, "solar": 0}
    assert {figure.unit for figure in found.figures} == {"W"}
    assert {sample.point for sample in found.evidence} == {"grid", "battery", "pv", "warn"}


def test_other_loads_that_switch_meanwhile_leave_it_open() -> None:
    grid = [*phase("grid", BEFORE, 300, 200), *phase("grid", AFTER, 1310)]
    rest = {point: [*phase(point, BEFORE, 0), *phase(point, AFTER, 0)] for point in ("pv", "battery")}
    assert judge_step(STEP, {"grid": grid, **rest}, BEFORE, AFTER, 1000.0).reason is Reason.RESTLESS


def test_windows_in_the_wrong_order_prove_nothing() -> None:
    grid = {point: [*phase(point, BEFORE, 0), *phase(point, AFTER, 0)] for point in ("grid", "pv", "battery")}
    assert judge_step(STEP, grid, AFTER, BEFORE, 1000.0).reason is Reason.NOT_PROVOKED
    assert judge(STEP, grid, AFTER).verdict is Verdict.OPEN


WATTS = st.floats(-4000, 4000)


@given(WATTS, st.floats(600, 8000), st.floats(-150, 150), st.floats(-100, 100))
def test_turning_the_sign_turns_the_verdict(base: float, load: float, battery: float, error: float) -> None:
    right = stepped((base, base + load - battery + error), battery=(0, battery), load_w=load)
    turned = stepped((-base, -base - load + battery - error), battery=(0, battery), load_w=load)
    assert right.verdict is Verdict.PASS
    assert (turned.verdict, turned.reason) == (Verdict.FAIL, Reason.REVERSED)


@given(WATTS, WATTS, WATTS, WATTS, st.floats(500, 9000))
def test_a_pass_means_that_the_import_rose_and_a_fail_that_it_fell(
    before: float, after: float, charge: float, discharge: float, load: float
) -> None:
    found = stepped((before, after), battery=(charge, discharge), load_w=load)
    if found.verdict is Verdict.PASS:
        assert after - before > 0.3 * load - 1e-6
    if found.verdict is Verdict.FAIL:
        assert after - before < -0.3 * load + 1e-6


@given(
    st.sampled_from(["grid", "pv", "battery"]),
    st.integers(0, 7),
    st.sampled_from([Quality.STALE, Quality.BAD, Quality.UNKNOWN]),
)
def test_no_step_passes_on_a_doubtful_reading(point: str, place: int, quality: Quality) -> None:
    pairs = {"grid": (300.0, 1310.0), "battery": (0.0, 0.0), "pv": (0.0, 0.0)}
    samples = {name: [*phase(name, BEFORE, a), *phase(name, AFTER, b)] for name, (a, b) in pairs.items()}
    assert judge_step(STEP, samples, BEFORE, AFTER, 1000.0).verdict is Verdict.PASS
    samples[point][place] = replace(samples[point][place], quality=quality)
    assert judge_step(STEP, samples, BEFORE, AFTER, 1000.0).reason is Reason.UNTRUSTED
    samples[point] = samples[point][:4] if place < 4 else samples[point][4:]
    assert judge_step(STEP, samples, BEFORE, AFTER, 1000.0).verdict is Verdict.OPEN


def test_three_phases_are_checked_one_by_one(aura: Couplings, hybrid: Profile) -> None:
    entry = aura.find("dc")
    assert entry is not None
    one = {point.id for point in hybrid.points_for(hybrid.options_with({}))}
    three = {point.id for point in hybrid.points_for(hybrid.options_with({"phases": "3"}))}
    assert [check.id for check in checks_of(entry, one)].count("ct_direction") == 1
    found = [check for check in checks_of(entry, three) if check.id.startswith("ct_direction")]
    assert [check.step.grid for check in found if check.step] == [
        ("grid_power",),
        ("grid_power_l2",),
        ("grid_power_l3",),
    ]
    assert [check.title.en[-4:] for check in found] == ["(L1)", "(L2)", "(L3)"]
    for check in checks_of(entry, one):
        assert set(check.points()) <= one


# -- what is kept ----------------------------------------------------------------------------------------------


def some_progress() -> Progress:
    found = replace(stepped((300, -690)), unmet=(1,))
    bits = judge(holds(BITS), {"warn": series("warn", ("w05",), ("w05",), ())}, WINDOW)
    return (
        Progress(step=2, sense="meter", note="tore retourné", begun=NOW)
        .ticked("wiring", "battery_cables", True)
        .ticked("settings", "eps_on", True)
        .with_load("ct_direction", 1500.0)
        .with_result("ct_direction", Result(found, NOW, "Anne"))
        .with_result("battery_connected", Result(bits, NOW + 1))
    )


def test_progress_comes_back_as_it_was(tmp_path: Path) -> None:
    file = file_beside(tmp_path / "ferme.sqlite")
    assert file.name == "ferme.couplings.json"
    kept = Kept("aura", "dc_ac").with_progress("aura", "dc_ac", some_progress())
    assert load(file) == Kept()
    save(file, kept)
    assert load(file) == kept
    assert load(file).of("aura", "ac") == Progress()
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


def test_a_tick_can_be_taken_away() -> None:
    progress = some_progress().ticked("wiring", "battery_cables", False)
    assert progress.wiring == frozenset()
    assert progress.settings == {"eps_on"}


def test_a_reading_that_is_no_number_can_be_kept(tmp_path: Path) -> None:
    found = judge(holds(VOLTS), {"u": series("u", 230.0, math.inf, 230.0)}, WINDOW)
    file = tmp_path / "x.couplings.json"
    save(file, Kept().with_progress("a", "b", Progress().with_result("c", Result(found, NOW))))
    assert load(file).of("a", "b").results["c"].finding.evidence[1].value is None


GOOD = {"version": 1, "device": "", "configuration": "", "entries": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        json.dumps({**GOOD, "version": 2}),
        json.dumps({**GOOD, "entries": [{}]}),
        "[" * 9999,
    ],
)
def test_a_damaged_file_is_set_aside_and_not_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.couplings.json"
    file.write_text(text, "utf-8")
    assert load(file) == Kept()
    assert (tmp_path / "x.couplings.json.damaged").read_text("utf-8") == text
    assert not file.exists()
