"""Frames to values: against the published captures, against cantools, against anything that may come."""

from __future__ import annotations

import math
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from cantools.database.can import Database
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Catalogue
from core.config import LinkConfig
from core.errors import CommandRefused, ProfileError
from core.golden import Case, load_cases
from core.layout import points_of
from core.linkurl import parse_link
from core.points import Quality
from core.status import DeviceState
from drivers.can.decoder import Decoder
from drivers.can.frames import CanFrame, parse_frame
from drivers.can.golden import decode_frames
from drivers.can.line import CanLine
from drivers.can.mapping import dbc_of as dbc_of_link
from drivers.can.mapping import lay, mapping_of
from drivers.golden import run_case
from tests.drivers.can.bench import (
    EVSE,
    PYLON,
    SHIPPED,
    SOFAR,
    Adapters,
    Heardly,
    Kept,
    dbc_of,
    device,
    evse,
    link,
    profile_of,
    until,
)

PUBLISHED = [
    ("351: 14 02 74 0E 74 0E CC 01", (53.2, 370.0, 370.0, 46.0)),
    ("351: 14 02 C0 12 C0 12 C2 01", (53.2, 480.0, 480.0, 45.0)),
]


@pytest.mark.parametrize(("text", "wanted"), PUBLISHED)
def test_the_published_limits_of_a_pylontech_battery_are_read(text: str, wanted: tuple[float, ...]):
    found, faults = decode_frames(profile_of(PYLON), {}, [text])
    names = ("charge_voltage_limit", "charge_current_limit", "discharge_current_limit", "discharge_voltage_limit")
    assert (faults, tuple(found[name].value for name in names)) == ([], wanted)


def test_a_discharging_battery_has_a_positive_current_here_and_a_negative_one_on_the_bus():
    found, _ = decode_frames(profile_of(PYLON), {}, ["356: 7A 13 F2 FE 6B 01"])
    judge = dbc_of(PYLON).decode_message(0x356, bytes.fromhex("7A13F2FE6B01"))
    assert isinstance(judge, dict)
    assert judge["Current"] == pytest.approx(-27.0)
    assert found["current"].value == 27.0


def test_a_golden_case_that_is_wrong_is_found_out():
    case = load_cases(profile_of(PYLON).folder / "golden.yaml")[0]
    wrong = replace(case, readings={**case.readings, "soc": 27.0})
    assert run_case(profile_of(PYLON), case) == []
    assert run_case(profile_of(PYLON), wrong) == ["soc gave 26.0 () instead of 27.0"]


def test_a_golden_case_with_a_foreign_frame_says_so():
    case = Case("", {}, {}, {"soc": 26.0}, {}, None, ("355: 1A 00 64 00", "7FF: 00"))
    assert run_case(profile_of(PYLON), case) == ["no message has the identifier of 7FF: 00"]


@pytest.mark.parametrize("text", ["355", "355: 0", "355: 00 11 22 33 44 55 66 77 88", "zz: 00", "FFFFFFFF: 00"])
def test_what_is_no_frame_is_refused(text: str):
    assert decode_frames(profile_of(PYLON), {}, [text])[1]


def test_more_than_three_digits_mean_29_bits():
    assert parse_frame("00000351: 01") == CanFrame(0x351, True, b"\x01")
    assert parse_frame("351: 01") == CanFrame(0x351, False, b"\x01")
    assert parse_frame("351: 01").packed() == bytes.fromhex("00000351 01")
    assert parse_frame("18E51001:").packed() == bytes.fromhex("98E51001")


def test_a_short_frame_gives_what_it_holds_and_a_long_one_is_not_rejected():
    short, _ = decode_frames(profile_of(PYLON), {}, ["351: 14 02 74 0E 74 0E"])
    assert set(short) == {"charge_voltage_limit", "charge_current_limit", "discharge_current_limit"}
    long, faults = decode_frames(profile_of(PYLON), {}, ["355: 1A 00 64 00 00 00 00 00"])
    assert (long["soc"].value, faults) == (26.0, [])
    assert decode_frames(profile_of(PYLON), {}, ["356: 7A"])[0] == {}


def test_the_step_of_the_voltage_is_in_doubt_until_the_charge_limit_is_known_and_then_stays():
    bench = Heardly(device("b", PYLON, 0))
    bench.hear(parse_frame("356: 7A 13 F2 FE 6B 01"))
    assert bench.sink.newest()["voltage"] == (49.86, Quality.UNKNOWN)
    bench.hear(parse_frame("351: 14 02 74 0E 74 0E CC 01"), parse_frame("356: 7B 13 F2 FE 6B 01"), after=1.0)
    assert bench.sink.newest()["voltage"] == (49.87, Quality.GOOD)
    bench.hear(parse_frame("351: 00 00 74 0E 74 0E CC 01"), parse_frame("356: 7C 13 F2 FE 6B 01"), after=1.0)
    assert bench.sink.newest()["voltage"] == (49.88, Quality.GOOD)


