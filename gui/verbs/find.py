"""``wattelier find``: what answers on this computer's lines and networks, and what it is."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from core.config import Site
from core.errors import ProfileError
from core.siteentries import entries, marks
from core.sitefile import new_site
from drivers.find import report
from drivers.find.accept import candidates
from drivers.find.can_adapters import USUAL_BITRATES, CanListen
from drivers.find.logbook import Found, Progress
from drivers.find.ranges import is_loopback, targets
from drivers.find.search import Plan, Search, Stations, Surroundings, surroundings
from drivers.find.subnets import Subnet
from drivers.find.sweep import SerialSweep
from gui.verbs.source import catalogue

STEP_S = 0.1
SHOWN_EVERY_S = 1.0


def find(options: argparse.Namespace) -> int:
    """Search and print; 0 when something answers, 1 when nothing does, 2 on bad input."""
    around = surroundings(loopback=True if options.ranges and all(map(is_loopback, options.ranges)) else None)
    plan = plan_of(options, around)
    plan.check()
    if options.write is not None and options.write.exists() and not options.yes:
        raise ProfileError(f"{options.write} exists already; add --yes to replace it (the old file is kept as .bak)")
    if not options.ranges and not _only_lines(options):
        show(around, plan)
        if not options.yes and not confirmed():
            return 0
    known = catalogue()
    search = Search(plan, known)
    run(search)
    found = search.found()
    for problem in search.problems():
        print(f"wattelier: {problem}", file=sys.stderr)
    if options.json:
        print(json.dumps([report.as_json(entry) for entry in found], ensure_ascii=False, indent=1), flush=True)
    else:
        print("\n".join(line for entry in found for line in report.told(entry)) or "nothing has answered", flush=True)
    if options.report is not None:
        keep(options.report, search)
    if options.write is not None:
        site = write(options, found, around)
        count = len(site.devices)
        print(f"wattelier: {options.write}: {count} device{'' if count == 1 else 's'} written", file=sys.stderr)
    return 0 if found else 1


def plan_of(options: argparse.Namespace, around: Surroundings) -> Plan:
    """What the options mean here; raise ProfileError with a sentence."""
    wide = not options.ranges and not _only_lines(options)
    ranges = around.ranges if wide else tuple(options.ranges)
    stick = ((around.stick, around.stick_serial or 0),) if wide and around.stick else ()
    units = numbers(options.units) if options.units else ()
    return Plan(
        targets=targets(ranges, around.networks),
        units=units,
        sticks=tuple(_callee(subnet, around.loopback) for subnet in around.subnets) if wide else (),
        known_sticks=stick,
        serial=tuple(sweep_of(port, options) for port in options.serial),
        can=tuple(can_of(text) for text in options.can),
        stations=Stations(options.ocpp, options.seconds) if options.ocpp else None,
    )


def _callee(subnet: Subnet, loopback: bool) -> str:
    """Whom the call for sticks reaches: everybody in the network, or on loopback the computer itself."""
    return str(subnet.address) if loopback else subnet.broadcast


def sweep_of(port: str, options: argparse.Namespace) -> SerialSweep:
    """The search of one serial port; what the options leave open stays as it usually is."""
    usual = SerialSweep(port)
    return SerialSweep(
        port,
        bauds=numbers(options.bauds) if options.bauds else usual.bauds,
        parities=tuple(options.parities.upper().replace(",", "")) if options.parities else usual.parities,
        units=numbers(options.units) if options.units else usual.units,
    )


def can_of(text: str) -> CanListen:
    """``socketcan/can0`` or ``slcan/COM5@500000``; raise ProfileError."""
    place, _, rate = text.removeprefix("can://").partition("@")
    interface, slash, channel = place.partition("/")
    if not slash or not channel or (rate and not rate.isdecimal()):
        raise ProfileError(f"{text!r} is not INTERFACE/CHANNEL, such as socketcan/can0 or slcan/COM5@250000")
    listen = CanListen(interface, channel, (int(rate),) if rate else USUAL_BITRATES)
    listen.check()
    return listen


def numbers(text: str) -> tuple[int, ...]:
    """``1-32``, ``1,5,11-14``; raise ProfileError."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= 1_000_000):
            raise ProfileError(f"{text!r} is not a list of numbers such as 1-32 or 1,5,11-14")
        if int(last) - int(first) > 1000:
            raise ProfileError(f"{text!r} names too many numbers")
        found |= dict.fromkeys(range(int(first), int(last) + 1))
    return tuple(found)


