"""The generated history of years is one that the recorder could have written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.points import Kind
from core.storage.queries import History
from tests.scripts import script

DAY = 86_400


def test_rollups_readings_and_counters_are_one_story(tmp_path: Path):
    decade = script("decade")
    made = decade.decade(tmp_path / "decade.db", points=7, years=0.1, raw_days=1)
    assert (made.end - made.begin, made.end - made.raw_from) == (36 * DAY, DAY)
    assert made.readings == 7 * DAY
    with History(made.path) as history:
        for key, kindred in made.points:
            raw = history.raw(key, made.begin, made.end)
            assert len(raw) == DAY
            assert int(history.range(key, made.begin, made.end, 1).count.sum()) == 36 * DAY
            hours = history.range(key, made.raw_from, made.end, 24)
            assert hours.level_s > 0
            assert np.nanmax(hours.max) == raw.value.max()
            assert np.nanmin(hours.min) == raw.value.min()
            if kindred.point.kind is Kind.COUNTER:
                begin = history.range(key, made.begin, made.begin + 600, 1).first[0]
                assert history.delta(key, made.begin, made.end) == pytest.approx(raw.value[-1] - begin, rel=0.01)
                assert history.events(made.begin, made.end) == []


def test_what_comes_again_is_the_same_at_another_time(tmp_path: Path):
    decade = script("decade")
    turn = 17 * 1024 * 3600
    made = decade.decade(tmp_path / "decade.db", points=1, years=2.2, raw_days=0)
    key = made.points[0][0]
    with History(made.path) as history:
        first = history.range(key, made.begin + 10 * DAY, made.begin + 30 * DAY, 10_000)
        later = history.range(key, made.begin + 10 * DAY + turn, made.begin + 30 * DAY + turn, 10_000)
    assert len(first) > 2800
    assert np.array_equal(first.t + turn, later.t)
    assert np.array_equal(first.mean, later.mean)
