"""From what was found to what goes into a site file."""

from __future__ import annotations

from collections.abc import Sequence

from core.evidence import worded
from core.siteentries import Candidate
from drivers.find.logbook import Found


def candidate(
    entry: Found, profile: str = "", *, role: str = "", name: str = "", language: str = "en"
) -> Candidate | None:
    """One device for the site file, with the profile that fits best unless another is named; None without any.

    ``language`` is that of its comment.
    """
    match = next((match for match in entry.identity.matches if not profile or match.profile_id == profile), None)
    chosen = profile or (match.profile_id if match is not None else "")
    if not chosen:
        return None
    return Candidate(
        url=entry.url,
        profile=chosen,
        unit=entry.unit,
        station=entry.station,
        options=dict(match.options) if match is not None else {},
        name=name,
        role=role,
        note=note(entry, chosen, language),
    )


def candidates(entries: Sequence[Found], language: str = "en") -> list[Candidate]:
    """Every entry that fits a profile."""
    return [accepted for entry in entries if (accepted := candidate(entry, language=language)) is not None]


def note(entry: Found, profile: str, language: str = "en") -> str:
    """Why the device is taken for what it is, for a comment in the file, in ``"fr"`` or ``"en"``."""
    match = next((match for match in entry.identity.matches if match.profile_id == profile), None)
    if match is None:
        return ""
    why = worded(match.evidence, language)
    if language == "fr":
        number = f"\u202f; numéro de série {match.serial}" if match.serial else ""
        return f"{match.confidence * 100:.0f}\u202f%\u202f: {why}{number}"
    return f"{match.confidence:.0%}: {why}" + (f"; serial number {match.serial}" if match.serial else "")
