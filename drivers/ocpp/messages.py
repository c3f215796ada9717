"""OCPP-J messages read with tolerance, and made fit to be kept: what is secret is blotted out before it is stored.

A message is a JSON list: ``[2, id, action, payload]`` asks, ``[3, id, payload]`` answers and
``[4, id, code, text, details]`` refuses. Stations write numbers as texts, leave fields empty and invent times; the
helpers here take what can be taken.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NoReturn, cast
from urllib.parse import urlsplit

from core.errors import DecodeError

CALL, RESULT, ERROR = 2, 3, 4
MOST_ID = 64  # OCPP allows 36 characters
MOST_TEXT = 500
MOST_DEPTH = 12
HIDDEN = "***"
CUT = b" (and more)"
DAMAGED = b"(a damaged message that may hold a secret: not kept)"
KEPT_OF_DAMAGED = 400
MOST_KEPT = 32 * 1024  # bytes of a message that the ring keeps: a whole configuration fits

Payload = dict[str, object]

TAKEN = frozenset({"Accepted", "RebootRequired"})
NOT_TAKEN = frozenset({"Rejected", "NotSupported"})
"""Answers to ChangeConfiguration (OCPP 1.6 edition 2, 7.21)."""
_STATUSES = TAKEN | NOT_TAKEN | {"UnknownMessageId", "UnknownVendorId"}
REFUSING = frozenset({
    *("NotImplemented", "NotSupported", "ProtocolError", "SecurityError", "FormationViolation", "FormatViolation"),
    *("PropertyConstraintViolation", "OccurenceConstraintViolation", "OccurrenceConstraintViolation"),
    "TypeConstraintViolation",
})  # fmt: skip
"""Codes of a refusal by which a call has not been taken (OCPP-J 1.6, 4.2.3) …"""
ERRORS = REFUSING | {"InternalError", "GenericError"}
"""… and those that leave it open."""

_SECRET = re.compile(
    r"pass(word|wd|phrase|code)?|authoriz?s?ationkey|secret|privatekey|token|apikey|psk", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``action`` is of a call; ``code`` and ``text`` are of a refusal."""

    kind: int
    id: str
    action: str = ""
    payload: Payload = field(default_factory=dict[str, object])
    code: str = ""
    text: str = ""


def parse(text: str | bytes) -> Message:
    """Read one message; raise DecodeError with a sentence."""
    try:
        found: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise DecodeError("the message is not JSON") from None
    if not isinstance(found, list):
        raise DecodeError("the message is not a JSON list, as OCPP 1.6J wants it")
    parts = cast("list[object]", found)
    if _depth(parts) > MOST_DEPTH:
        raise DecodeError("the message is nested too deeply")
    if len(parts) < 3 or isinstance(parts[0], bool) or parts[0] not in (CALL, RESULT, ERROR):
        raise DecodeError("the message is neither a call nor an answer of OCPP 1.6J")
    kind, ident = cast("int", parts[0]), parts[1]
    name = str(ident) if isinstance(ident, (str, int)) and not isinstance(ident, bool) else ""
    if not 0 < len(name) <= MOST_ID:
        raise DecodeError("the message has no usable number")
    if kind == ERROR:
        return Message(kind, name, code=word(parts[2]), text=word(parts[3]) if len(parts) > 3 else "")
    if kind == RESULT:
        return Message(kind, name, payload=_payload(parts[2]))
    action = parts[2]
    if not isinstance(action, str) or not re.fullmatch(r"[A-Za-z]{1,50}", action):
        raise DecodeError("the call names no action")
    return Message(kind, name, action, _payload(parts[3] if len(parts) > 3 else None))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _payload(value: object) -> Payload:
    if value in (None, "", []):
        return {}
    if not isinstance(value, dict):
        raise DecodeError("the payload of the message is not a JSON object")
    return cast("Payload", value)


def _depth(value: object) -> int:
    """How deeply lists and objects are nested; does not go deeper than one beyond what is allowed."""
    level, layer = 0, [value]
    while layer and level <= MOST_DEPTH:
        deeper: list[object] = []
        for entry in layer:
            if isinstance(entry, dict):
                deeper += cast("Payload", entry).values()
            elif isinstance(entry, list):
                deeper += cast("list[object]", entry)
        layer, level = deeper, level + 1
    return level


# -- what a field holds -----------------------------------------------------------------------------------------------


def word(value: object) -> str:
    """A text of a field, trimmed, without control characters and no longer than 500; "" for anything else."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        try:
            return str(value)
        except ValueError:  # an integer of thousands of digits
            return ""
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value[: 2 * MOST_TEXT] if letter.isprintable()).strip()[:MOST_TEXT]


def whole(value: object) -> int | None:
    """A whole number, also as text or as 3.0; None for anything else."""
    number = amount(value)
    if number is None or number != math.floor(number) or abs(number) > 2**53:
        return None
    return int(number)


def amount(value: object) -> float | None:
    """A finite number, also as text and with a decimal comma; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        value = value.strip()
        if not re.fullmatch(r"[+-]?(\d{1,30}([.,]\d{0,30})?|[.,]\d{1,30})([eE][+-]?\d{1,3})?", value):
            return None
        value = value.replace(",", ".")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def parts_of(value: object) -> list[Payload]:
    """The objects of a list field; a single object counts as a list of one, anything else is left out."""
    if isinstance(value, dict):
        return [cast("Payload", value)]
    if not isinstance(value, list):
        return []
    return [cast("Payload", entry) for entry in cast("list[object]", value) if isinstance(entry, dict)]


