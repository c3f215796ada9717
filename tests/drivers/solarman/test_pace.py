"""How fast a stick is asked."""

from drivers.solarman.pace import LONGEST_REST_S, Pace


def test_a_stick_that_keeps_up_is_not_slowed_down():
    pace = Pace()
    for _ in range(500):
        pace.answered(0.3)
    assert pace.gap_s(0.1) == 0.1
    assert not pace.saturated


def test_long_answers_among_short_ones_are_no_overload():
    pace = Pace()
    for place in range(200):
        pace.answered(0.7 if place % 2 else 0.2)
    assert pace.gap_s(0.1) == 0.1


def test_answers_that_do_not_come_lengthen_the_rest_up_to_a_bound():
    pace = Pace()
    pace.answered(0.2)
    gaps = []
    for _ in range(8):
        pace.lost()
        gaps.append(pace.gap_s(0.1))
    assert gaps[:4] == [0.2, 0.4, 0.8, 1.6]
    assert gaps[-1] == LONGEST_REST_S
    assert pace.saturated


def test_one_lost_answer_is_no_saturation():
    pace = Pace()
    pace.answered(0.2)
    pace.lost()
    assert not pace.saturated


def test_answers_that_take_longer_and_longer_slow_it_down_before_one_is_lost():
    pace = Pace()
    for took in (0.3, 0.3, 0.6, 1.2, 2.0, 3.0, 4.0, 4.5):
        pace.answered(took)
    assert pace.gap_s(0.1) > 0.2
    for _ in range(5):
        pace.answered(4.5)
    assert pace.saturated


def test_late_answers_slow_it_down():
    pace = Pace()
    pace.answered(0.2)
    for _ in range(5):
        pace.late()
    assert pace.saturated


def test_it_recovers_slowly_and_wholly():
    pace = Pace()
    pace.answered(0.2)
    for _ in range(10):
        pace.late()
        pace.lost()
    for _ in range(10):
        pace.answered(0.2)
    assert pace.saturated
    assert 2.0 < pace.gap_s(0.1) < LONGEST_REST_S
    for _ in range(100):
        pace.answered(0.2)
    assert not pace.saturated
    assert pace.gap_s(0.1) == 0.1


def test_one_that_was_away_is_asked_almost_as_before_and_less_each_time_it_goes():
    pace = Pace()
    pace.answered(0.2)
    gaps: list[float] = []
    for _ in range(4):
        for _ in range(12):
            pace.lost()
        assert pace.gap_s(0.1) == LONGEST_REST_S
        pace.answered(0.2)
        gaps.append(round(pace.gap_s(0.1), 1))
    assert gaps == [0.4, 0.7, 1.4, 2.6]
    for _ in range(100):
        pace.answered(0.2)
    assert pace.gap_s(0.1) == 0.1


def test_a_stick_that_never_answered_is_silent_and_not_saturated():
    pace = Pace()
    for _ in range(20):
        pace.lost()
    assert not pace.saturated
    assert pace.gap_s(0.1) == LONGEST_REST_S


def test_the_gap_that_was_asked_for_is_the_least():
    pace = Pace()
    pace.lost()
    assert pace.gap_s(1.5) == 1.5
    assert pace.gap_s(0.0) == 0.2
