"""Checks of what is known of devices."""

from __future__ import annotations

from functools import cache

from core.catalogue import Catalogue
from core.golden import load_cases
from core.paths import resources
from drivers.golden import run_case
from gui.selftest.check import Failed, Setting


@cache
def shipped() -> Catalogue:
    """The profiles that come with the program, without the user's own."""
    return Catalogue([resources() / "profiles"])


def profiles_load(setting: Setting) -> str:
    """Every profile is sound."""
    del setting
    found = list(shipped())
    if not found:
        raise Failed(f"there is no profile below {resources()}")
    return f"{len(found)} profiles, {sum(len(profile.points) for profile in found)} points"


def golden_cases_decode(setting: Setting) -> str:
    """Every golden case of every profile gives the readings that it promises."""
    del setting
    count = 0
    for profile in shipped():
        for case in load_cases(profile.folder / "golden.yaml"):
            count += 1
            if faults := run_case(profile, case):
                raise Failed(f"{profile.id}: {faults[0]}")
    return f"{count} cases"
