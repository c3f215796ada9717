"""The coupling assistants of a site: which devices they fit, how far each is, what the journal says of earlier ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from core.access import Permission
from core.couplings.checks import Finding, Reason, Verdict
from core.couplings.guide import Check, Configuration, Couplings, Setting, checks_of, couplings_for
from core.couplings.loader import load_all
from core.couplings.progress import Kept, Progress, Result, file_beside, finding_data, load, save
from core.points import Point, PointKey, Reading
from core.writing.journal import Entry, Line
from core.writing.review import Edit
from gui import formatting, i18n
from gui.background import Background
from gui.models import couplings_words

if TYPE_CHECKING:
    from core.facade import DeviceView, Station

KIND = "coupling"
MOST_LINES = 500  # of the journal, in which earlier results are looked for


class Assistants(QObject):
    """On the GUI thread; files and the journal are read and written in workers.

    ``changed()``: something to show again. ``stored()``: the journal has taken the result. ``refused(str)``: why not.
    ``now`` is the clock (Unix seconds).
    """

    changed = Signal()
    stored = Signal()
    refused = Signal(str)

    def __init__(self, station: Station, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station, self._now = station, now
        self._loading, self._saving = Background(self), Background(self)
        self._reading, self._storing = Background(self), Background(self)
        self._known: tuple[Couplings, ...] = ()
        self._file: Path | None = file_beside(station.database) if station.database is not None else None
        self._unsaved = False
        self.kept = Kept()
        self.loaded = False
        self.trouble = ""  # why progress is not kept, or the journal not read
        self.earlier: dict[tuple[str, str], Line] = {}  # (device, configuration) -> newest line of the journal

    # -- what there is -----------------------------------------------------------------------------------------

    def open(self) -> None:
        """Read the data, the progress and the journal; ``changed`` follows."""
        file = self._file

        def read() -> tuple[tuple[Couplings, ...], Kept, str]:
            known = load_all()
            try:
                return known, load(file) if file is not None else Kept(), ""
            except OSError as error:  # the assistants work without; the file is left as it is
                return known, Kept(), str(error)

        self._loading.ask(read, self._take, self._fail)
        self.read_journal()

    def stop(self) -> None:
        """Write what is not yet written and end the workers; safe to call twice."""
        self._loading.stop()
        self._reading.stop()
        self._storing.stop()
        self._saving.stop()
        if self._unsaved and self._file is not None:
            self._unsaved = False
            try:
                save(self._file, self.kept)
            except OSError as error:
                self.trouble = str(error)

    @property
    def zone(self) -> tzinfo:
        """Where the site is, for what is told of a moment."""
        return self._station.site.time_zone

    def devices(self) -> list[DeviceView]:
        """The devices of the site that an assistant fits."""
        return [view for view in self._station.devices() if couplings_for(view.config.profile_id, self._known)]

    @property
    def device(self) -> DeviceView | None:
        """The device that is chosen, else the first that fits."""
        views = self.devices()
        return next((view for view in views if view.id == self.kept.device), views[0] if views else None)

    @property
    def couplings(self) -> Couplings | None:
        """What is known of couplings of the chosen device."""
        view = self.device
        return couplings_for(view.config.profile_id, self._known) if view is not None else None

    @property
    def configuration(self) -> Configuration | None:
        """The configuration that is open; None while one is being chosen."""
        known = self.couplings
        return known.find(self.kept.configuration) if known is not None else None

    @property
    def progress(self) -> Progress:
        """How far the open configuration is."""
        view = self.device
        return self.kept.of(view.id if view is not None else "", self.kept.configuration)

    def point(self, point_id: str) -> Point | None:
        """A point of the chosen device."""
        view = self.device
        return self._station.point(PointKey(view.id, point_id)) if view is not None else None

    def newest(self, point_id: str) -> Reading | None:
        """Its newest reading."""
        view = self.device
        return self._station.latest(PointKey(view.id, point_id)) if view is not None else None

    def checks(self) -> tuple[Check, ...]:
        """The checks of the open configuration, as the chosen device can do them."""
        view, configuration = self.device, self.configuration
        if view is None or configuration is None:
            return ()
        return checks_of(configuration, {point.id for point in view.points})

    # -- what is done ------------------------------------------------------------------------------------------

    def choose_device(self, device: str) -> None:
        """Another device."""
        self._keep(replace(self.kept, device=device))

    def choose(self, configuration: str) -> None:
        """Open a configuration; empty: back to the choice."""
        view = self.device
        if view is not None:
            self._keep(replace(self.kept, device=view.id, configuration=configuration))

    def update(self, progress: Progress) -> None:
        """Keep another progress of the open configuration."""
        view = self.device
        if view is None or self.configuration is None:
            return
        if progress.begun is None:
            progress = replace(progress, begun=self._now())
        self._keep(self.kept.with_progress(view.id, self.kept.configuration, progress))

    def begin_again(self) -> None:
        """Forget the ticks and results of the open configuration; the journal keeps what it has."""
        view = self.device
        if view is not None:
            sense = self.progress.sense
            self._keep(self.kept.with_progress(view.id, self.kept.configuration, Progress(sense=sense)))

    def take(self, device: str, configuration: str, check: str, finding: Finding) -> None:
        """Keep what a check has found; one that was stopped says nothing."""
        if finding.reason is Reason.STOPPED:
            return
        who = self._station.access.person.name
        progress = self.kept.of(device, configuration).with_result(check, Result(finding, self._now(), who))
        self._keep(self.kept.with_progress(device, configuration, progress))

    def edits(self) -> list[Edit]:
        """The settings of the open configuration that have a register, as edits of the parameter panel."""
        view, configuration = self.device, self.configuration
        if view is None or configuration is None:
            return []
        return [
            Edit(key, setting.value, self._station.latest(key))
            for setting in configuration.settings_for(self.progress.sense)
            if setting.value is not None
            for key in (PointKey(view.id, setting.parameter),)
        ]

    def on_screen(self) -> tuple[Setting, ...]:
        """The settings of the open configuration that are made on the device's own screen."""
        configuration = self.configuration
        settings = configuration.settings_for(self.progress.sense) if configuration is not None else ()
        return tuple(setting for setting in settings if setting.value is None)

    def read_settings(self) -> None:
        """Have the registers of the settings read now."""
        view, configuration = self.device, self.configuration
        if view is None or configuration is None:
            return
        wanted = {setting.parameter for setting in configuration.settings if setting.value is not None}
        wanted |= {setting.reads[0] for setting in configuration.settings if setting.reads is not None}
        for group in sorted({point.group for point in view.points if point.id in wanted}):
            self._station.ask(view.id, group)

    def shows(self, setting: Setting) -> bool | None:
        """Whether the device shows that a setting is made; None where it cannot be read, or has not been."""
        if setting.reads is None:
            return None
        reading = self.newest(setting.reads[0])
        if reading is None or reading.quality != "good" or reading.value is None:
            return None
        return reading.value == setting.reads[1]

    def is_set(self, setting: Setting) -> bool:
        """Whether a setting counts as made: by its register, by what the device shows, or by hand."""
        if setting.value is not None:
            reading = self.newest(setting.parameter)
            return reading is not None and reading.quality == "good" and reading.value == setting.value
        shown = self.shows(setting)
        return shown if shown is not None else setting.id in self.progress.settings

    # -- the result --------------------------------------------------------------------------------------------

    def open_points(self) -> list[str]:
        """What is still missing or has failed, in the order of the steps; empty when everything is done."""
        configuration, progress, language = self.configuration, self.progress, i18n.current()
        if configuration is None:
            return []
        found = [
            entry.text.text(language)
            for entry in configuration.reminders_for(progress.sense)
            if entry.id not in progress.wiring
        ]
        found += [
            setting.title.text(language)
            for setting in configuration.settings_for(progress.sense)
            if not setting.optional and not self.is_set(setting)
        ]
        found += [
            formatting.joined([check.title.text(language), couplings_words.verdict(self.verdict(check))[0]])
            for check in self.checks()
            if self.verdict(check) is not Verdict.PASS
        ]
        return found

    def verdict(self, check: Check) -> Verdict | None:
        """What a check of the open configuration has said; None when it has not been done."""
        result = self.progress.results.get(check.id)
        return result.finding.verdict if result is not None else None

    @property
    def failed(self) -> bool:
        """Whether a check has failed."""
        return any(self.verdict(check) is Verdict.FAIL for check in self.checks())

    @property
    def storing(self) -> bool:
        """Whether the result is being written into the journal."""
        return self._storing.busy

    @property
    def has_book(self) -> bool:
        """Whether the site keeps a journal."""
        return self._station.book is not None

    def store(self) -> None:
        """Write the result into the journal. Raises CommandRefused when who is signed in may not."""
        person = self._station.access.require(Permission.COMMISSION)
        view, configuration, book = self.device, self.configuration, self._station.book
        if view is None or configuration is None or book is None:
            return
        missing = self.open_points()
        entry = Entry(
            kind=KIND,
            who=person.name,
            role=person.role,
            device=view.id,
            serial=self._station.serial(view.id),
            link=view.config.link,
            point=configuration.id,
            outcome="failed" if self.failed else "with open points" if missing else "complete",
            reason=self.progress.note,
            detail=self._detail(configuration, missing),
        )

        def append() -> Line:
            with book.journal() as journal:
                return journal.append(entry)

        self._storing.ask(append, self._stored, self._not_stored)
        self.changed.emit()

    def read_journal(self) -> None:
        """Look for earlier results in the journal."""
        book = self._station.book
        if book is None:
            return

        def read() -> list[Line]:
            with book.journal() as journal:
                return [line for line in journal.lines(MOST_LINES) if line.entry.kind == KIND]

        self._reading.ask(read, self._take_lines, self._fail)

    # -- inside ------------------------------------------------------------------------------------------------

    def _detail(self, configuration: Configuration, missing: Sequence[str]) -> dict[str, object]:
        progress, language = self.progress, i18n.current()
        return {
            "configuration": configuration.title.text(language),
            "measured by": progress.sense,
            "wiring": {entry.id: entry.id in progress.wiring for entry in configuration.reminders_for(progress.sense)},
            "settings": {entry.id: self.is_set(entry) for entry in configuration.settings_for(progress.sense)},
            "checks": {
                check.id: {
                    "at": result.at,
                    "who": result.who,
                    "says": couplings_words.sentence(check, result.finding),
                    **finding_data(result.finding),
                }
                for check in self.checks()
                if (result := progress.results.get(check.id)) is not None
            },
            "open": list(missing),
        }

    def _take(self, found: object) -> None:
        self._known, self.kept, trouble = cast("tuple[tuple[Couplings, ...], Kept, str]", found)
        self.loaded = True
        if trouble:
            self.trouble, self._file = trouble, None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.trouble = str(error)
        self.changed.emit()

    def _take_lines(self, found: object) -> None:
        for line in cast("list[Line]", found):
            place = line.entry.device, line.entry.point
            if place not in self.earlier or self.earlier[place].id < line.id:
                self.earlier[place] = line
        self.changed.emit()

    def _stored(self, line: object) -> None:
        self._take_lines([line])
        self.stored.emit()

    def _not_stored(self, error: Exception) -> None:
        self.refused.emit(str(error))
        self.changed.emit()

    def _keep(self, kept: Kept) -> None:
        if kept == self.kept:
            return
        self.kept = kept
        if (file := self._file) is not None and self.loaded:
            self._unsaved = True
            self._saving.ask(lambda: save(file, kept), self._saved, self._fail)
        self.changed.emit()

    def _saved(self, _nothing: object) -> None:
        self._unsaved = False
        if self.trouble:
            self.trouble = ""
            self.changed.emit()
