"""Pictures of the pages, without a display: for the README, the tests and those who cannot look at a screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from gui import i18n
from gui.app import application, build_window
from gui.garbage import collected_here
from gui.models.parameters_row import Column
from gui.pages import PAGES
from gui.pages.commissioning import CommissioningPage
from gui.pages.couplings import CouplingsTab
from gui.pages.devices import DevicesPage
from gui.pages.devices_card import Tab
from gui.pages.find import FindPage
from gui.pages.journal import JournalTab
from gui.theme import look

if TYPE_CHECKING:
    from core.facade import Station
    from gui.main_window import MainWindow
    from gui.session import Session

SETTLE_MS = 900
PATIENCE_S = 30.0
SCENES = (
    "find_results",
    "new_site",
    "doctor",
    "parameters",
    "review",
    "proven",
    "coupling_wiring",
    "coupling_settings",
    "coupling_check",
    "coupling_result",
    "journal",
    "first_run",
)
"""Pictures besides the pages, of the demonstration: after a search, the dialogues, the way of a write, the steps of a
coupling, and (last) without a site."""
COUPLING = "dc_backup"
EDITS = {"battery_discharge_limit": "80", "grid_charge_enable": "on", "grid_charge_end": "05:30"}
"""What is typed for these pictures, by the ids of the demonstration's inverter."""


def shot(
    station: Station,
    page: str,
    path: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
    session: Session | None = None,
) -> None:
    """Render a page or a scene as the window shows it and save it as PNG; raise OSError when it cannot be written.

    Pages that search, and scenes, need the ``session`` whose station this is.
    """
    application()
    with collected_here():
        window, bridge = build_window(
            station, language=language or "en", theme=theme or "light", remember=False, session=session
        )
        window.resize(*size)
        try:
            window.show()
            if session is not None and page in SCENES:
                shown = _SCENES[page](window, session)
            else:
                window.show_page(page)
                shown = window
            _let_run(SETTLE_MS)
            bridge.refresh()
            _let_run(100)
            if not shown.grab().save(str(path)):
                raise OSError(f"{path} cannot be written")
        finally:
            bridge.stop()
            window.close()
            window.deleteLater()
            look().motion = True


def shots_all(
    station: Station,
    folder: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
) -> list[Path]:
    """Render every page into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{page.name}.png" for page in PAGES]
    for page, file in zip(PAGES, files, strict=True):
        shot(station, page.name, file, language=language, theme=theme, size=size)
    return files


def _first_run(window: MainWindow, session: Session) -> QWidget:
    """Before any site is open."""
    session.close_site()
    _wait_until(lambda: not session.busy)
    return window


def _find_results(window: MainWindow, session: Session) -> QWidget:
    """After a search of the demonstration's own addresses on this computer."""
    page = window.show_page("find")
    if isinstance(page, FindPage):
        _wait_until(lambda: len(page.where.networks) > 1)
        served = [link.url for link in session.site.links if link.url.kind == "tcp"]
        for line, url in zip(page.where.networks, served, strict=False):
            line.set_range(f"{url.host}:{url.port}")
        page.where.go.click()
        _wait_until(lambda: not page.searching)
    return window


def _new_site(window: MainWindow, session: Session) -> QWidget:
    """The form of a new site beside what was found."""
    page = _find_results(window, session).findChild(FindPage)
    if page is not None:
        page.results.use.click()
        page.form.name.setText("Maison Bernard")
    return window


def _doctor(window: MainWindow, session: Session) -> QWidget:
    """The doctor at the demonstration's stick, with three lamps picked."""
    link = next((link for link in session.site.links if link.url.kind == "v5"), None)
    window.show_doctor(link.id if link is not None else "v5://127.0.0.1:8899?serial=0")
    dialog = window.doctor
    if dialog is None:
        return window
    _wait_until(lambda: not dialog.busy and bool(dialog.lamps.buttons))
    for lamp, state in (("ready", "slow"), ("com", "steady"), ("net", "off")):
        dialog.lamps.buttons[lamp, state].click()
    return dialog


