"""What real SOLARMAN sticks do besides answering, switchable on a simulated one while it runs."""

from __future__ import annotations

import random
import threading
from enum import StrEnum


class Quirk(StrEnum):
    """One oddity of a stick. Several may be on at the same time."""

    SERIAL_SILENCE = "serial silence"  # a wrong serial number is met with silence instead of error 6
    SERIAL_STRICT = "serial strict"  # serial number 0 is a wrong one too
    ERROR_5 = "error 5"  # "the inverter does not answer" in place of every answer
    ERROR_6 = "error 6"
    ERROR_OTHER = "error other"  # error 3, which nobody has explained
    DOUBLE_CRC = "double crc"  # two zero bytes behind the Modbus checksum
    HEARTBEAT_BEFORE = "heartbeat before"
    HEARTBEAT_AFTER = "heartbeat after"
    HEARTBEAT_INSTEAD = "heartbeat instead"
    HELLO = "hello"  # its greeting to the cloud, and a data push, before the answer
    LATE = "late"  # an answer comes only with the next one, before it
    CROSSED = "crossed"  # another program's answer before ours, under its own sequence
    CROSSED_SAME = "crossed same"  # another program's answer before ours, under our sequence, another byte count
    DRIP = "drip"  # a frame comes in small parts
    GLUED = "glued"  # report, answer, the answer again and a heartbeat in one piece
    TEXT = "text"  # lines of AT+… before the answer
    SILENT = "silent"  # connects, never answers
    PLAIN = "plain"  # speaks Modbus TCP, silent to V5
    PLAIN_ECHO = "plain echo"  # speaks Modbus TCP and takes V5 for it
    NO_CLOCK = "no clock"
    BAD_CHECKSUM = "bad checksum"
    BAD_CRC = "bad crc"  # the sum of the V5 frame is right, the Modbus checksum is not
    SATURATION = "saturation"  # the faster it is asked the slower it answers, and in the end not at all
    V4 = "v4"  # an older stick


class Quirks:
    """Which oddities are on, each with its probability. Any thread switches them; the server's thread asks."""

    def __init__(self, seed: int = 1) -> None:
        self._dice = random.Random(seed)
        self._on: dict[Quirk, float] = {}
        self._lock = threading.Lock()

    def on(self, *quirks: Quirk, probability: float = 1.0) -> None:
        """Switch some on; each then strikes an exchange with this probability."""
        with self._lock:
            self._on.update(dict.fromkeys(quirks, probability))

    def off(self, *quirks: Quirk) -> None:
        """Switch some off; without arguments all of them."""
        with self._lock:
            for quirk in quirks or tuple(self._on):
                self._on.pop(quirk, None)

    def strike(self) -> frozenset[Quirk]:
        """Those that hit this exchange."""
        with self._lock:
            return frozenset(quirk for quirk, chance in self._on.items() if self._dice.random() < chance)
