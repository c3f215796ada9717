"""An EVlink configuration as a tree: block, section, key; with what is typed, and the other side of a comparison."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from core.access import Person
from core.evlink.cfg import Address, Cfg, Entry
from core.evlink.compare import Pair, Told, What
from core.evlink.keys import CfgKey, load_keys
from core.evlink.rules import Caution
from gui.models import cfg_words, wording
from gui.models.cfg_edits import CfgEdits, Draft
from gui.sentences import localised

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole


class Column(IntEnum):
    """What stands in each column."""

    NAME, FILE, NEW, OTHER, LIMITS, KEY, STATE = range(7)


class CfgRole:
    """What the delegate, the filter and the page ask beyond Qt's own roles."""

    ROW = ItemRole.UserRole + 1  # Row, None for a heading
    DEPTH = ItemRole.UserRole + 2  # 0 block, 1 section, 2 key
    SECOND = ItemRole.UserRole + 3  # the line below the name
    TONE = ItemRole.UserRole + 4
    SEARCH = ItemRole.UserRole + 5
    DIFFERS = ItemRole.UserRole + 6
    EDITED = ItemRole.UserRole + 7
    BELOW = ItemRole.UserRole + 8  # (sentence, tone) below the field; None without one
    KEPT = ItemRole.UserRole + 9  # what stands instead of a field
    COUNT = ItemRole.UserRole + 10  # of a heading: how many keys


@dataclass(slots=True)
class Row:
    """One key. ``pair`` is there while something is compared."""

    entry: Entry | None
    pair: Pair | None = None
    may: bool = True  # the role of the person signed in may change it

    @property
    def address(self) -> Address:
        """Where it stands: in the left file, or in the right one where only that has it."""
        right = self.pair.right if self.pair is not None else None
        found = self.entry or (right if isinstance(right, Entry) else None)
        return found.address if found is not None else Address("", "", "")

    @property
    def known(self) -> CfgKey | None:
        """What the table says of it."""
        right = self.pair.right if self.pair is not None else None
        found = self.entry or (right if isinstance(right, Entry) else None)
        return found.known if found is not None else None

    @property
    def sees(self) -> str:
        """The least role that may see it."""
        right = self.pair.right if self.pair is not None else None
        found = self.entry or (right if isinstance(right, Entry) else None)
        return found.sees if found is not None else "administrator"


@dataclass(slots=True)
class Node:
    """A heading or a key; ``row`` is its place among its siblings."""

    parent: int
    row: int
    block: str
    section: str = ""
    leaf: Row | None = None
    children: list[int] = field(default_factory=list[int])


