"""How soon a value comes again once a link that was cut is there again, on each protocol, in periods of that link.

Nothing is hurried here: lines wait as long as they do at work. Each link is cut for between a fifth of a second and six
seconds (server gone, pseudo-terminal gone, adapter pulled out, station hung up), is there again, and the clock runs
until the first good value. Registers are read and values are told once a second, over a SOLARMAN stick every ten
seconds as of an AURA; a CAN battery and a charging station speak when their own second is over. All links are cut and
restored beside each other. A serial CAN adapter in the flesh takes two seconds more, which it is given to restart.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from benchlib import Row, run
from soak_bench import Ground, until
from soak_plugs import COMES_BACK_WITHIN_S, PLUGS, Pace

PACES = dict.fromkeys(PLUGS, Pace(1.0, 1.0)) | {"v5": Pace(10.0, 5.0)}
CUT_S, GIVES_UP_S, MOST_PERIODS = (0.2, 6.0), 60.0, 2.0


def recoveries(kind: str, ground: Ground, folder: Path, seconds: float) -> list[float]:
    """Seconds from each time that the link is there again to the first good value; the time-out where none came."""
    chance, found = random.Random(kind), list[float]()
    end = time.monotonic() + seconds
    with PLUGS[kind](ground, kind, folder, PACES[kind]) as plug:
        until(plug.good, COMES_BACK_WITHIN_S)
        while not found or time.monotonic() < end:
            plug.pull()
            time.sleep(chance.uniform(*CUT_S) if seconds > 10 else CUT_S[0])
            before, began = plug.good(), time.monotonic()
            plug.plug()
            until(lambda before=before: plug.good() > before, GIVES_UP_S)
            found.append(time.monotonic() - began)
            time.sleep(chance.uniform(0.0, min(PACES[kind].every_s, 2.0)))
    return found


def rows(quick: bool) -> Iterator[Row]:
    """A row for each kind of link."""
    logging.getLogger().setLevel(logging.ERROR)  # cuts are no news here
    seconds, kinds = (0.5, ("tcp", "ocpp")) if quick else (85.0, tuple(PLUGS))
    with tempfile.TemporaryDirectory() as name, Ground() as ground, ThreadPoolExecutor(len(kinds)) as pool:
        works = {kind: pool.submit(recoveries, kind, ground, Path(name), seconds) for kind in kinds}
        for kind, work in works.items():
            yield _row(kind, work.result())


def _row(kind: str, found: list[float]) -> Row:
    period = PACES[kind].every_s
    late = float(np.percentile(found, 95)) / period
    against = {"period, s": period, "median, s": float(np.median(found)), "longest, s": max(found)}
    note = f"{len(found)} cuts"
    return Row(f"recover: {kind}, p95", late, "periods", "under 2 periods", late < MOST_PERIODS, against, note)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
