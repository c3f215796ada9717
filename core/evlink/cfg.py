"""An EVlink configuration file (.cfg), kept byte for byte: only the values that are edited ever change.

A real file pads after ``=``, misspells keys, mixes line ends and holds keys that no manual lists. So nothing is parsed
into a tree and written again: each value is a span of the bytes as they were found, and an edit replaces that span.
Secrets never leave this module: they are "set" or "not set".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.access import Person
from core.errors import CommandRefused, ProfileError
from core.evlink.keys import BLOCKS, CfgKey, Editable, KeyBook, load_keys
from core.evlink.values import HIDDEN, alike, normal, sound_copy, without_password

MOST_BYTES: Final = 1_000_000
MOST_ENTRIES: Final = 1000  # a station exports some 190
SET, NOT_SET = "set", "not set"
"""What is shown of a secret."""

_BLOCK = re.compile(rb"[#;]\s*(\w+)\s+conf\b", re.IGNORECASE)
_SECTION = re.compile(rb"\s*\[([^\]]*)\]\s*(?:[#;].*)?", re.DOTALL)
_BEFORE_COMMENT = re.compile(rb"(\S*)\s+[#;].*", re.DOTALL)
_SECRET_NAME = re.compile(
    r"pass(?:word|wd|phrase|code)|pwd|secret|token|private|apikey|psk|authorizationkey", re.IGNORECASE
)
_SECRET_VALUE = re.compile(rb"(?:[0-9A-Fa-f]{16}){2,}")  # whole blocks of a cipher
_ONE_WORD = ("bool", "flag", "choice", "int", "port", "code", "hex", "ipv4")
_NO_SECRET = (b"", b"UNDEFINED")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a value stands: several sections have keys of one name. ``nth`` counts those that stand there twice."""

    block: str
    section: str
    key: str
    nth: int = 1

    def __str__(self) -> str:
        return " / ".join(filter(None, (self.block, self.section, self.key)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key = value``. ``start … end`` is its value in the bytes of the file, without blanks and quotes around.

    ``text`` is the value; of a secret only whether it is set, of an address with a password everything but that.
    ``known`` is what the table says of the key, None when it does not know it; ``times`` how often it stands there.
    """

    address: Address
    line: int
    start: int
    end: int
    text: str
    known: CfgKey | None = None
    secret: bool = False
    masked: bool = False  # a part of the text is blotted out
    times: int = 1

    @property
    def place(self) -> tuple[str, str, str, int]:
        """What it is compared by: the table's own spelling where the key is known."""
        known = (
            self.known.place if self.known is not None else (self.address.block, self.address.section, self.address.key)
        )
        return (*known, self.address.nth)

    @property
    def sees(self) -> str:
        """The least role that may see it: what is not known is the administrator's, as the whole export is."""
        return self.known.sees if self.known is not None else "administrator"

    def refusal(self, *, copied: bool = False, person: Person | None = None) -> str:
        """Why its value may not be changed, in one sentence; empty when it may. ``copied``: by another file's value."""
        key = self.address.key
        if self.secret:
            return f"{key} is a secret: it is set on the station itself, and kept here as it is"
        if self.times > 1:
            return f"{key} stands {self.times} times in its section: which one counts is not known"
        if self.known is None:
            return f"{key} is not in the manual: it is kept as it is"
        if person is not None and not person.reaches(self.known.writes):
            return f"{key} may be changed by the role {self.known.writes}"
        if self.known.editable is Editable.YES or (copied and self.known.editable is Editable.CODES):
            return ""
        return {
            Editable.CODES: f"the codes of {key} are not published: set it on the station or copy it from another file",
            Editable.FIXED: f"{key} is not to be changed, says the manual",
            Editable.UNLISTED: f"the manual does not list {key} among the parameters: its limits are not known",
        }.get(self.known.editable, f"the meaning of {key} is known from its name only")


class Cfg:
    """A file as it was read. ``data`` are its bytes; ``strange`` the numbers of lines that are no entries.

    ``encoding`` is "ascii", "utf-8" or "latin-1"; ``line_ends`` "CRLF", "LF", "CR", "mixed" or "" without any.
    ``sections`` lists block and section of every heading, empty ones too, in the order of the file.
    """

    def __init__(self, data: bytes, book: KeyBook) -> None:
        self.data = data
        self.marked = data.startswith(_MARK)  # a byte order mark of UTF-8
        self.encoding = _encoding(data)
        self.line_ends = _line_ends(data)
        self.strange: tuple[int, ...] = ()
        self.sections: tuple[tuple[str, str], ...] = ()
        self._book = book
        self._entries = self._read()
        self._places = {entry.address: entry for entry in self._entries}

    @classmethod
    def read(cls, data: bytes, book: KeyBook | None = None) -> Cfg:
        """Take a file apart; raise ProfileError with one sentence where it is too large to be one.

        Whatever bytes these are, they are kept: ``edited({})`` gives them back. ``recognised`` tells whether it is a
        configuration at all.
        """
        if len(data) > MOST_BYTES:
            raise ProfileError("the file is larger than 1 MB: it is no EVlink configuration")
        if data.count(b"=") > 4 * MOST_ENTRIES:
            raise ProfileError(f"the file has more than {MOST_ENTRIES} entries: it is no EVlink configuration")
        return cls(data, book or load_keys())

    @property
    def recognised(self) -> bool:
        """Whether at least one of its entries is in the table."""
        return any(entry.known is not None for entry in self._entries)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the file."""
        return self._entries

    def entry(self, address: Address) -> Entry | None:
        """The entry of that address."""
        return self._places.get(address)

    def find(self, key: str, section: str = "") -> Entry | None:
        """The first entry of a key of the table."""
        return next(
            (
                entry
                for entry in self._entries
                if entry.known is not None and entry.known.key == key and section in ("", entry.known.section)
            ),
            None,
        )

    def value(self, address: Address) -> str | None:
        """The value of that address as ``Entry.text`` shows it; None when the file has no such key."""
        entry = self._places.get(address)
        return entry.text if entry is not None else None

    def same_secret(self, entry: Entry, other: Cfg, its: Entry) -> bool:
        """Whether a secret of two files is the same one."""
        return self.data[entry.start : entry.end] == other.data[its.start : its.end]

    def edited(
        self, changes: Mapping[Address, str], *, copied: Collection[Address] = (), person: Person | None = None
    ) -> bytes:
        """The bytes with these values in place of the old ones and nothing else changed; what is the same stays.

        ``copied``: those that come from another file or station and were not typed. Raises CommandRefused with a
        sentence at the first value that may not be written. ``person``: whose role has to allow it.
        """
        spans: list[tuple[int, int, bytes]] = []
        for address, typed in changes.items():
            entry = self._places.get(address)
            if entry is None or entry.known is None:
                raise CommandRefused(entry.refusal() if entry is not None else f"the file has no key {address.key}")
            if why := entry.refusal(copied=address in copied, person=person):
                raise CommandRefused(why)
            try:
                text = sound_copy(entry.known, typed) if address in copied else normal(entry.known, typed)
                if HIDDEN in text:
                    raise CommandRefused("enter the password in this address in full, or leave it out")
                written = self._encoded(alike(text, entry.text))
            except CommandRefused as err:
                raise CommandRefused(f"{address.key}: {err}") from None
            if written != self.data[entry.start : entry.end]:
                spans.append((entry.start, entry.end, written))
        data = self.data
        for start, end, written in sorted(spans, reverse=True):
            data = data[:start] + written + data[end:]
        if differing(self, Cfg.read(data, self._book)) is None:
            raise CommandRefused("the file cannot be changed without disturbing the rest of it: nothing was changed")
        return data

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            if self.encoding == "latin-1":
                raise CommandRefused("the file can hold letters of western Europe only") from None
            raise CommandRefused("the file holds letters without accents, digits and signs only") from None

    def _read(self) -> tuple[Entry, ...]:
        found: list[Entry] = []
        strange: list[int] = []
        sections: dict[tuple[str, str], None] = {}
        seen: Counter[tuple[str, str, str]] = Counter()
        marked, section, at = "", "", len(_MARK) if self.marked else 0
        for number, line in enumerate(self.data[at:].splitlines(keepends=True), start=1):
            here, at = at, at + len(line)
            plain = line.strip(b" \t\r\n\x00")
            if not plain:
                continue
            if plain[:1] in b"#;":
                if (match := _BLOCK.match(plain)) and (name := match[1].decode("latin-1").lower()) in BLOCKS:
                    marked, section = name, ""
            elif (match := _SECTION.fullmatch(plain)) is not None:
                section = self._text(match[1]).strip()
                sections[marked or self._book.block_of(section), section] = None
            elif plain.find(b"=") > 0:
                block = marked or self._book.block_of(section)
                if len(found) >= MOST_ENTRIES:
                    raise ProfileError(f"the file has more than {MOST_ENTRIES} entries: it is no EVlink configuration")
                entry = self._entry(block, section, line, here, number)
                place = (block, section, entry.address.key)
                seen[place] += 1
                found.append(replace(entry, address=replace(entry.address, nth=seen[place])))
            else:
                strange.append(number)
        self.strange, self.sections = tuple(strange), tuple(sections)
        return tuple(
            replace(entry, times=count)
            if (count := seen[entry.address.block, entry.address.section, entry.address.key]) > 1
            else entry
            for entry in found
        )

    def _entry(self, block: str, section: str, line: bytes, here: int, number: int) -> Entry:
        left, _, right = line.partition(b"=")
        key = self._text(left.strip(b" \t\x00"))
        known = self._book.find(block, section, key)
        value = right.rstrip(b"\r\n")
        body = value.rstrip(b" \t")
        blanks = len(body) - len(body.lstrip(b" \t")) if body else len(value)
        start, body = here + len(left) + 1 + blanks, body.lstrip(b" \t")
        if known is not None and known.type in _ONE_WORD and (match := _BEFORE_COMMENT.fullmatch(body)):
            body = match[1]
        if len(body) >= 2 and body[:1] == body[-1:] == b'"' and b'"' not in body[1:-1]:
            start, body = start + 1, body[1:-1]
        hides = _hides(known, key, body)
        text = (NOT_SET if body in _NO_SECRET else SET) if hides else self._text(body)
        shown = text if hides else without_password(text)
        return Entry(
            address=Address(block, section, key),
            line=number,
            start=start,
            end=start + len(body),
            text=shown,
            known=known,
            secret=hides,
            masked=shown != text,
        )

    def _text(self, raw: bytes) -> str:
        return raw.decode(self.encoding)


def differing(before: Cfg, after: Cfg) -> tuple[tuple[Entry, Entry], ...] | None:
    """The entries whose values differ between two states of one file; None when anything else differs, too."""
    ones, others = before.entries(), after.entries()
    if len(ones) != len(others):
        return None
    found: list[tuple[Entry, Entry]] = []
    end = its_end = 0
    for one, other in zip(ones, others, strict=True):
        if before.data[end : one.start] != after.data[its_end : other.start] or one.address != other.address:
            return None
        if before.data[one.start : one.end] != after.data[other.start : other.end]:
            found.append((one, other))
        end, its_end = one.end, other.end
    return tuple(found) if before.data[end:] == after.data[its_end:] else None


def _hides(known: CfgKey | None, key: str, value: bytes) -> bool:
    """Whether a value is nobody's business: as the table says, or by its name and shape where the table is silent."""
    if known is not None:
        return known.secret
    return bool(_SECRET_NAME.search(key) or _SECRET_VALUE.fullmatch(value))


def _encoding(data: bytes) -> str:
    if data.isascii():
        return "ascii"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _line_ends(data: bytes) -> str:
    both = data.count(b"\r\n")
    kinds = {"CRLF": both, "LF": data.count(b"\n") - both, "CR": data.count(b"\r") - both}
    used = [name for name, count in kinds.items() if count]
    return used[0] if len(used) == 1 else "mixed" if used else ""
