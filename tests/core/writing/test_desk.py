"""Who may write what, what is asked for first, undo, wear, confirmations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.access import NOBODY, Access, Person
from core.errors import CommandRefused
from core.points import Choice, PointKey, Reading
from core.writing import values
from core.writing.orders import Exchange, Order, OwnChange, Sent
from core.writing.review import Edit, Phase, Suspect
from core.writing.wear import AUTOMATIC_A_DAY, DAY_S
from tests.core.writing.fakes import INSTALLER, LIMIT, USER, Bench, FakeLine, HeldClock, parameter


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def bench(tmp_path: Path, clock: HeldClock) -> Bench:
    return Bench(tmp_path, clock)


def fault(bench: Bench, edit: Edit) -> str:
    (line,) = bench.desk.review([edit]).lines
    return line.fault


def test_nobody_writes_and_the_sentence_says_what_to_do(bench: Bench) -> None:
    bench.access.sign_in(NOBODY)
    assert fault(bench, bench.edit("limit", 50.0)) == "sign in first: this needs the role user"
    with pytest.raises(CommandRefused, match="sign in first"):
        bench.desk.write([bench.edit("limit", 50.0)])
    assert bench.line.orders == []
    assert bench.journal() == [("refused", "limit", "refused")]


def test_a_role_reaches_only_what_the_parameter_allows(bench: Bench) -> None:
    bench.access.sign_in(USER)
    assert fault(bench, bench.edit("limit", 50.0)) == ""
    assert fault(bench, bench.edit("speed", 50.0)) == "Ursule has the role user: this needs the role installer"
    with pytest.raises(CommandRefused, match="there is no parameter box/grid_code"):
        bench.desk.review([bench.edit("grid_code", 5.0)])


def test_a_read_only_link_is_never_written(tmp_path: Path, clock: HeldClock) -> None:
    bench = Bench(tmp_path, clock, read_only=True)
    assert fault(bench, bench.edit("limit", 50.0)) == "the link 'line' is read-only"
    with pytest.raises(CommandRefused, match="read-only"):
        bench.desk.write([bench.edit("limit", 50.0)])
    bench.work()
    assert bench.line.orders == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("limit", 100.1, "100.1 % is outside 0 … 100 %"),
        ("limit", -0.1, "-0.1 % is outside 0 … 100 %"),
        ("limit", 50.05, "50.05 is between two steps of 0.1"),
        ("limit", float("nan"), "this is not a number"),
        ("limit", "fast", "fast is not a number"),
        ("limit", None, "there is no value"),
        ("mode", "party", "party is not one of its choices"),
        ("backup", 1.0, "this is set on the device's own screen"),
        ("guess", 2.0, "this register is only inferred: compare it on site and confirm it first"),
    ],
)
def test_what_may_not_be_written_is_said_in_one_sentence(bench: Bench, name: str, value: float, said: str) -> None:
    seen = Reading(PointKey("box", name), bench.line.held.get(name), 4.0)
    edit = Edit(PointKey("box", name), value, seen)
    assert fault(bench, edit).startswith(said)
    with pytest.raises(CommandRefused):
        bench.desk.write([edit])
    assert bench.line.orders == []


def test_a_scale_that_the_map_leaves_open_is_not_guessed() -> None:
    unsettled = parameter(replace(LIMIT, scales=(0.1, 0.01)))
    assert values.fault_of(unsettled, 5.0).startswith("the map leaves its scale open")


def test_bits_without_a_name_stay_as_they_are() -> None:
    bits = replace(LIMIT, type="bits", scales=(1.0,), choices=(Choice(0, "heat", "", ""),), low=None, high=None)
    assert values.fault_of(parameter(bits), ("heat", "bit_5")) == ""
    assert values.fault_of(parameter(bits), ("party",)) == "party is not one of its bits"


def test_what_has_not_been_read_is_not_written(bench: Bench) -> None:
    assert fault(bench, Edit(PointKey("box", "limit"), 50.0)) == (
        "read it first: what the device holds now is not known"
    )


def test_a_value_twice_in_one_review_is_refused(bench: Bench) -> None:
    with pytest.raises(CommandRefused, match="asked for twice"):
        bench.desk.review([bench.edit("limit", 50.0), bench.edit("limit", 60.0)])


def test_dangerous_ones_ask_for_a_reason_and_a_second_confirmation(bench: Bench) -> None:
    edit = bench.edit("grid_code", 7.0)
    assert bench.desk.review([edit]).asks
    with pytest.raises(CommandRefused, match="needs a reason"):
        bench.desk.write([edit], confirmed=True)
    with pytest.raises(CommandRefused, match="needs a second confirmation"):
        bench.desk.write([edit], reason="wrong country")
    run = bench.write(edit, reason="wrong country", confirmed=True)
    assert run.ok
    with bench.book.journal() as journal:
        assert journal.lines()[0].entry.reason == "wrong country"


def test_unchanged_values_are_never_written(bench: Bench) -> None:
    review = bench.desk.review([bench.edit("limit", 80.0)])
    assert review.lines[0].unchanged
    assert not review.ready
    with pytest.raises(CommandRefused, match="already holds"):
        bench.desk.write([bench.edit("limit", 80.0)])


def test_an_inferred_register_is_writable_once_somebody_has_compared_it(bench: Bench) -> None:
    bench.access.sign_in(USER)
    with pytest.raises(CommandRefused, match="needs the role installer"):
        bench.desk.confirm("box", "guess", "screen shows 1")
    bench.access.sign_in(INSTALLER)
    with pytest.raises(CommandRefused, match="compared with"):
        bench.desk.confirm("box", "guess", "  ")
    bench.desk.confirm("box", "guess", "screen shows 1")
    assert bench.write(bench.edit("guess", 2.0)).ok
    assert ("confirm", "guess", "") in bench.journal()
    again = bench.another()
    assert again.confirmed("box") == {"guess"}, "it is kept"


def test_undo_puts_back_in_reverse_by_the_same_path(bench: Bench) -> None:
    run = bench.write(bench.edit("limit", 50.0), bench.edit("mode", "timed"))
    undone = bench.desk.undo(run.number)
    bench.work()
    undone = bench.run(undone.number)
    assert [line.edit.key.point for line in undone.lines] == ["mode", "limit"]
    assert undone.ok
    assert undone.undoes == run.number
    assert (bench.line.held["limit"], bench.line.held["mode"]) == (80.0, "own_use")


def test_undo_does_not_run_over_what_somebody_else_has_set_since(bench: Bench) -> None:
    run = bench.write(bench.edit("limit", 50.0))
    bench.line.held["limit"] = 30.0
    undone = bench.desk.undo(run.number)
    bench.work()
    assert bench.run(undone.number).lines[0].phase is Phase.CHANGED
    assert bench.line.held["limit"] == 30.0


def test_there_is_nothing_to_undo_after_a_refusal(bench: Bench) -> None:
    bench.line.held["limit"] = 70.0
    run = bench.write(bench.edit("limit", 50.0, seen=80.0))
    with pytest.raises(CommandRefused, match="nothing to put back"):
        bench.desk.undo(run.number)
    with pytest.raises(CommandRefused, match="not there any more"):
        bench.desk.undo(99)


def test_wear_is_counted_by_register_and_kept(bench: Bench, clock: HeldClock) -> None:
    for value in (50.0, 60.0, 70.0):
        assert bench.write(bench.edit("limit", value)).ok
        clock.pass_s(DAY_S)
    wear = bench.desk.review([bench.edit("limit", 10.0)]).lines[0].wear
    assert (wear.writes, wear.left) == (3, 997)
    assert wear.years == pytest.approx(997 / 3 * 30 / 365.25)
    assert bench.desk.review([bench.edit("mode", "timed")]).lines[0].wear.writes == 0
    assert bench.another().review([bench.edit("limit", 10.0)]).lines[0].wear.writes == 3
    clock.pass_s(31 * DAY_S)
    assert bench.desk.review([bench.edit("limit", 10.0)]).lines[0].wear.years is None


def test_automation_is_limited_to_its_quota_and_to_what_is_harmless(bench: Bench, clock: HeldClock) -> None:
    value = 10.0
    for _ in range(AUTOMATIC_A_DAY):
        value += 1
        bench.desk.write([bench.edit("limit", value)], automatic=True)
        bench.work()
        clock.pass_s(61)
    with pytest.raises(CommandRefused, match="24 times in a day"):
        bench.desk.write([bench.edit("limit", 5.0)], automatic=True)
    with pytest.raises(CommandRefused, match="second confirmation"):
        bench.desk.write([bench.edit("grid_code", 5.0)], reason="x", confirmed=True, automatic=True)
    bench.desk.write([bench.edit("mode", "timed")], automatic=True)
    bench.work()
    with pytest.raises(CommandRefused, match="less than a minute ago"):
        bench.desk.write([bench.edit("mode", "own_use")], automatic=True)
    bench.desk.write([bench.edit("speed", 7.0)], automatic=True)
    bench.work()
    bench.desk.write([bench.edit("speed", 8.0)], automatic=True)  # volatile: nothing wears
    assert bench.write(bench.edit("limit", 5.0)).ok, "the operator is not limited"


def test_a_value_that_moves_away_is_reported_with_time_and_suspect(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    for _ in range(4):
        clock.pass_s(30)
        bench.work()
    (watch,) = bench.desk.watches()
    assert watch.reads == 4
    assert not watch.moved
    bench.line.held["limit"] = 80.0
    clock.pass_s(30)
    bench.work()
    assert not bench.desk.watches()[0].moved, "one reading may be a torn one"
    clock.pass_s(2)
    bench.work()
    (watch,) = bench.desk.watches()
    assert watch.moved
    assert watch.suspect is Suspect.FIRMWARE
    assert ("revert", "limit", "moved") in bench.journal()
    bench.desk.end_watch(watch.key)
    assert bench.desk.watches() == ()


def test_a_value_that_holds_is_watched_for_a_quarter_of_an_hour(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    for _ in range(40):
        clock.pass_s(30)
        bench.work()
    assert bench.desk.watches() == ()
    assert ("watch", "limit", "held") in bench.journal()
    assert len(bench.line.reads) < 36, "at a gentle pace"


def test_a_value_that_others_wrote_points_to_a_second_master(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    bench.line.held["limit"] = 33.0
    for seconds in (30, 2):
        clock.pass_s(seconds)
        bench.work()
    assert bench.desk.watches()[0].suspect is Suspect.MASTER


def test_a_value_that_was_last_read_differently_is_not_said_to_have_held(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    for _ in range(29):
        clock.pass_s(30)
        bench.work()
    assert len(bench.desk.watches()) == 1
    bench.line.held["limit"] = 80.0
    clock.pass_s(35)
    bench.work()
    clock.pass_s(2)
    bench.work()
    assert bench.desk.watches()[0].moved, "the second reading decides, though the quarter of an hour is over"


def test_a_value_that_could_not_be_read_any_more_is_not_said_to_have_held(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    clock.pass_s(30)
    bench.work()
    bench.line.held["limit"] = None
    for _ in range(30):
        clock.pass_s(30)
        bench.work()
    assert ("watch", "limit", "not read") in bench.journal()


def test_nobody_is_suspected_of_what_we_have_written_ourselves(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))

    def ten_times(_order: Order) -> Sent:
        bench.line.held["limit"] = 99.0
        return Sent(())

    bench.line.meddle = ten_times
    assert bench.write(bench.edit("limit", 60.0)).lines[0].phase is Phase.DIFFERS
    for seconds in (30, 2, 30):
        clock.pass_s(seconds)
        bench.work()
    assert bench.desk.watches() == ()
    kinds = [kind for kind, _, _ in bench.journal()]
    assert "revert" not in kinds


def test_a_watch_goes_on_where_another_write_had_no_effect(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    bench.line.meddle = lambda _order: Sent(())
    assert bench.write(bench.edit("limit", 60.0)).lines[0].phase is Phase.DIFFERS
    assert [watch.wanted for watch in bench.desk.watches()] == [50.0]


def test_one_person_is_answerable_for_a_run(bench: Bench) -> None:
    people = [USER, INSTALLER, INSTALLER, INSTALLER]

    class Busy(Access):
        """Somebody else signs in as soon as one has looked."""

        @property
        def person(self) -> Person:
            return people.pop(0)

    bench.desk._access = Busy()
    with pytest.raises(CommandRefused, match="Ursule has the role user"):
        bench.desk.write([bench.edit("speed", 5.0)])
    assert bench.line.orders == []


def test_what_no_file_can_hold_does_not_end_the_desk(bench: Bench) -> None:
    run = bench.write(bench.edit("limit", 50.0), reason="\ud83d half a smiley")
    assert run.ok
    with bench.book.journal() as journal:
        assert journal.lines()[0].entry.reason == "? half a smiley"
        assert journal.verify().ok
    assert bench.write(bench.edit("limit", 60.0)).ok


@pytest.mark.parametrize(
    ("one", "other", "step", "alike"),
    [
        (5_000_001.0, 5_000_000.0, 1.0, False),
        (5_000_000.4, 5_000_000.0, 1.0, True),
        (1_000_001.0, 1_000_000.0, 0.0, False),
        (230.10000610351562, 230.1, 0.0, True),  # as a single-precision float has it
        (0.30000000000000004, 0.3, 0.1, True),
    ],
)
def test_two_numbers_are_the_same_when_the_device_cannot_tell_them_apart(
    one: float, other: float, step: float, alike: bool
) -> None:
    assert values.same(one, other, step) is alike


def test_a_step_that_hangs_on_a_factor_of_the_device_is_not_taken_for_granted() -> None:
    assert values.resolution(LIMIT) == 0.1
    assert values.resolution(replace(LIMIT, scale_by="10^limit_sf")) == 0.0


def test_what_a_line_sets_by_itself_is_in_the_journal(bench: Bench) -> None:
    class Busy(FakeLine):
        def report_to(self, hear: Callable[[OwnChange], None]) -> None:
            self.hear = hear

    bench.line = line = Busy()
    bench.another()
    line.hear(OwnChange("box", "key.PIN", "a", "b", "Accepted", (Exchange(7, 5.0, b"\x01", b"\x02"),)))
    bench.work()
    with bench.book.journal() as journal:
        entry = journal.lines()[0].entry
    assert (entry.kind, entry.who, entry.device, entry.link, entry.point) == ("set-up", "", "box", "line", "pin")
    assert (entry.old, entry.new, entry.outcome) == ("a", "b", "Accepted")
    assert entry.detail["frames"] == [{"number": 7, "at": 5.0, "sent": "01", "received": "02"}]


def test_numbers_of_runs_go_on_after_a_restart(bench: Bench) -> None:
    assert bench.write(bench.edit("limit", 50.0)).number == 1
    bench.another()
    assert bench.write(bench.edit("limit", 60.0)).number == 2


def test_without_a_book_nothing_is_written(bench: Bench) -> None:
    from core.writing.desk import Desk

    desk = Desk(
        bench.site, {"line": bench.line}, bench.access, None, latest=lambda _key: None, points=lambda _device: ()
    )
    desk.open()
    with pytest.raises(CommandRefused, match="keeps no journal"):
        desk.write([bench.edit("limit", 50.0)])


def test_the_thread_carries_out_and_ends(tmp_path: Path) -> None:
    bench = Bench(tmp_path, HeldClock())
    desk = bench.another()
    desk.start()
    try:
        run = desk.write([bench.edit("limit", 50.0)])
        for _ in range(500):
            if (now := desk.run(run.number)) is not None and now.done:
                break
            desk.stop_soon.__self__._stopping.wait(0.01)  # type: ignore[attr-defined]
        assert bench.run(run.number).ok
    finally:
        desk.stop()
    with bench.book.journal() as journal:
        assert journal.lines()[0].entry.outcome == "cut short: the program was closed"
    with pytest.raises(CommandRefused, match="not open"):
        desk.write([bench.edit("limit", 60.0)])
