"""How a simulated device says no. Source: MODBUS Application Protocol Specification V1.1b3, chapter 7."""

from __future__ import annotations

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, DEVICE_FAILURE, BUSY = 1, 2, 3, 4, 6


class Refusal(Exception):
    """The device says no, with a Modbus exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exception {code}")
        self.code = code
