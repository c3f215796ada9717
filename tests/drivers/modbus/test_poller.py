"""What a device is asked, and what its answers, refusals and silences mean."""

from itertools import pairwise

import pytest

from core.errors import LinkError, NotToldApart
from core.points import REFUSED, PointKey, Quality
from core.profile import BlockRules, Proof, ScaleRule, Timing
from core.status import DeviceState
from tests.drivers.modbus.bench import Bench, point, profile


def live(*addresses):
    return profile([point(at) for at in addresses])


def test_every_reading_carries_time_unit_quality_and_origin():
    bench = Bench(profile([point(0x10, words=2, unit="W", scales=(0.1,))]))
    bench.link.words = {0x10: 1, 0x11: 2}
    bench.poller.step()
    (reading,) = bench.notes
    assert reading.key == PointKey("meter", "p16")
    assert reading.value == pytest.approx(6553.8)
    assert (reading.unit, reading.quality, reading.at) == ("W", Quality.GOOD, bench.clock.now())
    origin = reading.provenance
    assert (origin.link, origin.unit, origin.function, origin.address) == ("line", 1, 3, 0x10)
    assert (origin.words, origin.frame, origin.factor) == ((1, 2), 1, 0.1)


def test_each_group_keeps_its_pace_and_step_says_how_long_nothing_is_due():
    bench = Bench(profile([point(0), point(100, "slow")]))
    assert bench.poller.step() == pytest.approx(1.0)
    assert len(bench.link.take()) == 2
    assert bench.poller.step() == pytest.approx(1.0), "nothing is due before its time"
    asked = bench.run(60.0)
    assert asked.count((3, 0, 1)) == 60
    assert asked.count((3, 100, 1)) == 1


def test_the_site_file_may_set_another_pace():
    bench = Bench(live(0), pace={"live": 5.0})
    assert len(bench.run(20.0)) == 5


def test_requested_and_achieved_period_are_known():
    bench = Bench(profile([point(0), point(100, "slow"), point(200, "settings")]))
    bench.link.costs_s = 0.05
    bench.run(10)
    paces = {pace.group: pace for pace in bench.poller.status().paces}
    assert paces["live"].every_s == 1.0
    assert paces["live"].achieved_s == pytest.approx(1.0, abs=0.1)
    assert paces["slow"].achieved_s is None
    assert paces["settings"].every_s is None
    bench.link.costs_s = 3.0
    bench.run(60)
    paces = {pace.group: pace for pace in bench.poller.status().paces}
    assert paces["live"].achieved_s == pytest.approx(3.0, abs=1.5)


def test_once_groups_are_read_at_each_connection_until_they_succeed():
    bench = Bench(profile([point(0), point(100, "identity")]))
    bench.link.mute = {100}
    bench.run(3)
    bench.link.mute = set()
    assert bench.run(10).count((3, 100, 1)) == 1
    assert bench.run(30).count((3, 100, 1)) == 0
    bench.poller.connected()
    assert bench.run(5).count((3, 100, 1)) == 1


def test_groups_on_demand_are_read_only_when_asked_and_then_first():
    bench = Bench(profile([point(0), point(300, "settings")]))
    assert (3, 300, 1) not in bench.run(30)
    bench.clock.time += 5
    bench.poller.ask("settings")
    assert bench.poller.asking
    bench.poller.step()
    assert bench.link.take()[0] == (3, 300, 1)
    assert not bench.poller.asking
    assert (3, 300, 1) not in bench.run(30)


def test_alarms_go_before_fast_before_slow():
    bench = Bench(profile([point(0, "slow"), point(100, "live"), point(200, "alarms")]))
    bench.poller.step()
    assert [address for _, address, _ in bench.link.take()] == [200, 100, 0]


def test_a_slow_group_does_not_starve_behind_fast_ones():
    bench = Bench(profile([*(point(10 * n) for n in range(10)), point(500, "slow")]))
    bench.link.costs_s = 0.5  # ten fast blocks need five seconds: the bus is overloaded
    for _ in range(40):
        bench.poller.serve()
    assert any(address == 500 for _, address, _ in bench.link.take())


