"""A configuration file is kept byte for byte; only the edited values change, and secrets never show."""

import logging
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Person
from core.errors import CommandRefused, ProfileError
from core.evlink.cfg import MOST_BYTES, NOT_SET, SET, Address, Cfg, differing
from core.evlink.rules import cautions, operating_a
from tests.core.evlink_samples import FTP_PORT, NAME, PARKING, PASSWORD, RECEIVER, SOCKET, URL, entry, with_value

PIECES = st.sampled_from(
    [
        b"# Evse Conf", b"# Ocpp Conf", b"[ENERGY]", b"[OCPP]", b"[]", b"[broken", b"maxIntensitySocket=32",
        b"maxIntensitySocket=   16   ", b"stationName = A B", b"=", b"=5", b"key", b"FtpPassword=00112233445566778899",
        b"x=\xe9\x00\xff", b"ocppCentralAddress=ws://a:b@c", b'receiver="a@b.c"', b"; note", b"dhcp=1 # on",
        b"\xef\xbb\xbf", b"[FUNCTIONAL] ; heading", b"\x00", b"\t", b"[REPORT FTP]", b"FtpPort=\t21",
    ]
)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r", b"", b"\n\n"])
FILES = st.lists(st.tuples(PIECES, ENDS), max_size=30).map(lambda parts: b"".join(a + b for a, b in parts))


# -- byte for byte -----------------------------------------------------------------------------------------------


@given(st.one_of(st.binary(max_size=2000), FILES))
def test_any_bytes_are_kept_and_nothing_crashes(data: bytes):
    cfg = Cfg.read(data)
    assert cfg.edited({}) == data
    end = 0
    for found in cfg.entries():
        assert end <= found.start <= found.end <= len(data)
        end = found.end
        assert found.refusal() is not None
        assert cfg.value(found.address) == found.text
    assert differing(cfg, Cfg.read(data)) == ()


@given(FILES, st.data())
def test_an_edit_changes_its_own_value_and_no_other_byte(data: bytes, draw: st.DataObject):
    cfg = Cfg.read(data)
    free = [found for found in cfg.entries() if not found.refusal()]
    if not free:
        return
    chosen = draw.draw(st.sampled_from(free))
    texts = {"maxIntensitySocket": "20", "stationName": "C+D", "dhcp": "0", "FtpPort": "2121", "receiver": "x@y.z"}
    text = texts.get(chosen.address.key, "ws://d/e")
    after = Cfg.read(cfg.edited({chosen.address: text}))
    changed = differing(cfg, after)
    assert changed is not None
    assert [one.address for one, _other in changed] in ([chosen.address], [])
    assert after.value(chosen.address) == text
    assert after.data[: chosen.start] == data[: chosen.start]
    assert after.data.endswith(data[chosen.end :])


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_padding_line_ends_and_mark_stay_as_they_are(ends: bytes, mark: bytes):
    data = mark + PARKING.replace(b"\n", ends)
    cfg = Cfg.read(data)
    assert cfg.line_ends == {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}[ends]
    assert len(cfg.entries()) == 192
    assert cfg.strange == ()
    changed = cfg.edited({NAME: "PARKING 2", FTP_PORT: "2121", URL: "ws://csms/x"})
    expected = data.replace(b"BORNE PARKING 1", b"PARKING 2").replace(b"FtpPort=21", b"FtpPort=2121", 1)
    line = next(line for line in data.split(ends) if line.startswith(b"ocppCentralAddress="))
    assert changed == expected.replace(line, line + b"ws://csms/x", 1)


def test_the_same_value_changes_nothing_even_when_it_is_written_in_another_way():
    cfg = Cfg.read(with_value("maxIntensitySocket", "32"))
    assert cfg.edited({SOCKET: " 32 "}) == cfg.data


def test_mixed_line_ends_and_a_last_line_without_end_are_kept():
    data = b"# Evse Conf\r\n[ENERGY]\nmaxIntensitySocket= 32\r\n[TIME]\rtimeServerName=pool.ntp.org"
    cfg = Cfg.read(data)
    assert cfg.line_ends == "mixed"
    assert cfg.edited({Address("evse", "TIME", "timeServerName"): "ntp.lan"}) == data.replace(
        b"pool.ntp.org", b"ntp.lan"
    )


