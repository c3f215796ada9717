"""Words for the keys and values of an EVlink configuration, in the language in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.evlink.cfg import Entry
from core.evlink.compare import Told, What
from core.evlink.keys import CfgKey, Editable, load_keys
from core.evlink.values import FLAGS, NO, YES
from core.parameters import Danger
from core.points import Confidence, Quality
from gui import formatting, i18n
from gui.models import wording

translate = QCoreApplication.translate

Choices = list[tuple[str, str]]
"""What may be chosen: the text of the file, and its words."""


def block_title(block: str) -> str:
    """The heading of a block."""
    return load_keys().heading(block).text(i18n.current()) or translate("cfg", "Before the first heading")


def section_title(block: str, section: str) -> str:
    """The heading of a section."""
    return load_keys().heading(block, section).text(i18n.current()) or translate("cfg", "Without a heading")


def key_title(known: CfgKey | None, key: str) -> str:
    """The name of a key; the key itself where nobody knows it."""
    return known.title.text(i18n.current()) if known is not None else key


def key_help(known: CfgKey | None) -> str:
    """What it is for; empty where the sources do not say."""
    return known.help.text(i18n.current()) if known is not None else ""


def choices(known: CfgKey | None) -> Choices:
    """What may be chosen; empty for a value that is typed."""
    if known is None:
        return []
    if known.choices:
        return [(code, words.text(i18n.current())) for code, words in known.choices.items()]
    if known.type in FLAGS:
        yes, no = FLAGS[known.type]
        return [(yes, translate("cfg", "Yes")), (no, translate("cfg", "No"))]
    return []


def value(known: CfgKey | None, text: str, secret: bool = False) -> str:
    """A value for people: words of a choice, a number with its unit; "set" for a secret."""
    if secret:
        return wording.hidden_words(text)
    if not text:
        return translate("cfg", "empty")
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text)
    if known is None:
        return shown
    small = text.lower()
    if known.type in FLAGS and (small in YES or small in NO):
        wanted = FLAGS[known.type][small in NO]
        return dict(choices(known)).get(wanted, shown)
    if words := dict(choices(known)).get(text):
        return words
    return f"{shown}{formatting.SPACE}{known.unit}" if known.unit and text.isdecimal() else shown


def entry_value(entry: Entry) -> str:
    """The value of an entry."""
    return value(entry.known, entry.text, entry.secret)


def other_value(known: CfgKey | None, right: Entry | Told | None) -> str:
    """The value on the right side; a dash for nothing that could be shown."""
    if right is None or right.text is None:
        return formatting.DASH
    secret = isinstance(right, Entry) and right.secret
    return value(known, right.text, secret)


def limits(known: CfgKey | None) -> str:
    """What may be written: ``0–32 A``, ``Yes / No``, ``at most 30 characters``."""
    if known is None or known.editable is not Editable.YES:
        return ""
    words = [words for _code, words in choices(known)]
    if words:
        return " / ".join(words)
    unit = f"{formatting.SPACE}{known.unit}" if known.unit else ""
    if known.low is not None and known.high is not None:
        return f"{formatting.number(known.low)}–{formatting.number(known.high)}{unit}"
    if known.type == "port":
        return "1–65535"
    if known.longest is not None:
        return translate("cfg", "at most {0} characters").format(known.longest)
    return translate("cfg", "a whole number") + (f", {known.unit}" if known.unit else "") if known.type == "int" else ""


def factory(known: CfgKey | None) -> str:
    """The factory value; empty where it is not known."""
    return value(known, known.factory) if known is not None and known.factory else ""


def limits_and_factory(known: CfgKey | None) -> str:
    """Both in a few characters, the factory value without the unit that its range has: ``0–32 A · 32``."""
    if known is None:
        return ""
    usual = known.factory if known.type == "int" and limits(known) else factory(known)
    return formatting.joined([limits(known), usual])


def kept(entry: Entry, person_may: bool) -> str:
    """What stands in place of a field where nothing may be typed; empty where it may."""
    known = entry.known
    if entry.secret:
        return translate("cfg", "kept as it is")
    if known is None:
        return translate("cfg", "not in the manual")
    if entry.times > 1:
        return translate("cfg", "stands twice")
    if known.editable is not Editable.YES:
        return {
            Editable.CODES: translate("cfg", "codes not published"),
            Editable.FIXED: translate("cfg", "not to be changed"),
            Editable.UNLISTED: translate("cfg", "limits not known"),
        }.get(known.editable, translate("cfg", "known by its name"))
    return "" if person_may else translate("cfg", "another role")


def what(value: What) -> tuple[str, str]:
    """Word and tone of a comparison; amber and red are kept for edits and trouble."""
    return {
        What.SAME: (translate("cfg", "same"), "tertiary"),
        What.DIFFERENT: (translate("cfg", "differs"), "accent"),
        What.MISSING: (translate("cfg", "only on the left"), "accent"),
        What.ADDED: (translate("cfg", "only on the right"), "accent"),
        What.SECRET_SAME: (translate("cfg", "same secret"), "tertiary"),
        What.SECRET_DIFFERENT: (translate("cfg", "other secret"), "accent"),
        What.UNTOLD: (translate("cfg", "not told"), "tertiary"),
    }[value]


def danger(value: Danger) -> str:
    """What to make sure of before a value goes into a station; empty when it is harmless."""
    return {
        Danger.PROTECTION: translate(
            "cfg", "Protection of wiring or people: check cable, breaker and ventilation before the import."
        ),
        Danger.REACH: translate(
            "cfg", "With a wrong value the station may be out of reach: note how to get to it without the network."
        ),
    }.get(value, "")


def meaning(known: CfgKey | None) -> str:
    """How sure the meaning is."""
    if known is None:
        return translate("cfg", "not known: neither the manual nor other sources list this key")
    if known.confidence is Confidence.DOCUMENTED:
        return translate("cfg", "documented")
    if known.editable is Editable.NAME:
        return translate("cfg", "inferred from its name")
    return translate("cfg", "inferred")


def told_when(told: Told, now: float) -> str:
    """When a station has told a value, and how far it may be trusted."""
    doubt = {Quality.STALE: translate("wording", "stale"), Quality.BAD: translate("wording", "bad")}
    return formatting.joined([formatting.age_of(told.at, now), doubt.get(told.quality, "")])
