"""The command line. Bad input gives one sentence and exit code 2; a device that does not answer gives 1."""

from __future__ import annotations

import argparse
import gc
import importlib
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from core.errors import ProfileError, WattelierError
from core.version import VERSION

VERBS = {
    "read": "gui.verbs.read:read",
    "record": "gui.verbs.record:record",
    "simulate": "gui.verbs.simulate:simulate",
    "query": "gui.verbs.query:query",
    "shot": "gui.verbs.window:shot",
    "profiles": "gui.verbs.profiles:profiles",
    "find": "gui.verbs.find:find",
    "licences": "gui.verbs.licences:licences",
    "self-test": "gui.verbs.selftest:selftest",
}
"""Verb -> what runs it; imported when it is needed, since some open Qt and some a bus."""

SENTENCES_ALONE = ("read", "find")
"""Verbs that say themselves what goes wrong: the log beside them would say it twice."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"wattelier: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if "--self-test" in arguments and arguments[0] not in VERBS:  # a verb that reads like an option, as others have it
        arguments.remove("--self-test")
        arguments.insert(0, "self-test")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue] - a console of Windows speaks its own code page otherwise
    try:
        return _run(arguments)
    except ProfileError as err:
        print("\n".join(f"wattelier: {line}" for line in str(err).splitlines()), file=sys.stderr)
        return 2
    except WattelierError as err:
        print(f"wattelier: {err}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left; nothing to say and nobody to say it to
        return 0
    except KeyboardInterrupt:
        return 0


def _run(arguments: list[str]) -> int:
    verb = arguments[0] if arguments and arguments[0] in VERBS else ""
    options = (_verb_parser() if verb else _window_parser()).parse_args(arguments)
    level = logging.DEBUG if options.verbose else logging.ERROR if verb in SENTENCES_ALONE else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if not verb:
        gc.disable()  # what comes now is imported to stay: the verb lets garbage be collected again
        from gui.verbs.window import window

        return window(options)
    module, function = VERBS[verb].split(":")
    run: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), function)
    # being told to end is Ctrl-C from afar; a shell that starts us with & has us ignore Ctrl-C, which scripts rely on
    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, _interrupt),
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
    try:
        return run(options)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="wattelier",
        description="Commission and supervise the energy equipment of a building.",
        epilog=f"Other commands: {', '.join(VERBS)}; each explains itself with --help.",
    )
    _add_source(parser)
    parser.add_argument("--db", type=Path, metavar="FILE", help="where the history is kept")
    _add_look(parser)
    parser.add_argument(
        "--self-test", action="store_true", help="see that this program is whole, and do nothing else; --json, --quick"
    )
    parser.add_argument("--version", action="version", version=f"wattelier {VERSION}")
    _add_common(parser)
    return parser


def _verb_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="wattelier")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=_Parser)

    read = verbs.add_parser("read", help="read one device once, or every second")
    read.add_argument(
        "link",
        metavar="LINK",
        help="tcp://host:502, rtu:///dev/ttyUSB0?baud=9600, rtu+tcp://host:port, v5://host?serial=N, can://socketcan/can0,"
        " ocpp://127.0.0.1:8887/",
    )
    read.add_argument(
        "profile", metavar="PROFILE", help="maker/model, see `wattelier profiles`; auto asks the device what it is"
    )
    read.add_argument(
        "--unit", type=_unit, metavar="N", help="address, CAN node or connector of the device on the line, 0 to 255"
    )
    read.add_argument(
        "--station", default="", metavar="NAME", help="identity of a charging station; the first otherwise"
    )
    read.add_argument("--set", action="append", default=[], metavar="OPTION=VALUE", help="an option of the profile")
    read.add_argument("--json", action="store_true", help="one JSON object, inner units")
    read.add_argument("--watch", action="store_true", help="again every second, until Ctrl-C")
    read.add_argument("--language", choices=("en", "fr"), default="en", help="names of the points")

    record = verbs.add_parser("record", help="acquire and store without a window")
    _add_source(record)
    record.add_argument("--db", type=Path, metavar="FILE", help="where the history is kept")
    record.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS", help="end by itself")
    record.add_argument("--table", action="store_true", help="print the live values at the end")
    record.add_argument("--language", choices=("en", "fr"), help="the system's by default")
    record.add_argument("--shot", type=Path, metavar="FILE.png", help="save a picture of the overview at the end")

    simulate = verbs.add_parser("simulate", help="serve a device or a site over its real protocol")
    simulate.add_argument("target", metavar="PROFILE|SITE", help="maker/model or a site file")
    simulate.add_argument("--set", action="append", default=[], metavar="OPTION=VALUE", help="an option of the profile")
    simulate.add_argument("--speed", type=_seconds, default=1.0, metavar="N", help="how fast its time runs")
    simulate.add_argument(
        "--port", type=_port, metavar="N", help="first TCP port; 5020 by default, 8899 for v5, 8887 for ocpp"
    )
    simulate.add_argument(
        "--link", choices=("tcp", "rtu", "rtu+tcp", "v5"), default="", help="kind of line for a profile; tcp by default"
    )
    simulate.add_argument("--v5", dest="link", action="store_const", const="v5", help="behind a SOLARMAN stick")

    query = verbs.add_parser("query", help="what a history holds")
    query.add_argument("db", type=Path, metavar="DB", help="a history file")
    query.add_argument("point", nargs="?", metavar="POINT", help="DEVICE/POINT; without it, what there is")
    query.add_argument("--from", dest="start", metavar="TIME", help="2026-11-21T08:00, or Unix seconds")
    query.add_argument("--to", dest="end", metavar="TIME", help="the same; now by default")
    query.add_argument("--bins", type=_count, metavar="N", help="at most N bins of min, mean and max")
    query.add_argument("--json", action="store_true", help="JSON instead of a table")

    shot = verbs.add_parser("shot", help="a picture of a page")
    shot.add_argument(
        "page",
        metavar="PAGE",
        help="overview, devices, history, links, commissioning, find, sites; of the demonstration also find_results,"
        " new_site, doctor, parameters, review, proven, journal, first_run; or all (FILE is then a folder)",
    )
    shot.add_argument("file", type=Path, metavar="FILE.png", help="the picture to write")
    _add_source(shot)
    shot.add_argument("--db", type=Path, metavar="FILE", help="where the history is kept")
    shot.add_argument("--size", default="1440x900", metavar="WxH", help="in pixels")
    shot.add_argument("--after", type=_seconds, default=12.0, metavar="SECONDS", help="let the site run first")
    _add_look(shot)

    profiles = verbs.add_parser("profiles", help="the devices that are known")
    profiles.add_argument("--check", type=Path, metavar="DIR", help="check profiles and run their golden cases")
    profiles.add_argument("--json", action="store_true", help="JSON instead of a table")
    find = verbs.add_parser("find", help="what answers here, and what it is; nothing is written to any device")
    _add_search(find)
    for sub in (read, record, simulate, query, shot, profiles, find, *_about_the_program(verbs)):
        _add_common(sub)
    return parser


def _about_the_program(verbs: argparse._SubParsersAction[_Parser]) -> tuple[_Parser, ...]:  # pyright: ignore[reportPrivateUsage] - it has no other name
    licences = verbs.add_parser("licences", help="what of the program others have written, under which licence")
    licences.add_argument("name", nargs="?", metavar="NAME", help="print the text of this one")
    licences.add_argument("--json", action="store_true", help="JSON instead of a table")
    selftest = verbs.add_parser("self-test", help="see that this program is whole; touches no data of yours")
    selftest.add_argument("--quick", action="store_true", help="one device a protocol, one language")
    selftest.add_argument("--json", action="store_true", help="a JSON list instead of lines")
    return licences, selftest


def _add_search(find: argparse.ArgumentParser) -> None:
    find.add_argument(
        "ranges", nargs="*", metavar="RANGE", help="192.168.1.0/24, 192.168.1.10-40, host, host:port; else all of here"
    )
    find.add_argument("--json", action="store_true", help="a JSON list instead of text")
    find.add_argument("--yes", action="store_true", help="do not ask before searching")
    find.add_argument("--serial", action="append", default=[], metavar="PORT", help="go through a serial line too")
    find.add_argument("--units", metavar="N-M", help="unit numbers to ask: 1-32 on serial lines by default")
    find.add_argument("--bauds", metavar="LIST", help="speeds to try on serial lines: 9600,19200")
    find.add_argument("--parities", metavar="LIST", help="parities to try on serial lines: N,E,O")
    find.add_argument(
        "--can", action="append", default=[], metavar="INTERFACE/CHANNEL", help="listen on a CAN bus; @RATE in bit/s"
    )
    find.add_argument("--ocpp", metavar="ADDRESS", help="wait for charging stations at this host:port")
    find.add_argument("--for", dest="seconds", type=_seconds, default=30.0, metavar="S", help="… for so long")
    find.add_argument("--write", type=Path, metavar="FILE.yaml", help="write a site file of what was recognised")
    find.add_argument("--name", metavar="NAME", help="name of the site in that file")
    find.add_argument("--language", choices=("en", "fr"), default="en", help="of the comments in that file")
    find.add_argument("--report", type=Path, metavar="FILE", help="everything tried: .txt, .csv or .json")


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="log what happens")


def _add_look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("en", "fr"), help="the system's by default")
    parser.add_argument(
        "--theme", choices=("light", "dark", "high_contrast", "colour_blind"), help="the system's by default"
    )


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", nargs="?", type=Path, metavar="SITE", help="a site file")
    parser.add_argument("--demo", action="store_true", help="the demonstration site")
    parser.add_argument(
        "--speed", type=_seconds, default=1.0, metavar="N", help="how fast the demonstration's time runs"
    )


def _unit(text: str) -> int:
    if not text.isdecimal() or int(text) > 255:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address from 0 to 255")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count from 1 to 100000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
