"""Of which station an EVlink configuration file is, as far as it says so itself.

It names neither model nor firmware outright. From the factory the user of the alarm mail is made of the numbers on the
product's label (commercial reference, factory, date, revision, batch, number, product), as the sample of DOCA0060FR-10
shows beside its table "Product Number"; an operator may have put another user there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.access import Person
from core.evlink.cfg import Cfg

HARDWARE = ("nbPhase", "currentPH1", "iMaxStation")
"""Keys that the factory sets to what has been built."""

_LABEL = re.compile(
    r"(?P<reference>EV[A-Z0-9.]+?)(?P<factory>[A-Z]{2})(?P<date>\d{5})\d{2}\d{3}\d{3}(?P<product>\d{6}[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """``reference`` such as EV.2S22P22R, ``product`` such as 502159V, ``name`` of the station; empty when not said."""

    reference: str = ""
    product: str = ""
    name: str = ""


def identity(cfg: Cfg) -> Identity:
    """What the file says of its station."""
    login, name = cfg.find("AlarmLogin"), cfg.find("stationName")
    match = _LABEL.fullmatch(login.text) if login is not None else None
    return Identity(
        match["reference"] if match else "", match["product"] if match else "", name.text if name is not None else ""
    )


def differences(left: Cfg, right: Cfg, person: Person | None = None) -> list[str]:
    """Sentences about model and hardware: what differs, and what cannot be told.

    ``person``: whose role decides which values may stand in them; None sees all.
    """
    found: list[str] = []
    one, other = identity(left), identity(right)
    if not (one.reference and other.reference):
        found.append("not both files say their model: compare the commercial references on the labels")
    elif (one.reference, one.product) != (other.reference, other.product):
        sentence = (
            f"the left file is of {one.reference} ({one.product}), the right one of {other.reference} ({other.product})"
        )
        found.append(sentence if _sees(person, left, "AlarmLogin") else "the two files are of different models")
    for key in HARDWARE:
        mine, its = left.find(key), right.find(key)
        if mine is None or its is None or mine.text == its.text:
            continue
        sentence = f"the stations are built differently: {key} is {mine.text} here and {its.text} there"
        found.append(sentence if _sees(person, left, key) else "the stations are built differently")
    return list(dict.fromkeys(found))


def _sees(person: Person | None, cfg: Cfg, key: str) -> bool:
    entry = cfg.find(key)
    return person is None or (entry is not None and person.reaches(entry.sees))


def station_doubts(cfg: Cfg, name: str, person: Person | None = None) -> tuple[str, ...]:
    """Sentences to read before values of a connected station go into a file; ``name``: as the station tells it."""
    found = ["a configuration file does not say its firmware: compare model and firmware with those of the station"]
    mine = identity(cfg).name
    if mine and name and mine != name and _sees(person, cfg, "stationName"):
        found.append(f"the file is of the station {mine!r}, this one is {name!r}")
    return tuple(found)
