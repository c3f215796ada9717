"""The site that is open: its station, and the way to another one without making the window wait.

The window has one ``Session`` for as long as it lives. A change of site goes: read and check the new one (the old one
runs on, and stays when something is wrong), tell the pages to end, stop the old station, start the new one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from core.config import Site
from core.errors import WattelierError
from core.people.accounts import require_site_edit
from gui import site_edits
from gui.background import Background
from gui.kit import BLANK, Held, Kit, Source
from gui.models.parameters_edits import Drafts
from gui.site_edits import Edit

if TYPE_CHECKING:
    from core.facade import Station

log = logging.getLogger(__name__)


class Session(QObject):
    """Lives on the GUI thread; only ``open_now`` and ``stop`` make it wait.

    ``busy_changed(str)``: what is being done, empty when it is done. ``leaving()``: the station is about to stop, pages
    end now. ``opened()``: another station runs. ``failed(str, str)``: what could not be done, and why, a line a fault;
    what was open is open still. ``refused(str, str)``: likewise for a change of the site that is open. ``noted(str,
    str)``: something to know of a change that was made, and how loud it is (a colour role).
    """

    busy_changed = Signal(str)
    leaving = Signal()
    opened = Signal()
    failed = Signal(str, str)
    refused = Signal(str, str)
    noted = Signal(str, str)

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self._work = Background(self)
        self._held = self._make(BLANK)
        self._busy = self._fault = self._after = ""
        self._editing = False
        self.drafts: dict[str, Drafts] = {}  # of parameters, by site: what was typed outlives a restart of its station
        self._opening: Source | None = None
        self._ending = threading.Event()

    @property
    def station(self) -> Station:
        """The station of the site that is open; over nothing when none is."""
        return self._held.station

    @property
    def site(self) -> Site:
        """The site that is open."""
        return self._held.site

    @property
    def path(self) -> Path | None:
        """The file of the site that is open; None for the demonstration and without a site."""
        return self._held.source.path

    @property
    def has_site(self) -> bool:
        """Whether a site is open."""
        return self._held.source is not BLANK

    @property
    def busy(self) -> str:
        """What is being done, empty when nothing is."""
        return self._busy

    def open_now(self, source: Source) -> None:
        """Open a site and wait for it, before there is a window; raise WattelierError."""
        self._replace(lambda: self._make(source))

    def open_file(self, file: Path) -> None:
        """Open the site of a file."""
        self.open(self.kit.from_file(file))

    def open_demonstration(self) -> None:
        """Open the demonstration, where there is one."""
        if self.kit.demonstration is not None:
            self.open(self.kit.demonstration())

    def close_site(self) -> None:
        """Stop the station and open nothing."""
        self.open(BLANK)

    def reload(self) -> None:
        """Open the same site again, as its file is now."""
        self.open(self._held.source)

    def open(self, source: Source) -> None:
        """Open another site; nothing happens while one is being opened."""

        def prepare() -> Callable[[], Held]:
            source.check()
            return lambda: self._make(source)

        self._opening = source if not self._busy else self._opening
        words = self.tr("Opening {0}…").format(source.title) if source.title else self.tr("Closing…")
        self._begin(words, self.tr("{0} could not be opened").format(source.title), prepare)

    def edit(self, what: str, edit: Edit, *, after: str = "") -> None:
        """Change the site that is open and start it again; ``what`` says in words what is being done.

        ``after``: what the operator has to do once it is done. Refused to who may not change the site file.
        """
        held = self._held
        self._after = after if not self._busy else self._after

        def prepare() -> Callable[[], Held]:
            require_site_edit(held.station.access, held.station.book)
            if held.source.path is None:
                site = edit.in_memory(held.site)
                return lambda: self._make_again(held, site)
            edit.in_file(held.source.path)
            held.source.check()
            return lambda: self._make(held.source)

        self._begin(what, self.tr("The site was not changed"), prepare, editing=True)

    @Slot(str, str, object)
    def accept(self, link: str, identity: str, connectors: object) -> None:
        """Accept a charging station that calls at an OCPP link: its connectors become devices."""
        units = tuple(cast("Sequence[int]", connectors))
        seen = next((seen for seen in self.station.link_status(link).stations if seen.identity == identity), None)
        vendor = seen.vendor if seen is not None else ""
        url = next((entry.url for entry in self.site.links if entry.id == link), None)
        password = site_edits.password_for(url) if url is not None else ""
        self.edit(
            self.tr("Accepting {0}…").format(identity),
            site_edits.accepting(link, identity, units, vendor, password),
            after=self.password_words(identity, password) if password else "",
        )

    def password_words(self, station: str, password: str) -> str:
        """What the operator has to do at a station that calls over the network."""
        return self.tr(
            "Set at the station {0}: user {0}, password {1} (Basic authentication). It is refused until then. "
            "The password stands in the site file."
        ).format(station, password)

    @Slot(str)
    def limit_through(self, device: str) -> None:
        """Let this device be the one that limits the current of its charging station."""
        self.edit(self.tr("Changing what limits the current…"), site_edits.limiting(device))

    @Slot(str, str)
    def use_serial(self, link: str, serial: str) -> None:
        """Call a stick by its true serial number from now on."""
        if serial.isdecimal():
            self.edit(self.tr("Taking the serial number {0}…").format(serial), site_edits.numbering(link, int(serial)))

    @Slot(str, str)
    def keep_transmission(self, link: str, profile: str) -> None:
        """Remember for this site which profile the operator has confirmed for a CAN bus; "" forgets it."""
        self.edit(self.tr("Remembering it for this site…"), site_edits.transmitting(link, profile))

    @Slot(str, bool)
    def allow_writing(self, link: str, allowed: bool) -> None:
        """Open a link for writing, or make it read-only again."""
        words = self.tr("Opening the link for writing…") if allowed else self.tr("Making the link read-only…")
        self.edit(words, site_edits.writing(link, allowed))

    def stop(self) -> None:
        """Cut short what is being opened, wait for its end, then stop the station; for good, safe to call twice."""
        self._ending.set()
        if self._opening is not None:
            self._opening.cancel()
        self._work.stop()
        self._held.close()

    def _begin(self, words: str, fault: str, prepare: Callable[[], Callable[[], Held]], editing: bool = False) -> None:
        if not self._busy:
            self._fault, self._editing = fault, editing
            self._say(words)
            self._work.ask(prepare, self._prepared, self._refused)

    @Slot(object)
    def _prepared(self, make: object) -> None:
        self.leaving.emit()
        step = cast("Callable[[], Held]", make)
        self._work.ask(lambda: self._replace(step), self._arrived, self._came_back)

    def _replace(self, make: Callable[[], Held]) -> None:
        """In the worker: stop what runs, start what comes; when that fails, what ran runs again, unless all ends."""
        before = self._held
        before.station.stop()
        try:
            self._held = make()
        except BaseException:
            if not self._ending.is_set():
                self._held = self._return_to(before)
            raise
        if self._held.stack is not before.stack:
            before.stack.close()

    def _return_to(self, before: Held) -> Held:
        try:
            return self._make_again(before, before.site)
        except WattelierError:
            log.exception("the site that was open cannot be opened again")
            before.stack.close()
            return self._make(BLANK)

    def _make(self, source: Source) -> Held:
        with ExitStack() as stack:
            site, database = stack.enter_context(source.open())
            station = self.kit.build(site, database)
            if source.path is not None:
                self._note(source.path, site)
            return Held(source, site, database, station, stack.pop_all())

    def _note(self, file: Path, site: Site) -> None:
        try:
            self.kit.remember(file, site)
        except WattelierError as err:  # a list that cannot be kept is no reason not to open a site
            log.warning("the site is not noted among those opened lately: %s", err)

    def _make_again(self, held: Held, site: Site) -> Held:
        """The same source, still served, with a station of its own over ``site``."""
        return Held(held.source, site, held.database, self.kit.build(site, held.database), held.stack)

    def _arrived(self, _result: object) -> None:
        self._say("")
        self.opened.emit()
        if self._editing and not self._held.source.keeps:
            self.noted.emit(self.tr("The demonstration keeps nothing: the change lasts until it is closed."), "accent")
        elif self._editing and self._after:
            self.noted.emit(self._after, "warning")

    def _refused(self, error: Exception) -> None:
        self._say("")
        self._complain(error)

    def _came_back(self, error: Exception) -> None:
        self._say("")
        self.opened.emit()
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        (self.refused if self._editing else self.failed).emit(self._fault, str(error))

    def _say(self, words: str) -> None:
        self._busy = words
        self.busy_changed.emit(words)