def _only_lines(options: argparse.Namespace) -> bool:
    """Whether only a serial port, a CAN bus or charging stations have been asked for."""
    return bool(options.serial or options.can or options.ocpp)


def show(around: Surroundings, plan: Plan) -> None:
    """Say what is there and what would be searched, on the error stream: the other one is for results."""
    lines = ["Serial ports:"] + [
        f"  {port.device}  {port.title}{f' ({port.maker})' if port.maker else ''}" for port in around.serial
    ]
    lines += ["CAN adapters:"] + [f"  {adapter.interface}/{adapter.channel}  {adapter.title}" for adapter in around.can]
    lines += ["Networks:"]
    for subnet in around.subnets:
        narrowed = f", of {subnet.network}" if subnet.offered != subnet.network else ""
        lines.append(f"  {subnet.offered}{narrowed}  {subnet.interface}, this computer is {subnet.address}")
    if around.stick:
        lines.append(f"  this computer has joined the access point of a SOLARMAN stick, {around.stick}")
    lines.append(
        f"To be searched: {len(plan.targets)} addresses on port 502"
        + (", SOLARMAN sticks by broadcast" if plan.sticks else "")
        + ". Serial ports need --serial PORT, CAN buses --can INTERFACE/CHANNEL, charging stations --ocpp ADDRESS."
    )
    print("\n".join(lines), file=sys.stderr, flush=True)


def confirmed() -> bool:
    """Ask on the terminal; without one nothing is searched, since nobody has agreed."""
    if not sys.stdin.isatty():
        raise ProfileError("nobody is here to confirm; add --yes, or name the RANGE to be searched")
    print("Search? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "o", "oui")


def run(search: Search) -> None:
    """Until it is finished or Ctrl-C; progress goes to the error stream."""
    shown, said = time.monotonic(), ""
    try:
        search.start()
        while (progress := search.progress()).running:
            time.sleep(STEP_S)
            if time.monotonic() - shown >= SHOWN_EVERY_S and (text := line(progress, len(search.found()))) != said:
                shown, said = time.monotonic(), text
                print(text, file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr, flush=True)
    finally:
        search.stop()


def line(progress: Progress, found: int) -> str:
    """How far it is, in one line."""
    left = f", about {progress.left_s:.0f} s left" if progress.left_s is not None else ""
    return f"{progress.done} of {progress.total}{left}, {found} found: {progress.text}"


def keep(file: Path, search: Search) -> None:
    """Write everything tried and found; the ending of the name says how."""
    write_as = {".json": report.json_report, ".csv": report.csv_report}.get(file.suffix.lower(), report.text_report)
    try:
        file.write_text(write_as(search.found(), search.tried(), search.problems()), encoding="utf-8")
    except OSError as err:
        raise ProfileError(f"{file}: cannot be written: {err.strerror}") from err


def write(options: argparse.Namespace, found: tuple[Found, ...], around: Surroundings) -> Site:
    """Write the site file of everything that fits a profile."""
    known, accepted = catalogue(), candidates(found, options.language)
    if not accepted:
        raise ProfileError("nothing was found that fits a profile; no site file is written")
    links, devices = entries(accepted, known)
    marked = marks(accepted, around.gateway.address, around.gateway.mac)
    return new_site(
        options.write,
        options.name or options.write.stem,
        links,
        devices,
        catalogue=known,
        known_by=marked,
        language=options.language,
    )