def test_a_remark_behind_a_number_and_quotes_around_a_text_stay():
    data = b'[ENERGY]\nmaxIntensitySocket=32   # as agreed\n[REPORT CHARGE LOGS]\nSmtplLogsReceiver="a@example.org"\n'
    changed = Cfg.read(data).edited({SOCKET: "16", RECEIVER: "a@example.org;b@example.org"})
    assert changed == data.replace(b"32", b"16").replace(b'"a@example.org"', b'"a@example.org;b@example.org"')


def test_what_nobody_knows_is_kept_and_cannot_be_edited():
    data = PARKING.replace(b"[HISTORY]", b"[NEW THINGS]\nfancy=1\nno equals sign\n[HISTORY]")
    cfg = Cfg.read(data)
    fancy = Address("evse", "NEW THINGS", "fancy")
    assert cfg.value(fancy) == "1"
    assert len(cfg.strange) == 1
    assert ("evse", "NEW THINGS") in cfg.sections
    with pytest.raises(CommandRefused, match="fancy is not in the manual"):
        cfg.edited({fancy: "2"})
    assert cfg.edited({SOCKET: "16"}).replace(b"maxIntensitySocket=16", b"maxIntensitySocket=32") == data


def test_the_misspelling_of_real_files_is_known_and_kept():
    data = PARKING.replace(b"currentAdjustmentSlope", b"currentAdjustementSlope")
    found = entry(Cfg.read(data), Address("evse", "CURRENT MEASUREMENT", "currentAdjustementSlope"))
    assert found.known is not None
    assert found.known.key == "currentAdjustmentSlope"


def test_keys_of_one_name_are_told_apart_by_block_and_section():
    cfg = Cfg.read(PARKING)
    both = [found for found in cfg.entries() if found.address.key == "FtpPort"]
    assert [str(found.address) for found in both] == ["report / REPORT FTP / FtpPort", "update / UPDATE FTP / FtpPort"]
    after = Cfg.read(cfg.edited({FTP_PORT: "2121"}))
    assert after.value(FTP_PORT) == "2121"
    assert after.value(both[1].address) == "21"


def test_a_key_that_stands_twice_is_shown_twice_and_edited_never():
    cfg = Cfg.read(PARKING.replace(b"nbPhase=3", b"nbPhase=3\nmaxIntensitySocket=16"))
    second = replace(SOCKET, nth=2)
    assert (cfg.value(SOCKET), cfg.value(second)) == ("16", "32")
    for address in (SOCKET, second):
        with pytest.raises(CommandRefused, match="stands 2 times in its section"):
            cfg.edited({address: "10"})


def test_without_the_comments_of_the_blocks_the_sections_say_where_they_belong():
    data = b"\n".join(line for line in PARKING.split(b"\n") if not line.startswith(b"#"))
    assert [found.address for found in Cfg.read(data).entries()] == [
        found.address for found in Cfg.read(PARKING).entries()
    ]


def test_empty_sections_are_listed_in_the_order_of_the_file():
    sections = Cfg.read(PARKING).sections
    assert len(sections) == 24
    assert sections[8] == ("evse", "ALTERNATIVE CHARGE")
    assert ("report", "WIFI") in sections


# -- letters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("latin-1", "latin-1")]
)  # fmt: skip
def test_letters_are_read_and_written_in_the_encoding_of_the_file(encoding: str, found: str):
    field = Address("report", "REPORT HTTP", "HttpField")
    data = PARKING.decode().replace("HttpField=", "HttpField=été").encode(encoding)
    cfg = Cfg.read(data)
    assert (cfg.encoding, cfg.value(field)) == (found, "été")
    assert cfg.edited({field: "août"}) == data.replace("été".encode(encoding), "août".encode(encoding))


