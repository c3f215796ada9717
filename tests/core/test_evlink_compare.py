"""Two configurations beside each other: what differs, what may be taken over, and what must not."""

from dataclasses import replace

import pytest

from core.access import Person
from core.catalogue import Catalogue
from core.errors import CommandRefused
from core.evlink.cfg import Address, Cfg
from core.evlink.compare import (
    CUT_AT,
    Pair,
    Told,
    What,
    compare,
    copies,
    doubts,
    paired,
    paired_with_station,
    told,
)
from core.evlink.identity import identity, station_doubts
from core.paths import profile_roots
from core.points import Point, PointKey, Provenance, Quality, Reading
from tests.core.evlink_samples import NAME, PARKING, PASSWORD, SOCKET, URL, with_value

LEFT = Cfg.read(PARKING)
KIND = Address("evse", "ENERGY", "StationMeterType")


def other(*changes: tuple[str, str], data: bytes = PARKING) -> Cfg:
    for key, value in changes:
        data = with_value(key, value, data)
    return Cfg.read(data)


def found(pairs: tuple[Pair, ...]) -> dict[str, What]:
    def name(pair: Pair) -> str:
        side = pair.left or pair.right
        assert side is not None
        return side.key if isinstance(side, Told) else side.address.key

    return {name(pair): pair.what for pair in pairs}


# -- two files ---------------------------------------------------------------------------------------------------


def test_a_file_does_not_differ_from_itself_nor_from_another_spelling_of_itself():
    assert compare(LEFT, LEFT) == ()
    spelt = PARKING.replace(b"\n", b"\r\n").replace(b"maxIntensitySocket=32", b"MaxIntensitySocket =   032")
    spelt = spelt.replace(b"simplifiedMode3=        true", b"simplifiedMode3=TRUE")
    assert compare(LEFT, Cfg.read(spelt)) == ()


def test_values_secrets_and_keys_that_one_side_lacks_are_told():
    data = with_value("FtpPassword", "AA" * 16).replace(b"nbPhase=3\n", b"").replace(b"[WIFI]", b"[WIFI]\nssid=home")
    right = other(("maxIntensitySocket", "16"), ("stationName", "PARKING 2"), data=data)
    assert found(compare(LEFT, right)) == {
        "stationName": What.DIFFERENT,
        "nbPhase": What.MISSING,
        "maxIntensitySocket": What.DIFFERENT,
        "FtpPassword": What.SECRET_DIFFERENT,
        "ssid": What.ADDED,
    }
    assert len(paired(LEFT, right)) == 193


def test_a_comparison_never_shows_a_secret():
    right = Cfg.read(with_value("FtpPassword", "AA" * 16))
    (pair,) = compare(LEFT, right)
    assert "AA" not in repr(pair)
    assert pair.left is not None
    assert pair.left.text == "set"


def test_the_password_in_an_address_makes_it_a_secret():
    left, right = other(("ocppCentralAddress", "ws://a:sesame@h")), other(("ocppCentralAddress", "ws://a:two@h"))
    assert found(compare(left, right)) == {"ocppCentralAddress": What.SECRET_DIFFERENT}
    assert "sesame" not in repr(compare(left, right))
    assert compare(left, left) == ()


# -- taking over -------------------------------------------------------------------------------------------------


def test_differences_are_taken_over_as_edits_secrets_and_fixed_values_are_not():
    right = other(
        ("maxIntensitySocket", "16"), ("FtpPassword", "AA" * 16), ("currentPH1", "16"), ("StationMeterType", "2"),
        ("stationName", "lower case"),
    )  # fmt: skip
    taken, refused = copies(compare(LEFT, right))
    assert taken == {SOCKET: "16", KIND: "2"}
    assert set(refused) == {PASSWORD, Address("evse", "ENERGY", "currentPH1"), NAME}
    assert refused[PASSWORD].startswith("FtpPassword is a secret")
    assert refused[NAME].startswith("only capital letters")
    after = Cfg.read(LEFT.edited(taken, copied=tuple(taken)))
    assert found(compare(after, right)) == {
        "stationName": What.DIFFERENT,
        "currentPH1": What.DIFFERENT,
        "FtpPassword": What.SECRET_DIFFERENT,
    }


