"""Saving what the charts show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.models.curve_csv import csv_of_curves
from gui.models.curves import Curve
from gui.sentences import localised

translate = QCoreApplication.translate


def ask_csv(parent: QWidget, curves: Sequence[Curve], span: tuple[float, float], zone: tzinfo) -> None:
    """Ask for a file and write the values shown."""
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, translate("history", "Export the values"), "curves.csv", "CSV (*.csv)"
    )
    if chosen:
        try:
            write_csv(Path(chosen), curves, span, zone)
        except OSError as err:
            complain(parent, chosen, localised(err.strerror or str(err)))


def ask_png(parent: QWidget, shown: QWidget) -> None:
    """Ask for a file and save a picture of the charts."""
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, translate("history", "Export the picture"), "curves.png", "PNG (*.png)"
    )
    if chosen and not write_png(Path(chosen), shown):
        complain(parent, chosen, translate("history", "the file cannot be written"))


def write_csv(file: Path, curves: Sequence[Curve], span: tuple[float, float], zone: tzinfo) -> None:
    """Write the values shown, with a mark by which spreadsheets recognise UTF-8; raise OSError."""
    file.write_text("\ufeff" + csv_of_curves(curves, *span, zone), encoding="utf-8", newline="")


def write_png(file: Path, shown: QWidget) -> bool:
    """Save a widget as the screen shows it; False when the file cannot be written."""
    return shown.grab().save(str(file), "PNG")


def complain(parent: QWidget, file: str, reason: str) -> None:
    """Say that a file could not be written, without stopping what flows."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        translate("history", "Nothing was saved"),
        translate("history", "{0} could not be written: {1}. Choose another folder, or free some space.").format(
            file, reason
        ),
        QMessageBox.StandardButton.Close,
        parent,
    )
    box.setModal(False)
    box.show()