def test_a_letter_that_the_file_cannot_hold_is_refused():
    field = Address("report", "REPORT HTTP", "HttpField")
    with pytest.raises(CommandRefused, match="HttpField: the file holds letters without accents"):
        Cfg.read(PARKING).edited({field: "été"})
    latin = Cfg.read(PARKING.replace(b"HttpField=", b"HttpField=\xe9t\xe9"))
    with pytest.raises(CommandRefused, match="letters of western Europe"):
        latin.edited({field: "5€"})


# -- what is no configuration ------------------------------------------------------------------------------------


def test_a_large_file_and_one_with_too_many_entries_are_refused():
    with pytest.raises(ProfileError, match="larger than 1 MB"):
        Cfg.read(b"a" * (MOST_BYTES + 1))
    with pytest.raises(ProfileError, match="more than 1000 entries"):
        Cfg.read(b"a=1\n" * 1001)
    with pytest.raises(ProfileError, match="more than 1000 entries"):
        Cfg.read(b"=" * 500_000)


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 100, b"\xff\xfea\x00=\x001\x00", b"MZ\x90\x00", b"name: Ferme\nlinks: {}\n"]
)
def test_other_files_are_not_recognised(data: bytes):
    assert not Cfg.read(data).recognised


# -- secrets -----------------------------------------------------------------------------------------------------


def test_secrets_are_set_or_not_set_and_nothing_else(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        cfg = Cfg.read(PARKING)
    hidden = [found for found in cfg.entries() if found.secret]
    assert len(hidden) == 10
    assert {found.text for found in hidden} == {SET, NOT_SET}
    assert entry(cfg, Address("ocpp", "OCPP", "serverCertificatePassword")).text == NOT_SET
    said = repr(cfg) + repr(cfg.entries()) + caplog.text
    for found in hidden:
        raw = PARKING[found.start : found.end].decode()
        assert raw == "UNDEFINED" or raw not in said


def test_a_secret_cannot_be_written_by_whoever_and_by_whatever_way():
    cfg = Cfg.read(PARKING)
    for copied in ((), (PASSWORD,)):
        with pytest.raises(CommandRefused, match="FtpPassword is a secret"):
            cfg.edited({PASSWORD: "00" * 16}, copied=copied, person=Person("Ada", "administrator"))


@pytest.mark.parametrize("line", ["wifiPassword=hallo", "apiToken=x", "blob=" + "0A" * 16])
def test_what_looks_like_a_secret_is_one_where_the_table_is_silent(line: str):
    cfg = Cfg.read(PARKING.replace(b"[WIFI]", b"[WIFI]\n" + line.encode()))
    found = entry(cfg, Address("report", "WIFI", line.partition("=")[0]))
    assert (found.secret, found.text) == (True, SET)


def test_the_password_in_an_address_is_blotted_out_and_never_written_as_blots():
    cfg = Cfg.read(with_value("ocppCentralAddress", "ws://box:geheim@csms/ocpp"))
    found = entry(cfg, URL)
    assert found.text == "ws://box:***@csms/ocpp"
    assert found.masked
    assert "geheim" not in repr(cfg.entries())
    with pytest.raises(CommandRefused, match="enter the password in this address in full"):
        cfg.edited({URL: "ws://box:***@other/ocpp"})
    assert Cfg.read(cfg.edited({URL: "ws://other/ocpp"})).value(URL) == "ws://other/ocpp"


# -- who and what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "key", "sentence"),
    [
        ("ENERGY", "StationMeterType", "the codes of StationMeterType are not published"),
        ("ENERGY", "currentPH1", "currentPH1 is not to be changed, says the manual"),
        ("EVLINK ENERGY", "degradedModeSetPointMono", "the manual does not list degradedModeSetPointMono"),
        ("FUNCTIONAL", "operatingMode", "the meaning of operatingMode is known from its name only"),
    ],
)
def test_what_the_manual_does_not_describe_is_read_only_and_says_why(section: str, key: str, sentence: str):
    with pytest.raises(CommandRefused) as refused:
        Cfg.read(PARKING).edited({Address("evse", section, key): "1"})
    assert str(refused.value).startswith(sentence)


