"""Messages, measurands, time stamps and the ledger, one by one."""

from __future__ import annotations

import asyncio
import gc
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ocpp.v16 import call
from websockets.protocol import State

from core.errors import LinkError
from core.frames import FrameRing
from core.protocols import SystemClock
from core.storage.upgrade import copies_of
from drivers.ocpp.ledger import EPOCH, Ledger
from drivers.ocpp.measurands import samples_of
from drivers.ocpp.messages import amount, is_secret, kept, moment, stamp, whole
from drivers.ocpp.session import Session, Tally
from drivers.ocpp.station import Station
from drivers.ocpp.times import Age, Sequel, StationTime

NOON = 1_772_452_800.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-03-02T12:00:00Z", NOON),
        ("2026-03-02T12:00:00", NOON),
        ("2026-03-02 12:00:00Z", NOON),
        ("2026-03-02T13:00:00+01:00", NOON),
        ("2026-03-02T13:00:00+0100", NOON),
        ("2026-03-02T12:00:00.1234567Z", NOON + 0.1234567),
        ("2026-03-02T12:00Z", NOON),
        ("1970-01-01T00:00:00Z", None),
        ("0000-00-00T00:00:00Z", None),
        ("2026-02-30T12:00:00Z", None),
        ("yesterday", None),
        ("", None),
        (12, None),
        (None, None),
    ],
)
def test_time_stamps_are_read_with_tolerance(text: object, seconds: float | None):
    assert moment(text) == (None if seconds is None else pytest.approx(seconds))


def test_our_own_stamps_are_read_back():
    assert moment(stamp(NOON)) == NOON


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("230.1", 230.1),
        ("230,1", 230.1),
        (" 5 ", 5.0),
        (7, 7.0),
        ("-3", -3.0),
        ("1e3", 1000.0),
        ("", None),
        ("x", None),
        ("nan", None),
        ("1_000", None),
        ("0x10", None),
        (True, None),
        ([], None),
        ("1e999", None),
        (float("inf"), None),
    ],
)
def test_numbers_are_numbers_or_nothing(value: object, number: float | None):
    assert amount(value) == number


def test_whole_numbers():
    assert [whole(value) for value in (3, "3", 3.0, "3.0", 3.5, "x", None, True)] == [
        3,
        3,
        3,
        3,
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("AuthorizationKey", True),
        ("proxyPassword", True),
        ("SmtplPassword", True),
        ("wifi_passphrase", True),
        ("ClientSecret", True),
        ("HeartbeatInterval", False),
        ("allowpluggedcable", False),
        ("timezone", False),
        ("StopTransactionOnInvalidId", False),
        ("defaultidtag", False),
    ],
)
def test_secret_keys_are_known_by_their_names(key: str, secret: bool):
    assert is_secret(key) is secret


def test_what_is_kept_of_a_message_holds_no_secret():
    told = [
        3,
        "1",
        {
            "configurationKey": [
                {"key": "AuthorizationKey", "readonly": False, "value": "s3cret"},
                {"key": "A", "readonly": True, "value": "b"},
            ]
        },
    ]
    assert json.loads(kept(json.dumps(told)))[2]["configurationKey"][0] == {
        "key": "AuthorizationKey",
        "readonly": False,
        "value": "***",
    }
    write = [2, "1", "ChangeConfiguration", {"key": "FtpPassword", "value": "s3cret"}]
    fetch = [2, "1", "UpdateFirmware", {"location": "ftp://me:s3cret@host/x"}]
    for message in (told, write, fetch):
        assert b"s3cret" not in kept(json.dumps(message))
        assert b"s3cret" not in kept(json.dumps(message)[:-3])  # cut off on the way
    harmless = '[2, "1", "Heartbeat", {}]'
    assert kept(harmless) == harmless.encode()


def sample(**entry: Any) -> Any:
    (moments,) = samples_of([{"timestamp": stamp(NOON), "sampledValue": [entry]}])
    return moments[0]