def test_an_illegal_address_splits_the_block_and_keeps_the_rest_alive():
    bench = Bench(live(*range(20)))
    bench.link.holes = {7}
    bench.run(10)
    newest = bench.notes.newest()
    assert newest["p7"].value is None
    assert (newest["p7"].quality, newest["p7"].note) == (Quality.BAD, REFUSED)
    assert all(newest[f"p{at}"].value == at for at in range(20) if at != 7)
    assert bench.poller.status().dead == ("p7",)
    asked = bench.run(10)
    assert set(asked) == {(3, 0, 7), (3, 8, 12)}, "the living are read in as few requests as can be"
    assert len(asked) == 20


def test_several_dead_registers_are_all_found():
    bench = Bench(live(*range(40)))
    bench.link.holes = {0, 13, 14, 39}
    bench.run(10)
    assert set(bench.poller.status().dead) == {"p0", "p13", "p14", "p39"}
    assert set(bench.run(3)) == {(3, 1, 12), (3, 15, 24)}


def test_a_hole_that_may_not_be_read_through_costs_no_point():
    made = profile([point(0), point(5)], blocks=BlockRules(60, gaps=((0, 10),)))
    bench = Bench(made)
    bench.link.holes = {3}
    bench.run(3)
    assert bench.poller.status().dead == ()
    assert set(bench.run(3)) == {(3, 0, 1), (3, 5, 1)}


def test_one_stray_refusal_kills_no_register():
    bench = Bench(live(5))
    bench.link.holes = {5}
    bench.poller.serve()
    bench.link.holes = set()
    bench.run(2)
    assert bench.poller.status().dead == ()
    assert bench.notes.newest()["p5"].value == 5


def test_dead_registers_are_tried_again_after_a_reconnection_or_when_asked():
    bench = Bench(live(0, 1, 2))
    bench.link.holes = {1}
    bench.run(5)
    bench.link.holes = set()
    assert (3, 1, 1) not in bench.run(5)
    bench.poller.ask("live")
    bench.run(2)
    assert bench.poller.status().dead == ()
    assert bench.notes.newest()["p1"].value == 1


def test_a_dead_register_is_tried_again_later_and_later_and_its_neighbours_keep_their_pace():
    bench = Bench(live(*range(20)))
    bench.link.holes = {7}
    bench.run(10)
    asked = bench.run(49)
    assert (3, 7, 1) not in asked
    asked = bench.run(20 * 60)
    assert asked.count((3, 7, 1)) == 4, "after 1, 3, 7 and 15 minutes"
    assert asked.count((3, 0, 7)) == asked.count((3, 8, 12)) == 1200
    assert bench.run(3600).count((3, 7, 1)) == 6, "then every ten minutes"
    assert bench.poller.status().dead == ("p7",)
    assert bench.poller.status().state is DeviceState.ONLINE
    bench.link.holes = set()
    bench.run(601)
    assert bench.poller.status().dead == ()
    assert set(bench.run(5)) == {(3, 0, 20)}, "the block is read as it was planned"


def test_a_register_that_meets_silence_is_tried_again_without_calling_the_device_silent():
    bench = Bench(live(0, 100))
    bench.run(3)
    bench.link.mute = {100}
    bench.run(60)
    assert bench.poller.status().dead == ("p100",)
    states = set()
    for _ in range(300):
        bench.run(1)
        states.add(bench.poller.status().state)
    assert states == {DeviceState.ONLINE}
    bench.link.mute = set()
    bench.run(600)
    assert bench.poller.status().dead == ()


