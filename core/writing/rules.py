"""What must hold before anything is sent; the core's own word, whatever a window has let through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from core import limiter
from core.access import ROLES, TABLE, Permission, Person
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused
from core.parameters import Danger, Memory, Parameter, Parameters, Section, Words
from core.points import Access, Confidence, Point
from core.writing import values
from core.writing.review import Edit, Review, ReviewLine, Wear, told_empty

SHARED = ("rtu", "rtu+tcp", "v5")  # kinds of link on which what is sent to unit 0 is taken by all
LIMIT_ROLES = ("charger.limit",)
OTHER = Section("other", Words("Other keys of the station", "Autres clés de la borne"))
NOT_KNOWN = Words(
    "What this key does is not known here: look it up in the station's own manual",
    "L’effet de cette clé n’est pas connu ici : voir la notice de la borne",
)
ITS_LOCK = Words(
    "A secret of the station: with another one it may not reach its supervision any more",
    "Un secret de la borne : avec un autre, elle peut ne plus joindre sa supervision",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules ask of the running site; plain look-ups, any thread."""

    site: Site
    parameters: Callable[[str], Parameters]
    wear: Callable[[str, Parameter, Parameters], Wear]
    confirmed: Callable[[str], Collection[str]]
    too_often: Callable[[str, Parameter], str]


def device_of(site: Site, device: str) -> tuple[DeviceConfig, LinkConfig] | None:
    """A device and its link."""
    config = next((entry for entry in site.devices if entry.id == device), None)
    link = next((entry for entry in site.links if config is not None and entry.id == config.link), None)
    return (config, link) if config is not None and link is not None else None


def register_of(parameter: Parameter) -> str:
    """How journal and wear call a parameter's place: its address, or its path."""
    point = parameter.point
    if point is None:
        return ""
    return f"0x{point.address:04X}" if point.at else point.path


def parameters_of(device: DeviceConfig, points: Sequence[Point]) -> Parameters:
    """What may be set on a device: what its profile lists, then what the device itself has told that may be changed.

    Only charging stations tell such things: configuration keys that no profile knows, under their own names. They are
    an administrator's. All keys of a station are with the first of its devices, since it has one configuration.
    """
    if device.profile is None:
        return Parameters()
    own = {point.id for point in points}
    listed = [entry for entry in device.profile.parameters.entries if not _is_key(entry.point) or entry.id in own]
    known = {entry.id for entry in device.profile.parameters.entries}
    told = [
        _told(point) for point in points if _is_key(point) and point.access is not Access.READ and point.id not in known
    ]
    sections = (*device.profile.parameters.sections, OTHER) if told else device.profile.parameters.sections
    return replace(device.profile.parameters, sections=sections, entries=(*listed, *told))


def _is_key(point: Point | None) -> bool:
    return point is not None and point.path.startswith("key.")


def _told(point: Point) -> Parameter:
    """A key that only the station knows: nobody has said what it does, nor what may stand in it."""
    return Parameter(
        point.id,
        OTHER.id,
        Words(point.en, point.fr),
        point,
        memory=Memory.FLASH,
        danger=Danger.REACH if point.secret else Danger.NONE,
        sees=ROLES[-1],
        writes=ROLES[-1],
        touches=ITS_LOCK if point.secret else NOT_KNOWN,
        source=point.source,
    )


def visible(parameters: Parameters, person: Person) -> Parameters:
    """What this person may see; sections without anything in them go."""
    entries = tuple(entry for entry in parameters.entries if person.reaches(entry.sees))
    used = {entry.section for entry in entries}
    sections = tuple(section for section in parameters.sections if section.id in used)
    return replace(parameters, sections=sections, entries=entries)


