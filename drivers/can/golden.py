"""Golden cases of CAN profiles: frames as they came, and the readings that they must give."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from core.decode import Decoded
from core.errors import ProfileError
from core.layout import points_of
from core.profile import Profile
from drivers.can.decoder import Decoder
from drivers.can.frames import parse_frame
from drivers.can.mapping import lay


def decode_frames(
    profile: Profile, options: Map[str, str], frames: Sequence[str]
) -> tuple[dict[str, Decoded], list[str]]:
    """Decode frames (``"351: 14 02"``) that one device sent, in their order; the second part tells what was wrong.

    The device's number is that of the first frame which fits the profile. All frames are decoded twice: the second time
    round, what a scale hangs on is known.
    """
    try:
        settled = profile.options_with(options)
        mapping = lay(profile, points_of(profile, settled))
        heard = [parse_frame(text) for text in frames]
    except (ProfileError, ValueError) as err:
        return {}, str(err).splitlines()
    numbers = range(mapping.rules.nodes[0], mapping.rules.nodes[1] + 1)
    units = [unit for unit in numbers if heard and heard[0].key in mapping.spoken(unit)]
    if not units:
        return {}, [f"no message of {profile.id} has the identifier of {frames[0] if frames else 'no frame'}"]
    spoken, decoder = mapping.spoken(units[0]), Decoder(mapping, profile, settled)
    found: dict[str, Decoded] = {}
    faults: list[str] = []
    for turn in range(2):
        for frame in heard:
            message = spoken.get(frame.key)
            if message is None:
                faults += [f"no message has the identifier of {frame}"] if turn == 0 else []
                continue
            raws = decoder.raws(message, frame.data)
            found |= {one.point.id: one.decoded for one in decoder.decode(message, raws, 0.0)}
    return found, faults
