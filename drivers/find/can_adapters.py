"""CAN: what is heard on a bus, and which profiles know it. Nothing is sent; where it can be, the adapter is mute."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import LinkError, ProfileError
from core.evidence import Heard, listed
from core.linkurl import CAN_BITRATES, LinkUrl, parse_link
from core.profile import Profile
from drivers.can.bus import Port, open_port
from drivers.can.mapping import lay
from drivers.find.identify import Identity, Match
from drivers.find.logbook import Attempt, Logbook, Result, Stage, found

SLICE_S = 0.1
USUAL_BITRATES = (250_000, 500_000)
SET_ELSEWHERE = ("socketcan", "virtual", "udp_multicast")
"""Interfaces whose bit rate is not for this program to choose."""

OpenPort = Callable[[LinkUrl, int, bool], Port]


@dataclass(frozen=True, slots=True)
class CanListen:
    """What the operator has confirmed for one adapter: bit rates to listen at, so many seconds each."""

    interface: str
    channel: str
    bitrates: tuple[int, ...] = USUAL_BITRATES
    for_s: float = 3.0

    @property
    def rates(self) -> tuple[int, ...]:
        """The bit rates that are really tried."""
        return self.bitrates[:1] if self.interface in SET_ELSEWHERE else self.bitrates

    def url(self, bitrate: int) -> str:
        """The bus at this bit rate, as a site file has it."""
        place = f"can://{self.interface}/{self.channel}"
        return place if self.interface in SET_ELSEWHERE else f"{place}?bitrate={bitrate}"

    def check(self) -> None:
        """Raise ProfileError with a sentence on an interface or bit rate that cannot be."""
        if not self.bitrates or not set(self.bitrates) <= set(CAN_BITRATES):
            raise ProfileError(f"the bit rate must be one of {', '.join(map(str, CAN_BITRATES))}")
        parse_link(self.url(self.bitrates[0]))


def listen(
    plan: CanListen, profiles: Sequence[Profile], log: Logbook, stage: Stage, opener: OpenPort = open_port
) -> None:
    """Listen at each bit rate until one gives frames; what they are goes into the logbook."""
    stage.begin()
    for bitrate in plan.rates:
        url = plan.url(bitrate)
        log.say(f"listening on {plan.channel}")
        try:
            port = opener(parse_link(url), bitrate, True)
        except LinkError as err:
            log.problem(str(err))
            log.note(Attempt(url, "", None, Result.CLOSED, str(err)))
            break
        try:
            heard = _hear(port, plan.for_s, log)
        except LinkError as err:
            log.problem(str(err))
            break
        finally:
            port.close()
            stage.step()
        if log.ended.is_set():
            break
        log.note(Attempt(url, "", None, Result.ANSWERS if heard else Result.SILENT, _identifiers(heard)))
        if heard:
            _tell(url, heard, profiles, plan.for_s, log)
            break
        if not port.silent and plan.interface not in SET_ELSEWHERE:
            break  # at a wrong bit rate an adapter that is not mute disturbs the bus: one guess is enough
    stage.finish()


def _hear(port: Port, for_s: float, log: Logbook) -> dict[int, int]:
    """How often each identifier came."""
    counts: dict[int, int] = {}
    end = time.monotonic() + for_s
    while (left := end - time.monotonic()) > 0 and not log.ended.is_set():
        heard = port.receive(min(left, SLICE_S))
        if heard is not None and heard.frame is not None:
            counts[heard.frame.key] = counts.get(heard.frame.key, 0) + 1
    return counts


def _tell(url: str, heard: Mapping[int, int], profiles: Sequence[Profile], for_s: float, log: Logbook) -> None:
    by_unit: dict[int, list[Match]] = {}
    for unit, match in recognise(heard, profiles, for_s):
        by_unit.setdefault(unit, []).append(match)
    for unit, matches in sorted(by_unit.items()):
        ranked = tuple(sorted(matches, key=lambda match: -match.confidence))
        log.add(found(url, unit, Identity(True, ranked)))
    if not by_unit:
        unknown = f"frames are heard, but no profile knows them: {_identifiers(heard)}"
        log.add(found(url, 0, Identity(True, (), unknown)))


def recognise(heard: Mapping[int, int], profiles: Sequence[Profile], for_s: float) -> list[tuple[int, Match]]:
    """Device number and match of every CAN profile of whose messages some have been heard."""
    matches: list[tuple[int, Match]] = []
    for profile in profiles:
        if profile.can is None:
            continue
        try:
            mapping = lay(profile, profile.points)
        except ProfileError:
            continue  # a faulty profile matches nothing; `wattelier profiles --check` says why
        usual = {
            point.path.partition(".")[0]
            for point in profile.points
            if (every := profile.groups[point.group].every_s) is not None and every <= for_s
        }
        low, high = profile.can.nodes if profile.can.node_mask else (profile.unit, profile.unit)
        for unit in range(low, high + 1):
            spoken = mapping.spoken(unit)
            there = sorted(spoken.keys() & heard.keys())
            missing = sorted(key for key, message in spoken.items() if message.name in usual and key not in heard)
            if there:
                share = len(there) / (len(there) + len(missing))
                confidence = round(0.5 + 0.45 * share, 2) if len(there) > 1 else 0.4
                evidence = Heard(tuple(map(_hex, there)), tuple(map(_hex, missing)))
                matches.append((unit, Match(profile.id, profile.title, confidence, (evidence,))))
    return matches


def _identifiers(heard: Mapping[int, int]) -> str:
    return listed([_hex(key) for key in sorted(heard)])


def _hex(key: int) -> str:
    return f"{key & 0x1FFFFFFF:08X}" if key >> 31 else f"{key:03X}"
