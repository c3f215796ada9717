"""Who may do what: the roles, the one table of permissions, and who is signed in. Every command passes ``require``."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import CommandRefused

ROLES = ("viewer", "user", "installer", "administrator")
"""From the least to the most; each may do what those before it may."""


class Permission(StrEnum):
    """What is asked for before something is done."""

    OPERATE = "operate"  # orders to a charging station or wallbox: start, stop, limit, unlock
    MAINTAIN = "maintain"  # orders that interrupt or reconfigure: reset, firmware, local list
    TRANSMIT = "transmit"  # open a CAN bus
    WRITE = "write"  # a parameter; the parameter's own role is checked as well
    WRITE_DANGEROUS = "write dangerous"  # grid code, protection, restart
    CONFIRM = "confirm"  # an inferred register has been compared on site
    EDIT_SITE = "edit site"  # the site file: links, devices, which device limits current
    SNAPSHOT = "snapshot"  # take one, export one
    COMMISSION = "commission"  # results of the assistants
    ACCOUNTS = "accounts"  # create, change, remove people
    OWN_PASSWORD = "own password"


TABLE: Mapping[Permission, str] = {
    Permission.OPERATE: "user",
    Permission.MAINTAIN: "installer",
    Permission.TRANSMIT: "installer",
    Permission.WRITE: "user",
    Permission.WRITE_DANGEROUS: "installer",
    Permission.CONFIRM: "installer",
    Permission.EDIT_SITE: "installer",
    Permission.SNAPSHOT: "installer",
    Permission.COMMISSION: "installer",
    Permission.ACCOUNTS: "administrator",
    Permission.OWN_PASSWORD: "viewer",
}
"""Permission -> the least role that has it. The one place where this is decided."""


def reaches(role: str, least: str) -> bool:
    """Whether a role is at least another one; an unknown role reaches nothing."""
    return role in ROLES and least in ROLES and ROLES.index(role) >= ROLES.index(least)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. ``name`` is empty for nobody."""

    name: str = ""
    role: str = "viewer"

    def may(self, permission: Permission) -> bool:
        """Whether the table gives it; nobody has none."""
        return bool(self.name) and reaches(self.role, TABLE[permission])

    def reaches(self, least: str) -> bool:
        """Whether the role is at least this one."""
        return reaches(self.role, least)

    def require(self, permission: Permission) -> None:
        """Raise CommandRefused with a sentence unless the table gives it."""
        if self.may(permission):
            return
        if not self.name:
            raise CommandRefused(f"sign in first: this needs the role {TABLE[permission]}")
        raise CommandRefused(f"{self.name} has the role {self.role}: this needs the role {TABLE[permission]}")


NOBODY = Person()
DEMONSTRATION = Person("demonstration", "administrator")
"""Signed in on a simulated site, where nothing real can be touched."""


class Access:
    """Who is signed in at a running site; any thread."""

    def __init__(self, person: Person = NOBODY) -> None:
        self._lock = threading.Lock()
        self._person = person

    @property
    def person(self) -> Person:
        """Who is signed in now."""
        with self._lock:
            return self._person

    def sign_in(self, person: Person) -> None:
        """From now on it is this person; ``NOBODY`` locks."""
        with self._lock:
            self._person = person

    def require(self, permission: Permission) -> Person:
        """The person, when the table gives it; raise CommandRefused with a sentence otherwise."""
        person = self.person
        person.require(permission)
        return person
