"""Captures: what was said on a line comes back byte for byte, and what became of the file meanwhile is told."""

from __future__ import annotations

import json
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import capture
from core.capture import Capture, OnLine, Seal, opened, parsed, save, written
from core.frames import Frame, Outcome
from core.storage.format import StorageError
from core.visible import visible
from tests.strategies import JUNK, NASTY, damaged, examples, one_sentence_each

FRAMES = (
    Frame(7, "Bus", 1_764_338_400.25, bytes.fromhex("0103006400024014"), b"", 1.0, Outcome.SILENT, "no answer in time"),
    Frame(8, "Bus", 1_764_338_401.5, bytes.fromhex("01030064000185d5"), bytes.fromhex("010302093abe07"), 0.012,
          Outcome.ANSWERED),
    Frame(11, "Bus", 1_764_338_402.0, b"", b"\xff\x00", 0.0, Outcome.FOREIGN, "came when nothing was asked"),
)  # fmt: skip
DEVICES = (OnLine("Onduleur 1", 1, "", "zcs/azzurro"), OnLine("Borne", 0, "EVB-P12", "ocpp/station"))
CAPTURE = Capture("Bus", "rtu", "rtu:///dev/ttyUSB0?baud=9600", "Ferme", 1_764_338_460.0, FRAMES, DEVICES)
SOUND = written(CAPTURE)
LINES = SOUND.splitlines(keepends=True)

OUTCOMES = st.sampled_from(list(Outcome))
TIMES = st.integers(0, 7_000_000_000_000_000).map(lambda micros: micros / 1e6)
NOTES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"]), max_size=40).map(visible)


@st.composite
def frames(draw: st.DrawFn) -> tuple[Frame, ...]:
    numbers = sorted(draw(st.sets(st.integers(1, 1 << 40), max_size=8)))
    return tuple(
        Frame(
            number,
            "Bus",
            draw(TIMES),
            draw(st.binary(max_size=300)),
            draw(st.binary(max_size=300)),
            draw(st.integers(0, 60_000_000).map(lambda micros: micros / 1e6)),
            draw(OUTCOMES),
            draw(NOTES),
        )
        for number in numbers
    )


def refused(data: bytes) -> str:
    with pytest.raises(StorageError) as caught:
        parsed(data)
    return str(caught.value)


def changed(place: int, **fields: object) -> bytes:
    """The sound file with other fields in one of its lines."""
    entry: dict[str, Any] = json.loads(LINES[place]) | fields
    line = json.dumps({name: value for name, value in entry.items() if value is not ...}).encode() + b"\n"
    return b"".join((*LINES[:place], line, *LINES[place + 1 :]))


def test_what_was_saved_is_read_back_whole(tmp_path: Path):
    file = tmp_path / "bus.jsonl"
    save(CAPTURE, file)
    assert opened(file) == CAPTURE
    assert [path.name for path in tmp_path.iterdir()] == ["bus.jsonl"]
    assert opened(file).seal is Seal.FINE


@examples(40)
@given(frames())
def test_any_frames_come_back_to_the_byte(given_frames: tuple[Frame, ...]):
    again = parsed(written(Capture("Bus", "rtu", "x", "s", 1.0, given_frames)))
    assert again.frames == given_frames
    assert again.seal is Seal.FINE


def test_a_file_that_was_cut_anywhere_gives_what_it_holds():
    for end in range(len(LINES[0]), len(SOUND) - 1):
        found = parsed(SOUND[:end])
        assert found.seal is Seal.CUT
        assert found.frames == FRAMES[: len(found.frames)]
        assert len(found.frames) >= SOUND[:end].count(b"\n") - 1
    assert parsed(SOUND[:-1]).seal is Seal.FINE  # only the end of the last line is missing
    assert refused(SOUND[: len(LINES[0]) // 2]) == capture.FOREIGN


def test_a_file_that_was_changed_says_so():
    assert parsed(changed(2, note="all well")).seal is Seal.CHANGED
    assert parsed(changed(4, sha256="0" * 64)).seal is Seal.CHANGED
    assert parsed(changed(4, sha256=None)).seal is Seal.CHANGED
    assert parsed(changed(4, exchanges=2)).seal is Seal.CHANGED
    assert parsed(changed(4, who="x")).seal is Seal.CHANGED
    assert parsed(b"\xef\xbb\xbf" + SOUND).frames == FRAMES
    assert parsed(b"\xef\xbb\xbf" + SOUND).seal is Seal.CHANGED
    assert parsed(SOUND + LINES[2]).seal is Seal.CHANGED
    assert parsed(SOUND.replace(b"\n", b"\r\n")).frames == FRAMES
    assert parsed(SOUND.replace(b"\n", b"\r\n")).seal is Seal.CHANGED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", capture.FOREIGN),
        (b"\n", capture.FOREIGN),
        (b'{"wattelier": "snapshot", "format": 1}\n', capture.FOREIGN),
        (b"[" * 100_000, capture.FOREIGN),
        (changed(0, format=2), "a newer Wattelier has written this capture (format 2): open it with that version"),
        (changed(0, format="1"), capture.FOREIGN),
        (changed(0, kind=...), capture.FOREIGN),
        (changed(0, devices=[1]), capture.FOREIGN),
        (changed(0, devices=[{"name": "x", "unit": 1, "station": "", "profile": ""}] * 1001), capture.FOREIGN),
        (changed(0, at=1e300), capture.FOREIGN),
        (changed(0, at=-1), capture.FOREIGN),
        (SOUND.replace(LINES[0], b"{}" + b" " * 1_000_000 + b"\n"), capture.FOREIGN),
    ],
)
def test_what_is_no_capture_is_refused_with_one_sentence(data: bytes, sentence: str):
    assert refused(data) == sentence


