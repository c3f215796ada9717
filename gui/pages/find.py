"""Find devices: where to look, what answers, and a site made of it. Nothing is sent before the button is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from core.config import Site
from core.errors import WattelierError
from gui import i18n, site_edits
from gui.background import Background
from gui.models.find import Finder, Search, Surroundings, Wish, advice
from gui.pages.find_answer import Choices
from gui.pages.find_results import ResultsCard
from gui.pages.find_site import NewSite, SiteForm
from gui.pages.find_where import WhereCard
from gui.sentences import localised

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge
    from gui.session import Session

LOOK_EVERY_MS = 250


class FindPage(QWidget):
    """Left where to look, then the form of a new site; right what answers. ``doctor_asked(str)``: a stick's address."""

    doctor_asked = Signal(str)
    subtitle_changed = Signal()

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del station, bridge
        self._session: Session | None = None
        self._finder: Finder | None = None
        self._search: Search | None = None
        self._wish = Wish()
        self._around = Surroundings()
        self._choices: Choices = {}
        self._looked = False
        self._trouble = ""
        self._work, self._ender, self._writer = Background(self), Background(self), Background(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self.where, self.form, self.results = WhereCard(), SiteForm(), ResultsCard()
        self._left = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def searching(self) -> bool:
        """Whether a search is under way."""
        return self._search is not None and self._timer.isActive()

    def attach(self, session: Session) -> None:
        """Take the session, whose kit has what finds devices."""
        make = session.kit.finder
        self._session, self._finder = session, make() if make is not None else None
        session.failed.connect(self._show_fault)
        self.retranslate()
        if self.isVisible():
            self._look_once()

    def stop(self) -> None:
        """End the search and everything that runs beside."""
        self._timer.stop()
        self._work.stop()
        self._writer.stop()
        self._ender.stop()
        if self._search is not None:
            self._search.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_once()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        adding = self._session is not None and self._session.path is not None
        name = self._session.site.name if self._session is not None else ""
        use = self.tr("Add to {0}").format(name) if adding else self.tr("Create the site…")
        self.results.set_use(use if self._left.currentWidget() is self.where else "")
        self._tell()

    def _show_step(self, card: QWidget) -> None:
        """Where to look, or the form of a new site, whose own button is the only one then."""
        self._left.setCurrentWidget(card)
        self.retranslate()

    def _lay_out(self) -> None:
        self._left.addWidget(self.where)
        self._left.addWidget(self.form)
        self._left.setMinimumWidth(320)
        self.results.setMinimumWidth(420)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left)
        splitter.addWidget(self.results)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([372, 800])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._look)
        self.where.look_again.clicked.connect(self._look_around)
        self.where.search_asked.connect(self._begin)
        self.results.stop_asked.connect(self._end)
        self.results.export_asked.connect(self._export)
        self.results.use_asked.connect(self._use)
        self.results.doctor_asked.connect(self.doctor_asked)
        self.form.back_asked.connect(lambda: self._show_step(self.where))
        self.form.create_asked.connect(self._create)

    def _look_once(self) -> None:
        if not self._looked:
            self._look_around()

    @Slot()
    def _look_around(self) -> None:
        """Learn what could be searched; asks the operating system, not the network."""
        finder = self._finder
        if finder is not None and not self.searching:
            self._looked = True
            self._work.ask(lambda: (finder.surroundings(), finder.choices()), self._show_around, self._around_failed)

    def _show_around(self, result: object) -> None:
        self._around, self._choices = cast("tuple[Surroundings, Choices]", result)
        if self._finder is not None:
            self.where.show_surroundings(self._around, self._finder.count)
        self._tell()

    def _around_failed(self, error: Exception) -> None:
        self._trouble = str(error)
        self._tell()

    @Slot(object)
    def _begin(self, wish: Wish) -> None:
        """Search, now that the operator has asked for it."""
        if self._finder is None or self.searching:
            return
        self._trouble, self._wish = "", wish
        try:
            self._search = self._finder.search(wish)
            self._search.start()
        except WattelierError as err:
            self._search, self._trouble = None, str(err)
            self._tell()
            return
        self.results.clear(self._choices)
        self.where.set_busy(True)
        self.results.export.show()
        self._timer.start()
        self._look()
        self.results.stop_button.setFocus()

    @Slot()
    def _look(self) -> None:
        """See how far it is; a timer calls it."""
        search = self._search
        if search is None:
            return
        progress = search.progress()
        self.results.show_found(search.found())
        self.results.show_problems(search.problems())
        if progress.ended:
            self._finish(search)
        self.results.show_progress(progress, not progress.ended)
        self._tell()

    @Slot()
    def _end(self) -> None:
        """The operator has seen enough; its threads end beside."""
        search = self._search
        if search is not None and self.searching:
            self.results.stop_button.setEnabled(False)
            self._ender.ask(search.stop, lambda _done: self._look(), lambda _error: self._look())

    def _finish(self, search: Search) -> None:
        self._timer.stop()
        self._ender.ask(search.stop, lambda _done: None, lambda _error: None)
        self.where.set_busy(False)
        self.results.stop_button.setEnabled(True)
        if not self.results.rows:
            self.where.go.setFocus()

    def _tell(self) -> None:
        """What stands where the answers will be."""
        results = self.results
        if self._trouble:
            results.say(self.tr("The search could not begin"), localised(self._trouble), "fault")
        elif self._finder is None:
            results.say(self.tr("This window cannot search"), self.tr("Use the command line: wattelier find"))
        elif self.searching:
            results.say(self.tr("Searching…"), self.tr("What answers appears here at once."))
        elif self._search is not None:
            hints = "\n".join(f"• {line}" for line in advice(self._wish))
            results.say(self.tr("Nothing has answered"), self.tr("What to try next:") + "\n" + hints, "warning")
        else:
            results.say(
                self.tr("Nothing has been sent yet"),
                self.tr(
                    "Tick at the left where to look. The button says exactly what will happen; only reading is done."
                ),
            )

    @Slot()
    def _export(self) -> None:
        search = self._search
        if search is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the report"), "wattelier-find.txt", self.tr("Text (*.txt)")
        )
        if chosen:
            text = search.report()
            self._writer.ask(
                lambda: Path(chosen).write_text(text, encoding="utf-8"), lambda _done: None, self._export_failed
            )

    def _export_failed(self, error: Exception) -> None:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        if self._session is not None:
            self._session.noted.emit(self.tr("The report cannot be written: {0}").format(localised(why)), "fault")

    @Slot()
    def _use(self) -> None:
        """Make a site of what is ticked, or add it to the one that is open."""
        session = self._session
        if session is None:
            return
        if session.path is None:
            self._show_step(self.form)
            return
        edit = site_edits.adding(site_edits.candidates(self.results.taken()))
        session.edit(self.tr("Adding the devices…"), edit)

    @Slot(object)
    def _create(self, new: NewSite) -> None:
        chosen = site_edits.candidates(self.results.taken())
        marks, language = self._around.known_by, i18n.current()
        if not chosen:
            self.form.show_fault(self.tr("No device is ticked."))
            return
        self._writer.ask(
            lambda: site_edits.create(new, chosen, marks, language),
            lambda site: self._open(new.file, cast("Site", site)),
            lambda error: self.form.show_fault(str(error)),
        )

    def _open(self, file: Path, site: Site) -> None:
        session = self._session
        if session is None:
            return
        for device in site.devices:
            if password := device.options.get("password", "") if device.station else "":
                session.noted.emit(session.password_words(device.station, password), "warning")
        session.open_file(file)

    @Slot(str, str)
    def _show_fault(self, what: str, reasons: str) -> None:
        del what
        self.form.show_fault(reasons)