def test_a_code_that_another_station_has_may_be_taken_over():
    kind = Address("evse", "ENERGY", "StationMeterType")
    cfg = Cfg.read(PARKING)
    assert Cfg.read(cfg.edited({kind: "2"}, copied=(kind,))).value(kind) == "2"


def test_the_role_decides_who_may_change_a_value():
    cfg = Cfg.read(PARKING)
    with pytest.raises(CommandRefused, match="maxIntensitySocket may be changed by the role administrator"):
        cfg.edited({SOCKET: "16"}, person=Person("Ida", "user"))
    cfg.edited({FTP_PORT: "2121"}, person=Person("Ida", "user"))
    cfg.edited({SOCKET: "16"}, person=Person("Ada", "administrator"))


def test_a_value_out_of_range_or_of_an_absent_key_is_refused():
    cfg = Cfg.read(PARKING)
    with pytest.raises(CommandRefused, match="maxIntensitySocket: enter a whole number from 0 to 32"):
        cfg.edited({SOCKET: "64"})
    with pytest.raises(CommandRefused, match="the file has no key nowhere"):
        cfg.edited({Address("evse", "ENERGY", "nowhere"): "1"})


# -- what fits together ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("set_a", "phases", "applies", "acts_a"),
    [
        (7, 1, True, 0), (8, 1, True, 8), (13, 3, True, 0), (14, 3, True, 14), (13, 1, True, 13), (7, 1, False, 7),
        (0, 3, True, 0), (32, 3, True, 32),
    ],
)  # fmt: skip
def test_small_currents_act_as_nothing(set_a: int, phases: int, applies: bool, acts_a: int):
    assert operating_a(set_a, phases, applies=applies) == acts_a


def sentences(data: bytes, changes: dict[Address, str]) -> list[tuple[str, bool]]:
    return [(caution.sentence, caution.stops) for caution in cautions(Cfg.read(data), changes)]


SHED = Address("evse", "FUNCTIONAL", "loadSheddingSetPoint")
VERSION = Address("ocpp", "OCPP", "ocppVersion")


def test_a_current_that_acts_as_nothing_is_said_before_saving():
    parts = "(on City and Parking with load balancing)"
    assert sentences(PARKING, {SOCKET: "6"}) == [(f"6 A acts as 0 A {parts}", False)]
    assert sentences(PARKING, {SOCKET: "10"}) == [(f"10 A acts as 0 A for a three-phase charge {parts}", False)]
    assert sentences(with_value("nbPhase", "1"), {SOCKET: "10"}) == []
    assert sentences(PARKING, {SOCKET: "0"}) == []
    assert sentences(with_value("maxIntensitySocket", "6"), {NAME: "X"}) == []


def test_currents_that_do_not_fit_each_other_stop():
    rated = with_value("currentPH1", "16")
    assert ("it must not be above the rated current, 16 A", True) in sentences(rated, {SOCKET: "20"})
    above = ("the shedding set-point must not be above the derated current, 16 A", True)
    assert above in sentences(PARKING, {SOCKET: "16", SHED: "20"})
    assert above not in sentences(PARKING, {SOCKET: "16", SHED: "16"})


def test_ocpp_1_6_does_not_work_over_http():
    assert sentences(PARKING, {VERSION: "1.6", URL: "http://csms"})[0][1]
    assert sentences(PARKING, {VERSION: "1.6", URL: "ws://csms"}) == []
    assert sentences(PARKING, {URL: "http://csms"}) == []


def test_authentication_without_a_user_is_said():
    asks = Address("report", "REPORT FTP", "FtpAuthent")
    assert sentences(PARKING, {asks: "true"}) == [("authentication is on, but there is no user", False)]
    assert sentences(PARKING, {asks: "true", Address("report", "REPORT FTP", "FtpLogin"): "me"}) == []


@given(st.dictionaries(st.sampled_from([found.address for found in Cfg.read(PARKING).entries()]), st.text(max_size=20)))
def test_no_change_whatever_makes_the_rules_fail(changes: dict[Address, str]):
    for caution in cautions(Cfg.read(PARKING), changes):
        assert caution.sentence
        assert caution.address in changes