def moment(value: object) -> float | None:
    """Unix seconds of a time stamp; None when it is missing, makes no sense or lies outside 2015 … 2100.

    Without a zone it counts as UTC, as OCPP recommends.
    """
    text = word(value).replace(" ", "T", 1)
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)([.,]\d+)?(Z|z|[+-]\d\d:?\d\d)?", text)
    if match is None:
        return None
    zone = (match[3] or "Z").upper()
    try:
        at = datetime.fromisoformat(match[1] + zone).timestamp() + float((match[2] or ".0").replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return at if 1_420_070_400 <= at < 4_102_444_800 else None


def stamp(at: float) -> str:
    """Unix seconds as OCPP writes them."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# -- what must not be kept --------------------------------------------------------------------------------------------


def is_secret(key: str) -> bool:
    """Whether a configuration key holds a password or the like, by its name."""
    return _SECRET.search(re.sub(r"[^A-Za-z]", "", key)) is not None


def masked(value: object, depth: int = 0, secrets: Collection[str] = ()) -> object:
    """The same with every password blotted out: values of secret keys, secret fields, passwords inside addresses.

    ``secrets``: further keys, in small letters, that are secret whatever they are called.
    """
    if depth > MOST_DEPTH:
        return HIDDEN
    if isinstance(value, dict):
        entry = cast("Payload", value)
        named = [text for name, text in entry.items() if name.lower() == "key" and isinstance(text, str)]
        hides = any(is_secret(text) or word(text).lower() in secrets for text in named)
        clean: Payload = {}
        for name, inner in entry.items():
            nested = inner is None or isinstance(inner, (bool, list, dict))
            hidden = is_secret(name) or (hides and name.lower() != "key")
            blotted = hidden and not nested and inner != ""
            clean[name] = HIDDEN if blotted else masked(cast("object", inner), depth + 1, secrets)
        return clean
    if isinstance(value, list):
        return [masked(inner, depth + 1, secrets) for inner in cast("list[object]", value)]
    return masked_address(value) if isinstance(value, str) else value


def masked_address(text: str) -> str:
    """An address without the password in it: ``ftp://user:***@host/file``."""
    if "://" not in text or "@" not in text:
        return text
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:
        return HIDDEN
    return text.replace(f":{password}@", f":{HIDDEN}@", 1) if password else text


def kept(text: str | bytes, *, hide: bool = False, secrets: Collection[str] = ()) -> bytes:
    """A message as it may stand in the ring of frames: its own text unless something had to be blotted out.

    No more than 32 kB of it: the ring keeps thousands, and a station that floods must not fill the memory. ``hide``:
    its ``value`` is a secret, whatever its key is called; ``secrets``: keys, in small letters, of which that holds.
    """
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return _kept_damaged(raw, secrets)
    if _depth(found) > MOST_DEPTH:
        return _kept_damaged(raw, secrets)
    clean = masked(found, secrets=secrets)
    clean = _without_value(clean) if hide else clean
    if clean == found:
        whole_text = raw
    else:
        whole_text = json.dumps(clean, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    return whole_text if len(whole_text) <= MOST_KEPT else whole_text[:MOST_KEPT] + CUT


def _without_value(message: object) -> object:
    parts = cast("list[object]", message) if isinstance(message, list) else []
    return [{**cast("Payload", part), "value": HIDDEN} if isinstance(part, dict) else part for part in parts]


def wordless(answer: Message) -> Message:
    """The answer to a call with a password, without the words of the station's own, which may repeat it."""
    if answer.kind == ERROR:
        return replace(answer, code=answer.code if answer.code in ERRORS else "", text="")
    if "status" not in answer.payload:
        return answer
    status = word(answer.payload["status"])
    return replace(answer, payload={"status": status if status in _STATUSES else HIDDEN})


def sent_as(answer: Message) -> str:
    """An answer as it would cross the wire."""
    if answer.kind == ERROR:
        return json.dumps([ERROR, answer.id, answer.code, answer.text, {}])
    return json.dumps([RESULT, answer.id, answer.payload])


def _kept_damaged(raw: bytes, secrets: Collection[str]) -> bytes:
    """The beginning of what cannot be read, unless a password may be in it."""
    shown = raw.decode("utf-8", "replace")
    hides = is_secret(shown) or ("://" in shown and "@" in shown) or any(key in shown.lower() for key in secrets)
    return DAMAGED if hides else raw[:KEPT_OF_DAMAGED]
