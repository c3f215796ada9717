"""The day at a glance: figures, curves, and what is said while there are none."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from core.energy import DayEnergies, DayEnergy
from gui import i18n
from gui.background import Background
from gui.bridge import Bridge
from gui.pages.overview import OverviewPage
from gui.pages.overview_day import span_of
from gui.pages.overview_energy import source_words
from gui.widgets.day_chart import nice_step
from tests.gui import fake_station as fake

N = "\u202f"
Opener = Callable[[fake.FakeStation], OverviewPage]


@pytest.fixture
def open_page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    monkeypatch.setattr(time, "time", lambda: fake.NOW)
    i18n.choose("en")
    opened: list[OverviewPage] = []

    def build(station: fake.FakeStation) -> OverviewPage:
        bridge = Bridge(station, start=False)
        page = OverviewPage(station, bridge)
        qtbot.addWidget(page)
        page.resize(1176, 762)
        page.show()
        bridge.refresh()
        opened.append(page)
        return page

    yield build
    for page in opened:
        page.stop()


def test_ratios_come_with_the_energies_they_are_made_of(open_page: Opener) -> None:
    page = open_page(fake.FakeStation())
    assert page.own_use.sentence.text() == f"16.3{N}kWh of the 24.6{N}kWh produced\nwere used on site"
    assert page.own_supply.ring.accessibleName() == f"90{N}%"
    assert page.subtitle() == "Day · exporting to the grid · live"


def test_the_day_is_drawn_from_the_history(open_page: Opener, qtbot: QtBot) -> None:
    station = fake.FakeStation()
    page = open_page(station)
    qtbot.waitUntil(lambda: len(page.day.chart.curves) == 2)
    solar, house = page.day.chart.curves
    assert (solar.role, solar.filled, house.role) == ("solar", True, "house")
    assert solar.known > 100
    assert station.history is not None
    assert station.history.closed >= 1
    page.day.choose("week")
    qtbot.waitUntil(lambda: not page.day._worker.busy)
    assert len(page.day.chart.curves) == 2


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (None, "Nothing recorded yet"),
        (fake.FakeHistory(empty=True), "Nothing recorded yet"),
        (fake.FakeHistory(fault="disk I/O error"), "disk I/O error"),
    ],
)
def test_words_stand_where_curves_will_be(
    open_page: Opener, qtbot: QtBot, history: fake.FakeHistory | None, words: str
) -> None:
    page = open_page(fake.FakeStation(history=history))
    qtbot.waitUntil(lambda: words in page.day.chart.words)


def test_before_the_first_values_everything_is_a_dash(open_page: Opener) -> None:
    page = open_page(fake.FakeStation(now_flows=fake.empty_flows(), energies=DayEnergies()))
    assert {view.figure for view in page.flows.diagram.views.values()} == {"—"}
    assert page.subtitle() == "Waiting for the first values"
    assert page.own_use.sentence.text() == "No production yet today"


def test_hold_keeps_the_picture_and_says_so(open_page: Opener) -> None:
    station = fake.FakeStation()
    page = open_page(station)
    page.flows.hold.setChecked(True)
    page.show_flows(fake.night_flows())
    assert page.flows.diagram.views["solar"].figure == f"6.84{N}kW"
    assert page.flows.chip.text.startswith("Held at")
    page.flows.hold.setChecked(False)
    page.show_flows(fake.night_flows())
    assert page.flows.diagram.views["solar"].figure == f"0{N}W"


def test_trouble_is_named_on_the_synoptic(open_page: Opener) -> None:
    page = open_page(fake.FakeStation())
    page.show_flows(fake.outage_flows())
    assert page.flows.chip.text == "Backup (EPS): the grid is down"
    page.show_flows(fake.stale_flows())
    assert page.flows.chip.text == "Old values: Solar, Battery"


def test_an_energy_tells_its_source(open_page: Opener) -> None:
    assert "lifetime counter" in source_words(DayEnergy(1.0, source="counter"))
    assert "added up since" in source_words(DayEnergy(1.0, source="integral", since=0.0))
    assert source_words(DayEnergy()) == "Not known yet"


def test_periods_are_local_ones() -> None:
    def local(at: float) -> str:
        return datetime.fromtimestamp(at, fake.PARIS).strftime("%Y-%m-%d %H:%M")

    spans = {name: tuple(map(local, span_of(name, 0, fake.NOW, fake.PARIS))) for name in ("day", "week", "month")}
    assert spans == {
        "day": ("2025-06-21 00:00", "2025-06-22 00:00"),
        "week": ("2025-06-16 00:00", "2025-06-23 00:00"),
        "month": ("2025-06-01 00:00", "2025-07-01 00:00"),
    }
    assert tuple(map(local, span_of("year", 1, fake.NOW, fake.PARIS))) == ("2024-01-01 00:00", "2025-01-01 00:00")
    autumn = datetime(2025, 10, 26, 12, tzinfo=fake.PARIS).timestamp()
    start, end = span_of("day", 0, autumn, fake.PARIS)
    assert end - start == 25 * 3600


@pytest.mark.parametrize(("highest", "step"), [(0, 200), (900, 500), (7700, 5000), (13_000, 10_000), (24_000, 10_000)])
def test_level_lines_are_round(highest: float, step: float) -> None:
    assert nice_step(highest) == step


def test_the_newest_question_wins(qtbot: QtBot) -> None:
    worker, heard = Background(), list[object]()
    for row in range(5):
        worker.ask(lambda row=row: row, heard.append, heard.append)
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == [4]
    worker.stop()
