"""Templates of the sentences about snapshots: core/snapshots; see ``gui.sentences``."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SNAPSHOTS = (
    # -- a file: core/snapshots/reader.py, folder.py -----------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "this is no snapshot of Wattelier"),
    QT_TRANSLATE_NOOP("sentences", "a newer Wattelier has written this snapshot (format {count}): open it with that version"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "this snapshot cannot be read: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "needs either value or not_read"),
    QT_TRANSLATE_NOOP("sentences", "of a secret only set or not set is kept"),
    QT_TRANSLATE_NOOP("sentences", "must be a number, a text or a list of texts"),
    QT_TRANSLATE_NOOP("sentences", "must be a time such as 2026-11-28T21:40:00+01:00"),
    QT_TRANSLATE_NOOP("sentences", "choose another folder: the snapshots of a site are never overwritten"),
    QT_TRANSLATE_NOOP("sentences", "copy for the role {role}, values left out that it may not see: {count}"),
    QT_TRANSLATE_NOOP("sentences", "the original had been changed after it was written"),
    QT_TRANSLATE_NOOP("sentences", "the snapshot has been changed by somebody else meanwhile: nothing was written"),
    QT_TRANSLATE_NOOP("sentences", "what was read back is not what was written: do not rely on this snapshot"),
    QT_TRANSLATE_NOOP("sentences", "too many snapshots in one minute"),
    # -- why there is no value: core/snapshots/building.py, collector.py ---------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "not read yet"),
    QT_TRANSLATE_NOOP("sentences", "an order: it cannot be read"),
    QT_TRANSLATE_NOOP("sentences", "set on the device's own screen: no register holds it"),
    QT_TRANSLATE_NOOP("sentences", "no register gives it back"),
    QT_TRANSLATE_NOOP("sentences", "the device gives no value"),
    QT_TRANSLATE_NOOP("sentences", "the link is switched off"),
    QT_TRANSLATE_NOOP("sentences", "no answer in time"),
    # -- the comparison: core/snapshots/difference.py ----------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "the profiles differ ({profile}, {profile2}): only what bears the same name in both is compared"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "it is another device under the same name: serial number {serial}, then {serial2}"),
    QT_TRANSLATE_NOOP("sentences", "the left file has been changed after it was written"),
    QT_TRANSLATE_NOOP("sentences", "the right file has been changed after it was written"),
    QT_TRANSLATE_NOOP("sentences", "on the left, {title} was not read to the end: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "on the right, {title} was not read to the end: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "on the left: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "on the right: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "it says what the device is, and is not set"),
    QT_TRANSLATE_NOOP("sentences", "this device has no such parameter"),
    QT_TRANSLATE_NOOP("sentences", "a secret is never taken over"),
    QT_TRANSLATE_NOOP("sentences", "an order is never taken over"),
    QT_TRANSLATE_NOOP("sentences", "the value is not to be relied on"),
    QT_TRANSLATE_NOOP("sentences", "it is in another unit"),
    QT_TRANSLATE_NOOP("sentences", "this is a text: put it in quotes"),
    # -- taking one: core/snapshots/keeper.py ------------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "a snapshot is being taken already"),
    QT_TRANSLATE_NOOP("sentences", "there is no device of which this could be taken"),
    QT_TRANSLATE_NOOP("sentences", "stopped: nothing was kept"),
    QT_TRANSLATE_NOOP("sentences", "a fault of the program, see the log"),
    QT_TRANSLATE_NOOP("sentences", "no device could be read: it is tried again at the next start"),
    QT_TRANSLATE_NOOP("sentences", "{title} was not read to the end: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{count} of its parameters had been written by this program before"),
    # -- as the journal calls them -----------------------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "as found"),
    QT_TRANSLATE_NOOP("sentences", "as left"),
    QT_TRANSLATE_NOOP("sentences", "by hand"),
)  # fmt: skip
