"""Sentences made in the core and in the drivers, in the language in use.

Those parts know no Qt: their notes, faults and errors are English texts with figures and names in them. ``TEMPLATES``
lists every one as it stands in their source, with a named place for each hole; a test walks that source, so that none
is forgotten. What a place may hold, and how it is shown, follows from its name (see ``PLACES``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gui import formatting
from gui.sentences_cfg import CFG
from gui.sentences_lines import LINES
from gui.sentences_ocpp import OCPP
from gui.sentences_parameters import PARAMETERS
from gui.sentences_people import PEOPLE
from gui.sentences_site import SITE
from gui.sentences_snapshots import SNAPSHOTS
from gui.sentences_writing import WRITING

Names = Callable[[str], str]
"""From the id of an option or a point to its title; ``str`` leaves ids as they are."""

NUMBER = r"[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|inf|nan|∞)"
PLACES = {
    "value": NUMBER,  # with the decimal sign of the language
    "low": NUMBER,
    "high": NUMBER,
    "count": r"\d+",
    "address": r"\d+",
    "port": r"\d+",
    "unit": r"\S*",
    "option": r"[\w.]+",  # an id: shown by its title where that is known
    "point": r"[\w.]+",
    "quoted": r"'.*?'|\".*?\"|[-+\w.]+",  # as the person wrote it, or a bare number
    "place": r".+?\.(?:yaml|csv)(?::\d+)?",  # a file and its line
    "entry": r"\S+|\S+, \S+|\(no id\), \S+",
    "role": r"viewer|user|installer|administrator",  # shown by its title
    "danger": r"[a-z ,]+",  # words of this table, with commas between
    "why": r".+",  # a sentence of its own, of this table
    "reason": r".+",  # likewise, or words of the operating system, which are left as they are
}
"""What a place may hold, by its name without a closing digit; others hold any text and are not changed."""

QUOTED = str(QT_TRANSLATE_NOOP("sentences", "'{text}'"))

_ALL = (
    # -- the line: drivers/modbus/wire.py, link.py, link_thread.py -----------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "the name {host} is not known on this network"),
    QT_TRANSLATE_NOOP("sentences", "{host} does not answer on port {port}"),
    QT_TRANSLATE_NOOP("sentences", "{host} refuses connections on port {port}"),
    QT_TRANSLATE_NOOP("sentences", "there is no way to {host} on this network"),
    QT_TRANSLATE_NOOP("sentences", "{title}: the connection failed ({reason})"),
    QT_TRANSLATE_NOOP("sentences", "{title} has closed the connection ({reason})"),
    QT_TRANSLATE_NOOP("sentences", "{title} has closed the connection"),
    QT_TRANSLATE_NOOP("sentences", "{title} is not connected"),
    QT_TRANSLATE_NOOP("sentences", "the serial port {title} does not exist; is the adapter plugged in?"),
    QT_TRANSLATE_NOOP("sentences", "the serial port {title} is in use by another program"),
    QT_TRANSLATE_NOOP("sentences", "no permission for the serial port {title}; add the user to the group dialout"),
    QT_TRANSLATE_NOOP("sentences", "the serial port {title} cannot be used ({reason})"),
    QT_TRANSLATE_NOOP("sentences", "the serial port {title} is gone; was the adapter unplugged? ({reason})"),
    QT_TRANSLATE_NOOP("sentences", "the serial port {title} is not open"),
    QT_TRANSLATE_NOOP("sentences", "stopped"),
    QT_TRANSLATE_NOOP("sentences", "no answer"),
    QT_TRANSLATE_NOOP("sentences", "the line is being closed"),
    QT_TRANSLATE_NOOP("sentences", "the line {name} is not connected"),
    QT_TRANSLATE_NOOP("sentences", "the line {name} has too many commands waiting"),
    QT_TRANSLATE_NOOP("sentences", "a fault of the program, see the log: {reason}"),
    # -- the device: drivers/modbus/link.py, framing.py, poller.py -----------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "unit {address} does not answer"),
    QT_TRANSLATE_NOOP("sentences", "unit {address} refuses: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "unit {address}: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "illegal function"),
    QT_TRANSLATE_NOOP("sentences", "illegal address"),
    QT_TRANSLATE_NOOP("sentences", "illegal data value"),
    QT_TRANSLATE_NOOP("sentences", "device failure"),
    QT_TRANSLATE_NOOP("sentences", "accepted, still working"),
    QT_TRANSLATE_NOOP("sentences", "busy"),
    QT_TRANSLATE_NOOP("sentences", "memory parity error"),
    QT_TRANSLATE_NOOP("sentences", "gateway has no path"),
    QT_TRANSLATE_NOOP("sentences", "gateway: the device does not answer"),
    QT_TRANSLATE_NOOP("sentences", "exception {count}"),
    QT_TRANSLATE_NOOP("sentences", "unit {address} answered instead of {address2}"),
    QT_TRANSLATE_NOOP("sentences", "function {count} answered instead of {count2}"),
    QT_TRANSLATE_NOOP("sentences", "{count} bytes answered instead of {count2}"),
    QT_TRANSLATE_NOOP("sentences", "came when nothing was asked"),
    QT_TRANSLATE_NOOP("sentences", "answers another request"),
    QT_TRANSLATE_NOOP("sentences", "only answers to other requests came"),
    QT_TRANSLATE_NOOP("sentences", "the answer is incomplete or garbled"),
    QT_TRANSLATE_NOOP("sentences", "beyond all numbers"),
    QT_TRANSLATE_NOOP("sentences", "{point} cannot hold {text}"),
    QT_TRANSLATE_NOOP("sentences", "{point} has {count} bits, counted from 0"),
    QT_TRANSLATE_NOOP("sentences", "{file} is damaged: a part of it is nothing that Wattelier has written."),
    QT_TRANSLATE_NOOP("sentences", "{file} is damaged: its list of tables cannot be read."),
    QT_TRANSLATE_NOOP("sentences", "another master asks the same unit for as much: nobody knows whose answer this is"),
    QT_TRANSLATE_NOOP("sentences", "two different answers came to one request"),
    QT_TRANSLATE_NOOP("sentences", "the answer is byte by byte what was just answered to another question"),
    QT_TRANSLATE_NOOP("sentences", "the line repeats or swaps answers, and this one could not be told from others"),
    QT_TRANSLATE_NOOP("sentences", "the answer was cut off: something else begins in it"),
    QT_TRANSLATE_NOOP("sentences", "no SunSpec marker at 40000, 50000 or 0"),
    QT_TRANSLATE_NOOP("sentences", "the SunSpec chain of models has no end"),
    # -- the value: core/points.py, hub.py, decode.py, wordtypes.py ----------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "not available"),
    QT_TRANSLATE_NOOP("sentences", "the device refuses this register"),
    QT_TRANSLATE_NOOP("sentences", "no answer since"),
    QT_TRANSLATE_NOOP("sentences", "every register is FFFF"),
    QT_TRANSLATE_NOOP("sentences", "empty"),
    QT_TRANSLATE_NOOP("sentences", "the word order is not settled"),
    QT_TRANSLATE_NOOP("sentences", "a bit that the map does not list"),
    QT_TRANSLATE_NOOP("sentences", "a code that the map does not list"),
    QT_TRANSLATE_NOOP("sentences", "not filled in by the device"),
    QT_TRANSLATE_NOOP("sentences", "{value} {unit} is outside {low} … {high}"),
    QT_TRANSLATE_NOOP("sentences", "the device gives no scale factor"),
    QT_TRANSLATE_NOOP("sentences", "{option} is not settled"),
    QT_TRANSLATE_NOOP("sentences", "{point} is not known"),
    QT_TRANSLATE_NOOP("sentences", "{point}: {count} registers instead of {count2}"),
    QT_TRANSLATE_NOOP("sentences", "{point} has no pattern for 'not available'"),
    QT_TRANSLATE_NOOP("sentences", "{point}: {quoted} is not a number"),
    QT_TRANSLATE_NOOP("sentences", "{point} has no choice {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "{point}: {why}"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a number"),
    QT_TRANSLATE_NOOP("sentences", "{text} does not fit {count} register(s)"),
    QT_TRANSLATE_NOOP("sentences", "{text} is not packed decimal"),
    QT_TRANSLATE_NOOP("sentences", "0x{text} is not packed decimal"),
    QT_TRANSLATE_NOOP("sentences", "{text} does not fit {count} decimal digits"),
    QT_TRANSLATE_NOOP("sentences", "{text} is not text"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is longer than {count} characters"),
    QT_TRANSLATE_NOOP("sentences", "{text}:{text2} is not a time of day"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a time such as 07:30"),
    QT_TRANSLATE_NOOP("sentences", "{text}-{text2} is not a month and a day"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a date such as 12-31"),
    QT_TRANSLATE_NOOP("sentences", "{text} is not a time in digits"),
    QT_TRANSLATE_NOOP("sentences", "{text} is not a date and time"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a date and time such as 2026-11-21T08:00:00"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a version such as 4.5.7"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not two numbers such as 2x4"),
    # -- the history: core/storage ---------------------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "disk full"),
    QT_TRANSLATE_NOOP("sentences", "database locked"),
    QT_TRANSLATE_NOOP("sentences", "file not writable"),
    QT_TRANSLATE_NOOP("sentences", "file damaged"),
    QT_TRANSLATE_NOOP("sentences", "disk error"),
    QT_TRANSLATE_NOOP("sentences", "{path} is an SQLite file of another program, not a Wattelier history."),
    QT_TRANSLATE_NOOP("sentences", "{path} was written by a newer Wattelier ({step}); open it with that version."),
    QT_TRANSLATE_NOOP("sentences", "{path} is of an older Wattelier and stays as it is: no copy of it can be kept ({reason})"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "{folder} cannot be written, so nothing would be recorded or remembered: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{folder} is not whole: install the program again"),
    QT_TRANSLATE_NOOP("sentences", "{path} is not a database."),
    QT_TRANSLATE_NOOP("sentences", "{path} does not exist or is empty."),
    QT_TRANSLATE_NOOP("sentences", "another Wattelier is recording into {path}"),
    QT_TRANSLATE_NOOP("sentences", "{path} is an older history; record into it once to bring it up to date."),
    # -- the profile and the options: core/document.py, profile*.py, table.py, layout.py, catalogue.py ---------------
    QT_TRANSLATE_NOOP("sentences", "{place}: {why}"),
    QT_TRANSLATE_NOOP("sentences", "{place}: {entry}: {why}"),
    QT_TRANSLATE_NOOP("sentences", "no profile"),
    QT_TRANSLATE_NOOP("sentences", "there is no profile {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "there is no profile {quoted}; did you mean {known}?"),
    QT_TRANSLATE_NOOP("sentences", "link {link}: kind {quoted} is not one of {known}"),
    QT_TRANSLATE_NOOP("sentences", "{profile} has no option {quoted}; it has: {known}"),
    QT_TRANSLATE_NOOP("sentences", "{profile}: {option} must be {known}, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "{option} must be {reason}, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "a whole number"),
    QT_TRANSLATE_NOOP("sentences", "a hexadecimal number such as 8161"),
    QT_TRANSLATE_NOOP("sentences", "function must be 3 or 4, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "words must be 1, 2, 3 or 4, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "factor must be a number other than 0, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "register must lie between 0 and FFFF, not {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "cannot be read: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "is not a text in UTF-8"),
    QT_TRANSLATE_NOOP("sentences", "is not a CSV file in UTF-8: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "not valid YAML: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "is missing"),
    QT_TRANSLATE_NOOP("sentences", "is empty"),
    QT_TRANSLATE_NOOP("sentences", "{column} is empty"),
    QT_TRANSLATE_NOOP("sentences", "unknown entry; known are {known}"),
    QT_TRANSLATE_NOOP("sentences", "unknown column; known are {known}"),
    QT_TRANSLATE_NOOP("sentences", "this column stands twice"),
    QT_TRANSLATE_NOOP("sentences", "this column is missing"),
    QT_TRANSLATE_NOOP("sentences", "{count} cells instead of {count2}"),
    QT_TRANSLATE_NOOP("sentences", "code {quoted} is not a whole number"),
    QT_TRANSLATE_NOOP("sentences", "code {count} stands twice"),
    QT_TRANSLATE_NOOP("sentences", "stands twice (also line {count})"),
    QT_TRANSLATE_NOOP("sentences", "must be a set of `key: value` entries"),
    QT_TRANSLATE_NOOP("sentences", "must be a list"),
    QT_TRANSLATE_NOOP("sentences", "must be a list of whole numbers"),
    QT_TRANSLATE_NOOP("sentences", "must be a list of [first, last] addresses"),
    QT_TRANSLATE_NOOP("sentences", "must be [low, high]"),
    QT_TRANSLATE_NOOP("sentences", "must be a text"),
    QT_TRANSLATE_NOOP("sentences", "must be a number"),
    QT_TRANSLATE_NOOP("sentences", "must be a whole number"),
    QT_TRANSLATE_NOOP("sentences", "must be yes or no"),
    QT_TRANSLATE_NOOP("sentences", "must be like {3: 4}"),
    QT_TRANSLATE_NOOP("sentences", "must be from 1 to 125"),
    QT_TRANSLATE_NOOP("sentences", "must be from 1 to {count}"),
    QT_TRANSLATE_NOOP("sentences", "must be longer than nothing"),
    QT_TRANSLATE_NOOP("sentences", "must not be 0"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a duration such as 20 ms, 1 s or 10 min"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a whole number"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not one of {known}"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not one of {known}, or two of them with |"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not an inner unit ({known})"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not an address such as 8230, 0x2026, 78+80 or m103+14"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a list of raw patterns such as 0xFFFF|0x8000"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a mask such as 0x3"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not an option of profile.yaml and one of its choices"),
    QT_TRANSLATE_NOOP("sentences", "is not a pattern: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "there is no point {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "there is no option {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "there is no group {quoted} in profile.yaml"),
    QT_TRANSLATE_NOOP("sentences", "there is no rule {quoted} in profile.yaml"),
    QT_TRANSLATE_NOOP("sentences", "there is no table {quoted} in choices.csv"),
    QT_TRANSLATE_NOOP("sentences", "picks {quoted}, which is not one of its factors"),
    QT_TRANSLATE_NOOP("sentences", "default {quoted} is not one of its choices"),
    QT_TRANSLATE_NOOP("sentences", "needs a proof: largest, equal or ratio"),
    QT_TRANSLATE_NOOP("sentences", "{low} is above high {high}"),
    QT_TRANSLATE_NOOP("sentences", "an address is at most 0xFFFF"),
    QT_TRANSLATE_NOOP("sentences", "reaches beyond 0xFFFF"),
    QT_TRANSLATE_NOOP("sentences", "a {type} holds {width}, not {count}"),
    QT_TRANSLATE_NOOP("sentences", "a bit field holds 1, 2 or 4"),
    QT_TRANSLATE_NOOP("sentences", "{count} addresses for {count2} words"),
    # -- the computer: what systems, serial ports and SQLite answer ------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "connection refused"),
    QT_TRANSLATE_NOOP("sentences", "connection reset by peer"),
    QT_TRANSLATE_NOOP("sentences", "connection timed out"),
    QT_TRANSLATE_NOOP("sentences", "broken pipe"),
    QT_TRANSLATE_NOOP("sentences", "timed out"),
    QT_TRANSLATE_NOOP("sentences", "no route to host"),
    QT_TRANSLATE_NOOP("sentences", "network is unreachable"),
    QT_TRANSLATE_NOOP("sentences", "network is down"),
    QT_TRANSLATE_NOOP("sentences", "permission denied"),
    QT_TRANSLATE_NOOP("sentences", "operation not permitted"),
    QT_TRANSLATE_NOOP("sentences", "no such file or directory"),
    QT_TRANSLATE_NOOP("sentences", "is a directory"),
    QT_TRANSLATE_NOOP("sentences", "no such device"),
    QT_TRANSLATE_NOOP("sentences", "input/output error"),
    QT_TRANSLATE_NOOP("sentences", "no space left on device"),
    QT_TRANSLATE_NOOP("sentences", "read-only file system"),
    QT_TRANSLATE_NOOP("sentences", "device or resource busy"),
    QT_TRANSLATE_NOOP("sentences", "write timeout"),
    QT_TRANSLATE_NOOP("sentences", "database is locked"),
    QT_TRANSLATE_NOOP("sentences", "database or disk is full"),
    QT_TRANSLATE_NOOP("sentences", "database disk image is malformed"),
    QT_TRANSLATE_NOOP("sentences", "file is not a database"),
    QT_TRANSLATE_NOOP("sentences", "unable to open database file"),
    QT_TRANSLATE_NOOP("sentences", "attempt to write a readonly database"),
    QT_TRANSLATE_NOOP("sentences", "disk I/O error"),
)  # fmt: skip

TEMPLATES = tuple(
    str(template) for template in (*_ALL, *CFG, *LINES, *OCPP, *PARAMETERS, *PEOPLE, *SITE, *SNAPSHOTS, *WRITING)
)
_PLACE = re.compile(r"\{([a-z]+)(\d?)\}")


def localised(text: str, names: Names = str) -> str:
    """The sentence in the language in use, its figures with the language's decimal sign; unchanged when unknown.

    ``names`` gives the titles of the options and points that it mentions by their id.
    """
    if "\n" in text:
        return "\n".join(localised(line, names) for line in text.split("\n"))
    parts = text.split("; ")
    if len(parts) > 1 and all(
        _find(part) is not None for part in parts
    ):  # several, not one with a semicolon of its own
        return semicolon().join(localised(part, names) for part in parts)
    if (found := _find(text)) is None:
        return text
    template, values = found
    shown = {name: _shown(name, value, names) for name, value in values.items()}
    words = QCoreApplication.translate("sentences", template)
    if shown.get("unit") == "":
        words = re.sub(r"\s\{unit\}", "", words)  # the space belongs to the unit
    return _PLACE.sub(lambda place: shown.get(place[1] + place[2], place[0]), words)


def semicolon() -> str:
    """What stands between two sentences of one line."""
    return f"{formatting.SPACE}; " if formatting.language() == "fr" else "; "


def digits(text: str) -> str:
    """A number that code has written (``0.1``, ``-3``, ``1e+06``), as people of this language write it."""
    try:
        plain = f"{Decimal(text):f}"
    except InvalidOperation:
        return text.replace("-", formatting.MINUS)  # an infinity
    return formatting.number(float(text), len(plain.partition(".")[2]))


def _shown(name: str, value: str, names: Names) -> str:
    kind = name.rstrip("0123456789")
    if kind in ("value", "low", "high"):
        return digits(value)
    if kind in ("option", "point"):
        return names(value)
    if kind == "danger":
        return ", ".join(localised(part, names) for part in value.split(", "))
    if kind == "role":
        return QCoreApplication.translate("people", value.capitalize()).lower()
    if kind == "quoted" and value[0] in "'\"":
        return QCoreApplication.translate("sentences", QUOTED).replace("{text}", value[1:-1])
    return localised(value, names) if kind in ("why", "reason") else value


@lru_cache(maxsize=1024)
def _find(text: str) -> tuple[str, dict[str, str]] | None:
    """The template of a text, and what stands in its places."""
    for template, said in _templates():
        if all(part in text for part in said) and (match := _pattern(template).fullmatch(text)) is not None:
            values = match.groupdict()
            if "why" not in values or _find(values["why"]) is not None:
                return template, values
    lower = text.lower()
    return _find(lower) if lower != text and " " in text and lower in TEMPLATES else None


@cache
def _templates() -> list[tuple[str, list[str]]]:
    """The templates and what each says outside its places, by which most are passed over without their pattern.

    Those that say most come first, so that a general one takes only what is left.
    """
    return [(template, _PLACE.sub("\0", template).split("\0")) for template in sorted(TEMPLATES, key=_weight)]


def _weight(template: str) -> tuple[bool, int]:
    return "{why}" in template, -len(_PLACE.sub("", template))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for place in _PLACE.finditer(template):
        parts.append(re.escape(template[end : place.start()]))
        parts.append(f"(?P<{place[1]}{place[2]}>{PLACES.get(place[1], '.+?')})")
        end = place.end()
    return re.compile("".join(parts) + re.escape(template[end:]))