@pytest.mark.parametrize(
    ("entry", "path", "value", "unit", "doubt"),
    [
        ({"value": "1500"}, "Energy-Active-Import-Register", 1500.0, "Wh", False),
        ({"value": "1.5", "unit": "kWh"}, "Energy-Active-Import-Register", 1500.0, "Wh", False),
        ({"value": "7.4", "unit": "kW", "measurand": "Power.Active.Import"}, "Power-Active-Import", 7400.0, "W", False),
        ({"value": "7", "unit": "Watt", "measurand": "Power.Active.Import"}, "Power-Active-Import", 7.0, "W", False),
        ({"value": "7.4", "measurand": "Power.Active.Import"}, "Power-Active-Import", 7.4, "W", True),
        ({"value": "7.4", "unit": "kVA", "measurand": "Power.Active.Import"}, "Power-Active-Import", 7.4, "W", True),
        ({"value": "16", "measurand": "Current.Import", "phase": "L1"}, "Current-Import.L1", 16.0, "A", False),
        ({"value": "16", "measurand": "Current.Import"}, "Current-Import", 16.0, "A", True),
        ({"value": "231", "measurand": "Voltage", "phase": "L2-N"}, "Voltage.L2", 231.0, "V", False),
        ({"value": "400", "measurand": "Voltage", "phase": "L1-L2"}, "Voltage.L1-L2", 400.0, "V", False),
        ({"value": "300", "unit": "K", "measurand": "Temperature"}, "Temperature", 26.85, "°C", False),
        ({"value": "50", "unit": "Fahrenheit", "measurand": "Temperature"}, "Temperature", 10.0, "°C", False),
        ({"value": "57", "unit": "Percent", "measurand": "SoC"}, "SoC", 57.0, "%", False),
    ],
)
def test_sampled_values_come_in_inner_units(entry: Any, path: str, value: float, unit: str, doubt: bool):
    found = sample(**entry)
    assert found.path == f"MeterValues.{path}"
    assert found.value == pytest.approx(value)
    assert found.unit == unit
    assert bool(found.doubt) is doubt


def test_the_outlet_is_preferred_and_signed_data_left_out():
    (found,) = samples_of(
        {
            "timestamp": stamp(NOON),
            "sampledValue": [
                {"value": "9000", "unit": "W", "measurand": "Power.Active.Import", "location": "Inlet"},
                {"value": "7000", "unit": "W", "measurand": "Power.Active.Import"},
                {"value": "8000", "unit": "W", "measurand": "Power.Active.Import", "location": "Body"},
                {"value": "AB01", "format": "SignedData"},
            ],
        }
    )
    assert [entry.value for entry in found] == [7000.0]


def test_a_total_is_made_of_the_phases():
    phases = [
        {"value": str(value), "unit": "A", "measurand": "Current.Import", "phase": f"L{place}"}
        for place, value in enumerate((10.0, 11.0, 12.0), 1)
    ]
    wrong = {"value": "10.0", "unit": "A", "measurand": "Current.Import"}
    watts = [{"value": "2300", "unit": "W", "measurand": "Power.Active.Import", "phase": "L1"}]
    (found,) = samples_of([{"timestamp": "", "sampledValue": [*phases, wrong, *watts]}])
    totals = {entry.measurand: entry.value for entry in found if not entry.phase}
    assert totals == {"Current.Import": 33.0, "Power.Active.Import": 2300.0}


def test_a_clock_that_is_hours_off_is_told_from_a_queue():
    clock = StationTime()
    assert clock.age(NOON - 7200.0, NOON) is Age.QUEUED  # who knows?
    assert clock.age(NOON - 7200.0 + 30.0, NOON + 30.0) is Age.LIVE  # it keeps pace: two hours off
    assert clock.age(NOON - 7200.0 + 60.0, NOON + 60.0) is Age.LIVE
    assert clock.age(NOON - 9000.0, NOON + 61.0) is Age.QUEUED


