"""A YAML file that remembers its lines, and a list of faults that is reported whole.

ruamel.yaml reads YAML 1.2: ``off`` stays a word and ``1:30`` a text, which the older dialect turns into False and 90.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent

from core.errors import ProfileError

MOST_VALUES = 200_000  # of a file, its references followed: a few lines of them can stand for billions
DEEPEST = 100  # lists and mappings in one another
LARGEST = 2.0**64  # beyond it, a number in a file is a typing mistake, and infinity and NaN are no numbers
_BRACKET = re.compile(r"[][{}]")
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)\s*")
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


def duration_s(text: object) -> float:
    """Seconds in ``"20 ms"``, ``"1 s"``, ``"10 min"``; a bare number is seconds. Raise ValueError otherwise."""
    if isinstance(text, (int, float)) and not isinstance(text, bool) and 0 <= text < LARGEST:
        return float(text)
    if isinstance(text, str) and (match := _DURATION.fullmatch(text)):
        return round(float(match[1]) * _SECONDS[match[2]], 6)
    raise ValueError(f"{text!r} is not a duration such as 20 ms, 1 s or 10 min")


class Faults:
    """Every fault of a set of files, so that a person mends them in one go."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, file: Path, line: int | None, entry: str, reason: str) -> None:
        """Keep one fault as ``file:line: entry: reason``."""
        place = f"{file}:{line}" if line else str(file)
        self.lines.append(f"{place}: {entry}: {reason}" if entry else f"{place}: {reason}")

    def raise_if_any(self) -> None:
        """Raise ProfileError with all faults, one per line."""
        if self.lines:
            raise ProfileError("\n".join(self.lines))


