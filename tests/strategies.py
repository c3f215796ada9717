"""Foreign bytes of every kind, for hypothesis: what lines bring, what files hold once something went wrong with them.

``WATTELIER_FUZZ`` multiplies the examples of every property; ``packaging/bench_fuzz.py`` sets it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

FACTOR = max(1, int(os.environ.get("WATTELIER_FUZZ", "1")))


def examples(count: int) -> settings:
    """So many examples in the test suite, and a multiple of them where real faults are hunted."""
    return settings(
        max_examples=count * FACTOR,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
"""Whatever JSON can hold (and NaN)."""

NASTY = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1, 1 << 31, -(1 << 63), 10**400, 1e308, -1e-300),
        *(float("nan"), float("inf"), float("-inf"), "", " ", "0", "-1", "1e99", "NaN", "true"),
        *("\0", "\ud800", "\u202e", "\x1b[2J", "é" * 300, "x" * 5000, "9" * 5000, "١٢", "../../etc/passwd", "%s%n"),
        *([], {}, [[]], [None], {"": None}, [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]], ["x"] * 200),
    ]
)
"""Single values that have broken somebody's program before."""

SCALARS = st.sampled_from(
    [
        *("", "~", "null", "yes", "no", "on", "0", "-1", "1", "3", "1e400", ".inf", "-.inf", ".nan", "0x", "0x1F"),
        *("0x" + "f" * 40, "9" * 5000, "1" * 400 + ".0", "1_000", "0o17", "1:30", "22:30", "2026-11-28", "12 kVA"),
        *("2026-11-28T21:40:00+01:00", "2026-99-99", "0000-00-00", "20 ms", "9999999999999999999 d", "-5 s"),
        *("[]", "{}", "[1, 2]", "[1, [2, [3]]]", "{a: 1}", "{a: {b: {c: 1}}}", "[on, off]", "[{en: x}]", "{? [a] : 1}"),
        *("'", '"', "[", "]", "{", "}", ":", ",", "- x", "- - x", "? x", "|", ">", "|9", "<<", "<<: {a: 1}", "*a"),
        *("&a [*a]", "&a {b: *a}", "&a x", "!!binary x", "!!set {a}", "!!omap [a: 1]", "!!python/name:os.system x"),
        *("!x y", "!!timestamp x", "!!float x", "!!int x", "!!null x", "!!bool x", "!", "@", "`", "%YAML 9.9", "---"),
        *("...", "# x", "\t", "\0", "\x07", "\x85", "\ufeff", "é", "日本", "\u202e", "١٢", "a" * 3000, "[" * 300),
        *("{a: " * 300, "*", "&", "!!", "=", ".", "..", "a.b", "Europe/Paris", "tcp://x:1", "(((((", "[a-", "(a+)+$"),
        *("auto", "all", "m1+2", "1+2", "u16", "f32", "10^x", "x|y", "x=y", "a;b", "0.0", "1e-300", "-0.0", "٣"),
    ]
)
"""Values of a YAML file or a table that a person or a broken disk may write."""


@st.composite
def damaged(draw: st.DrawFn, data: bytes, most: int = 4) -> bytes:
    """Some bytes with one to ``most`` pieces flipped, cut, put in, doubled or written over."""
    out = bytearray(data)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(out)))
        size = draw(st.sampled_from((1, 1, 2, 4, 16, 100)))
        match draw(st.integers(0, 5)):
            case 0:
                out[at : at + 1] = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in out[at : at + 1])
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = draw(st.binary(max_size=size))
            case 3:
                out[at:at] = out[at : at + size]
            case 4:
                out[at : at + size] = draw(st.sampled_from((b"\0", b"\xff", b"\r", b"\n"))) * len(out[at : at + size])
            case _:
                del out[at:]
    return bytes(out)


def _in_place_of(line: str, scalar: str) -> str:
    """The line with another value behind its key, or its dash."""
    for mark in (": ", "- ", "="):
        head, found, _ = line.partition(mark)
        if found:
            return head + found + scalar
    return scalar


@st.composite
def spoilt(draw: st.DrawFn, text: str, most: int = 5) -> str:
    """A text of lines in which one to ``most`` lines hold another value, stand elsewhere or are gone."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, most))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 8)):
            case 0 | 1 | 2:
                lines[at] = _in_place_of(lines[at], draw(SCALARS))
            case 3:
                del lines[at]
            case 4:
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines[at])
            case 5:
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
            case 6:
                lines.insert(at, " " * draw(st.integers(0, 6)) + draw(SCALARS))
            case 7:
                place = draw(st.integers(0, len(lines[at])))
                letter = draw(st.sampled_from(list(":-#'\"[]{},&*!|>?%@` \t\0é9x.")))
                lines[at] = lines[at][:place] + letter + lines[at][place + draw(st.integers(0, 1)) :]
            case _:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines) + draw(st.sampled_from(("\n", "", "\r\n", "\0")))


@st.composite
def spoilt_table(draw: st.DrawFn, text: str, most: int = 4) -> str:
    """A CSV text in which some cells hold something else, and some lines have lost their shape."""
    rows = [line.split(",") for line in text.splitlines()]
    for _ in range(draw(st.integers(1, most))):
        row = draw(st.integers(0, len(rows) - 1))
        cell = draw(st.integers(0, len(rows[row]) - 1))
        match draw(st.integers(0, 7)):
            case 0 | 1 | 2 | 3:
                rows[row][cell] = draw(SCALARS | st.sampled_from(("2", "16", "bits", "text", "r", "rw", "W", "%")))
            case 4:
                rows[row].insert(cell, draw(SCALARS))
            case 5:
                rows.insert(row, list(rows[row]))
            case 6:
                rows[row][cell] = draw(
                    st.sampled_from(('"', '""', '"a,b"', '"\n', "'", ";", "\r", "a\nb", "x" * 200_000))
                )
            case _:
                rows[row] = rows[row][: cell + 1]
    return "\n".join(",".join(row) for row in rows) + "\n"


def file_bytes(*sound: str) -> st.SearchStrategy[bytes]:
    """A file as it may be found: one of these texts, spoilt line by line or byte by byte, or anything at all."""
    texts = st.sampled_from(sound)
    return st.one_of(
        texts.flatmap(spoilt).map(lambda text: text.encode("utf-8", "replace")),
        texts.flatmap(spoilt).map(lambda text: text.encode("utf-8", "replace")),
        texts.flatmap(lambda text: damaged(text.encode())),
        st.binary(max_size=200),
    )


def one_sentence_each(message: str) -> None:
    """Fail unless a message can be shown to a person: lines that say something, no traceback, no empty ones."""
    assert message.strip()
    for line in message.splitlines():
        assert "Traceback" not in line
        assert "object at 0x" not in line


def words(count: int) -> st.SearchStrategy[tuple[int, ...]]:
    """So many registers."""
    edges = st.sampled_from((0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FC0, 0x7F80, 0x3031))
    word = st.integers(0, 0xFFFF) | edges
    return st.lists(word, min_size=count, max_size=count).map(tuple)


def pieces(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    """The data in parts of these lengths, the rest last."""
    found: list[bytes] = []
    for cut in cuts:
        found.append(data[:cut])
        data = data[cut:]
    return [*found, data]