def test_a_queue_is_never_live_however_long_it_is():
    clock = StationTime()
    ages = [clock.age(NOON - 36_000.0 + 60.0 * place, NOON + 0.1 * place) for place in range(590)]
    assert set(ages) == {Age.QUEUED}
    assert clock.age(NOON + 60.0, NOON + 60.0) is Age.LIVE


def test_an_odd_offset_is_shown_as_doubtful():
    clock = StationTime()
    clock.age(NOON - 500.0, NOON)
    assert clock.age(NOON - 440.0, NOON + 60.0) is Age.DOUBTFUL


def test_a_missing_stamp_counts_as_now():
    assert StationTime().age(None, NOON) is Age.LIVE


def test_a_clock_that_is_ahead_is_believed_once_it_keeps_pace():
    clock = StationTime()
    assert clock.age(NOON + 3600.0, NOON) is Age.DOUBTFUL  # of now, or queued by a clock that is hours ahead?
    assert clock.age(NOON + 3630.0, NOON + 30.0) is Age.LIVE
    assert clock.age(NOON + 3660.0, NOON + 60.0) is Age.LIVE
    assert clock.ours(NOON + 3690.0, NOON + 90.0) == (NOON + 90.0, True)


def test_a_queue_of_a_clock_that_is_ahead_is_not_of_now():
    clock = StationTime(offset_s=-3600.0)
    stamps = [NOON + 3600.0 - 60.0 * minutes for minutes in range(50, 3, -1)]  # in our future, and yet of the past
    assert {clock.age(stamp, NOON + 0.1 * place) for place, stamp in enumerate(stamps)} == {Age.QUEUED}
    assert clock.ours(stamps[0], NOON) == (NOON - 3000.0, False)
    assert clock.age(NOON + 3605.0, NOON + 5.0) is Age.LIVE


def test_a_clock_that_is_set_right_is_believed_once_it_keeps_pace():
    clock = StationTime(offset_s=-3600.0)
    assert clock.age(NOON, NOON) is Age.QUEUED  # it may as well be an hour old
    assert clock.age(NOON + 30.0, NOON + 30.0) is Age.LIVE
    assert clock.offset_s == 0.0


def begin(ledger: Ledger, connector: int = 1, tag: str = "A", stamped: str = "t1") -> int:
    return ledger.begin("CP1", connector, tag, 1000, started=NOON, stamp=stamped).id


def test_numbers_of_transactions_are_never_given_out_twice(tmp_path: Path):
    given: set[int] = set()
    for run in range(3):
        ledger = Ledger(tmp_path / "ledger.sqlite", first=5)
        fresh = {begin(ledger, stamped=f"{run}-{place}") for place in range(10)}
        assert not fresh & given
        assert all(0 < number < 2**31 for number in fresh)
        given |= fresh
        ledger.close()
    assert min(given) == 5


def test_an_adopted_number_is_not_given_out_again():
    ledger = Ledger(None, first=10)
    assert ledger.adopt(10, "CP1", 1, NOON) is not None
    assert ledger.adopt(10, "CP2", 1, NOON) is None
    assert ledger.adopt(2**31, "CP1", 1, NOON) is None
    assert begin(ledger) == 11
    ledger.close()


def test_without_a_file_numbers_differ_from_run_to_run_by_the_clock():
    assert 0 < int(NOON) - EPOCH < 2**31


def test_a_transaction_survives_exactly(tmp_path: Path):
    ledger = Ledger(tmp_path / "l.sqlite")
    number = begin(ledger, 2, "04A2", "2026-03-02T12:00:00Z")
    ledger.meter(number, 1750.5, NOON + 60.0)
    ledger.meter(number, 9.0, NOON + 30.0)  # an older reading changes nothing
    ledger.close()
    ledger = Ledger(tmp_path / "l.sqlite")
    (found,) = ledger.running("CP1")
    assert (found.id, found.connector, found.tag, found.meter_start, found.last_meter) == (
        number,
        2,
        "04A2",
        1000,
        1750.5,
    )
    ended = ledger.close_by_station(number, 3000, NOON + 600.0, "Remote")
    ledger.close()
    ledger = Ledger(tmp_path / "l.sqlite")
    assert ledger.find(number) == ended
    assert ledger.running("CP1") == []
    assert ended.energy == 2000.0
    ledger.close()


