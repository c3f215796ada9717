"""The table of keys: whole, in both languages, and true to what the commissioning manual lists."""

import re
from collections import Counter
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.errors import CommandRefused, ProfileError
from core.evlink.cfg import Cfg
from core.evlink.keys import COLUMNS, CfgKey, Editable, load_keys
from core.evlink.values import alike, is_valid, normal, same, sound_copy, without_password
from core.parameters import Danger
from core.paths import profile_roots, resources
from tests.core.evlink_samples import PARKING

BOOK = load_keys()
SECTIONS = {
    "FUNCTIONAL": 31, "ENERGY": 24, "HISTORY": 1, "HMI CONTROL": 1, "PROXY": 8, "TIME": 3, "EVLINK ENERGY": 8,
    "ENERGY SHARING": 4, "CURRENT MEASUREMENT": 11, "AUTHENTICATION": 7, "OCPP": 33, "REPORT GLOBAL": 5,
    "REPORT CHARGE LOGS": 7, "REPORT ALARM": 8, "REPORT FTP": 6, "REPORT HTTP": 7, "REPORT HTTPS": 7, "SMTP": 7,
    "UPDATE GLOBAL": 2, "UPDATE HTTP": 5, "UPDATE FTP": 5, "UPDATE TFTP": 2,
}  # fmt: skip


def key(section: str, name: str) -> CfgKey:
    found = BOOK.find("", section, name)
    assert found is not None
    return found


def test_every_key_of_every_section_is_there():
    assert Counter(entry.section for entry in BOOK.keys) == SECTIONS
    assert len(BOOK.keys) == 192
    assert sum(bool(entry.ocpp_key) for entry in BOOK.keys) == 102
    assert Counter(entry.ocpp_access for entry in BOOK.keys if entry.ocpp_key) == {"rw": 80, "r": 22}


def test_every_key_has_a_name_in_both_languages_and_help_in_both_or_none():
    for entry in BOOK.keys:
        assert entry.title.en, entry.key
        assert entry.title.fr, entry.key
        assert bool(entry.help.en) == bool(entry.help.fr), entry.key


def test_french_is_set_as_french_is():
    texts = [text for entry in BOOK.keys for text in (entry.title.fr, entry.help.fr)]
    texts += [words.fr for words in BOOK.headings.values()]
    texts += [words.fr for entry in BOOK.keys for words in entry.choices.values()]
    assert len(texts) > 400
    for text in texts:
        assert "'" not in text
        marks = re.findall(r"(.)[:;!?](?![\d/])", text)  # not the colon of 00:01 or ws://
        assert set(marks) <= {"\u202f"}, text


def test_what_may_be_edited_has_limits_that_its_factory_value_keeps():
    for entry in BOOK.keys:
        if entry.factory:
            assert is_valid(entry, entry.factory), entry.key
        if entry.editable is Editable.YES:
            assert entry.help.en, f"{entry.key} says nothing about itself"
            assert entry.type not in ("code", "hex", "secret", "measurands"), entry.key


def test_currents_and_the_way_to_the_station_are_dangerous():
    dangerous = {entry.key: entry.danger for entry in BOOK.keys if entry.danger}
    for name in ("maxIntensitySocket", "maxIntensityStation", "loadSheddingSetPoint"):
        assert dangerous[name] is Danger.PROTECTION
    for name in ("dhcp", "ocppCentralAddress", "boxIdentity", "ocppVersion"):
        assert dangerous[name] is Danger.REACH


def test_a_key_is_hidden_from_the_same_roles_in_a_file_and_in_the_parameters_of_a_station():
    parameters = Catalogue(profile_roots()).get("schneider/evlink_ocpp").parameters
    seen = {entry.point.path.lower(): entry.sees for entry in parameters.entries if entry.point is not None}
    both = {entry.key: seen.get(f"key.{entry.ocpp_key.lower()}") for entry in BOOK.keys if entry.ocpp_key}
    assert sum(role is not None for role in both.values()) > 50
    assert [e.key for e in BOOK.keys if both.get(e.key) not in (None, e.sees)] == []


