"""What every test gets unasked: no display, no network, a data folder of its own, no thread left behind."""

import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.strategies import FACTOR

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}  # a French PC sees the same texts

gc.disable()  # see the fixture below

settings.register_profile("wattelier", deadline=None, max_examples=100 * FACTOR)  # a busy machine is no bug
settings.load_profile("wattelier")

THREADS_END_WITHIN_S = 2.0
NOT_OURS = ("Dummy-", "pytest_timeout")  # a Qt thread seen from Python; the watch on Windows


class NetworkReached(AssertionError):
    """A test reached for another machine. No OSError, or the code under test would call it a broken line."""


def is_this_machine(host: object) -> bool:
    """Whether a socket may go there: loopback, by number or by its one name."""
    if host in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def thread_list(threads: set[threading.Thread]) -> str:
    return ", ".join(sorted(thread.name for thread in threads))


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Python would collect wherever it allocates, and a widget must not die in a worker's thread (``gui.garbage``)."""
    yield
    if gc.get_count()[0] > 700:
        gc.collect(2 if gc.get_count()[2] > 10 else 1)


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """Fail when a thread that this test started, daemon or not, outlives it."""
    before = set(threading.enumerate())

    def left() -> set[threading.Thread]:
        return {t for t in set(threading.enumerate()) - before if not t.name.startswith(NOT_OURS)}

    yield
    end = time.monotonic() + THREADS_END_WITHIN_S
    while left() and time.monotonic() < end:
        time.sleep(0.01)
    if threads := left():
        pytest.fail(f"threads left behind: {thread_list(threads)}")


@pytest.fixture(autouse=True)
def the_environment_is_put_back() -> Iterator[None]:
    """A verb may set variables for its own process; the next test shall not live in them."""
    before = dict(os.environ)
    yield
    for name in set(os.environ) - set(before):
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let sockets reach this machine only; a name ending in ``.invalid`` is unknown without asking anyone."""
    reached: list[str] = []

    def refuse(where: object) -> NetworkReached:
        reached.append(str(where))
        return NetworkReached(f"a test may not reach {where}")

    def guard(method: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            internet = self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple)
            if internet and not is_this_machine(address[0]):
                raise refuse(address)
            return method(self, *arguments)

        return guarded

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str) and name.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if not is_this_machine(name) and not is_number(name):
            raise refuse(name)
        return look_up(host, *arguments, **named)

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guard(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    if reached:  # also when a thread caught and logged it
        pytest.fail(f"the network was reached: {', '.join(reached)}")


def is_number(host: object) -> bool:
    """Whether a look-up of this host asks no server."""
    try:
        ip_address(str(host))
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty user data folder and settings of its own; return the data folder."""
    data = tmp_path / "wattelier-data"
    monkeypatch.setenv("WATTELIER_DATA", str(data))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return data
