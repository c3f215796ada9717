"""Lines of the journal for what the desk decides; what a run does is written by the run itself (``work``)."""

from __future__ import annotations

from core.access import Person
from core.config import DeviceConfig
from core.parameters import Parameter
from core.writing import values
from core.writing.journal import Entry
from core.writing.orders import OwnChange
from core.writing.review import ReviewLine
from core.writing.rules import register_of
from core.writing.work import frames_of


def refusal(line: ReviewLine, person: Person, serial: str, sentence: str) -> Entry:
    """A value that may not be written, and why."""
    return Entry(
        "refused",
        person.name,
        person.role,
        device=line.edit.key.device,
        serial=serial,
        point=line.parameter.id,
        register=register_of(line.parameter),
        new="(secret)" if line.parameter.secret else values.text(line.edit.value),
        outcome="refused",
        detail={"sentence": sentence},
    )


def confirmation(person: Person, device: DeviceConfig, serial: str, parameter: Parameter, evidence: str) -> Entry:
    """An inferred register has been compared on site."""
    return Entry(
        "confirm",
        person.name,
        person.role,
        device=device.id,
        serial=serial,
        link=device.link,
        point=parameter.id,
        register=register_of(parameter),
        reason=evidence,
    )


def own_change(change: OwnChange, link: str, serial: str, point: str) -> Entry:
    """What a line has set by itself, at the call of a station."""
    return Entry(
        "set-up",
        device=change.device,
        serial=serial,
        link=link,
        point=point,
        register=change.path,
        old=change.old,
        new=change.new,
        outcome=change.outcome,
        detail={"frames": frames_of(change.exchanges)},
    )
