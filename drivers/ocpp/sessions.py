"""The transactions of one station: starts, meter readings, ends and what is done about those that never end.

Everything is kept in the ledger first and answered afterwards. Runs in the line's thread; raises LinkError when the
ledger cannot be written.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from drivers.ocpp.ledger import Ledger, Transaction
from drivers.ocpp.measurands import ENERGY, Sample, samples_of
from drivers.ocpp.messages import Payload, amount, moment, whole, word
from drivers.ocpp.times import Age, StationTime

log = logging.getLogger(__name__)

MOST_CONNECTORS = 16
MOST_TAG = 64  # OCPP allows 20 characters
BEGAN_ANOTHER = "the station has begun another transaction on this connector"
IS_AVAILABLE = "the station says that the connector is available"
COUNTS_ANOTHER = "the station counts for another transaction on this connector"
LOCAL = "Local"  # what OCPP takes where a station gives no reason
WENT_BACK = "the station's meter has gone back during the session"
NOT_ITS_METER = "the station's meter does not count on from its value at the start of the session"

SLACK_WH = 10.0  # by which two readings of one meter may disagree, where it counts finely
END_SLACK_WH = 1000.0  # … and its value at the end, which may be finer than those before
MOST_W = 400_000.0  # what a station can deliver
AT_ONCE_WH = 50_000.0  # more than this on top, at the first reading: a meter that counts for ever, and 0 at the start


class Sessions:
    """Open and last transaction of each connector of the station ``identity``."""

    def __init__(self, identity: str, ledger: Ledger) -> None:
        self.time = StationTime()
        self.newest: dict[int, Transaction] = {}
        self._identity, self._ledger = identity, ledger
        self._counted: dict[int, tuple[int, float]] = {}  # by connector: transaction and stamp of its newest reading

    def recall(self, connectors: Sequence[int]) -> None:
        """Take up what was running when this program ended, and the last one of each connector."""
        for connector in connectors:
            if (last := self._ledger.last(self._identity, connector)) is not None:
                self.newest[connector] = last
        for running in self._ledger.running(self._identity):
            self.newest[running.connector] = running

    def running(self, connector: int) -> Transaction | None:
        """The open transaction of a connector."""
        found = self.newest.get(connector)
        return found if found is not None and found.open else None

    def open(self) -> list[Transaction]:
        """Every open transaction."""
        return [entry for entry in self.newest.values() if entry.open]

    def start(self, payload: Payload, now: float, refused: str = "") -> Transaction:
        """A StartTransaction; ``refused`` says why its badge was not accepted: it has a number all the same."""
        connector = whole(payload.get("connectorId")) or 0
        text = word(payload.get("timestamp"))[:MOST_TAG]
        at = moment(text)
        started, sure = self.time.ours(at, now)
        entry = self._ledger.begin(
            self._identity,
            connector,
            word(payload.get("idTag"))[:MOST_TAG],
            _wh(payload.get("meterStart")),
            started=started,
            stamp=text,
            note=refused,
            unsure=not sure,
            repeats=at is not None,
        )
        for other in self._ledger.running(self._identity, connector):
            if other.id != entry.id:
                self._orphan(other, now, BEGAN_ANOTHER)
        self._remember(entry)
        return entry

    def stop(self, payload: Payload, now: float) -> Transaction | None:
        """A StopTransaction; None when it belongs to no transaction known here (it is recorded)."""
        number, tag = whole(payload.get("transactionId")), word(payload.get("idTag"))[:MOST_TAG]
        meter, reason = _wh(payload.get("meterStop")), word(payload.get("reason"))[:MOST_TAG] or LOCAL
        stamp = word(payload.get("timestamp"))[:MOST_TAG]
        entry = self._ledger.find(number, self._identity) or self._meant(number, tag, meter)
        if entry is None:
            self._ledger.orphan(now, self._identity, number, meter, stamp=stamp, reason=reason, tag=tag)
            log.warning("station %s: the end of the unknown transaction %s is recorded", self._identity, number)
            return None
        if entry.closed_by == "station":
            return entry  # sent twice
        for samples in sorted(samples_of(payload.get("transactionData")), key=_stamp_of)[-1:]:
            entry = self._count(entry, samples, now) or entry
        stopped, sure = self.time.ours(moment(stamp), now)
        if meter is not None:
            entry = self._doubted(entry, float(meter), moment(stamp), now, END_SLACK_WH)
        return self._keep(self._ledger.close_by_station(entry.id, meter, stopped, reason, tag, unsure=not sure))

    def meter(self, payload: Payload, moments: Sequence[Sequence[Sample]], ages: Sequence[Age], now: float) -> int:
        """Count a MeterValues message for its transaction; return the connector that it tells of."""
        connector, number = whole(payload.get("connectorId")) or 0, whole(payload.get("transactionId"))
        live = Age.LIVE in ages
        entry = self._ledger.find(number, self._identity)
        if entry is None and number is not None and number > 0 and live:
            entry = self._adopt(number, connector, now)
        if entry is None:
            entry = self.running(connector) if live else None
        elif entry.closed_by == "us" and live:
            entry = self._keep(self._ledger.reopen(entry.id))
            for other in self._ledger.running(self._identity, entry.connector):
                if other.id != entry.id:
                    self._orphan(other, now, COUNTS_ANOTHER)
        if entry is not None and entry.closed_by != "station":
            for samples in moments:
                entry = self._count(entry, samples, now) or entry
        return connector if entry is None or connector > 0 else entry.connector

    def available(self, connector: int, at: float | None, now: float) -> Transaction | None:
        """The station says that the connector is free; return the transaction that had no end, closed by us."""
        entry = self.running(connector)
        if entry is None:
            return None
        began = moment(entry.stamp)
        if at is not None and began is not None and at < began:
            return None  # told before the transaction began, and late
        return self._orphan(entry, now, IS_AVAILABLE)

    def _meant(self, number: int | None, tag: str, meter: int | None) -> Transaction | None:
        """A station that has lost its number says 0 or -1: it means the only one that runs with this badge."""
        if number is not None and number > 0:
            return None
        running = [entry for entry in self._ledger.running(self._identity) if not tag or entry.tag == tag]
        if len(running) != 1 or (meter is not None and meter < (running[0].meter_start or 0)):
            return None
        return running[0]

    def _adopt(self, number: int, connector: int, now: float) -> Transaction | None:
        if connector < 1:
            return None
        before = self._ledger.running(self._identity, connector)
        entry = self._ledger.adopt(number, self._identity, connector, now)
        if entry is None:
            return None
        log.warning("station %s: transaction %d was running and is not known here", self._identity, number)
        for other in before:
            self._orphan(other, now, COUNTS_ANOTHER)
        return self._keep(entry)

    def _count(self, entry: Transaction, samples: Sequence[Sample], now: float) -> Transaction | None:
        register = next((one for one in samples if one.measurand == ENERGY and not one.phase), None)
        if register is None or register.doubt:
            return None
        number, newest = self._counted.get(entry.connector, (0, 0.0))
        if register.at is not None and number == entry.id and register.at < newest:
            return None  # it comes late, out of a queue
        if register.at is not None and 0 <= entry.connector <= MOST_CONNECTORS:
            self._counted[entry.connector] = entry.id, register.at
        at, _ = self.time.ours(register.at, now)
        if entry.last_at is None or entry.last_at <= at:
            self._doubted(entry, register.value, register.at, now, max(SLACK_WH, 2.0 * register.step))
        counted = self._ledger.meter(entry.id, register.value, at)
        return self._keep(counted) if counted is not None else None

    def _doubted(self, entry: Transaction, reading: float, at: float | None, now: float, slack: float) -> Transaction:
        """Notice a meter (Wh) that has been reset or replaced, or is not the one that was told at the start."""
        start, before = entry.meter_start, entry.last_meter
        if start is None:
            return entry
        began = moment(entry.stamp)
        seconds = max(0.0, now - entry.started if at is None or began is None else at - began)
        if before is not None and reading < before - slack:
            return self._ledger.doubt(entry.id, WENT_BACK)
        most = start + AT_ONCE_WH + MOST_W * seconds / 3600.0
        if reading < start - slack or (before is None and reading > most):
            return self._ledger.doubt(entry.id, NOT_ITS_METER)
        return entry

    def _orphan(self, entry: Transaction, now: float, why: str) -> Transaction:
        log.warning("station %s: transaction %d is closed: %s", self._identity, entry.id, why)
        return self._keep(self._ledger.close_as_orphan(entry.id, now, why))

    def _keep(self, entry: Transaction) -> Transaction:
        known = self.newest.get(entry.connector)
        if known is None or known.id == entry.id or not known.open or entry.open:
            self._remember(entry)
        return entry

    def _remember(self, entry: Transaction) -> None:
        if 0 <= entry.connector <= MOST_CONNECTORS:  # others are in the ledger alone
            self.newest[entry.connector] = entry


def _stamp_of(samples: Sequence[Sample]) -> float:
    return next((sample.at for sample in samples if sample.at is not None), 0.0)


def _wh(value: object) -> int | None:
    """A meter reading in whole Wh; None when it is none."""
    number = amount(value)
    return round(number) if number is not None and 0 <= number < 1e12 else None
