"""One hour of one point in one blob, without loss; pure functions.

A chunk keeps each sample's mode (run-length), the integers, and the floats that no scale reproduces: four bytes each
when all are single precision under one of the point's factors (as a float register gives), else their eight.
The times are packed apart, because all points of one request share them: they are stored once.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from core.storage.packing import (
    Damaged,
    Floats,
    Ints,
    get_varint,
    guarded,
    pack_columns,
    pack_ints,
    put_varint,
    unpack_columns,
    unpack_ints,
    unpack_times,
)
from core.storage.values import FLOAT, NOTHING, Samples, Scale

FORMAT = 1
_SINGLE = struct.Struct("<dd")


def seal(samples: Samples, scales: Sequence[Scale] = ()) -> bytes:
    """Return the blob of everything but the times.

    ``scales`` are the factors the point may have; they are tried on what is left as floats.
    """
    starts = np.flatnonzero(np.diff(samples.mode, prepend=-1))
    lengths = np.diff(np.append(starts, len(samples)))
    code = samples.code
    whole = samples.raw[(code != FLOAT) & (code != NOTHING)]
    out = bytearray([FORMAT])
    put_varint(out, len(starts))
    columns = [
        pack_ints(lengths.astype(np.int64)),
        pack_ints(samples.mode[starts]),
        pack_ints(whole),
        _pack_floats(samples.raw[code == FLOAT], scales),
    ]
    return bytes(out) + pack_columns(columns)


@guarded
def unseal(times: bytes, data: bytes, count: int) -> Samples:
    """Return the ``count`` samples that were sealed; raise ValueError when the chunk is damaged or newer."""
    if data[0] != FORMAT:
        raise Damaged(f"a part of the history is damaged, or of format {data[0]}: this program knows {FORMAT}")
    runs, at = get_varint(data, 1)
    lengths, modes, whole, floats = unpack_columns(data, at)
    repeats = unpack_ints(lengths, runs)
    if not bool(np.all((repeats > 0) & (repeats <= count))) or int(repeats.sum()) != count:
        raise Damaged(f"a part of the history is damaged ({count} readings in stretches that are not as many)")
    mode = np.repeat(unpack_ints(modes, runs), repeats)
    code = mode >> 2
    raw = np.zeros(count, dtype=np.int64)
    for here, packed, unpack in (
        ((code != FLOAT) & (code != NOTHING), whole, unpack_ints),
        (code == FLOAT, floats, _unpack_floats),
    ):
        some = int(np.count_nonzero(here))
        if some == count:
            raw = unpack(packed, count)
        elif some:
            raw[here] = unpack(packed, some)
    return Samples(unpack_times(times, count), mode, raw)


def _pack_floats(bits: Ints, scales: Sequence[Scale]) -> bytes:
    if not len(bits):
        return b""
    values = bits.view(np.float64)
    for scale in dict.fromkeys((Scale(), *scales)):
        if not scale.divides and (single := _singles(values, bits, scale)) is not None:
            return b"\x01" + _SINGLE.pack(scale.factor, scale.offset) + pack_ints(single)
    return b"\x00" + pack_ints(bits)


def _singles(values: Floats, bits: Ints, scale: Scale) -> Ints | None:
    """Return the bits of the single precision numbers that give exactly these values under a scale, or None."""
    with np.errstate(all="ignore"):
        single = ((values - scale.offset) / scale.factor).astype(np.float32)
        again = single.astype(np.float64) * scale.factor + scale.offset
    return single.view(np.int32).astype(np.int64) if np.array_equal(again.view(np.int64), bits) else None


def _unpack_floats(data: bytes, count: int) -> Ints:
    if data[0] == 0:
        return unpack_ints(data[1:], count)
    factor, offset = _SINGLE.unpack_from(data, 1)
    single = unpack_ints(data[1 + _SINGLE.size :], count).astype(np.int32).view(np.float32)
    with np.errstate(all="ignore"):
        return (single.astype(np.float64) * factor + offset).view(np.int64)
