"""The people of a site: accounts in its book, signing in, and what an administrator does to them.

Every method may take 0.1 s or more and the memory of a hash: call them in a worker. They raise CommandRefused with a
sentence, and sqlite3.Error when the book cannot be used (``core.sitebook`` turns that into a sentence).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from core.access import NOBODY, ROLES, Access, Permission, Person
from core.errors import CommandRefused
from core.people import lockout
from core.people.lockout import RUN, LockedOut, Misses
from core.people.passwords import Hasher, checked, plain
from core.protocols import Clock, SystemClock
from core.storage.transaction import transaction

SCHEMA = f"""
create table if not exists accounts (
    folded text primary key, -- the name without case
    name text not null, role text not null, hash text not null,
    must_change integer not null default 0, enabled integer not null default 1,
    created integer not null, signed_in integer -- Unix ms
) without rowid;
{lockout.SCHEMA}"""

ADMINISTRATOR = ROLES[-1]
LONGEST_NAME = 40
LATEST_MS = 10**14  # the year 5138: a later moment is damaged
MEANWHILE = "this account has been changed meanwhile"

Note = Callable[[str, Mapping[str, object]], object]
"""Hears what happened, once it is stored: a kind ("sign in", "account"), and ``who``, his ``role``, ``outcome``,
``account``, and where it matters ``before`` and ``after`` (roles), ``wait_s``, ``why``. No password, ever."""


class MustChange(CommandRefused):
    """Name and password are right, but the password was set by an administrator: ``change_password`` first."""

    def __init__(self) -> None:
        super().__init__("this password was set by an administrator: choose a new one")


@dataclass(frozen=True, slots=True)
class Account:
    """What may be shown of an account. ``created`` and ``signed_in`` (last time, None: never) are Unix seconds."""

    name: str
    role: str
    enabled: bool
    must_change: bool
    created: float
    signed_in: float | None


class Book(Protocol):
    """Where the accounts are kept: ``core.sitebook``."""

    def accounts(self) -> AbstractContextManager[Accounts]:
        """The accounts, for the calling thread; may raise StorageError."""
        ...


def require_site_edit(access: Access, book: Book | None) -> None:
    """Raise CommandRefused unless the site file may be edited: by anybody before the first account.

    Reads the book: for a worker.
    """
    if access.person.may(Permission.EDIT_SITE) or book is None:
        return
    with book.accounts() as accounts:
        if accounts.exist():
            access.require(Permission.EDIT_SITE)


class Accounts:
    """The accounts over an open connection; one thread. ``run``: see ``core.people.lockout``."""

    def __init__(
        self,
        db: sqlite3.Connection,
        clock: Clock | None = None,
        *,
        note: Note | None = None,
        hasher: Hasher | None = None,
        run: str = RUN,
    ) -> None:
        self._db, self._clock = db, clock or SystemClock()
        self._misses = Misses(db, self._clock, run)
        self._note, self._hasher = note, hasher or Hasher()

    def exist(self) -> bool:
        """Whether there is an account at all."""
        return self._db.execute("select 1 from accounts limit 1").fetchone() is not None

    def listed(self) -> list[Account]:
        """Every account, by name."""
        question = "select name, role, enabled, must_change, created, signed_in from accounts order by folded"
        return [
            Account(str(name), str(role), bool(enabled), bool(must), _seconds(created) or 0.0, _seconds(at))
            for name, role, enabled, must, created, at in self._db.execute(question)
        ]

    def person(self, name: str) -> Person | None:
        """Who that is, with the role of now; None when there is no such account or it is disabled."""
        question = "select name, role from accounts where folded = ? and enabled"
        row = self._db.execute(question, (_folded(name),)).fetchone()
        return Person(str(row[0]), str(row[1])) if row else None

    # -- by the person ---------------------------------------------------------------------------------------------

    def create_first(self, name: str, password: str) -> Person:
        """Make the first account, an administrator's; raise CommandRefused when there is one already."""
        name = _checked_name(name)
        made = self._hasher.hash(checked(name, password))
        with transaction(self._db):
            if self.exist():
                raise CommandRefused("this site has its administrator already: sign in")
            self._insert(name, ADMINISTRATOR, made, must_change=False)
            self._touch(name)
            self._misses.forgive(_folded(name))
        person = Person(name, ADMINISTRATOR)
        self._tell("account", person, "created", name, after=ADMINISTRATOR)
        self._tell("sign in", person, "signed in", name)
        return person

    def sign_in(self, name: str, password: str) -> Person:
        """Who that is; raise LockedOut, MustChange, or CommandRefused when name and password are not right together."""
        person, kept, must_change = self._proven(name, password)
        if self._hasher.is_outgrown(kept):
            fresh = self._hasher.hash(plain(password))
            with transaction(self._db):  # not when the password was changed meanwhile
                self._db.execute("update accounts set hash = ? where hash = ?", (fresh, kept))
        if must_change:
            raise MustChange
        with transaction(self._db):
            self._touch(person.name)
        self._tell("sign in", person, "signed in", person.name)
        return person

    def change_password(self, name: str, old: str, new: str) -> Person:
        """Replace one's own password; raise as ``sign_in`` does, and CommandRefused for one that is not good enough.

        After a reset by an administrator this signs in, whatever the role.
        """
        fresh = checked(_shown(name), new)
        person, kept, must_change = self._proven(name, old)
        if not must_change:
            person.require(Permission.OWN_PASSWORD)
        if fresh == plain(old):
            raise CommandRefused("the new password is the old one")
        made = self._hasher.hash(fresh)
        with transaction(self._db):
            changed = self._db.execute("update accounts set hash = ?, must_change = 0 where hash = ?", (made, kept))
            if not changed.rowcount:
                raise CommandRefused(MEANWHILE)
            if must_change:
                self._touch(person.name)
        self._tell("account", person, "password changed", person.name)
        if must_change:
            self._tell("sign in", person, "signed in", person.name)
        return person

    def signed_off(self, person: Person, why: str) -> None:
        """Have it noted that this person has gone: ``why`` is "locked", or "idle" for after a time without a key."""
        if person.name:
            self._tell("sign in", person, "signed off", person.name, why=why)

    # -- by an administrator ---------------------------------------------------------------------------------------

    def add(self, by: Person, name: str, password: str, role: str) -> None:
        """Make an account; its person must change the password at the first sign-in."""
        name, role = _checked_name(name), _checked_role(role)
        made = self._hasher.hash(checked(name, password))
        with transaction(self._db):
            self._require(by)
            if self._row(name) is not None:
                raise CommandRefused("there is an account of that name already")
            self._insert(name, role, made, must_change=True)
            self._misses.forgive(_folded(name))
        self._tell("account", by, "created", name, after=role)

    def set_role(self, by: Person, name: str, role: str) -> None:
        """Give an account another role."""
        role = _checked_role(role)
        with self._changing(by, name) as (shown, before):
            self._db.execute("update accounts set role = ? where folded = ?", (role, _folded(name)))
        if role != before:
            self._tell("account", by, "role", shown, before=before, after=role)

    def reset_password(self, by: Person, name: str, password: str) -> None:
        """Set a password that its person must change at the next sign-in; ends a lock-out too."""
        made = self._hasher.hash(checked(_shown(name), password))
        with self._changing(by, name) as (shown, _role):
            self._db.execute("update accounts set hash = ?, must_change = 1 where folded = ?", (made, _folded(name)))
            self._misses.forgive(_folded(name))
        self._tell("account", by, "password reset", shown)

    def enable(self, by: Person, name: str, enabled: bool) -> None:
        """Let an account sign in, or not any more."""
        with self._changing(by, name) as (shown, _role):
            self._db.execute("update accounts set enabled = ? where folded = ?", (int(enabled), _folded(name)))
        self._tell("account", by, "enabled" if enabled else "disabled", shown)

    def remove(self, by: Person, name: str) -> None:
        """Remove an account; what it did stays in the journal."""
        with self._changing(by, name) as (shown, role):
            self._db.execute("delete from accounts where folded = ?", (_folded(name),))
            self._misses.forgive(_folded(name))
        self._tell("account", by, "removed", shown, before=role)

    # -- within ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _changing(self, by: Person, name: str) -> Generator[tuple[str, str]]:
        """A change by an administrator: yields the account's name and role, and sees that one administrator stays."""
        with transaction(self._db):
            self._require(by)
            row = self._row(name)
            if row is None:
                raise CommandRefused("there is no such account any more")
            yield row
            left = "select 1 from accounts where role = ? and enabled limit 1"
            if self._db.execute(left, (ADMINISTRATOR,)).fetchone() is None:
                raise CommandRefused("a site keeps at least one administrator who can sign in")

    def _require(self, by: Person) -> None:
        """That this person may, by the role of now and not the one of when he signed in."""
        by.require(Permission.ACCOUNTS)
        (self.person(by.name) or Person(by.name)).require(Permission.ACCOUNTS)

    def _row(self, name: str) -> tuple[str, str] | None:
        row = self._db.execute("select name, role from accounts where folded = ?", (_folded(name),)).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def _insert(self, name: str, role: str, made: str, *, must_change: bool) -> None:
        row = (_folded(name), name, role, made, int(must_change), self._now_ms())
        columns = "folded, name, role, hash, must_change, created"
        self._db.execute(f"insert into accounts ({columns}) values (?, ?, ?, ?, ?, ?)", row)

    def _touch(self, name: str) -> None:
        self._db.execute("update accounts set signed_in = ? where folded = ?", (self._now_ms(), _folded(name)))

    def _proven(self, name: str, password: str) -> tuple[Person, str, bool]:
        """The person whose password that is, its hash, and whether it has to be changed."""
        folded = _folded(name)
        wait_s = self._misses.count(folded, self._row(name) is not None)
        question = "select name, role, hash, must_change, enabled from accounts where folded = ?"
        row = self._db.execute(question, (folded,)).fetchone()
        person = Person(str(row[0]), str(row[1])) if row is not None else NOBODY
        right = self._hasher.matches(str(row[2]) if row is not None else self._hasher.nobody, password)
        if row is None or not right:  # a name that nobody has took as long
            outcome = "locked out" if wait_s else "refused"
            self._tell("sign in", person, outcome, person.name, wait_s=round(wait_s))
            raise LockedOut(wait_s) if wait_s else CommandRefused("name and password are not right together")
        if not row[4]:
            self._tell("sign in", person, "refused", person.name, why="disabled")
            raise CommandRefused("this account is disabled: an administrator can enable it")
        with transaction(self._db):
            if self._db.execute(question, (folded,)).fetchone() != row:
                raise CommandRefused(MEANWHILE)
            self._misses.forgive(folded)
        return person, str(row[2]), bool(row[3])

    def _now_ms(self) -> int:
        return round(self._clock.now() * 1000)

    def _tell(self, kind: str, who: Person, outcome: str, name: str, **more: object) -> None:
        if self._note is not None:
            self._note(kind, {"who": who.name, "role": who.role, "outcome": outcome, "account": name, **more})


def _seconds(at: object) -> float | None:
    """Unix seconds of a moment in the file (ms); None where there is none, or something else was put there."""
    return at / 1000 if isinstance(at, int) and 0 < at < LATEST_MS else None


def _shown(name: str) -> str:
    """A name as it is kept: one blank between its words, composed characters."""
    return plain(" ".join(name.split()))


def _folded(name: str) -> str:
    """What two names that count as the same have in common."""
    return unicodedata.normalize("NFKC", _shown(name)).casefold()


def _checked_name(name: str) -> str:
    name = _shown(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise CommandRefused(f"a name has 1 to {LONGEST_NAME} characters")
    if not name.isprintable() or not any(sign.isalnum() for sign in name):
        raise CommandRefused("a name is made of letters, digits and signs that can be seen")
    return name


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise CommandRefused(f"{role!r} is not one of {', '.join(ROLES)}")
    return role
