"""What must never be shown as good: what was measured before, by a meter that began anew, or at an unknown time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from ocpp.v16 import call

from drivers.ocpp import ledger as ledgers
from drivers.ocpp import sessions
from drivers.ocpp.ledger import Ledger
from tests.drivers.ocpp.judge import Judge, Site, calling, now_text, station


def talk(site: Site, what: Callable[[Judge], Awaitable[None]]) -> None:
    async def go() -> None:
        async with calling(site.place) as point:
            await what(point)

    asyncio.run(go())


def energy(wh: float, unit: str = "Wh") -> dict[str, Any]:
    return {"value": f"{wh:g}", "measurand": "Energy.Active.Import.Register"} | ({"unit": unit} if unit else {})


def power(watts: float, **more: str) -> dict[str, Any]:
    return {"value": str(watts), "measurand": "Power.Active.Import", "unit": "W", **more}


def amperes(value: float, phase: str) -> dict[str, Any]:
    return {"value": str(value), "measurand": "Current.Import", "unit": "A", "phase": phase}


async def rests(point: Judge, state: str, at: str) -> None:
    await point.call(call.StatusNotification(1, "NoError", state, at))  # type: ignore[arg-type]


def test_what_was_measured_before_the_contactor_opened_does_not_come_back():
    async def go(point: Judge) -> None:
        await point.tell("Charging")
        await point.meter(power(7360), amperes(32, "L1"))
        await rests(point, "Finishing", now_text(-1))
        await point.meter(power(7360), amperes(32, "L1"), at=now_text(-3))
        assert (site.value("power"), site.quality("power")) == (0.0, "good")
        assert (site.value("current_l1"), site.quality("current_l1")) == (0.0, "good")

    with Site([station()]) as site:
        talk(site, go)


def test_a_power_where_the_station_says_that_nothing_flows_is_doubtful():
    async def go(point: Judge) -> None:
        await rests(point, "Available", now_text(-60))
        await point.meter(power(4), energy(1234))
        assert (site.value("power"), site.quality("power")) == (4.0, "good")  # its own electronics
        await point.meter(power(7360), amperes(32, "L1"), energy(1300))
        assert site.quality("power") == site.quality("current_l1") == "unknown"
        assert site.reading("power").note == "measured while the station says that nothing flows"  # type: ignore[union-attr]
        assert (site.value("energy"), site.quality("energy")) == (1300.0, "good")
        await point.tell("Charging")
        await point.meter(power(7360))
        assert site.quality("power") == "good"

    with Site([station()]) as site:
        talk(site, go)


@pytest.mark.parametrize(
    ("start", "readings", "why"),
    [
        (1000, [1200, 1500, 20, 700], sessions.WENT_BACK),  # replaced, or reset by a restart
        (1000, [1200, 1500, 20, 2500], sessions.WENT_BACK),  # … and later beyond where it was
        (4294967000, [4294967290, 500], sessions.WENT_BACK),  # rolled over
        (5000, [10, 3000, 6000], sessions.NOT_ITS_METER),  # counts each session by itself
        (0, [612_345, 612_900], sessions.NOT_ITS_METER),  # counts for ever, and says 0 at the start
    ],
)
def test_the_energy_of_a_session_is_not_known_where_its_meter_begins_anew(
    start: int, readings: Sequence[float], why: str
):
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", start, now_text()))
        for reading in readings:
            await point.meter(energy(reading), number=begun.transaction_id)
        found = site.reading("session_energy")
        assert found is not None
        assert (found.value, found.quality, found.note) == (None, "unknown", why)
        assert (site.value("energy"), site.quality("energy")) == (readings[-1], "good")
        await point.call(call.StopTransaction(int(readings[-1]) + 10, now_text(), begun.transaction_id))
        assert site.value("session") == "ended"
        assert site.value("session_energy") is None
        again = await point.call(call.StartTransaction(1, "A", 8000, now_text()))
        await point.meter(energy(8250), number=again.transaction_id)
        assert (site.value("session_energy"), site.quality("session_energy")) == (250.0, "good")

    with Site([station()]) as site:
        talk(site, go)


@pytest.mark.parametrize(
    ("start", "readings", "unit", "last", "wh"),
    [
        (1000, [1.5, 2.25], "kWh", 2400, 1400.0),
        (1000, [1500, 1499], "Wh", 1600, 600.0),  # a watt-hour of noise
        (1234, [1, 2], "kWh", 2800, 1566.0),  # counts in whole kWh
        (1000, [1500], "", 1600, 600.0),  # no unit: Wh, says OCPP
        (0, [500, 9000], "Wh", 9100, 9100.0),  # counts from the start of the session
    ],
)
def test_the_energy_of_a_session_is_right_whatever_the_unit(
    start: int, readings: Sequence[float], unit: str, last: int, wh: float
):
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", start, now_text()))
        for reading in readings:
            await point.meter(energy(reading, unit), number=begun.transaction_id)
        await point.call(call.StopTransaction(last, now_text(), begun.transaction_id))
        assert (site.value("session_energy"), site.quality("session_energy")) == (wh, "good")

    with Site([station()]) as site:
        talk(site, go)


def test_an_end_that_brings_its_samples_along_counts_the_last_of_them_alone():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        await point.meter(energy(1500), number=begun.transaction_id)
        data = [
            {"timestamp": now_text(-9), "sampled_value": [energy(1000) | {"context": "Transaction.Begin"}]},
            {"timestamp": now_text(), "sampled_value": [energy(1600) | {"context": "Transaction.End"}]},
        ]
        await point.call(call.StopTransaction(1600, now_text(), begun.transaction_id, transaction_data=data))
        assert (site.value("session_energy"), site.quality("session_energy")) == (600.0, "good")

    with Site([station()]) as site:
        talk(site, go)


def test_times_that_cannot_be_placed_stay_doubtful_over_a_restart_of_ours(tmp_path: Path):
    ledger = tmp_path / "ledger.sqlite"

    async def begin(point: Judge) -> None:
        await point.call(call.StartTransaction(1, "A", 1000, now_text(-5400)))
        assert site.quality("session_time") == site.quality("session_start") == "unknown"

    async def after(point: Judge) -> None:
        await point.call(call.Heartbeat())
        assert site.value("session") == "running"
        assert site.quality("session_time") == site.quality("session_start") == "unknown"

    with Site([station()], ledger=ledger) as site:
        talk(site, begin)
    with Site([station()], ledger=ledger) as site:
        talk(site, after)


def test_an_end_out_of_a_queue_leaves_the_duration_doubtful():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, now_text()))
        assert site.quality("session_time") == "good"
        await point.call(call.StopTransaction(1600, now_text(-3600), begun.transaction_id))
        assert site.quality("session_time") == site.quality("session_stop") == "unknown"
        assert (site.value("session_energy"), site.quality("session_energy")) == (600.0, "good")

    with Site([station()]) as site:
        talk(site, go)


def test_durations_are_whole_seconds():
    async def go(point: Judge) -> None:
        begun = await point.call(call.StartTransaction(1, "A", 1000, ""))
        await asyncio.sleep(0.02)
        await point.call(call.StopTransaction(1600, "", begun.transaction_id))

    with Site([station()]) as site:
        talk(site, go)
        times = [reading.value for reading in site.all if reading.key.point == "session_time"]
        assert times
        assert all(isinstance(value, float) and value == round(value) for value in times)


def test_a_station_without_a_clock_begins_a_new_session_each_time():
    async def go(point: Judge) -> None:
        first = await point.call(call.StartTransaction(1, "A", 0, "0000-00-00T00:00:00Z"))
        await point.meter(energy(700), number=first.transaction_id)
        second = await point.call(call.StartTransaction(1, "A", 0, "0000-00-00T00:00:00Z"))
        assert second.transaction_id != first.transaction_id
        assert site.value("session_energy") is None

    with Site([station()]) as site:
        talk(site, go)


def test_the_sockets_of_a_station_are_not_mixed():
    async def go(point: Judge) -> None:
        for connector, meter in ((1, 1000), (2, 50_000)):
            await point.tell("Charging", connector)
            numbers[connector] = (
                await point.call(call.StartTransaction(connector, f"B{connector}", meter, now_text()))
            ).transaction_id
        await point.meter(power(7000), energy(1400), connector=1, number=numbers[1])
        await point.meter(power(3000), energy(50_100), connector=2, number=numbers[2])
        await point.meter(energy(1700), connector=0, number=numbers[1])  # its number says whose it is
        await point.tell("Finishing", 2)
        await point.call(call.StopTransaction(50_200, now_text(), numbers[2]))
        assert (site.value("power", "cp1-1"), site.quality("power", "cp1-1")) == (7000.0, "good")
        assert site.value("power", "cp1-2") == 0.0
        assert (site.value("session_energy", "cp1-1"), site.value("session_energy", "cp1-2")) == (700.0, 200.0)
        assert (site.value("session", "cp1-1"), site.value("session", "cp1-2")) == ("running", "ended")

    numbers: dict[int, int] = {}
    with Site([station(unit=1), station(unit=2)]) as site:
        talk(site, go)


def test_a_ledger_of_the_first_version_is_taken_over(tmp_path: Path):
    file = tmp_path / "ledger.sqlite"
    Ledger(file, 100).close()
    with sqlite3.connect(file) as db:
        for column in ("unsure", "doubt"):
            db.execute(f"alter table transactions drop column {column}")
        db.execute("pragma user_version = 1")
        db.execute(
            "insert into transactions (id, station, connector, tag, meter_start, started, stamp) "
            "values (7, 'CP1', 1, 'A', 1000, 1e9, 't')"
        )
    db.close()
    for doubt in ("", "why"):
        kept = Ledger(file)
        (found,) = kept.running("CP1")
        assert (found.id, found.meter_start, found.unsure, found.doubt) == (7, 1000, False, doubt)
        kept.doubt(7, "why")
        kept.close()


def test_the_ledger_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ledgers, "KEPT", 5)
    kept = Ledger(None)
    first = kept.begin("CP1", 1, "A", 0, started=0.0, stamp="")
    for number in range(20):
        begun = kept.begin("CP1", 2, "A", 0, started=float(number), stamp="")
        kept.close_by_station(begun.id, 10, float(number), "Local")
    assert kept.running("CP1", 1) == [first]  # what runs stays
    assert sum(kept.find(number) is not None for number in range(1, 30)) <= 7
    kept.close()


def test_a_measurement_that_comes_after_a_newer_one_is_not_shown():
    async def go(point: Judge) -> None:
        await point.tell("Charging")
        await point.meter(power(5000), at=now_text(-10))
        await point.meter(power(3000), at=now_text(-40))
        assert site.value("power") == 5000.0
        await point.meter(power(4000), at=now_text())
        assert site.value("power") == 4000.0

    with Site([station()]) as site:
        talk(site, go)
