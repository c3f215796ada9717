"""Where in a frame without registers a value stands: bytes of a CAN frame by its DBC, a text of an OCPP message.

Pure functions; a place that cannot be told is not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from gui.models.trace import Run

IDENTIFIER = 4  # bytes of a CAN frame in the ring that come before its data

_MESSAGE = re.compile(r"^BO_\s+\d+\s+(\w+)\s*:", re.MULTILINE)
_SIGNAL = re.compile(r"^\s*SG_\s+(\w+)\s*(?:[mM]\w*\s*)?:\s*(\d+)\|(\d+)@([01])", re.MULTILINE)


def can_bytes(dbc: str, path: str, size: int) -> frozenset[int]:
    """Positions, in a frame of the ring of ``size`` bytes, of the signals of a path; the whole data where unknown."""
    everything = frozenset(range(IDENTIFIER, size))
    found: set[int] = set()
    for place in path.split("+"):
        message, _dot, signal = place.partition(".")
        bits = _bits(dbc, message, signal)
        if bits is None:
            return everything
        found |= {IDENTIFIER + bit // 8 for bit in bits}
    return frozenset(found) if found and max(found) < size else everything


def _bits(dbc: str, message: str, signal: str) -> list[int] | None:
    """The bits of a signal, numbered as a DBC does: 8 times the byte plus the bit in it."""
    head = next((match for match in _MESSAGE.finditer(dbc) if match[1] == message), None)
    if head is None:
        return None
    rest = dbc[head.end() :]
    following = re.search(r"^BO_\s", rest, re.MULTILINE)
    block = rest[: following.start()] if following else rest
    for match in _SIGNAL.finditer(block):
        if match[1] == signal:
            start, length = int(match[2]), int(match[3])
            if match[4] == "1":  # Intel: upwards from the lowest bit
                return list(range(start, start + length))
            bits: list[int] = []  # Motorola: from the highest bit downwards, then on in the next byte
            bit = start
            for _ in range(length):
                bits.append(bit)
                bit = bit + 15 if bit % 8 == 0 else bit - 1
            return bits
    return None


def dbc_text(file: Path | None) -> str:
    """A DBC as text, empty when there is none to be read."""
    try:
        return file.read_text("latin-1") if file is not None else ""
    except OSError:
        return ""


def json_runs(text: str, path: str, raw: str) -> list[Run]:
    """A message with its indents, cut where the value of ``path`` begins and ends; unmarked where it is not found."""
    try:
        message = json.loads(text)
    except ValueError:
        return [Run(text, marked=False)]
    leaves = [leaf for leaf in _leaves(message, ()) if _text(leaf[1]) == raw] if raw else []
    wanted = [leaf[0] for leaf in leaves if _fits(message, leaf[0], path)]
    if not wanted:
        return [Run(json.dumps(message, indent=2, ensure_ascii=False), marked=False)]
    marks = {place: f"\ue000{number}\ue001" for number, place in enumerate(wanted)}
    shown = json.dumps(_marked(message, (), marks), indent=2, ensure_ascii=False)
    runs: list[Run] = []
    for part in re.split('("\ue000\\d+\ue001")', shown):
        found = re.fullmatch('"\ue000(\\d+)\ue001"', part)
        if found:
            runs.append(Run(json.dumps(_at(message, wanted[int(found[1])]), ensure_ascii=False), marked=True))
        elif part:
            runs.append(Run(part, marked=False))
    return runs


Place = tuple[str | int, ...]


def _leaves(node: object, place: Place) -> Iterator[tuple[Place, object]]:
    if isinstance(node, dict):
        for key, child in cast("dict[str, object]", node).items():
            yield from _leaves(child, (*place, key))
    elif isinstance(node, list):
        for row, child in enumerate(cast("list[object]", node)):
            yield from _leaves(child, (*place, row))
    else:
        yield place, node


def _fits(message: object, place: Place, path: str) -> bool:
    """Whether the leaf is what the path names, by the names around it."""
    head, _dot, rest = path.partition(".")
    parent = _at(message, place[:-1])
    around = cast("dict[str, object]", parent) if isinstance(parent, dict) else {}
    if head == "MeterValues":
        measurand, _dot, phase = rest.partition(".")
        said = str(around.get("measurand", "Energy.Active.Import.Register")).replace(".", "-")
        return place[-1] == "value" and said == measurand and str(around.get("phase", "")) == phase
    if head == "key":
        return place[-1] == "value" and str(around.get("key", "")).lower() == rest.lower()
    return str(place[-1]).lower() == rest.rpartition(".")[2].replace("_", "").lower()


def _at(node: object, place: Place) -> object:
    for step in place:
        node = cast("dict[str | int, object]", node)[step]  # a list takes a number alike
    return node


def _marked(node: object, place: Place, marks: dict[Place, str]) -> object:
    if place in marks:
        return marks[place]
    if isinstance(node, dict):
        return {key: _marked(child, (*place, key), marks) for key, child in cast("dict[str, object]", node).items()}
    if isinstance(node, list):
        return [_marked(child, (*place, row), marks) for row, child in enumerate(cast("list[object]", node))]
    return node


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