class Document:
    """One YAML mapping with typed access; a wrong entry is added to ``faults`` and the default is used."""

    def __init__(self, file: Path, faults: Faults, data: object = None, path: tuple[str, ...] = ()) -> None:
        self.file = file
        self.faults = faults
        self.path = path
        self._lines = cast("Any", data).lc if isinstance(data, CommentedMap) else None
        self._data = cast("dict[object, object]", data if isinstance(data, CommentedMap) else {})

    @classmethod
    def read(cls, file: Path, faults: Faults) -> Document:
        """Read a file whose top level is a mapping; a file that cannot be read is one fault."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            faults.add(file, None, "", "is not a text in UTF-8")
            return cls(file, faults)
        except OSError as err:
            faults.add(file, None, "", f"cannot be read: {err.strerror}")
            return cls(file, faults)
        return cls.parse(file, text, faults)

    @classmethod
    def parse(cls, file: Path, text: str, faults: Faults) -> Document:
        """Read a text whose top level is a mapping or a list (a list is put under the name ``entries``)."""
        try:
            data = load_yaml(text)
        except MarkedYAMLError as err:
            mark = cast("Any", err).problem_mark
            faults.add(file, mark.line + 1 if mark else None, "", f"not valid YAML: {cast('Any', err).problem}")
            return cls(file, faults)
        except NotImplementedError:  # of comments in places where the parser does not know what to do with them
            faults.add(file, None, "", "not valid YAML: a line seems to be broken in two before a comment or a gap")
            return cls(file, faults)
        except TypeError:  # of a mapping or a list as a key
            faults.add(file, None, "", "not valid YAML: a key is not a plain text")
            return cls(file, faults)
        except (YAMLError, ValueError, RecursionError) as err:
            faults.add(file, None, "", f"not valid YAML: {(str(err) or type(err).__name__).splitlines()[0]}")
            return cls(file, faults)
        if isinstance(data, CommentedSeq):
            data = CommentedMap({"entries": data})
        if not isinstance(data, CommentedMap):
            faults.add(file, 1, "", "must be a set of `key: value` entries")
        return cls(file, faults, data)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def names(self) -> list[str]:
        """The keys, in the order of the file."""
        return [str(key) for key in self._data]

    def line(self, key: str | None = None) -> int | None:
        """Line of a key, 1-based."""
        try:
            lines = cast("Any", self._lines)
            row = lines.line if key is None else lines.key(self._plain_key(key))[0]
        except (KeyError, AttributeError, TypeError):
            return None
        return None if row is None else int(row) + 1

    def _plain_key(self, key: str) -> object:
        return next((plain for plain in self._data if str(plain) == key), key)

    def fault(self, key: str, reason: str) -> None:
        """Add a fault at that key."""
        self.faults.add(self.file, self.line(key), ".".join((*self.path, key)), reason)

    def raw(self, key: str) -> object:
        """The value as the parser gives it, which still knows how a number was written."""
        return self._data.get(self._plain_key(key))

    def plain(self, key: str, default: object = None) -> object:
        """The value as plain Python lists, dicts and scalars."""
        return plain(self._data.get(self._plain_key(key), default))

    def items(self, key: str) -> list[object]:
        """The values of a list; a single value counts as a list of one, nothing as an empty list."""
        value = self.plain(key)
        if value is None:
            return []
        return list(cast("list[object]", value)) if isinstance(value, list) else [value]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(item) for item in self.items(key))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; a fault otherwise."""
        found = [
            item
            for item in self.items(key)
            if isinstance(item, int) and not isinstance(item, bool) and abs(item) < LARGEST
        ]
        if len(found) != len(self.items(key)):
            self.fault(key, "must be a list of whole numbers")
        return tuple(found)

    def pair(self, key: str) -> tuple[float, float] | None:
        """``[low, high]``, or None when the key is absent."""
        if key not in self:
            return None
        found = [float(item) for item in self.items(key) if isinstance(item, (int, float)) and abs(item) < LARGEST]
        if len(found) != 2:
            self.fault(key, "must be [low, high]")
            return None
        return found[0], found[1]

    def child(self, key: str) -> Document:
        """The mapping under a key; empty when the key is absent."""
        data = self._data.get(self._plain_key(key))
        if data is not None and not isinstance(data, CommentedMap):
            self.fault(key, "must be a set of `key: value` entries")
        return Document(self.file, self.faults, data, (*self.path, key))

    def children(self, key: str) -> list[Document]:
        """The mappings of a list."""
        data = self._data.get(self._plain_key(key))
        if data is None:
            return []
        if not isinstance(data, CommentedSeq):
            self.fault(key, "must be a list")
            return []
        return [
            Document(self.file, self.faults, item, (*self.path, f"{key}[{row}]"))
            for row, item in enumerate(cast("Sequence[object]", data), 1)
        ]

    def only(self, allowed: Mapping[str, object] | Sequence[str]) -> None:
        """Complain about every key that is not known: a typing mistake must not pass in silence."""
        known = list(allowed)
        for key in self.names():
            if key not in known:
                self.fault(key, f"unknown entry; known are {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text (numbers are taken as text); a fault when absent and without default."""
        value = self.plain(key)
        if value is None:
            if default is None:
                self.faults.add(self.file, self.line(), ".".join((*self.path, key)), "is missing")
            return default or ""
        if isinstance(value, (dict, list)):
            self.fault(key, "must be a text")
            return default or ""
        return str(value)

    def number(self, key: str, default: float | None = None) -> float:
        """A number; a fault otherwise."""
        value = self.plain(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not -LARGEST < value < LARGEST:
            self.faults.add(self.file, self.line(key) or self.line(), ".".join((*self.path, key)), "must be a number")
            return default or 0.0
        return float(value)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; a fault otherwise."""
        value = self.number(key, default)
        if value != int(value):
            self.fault(key, "must be a whole number")
        return int(value)

    def duration(self, key: str, default_s: float) -> float:
        """Seconds, from ``20 ms`` or ``1 s``."""
        if key not in self:
            return default_s
        try:
            return duration_s(self.plain(key))
        except ValueError as err:
            self.fault(key, str(err))
            return default_s

    def flag(self, key: str, default: bool) -> bool:
        """yes/no, on/off, true/false."""
        value = self.plain(key, default)
        if isinstance(value, bool):
            return value
        words = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
        if isinstance(value, str) and value.lower() in words:
            return words[value.lower()]
        self.fault(key, "must be yes or no")
        return default


def load_yaml(text: str) -> object:
    """What stands in a text, lines kept. Raises what the parser does, and ValueError for what would grow without end.

    The parser gives YAMLError (mostly), NotImplementedError, RecursionError, TypeError and ValueError.
    """
    if _rough_depth(text) > DEEPEST and _deeper(text, DEEPEST):
        raise ValueError(f"more than {DEEPEST} lists and mappings stand in one another")
    parser = YAML(typ="rt", pure=True)
    parser.composer.warn_double_anchors = False  # which are allowed
    try:
        data: object = parser.load(text)
    except (LookupError, AttributeError, ArithmeticError, AssertionError) as err:  # it stumbles: %YAML 9.9, …
        raise ValueError("something in it that the reader does not understand") from err
    if _values(data, {}) > MOST_VALUES:
        raise ValueError("its references stand for too many values")
    return data


def _rough_depth(text: str) -> int:
    """How many brackets are open at most, those in quotes and comments counted as well."""
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _deeper(text: str, limit: int) -> bool:
    """Whether the nesting goes beyond a limit; the parser would take time with the square of it."""
    depth = 0
    for event in cast("Iterator[object]", YAML(typ="rt", pure=True).parse(text)):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > limit:
            return True
    return False


def _values(data: object, known: dict[int, int]) -> int:
    """How many values it is once every reference is followed; each part is counted once."""
    if not isinstance(data, (CommentedMap, CommentedSeq)):
        return 1
    if id(data) not in known:
        parts = cast("Sequence[object]", data.values() if isinstance(data, CommentedMap) else data)
        known[id(data)] = 1 + sum(_values(part, known) for part in parts)
    return known[id(data)]


def plain(data: object) -> Any:
    """Strip ruamel's line-keeping types down to dict, list and scalars."""
    if isinstance(data, Mapping):
        return {
            (key if isinstance(key, (int, float)) else str(key)): plain(value)
            for key, value in cast("Mapping[object, object]", data).items()
        }
    if isinstance(data, (list, tuple)):
        return [plain(item) for item in cast("Sequence[object]", data)]
    if isinstance(data, bool) or data is None:
        return data
    if isinstance(data, int):
        return int(data)
    if isinstance(data, float):
        return float(data)
    return str(data) if isinstance(data, str) else data
