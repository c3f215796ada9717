"""The configuration of a station as it last told it: keys compared without case, secrets known by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from core.points import Access, Kind, Point
from drivers.ocpp.messages import MOST_TEXT, Payload, is_secret, parts_of, whole, word

MOST_KEYS = 1000
SET, NOT_SET = "set", "not set"
"""What is shown of a secret."""

PROFILES = ("Core", "FirmwareManagement", "LocalAuthListManagement", "Reservation", "SmartCharging", "RemoteTrigger")


@dataclass(frozen=True, slots=True)
class Entry:
    """One key. ``value`` None: the station does not tell it. ``given``: the value as it came, not trimmed."""

    key: str
    value: str | None
    readonly: bool
    secret: bool
    given: str | None = None


@dataclass(slots=True)
class Configuration:
    """Every key that the station has told since it is connected."""

    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    unknown: set[str] = field(default_factory=set[str])  # small letters: keys that it does not have
    complete: bool = False  # the whole list has been read

    def take(self, payload: Payload, secrets: Iterable[str] = ()) -> list[Entry]:
        """Take an answer to GetConfiguration; return what it told. ``secrets``: further keys, in small letters."""
        hidden = set(secrets)
        told: list[Entry] = []
        for part in parts_of(payload.get("configurationKey")):
            key = word(part.get("key"))[:100]
            if not key or (len(self.entries) >= MOST_KEYS and key.lower() not in self.entries):
                continue
            secret = is_secret(key) or key.lower() in hidden
            given = part.get("value")
            value = None if given is None else word(given)
            if secret and value is not None:
                value = SET if value else NOT_SET
            exact = given[: 2 * MOST_TEXT] if isinstance(given, str) and not secret else value
            entry = Entry(key, value, _flag(part.get("readonly")), secret, exact)
            self.entries[key.lower()] = entry
            self.unknown.discard(key.lower())
            told.append(entry)
        for key in unknown_in(payload) - {entry.key.lower() for entry in told}:
            self.entries.pop(key, None)  # a station may lose keys with another firmware
            if len(self.unknown) < MOST_KEYS:
                self.unknown.add(key)
        return told

    def find(self, key: str) -> Entry | None:
        """The entry of that key, whatever its case."""
        return self.entries.get(key.lower())

    def text(self, key: str) -> str:
        """Its value; "" when it is not known."""
        entry = self.find(key)
        return entry.value or "" if entry is not None else ""

    def number(self, key: str) -> int | None:
        """Its value as a whole number."""
        return whole(self.text(key))

    @property
    def profiles(self) -> tuple[str, ...]:
        """The feature profiles that the station announces, in OCPP's own spelling; empty when it has not told any."""
        said = {re.sub(r"[^a-z]", "", part.lower()) for part in self.text("SupportedFeatureProfiles").split(",")}
        return tuple(
            name for name in PROFILES if name.lower() in said or name.removesuffix("Management").lower() in said
        )


def unknown_in(payload: Payload) -> set[str]:
    """The keys, in small letters, of which an answer to GetConfiguration says that the station has none such."""
    given = payload.get("unknownKey")
    return {word(key).lower() for key in cast("list[object]", given)[:MOST_KEYS]} if isinstance(given, list) else set()


def _flag(value: object) -> bool:
    return word(value).lower() in ("true", "1", "yes")


def point_id(key: str) -> str:
    """The id of a point for a key that the profile does not know."""
    return f"key_{re.sub(r'[^a-z0-9]+', '_', key.lower()).strip('_') or 'x'}"


def point_of(entry: Entry, name: str, group: str) -> Point:
    """A point for a key that only the station knows: its text, under the key's own name."""
    return Point(
        id=name,
        at=(),
        function=None,
        type="text",
        group=group,
        access=Access.READ if entry.readonly else Access.READ_WRITE,
        kind=Kind.TEXT,
        en=entry.key,
        fr=entry.key,
        source="told by the station",
        path=f"key.{entry.key}",
        secret=entry.secret,
    )