def _parameters(window: MainWindow, session: Session) -> QWidget:
    """The parameters of the first device that has some, read."""
    page = window.show_page("devices")
    device = next((view.id for view in session.station.devices() if session.station.parameters(view.id)), "")
    if isinstance(page, DevicesPage):
        page.show_device(device)
        page.card.show_tab(Tab.PARAMETERS)
        page.parameters.read()
        _wait_until(lambda: not page.parameters.reader.busy)
    return window


def _review(window: MainWindow, session: Session) -> QWidget:
    """Three values edited, before they are written."""
    page = _parameters(window, session).findChild(DevicesPage)
    if page is not None:
        tree = page.parameters.tree
        for key in tree.shown_keys():
            if key.point in EDITS:
                tree.setData(tree.place_of(key, Column.NEW), EDITS[key.point])
        page.parameters.ask_review()
        view = page.parameters.card.review_view
        view.reason.setText("Essai de mise en service" if i18n.current() == "fr" else "Commissioning test")
        for check in view.checks:
            check.setChecked(True)
    return window


def _proven(window: MainWindow, session: Session) -> QWidget:
    """The same three, written and read back."""
    page = _review(window, session).findChild(DevicesPage)
    if page is not None:
        page.parameters.card.review_view.write.click()
        _wait_until(lambda: not page.parameters.card.running)
    return window


def _journal(window: MainWindow, session: Session) -> QWidget:
    """What was written, in the journal."""
    if not session.station.runs():
        _proven(window, session)
    page = window.show_page("commissioning")
    if isinstance(page, CommissioningPage) and isinstance(tab := page.show_tab("journal"), JournalTab):
        _wait_until(lambda: not tab.busy)
        tab.view.selectRow(0)
    return window


def _coupling(window: MainWindow, step: int) -> CouplingsTab | None:
    """A step of the assistant of a coupling, its earlier steps ticked."""
    page = window.show_page("commissioning")
    if not isinstance(page, CommissioningPage) or not isinstance(tab := page.show_tab("couplings"), CouplingsTab):
        return None
    assistants = tab.assistants
    _wait_until(lambda: assistants.loaded)
    assistants.choose(COUPLING)
    if (configuration := assistants.configuration) is None:
        return None
    progress = assistants.progress
    if step > 0:
        progress = replace(
            progress, wiring=frozenset(entry.id for entry in configuration.reminders_for(progress.sense))
        )
    if step > 1:
        progress = replace(progress, settings=frozenset(entry.id for entry in configuration.settings))
    assistants.update(progress)
    tab.show_step(step)
    return tab


def _coupling_wiring(window: MainWindow, session: Session) -> QWidget:
    """What to look at before an AURA is switched on."""
    del session
    _coupling(window, 0)
    return window


def _coupling_settings(window: MainWindow, session: Session) -> QWidget:
    """What to set, read from the inverter."""
    del session
    tab = _coupling(window, 1)
    if tab is not None:
        wanted = tab.assistants.edits()
        _wait_until(lambda: all(tab.assistants.newest(edit.key.point) is not None for edit in wanted))
    return window


def _coupling_check(window: MainWindow, session: Session) -> QWidget:
    """A check by measurement, passed."""
    del session
    tab = _coupling(window, 2)
    if tab is not None:
        tab.checks.show_check("battery_connected")
        tab.checks.detail.start.click()
        _wait_until(lambda: not tab.run.running)
    return window


def _coupling_result(window: MainWindow, session: Session) -> QWidget:
    """What has been found, and what is still open."""
    _coupling_settings(window, session)
    _coupling_check(window, session)
    _coupling(window, 3)
    return window


_SCENES: dict[str, Callable[[MainWindow, Session], QWidget]] = {
    "first_run": _first_run,
    "find_results": _find_results,
    "new_site": _new_site,
    "doctor": _doctor,
    "parameters": _parameters,
    "review": _review,
    "proven": _proven,
    "coupling_wiring": _coupling_wiring,
    "coupling_settings": _coupling_settings,
    "coupling_check": _coupling_check,
    "coupling_result": _coupling_result,
    "journal": _journal,
}


def _wait_until(reached: Callable[[], bool]) -> None:
    """Let everything run until it is so, or until patience ends."""
    end = time.monotonic() + PATIENCE_S
    while not reached() and time.monotonic() < end:
        _let_run(50)


def _let_run(milliseconds: int) -> None:
    """Let timers, signals and workers do their part."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
