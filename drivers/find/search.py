"""Looking for devices: what could be searched here, what the operator has confirmed, and the search itself.

Nothing is sent and no port is opened before ``Search.start``; the search reads, listens and asks, and never writes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from core.catalogue import Catalogue
from core.errors import LinkError, ProfileError
from core.linkurl import NETWORK_KINDS, parse_link
from core.profile import Profile
from drivers.find.logbook import Attempt, Found, Logbook, Progress, Result, Stage
from drivers.find.ports import SerialPort, serial_ports
from drivers.find.ranges import Target
from drivers.find.scan import ANSWER_S, CONNECT_S, ask_stick, scan
from drivers.find.subnets import Gateway, Subnet, gateway, loopback_only, subnets
from drivers.find.sweep import OpenLink, SerialSweep, Sweeper, open_link

if TYPE_CHECKING:
    from drivers.can.adapters import AdapterFound
    from drivers.find.can_adapters import CanListen
    from drivers.find.stations import StationWatch

log = logging.getLogger(__name__)

MOST_AT_ONCE = 64
STICKS_WAIT_S = 1.0
SLICE_S = 0.05
STOPS_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What could be searched from this computer. ``stick`` is the address of a SOLARMAN stick whose own access point
    the computer has joined, ``stick_serial`` its number where the network's name tells it."""

    serial: tuple[SerialPort, ...]
    subnets: tuple[Subnet, ...]
    gateway: Gateway
    can: tuple[AdapterFound, ...] = ()
    stick: str = ""
    stick_serial: int | None = None
    loopback: bool = False

    @property
    def networks(self) -> tuple[IPv4Network, ...]:
        """Where ranges may lie."""
        return tuple(subnet.network for subnet in self.subnets)

    @property
    def ranges(self) -> tuple[str, ...]:
        """The ranges that are proposed, as texts."""
        return tuple(str(subnet.offered) for subnet in self.subnets)


def surroundings(*, loopback: bool | None = None) -> Surroundings:
    """Look around; sends no packet and opens no port. Takes a moment (drivers of CAN adapters): not for a GUI thread.

    ``loopback``: this computer alone, as for tests and demonstrations; None asks the environment
    (``WATTELIER_LOOPBACK=1``).
    """
    from drivers.can.adapters import adapters
    from drivers.solarman.discovery import access_point
    from drivers.solarman.wireless import stick_serial

    alone = loopback_only() if loopback is None else loopback
    stick = "" if alone else access_point() or ""
    return Surroundings(
        serial=serial_ports(),
        subnets=subnets(alone),
        gateway=Gateway() if alone else gateway(),
        can=tuple(adapters()),
        stick=stick,
        stick_serial=stick_serial() if stick else None,
        loopback=alone,
    )


@dataclass(frozen=True, slots=True)
class Stations:
    """Where to wait for charging stations (``192.168.1.5:8887`` or ``ocpp://…``, an address of this computer), and for
    how long."""

    address: str
    for_s: float = 30.0

    @property
    def url(self) -> str:
        """The place as a site file has it."""
        return self.address if "://" in self.address else f"ocpp://{self.address}/"

    def check(self) -> None:
        """Raise ProfileError with a sentence on what is no such place."""
        url = parse_link(self.url)
        if url.kind != "ocpp" or not url.port:
            raise ProfileError(
                f"{self.address!r} is no place for charging stations; write for example 192.168.1.5:8887"
            )


