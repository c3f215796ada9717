"""The journal as people read it: one row a line, newest first, values in human units; GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from core.parameters import Parameter
from core.points import Kind, Value
from core.writing.journal import Line
from core.writing.review import GOOD, Phase
from core.writing.values import NO_BIT
from gui import formatting
from gui.models import journal_words, parameters_input, parameters_words
from gui.models.people import name_words
from gui.models.two_levels import Index

if TYPE_CHECKING:
    from core.facade import Station

ItemRole = Qt.ItemDataRole
WRITES = ("intent", "outcome", "refused")


class Column(IntEnum):
    """What stands in each column."""

    TIME, WHO, DEVICE, PARAMETER, CHANGE, READBACK, OUTCOME = range(7)


class JournalRole:
    """What the delegate, the filter and the tab ask beyond Qt's own roles."""

    LINE = ItemRole.UserRole + 1
    TONE = ItemRole.UserRole + 2
    SEARCH = ItemRole.UserRole + 3
    STEP = ItemRole.UserRole + 4  # an intent whose outcome follows: only of interest to those who want every step


@dataclass(frozen=True, slots=True)
class Named:
    """What a line is about, as far as the signed-in person may see it. ``hidden``: a parameter of a higher role."""

    device: str
    parameter: Parameter | None
    hidden: bool