def test_a_device_that_refuses_everything_for_seconds_comes_back_by_itself():
    bench = Bench(profile([*(point(at) for at in range(30)), point(100, "slow"), point(200, "identity")]))
    bench.run(5)
    bench.link.holes = set(range(300))
    bench.run(7)
    status = bench.poller.status()
    assert (status.state, status.fault) == (DeviceState.SILENT, "unit 1 refuses: illegal address")
    assert len(status.dead) == 31
    bench.run(1)
    bench.link.holes = set()
    bench.run(6)
    status = bench.poller.status()
    assert (status.state, status.fault, status.dead) == (DeviceState.ONLINE, "", ())
    bench.run(70)
    assert set(bench.run(5)) == {(3, 0, 30)}
    assert bench.notes.newest()["p100"].value == 100


def test_a_slow_block_shows_whether_the_device_refuses_everything():
    bench = Bench(profile([point(0), point(100, "slow")]))
    bench.run(3)
    bench.link.holes = {0, 100}
    bench.run(3)
    assert bench.poller.status().state is DeviceState.SILENT
    bench.link.holes = {0}
    bench.run(15)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert bench.poller.status().dead == ("p0",)
    assert len(bench.run(40)) <= 1


def test_a_device_that_refuses_everything_for_long_is_asked_little():
    bench = Bench(live(*range(30)))
    bench.link.holes = set(range(300))
    bench.run(2)
    assert 6 <= len(bench.run(180)) <= 9
    assert len(bench.run(600)) <= 11
    assert bench.poller.status().state is DeviceState.SILENT
    bench.poller.ask()
    bench.run(1)
    assert len(bench.link.asked) == 0
    assert not bench.poller.asking
    bench.link.holes = set(range(1, 300))
    bench.run(60 * 30 + 60)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert len(bench.poller.status().dead) == 29


def test_a_device_that_goes_silent_while_it_refuses_everything_is_silent():
    bench = Bench(live(0, 1))
    bench.link.holes = {0, 1}
    bench.run(5)
    bench.link.holes, bench.link.silent = set(), True
    bench.run(30)
    assert "does not answer" in bench.poller.status().fault
    bench.link.silent = False
    bench.run(31)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert bench.notes.newest()["p0"].value == 0


def test_a_fallback_that_is_refused_too_is_taken_back():
    bench = Bench(profile([point(0)], fallback={3: 4}))
    bench.link.refused_functions = {3, 4}
    bench.run(5)
    bench.link.refused_functions = {4}
    bench.run(30)
    assert bench.notes.newest()["p0"].value == 0


def test_an_illegal_function_falls_back_and_the_device_remembers():
    bench = Bench(profile([point(0), point(50)], fallback={3: 4}))
    bench.link.refused_functions = {3}
    bench.run(3)
    asked = bench.run(3)
    assert {function for function, _, _ in asked} == {4}
    assert bench.notes.newest()["p50"].provenance.function == 4


def test_a_function_that_has_worked_is_not_given_up():
    bench = Bench(profile([point(0), point(50)], fallback={3: 4}))
    bench.link.code = {50: 1}
    bench.run(5)
    assert bench.poller.status().dead == ("p50",)
    assert {function for function, _, _ in bench.run(3)} == {3}


def test_a_device_failure_is_bad_at_once_and_splits_only_when_it_lasts():
    bench = Bench(live(0, 1))
    bench.link.code = {1: 4}
    bench.poller.step()
    assert {reading.quality for reading in bench.notes} == {Quality.BAD}
    assert bench.poller.status().dead == ()
    bench.run(10)
    assert bench.poller.status().dead == ("p1",)
    assert bench.notes.newest()["p0"].value == 0


def test_a_busy_device_is_asked_again_and_nothing_is_said():
    bench = Bench(live(0))
    bench.link.code = {0: 6}
    bench.run(0.5)
    assert bench.notes == []
    bench.link.code = {}
    bench.run(2)
    assert bench.notes.newest()["p0"].value == 0


