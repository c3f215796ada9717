"""What a dense band covers."""

from __future__ import annotations

import numpy as np

from gui.pages.history_strokes import columns, spells_of


def test_a_dense_band_is_one_rectangle_for_each_pixel_and_loses_no_extreme():
    t = np.arange(100, dtype=np.float64)
    low, high = -t, t.copy()
    low[55] = -500.0
    boxes = columns(t, low, high, 10.0)
    assert boxes[:, 0].tolist() == list(range(0, 100, 10))
    assert boxes[:, 2].tolist() == [10.0] * 10
    assert boxes[5].tolist() == [50.0, -500.0, 10.0, 559.0]
    assert (boxes[:, 1] + boxes[:, 3]).tolist() == [9.0 + 10 * row for row in range(10)]


def test_pixels_without_a_bin_of_their_own_are_covered_by_the_one_before():
    boxes = columns(np.array([0.0, 25.0, 50.0]), np.zeros(3), np.ones(3), 10.0)
    assert boxes[:, 0].tolist() == [0.0, 20.0, 50.0]
    assert boxes[:, 2].tolist() == [20.0, 30.0, 10.0]


def test_gaps_cut_a_band():
    assert spells_of(np.array([False, True, True, False, True])) == [(1, 3), (4, 5)]
    assert spells_of(np.zeros(3, dtype=np.bool_)) == []
