"""What other threads want of the thread of a CAN line."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field


@dataclass(slots=True)
class Order:
    """An order for one device; the future hears what came of it."""

    device: str
    action: str
    arguments: Mapping[str, object]
    future: Future[str]


@dataclass(slots=True)
class Wishes:
    """What has gathered since the line's thread last looked; guarded by the line's condition."""

    reconnect: bool = False
    gate_moved: bool = False
    asked: list[str] = field(default_factory=list[str])
    orders: list[Order] = field(default_factory=list[Order])

    def __bool__(self) -> bool:
        return self.reconnect or self.gate_moved or bool(self.asked or self.orders)
