"""What a curve is painted with."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.models.curves import Data
from gui.pages.history_strokes import Strokes, columns, spells_of, strokes_of


def waves(count: int) -> Data:
    t = np.arange(count, dtype=np.float64)
    mean = np.sin(t)
    return Data(t, mean - 1, mean, mean + 1, np.ones(count))


def suited(strokes: Strokes, start: float, end: float) -> Strokes:
    """What is painted of them on 100 pixels from ``start`` to ``end``."""
    image = QImage(100, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(100 / (end - start), 1.0)
    painter.translate(-start, 0.0)
    found = strokes.suited(painter, QRectF(start, 0.0, end - start, 10.0))
    painter.end()
    return found


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


def test_strokes_serve_as_long_as_pixels_are_about_as_wide(qapp: QApplication):
    strokes = strokes_of(waves(200), 1.0)
    assert suited(strokes, 50.0, 150.0) is strokes
    assert suited(strokes, 60.0, 160.0) is strokes
    assert suited(strokes, 40.0, 160.0) is strokes
    wide = suited(strokes, 0.0, 200.0)
    assert (wide is strokes, len(wide.columns.ndarray())) == (False, 100)
    assert suited(strokes, 0.0, 200.0) is wide


@pytest.mark.parametrize(("start", "end"), [(100.0, 110.0), (100.0, 100.5)])
def test_what_lies_far_outside_the_view_is_not_painted(qapp: QApplication, start: float, end: float):
    found = suited(strokes_of(waves(10_000), 1.0), start, end)
    seen = found.path.boundingRect()
    assert start - 1 <= seen.left() <= start
    assert end <= seen.right() <= end + 1


def test_nothing_is_made_of_a_curve_before_it_is_painted(qapp: QApplication):
    strokes = Strokes(waves(200))
    assert (strokes.box.left(), strokes.box.right()) == (0.0, 199.0)
    assert strokes.path.isEmpty()
    assert not suited(strokes, 50.0, 150.0).path.isEmpty()


def test_gaps_cut_the_line_and_lone_bins_are_dots(qapp: QApplication):
    mean = np.array([1.0, 2.0, np.nan, 5.0, np.nan, 1.0, 2.0])
    t = np.arange(7, dtype=np.float64)
    strokes = strokes_of(Data(t, mean, mean, mean, np.ones(7)), 0.1)
    assert [(point.x(), point.y()) for point in strokes.lone] == [(3.0, 5.0)]
    assert [ground.boundingRect().left() for ground in strokes.grounds] == [0.0, 5.0]
    assert strokes.box == QRectF(0.0, 1.0, 6.0, 4.0)
