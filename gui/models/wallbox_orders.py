"""Orders that a wallbox takes over CAN: what they are called, what they need, what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core.profile import CanRules

translate = QCoreApplication.translate
CURRENT, MODE, SLOT = "current", "mode", "slot"
"""What an order may need besides the wallbox."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``action`` is what ``Station.operate`` takes; ``needs`` says which input goes with it."""

    name: str
    action: str
    needs: str = ""
    phases: int = 0

    @property
    def title(self) -> str:
        """What stands on its button."""
        return {
            "limit": translate("orders", "Limit the current"),
            "start": translate("orders", "Start charging"),
            "stop": translate("orders", "Stop charging"),
            "one_phase": translate("orders", "Charge on one phase"),
            "three_phases": translate("orders", "Charge on three phases"),
            "mode": translate("orders", "Change the mode"),
            "clear_fault": translate("orders", "Clear the fault"),
            "release": translate("orders", "Lead it no more"),
            "learn_card": translate("orders", "Learn a card"),
            "remove_card": translate("orders", "Remove the card"),
            "reboot": translate("orders", "Restart the wallbox"),
        }[self.name]

    @property
    def meaning(self) -> str:
        """What happens on site, in one sentence."""
        return {
            "limit": translate("orders", "The vehicle draws no more than this; 0 A pauses it."),
            "start": translate("orders", "The vehicle on this wallbox may begin to charge."),
            "stop": translate("orders", "The vehicle stops charging."),
            "one_phase": translate("orders", "The wallbox uses one phase only, from the next charge at the latest."),
            "three_phases": translate("orders", "The wallbox uses three phases, from the next charge at the latest."),
            "mode": translate("orders", "In the mode Offline the wallbox decides by itself, with its own cards."),
            "clear_fault": translate("orders", "The wallbox forgets its fault; see first that its cause is gone."),
            "release": translate(
                "orders", "Commands cease; after a few seconds the wallbox falls back to the limit that it was given."
            ),
            "learn_card": translate(
                "orders", "Present the new card to the reader within a minute; it can then charge there."
            ),
            "remove_card": translate("orders", "The card of this slot can no longer charge there."),
            "reboot": translate("orders", "A running charge is interrupted; the wallbox is away for a minute or two."),
        }[self.name]

    @property
    def leads(self) -> bool:
        """Whether commands go out in a cycle from then on."""
        return self.action in ("limit", "start", "stop", "phases", "mode", "clear_fault")

    def arguments(self, current_a: float, mode: str, slot: int) -> dict[str, object]:
        """What the line needs besides the device."""
        if self.phases:
            return {"phases": self.phases}
        given: dict[str, dict[str, object]] = {
            CURRENT: {"limit_a": current_a},
            MODE: {"mode": mode},
            SLOT: {"slot": slot},
        }
        return given.get(self.needs, {})


ORDERS = (
    Order("limit", "limit", CURRENT),
    Order("start", "start"),
    Order("stop", "stop"),
    Order("one_phase", "phases", phases=1),
    Order("three_phases", "phases", phases=3),
    Order("clear_fault", "clear_fault"),
    Order("release", "release"),
    Order("mode", "mode", MODE),
    Order("learn_card", "learn_card"),
    Order("remove_card", "remove_card", SLOT),
    Order("reboot", "reboot"),
)


def offered(rules: CanRules) -> set[str]:
    """Names of the orders that a wallbox with these rules takes."""
    taken = set(rules.orders)
    if rules.command is not None:
        taken |= {"release", *rules.command.signals}
    return {order.name for order in ORDERS if order.action in taken}
