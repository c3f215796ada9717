"""What may be set on a device: read whole, or every fault named; and the shipped tables keep what they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.access import ROLES, reaches
from core.catalogue import Catalogue
from core.decode import Context, decode
from core.encode import encode
from core.errors import ProfileError
from core.parameter_loader import is_number
from core.parameters import Danger, Memory, Parameter, Words
from core.paths import resources
from core.points import Confidence, Quality
from core.profile import Profile
from core.profile_loader import load_profile

POINTS = """\
id,at,words,function,write,type,scale,unit,low,high,group,access,choices,confidence,en,fr
mode,0x1000,1,3,16,,,,,,settings,rw,mode,,Mode,Mode
limit,0x1010,1,3,16,,0.5,A,0,100,settings,rw,,,Limit,Limite
start,0x1011,1,3,16,hhmm,,,,,settings,rw,,,Start,Début
days,0x1012,1,3,16,bits,,,,,settings,rw,days,,Days,Jours
power,0x1013,2,3,16,u32,,W,,,settings,rw,,inferred,Power,Puissance
restart,0x1020,1,,6,,,,,,settings,w,,,Restart,Redémarrer
shown,0x1030,1,3,,,,V,0,500,settings,r,,,Shown,Affiché
"""
CHOICES = """\
table,code,id,en,fr
mode,0,self_use,Self use,Autoconsommation
mode,1,timed,Timed,Programmé
days,0,monday,Monday,Lundi
days,1,tuesday,Tuesday,Mardi
"""
HEADER = """\
maker: Acme
model: Hybrid 5K
blocks: {most_registers: 60, boundaries: [0x1020]}
groups: {settings: {every: on demand}}
unmapped:
  - {id: eps, en: Backup, fr: Secours}
"""
SETTINGS = """\
endurance: 50000
pause: 500 ms
remote: {en: Menu 6., fr: Menu 6.}
sections:
  system: {en: System, fr: Système}
  battery: {en: Battery, fr: Batterie}
blocks:
  rule: {first: 0x1010, last: 0x1018, companions: {0x1018: 1}, commit: 0x1018}
