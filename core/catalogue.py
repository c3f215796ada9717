"""Catalogue: the profiles of one or more folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from core.errors import ProfileError
from core.profile import Profile
from core.profile_loader import load_profile


class Catalogue:
    """The profiles of one or more folders; a later folder adds to the earlier ones or replaces theirs."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._folders: dict[str, Path] = {}
        for root in roots:
            for header in sorted(root.glob("*/*/profile.yaml")):
                folder = header.parent
                self._folders[f"{folder.parent.name}/{folder.name}"] = folder
        self._loaded: dict[str, Profile] = {}

    def ids(self) -> list[str]:
        """Every profile's id, sorted."""
        return sorted(self._folders)

    def __iter__(self) -> Iterator[Profile]:
        return (self.get(profile_id) for profile_id in self.ids())

    def get(self, profile_id: str) -> Profile:
        """The profile; raise ProfileError with a sentence when there is none or when it is faulty."""
        if profile_id not in self._loaded:
            folder = self._folders.get(profile_id)
            if folder is None:
                near = get_close_matches(profile_id, self._folders, n=3, cutoff=0.4)
                hint = f"; did you mean {' or '.join(near)}?" if near else ""
                raise ProfileError(f"there is no profile {profile_id!r}{hint}")
            self._loaded[profile_id] = load_profile(folder)
        return self._loaded[profile_id]
