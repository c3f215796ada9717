"""One connection of a charging station: the routes of the ``ocpp`` package, our answers, one call at a time.

Lives in the line's event loop. Schemas are not enforced on what comes in: EVlink stations alone break them with their
serial numbers, and every value is examined where it is used.
"""

# The ocpp package annotates its decorators and helpers in part only.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ocpp.charge_point import remove_nones, serialize_as_dict, snake_to_camel_case
from ocpp.exceptions import OCPPError
from ocpp.messages import Call
from ocpp.routing import after, on
from ocpp.v16 import ChargePoint, call_result
from ocpp.v16.datatypes import IdTagInfo
from ocpp.v16.enums import Action, AuthorizationStatus, DataTransferStatus, RegistrationStatus
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from core.errors import DecodeError, DeviceError, LinkError, NotSent
from core.frames import FrameRing, Outcome
from core.protocols import Clock
from core.writing.orders import Exchange
from drivers.ocpp.image import Origin
from drivers.ocpp.messages import CALL, ERROR, Message, Payload, kept, parse, sent_as, stamp, word, wordless
from drivers.ocpp.station import ACCEPTED, Station

log = logging.getLogger(__name__)

HEARTBEAT_S = 180  # what EVlink stations do by themselves
ANSWER_WITHIN_S = 30.0
BURST, A_SECOND = 1000, 100.0  # messages: after an outage many come at once
LONG = 4096  # characters: a longer message counts as several
MOST_PRIVATE = 64  # calls with a password whose late answers are still known as such
_ROUTES: set[str] = {str(action.value) for action in Action}


class Wire(Protocol):
    """What a session needs of a WebSocket connection."""

    @property
    def state(self) -> State:
        """Whether it is open, as far as one knows."""
        ...

    async def send(self, message: str) -> None:
        """Send a text."""
        ...

    async def recv(self) -> str | bytes:
        """Receive one message; raise ConnectionClosed at the end."""
        ...


@dataclass(slots=True)
class Tally:
    """Messages of a line since its start."""

    requests: int = 0
    answered: int = 0
    refused: int = 0
    silent: int = 0
    damaged: int = 0
    reconnects: int = 0


class _Quiet(logging.Logger):
    """Takes the place of the package's log, which holds whole messages, passwords too."""

    def __init__(self) -> None:
        super().__init__("ocpp of a station", logging.CRITICAL + 1)

    def exception(self, msg: object, *args: object, exc_info: Any = True, **named: Any) -> None:
        """A handler has failed: the traceback without the message."""
        del msg, args, named
        log.error("a message of a charging station could not be handled", exc_info=exc_info)


class Silence(DeviceError):
    """No answer has come in time: nobody knows whether the call was taken."""


class Refusal(DeviceError):
    """The station has refused the call itself; ``word`` is its code (``NotImplemented``, …)."""

    def __init__(self, message: str, word: str) -> None:
        super().__init__(message)
        self.word = word