def test_the_factor_that_was_chosen_for_the_voltage_is_shown():
    bench = Heardly(device("b", PYLON, 0))
    bench.hear(parse_frame("351: F8 11 74 0E 74 0E CC 01"), parse_frame("356: 1B 10 F2 FE 6B 01"))
    reading = bench.sink.of("voltage")[-1]
    assert reading.provenance is not None
    assert (reading.value, reading.provenance.factor, reading.provenance.raw) == (412.3, 0.1, "4123 (0x101B)")


def test_the_operator_overrides_the_step_of_the_voltage():
    bench = Heardly(device("b", PYLON, 0, voltage_step="0.1 V"))
    bench.hear(parse_frame("356: F2 01 64 00 D8 FF"))
    assert bench.sink.newest()["voltage"] == (49.8, Quality.GOOD)


def test_a_battery_pack_is_told_by_its_number_in_the_identifier():
    mapping = mapping_of(device("p", SOFAR, 3), profile_of(SOFAR).points)
    assert 0x3356 | 1 << 31 in mapping.spoken(3)
    with pytest.raises(ProfileError, match="numbers from 0 to 15"):
        mapping_of(device("p", SOFAR, 16), profile_of(SOFAR).points)


def test_a_text_in_pages_is_whole_or_not_there():
    bench = Heardly(device("w"))
    pages = [evse("EVSE_Identity", IdPage=page, **{f"SerialChars{page}": 0x41 + page}) for page in range(3)]
    bench.hear(evse("EVSE_Status"), pages[0], pages[2])
    assert bench.sink.of("serial") == []
    bench.hear(pages[1])
    assert bench.sink.values("serial") == ["A"]  # the first page is ended by a zero
    bench.hear(pages[0], after=11.0)
    good = [reading for reading in bench.sink.of("serial") if reading.quality is Quality.GOOD]
    assert len(good) == 1, "pages that lie far apart are not put together"


@given(
    state=st.integers(0, 15),
    limit=st.integers(0, 1023),
    by=st.integers(0, 7),
    faults=st.integers(0, 65535),
    temperature=st.integers(-128, 127),
)
def test_cantools_and_we_read_the_same_from_a_status(state: int, limit: int, by: int, faults: int, temperature: int):
    message = dbc_of(EVSE).get_message_by_name("EVSE_Status")
    raws = {signal.name: 0 for signal in message.signals}
    raws |= {"EvseState": state, "AppliedLimit": limit, "LimitedBy": by, "FaultBits": faults, "InnerTemp": temperature}
    data = message.encode(raws, scaling=False, strict=False)
    found, _ = decode_frames(profile_of(EVSE), {}, [f"18E51001: {data.hex(' ')}"])
    judge = message.decode(data, decode_choices=False)
    assert isinstance(judge, dict)
    applied = found["applied_limit"]
    if float(str(judge["AppliedLimit"])) <= 80:
        assert isinstance(applied.value, float)
        assert math.isclose(applied.value, float(str(judge["AppliedLimit"])))
        assert applied.value == round(applied.value, 1), "no dust of binary fractions"
    else:
        assert (applied.value, applied.quality) == (None, Quality.BAD)
    assert found["inner_temperature"].value == (temperature if -40 <= temperature <= 125 else None)
    assert found["fault_bits"].value == tuple(f"bit_{bit}" for bit in range(16) if faults >> bit & 1)
    assert found["evse_state"].quality == (Quality.GOOD if state <= 8 else Quality.UNKNOWN)


@given(st.lists(st.tuples(st.sampled_from([EVSE, PYLON, SOFAR]), st.integers(0, 40), st.binary(max_size=8))))
def test_no_frame_whatsoever_gives_a_good_value_out_of_range(frames: list[tuple[str, int, bytes]]):
    for name in {name for name, _, _ in frames}:
        profile = profile_of(name)
        mapping = lay(profile, profile.points)
        decoder = Decoder(mapping, profile, profile.options_with({}))
        messages = list(mapping.spoken(mapping.rules.nodes[0]).values())
        for _, number, data in (frame for frame in frames if frame[0] == name):
            message = messages[number % len(messages)]
            for one in decoder.decode(message, decoder.raws(message, data), 0.0):
                value, point = one.decoded.value, one.point
                if one.decoded.quality is not Quality.GOOD or not isinstance(value, float):
                    continue
                assert math.isfinite(value)
                assert point.low is None or value >= point.low
                assert point.high is None or value <= point.high
                assert one.raw


