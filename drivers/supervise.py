"""Builds a running site: lines, hub, recorder, station. Everything but the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.book import PointBook
from core.config import Site
from core.errors import ProfileError
from core.facade import Fan, Station
from core.hub import Hub
from core.points import Point
from core.protocols import Clock, SystemClock
from core.storage.schema import StorageError
from core.storage.writer import Recorder
from drivers.registry import Wiring, build_line


def open_station(site: Site, database: Path | None, clock: Clock | None = None, *, as_found: bool = False) -> Station:
    """A station over ``site``, not yet started; its history is kept in ``database`` (None: nothing is recorded).

    ``as_found``: at the first connection of a device, keep what is set in it, beside the history. No port is opened
    before ``station.start()``. Raises ProfileError with one sentence when the history file can never be used or a link
    is of an unknown kind.
    """
    clock = clock or SystemClock()
    book, hub = PointBook(site), Hub(clock)

    def settled(device: str, points: Sequence[Point]) -> None:
        book.settle(device, points)
        hub.keep_only(device, (point.id for point in points))
        hub.expect(book.periods(device))

    try:
        recorder = Recorder(database, book.find, site.period_s, site.time_zone.key, clock=clock) if database else None
    except StorageError as err:
        raise ProfileError(str(err)) from err
    sink = Fan(hub, recorder) if recorder else hub
    ledger = database.with_name(f"{database.stem}.ocpp.sqlite") if database else None
    wiring = Wiring(sink, clock, settled, ledger)
    lines = {link.id: build_line(link, site.devices_on(link.id), wiring) for link in site.links}
    return Station(
        site, book=book, hub=hub, lines=lines, recorder=recorder, database=database, clock=clock, as_found=as_found
    )
