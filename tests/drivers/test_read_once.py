"""``wattelier read``: whole devices, served by servers that are not ours."""

import struct
import threading

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.errors import LinkError, ProfileError
from core.golden import load_cases
from core.linkurl import NETWORK_KINDS, parse_link
from core.paths import resources
from core.points import Quality
from core.profile import Timing
from drivers.read_once import DeviceReader, read_device
from drivers.registry import LINES, LINKS, build_link
from tests.drivers.modbus.bench import point, profile
from tests.drivers.modbus.judges import asked, free_port, pymodbustcp, tcp_answer, tcp_liar

CATALOGUE = Catalogue([resources() / "profiles"])


def served(case):
    banks = {3: [], 4: []}
    for (function, address), word in case.words.items():
        banks[function].append((address, [word]))
    return pymodbustcp(holding=banks[3], input=banks[4])


@pytest.mark.parametrize(
    "profile_id", ["chint/dtsu666", "zcs/hyd_g3", "zcs/hyd_es", "eastron/sdm630", "sunspec/inverter"]
)
def test_a_device_on_a_foreign_server_reads_as_its_golden_case(profile_id):
    made = CATALOGUE.get(profile_id)
    case = load_cases(made.folder / "golden.yaml")[0]
    with served(case) as (port, _):
        found = read_device(parse_link(f"tcp://127.0.0.1:{port}"), made, None, case.options)
    for point_id, value in case.readings.items():
        reading = found[point_id]
        expected = pytest.approx(value, rel=1e-6) if isinstance(value, float) else value
        assert reading.value == expected, point_id
        assert reading.provenance is not None or reading.value is None
    for point_id, quality in case.qualities.items():
        assert found[point_id].quality == quality, point_id


def test_a_register_is_read_by_four_fields():
    with pymodbustcp(input=[(0x8161, [4321])]) as (port, _):
        found = read_device(
            parse_link(f"tcp://127.0.0.1:{port}"),
            CATALOGUE.get("generic/meter"),
            None,
            {"function": "4", "register": "0x8161", "words": "1", "factor": "1"},
        )
    assert found["value"].value == 4321
    assert found["value"].provenance.words == (4321,)


def test_a_wrong_option_is_one_sentence():
    with pytest.raises(ProfileError, match="has no option 'colour'"):
        read_device(parse_link("tcp://127.0.0.1:1"), CATALOGUE.get("generic/meter"), None, {"colour": "red"})


def test_nothing_there_is_one_sentence():
    with pytest.raises(LinkError, match="refuses connections"):
        read_device(parse_link(f"tcp://127.0.0.1:{free_port()}"), profile([point(0)]))


def test_a_unit_that_does_not_answer_is_one_sentence():
    with tcp_liar(lambda request, say: None).on_tcp() as port:
        made = profile([point(0)], timing=Timing(timeout_s=0.1))
        with pytest.raises(LinkError, match=r"^nothing answers as unit 9 at 127\.0\.0\.1:\d+: unit 9 does not answer$"):
            read_device(parse_link(f"tcp://127.0.0.1:{port}"), made, 9)


def floats(*values):
    return [word for value in values for word in struct.unpack(">HH", struct.pack(">f", value))]


@pytest.mark.parametrize(("ct", "options", "factor"), [(1, {}, 1), (40, {"ratio_mode": "secondary"}, 40)])
def test_a_meter_whose_ratio_is_known_gives_good_values(ct, options, factor):
    live = floats(4000, 4001, 4002, 2300, 2301, 2302, 1000, 1001, 1002, 6900, 2300, 2300, 2300, 10, 3, 3, 4)
    with pymodbustcp(holding=[(6, [ct, 10]), (0x2000, live)]) as (port, _):
        found = read_device(parse_link(f"tcp://127.0.0.1:{port}"), CATALOGUE.get("chint/dtsu666"), None, options)
    measured = {name: reading for name, reading in found.items() if 0x2000 <= reading.provenance.address < 0x2022}
    assert len(measured) == 17
    assert {reading.quality for reading in measured.values()} == {Quality.GOOD}
    assert found["dtsu.p"].value == pytest.approx(690 * factor)
    assert found["dtsu.i_l1"].value == pytest.approx(factor)
    assert found["dtsu.u_l1"].value == pytest.approx(230)


def test_another_kind_of_device_is_told_from_nobody():
    with pymodbustcp(holding=[(40000, [0xABCD, 0x12])]) as (port, _):
        said = (
            rf"^unit 1 at 127\.0\.0\.1:{port} answers, but not as a .*: no SunSpec marker .*answered: ABCD 0012, 0000"
        )
        with pytest.raises(LinkError, match=said):
            read_device(parse_link(f"tcp://127.0.0.1:{port}"), CATALOGUE.get("sunspec/inverter"), 1)


def test_an_answer_from_another_unit_is_no_answer_and_says_so():
    liar = tcp_liar(lambda request, say: say(tcp_answer(request, [1], unit=9)))
    with liar.on_tcp() as port, pytest.raises(LinkError, match=r"nothing answers .*: unit 9 answered instead of 1$"):
        read_device(parse_link(f"tcp://127.0.0.1:{port}"), profile([point(0)], timing=Timing(timeout_s=0.1)))


def test_the_sentence_comes_alone_and_a_later_read_tries_anew(caplog):
    mute = threading.Event()
    mute.set()
    liar = tcp_liar(lambda request, say: None if mute.is_set() else say(tcp_answer(request, [7])))
    made = profile([point(0)], timing=Timing(timeout_s=0.1))
    with liar.on_tcp() as port:
        reader = DeviceReader(parse_link(f"tcp://127.0.0.1:{port}"), made)
        with pytest.raises(LinkError):
            reader.read()
        mute.clear()
        assert reader.read()["p0"].value == 7
        reader.close()
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []


def test_what_is_refused_is_bad_and_what_is_on_demand_is_read_all_the_same():
    def behave(request, say):
        say(tcp_answer(request, [7]) if asked(request)[0] == 9 else request[:4] + b"\0\3" + request[6:7] + b"\x83\2")

    with tcp_liar(behave).on_tcp() as port:
        found = read_device(parse_link(f"tcp://127.0.0.1:{port}"), profile([point(0), point(9, "settings")]))
    assert found["p0"].quality is Quality.BAD
    assert found["p9"].value == 7


def test_it_can_be_read_again_and_again():
    with pymodbustcp(holding=[(0, [1]), (9, [9])]) as (port, bank):
        reader = DeviceReader(parse_link(f"tcp://127.0.0.1:{port}"), profile([point(0), point(9, "settings")]))
        assert {name: reading.value for name, reading in reader.read().items()} == {"p0": 1, "p9": 9}
        bank.set_holding_registers(0, [2])
        found = reader.read()
        assert found["p0"].value == 2
        assert found["p0"].quality is Quality.GOOD
        reader.close()


def test_a_serial_line_takes_its_speed_from_the_address_then_from_the_profile():
    made = profile([point(0)], links={"rtu": {"baud": 19200, "parity": "E", "stop": 1}})
    device = DeviceConfig("d", "l", made.id, made)
    slow = build_link(LinkConfig("l", parse_link("rtu:///dev/ttyX")), [device])
    fast = build_link(LinkConfig("l", parse_link("rtu:///dev/ttyX?baud=115200&parity=N")), [device])
    assert slow._char_s == pytest.approx(11 / 19200)
    assert fast._char_s == pytest.approx(10 / 115200)


def test_every_kind_of_link_that_an_address_may_name_can_be_built():
    assert {*LINKS, *LINES} == {"rtu", "can", *NETWORK_KINDS}
