"""Frames of one device to values; pure but for what a value needs of others: texts that come in pages, scales."""

from __future__ import annotations

import math
from collections.abc import Mapping as Map
from dataclasses import dataclass

from cantools.database import DecodeError as DbcError
from cantools.database import Message
from cantools.database.can import Signal

from core.decode import Context, Decoded, interpret
from core.errors import DecodeError
from core.points import NOT_AVAILABLE, Kind, Point, Quality
from core.profile import Options, Profile
from drivers.can.mapping import Mapping, Place

PAGES_WITHIN_S = 10.0
"""Pages of one text belong together when they came within this time."""
STATES = (Kind.STATE, Kind.BITS, Kind.TEXT)

Raws = Map[str, int | float]


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a frame, and the raw numbers that it was made of."""

    place: Place
    decoded: Decoded
    raws: tuple[int | float, ...]

    @property
    def point(self) -> Point:
        """The point; its factor already holds the DBC's."""
        return self.place.point

    @property
    def raw(self) -> str:
        """What stood there, for people: ``160 (0x0A0)``, or the bytes of a text."""
        if self.point.type in ("text", "hex"):
            pairs = zip(self.raws, self.place.signals, strict=True)
            return b"".join(_bytes(int(raw), signal) for raw, signal in pairs).hex(" ").upper()
        return " ".join(_shown(raw, signal) for raw, signal in zip(self.raws, self.place.signals, strict=True))


def _shown(raw: float, signal: Signal) -> str:
    if isinstance(raw, float):
        return f"{raw:g}"
    return f"{raw} (0x{raw & (1 << signal.length) - 1:0{-(-signal.length // 4)}X})"


class Decoder:
    """Decodes the frames of one device, in the order in which they came."""

    def __init__(self, mapping: Mapping, profile: Profile, options: Options) -> None:
        self.mapping = mapping
        self.context = Context(profile.rules, options)
        self._pages: dict[str, dict[str, tuple[int, float]]] = {}

    def raws(self, message: Message, data: bytes) -> Raws:
        """The raw numbers of the signals that the frame holds; none when it makes no sense.

        A frame may be shorter than the DBC says (then the rest is left out) or longer.
        """
        try:
            found = message.decode(data, decode_choices=False, scaling=False, allow_truncated=True)
        except (DbcError, ValueError):  # a page that the DBC does not know
            return {}
        return found  # pyright: ignore[reportReturnType] - numbers only, without choices and containers

    def decode(self, message: Message, raws: Raws, at: float) -> list[Found]:
        """The values of a frame; ``at`` in seconds, on any clock that does not go back."""
        found: list[Found] = []
        for place in self.mapping.places.get(message.name, ()):
            if not any(signal.name in raws for signal in place.signals):
                continue
            one = self._paged(place, raws, at) if len(place.signals) > 1 else self._one(place, raws)
            if one is not None:
                self.context.values[place.point.id] = one.decoded.value
                found.append(one)
        return found

    def _one(self, place: Place, raws: Raws) -> Found | None:
        point, raw = place.point, raws[place.signals[0].name]
        if point.absent and raw in point.absent:
            return Found(place, Decoded(None, Quality.UNKNOWN, note=NOT_AVAILABLE), (raw,))
        if isinstance(raw, float) and not math.isfinite(raw):
            return Found(place, Decoded(None, Quality.UNKNOWN, note=NOT_AVAILABLE), (raw,))
        if point.type in ("text", "hex", "version"):
            return self._text(place, (raw,))
        try:
            decoded = interpret(point, raw, place.width, self.context)
        except (DecodeError, ArithmeticError, ValueError) as err:
            decoded = Decoded(None, Quality.BAD, note=str(err))
        return Found(place, decoded, (raw,))

    def _paged(self, place: Place, raws: Raws, at: float) -> Found | None:
        """A value spread over several signals, which may come in several frames; None until all have come."""
        pages = self._pages.setdefault(place.point.id, {})
        for signal in place.signals:
            if signal.name in raws:
                pages[signal.name] = int(raws[signal.name]), at
        if len(pages) < len(place.signals) or any(at - came > PAGES_WITHIN_S for _, came in pages.values()):
            return None
        return self._text(place, tuple(pages[signal.name][0] for signal in place.signals))

    def _text(self, place: Place, raws: tuple[int | float, ...]) -> Found:
        point = place.point
        if point.type == "version":
            return Found(place, Decoded(".".join(f"{int(raw)}" for raw in raws)), raws)
        data = b"".join(_bytes(int(raw), signal) for raw, signal in zip(raws, place.signals, strict=True))
        decoded = self._hex(point, data) if point.type == "hex" else _ascii(data)
        return Found(place, decoded, raws)

    def _hex(self, point: Point, data: bytes) -> Decoded:
        for fix in point.fix:
            if fix.startswith("length:"):
                count = self.context.values.get(fix[7:])
                if not isinstance(count, float) or not 0 <= count <= len(data):
                    return Decoded(None, Quality.UNKNOWN, note="its length is not known")
                data = data[: int(count)]
        return Decoded(data.hex().upper()) if data else Decoded(None, Quality.UNKNOWN, note="empty")


def _bytes(raw: int, signal: Signal) -> bytes:
    """The bytes of a text, as they follow each other in the frame."""
    order = "little" if signal.byte_order == "little_endian" else "big"
    return (raw & (1 << signal.length) - 1).to_bytes(signal.length // 8, order)


def _ascii(data: bytes) -> Decoded:
    text = data.split(b"\0", 1)[0].decode("latin-1").strip()
    if not text:
        return Decoded(None, Quality.UNKNOWN, note="empty")
    if not text.isprintable() or not text.isascii():
        return Decoded(None, Quality.BAD, note="the text holds signs that are none")
    return Decoded(text)
