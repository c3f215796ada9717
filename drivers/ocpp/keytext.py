"""Values as a station writes them in its configuration: the inverse of ``image.decoded``; pure."""

from __future__ import annotations

from decimal import Decimal

from core.errors import DecodeError
from core.points import Point, Quality, Value
from core.writing import values
from drivers.ocpp.image import TRIMMED, YES_NO, decoded, snake
from drivers.ocpp.messages import whole, word

DIGITS = 9  # after the point; what is beyond comes from the scale and not from a person


def text_of(point: Point, value: Value, shown: str | None) -> str:
    """The text that makes a key hold a value; ``shown`` is what the station has last told of it, None for nothing.

    Raises DecodeError when there is none, or when the station could not be understood if it told that text.
    """
    text = _text(point, value, shown or "")
    if point.secret:
        if word(text) != text:
            raise DecodeError("it begins or ends with a blank, or holds what cannot be seen")
        return text
    found, quality, note = decoded(point, text)
    if quality is not Quality.GOOD and note != TRIMMED:
        raise DecodeError(note)
    if note == TRIMMED or not values.alike(point, found, value):
        raise DecodeError(f"the station would hold {values.text(found) or 'nothing'}")
    return text


def _text(point: Point, value: Value, shown: str) -> str:
    if point.type == "flag":
        return _flag(_is_yes(point, value), shown)
    if point.choices:
        return _choice(point, value, shown)
    if point.type in ("number", "bits"):
        return _number(point, value)
    if not isinstance(value, str):
        raise DecodeError(f"{values.text(value)} is not text")
    return value


def _number(point: Point, value: Value) -> str:
    """Without an exponent, and without a point where there is nothing behind it."""
    if not isinstance(value, float):
        raise DecodeError(f"{point.id}: {values.text(value)!r} is not a number")
    exact = (Decimal(repr(value)) - Decimal(repr(point.offset))) / Decimal(repr(point.scales[0]))
    return f"{round(exact, DIGITS).normalize() + 0:f}"  # + 0: no sign before a nought


def _is_yes(point: Point, value: Value) -> bool:
    code = next((choice.code for choice in point.choices if choice.id == value), None)
    if code is None and not point.choices and isinstance(value, float):
        code = whole(value)
    if code not in (0, 1):
        raise DecodeError(f"{point.id} has no choice {values.text(value)!r}")
    return code == 1


def _flag(yes: bool, shown: str) -> str:
    """In the words of the station, and in its letters: small, capital, or the first one capital."""
    pair = next((pair for pair in YES_NO if shown.lower() in pair), YES_NO[0])
    text = pair[0] if yes else pair[1]
    if shown.istitle():
        return text.title()
    return text.upper() if shown.isupper() else text


def _choice(point: Point, value: Value, shown: str) -> str:
    """By its number where the station shows numbers, else by its word: ``load_balancing`` is ``LoadBalancing``."""
    choice = next((choice for choice in point.choices if choice.id == value), None)
    if choice is None:
        raise DecodeError(f"{point.id} has no choice {values.text(value)!r}")
    if not shown:
        raise DecodeError("how the station writes this is not known: it has not told it")
    if whole(shown) is not None:
        return str(choice.code)
    if snake(shown) == choice.id:
        return shown
    return "".join(part.capitalize() for part in choice.id.split("_"))
