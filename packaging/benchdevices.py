"""Devices for the benches of lines: the requests of one whole read, and what a simulated device answers to them."""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import Image

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import DeviceError
from core.layout import points_of
from core.linkurl import parse_link
from core.paths import profile_roots
from core.plan import Block, together
from drivers.modbus.link import UnitRules
from drivers.modbus.rows import rows_of
from drivers.modbus.tcp import TcpLink
from drivers.sim.fleet import Fleet

NOON = 1_781_863_200.0  # 2026-06-19 12:00 in Paris


@dataclass(frozen=True, slots=True)
class Subject:
    """A device that is read: its configuration, the requests of one whole read, and what the registers hold."""

    config: DeviceConfig
    blocks: tuple[Block, ...]
    image: Image

    @property
    def points(self) -> int:
        """How many values one whole read brings."""
        return sum(len(block.points) for block in self.blocks)


def subject(profile_id: str, every_s: float, *, device: str = "device", unit: int = 1, moments: int = 1) -> Subject:
    """A device of which every readable point is read at one pace; its registers as at ``moments`` within a minute."""
    known = Catalogue(profile_roots()).get(profile_id)
    groups = {name: replace(group, every_s=every_s, once=False) for name, group in known.groups.items()}
    profile = replace(known, groups=groups)
    config = DeviceConfig(device, "line", profile.id, profile, unit, options=profile.options_with({}))
    single = tuple(row.block for row in rows_of(config, profile, points_of(profile, config.options), 0.0))
    blocks = tuple(
        _around(blocks) for blocks in together(single, profile.blocks)
    )  # as asked for from the second time on
    return Subject(config, blocks, photographs(config, (*single, *blocks), moments))


def _around(blocks: Sequence[Block]) -> Block:
    first, end = blocks[0], max(block.end for block in blocks)
    return Block(first.function, first.address, end - first.address, tuple(p for block in blocks for p in block.points))


def photographs(config: DeviceConfig, blocks: Sequence[Block], moments: int) -> Image:
    """What a simulated device answers to each block, time after time: what moves in a device moves here too."""
    image: dict[tuple[int, int, int], list[bytes]] = {}
    for turn in range(moments):
        _photograph(config, blocks, NOON + 60.0 * turn / moments, image)
    return image


def _photograph(
    config: DeviceConfig, blocks: Sequence[Block], at: float, image: dict[tuple[int, int, int], list[bytes]]
) -> None:
    lan = LinkConfig(config.link, parse_link("tcp://127.0.0.1:502"))
    fleet = Fleet(Site("bench", ZoneInfo("Europe/Paris"), (lan,), (config,)), start_at=at)
    try:
        url = fleet.start().links[0].url
        link = TcpLink("photo", url.host, url.port or 502)
        link.rules[config.unit] = UnitRules(gap_s=0.0)
        for function, address, count in dict.fromkeys((block.function, block.address, block.count) for block in blocks):
            try:
                words = link.read(config.unit, function, address, count).words
            except DeviceError:
                continue
            told = image.setdefault((function, address, count), [])
            told.append(struct.pack(f">{len(words)}H", *words))
        link.close()
    finally:
        fleet.stop()
