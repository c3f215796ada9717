"""What the signed-in person may see of the parameters; what that one may not see waits unseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.points import PointKey
from core.writing.review import Edit
from gui.models.parameters_edits import Edits

if TYPE_CHECKING:
    from core.facade import Station


class Sight:
    """Asks the station each time: another person may have signed in."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def of(self, device: str) -> object:
        """What decides which parameters of a device are shown, and how."""
        entries = tuple(entry.id for entry in self._station.parameters(device).entries)
        return self._station.access.person, self._station.confirmed(device), entries

    def visible(self, keys: Iterable[PointKey]) -> set[PointKey]:
        """Those that may be seen; each device is asked once."""
        found = list(keys)
        sights = {
            device: {entry.id for entry in self._station.parameters(device).entries}
            for device in {key.device for key in found}
        }
        return {key for key in found if key.point in sights[key.device]}

    def edits(self, edits: Edits) -> list[Edit]:
        """The values to be written that may be seen."""
        waiting = edits.edits()
        visible = self.visible(edit.key for edit in waiting)
        return [edit for edit in waiting if edit.key in visible]
