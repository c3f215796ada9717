"""A simulated SOLARMAN stick: any register bank over V5, on a TCP port of loopback, with every oddity switchable."""

from __future__ import annotations

import asyncio
import random
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from core.errors import LinkError
from core.linkurl import NETWORK_KINDS
from drivers.sim.faults import Fault, Injected
from drivers.sim.framing import RtuFraming, TcpFraming
from drivers.sim.lines import Port
from drivers.sim.listening import HOST, Listening
from drivers.sim.requests import exception
from drivers.sim.stick_beacon import StickBeacon
from drivers.sim.stick_quirks import Quirk, Quirks
from drivers.sim.writing import HungUp, Silence
from drivers.solarman import frames as v5
from drivers.solarman.discovery import PORT as SEARCH_PORT
from drivers.solarman.frames import Parser, V5Frame

OWN_PORT = NETWORK_KINDS["v5"]
V4_GREETING = bytes.fromhex("68 02 51 b1 04 03 02 01 04 03 02 01 01 00 18 16")
TEXT_NOISE = b"AT+YZCMPVER=MW3_16U_5406_2.32-D1\r\n\r\n"
FIRMWARE = b"LSW3_15_FFFF_1.0.9E (simulated)"
OTHER_PROGRAM = 0x80  # how far another program's sequence numbers are from ours
PART, PART_PAUSE_S = 9, 0.001  # bytes and seconds of a frame that drips
SOME_ERROR = 3


@dataclass(slots=True)
class Load:
    """How busy a stick is: each request adds one, ``a_second`` of them are worked off; beyond ``most`` it is mute."""

    a_second: float = 4.0
    most: float = 12.0
    step_s: float = 0.05
    level: float = 0.0
    at: float = 0.0

    def request(self) -> float | None:
        """Seconds that this request takes; None when it stays without an answer."""
        now = time.monotonic()
        self.level = max(0.0, self.level - (now - self.at) * self.a_second) + 1.0
        self.at = now
        return None if self.level > self.most else self.step_s * self.level


def serial_of(name: str) -> int:
    """The serial number of the stick on a line of this name: ten digits, always the same."""
    return 2_300_000_000 + zlib.crc32(name.encode()) % 100_000_000


class StickLine(Listening):
    """One stick. ``quirks`` and ``load`` may be changed while it runs; ``serial`` 0 makes one from the line's name.

    On the port that sticks have it answers to the search for sticks too, unless somebody else does so here: who hears
    such an answer connects to that port.
    """

    def __init__(self, port: Port, serial: int = 0, quirks: Quirks | None = None) -> None:
        super().__init__(port.number)
        self.port = port
        self.serial = serial or serial_of(port.name)
        self.quirks = quirks or Quirks()
        self.load = Load()
        self.beacon: StickBeacon | None = None
        self.connections = self.requests = 0
        self._counter = random.Random(port.name).randrange(256)
        self._on_since = time.monotonic() - 9641.0

    def address(self, number: int) -> str:
        """As ``v5://127.0.0.1:8899?serial=…``."""
        return f"v5://{HOST}:{number}?serial={self.serial}"

    async def open(self) -> None:
        """Listen; raise LinkError when the TCP port is taken."""
        await super().open()
        if self.port.number == OWN_PORT:
            beacon = StickBeacon(HOST, self.serial, number=SEARCH_PORT)
            with suppress(LinkError):  # taken: this stick keeps silent there, as some do
                await beacon.open()
                self.beacon = beacon

    async def close(self) -> None:
        """Stop listening and end every conversation."""
        if self.beacon is not None:
            await self.beacon.close()
        await super().close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        self.connections += 1
        await StickTalk(self, reader, writer).run()

    def frame(self, code: int, sequence: int, payload: bytes) -> bytes:
        """The next frame that the stick sends."""
        self._counter = (self._counter + 1) & 0xFF
        return v5.encode(code, sequence, self._counter, self.serial, payload)

    def times(self, struck: frozenset[Quirk]) -> tuple[int, int, int]:
        """Total working time, time since power-on, offset to Unix time."""
        power_on = int(time.monotonic() - self._on_since)
        working = 760_000 + power_on
        return working, power_on, 0 if Quirk.NO_CLOCK in struck else int(time.time()) - working