def test_a_key_is_found_by_section_when_its_block_is_not_named_and_whatever_its_case():
    assert key("REPORT FTP", "FtpPort") is not key("UPDATE FTP", "FtpPort")
    assert BOOK.find("evse", "energy", "MAXINTENSITYSOCKET") is key("ENERGY", "maxIntensitySocket")
    assert BOOK.find("evse", "CURRENT MEASUREMENT", "currentAdjustementSlope") is key(
        "CURRENT MEASUREMENT", "currentAdjustmentSlope"
    )
    assert BOOK.find("evse", "ENERGY", "FtpPort") is None
    assert BOOK.heading("report", "WIFI").en == "Wi-Fi"
    assert BOOK.heading("", "NEW THINGS").fr == "NEW THINGS"


def test_every_key_of_the_table_is_in_the_sample():
    found = {entry.known.place for entry in Cfg.read(PARKING).entries() if entry.known is not None}
    assert found == {entry.place for entry in BOOK.keys}


def test_a_faulty_table_is_answered_with_every_fault_and_its_line(tmp_path: Path):
    for name in ("cfg_sections.csv", "cfg_keys.csv"):
        (tmp_path / name).write_bytes((resources() / "evlink" / name).read_bytes())
    table = tmp_path / "cfg_keys.csv"
    row = dict.fromkeys(COLUMNS, "") | {"block": "evse", "section": "NOWHERE", "key": "x", "en": "X", "source": "s"}
    row |= {"type": "integer", "low": "a", "editable": "yes", "sees": "user", "writes": "boss", "confidence": "sure"}
    table.write_text(table.read_text("utf-8") + ",".join(row.values()) + "\n", "utf-8")
    with pytest.raises(ProfileError) as fault:
        load_keys(tmp_path)
    text = str(fault.value)
    assert text.count("cfg_keys.csv:194: x") == 6
    for column in ("x, type", "x, low", "x, writes", "x, confidence", "x, section", "x, fr"):
        assert column in text


# -- values ------------------------------------------------------------------------------------------------------

SOCKET, SHED, NAME = key("ENERGY", "maxIntensitySocket"), key("FUNCTIONAL", "loadSheddingSetPoint"), "stationName"


@pytest.mark.parametrize(
    ("section", "name", "typed", "written"),
    [
        ("ENERGY", "maxIntensitySocket", " 16 ", "16"),
        ("ENERGY", "maxIntensitySocket", "032", "32"),
        ("FUNCTIONAL", "localisation", "TRUE", "true"),
        ("FUNCTIONAL", "dhcp", "yes", "1"),
        ("FUNCTIONAL", "stationName", "PARKING 2+3", "PARKING 2+3"),
        ("OCPP", "ocppCentralAddress", "wss://csms.example.org/ocpp", "wss://csms.example.org/ocpp"),
        ("OCPP", "ocppCentralAddress", "", ""),
        ("OCPP", "ocppVersion", "1.6", "1.6"),
        ("OCPP", "ocppBoxPublicIp", "192.0.2.7", "192.0.2.7"),
        ("REPORT CHARGE LOGS", "SmtplLogsReceiver", "a@example.org;b@example.org", "a@example.org;b@example.org"),
        ("REPORT FTP", "FtpPassif", "0", "0"),
    ],
)
def test_what_may_be_written(section: str, name: str, typed: str, written: str):
    assert normal(key(section, name), typed) == written