def test_silence_says_nothing_and_backs_off_up_to_half_a_minute():
    bench = Bench(live(0, 100))
    bench.run(3)
    before = len(bench.notes)
    bench.link.silent = True
    bench.link.take()
    asked = bench.run(300)
    assert len(bench.notes) == before
    assert bench.poller.status().state is DeviceState.SILENT
    assert 12 <= len(asked) <= 25
    bench.link.silent = False
    bench.run(31)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert set(bench.run(1)) == {(3, 0, 1), (3, 100, 1)}


def test_a_silent_device_with_neighbours_takes_a_tenth_of_the_line_at_most():
    bench = Bench(live(0), alone=False)
    bench.link.silent, bench.link.costs_s = True, 1.0
    assert len(bench.run(120)) <= 12


def test_one_lost_answer_is_asked_again_soon_and_nobody_calls_it_silence():
    bench = Bench(live(0))
    bench.run(2)
    bench.link.silent = True
    bench.clock.time += 1
    bench.poller.step()
    bench.link.silent = False
    bench.run(0.5)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert bench.notes[-1].at == pytest.approx(bench.clock.now(), abs=0.5)


def test_a_block_that_meets_silence_does_not_take_the_device_with_it():
    bench = Bench(live(0, 100, 101))
    bench.link.mute = {101}
    bench.run(1)
    states = set()
    for _ in range(120):
        bench.run(1)
        states.add(bench.poller.status().state)
    assert states == {DeviceState.ONLINE}
    assert bench.poller.status().dead == ("p101",)
    assert bench.notes.newest()["p100"].value == 100
    assert bench.run(10).count((3, 0, 1)) == 10


def test_garbled_answers_are_no_values_and_back_off_too():
    bench = Bench(live(0))
    bench.link.garbled = True
    assert len(bench.run(120)) < 20
    assert bench.notes == []


def test_what_cannot_be_told_apart_is_missing_and_nobody_calls_the_device_silent():
    bench = Bench(profile([point(1), point(50)]))
    bench.run(3)
    bench.link.alike = {50}
    bench.notes.clear()
    asked = bench.run(30)
    assert 25 < asked.count((3, 1, 1)) <= 31
    assert 200 < asked.count((3, 50, 1)) < 400, "nothing is sent: it costs nothing"
    assert bench.poller.status().state is DeviceState.ONLINE
    newest = bench.notes.newest()
    assert newest["p1"].quality is Quality.GOOD
    assert (newest["p50"].value, newest["p50"].quality, newest["p50"].note) == (
        None,
        Quality.BAD,
        "the line repeats answers",
    )
    bench.link.alike = set()
    bench.run(2)
    assert bench.notes.newest()["p50"].quality is Quality.GOOD
    assert bench.poller.status().dead == ()


def test_what_was_read_just_before_a_line_was_found_to_swap_answers_is_read_again():
    points = [point(at) for at in range(0, 800, 100)]
    bench = Bench(profile([*points, point(20, "identity"), point(30, "slow")]))
    bench.link.costs_s = 0.01
    bench.run(12)
    bench.poller.ask("slow")
    bench.run(0.1)
    bench.link.disorders += 1
    asked = bench.run(0.5)
    assert (3, 30, 1) in asked
    assert (3, 20, 1) not in asked, "long ago"


def test_of_rows_that_wait_for_their_turn_on_such_a_line_the_one_that_waits_longest_goes_first():
    """The device gives no more registers than these; one answer a second can be told from the others."""
    bench = Bench(live(0, 10, 20, 30, 40, 50))
    told = [0.0]
    read = bench.link.read

    def one_a_second(unit, function, address, count):
        if bench.clock.time < told[0]:
            raise NotToldApart("the line repeats answers")
        told[0] = bench.clock.time + 1.0
        return read(unit, function, address, count)

    bench.link.read = one_a_second
    asked = bench.run(60)
    assert min(asked.count((3, address, 1)) for address in range(0, 60, 10)) >= 6


def test_rows_that_had_to_wait_are_none_the_worse_for_it():
    bench = Bench(profile([point(1), point(50)]))
    bench.run(3)
    bench.link.alike = {50}
    bench.run(5)
    bench.link.alike, bench.link.mute = set(), {50}
    bench.run(0.5)
    bench.link.mute = set()
    bench.run(3)
    assert bench.poller.status().dead == ()
    assert bench.notes.newest()["p50"].quality is Quality.GOOD