class StickTalk:
    """One client's conversation with the stick: requests are served one after the other."""

    def __init__(self, stick: StickLine, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._stick, self._reader, self._writer = stick, reader, writer
        self._parser = Parser()
        self._plain = bytearray()
        self._previous = 0  # sequence of the request before
        self._held = b""  # an answer that comes late

    async def run(self) -> None:
        """Serve until one of the two hangs up."""
        while data := await self._reader.read(4096):
            struck = self._stick.quirks.strike()
            if Quirk.V4 in struck:
                self._writer.write(V4_GREETING)
            elif Quirk.PLAIN in struck or Quirk.PLAIN_ECHO in struck:
                if not await self._serve_plain(data, echo=Quirk.PLAIN_ECHO in struck):
                    return
            elif not await self._serve(data, struck):
                return

    # -- V5 ----------------------------------------------------------------------------------------------------

    async def _serve(self, data: bytes, struck: frozenset[Quirk]) -> bool:
        for frame in self._parser.feed(data):
            if frame.code != v5.REQUEST or len(frame.payload) < 17:
                continue
            self._stick.requests += 1
            kept = await self._respond(frame, struck)
            self._previous = frame.sequence
            if not kept:
                return False
        return True

    async def _respond(self, request: V5Frame, struck: frozenset[Quirk]) -> bool:
        """Answer one request; False hangs up."""
        stick = self._stick
        if Quirk.SATURATION in struck:
            if (takes_s := stick.load.request()) is None:
                return True
            await asyncio.sleep(takes_s)
        named = request.serial != 0 or Quirk.SERIAL_STRICT in struck
        if named and request.serial != stick.serial:
            if struck.isdisjoint((Quirk.SERIAL_SILENCE, Quirk.SILENT)):
                await self._send(self._error(request, v5.WRONG_SERIAL, struck), struck)
            return True
        return Quirk.SILENT in struck or await self._ask_inverter(request, struck)

    async def _ask_inverter(self, request: V5Frame, struck: frozenset[Quirk]) -> bool:
        rtu = RtuFraming().take(bytearray(request.payload[15:]))
        served = self._stick.port.units.get(rtu.unit) if rtu else None
        faults = served.faults.strike() if served else {}
        if Fault.DELAY in faults:
            await asyncio.sleep(faults[Fault.DELAY].delay_s)
        if Fault.DISCONNECT in faults:
            return False
        if rtu is None or served is None or Fault.SILENCE in faults:  # the stick is there and says so
            await self._send(self._error(request, v5.INVERTER_SILENT, struck), struck)
            return True
        try:
            body = self._body(rtu.unit, rtu.body, faults)
        except Silence:
            await self._send(self._error(request, v5.INVERTER_SILENT, struck), struck)
            return True
        except HungUp:
            return False
        frame = self._answer((request.sequence + (Fault.WRONG_TRANSACTION in faults)) & 0xFF, body, struck)
        if Fault.NOISE in faults:
            frame = served.faults.spoil(frame)
        if Fault.TRUNCATED in faults:
            frame = frame[: len(frame) // 2]
        await self._send(self._dress(frame, request, rtu.unit, rtu.body, struck), struck)
        return True

    def _body(self, unit: int, body: bytes, faults: Mapping[Fault, Injected]) -> bytes:
        """The Modbus RTU answer."""
        if Fault.EXCEPTION in faults:
            said = exception(body[0], faults[Fault.EXCEPTION].code)
        else:
            said = self._stick.port.units[unit].answer(body)
        return RtuFraming().frame(unit % 247 + 1 if Fault.WRONG_UNIT in faults else unit, 0, said)

    def _answer(self, sequence: int, rtu: bytes, struck: frozenset[Quirk]) -> bytes:
        if Quirk.BAD_CRC in struck:
            rtu = rtu[:-1] + bytes((rtu[-1] ^ 0x5A,))
        if Quirk.DOUBLE_CRC in struck:
            rtu += b"\0\0"
        frame = self._stick.frame(v5.ANSWER, sequence, v5.answer_payload(rtu, *self._stick.times(struck)))
        if Quirk.BAD_CHECKSUM in struck:
            frame = frame[:-2] + bytes(((frame[-2] + 1) & 0xFF, v5.END))
        return frame

    def _error(self, request: V5Frame, code: int, struck: frozenset[Quirk]) -> bytes:
        payload = v5.answer_payload(bytes((code, 0)), *self._stick.times(struck))
        return self._stick.frame(v5.ANSWER, request.sequence, payload)

    def _dress(self, frame: bytes, request: V5Frame, unit: int, body: bytes, struck: frozenset[Quirk]) -> bytes:
        """Put around an answer, or in its place, what this stick says besides."""
        stick = self._stick
        for quirk, code in ((Quirk.ERROR_5, 5), (Quirk.ERROR_6, 6), (Quirk.ERROR_OTHER, SOME_ERROR)):
            if quirk in struck:
                frame = self._error(request, code, struck)
        if Quirk.LATE in struck:
            frame, self._held = self._held, frame
        elif self._held:
            frame, self._held = self._held + frame, b""
        if Quirk.GLUED in struck:
            frame = stick.frame(v5.REPORT, 0, bytes(40)) + frame + frame + self._beat()
        if Quirk.CROSSED in struck:
            frame = self._others(request.sequence + OTHER_PROGRAM, unit, body, 7, struck) + frame
        if Quirk.CROSSED_SAME in struck:
            frame = self._others(request.sequence, unit, body, 1, struck) + frame
        if Quirk.HELLO in struck:
            hello = FIRMWARE.ljust(130, b"\0")
            frame = stick.frame(v5.HELLO, 0, hello) + stick.frame(v5.DATA, 0, bytes(range(200))) + frame
        if Quirk.TEXT in struck:
            frame = TEXT_NOISE + frame
        if Quirk.HEARTBEAT_BEFORE in struck:
            frame = self._beat() + frame
        if Quirk.HEARTBEAT_AFTER in struck:
            frame += self._beat()
        return self._beat() if Quirk.HEARTBEAT_INSTEAD in struck else frame

    def _beat(self) -> bytes:
        return self._stick.frame(v5.HEARTBEAT, self._previous, b"\0")

    def _others(self, sequence: int, unit: int, body: bytes, more: int, struck: frozenset[Quirk]) -> bytes:
        """What another program has been answered: the same function, registers that are not those asked for here."""
        count = 1 + (body[4] + more) % 100 if len(body) > 4 else 1
        said = bytes((body[0], 2 * count)) + bytes((0xDE, 0xAD)) * count
        return self._answer(sequence & 0xFF, RtuFraming().frame(unit, 0, said), struck - {Quirk.DOUBLE_CRC})

    async def _send(self, data: bytes, struck: frozenset[Quirk]) -> None:
        step = PART if Quirk.DRIP in struck else max(1, len(data))
        for at in range(0, len(data), step):
            self._writer.write(data[at : at + step])
            await self._writer.drain()
            if step < len(data):
                await asyncio.sleep(PART_PAUSE_S)

    # -- plain Modbus TCP --------------------------------------------------------------------------------------

    async def _serve_plain(self, data: bytes, echo: bool) -> bool:
        """Serve Modbus TCP. A transparent stick takes a V5 request for it and refuses a function that is none."""
        if data[:1] == bytes((v5.START,)) and data[3:5] == v5.REQUEST.to_bytes(2, "little"):
            if echo:
                await self._send(data[:5] + bytes((3, data[6], 0x80, 1)), frozenset())
            return True
        framing = TcpFraming()
        self._plain += data
        while (request := framing.take(self._plain)) is not None:
            self._stick.requests += 1
            served = self._stick.port.units.get(request.unit)
            if served is None:
                continue
            faults = served.faults.strike()
            if Fault.DELAY in faults:
                await asyncio.sleep(faults[Fault.DELAY].delay_s)
            if Fault.DISCONNECT in faults:
                return False
            if Fault.SILENCE in faults:
                continue
            try:
                said = served.answer(request.body)
            except Silence:
                continue
            except HungUp:
                return False
            await self._send(framing.frame(request.unit, request.transaction, said), frozenset())
        return True
