"""Both sides of an EVlink configuration: the file that is edited, and a file or a connected station beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.access import NOBODY, Access, Person
from core.evlink.cfg import Cfg
from core.evlink.compare import Pair, Told, doubts, paired, paired_with_station, told
from core.evlink.files import Opened
from core.evlink.identity import identity, station_doubts
from core.points import PointKey
from core.sitebook import SiteBook
from gui import formatting
from gui.models.devices import Shown, shown_devices

if TYPE_CHECKING:
    from core.facade import Station

translate = QCoreApplication.translate

PROFILE = "schneider/evlink_ocpp"
"""The profile of devices whose configuration keys are those of these files."""


class CfgSides:
    """``left`` is edited; ``right`` (a file) or ``device`` (a station) is only compared with; GUI thread.

    ``person`` None: the station knows no roles, and everything is seen.
    """

    def __init__(self, station: Station) -> None:
        self._station = station
        self.left: Opened | None = None
        self.right: Opened | None = None
        self.device: Shown | None = None
        self.person: Person | None = self._who()
        self.pairs: tuple[Pair, ...] | None = None
        self._told: dict[str, Told] = {}

    @property
    def book(self) -> SiteBook | None:
        """The site's own book, where it keeps one."""
        found = getattr(self._station, "book", None)
        return found if isinstance(found, SiteBook) else None

    def person_changed(self) -> bool:
        """Whether somebody else is signed in since the last look."""
        before, self.person = self.person, self._who()
        return before != self.person

    def stations(self) -> list[Shown]:
        """The charging stations that a file can be compared with."""
        shown = shown_devices(self._station)
        return [device for device in shown if device.profile_data is not None and device.profile_data.id == PROFILE]

    def open(self, opened: Opened) -> None:
        """Edit another file."""
        self.left = opened
        self.pair()

    def compare_file(self, opened: Opened) -> None:
        """Put a file on the right."""
        self.right, self.device = opened, None
        self.pair()

    def compare_station(self, device: Shown) -> None:
        """Put a station on the right."""
        self.right, self.device = None, device
        self.listen()
        self.pair()

    def end(self) -> None:
        """Nothing is on the right any more."""
        self.right = self.device = None
        self.pair()

    def listen(self) -> bool:
        """Look at what the station has told; whether it is something else than before."""
        if self.device is None:
            return False
        points = self._station.points(self.device.id)
        before, self._told = self._told, told(points, self._station.snapshot(), self.device.id)
        return before != self._told

    def ask(self) -> None:
        """Have the station read its configuration out again."""
        if self.device is not None:
            self._station.ask(self.device.id, "settings")

    def pair(self) -> None:
        """Put the keys of both sides beside each other again."""
        self.pairs = None
        if self.left is not None and self.right is not None:
            self.pairs = paired(self.left.cfg, self.right.cfg)
        elif self.left is not None and self.device is not None:
            self.pairs = paired_with_station(self.left.cfg, self._told)

    def doubts(self) -> tuple[str, ...]:
        """Why the two sides may be of different stations: English sentences."""
        if self.left is None:
            return ()
        if self.right is not None:
            return doubts(self.left.cfg, self.right.cfg, self.person)
        name = self._told.get("stationname")
        return station_doubts(self.left.cfg, name.text or "" if name is not None else "", self.person)

    def told_count(self) -> int:
        """How many settings of the file the station has told."""
        return sum(isinstance(pair.right, Told) and pair.right.text is not None for pair in self.pairs or ())

    # -- in words ------------------------------------------------------------------------------------------------

    def left_facts(self) -> str:
        """What the left file says of itself."""
        return self._facts(self.left.cfg) if self.left is not None else ""

    def right_name(self) -> str:
        """What is on the right; empty for nothing."""
        if self.right is not None:
            return self.right.path.name
        return self.device.name if self.device is not None else ""

    def right_facts(self) -> str:
        """How much differs, and what the right side says of itself."""
        different = sum(pair.differs for pair in self.pairs or () if self._sees_pair(pair))
        if self.right is not None:
            return formatting.joined([_differences(different), self._facts(self.right.cfg)])
        if self.device is None:
            return ""
        words = translate("cfg", "{0} in {1} settings told").format(_differences(different), self.told_count())
        return formatting.joined([words, self._said("model"), self._said("firmware")])

    def hidden_words(self, count: int) -> str:
        """Why some settings are not there; empty when all are."""
        if not count:
            return ""
        if count == 1 and self.person != NOBODY:
            return translate("cfg", "1 setting is for a higher role than yours.")
        if self.person is None or self.person == NOBODY:
            return translate("cfg", "{0} settings are for people who are signed in.").format(count)
        return translate("cfg", "{0} settings are for a higher role than yours.").format(count)

    def _who(self) -> Person | None:
        access = getattr(self._station, "access", None)
        return access.person if isinstance(access, Access) else None

    def _sees(self, least: str) -> bool:
        return self.person is None or self.person.reaches(least)

    def _sees_pair(self, pair: Pair) -> bool:
        side = pair.left or pair.right
        return side is not None and (isinstance(side, Told) or self._sees(side.sees))

    def _facts(self, cfg: Cfg) -> str:
        """Name and reference as far as the role may see them; letters and line ends; lines that are no settings."""
        said, strange = identity(cfg), len(cfg.strange)
        names = (("stationName", said.name), ("AlarmLogin", said.reference))
        visible = [text for key, text in names if (found := cfg.find(key)) is not None and self._sees(found.sees)]
        letters = {"ascii": "ASCII", "utf-8": "UTF-8", "latin-1": "Latin-1"}[cfg.encoding]
        kinds = ", ".join(filter(None, (letters, cfg.line_ends if cfg.line_ends != "mixed" else _mixed())))
        kept = translate("cfg", "{0} lines kept that are no settings").format(strange) if strange else ""
        kept = translate("cfg", "1 line kept that is no setting") if strange == 1 else kept
        return formatting.joined([*visible, kinds, kept])

    def _said(self, point: str) -> str:
        reading = self._station.latest(PointKey(self.device.id, point)) if self.device is not None else None
        return reading.value if reading is not None and isinstance(reading.value, str) else ""


def _differences(count: int) -> str:
    if count == 0:
        return translate("cfg", "no difference")
    return translate("cfg", "1 difference") if count == 1 else translate("cfg", "{0} differences").format(count)


def _mixed() -> str:
    return translate("cfg", "mixed line ends")
