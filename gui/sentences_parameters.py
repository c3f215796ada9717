"""Templates of the faults of parameter files: core/parameter_loader.py, parameter_blocks.py; see ``gui.sentences``."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

PARAMETERS = (
    QT_TRANSLATE_NOOP("sentences", "no parameter belongs to it"),
    QT_TRANSLATE_NOOP("sentences", "there is no point and no unmapped entry {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "there is no section {quoted} in parameters.yaml"),
    QT_TRANSLATE_NOOP("sentences", "there is no block {quoted} in parameters.yaml"),
    QT_TRANSLATE_NOOP("sentences", "cannot be written, so it needs its path on the device's own screen"),
    QT_TRANSLATE_NOOP("sentences", "a command needs a point that can be written"),
    QT_TRANSLATE_NOOP("sentences", "cannot be read back, so it can only be a command"),
    QT_TRANSLATE_NOOP("sentences", "{text} may not write what {text2} does not see"),
    QT_TRANSLATE_NOOP("sentences", "only a number has bounds and a step"),
    QT_TRANSLATE_NOOP("sentences", "needs low and high: what is written must have bounds"),
    QT_TRANSLATE_NOOP("sentences", "{value} is outside the plausible range of the point"),
    QT_TRANSLATE_NOOP("sentences", "must be more than 0"),
    QT_TRANSLATE_NOOP("sentences", "must be a multiple of {value}, the step of the register"),
    QT_TRANSLATE_NOOP("sentences", "the point has no choice {quoted}"),
    QT_TRANSLATE_NOOP("sentences", "only a point can have a factory value"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a value of this point"),
    QT_TRANSLATE_NOOP("sentences", "only a register that can be written lies in a block"),
    QT_TRANSLATE_NOOP("sentences", "register {address} is outside the block"),
    QT_TRANSLATE_NOOP("sentences", "a companion of the block cannot be a parameter too"),
    QT_TRANSLATE_NOOP("sentences", "is written with function {count}, the block with {count2}"),
    QT_TRANSLATE_NOOP("sentences", "is empty, though the other language is not"),
    QT_TRANSLATE_NOOP("sentences", "first … last must lie in 0 … 0xFFFF, in this order"),
    QT_TRANSLATE_NOOP("sentences", "{count} registers are more than the {count2} of one request"),
    QT_TRANSLATE_NOOP("sentences", "crosses a boundary that no request may cross"),
    QT_TRANSLATE_NOOP("sentences", "register {address} is neither in the block nor its commit register"),
    QT_TRANSLATE_NOOP("sentences", "the commit register needs its word among the companions"),
    QT_TRANSLATE_NOOP("sentences", "0 means done"),
    QT_TRANSLATE_NOOP("sentences", "a register and its word are at most 0xFFFF"),
)
