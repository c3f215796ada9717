"""``wattelier read``: whole devices, served by servers that are not ours."""

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.errors import LinkError, ProfileError
from core.golden import load_cases
from core.linkurl import parse_link
from core.paths import resources
from core.points import Quality
from core.profile import Timing
from drivers.read_once import DeviceReader, read_device
from drivers.registry import LINKS, build_link
from tests.drivers.modbus.bench import point, profile
from tests.drivers.modbus.judges import free_port, pymodbustcp, tcp_liar

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
    assert set(LINKS) == {"tcp", "rtu", "rtu+tcp"}
