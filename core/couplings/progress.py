"""How far somebody is with the coupling of a device, kept beside the site's history so that nothing is lost.

One small JSON file a site, written whole and put in place in one step. A file that cannot be read is set aside, never
overwritten.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from core.couplings.checks import Figure, Finding, Reason, Sample, Verdict
from core.couplings.guide import SENSES
from core.points import Value

SUFFIX = ".couplings.json"
VERSION = 1
STEPS = ("wiring", "settings", "checks", "result")
LARGEST = 4_000_000  # bytes; a file beyond it is not ours


@dataclass(frozen=True, slots=True)
class Result:
    """What a check said. ``at`` is Unix seconds, ``who`` the person signed in (empty: nobody)."""

    finding: Finding
    at: float
    who: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One configuration of one device: ticks, settings, results. ``begun`` is Unix seconds of the first change."""

    step: int = 0
    sense: str = SENSES[0]
    wiring: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    results: Mapping[str, Result] = field(default_factory=dict[str, Result])
    loads: Mapping[str, float] = field(default_factory=dict[str, float])  # W, by check
    note: str = ""
    begun: float | None = None

    def ticked(self, table: str, entry: str, on: bool) -> Progress:
        """With an entry of ``wiring`` or ``settings`` ticked or not."""
        before: frozenset[str] = self.wiring if table == "wiring" else self.settings
        after = before | {entry} if on else before - {entry}
        return replace(self, wiring=after) if table == "wiring" else replace(self, settings=after)

    def with_result(self, check: str, result: Result) -> Progress:
        """With what a check said, in the place of what it said before."""
        return replace(self, results={**self.results, check: result})

    def with_load(self, check: str, load_w: float) -> Progress:
        """With the power of the load of a check."""
        return replace(self, loads={**self.loads, check: load_w})


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of a site. ``device`` and ``configuration`` are what is open; empty for none."""

    device: str = ""
    configuration: str = ""
    entries: Mapping[tuple[str, str], Progress] = field(default_factory=dict[tuple[str, str], Progress])

    def of(self, device: str, configuration: str) -> Progress:
        """The progress of one configuration of one device."""
        return self.entries.get((device, configuration), Progress())

    def with_progress(self, device: str, configuration: str, progress: Progress) -> Kept:
        """With another progress."""
        return replace(self, entries={**self.entries, (device, configuration): progress})


def file_beside(history: Path) -> Path:
    """Where the progress of the site whose history is this file is kept."""
    return history.with_name(history.stem + SUFFIX)


def load(file: Path) -> Kept:
    """What is kept; nothing where there is no file. A damaged one is set aside as ``….damaged``. Raise OSError."""
    try:
        if file.stat().st_size > LARGEST:
            raise ValueError(file)
        return _kept(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return Kept()
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        file.replace(file.with_name(f"{file.name}.damaged"))
        return Kept()


def save(file: Path, kept: Kept) -> None:
    """Write it whole, on the disk when this returns; raise OSError."""
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w", encoding="utf-8") as written:
        json.dump(as_data(kept), written, indent=1, allow_nan=False)  # in ASCII: half a surrogate pair has no UTF-8
        written.flush()
        os.fsync(written.fileno())
    fresh.replace(file)


def as_data(kept: Kept) -> dict[str, object]:
    """As JSON can hold it."""
    return {
        "version": VERSION,
        "device": kept.device,
        "configuration": kept.configuration,
        "entries": [
            {"device": device, "configuration": configuration, **_progress_data(progress)}
            for (device, configuration), progress in kept.entries.items()
        ],
    }


def finding_data(finding: Finding) -> dict[str, object]:
    """A finding as JSON can hold it, with its evidence: what the journal keeps."""
    return asdict(finding)


def _progress_data(progress: Progress) -> dict[str, object]:
    return {
        "step": STEPS[progress.step],
        "sense": progress.sense,
        "wiring": sorted(progress.wiring),
        "settings": sorted(progress.settings),
        "results": {
            check: {"at": result.at, "who": result.who, "finding": finding_data(result.finding)}
            for check, result in progress.results.items()
        },
        "loads": dict(progress.loads),
        "note": progress.note,
        "begun": progress.begun,
    }


def _kept(data: Any) -> Kept:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    entries = {(str(entry["device"]), str(entry["configuration"])): _progress(entry) for entry in data["entries"]}
    return Kept(str(data["device"]), str(data["configuration"]), entries)


def _progress(data: Any) -> Progress:
    begun = data["begun"]
    return Progress(
        step=STEPS.index(data["step"]),
        sense=SENSES[SENSES.index(data["sense"])],
        wiring=frozenset(map(str, data["wiring"])),
        settings=frozenset(map(str, data["settings"])),
        results={str(check): _result(result) for check, result in data["results"].items()},
        loads={str(check): _number(load) for check, load in data["loads"].items()},
        note=str(data["note"]),
        begun=None if begun is None else _number(begun),
    )


def _result(data: Any) -> Result:
    found = data["finding"]
    finding = Finding(
        verdict=Verdict(found["verdict"]),
        reason=Reason(found["reason"]),
        figures=tuple(Figure(str(f["name"]), _value(f["value"]), str(f["unit"])) for f in found["figures"]),
        unmet=tuple(int(row) for row in found["unmet"]),
        evidence=tuple(
            Sample(str(s["point"]), _value(s["value"]), str(s["unit"]), _number(s["at"]), str(s["quality"]))
            for s in found["evidence"]
        ),
    )
    return Result(finding, _number(data["at"]), str(data["who"]))


def _value(data: object) -> Value:
    if isinstance(data, list):
        return tuple(str(item) for item in cast("list[object]", data))
    return data if data is None or isinstance(data, str) else _number(data)


def _number(data: object) -> float:
    """A finite number: JSON as Python reads it knows NaN and infinity, and what is kept is none of these."""
    if isinstance(data, bool) or not isinstance(data, (int, float)) or not math.isfinite(data):
        raise ValueError(data)
    return float(data)
