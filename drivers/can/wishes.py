"""What other threads want of the thread of a CAN line."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from core.errors import WattelierError


@dataclass(slots=True)
class Order:
    """An order for one device; the future hears what came of it."""

    device: str
    profile: str
    action: str
    arguments: Mapping[str, object]
    future: Future[str]

    def refuse(self, err: WattelierError) -> None:
        """Tell whoever waits, unless nobody does any more."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(err)


@dataclass(slots=True)
class Wishes:
    """What has gathered since the line's thread last looked; guarded by the line's condition."""

    reconnect: bool = False
    gate_moved: bool = False
    asked: list[str] = field(default_factory=list[str])
    orders: list[Order] = field(default_factory=list[Order])
    revoked: set[str] = field(default_factory=set[str])  # profiles whose frames have been stopped

    def __bool__(self) -> bool:
        return self.reconnect or self.gate_moved or bool(self.asked or self.orders or self.revoked)

    def revoke(self, profile: str) -> list[Order]:
        """The gate has been closed for a profile: its orders that have not begun are taken out and returned."""
        if not profile:
            return []
        self.revoked.add(profile)
        stopped = [order for order in self.orders if order.profile == profile]
        self.orders = [order for order in self.orders if order.profile != profile]
        return stopped
