"""Who may write what, what is asked for first, undo, wear, confirmations."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from core.access import NOBODY, Access, Person
from core.errors import CommandRefused, DeviceError
from core.linkurl import parse_link
from core.parameters import Parameters
from core.points import Choice, Confidence, Point, PointKey, Reading
from core.profile import Probe
from core.writing import values
from core.writing.journal import Entry
from core.writing.orders import Exchange, Order, OwnChange, Sent
from core.writing.review import Edit, Phase, Suspect
from core.writing.wear import AUTOMATIC_A_DAY, DAY_S
from tests.core.writing.fakes import INSTALLER, LIMIT, PIN, USER, Bench, FakeLine, HeldClock, parameter


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
    assert ("watch", "limit", "not read since 08:00:30") in bench.journal()


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


class Odd:
    """What neither JSON nor a text can hold."""

    def __str__(self) -> str:
        raise RuntimeError("no text either")


def test_a_line_that_json_cannot_hold_is_kept_as_text_and_ends_nothing(bench: Bench) -> None:
    knot: dict[str, object] = {"a": 1.5}
    knot["self"] = knot
    detail: dict[str, object] = {"path": Path("x"), "odd": Odd(), "bytes": b"\x01\x02", "knot": knot, "set": {3}}
    detail[5] = {7: (1, None)}  # type: ignore[index]
    bench.desk.note(Entry("coupling", detail=detail))
    detail["late"] = "changed after it was told"
    bench.work()
    with bench.book.journal() as journal:
        kept = journal.lines()[0].entry.detail
        assert journal.verify().ok
    assert (kept["path"], kept["odd"], kept["bytes"], kept["set"]) == ("x", "(Odd)", "01 02", "{3}")
    assert kept["5"] == {"7": [1, None]}
    assert "late" not in kept
    assert bench.write(bench.edit("limit", 50.0)).ok


def test_a_line_that_the_journal_cannot_take_is_logged_and_the_others_are_kept(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.desk.note(Entry(None))  # type: ignore[arg-type]
    bench.desk.note(Entry("coupling", run=2**70))
    bench.desk.note(Entry("coupling", point="after it"))
    assert bench.journal() == [("coupling", "after it", "")]
    assert caplog.text.count("a line of the journal") == 2
    assert bench.write(bench.edit("limit", 50.0)).ok


def test_runs_of_automation_that_wait_together_are_counted_one_after_the_other(bench: Bench) -> None:
    first = bench.edit("limit", 50.0)
    runs = [bench.desk.write([replace(first, value=50.0 + number)], automatic=True) for number in range(4)]
    bench.line.take = lambda order: None  # type: ignore[method-assign] - each of them finds what was seen
    bench.work()
    assert len(bench.line.orders) == 1
    assert [bench.run(run.number).lines[0].phase for run in runs[1:]] == [Phase.REFUSED] * 3
    assert bench.run(runs[1].number).lines[0].sentence == "automation has written this register less than a minute ago"
    assert bench.desk.review([first]).lines[0].wear.writes == 1, "what is not sent does not wear"


def test_of_two_programs_over_one_book_one_writes_and_both_read(bench: Bench) -> None:
    first = bench.desk
    first.confirm("box", "guess", "screen shows 1")
    first.step()
    second = bench.second()
    assert second.confirmed("box") == {"guess"}
    with pytest.raises(CommandRefused, match="another program has this site open"):
        second.write([bench.edit("limit", 50.0)])
    with pytest.raises(CommandRefused, match="another program has this site open"):
        second.confirm("box", "guess", "screen shows 1")
    while second.step() == 0.0:
        pass
    assert bench.journal()[1:] == [("refused", "limit", "refused")], "what it refused is kept all the same"
    assert bench.write(bench.edit("limit", 50.0)).number == 1
    first.stop()
    while second.step() == 0.0:
        pass
    assert second.write([bench.edit("limit", 60.0)]).number == 2, "the numbers go on"
    second.step()
    assert bench.line.held["limit"] == 60.0
    assert second.review([bench.edit("limit", 70.0)]).lines[0].wear.writes == 2, "and so does the count"
    second.stop()


def test_a_dangerous_undo_needs_a_reason_of_its_own(bench: Bench) -> None:
    run = bench.write(bench.edit("grid_code", 7.0), reason="wrong country", confirmed=True)
    for reason in ("", "  "):
        with pytest.raises(CommandRefused, match="needs a reason"):
            bench.desk.undo(run.number, reason=reason, confirmed=True)
    assert bench.desk.undo(run.number, reason="the old one was right", confirmed=True).reason == "the old one was right"
    bench.work()
    assert bench.line.held["grid_code"] == 3.0
    harmless = bench.write(bench.edit("limit", 50.0))
    assert bench.desk.undo(harmless.number, reason=" ").reason == f"undo of run {harmless.number}"


SERIAL = replace(LIMIT, id="serial", at=(0x50,), type="text", scales=(1.0,))


def with_serial(bench: Bench) -> None:
    """A device that tells its serial number; not yet."""
    (device,) = bench.site.devices
    assert device.profile is not None
    probes = (Probe(3, 0x50, 1, serial=True),)
    profile = replace(device.profile, points=(*device.profile.points, SERIAL), identify=probes)
    bench.site = replace(bench.site, devices=(replace(device, profile=profile),))
    bench.another()


def tell_serial(bench: Bench) -> None:
    key = PointKey("box", "serial")
    bench.latest[key] = Reading(key, "SN1", 4.0)


@pytest.mark.parametrize("restarted", [False, True])
def test_what_was_counted_and_confirmed_before_the_serial_number_was_known_goes_over_to_it(
    bench: Bench, restarted: bool
) -> None:
    with_serial(bench)
    bench.desk.confirm("box", "guess", "screen shows 1")
    assert bench.write(bench.edit("limit", 50.0), bench.edit("guess", 2.0)).ok
    if restarted:
        bench.another()
    tell_serial(bench)
    assert bench.desk.review([bench.edit("limit", 60.0)]).lines[0].wear.writes == 1
    assert bench.desk.confirmed("box") == {"guess"}
    assert bench.write(bench.edit("limit", 60.0)).ok
    assert bench.another().review([bench.edit("limit", 70.0)]).lines[0].wear.writes == 2
    assert bench.book.confirmed() == {("SN1", "acme/box"): {"guess"}}
    with bench.book.wear() as ledger:
        assert {entry.serial for entry in ledger.all()} == {"SN1"}
    with bench.book.journal() as journal:
        assert journal.verify().ok
        assert {line.entry.serial for line in journal.lines()} == {"?box", "SN1"}, "the journal stays as it is"


def test_a_register_is_confirmed_by_who_may_see_it_and_only_where_it_is_inferred(bench: Bench) -> None:
    with pytest.raises(CommandRefused, match="not inferred"):
        bench.desk.confirm("box", "limit", "screen shows 80")
    bench.desk.parameters = lambda _device: Parameters(entries=(hidden,))  # type: ignore[method-assign]
    hidden = parameter(LIMIT, confidence=Confidence.INFERRED, sees="administrator")
    with pytest.raises(CommandRefused, match="there is no parameter box/limit"):
        bench.desk.confirm("box", "limit", "screen shows 80")
    assert bench.desk.confirmed("box") == frozenset()


@pytest.mark.parametrize("silent", [False, True])
def test_a_value_that_was_good_before_the_device_fell_silent_is_not_said_to_have_held(
    bench: Bench, clock: HeldClock, silent: bool
) -> None:
    bench.write(bench.edit("limit", 50.0))
    for turn in range(31):
        if turn == 10 and silent:
            bench.line.reading = lambda: DeviceError("unit 1 does not answer")
        clock.pass_s(30)
        bench.work()
    assert bench.desk.watches() == ()
    assert bench.journal()[-1][2] == ("not read since 08:05:00" if silent else "held")


def test_a_value_read_differently_once_and_no_more_is_told_so(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))
    clock.pass_s(870)
    bench.line.held["limit"] = 80.0
    bench.work()
    bench.line.reading = lambda: DeviceError("unit 1 does not answer")
    for _ in range(3):
        clock.pass_s(30)
        bench.work()
    assert bench.journal()[-1][2] == "last read differently"


def test_a_run_goes_before_the_watch_and_waits_for_one_request_at_most(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0), bench.edit("mode", "timed"))  # far from each other: two requests
    bench.line.reads.clear()
    clock.pass_s(30)
    plain, endless = bench.line.fetch, Future[tuple[Reading, ...]]()
    endless.set_running_or_notify_cancel()

    def busy(device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        found = plain(device, points)
        if len(bench.line.reads) > 1:
            return found
        bench.desk.write([bench.edit("alpha", 5.0)])
        return endless  # the line is at it, and does not end

    bench.line.fetch = busy  # type: ignore[method-assign]
    began = monotonic()
    bench.desk.step()
    assert monotonic() - began < 1.0
    assert bench.line.reads == [("limit",)]
    bench.desk.step()
    assert bench.line.held["alpha"] == 5.0
    assert bench.line.reads[1] == ("alpha",)
    bench.line.reads.clear()
    bench.work()
    assert bench.line.reads == [("limit",), ("mode",)], "and the watch goes on at once"


def test_a_fault_in_a_line_that_is_watched_does_not_end_the_desk(bench: Bench, clock: HeldClock) -> None:
    bench.write(bench.edit("limit", 50.0))

    def broken() -> None:
        raise ZeroDivisionError

    bench.line.reading = broken
    clock.pass_s(30)
    bench.work()
    bench.line.reading = None
    assert bench.write(bench.edit("limit", 60.0)).ok


def test_what_waits_when_the_program_is_closed_ends_too(tmp_path: Path) -> None:
    bench = Bench(tmp_path, HeldClock())
    held = threading.Event()
    took = threading.Event()

    def slow(order: Order) -> None:
        took.set()
        held.wait(5)
        bench.line.take(order)

    bench.line.meddle = slow
    bench.desk.start()
    first = bench.desk.write([bench.edit("limit", 50.0)])
    second = bench.desk.write([bench.edit("mode", "timed")])
    assert took.wait(5)
    bench.desk.stop_soon()
    held.set()
    bench.desk.stop()
    assert bench.run(first.number).done
    assert bench.run(second.number).done
    assert bench.run(second.number).lines[0].phase is Phase.NOT_REACHED
    assert len(bench.line.orders) == 1
    with pytest.raises(CommandRefused, match="not open"):
        bench.desk.write([bench.edit("speed", 5.0)])


def test_no_run_is_left_open_when_the_thread_ends_by_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(tmp_path, HeldClock())
    run = bench.desk.write([bench.edit("limit", 50.0)])
    monkeypatch.setattr(bench.desk, "_do_chores", lambda: 1 / 0)
    bench.desk.start()
    bench.desk._thread.join(5)
    (line,) = bench.run(run.number).lines
    assert bench.run(run.number).done
    assert line.phase is Phase.NOT_REACHED
    assert "division by zero" in caplog.text
    with pytest.raises(CommandRefused, match="a fault of the program"):
        bench.desk.write([bench.edit("limit", 50.0)])
    bench.desk.stop()


def test_a_text_with_blanks_at_its_ends_is_not_written() -> None:
    name = parameter(replace(PIN, id="name", secret=False))
    assert values.fault_of(name, "Cave ") == "a text has no blanks at its ends"
    assert values.fault_of(name, "Cave du Bas") == ""


@pytest.mark.parametrize(
    ("kind", "alike"),
    [
        ({"at": (), "path": "key.Badge", "type": "number"}, False),
        ({"at": (1, 2), "type": "u32", "scale_by": "10^sf"}, False),
        ({"at": (1, 2), "type": "f32"}, True),
    ],
)
def test_numbers_are_compared_as_finely_as_the_device_holds_them(kind: dict[str, Any], alike: bool) -> None:
    point = replace(LIMIT, scales=(1.0,), **kind)
    assert values.alike(point, 10_000_001.0, 10_000_000.0) is alike
    assert values.alike(point, 0.1 + 0.2, 0.3)


@pytest.mark.parametrize(("link", "refused"), [("rtu:///dev/null", True), ("tcp://127.0.0.1:502", False)])
def test_an_order_is_not_sent_to_every_device_of_a_line(bench: Bench, link: str, refused: bool) -> None:
    (config,), (device,) = bench.site.links, bench.site.devices
    links, devices = (replace(config, url=parse_link(link)),), (replace(device, unit=0),)
    bench.site = replace(bench.site, links=links, devices=devices)
    bench.another()
    assert (fault(bench, bench.edit("restart", 1.0)) != "") is refused
