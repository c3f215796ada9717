"""Changes single entries in the text of a YAML file: everything else stays as it is, byte for byte.

The places come from the parser's own marks, not from patterns. A change is only given back when the new text reads as
the old data with exactly that change; a file that is written in too clever a way (aliases, tags) is refused.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from core.document import load_yaml, plain
from core.errors import ProfileError

Scalar = str | int | float | bool
Entry = Scalar | Sequence[Scalar] | Mapping[str, Scalar]
INLINE = ("options", "pace")
"""Mappings that are written in one line."""

_PLAIN = re.compile(r"[^\W\d_][\w ./-]*(?<! )|\d+ [a-zA-Z]+")
_TRAPS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
"""Words that one dialect of YAML or another turns into something that is not a text."""


def written(value: object) -> str:
    """A value as YAML, in one line: texts that could be read as anything else are quoted."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in pairs) + "}"
    return "[" + ", ".join(written(part) for part in cast("Sequence[object]", value)) + "]"


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _TRAPS:
        return value
    return json.dumps(value, ensure_ascii=not value.isprintable())


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the text: characters ``start`` to ``end`` (comments behind it not included), its column, its value.

    ``pairs`` are the entries of a mapping, None for anything else; ``empty`` is a key with nothing behind its colon.
    """

    start: int
    end: int
    column: int
    flow: bool
    text: str
    empty: bool
    pairs: tuple[tuple[_Part, _Part], ...] | None = None


def changed(text: str, path: Sequence[str], value: Entry | None) -> str:
    """The text with ``value`` at ``path`` (keys from the top); None takes the entry away.

    A mapping that does not exist yet is added where its neighbours end. Raises ProfileError with one sentence.
    """
    try:
        before = _data(text)
        wanted = copy.deepcopy(before)
        _apply(wanted, path, plain(value))
        if wanted == before:
            return text
        root = _compose(text)
        result = _edit(text, root, list(path), value) if root is not None else _at_end(text, list(path), value)
        if _data(result) == wanted:
            return result
    except (YAMLError, ValueError, RecursionError, NotImplementedError, TypeError):
        pass  # said below
    raise ProfileError(f"{'.'.join(path)}: the file is written in a way that cannot be changed here; edit it by hand")


def _data(text: str) -> dict[object, Any]:
    data = load_yaml(text)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ValueError("not a mapping")
    return cast("dict[object, Any]", plain(cast("object", data)))


def _compose(text: str) -> _Part | None:
    node: object = YAML(typ="rt", pure=True).compose(text)
    return _part(text, node) if isinstance(node, MappingNode) else None


def _part(text: str, node: Any) -> _Part:
    start, end, column = int(node.start_mark.index), int(node.end_mark.index), int(node.start_mark.column)
    if isinstance(node, ScalarNode):
        value = str(cast("Any", node).value)
        return _Part(start, end, column, False, value, start == end)
    flow = bool(node.flow_style)
    if isinstance(node, SequenceNode):
        items = [_part(text, item) for item in cast("list[object]", cast("Any", node).value)]
        return _Part(start, end if flow or not items else items[-1].end, column, flow, "", False)
    pairs: list[tuple[_Part, _Part]] = []
    for name, value in cast("list[tuple[object, object]]", node.value):
        key, part = _part(text, name), _part(text, value)
        if part.empty:  # the parser puts the nothing behind the comments that follow
            colon = text.index(":", key.end) + 1
            part = _Part(colon, colon, key.column, False, "", True)
        pairs.append((key, part))
    return _Part(start, end if flow or not pairs else pairs[-1][1].end, column, flow, "", False, tuple(pairs))


def _apply(data: dict[object, Any], path: Sequence[str], value: object) -> None:
    for key in path[:-1]:
        if not isinstance(data.get(key), dict):
            if value is None:
                return
            data[key] = {}
        data = data[key]
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value


def _edit(text: str, inside: _Part, path: list[str], value: Entry | None) -> str:
    key, *rest = path
    pairs = inside.pairs or ()
    row = next((number for number, (name, _) in enumerate(pairs) if name.text == key), None)
    if row is None:
        return text if value is None else _insert(text, inside, path, value)
    name, part = pairs[row]
    if rest and part.pairs is not None:
        return _edit(text, part, rest, value)
    if rest:
        if not part.empty or inside.flow or value is None:
            raise ValueError(key)
        return _put(text, _line_end(text, part.end), rest, value, name.column + 2)
    if value is None:
        return _without(text, inside, row)
    if part.empty:
        return f"{text[: part.start]} {written(value)}{text[part.start :]}"
    return text[: part.start] + written(value) + text[part.end :]


def _line_end(text: str, at: int) -> int:
    """The end of the line, line break included; block scalars end behind theirs already."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _behind_comments(text: str, at: int, column: int) -> int:
    """Behind the comments that belong to the entry before: those that stand deeper than ``column``."""
    behind = at
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        bare = line.strip()
        if bare and not (bare.startswith("#") and len(line) - len(line.lstrip()) > column):
            break
        at = end
        behind = at if bare else behind
    return behind


def _insert(text: str, inside: _Part, path: list[str], value: Entry) -> str:
    """A new entry behind the last one."""
    if not inside.flow:
        return _put(
            text, _behind_comments(text, _line_end(text, inside.end), inside.column), path, value, inside.column
        )
    if not inside.pairs:
        return text[: inside.start + 1] + _nested(path, value) + text[inside.start + 1 :]
    at = inside.pairs[-1][1].end
    return f"{text[:at]}, {_nested(path, value)}{text[at:]}"


def _put(text: str, at: int, path: list[str], value: Entry, indent: int) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    head = text[:at] + (newline if at and text[at - 1] != "\n" else "")
    return head + "".join(line + newline for line in _block(path, value, indent)) + text[at:]


def _block(path: list[str], value: Entry, indent: int) -> list[str]:
    """The entry in lines of its own, mappings one in the other."""
    lines: list[str] = []
    for key in path[:-1]:
        lines.append(f"{' ' * indent}{written(key)}:")
        indent += 2
    if isinstance(value, Mapping) and path[-1] not in INLINE:
        lines.append(f"{' ' * indent}{written(path[-1])}:")
        return lines + [f"{' ' * (indent + 2)}{written(key)}: {written(part)}" for key, part in value.items()]
    return [*lines, f"{' ' * indent}{written(path[-1])}: {written(value)}"]


def _nested(path: list[str], value: Entry) -> str:
    inner = written(value)
    for key in reversed(path[1:]):
        inner = f"{{{written(key)}: {inner}}}"
    return f"{written(path[0])}: {inner}"


def _at_end(text: str, path: list[str], value: Entry | None) -> str:
    return text if value is None else _put(text, len(text), path, value, 0)


def _without(text: str, inside: _Part, row: int) -> str:
    pairs = inside.pairs or ()
    name, part = pairs[row]
    if not inside.flow:
        return text[: text.rfind("\n", 0, name.start) + 1] + text[_line_end(text, part.end) :]
    if row + 1 < len(pairs):
        return text[: name.start] + text[pairs[row + 1][0].start :]
    return text[: pairs[row - 1][1].end if row else name.start] + text[part.end :]
