"""The way of the Tab key: what is filled in later still stands in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def in_order(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through these widgets one after the other."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)
