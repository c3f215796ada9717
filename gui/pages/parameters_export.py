"""The parameters of a device into a file: the same rows that the panel shows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.models.devices import Shown
from gui.models.parameters_csv import csv_of_parameters
from gui.models.parameters_row import Row
from gui.sentences import localised

translate = QCoreApplication.translate


def write(file: Path, device: Shown, rows: Iterable[tuple[str, Row]]) -> None:
    """Write them as CSV that a spreadsheet opens; raise OSError."""
    file.write_text("\ufeff" + csv_of_parameters(rows, device.name), "utf-8", newline="")


def ask(panel: QWidget, device: Shown, rows: Iterable[tuple[str, Row]]) -> str:
    """Ask where to, and write; return why it could not be written, empty when it was or was not wanted."""
    title, name = translate("ParameterPanel", "Export the parameters"), f"{device.id}-parameters.csv"
    chosen, _kind = QFileDialog.getSaveFileName(panel, title, name, "CSV (*.csv)")
    if chosen:
        try:
            write(Path(chosen), device, rows)
        except OSError as err:
            why = localised(err.strerror or str(err))
            return translate("ParameterPanel", "Could not write {0}: {1}").format(chosen, why)
    return ""
