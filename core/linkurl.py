"""The address of a line: ``tcp://host:502``, ``rtu:///dev/ttyUSB0?baud=9600&parity=N&stop=1``, ``rtu+tcp://host:port``,
``v5://host[:8899]?serial=N``, ``can://INTERFACE/CHANNEL?bitrate=250000&dbc=FILE``, ``ocpp://bind-address:port/``."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from core.errors import ProfileError

NETWORK_KINDS = {"tcp": 502, "rtu+tcp": 502, "v5": 8899, "ocpp": 8887}
KNOWN_SETTINGS = {"tcp": (), "rtu+tcp": (), "v5": ("serial", "unit"), "ocpp": ("cert", "key")}
CAN_INTERFACES = ("socketcan", "slcan", "pcan", "kvaser", "vector", "gs_usb", "virtual", "udp_multicast")
CAN_BITRATES = (10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000)
MOST_SERIAL = 0xFFFFFFFF
SERIAL_SETTINGS = {"baud": 9600, "parity": "N", "stop": 1, "bits": 8}
BAUDS = (300, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


@dataclass(frozen=True, slots=True)
class LinkUrl:
    """A parsed line. ``host`` and ``port`` for a network line (for OCPP: where it listens; port 0 takes a free one),
    ``device`` for a serial port; for CAN ``host`` is the interface and ``device`` the channel. ``given`` are the
    settings that stand in the address itself (the others come from the profile or the defaults)."""

    kind: str
    text: str
    host: str = ""
    port: int = 0
    device: str = ""
    given: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def short(self) -> str:
        """For people: ``192.168.1.43:502``, ``COM3`` or ``can0 (socketcan)``."""
        if self.kind == "can":
            return f"{self.device} ({self.host})"
        return self.device or f"{self.host}:{self.port}"

    @property
    def serial_number(self) -> int:
        """Of a SOLARMAN stick; 0 when the address does not say it."""
        return int(self.given.get("serial", "0"))

    @property
    def bitrate(self) -> int | None:
        """Of a CAN bus, bit/s; None when the address leaves it to the profile."""
        return int(self.given["bitrate"]) if "bitrate" in self.given else None

    def serial(self, profile: dict[str, str | int] | None = None) -> dict[str, str | int]:
        """Speed, parity, stop and data bits: the address first, then the profile, then 9600 8N1."""
        settings: dict[str, str | int] = {**SERIAL_SETTINGS, **(profile or {})}
        for name, value in self.given.items():
            if name in SERIAL_SETTINGS:
                settings[name] = value if name == "parity" else int(value)
        return settings


def parse_link(text: str) -> LinkUrl:
    """Read a link address; raise ProfileError with one sentence."""
    kind, mark, _rest = text.partition("://")
    if not mark:
        raise ProfileError(
            f"{text!r} is not a link; write for example tcp://192.168.1.20:502 or rtu:///dev/ttyUSB0?baud=9600"
        )
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ProfileError(f"{text!r} is not an address") from None
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if kind == "rtu":
        device = unquote(parts.netloc + parts.path)
        if not device:
            raise ProfileError(f"{text!r} names no serial port")
        _check_serial(text, given)
        return LinkUrl(kind, text, device=device, given=given)
    if kind == "can":
        return _can(text, parts.netloc, unquote(parts.path), given)
    if kind not in NETWORK_KINDS:
        raise ProfileError(f"{text!r}: unknown kind of link {kind!r}; known are rtu, can, {', '.join(NETWORK_KINDS)}")
    try:
        port = parts.port if parts.port is not None else NETWORK_KINDS[kind]
    except ValueError:
        raise ProfileError(f"{text!r}: the port must be a number from 1 to 65535") from None
    if any(character.isspace() for character in text):
        raise ProfileError(f"{text!r} holds a blank")
    if not parts.hostname:
        raise ProfileError(f"{text!r} names no host")
    if port == 0 and kind != "ocpp":
        raise ProfileError(f"{text!r}: the port must be a number from 1 to 65535")
    _check_network(text, kind, given)
    return LinkUrl(kind, text, host=parts.hostname, port=port, given=given)


def _check_network(text: str, kind: str, given: dict[str, str]) -> None:
    for name, value in given.items():
        if name not in KNOWN_SETTINGS[kind]:
            known = ", ".join(KNOWN_SETTINGS[kind]) or "none"
            raise ProfileError(f"{text!r}: unknown setting {name!r}; known are {known}")
        number = int(value) if value.isascii() and value.isdecimal() else -1
        if name == "serial" and not 0 <= number <= MOST_SERIAL:
            raise ProfileError(f"{text!r}: serial must be the number printed on the stick, at most 10 digits")
        if name == "unit" and not 0 <= number <= 255:
            raise ProfileError(f"{text!r}: unit must be from 0 to 255")
    if kind == "ocpp" and ("cert" in given) != ("key" in given):
        raise ProfileError(f"{text!r}: cert and key go together")


def _can(text: str, interface: str, path: str, given: dict[str, str]) -> LinkUrl:
    """``can://slcan/COM5``, ``can://slcan//dev/ttyACM0``: the channel is what follows the first slash."""
    if interface not in CAN_INTERFACES:
        raise ProfileError(f"{text!r}: unknown CAN interface {interface!r}; known are {', '.join(CAN_INTERFACES)}")
    channel = path.removeprefix("/")
    if not channel:
        raise ProfileError(f"{text!r} names no channel; write for example can://socketcan/can0 or can://slcan/COM5")
    for name, value in given.items():
        if name not in ("bitrate", "dbc"):
            raise ProfileError(f"{text!r}: unknown setting {name!r}; known are bitrate, dbc")
        if name == "bitrate" and (not (value.isascii() and value.isdecimal()) or int(value) not in CAN_BITRATES):
            raise ProfileError(f"{text!r}: bitrate must be one of {', '.join(map(str, CAN_BITRATES))}")
    return LinkUrl("can", text, host=interface, device=channel, given=given)


def _check_serial(text: str, given: dict[str, str]) -> None:
    for name, value in given.items():
        if name == "baud" and (not (value.isascii() and value.isdecimal()) or int(value) not in BAUDS):
            raise ProfileError(f"{text!r}: baud must be one of {', '.join(map(str, BAUDS))}")
        if name == "parity" and value not in ("N", "E", "O"):
            raise ProfileError(f"{text!r}: parity must be N, E or O")
        if name == "stop" and value not in ("1", "2"):
            raise ProfileError(f"{text!r}: stop must be 1 or 2")
        if name == "bits" and value not in ("7", "8"):
            raise ProfileError(f"{text!r}: bits must be 7 or 8")
        if name not in SERIAL_SETTINGS:
            raise ProfileError(f"{text!r}: unknown setting {name!r}; known are {', '.join(SERIAL_SETTINGS)}")
