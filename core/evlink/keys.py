"""The keys of an EVlink configuration file (.cfg): what each means, what it may hold, and who may see and change it.

The table is ``resources/evlink/cfg_keys.csv``, its headings ``cfg_sections.csv``; see ``core.evlink.cfg`` for files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.access import ROLES
from core.document import Faults
from core.parameters import Danger, Words
from core.paths import resources
from core.points import Confidence
from core.table import read_rows

BLOCKS = ("evse", "ocpp", "report", "update")
"""The four parts of a file; each begins with a comment such as ``# Evse Conf``."""

TYPES = (
    "bool", "flag", "choice", "int", "port", "code", "hex", "text", "name", "needed", "host", "url", "address", "ipv4",
    "path", "email", "emails", "measurands", "secret",
)  # fmt: skip

COLUMNS = [
    "block", "section", "key", "also", "type", "unit", "choices", "low", "high", "longest", "factory", "secret",
    "danger", "editable", "sees", "writes", "ocpp_key", "ocpp_access", "en", "fr", "help_en", "help_fr", "source",
    "confidence",
]  # fmt: skip
SECTION_COLUMNS = ["block", "section", "en", "fr"]


class Editable(StrEnum):
    """Whether a value may be typed, and why not."""

    YES = "yes"
    CODES = "codes"  # the key is documented, its codes are not: may be taken over from another file, never typed
    FIXED = "fixed"  # the manual says that it is not to be changed, or shows it read-only
    UNLISTED = "unlisted"  # its meaning is known, but the manual does not list it among the parameters
    NAME = "name"  # its meaning is known from its name only
    SECRET = "secret"  # stored encrypted: kept as it is


@dataclass(frozen=True, slots=True)
class CfgKey:
    """One line of the table. ``low`` and ``high`` bound a number, ``longest`` the characters of a text.

    ``sees`` and ``writes`` are the least roles (``core.access.ROLES``). ``ocpp_key`` is the configuration key under
    which a station tells the same value over OCPP, empty when it does not; ``ocpp_access`` is "r" or "rw".
    """

    block: str
    section: str
    key: str
    type: str
    title: Words
    help: Words = field(default_factory=Words)
    unit: str = ""
    choices: Mapping[str, Words] = field(default_factory=dict[str, Words])
    low: int | None = None
    high: int | None = None
    longest: int | None = None
    factory: str = ""
    secret: bool = False
    danger: Danger = Danger.NONE
    editable: Editable = Editable.NAME
    sees: str = "administrator"
    writes: str = "administrator"
    ocpp_key: str = ""
    ocpp_access: str = ""
    source: str = ""
    confidence: Confidence = Confidence.INFERRED
    also: str = ""  # another spelling that has been seen in real files

    @property
    def place(self) -> tuple[str, str, str]:
        """Block, section and key."""
        return self.block, self.section, self.key


class KeyBook:
    """Every known key and heading."""

    def __init__(self, keys: tuple[CfgKey, ...], headings: Mapping[tuple[str, str], Words]) -> None:
        self.keys = keys
        self.headings = headings
        self._by_place: dict[tuple[str, str, str], CfgKey] = {}
        self._blocks: dict[str, str] = {_plain(section): block for block, section in headings if section}
        for key in keys:
            for name in filter(None, (key.key, key.also)):
                self._by_place[key.block, _plain(key.section), name.casefold()] = key

    def find(self, block: str, section: str, key: str) -> CfgKey | None:
        """The key of that place; where the block is not named or not the usual one, the section alone decides."""
        plain, name = _plain(section), key.casefold()
        usual = self._blocks.get(plain, "")
        return self._by_place.get((block, plain, name)) or self._by_place.get((usual, plain, name))

    def block_of(self, section: str) -> str:
        """The block in which a section stands; empty for an unknown section."""
        return self._blocks.get(_plain(section), "")

    def heading(self, block: str, section: str = "") -> Words:
        """The title of a block or of a section; what stands in the file where it is not known."""
        for (known, name), words in self.headings.items():
            if known == block and _plain(name) == _plain(section):
                return words
        return self.headings.get((self.block_of(section), section), Words(section or block, section or block))