def review(edits: Sequence[Edit], person: Person, known: Known, *, automatic: bool = False) -> Review:
    """The table before writing. Raises CommandRefused when a device or a parameter does not exist for this person."""
    twice = [edit.key for row, edit in enumerate(edits) if edit.key in {other.key for other in edits[:row]}]
    if twice:
        raise CommandRefused(f"{twice[0]} is asked for twice")
    return Review(tuple(_line(edit, person, known, automatic) for edit in edits))


def _line(edit: Edit, person: Person, known: Known, automatic: bool) -> ReviewLine:
    found = device_of(known.site, edit.key.device)
    all_of_it = known.parameters(edit.key.device)
    parameter = all_of_it.find(edit.key.point)
    if found is None or parameter is None or not person.reaches(parameter.sees):
        raise CommandRefused(f"there is no parameter {edit.key}")
    device, link = found
    fault = next(filter(None, _faults(_Case(edit, parameter, device, link, person, automatic), known)), "")
    seen, point = edit.seen, parameter.point
    held = seen is not None and point is not None and values.alike(point, seen.value, edit.value)
    unchanged = held and not parameter.command and not parameter.secret and not fault
    return ReviewLine(
        edit,
        parameter,
        device.title,
        fault,
        unchanged,
        asks=parameter.danger is not Danger.NONE and not unchanged,
        wear=known.wear(device.id, parameter, all_of_it),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One edit with everything that decides about it."""

    edit: Edit
    parameter: Parameter
    device: DeviceConfig
    link: LinkConfig
    person: Person
    automatic: bool


def _faults(case: _Case, known: Known) -> Iterator[str]:
    """Why it may not be written, the most telling reason first."""
    parameter, person, device = case.parameter, case.person, case.device
    if not parameter.writable or parameter.writes not in ROLES:
        yield values.ON_SCREEN
    if case.link.read_only:
        yield f"the link {case.link.title!r} is read-only"
    if device.unit == 0 and case.link.url.kind in SHARED:
        yield "unit 0 is every device on this line: give it the number of its own"
    if not person.name:
        yield f"sign in first: this needs the role {parameter.writes}"
    wanted = Permission.WRITE_DANGEROUS if parameter.danger is not Danger.NONE else Permission.WRITE
    least = max(parameter.writes, TABLE[wanted], key=ROLES.index)
    if not person.reaches(least):
        yield f"{person.name} has the role {person.role}: this needs the role {least}"
    if parameter.confidence is Confidence.INFERRED and parameter.id not in known.confirmed(device.id):
        yield "this register is only inferred: compare it on site and confirm it first"
    seen = case.edit.seen
    if not parameter.command and (seen is None or (seen.value is None and not told_empty(seen))):
        yield "read it first: what the device holds now is not known"
    if _limits(device, parameter):
        try:
            limiter.check(known.site, device.id, "limit")
        except CommandRefused as err:
            yield str(err)
    yield values.fault_of(parameter, case.edit.value)
    if case.automatic and parameter.memory is not Memory.VOLATILE:
        yield known.too_often(device.id, parameter)


def _limits(device: DeviceConfig, parameter: Parameter) -> bool:
    """Whether it sets how much a vehicle may draw."""
    profile = device.profile
    return profile is not None and any(parameter.id in profile.roles.get(role, ()) for role in LIMIT_ROLES)


def permit(review: Review, person: Person, reason: str, confirmed: bool) -> None:
    """Raise CommandRefused unless everything of a review may be written as it stands, by this person."""
    for line in review.lines:
        if line.fault:
            raise CommandRefused(f"{line.edit.key}: {line.fault}")
    if not review.ready:
        raise CommandRefused("nothing is to be written: the device already holds these values")
    person.require(Permission.WRITE)
    dangers = sorted({line.parameter.danger.value for line in review.lines if line.asks})
    if dangers:
        person.require(Permission.WRITE_DANGEROUS)
        if not reason:
            raise CommandRefused(f"this needs a reason, since it concerns: {', '.join(dangers)}")
        if not confirmed:
            raise CommandRefused(f"this needs a second confirmation, since it concerns: {', '.join(dangers)}")