@dataclass(frozen=True, slots=True)
class Plan:
    """What the operator has confirmed.

    ``targets`` come from ``ranges.targets``, which refuses what lies outside the own networks. ``units`` are numbers to
    ask on network lines besides the usual ones (meters behind a gateway). ``sticks`` are the addresses to which the
    search for SOLARMAN sticks is sent (mostly broadcast addresses), ``known_sticks`` sticks with their serial number
    that need no search.
    """

    targets: tuple[Target, ...] = ()
    units: tuple[int, ...] = ()
    sticks: tuple[str, ...] = ()
    known_sticks: tuple[tuple[str, int], ...] = ()
    serial: tuple[SerialSweep, ...] = ()
    can: tuple[CanListen, ...] = ()
    stations: Stations | None = None
    stick_port: int = NETWORK_KINDS["v5"]
    discovery_port: int | None = None  # None: the sticks' own
    opener: OpenLink = field(default=open_link, repr=False, compare=False)

    def check(self) -> None:
        """Raise ProfileError with a sentence on what cannot be."""
        for sweep in self.serial:
            sweep.check()
        for bus in self.can:
            bus.check()
        if self.stations is not None:
            self.stations.check()
        if not all(0 <= unit <= 255 for unit in self.units):
            raise ProfileError("a unit number goes from 0 to 255")


