"""Reads what a profile says of CAN: its DBC, who is who on the bus, what a device may be told and how it shows that."""

from __future__ import annotations

import re
from pathlib import Path

from core.document import Document
from core.profile import (
    CAN_ORDERS,
    COMMAND_PROOFS,
    COMMAND_SIGNALS,
    ORDER_PROOFS,
    CanCommand,
    CanOrder,
    CanRules,
)


def can_rules(entry: Document, folder: Path, ids: set[str]) -> CanRules:
    """Read the section ``can``; ``ids`` are the points of the profile, empty where they could not be read."""
    entry.only(
        (
            "dbc",
            "bitrate",
            "node_mask",
            "nodes",
            "silent_after",
            "alive",
            "command",
            "request",
            "orders",
            "order_proof",
            "simulate",
        )
    )
    dbc = entry.text("dbc")
    if dbc and not (folder / dbc).is_file():
        entry.fault("dbc", f"there is no file {dbc!r} in the profile's folder")
    nodes = entry.integers("nodes") or (0, 0)
    if len(nodes) != 2 or nodes[0] > nodes[1]:
        entry.fault("nodes", "must be [first, last]")
        nodes = (0, 0)
    request = entry.texts("request")
    for text in request:
        _check_request(entry, "request", text)
    return CanRules(
        dbc=dbc,
        bitrate=entry.whole("bitrate", 250_000),
        node_mask=entry.whole("node_mask", 0),
        nodes=(nodes[0], nodes[1]),
        silent_after_s=entry.duration("silent_after", 5.0),
        alive=entry.text("alive", ""),
        command=_command(entry.child("command"), ids) if entry.child("command").names() else None,
        request=request,
        orders=_orders(entry.child("orders"), ids),
        order_proof=_points_by_name(entry.child("order_proof"), ORDER_PROOFS, ids),
        simulate={
            point: {state: shown.text(state) for state in shown.names()}
            for point in entry.child("simulate").names()
            for shown in [entry.child("simulate").child(point)]
        },
    )


def _check_request(entry: Document, key: str, text: str) -> None:
    if not re.fullmatch(r"\w+\.\w+=\d+", text):
        entry.fault(key, f"{text!r} is not like EMS_Request.RequestId=1")


def _orders(section: Document, ids: set[str]) -> dict[str, CanOrder]:
    section.only(CAN_ORDERS)
    orders: dict[str, CanOrder] = {}
    for name in section.names():
        entry = section.child(name)
        entry.only(("send", "argument", "when", "within", "then"))
        when = entry.child("when")
        for point in when.names():
            if ids and point not in ids:
                when.fault(point, f"there is no point {point!r}")
        orders[name] = CanOrder(
            entry.text("send"),
            entry.text("argument", ""),
            {point: when.texts(point) for point in when.names()},
            entry.duration("within", 10.0),
            entry.text("then", ""),
        )
        for key, text in (("send", orders[name].send), ("then", orders[name].then)):
            if text:
                _check_request(entry, key, text)
    return orders


def _points_by_name(section: Document, known: tuple[str, ...], ids: set[str]) -> dict[str, str]:
    section.only(known)
    found = {name: section.text(name) for name in section.names()}
    for name, point in found.items():
        if ids and point not in ids:
            section.fault(name, f"there is no point {point!r}")
    return found


def _command(entry: Document, ids: set[str]) -> CanCommand:
    entry.only(
        (
            "message",
            "every",
            "counter",
            "signals",
            "proof",
            "start_when",
            "running",
            "limit_reasons",
            "fallback",
            "timeout",
            "least",
        )
    )
    signals, needed = entry.child("signals"), entry.child("start_when")
    signals.only(COMMAND_SIGNALS)
    for point in needed.names():
        if ids and point not in ids:
            needed.fault(point, f"there is no point {point!r}")
    return CanCommand(
        entry.text("message"),
        entry.duration("every", 0.5),
        entry.text("counter", ""),
        {name: signals.text(name) for name in signals.names()},
        _points_by_name(entry.child("proof"), COMMAND_PROOFS, ids),
        {name: needed.texts(name) for name in needed.names()},
        entry.texts("running"),
        entry.texts("limit_reasons"),
        entry.number("fallback", 6.0),
        entry.duration("timeout", 10.0),
        entry.number("least", 6.0),
    )
