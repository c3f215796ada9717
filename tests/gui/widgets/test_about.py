"""What the program is and what of it others have written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.licences import components
from gui.models.licences import NAME, LicenceTable
from gui.widgets.about import AboutDialog


def test_every_part_is_listed_and_shows_its_licence(qtbot: QtBot, own_data: Path) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.table.rowCount() == len(components())
    dialog.filter.setText("lgpl")
    model = dialog.view.model()
    assert [model.index(row, NAME).data() for row in range(model.rowCount())] == [
        "PySide6_Essentials",
        "python-can",
        "shiboken6",
    ]
    dialog.view.selectRow(1)
    assert dialog.text.toPlainText().startswith("python-can ")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    dialog.filter.setText("no such part")
    assert dialog.text.toPlainText() == ""
    dialog.close()
    dialog.stop()


def test_the_table_keeps_its_promises(qtbot: QtBot) -> None:
    table = LicenceTable()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_parts(components()[:5])
    table.retranslate()
    table.show_parts([])
    assert table.rowCount() == 0
    del tester
