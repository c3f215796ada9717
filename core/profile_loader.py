"""Reads a profile from its folder; every fault is named with file and line, and all are reported at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from core.document import Document, Faults
from core.parameter_loader import load_parameters
from core.profile import (
    PROTOCOLS,
    BlockRules,
    Group,
    Option,
    Probe,
    Profile,
    Proof,
    Repeat,
    ScaleRule,
    Timing,
    Unmapped,
)
from core.profile_can import can_rules
from core.profile_points import PointReader
from core.table import read_choices
from core.wordtypes import ORDERS, TYPES

HEADER = [
    "maker",
    "model",
    "category",
    "source",
    "links",
    "unit",
    "timing",
    "blocks",
    "fallback",
    "exceptions",
    "absent",
    "groups",
    "options",
    "rules",
    "roles",
    "identify",
    "layout",
    "models",
    "repeat",
    "unmapped",
    "notes",
    "simulate",
    "protocol",
    "can",
]
PROBE_CONDITIONS = ("looks", "between", "equals", "models", "exists", "absent")
PROBE_KEYS = ("function", "at", "count", "type", "order", "weight", "optional", "serial", "sets")


def load_profile(folder: Path) -> Profile:
    """Read ``folder``; raise ProfileError that lists every fault, one per line."""
    faults = Faults()
    header = Document.read(folder / "profile.yaml", faults)
    header.only(HEADER)
    tables = read_choices(folder / "choices.csv", faults)
    groups = _groups(header)
    absent = _absent(header)
    options = _options(header)
    protocol = header.text("protocol", "modbus")
    if protocol not in PROTOCOLS:
        header.fault("protocol", f"{protocol!r} is not one of {', '.join(PROTOCOLS)}")
    rules = {name: _rule(name, header.child("rules").child(name)) for name in header.child("rules").names()}
    reader = PointReader(
        faults=faults,
        tables=tables,
        groups=groups,
        absent=absent,
        rules=rules,
        options=options,
        source=header.text("source", ""),
        protocol=protocol,
    )
    points = reader.read(folder / "points.csv")
    ids = {point.id for point in points}
    roles = _roles(header, ids)
    for rule in rules.values():
        for missing in sorted(rule.points() - ids) if ids else ():
            header.child("rules").fault(rule.id, f"there is no point {missing!r}")
        if rule.option not in options:
            header.child("rules").fault(rule.id, f"there is no option {rule.option!r}")
        for pick in sorted({proof.pick for proof in rule.auto} | {rule.otherwise}):
            if pick not in rule.factors:
                header.child("rules").fault(rule.id, f"picks {pick!r}, which is not one of its factors")
    probes = tuple(_probe(probe) for probe in header.children("identify"))
    for probe in probes:
        for name, value in probe.sets:
            if name not in options or (options[name].choices and value not in options[name].choices):
                header.fault("identify", f"sets {name} to {value!r}, which is no option of this profile")
    for option in options.values():
        if option.choices and option.default not in option.choices:
            header.child("options").fault(option.id, f"default {option.default!r} is not one of its choices")
    requests = _blocks(header)
    unmapped = tuple(_unmapped(entry) for entry in header.children("unmapped"))
    profile = Profile(
        id=f"{folder.parent.name}/{folder.name}",
        folder=folder,
        maker=header.text("maker"),
        model=header.text("model"),
        category=header.text("category", "generic"),
        source=header.text("source", ""),
        points=points,
        groups=groups,
        links=_links(header),
        unit=header.whole("unit", 1),
        timing=_timing(header),
        blocks=requests,
        fallback=_fallback(header),
        exceptions=header.integers("exceptions"),
        options=options,
        rules=rules,
        roles=roles,
        identify=probes,
        layout=header.text("layout", ""),
        models={name: header.child("models").integers(name) for name in header.child("models").names()},
        repeats={
            name: Repeat(entry.text("model"), entry.whole("starts"), entry.whole("length"), entry.text("count"))
            for name in header.child("repeat").names()
            for entry in [header.child("repeat").child(name)]
        },
        unmapped=unmapped,
        notes=header.text("notes", ""),
        protocol=protocol,
        can=can_rules(header.child("can"), folder, ids) if protocol == "can" else None,
        parameters=load_parameters(folder, points, unmapped, requests, faults),
    )
    faults.raise_if_any()
    return profile


def _links(header: Document) -> dict[str, dict[str, str | int]]:
    links: dict[str, dict[str, str | int]] = {}
    for kind in header.child("links").names():
        entry = header.child("links").child(kind)
        links[kind] = {
            key: value if isinstance(value := entry.plain(key), int) else str(value) for key in entry.names()
        }
    return links


def _unmapped(entry: Document) -> Unmapped:
    return Unmapped(
        entry.text("id"),
        entry.text("en"),
        entry.text("fr"),
        entry.text("advice_en", ""),
        entry.text("advice_fr", ""),
    )


def _timing(header: Document) -> Timing:
    entry = header.child("timing")
    entry.only(("timeout", "gap", "retries"))
    return Timing(entry.duration("timeout", 1.0), entry.duration("gap", 0.02), entry.whole("retries", 1))


def _blocks(header: Document) -> BlockRules:
    entry = header.child("blocks")
    entry.only(("most_registers", "boundaries", "gaps", "widest_gap"))
    gaps: list[tuple[int, int]] = []
    for span in entry.items("gaps"):
        ends = [end for end in cast("list[object]", span) if isinstance(end, int)] if isinstance(span, list) else []
        if len(ends) == 2:
            gaps.append((ends[0], ends[1]))
        else:
            entry.fault("gaps", "must be a list of [first, last] addresses")
    most = entry.whole("most_registers", 125)
    if not 1 <= most <= 125:
        entry.fault("most_registers", "must be from 1 to 125")
    return BlockRules(most, tuple(sorted(entry.integers("boundaries"))), tuple(gaps), entry.whole("widest_gap", 16))


def _fallback(header: Document) -> dict[int, int]:
    entry = header.child("fallback")
    try:
        return {int(key): entry.whole(key) for key in entry.names()}
    except ValueError:
        header.fault("fallback", "must be like {3: 4}")
        return {}


def _groups(header: Document) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for name in header.child("groups").names():
        entry = header.child("groups").child(name)
        entry.only(("every", "en", "fr"))
        every = entry.plain("every", "on demand")
        timed = every not in ("on demand", "once")
        groups[name] = Group(
            name,
            entry.duration("every", 1.0) if timed else None,
            every == "once",
            entry.text("en", name),
            entry.text("fr", name),
        )
        if timed and (groups[name].every_s or 0) <= 0:
            entry.fault("every", "must be longer than nothing")
    if not groups:
        header.faults.add(header.file, None, "groups", "is missing")
    return groups


def _absent(header: Document) -> dict[str, tuple[int, ...]]:
    entry = header.child("absent")
    entry.only(TYPES)
    return {name: entry.integers(name) for name in entry.names()}


def _options(header: Document) -> dict[str, Option]:
    options: dict[str, Option] = {}
    for name in header.child("options").names():
        entry = header.child("options").child(name)
        entry.only(("choices", "default", "en", "fr"))
        options[name] = Option(
            name,
            entry.text("default", ""),
            entry.texts("choices"),
            entry.text("en", name),
            entry.text("fr", name),
        )
    return options


def _parts(items: list[object]) -> tuple[str | float, ...]:
    return tuple(float(item) if isinstance(item, (int, float)) else str(item) for item in items)


def _rule(name: str, entry: Document) -> ScaleRule:
    entry.only(("option", "factors", "auto", "otherwise"))
    otherwise = entry.child("otherwise")
    otherwise.only(("pick", "doubt"))
    factors = entry.child("factors")
    return ScaleRule(
        name,
        entry.text("option"),
        {key: _parts(factors.items(key)) for key in factors.names()},
        tuple(_proof(proof) for proof in entry.children("auto")),
        otherwise.text("pick", ""),
        otherwise.flag("doubt", False),
    )


def _proof(entry: Document) -> Proof:
    entry.only(("pick", "largest", "above", "equal", "ratio", "keep"))
    if not any(name in entry for name in ("largest", "equal", "ratio")):
        entry.fault("pick", "needs a proof: largest, equal or ratio")
    equal, ratio = entry.child("equal"), entry.child("ratio")
    return Proof(
        entry.text("pick"),
        entry.texts("largest"),
        entry.number("above", 0.0),
        tuple((point, tuple(float(wanted) for wanted in equal.integers(point))) for point in equal.names()),
        ratio.text("of", ""),
        ratio.texts("to"),
        ratio.pair("between") or (0.0, 0.0),
        entry.flag("keep", False),
    )


def _roles(header: Document, ids: set[str]) -> dict[str, tuple[str, ...]]:
    entry = header.child("roles")
    roles = {role: entry.texts(role) for role in entry.names()}
    for role, points in roles.items():
        for point in points:
            if ids and point not in ids and re.sub(r"\.\d+(?=\.)", "", point) not in ids:
                entry.fault(role, f"there is no point {point!r}")
    return roles


def _probe(entry: Document) -> Probe:
    entry.only((*PROBE_KEYS, *PROBE_CONDITIONS))
    given = [name for name in PROBE_CONDITIONS if name in entry]
    if len(given) > 1:
        entry.fault(given[1], f"{given[0]} is already the condition: one probe has one; write a second probe")
    if not given and "serial" not in entry:
        entry.fault("at", f"needs a condition: {', '.join(PROBE_CONDITIONS)}")
    looks = entry.text("looks", "")
    try:
        re.compile(looks)
    except (re.error, OverflowError) as err:
        entry.fault("looks", f"is not a pattern: {err}")
    kind, order = entry.text("type", "u16"), entry.text("order", "ABCD")
    if kind not in TYPES or TYPES[kind].kind not in ("number", "float"):
        entry.fault("type", f"{kind!r} is not a type of number")
        kind = "u16"
    if order not in ORDERS:
        entry.fault("order", f"{order!r} is not one of {', '.join(ORDERS)}")
        order = "ABCD"
    optional = entry.text("optional", "")
    if optional not in ("", "refused", "yes"):
        entry.fault("optional", f"{optional!r} is not refused or yes")
    weight = entry.number("weight") if "weight" in entry else None
    if weight is not None and not 0 < weight < 1:
        entry.fault("weight", "must lie between 0 and 1")
    models, sets = entry.integers("models"), entry.child("sets")
    count = entry.whole("count", TYPES[kind].words or 1)
    if not 1 <= count <= 125:
        entry.fault("count", "must be from 1 to 125")
    return Probe(
        function=entry.whole("function", 3),
        at=entry.whole("at", -1 if models else None),
        count=count,
        looks=looks,
        between=entry.pair("between"),
        equals=entry.integers("equals"),
        models=models,
        exists=entry.flag("exists", False),
        absent=entry.flag("absent", False),
        type=kind,
        order=order,
        weight=weight,
        optional=optional,
        serial=entry.flag("serial", False),
        sets=tuple((name, sets.text(name)) for name in sets.names()),
    )
