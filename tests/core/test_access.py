"""The table of permissions is one, and a station asks it before anything leaves."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import nullcontext
from zoneinfo import ZoneInfo

import pytest

from core.access import DEMONSTRATION, NOBODY, ROLES, TABLE, Access, Permission, Person, reaches
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused
from core.facade import Station
from core.frames import FrameRing
from core.hub import Hub
from core.limiter import READING, permission
from core.linkurl import parse_link
from core.status import LinkState, LinkStatus

PARIS = ZoneInfo("Europe/Paris")


class Taker:
    """A line that takes every order and opens its gate; it remembers both."""

    name = "calls"

    def __init__(self) -> None:
        self.frames = FrameRing("calls")
        self.taken: list[str] = []

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def status(self) -> LinkStatus:
        return LinkStatus("calls", LinkState.UP, 0.0)

    def reconnect(self) -> None: ...

    def ask(self, device: str, group: str | None = None) -> None: ...

    def allow(self, profile: str) -> None:
        self.taken.append(f"allow {profile}".strip())

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        self.taken.append(action)
        return Future()


def station(line: Taker, *, demo: bool = False, access: Access | None = None) -> Station:
    link = LinkConfig("calls", parse_link("ocpp://127.0.0.1:8887/"), read_only=False)
    site = Site("Ferme", PARIS, (link,), (DeviceConfig("box", "calls", "x/y", None),), demo=demo)
    return Station(site, book=PointBook(site), hub=Hub(), lines={"calls": line}, access=access)


def test_the_table_knows_every_permission_and_names_roles_only() -> None:
    assert set(TABLE) == set(Permission)
    assert set(TABLE.values()) <= set(ROLES)


@pytest.mark.parametrize("needed", list(Permission))
def test_each_role_may_what_those_before_it_may(needed: Permission) -> None:
    allowed = [Person("Paul", role).may(needed) for role in ROLES]
    assert allowed == sorted(allowed)
    assert allowed[-1], "an administrator may everything"
    assert not NOBODY.may(needed)
    assert not Person("Paul", "root").may(needed), "a role that does not exist may nothing"


def test_roles_are_ordered() -> None:
    assert reaches("installer", "user")
    assert not reaches("user", "installer")
    assert not reaches("installer", "root")


def test_a_refusal_says_what_is_missing() -> None:
    access = Access()
    with pytest.raises(CommandRefused, match="sign in first: this needs the role installer"):
        access.require(Permission.TRANSMIT)
    access.sign_in(Person("Paul", "user"))
    with pytest.raises(CommandRefused, match="Paul has the role user: this needs the role installer"):
        access.require(Permission.TRANSMIT)
    assert access.require(Permission.OPERATE) == Person("Paul", "user")


def test_nobody_gives_an_order_that_changes_something() -> None:
    line = Taker()
    site = station(line)
    for action in ("remote_start", "limit", "reset", "no such order"):
        with pytest.raises(CommandRefused, match="sign in first"):
            site.operate("box", action)
    with pytest.raises(CommandRefused, match="sign in first"):
        site.allow_transmission("calls", "open_evse/can_wallbox")
    assert line.taken == []


def test_what_only_reads_and_what_ends_a_transmission_are_for_everybody() -> None:
    line = Taker()
    site = station(line)
    for action in sorted(READING):
        site.operate("box", action)
    site.allow_transmission("calls", "")
    assert line.taken == [*sorted(READING), "allow"]


@pytest.mark.parametrize(
    ("role", "may"),
    [("viewer", []), ("user", ["limit"]), ("installer", ["limit", "reset", "allow x"])],
)
def test_orders_are_for_users_and_what_interrupts_for_installers(role: str, may: list[str]) -> None:
    line = Taker()
    site = station(line, access=Access(Person("Paul", role)))
    tries: dict[str, Callable[[], object]] = {
        "limit": lambda: site.operate("box", "limit"),
        "reset": lambda: site.operate("box", "reset"),
        "allow x": lambda: site.allow_transmission("calls", "x"),
    }
    for name, attempt in tries.items():
        with nullcontext() if name in may else pytest.raises(CommandRefused, match=f"Paul has the role {role}"):
            attempt()
    assert line.taken == may


def test_locking_takes_the_right_away_at_once() -> None:
    line = Taker()
    site = station(line, access=Access(Person("Paul", "installer")))
    site.operate("box", "limit")
    site.access.sign_in(NOBODY)
    with pytest.raises(CommandRefused):
        site.operate("box", "limit")
    assert line.taken == ["limit"]


def test_a_simulated_site_is_signed_in_by_itself_and_a_real_one_never() -> None:
    assert station(Taker(), demo=True).access.person == DEMONSTRATION
    assert station(Taker()).access.person == NOBODY


def test_an_order_that_is_not_in_the_table_needs_the_stricter_permission() -> None:
    assert permission("no such order") is Permission.MAINTAIN
