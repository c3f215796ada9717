"""Models of EVlink configurations: the tree keeps its rules, hides what a role may not see, and shows no secret."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.access import Person
from core.evlink.cfg import Address, Cfg
from core.evlink.compare import Told, paired, paired_with_station
from core.evlink.keys import load_keys
from core.points import Quality
from gui import i18n
from gui.models import cfg_csv, cfg_words
from gui.models.cfg_edits import CfgEdits
from gui.models.cfg_tree import CfgFilter, CfgRole, CfgTree, Column
from gui.sentences import TEMPLATES, _find  # pyright: ignore[reportPrivateUsage]
from tests.core.evlink_samples import NAME, PARKING, PASSWORD, SOCKET, URL, entry, with_value

ADA, IDA = Person("Ada", "administrator"), Person("Ida", "user")
LEFT = Cfg.read(PARKING)
RIGHT = Cfg.read(with_value("maxIntensitySocket", "16", with_value("FtpPassword", "AB" * 16)))


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("en")


@pytest.fixture
def edits(qtbot: QtBot) -> CfgEdits:
    edits = CfgEdits()
    edits.begin(LEFT)
    return edits


@pytest.fixture
def tree(edits: CfgEdits) -> CfgTree:
    tree = CfgTree(edits, now=lambda: 1130.0)
    tree.show(LEFT, None, ADA)
    return tree


def cell(tree: CfgTree, address: Address, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return tree.place_of(address, column).data(role)


def below(model: CfgFilter, index: QModelIndex) -> list[str]:
    """The keys below a place."""
    row = index.data(CfgRole.ROW) if index.isValid() else None
    if row is not None:
        return [row.address.key]
    rows = range(model.rowCount(index))
    return [key for number in rows for key in below(model, model.index(number, 0, index))]


# -- the tree --------------------------------------------------------------------------------------------------


def test_tree_and_filter_keep_the_rules(qtmodeltester: ModelTester, tree: CfgTree):
    qtmodeltester.check(tree)
    tree.show(LEFT, paired(LEFT, RIGHT), ADA)
    filtered = CfgFilter()
    filtered.setSourceModel(tree)
    qtmodeltester.check(filtered)
    filtered.set_words("ftp")
    qtmodeltester.check(filtered)


def test_blocks_sections_and_keys_stand_in_the_order_of_the_file(tree: CfgTree):
    blocks = [str(tree.index(row, 0).data()) for row in range(tree.rowCount())]
    assert blocks == ["Charging station", "Supervision", "Publication and alarms", "Firmware update"]
    sections = [str(tree.index(row, 0, tree.index(0, 0)).data()) for row in range(tree.rowCount(tree.index(0, 0)))]
    assert sections[:3] == ["Operation and network", "Currents and meters", "Charge history"]
    assert "Alternative charge" in sections  # an empty one
    assert [row.address for row in tree.rows()] == [found.address for found in LEFT.entries()]


def test_a_row_tells_name_help_value_range_and_key(tree: CfgTree):
    assert cell(tree, SOCKET, Column.NAME) == "Derated current of the charging point"
    assert str(cell(tree, SOCKET, Column.NAME, CfgRole.SECOND)).startswith("The most that each charging point")
    assert cell(tree, SOCKET, Column.FILE) == "32\u202fA"
    assert cell(tree, SOCKET, Column.LIMITS) == "0–32\u202fA · 32"
    assert cell(tree, SOCKET, Column.KEY) == "maxIntensitySocket"
    assert cell(tree, Address("evse", "FUNCTIONAL", "localisation"), Column.FILE) == "Indoor"
    assert cell(tree, URL, Column.FILE) == "empty"


def test_the_tree_speaks_french_and_back(tree: CfgTree):
    i18n.choose("fr")
    tree.retranslate()
    assert cell(tree, SOCKET, Column.NAME) == "Courant déclassé du point de charge"
    assert tree.index(3, 0).data() == "Mise à jour du micrologiciel"


def test_only_what_the_manual_describes_has_a_field(tree: CfgTree):
    editable = {
        row.address.key
        for row in tree.rows()
        if tree.flags(tree.place_of(row.address, Column.NEW)) & Qt.ItemFlag.ItemIsEditable
    }
    wanted = {key.key for key in load_keys().keys if key.editable == "yes"}
    assert editable == wanted
    assert cell(tree, Address("evse", "ENERGY", "StationMeterType"), Column.NEW) == "codes not published"
    assert cell(tree, Address("evse", "ENERGY", "currentPH1"), Column.NEW) == "not to be changed"
    assert cell(tree, Address("evse", "FUNCTIONAL", "operatingMode"), Column.NEW) == "known by its name"
    assert cell(tree, PASSWORD, Column.NEW) == "kept as it is"
    assert not tree.setData(tree.place_of(PASSWORD, Column.NEW), "x")


# -- edits -----------------------------------------------------------------------------------------------------


def test_an_edit_is_amber_in_words_and_gone_when_it_is_what_the_file_has(tree: CfgTree, edits: CfgEdits):
    place = tree.place_of(SOCKET, Column.NEW)
    assert tree.setData(place, "20")
    assert place.data() == "20\u202fA"
    assert place.data(CfgRole.EDITED)
    assert (cell(tree, SOCKET, Column.STATE), cell(tree, SOCKET, Column.STATE, CfgRole.TONE)) == ("to save", "warning")
    assert edits.changes() == {SOCKET: "20"}
    tree.setData(place, "032")
    assert len(edits) == 0
    assert not place.data(CfgRole.EDITED)


def test_a_wrong_entry_is_kept_with_one_sentence_and_never_saved(tree: CfgTree, edits: CfgEdits):
    tree.setData(tree.place_of(SOCKET, Column.NEW), "64")
    assert cell(tree, SOCKET, Column.NEW, CfgRole.BELOW) == ("Enter a whole number from 0 to 32", "fault")
    assert cell(tree, SOCKET, Column.NEW) == "64"
    assert cell(tree, SOCKET, Column.STATE) == "not possible"
    assert (edits.changes(), edits.wrong()) == ({}, [SOCKET])


def test_a_doubtful_value_says_what_it_does(tree: CfgTree):
    tree.setData(tree.place_of(SOCKET, Column.NEW), "6")
    sentence, tone = tree.place_of(SOCKET).data(CfgRole.BELOW)
    assert (sentence.startswith("6 A acts as 0 A"), tone) == (True, "warning")
    shed = Address("evse", "FUNCTIONAL", "loadSheddingSetPoint")
    tree.setData(tree.place_of(shed, Column.NEW), "20")
    assert any(caution.stops for caution in tree.edits.all_cautions())


def test_an_address_with_a_password_is_no_edit_while_its_blots_are_left(qtbot: QtBot):
    cfg, edits = Cfg.read(with_value("ocppCentralAddress", "ws://a:geheim@h")), CfgEdits()
    edits.begin(cfg)
    found = entry(cfg, URL)
    edits.put(found, found.text, ADA)
    assert len(edits) == 0
    edits.put(found, "ws://h", ADA)
    assert edits.changes() == {URL: "ws://h"}


def test_after_saving_only_what_was_typed_since_still_waits(edits: CfgEdits):
    edits.put(entry(LEFT, SOCKET), "16", ADA)
    edits.put(entry(LEFT, NAME), "PARKING 2", ADA)
    edits.go_on(Cfg.read(with_value("maxIntensitySocket", "16")))
    assert edits.changes() == {NAME: "PARKING 2"}


# -- who -------------------------------------------------------------------------------------------------------


def test_what_a_role_may_not_see_is_not_in_the_tree_the_search_and_the_export(tree: CfgTree):
    tree.show(LEFT, paired(LEFT, RIGHT), IDA)
    keys = {row.address.key for row in tree.rows()}
    assert "maxIntensitySocket" not in keys
    assert "timeServerName" in keys
    assert tree.hidden == 192 - len(keys & {found.address.key for found in LEFT.entries()}) - _doubles(keys)
    filtered = CfgFilter()
    filtered.setSourceModel(tree)
    filtered.set_words("maxIntensity")
    assert below(filtered, QModelIndex()) == []
    assert "maxIntensity" not in cfg_csv.as_csv(tree.rows(), tree)
    headings = [str(tree.index(row, 0, tree.index(0, 0)).data()) for row in range(tree.rowCount(tree.index(0, 0)))]
    assert "Proxy" not in headings


def _doubles(keys: set[str]) -> int:
    """Keys that are seen in more than one section."""
    seen = [key for key in load_keys().keys if IDA.reaches(key.sees)]
    return len(seen) - len({key.key for key in seen} & keys)


def test_what_a_role_may_see_and_not_change_has_no_field(tree: CfgTree):
    tree.show(LEFT, None, IDA)
    location = Address("evse", "FUNCTIONAL", "localisation")
    assert cell(tree, location, Column.NEW) == "another role"
    assert not tree.setData(tree.place_of(location, Column.NEW), "true")


def test_without_roles_everything_is_seen_and_with_nobody_nothing(tree: CfgTree):
    tree.show(LEFT, None, None)
    assert len(tree.rows()) == 192
    tree.show(LEFT, None, Person())
    assert (len(tree.rows()), tree.hidden, tree.rowCount()) == (0, 192, 0)


# -- comparison and filter -------------------------------------------------------------------------------------


def test_only_differences_are_left_with_their_headings(tree: CfgTree):
    tree.show(LEFT, paired(LEFT, RIGHT), ADA)
    filtered = CfgFilter()
    filtered.setSourceModel(tree)
    filtered.set_only(different=True, edited=False)
    assert below(filtered, QModelIndex()) == ["maxIntensitySocket", "FtpPassword"]
    assert filtered.rowCount() == 2
    assert cell(tree, SOCKET, Column.OTHER) == "16\u202fA"
    assert cell(tree, SOCKET, Column.STATE) == "differs"
    assert cell(tree, PASSWORD, Column.STATE) == "other secret"
    assert cell(tree, PASSWORD, Column.OTHER) == "set"


def test_only_edits_are_left(tree: CfgTree, edits: CfgEdits):
    filtered = CfgFilter()
    filtered.setSourceModel(tree)
    edits.put(entry(LEFT, SOCKET), "16", ADA)
    filtered.set_only(different=False, edited=True)
    assert below(filtered, QModelIndex()) == ["maxIntensitySocket"]


@pytest.mark.parametrize("words", ["derated", "déclassé", "MAXINTENSITYSOCKET", "cable breaker derated"])
def test_a_key_is_found_by_its_name_its_help_and_its_key(tree: CfgTree, words: str):
    filtered = CfgFilter()
    filtered.setSourceModel(tree)
    filtered.set_words(words)
    assert "maxIntensitySocket" in below(filtered, QModelIndex())


def test_keys_that_only_the_right_file_has_stand_in_their_section(tree: CfgTree):
    right = Cfg.read(PARKING.replace(b"[WIFI]", b"[WIFI]\nssid=home"))
    tree.show(LEFT, paired(LEFT, right), ADA)
    ssid = Address("report", "WIFI", "ssid")
    assert (cell(tree, ssid, Column.FILE), cell(tree, ssid, Column.OTHER)) == ("", "home")
    assert cell(tree, ssid, Column.STATE) == "only on the right"
    assert not tree.flags(tree.place_of(ssid, Column.NEW)) & Qt.ItemFlag.ItemIsEditable


def test_what_a_station_tells_later_changes_only_its_rows(qtbot: QtBot, tree: CfgTree):
    tree.show(LEFT, paired_with_station(LEFT, {}), ADA)
    assert cell(tree, SOCKET, Column.STATE) == "not told"
    rows: list[str] = []
    tree.dataChanged.connect(lambda top: rows.append(top.data(CfgRole.ROW).address.key))
    told = {"maxintensitysocket": Told("maxintensitysocket", "16", 1000.0, Quality.STALE)}
    tree.update_pairs(paired_with_station(LEFT, told))
    assert rows == ["maxIntensitySocket"]
    assert cell(tree, SOCKET, Column.OTHER, CfgRole.SECOND) == "2\u202fmin ago · stale"


# -- texts for other programs ----------------------------------------------------------------------------------


def test_neither_the_export_nor_the_clipboard_holds_a_secret(tree: CfgTree):
    tree.show(LEFT, paired(LEFT, RIGHT), ADA)
    for text in (cfg_csv.as_csv(tree.rows(), tree), cfg_csv.tab_separated(tree.rows(), tree)):
        for found in LEFT.entries():
            if found.secret:
                raw = PARKING[found.start : found.end].decode()
                assert raw == "UNDEFINED" or raw not in text
        assert "AB" * 16 not in text
        assert text.count("\n") >= 191


def test_a_value_is_no_formula_for_a_spreadsheet(qtbot: QtBot):
    cfg, edits = Cfg.read(with_value("HttpField", "=1+1")), CfgEdits()
    tree = CfgTree(edits)
    tree.show(cfg, None, None)
    assert ",'=1+1," in cfg_csv.as_csv(tree.rows(), tree)


# -- words -----------------------------------------------------------------------------------------------------


def test_a_value_is_said_in_words_or_with_its_unit():
    book = load_keys()
    dhcp, energy = book.find("", "FUNCTIONAL", "dhcp"), book.find("", "EVLINK ENERGY", "EMSetting")
    assert cfg_words.value(dhcp, "1") == "Yes"
    assert cfg_words.value(dhcp, "7") == "7"
    assert cfg_words.value(energy, "3") == "Load balancing and external control"
    assert cfg_words.value(None, "a\x00b") == "a\ufffdb"
    assert cfg_words.value(None, "set", secret=True) == "set"


def test_every_sentence_about_values_has_a_template():
    said = [
        "6 A acts as 0 A (on City and Parking with load balancing)",
        "it must not be above the rated current, 16 A",
        "the stations are built differently: nbPhase is 3 here and 1 there",
        "2 keys stand only in the left file and 0 only in the right one: probably another firmware",
        "the left file is of EV.2S22P22R (502159V), the right one of EVB1A22P4ERI (602158X)",
        "the file is of the station 'A 1', this one is 'B'",
        "maxIntensitySocket: enter a whole number from 0 to 32",
    ]
    assert [text for text in said if _find(text) is None] == []
    assert "{point}: {why}" in TEMPLATES
