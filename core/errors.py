"""Error types, sorted by what the caller should do."""


class WattelierError(Exception):
    """Root of every error that carries a sentence fit for the user."""


class LinkError(WattelierError):
    """The line is down: close it, back off, reconnect."""


class NotSent(LinkError):
    """The line was down before the first byte of a request had left: the device has surely not heard of it."""


class DeviceError(WattelierError):
    """The device answered "no" or kept silent; its other points live on.

    ``code`` is the Modbus exception code (1 illegal function, 2 illegal address, …), or None for silence.
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class DecodeError(WattelierError):
    """The answer makes no sense: drop it, count it, never show it as a value."""


class NotToldApart(DecodeError):
    """The answer could not be told from others that may come on this line: nothing was asked, or in vain. Try later."""


class ProfileError(WattelierError):
    """A profile or a site file is wrong; one message may carry several lines, one per fault."""


class CommandRefused(WattelierError):
    """A sentence for the user: what was asked is not allowed or not possible now."""
