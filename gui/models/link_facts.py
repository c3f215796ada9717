"""What is known about the health of one line, fact by fact: the line itself, a stick, a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.status import BusHealth, LinkState, LinkStatus, StickHealth
from gui import formatting
from gui.models import link_words, wording
from gui.models.trace_facts import Fact
from gui.sentences import localised

if TYPE_CHECKING:
    from core.config import LinkConfig

translate = QCoreApplication.translate


def line_facts(link: LinkConfig, status: LinkStatus, now: float) -> list[Fact]:
    """State, place, and what is wrong with what to do about it."""
    state, tone = link_words.state(link.url.kind, status.state)
    facts = [
        Fact(
            translate("links", "State"),
            formatting.joined([wording.capital(state), link_words.since(status, now)]),
            tone == wording.FAULT,
        ),
        Fact(translate("links", "Address"), link_words.place(link.url, status)),
    ]
    if status.error:
        facts.append(Fact(translate("links", "What happened"), wording.capital(localised(status.error)), True))
        facts.append(Fact(translate("links", "What to do"), link_words.remedy(link.url.kind, status.error)))
    if status.state is LinkState.DOWN and status.retry_at is not None:
        wait_s = round(max(0.0, status.retry_at - now))
        facts.append(
            Fact(translate("links", "Next try"), translate("links", "in {0}").format(formatting.duration(wait_s)))
        )
    if not link.enabled:
        facts.append(Fact(translate("links", "Why off"), translate("links", "enabled: no in the site file")))
    return facts


def counter_facts(status: LinkStatus) -> list[Fact]:
    """Exchanges since the start, by outcome; what went wrong is named only where it happened."""
    counters = status.counters
    number = formatting.number
    if status.bus is not None:  # nothing is asked there
        return [
            Fact(translate("links", "Frames heard"), number(counters.answered)),
            Fact(translate("links", "Reconnections"), number(counters.reconnects)),
        ]
    facts = [
        Fact(translate("links", "Exchanges"), number(counters.requests)),
        Fact(translate("links", "Answered"), _with_share(counters.answered, counters.requests)),
    ]
    for label, count in (
        (translate("links", "Refused"), counters.refused),
        (translate("links", "Without answer"), counters.silent),
        (translate("links", "Foreign"), counters.foreign),
        (translate("links", "Damaged"), counters.damaged),
        (translate("links", "Reconnections"), counters.reconnects),
    ):
        facts.append(Fact(label, number(count), count > 0 and label != translate("links", "Reconnections")))
    return facts


def stick_facts(stick: StickHealth) -> list[Fact]:
    """How a SOLARMAN stick is doing; the serial number first, for a wrong one explains everything else."""
    no = translate("links", "no")
    wrong = stick.true_serial is not None and stick.true_serial != stick.serial
    facts = [
        Fact(
            translate("links", "Serial number given"),
            str(stick.serial) if stick.serial else translate("links", "none"),
            wrong,
        )
    ]
    if stick.true_serial is not None:
        facts.append(Fact(translate("links", "Serial number of its frames"), str(stick.true_serial), wrong))
    pace = translate("links", "{0} of rest between requests").format(formatting.duration(stick.gap_s))
    facts.append(Fact(translate("links", "Pace now"), pace))
    saturated = translate("links", "yes: it does not keep up and is asked less often")
    facts.append(Fact(translate("links", "Saturated"), saturated if stick.saturated else no, stick.saturated))
    facts.append(Fact(translate("links", "Heartbeats"), formatting.number(stick.heartbeats)))
    facts.append(Fact(translate("links", "Late answers, dropped"), formatting.number(stick.late), stick.late > 0))
    crossed = formatting.number(stick.crossed)
    if stick.crossed:
        crossed = formatting.joined([crossed, translate("links", "another program uses this stick")])
    facts.append(Fact(translate("links", "Answers to somebody else"), crossed, stick.crossed > 0))
    clock = {None: formatting.DASH, True: translate("links", "set"), False: translate("links", "not set yet")}
    facts.append(Fact(translate("links", "Clock"), clock[stick.has_clock]))
    plain = translate("links", "yes: it speaks Modbus TCP without the V5 wrapping")
    facts.append(Fact(translate("links", "Plain Modbus"), plain if stick.plain_modbus else no))
    return facts


def bus_facts(bus: BusHealth) -> list[Fact]:
    """A CAN bus over the last second; a dash where the adapter does not say it."""
    number = formatting.number

    def counted(value: int | None) -> str:
        return formatting.DASH if value is None else number(value)

    word, tone = bus_state(bus.state)
    silent = translate("links", "yes: the adapter itself cannot send")
    return [
        Fact(translate("links", "State of the bus"), word, tone in (wording.WARNING, wording.FAULT)),
        Fact(translate("links", "Frames a second"), number(bus.frames_a_second)),
        Fact(
            translate("links", "Error counters"),
            translate("links", "receiving {0} · sending {1}").format(counted(bus.rx_errors), counted(bus.tx_errors)),
            max(bus.rx_errors or 0, bus.tx_errors or 0) >= ERRORS_WORTH_A_LOOK,
        ),
        Fact(translate("links", "Error frames"), number(bus.error_frames), bus.error_frames > 0),
        Fact(translate("links", "Frames dropped"), number(bus.dropped), bus.dropped > 0),
        Fact(translate("links", "Frames sent"), number(bus.sent)),
        Fact(translate("links", "Silent adapter"), silent if bus.silent_adapter else translate("links", "no")),
    ]


ERRORS_WORTH_A_LOOK = 96  # from here on, CAN controllers themselves warn


def bus_state(state: str) -> tuple[str, str]:
    """Word and tone of a CAN bus."""
    return {
        "active": (translate("links", "active: everything is well"), wording.HEALTHY),
        "warning": (translate("links", "warning: errors on the bus"), wording.WARNING),
        "passive": (translate("links", "error passive: many errors on the bus"), wording.WARNING),
        "off": (translate("links", "bus off: the adapter has left the bus"), wording.FAULT),
    }.get(state, (translate("links", "not told by the adapter"), wording.MUTED))


def _with_share(count: int, total: int) -> str:
    return formatting.joined([formatting.number(count), formatting.share(count / total) if total else ""])