# -- another DBC ---------------------------------------------------------------------------------------------------

VENDOR = """VERSION ""
NS_ :
BS_:
BU_: BOX
BO_ 2566848513 BoxState: 8 BOX
 SG_ Phase : 7|8@0+ (1,0) [0|255] "" BOX
 SG_ Allowed : 15|16@0+ (0.5,-10) [0|100] "A" BOX
 SG_ Life : 63|8@0+ (1,0) [0|255] "" BOX
BO_ 2566848769 BoxMeter: 8 BOX
 SG_ Power : 7|16@0- (0.01,0) [-100|100] "kW" BOX
"""
HEADER = """maker: Acme
model: Box
category: charger
source: Acme CAN 2.1
protocol: can
can:
  dbc: box.dbc
  bitrate: 125000
  node_mask: 0xFF
  nodes: [1, 4]
  alive: BoxState.Life
groups:
  all: {every: 1 s, en: All, fr: Tout}
roles: {charger.power: power, charger.limit: limit}
"""
POINTS = """id,at,scale,unit,low,high,group,en,fr
limit,BoxState.Allowed,,A,0,80,all,Limit,Limite
power,BoxMeter.Power,1000,W,-30000,30000,all,Power,Puissance
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = tmp_path / "profiles" / "acme" / "box"
    folder.mkdir(parents=True)
    (folder / "box.dbc").write_text(VENDOR)
    (folder / "profile.yaml").write_text(HEADER)
    (folder / "points.csv").write_text(POINTS)
    return tmp_path / "profiles"


def test_a_makers_own_dbc_is_read_with_nothing_but_a_profile_folder(acme: Path):
    profile = Catalogue([acme]).get("acme/box")
    message = 0x18FF0001
    assert message | 1 << 31 == 2566848513
    found, faults = decode_frames(profile, {}, ["18FF0003: 01 00 34 00 00 00 00 07", "18FF0103: FE 0C 00 00"])
    assert faults == []
    assert (found["limit"].value, found["limit"].factor) == (16.0, 0.5)
    assert found["power"].value == -5000.0


def test_the_dbc_of_a_link_takes_the_place_of_the_profiles_own(acme: Path, tmp_path: Path):
    profile = Catalogue([acme]).get("acme/box")
    (tmp_path / "site.dbc").write_text(VENDOR.replace("(0.5,-10)", "(0.1,0)"))
    config = LinkConfig("bus", parse_link("can://virtual/x?dbc=site.dbc"), folder=tmp_path)
    mapping = lay(profile, profile.points, dbc_of_link(config))
    assert mapping.places["BoxState"][0].point.scales == (0.1,)


def test_a_profile_that_the_dbc_of_the_link_does_not_know_keeps_its_own(acme: Path):
    profile = profile_of(PYLON)
    mapping = lay(profile, profile.points, acme / "acme" / "box" / "box.dbc")
    assert "Charge_State" in mapping.messages


def test_points_that_the_dbc_of_the_link_lacks_are_dead_and_the_others_live(acme: Path, tmp_path: Path):
    profile = Catalogue([acme]).get("acme/box")
    file = tmp_path / "less.dbc"
    file.write_text(VENDOR.replace("SG_ Power", "SG_ Other"))
    mapping = lay(profile, profile.points, file)
    assert (mapping.dead, set(mapping.places)) == (("power",), {"BoxState"})


def test_a_profile_that_names_a_signal_of_nobody_says_which(acme: Path):
    file = acme / "acme" / "box" / "points.csv"
    file.write_text(file.read_text().replace("BoxMeter.Power", "BoxMeter.Watts"))
    profile = Catalogue([acme]).get("acme/box")
    with pytest.raises(ProfileError, match=r"box.dbc has no signal BoxMeter.Watts, which power needs"):
        lay(profile, profile.points)


@pytest.mark.parametrize(("text", "sentence"), [("no DBC at all {", "is not a DBC"), (None, "cannot be read")])
def test_a_file_that_is_no_dbc_is_one_sentence(acme: Path, text: str | None, sentence: str):
    file = acme / "acme" / "box" / "other.dbc"
    if text is not None:
        file.write_text(text)
    profile = Catalogue([acme]).get("acme/box")
    with pytest.raises(ProfileError, match=sentence) as caught:
        lay(profile, profile.points, file)
    assert "\n" not in str(caught.value)


def test_a_shipped_profile_copied_to_the_user_works_as_before(tmp_path: Path):
    shutil.copytree(profile_of(EVSE).folder, tmp_path / "mine" / "box")
    profile = Catalogue([tmp_path]).get("mine/box")
    assert [fault for case in load_cases(profile.folder / "golden.yaml") for fault in run_case(profile, case)] == []


@pytest.mark.parametrize("name", [EVSE, PYLON, SOFAR])
def test_every_point_of_a_shipped_profile_lies_in_its_dbc(name: str):
    profile = SHIPPED.get(name)
    database = dbc_of(name)
    assert isinstance(database, Database)
    mapping = lay(profile, points_of(profile, profile.options_with({})))
    assert mapping.dead == ()
    assert {place.point.id for places in mapping.places.values() for place in places} == {p.id for p in profile.points}


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("  request: [Ask]\n", "'Ask' is not like EMS_Request.RequestId=1"),
        ("  command: {message: BoxState, proof: {limit: watts}}\n", "there is no point 'watts'"),
        ("  command: {message: BoxState, signals: {explode: Allowed}}\n", "explode: unknown entry"),
        ("  orders: {explode: {send: BoxState.Life=1}}\n", "explode: unknown entry"),
        ("  orders: {reboot: {send: Ask}}\n", "send: 'Ask' is not like EMS_Request.RequestId=1"),
        ("  orders: {reboot: {send: BoxState.Life=1, then: Ask}}\n", "then: 'Ask' is not like"),
        ("  orders: {reboot: {send: BoxState.Life=1, when: {watts: [yes]}}}\n", "there is no point 'watts'"),
        ("  orders: {reboot: {send: BoxState.Life=1, within: soon}}\n", "'soon' is not a duration"),
        ("  order_proof: {slots: watts}\n", "there is no point 'watts'"),
    ],
)
def test_a_faulty_can_section_is_reported_with_its_line(acme: Path, section: str, sentence: str):
    file = acme / "acme" / "box" / "profile.yaml"
    file.write_text(HEADER.replace("  alive:", f"{section}  alive:"))
    with pytest.raises(ProfileError, match=sentence) as caught:
        Catalogue([acme]).get("acme/box")
    assert f"{file}:" in str(caught.value)


def test_a_command_that_the_dbc_cannot_say_is_a_fault_of_the_profile(acme: Path):
    file = acme / "acme" / "box" / "profile.yaml"
    file.write_text(HEADER.replace("  alive:", "  command: {message: BoxState, signals: {limit: Amps}}\n  alive:"))
    profile = Catalogue([acme]).get("acme/box")
    with pytest.raises(ProfileError, match=r"box.dbc has no signal BoxState.Amps, which profile.yaml names"):
        lay(profile, profile.points)


@pytest.mark.parametrize(
    ("order", "lacking"),
    [
        ("send: BoxAsk.Id=6", "BoxAsk.Id"),
        ("send: BoxState.Life=6, argument: Slot", "BoxState.Slot"),
        ("send: BoxState.Life=6, then: BoxState.Table=1", "BoxState.Table"),
    ],
)
def test_an_order_that_the_dbc_cannot_say_is_a_fault_of_the_profile(acme: Path, order: str, lacking: str):
    file = acme / "acme" / "box" / "profile.yaml"
    file.write_text(HEADER.replace("  alive:", f"  orders: {{reboot: {{{order}}}}}\n  alive:"))
    profile = Catalogue([acme]).get("acme/box")
    with pytest.raises(ProfileError, match=rf"box.dbc has no signal {lacking}, which profile.yaml names"):
        lay(profile, profile.points)


LESS = {
    "the alive counter": (' SG_ AliveCounter : 56|4@1+ (1,0) [0|15] "" EMS\n', ""),
    "the commands": ("BO_ 2565144576 EMS_Command", "BO_ 2565144576 Somebodys_Command"),
    "the power limit": (' SG_ PowerLimit : 36|16@1+ (1,0) [0|65535] "W" EVSE\n', ""),
    "the counter of commands": (' SG_ CommandCounter : 56|4@1+ (1,0) [0|15] "" EVSE\n', ""),
    "the requests": ("BO_ 2565144832 EMS_Request", "BO_ 2565144832 Somebodys_Request"),
}


def less(tmp_path: Path, *lacking: str) -> Path:
    """The open DBC as a vendor might give it: without some of what our profile names."""
    text = (profile_of(EVSE).folder / "evse.dbc").read_text()
    for name in lacking:
        before, after = LESS[name]
        assert before in text
        text = text.replace(before, after)
    file = tmp_path / "vendor.dbc"
    file.write_text(text)
    return file


@pytest.mark.parametrize("lacking", [[name] for name in LESS] + [list(LESS)])
def test_a_vendors_dbc_that_lacks_what_the_profile_names_breaks_nothing(tmp_path: Path, lacking: list[str]):
    file = less(tmp_path, *lacking)
    config, adapters, sink = link(f"can://virtual/test?dbc={file}"), Adapters(), Kept()
    line = CanLine(config, (device("w1"),), sink, opener=adapters)
    line.start()
    try:
        until(lambda: adapters.ports)
        adapters.ports[0].give(evse("EVSE_Status", AppliedLimit=13))
        until(lambda: sink.of("applied_limit"))
        assert line.status().devices[0].dead == (("alive_counter",) if "the alive counter" in lacking else ())
        if len(lacking) == len(LESS):
            with pytest.raises(CommandRefused, match="the DBC of this link has no frame to send to"):
                line.allow(EVSE)
            return
        line.allow(EVSE)
        if "the commands" in lacking:
            with pytest.raises(CommandRefused, match="takes no such orders"):
                line.operate("w1", "limit", {"limit_a": 10})
            return
        future = line.operate("w1", "limit", {"limit_a": 13})
        until(lambda: any(frame.identifier == 0x18E50001 for frame in adapters.ports[0].sent))
        adapters.ports[0].give(evse("EVSE_Status", AppliedLimit=13, AliveCounter=1))
        assert future.result(5) == "13 A applied"
        if "the requests" in lacking:
            with pytest.raises(CommandRefused, match="'reboot' is not one of"):
                line.operate("w1", "reboot", {}).result(5)
        if "the power limit" in lacking:
            with pytest.raises(CommandRefused, match="its DBC has no signal for power"):
                line.operate("w1", "limit", {"limit_a": 13, "power_w": 3000}).result(5)
    finally:
        line.stop()


def test_without_an_alive_counter_a_device_lives_by_what_it_says(tmp_path: Path):
    bench = Heardly(device("w1"), less(tmp_path, "the alive counter"))
    for _ in range(20):
        bench.hear(evse("EVSE_Status"), after=0.5)
    assert bench.listener.status().state is DeviceState.ONLINE


def test_big_endian_signed_float_and_short_frames_of_a_vendor_are_read_as_cantools_reads_them(tmp_path: Path):
    folder = tmp_path / "profiles" / "acme" / "motor"
    folder.mkdir(parents=True)
    (folder / "motor.dbc").write_text(MOTOROLA)
    (folder / "profile.yaml").write_text(
        HEADER.replace("box.dbc", "motor.dbc")
        .replace("  alive: BoxState.Life\n", "")
        .replace("  node_mask: 0xFF\n  nodes: [1, 4]\n", "")
        .replace("charger.power: power, charger.limit: limit", "charger.power: power")
    )
    (folder / "points.csv").write_text(
        "id,at,scale,unit,low,high,group,en,fr\nvoltage,Big.V,,V,0,1000,all,Voltage,Tension\n"
        "current,Big.I,-1,A,-500,500,all,Current,Courant\npower,Big.P,1000,W,-1e6,1e6,all,Power,Puissance\n"
    )
    profile = Catalogue([tmp_path / "profiles"]).get("acme/motor")
    whole = struct.pack(">Hh", 4123, -250) + struct.pack("<f", 1.5)
    found, faults = decode_frames(profile, {}, [f"101: {whole.hex(' ')}"])
    assert faults == []
    assert [found[name].value for name in ("voltage", "current", "power")] == [412.3, 125.0, 1500.0]
    found, _ = decode_frames(profile, {}, [f"101: {whole[:3].hex(' ')}"])
    assert set(found) == {"voltage"}, "half a signal is none"
    found, _ = decode_frames(profile, {}, [f"101: {whole[:4].hex(' ')} {struct.pack('<f', math.nan).hex(' ')}"])
    assert (found["power"].value, found["power"].quality) == (None, Quality.UNKNOWN)


MOTOROLA = """VERSION ""
NS_ :
BS_:
BU_: A B
BO_ 257 Big: 8 A
 SG_ V : 7|16@0+ (0.1,0) [0|0] "V" B
 SG_ I : 23|16@0- (0.1,-100) [0|0] "A" B
 SG_ P : 32|32@1- (1,0) [0|0] "kW" B
SIG_VALTYPE_ 257 P : 1;
"""
