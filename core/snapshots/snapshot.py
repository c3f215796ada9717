"""A snapshot as plain data: every parameter of some devices, and what they say they are, at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.access import Person
from core.parameters import NO_WORDS, Parameters, Words
from core.points import Quality, Value

SET, NOT_SET = "set", "not set"
"""All that is ever kept of a secret."""


class Kind(StrEnum):
    """Why a snapshot was taken."""

    AS_FOUND = "as found"  # at the first connection, before anything was changed from here
    AS_LEFT = "as left"  # at the end of the work
    BY_HAND = "by hand"
    REFERENCE = "reference"  # values of the company, written by people; may hold a few parameters and no identity


class Seal(StrEnum):
    """What the checksum of a file says."""

    FINE = "fine"
    CHANGED = "changed after it was written"
    NONE = "no checksum"  # only of a reference: others have lost theirs, and count as changed


@dataclass(frozen=True, slots=True)
class Item:
    """One value. ``reason`` says why there is none (``value`` None), or why it is not to be trusted.

    ``quality`` None: nobody has said it (a reference). ``step`` is the resolution of the register, in ``unit``;
    ``means`` the words of a choice; ``raw`` the registers in hex, or what stood in the message; ``at`` Unix seconds.
    ``sees`` is the least role that may see it. Of a secret the value is ``SET`` or ``NOT_SET``; nothing else is kept.
    """

    id: str
    title: Words = NO_WORDS
    value: Value = None
    unit: str = ""
    quality: Quality | None = None
    step: float = 0.0
    means: Words = NO_WORDS
    register: str = ""
    function: int | None = None
    raw: str = ""
    at: float | None = None
    reason: str = ""
    sees: str = "viewer"
    secret: bool = False
    section: Words = field(default=NO_WORDS, compare=False)  # heading of the device's manual: in the file a comment

    @property
    def known(self) -> bool:
        """Whether there is a value that may be compared. A stale one still tells what the device had said."""
        return self.value is not None and self.quality in (None, Quality.GOOD, Quality.STALE)


@dataclass(frozen=True, slots=True)
class Summary:
    """One device of a snapshot in one line. ``reason``: why it was not read, or not to the end."""

    device: str
    name: str = ""
    profile: str = ""
    serial: str = ""
    read: int = 0
    unread: int = 0
    reason: str = ""

    @property
    def title(self) -> str:
        """For people."""
        return self.name or self.device


@dataclass(frozen=True, slots=True)
class Device:
    """One device. ``model`` is maker and model of its profile; what it says itself stands in ``identity``.

    ``kind`` and ``address`` are those of its link, ``unit`` and ``station`` its place on it. ``reason`` says why it was
    not read, or not to the end; ``note`` what else has to be known of its values.
    """

    id: str
    name: str = ""
    profile: str = ""
    model: str = ""
    serial: str = ""
    kind: str = ""
    address: str = ""
    unit: int | None = None
    station: str = ""
    identity: tuple[Item, ...] = ()
    parameters: tuple[Item, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """For people."""
        return self.name or self.id

    def items(self) -> Iterator[Item]:
        """Identity, then parameters."""
        yield from self.identity
        yield from self.parameters

    @property
    def summary(self) -> Summary:
        """It in one line."""
        read = sum(item.value is not None for item in self.items())
        unread = len(self.identity) + len(self.parameters) - read
        return Summary(self.id, self.name, self.profile, self.serial, read, unread, self.reason)

    def seen_by(self, person: Person, known: Parameters | None = None) -> Device:
        """The device without what this person may not see.

        The file says of each value who may see it; ``known``, all parameters of the device's profile where it is at
        hand, can only hide more.
        """
        hidden = {entry.id for entry in known.entries if not person.reaches(entry.sees)} if known else set[str]()
        kept = tuple(item for item in self.parameters if person.reaches(item.sees) and item.id not in hidden)
        return replace(self, parameters=kept)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Some devices at one moment. ``at`` is Unix seconds, None where a reference does not say it.

    ``lines`` and ``head`` are number and hash of the newest line of the site's journal at that moment (None and empty
    where there was no journal), so that a journal cut off later shows. ``who`` is empty when the program took it by
    itself. ``simulated``: the devices were not real.
    """

    kind: Kind
    at: float | None
    devices: tuple[Device, ...]
    who: str = ""
    role: str = ""
    site: str = ""
    program: str = ""
    lines: int | None = None
    head: str = ""
    note: str = ""
    simulated: bool = False

    def device(self, name: str) -> Device | None:
        """One device."""
        return next((device for device in self.devices if device.id == name), None)