class Search:
    """One search, in a thread "find" with a pool beside it. Every method returns at once, ``stop`` within a second."""

    def __init__(self, plan: Plan, catalogue: Catalogue) -> None:
        """Raise ProfileError with a sentence when the plan cannot be carried out."""
        plan.check()
        self._plan = plan
        self._log = Logbook()
        self._profiles = profiles(catalogue, self._log)
        self._thread = threading.Thread(target=self._run, name="find", daemon=True)
        self._done = threading.Event()
        self._since = 0.0
        self._watch: StationWatch | None = None
        self._called: tuple[Found, ...] = ()
        wide = min(MOST_AT_ONCE, max(1, len(plan.targets)))
        self._network = Stage(len(plan.targets) + len(plan.known_sticks), CONNECT_S + ANSWER_S, wide)
        self._asking = Stage(1 if plan.sticks else 0, 2 * STICKS_WAIT_S)
        self._sweeps = [Stage(sweep.steps, sweep.step_s) for sweep in plan.serial]
        self._buses = [Stage(len(bus.rates), bus.for_s) for bus in plan.can]
        self._waiting = Stage(int(plan.stations.for_s) if plan.stations else 0, 1.0)

    def start(self) -> None:
        """Begin; once."""
        self._since = time.time()
        self._thread.start()

    def progress(self) -> Progress:
        """How far it is."""
        stages = self._stages()
        running = self._thread.is_alive() and not self._done.is_set()
        in_turn = sum(stage.left_s for stage in self._sweeps)
        rest = (
            stage.left_s for stage in (self._asking, self._network, self._waiting, *self._buses, *self._log.stages())
        )
        return Progress(
            done=sum(stage.done for stage in stages),
            total=sum(stage.steps for stage in stages),
            text=self._log.text,
            running=running,
            since=self._since,
            left_s=max(in_turn, *rest) if running else None,
        )

    def found(self) -> tuple[Found, ...]:
        """What has answered so far."""
        watch = self._watch
        return (*self._log.found(), *(watch.found() if watch is not None else self._called))

    def tried(self) -> tuple[Attempt, ...]:
        """Everything tried so far, for the report."""
        return self._log.tried()

    def problems(self) -> tuple[str, ...]:
        """What could not be searched: a port in use, a driver that is missing."""
        return self._log.problems()

    def stop(self) -> None:
        """End it; what has been found stays. Safe to call twice, and on a search that has not begun."""
        self._log.end()
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN_S)
            if self._thread.is_alive():
                log.error("the search does not end")

    def _stages(self) -> list[Stage]:
        return [self._asking, self._network, *self._sweeps, *self._buses, self._waiting, *self._log.stages()]

    # -- the search's thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._search()
        except Exception:
            log.exception("the search has failed")
            self._log.problem("the search has failed by a fault of the program, see the log")
        finally:
            self._log.say("stopped" if self._log.ended.is_set() else "finished")
            self._done.set()

    def _search(self) -> None:
        plan, work = self._plan, list[Future[None]]()
        workers = max(1, min(MOST_AT_ONCE, len(plan.targets) + 8)) + len(plan.can)
        with ThreadPoolExecutor(workers, thread_name_prefix="find") as pool:
            try:
                self._open_stations()
                work += [
                    pool.submit(self._listen, bus, stage) for bus, stage in zip(plan.can, self._buses, strict=True)
                ]
                doors = {target for target in plan.targets if target.port == plan.stick_port}
                work += [pool.submit(self._scan, target) for target in plan.targets if target not in doors]
                sticks = self._discover()
                work += [pool.submit(self._ask_stick, host, serial) for host, serial in sticks.items()]
                left = [target for target in plan.targets if target in doors and target.host not in sticks]
                work += [pool.submit(self._scan, target) for target in left]
                self._network.add(len(sticks) - len(plan.known_sticks) + len(left) - len(doors))
                for sweep, stage in zip(plan.serial, self._sweeps, strict=True):
                    Sweeper(sweep, self._profiles, self._log, stage, plan.opener).run()
                self._wait(work)
            finally:
                for task in work:
                    task.cancel()
                self._close_stations()
        for task in work:
            if not task.cancelled():
                task.result()  # a fault of the program comes up here

    def _open_stations(self) -> None:
        if self._plan.stations is None or self._log.ended.is_set():
            return
        from drivers.find.stations import StationWatch

        self._watch = StationWatch(self._plan.stations.url, self._profiles)
        self._watch.start()
        self._waiting.begin()

    def _close_stations(self) -> None:
        if self._watch is None:
            return
        watch = self._watch
        if watch.problem:
            self._log.problem(watch.problem)
        self._called = watch.found()
        self._watch = None
        watch.stop()

    def _wait(self, work: Sequence[Future[None]]) -> None:
        """Until everything is done, the time for charging stations has passed, or the search is ended."""
        stations = self._plan.stations
        end = time.monotonic() + (stations.for_s if stations else 0.0)
        while not self._log.ended.is_set():
            left = end - time.monotonic()
            if stations is not None:
                self._waiting.step(max(0, int(stations.for_s - left) - self._waiting.done))
                self._log.say(f"waiting for charging stations at {stations.address}")
            if left <= 0 and all(task.done() for task in work):
                return
            self._log.ended.wait(SLICE_S)

    def _discover(self) -> dict[str, int]:
        """Host and serial number of every stick that is known or answers, each once: a stick bears one talk at a time.

        A number that is not known (0) is taken from its answer.
        """
        known = dict(self._plan.known_sticks)
        if not self._plan.sticks:
            return known
        from drivers.solarman.discovery import PORT, discover

        self._asking.begin()
        self._log.say("asking for SOLARMAN sticks on the network")
        try:
            sticks = discover(
                self._plan.sticks,
                wait_s=STICKS_WAIT_S,
                ended=self._log.ended.is_set,
                port=self._plan.discovery_port or PORT,
            )
        except LinkError as err:
            self._log.problem(str(err))
            sticks = []
        self._asking.step()
        self._log.note(
            Attempt(", ".join(self._plan.sticks), "udp", None, Result.ANSWERS if sticks else Result.SILENT, "sticks")
        )
        numbers = set(known.values())
        for stick in sticks:
            if stick.serial not in numbers:
                known[stick.host] = known.get(stick.host) or stick.serial
        return known

    def _scan(self, target: Target) -> None:
        if not self._log.ended.is_set():
            scan(target, self._profiles, self._plan.units, self._log)
            self._network.step()

    def _ask_stick(self, host: str, serial: int) -> None:
        if not self._log.ended.is_set():
            target = Target(host, self._plan.stick_port)
            ask_stick(target, serial, self._profiles, self._log, self._plan.units)
            self._network.step()

    def _listen(self, bus: CanListen, stage: Stage) -> None:
        from drivers.find.can_adapters import listen

        listen(bus, self._profiles, self._log, stage)


def profiles(catalogue: Catalogue, log: Logbook) -> list[Profile]:
    """Every sound profile; a faulty one of the user's is told and left out."""
    found: list[Profile] = []
    for profile_id in catalogue.ids():
        try:
            found.append(catalogue.get(profile_id))
        except ProfileError:
            log.problem(f"the profile {profile_id} is faulty and takes no part; see: wattelier profiles --check")
    return found