class Names:
    """Devices and parameters by the ids of the journal; looked up once a reading."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._titles = {view.id: view.config.title for view in station.devices()}
        self._found: dict[tuple[str, str], Parameter | None] = {}

    def of(self, line: Line) -> Named:
        """What a line is about."""
        entry = line.entry
        title = self._titles.get(entry.device, entry.device)
        if not entry.point:
            return Named(title, None, hidden=False)
        key = (entry.device, entry.point)
        if key not in self._found:
            self._found[key] = self._station.parameters(entry.device).find(entry.point)
        parameter = self._found[key]
        hidden = parameter is None and not self._station.access.person.reaches("administrator")
        return Named(title, parameter, hidden)


class JournalTable(QAbstractTableModel):
    """Lines of the journal. ``altered``: numbers of those that the check of the chain has found changed."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._lines: list[Line] = []
        self._named: list[Named] = []
        self._altered: frozenset[int] = frozenset()
        self._steps: frozenset[int] = frozenset()

    @property
    def newest(self) -> int:
        """Number of the newest line shown, 0 without any."""
        return self._lines[0].id if self._lines else 0

    def show(self, lines: Sequence[Line], names: Names, altered: Iterable[int] = ()) -> None:
        """Take other lines, newest first."""
        self.beginResetModel()
        self._lines = list(lines)
        self._named = [names.of(line) for line in lines]
        self._altered = frozenset(altered)
        ended = {_write_of(line) for line in lines if line.entry.kind == "outcome"}
        self._steps = frozenset(line.id for line in lines if line.entry.kind == "intent" and _write_of(line) in ended)
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))

    def line(self, row: int) -> tuple[Line, Named]:
        """A line with what it is about."""
        return self._lines[row], self._named[row]

    def row_of(self, number: int) -> int:
        """Where a line stands, -1 when it does not."""
        return next((row for row, line in enumerate(self._lines) if line.id == number), -1)

    def altered(self, number: int) -> bool:
        """Whether the check has found this line changed."""
        return number in self._altered

    def of_run(self, run: int) -> list[tuple[Line, Named]]:
        """How the lines of one run ended, in their order, as far as they are shown."""
        pairs = zip(reversed(self._lines), reversed(self._named), strict=True)
        return [(line, named) for line, named in pairs if line.entry.run == run and line.entry.kind == "outcome"]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        titles = (self.tr("Time"), self.tr("Who"), self.tr("Device"), self.tr("Parameter"), self.tr("Old → new"))
        return (*titles, self.tr("Read back"), self.tr("Outcome"))[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, named = self._lines[index.row()], self._named[index.row()]
        column = Column(index.column())
        found: dict[int, Callable[[], Any]] = {
            ItemRole.DisplayRole: lambda: self._text(line, named, column),
            ItemRole.ToolTipRole: lambda: self._text(line, named, column),
            JournalRole.LINE: lambda: line,
            JournalRole.TONE: lambda: self._tone(line, column),
            JournalRole.SEARCH: lambda: self._search(line, named),
            JournalRole.STEP: lambda: line.id in self._steps,
        }
        return found[role]() if role in found else None

    def _text(self, line: Line, named: Named, column: Column) -> str:
        entry = line.entry
        match column:
            case Column.TIME:
                text = f"{datetime.fromtimestamp(line.at, self._zone):%Y-%m-%d %H:%M:%S}"
            case Column.WHO:
                itself = entry.kind in ("watch", "revert", "set-up", "snapshot")
                text = name_words(entry.who) or (self.tr("the program") if itself else self.tr("nobody"))
            case Column.DEVICE:
                text = named.device
            case Column.PARAMETER:
                text = parameter_words(line, named)
            case Column.CHANGE:
                text = change_words(line, named)
            case Column.READBACK:
                text = "" if named.hidden else value_words(named.parameter, entry.readback)
            case Column.OUTCOME:
                text = self._outcome(line)[0]
        return text

    def _tone(self, line: Line, column: Column) -> str:
        if line.id in self._altered:
            return "fault"
        return self._outcome(line)[1] if column is Column.OUTCOME else ""

    def _outcome(self, line: Line) -> tuple[str, str]:
        """What came of a line; an intention that nothing followed is a write of which nobody knows the end."""
        if line.id in self._altered:
            return self.tr("altered afterwards"), "fault"
        if line.entry.kind == "intent" and line.id not in self._steps:
            return self.tr("begun, no outcome kept"), "warning"
        return journal_words.outcome(line)

    def _search(self, line: Line, named: Named) -> str:
        texts = [self._text(line, named, column) for column in Column]
        entry = line.entry
        own = () if named.hidden else (entry.point, entry.register)
        return " ".join((*texts, *own, entry.serial, entry.reason, entry.link, entry.kind)).lower()


class JournalFilter(QSortFilterProxyModel):
    """Keeps the rows that hold every word; what was only intended and has ended only when every step is wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._steps = False

    def set_filter(self, text: str, steps: bool) -> None:
        """Other words."""
        self.beginFilterChange()
        self._words, self._steps = tuple(text.lower().split()), steps
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        if not self._steps and index.data(JournalRole.STEP):
            return False
        text = str(index.data(JournalRole.SEARCH)) if self._words else ""
        return all(word in text for word in self._words)


def parameter_words(line: Line, named: Named) -> str:
    """What a line is about."""
    if named.hidden:
        return journal_words.hidden()
    if named.parameter is not None:
        return parameters_words.title(named.parameter)
    account = line.entry.detail.get("account")
    return line.entry.point or (str(account) if account else "")


def change_words(line: Line, named: Named) -> str:
    """``80 % → 100 %``."""
    entry = line.entry
    if named.hidden or not (entry.old or entry.new):
        return ""
    old, new = value_words(named.parameter, entry.old), value_words(named.parameter, entry.new)
    return f"{old} → {new}" if entry.old else new


def value_of(parameter: Parameter | None, text: str) -> Value:
    """The inner value of a text of the journal; None where it has none."""
    point = parameter.point if parameter is not None else None
    if not text or point is None or point.secret:
        return None
    if point.type == "bits" or point.kind is Kind.BITS:
        return () if text == NO_BIT else tuple(text.split("|"))
    if point.choices or point.kind in (Kind.TEXT, Kind.TIME):
        return text
    try:
        return float(text)
    except ValueError:
        return text


def value_words(parameter: Parameter | None, text: str) -> str:
    """A value of the journal for people; as it stands there where the parameter is not known any more."""
    if not text:
        return ""
    if text == journal_words.SECRET:
        return journal_words.secret()
    value = value_of(parameter, text)
    return text if parameter is None or value is None else parameters_input.value_text(parameter, value)


def frames_of(line: Line) -> list[Mapping[str, object]]:
    """The frames that crossed, as they were kept."""
    found = line.entry.detail.get("frames")
    if not isinstance(found, list):
        return []
    return [cast("Mapping[str, object]", frame) for frame in cast("list[object]", found) if isinstance(frame, dict)]


def wrote(line: Line) -> bool:
    """Whether a device holds, or may hold, something else since this line."""
    phases = (Phase.PROVEN.value, Phase.DIFFERS.value, Phase.UNSURE.value)
    return line.entry.kind == "outcome" and line.entry.outcome in phases


def good(line: Line) -> bool:
    """Whether a write ended well."""
    return line.entry.outcome in {phase.value for phase in GOOD}


def time_text(line: Line, zone: tzinfo) -> str:
    """Date and time at the site with milliseconds."""
    when = datetime.fromtimestamp(line.at, zone)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03d}" if line.at else formatting.DASH


def _write_of(line: Line) -> tuple[int | None, str, str]:
    return line.entry.run, line.entry.device, line.entry.point
