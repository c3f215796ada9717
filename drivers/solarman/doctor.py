"""The stick's doctor: what of a stick answers, what that means, what to do next. It only reads.

Blocking (some seconds, with a dead stick half a minute); for a worker thread, which alone owns its connections. What
it cannot see, the lamps on the stick tell: ``drivers.solarman.leds``.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import DecodeError, DeviceError, LinkError
from core.status import StickHealth
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.modbus.tcp import TcpLink
from drivers.solarman import discovery
from drivers.solarman.discovery import StickFound
from drivers.solarman.link import SolarmanLink
from drivers.solarman.pace import LEAST_GAP_S, TIMEOUT_S
from drivers.solarman.ports import Door, knock

V5_PORT, WEB_PORT, MODBUS_PORT = 8899, 80, 502
QUESTIONS = ((4, 3066, 1), (3, 0, 1), (3, 0x0445, 1), (4, 0x2001, 1))
"""Function, register, count: one that each family of inverters knows; a refusal is an answer too."""

MOST_FRAMES = 64


class Health(StrEnum):
    """How a step ended."""

    GOOD = "good"
    NOTE = "note"  # worth knowing, no fault
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``found`` is one sentence; ``means`` and ``then`` say what it means and what to do, if anything."""

    id: str
    health: Health
    found: str
    means: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All steps, and one sentence over them. ``url`` is the link that works, empty where none does.

    ``true_serial`` is the stick's own serial number where it is known. ``ask_lamps``: the technician should now look at
    the lamps, since the network tells no more.
    """

    host: str
    steps: tuple[Step, ...]
    verdict: str
    url: str = ""
    true_serial: int | None = None
    ask_lamps: bool = False

    def step(self, step_id: str) -> Step | None:
        """The step of that name, if it was reached."""
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True, slots=True)
class Places:
    """Where to knock: UDP port of the search, TCP ports, and how long to wait (seconds).

    ``answer_s`` is for what a stick is asked: it may need five seconds and be well.
    """

    search: int = discovery.PORT
    stick: int = V5_PORT
    web: int = WEB_PORT
    modbus: int = MODBUS_PORT
    wait_s: float = 3.0
    answer_s: float = TIMEOUT_S
    search_wait_s: float = 1.0


def examine(
    host: str,
    serial: int,
    *,
    ended: Callable[[], bool] = lambda: False,
    said: Callable[[Step], None] = lambda _: None,
    unit: int = 1,
    places: Places | None = None,
) -> Diagnosis:
    """Examine the stick at ``host``; ``serial`` is the number on its label, 0 when unknown.

    ``said`` hears each step as it ends, in this thread. Raises nothing: what fails is a step.
    """
    examination = _Examination(host, serial, unit, places or Places())
    examination.listen(ended, said)
    return examination.run()


class _Examination:
    def __init__(self, host: str, serial: int, unit: int, places: Places) -> None:
        self._host, self._serial, self._unit, self._places = host, serial, unit, places
        self._ended: Callable[[], bool] = lambda: False
        self._said: Callable[[Step], None] = lambda _: None
        self._steps: list[Step] = []
        self._true: int | None = None

    def listen(self, ended: Callable[[], bool], said: Callable[[Step], None]) -> None:
        """Who may end it, and who hears the steps."""
        self._ended, self._said = ended, said

    def run(self) -> Diagnosis:
        """Go through all the steps."""
        address = self._name()
        if not address:
            return self._over("the name of the stick is not known on this network", ask_lamps=True)
        self._access_point()
        if not self._ended():
            self._search(address)
        doors = {} if self._ended() else self._doors()
        return self._over("stopped") if self._ended() else self._inside(doors)

    def _inside(self, doors: Mapping[int, Door]) -> Diagnosis:
        modbus = doors[self._places.modbus]
        if doors[self._places.stick] is Door.OPEN:
            return self._talk(modbus)
        if modbus is Door.OPEN and self._plain():
            return self._over("read this device over Modbus TCP", self._plain_url())
        if Door.OPEN in doors.values() or Door.REFUSES in doors.values():
            return self._over(f"the device is there, but its local service on port {self._places.stick} is not")
        return self._over("nothing answers at this address", ask_lamps=True)

    # -- the network -------------------------------------------------------------------------------------------

    def _name(self) -> str:
        try:
            address = str(socket.getaddrinfo(self._host, None, socket.AF_INET)[0][4][0])
        except (OSError, UnicodeError):
            self._say(
                "name",
                Health.FAULT,
                f"the name {self._host} is not known on this network",
                then="type the stick's address as numbers; the router's list of devices shows it",
            )
            return ""
        if address != self._host:
            self._say("name", Health.GOOD, f"{self._host} has the address {address}")
        return address

    def _access_point(self) -> None:
        if discovery.access_point() is None:
            return
        here = self._host == discovery.ACCESS_POINT
        self._say(
            "access_point",
            Health.GOOD if here else Health.NOTE,
            "this computer has joined the access point of a stick",
            "there is no internet meanwhile, and other devices of the site cannot be reached",
            "" if here else f"in this network the stick's address is {discovery.ACCESS_POINT}",
        )

    def _search(self, address: str) -> None:
        found: list[StickFound] = []
        try:
            found = discovery.discover(
                [address], wait_s=self._places.search_wait_s, ended=self._ended, port=self._places.search
            )
        except LinkError as err:
            self._say("search", Health.NOTE, str(err))
            return
        if not found:
            self._say(
                "search",
                Health.NOTE,
                "nothing answers to the search for sticks",
                "some sticks keep silent here and work all the same",
            )
            return
        self._true = found[0].serial
        told = f"a stick of serial number {found[0].serial} answers to the search"
        if self._serial and self._true != self._serial:
            self._say(
                "search",
                Health.FAULT,
                told,
                f"it is not the serial number {self._serial} that was given",
                f"use the serial number {self._true}",
            )
        else:
            self._say("search", Health.GOOD, told)

    def _doors(self) -> dict[int, Door]:
        doors: dict[int, Door] = {}
        for step, port, name in (
            ("port_stick", self._places.stick, "the local service of the stick"),
            ("port_web", self._places.web, "the stick's web page"),
            ("port_modbus", self._places.modbus, "Modbus TCP"),
        ):
            doors[port] = Door.SILENT if self._ended() else knock(self._host, port, self._places.wait_s, self._ended)
            health = Health.GOOD if doors[port] is Door.OPEN else Health.NOTE
            if health is not Health.GOOD and port == self._places.stick:
                health = Health.FAULT
            self._say(step, health, f"port {port}, {name}: {doors[port].value}")
        return doors

    # -- the stick ---------------------------------------------------------------------------------------------

    def _talk(self, modbus: Door) -> Diagnosis:
        serial = self._serial or self._true or 0
        link = SolarmanLink("doctor", self._host, self._places.stick, serial)
        inverter, fault = self._ask(link)
        health = link.stick()
        other = health.true_serial
        if other is not None and not self._ended():
            self._true = other
            self._say(
                "serial",
                Health.FAULT,
                f"the stick's serial number is {other}, not {serial}",
                "a stick does not answer to another serial number than its own",
                f"use the serial number {other}",
            )
            link = SolarmanLink("doctor", self._host, self._places.stick, other)
            inverter, fault = self._ask(link)
            health = link.stick()
        frames = link.frames.last(MOST_FRAMES)
        heard = any(frame.received.startswith(b"\xa5") and frame.received != frame.sent for frame in frames)
        if self._ended():
            return self._over("stopped")
        if health.plain_modbus:
            self._say(
                "manner",
                Health.NOTE,
                f"the stick speaks plain Modbus TCP on port {self._places.stick}",
                "it is one of the transparent Ethernet sticks",
            )
            url = f"tcp://{self._host}:{self._places.stick}"
            return self._judged(inverter, fault, health, url)
        if not heard:
            return self._mute(modbus, fault)
        number = health.serial or other or 0
        self._true = number or self._true
        self._say("manner", Health.GOOD, f"the stick answers in SOLARMAN V5 as serial number {number}")
        return self._judged(inverter, fault, health, f"v5://{self._host}:{self._places.stick}?serial={number}")

    def _judged(self, inverter: bool, fault: str, health: StickHealth, url: str) -> Diagnosis:
        if health.crossed:
            self._say(
                "others",
                Health.NOTE,
                f"{health.crossed} answers were for another program",
                "another program reads this stick at the same time, and each slows the other",
                "stop the other program, or let both ask less often",
            )
        if health.has_clock is False:
            self._say(
                "clock",
                Health.NOTE,
                "the stick has no clock yet",
                "it has not reached its server since it was switched on; values read here are not touched by that",
            )
        if inverter:
            self._say("inverter", Health.GOOD, f"the inverter behind the stick answers as unit {self._unit}")
            return self._over("the stick and the inverter answer", url)
        self._say(
            "inverter",
            Health.FAULT,
            fault or f"unit {self._unit} does not answer",
            f"the stick is reached, the inverter behind it is not, or it is not unit {self._unit}",
            "look at the COM lamp; take the stick out, clip it in again and screw it down",
        )
        return self._over("the stick answers, the inverter behind it does not", ask_lamps=True)

    def _mute(self, modbus: Door, fault: str) -> Diagnosis:
        self._say(
            "manner",
            Health.FAULT,
            fault or "the stick takes the connection and says nothing",
            "its firmware does not serve local programs, another program holds it, or it is overloaded",
            "stop other programs that read it, wait two minutes, then restart the stick: hold its button for 5 seconds",
        )
        if modbus is Door.OPEN and self._plain():
            return self._over("read this device over Modbus TCP", self._plain_url())
        return self._over("the stick takes the connection and says nothing", ask_lamps=True)

    def _plain(self) -> bool:
        link = TcpLink("doctor", self._host, self._places.modbus)
        answers, _ = self._ask(link)
        if answers:
            self._say("plain", Health.GOOD, f"unit {self._unit} answers over Modbus TCP on port {self._places.modbus}")
        else:
            self._say("plain", Health.NOTE, f"port {self._places.modbus} is open, but unit {self._unit} says nothing")
        return answers

    def _plain_url(self) -> str:
        return f"tcp://{self._host}:{self._places.modbus}"

    def _ask(self, link: ModbusLink) -> tuple[bool, str]:
        """Whether the inverter says anything to one of the questions, and the last fault; closes the link."""
        fault = ""
        wait_s = self._places.wait_s if link.stick() is None else self._places.answer_s
        link.rules[self._unit] = UnitRules(wait_s, max(LEAST_GAP_S, link.least_gap_s))
        try:
            for function, address, count in QUESTIONS:
                if self._ended():
                    break
                try:
                    link.read(self._unit, function, address, count)
                except DeviceError as err:
                    if err.code is not None:
                        return True, str(err)
                    fault = str(err)
                except (DecodeError, LinkError) as err:
                    fault = str(err)
                else:
                    return True, ""
                stick = link.stick()
                if stick is not None and stick.true_serial is not None:
                    break
        finally:
            link.close()
        return False, fault

    # -- what comes of it --------------------------------------------------------------------------------------

    def _say(self, step: str, health: Health, found: str, means: str = "", then: str = "") -> None:
        self._steps.append(Step(step, health, found, means, then))
        self._said(self._steps[-1])

    def _over(self, verdict: str, url: str = "", *, ask_lamps: bool = False) -> Diagnosis:
        return Diagnosis(self._host, tuple(self._steps), verdict, url, self._true, ask_lamps)
