"""What the times in answers tell."""

from drivers.solarman.times import AHEAD_S, PATIENCE, Stamp, Times


class Stick:
    """Tells its times to ``Times``, which go by the same clock."""

    def __init__(self):
        self.now = 1000.0
        self.times = Times(lambda: self.now)

    def believed(self, working_s, power_on_s, *, sequence=1, raw=b""):
        told = (sequence, raw or bytes((sequence,)) + str((working_s, power_on_s)).encode(), working_s, power_on_s)
        if self.times.doubt(*told):
            return False
        self.times.count(*told)
        return True


def test_times_that_run_with_the_clock_are_believed():
    stick = Stick()
    for second in range(0, 5000, 10):
        stick.now = 1000.0 + second
        assert stick.believed(70_000 + second, 500 + second, sequence=second % 255)


def test_an_old_answer_is_doubted_however_often_it_comes():
    stick = Stick()
    assert stick.believed(70_000, 500, sequence=7)
    stick.now += 60
    assert stick.believed(70_060, 560, sequence=8)
    for _ in range(5 * PATIENCE):
        stick.now += 1
        assert not stick.believed(70_000, 500, sequence=7)


def test_times_from_the_future_are_doubted_once_and_believed_when_they_run_on():
    stick = Stick()
    assert stick.believed(70_000, 500)
    assert not stick.believed(70_000 + int(AHEAD_S) + 1, 500)
    stick.now += 5
    assert stick.believed(900_000, 505) is False
    stick.now += 5
    assert stick.believed(900_005, 510)
    assert stick.believed(900_006, 511)


def test_a_restart_is_no_reason_for_doubt():
    stick = Stick()
    assert stick.believed(70_000, 500)
    stick.now += 30
    assert stick.believed(70_020, 12)


def test_an_earlier_time_is_not_believed_because_it_is_told_twice():
    stick = Stick()
    assert stick.believed(70_000, 5000)
    stick.now += 3
    assert not stick.believed(60_000, 4000, sequence=2)
    assert not stick.believed(60_001, 4001, sequence=3)
    stick.now += 1
    assert stick.believed(70_004, 5004, sequence=4)


def test_a_computer_that_has_slept_asks_twice_and_goes_on():
    stick = Stick()
    assert stick.believed(70_000, 500)
    stick.now += 1  # of eight hours, which this clock has not counted
    assert not stick.believed(98_800, 29_300)
    assert stick.believed(98_800, 29_300, sequence=2)


def test_times_that_stand_still_say_nothing():
    stick = Stick()
    for _ in range(300):
        stick.now += 1
        assert stick.believed(0, 0, raw=b"always the same")


def test_a_stamp_is_before_another_only_when_both_times_are():
    assert Stamp(1, 1, 0.0).is_before(Stamp(2, 2, 0.0))
    assert not Stamp(1, 3, 0.0).is_before(Stamp(2, 2, 0.0))
