"""French is complete, and the language changes while the window is open."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.bridge import Bridge
from gui.i18n import RESOURCES
from gui.pages.overview import OverviewPage
from tests.gui.fake_station import FakeStation

FRENCH = RESOURCES / "i18n" / "wattelier_fr.ts"
ROOT = RESOURCES.parent


@pytest.fixture(autouse=True)
def english_again(qapp: object) -> Iterator[None]:
    yield
    i18n.choose("en")


def messages(file: Path) -> dict[tuple[str, str], ET.Element]:
    found: dict[tuple[str, str], ET.Element] = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            found[context.findtext("name") or "", message.findtext("source") or ""] = message
    return found


def test_no_french_text_is_unfinished_or_loses_a_place_holder() -> None:
    for (context, source), message in messages(FRENCH).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, (context, source)
        text = translation.text or ""
        assert text, (context, source)
        places = r"\{\d[^}]*\}"
        assert sorted(re.findall(places, source)) == sorted(re.findall(places, text)), (context, source)


def test_every_text_of_the_code_is_in_the_file(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = "import sys; from PySide6.scripts import pyside_tool as t; t.lupdate()"
    files = [str(file) for file in sorted((ROOT / "gui").rglob("*.py"))]
    subprocess.run(
        [sys.executable, "-c", tool, *files, "-locations", "none", "-ts", str(fresh)], check=True, capture_output=True
    )
    missing = set(messages(fresh)) - set(messages(FRENCH))
    assert missing == set(), "run packaging/dev.py i18n, then translate resources/i18n/wattelier_fr.ts"
    assert not [source for context, source in messages(fresh) if not context], "a text without a context is not found"


def test_the_compiled_file_is_of_this_text() -> None:
    i18n.choose("fr")
    for (context, source), message in messages(FRENCH).items():
        wanted = message.findtext("translation")
        assert QCoreApplication.translate(context, source) == wanted, "run packaging/dev.py i18n"


def test_the_system_decides_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "system_language", lambda: "fr")
    assert i18n.choose(None) == i18n.choose("system") == "fr"
    assert i18n.current() == "fr"
    assert i18n.choose("en") == "en"
    assert i18n.current() == "en"


def test_an_open_page_changes_its_language(qtbot: QtBot) -> None:
    i18n.choose("en")
    station = FakeStation()
    bridge = Bridge(station, start=False)
    page = OverviewPage(station, bridge)
    qtbot.addWidget(page)
    page.show()
    bridge.refresh()
    assert page.own_use.accessibleName() == "Self-consumption"
    i18n.choose("fr")
    qtbot.waitUntil(lambda: page.own_use.accessibleName() == "Autoconsommation")
    qtbot.waitUntil(lambda: page.flows.diagram.views["grid"].word == "injection")
    assert page.flows.chip.text.startswith("Bilan équilibré à 12")
    page.stop()