def test_a_file_that_is_no_ledger_is_a_sentence(tmp_path: Path):
    file = tmp_path / "x.sqlite"
    file.write_text("this is no database, whatever its name says" * 50)
    with pytest.raises(LinkError, match="file of transactions"):
        Ledger(file)
    with pytest.raises(LinkError, match="file of transactions"):
        Ledger(tmp_path)


def test_a_ledger_that_fails_while_it_is_used_is_a_sentence(tmp_path: Path):
    ledger = Ledger(tmp_path / "l.sqlite")
    other = sqlite3.connect(tmp_path / "l.sqlite")
    other.execute("drop table transactions")
    other.commit()
    other.close()
    with pytest.raises(LinkError, match="file of transactions"):
        begin(ledger)
    ledger.close()


def test_what_was_measured_before_something_already_shown_is_past():
    sequel = Sequel()
    assert [sequel.is_past(at, NOON) for at in (None, 100.0, 100.0, 110.0, None, 105.0, 109.9, 110.0)] == [
        *(False,) * 5,
        True,
        True,
        False,
    ]


def test_a_clock_that_was_set_back_is_believed_at_its_second_measurement():
    sequel = Sequel()
    moments = [(1000.0, 0.0), (1030.0, 30.0), (960.0, 60.0), (990.0, 90.0), (1020.0, 120.0), (1010.0, 121.0)]
    assert [sequel.is_past(at, now) for at, now in moments] == [False, False, True, False, False, True]


def test_a_call_that_the_end_of_the_connection_overtakes_tells_it_once(caplog: pytest.LogCaptureFixture):
    """It fails as it is sent, and the answer that nobody waits for any more fails too: no complaint in the log."""

    class Cut:
        state = State.OPEN

        async def send(self, message: str) -> None:
            del message
            session.end()
            raise OSError("cut")

        async def recv(self) -> str:
            raise OSError("cut")

    async def go() -> None:
        with pytest.raises(LinkError, match="has ended"):
            await session.request(call.ClearCache())
        gc.collect()

    found = made(Ledger(None))
    session = Session(found, Cut(), frames=FrameRing("x"), clock=SystemClock(), tally=Tally(), booted=lambda: None)
    asyncio.run(go())
    assert not caplog.records


def made(ledger: Ledger) -> Station:
    class Nowhere:
        def put(self, readings: object) -> None:
            del readings

    return Station("CP1", [], ledger, Nowhere())


def test_a_ledger_of_the_first_version_keeps_its_transactions_and_a_copy(tmp_path: Path):
    file = tmp_path / "l.sqlite"
    ledger = Ledger(file)
    number = begin(ledger)
    ledger.close()
    with closing(sqlite3.connect(file)) as db, db:
        for column in ("unsure", "doubt"):
            db.execute(f"alter table transactions drop column {column}")
        db.execute("pragma user_version = 1")
    ledger = Ledger(file)
    assert [found.id for found in ledger.running("CP1")] == [number]
    ledger.close()
    (copy,) = copies_of(file)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("pragma user_version").fetchone() == (1,)
        assert db.execute("select id from transactions").fetchall() == [(number,)]


def test_a_newer_ledger_is_refused_and_not_touched(tmp_path: Path):
    file = tmp_path / "l.sqlite"
    Ledger(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma journal_mode = delete")
        db.execute("pragma user_version = 9")
    before = file.read_bytes()
    with pytest.raises(LinkError, match=r"^\S+ was written by a newer Wattelier \(9\); open it with that version\.$"):
        Ledger(file)
    assert file.read_bytes() == before