class CfgTree(QAbstractItemModel):
    """Three levels. What the role may not see is not in it at all; ``hidden`` counts it."""

    def __init__(self, edits: CfgEdits, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.edits = edits
        self.hidden = 0
        self.compared = False
        self._now = now
        self._person: Person | None = None
        self._nodes: list[Node] = [Node(-1, 0, "")]
        self._places: dict[Address, int] = {}
        self._drawn: dict[Address, tuple[Draft, tuple[Caution, ...]]] = {}
        edits.changed.connect(self._edits_changed)

    def show(self, cfg: Cfg | None, pairs: Sequence[Pair] | None, person: Person | None) -> None:
        """Show a file; ``pairs`` when it is compared. ``person`` None: a site without roles, where all is seen."""
        self.beginResetModel()
        self._person, self.hidden = person, 0
        self.compared = pairs is not None
        self._nodes = [Node(-1, 0, "")]
        if cfg is not None:
            self._fill(cfg, pairs)
        self._places = {node.leaf.address: number for number, node in enumerate(self._nodes) if node.leaf is not None}
        self.endResetModel()

    def update_pairs(self, pairs: Sequence[Pair]) -> None:
        """Take another state of the right side that has the same keys."""
        by_left = {pair.left.address: pair for pair in pairs if pair.left is not None}
        for number, node in enumerate(self._nodes):
            leaf = node.leaf
            pair = by_left.get(leaf.entry.address) if leaf is not None and leaf.entry is not None else None
            if leaf is not None and pair is not None and pair != leaf.pair:
                leaf.pair = pair
                self._announce(number)

    def rows(self) -> list[Row]:
        """Every key that is seen, in the order of the tree."""
        return [node.leaf for number in self._walk(0) if (node := self._nodes[number]).leaf is not None]  # pyright: ignore[reportReturnType]

    def place_of(self, address: Address, column: int = 0) -> QModelIndex:
        """Index of a key; invalid when it is not seen."""
        number = self._places.get(address, 0)
        return self.createIndex(self._nodes[number].row, column, number) if number else QModelIndex()

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        for number in range(1, len(self._nodes)):
            self._announce(number)

    # -- what Qt asks ----------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's own
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._nodes[self._number(parent)].children[row])

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        above = self._nodes[self._number(child)].parent if child.isValid() else 0
        return self.createIndex(self._nodes[above].row, 0, above) if above > 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._nodes[self._number(parent)].children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        leaf = self._nodes[self._number(index)].leaf
        editable = leaf is not None and index.column() == Column.NEW and not self._kept(leaf)
        return usual | Qt.ItemFlag.ItemIsEditable if editable else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        titles = (
            self.tr("Setting"), self.tr("In the file"), self.tr("New value"), self.tr("On the right"),
            self.tr("Range · factory"), self.tr("Key"), "",
        )  # fmt: skip
        return titles[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._nodes[self._number(index)]
        if role == CfgRole.DEPTH:
            return 2 if node.leaf is not None else 1 if node.parent > 0 else 0
        if node.leaf is None:
            return self._of_heading(node, Column(index.column()), role)
        return self._of_row(node.leaf, Column(index.column()), role)

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        leaf = self._nodes[self._number(index)].leaf if index.isValid() else None
        if role != ItemRole.EditRole or leaf is None or leaf.entry is None or self._kept(leaf):
            return False
        self.edits.put(leaf.entry, str(value), self._person)
        return True

    # -- inside ----------------------------------------------------------------------------------------------

    def _fill(self, cfg: Cfg, pairs: Sequence[Pair] | None) -> None:
        by_left = {pair.left.address: pair for pair in pairs or () if pair.left is not None}
        rows = [Row(entry, by_left.get(entry.address)) for entry in cfg.entries()]
        rows += [Row(None, pair) for pair in pairs or () if pair.left is None]
        seen: list[Row] = []
        for row in rows:
            known = row.known
            if self._person is not None and not self._person.reaches(row.sees):
                self.hidden += 1
                continue
            row.may = self._person is None or (known is not None and self._person.reaches(known.writes))
            seen.append(row)
        filled = {(row.address.block, row.address.section) for row in rows}
        shown = {(row.address.block, row.address.section) for row in seen}
        for heading in cfg.sections:  # in the order of the file; what holds only hidden keys is not there
            if heading in shown or (heading not in filled and seen):
                self._heading(*heading)
        for row in seen:
            above = self._heading(row.address.block, row.address.section)
            self._add(above, Node(above, 0, row.address.block, row.address.section, row))

    def _heading(self, block: str, section: str) -> int:
        """Number of a section's node, made where it is missing."""
        above = next((n for n in self._nodes[0].children if self._nodes[n].block == block), 0)
        above = above or self._add(0, Node(0, 0, block))
        found = next((n for n in self._nodes[above].children if self._nodes[n].section == section), 0)
        return found or self._add(above, Node(above, 0, block, section))

    def _add(self, above: int, node: Node) -> int:
        siblings = self._nodes[above].children
        node.row = len(siblings)
        self._nodes.append(node)
        siblings.append(len(self._nodes) - 1)
        return siblings[-1]

    def _walk(self, number: int) -> list[int]:
        found = [number]
        for child in self._nodes[number].children:
            found += self._walk(child)
        return found

    def _number(self, index: Index) -> int:
        return int(index.internalId()) if index.isValid() else 0

    def _announce(self, number: int) -> None:
        row = self._nodes[number].row
        self.dataChanged.emit(self.createIndex(row, 0, number), self.createIndex(row, len(Column) - 1, number))

    def _edits_changed(self) -> None:
        before, self._drawn = self._drawn, self.edits.drawn()
        for address in {**before, **self._drawn}:
            if before.get(address) != self._drawn.get(address) and (number := self._places.get(address, 0)):
                self._announce(number)

    def _draft(self, row: Row) -> Draft | None:
        return self.edits.get(row.entry.address) if row.entry is not None else None

    def _kept(self, row: Row) -> str:
        return cfg_words.kept(row.entry, row.may) if row.entry is not None else cfg_words.what(What.ADDED)[0]

    def _of_heading(self, node: Node, column: Column, role: int) -> Any:
        if role == CfgRole.COUNT:
            inside = (self._nodes[number] for child in node.children for number in self._walk(child))
            return sum(found.leaf is not None for found in inside)
        if role == CfgRole.SEARCH:
            return ""
        if column is not Column.NAME or role not in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole):
            return None
        if node.parent == 0:
            return cfg_words.block_title(node.block)
        return cfg_words.section_title(node.block, node.section)

    def _of_row(self, row: Row, column: Column, role: int) -> Any:
        draft = self._draft(row)
        match role:
            case ItemRole.DisplayRole:
                found: Any = self._text(row, draft, column)
            case ItemRole.EditRole:
                found = (draft.text if draft is not None else row.entry.text) if row.entry is not None else ""
            case CfgRole.ROW:
                found = row
            case CfgRole.SECOND:
                found = self._second(row, column)
            case CfgRole.TONE:
                found = self._tone(row, draft, column)
            case CfgRole.SEARCH:
                found = self._search(row)
            case CfgRole.DIFFERS:
                found = row.pair is not None and row.pair.differs
            case CfgRole.EDITED:
                found = draft is not None
            case CfgRole.BELOW:
                found = self._below(row, draft)
            case CfgRole.KEPT:
                found = self._kept(row)
            case ItemRole.ToolTipRole:
                found = self._tip(row, draft, column)
            case _:
                found = None
        return found

    def _text(self, row: Row, draft: Draft | None, column: Column) -> str:
        entry, known = row.entry, row.known
        match column:
            case Column.NAME:
                found = cfg_words.key_title(known, row.address.key)
            case Column.FILE:
                found = cfg_words.entry_value(entry) if entry is not None else ""
            case Column.NEW:
                found = self._new(row, draft)
            case Column.OTHER:
                found = cfg_words.other_value(known, row.pair.right if row.pair is not None else None)
            case Column.LIMITS:
                found = cfg_words.limits_and_factory(known)
            case Column.KEY:
                found = row.address.key
            case _:
                found = self._state(row, draft)[0]
        return found

    def _new(self, row: Row, draft: Draft | None) -> str:
        if draft is not None:
            return draft.text if draft.wrong else cfg_words.value(row.known, draft.text)
        return self._kept(row) or (cfg_words.entry_value(row.entry) if row.entry is not None else "")

    def _state(self, row: Row, draft: Draft | None) -> tuple[str, str]:
        if draft is not None:
            return (self.tr("not possible"), "fault") if draft.wrong else (self.tr("to save"), "warning")
        if row.pair is not None:
            return cfg_words.what(row.pair.what)
        return "", "tertiary"

    def _tone(self, row: Row, draft: Draft | None, column: Column) -> str:
        if column is Column.STATE:
            return self._state(row, draft)[1]
        if column is Column.OTHER and row.pair is not None and row.pair.differs:
            return "accent"
        if column in (Column.FILE, Column.OTHER):
            text = row.entry.text if row.entry is not None else ""
            return "text" if column is Column.FILE and text else "secondary"
        return "text"

    def _second(self, row: Row, column: Column) -> str:
        if column is Column.NAME:
            return cfg_words.key_help(row.known)
        right = row.pair.right if row.pair is not None else None
        return cfg_words.told_when(right, self._now()) if column is Column.OTHER and isinstance(right, Told) else ""

    def _below(self, row: Row, draft: Draft | None) -> tuple[str, str] | None:
        if draft is None or row.entry is None:
            return None
        if draft.wrong:
            return wording.capital(localised(draft.wrong)), "fault"
        for caution in self.edits.cautions(row.entry.address):
            return wording.capital(localised(caution.sentence)), "fault" if caution.stops else "warning"
        return None

    def _search(self, row: Row) -> str:
        known = row.known
        words = [row.address.section, row.address.key]
        if known is not None:
            words += [known.title.en, known.title.fr, known.help.en, known.help.fr, known.ocpp_key]
        headings = load_keys().heading(row.address.block, row.address.section)
        return " ".join([*words, headings.en, headings.fr]).lower()

    def _tip(self, row: Row, draft: Draft | None, column: Column) -> str:
        if column is Column.NAME:
            return "\n".join(
                filter(None, (self._text(row, draft, column), str(row.address), cfg_words.key_help(row.known)))
            )
        if column is Column.NEW and row.entry is not None and (why := row.entry.refusal()):
            return wording.capital(localised(why))
        return self._text(row, draft, column)


class CfgFilter(QSortFilterProxyModel):
    """Keeps what holds every word, and on demand only what differs or what was edited; headings with something left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.only_different = self.only_edited = False
        self.setRecursiveFilteringEnabled(True)

    def set_words(self, text: str) -> None:
        """Keep what holds every word: name, key, help, section."""
        self.beginFilterChange()
        self._words = text.lower().split()
        self.endFilterChange()

    def set_only(self, *, different: bool, edited: bool) -> None:
        """Keep only what differs, or what was edited."""
        self.beginFilterChange()
        self.only_different, self.only_edited = different, edited
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        place = self.sourceModel().index(source_row, 0, source_parent)
        if place.data(CfgRole.DEPTH) != 2:
            return not (self._words or self.only_different or self.only_edited)
        if self.only_different and not (place.data(CfgRole.DIFFERS) or place.data(CfgRole.EDITED)):
            return False
        if self.only_edited and not place.data(CfgRole.EDITED):
            return False
        found = str(place.data(CfgRole.SEARCH))
        return all(word in found for word in self._words)
