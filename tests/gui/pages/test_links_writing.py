"""The switch that opens a link for writing: off at first, asked twice, and kept in the site file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from core.config import LinkConfig
from core.linkurl import parse_link
from core.siteread import load_site
from gui import i18n, site_edits
from gui.pages.links_writing import WritingCard

LINK = LinkConfig("lan", parse_link("tcp://127.0.0.1:502"), "Borne")


def card_of(qtbot: QtBot, link: LinkConfig) -> tuple[WritingCard, list[bool]]:
    i18n.choose("en")
    card, asked = WritingCard(), list[bool]()
    qtbot.addWidget(card)
    card.can_write = True
    card.writing_asked.connect(asked.append)
    card.show_link(link)
    card.show()
    return card, asked


def test_a_new_link_is_read_only_and_is_opened_only_after_a_question(qtbot: QtBot) -> None:
    card, asked = card_of(qtbot, LINK)
    assert card.words.text().startswith("Read-only")
    card.switch.click()
    assert asked == []
    assert card.confirm.title.text() == "Open Borne for writing?"
    card.confirm.no.click()
    assert asked == []
    card.switch.click()
    card.confirm.yes.click()
    assert asked == [True]


def test_it_is_closed_again_at_once(qtbot: QtBot) -> None:
    card, asked = card_of(qtbot, replace(LINK, read_only=False))
    assert card.words.text().startswith("Open for writing")
    card.switch.click()
    assert asked == [False]


def test_without_a_site_file_it_says_where_it_is_decided(qtbot: QtBot) -> None:
    card, _asked = card_of(qtbot, LINK)
    card.can_write = False
    card.show_link(LINK)
    assert card.switch.isHidden()
    assert card.words.text().endswith("read_only in the site file decides.")


def test_the_site_file_keeps_it_and_a_closed_bus_only_listens(tmp_path: Path) -> None:
    file = tmp_path / "ferme.yaml"
    file.write_text(
        "name: Ferme\nlinks:\n  bus:  # in the barn\n    url: can://virtual/x?bitrate=250000\n    read_only: no\n"
        "    transmit: open_evse/can_wallbox\n"
        "devices:\n  box: {link: bus, profile: open_evse/can_wallbox, unit: 1, role: charger}\n",
        encoding="utf-8",
    )
    known = site_edits.catalogue()
    site_edits.writing("bus", False).in_file(file)
    link = load_site(file, known).links[0]
    assert (link.read_only, link.transmit) == (True, "")
    site_edits.writing("bus", True).in_file(file)
    site = load_site(file, known)
    assert not site.links[0].read_only
    assert "# in the barn" in file.read_text(encoding="utf-8")
    quiet = site_edits.writing("bus", False).in_memory(site)
    assert quiet.links[0].read_only
