"""The page of commissioning: tabs that are there, built when shown, and told to end."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.bridge import Bridge
from gui.pages import PAGES, commissioning
from gui.pages.commissioning import TABS, CommissioningPage, Tab
from gui.widgets.card import Message
from tests.gui.fake_station import FakeStation


class FakeTab(QWidget):
    edits_asked = Signal(list)
    made: list[str] = []  # noqa: RUF012  of this module's tests

    def __init__(self, station: object, bridge: object) -> None:
        super().__init__()
        del station, bridge
        self.stopped, self.attached, self.state = 0, list[object](), ""
        self.made.append("fake")

    def stop(self) -> None:
        self.stopped += 1

    def attach(self, session: object) -> None:
        self.attached.append(session)

    def save_state(self) -> str:
        return self.state

    def restore_state(self, state: str) -> None:
        self.state = state


class OtherTab(FakeTab):
    pass


PLACE = "tests.gui.pages.test_commissioning"
FAKES = (
    Tab("one", "Couplings", "one:FakeTab"),
    Tab("gone", "Snapshots", "no_such_module_here:Nothing"),
    Tab("two", "Journal", "two:OtherTab"),
)


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CommissioningPage:
    i18n.choose("en")
    FakeTab.made.clear()
    classes = {"one": FakeTab, "two": OtherTab}
    monkeypatch.setattr(commissioning, "find_spec", lambda name: name if name in classes else None)
    monkeypatch.setattr(Tab, "build", lambda tab, station, bridge: classes[tab.name](station, bridge))
    station = FakeStation()
    made = CommissioningPage(station, Bridge(station, start=False), tabs=FAKES)  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_is_a_page_after_the_links() -> None:
    names = [page.name for page in PAGES]
    assert names[names.index("links") + 1] == "commissioning"


def test_the_tabs_stand_in_the_agreed_order() -> None:
    assert [tab.name for tab in TABS] == ["couplings", "snapshots", "cfg", "journal"]
    assert all(tab.shown_title() for tab in TABS)


def test_a_tab_whose_module_is_missing_is_not_listed(page: CommissioningPage) -> None:
    assert [page.bar.tabText(row) for row in range(page.bar.count())] == ["Couplings", "Journal"]
    assert page.tab == "one"


def test_a_tab_is_built_when_it_is_first_shown(page: CommissioningPage) -> None:
    assert FakeTab.made == ["fake"]
    page.show_tab("two")
    page.show_tab("one")
    page.show_tab("two")
    assert FakeTab.made == ["fake", "fake"]
    assert page.built["two"].isVisible()
    assert page.show_tab("gone") is None


def test_tabs_are_attached_whenever_they_come(page: CommissioningPage) -> None:
    page.attach("session")  # pyright: ignore[reportArgumentType]
    page.show_tab("two")
    for tab in page.built.values():
        assert isinstance(tab, FakeTab)
        assert tab.attached == ["session"]


def test_every_built_tab_is_stopped(page: CommissioningPage) -> None:
    page.show_tab("two")
    page.stop()
    assert [tab.stopped for tab in page.built.values() if isinstance(tab, FakeTab)] == [1, 1]


def test_edits_go_on_to_the_window(qtbot: QtBot, page: CommissioningPage) -> None:
    tab = page.built["one"]
    assert isinstance(tab, FakeTab)
    with qtbot.waitSignal(page.edits_asked) as asked:
        tab.edits_asked.emit(["edit"])
    assert asked.args == [["edit"]]


def test_tab_and_states_come_back_even_for_tabs_not_built_yet(page: CommissioningPage) -> None:
    page.restore_state(json.dumps({"tab": "two", "states": {"one": "a", "two": "b"}}))
    assert page.tab == "two"
    states = {name: tab.state for name, tab in page.built.items() if isinstance(tab, FakeTab)}
    assert states == {"one": "a", "two": "b"}
    assert json.loads(page.save_state()) == {"tab": "two", "states": {"one": "a", "two": "b"}}


@pytest.mark.parametrize("state", ["", "{", "[]", "null", '{"tab": 1}', '{"tab": "two", "states": []}'])
def test_a_foreign_state_is_ignored(page: CommissioningPage, state: str) -> None:
    page.restore_state(state)
    assert page.tab == "one"


def test_without_any_tab_it_says_so(qtbot: QtBot) -> None:
    station = FakeStation()
    bare = CommissioningPage(station, Bridge(station, start=False), tabs=())  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(bare)
    bare.show()
    bare.stop()
    assert [message.title for message in bare.findChildren(Message) if message.isVisible()]