def test_a_gateway_that_answers_for_a_silent_device_is_silence():
    bench = Bench(live(0))
    bench.link.code = {0: 11}
    bench.run(10)
    assert bench.notes == []
    assert bench.poller.status().dead == ()
    assert bench.poller.status().state is DeviceState.NEVER


def test_a_broken_line_goes_up_and_the_request_stays_due():
    bench = Bench(live(0))
    bench.link.down = True
    with pytest.raises(LinkError):
        bench.poller.step()
    bench.link.down = False
    bench.poller.connected()
    bench.poller.step()
    assert bench.notes.newest()["p0"].value == 0


def test_scale_factors_are_read_before_what_hangs_on_them():
    made = profile([point(0, scale_by="10^p900"), point(900, "settings", type="s16")])
    bench = Bench(made)
    bench.link.words = {0: 1234, 900: 0xFFFF}
    bench.poller.step()
    assert bench.link.take()[0] == (3, 900, 1)
    reading = bench.notes.newest()["p0"]
    assert reading.value == pytest.approx(123.4)
    assert reading.provenance.factor == pytest.approx(0.1)


RATIO = ScaleRule(
    "ct",
    "mode",
    {"primary": (), "secondary": ("p6",)},
    (Proof("primary", largest=("p100",), above=10.0, keep=True), Proof("primary", equal=(("p6", (0.0, 1.0)),))),
    "primary",
    doubt=True,
)


def meter(mode="auto"):
    """A ratio register in a slow group; the current that may prove the ratio hangs on it."""
    made = profile([point(100, scale_by="ct"), point(101, scale_by="ct"), point(6, "slow")], rules={"ct": RATIO})
    return Bench(made, options={"mode": mode})


def test_a_ratio_is_read_before_what_hangs_on_it_even_when_that_may_prove_the_ratio():
    bench = meter()
    bench.link.words = {6: 1}
    bench.poller.step()
    assert [address for _, address, _ in bench.link.take()] == [6, 100]
    assert {reading.quality for reading in bench.notes} == {Quality.GOOD}


def test_a_ratio_is_read_anew_before_what_hangs_on_it_when_the_line_or_the_device_is_back():
    bench = meter("secondary")
    bench.link.words = {6: 40, 101: 2}
    bench.run(3)
    assert bench.notes.newest()["p101"].value == 80
    bench.poller.connected()
    assert bench.run(0.5)[0][1] == 6
    bench.link.silent = True
    bench.run(30)
    bench.link.silent, bench.link.words = False, {6: 50, 101: 2}
    del bench.notes[:]
    bench.run(31)
    assert {reading.value for reading in bench.notes if reading.key.point == "p101"} == {100}


def test_what_was_decoded_without_a_ratio_that_came_late_is_read_again():
    bench = meter("secondary")
    bench.link.words = {6: 40, 101: 2}
    bench.link.mute = {6}
    bench.poller.ask()
    bench.poller.serve()
    bench.clock.time += 0.1
    bench.poller.serve()
    assert bench.notes.newest()["p101"].quality is Quality.UNKNOWN
    bench.link.mute = set()
    bench.clock.time += 0.2
    while bench.poller.asking:
        bench.poller.serve()
    assert bench.notes.newest()["p101"].value == 80


def test_two_blocks_that_need_each_other_are_preceded_by_what_they_need():
    made = profile(
        [
            point(0, scale_by="10^p101"),
            point(1, type="s16"),
            point(100, scale_by="10^p1"),
            point(101, type="s16"),
        ]
    )
    bench = Bench(made)
    bench.link.words = {0: 10, 1: 1, 100: 20, 101: 2}
    bench.run(3)
    firsts = {}
    for reading in bench.notes:
        firsts.setdefault(reading.key.point, reading.value)
    assert firsts == {"p0": 1000, "p1": 1, "p100": 200, "p101": 2}
    assert set(bench.run(5)) == {(3, 0, 2), (3, 100, 2)}
    paces = {pace.group: pace for pace in bench.poller.status().paces}
    assert paces["live"].achieved_s == pytest.approx(1.0, abs=0.1)


