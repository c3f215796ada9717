"""A line without a wire: the simulator's registers behind the real request and answer bytes."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

from core.catalogue import Catalogue
from core.errors import DeviceError
from core.frames import Outcome
from core.paths import resources
from core.profile import Profile
from core.protocols import Answer
from drivers.modbus import framing
from drivers.modbus.framing import Found, Request
from drivers.modbus.link import ModbusLink
from drivers.modbus.wire import SocketWire
from drivers.sim.bank import Bank
from drivers.sim.quantities import known_to
from drivers.sim.requests import answer
from drivers.sim.site import SiteModel, SiteSetup

NOON = 1_750_413_600.0  # 20 June 2025, 12:00 in Paris: sun on the roof, voltage in the house
CATALOGUE = Catalogue([resources() / "profiles"])
SHIPPED = [profile for profile in CATALOGUE if profile.protocol == "modbus"]


_SERVED: dict[tuple[str, ...], Bank] = {}  # nobody writes to them


def served(profile: Profile, **options: str) -> Bank:
    """The simulated device of a profile, with live values."""
    key = (profile.id, *options.values())
    if key not in _SERVED:
        _SERVED[key] = _serve(profile, options)
    return _SERVED[key]


def _serve(profile: Profile, options: dict[str, str]) -> Bank:
    model = _model(3 if any(role.endswith((".l2", ".l12")) for role in profile.roles) else 1)
    bank = Bank(profile, "device", options)
    bank.refresh(known_to(model, "grid", battery=bank.has_battery), model.local())
    return bank


@cache
def _model(phases: int) -> SiteModel:
    model = SiteModel(NOON, SiteSetup(phases=phases))
    model.advance(NOON + 60.0)
    return model


class BankLink(ModbusLink):
    """Asks a bank; remembers every request, and refuses to carry a write."""

    def __init__(self, bank: Bank | None, unit: int = 1) -> None:
        super().__init__("bank", SocketWire("127.0.0.1", 1, threading.Event()))
        self._bank, self._unit = bank, unit
        self.asked: list[tuple[int, int, int]] = []

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        self.asked.append((function, address, count))
        if self._bank is None or unit != self._unit:
            raise DeviceError(f"unit {unit} does not answer")
        request = framing.read_request(unit, function, address, count)
        reply = framing.judge(request, answer(self._bank, request.pdu), self._rules(unit).exceptions)
        assert reply is not None
        if reply.outcome is Outcome.REFUSED:
            raise DeviceError(f"unit {unit} refuses: {reply.note}", reply.code)
        return Answer(reply.words, NOON, len(self.asked))

    def write(self, unit: int, function: int, address: int, words: Sequence[int]) -> Answer:
        raise AssertionError(f"identification wrote {words} to {address}")

    def _encode(self, request: Request) -> bytes:
        raise AssertionError("identification went round read()")

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        raise AssertionError("identification went round read()")
