"""Parameters of every device of the site, found by name, help or register; GUI thread."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from core.parameters import Parameter
from core.points import PointKey
from gui import formatting, i18n
from gui.models import parameters_words, wording
from gui.models.two_levels import Index

if TYPE_CHECKING:
    from core.facade import Station

ItemRole = Qt.ItemDataRole
MOST = 200  # hits shown


class HitRole:
    """What the delegate and the panel ask beyond Qt's own roles."""

    KEY = ItemRole.UserRole + 1
    DEVICE = ItemRole.UserRole + 2
    DETAIL = ItemRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One parameter that was found."""

    key: PointKey
    device: str
    section: str
    parameter: Parameter


def find(station: Station, text: str) -> list[Hit]:
    """Every parameter that the signed-in person may see and that holds every word."""
    words = folded(text).split()
    if not words:
        return []
    found: list[Hit] = []
    for view in station.devices():
        parameters = station.parameters(view.id)
        sections = {section.id: section.title.text(i18n.current()) for section in parameters.sections}
        for entry in parameters.entries:
            section = sections.get(entry.section, "")
            if all(word in _haystack(entry, view.config.title, section) for word in words):
                found.append(Hit(PointKey(view.id, entry.id), view.config.title, section, entry))
    found.sort(key=lambda hit: not all(word in folded(parameters_words.title(hit.parameter)) for word in words))
    return found


def folded(text: str) -> str:
    """The text as people type it who look for something: small letters, no accents, plain apostrophes and spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _haystack(entry: Parameter, device: str, section: str) -> str:
    point = entry.point
    places = (point.printed, wording.address(point), str(point.address)) if point is not None else ()
    names = (entry.title.en, entry.title.fr, point.en if point else "", point.fr if point else "", entry.id)
    told = (entry.help.text(i18n.current()), parameters_words.screen(entry), device, section)
    return folded(" ".join((*names, *places, *told)))


class HitList(QAbstractListModel):
    """What was found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show(self, hits: Sequence[Hit]) -> None:
        """Take other hits."""
        self.beginResetModel()
        self._hits = list(hits[:MOST])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        title, told = parameters_words.title(hit.parameter), parameters_words.help_line(hit.parameter)
        register = parameters_words.register(hit.parameter.point)
        whole = formatting.joined([hit.device, hit.section, title])
        return {
            ItemRole.DisplayRole: title,
            ItemRole.AccessibleTextRole: whole,
            ItemRole.ToolTipRole: whole,
            HitRole.KEY: hit.key,
            HitRole.DEVICE: hit.device,
            HitRole.DETAIL: formatting.joined([hit.section, register, told]),
        }.get(role)
