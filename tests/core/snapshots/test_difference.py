"""Two devices beside each other: what is the same, what differs, what nobody can tell; and what becomes an edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parameters import Parameters
from core.points import Choice, Kind, PointKey, Quality, Reading, Value
from core.snapshots.difference import Difference, Side, State, compare, doubts, edits_from, refusal
from core.snapshots.snapshot import NOT_SET, SET, Device, Item, Seal
from core.writing.review import Edit
from tests.core.snapshots.plant import Plant
from tests.core.writing.fakes import PARAMETERS, VIEWER, parameter
from tests.core.writing.fakes import point as point_of


def item(name: str, value: Value, **more: object) -> Item:
    return replace(Item(name, value=value, quality=Quality.GOOD), **more)  # type: ignore[arg-type]


def device(*items: Item, profile: str = "acme/box", name: str = "box") -> Device:
    return Device(name, profile=profile, parameters=items)


def states(left: Device, right: Device) -> dict[str, State]:
    return {difference.id: difference.state for difference in compare(left, right)}


def test_every_state() -> None:
    unread = Item("d", reason="no answer")
    left = device(item("a", 1.0), item("b", 1.0), item("c", 1.0), unread)
    right = device(item("a", 1.0), item("b", 2.0), item("d", 4.0), item("e", 5.0))
    assert states(left, right) == {
        "a": State.SAME, "b": State.DIFFERENT, "c": State.LEFT, "d": State.UNREADABLE, "e": State.RIGHT
    }  # fmt: skip
    assert {found.id for found in compare(left, right) if found.counts} == {"b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (item("a", 80.0, step=0.1), item("a", 80.04), State.SAME),  # a reference that was typed with more figures
        (item("a", 80.0, step=0.1), item("a", 80.06), State.DIFFERENT),
        (item("a", "off"), item("a", "on"), State.DIFFERENT),
        (item("a", ("mon", "tue")), item("a", ("tue", "mon")), State.SAME),
        (item("a", ("mon", "tue")), item("a", "mon|tue"), State.SAME),
        (item("a", "mon"), item("a", ("mon",)), State.SAME),
        (item("a", 1.0), item("a", "1"), State.DIFFERENT),
        (item("a", 1.0, unit="W"), item("a", 1.0, unit="kW"), State.UNREADABLE),
        (item("a", 1.0, unit="W"), item("a", 1.0), State.SAME),
        (item("a", 1.0, quality=Quality.UNKNOWN), item("a", 1.0), State.UNREADABLE),
        (item("a", 1.0, quality=Quality.STALE), item("a", 1.0), State.SAME),
        (item("a", 1.0, quality=None), item("a", 2.0), State.DIFFERENT),
        (item("a", SET, secret=True), item("a", SET, secret=True), State.UNREADABLE),
        (item("a", NOT_SET, secret=True), item("a", SET, secret=True), State.DIFFERENT),
        (item("a", NOT_SET, secret=True), item("a", NOT_SET, secret=True), State.SAME),
        (item("a", None, reason="x"), item("a", None, reason="x"), State.UNREADABLE),
    ],
)
def test_values_are_compared_as_the_device_holds_them(one: Item, other: Item, state: State) -> None:
    assert states(device(one), device(other)) == {"a": state}
    assert states(device(other), device(one)) == {"a": state}


@given(st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.floats(0, 9), st.sampled_from(["x", "y"]), st.none())))
def test_a_device_differs_in_nothing_from_itself(held: dict[str, Value]) -> None:
    one = device(*(item(name, value, reason="" if value is not None else "?") for name, value in held.items()))
    assert [found for found in compare(one, one) if found.counts] == []


def test_what_nobody_knows_on_either_side_is_no_difference() -> None:
    (found,) = compare(device(Item("a", reason="x")), device(Item("a", reason="y")))
    assert not found.counts
    (found,) = compare(device(item("a", SET, secret=True)), device(item("a", SET, secret=True)))
    assert not found.counts


def test_of_a_reference_only_what_it_names_counts() -> None:
    reference, found = device(item("a", 1.0), item("lost", 1.0)), device(item("a", 1.0), item("b", 1.0))
    assert [entry.id for entry in compare(reference, found, [Side.LEFT])] == ["a", "lost"]
    assert [entry.id for entry in compare(found, reference, [Side.RIGHT])] == ["a", "lost"]


def test_of_two_profiles_only_what_both_have_is_compared_with_a_warning() -> None:
    left, right = device(item("a", 1.0), item("b", 1.0)), device(item("a", 2.0), item("c", 1.0), profile="acme/can")
    assert states(left, right) == {"a": State.DIFFERENT}
    assert doubts(left, right) == [
        "the profiles differ (acme/box, acme/can): only what bears the same name in both is compared"
    ]


def test_what_a_device_is_comes_first_and_is_no_edit() -> None:
    left = replace(device(item("a", 1.0)), identity=(item("firmware", "4.1"),))
    right = replace(device(item("a", 1.0)), identity=(item("firmware", "4.2"),))
    first, second = compare(left, right)
    assert (first.id, first.own, first.state, second.own) == ("firmware", True, State.DIFFERENT, False)
    assert refusal(first, PARAMETERS) == "it says what the device is, and is not set"


def test_what_has_to_be_known_before_one_relies_on_it() -> None:
    left = replace(device(), serial="1", reason="unit 3 does not answer")
    right = replace(device(), serial="2", note="2 of its parameters had been written by this program before")
    assert doubts(left, right, (Seal.CHANGED, None)) == [
        "it is another device under the same name: serial number 1, then 2",
        "the left file has been changed after it was written",
        "on the left, box was not read to the end: unit 3 does not answer",
        "on the right: 2 of its parameters had been written by this program before",
    ]
    assert doubts(device(), device(), (Seal.FINE, Seal.NONE)) == []


# -- edits -------------------------------------------------------------------------------------------------------


def differences(**wanted: Value) -> list[Difference]:
    left = device(*(item(name, value) for name, value in wanted.items()))
    return compare(left, device(*(item(name, 55.0) for name in wanted)))


def test_chosen_values_become_edits_with_what_was_read_last(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    key = PointKey("other", "limit")
    plant.readings[key] = Reading(key, 50.0, 7.0, "%")
    edits = edits_from(differences(limit=80.0, alpha=2.0), plant, "other")
    assert edits == [Edit(key, 80.0, plant.readings[key]), Edit(PointKey("other", "alpha"), 2.0, None)]
    assert [edit.value for edit in edits_from(differences(limit=80.0), plant, "box", Side.RIGHT)] == [55.0]


def test_what_may_not_be_set_never_becomes_an_edit(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    wanted = differences(limit=800.0, restart=1.0, backup=1.0, unheard=1.0, mode="lost", grid_code=4.0)
    assert [edit.key.point for edit in edits_from(wanted, plant, "box")] == ["grid_code"]
    plant.access.sign_in(VIEWER)
    assert edits_from(wanted, plant, "box") == []  # hidden to this role
    assert edits_from(differences(limit=80.0), plant, "box") != []  # whether he may write it, the review says


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (item("limit", 80.0, secret=True), "a secret is never taken over"),
        (item("limit", None), "there is no value"),
        (item("limit", 80.0, quality=Quality.UNKNOWN), "the value is not to be relied on"),
        (item("limit", 80.0, unit="W"), "it is in another unit"),
        (item("limit", 800.0), "800 % is outside 0 … 100 %"),
        (item("restart", 1.0), "an order is never taken over"),
        (item("backup", 1.0), "this is set on the device's own screen"),
        (item("unheard", 1.0), "this device has no such parameter"),
        (item("limit", 80.0, unit="%"), ""),
        (item("mode", "timed"), ""),
    ],
)
def test_each_has_its_reason(found: Item, sentence: str) -> None:
    assert refusal(Difference(found.id, found, None, State.LEFT), PARAMETERS) == sentence
    assert refusal(Difference(found.id, None, None, State.LEFT), PARAMETERS) != ""


def test_a_number_is_no_text_and_a_word_may_be_a_bit(tmp_path: Path) -> None:
    label = replace(point_of("label", 0x50), kind=Kind.TEXT, type="ascii", at=(0x50, 0x51), low=None, high=None)
    days = replace(
        point_of("days", 0x60),
        kind=Kind.BITS,
        type="bits",
        choices=(Choice(0, "mon", "", ""), Choice(1, "tue", "", "")),
    )
    parameters = Parameters(entries=(parameter(label), parameter(days)))
    number = Difference("label", item("label", 12.0), None, State.LEFT)
    assert refusal(number, parameters) == "this is a text: put it in quotes"
    assert refusal(replace(number, left=item("label", "0012")), parameters) == ""
    plant = Plant(tmp_path)
    plant.parameters = lambda device: parameters  # type: ignore[method-assign]
    wanted = [Difference("days", item("days", text), None, State.LEFT) for text in ("tue", "mon|tue", "sun")]
    assert [edit.value for edit in edits_from(wanted, plant, "box")] == [("tue",), ("mon", "tue")]