@dataclass(slots=True)
class Trail:
    """What one call leaves behind. ``begin`` is called just before it goes out, and keeps it back by raising.

    ``private``: it holds a password. ``frames`` are the numbers of the call and of its answer in the ring.
    """

    begin: Callable[[], None]
    private: bool = False
    frames: list[int] = field(default_factory=list[int])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a station answered, and where that stands in the ring."""

    payload: Payload
    origin: Origin


class Session(ChargePoint):
    """Answers what the station asks, and asks it in turn."""

    def __init__(
        self,
        station: Station,
        wire: Wire,
        *,
        frames: FrameRing,
        clock: Clock,
        tally: Tally,
        booted: Callable[[], None],
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        super().__init__(station.identity, wire, logger=_Quiet())
        self.station = station
        self._frames, self._clock, self._tally, self._booted = frames, clock, tally, booted
        self._within_s = answer_within_s
        self._origin = Origin(0, 0.0)
        self._payload: Payload = {}
        self._asking = asyncio.Lock()
        self._awaited: tuple[str, asyncio.Future[Message]] | None = None
        self._private: deque[str] = deque(maxlen=MOST_PRIVATE)  # calls with a password, which an answer may repeat
        self._answer_frame = 0
        self.over = False
        self.last_answer = Origin(0, 0.0)
        self._credit, self._credited = float(BURST), 0.0

    # -- what comes in ---------------------------------------------------------------------------------------------

    async def route_message(self, raw_msg: str | bytes) -> None:
        """Take one message; nothing that a station can send gets out of here as an error."""
        await self._pace(len(raw_msg))
        now = self._clock.now()
        try:
            message = parse(raw_msg)
        except DecodeError as err:
            self._tally.damaged += 1
            self._note(raw_msg, now, Outcome.DAMAGED, str(err))
            return
        self.station.last_frame = now
        self.station.calls += 1
        if message.kind != CALL:
            self._answered(message, raw_msg, now)
            return
        self._origin = Origin(self._note(raw_msg, now, Outcome.HEARD, message.action), now)
        self._payload = message.payload
        self._tally.requests += 1
        self.station.alive(now, self._clock.ticks())
        call = Call(message.id, message.action if message.action in _ROUTES else "", message.payload)
        try:
            await self._handle_call(call)
        except OCPPError as err:  # an action that nobody has asked for
            await self._send(call.create_call_error(err).to_json())
        else:
            self._tally.answered += 1
            return
        self._tally.refused += 1

    def _answered(self, message: Message, raw: str | bytes, now: float) -> None:
        awaited, refused = self._awaited, message.kind == ERROR
        if message.id in self._private:
            message = wordless(message)
            raw = sent_as(message)
        if awaited is None or message.id != awaited[0] or awaited[1].done():
            self._note(raw, now, Outcome.FOREIGN, "nothing was asked under this number, or too long ago")
            return
        note = f"{message.code}: {message.text}".strip(": ") if refused else ""
        self._answer_frame = self._note(raw, now, Outcome.REFUSED if refused else Outcome.ANSWERED, note)
        awaited[1].set_result(message)

    async def _pace(self, length: int) -> None:
        """A station that floods is read more slowly; what waits, waits on its side."""
        ticks = self._clock.ticks()
        self._credit = min(float(BURST), self._credit + (ticks - self._credited) * A_SECOND)
        self._credited = ticks
        self._credit -= 1.0 + length / LONG
        if self._credit < 0.0:
            await asyncio.sleep(min(1.0, -self._credit / A_SECOND))

    # -- what goes out ---------------------------------------------------------------------------------------------

    async def request(self, payload: object, trail: Trail | None = None) -> Answer:
        """Ask the station: ``payload`` is one of ``ocpp.v16.call``.

        Raises Refusal when it refuses, Silence when it does not answer, LinkError when the connection ends, NotSent
        when it had ended before, and what ``begin`` of the trail raises.
        """
        action = type(payload).__name__
        content = snake_to_camel_case(remove_nones(serialize_as_dict(payload)))
        async with self._asking:
            if trail is not None:
                trail.begin()
            if self._connection.state is not State.OPEN:
                raise NotSent(f"the connection to the charging station {self.id} has ended")
            call = Call(str(self._unique_id_generator()), action, content)
            waiting: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
            self._awaited = call.unique_id, waiting
            text = call.to_json()
            shown = kept(text, hide=trail is not None and trail.private, secrets=self.station.secret_keys)
            if shown != text.encode():
                self._private.append(call.unique_id)
            sent = self._note_sent(shown)
            if trail is not None:
                trail.frames.append(sent)
            try:
                await self._deliver(text)
                message = await asyncio.wait_for(waiting, self._within_s)
            except TimeoutError:
                self._tally.silent += 1
                raise Silence(
                    f"the charging station {self.id} does not answer {action} within {self._within_s:g} s"
                ) from None
            finally:
                self._awaited = None
                if waiting.done() and not waiting.cancelled():
                    waiting.exception()  # seen: the connection may have ended while the call was going out
            if trail is not None:
                trail.frames.append(self._answer_frame)
            if message.kind == ERROR:
                self._tally.refused += 1
                raise Refusal(f"the charging station {self.id} refuses {action}: {_why(message)}", message.code)
            self.last_answer = Origin(self._answer_frame, self._clock.now())
            return Answer(message.payload, self.last_answer)

    def exchanges(self, trail: Trail) -> tuple[Exchange, ...]:
        """The call of a trail and its answer, as the ring has them."""
        frames = [frame for number in trail.frames if (frame := self._frames.find(number)) is not None]
        return tuple(Exchange(frame.number, frame.at, frame.sent, frame.received, frame.note) for frame in frames)

    def cut_off(self, trail: Trail, why: str) -> None:
        """Keep in the ring that a call went out and that its answer can come no more."""
        for exchange in self.exchanges(trail)[:1]:
            self._frames.add(
                at=exchange.at, sent=exchange.sent, received=b"", took_s=0.0, outcome=Outcome.LINK_DOWN, note=why
            )

    def end(self) -> None:
        """The connection is over: whoever waits for an answer hears it."""
        self.over = True
        if self._awaited is not None and not self._awaited[1].done():
            self._awaited[1].set_exception(LinkError(f"the connection to the charging station {self.id} has ended"))
            self._awaited[
                1
            ].exception()  # seen: who waits may have been cancelled meanwhile, and asyncio would complain

    async def _send(self, message: str) -> None:
        self._note_sent(kept(message, secrets=self.station.secret_keys))
        await self._deliver(message)

    async def _deliver(self, message: str) -> None:
        try:
            await self._connection.send(message)
        except (OSError, ConnectionClosed) as err:
            raise LinkError(f"the connection to the charging station {self.id} has ended") from err

    def _note_sent(self, shown: bytes) -> int:
        return self._frames.add(
            at=self._clock.now(), sent=shown, received=b"", took_s=0.0, outcome=Outcome.SENT, note=""
        )

    def _note(self, raw: str | bytes, now: float, outcome: Outcome, note: str = "") -> int:
        shown = kept(raw, secrets=self.station.secret_keys)
        return self._frames.add(at=now, sent=b"", received=shown, took_s=0.0, outcome=outcome, note=note)

    # -- what a station may ask; the fields stand in ``_payload``, unchanged ------------------------------------------

    @on(Action.boot_notification, skip_schema_validation=True)
    def on_boot_notification(self, **_: object) -> call_result.BootNotification:
        """It has been switched on, or restarted."""
        self.station.booted(self._payload, self._origin)
        return call_result.BootNotification(stamp(self._clock.now()), HEARTBEAT_S, RegistrationStatus.accepted)

    @after(Action.boot_notification)
    def after_boot_notification(self, **_: object) -> None:
        """The set-up comes after the answer: a call within a handler would wait for itself."""
        self._booted()

    @on(Action.heartbeat, skip_schema_validation=True)
    def on_heartbeat(self, **_: object) -> call_result.Heartbeat:
        """It lives, and wants the time."""
        return call_result.Heartbeat(stamp(self._clock.now()))

    @on(Action.status_notification, skip_schema_validation=True)
    def on_status_notification(self, **_: object) -> call_result.StatusNotification:
        """A connector has changed."""
        self.station.told_status(self._payload, self._origin)
        return call_result.StatusNotification()

    @on(Action.meter_values, skip_schema_validation=True)
    def on_meter_values(self, **_: object) -> call_result.MeterValues:
        """Measured values."""
        self.station.metered(self._payload, self._origin)
        return call_result.MeterValues()

    @on(Action.authorize, skip_schema_validation=True)
    def on_authorize(self, **_: object) -> call_result.Authorize:
        """May this badge charge?"""
        return call_result.Authorize(_tag_info(self.station.authorise(word(self._payload.get("idTag")))))

    @on(Action.start_transaction, skip_schema_validation=True)
    def on_start_transaction(self, **_: object) -> call_result.StartTransaction:
        """A session begins; without a number on disk it is not answered, and the station asks again."""
        number, status = self.station.started(self._payload, self._origin)
        return call_result.StartTransaction(number, _tag_info(status))

    @on(Action.stop_transaction, skip_schema_validation=True)
    def on_stop_transaction(self, **_: object) -> call_result.StopTransaction:
        """A session has ended: always accepted, or the station would repeat it for ever."""
        try:
            self.station.stopped(self._payload, self._origin)
        except LinkError:
            log.exception("station %s: the end of a transaction is lost", self.id)
        return call_result.StopTransaction(_tag_info(ACCEPTED))

    @on(Action.data_transfer, skip_schema_validation=True)
    def on_data_transfer(self, **_: object) -> call_result.DataTransfer:
        """A maker's own message: kept in the ring, of no meaning here."""
        return call_result.DataTransfer(DataTransferStatus.unknown_vendor_id)

    @on(Action.diagnostics_status_notification, skip_schema_validation=True)
    def on_diagnostics_status(self, **_: object) -> call_result.DiagnosticsStatusNotification:
        """How the upload of its log goes."""
        self.station.told(Action.diagnostics_status_notification.value, self._payload, self._origin)
        return call_result.DiagnosticsStatusNotification()

    @on(Action.firmware_status_notification, skip_schema_validation=True)
    def on_firmware_status(self, **_: object) -> call_result.FirmwareStatusNotification:
        """How its update goes."""
        self.station.told(Action.firmware_status_notification.value, self._payload, self._origin)
        return call_result.FirmwareStatusNotification()


def _tag_info(status: str) -> IdTagInfo:
    return IdTagInfo(AuthorizationStatus(status))


def _why(message: Message) -> str:
    """The words of a refusal, as a sentence's end."""
    known = {
        "NotImplemented": "it does not know this order",
        "NotSupported": "it does not support this order",
        "NotImplementedError": "it does not know this order",
    }
    return (
        known.get(message.code) or ": ".join(part for part in (message.code, message.text[:200]) if part) or "no reason"
    )