def test_an_address_with_a_password_is_never_taken_over():
    right = other(("ocppCentralAddress", "ws://a:two@h"))
    taken, refused = copies(compare(LEFT, right))
    assert (taken, refused) == ({}, {URL: "a value with a password in it is never copied"})
    taken, refused = copies(compare(right, other(("ocppCentralAddress", "ws://h"))))
    assert URL in refused
    assert not taken


def test_keys_are_neither_added_nor_removed_and_doubles_are_left_alone():
    right = Cfg.read(PARKING.replace(b"nbPhase=3\n", b"").replace(b"[WIFI]", b"[WIFI]\nssid=home"))
    _taken, refused = copies(compare(LEFT, right))
    assert sorted(refused.values()) == [
        "the left file has no such key: keys are not added",
        "the right side has no such value",
    ]
    double = Cfg.read(PARKING.replace(b"maxIntensitySocket=32", b"maxIntensitySocket=16\nmaxIntensitySocket=16"))
    taken, refused = copies(compare(LEFT, double))
    assert SOCKET in refused
    assert not taken


def test_a_role_takes_over_only_what_it_may_change():
    right = other(("maxIntensitySocket", "16"), ("timeServerName", "ntp.lan"))
    taken, refused = copies(compare(LEFT, right), Person("Ida", "user"))
    assert list(taken.values()) == ["ntp.lan"]
    assert list(refused) == [SOCKET]


# -- of which station --------------------------------------------------------------------------------------------


def test_the_commercial_reference_is_read_from_the_user_of_the_alarm_mail():
    said = identity(LEFT)
    assert (said.reference, said.product, said.name) == ("EV.2S22P22R", "502159V", "BORNE PARKING 1")
    assert identity(other(("AlarmLogin", "me@example.org"))).reference == ""


def test_files_of_one_model_raise_no_doubt():
    sibling = other(("AlarmLogin", "EV.2S22P22RFG1801102003009502159V"), ("stationName", "PARKING 2"))
    assert doubts(LEFT, sibling) == ()


def test_another_model_other_hardware_and_other_keys_are_doubted():
    right = other(("AlarmLogin", "EVB1A22P4ERIFG1801102003009602158X"), ("nbPhase", "1"))
    right = Cfg.read(right.data.replace(b"confModemRetryInterval=30\n", b""))
    right = Cfg.read(right.data.replace(b"confModemRetryInterval= 30\n", b""))
    assert doubts(LEFT, right) == (
        "the left file is of EV.2S22P22R (502159V), the right one of EVB1A22P4ERI (602158X)",
        "the stations are built differently: nbPhase is 3 here and 1 there",
        "1 keys stand only in the left file and 0 only in the right one: probably another firmware",
    )


def test_a_doubt_names_no_value_that_the_role_may_not_see():
    right = other(("AlarmLogin", "EVB1A22P4ERIFG1801102003009602158X"), ("nbPhase", "1"), ("iMaxStation", "32"))
    assert doubts(LEFT, right, Person("Ida", "user")) == (
        "the two files are of different models",
        "the stations are built differently",
    )
    assert len(doubts(LEFT, right, Person("Ada", "administrator"))) == 3
    assert len(station_doubts(LEFT, "OTHER", Person("Ida", "user"))) == 1
    assert len(station_doubts(LEFT, "OTHER")) == 2


def test_a_file_that_does_not_say_its_model_is_doubted():
    assert doubts(LEFT, other(("AlarmLogin", ""))) == (
        "not both files say their model: compare the commercial references on the labels",
    )


