"""``wattelier record``: the same acquisition and storage as the window's, without it."""

from __future__ import annotations

import argparse
import time

from core.facade import Station
from core.paths import usable_data
from core.points import PointKey
from drivers.supervise import open_station
from gui.verbs.read import text
from gui.verbs.source import database, opened_site, system_language

STEP_S = 0.2


def record(options: argparse.Namespace) -> int:
    """Acquire until the time is over or Ctrl-C; everything is committed at the end."""
    if options.db is None:
        usable_data()  # nobody looks at this: it says at once that it would be in vain
    with opened_site(options) as site:
        file = database(options, site)
        station = open_station(site, file, as_found=True)
        print(f"recording {site.name} to {file}; Ctrl-C ends", flush=True)
        try:
            station.start()
            _wait(station, options.seconds)
            if options.table:
                print(table(station, options.language or system_language()))
            if options.shot is not None:
                from gui.verbs.window import picture

                picture(station, "overview", options.shot, language=options.language or system_language())
                print(f"what the window shows: {options.shot}")
        finally:
            station.stop()
        status = station.recorder_status()
        if status.error:
            print(f"the history could not be written: {status.error}")
            return 1
        print(f"recorded {status.points} points to {file}")
    return 0


def _wait(station: Station, seconds: float | None) -> None:
    end = None if seconds is None else time.monotonic() + seconds
    told = ""
    try:
        while end is None or time.monotonic() < end:
            time.sleep(STEP_S if end is None else max(0.0, min(STEP_S, end - time.monotonic())))
            error = station.recorder_status().error
            if error != told:
                print(f"history: {error or 'written again'}", flush=True)
                told = error
    except KeyboardInterrupt:
        print("ending", flush=True)


def table(station: Station, language: str) -> str:
    """The live values of the site and of every device, by role first: what the window would show in words."""
    lines: list[str] = []
    for status in (station.link_status(link.id) for link in station.links()):
        lines.append(f"{status.link}: {status.state}{f', {status.error}' if status.error else ''}")
    for device, title in [("site", station.site.name), *((view.id, view.config.title) for view in station.devices())]:
        lines += ["", title]
        for point in station.points(device):
            reading = station.latest(PointKey(device, point.id))
            if reading is None or reading.value is None:
                continue
            value = text(reading.value, point, language)
            lines.append(f"  {point.title(language)[:48]:<48} {value:>20} {reading.unit:<4} {reading.quality}")
    return "\n".join(lines)
