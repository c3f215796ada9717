"""Which two things are compared: snapshots, files from elsewhere, or the devices as last read; GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import WattelierError
from core.parameters import Parameters
from core.points import Reading
from core.profile import Profile
from core.snapshots import difference, folder
from core.snapshots.building import Source, built, has_something
from core.snapshots.difference import Difference, Side
from core.snapshots.folder import Listed, Opened
from core.snapshots.snapshot import Device, Kind, Seal
from core.writing.review import Edit
from gui.background import Background

if TYPE_CHECKING:
    from core.facade import DeviceView, Station

NOW = ""
"""The source that is no file: the running devices, as last read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One side: a file (or ``NOW``) and one of its devices; ``chosen`` False: nothing yet."""

    source: str = NOW
    device: str = ""
    chosen: bool = False


class Sides(QObject):
    """``listed()``: the files have been looked at; ``changed()``: another comparison; ``moved()``: other values of it.

    ``failed(str, str)``: the name of a file, and why it cannot be read. Files are read in the background.
    """

    listed = Signal()
    changed = Signal()
    moved = Signal()
    failed = Signal(str, str)
    read_ended = Signal(str)  # reading the device anew is over; why it failed, empty when it did not
    _heard = Signal(str, object)  # from the line's thread

    def __init__(self, station: Station, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._lister = Background(self)
        self._readers = {Side.LEFT: Background(self), Side.RIGHT: Background(self)}
        self._files: dict[str, Opened] = {}
        self._reading: Future[dict[str, Reading]] | None = None
        self._person = station.access.person
        self.kept: list[Listed] = []  # of the site's folder
        self.others: list[Opened] = []  # opened from elsewhere
        self.choices = {Side.LEFT: Choice(), Side.RIGHT: Choice()}
        self.devices: dict[Side, Device | None] = {Side.LEFT: None, Side.RIGHT: None}
        self.differences: list[Difference] = []
        self.doubts: list[str] = []
        self._heard.connect(self._take_reading)

    # -- files ---------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._lister.busy or any(reader.busy for reader in self._readers.values())

    def look(self) -> None:
        """Look at the folder again, in the background."""
        keeper = self._station.snapshots
        if keeper is None:
            self._take_list([])
            return
        self._lister.ask(keeper.folder.list, self._take_list, lambda error: self.failed.emit("", str(error)))

    def open_file(self, path: Path) -> None:
        """Read a file from elsewhere and put it on the left."""
        self._read(path, Side.LEFT, other=True)

    def choose(self, side: Side, source: str, device: str = "") -> None:
        """Another source for one side: the path of a file, or ``NOW``; the device stays where it can."""
        if source == NOW or source in self._files:
            self._set(side, Choice(source, device or self.choices[side].device, chosen=True))
        else:
            self._read(Path(source), side, device=device)

    def choose_device(self, side: Side, device: str) -> None:
        """Another device of the same source."""
        self._set(side, replace(self.choices[side], device=device))

    def swap(self) -> None:
        """Left becomes right."""
        self.choices = {Side.LEFT: self.choices[Side.RIGHT], Side.RIGHT: self.choices[Side.LEFT]}
        self._compare()
        self.changed.emit()

    def opened(self, side: Side) -> Opened | None:
        """The file of one side; None for the running devices."""
        return self._files.get(self.choices[side].source)

    def offered(self, side: Side) -> list[tuple[str, str]]:
        """The devices of one side: id and title."""
        opened = self.opened(side)
        if opened is not None:
            return [(device.id, device.title) for device in opened.snapshot.devices]
        return [(view.id, view.config.title) for view in self._views()]

    def profile(self, side: Side) -> Profile | None:
        """The profile of the device of one side, where a device of the site has it."""
        device = self.devices[side]
        return self._profile(device.profile) if device is not None else None

    # -- taking over ---------------------------------------------------------------------------------------------

    @property
    def target(self) -> str:
        """The device of the site that the values of the left are for; empty when there is none.

        The one on the right; where that is of elsewhere, the one of the same name.
        """
        views = {view.id: view.config.profile_id for view in self._views()}
        for side in (Side.RIGHT, Side.LEFT):
            device = self.devices[side]
            if device is not None and views.get(device.id) == device.profile:
                return device.id
        return ""

    def target_title(self) -> str:
        """Its name."""
        return next((view.config.title for view in self._views() if view.id == self.target), "")

    def refusals(self) -> dict[str, str]:
        """Why a value of the left cannot be taken over, by id."""
        target = self.target
        known = self._station.parameters(target) if target else Parameters()
        return {entry.id: why for entry in self.differences if (why := difference.refusal(entry, known))}

    def edits(self, chosen: Iterable[Difference]) -> list[Edit]:
        """The chosen values of the left as edits."""
        return difference.edits_from(chosen, self._station, self.target) if self.target else []

    # -- the devices themselves ----------------------------------------------------------------------------------

    @property
    def reading(self) -> bool:
        """Whether a device is being read anew."""
        return self._reading is not None

    def read_now(self) -> None:
        """Read the parameters of the device on the right (or the left) anew; a second time gives up waiting."""
        if self._reading is not None:
            self._forget_reading()
            self.read_ended.emit("")
            return
        name = next((c.device for c in reversed(self.choices.values()) if c.source == NOW and c.device), "")
        if not name:
            return
        try:
            future = self._station.read_parameters(name)
        except WattelierError as refused:
            self.read_ended.emit(str(refused))
            return
        self._reading = future
        future.add_done_callback(lambda done: self._hear(name, done))

    def apply(self, readings: Iterable[Reading]) -> None:
        """Values came in: those of a device that is compared as it is now are compared anew."""
        shown = {
            (device.id, item.id)
            for side, device in self.devices.items()
            if device is not None and self.choices[side].source == NOW
            for item in device.items()
        }
        if shown and any((reading.key.device, reading.key.point) in shown for reading in readings):
            self._again()

    def tick(self) -> None:
        """Who is signed in may have changed, and with it what may be seen."""
        if self._station.access.person != self._person:
            self._person = self._station.access.person
            self._again()

    def stop(self) -> None:
        """End the workers."""
        self._forget_reading()
        for worker in (self._lister, *self._readers.values()):
            worker.stop()

    # -- inside --------------------------------------------------------------------------------------------------

    def _views(self) -> list[DeviceView]:
        return [view for view in self._station.devices() if has_something(view.config, view.points)]

    def _profile(self, name: str) -> Profile | None:
        found = (view.config.profile for view in self._station.devices() if view.config.profile_id == name)
        return next(found, None)

    def _take_list(self, result: object) -> None:
        self.kept = cast("list[Listed]", result)
        wanted = {choice.source for choice in self.choices.values()} | {str(opened.path) for opened in self.others}
        self._files = {path: opened for path, opened in self._files.items() if path in wanted}
        self.listed.emit()
        if not self.choices[Side.RIGHT].chosen:
            self._begin()

    def _begin(self) -> None:
        """What is most often wanted: the oldest as-found beside the device as it is now."""
        found = [entry for entry in self.kept if entry.snapshot is not None]
        first = next((entry for entry in reversed(found) if _kind(entry) is Kind.AS_FOUND), found[0] if found else None)
        views = self._views()
        device = views[0].id if views else ""
        if first is not None:
            known = [summary.device for summary in first.holds]
            device = next((view.id for view in views if view.id in known), device)
            self.choose(Side.LEFT, str(first.path), device)
        self._set(Side.RIGHT, Choice(NOW, device, chosen=bool(views)))

    def _read(self, path: Path, side: Side, *, device: str = "", other: bool = False) -> None:
        def take(result: object) -> None:
            opened = cast("Opened", result)
            self._files[str(path)] = opened
            kept = {str(entry.path) for entry in self.kept}
            if (other or str(path) not in kept) and all(entry.path != path for entry in self.others):
                self.others.append(opened)
                self.listed.emit()
            self._set(side, Choice(str(path), device or self.choices[side].device, chosen=True))

        self._readers[side].ask(
            lambda: folder.read_file(path), take, lambda error: self.failed.emit(path.name, str(error))
        )

    def _set(self, side: Side, choice: Choice) -> None:
        self.choices[side] = choice
        known = [name for name, _title in self.offered(side)]
        if choice.device not in known:
            self.choices[side] = replace(choice, device=self._likely(side, known))
        self._compare()
        self.changed.emit()

    def _likely(self, side: Side, known: Sequence[str]) -> str:
        """The device of a source that goes with the one on the other side: of that name, else of that profile."""
        other = self.devices[Side.RIGHT if side is Side.LEFT else Side.LEFT]
        if other is None or not known:
            return known[0] if known else ""
        if other.id in known:
            return other.id
        opened = self.opened(side)
        devices = opened.snapshot.devices if opened is not None else ()
        alike = [device.id for device in devices if device.profile == other.profile]
        alike += [view.id for view in self._views() if opened is None and view.config.profile_id == other.profile]
        return alike[0] if alike else known[0]

    def _again(self) -> None:
        self._compare()
        self.moved.emit()

    def _compare(self) -> None:
        self.devices = {side: self._device(side) for side in Side}
        left, right = self.devices[Side.LEFT], self.devices[Side.RIGHT]
        self.differences, self.doubts = [], []
        if left is not None and right is not None:
            seals = (self._seal(Side.LEFT), self._seal(Side.RIGHT))
            partial = [side for side in Side if (opened := self.opened(side)) and _is_partial(opened)]
            self.differences = difference.compare(left, right, partial)
            self.doubts = difference.doubts(left, right, seals)

    def _seal(self, side: Side) -> Seal | None:
        opened = self.opened(side)
        return opened.seal if opened is not None else None

    def _device(self, side: Side) -> Device | None:
        """The device of one side, as far as the signed-in person may see it."""
        choice, opened = self.choices[side], self.opened(side)
        if not choice.chosen:
            return None
        if opened is None:
            return self._device_now(choice.device)
        device = opened.snapshot.device(choice.device)
        if device is None:
            return None
        profile = self._profile(device.profile)
        return device.seen_by(self._station.access.person, profile.parameters if profile is not None else None)

    def _device_now(self, name: str) -> Device | None:
        view = self._station.device(name)
        link = next((entry for entry in self._station.links() if view and entry.id == view.config.link), None)
        if view is None or link is None:
            return None
        newest = self._station.snapshot()
        readings = {key.point: reading for key, reading in newest.items() if key.device == name}
        parameters = self._station.parameters(name)
        serial = self._station.serial(name)
        return built(Source(view.config, link, parameters, view.points, readings, newest, serial))

    def _hear(self, device: str, done: Future[dict[str, Reading]]) -> None:
        """In the line's thread."""
        error = None if done.cancelled() else done.exception()
        with suppress(RuntimeError):  # the page has gone meanwhile
            self._heard.emit(device, error)

    @Slot(str, object)
    def _take_reading(self, device: str, error: object) -> None:
        del device
        if self._reading is None:
            return
        self._reading = None
        self._again()
        self.read_ended.emit(str(error) if error is not None else "")

    def _forget_reading(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()


def _is_partial(opened: Opened) -> bool:
    return opened.snapshot.kind is Kind.REFERENCE


def _kind(entry: Listed) -> Kind | None:
    return entry.snapshot.kind if entry.snapshot is not None else None
