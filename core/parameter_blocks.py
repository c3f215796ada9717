"""Reads the blocks of ``parameters.yaml``: registers that a device takes only in one request."""

from __future__ import annotations

from core.document import Document
from core.parameters import WriteBlock
from core.profile import BlockRules

MOST_WORDS = {6: 1, 16: 123}
"""Writing function -> registers of one request, of the functions that write registers."""


def read_block(name: str, entry: Document, rules: BlockRules) -> WriteBlock:
    """One entry of ``blocks:``; its faults are added where it lies."""
    entry.only(("first", "last", "function", "companions", "commit", "busy"))
    block = WriteBlock(
        name,
        entry.whole("first"),
        entry.whole("last"),
        entry.whole("function", 16),
        _companions(entry.child("companions")),
        entry.whole("commit") if "commit" in entry else None,
        entry.integers("busy") or (1,),
    )
    if not 0 <= block.first <= block.last <= 0xFFFF:
        entry.fault("last", "first … last must lie in 0 … 0xFFFF, in this order")
    elif block.function not in MOST_WORDS:
        entry.fault("function", f"{block.function} is not one of {', '.join(map(str, MOST_WORDS))}")
    elif block.count > (most := min(rules.most_registers, MOST_WORDS[block.function])):
        entry.fault("last", f"{block.count} registers are more than the {most} of one request")
    elif any(block.first < edge <= block.last for edge in rules.boundaries):
        entry.fault("last", "crosses a boundary that no request may cross")
    outside = [at for at in block.companions if not block.first <= at <= block.last and at != block.commit]
    if outside:
        entry.fault("companions", f"register {outside[0]} is neither in the block nor its commit register")
    if block.commit is not None and block.commit not in block.companions:
        entry.fault("commit", "the commit register needs its word among the companions")
    if block.commit is not None and 0 in block.busy:
        entry.fault("busy", "0 means done")
    return block


def _companions(entry: Document) -> dict[int, int]:
    words: dict[int, int] = {}
    for place in entry.names():
        try:
            address = int(place, 0)
        except ValueError:
            entry.fault(place, f"{place!r} is not a whole number")
            continue
        words[address] = entry.whole(place)
        if not (0 <= address <= 0xFFFF and 0 <= words[address] <= 0xFFFF):
            entry.fault(place, "a register and its word are at most 0xFFFF")
    return words
