"""``wattelier profiles``: what is known, and whether it is true."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.errors import ProfileError
from core.golden import load_cases
from core.profile import Profile
from core.profile_loader import load_profile
from drivers.golden import run_case
from gui.verbs.source import catalogue


def profiles(options: argparse.Namespace) -> int:
    """List the profiles, or check a folder of them."""
    if options.check is not None:
        return check(options.check)
    known, faults = _load_all()
    if options.json:
        print(json.dumps([_facts(profile) for profile in known], ensure_ascii=False))
        return 0
    for profile in known:
        inferred = f", {profile.inferred} inferred" if profile.inferred else ""
        print(f"{profile.id:<24} {profile.title:<40} {len(profile.points):>4} points{inferred}")
    if faults:
        raise ProfileError("\n".join(faults))
    return 0


def _load_all() -> tuple[list[Profile], list[str]]:
    """Every profile that is sound, and what is wrong with the others."""
    everything = catalogue()
    known: list[Profile] = []
    faults: list[str] = []
    for name in everything.ids():
        try:
            known.append(everything.get(name))
        except ProfileError as err:
            faults += str(err).splitlines()
    return known, faults


def _facts(profile: Profile) -> dict[str, object]:
    return {
        "id": profile.id,
        "maker": profile.maker,
        "model": profile.model,
        "category": profile.category,
        "points": len(profile.points),
        "inferred": profile.inferred,
        "parameters": len(profile.parameters.entries),
        "source": profile.source,
    }


def check(folder: Path) -> int:
    """Read every profile below a folder with its parameters, run its golden cases; 2 when anything is at fault."""
    headers = sorted(folder.rglob("profile.yaml"))
    if not headers:
        raise ProfileError(f"{folder}: there is no profile.yaml below it")
    faults: list[str] = []
    cases = settings = 0
    for header in headers:
        try:
            profile = load_profile(header.parent)
            settings += len(profile.parameters.entries)
            for case in load_cases(header.parent / "golden.yaml"):
                cases += 1
                faults += [f"{header.parent / 'golden.yaml'}:{case.line}: {fault}" for fault in run_case(profile, case)]
        except ProfileError as err:
            faults += str(err).splitlines()
    if faults:
        raise ProfileError("\n".join(faults))
    print(f"{len(headers)} profiles, {cases} golden cases: all true; {settings} parameters")
    return 0
