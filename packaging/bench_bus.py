"""How much of an RS485 line is used: three devices on one line at 9600 and at 19200 baud, always something due.

The line is a pseudo-terminal whose other end keeps the time of a wire: a question takes as long as its characters, the
device answers after the 3.5 characters of silence that Modbus asks for, and each byte of the answer comes when its last
bit would have. Against the arithmetic of the same frames: question, silence, answer, and the rest before the next
question that the profiles of these devices keep (20 ms). 1 would be a program that loses no time at all.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchdevices import Subject, subject
from benchlib import Image, Row, run

from core.config import LinkConfig
from core.hub import Hub
from core.linkurl import parse_link
from core.points import Quality
from drivers.modbus.framing import crc16
from drivers.registry import Wiring, build_line

DEVICES = ("eastron/sdm630", "carlo_gavazzi/em340", "zcs/hyd_es")
ALWAYS_S = 0.001
BITS = 10  # of a character: start, eight, stop
QUESTION = 8


@dataclass(frozen=True, slots=True)
class Tally:
    """What the wire has carried: exchanges, their time by arithmetic, when the last one ended (monotonic)."""

    exchanges: Synchronized[int]
    ideal_s: Synchronized[float]
    ended: Synchronized[float]

    def now(self) -> tuple[int, float, float]:
        """The three of them, of one moment: they are written in this order."""
        while True:
            before = self.exchanges.value
            seen = self.ideal_s.value, self.ended.value
            if before == self.exchanges.value:
                return before, *seen


def _wire(end: int, images: Mapping[int, Image], baud: int, gap_s: float, tally: Tally) -> None:
    char_s = BITS / baud
    data = b""
    while True:
        data += os.read(end, 4096)
        came = time.monotonic()  # of the first byte: they are all written at once
        if len(data) < QUESTION:
            continue
        question, data = data[:QUESTION], data[QUESTION:]
        function, count = question[1], int.from_bytes(question[4:6], "big")
        told = images[question[0]].get((function, int.from_bytes(question[2:4], "big"), count))
        words = told[0] if told else bytes(2 * count)
        body = bytes((question[0], function, len(words))) + words
        answer = body + crc16(body).to_bytes(2, "little")
        begins = came + (QUESTION + 3.5) * char_s
        sent = 0
        while sent < len(answer):
            due = min(len(answer), int((time.monotonic() - begins) / char_s))
            if due > sent:
                os.write(end, answer[sent:due])
                sent = due
            else:
                time.sleep(max(0.0, begins + (sent + 1) * char_s - time.monotonic()))
        tally.ended.value = begins + len(answer) * char_s
        tally.ideal_s.value += (QUESTION + 3.5 + len(answer)) * char_s + gap_s
        tally.exchanges.value += 1


@contextmanager
def wire(images: Mapping[int, Image], baud: int, gap_s: float) -> Generator[tuple[str, Tally]]:
    """A line with its devices, in a process of their own: the name of its port, and what it has carried."""
    context = multiprocessing.get_context("fork")
    tally = Tally(context.Value("Q", 0), context.Value("d", 0.0), context.Value("d", 0.0))
    far, near = os.openpty()
    name = os.ttyname(near)
    process = context.Process(target=_wire, args=(far, images, baud, gap_s, tally), daemon=True)
    process.start()
    try:
        yield name, tally
    finally:
        process.terminate()
        process.join()
        os.close(far)
        os.close(near)


def share(subjects: Sequence[Subject], baud: int, seconds: float) -> tuple[float, float, float]:
    """The used share of the line, exchanges a second, and the share of a core that the program took."""
    gap_s = max(one.config.profile.timing.gap_s for one in subjects if one.config.profile)
    hub = Hub()
    with wire({one.config.unit: one.image for one in subjects}, baud, gap_s) as (port, tally):
        link = LinkConfig("line", parse_link(f"rtu://{port}?baud={baud}"))
        line = build_line(link, [one.config for one in subjects], Wiring(hub))
        line.start()
        try:
            time.sleep(min(2.0, seconds))  # what is asked at the beginning only
            (first, ideal, began), cpu = tally.now(), time.process_time()
            time.sleep(seconds)
            (last, until, ended), took_cpu = tally.now(), time.process_time() - cpu
        finally:
            line.stop()
        faults = line.status().counters
        good = sum(reading.quality is Quality.GOOD for reading in hub.snapshot().values())
        if faults.damaged or faults.silent or faults.foreign or last == first or not good:
            raise RuntimeError(f"the line is not in order: {faults}, {good} good values")
    return (until - ideal) / (ended - began), (last - first) / (ended - began), took_cpu / seconds


def rows(quick: bool) -> Iterator[Row]:
    """The bench."""
    if sys.platform == "win32":
        return  # it has no pseudo-terminals
    subjects = [subject(kind, ALWAYS_S, device=f"d{unit}", unit=unit) for unit, kind in enumerate(DEVICES, 1)]
    for baud in (9600, 19200):
        used, exchanges, core = share(subjects, baud, 0.7 if quick else 30.0)
        note = f"{exchanges:.1f} exchanges a second of {', '.join(DEVICES)}; {100 * core:.1f} % of a core"
        yield Row(f"bus {baud} baud", used, "", "at least 0.95", used >= 0.95, {"arithmetic": 1.0}, note)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