def test_an_implausible_value_is_bad_and_says_why():
    bench = Bench(profile([point(0, unit="V", high=500.0), point(1)]))
    bench.link.words = {0: 0xFFFF, 1: 7}
    bench.poller.step()
    newest = bench.notes.newest()
    assert (newest["p0"].value, newest["p0"].quality) == (None, Quality.BAD)
    assert "65535 V is outside" in newest["p0"].note
    assert newest["p1"].value == 7


def test_a_makers_own_reading_function_is_left_to_the_command_path():
    bench = Bench(profile([point(0), point(100, function=66)]))
    assert {function for function, _, _ in bench.run(5)} == {3}


def test_a_faulty_profile_is_not_polled():
    bench = Bench(live(0), fault="points.csv:3: no such type")
    assert bench.poller.due_at() == float("inf")
    assert bench.run(5) == []
    assert bench.poller.status().state is DeviceState.FAULTY
    assert "no such type" in bench.poller.status().fault


def test_without_retries_the_first_silence_counts():
    bench = Bench(profile([point(0)], timing=Timing(retries=0)))
    bench.run(1.5)
    bench.link.silent = True
    bench.run(1.1)
    assert bench.poller.status().state is DeviceState.SILENT


CHAIN = {
    40000: 0x5375,
    40001: 0x6E53,
    40002: 1,
    40003: 2,
    40004: 77,
    40005: 78,
    40006: 103,
    40007: 3,
    40008: 250,
    40009: 0xFFFF,
    40010: 1,
    40011: 0xFFFF,
    40012: 0,
}


def sunspec():
    points = [
        point(2, model="m103", id="m103.W", scale_by="10^m103.W_SF"),
        point(3, model="m103", id="m103.W_SF", type="s16"),
    ]
    return profile(points, layout="sunspec", models={"m103": (101, 103)})


def test_a_sunspec_device_says_itself_where_its_registers_are():
    bench = Bench(sunspec())
    bench.link.words = CHAIN
    bench.run(3)
    assert bench.notes.newest()["m103.W"].value == pytest.approx(25.0)
    assert [found.at for found in bench.settled] == [(40008,), (40009,)]
    bench.poller.connected()
    assert (3, 40000, 2) not in bench.run(3), "the chain is walked once"


def test_a_device_without_a_sunspec_chain_says_so_and_is_asked_again_later():
    bench = Bench(sunspec())
    bench.link.words = {}
    bench.run(20)
    assert "no SunSpec marker" in bench.poller.status().fault
    bench.link.words = CHAIN
    bench.run(31)
    assert bench.poller.status().state is DeviceState.ONLINE
    assert bench.notes.newest()["m103.W"].value == pytest.approx(25.0)


def test_what_is_asked_before_the_chain_is_known_is_read_once_it_is():
    bench = Bench(sunspec())
    bench.link.words = CHAIN
    bench.poller.ask()
    assert bench.poller.asking
    bench.run(1)
    assert not bench.poller.asking
    assert "m103.W" in bench.notes.newest()


# -- what is due at the same moment --------------------------------------------------------------------------------


def side_by_side():
    return profile([point(0, words=2), point(2, "alarms"), point(3, "slow"), point(9, "slow")])


