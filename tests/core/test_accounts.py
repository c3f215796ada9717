"""Accounts: who may sign in, what a miss costs, and that a site is never without an administrator."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import Parameters, extract_parameters
from argon2.low_level import Type
from argon2.profiles import RFC_9106_LOW_MEMORY

from core.access import NOBODY, Access, Permission, Person
from core.errors import CommandRefused
from core.people.accounts import SCHEMA, Accounts, MustChange, require_site_edit
from core.people.lockout import MOST_UNKNOWN, LockedOut, wait_after
from core.people.passwords import Hasher, checked
from core.sitebook import SiteBook

CHEAP = Parameters(Type.ID, 19, 16, 32, time_cost=1, memory_cost=8, parallelism=1)
GOOD, BETTER = "tilleul sous la grange", "noyer devant le portail"
WRONG = "name and password are not right together"


@dataclass
class Held:
    """Both clocks, moved by the test."""

    unix: float = 1_764_000_000.0
    mono: float = 500.0

    def now(self) -> float:
        return self.unix

    def ticks(self) -> float:
        return self.mono

    def pass_s(self, seconds: float) -> None:
        self.unix += seconds
        self.mono += seconds


class Desk:
    """Opens the same file again and again, as programs do."""

    def __init__(self, file: Path, clock: Held) -> None:
        self.file, self.clock = file, clock
        self.notes: list[tuple[str, Mapping[str, object]]] = []
        self._open: list[sqlite3.Connection] = []

    def open(self, run: str = "one", hasher: Hasher | None = None) -> Accounts:
        db = sqlite3.connect(self.file, isolation_level=None, timeout=30, check_same_thread=False)
        self._open.append(db)
        db.executescript(SCHEMA)
        hasher = hasher or Hasher(CHEAP)
        return Accounts(db, self.clock, note=lambda *note: self.notes.append(note), hasher=hasher, run=run)

    def outcomes(self) -> list[str]:
        return [f"{kind}: {detail['outcome']} {detail['account']}".strip() for kind, detail in self.notes]

    def close(self) -> None:
        for db in self._open:
            db.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "farm.site.sqlite", Held())
    yield made
    made.close()


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    """With an administrator, Anne."""
    made = desk.open()
    made.create_first("Anne", GOOD)
    return made


ANNE = Person("Anne", "administrator")


def miss(accounts: Accounts, name: str = "Anne", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(CommandRefused):
            accounts.sign_in(name, "not the password")


# -- the first account -----------------------------------------------------------------------------------------


def test_the_first_account_is_an_administrator_and_there_is_no_default(desk: Desk) -> None:
    accounts = desk.open()
    assert not accounts.exist()
    for name, password in (("admin", "admin"), ("administrator", ""), ("", "")):
        with pytest.raises(CommandRefused):
            accounts.sign_in(name, password)
    assert accounts.create_first("Anne", GOOD) == ANNE
    assert accounts.exist()
    assert accounts.sign_in("Anne", GOOD) == ANNE


def test_only_one_of_two_programs_makes_the_first_account(desk: Desk) -> None:
    class Meeting(Hasher):
        def hash(self, password: str) -> str:
            start.wait()  # both have seen that there is no account
            return super().hash(password)

    start, made, refused = threading.Barrier(2), list[Person](), list[str]()
    desks = {name: desk.open(hasher=Meeting(CHEAP)) for name in ("Anne", "Paul")}

    def race(name: str) -> None:
        try:
            made.append(desks[name].create_first(name, GOOD))
        except CommandRefused as err:
            refused.append(str(err))

    threads = [threading.Thread(target=race, args=(name,)) for name in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert refused == ["this site has its administrator already: sign in"]
    assert [account.name for account in desk.open().listed()] == [made[0].name]


def test_a_first_account_with_a_bad_password_is_not_made(desk: Desk) -> None:
    accounts = desk.open()
    with pytest.raises(CommandRefused, match="at least 12 characters"):
        accounts.create_first("Anne", "short")
    assert not accounts.exist()


# -- names and passwords ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["anne", "  ANNE ", "Ａｎｎｅ"])
def test_names_are_one_without_case_and_width(accounts: Accounts, name: str) -> None:
    assert accounts.sign_in(name, GOOD) == ANNE
    with pytest.raises(CommandRefused, match="there is an account of that name already"):
        accounts.add(ANNE, name, BETTER, "user")


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "An\u200bne", "a\x07b", "—", "\u200d"])
def test_a_name_can_be_seen_and_is_not_too_long(accounts: Accounts, name: str) -> None:
    with pytest.raises(CommandRefused, match="a name"):
        accounts.add(ANNE, name, BETTER, "user")


def test_a_name_is_kept_as_it_was_written_but_for_needless_blanks(accounts: Accounts) -> None:
    accounts.add(ANNE, "  Jean-Luc \t d’Été ", BETTER, "user")
    assert [account.name for account in accounts.listed()] == ["Anne", "Jean-Luc d’Été"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "at least 12 characters"),
        ("x1" * 200, "at most 256 characters"),
        ("la cave d'aNNe la nuit", "must not contain the name"),
        ("Motdepasse2026!", "anybody would try"),
        ("motdepasse motdepasse", "anybody would try"),
        ("Administrateur-1", "anybody would try"),
        ("123456789012", "anybody would try"),
        ("109876543210", "anybody would try"),
        ("AzertyuiopQsdf", "anybody would try"),
        ("abababababab", "anybody would try"),
        ("            ", "anybody would try"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(CommandRefused, match=why):
        checked("Anne", password)


@pytest.mark.parametrize("password", [GOOD, "Zq9!Wm4?Xk7+", "correcthorsebattery", "éèàçùïôëâîûê"])
def test_no_mixture_is_asked_for(password: str) -> None:
    assert checked("Anne", password) == password


def test_a_very_short_name_may_stand_in_a_password() -> None:
    assert checked("Al", GOOD) == GOOD


def test_an_accent_is_the_same_however_it_was_typed(accounts: Accounts) -> None:
    accounts.change_password("Anne", GOOD, "la clé de la barrière")
    assert accounts.sign_in("Anne", "la cle\u0301 de la barrie\u0300re") == ANNE


def test_what_is_no_text_is_refused_like_any_other(accounts: Accounts) -> None:
    with pytest.raises(CommandRefused, match=WRONG):
        accounts.sign_in("\ud83d", "\ud83d")


# -- hashes ----------------------------------------------------------------------------------------------------


def kept(desk: Desk, name: str = "Anne") -> str:
    with closing(sqlite3.connect(desk.file)) as db:
        return str(db.execute("select hash from accounts where name = ?", (name,)).fetchone()[0])


def test_argon2id_with_the_parameters_of_the_rfc_is_used_unless_told_otherwise(desk: Desk) -> None:
    desk.open(hasher=Hasher()).create_first("Anne", GOOD)
    assert extract_parameters(kept(desk)) == RFC_9106_LOW_MEMORY
    assert kept(desk).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert GOOD.encode() not in desk.file.read_bytes()


def test_a_hash_grows_with_the_parameters_and_never_shrinks(desk: Desk, accounts: Accounts) -> None:
    small = kept(desk)
    larger = Parameters(Type.ID, 19, 16, 32, time_cost=2, memory_cost=16, parallelism=1)
    newer = desk.open(hasher=Hasher(larger))
    miss(newer)
    assert kept(desk) == small, "only who has signed in is hashed anew"
    assert newer.sign_in("Anne", GOOD) == ANNE
    grown = kept(desk)
    assert extract_parameters(grown) == larger
    assert accounts.sign_in("Anne", GOOD) == ANNE
    assert kept(desk) == grown


def test_the_hash_of_nobody_costs_as_much_as_a_real_one_and_fits_no_password() -> None:
    hasher = Hasher(CHEAP)
    assert extract_parameters(hasher.nobody) == CHEAP
    assert not hasher.matches(hasher.nobody, "")
    assert not hasher.matches("damaged", GOOD)
    assert hasher.matches(hasher.hash(GOOD), GOOD)


def test_an_unknown_name_is_verified_and_answered_like_a_known_one(desk: Desk) -> None:
    class Counting(Hasher):
        verified = 0

        def matches(self, kept: str, password: str) -> bool:
            self.verified += 1
            return super().matches(kept, password)

    hasher = Counting(CHEAP)
    accounts = desk.open(hasher=hasher)
    accounts.create_first("Anne", GOOD)
    for name in ("Anne", "nobody at all"):
        hasher.verified = 0
        with pytest.raises(CommandRefused, match=WRONG):
            accounts.sign_in(name, "not the password")
        assert hasher.verified == 1


# -- the lock-out ----------------------------------------------------------------------------------------------


def test_the_wait_doubles_from_five_seconds_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(misses) for misses in range(1, 14)]
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
    assert wait_after(10**9) == 900


@pytest.mark.parametrize("name", ["Anne", "nobody at all"])
def test_the_third_miss_makes_wait_whoever_it_was(desk: Desk, accounts: Accounts, name: str) -> None:
    miss(accounts, name, 2)
    with pytest.raises(LockedOut, match=r"too many wrong passwords: wait 5 s$") as told:
        accounts.sign_in(name, "not the password")
    assert told.value.wait_s == 5.0
    desk.clock.pass_s(3)
    with pytest.raises(LockedOut, match="wait 2 s"):
        accounts.sign_in(name, GOOD)
    desk.clock.pass_s(2)
    with pytest.raises(LockedOut, match="wait 10 s"):
        accounts.sign_in(name, "not the password")


def test_the_right_password_is_not_looked_at_while_one_has_to_wait(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, times=3)
    with pytest.raises(LockedOut):
        accounts.sign_in("Anne", GOOD)
    with pytest.raises(LockedOut):
        accounts.change_password("Anne", GOOD, BETTER)
    desk.clock.pass_s(5)
    assert accounts.sign_in("Anne", GOOD) == ANNE
    miss(accounts, times=2)
    assert accounts.sign_in("Anne", GOOD) == ANNE, "a success begins anew"


def test_trying_while_one_has_to_wait_makes_it_no_longer(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, times=3)
    for _ in range(4):
        desk.clock.pass_s(1)
        miss(accounts)
    desk.clock.pass_s(1)
    assert accounts.sign_in("Anne", GOOD) == ANNE


def test_a_long_wait_is_told_in_minutes(desk: Desk, accounts: Accounts) -> None:
    for _ in range(10):
        miss(accounts)
        desk.clock.pass_s(640)
    with pytest.raises(LockedOut, match=r"wait 15 min$"):
        accounts.sign_in("Anne", "not the password")


def test_another_connection_and_another_run_wait_too(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, times=3)
    with pytest.raises(LockedOut, match="wait 5 s"):
        desk.open().sign_in("Anne", GOOD)
    desk.clock.mono = 3.0  # the computer was started again
    desk.clock.unix += 2
    restarted = desk.open(run="two")
    with pytest.raises(LockedOut, match="wait 3 s"):
        restarted.sign_in("Anne", GOOD)
    desk.clock.pass_s(3)
    assert restarted.sign_in("Anne", GOOD) == ANNE


@pytest.mark.parametrize("moved_s", [-86_400 * 365, -60, 86_400 * 365])
def test_setting_the_clock_changes_no_wait(desk: Desk, accounts: Accounts, moved_s: float) -> None:
    miss(accounts, times=4)
    desk.clock.pass_s(4)
    desk.clock.unix += moved_s
    with pytest.raises(LockedOut, match="wait 1 s"):
        accounts.sign_in("Anne", GOOD)
    desk.clock.mono += 1
    assert accounts.sign_in("Anne", GOOD) == ANNE


def test_a_clock_set_back_before_a_restart_makes_the_wait_begin_again_and_end(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, times=3)
    desk.clock.unix -= 86_400 * 365
    desk.clock.mono = 3.0
    restarted = desk.open(run="two")
    with pytest.raises(LockedOut, match="wait 5 s"):
        restarted.sign_in("Anne", GOOD)
    desk.clock.mono += 4
    desk.clock.unix -= 86_400
    with pytest.raises(LockedOut, match="wait 1 s"):
        restarted.sign_in("Anne", GOOD)
    desk.clock.mono += 1
    assert restarted.sign_in("Anne", GOOD) == ANNE


def test_misses_are_forgotten_after_a_day(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, times=3)
    desk.clock.pass_s(86_400)
    miss(accounts, times=2)
    with pytest.raises(LockedOut, match="wait 5 s"):
        accounts.sign_in("Anne", "not the password")


def test_tries_at_the_same_time_are_all_counted(desk: Desk, accounts: Accounts) -> None:
    """Each is counted before the password is looked at: the second does not wait for the end of the first."""

    class Slow(Hasher):
        def matches(self, kept: str, password: str) -> bool:
            arrived.wait()
            return super().matches(kept, password)

    arrived, refused = threading.Barrier(2), list[str]()
    tries = [desk.open(hasher=Slow(CHEAP)) for _ in range(2)]
    miss(accounts)

    def attempt(one: Accounts) -> None:
        try:
            one.sign_in("Anne", "not the password")
        except CommandRefused as err:
            refused.append(str(err))

    threads = [threading.Thread(target=attempt, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refused) == [WRONG, "too many wrong passwords: wait 5 s"]
    with pytest.raises(LockedOut):
        accounts.sign_in("Anne", GOOD)


def test_names_nobody_has_are_kept_in_a_small_table_that_never_forgets_a_real_one(
    desk: Desk, accounts: Accounts
) -> None:
    miss(accounts, times=3)
    with closing(sqlite3.connect(desk.file)) as db, db:
        rows = [(f"name {row}", row) for row in range(MOST_UNKNOWN + 500)]
        db.executemany("insert into misses values (?, 0, 1, 0, ?, 'x', 0)", rows)
    miss(accounts, "a new one")
    with closing(sqlite3.connect(desk.file)) as db:
        assert db.execute("select count(*) from misses where not known").fetchone() == (MOST_UNKNOWN,)
    with pytest.raises(LockedOut):
        accounts.sign_in("Anne", GOOD)


def test_what_was_typed_as_a_name_is_nowhere_in_the_file(desk: Desk, accounts: Accounts) -> None:
    miss(accounts, "a password in the wrong field")
    data = b"".join(file.read_bytes() for file in desk.file.parent.iterdir())
    assert b"wrong field" not in data
    assert all("wrong field" not in str(note) for note in desk.notes)


# -- what an administrator does --------------------------------------------------------------------------------


@pytest.fixture
def paul(accounts: Accounts) -> Person:
    """An installer who has chosen his own password."""
    accounts.add(ANNE, "Paul", GOOD, "installer")
    return accounts.change_password("Paul", GOOD, BETTER)


def test_a_new_person_must_choose_a_password_of_his_own(accounts: Accounts) -> None:
    accounts.add(ANNE, "Paul", GOOD, "viewer")
    with pytest.raises(MustChange):
        accounts.sign_in("Paul", GOOD)
    with pytest.raises(CommandRefused, match="the new password is the old one"):
        accounts.change_password("Paul", GOOD, GOOD)
    assert accounts.change_password("paul", GOOD, BETTER) == Person("Paul", "viewer"), "whatever his role"
    assert accounts.sign_in("Paul", BETTER) == Person("Paul", "viewer")


def test_a_change_of_ones_password_needs_the_old_one(accounts: Accounts, paul: Person) -> None:
    with pytest.raises(CommandRefused, match=WRONG):
        accounts.change_password("Paul", "not the password", GOOD)
    with pytest.raises(CommandRefused, match="at least 12"):
        accounts.change_password("Paul", BETTER, "short")
    accounts.change_password("Paul", BETTER, GOOD)
    assert accounts.sign_in("Paul", GOOD) == paul


def test_every_role_may_change_its_own_password(accounts: Accounts, paul: Person) -> None:
    accounts.set_role(ANNE, "Paul", "viewer")
    assert accounts.change_password("Paul", BETTER, GOOD) == Person("Paul", "viewer")


def test_a_reset_lets_in_again_and_asks_for_a_new_password(desk: Desk, accounts: Accounts, paul: Person) -> None:
    miss(accounts, "Paul", 3)
    accounts.reset_password(ANNE, "Paul", "une phrase provisoire")
    with pytest.raises(MustChange):
        accounts.sign_in("Paul", "une phrase provisoire")
    desk.clock.pass_s(60)
    with pytest.raises(CommandRefused, match=WRONG):
        accounts.sign_in("Paul", BETTER)


def test_a_disabled_account_is_told_so_only_with_its_password(accounts: Accounts, paul: Person) -> None:
    accounts.enable(ANNE, "Paul", False)
    assert accounts.person("Paul") is None
    with pytest.raises(CommandRefused, match=WRONG):
        accounts.sign_in("Paul", "not the password")
    with pytest.raises(CommandRefused, match="this account is disabled"):
        accounts.sign_in("Paul", BETTER)
    accounts.enable(ANNE, "Paul", True)
    assert accounts.sign_in("Paul", BETTER) == paul


def test_a_removed_account_is_gone_and_its_name_free(accounts: Accounts, paul: Person) -> None:
    accounts.remove(ANNE, "Paul")
    with pytest.raises(CommandRefused, match=WRONG):
        accounts.sign_in("Paul", BETTER)
    with pytest.raises(CommandRefused, match="there is no such account any more"):
        accounts.remove(ANNE, "Paul")
    accounts.add(ANNE, "PAUL", GOOD, "user")
    assert [account.name for account in accounts.listed()] == ["Anne", "PAUL"]


CHANGES: list[Callable[[Accounts, Person], None]] = [
    lambda accounts, by: accounts.add(by, "Luc", BETTER, "administrator"),
    lambda accounts, by: accounts.set_role(by, "Paul", "administrator"),
    lambda accounts, by: accounts.reset_password(by, "Anne", BETTER),
    lambda accounts, by: accounts.enable(by, "Anne", False),
    lambda accounts, by: accounts.remove(by, "Anne"),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "by", [NOBODY, Person("Paul", "installer"), Person("Paul", "administrator"), Person("Eve", "administrator")]
)
def test_only_who_is_an_administrator_now_changes_accounts(
    accounts: Accounts, paul: Person, by: Person, change: Callable[[Accounts, Person], None]
) -> None:
    before = accounts.listed()
    with pytest.raises(CommandRefused, match="this needs the role administrator"):
        change(accounts, by)
    assert accounts.listed() == before


LAST: list[Callable[[Accounts], None]] = [
    lambda accounts: accounts.set_role(ANNE, "anne", "installer"),
    lambda accounts: accounts.enable(ANNE, "ANNE", False),
    lambda accounts: accounts.remove(ANNE, "Anne"),
]


@pytest.mark.parametrize("change", LAST)
def test_the_last_administrator_stays_one(accounts: Accounts, paul: Person, change: Callable[[Accounts], None]) -> None:
    accounts.add(ANNE, "Luc", GOOD, "administrator")
    accounts.enable(ANNE, "Luc", False)  # who cannot sign in does not count
    before = accounts.listed()
    with pytest.raises(CommandRefused, match="at least one administrator who can sign in"):
        change(accounts)
    assert accounts.listed() == before
    accounts.enable(ANNE, "Luc", True)
    change(accounts)
    assert accounts.person("Anne") != ANNE


def test_two_administrators_cannot_remove_each_other_at_once(desk: Desk, accounts: Accounts) -> None:
    accounts.add(ANNE, "Luc", GOOD, "administrator")
    start, refused = threading.Barrier(2), list[str]()
    both = [(desk.open(), ANNE, "Luc"), (desk.open(), Person("Luc", "administrator"), "Anne")]

    def race(one: Accounts, by: Person, other: str) -> None:
        start.wait()
        try:
            one.remove(by, other)
        except CommandRefused as err:
            refused.append(str(err))

    threads = [threading.Thread(target=race, args=arguments) for arguments in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(accounts.listed()) == 1


@pytest.mark.parametrize("role", ["", "root", "Administrator"])
def test_a_role_is_one_of_the_four(accounts: Accounts, paul: Person, role: str) -> None:
    with pytest.raises(CommandRefused, match="is not one of viewer, user, installer, administrator"):
        accounts.set_role(ANNE, "Paul", role)


def test_a_sign_in_that_is_overtaken_by_a_change_is_refused(desk: Desk, accounts: Accounts, paul: Person) -> None:
    class Overtaken(Hasher):
        def matches(self, kept: str, password: str) -> bool:
            accounts.enable(ANNE, "Paul", False)
            return super().matches(kept, password)

    with pytest.raises(CommandRefused, match="changed meanwhile"):
        desk.open(hasher=Overtaken(CHEAP)).sign_in("Paul", BETTER)


# -- the journal -----------------------------------------------------------------------------------------------


def test_what_happens_is_told_and_no_password_with_it(desk: Desk, accounts: Accounts, paul: Person) -> None:
    desk.notes.clear()
    accounts.sign_in("Paul", BETTER)
    miss(accounts, "Paul", 3)
    miss(accounts, "Paul")  # while one has to wait nothing is tried, and nothing told
    accounts.set_role(ANNE, "Paul", "user")
    accounts.reset_password(ANNE, "Paul", "une phrase provisoire")
    accounts.enable(ANNE, "Paul", False)
    accounts.remove(ANNE, "Paul")
    accounts.signed_off(ANNE, "idle")
    accounts.signed_off(NOBODY, "locked")
    assert desk.outcomes() == [
        "sign in: signed in Paul",
        "sign in: refused Paul",
        "sign in: refused Paul",
        "sign in: locked out Paul",
        "account: role Paul",
        "account: password reset Paul",
        "account: disabled Paul",
        "account: removed Paul",
        "sign in: signed off Anne",
    ]
    who = {"who": "Anne", "role": "administrator", "outcome": "role", "account": "Paul"}
    assert desk.notes[4][1] == {**who, "before": "installer", "after": "user"}
    assert not any(secret in str(desk.notes) for secret in (GOOD, BETTER, "provisoire", "not the password"))


def test_what_was_not_done_is_not_told(desk: Desk, accounts: Accounts) -> None:
    desk.notes.clear()
    with pytest.raises(CommandRefused):
        accounts.remove(ANNE, "Anne")
    assert desk.notes == []


def test_the_book_of_the_site_keeps_accounts_and_what_happened_to_them(tmp_path: Path) -> None:
    book = SiteBook(tmp_path / "farm.site.sqlite", Held())
    with book.accounts() as accounts:
        accounts.create_first("Anne", GOOD)
        miss(accounts, times=3)
    with book.accounts() as accounts, pytest.raises(LockedOut):
        accounts.sign_in("Anne", GOOD)
    with book.journal() as journal:
        lines = [line.entry for line in journal.lines()]
        assert journal.verify().ok
    said = [(entry.kind, entry.who, entry.role, entry.outcome) for entry in reversed(lines)]
    anne = ("Anne", "administrator")
    assert said == [
        ("account", *anne, "created"),
        ("sign in", *anne, "signed in"),
        ("sign in", *anne, "refused"),
        ("sign in", *anne, "refused"),
        ("sign in", *anne, "locked out"),
    ]
    assert lines[0].detail == {"account": "Anne", "wait_s": 5}


def test_a_new_book_is_made_once_however_many_open_it_at_the_same_time(tmp_path: Path) -> None:
    book, start, found = SiteBook(tmp_path / "farm.site.sqlite", Held()), threading.Barrier(4), list[bool | int]()

    def look(part: str) -> None:
        start.wait()
        if part == "accounts":
            with book.accounts() as accounts:
                found.append(accounts.exist())
        else:
            with book.journal() as journal:
                found.append(journal.verify().count)

    threads = [threading.Thread(target=look, args=(part,)) for part in ("accounts", "journal") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0, 0, 0, 0]


# -- the site file ---------------------------------------------------------------------------------------------


class OneBook:
    """A book whose accounts are these."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    @contextmanager
    def accounts(self) -> Iterator[Accounts]:
        yield self._accounts


def test_the_site_file_is_for_everybody_until_there_is_an_account(desk: Desk) -> None:
    accounts, access = desk.open(), Access()
    book = OneBook(accounts)
    require_site_edit(access, None)
    require_site_edit(access, book)
    accounts.create_first("Anne", GOOD)
    with pytest.raises(CommandRefused, match="sign in first"):
        require_site_edit(access, book)
    access.sign_in(Person("Paul", "user"))
    with pytest.raises(CommandRefused, match="Paul has the role user"):
        require_site_edit(access, book)
    access.sign_in(Person("Paul", "installer"))
    require_site_edit(access, book)
    assert access.require(Permission.EDIT_SITE)
