"""Why a device is taken for what it is: what it has shown, as data, and the words for it in both languages.

The words stand here and not with the window's, since a site file and the command line say them too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.points import Choice, Point

Amount = Callable[[float, str], str]
"""From a number in an inner unit, and that unit, to what people read."""

MOST_NAMED = 12  # identifiers


@dataclass(frozen=True, slots=True)
class Reads:
    """What stands at an address. ``point`` is what the profile has there, if anything.

    ``value`` is a text, a choice of the point, a number in ``unit`` (empty: as it stands in the register), or None for
    "it is there, whatever it says".
    """

    address: int
    point: Point | None
    value: str | float | Choice | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class InChain:
    """A SunSpec model is in the device's chain. ``who`` is what it calls itself, empty when it does not say."""

    model: int
    who: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """Identifiers of a CAN bus: those of the profile that were heard, and those that should have been."""

    there: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calls:
    """A charging station calls under this identity; ``who`` are maker and model, as far as it says."""

    identity: str
    who: str = ""


Evidence = Reads | InChain | Heard | Calls

_WORDS = {
    "en": {
        "and": "; ",
        "register": "register {0}",
        "there": "{0} is there",
        "text": "{0} reads '{1}'",
        "reads": "{0} reads {1}",
        "model": "SunSpec model {0} is in its chain",
        "named": "it calls itself '{0}'",
        "heard": "heard {0}",
        "missing": ", not heard {0}",
        "calls": "it calls as {0}",
        "says": " and says it is a {0}",
    },
    "fr": {
        "and": "\u202f; ",
        "register": "registre {0}",
        "there": "{0} est là",
        "text": "{0} vaut «\u202f{1}\u202f»",
        "reads": "{0} vaut {1}",
        "model": "le modèle SunSpec {0} est dans sa chaîne",
        "named": "il se nomme «\u202f{0}\u202f»",
        "heard": "entendus\u202f: {0}",
        "missing": ", pas entendus\u202f: {0}",
        "calls": "elle appelle sous le nom {0}",
        "says": " et se dit {0}",
    },
}


def worded(evidence: Sequence[Evidence], language: str, amount: Amount | None = None) -> str:
    """All of it in one line, in ``"fr"`` or ``"en"``. ``amount`` shows numbers with a unit; None: four digits."""
    words = _WORDS["fr" if language == "fr" else "en"]
    return words["and"].join(dict.fromkeys(_said(one, language, words, amount) for one in evidence))


def _said(one: Evidence, language: str, words: dict[str, str], amount: Amount | None) -> str:
    match one:
        case Reads():
            return _read(one, language, words, amount)
        case InChain(model, who):
            named = words["and"] + words["named"].format(who) if who else ""
            return words["model"].format(model) + named
        case Heard(there, missing):
            more = words["missing"].format(listed(missing)) if missing else ""
            return words["heard"].format(listed(there)) + more
        case Calls(identity, who):
            return words["calls"].format(identity) + (words["says"].format(who) if who else "")


def _read(one: Reads, language: str, words: dict[str, str], amount: Amount | None) -> str:
    point = one.point
    name = _uncapitalised(point.title(language)) if point is not None else words["register"].format(one.address)
    match one.value:
        case None:
            return words["there"].format(name)
        case str() as text:
            return words["text"].format(name, text)
        case Choice() as choice:
            return words["reads"].format(name, (choice.fr if language == "fr" else choice.en) or choice.id)
        case value if one.unit:
            shown = amount(value, one.unit) if amount is not None else _plain(value, one.unit, language)
            return words["reads"].format(name, shown)
        case value:
            return words["reads"].format(name, f"{value:g}" if isinstance(value, float) else value)


def _plain(value: float, unit: str, language: str) -> str:
    text = f"{value:.4g}"
    return f"{text.replace('.', ',') if language == 'fr' else text} {unit}"


def listed(identifiers: Sequence[str]) -> str:
    """Identifiers in one line, the first of many."""
    return " ".join(identifiers[:MOST_NAMED]) + (" …" if len(identifiers) > MOST_NAMED else "")


def _uncapitalised(name: str) -> str:
    """A point's name inside a sentence: only the capital of its beginning goes, not that of OCPP, DC or SoC."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    return name[:1].lower() + name[1:] if first[1:].islower() else name
