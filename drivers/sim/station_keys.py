"""The configuration of a simulated charging station: its keys as its profile shows them, changed as OCPP 1.6 says.

Source: OCPP 1.6 edition 2, 5.3 (ChangeConfiguration), 5.8 (GetConfiguration), 7.21 and 9.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, cast

from core.document import Document, Faults
from core.errors import DecodeError, WattelierError
from core.golden import load_cases
from core.parameters import Parameter
from core.points import Point
from core.profile import Profile
from drivers.sim.later import Later, Ticks

ACCEPTED, REBOOT, REJECTED, NOT_SUPPORTED = "Accepted", "RebootRequired", "Rejected", "NotSupported"
MEASURANDS = ("Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage")
LISTS_OF_MEASURANDS = ("metervaluessampleddata", "metervaluesaligneddata")
MOST_CHARACTERS = 500
FLAGS = (("0", "1"), ("false", "true"))
NEEDED = {
    "HeartbeatInterval": "180",
    "MeterValueSampleInterval": "10",
    "MeterValuesSampledData": ",".join(MEASURANDS),
    "NumberOfConnectors": "1",
}
"""What the simulated station itself goes by, where its profile shows no configuration."""


@dataclass(slots=True)
class Key:
    """One key; ``point`` and ``setting`` are what the profile knows of it."""

    name: str
    value: str
    readonly: bool
    point: Point | None = None
    setting: Parameter | None = None

    def takes(self, text: str) -> bool:
        """Whether the station takes this value: of the type of the key, and in its range."""
        if len(text) > MOST_CHARACTERS:
            return False
        if self.name.lower() in LISTS_OF_MEASURANDS:  # one that it does not have has it refuse the whole list
            return {part.strip() for part in text.split(",")} <= {*MEASURANDS, ""}
        kind = self.kind
        if kind == "flag":
            return any(self.value.lower() in (*words, "") and text.lower() in words for words in FLAGS)
        if kind == "number":
            return re.fullmatch(r"\d+(\.\d+)?" if "." in self.value else r"\d+", text) is not None and self._in(text)
        return True

    @property
    def kind(self) -> str:
        """``number``, ``flag`` or ``text``; where the profile does not know the key, what its value looks like."""
        if self.point is not None:
            return self.point.type if self.point.type in ("number", "flag") else "text"
        if self.value.lower() in ("true", "false"):
            return "flag"
        return "number" if self.value.isdecimal() else "text"

    def ends(self) -> tuple[float | None, float | None]:
        """The range of its number, as the key itself counts."""
        if self.point is None:
            return None, None
        scale, point, setting = self.point.scales[0], self.point, self.setting
        low = point.low if setting is None or setting.low is None else setting.low
        high = point.high if setting is None or setting.high is None else setting.high
        return (None if low is None else low / scale), (None if high is None else high / scale)

    def _in(self, text: str) -> bool:
        number = float(text)
        if self.point is not None and self.point.choices:
            choice = self.point.choice_of.get(int(number))
            allowed = self.setting.choices if self.setting is not None else ()
            return choice is not None and (not allowed or choice.id in allowed)
        low, high = self.ends()
        return (low is None or number >= low) and (high is None or number <= high)


class StationKeys:
    """Every key of one station, compared without case. ``reboot`` are those that count after a restart only, in small
    letters; such a key is kept at once all the same.

    Every method but ``poke`` belongs to the station's own thread, which calls ``settle`` again and again.
    """

    def __init__(self, profile: Profile | None = None, ticks: Ticks = monotonic) -> None:
        self._later = Later(ticks)
        self._keys: dict[str, Key] = {}
        self.reboot: set[str] = set()
        for name, value in NEEDED.items():
            self._keys[name.lower()] = Key(name, value, name == "NumberOfConnectors")
        if profile is not None:
            self._take(profile)

    def _take(self, profile: Profile) -> None:
        """What the first golden case of the profile shows, and what a restart is needed for."""
        keyed = [point for point in profile.points if point.path.startswith("key.")]
        points = {point.path.partition(".")[2].lower(): point for point in keyed}
        for entry in _shown(profile):
            name, value = str(entry.get("key")), str(entry.get("value") or "")
            point = points.get(name.lower())
            setting = profile.parameters.find(point.id) if point is not None else None
            self._keys[name.lower()] = Key(name, value, bool(entry.get("readonly")), point, setting)
        faults = Faults()
        header = Document.read(profile.folder / "profile.yaml", faults)
        self.reboot |= {name.lower() for name in header.child("simulate").texts("reboot")}

    def __len__(self) -> int:
        return len(self._keys)

    def settle(self) -> None:
        """Go on to now."""
        self._later.settle()

    def get(self, name: str) -> str:
        """The value of a key; empty when there is none of that name."""
        key = self._keys.get(name.lower())
        return key.value if key is not None else ""

    def find(self, name: str) -> Key | None:
        """A key by its name, or by the id of the point that shows it."""
        small = name.lower()
        found = self._keys.get(small)
        return found or next((key for key in self._keys.values() if key.point and key.point.id == small), None)

    def set(self, name: str, value: str) -> None:
        """Have a key say this, if the station has it: what it knows of itself."""
        if (key := self._keys.get(name.lower())) is not None:
            key.value = value

    def show(self, names: Collection[str] = ()) -> tuple[list[dict[str, Any]], list[str]]:
        """Keys with their values as GetConfiguration tells them, all without ``names``; and the names that are none."""
        self.settle()
        wanted = [name.lower() for name in names] or list(self._keys)
        keys = [self._keys[name] for name in wanted if name in self._keys]
        told = [{"key": key.name, "readonly": key.readonly, "value": key.value} for key in keys]
        return told, [name for name in names if name.lower() not in self._keys]

    def judge(self, name: str, value: str) -> str:
        """The status with which the station answers ChangeConfiguration."""
        self.settle()
        key = self._keys.get(name.lower())
        if key is None:
            return NOT_SUPPORTED
        if key.readonly or not key.takes(value):
            return REJECTED
        return REBOOT if name.lower() in self.reboot else ACCEPTED

    def take(self, name: str, value: str, *, revert_s: float | None = None) -> None:
        """Keep what has been judged; ``revert_s`` later it is as it was before."""
        key = self._keys[name.lower()]
        before, key.value = key.value, value

        def put_back() -> None:
            key.value = before

        if revert_s is not None:
            self._later.after(revert_s, put_back)

    def poke(self, name: str, value: str) -> None:
        """Have a key changed by somebody else: the station's own page, another central system. Any thread.

        ``name`` is the key's own or the id of its point; raises DecodeError when there is none.
        """
        key = self.find(name)
        if key is None:
            raise DecodeError(f"the station has no key {name!r}")
        self._later.soon(lambda: setattr(key, "value", value))


def _shown(profile: Profile) -> list[Mapping[str, Any]]:
    """The configuration that the first golden case of a profile shows; nothing when it cannot be read."""
    try:
        frames = load_cases(profile.folder / "golden.yaml")[0].frames
        answers = [cast("list[Any]", json.loads(frame))[2] for frame in frames if frame.startswith("[3,")]
    except (WattelierError, ValueError, IndexError):
        return []
    told = [cast("dict[str, list[dict[str, Any]]]", answer).get("configurationKey", []) for answer in answers]
    return [entry for entries in told for entry in entries]
