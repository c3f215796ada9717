"""How a CAN bus is doing: load, errors, losses, identifiers that nobody knows. One thread feeds it."""

from __future__ import annotations

from dataclasses import replace

from core.config import DeviceConfig, LinkConfig
from core.status import BusHealth
from drivers.can.bus import Heard, Sign
from drivers.can.frames import CanFrame

EVERY_S = 1.0
MOST_UNKNOWN = 256  # identifiers that are counted; a bus of noise must not fill the memory
SHOWN_UNKNOWN = 32


def bits_of(frame: CanFrame) -> float:
    """Bits that a frame takes on the wire, its pause included.

    Stuff bits are estimated as half of the worst case (one after each four bits of the part that is stuffed).
    """
    data = 8 * len(frame.data)
    fixed, stuffed = (67, 54) if frame.extended else (47, 34)
    return fixed + data + (stuffed + data - 1) / 8


class BusMeter:
    """Counts what passes; ``health`` is brought up to date each second. All times are monotonic seconds."""

    def __init__(self, bitrate: int, ticks: float) -> None:
        self.health = BusHealth()
        self._bitrate = bitrate
        self._bits = 0.0
        self._frames = self._errors = self._lost = self._sent = self._adapter_lost = 0
        self._unknown: dict[int, int] = {}
        self._sign: Sign | None = None
        self._rx: int | None = None
        self._tx: int | None = None
        self._silent = False
        self._since = ticks
        self.frames = 0  # heard since the start

    @property
    def heard_any(self) -> bool:
        """Whether anything at all has been heard."""
        return self.frames > 0

    @property
    def sign(self) -> Sign | None:
        """What the controller last said of the bus."""
        return self._sign

    def opened(self, silent: bool, ticks: float) -> None:
        """A new life of the adapter."""
        self._sign = self._rx = self._tx = None
        self._silent = silent
        self._lost, self._adapter_lost = self._lost + self._adapter_lost, 0
        self._frames, self._bits, self._since = 0, 0.0, ticks
        self.health = replace(self.health, load=0.0, frames_a_second=0.0, state="unknown", silent_adapter=silent)

    def closed(self) -> None:
        """The adapter is gone: nothing passes."""
        self._lost, self._adapter_lost = self._lost + self._adapter_lost, 0
        state = str(self._sign) if self._sign is not None else "unknown"
        self.health = replace(
            self.health, load=0.0, frames_a_second=0.0, state=state, error_frames=self._errors, dropped=self._lost
        )

    def heard(self, heard: Heard) -> None:
        """Count what came; unknown identifiers are counted by ``unknown``."""
        self._lost += heard.lost
        if heard.error:
            self._errors += 1
        if heard.sign is not None:
            self._sign = heard.sign
        if heard.rx_errors is not None:
            self._rx, self._tx = heard.rx_errors, heard.tx_errors
        if heard.frame is not None:
            self.frames += 1
            self._passed(heard.frame)

    def unknown(self, key: int) -> None:
        """Count an identifier that no profile of the bus knows (bit 31 set: 29 bits)."""
        if key in self._unknown or len(self._unknown) < MOST_UNKNOWN:
            self._unknown[key] = self._unknown.get(key, 0) + 1

    def missed(self, count: int) -> None:
        """Count frames that a device has sent and that never came."""
        self._lost += count

    def sent(self, frame: CanFrame) -> None:
        """Count a frame of ours."""
        self._sent += 1
        self._passed(frame)

    def due(self, ticks: float) -> bool:
        """Whether a second has passed."""
        return ticks - self._since >= EVERY_S

    def update(self, ticks: float, sign: Sign | None = None, adapter_lost: int = 0) -> BusHealth:
        """Sum the last second up; ``sign`` and ``adapter_lost`` are what the adapter itself says, where it does."""
        over = max(ticks - self._since, 1e-3)
        if sign is not None:
            self._sign = sign
        self._adapter_lost = max(self._adapter_lost, adapter_lost)
        often = sorted(self._unknown.items(), key=lambda entry: (-entry[1], entry[0]))[:SHOWN_UNKNOWN]
        self.health = BusHealth(
            load=min(1.0, self._bits / (self._bitrate * over)),
            frames_a_second=self._frames / over,
            state=str(self._sign) if self._sign is not None else "unknown",
            rx_errors=self._rx,
            tx_errors=self._tx,
            error_frames=self._errors,
            dropped=self._lost + self._adapter_lost,
            unknown=tuple(often),
            silent_adapter=self._silent,
            sent=self._sent,
        )
        self._frames, self._bits, self._since = 0, 0.0, ticks
        return self.health

    def _passed(self, frame: CanFrame) -> None:
        self._frames += 1
        self._bits += bits_of(frame)


def why_unheard(device: DeviceConfig, meter: BusMeter, bitrate: int, link: LinkConfig) -> str:
    """Why a device may not have been heard yet, in one sentence."""
    rules = device.profile.can if device.profile is not None else None
    if rules is not None and rules.bitrate != bitrate and link.url.bitrate is None:
        return f"the bus runs at {bitrate} bit/s, this device at {rules.bitrate} bit/s"
    if meter.heard_any:
        what = f"number {device.unit}" if rules is not None and rules.node_mask else "it"
        return f"nothing heard of {what}, though the bus is alive"
    if meter.health.error_frames or meter.sign in (Sign.WARNING, Sign.PASSIVE):
        return f"only errors are heard: is the bit rate {bitrate} bit/s right?"
    return "nothing is heard on the bus yet"
