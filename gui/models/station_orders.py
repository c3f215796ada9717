"""Orders that a charging station takes over OCPP: what they are called, what they need, what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``action`` and ``arguments`` are what ``Station.operate`` takes."""

    name: str
    action: str
    needs_connector: bool = False
    takes_badge: bool = False

    @property
    def title(self) -> str:
        """What stands on its button."""
        return {
            "start": translate("orders", "Start charging"),
            "stop": translate("orders", "Stop charging"),
            "unlock": translate("orders", "Unlock the socket"),
            "soft_reset": translate("orders", "Restart the station"),
            "hard_reset": translate("orders", "Hard reset"),
            "out": translate("orders", "Take out of service"),
            "in": translate("orders", "Put into service"),
        }[self.name]

    @property
    def meaning(self) -> str:
        """What happens on site, in one sentence."""
        return {
            "start": translate("orders", "The vehicle on this socket may begin to charge, under this badge."),
            "stop": translate("orders", "The vehicle stops; some stations then wait until its cable is unplugged."),
            "unlock": translate("orders", "The socket lets go of the cable; a running charge ends."),
            "soft_reset": translate(
                "orders", "The station ends its charges, then starts anew; it is away for a minute."
            ),
            "hard_reset": translate("orders", "The station starts anew at once, without ending its charges properly."),
            "out": translate("orders", "Nobody can charge there until it is put into service again."),
            "in": translate("orders", "The socket can be used again."),
        }[self.name]

    def arguments(self, badge: str) -> dict[str, object]:
        """What the line needs besides the device, whose unit is the connector."""
        if self.takes_badge:
            return {"badge": badge} if badge else {}
        kind = {"soft_reset": "soft", "hard_reset": "hard", "in": "operative", "out": "inoperative"}.get(self.name)
        return {"type": kind} if kind else {}


ORDERS = (
    Order("start", "remote_start", needs_connector=True, takes_badge=True),
    Order("stop", "remote_stop", needs_connector=True),
    Order("unlock", "unlock", needs_connector=True),
    Order("out", "availability", needs_connector=True),
    Order("in", "availability", needs_connector=True),
    Order("soft_reset", "reset"),
    Order("hard_reset", "reset"),
)
