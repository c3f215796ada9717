"""What happens to each value that is written, and what the operator is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import CommandRefused, DeviceError, LinkError, NotSent, WattelierError
from core.points import TOLD_EMPTY, Point, Quality, Reading, Value
from core.storage.format import StorageError
from core.writing.journal import Entry, Journal, Line
from core.writing.orders import Order, Sent
from core.writing.review import Phase
from core.writing.wear import WearLedger
from tests.core.writing.fakes import REMOTE, Bench, HeldClock


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, HeldClock())


def test_a_value_is_set_only_when_it_has_been_read_back(bench: Bench) -> None:
    run = bench.write(bench.edit("limit", 55.5))
    (line,) = run.lines
    assert run.ok
    assert line.phase is Phase.PROVEN
    assert (line.before and line.before.value, line.after and line.after.value) == (80.0, 55.5)
    assert bench.line.reads == [("limit",), ("limit",)]
    assert bench.journal() == [("intent", "limit", ""), ("outcome", "limit", "proven")]


def test_the_frames_of_the_proof_are_in_the_journal(bench: Bench) -> None:
    run = bench.write(bench.edit("limit", 55.5))
    with bench.book.journal() as journal:
        (outcome, intent) = journal.lines()
    frames = outcome.entry.detail["frames"]
    assert [frame["sent"] for frame in frames] == ["03", "06", "03"]  # type: ignore[index, union-attr]
    assert run.lines[0].frames == (1, 2, 3)
    assert (intent.entry.old, intent.entry.new, outcome.entry.readback) == ("80", "55.5", "55.5")
    assert (intent.entry.who, intent.entry.role, intent.entry.register) == ("Paul", "installer", "0x0010")


def test_what_the_device_already_holds_is_not_written(bench: Bench) -> None:
    bench.line.held["limit"] = 55.5  # somebody has set it meanwhile
    run = bench.write(bench.edit("limit", 55.5, seen=80.0))
    assert run.lines[0].phase is Phase.SAME
    assert run.ok
    assert bench.line.orders == []


def test_a_value_that_was_changed_meanwhile_is_left_alone_and_the_rest_is_not_reached(bench: Bench) -> None:
    bench.line.held["limit"] = 70.0
    run = bench.write(bench.edit("limit", 55.5, seen=80.0), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.CHANGED, Phase.NOT_REACHED]
    assert run.lines[0].sentence == "it was 80 when it was read and is 70 now: look again"
    assert bench.line.orders == []
    assert run.undoable == ()


def test_a_refusal_names_the_menu_that_enables_remote_control(bench: Bench) -> None:
    bench.line.meddle = lambda _order: Sent((), refused="illegal data value", code=3)
    run = bench.write(bench.edit("mode", "timed"), bench.edit("limit", 50.0))
    first, second = run.lines
    assert first.phase is Phase.REFUSED
    assert first.sentence == "the device refuses: illegal data value; it still holds own_use"
    assert first.hint == REMOTE
    assert second.phase is Phase.NOT_REACHED
    assert len(bench.line.orders) == 1


def test_a_write_without_effect_is_not_called_set(bench: Bench) -> None:
    bench.line.meddle = lambda _order: Sent(())
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.DIFFERS
    assert line.sentence == "the device said yes and still holds 80: the write had no effect"
    assert not line.written, "there is nothing to put back"


def test_ten_times_too_much_is_seen_and_can_be_put_back(bench: Bench) -> None:
    def ten_times(order: Order) -> Sent:
        ((point, value),) = order.values
        assert isinstance(value, float)
        bench.line.held[point.id] = value * 10
        return Sent(())

    bench.line.meddle = ten_times
    run = bench.write(bench.edit("limit", 5.0))
    assert run.lines[0].phase is Phase.DIFFERS
    assert run.lines[0].sentence == "it was to hold 5 and holds 50"
    bench.line.meddle = None
    undone = bench.desk.undo(run.number)
    bench.work()
    assert bench.run(undone.number).ok
    assert bench.line.held["limit"] == 80.0


def test_silence_after_a_write_is_settled_by_reading_back(bench: Bench) -> None:
    def takes_it_silently(order: Order) -> Sent:
        bench.line.take(order)
        return Sent((), answered=False, note="unit 1 does not answer")

    bench.line.meddle = takes_it_silently
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.PROVEN
    assert line.sentence.endswith("yet it holds the new value")
    assert len(bench.line.orders) == 1, "a write is never repeated by itself"


def test_a_lost_line_leaves_the_truth_open_unless_it_can_be_read_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.writing.courier.BACK_S", 0.0)
    down: list[WattelierError] = []

    def dies(_order: Order) -> WattelierError:
        down.append(LinkError("connection reset"))
        return down[0]

    bench.line.meddle = dies
    bench.line.reading = lambda: CommandRefused("the line line is not connected") if down else None
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.UNSURE, Phase.NOT_REACHED]
    assert "what the device holds now is not known" in run.lines[0].sentence
    assert [line.edit.key.point for line in run.undoable] == ["limit"]
    bench.line.meddle = bench.line.reading = None
    bench.line.held["limit"] = 55.5  # it had arrived
    undone = bench.desk.undo(run.number)
    bench.work()
    assert bench.run(undone.number).ok
    assert bench.line.held["limit"] == 80.0


def test_a_line_that_comes_back_shows_that_nothing_had_arrived(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.writing.courier.BACK_EVERY_S", 0.0)
    downs = iter([None, CommandRefused("not connected"), LinkError("refused"), None])
    bench.line.meddle = lambda _order: LinkError("connection reset")
    bench.line.reading = lambda: next(downs, None)
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.REFUSED
    assert line.sentence == "the line was lost while it was written: connection reset; it still holds 80"


def test_what_cannot_be_read_before_is_not_written(bench: Bench) -> None:
    bench.line.reading = lambda: DeviceError("unit 1 does not answer")
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.REFUSED
    assert "nothing was written" in line.sentence
    assert bench.line.orders == []


@pytest.mark.parametrize("held", [None])
def test_what_has_no_value_is_not_written(bench: Bench, held: Value) -> None:
    bench.line.held["limit"] = held
    (line,) = bench.write(bench.edit("limit", 55.5, seen=80.0)).lines
    assert line.phase is Phase.REFUSED
    assert bench.line.orders == []


def test_what_is_read_with_doubt_is_not_written(bench: Bench) -> None:
    plain = bench.line._reading

    def doubtful(device: str, point: Point, number: int) -> Reading:
        return replace(plain(device, point, number), quality=Quality.UNKNOWN, note="the word order is not settled")

    bench.line._reading = doubtful  # type: ignore[method-assign]
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.REFUSED
    assert "the word order is not settled" in line.sentence
    assert bench.line.orders == []


def test_what_is_read_back_with_doubt_is_not_called_proven(bench: Bench) -> None:
    plain = bench.line._reading

    def doubtful(device: str, point: Point, number: int) -> Reading:
        reading = plain(device, point, number)
        return (
            replace(reading, quality=Quality.UNKNOWN, note="ratio_mode is not settled")
            if bench.line.orders
            else reading
        )

    bench.line._reading = doubtful  # type: ignore[method-assign]
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.UNSURE
    assert "ratio_mode is not settled" in line.sentence


def test_what_the_device_says_with_its_yes_is_passed_on(bench: Bench) -> None:
    def takes(order: Order) -> Sent:
        bench.line.take(order)
        return Sent((), note="takes effect after a restart of the station")

    bench.line.meddle = takes
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert (line.phase, line.sentence) == (Phase.PROVEN, "takes effect after a restart of the station")
    bench.line.meddle = lambda _order: Sent((), note="takes effect after a restart of the station")
    (line,) = bench.write(bench.edit("limit", 60.0)).lines
    assert line.phase is Phase.DIFFERS
    assert line.sentence == "the device said yes (takes effect after a restart of the station) and still holds 55.5"


def test_a_secret_is_never_called_proven_and_what_was_read_of_it_is_never_written(bench: Bench) -> None:
    (line,) = bench.write(bench.edit("pin", "another")).lines
    assert line.phase is Phase.SENT
    bench.line.held["pin"] = ""

    def silent(order: Order) -> Sent:
        bench.line.take(order)
        return Sent((), answered=False)

    bench.line.meddle = silent
    run = bench.write(bench.edit("pin", "a third"))
    assert run.lines[0].phase is Phase.UNSURE
    assert run.undoable == ()
    with pytest.raises(CommandRefused, match="a secret cannot be put back"):
        bench.desk.undo(run.number)
    assert bench.line.held["pin"] == "a third"
    assert "third" not in repr(bench.desk.runs()), "it is forgotten once the run has ended"
    with bench.book.journal() as journal:
        assert "third" not in repr(journal.lines())


def test_values_of_one_block_go_out_together_and_the_commit_register_is_polled(bench: Bench) -> None:
    states = iter([1.0, 1.0, 0.0])

    def takes(order: Order) -> None:
        bench.line.take(order)
        bench.line.held["commit"] = 1.0

    bench.line.meddle = takes
    before = bench.line.fetch

    def fetch(device, points):  # type: ignore[no-untyped-def]
        if points[0].id == "commit":
            bench.line.held["commit"] = next(states)
        return before(device, points)

    bench.line.fetch = fetch  # type: ignore[method-assign]
    run = bench.write(bench.edit("alpha", 5.0), bench.edit("mode", "timed"), bench.edit("beta", 6.0))
    assert run.ok
    (block, alone) = bench.line.orders
    assert [point.id for point, _ in block.values] == ["alpha", "beta"]
    assert block.block is not None
    assert [point.id for point, _ in alone.values] == ["mode"]
    assert list(states) == []


def test_an_error_in_the_commit_register_is_told(bench: Bench) -> None:
    def fails(_order: Order) -> Sent:
        bench.line.held["commit"] = float(0xFFFC)
        return Sent(())

    bench.line.meddle = fails
    run = bench.write(bench.edit("alpha", 5.0))
    assert run.lines[0].phase is Phase.REFUSED
    assert run.lines[0].sentence == "the device reports error 0xFFFC for this block; it still holds 1"


def test_one_value_of_a_block_that_has_changed_keeps_the_whole_block_back(bench: Bench) -> None:
    run = bench.write(bench.edit("alpha", 5.0), bench.edit("beta", 6.0, seen=9.0))
    assert [line.phase for line in run.lines] == [Phase.NOT_REACHED, Phase.CHANGED]
    assert bench.line.orders == []


def test_an_order_is_sent_without_reading_and_is_not_called_proven(bench: Bench) -> None:
    run = bench.write(bench.edit("restart", 1.0), reason="stuck", confirmed=True)
    assert run.lines[0].phase is Phase.SENT
    assert bench.line.reads == []
    assert run.undoable == ()


def test_nothing_is_sent_when_the_journal_cannot_be_written(bench: Bench) -> None:
    with bench.book.connected() as db:
        db.execute("create trigger full before insert on journal begin select raise(abort, 'disk full'); end")
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert line.phase is Phase.REFUSED
    assert "disk full" in line.sentence
    assert bench.line.orders == []


def test_a_fault_of_the_program_in_mid_write_leaves_the_truth_open(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(_order: Order) -> Sent:
        raise RuntimeError("boom")

    bench.line.meddle = fault
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.UNSURE, Phase.NOT_REACHED]
    assert run.done
    assert "boom" in caplog.text


def test_a_run_that_is_halted_begins_no_further_line(bench: Bench) -> None:
    def halts(order: Order) -> None:
        bench.line.take(order)
        bench.desk.halt(1)

    bench.line.meddle = halts
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.PROVEN, Phase.NOT_REACHED]


class LateFuture(Future[tuple[Reading, ...]]):
    """One that is not there at the first look."""

    late = True

    def result(self, timeout: float | None = None) -> tuple[Reading, ...]:
        if self.late:
            self.late = False
            raise TimeoutError
        if not self.cancelled():
            self.set_result(self.found)
        return super().result(timeout)

    def __init__(self, found: tuple[Reading, ...]) -> None:
        super().__init__()
        self.found = found


def test_what_a_halted_run_has_begun_is_proven_on_a_busy_line_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.writing.courier.BACK_S", 0.0)
    plain = bench.line.fetch

    def fetch(device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        return LateFuture(plain(device, points).result())

    def halts(order: Order) -> None:
        bench.line.take(order)
        bench.desk.halt(1)

    bench.line.fetch, bench.line.meddle = fetch, halts  # type: ignore[method-assign]
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.PROVEN, Phase.NOT_REACHED]


def test_the_pause_of_the_device_is_kept_between_two_runs_as_well(tmp_path: Path) -> None:
    bench = Bench(tmp_path, HeldClock(), pause_s=60.0)
    waited: list[float] = []

    def wait(seconds: float | None = None) -> bool:
        waited.append(seconds or 0.0)
        return False

    bench.desk._stopping.wait = wait  # type: ignore[method-assign]
    assert bench.write(bench.edit("limit", 55.5)).ok
    assert [seconds for seconds in waited if seconds] == []
    assert bench.write(bench.edit("limit", 60.0)).ok
    assert [0.0 < seconds <= 60.0 for seconds in waited if seconds] == [True]


def test_a_run_that_is_halted_during_the_pause_writes_nothing_more(tmp_path: Path) -> None:
    bench = Bench(tmp_path, HeldClock(), pause_s=60.0)

    def wait(seconds: float | None = None) -> bool:
        if seconds:
            bench.desk.halt(1)
        return False

    bench.desk._stopping.wait = wait  # type: ignore[method-assign]
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert [line.phase for line in run.lines] == [Phase.PROVEN, Phase.NOT_REACHED]
    assert len(bench.line.orders) == 1


def test_what_surely_was_not_sent_is_a_refusal_and_the_line_need_not_come_back(bench: Bench) -> None:
    lost: list[Order] = []

    def dies(order: Order) -> WattelierError:
        lost.append(order)
        return NotSent("the connection failed")

    bench.line.meddle = dies
    bench.line.reading = lambda: LinkError("refused") if lost else None
    (line,) = bench.write(bench.edit("limit", 55.5)).lines
    assert (line.phase, line.sentence) == (Phase.REFUSED, "nothing was written: the connection failed")
    assert not line.written


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (float(0xFFFC), "the device reports error 0xFFFC for this block"),
        (1.0, "the device is still busy with this block"),
        (None, "the device could not be asked what came of it"),
    ],
)
def test_a_block_that_is_not_committed_is_not_proven_by_its_registers(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, state: Value, said: str
) -> None:
    monkeypatch.setattr("core.writing.courier.COMMIT_S", 0.0)
    asked = [False]

    def takes(order: Order) -> Sent:
        bench.line.take(order)
        bench.line.held["commit"] = state
        asked[0] = True
        return Sent(())

    plain = bench.line.fetch

    def fetch(device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        if points[0].id == "commit" and state is None:
            raise CommandRefused("too many commands waiting")
        return plain(device, points)

    bench.line.meddle, bench.line.fetch = takes, fetch  # type: ignore[method-assign]
    run = bench.write(bench.edit("alpha", 5.0))
    (line,) = run.lines
    assert line.phase is Phase.UNSURE
    assert line.sentence.startswith(said)
    assert line.sentence.endswith("it holds the new value, and may not go by it")
    assert bench.desk.watches() == ()
    assert [edit.value for edit in run.put_back] == [1.0]


def test_a_block_that_the_device_is_still_busy_with_is_not_called_unwritten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.writing.courier.COMMIT_S", 0.0)
    bench.line.held["commit"] = 1.0
    bench.line.meddle = lambda _order: Sent(())
    (line,) = bench.write(bench.edit("alpha", 5.0)).lines
    assert line.phase is Phase.UNSURE


def test_a_text_that_is_not_shown_in_full_proves_nothing(bench: Bench) -> None:
    plain = bench.line._reading

    def trimmed(device: str, point: Point, number: int) -> Reading:
        return replace(plain(device, point, number), quality=Quality.UNKNOWN, note="it is longer than shown")

    bench.line._reading = trimmed  # type: ignore[method-assign]
    bench.line.held["mode"] = "timed"
    (line,) = bench.write(bench.edit("mode", "timed", seen="own_use")).lines
    assert line.phase is Phase.CHANGED, "what is not shown in full is not the same"
    (line,) = bench.write(replace(bench.edit("mode", "own_use", seen="timed"))).lines
    assert (line.phase, line.sentence) == (
        Phase.UNSURE,
        "it could not be read back with certainty: it is longer than shown",
    )
    assert len(bench.line.orders) == 1


@pytest.mark.parametrize(
    ("told_after", "answer", "phase"),
    [
        (True, None, Phase.PROVEN),
        (False, Sent(()), Phase.SENT),
        (False, Sent((), refused="no"), Phase.REFUSED),
        (False, Sent((), answered=False), Phase.UNSURE),
    ],
)
def test_what_the_device_tells_no_value_of_can_be_written_the_first_time(
    bench: Bench, told_after: bool, answer: Sent | None, phase: Phase
) -> None:
    plain = bench.line._reading

    def told(device: str, point: Point, number: int) -> Reading:
        reading = plain(device, point, number)
        return replace(reading, quality=Quality.UNKNOWN, note=TOLD_EMPTY) if reading.value is None else reading

    def takes(order: Order) -> Sent | None:
        if told_after:
            bench.line.take(order)
        return answer

    bench.line._reading, bench.line.meddle = told, takes  # type: ignore[method-assign]
    bench.line.held["limit"] = None
    edit = bench.edit("limit", 55.5)
    assert edit.seen is not None
    assert bench.desk.review([edit]).lines[0].fault == "read it first: what the device holds now is not known"
    edit = replace(edit, seen=replace(edit.seen, note=TOLD_EMPTY))
    (asked,) = bench.desk.review([edit]).lines
    assert (asked.fault, asked.blind) == ("", True)
    run = bench.write(edit)
    assert run.lines[0].phase is phase
    assert len(bench.line.orders) == 1
    assert run.put_back == (), "what it held before is not known"


def test_an_unsure_line_is_put_back_whatever_it_was_last_read_as(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.writing.courier.BACK_S", 0.0)
    plain = bench.line._reading
    stale: list[bool] = []

    def old(device: str, point: Point, number: int) -> Reading:
        reading = plain(device, point, number)
        return replace(reading, value=80.0, quality=Quality.STALE, note="silent") if stale else reading

    def takes(order: Order) -> Sent:
        bench.line.take(order)
        stale.append(True)
        return Sent((), answered=False)

    bench.line._reading, bench.line.meddle = old, takes  # type: ignore[method-assign]
    run = bench.write(bench.edit("limit", 55.5))
    assert run.lines[0].phase is Phase.UNSURE
    bench.line.meddle = None
    stale.clear()
    undone = bench.desk.undo(run.number)
    bench.work()
    assert bench.run(undone.number).ok
    assert bench.line.held["limit"] == 80.0


def test_a_run_ends_when_the_book_cannot_be_closed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = bench.book.wear

    @contextmanager
    def breaks() -> Iterator[WearLedger]:
        with plain() as ledger:
            yield ledger
        raise StorageError("disk I/O error")

    monkeypatch.setattr(bench.book, "wear", breaks)
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert run.done
    assert [line.phase for line in run.lines] == [Phase.PROVEN, Phase.PROVEN]
    assert "disk I/O error" in caplog.text
    monkeypatch.undo()
    assert bench.write(bench.edit("limit", 60.0)).ok


def test_a_run_ends_when_the_journal_breaks_in_an_unforeseen_way(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = Journal.append

    def append(journal: Journal, entry: Entry) -> Line:
        if entry.kind == "outcome":
            raise RuntimeError("boom")
        return plain(journal, entry)

    monkeypatch.setattr(Journal, "append", append)
    run = bench.write(bench.edit("limit", 55.5), bench.edit("mode", "timed"))
    assert run.done
    assert [line.phase for line in run.lines] == [Phase.PROVEN, Phase.NOT_REACHED]
    assert "boom" in run.lines[1].sentence
    assert "boom" in caplog.text


def test_a_password_is_forgotten_once_its_run_has_ended(bench: Bench) -> None:
    run = bench.desk.write([bench.edit("pin", "another"), bench.edit("limit", 50.0)])
    assert run.lines[0].edit.value == "another"
    bench.work()
    ended = bench.run(run.number)
    assert [line.edit.value for line in ended.lines] == [None, 50.0]
    assert bench.line.held["pin"] == "another"
    assert [edit.key.point for edit in ended.put_back] == ["limit"]
    with pytest.raises(CommandRefused, match="there is no value"):
        bench.desk.write([line.edit for line in ended.lines[:1]])
