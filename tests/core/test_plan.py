"""Which requests read these points best."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.plan import plan, split, together
from core.points import Access, Kind, Point
from core.profile import BlockRules


def point(at: int, count: int = 1, function: int = 3, **more: object) -> Point:
    return Point(id=f"p{at}", at=tuple(range(at, at + count)), function=function, type="u16", **more)  # type: ignore[arg-type]


def shape(blocks: list) -> list[tuple[int, int, int]]:
    return [(block.function, block.address, block.count) for block in blocks]


def test_neighbours_share_a_request():
    assert shape(plan([point(10), point(11, 2), point(13)], BlockRules())) == [(3, 10, 4)]


def test_a_hole_is_read_through_only_where_the_profile_says_so():
    points = [point(10), point(20)]
    assert shape(plan(points, BlockRules())) == [(3, 10, 1), (3, 20, 1)]
    assert shape(plan(points, BlockRules(gaps=((0, 100),)))) == [(3, 10, 11)]
    assert shape(plan(points, BlockRules(gaps=((0, 100),), widest_gap=4))) == [(3, 10, 1), (3, 20, 1)]
    assert shape(plan(points, BlockRules(gaps=((0, 15),)))) == [(3, 10, 1), (3, 20, 1)]


def test_a_request_crosses_no_boundary():
    assert shape(plan([point(0x43), point(0x44)], BlockRules(boundaries=(0x44,)))) == [(3, 0x43, 1), (3, 0x44, 1)]


def test_functions_have_address_spaces_of_their_own():
    assert shape(plan([point(5), point(6, function=4)], BlockRules())) == [(3, 5, 1), (4, 6, 1)]


def test_what_cannot_be_read_is_not_asked_for():
    points = [
        point(1, access=Access.WRITE),
        point(2, kind=Kind.AREA),
        Point(id="w", at=(3,), function=None, type="u16"),
    ]
    assert plan(points, BlockRules()) == []


def test_scattered_words_come_in_one_request():
    scattered = Point(id="s", at=(78, 80), function=3, type="u32")
    assert shape(plan([scattered, point(79)], BlockRules())) == [(3, 78, 3)]


def test_a_refused_block_is_halved_until_the_dead_register_stands_alone():
    pending, alone = plan([point(at) for at in range(10, 18)], BlockRules()), []
    while pending:
        block = pending.pop()
        halves = split(block)
        if not halves:
            alone.append(block.address)
        pending += halves
    assert sorted(alone) == list(range(10, 18))


@given(st.sets(st.tuples(st.integers(0, 300), st.integers(1, 4)), max_size=60), st.integers(4, 125))
def test_every_point_is_covered_whole_and_no_request_is_too_long(places: set[tuple[int, int]], most: int):
    points = [point(at, count) for at, count in places]
    blocks = plan(points, BlockRules(most_registers=most, gaps=((0, 400),)))
    assert sorted(p.at for block in blocks for p in block.points) == sorted(p.at for p in points)
    for block in blocks:
        assert block.count <= most
        assert all(block.address <= p.at[0] and p.at[-1] < block.end for p in block.points)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6), st.sampled_from((3, 4))), max_size=14)
RULES = BlockRules(12, boundaries=(17, 40), gaps=((0, 30),), widest_gap=3)


@given(SPANS)
def test_what_is_read_together_keeps_to_the_rules_and_leaves_nothing_out(spans: list[tuple[int, int, int]]):
    blocks = [plan([point(at, count, function)], BlockRules())[0] for at, count, function in spans]
    found = together(blocks, RULES)
    assert sorted(map(id, blocks)) == sorted(id(block) for members in found for block in members)
    for members in found:
        assert len({block.function for block in members}) == 1
        start, end = members[0].address, max(block.end for block in members)
        if len(members) > 1:
            assert end - start <= RULES.most_registers
            assert not any(start < edge < end for edge in RULES.boundaries)
        wanted = {at for block in members for at in range(block.address, block.end)}
        assert all(at <= 30 for at in range(start, end) if at not in wanted), "a hole where none is allowed"


def test_blocks_side_by_side_one_within_the_other_and_over_an_allowed_hole_are_read_together():
    blocks = [plan([point(*span)], BlockRules())[0] for span in ((0, 6), (2, 2), (6, 3), (11, 1), (31, 1), (33, 1))]
    assert [len(members) for members in together(blocks, RULES)] == [4, 1, 1]
