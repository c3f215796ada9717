"""The endurance bench at a hundredth: faults between application and devices, plugs pulled, and proof that it bites."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from drivers.modbus import framing
from tests.scripts import script

PACKAGING = Path(__file__).parents[2] / "packaging"

posix = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocpp.messages.ASYNC_VALIDATION", False)  # its threads would be left behind
    monkeypatch.syspath_prepend(str(PACKAGING))


@pytest.fixture
def faults(bench: None) -> ModuleType:
    return importlib.import_module("soak_faults")


@pytest.fixture
def plugs(bench: None) -> ModuleType:
    return importlib.import_module("soak_plugs")


def hurt(faults: ModuleType, kind: str, count: int, troubles: Any = None, seed: int = 5) -> Any:
    """So many faults on one transport; lines are many, since most of the time each waits for a time-out."""
    transport = faults.Transport(kind, kind, 5, 1.0, troubles or tuple(faults.Trouble))
    return faults.run(count, seed, [transport], tell=lambda text: None)


@pytest.mark.parametrize("kind", ["tcp", "v5", "ocpp", pytest.param("rtu", marks=posix)])
def test_no_fault_on_the_way_makes_a_wrong_value_or_loses_a_thread_and_the_line_comes_back(
    faults: ModuleType, kind: str
):
    outcome = hurt(faults, kind, 80, faults.IN_ORDER if kind == "rtu" else None)
    assert outcome.faults[kind] >= 80
    assert outcome.good[kind] > 50
    assert (outcome.wrong[kind], outcome.samples, outcome.older) == (0, [], 0)
    assert outcome.lost_threads == 0
    assert outcome.not_recovered == []


@posix
def test_a_line_that_repeats_and_swaps_answers_gives_right_values_or_none(faults: ModuleType):
    outcome = hurt(faults, "rtu", 120, faults.OUT_OF_ORDER)
    assert outcome.good["rtu"] > 50
    most = 7  # registers of one block, before a line is known to do so (docs/decisions/0011)
    assert outcome.wrong["rtu"] <= most, outcome.samples
    assert outcome.not_recovered == []


def test_a_link_that_believes_every_answer_is_found_out(faults: ModuleType, monkeypatch: pytest.MonkeyPatch):
    find = framing.find_tcp

    def believe(data: bytes, transaction: int, *rest: Any) -> framing.Found:
        return find(data, int.from_bytes(data[:2], "big"), *rest)

    monkeypatch.setattr(framing, "find_tcp", believe)
    trouble = faults.Trouble
    outcome = hurt(faults, "tcp", 60, (trouble.DELAY, trouble.DUPLICATE, trouble.CROSS_TALK))
    assert outcome.wrong["tcp"] > 0


KINDS = ("tcp", "v5", "virtual", "ocpp", *(("rtu", "slcan") if sys.platform != "win32" else ()))


@pytest.fixture(scope="module")
def plugged() -> Any:
    """In a process of its own: files and threads are counted, and what other tests have held may go at any moment."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(script("soak_plugs").run, 6, KINDS).result(50)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_unplugged_and_plugged_in_again_leaves_nothing_behind(plugged: Any, kind: str):
    assert plugged.cycles[kind] == 6
    assert plugged.lost[kind] == 0
    before, after = plugged.before[kind], plugged.after[kind]
    assert (after.threads, after.files, after.sockets) == (before.threads, before.files, before.sockets)


def test_what_is_left_behind_is_seen(plugs: ModuleType):
    before = plugs.Figures.now()
    with (PACKAGING / "soak_plugs.py").open("rb"):
        assert plugs.Figures.now().files == before.files + (sys.platform == "linux")
