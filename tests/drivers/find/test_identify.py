"""Which profile fits: every shipped device is recognised as itself, and what cannot be told apart is said so."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.config import LinkConfig
from core.errors import DecodeError, DeviceError, LinkError, ProfileError
from core.evidence import Reads
from core.linkurl import parse_link
from core.profile import Probe, Profile
from core.profile_loader import load_profile
from core.protocols import Answer
from drivers.find.identify import Identity, fitting, identify
from drivers.registry import build_link
from drivers.sim.bank import Bank
from drivers.sim.lines import Port, Served
from drivers.sim.server import SimServer
from tests.drivers.find.bank_link import CATALOGUE, SHIPPED, BankLink, served

RECOGNISABLE = [profile for profile in SHIPPED if profile.identify]
LEAST = {"legrand/pulse": 0.3, "legrand/ems_cx3": 0.55}  # no more can be told from what is public
TWINS = {("eastron/sdm120", "eastron/sdm630")}  # served, offered as well: the registers of the one lie in the other


def ask(bank: Bank | None, profiles: list[Profile] = SHIPPED) -> tuple[Identity, BankLink]:
    link = BankLink(bank)
    return identify(link, 1, profiles), link


@pytest.mark.parametrize("profile", RECOGNISABLE, ids=lambda profile: profile.id)
def test_every_device_is_recognised_as_itself_and_as_nothing_else(profile: Profile) -> None:
    identity, link = ask(served(profile))
    assert identity.answers
    assert identity.best is not None
    assert identity.best.profile_id == profile.id
    assert identity.best.confidence >= LEAST.get(profile.id, 0.6)
    assert identity.best.evidence
    others = [match.profile_id for match in identity.matches[1:]]
    assert others == [other for served_as, other in TWINS if served_as == profile.id]
    assert link.rules == {}


@pytest.mark.parametrize("profile", RECOGNISABLE, ids=lambda profile: profile.id)
def test_the_order_of_the_profiles_changes_nothing(profile: Profile) -> None:
    bank = served(profile)
    one, other = ask(bank)[0], ask(bank, SHIPPED[::-1])[0]
    assert one.best is not None
    assert other.best is not None
    assert one.best.profile_id == other.best.profile_id


def test_only_the_meter_of_four_fields_has_nothing_to_be_known_by() -> None:
    assert [profile.id for profile in SHIPPED if not profile.identify] == ["generic/meter"]


def test_what_two_profiles_want_is_asked_once() -> None:
    for name in ("eastron/sdm630", "zcs/pv_old", "schneider/iem2000"):
        _, link = ask(served(CATALOGUE.get(name)))
        assert len(link.asked) == len(set(link.asked))


def test_a_device_that_says_its_name_is_not_asked_everything() -> None:
    _, by_name = ask(served(CATALOGUE.get("schneider/evlink_pro_ac")))
    _, by_measurement = ask(served(CATALOGUE.get("carlo_gavazzi/em340")))
    assert len(by_name.asked) < len(by_measurement.asked)
    aura, link = ask(served(CATALOGUE.get("aura/hybrid")), fitting(SHIPPED, "v5"))
    assert aura.best is not None
    assert aura.best.confidence > 0.95
    assert len(link.asked) <= 8


def test_two_meters_that_look_alike_are_both_offered_and_a_sentence_says_so() -> None:
    identity, _ = ask(served(CATALOGUE.get("eastron/sdm120")))
    assert [match.profile_id for match in identity.matches] == ["eastron/sdm120", "eastron/sdm630"]
    assert identity.note == "Eastron SDM120, Eastron SDM630 fit about equally: the nameplate decides"


class Patched(BankLink):
    """A bank some of whose registers say something else, or fail."""

    def __init__(self, bank: Bank, patches: dict[tuple[int, int], tuple[int, ...]]) -> None:
        super().__init__(bank)
        self.patches = patches

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        if (words := self.patches.get((function, address))) is not None:
            self.asked.append((function, address, count))
            return Answer(words, 0.0, 1)
        return super().read(unit, function, address, count)


def test_the_meter_code_of_a_real_sdm120_settles_it() -> None:
    link = Patched(served(CATALOGUE.get("eastron/sdm120")), {(3, 64514): (0x0020,)})
    identity = identify(link, 1, SHIPPED)
    assert identity.note == ""
    assert identity.best is not None
    assert identity.best.profile_id == "eastron/sdm120"
    assert identity.best.confidence > 0.95


def test_the_type_designation_of_a_real_b23_settles_it() -> None:
    link = Patched(served(CATALOGUE.get("abb/b23")), {(3, 0x8960): (0x4232, 0x3320)})
    identity = identify(link, 1, SHIPPED)
    assert identity.best is not None
    assert (identity.best.profile_id, identity.best.confidence > 0.95) == ("abb/b23", True)
    assert Reads(35168, None, "B23") in identity.best.evidence


def test_a_b21_contradicts_the_profile_of_the_b23() -> None:
    link = Patched(served(CATALOGUE.get("abb/b23")), {(3, 0x8960): (0x4232, 0x3120)})
    assert identify(link, 1, SHIPPED).matches == ()


def words_of(text: str, count: int) -> tuple[int, ...]:
    data = text.encode().ljust(2 * count, b"\0")
    return tuple(int.from_bytes(data[at : at + 2], "big") for at in range(0, 2 * count, 2))


def test_a_rebranded_kstar_is_recognised_without_its_name_and_code() -> None:
    patches = {(3, 3200): words_of("AURA 5KM-BG", 8), (4, 3045): (77,), (4, 3228): words_of("SA60812345678", 11)}
    identity = identify(Patched(served(CATALOGUE.get("aura/hybrid")), patches), 1, SHIPPED)
    assert identity.best is not None
    assert identity.best.profile_id == "aura/hybrid"
    assert 0.6 < identity.best.confidence < 0.95
    assert identity.best.serial == "SA60812345678"


def test_an_unknown_serial_prefix_leaves_the_family_to_the_operator() -> None:
    """The text at 0x0445 means G3; which of the two tables, the battery tells with little weight."""
    hybrid = Patched(served(CATALOGUE.get("zcs/hyd_g3")), {(3, 0x0445): words_of("QX9E00512345", 8)})
    identity = identify(hybrid, 1, SHIPPED)
    assert [match.profile_id for match in identity.matches] == ["zcs/hyd_g3", "zcs/pv_g3"]
    assert "fit about equally" in identity.note
    assert all(match.serial == "QX9E00512345" and match.confidence < 0.7 for match in identity.matches)


def test_a_known_prefix_of_the_other_table_contradicts() -> None:
    link = Patched(served(CATALOGUE.get("zcs/hyd_g3")), {(3, 0x0445): words_of("SS2EH00512345", 8)})
    identity = identify(link, 1, SHIPPED)
    assert [match.profile_id for match in identity.matches] == ["zcs/pv_g3"]


def test_a_three_phase_deye_is_not_taken_for_the_single_phase_one() -> None:
    link = Patched(served(CATALOGUE.get("deye/hybrid")), {(3, 0): (5,)})
    assert identify(link, 1, SHIPPED).matches == ()


def test_a_layout_that_the_probe_tells_becomes_an_option() -> None:
    old = CATALOGUE.get("zcs/pv_old")
    for layout in ("2", "3"):
        identity, _ = ask(served(old, mppt=layout))
        assert identity.best is not None
        assert (identity.best.profile_id, dict(identity.best.options)) == ("zcs/pv_old", {"mppt": layout})


def test_a_device_that_answers_everything_with_nought_is_nobody() -> None:
    class Nought(BankLink):
        def read(self, unit: int, function: int, address: int, count: int) -> Answer:
            return Answer((0,) * count, 0.0, 1)

    identity = identify(Nought(None), 1, SHIPPED)
    assert identity.answers
    assert all(match.confidence < 0.5 for match in identity.matches)


def test_a_device_that_refuses_everything_answers_but_fits_nothing() -> None:
    class Refusing(BankLink):
        def read(self, unit: int, function: int, address: int, count: int) -> Answer:
            raise DeviceError("no", 2)

    identity = identify(Refusing(None), 1, SHIPPED)
    assert identity == Identity(True, (), "unit 1 answers, but no profile fits it")


def test_a_silent_unit_costs_two_questions() -> None:
    identity, link = ask(None)
    assert identity == Identity(False, (), "unit 1 does not answer")
    assert len(link.asked) == 2


def test_a_family_without_a_profile_is_named() -> None:
    class Megarevo(BankLink):
        def read(self, unit: int, function: int, address: int, count: int) -> Answer:
            if (function, address) == (3, 0x1234):
                return Answer(words_of("R8KLNA123456", 6), 0.0, 1)
            raise DeviceError("no", 2)

    identity = identify(Megarevo(None), 1, SHIPPED)
    assert identity.note == "unit 1 looks like Megarevo, for which there is no profile"


class Moody(BankLink):
    """Fails at some of its answers: ``faults`` by number of the question, from 1."""

    def __init__(self, bank: Bank, faults: dict[int, Exception]) -> None:
        super().__init__(bank)
        self._faults = faults

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        fault = self._faults.get(len(self.asked) + 1)
        if fault is not None:
            self.asked.append((function, address, count))
            raise fault
        return super().read(unit, function, address, count)


def test_an_answer_lost_on_the_way_does_not_lose_the_device() -> None:
    faults: dict[int, Exception] = {
        2: DecodeError("garbled"),
        9: DeviceError("unit 1 does not answer"),
        14: LinkError("hung up"),
    }
    for name in ("eastron/sdm630", "schneider/iem3000", "zcs/hyd_es"):
        identity = identify(Moody(served(CATALOGUE.get(name)), faults), 1, SHIPPED)
        assert identity.best is not None
        assert identity.best.profile_id == name


def test_a_line_that_breaks_twice_at_one_question_is_a_link_error() -> None:
    link = Moody(served(CATALOGUE.get("abb/b23")), {3: LinkError("gone"), 4: LinkError("gone")})
    with pytest.raises(LinkError, match="gone"):
        identify(link, 1, SHIPPED)
    assert link.rules == {}


def test_ended_stops_between_two_questions() -> None:
    link = BankLink(served(CATALOGUE.get("eastron/sdm630")))
    identity = identify(link, 1, SHIPPED, ended=lambda: len(link.asked) >= 3)
    assert identity.note == "stopped before every question had been asked"
    assert len(link.asked) <= 5


def test_a_link_is_offered_the_profiles_made_for_it_first() -> None:
    assert [profile.id for profile in fitting(SHIPPED, "v5")][:2] == ["aura/hybrid", "deye/hybrid"]
    assert fitting(SHIPPED, "can") == []
    over_rtu = [profile.id for profile in fitting(SHIPPED, "rtu")]
    assert over_rtu.index("schneider/evlink") > over_rtu.index("zcs/pv_old")


# -- over real lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["tcp", "rtu+tcp", "rtu", "v5"])
def test_devices_are_recognised_over_a_real_line(kind: str) -> None:
    if kind == "rtu" and sys.platform == "win32":
        pytest.skip("no pseudo-terminals there")
    units = {
        unit: Served(served(CATALOGUE.get(name))) for unit, name in enumerate(("schneider/iem3000", "sunspec/meter"), 1)
    }
    server = SimServer([Port("line", units, kind)])
    server.start()
    try:
        link = build_link(LinkConfig("line", parse_link(server.url("line"))), [])
        try:
            found = [identify(link, unit, SHIPPED).best for unit in units]
        finally:
            link.close()
    finally:
        server.stop()
    assert [match.profile_id for match in found if match] == ["schneider/iem3000", "sunspec/meter"]


# -- probes as data --------------------------------------------------------------------------------------------

HEADER = """maker: Acme
model: Box
groups: {live: {every: 1 s}}
options: {layout: {choices: [a, b], default: a}}
identify:
"""
POINTS = "id,at,function,group,en,fr\npower,10,3,live,Power,Puissance\n"


def load(folder: Path, *probes: str) -> Profile:
    box = folder / "acme" / "box"
    box.mkdir(parents=True)
    (box / "profile.yaml").write_text(HEADER + "".join(f"  - {probe}\n" for probe in probes), encoding="utf-8")
    (box / "points.csv").write_text(POINTS, encoding="utf-8")
    return load_profile(box)


def test_a_probe_is_read_with_all_its_parts(tmp_path: Path) -> None:
    profile = load(
        tmp_path, "{at: 4, type: f32, order: CDAB, between: [1, 2], weight: 0.4, optional: yes, sets: {layout: b}}"
    )
    assert profile.identify == (
        Probe(3, 4, 2, between=(1, 2), type="f32", order="CDAB", weight=0.4, optional="yes", sets=(("layout", "b"),)),
    )
    assert replace(profile.identify[0], weight=None).strength == 0.5


@pytest.mark.parametrize(
    ("probe", "fault"),
    [
        ("{at: 4}", "needs a condition"),
        ("{at: 4, looks: A, between: [1, 2]}", "one probe has one"),
        ("{at: 4, equals: [x]}", "must be a list of whole numbers"),
        ("{at: 4, type: ascii, exists: yes}", "is not a type of number"),
        ("{at: 4, exists: yes, order: ACBD}", "is not one of ABCD"),
        ("{at: 4, exists: yes, weight: 1}", "must lie between 0 and 1"),
        ("{at: 4, exists: yes, optional: no}", "is not refused or yes"),
        ("{at: 4, exists: yes, count: 126}", "must be from 1 to 125"),
        ("{at: 4, exists: yes, sets: {layout: c}}", "which is no option of this profile"),
        ("{looks: A}", "identify[1].at: must be a number"),
        ("{at: 4, looks: '('}", "is not a pattern"),
    ],
)
def test_a_probe_that_makes_no_sense_is_named_with_its_line(tmp_path: Path, probe: str, fault: str) -> None:
    with pytest.raises(ProfileError, match=r"profile\.yaml:\d+: .*identify") as wrong:
        load(tmp_path, probe)
    assert fault in str(wrong.value)