# -- a connected station -----------------------------------------------------------------------------------------


def points() -> tuple[Point, ...]:
    profile = Catalogue(profile_roots()).get("schneider/evlink_ocpp")
    return profile.points


def reading(point: Point, raw: str, quality: Quality = Quality.GOOD, value: float | str | None = 1.0) -> Reading:
    origin = Provenance("ocpp", 0, 0, 0, (), 7, path=point.path, raw=raw)
    return Reading(PointKey("borne", point.id), value, 1000.0, point.unit, quality, origin)


def said(raws: dict[str, str], quality: Quality = Quality.GOOD) -> dict[str, Told]:
    """What a station has told: key of OCPP -> text of its answer."""
    by_path = {point.path.lower(): point for point in points()}
    readings = [reading(by_path[f"key.{key.lower()}"], raw, quality) for key, raw in raws.items()]
    return told(points(), {entry.key: entry for entry in readings}, "borne")


def test_the_file_is_compared_with_what_stood_in_the_answer_of_the_station():
    answers = said({"maxintensitysocket": "16", "MeterValueSampleInterval": "900", "dhcp": "false", "stationname": "X"})
    pairs = found(paired_with_station(LEFT, answers))
    assert pairs["maxIntensitySocket"] is What.DIFFERENT
    assert pairs["meterValueSampleInterval"] is What.SAME
    assert pairs["dhcp"] is What.SAME  # 0 in the file
    assert pairs["stationName"] is What.DIFFERENT
    assert pairs["timeServerName"] is What.UNTOLD
    assert len(pairs) == 102


def test_a_scaled_value_is_compared_as_the_station_says_it():
    """The polling period is shown in seconds, and told and stored in milliseconds."""
    assert (
        found(paired_with_station(LEFT, said({"meteringpollingperiod": "1000"})))["MeteringPollingPeriod"] is What.SAME
    )


def test_what_cannot_be_trusted_is_not_compared():
    for quality in (Quality.BAD, Quality.UNKNOWN):
        answers = said({"maxintensitysocket": "16"}, quality)
        assert found(paired_with_station(LEFT, answers))["maxIntensitySocket"] is What.UNTOLD


def test_a_value_that_was_cut_is_not_said_to_differ():
    long = "ws://" + "a" * CUT_AT
    left = other(("ocppCentralAddress", long))
    assert (
        found(paired_with_station(left, said({"ocppcentraladdress": long[:CUT_AT]})))["ocppCentralAddress"]
        is What.UNTOLD
    )
    other_one = said({"ocppcentraladdress": "ws://" + "b" * (CUT_AT - 5)})
    assert found(paired_with_station(left, other_one))["ocppCentralAddress"] is What.DIFFERENT


def test_secrets_of_a_station_are_left_out():
    secret = replace(points()[0], id="key_secret", path="key.AuthorizationKey", secret=True)
    assert told([secret], {PointKey("borne", "key_secret"): reading(secret, "***")}, "borne") == {}
    answers = said({"ocppcentraladdress": "ws://a:geheim@h"})
    assert "geheim" not in repr(answers)
    _taken, refused = copies(paired_with_station(LEFT, answers))
    assert URL in refused


def test_only_what_the_station_has_told_now_is_taken_over():
    pairs = paired_with_station(LEFT, said({"maxintensitysocket": "16"}))
    assert copies(pairs)[0] == {SOCKET: "16"}
    stale = paired_with_station(LEFT, said({"maxintensitysocket": "16"}, Quality.STALE))
    assert found(stale)["maxIntensitySocket"] is What.DIFFERENT
    assert copies(stale) == ({}, {SOCKET: "the station has not told this value since it is connected"})


def test_a_pair_without_two_sides_has_nothing_to_copy():
    with pytest.raises(CommandRefused):
        Pair(What.MISSING, LEFT.entry(SOCKET)).copy()
