"""From a value back to the bytes that made it."""

from core.frames import Frame, Outcome
from core.points import Point, Provenance
from gui.models.trace import addresses, hex_words, places, runs


def frame(sent: str, received: str) -> Frame:
    return Frame(1, "lan", 0.0, bytes.fromhex(sent), bytes.fromhex(received), 0.02, Outcome.ANSWERED)


TCP = frame("0007 0000 0006 01 03 0200 0003", "0007 0000 0009 01 03 06 0001 86A0 FFFF")
RTU = frame("01 04 0200 0002 71B3", "01 04 04 0001 86A0 0000")


def test_the_words_of_a_value_are_found_behind_the_header_of_modbus_tcp():
    assert places(TCP, (0x0201,), (0x86A0,)) == {11, 12}


def test_the_words_of_a_value_are_found_in_a_serial_frame():
    assert places(RTU, (0x0200, 0x0201), (1, 0x86A0)) == {3, 4, 5, 6}


def test_words_that_lie_apart_are_marked_apart():
    point = Point("p", (0x0200, 0x0202), 3, "u32")
    origin = Provenance("lan", 1, 3, 0x0200, (1, 0xFFFF), 1)
    found = places(TCP, addresses(point, origin), origin.words)
    assert found == {9, 10, 13, 14}
    assert [run.text for run in runs(TCP.received, found) if run.marked] == ["00 01", "FF FF"]


def test_a_point_found_at_another_address_than_in_its_map_is_marked_where_it_was_asked():
    point = Point("p", (14, 15), 3, "u32")
    assert addresses(point, Provenance("lan", 1, 3, 0x0200, (1, 2), 1)) == (0x0200, 0x0201)


def test_in_a_foreign_frame_the_words_are_looked_for_as_they_stand():
    assert places(frame("A5", "A5 10 00 86 A0 15"), (3,), (0x86A0,)) == {3, 4}


def test_words_that_are_not_in_the_frame_mark_nothing():
    assert places(TCP, (0x0201,), (0x1234,)) == frozenset()
    assert places(TCP, (), ()) == frozenset()


def test_words_are_written_with_four_digits():
    assert hex_words((1, 0x86A0)) == "0x0001 0x86A0"
