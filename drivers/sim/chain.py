"""The SunSpec chain of models that a simulated device shows: marker, model 1, the profile's models, end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.profile import Profile
from core.sunspec import BASES, END, MARKER

MODULES = 2  # how often a repeated block comes: two strings
# Length of a model without its two header words, and without repeated blocks. SunSpec Alliance, model definitions.
_LENGTHS = {
    1: 66,
    101: 50,
    102: 50,
    103: 50,
    120: 26,
    121: 30,
    122: 44,
    123: 24,
    124: 24,
    160: 8,
    201: 105,
    202: 105,
    203: 105,
    204: 105,
}


def lay_out(profile: Profile) -> dict[int, int]:
    """Return the fixed words of the chain by address: headers, counts of repeated blocks, marker and end."""
    base = BASES[0]
    words = {base: MARKER[0], base + 1: MARKER[1]}
    address = base + 2
    for name, number in _models(profile):
        ends = [max(point.at) + 1 for point in profile.points if point.model == name]
        length = max(_LENGTHS.get(number, 0), max(ends, default=2) - 2)
        for repeat in profile.repeats.values():
            if repeat.model == name:
                length = repeat.starts - 2 + MODULES * repeat.length
                counter = profile.point(repeat.count)
                if counter is not None:
                    words[address + counter.at[0]] = MODULES
        words[address], words[address + 1] = number, length
        address += 2 + length
    words[address], words[address + 1] = END, 0
    return words


def span(words: dict[int, int]) -> range:
    """Return every address of the chain, the end marker included."""
    return range(min(words), max(words) + 1)


def _models(profile: Profile) -> list[tuple[str, int]]:
    """Name and number of each model; of several that share a layout, the one that bears the name."""
    chosen = [(name, _number(name, ids)) for name, ids in profile.models.items()]
    if all(number != 1 for _, number in chosen):
        chosen.insert(0, ("", 1))
    return sorted(chosen, key=lambda entry: entry[1] != 1)


def _number(name: str, ids: Sequence[int]) -> int:
    digits = re.search(r"\d+", name)
    return int(digits[0]) if digits and int(digits[0]) in ids else ids[-1]