def test_groups_that_are_due_together_share_a_request_once_each_has_been_answered():
    bench = Bench(side_by_side())
    bench.link.words = {0: 1, 1: 2, 2: 7, 3: 8, 9: 9}
    bench.poller.step()
    assert sorted(bench.link.take()) == [(3, 0, 2), (3, 2, 1), (3, 3, 1), (3, 9, 1)]
    bench.notes.clear()
    asked = bench.run(60.0)
    assert asked.count((3, 0, 2)) == 54
    assert asked.count((3, 0, 3)) == 5
    assert asked.count((3, 0, 4)) == 1, "the slow one rides along, ahead of its time"
    assert asked.count((3, 9, 1)) == 1, "beyond a hole it goes by itself"
    newest = bench.notes.newest()
    assert {name: reading.value for name, reading in newest.items()} == {"p0": 0x10002, "p2": 7, "p3": 8, "p9": 9}
    slow, fast = newest["p3"].provenance, newest["p0"].provenance
    assert (slow.address, slow.words, fast.words) == (3, (8,), (1, 2))
    of_one_answer = [reading for reading in bench.notes if reading.provenance.frame == slow.frame]
    assert {reading.key.point for reading in of_one_answer} >= {"p0", "p3"}


def test_riding_along_keeps_the_pace():
    bench = Bench(profile([point(0), point(1, "slow")]))
    bench.run(600.0)
    came = [reading.at for reading in bench.notes if reading.key.point == "p1"]
    assert len(came) in (10, 11)
    assert all(later - sooner == pytest.approx(60.0, abs=1.0) for sooner, later in pairwise(came[1:]))


def test_a_device_that_refuses_to_be_asked_for_two_groups_at_once_is_asked_for_each():
    bench = Bench(profile([point(0), point(2, "alarms")], blocks=BlockRules(60, gaps=((0, 9),))))
    bench.link.holes = {1}
    asked = bench.run(30.0)
    assert asked.count((3, 0, 3)) == 1
    assert asked.count((3, 0, 1)) >= 29
    assert asked.count((3, 2, 1)) == 4
    assert all(reading.quality is Quality.GOOD for reading in bench.notes)
    bench.poller.connected()
    assert bench.run(15.0).count((3, 0, 3)) == 1, "another connection, another try"


def test_a_device_that_is_silent_when_asked_for_two_groups_at_once_is_asked_for_each():
    bench = Bench(profile([point(0), point(2, "alarms")], blocks=BlockRules(60, gaps=((0, 9),))))
    bench.link.mute = {1}
    asked = bench.run(120.0)
    assert asked.count((3, 0, 3)) == 3
    assert {reading.quality for reading in bench.notes} == {Quality.GOOD}
    assert bench.poller.status().state is DeviceState.ONLINE


def test_a_group_that_the_operator_asks_for_goes_with_what_is_due():
    bench = Bench(profile([point(0), point(1, "settings")]))
    bench.poller.ask("settings")
    bench.run(1.5)
    bench.link.take()
    bench.clock.time += 0.6
    bench.poller.ask("settings")
    bench.poller.step()
    assert bench.link.take() == [(3, 0, 2)]


def test_what_others_hang_on_is_read_by_itself_at_each_connection():
    rule = ScaleRule("k", "k", {"only": ("p0",)}, otherwise="only")
    bench = Bench(profile([point(0, "slow"), point(1, scale_by="k")], rules={"k": rule}))
    bench.link.words = {0: 10, 1: 5}
    bench.run(2.5)
    bench.link.take()
    bench.poller.connected()
    bench.clock.time += 0.5
    bench.poller.step()
    assert bench.link.take()[0] == (3, 0, 1)
    assert bench.notes.newest()["p1"].value == 50.0


def test_of_one_answer_what_others_hang_on_is_decoded_first():
    power = point(0, fix=("sign:p1",))
    bench = Bench(profile([power, point(1, "slow")]), pace={"slow": 1.0})
    bench.link.words = {0: 500, 1: 0}
    bench.run(2.5)
    bench.link.words = {0: 700, 1: 1}
    bench.notes.clear()
    bench.run(1.0)
    assert bench.link.take() == []
    assert [reading.value for reading in bench.notes if reading.key.point == "p0"] == [-700.0], (
        "with the sign of its own answer"
    )
    assert len({reading.provenance.frame for reading in bench.notes}) == 1
