"""A view of curves between its axes."""

from __future__ import annotations

from typing import Any

import pyqtgraph
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

pg: Any = pyqtgraph
GraphicsWidget: Any = pg.GraphicsWidget


class Chart(GraphicsWidget):
    """The values at the left, time below, and the ``box`` of the curves.

    A ``PlotItem`` of pyqtgraph without its menus, panels of options, title and buttons: none of these was ever shown,
    and to build them took most of the time until a chart stood there.
    """

    def __init__(self, time: Any, values: Any) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box: Any = pg.ViewBox(enableMenu=False)
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(0)
        grid.addItem(self.box, 0, 1)
        grid.addItem(values, 0, 0)
        grid.addItem(time, 1, 1)
        grid.setRowStretchFactor(0, 100)
        grid.setColumnStretchFactor(1, 100)
        self.setLayout(grid)
        for axis in (time, values):
            axis.linkToView(self.box)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)  # its grid, under the curves
