"""Checks of the lines: simulated devices of every protocol, read on this computer by the product's own drivers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from core.config import DeviceConfig, LinkConfig, Site
from core.golden import load_cases
from core.hub import Hub
from core.linkurl import LinkUrl
from core.points import Quality, Reading
from core.profile import Profile
from drivers.read_once import read_device
from drivers.registry import Wiring, build_line
from drivers.sim.fleet import Fleet
from gui.selftest.check import Failed, Setting, Skipped
from gui.selftest.devices import shipped

HOST, STATION = "127.0.0.1", "SELF-TEST"
SERIAL = 2355553510
PATIENCE_S, MOMENT_S = 20.0, 0.5
FULL, QUICK = "aura/hybrid", "chint/dtsu666"  # when one is enough
KINDS = {"tcp": "Modbus TCP", "rtu": "Modbus RTU", "v5": "SOLARMAN V5", "can": "CAN", "ocpp": "OCPP"}


def modbus_tcp(setting: Setting) -> str:
    """Every profile with registers."""
    return _read_all("tcp", [_one(setting)] if setting.quick else _speaking("modbus", setting))


def modbus_rtu(setting: Setting) -> str:
    """Over a pseudo-terminal, which is a serial port to whoever opens it."""
    if sys.platform == "win32":
        raise Skipped("Windows has no pseudo-terminals, and a serial port may not be here")
    return _read_all("rtu", [_one(setting)])


def solarman_v5(setting: Setting) -> str:
    """An inverter behind its stick."""
    return _read_all("v5", [_one(setting)])


def can_bus(setting: Setting) -> str:
    """On a bus inside this program."""
    return _read_all("can", _speaking("can", setting))


def ocpp_station(setting: Setting) -> str:
    """A station that calls the central system."""
    return _read_all("ocpp", _speaking("ocpp", setting))


def _one(setting: Setting) -> Profile:
    """A device with registers: an inverter, or what is read in a moment."""
    return shipped().get(QUICK if setting.quick else FULL)


def _speaking(protocol: str, setting: Setting) -> list[Profile]:
    found = [profile for profile in shipped() if profile.protocol == protocol]
    return found[:1] if setting.quick else found


def _read_all(kind: str, profiles: Sequence[Profile]) -> str:
    """Simulate and read one device after the other; return how many values came."""
    count = 0
    for profile in profiles:
        with _served(profile, kind) as (url, device):
            found = _READERS.get(kind, _asked)(url, profile, device)
        good = sum(map(_is_good, found.values()))
        if not good:
            raise Failed(f"nothing good came from a simulated {profile.id} over {KINDS[kind]}")
        count += good
    devices = profiles[0].id if len(profiles) == 1 else f"{len(profiles)} devices"
    return f"{devices}, {count} values"


@contextmanager
def _served(profile: Profile, kind: str) -> Generator[tuple[LinkUrl, DeviceConfig]]:
    """A simulated device, and where it is."""
    device = DeviceConfig(
        "device",
        "line",
        profile.id,
        profile,
        max(1, profile.unit),
        options=profile.options_with(load_cases(profile.folder / "golden.yaml")[0].options),
        station=STATION if kind == "ocpp" else "",
    )
    line = LinkConfig("line", _address(profile, kind))
    fleet = Fleet(Site("Self-test", ZoneInfo("Europe/Paris"), (line,), (device,), phases=3))
    try:
        yield fleet.start().links[0].url, device
    finally:
        fleet.stop()


def _address(profile: Profile, kind: str) -> LinkUrl:
    """Where it is served; a port is chosen when it starts."""
    if kind == "can":
        rate = profile.can.bitrate if profile.can else 250_000
        return LinkUrl("can", "", host="virtual", device="self-test", given={"bitrate": str(rate)})
    return LinkUrl(kind, "", host=HOST, given={"serial": str(SERIAL)} if kind == "v5" else {})


def _asked(url: LinkUrl, profile: Profile, device: DeviceConfig) -> dict[str, Reading]:
    return read_device(url, profile, device.unit, device.options)


def _heard(url: LinkUrl, profile: Profile, device: DeviceConfig) -> dict[str, Reading]:
    """What has been said a moment after the first good value."""
    del profile
    hub = Hub()
    line = build_line(LinkConfig("line", url), [device], Wiring(hub))
    line.start()
    try:
        end = time.monotonic() + PATIENCE_S
        while not any(map(_is_good, hub.snapshot().values())) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(MOMENT_S)
        return {key.point: reading for key, reading in hub.snapshot().items()}
    finally:
        line.stop()


def _is_good(reading: Reading) -> bool:
    return reading.quality is Quality.GOOD and reading.value is not None


_READERS: dict[str, Callable[[LinkUrl, Profile, DeviceConfig], dict[str, Reading]]] = {"can": _heard, "ocpp": _heard}
"""How devices are read that speak by themselves; all others are asked."""
