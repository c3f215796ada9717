"""The configuration of a charging station as parameters: keys read now on request, and changed once, as reviewed.

Runs in the line's event loop. What decides whether a write may be sent is the desk (``core.writing``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from ocpp.v16 import call

from core.errors import CommandRefused, DecodeError, LinkError
from core.points import Point, PointKey, Quality, Reading, Value
from core.writing.orders import Order, Sent
from drivers.ocpp.configuration import unknown_in
from drivers.ocpp.image import KEYS, Origin
from drivers.ocpp.keytext import text_of
from drivers.ocpp.messages import NOT_TAKEN, REFUSING, TAKEN, word
from drivers.ocpp.session import Answer, Refusal, Session, Silence, Trail
from drivers.ocpp.setup import keys_at_once
from drivers.ocpp.station import Station

NO_SUCH_KEY = "the station has no such key"
UNTOLD = "the station does not tell this key"
NOT_YET = "the station has not told this yet"
AFTER_RESTART = "takes effect after a restart of the station"

UNKNOWN_CALL = ("NotImplemented", "NotSupported")
_WHY = {"Rejected": "it does not take this value", "NotSupported": "it has no such key"}
_WORDS = {status.lower(): status for status in TAKEN | NOT_TAKEN}

Begin = Callable[[], None]
"""Called before the first request goes out; raises CommandRefused when nobody waits for it any more."""


class Settings:
    """The parameters of one device of a station."""

    def __init__(self, station: Station, device: str) -> None:
        self._station, self._device = station, device

    # -- reading -------------------------------------------------------------------------------------------------

    async def fetch(self, session: Session | None, points: Sequence[Point], begin: Begin) -> tuple[Reading, ...]:
        """Ask for the keys now; what else a station tells by itself is answered as it last told it.

        Raises CommandRefused (it is not connected), DeviceError (silence) and LinkError.
        """
        keys = {self._key(point): point for point in points if point.path.startswith(KEYS)}
        elsewhere = self._elsewhere()
        found: dict[str, Reading] = {}
        if elsewhere:
            found = {point.id: self._nothing(point, elsewhere) for point in keys.values()}
        elif keys:
            found = await self._ask(self._connected(session), keys, begin)
        return tuple(found.get(point.id) or self._told(point) for point in points)

    async def _ask(self, session: Session, keys: dict[str, Point], begin: Begin) -> dict[str, Reading]:
        """Every key in as few requests as the station answers in full."""
        found: dict[str, Reading] = {}
        wanted: list[str] = list(keys)
        most = keys_at_once(self._station)
        while wanted:
            page = wanted[:most]
            names = [self._name(keys[key]) for key in page]
            trail = Trail(begin)
            try:
                answer = await session.request(call.GetConfiguration(key=names), trail)
            except Refusal as err:
                if err.word in UNKNOWN_CALL:
                    raise
                if len(page) > 1:  # one of them is to blame: each by itself
                    most = 1
                    continue
                refusal = session.exchanges(trail)[-1]
                origin = Origin(refusal.number, refusal.at)
                found[keys[page[0]].id] = self._station.lacking(keys[page[0]], origin, str(err))
                wanted = wanted[1:]
                continue
            answered = self._take(answer, {key: keys[key] for key in page})
            left = [key for key in page if keys[key].id not in answered]
            found |= answered
            if left and answered:  # it answers no more of them at once
                most = len(answered)
                wanted = [*left, *wanted[len(page) :]]
                continue
            found |= {keys[key].id: self._station.lacking(keys[key], answer.origin, UNTOLD) for key in left}
            wanted = wanted[len(page) :]
        return found

    def _take(self, answer: Answer, asked: dict[str, Point]) -> dict[str, Reading]:
        """What one answer says of the keys that were asked for; nothing that was told before counts."""
        told = {entry.key.lower() for entry in self._station.configured(answer.payload, answer.origin, complete=False)}
        none_such = unknown_in(answer.payload) - told
        found: dict[str, Reading] = {}
        for key, point in asked.items():
            if key in told:
                reading = self._newest(point)
                found[point.id] = reading or self._nothing(point, UNTOLD, answer.origin.at)
            elif key in none_such:
                found[point.id] = self._nothing(point, NO_SUCH_KEY, answer.origin.at)
        return found

    def _told(self, point: Point) -> Reading:
        return self._newest(point) or self._nothing(point, NOT_YET)

    def _newest(self, point: Point) -> Reading | None:
        image = self._station.image(self._device)
        return image.newest.get(point.id) if image is not None else None

    def _nothing(self, point: Point, why: str, at: float | None = None) -> Reading:
        key = PointKey(self._device, point.id)
        return Reading(key, None, at or self._station.last_frame or 0.0, point.unit, Quality.BAD, None, why)

    # -- writing -------------------------------------------------------------------------------------------------

    async def write(self, session: Session | None, order: Order, begin: Begin) -> Sent:
        """Change one key, once. Raises CommandRefused (nothing was sent) and LinkError (nobody knows)."""
        live = self._connected(session)
        point, request = self._request(order)

        def still() -> None:
            self._connected(live)
            begin()

        trail = Trail(still, private=point.secret)
        try:
            answer = await live.request(request, trail)
            sent = _outcome(word(answer.payload.get("status")))
        except Silence as err:
            sent = Sent((), answered=False, note=str(err))
        except Refusal as err:
            perhaps = err.word not in REFUSING
            sent = Sent((), answered=False, note=str(err)) if perhaps else Sent((), refused=str(err))
        except LinkError as err:
            live.cut_off(trail, str(err))
            raise
        except asyncio.CancelledError:
            live.cut_off(trail, "the line is being closed")
            raise
        return replace(sent, exchanges=live.exchanges(trail))

    def _request(self, order: Order) -> tuple[Point, call.ChangeConfiguration]:
        """The call that an order makes; raise CommandRefused when there is none."""
        if len(order.values) != 1:
            raise CommandRefused("a charging station takes one key at a time")
        ((point, value),) = order.values
        if not point.path.startswith(KEYS):
            raise CommandRefused("this is no key of the station's configuration")
        if elsewhere := self._elsewhere():
            raise CommandRefused(elsewhere)
        if self._key(point) in self._station.configuration.unknown:
            raise CommandRefused(NO_SUCH_KEY)
        entry = self._station.configuration.find(self._key(point))
        if entry is not None and entry.readonly:
            raise CommandRefused(f"the key {entry.key} is read-only")
        return point, call.ChangeConfiguration(key=self._name(point), value=self._text(point, value))

    def _text(self, point: Point, value: Value) -> str:
        entry = self._station.configuration.find(self._key(point))
        try:
            return text_of(point, value, entry.value if entry is not None else None)
        except (DecodeError, ArithmeticError, ValueError) as err:
            raise CommandRefused(f"this cannot be put into words of the station: {err}") from err

    # -- the station ---------------------------------------------------------------------------------------------

    def _connected(self, session: Session | None) -> Session:
        if session is None or session.over:
            raise CommandRefused(f"the charging station {self._station.identity} is not connected")
        return session

    def _elsewhere(self) -> str:
        """Why the configuration is not this device's: it belongs to the station, and to its first device here."""
        main = self._station.main
        if main is None or main.device.id == self._device:
            return ""
        return f"the configuration of this station is with {main.device.title!r}"

    def _key(self, point: Point) -> str:
        return point.path.removeprefix(KEYS).lower()

    def _name(self, point: Point) -> str:
        """The key as the station spells it, or else the profile."""
        entry = self._station.configuration.find(self._key(point))
        return entry.key if entry is not None else point.path.removeprefix(KEYS)


def _outcome(said: str) -> Sent:
    """What the status of an answer to ChangeConfiguration means."""
    status = _WORDS.get(said.lower(), "")
    if status in NOT_TAKEN:
        return Sent((), refused=f"it answers {status}: {_WHY[status]}")
    if status not in TAKEN:
        return Sent((), answered=False, note=f"it answers {said[:40]!r}, which is no answer of OCPP")
    return Sent((), note=AFTER_RESTART if status == "RebootRequired" else "")
