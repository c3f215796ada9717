"""Recorders that a test drives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.storage.driven import Bench, HeldClock


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def make(tmp_path: Path, clock: HeldClock) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build(name: str = "site.db", **settings: Any) -> Bench:
        made.append(Bench(tmp_path / name, clock, **settings))
        return made[-1]

    yield build
    for bench in made:
        bench.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()
