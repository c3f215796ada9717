"""Foreign text made fit for one line of a screen or a sentence."""

from __future__ import annotations

MARK = "\N{REPLACEMENT CHARACTER}"
KEPT = (
    "\u00a0\u202f\u2009\u200c\u200d"  # the blanks of French and the joiners of other scripts show nothing, and belong
)


def visible(text: str, *, lines: bool = False) -> str:
    """The same with a mark for what no screen shows or what turns the text around; ``lines`` keeps new lines."""
    if text.isprintable():
        return text
    kept = f"{KEPT}\n" if lines else KEPT
    return "".join(letter if letter.isprintable() or letter in kept else MARK for letter in text)
