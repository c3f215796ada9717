"""Values of an EVlink configuration file as text: what may be written, and when two are the same. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.errors import CommandRefused
from core.evlink.keys import CfgKey

LONGEST = 500  # characters of any value: beyond, it is not one that a station has made
YES, NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
FLAGS = {"bool": ("true", "false"), "flag": ("1", "0")}
"""Type -> how it writes yes and no."""

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_NAME = re.compile(r"[A-Z0-9 +]*")
_HOST = re.compile(r"[^\s/@?#]+")
_MAIL = re.compile(r"[^\s;@]+@[^\s;@]+")
_WITH_PASSWORD = re.compile(r"(?P<head>[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]*:)(?P<password>[^\s/]*)(?=@)")
HIDDEN = "***"


def normal(key: CfgKey, typed: str) -> str:
    """The text to write for what was typed; raise CommandRefused with one sentence."""
    text = typed.strip(" \t")
    if fault := _of_any(text) or _FAULTS.get(key.type, _nothing)(key, text):
        raise CommandRefused(fault)
    if key.longest is not None and len(text) > key.longest:
        raise CommandRefused(f"it has {len(text)} characters; at most {key.longest} are possible")
    if key.type in ("int", "port"):
        return str(int(text))
    if key.type in FLAGS:
        return FLAGS[key.type][text.lower() in NO]
    return text


def sound_copy(key: CfgKey, text: str) -> str:
    """The text to write for a value that another station has; raise CommandRefused where it cannot be one."""
    if key.type == "code" and not _NUMBER.fullmatch(text):
        raise CommandRefused(f"{text!r} is not a code")
    return normal(key, text)


def alike(new: str, old: str) -> str:
    """Yes and no in the spelling that the file itself uses for this key: ``True``, ``1``."""
    if old in ("0", "1") and new in FLAGS["bool"]:
        return "1" if new == "true" else "0"
    if old.lower() in FLAGS["bool"] and new in (*FLAGS["bool"], *FLAGS["flag"]):
        plain = "true" if new in YES else "false"
        return plain.upper() if old.isupper() else plain.title() if old.istitle() else plain
    return new


def same(key: CfgKey | None, one: str, other: str) -> bool:
    """Whether two texts are the same value: 08 and 8, true and 1 where the type says so; otherwise letter by letter."""
    if one == other or key is None:
        return one == other
    if key.type in FLAGS or (key.type == "code" and {one.lower(), other.lower()} <= {*YES, *NO}):
        small, small_other = one.lower(), other.lower()
        return (small in YES and small_other in YES) or (small in NO and small_other in NO)
    if key.type in ("int", "port", "code"):
        return bool(_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)) and int(one) == int(other)
    if key.type == "hex":
        number, number_other = _hex(one), _hex(other)
        return number is not None and number == number_other
    return False


def is_valid(key: CfgKey, text: str) -> bool:
    """Whether a value found in a file could be typed, too."""
    try:
        normal(key, text)
    except CommandRefused:
        return False
    return True


def without_password(text: str) -> str:
    """The text with the password of an address in it blotted out."""
    return _WITH_PASSWORD.sub(rf"\g<head>{HIDDEN}", text)


def _hex(text: str) -> int | None:
    try:
        return int(text, 16)
    except ValueError:
        return None


def _of_any(text: str) -> str:
    """What no value may hold: it would end the line, begin a comment, or be taken for quotes."""
    if any(not character.isprintable() for character in text):
        return "a line break or another invisible character is not possible here"
    if '"' in text:
        return "a quotation mark is not possible here"
    if re.search(r"(?:^|\s)[#;]", text):
        return "a # or ; at the beginning or after a blank would begin a comment"
    return f"it has {len(text)} characters; at most {LONGEST} are possible" if len(text) > LONGEST else ""


def _nothing(key: CfgKey, text: str) -> str:
    del key, text
    return ""


def _number(key: CfgKey, text: str) -> str:
    inside = bool(_NUMBER.fullmatch(text))
    inside = inside and (key.low is None or int(text) >= key.low) and (key.high is None or int(text) <= key.high)
    if inside:
        return ""
    if key.low is not None and key.high is not None:
        return f"enter a whole number from {key.low} to {key.high}"
    return "enter a whole number"


def _port(key: CfgKey, text: str) -> str:
    del key
    inside = bool(_NUMBER.fullmatch(text)) and 1 <= int(text) <= 65535
    return "" if inside else "enter a port from 1 to 65535"


def _flag(key: CfgKey, text: str) -> str:
    del key
    return "" if text.lower() in (*YES, *NO) else "enter yes or no"


def _choice(key: CfgKey, text: str) -> str:
    return "" if text in key.choices else f"enter one of {', '.join(key.choices)}"


def _named(key: CfgKey, text: str) -> str:
    if not text:
        return "it must not be empty"
    del key
    return "" if _NAME.fullmatch(text) else "only capital letters A to Z, digits, blanks and + are possible"


def _needed(key: CfgKey, text: str) -> str:
    del key
    if not text:
        return "it must not be empty"
    return "no blanks are possible here" if " " in text else ""


def _host(key: CfgKey, text: str) -> str:
    del key
    return "" if _HOST.fullmatch(text) else "enter the name or the address of a server, such as pool.ntp.org"


def _url(key: CfgKey, text: str) -> str:
    del key
    fits = not text or re.fullmatch(r"(?:http|ws|wss)://[^\s/]\S*", text)
    return "" if fits else "it must begin with http://, ws:// or wss:// and hold no blanks"


def _address(key: CfgKey, text: str) -> str:
    del key
    return "no blanks are possible here" if re.search(r"\s", text) else ""


def _ipv4(key: CfgKey, text: str) -> str:
    del key
    parts = text.split(".")
    fits = len(parts) == 4 and all(_NUMBER.fullmatch(part) and int(part) <= 255 for part in parts)
    return "" if fits or not text else "enter an address such as 192.168.0.102"


def _mail(key: CfgKey, text: str) -> str:
    del key
    return "" if not text or _MAIL.fullmatch(text) else "enter an e-mail address such as name@example.org"


def _mails(key: CfgKey, text: str) -> str:
    del key
    fits = not text or all(_MAIL.fullmatch(part) for part in text.split(";"))
    return "" if fits else "separate the e-mail addresses by semicolons, without blanks"


_FAULTS: dict[str, Callable[[CfgKey, str], str]] = {
    "int": _number,
    "port": _port,
    "bool": _flag,
    "flag": _flag,
    "choice": _choice,
    "name": _named,
    "needed": _needed,
    "host": _host,
    "url": _url,
    "address": _address,
    "path": _address,
    "ipv4": _ipv4,
    "email": _mail,
    "emails": _mails,
}
