"""What a check is, and how a list of them is run: one that fails does not keep the others from being run."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import WattelierError

log = logging.getLogger(__name__)


class Failed(WattelierError):
    """What a check has found, in one sentence."""


class Skipped(Exception):
    """Why something cannot be tried on this system, in one sentence."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a check may write, where the user's data really lies, and whether to be quick: fewer of a kind."""

    folder: Path
    user_data: Path
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """``run`` returns a few words of detail."""

    name: str
    run: Callable[[Setting], str]


class State(StrEnum):
    """How a check has ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """One line: ``words`` are the detail, or the reason."""

    name: str
    state: State
    words: str
    seconds: float


def results(checks: Sequence[Check], setting: Setting) -> Iterator[Result]:
    """Run one check after the other, each in a folder of its own."""
    for number, check in enumerate(checks):
        folder = setting.folder / f"{number:02}"
        folder.mkdir()
        began = time.monotonic()
        state, words = _outcome(check, Setting(folder, setting.user_data, setting.quick))
        yield Result(check.name, state, " ".join(words.split()), time.monotonic() - began)


def _outcome(check: Check, setting: Setting) -> tuple[State, str]:
    try:
        return State.PASSED, check.run(setting)
    except Skipped as reason:
        return State.SKIPPED, str(reason)
    except (WattelierError, OSError, sqlite3.Error) as err:
        return State.FAILED, str(err) or type(err).__name__
    except Exception as err:  # whatever is broken: the others are still worth knowing
        log.info("the check %s has raised", check.name, exc_info=True)
        return State.FAILED, f"{type(err).__name__}: {err}"