"""
TABLE = """\
id,section,low,high,step,choices,factory,memory,danger,sees,writes,block,command,help_en,help_fr,touches_en,touches_fr,screen_en,screen_fr,source
mode,system,,,,self_use|timed,timed,flash,grid code,,,,,Why,Pourquoi,Then,Alors,,,table 9
limit,battery,10,60,0.5,,16.5,volatile,protection,user,administrator,rule,,,,,,,,
start,battery,,,,,07:30,,,,,rule,,,,,,,,
days,battery,,,,,monday|tuesday,,,,,rule,no,,,,,,,
power,battery,0,5000,,,,,,,,rule,,,,,,,,
restart,system,1,1,,,,,restart,,,,yes,,,,,,,
shown,system,,,,,230,,,,,,,,,,,Menu 3,Menu 3,
eps,system,,,,,,,,administrator,administrator,,,,,,,Menu 5,Menu 5,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a profile ``acme/box`` with parameters."""
    folder = tmp_path / "acme" / "box"
    folder.mkdir(parents=True)
    for name, text in {
        "profile.yaml": HEADER,
        "points.csv": POINTS,
        "choices.csv": CHOICES,
        "parameters.yaml": SETTINGS,
        "parameters.csv": TABLE,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, before: str, after: str) -> str:
    """Change a file once; return what the loader then says."""
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    return str(caught.value)


def found(profile: Profile, name: str) -> Parameter:
    parameter = profile.parameters.find(name)
    assert parameter is not None
    return parameter


# -- the loader ------------------------------------------------------------------------------------------------


def test_parameters_read_as_they_are_written(folder: Path):
    profile = load_profile(folder)
    listed = profile.parameters
    assert [section.id for section in listed.sections] == ["system", "battery"]
    assert [entry.id for entry in listed.of("battery")] == ["limit", "start", "days", "power"]
    assert (listed.endurance, listed.pause_s, listed.remote) == (50_000, 0.5, Words("Menu 6.", "Menu 6."))
    block = listed.blocks["rule"]
    assert (block.first, block.count, block.companions, block.commit, block.busy) == (
        0x1010,
        9,
        {0x1018: 1},
        0x1018,
        (1,),
    )
    limit = found(profile, "limit")
    assert (limit.low, limit.high, limit.step, limit.factory) == (10.0, 60.0, 0.5, 16.5)
    assert (limit.memory, limit.danger, limit.sees, limit.writes) == (
        Memory.VOLATILE,
        Danger.PROTECTION,
        "user",
        "administrator",
    )
    assert (found(profile, "mode").factory, found(profile, "mode").choices) == ("timed", ("self_use", "timed"))
    assert found(profile, "mode").help == Words("Why", "Pourquoi")
    assert found(profile, "mode").source == "table 9"
    assert found(profile, "start").factory == "07:30"
    assert found(profile, "days").factory == ("monday", "tuesday")
    assert found(profile, "start").memory is Memory.UNKNOWN


def test_what_has_no_register_or_cannot_be_written_is_listed_all_the_same(folder: Path):
    profile = load_profile(folder)
    eps, shown = found(profile, "eps"), found(profile, "shown")
    assert (eps.point, eps.title, eps.screen) == (None, Words("Backup", "Secours"), Words("Menu 5", "Menu 5"))
    assert not eps.writable
    assert shown.point is profile.point("shown")
    assert not shown.writable
    assert shown.factory == 230.0
    assert found(profile, "restart").command
    assert found(profile, "restart").writable


def test_inference_is_the_points_own(folder: Path):
    profile = load_profile(folder)
    assert found(profile, "power").confidence is Confidence.INFERRED
    assert found(profile, "limit").confidence is Confidence.DOCUMENTED


def test_the_plausible_range_bounds_what_the_table_leaves_open(folder: Path):
    text = (folder / "parameters.csv").read_text("utf-8")
    (folder / "parameters.csv").write_text(text.replace("limit,battery,10,60,", "limit,battery,,,"), "utf-8")
    limit = found(load_profile(folder), "limit")
    assert (limit.low, limit.high) == (0.0, 100.0)


def test_what_nobody_writes_cannot_be_written(folder: Path):
    text = (
        (folder / "parameters.csv")
        .read_text("utf-8")
        .replace(
            "mode,system,,,,self_use|timed,timed,flash,grid code,,,,,Why,Pourquoi,Then,Alors,,,",
            "mode,system,,,,,timed,flash,grid code,,nobody,,,Why,Pourquoi,Then,Alors,Menu 1,Menu 1,",
        )
    )
    (folder / "parameters.csv").write_text(text, "utf-8")
    mode = found(load_profile(folder), "mode")
    assert not mode.writable
    assert mode.point is not None
    assert mode.point.readable
    assert mode.writes in ROLES


def test_a_profile_without_the_two_files_has_no_parameters(folder: Path):
    (folder / "parameters.csv").unlink()
    (folder / "parameters.yaml").unlink()
    assert not load_profile(folder).parameters


@pytest.mark.parametrize("missing", ["parameters.csv", "parameters.yaml"])
def test_one_file_without_the_other_is_a_fault(folder: Path, missing: str):
    (folder / missing).unlink()
    with pytest.raises(ProfileError, match=re.escape(missing)):
        load_profile(folder)


def test_all_faults_are_reported_at_once_with_file_and_line(folder: Path):
    with (folder / "parameters.csv").open("a", encoding="utf-8") as file:
        file.write("nowhere,system,,,,,,,,,,,,,,,,,,\n")
        file.write("limit,garden,200,10,0.3,,zz,rom,fire,boss,guest,box,perhaps,Why,,,,,,\n")
    (folder / "parameters.yaml").write_text(SETTINGS + "sectons: {}\n", encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    text = str(caught.value)
    for part in (
        "parameters.yaml:9: sectons: unknown entry",
        "parameters.csv:10: nowhere, id: there is no point and no unmapped entry 'nowhere'",
        "parameters.csv:11: limit, section: there is no section 'garden'",
        "limit, low: 200 is above high 10",
        "limit, low: 200 is outside the plausible range",
        "limit, step: must be a multiple of 0.5",
        "limit, factory: 'zz' is not a value of this point",
        "limit, memory: 'rom' is not one of flash, volatile, unknown",
        "limit, danger: 'fire' is not one of grid code, protection, restart, reach",
        "limit, sees: 'boss' is not one of viewer, user, installer, administrator",
        "limit, writes: 'guest' is not one of",
        "limit, block: there is no block 'box'",
        "limit, command: 'perhaps' is not one of yes, no",
        "limit, help_fr: is empty, though the other language is not",
        "limit, id: stands twice (also line 3)",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("limit,battery,10,60", "limit,battery,10,101", "limit, high: 101 is outside the plausible range"),
        ("limit,battery,10,60", "limit,battery,nan,60", "limit, low: 'nan' is not a number"),
        ("power,battery,0,5000", "power,battery,0,", "power, low: needs low and high"),
        ("start,battery,,,", "start,battery,1,,", "start, low: only a number has bounds and a step"),
        ("self_use|timed,timed", "self_use|tmed,timed", "mode, choices: the point has no choice 'tmed'"),
        ("self_use|timed,timed", "self_use,tmed", "mode, factory: 'tmed' is not a value"),
        (
            "16.5,volatile",
            "16.6,volatile",
            "limit, factory: '16.6' is not a value",
        ),  # between two steps of the register
        ("16.5,volatile", "160,volatile", "limit, factory: '160' is not a value"),
        ("07:30", "25:30", "start, factory: '25:30' is not a value"),
        ("monday|tuesday", "monday|noday", "days, factory: 'monday|noday' is not a value"),
        ("restart,,,,yes", "restart,,,,", "restart, command: cannot be read back, so it can only be a command"),
        ("Menu 3,Menu 3", ",", "shown, screen_en: cannot be written, so it needs its path"),
        ("Menu 3,Menu 3", "Menu 3,", "shown, screen_fr: is empty, though the other language is not"),
        ("Menu 5,Menu 5", ",", "eps, screen_en: cannot be written"),
        (
            "administrator,administrator,,,",
            "administrator,user,,,",
            "eps, writes: user may not write what user does not see",
        ),
        (
            "administrator,administrator,,,",
            "administrator,administrator,,yes,",
            "eps, command: a command needs a point",
        ),
        (
            "mode,system,,,,self_use|timed,timed,flash,grid code,,,,",
            "mode,system,,,,,,,,,,rule,",
            "register 4096 is outside",
        ),
        ("shown,system,,,,,230,,,,,,", "shown,system,,,,,230,,,,,rule,", "only a register that can be written"),
        ("restart,,,,yes", "restart,,,rule,yes", "is written with function 6, the block with 16"),
    ],
)
def test_senseless_lines_are_sentences(folder: Path, before: str, after: str, reason: str):
    assert reason in change(folder, "parameters.csv", before, after)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("first: 0x1010, last: 0x1018", "first: 0x1018, last: 0x1010", "rule.last: first … last must lie"),
        ("last: 0x1018", "last: 0x1021", "rule.last: crosses a boundary"),
        ("first: 0x1010, last: 0x1018", "first: 0x0010, last: 0x1018", "are more than the 60 of one request"),
        ("commit: 0x1018", "commit: 0x1018, function: 5", "rule.function: 5 is not one of 6, 16"),
        ("commit: 0x1018", "commit: 0x1018, busy: [0, 1]", "rule.busy: 0 means done"),
        ("companions: {0x1018: 1}", "companions: {0x1019: 1}", "register 4121 is neither in the block"),
        ("companions: {0x1018: 1}", "companions: {}", "rule.commit: the commit register needs its word"),
        ("companions: {0x1018: 1}", "companions: {0x1018: 70000}", "are at most 0xFFFF"),
        ("companions: {0x1018: 1}", "companions: {0x1018: 1, 0x1010: 2}", "limit, block: a companion of the block"),
        ("companions: {0x1018: 1}", "companions: {here: 1}", "rule.companions.here: 'here' is not a whole number"),
        ("last: 0x1018", "lst: 0x1018", "rule.lst: unknown entry"),
        ("blocks:", "blocks:\n  spare: {first: 1, last: 2}", "blocks.spare: no parameter belongs to it"),
        ("  battery:", "  garden: {en: G, fr: J}\n  battery:", "sections.garden: no parameter belongs to it"),
        ("fr: Système", "de: System", "sections.system.fr: is missing"),
        ("remote: {en: Menu 6., fr: Menu 6.}", "remote: {en: Menu 6.}", "remote.fr: is missing"),
        ("pause: 500 ms", "pause: soon", "pause: 'soon' is not a duration"),
        ("endurance: 50000", "endurance: 0", "endurance: must not be 0"),
    ],
)
def test_senseless_settings_are_sentences(folder: Path, before: str, after: str, reason: str):
    assert reason in change(folder, "parameters.yaml", before, after)


def test_a_table_saved_by_a_french_spreadsheet_is_read(folder: Path):
    text = (
        (folder / "parameters.csv").read_text("utf-8").replace(",", ";").replace("0.5", "0,5").replace("16.5", "16,5")
    )
    (folder / "parameters.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    limit = found(load_profile(folder), "limit")
    assert (limit.step, limit.factory) == (0.5, 16.5)


# -- what is shipped -------------------------------------------------------------------------------------------

SHIPPED = Catalogue([resources() / "profiles"])
WITH = [
    "aura/hybrid",
    "chint/ddsu666",
    "chint/dtsu666",
    "deye/hybrid",
    "eastron/sdm120",
    "eastron/sdm630",
    "ocpp/charge_point",
    "schneider/evlink",
    "schneider/evlink_ocpp",
    "schneider/evlink_pro_ac",
    "zcs/hyd_es",
    "zcs/hyd_g3",
    "zcs/pv_g3",
]


def test_the_devices_that_can_be_set_have_parameters():
    assert [name for name in SHIPPED.ids() if SHIPPED.get(name).parameters] == WITH


@pytest.mark.parametrize("name", WITH)
def test_everything_that_can_be_written_says_what_it_does_in_both_languages(name: str):
    for entry in SHIPPED.get(name).parameters.entries:
        if entry.writable:
            assert entry.touches.en or entry.help.en, entry.id
            assert entry.touches.fr or entry.help.fr, entry.id
        if entry.writable and entry.danger is not Danger.NONE:
            assert entry.touches, entry.id
        assert entry.title.en, entry.id
        assert entry.title.fr, entry.id
        assert entry.source, entry.id
        assert reaches(entry.writes, entry.sees), entry.id


@pytest.mark.parametrize("name", WITH)
def test_numbers_are_bounded_and_both_bounds_fit_the_register(name: str):
    for entry in SHIPPED.get(name).parameters.entries:
        point = entry.point
        if point is None or not entry.writable or not is_number(point):
            continue
        assert entry.low is not None, entry.id
        assert entry.high is not None, entry.id
        assert point.low is None or entry.low >= point.low, entry.id
        assert point.high is None or entry.high <= point.high, entry.id
        for bound in (entry.low, entry.high) if point.at else ():
            back = decode(point, encode(point, bound, Context()), Context())
            assert (back.value, back.quality) == (pytest.approx(bound), Quality.GOOD), entry.id


@pytest.mark.parametrize("name", WITH)
def test_factory_values_come_back_from_the_register_as_they_are(name: str):
    for entry in SHIPPED.get(name).parameters.entries:
        if entry.factory is not None and entry.point is not None and entry.point.at:
            back = decode(entry.point, encode(entry.point, entry.factory, Context()), Context())
            assert back.value == entry.factory, entry.id
        if isinstance(entry.factory, float) and entry.writable:
            assert entry.low is not None, entry.id
            assert entry.high is not None, entry.id
            assert entry.low <= entry.factory <= entry.high, entry.id


def french_of(name: str) -> Iterator[str]:
    """Every French text of a profile."""
    profile = SHIPPED.get(name)
    for point in profile.points:
        yield point.fr
        yield from (text for choice in point.choices for text in (choice.fr, choice.advice_fr))
    yield from (group.fr for group in profile.groups.values())
    yield from (option.fr for option in profile.options.values())
    yield from (text for entry in profile.unmapped for text in (entry.fr, entry.advice_fr))
    yield from set_in(profile)


def set_in(profile: Profile) -> Iterator[str]:
    """Every French text of its parameters, names of points apart."""
    for entry in profile.parameters.entries:
        yield from (entry.help.fr, entry.touches.fr, entry.screen.fr)
    yield from (section.title.fr for section in profile.parameters.sections)
    yield profile.parameters.remote.fr


@pytest.mark.parametrize("name", SHIPPED.ids())
def test_french_has_its_own_apostrophe(name: str):
    assert [text for text in french_of(name) if "'" in text] == []


@pytest.mark.parametrize("name", WITH)
def test_french_signs_stand_behind_a_narrow_space(name: str):
    for text in set_in(SHIPPED.get(name)):
        assert not re.search(r"[^\u202f][:;?!](?=\s|$)", text), text
        assert not re.search(r"«[^\u202f]|[^\u202f]»", text), text


@pytest.mark.parametrize("name", WITH)
def test_registers_of_a_block_stand_in_its_section_together(name: str):
    parameters = SHIPPED.get(name).parameters
    for block in parameters.blocks:
        sections = {entry.section for entry in parameters.entries if entry.block == block}
        assert len(sections) == 1, block


@pytest.mark.parametrize(
    "name", [name for name in WITH if name in ("aura/hybrid", "deye/hybrid", "zcs/hyd_g3", "zcs/pv_g3")]
)
def test_the_clock_is_never_written(name: str):
    profile = SHIPPED.get(name)
    written = {
        at
        for entry in profile.parameters.entries
        if entry.writable and entry.point is not None and not entry.command
        for at in entry.point.at
    }
    clocks = {at for point in profile.points if point.type.startswith("clock") for at in point.at}
    assert clocks
    assert clocks.isdisjoint(written)


def test_commit_registers_and_companions_are_no_parameters():
    for name in WITH:
        profile = SHIPPED.get(name)
        kept = {at for block in profile.parameters.blocks.values() for at in block.companions}
        for entry in profile.parameters.entries:
            assert entry.point is None or kept.isdisjoint(entry.point.at), entry.id


def test_everything_of_the_aura_without_a_register_has_its_menu():
    profile = SHIPPED.get("aura/hybrid")
    listed = {entry.id: entry for entry in profile.parameters.entries}
    assert {entry.id for entry in profile.unmapped} <= listed.keys()
    assert "5 : ACTIVATION EPS".replace(" :", "\u202f:") in listed["eps_enable"].screen.fr
    assert "6: CONTRÔLE À DISTANCE" in profile.parameters.remote.en
    assert not listed["grid_standard"].writable
    assert listed["restart_command"].danger is Danger.RESTART
    assert all(listed[f"timed_{way}_end"].confidence is Confidence.INFERRED for way in ("charge1", "discharge2"))


def test_the_blocks_of_zcs_go_out_whole():
    blocks = SHIPPED.get("zcs/hyd_g3").parameters.blocks
    assert {name: (block.first, block.last, dict(block.companions)) for name, block in blocks.items()} == {
        "export_limit": (0x1023, 0x1024, {}),
        "eps": (0x1029, 0x102A, {0x102A: 0}),
        "battery": (0x1044, 0x1053, {0x1053: 1}),
        "timed": (0x1111, 0x111F, {0x111F: 1}),
        "time_of_use": (0x1120, 0x112F, {0x112F: 1}),
        "passive_timeout": (0x1184, 0x1185, {}),
        "passive": (0x1187, 0x118C, {}),
        "rs485": (0x100B, 0x100F, {0x100F: 1}),
    }
    listed = SHIPPED.get("zcs/hyd_g3").parameters
    assert {entry.memory for entry in listed.entries if entry.block == "passive"} == {Memory.VOLATILE}
    assert {entry.danger for entry in listed.entries if entry.block == "rs485"} == {Danger.REACH}


def test_a_station_that_must_be_kept_alive_is_given_no_set_point_from_here():
    for name, points in {
        "evlink": ("max_current_socket", "max_current_cluster"),
        "evlink_pro_ac": ("set_point",),
    }.items():
        profile = SHIPPED.get(f"schneider/{name}")
        for point in points:
            entry = found(profile, point)
            assert (entry.writable, entry.memory) == (False, Memory.VOLATILE)
            assert entry.screen


@pytest.mark.parametrize("name", ["ocpp/charge_point", "schneider/evlink_ocpp"])
def test_every_key_of_a_station_is_listed_so_that_none_is_written_unguarded(name: str):
    profile = SHIPPED.get(name)
    keys = {point.id for point in profile.points if point.path.startswith("key.")}
    assert keys == {entry.id for entry in profile.parameters.entries}
    assert not found(profile, "key_authorizationkey").writable


def test_currents_of_a_station_are_never_offered_below_what_it_delivers():
    profile = SHIPPED.get("schneider/evlink_ocpp")
    for key in ("maxintensitysocket", "maxintensitystation", "degradedmodesetpointmono"):
        assert found(profile, f"key_{key}").low == 8.0
    assert found(profile, "key_degradedmodesetpointtri").low == 14.0


def test_what_the_maker_hides_from_its_user_is_for_the_administrator():
    profile = SHIPPED.get("schneider/evlink_ocpp")
    for section in ("network", "supervision", "energy", "sockets", "meters"):
        assert {entry.sees for entry in profile.parameters.of(section)} == {"administrator"}
    assert (found(profile, "key_rfidstatustimeout").sees, found(profile, "key_rfidstatustimeout").writes) == (
        "user",
        "administrator",
    )
    assert found(profile, "key_timezone").writes == "user"


def test_keys_of_which_only_the_name_is_known_are_never_written():
    profile = SHIPPED.get("schneider/evlink_ocpp")
    by_name = list(profile.parameters.of("by_name"))
    assert by_name
    assert not any(entry.writable for entry in by_name)
