"""Keys that a station has told and no profile knows: an administrator's, and only with the station's first device."""

from __future__ import annotations

from dataclasses import replace

from core.access import Person
from core.config import DeviceConfig
from core.parameters import Danger, Memory
from core.points import Access, Kind, Point
from core.writing import rules
from tests.core.writing.fakes import INSTALLER, LIMIT, PIN, POINTS, PROFILE, parameter

ADMINISTRATOR = Person("Aude", "administrator")
DEVICE = DeviceConfig("post", "calls", PROFILE.id, PROFILE)


def told(name: str, **more: object) -> Point:
    base = Point(
        f"key_{name}",
        (),
        None,
        "text",
        access=Access.READ_WRITE,
        kind=Kind.TEXT,
        en=name,
        fr=name,
        path=f"key.{name}",
        source="told by the station",
    )
    return replace(base, **more)


COLOUR, TOKEN, FIXED = told("colour"), told("token", secret=True), told("fixed", access=Access.READ)


def test_what_no_profile_knows_is_listed_under_its_own_name_for_administrators_alone() -> None:
    every = rules.parameters_of(DEVICE, (*POINTS, COLOUR, TOKEN, FIXED))
    assert every.find("key_fixed") is None, "the station says that it cannot be changed"
    colour = every.find("key_colour")
    assert colour is not None
    assert (colour.section, colour.sees, colour.writes) == ("other", "administrator", "administrator")
    assert (colour.title.en, colour.memory, colour.danger) == ("colour", Memory.FLASH, Danger.NONE)
    assert colour.touches.en
    assert colour.touches.fr
    for person, seen in ((INSTALLER, False), (Person(), False), (ADMINISTRATOR, True)):
        shown = rules.visible(every, person)
        assert (shown.find("key_colour") is not None) is seen
        assert ("other" in {section.id for section in shown.sections}) is seen
        assert shown.find(LIMIT.id) is not None


def test_a_secret_that_no_profile_knows_needs_a_reason_and_a_second_confirmation() -> None:
    token = rules.parameters_of(DEVICE, (*POINTS, TOKEN)).find("key_token")
    assert token is not None
    assert token.danger is Danger.REACH


def test_the_keys_of_a_station_are_with_the_first_of_its_devices() -> None:
    listed = replace(PROFILE.parameters, entries=(*PROFILE.parameters.entries, parameter(PIN)))
    device = replace(DEVICE, profile=replace(PROFILE, parameters=listed))
    first = rules.parameters_of(device, (*POINTS, PIN))
    second = rules.parameters_of(replace(device, id="post-2"), POINTS)
    assert {entry.id for entry in first.entries} - {entry.id for entry in second.entries} == {PIN.id}
    assert second.find("backup") is not None, "what is set on the screen stays"


def test_a_device_without_a_profile_has_no_parameters() -> None:
    assert not rules.parameters_of(replace(DEVICE, profile=None), (COLOUR,))
