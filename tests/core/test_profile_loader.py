"""Profiles are read whole, or every fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.errors import ProfileError
from core.points import Kind
from core.profile_loader import load_profile


def test_a_profile_reads_as_it_is_written(acme: Path):
    profile = load_profile(acme)
    assert profile.id == "acme/hybrid_5k"
    power = profile.point("battery_power")
    assert power is not None
    assert (power.address, power.scales, power.low, power.high) == (0x0206, (-10.0,), -6000, 6000)
    state = profile.point("run_state")
    assert state is not None
    assert state.kind is Kind.STATE
    assert state.choice_of[5].fr == "Défaut"
    assert profile.groups["fast"].every_s == 1.0
    assert profile.groups["settings"].every_s is None
    assert profile.needed_first(profile.points) == {"ct", "current"}


def test_all_faults_are_reported_at_once_with_file_and_line(acme: Path):
    with (acme / "points.csv").open("a", encoding="utf-8") as file:
        file.write("bad1,zzz,3,u16,,,W,,,fast,,Bad,Mauvais\n")
        file.write("bad2,5,3,q99,,,kW,,,nowhere,,Bad,Mauvais\n")
        file.write("ct,7,3,u16,,,,,,fast,,Twice,Double\n")
        file.write("bad3,9,3,u16,,,,9,1,fast,missing,,\n")
    with pytest.raises(ProfileError) as caught:
        load_profile(acme)
    text = str(caught.value)
    for part in (
        "points.csv:7: bad1, at: 'zzz' is not an address",
        "points.csv:8: bad2, type: 'q99' is not one of",
        "bad2, unit: 'kW' is not an inner unit",
        "bad2, group: there is no group 'nowhere'",
        "points.csv:9: ct, id: stands twice (also line 6)",
        "points.csv:10: bad3, low: 9 is above high 1",
        "bad3, choices: there is no table 'missing'",
        "bad3, en: is empty",
    ):
        assert part in text


def test_a_typing_mistake_in_the_header_does_not_pass_in_silence(acme: Path):
    header = (acme / "profile.yaml").read_text(encoding="utf-8")
    (acme / "profile.yaml").write_text(header.replace("category:", "catgory:"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"profile\.yaml:3: catgory: unknown entry"):
        load_profile(acme)


def test_a_role_or_a_rule_that_names_no_point_is_a_fault(acme: Path):
    header = (acme / "profile.yaml").read_text(encoding="utf-8")
    broken = header.replace("battery_soc}", "battery_sox}").replace("secondary: [ct]", "secondary: [cd]")
    (acme / "profile.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(acme)
    assert "there is no point 'battery_sox'" in str(caught.value)
    assert "there is no point 'cd'" in str(caught.value)


@pytest.mark.parametrize("content", ["maker: [unclosed", "\x00\x01", "- a\n- b\n", ""])
def test_broken_yaml_is_one_sentence(acme: Path, content: str):
    (acme / "profile.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"profile\.yaml"):
        load_profile(acme)


def test_a_users_folder_overrides_a_shipped_profile(acme: Path, tmp_path: Path):
    own = tmp_path / "own" / "acme" / "hybrid_5k"
    own.mkdir(parents=True)
    for file in acme.iterdir():
        (own / file.name).write_text(file.read_text("utf-8").replace("Hybrid 5K", "Mine"), encoding="utf-8")
    assert Catalogue([acme.parent.parent, tmp_path / "own"]).get("acme/hybrid_5k").model == "Mine"


def test_an_unknown_profile_suggests_a_near_one(acme: Path):
    with pytest.raises(ProfileError, match="did you mean acme/hybrid_5k"):
        Catalogue([acme.parent.parent]).get("acme/hybrid")


def test_a_table_saved_by_a_french_spreadsheet_is_read(acme: Path):
    text = (acme / "points.csv").read_text("utf-8").replace(",", ";").replace("0.001", "0,001")
    (acme / "points.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    current = load_profile(acme).point("current")
    assert current is not None
    assert current.scales == (0.001,)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("0x0206", "99999", "at most 0xFFFF"),
        ("s16,-10", "s16,nan", "is not a number"),
        ("s16,-10", "s16,1e400", "is not a number"),
        ("s16,-10", "s16,0", "must not be 0"),
        ("id,at", "at,at", "stands twice"),
        ("id,at", "name,at", "column is missing"),
    ],
)
def test_senseless_cells_are_sentences(acme: Path, before: str, after: str, reason: str):
    text = (acme / "points.csv").read_text("utf-8")
    assert before in text
    (acme / "points.csv").write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ProfileError, match=reason):
        load_profile(acme)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("{pick: primary, doubt: true}", "{pick: primry}", "not one of its factors"),
        ("{pick: primary, largest: [current], above: 10}", "{pick: primary}", "needs a proof"),
        ("default: auto", "default: atuo", "not one of its choices"),
        ("{every: 1 s, ", "{every: .inf, ", "not a duration"),
        ("most_registers: 60", "most_registers: 1e400", "must be a number"),
    ],
)
def test_senseless_rules_are_sentences(acme: Path, before: str, after: str, reason: str):
    text = (acme / "profile.yaml").read_text("utf-8")
    assert before in text
    (acme / "profile.yaml").write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ProfileError, match=reason):
        load_profile(acme)
