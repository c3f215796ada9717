"""What the benches share: rows of figures, how they are printed, peers in an environment of their own, a plain server.

A bench measures the product and its peers in turn, in the same run on the same machine, and gives ratios: absolute
figures are of the machine, and are told beside them only to be understood.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import socket
import struct
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / "build" / "peers"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure. ``target`` says in words what it should be, ``against`` what it was measured against."""

    name: str
    value: float
    unit: str
    target: str
    met: bool
    against: Mapping[str, float] = field(default_factory=dict[str, float])
    note: str = ""


class HeldClock:
    """Time (Unix s) that a script moves."""

    def __init__(self, t: float) -> None:
        self.t = t

    def now(self) -> float:
        return self.t

    def ticks(self) -> float:
        return self.t


Rows = Callable[[bool], Iterable[Row]]
"""A bench: takes whether to be quick, gives its rows as they come."""


def figure(number: float) -> str:
    """A number with three digits that count."""
    if number and abs(number) < 0.01:
        return f"{number:.2g}"
    return f"{number:,.{max(0, 3 - len(str(int(abs(number)))))}f}" if abs(number) < 1000 else f"{number:,.0f}"


def line(row: Row) -> str:
    """A row for people."""
    against = ", ".join(f"{name} {figure(value)}" for name, value in row.against.items())
    parts = [f"{row.name}: {figure(row.value)} {row.unit}".rstrip(), f"(target: {row.target})" if row.target else ""]
    return " ".join(part for part in ("  " if row.met else "! ", *parts, against and f"[{against}]", row.note) if part)


def run(rows: Rows, about: str, arguments: Sequence[str] | None = None) -> int:
    """Command line of a bench: ``--json`` prints the list alone, ``--quick`` does a tenth; 1 on a missed target."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print a list of rows for a machine to read")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work: shows that it runs, not how fast")
    options = parser.parse_args(arguments)
    found: list[Row] = []
    for row in rows(options.quick):
        found.append(row)
        if not options.json:
            print(line(row), flush=True)
    if options.json:
        print(json.dumps([asdict(row) for row in found], indent=1))
    return int(any(not row.met for row in found))


def in_turn(rounds: int, works: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Do each of ``works`` once a round, so that a machine that slows down slows them all; their figures by name."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def medians(found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each."""
    return {name: median(values) for name, values in found.items()}


def ratio(found: Mapping[str, Sequence[float]], ours: str, theirs: str) -> float:
    """Ours over theirs, round by round; the median of these."""
    return median(a / b for a, b in zip(found[ours], found[theirs], strict=True) if b)


# -- peers ---------------------------------------------------------------------------------------------------------


def peers(*packages: str) -> Path:
    """The Python of an environment that has these packages, made at its first use (needs a package index)."""
    folder = SCRATCH / "-".join(package.replace("==", "_") for package in packages)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        # what is told goes to stderr: stdout is the list of rows
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, stdout=sys.stderr)
        (folder / "ready").touch()
    return python


# -- a Modbus TCP server of which nobody waits for longer than must be ---------------------------------------------


class Counter(Protocol):
    """A number shared between processes."""

    value: int


Image = Mapping[tuple[int, int, int], Sequence[bytes]]
"""(function, address, count) -> what is read there, time after time; other questions are answered with zeros."""


def _serve(server: socket.socket, image: Image, delay_s: float, answered: Counter) -> None:
    while True:
        peer, _ = server.accept()
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_answer, args=(peer, image, delay_s, answered), daemon=True).start()


def _answer(peer: socket.socket, image: Image, delay_s: float, answered: Counter) -> None:
    data, turns = b"", {what: itertools.cycle(told) for what, told in image.items()}
    with peer:
        while True:
            while len(data) < 12:
                try:
                    part = peer.recv(4096)
                except ConnectionResetError:
                    return
                if not part:
                    return
                data += part
            number, _, _, unit, function, address, count = struct.unpack_from(">HHHBBHH", data)
            data = data[12:]
            told = turns.get((function, address, count))
            words = next(told) if told else bytes(2 * count)
            if delay_s:
                time.sleep(delay_s)
            head = struct.pack(">HHHBBB", number, 0, 3 + len(words), unit, function, len(words))
            peer.sendall(head + words)
            answered.value += 1


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and how many requests it has answered."""

    port: int
    answered: Counter

    @property
    def host(self) -> str:
        """This computer."""
        return "127.0.0.1"


@contextmanager
def modbus_server(image: Image, delay_s: float = 0.0) -> Generator[Server]:
    """A server in a process of its own, that answers from a table ``delay_s`` after the question.

    Each connection begins with the first answers.
    """
    context = multiprocessing.get_context("spawn")
    answered = context.Value("Q", 0, lock=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        process = context.Process(target=_serve, args=(server, dict(image), delay_s, answered), daemon=True)
        process.start()
        port = int(server.getsockname()[1])
    try:
        yield Server(port, answered)
    finally:
        process.terminate()
        process.join()
