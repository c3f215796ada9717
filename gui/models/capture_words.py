"""Captures of a line: taken from the running site, and said in words. GUI thread; the disk is left to a worker."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.capture import MOST_EXCHANGES, SUFFIX, Capture, OnLine, Seal
from core.config import LinkConfig
from core.siteentries import short_slug
from gui import formatting
from gui.models import link_words, wording

if TYPE_CHECKING:
    from core.facade import Station

MOST_DEVICES = 6  # named one by one

translate = QCoreApplication.translate


def taken(station: Station, link: LinkConfig, at: float) -> Capture:
    """All frames that are kept of a line now (``at``, Unix seconds)."""
    devices = tuple(
        OnLine(config.title, config.unit, config.station, config.profile_id)
        for config in station.site.devices
        if config.link == link.id
    )
    frames = tuple(station.frames(link.id, MOST_EXCHANGES))
    return Capture(link.title, link.url.kind, link.url.text, station.site.name, at, frames, devices)


def usual_name(link: str, at: float, zone: tzinfo) -> str:
    """``2026-11-29_1449_bus-onduleurs.jsonl``."""
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d_%H%M}_{short_slug(link) or 'link'}{SUFFIX}"


def about(capture: Capture, zone: tzinfo) -> str:
    """In one line: how many exchanges, from when to when in ``zone``, of which line, saved when and by what."""
    count, protocol = exchanges(len(capture.frames)), link_words.badge(capture.kind)
    saved = translate("capture", "saved {0} by Wattelier {1}")
    saved = saved.format(formatting.day_and_clock(capture.at, zone), capture.program)
    return formatting.joined(
        [count, _span(capture, zone), capture.site, capture.link, protocol, capture.address, saved]
    )


def _span(capture: Capture, zone: tzinfo) -> str:
    if not capture.frames:
        return ""
    first, last = (formatting.day_and_clock(frame.at, zone) for frame in (capture.frames[0], capture.frames[-1]))
    named = f" {datetime.fromtimestamp(capture.frames[-1].at, zone):%Z}"
    (day, _blank, begun), (until, _blank, ended) = first.partition(" "), last.partition(" ")
    if day == until:
        return translate("capture", "{0}, {1} to {2}").format(day, begun, ended + named)
    return translate("capture", "{0} to {1}").format(first, last + named)


def exchanges(count: int) -> str:
    """How many, in words."""
    if count == 1:
        return translate("capture", "1 exchange")
    return translate("capture", "{0} exchanges").format(formatting.number(count))


def devices(capture: Capture) -> str:
    """The devices of the line, each with its place and its profile."""
    named: list[str] = []
    for device in capture.devices[:MOST_DEVICES]:
        place = wording.place(capture.kind, device.unit, device.station)
        named.append(f"{device.name} ({formatting.joined([place, device.profile])})")
    more = len(capture.devices) - MOST_DEVICES
    if more > 0:
        named.append(translate("capture", "and {0} more").format(more))
    return ", ".join(named)


def caution(capture: Capture) -> str:
    """What the file says against itself; empty when it is as it was written."""
    if capture.unread:
        text = translate(
            "capture", "The file was changed after it was written. Lines left out that are no exchange: {0}."
        )
        return text.format(formatting.number(capture.unread))
    return {
        Seal.FINE: "",
        Seal.CUT: translate("capture", "The file was cut off: what came after these exchanges is missing."),
        Seal.CHANGED: translate("capture", "The file was changed after it was written."),
    }[capture.seal]
