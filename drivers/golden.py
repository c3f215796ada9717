"""Golden cases of every protocol: what a device once said, and the readings that it must give."""

from __future__ import annotations

from core import golden
from core.golden import Case
from core.profile import Profile


def run_case(profile: Profile, case: Case) -> list[str]:
    """Return one sentence per reading that is not as it must be; empty means proven."""
    if profile.protocol == "can":
        from drivers.can.golden import decode_frames

        return golden.judge_case(case, *decode_frames(profile, case.options, case.frames))
    if profile.protocol == "ocpp":
        from drivers.ocpp.golden import decode_messages

        return golden.judge_case(case, *decode_messages(profile, case.options, case.frames))
    return golden.run_case(profile, case)