def _plain(section: str) -> str:
    return " ".join(section.split()).casefold()


@cache
def load_keys(folder: Path | None = None) -> KeyBook:
    """Read both tables; raise ProfileError with every fault, a line each."""
    folder = folder or resources() / "evlink"
    faults = Faults()
    headings = {
        (row["block"], row["section"]): Words(row["en"], row["fr"])
        for _line, row in read_rows(folder / "cfg_sections.csv", SECTION_COLUMNS, faults)
    }
    file = folder / "cfg_keys.csv"
    keys: list[CfgKey] = []
    seen: set[tuple[str, str, str]] = set()
    for line, row in read_rows(file, COLUMNS, faults):
        reader = _Row(file, line, row, faults)
        key = reader.key()
        if key.place in seen:
            reader.fault("key", "stands twice")
        if (key.block, key.section) not in headings:
            reader.fault("section", "is not in cfg_sections.csv")
        seen.add(key.place)
        keys.append(key)
    faults.raise_if_any()
    return KeyBook(tuple(keys), headings)


class _Row:
    """One line of the table with its faults."""

    def __init__(self, file: Path, line: int, row: Mapping[str, str], faults: Faults) -> None:
        self._file, self._line, self._row, self._faults = file, line, row, faults

    def fault(self, column: str, reason: str) -> None:
        self._faults.add(self._file, self._line, f"{self._row['key'] or '(no id)'}, {column}", reason)

    def key(self) -> CfgKey:
        row = self._row
        for column in ("section", "key", "en", "fr", "source"):
            if not row[column]:
                self.fault(column, "is empty")
        if bool(row["help_en"]) != bool(row["help_fr"]):
            self.fault("help_fr", "must be given in both languages or in none")
        kind = self._one_of("type", TYPES)
        secret = row["secret"] == "yes"
        editable = Editable(self._one_of("editable", [word.value for word in Editable]))
        if secret != (kind == "secret") or secret != (editable is Editable.SECRET):
            self.fault("secret", "type, secret and editable must agree")
        return CfgKey(
            block=self._one_of("block", BLOCKS),
            section=row["section"],
            key=row["key"],
            also=row["also"],
            type=kind,
            title=Words(row["en"], row["fr"]),
            help=Words(row["help_en"], row["help_fr"]),
            unit=row["unit"],
            choices=self._choices(),
            low=self._number("low"),
            high=self._number("high"),
            longest=self._number("longest"),
            factory=row["factory"],
            secret=secret,
            danger=Danger(self._one_of("danger", [word.value for word in Danger])),
            editable=editable,
            sees=self._one_of("sees", ROLES),
            writes=self._one_of("writes", ROLES),
            ocpp_key=row["ocpp_key"],
            ocpp_access=self._one_of("ocpp_access", ("", "r", "rw")),
            source=row["source"],
            confidence=Confidence(self._one_of("confidence", [word.value for word in Confidence])),
        )

    def _choices(self) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for part in filter(None, self._row["choices"].split("|")):
            code, equals, words = part.partition("=")
            en, slash, fr = words.partition("/")
            if not (code and equals and en and slash and fr) or code in found:
                self.fault("choices", f"{part!r} is not like 1=English/French, each code once")
            found[code] = Words(en, fr)
        return found

    def _number(self, column: str) -> int | None:
        text = self._row[column]
        if text and not (text.isascii() and text.isdecimal()):
            self.fault(column, f"{text!r} is not a whole number")
            return None
        return int(text) if text else None

    def _one_of(self, column: str, known: tuple[str, ...] | list[str]) -> str:
        text = self._row[column]
        if text not in known:
            self.fault(column, f"{text!r} is not one of {', '.join(filter(None, known))}")
            return known[0]
        return text