@pytest.mark.parametrize(
    "data",
    [
        changed(2, number=7),
        changed(2, number=True),
        changed(2, at=float("nan")),
        changed(2, at=-1),
        changed(2, took_s="1"),
        changed(2, sent="0g"),
        changed(2, received="00" * (capture.MOST_IN_FRAME + 1)),
        changed(2, outcome="fine"),
        changed(2, note=None),
        SOUND.replace(LINES[2], b"what\n"),
        SOUND.replace(LINES[2], b"[]\n"),
        SOUND.replace(LINES[2], b"\n"),
        SOUND.replace(LINES[2], b"\xff\n"),
        SOUND.replace(LINES[2], b"[" * 900_000 + b"\n"),
        SOUND.replace(LINES[2], LINES[2][:-1] + b" " * 1_000_000 + b"\n"),
    ],
)
def test_a_line_that_is_no_exchange_is_left_out_and_counted(data: bytes):
    found = parsed(data)
    assert found.frames == (FRAMES[0], FRAMES[2])
    assert found.unread == 1
    assert found.seal is Seal.CHANGED


def test_a_file_that_is_too_long_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(capture, "MOST_EXCHANGES", 2)
    assert refused(SOUND) == "it holds more than 2 exchanges"
    tracemalloc.start()
    assert refused(LINES[0] + b"\n" * 8_000_000) == "it holds more than 2 exchanges"
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    monkeypatch.setattr(capture, "MOST_BYTES", 100)
    file = tmp_path / "long.jsonl"
    file.write_bytes(SOUND)
    with pytest.raises(StorageError, match=capture.FOREIGN):
        opened(file)


def test_of_frames_too_many_for_a_file_the_newest_are_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(capture, "MOST_BYTES", len(SOUND) - 1)
    file = tmp_path / "bus.jsonl"
    assert save(CAPTURE, file).frames == FRAMES[2:]
    assert opened(file).frames == FRAMES[2:]


def test_texts_of_a_file_do_not_reach_the_screen_with_what_it_cannot_show():
    found = parsed(changed(1, note="a\ud800\u202e\x1b[2J\nb" + "x" * 5000))
    assert found.frames[0].note.startswith("a\ufffd\ufffd\ufffd[2J\ufffdb")
    assert len(found.frames[0].note) == capture.LONGEST_WORD
    assert parsed(changed(1, note="12\u00a0kW\u202f: ok")).frames[0].note == "12\u00a0kW\u202f: ok"


def test_a_file_that_is_not_written_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / ("b" * 240 + ".jsonl")
    save(CAPTURE, file)

    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    for owner, name in ((Path, "replace"), (os, "fsync")):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, refuses)
            with pytest.raises(StorageError, match="cannot be written: Permission denied"):
                save(replace(CAPTURE, site="Another"), file)
        assert list(tmp_path.iterdir()) == [file]
        assert opened(file) == CAPTURE


def test_what_comes_back_from_the_disk_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def cut(path: Path, most: int) -> bytes:
        return path.read_bytes()[: most - 2]

    monkeypatch.setattr(capture, "bytes_of", cut)
    with pytest.raises(StorageError, match="do not rely on this capture"):
        save(CAPTURE, tmp_path / "bus.jsonl")


def test_a_name_that_no_disk_takes_and_a_file_that_is_not_there_are_sentences(tmp_path: Path):
    for path in (tmp_path / "no folder" / "x.jsonl", tmp_path / "nul\0.jsonl"):
        with pytest.raises(StorageError, match="cannot be written: "):
            save(CAPTURE, path)
        with pytest.raises(StorageError, match="cannot be read: "):
            opened(path)


FIELDS = st.sampled_from(
    ["number", "at", "sent", "received", "took_s", "outcome", "note", "sha256", "devices", "format"]
)


@examples(150)
@example(SOUND + b"\0" * 100)
@given(damaged(SOUND) | st.binary(max_size=200))
def test_any_damaged_file_is_read_or_answered(data: bytes):
    answered(data)


@examples(150)
@given(place=st.integers(0, 4), field=FIELDS, value=NASTY | JUNK)
def test_any_value_in_any_field_is_read_or_answered(place: int, field: str, value: object):
    answered(changed(place, **{field: value}))


def answered(data: bytes) -> None:
    try:
        found = parsed(data)
    except StorageError as err:
        one_sentence_each(str(err))
    else:
        assert len(found.frames) <= data.count(b"\n")
        assert sum(len(frame.sent) + len(frame.received) for frame in found.frames) <= len(data)
        for frame in found.frames:
            assert 0 <= frame.at <= capture.LATEST
            assert visible(frame.note) == frame.note