@pytest.mark.parametrize(
    ("section", "name", "typed", "sentence"),
    [
        ("ENERGY", "maxIntensitySocket", "33", "enter a whole number from 0 to 32"),
        ("ENERGY", "maxIntensitySocket", "-1", "enter a whole number from 0 to 32"),
        ("ENERGY", "maxIntensitySocket", "16,5", "enter a whole number from 0 to 32"),
        ("ENERGY", "maxIntensitySocket", "٣", "enter a whole number from 0 to 32"),
        ("ENERGY", "maxIntensitySocket", "", "enter a whole number from 0 to 32"),
        ("ENERGY", "StationMeterRTUAddress", "1", "enter a whole number from 2 to 255"),
        ("ENERGY", "StationMeterGatewayAddress", "163", "enter a whole number from 130 to 162"),
        ("OCPP", "meterValueSampleInterval", "often", "enter a whole number"),
        ("OCPP", "ocppBoxPublicPort", "0", "enter a port from 1 to 65535"),
        ("REPORT CHARGE LOGS", "SmtplPort", "588", "enter a whole number from 25 to 587"),
        ("REPORT FTP", "FtpPort", "10000", "enter a whole number from 1 to 9999"),
        ("FUNCTIONAL", "localisation", "outside", "enter yes or no"),
        ("FUNCTIONAL", "stationName", "Borne", "only capital letters A to Z, digits, blanks and + are possible"),
        ("FUNCTIONAL", "stationName", "A" * 31, "it has 31 characters; at most 30 are possible"),
        ("FUNCTIONAL", "stationName", "", "it must not be empty"),
        ("OCPP", "defaultIdTag", "", "it must not be empty"),
        ("OCPP", "ocppVersion", "2.0", "enter one of 1.5, 1.6"),
        ("OCPP", "ocppCentralAddress", "https://x", "it must begin with http://, ws:// or wss:// and hold no blanks"),
        ("OCPP", "ocppBoxPublicIp", "192.0.2.256", "enter an address such as 192.168.0.102"),
        ("TIME", "timeServerName", "", "enter the name or the address of a server, such as pool.ntp.org"),
        ("REPORT HTTP", "HttpPath", "/a" * 50, "it has 100 characters; at most 99 are possible"),
        ("REPORT HTTP", "HttpField", "a\nb", "a line break or another invisible character is not possible here"),
        ("REPORT HTTP", "HttpField", 'a"b', "a quotation mark is not possible here"),
        ("REPORT HTTP", "HttpField", "a #b", "a # or ; at the beginning or after a blank would begin a comment"),
        ("REPORT CHARGE LOGS", "SmtplSender", "me", "enter an e-mail address such as name@example.org"),
        (
            "REPORT CHARGE LOGS",
            "SmtplLogsReceiver",
            "a@b.c, d@e.f",
            "separate the e-mail addresses by semicolons, without blanks",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_answered_with_one_sentence(section: str, name: str, typed: str, sentence: str):
    with pytest.raises(CommandRefused) as refused:
        normal(key(section, name), typed)
    assert str(refused.value) == sentence


def test_a_code_is_copied_as_a_number_only():
    code = key("ENERGY", "StationMeterType")
    assert sound_copy(code, "5") == "5"
    with pytest.raises(CommandRefused, match="'iem' is not a code"):
        sound_copy(code, "iem")


def test_two_spellings_of_one_value_are_the_same_and_no_others():
    flag, code, hexadecimal = key("FUNCTIONAL", "dhcp"), key("ENERGY", "nbPhase"), key("FUNCTIONAL", "diStatusEnable")
    assert same(flag, "1", "true")
    assert not same(flag, "1", "0")
    assert not same(flag, "2", "3")
    assert same(code, "08", "8")
    assert not same(code, "", "0")
    assert same(hexadecimal, "0x0268", "0X268")
    assert not same(hexadecimal, "z", "0")
    assert not same(key("FUNCTIONAL", NAME), "A", "a")
    assert not same(None, "1", "01")


def test_yes_and_no_are_written_as_the_file_writes_them():
    assert [alike("true", old) for old in ("false", "False", "FALSE", "0", "")] == ["true", "True", "TRUE", "1", "true"]
    assert alike("0", "1") == "0"
    assert alike("0", "true") == "false"
    assert alike("16", "32") == "16"


def test_the_password_of_an_address_is_blotted_out():
    assert without_password("ws://box:geheim@host:8080/x") == "ws://box:***@host:8080/x"
    assert without_password("ws://host:8080/a@b") == "ws://host:8080/a@b"
    assert without_password("ftp://u:p:q@host") == "ftp://u:***@host"
