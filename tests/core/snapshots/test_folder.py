"""The folder of a site's snapshots: written in one step, listed whatever lies in it, copied for the eyes of a role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.access import Person
from core.catalogue import Catalogue
from core.errors import CommandRefused
from core.paths import resources
from core.snapshots.difference import Side, compare, refusal
from core.snapshots.folder import MOST_BYTES, SnapshotFolder, listed, name_of, read_file, save_copy
from core.snapshots.reader import parsed
from core.snapshots.snapshot import Device, Kind, Seal
from core.storage.format import StorageError
from tests.core.snapshots.test_text import BOX, BY_HAND, SECRET, SNAPSHOT
from tests.core.writing.fakes import INSTALLER, PARAMETERS, VIEWER

PARIS = ZoneInfo("Europe/Paris")
BOSS = Person("Ada", "administrator")


def folder_in(path: Path) -> SnapshotFolder:
    return SnapshotFolder.beside(path / "ferme-1a2b.sqlite", PARIS)


def test_it_lies_beside_the_history_and_is_made_when_it_is_needed(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    assert folder.path == tmp_path / "ferme-1a2b.snapshots"
    assert folder.list() == []
    assert not folder.path.exists()
    opened = folder.write(SNAPSHOT)
    assert (opened.snapshot, opened.seal) == (SNAPSHOT, Seal.FINE)
    assert [path.name for path in folder.path.iterdir()] == ["2026-11-28_2220_as-found_ferme-des-tilleuls.yaml"]


@pytest.mark.parametrize(
    ("site", "slug"),
    [("Ferme des Tilleuls", "ferme-des-tilleuls"), ("../../etc", "etc"), ("Zoé & Fils", "zoe-fils"), ("東京", "site")],
)
def test_a_name_says_when_what_and_where(site: str, slug: str) -> None:
    assert name_of(replace(SNAPSHOT, site=site), PARIS) == f"2026-11-28_2220_as-found_{slug}"
    assert name_of(replace(SNAPSHOT, at=None, site="x" * 300), PARIS) == f"undated_as-found_{'x' * 40}"


def test_the_newest_comes_first_and_what_is_none_says_so(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    assert SNAPSHOT.at is not None
    folder.write(SNAPSHOT)
    folder.write(replace(SNAPSHOT, at=SNAPSHOT.at + 86_400, kind=Kind.AS_LEFT))
    (folder.path / "maison.yaml").write_text(BY_HAND, encoding="utf-8")
    (folder.path / "other.yaml").write_text("name: Ferme\n", encoding="utf-8")
    (folder.path / "half.yaml").touch()
    (folder.path / "notes.txt").write_text("x", encoding="utf-8")
    found = folder.list()
    kinds = [entry.snapshot.kind if entry.snapshot is not None else entry.fault for entry in found]
    assert kinds[:2] == [Kind.AS_LEFT, Kind.AS_FOUND]
    assert sorted(kinds[2:]) == [Kind.REFERENCE, "this is no snapshot of Wattelier", "this is no snapshot of Wattelier"]
    assert [device.device for device in found[0].holds] == ["box", "meter"]


def test_as_found_are_the_devices_that_were_read_to_the_end(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    folder.write(SNAPSHOT)
    folder.write(replace(SNAPSHOT, kind=Kind.BY_HAND, devices=(replace(BOX, id="by_hand"),)))
    assert [summary.device for summary in folder.as_found()] == ["box"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    with file.open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    with pytest.raises(StorageError, match="no snapshot"):
        read_file(file)
    assert listed(file).fault == "this is no snapshot of Wattelier"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read: No such file"):
        read_file(tmp_path / "gone.yaml")
    with pytest.raises(StorageError, match="cannot be read"):
        read_file(tmp_path)


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_in(tmp_path)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="cannot be written: No space left on device"):
        folder.write(SNAPSHOT)
    assert list(folder.path.iterdir()) == []


# -- copies ------------------------------------------------------------------------------------------------------


def test_a_copy_for_who_sees_everything_is_the_same_file(tmp_path: Path) -> None:
    opened = folder_in(tmp_path).write(SNAPSHOT)
    target = tmp_path / "copy.yaml"
    assert save_copy(opened, target, BOSS, {}, PARIS) == 0
    assert target.read_bytes() == opened.path.read_bytes()


def test_a_copy_leaves_out_what_the_role_may_not_see(tmp_path: Path) -> None:
    limit = replace(BOX.parameters[0], id="grid_code")
    device = replace(BOX, profile="acme/box", parameters=(*BOX.parameters, limit))
    opened = folder_in(tmp_path).write(replace(SNAPSHOT, devices=(device,)))
    person = Person("Ursule", "installer")
    target = tmp_path / "copy.yaml"
    assert save_copy(opened, target, person, {"acme/box": PARAMETERS}, PARIS) == 1
    copy = read_file(target)
    assert copy.seal is Seal.FINE
    assert SECRET.id not in {item.id for item in copy.snapshot.devices[0].parameters}
    assert "grid_code" in {item.id for item in copy.snapshot.devices[0].parameters}
    assert copy.snapshot.note.endswith("left out that it may not see: 1")
    assert device.seen_by(VIEWER, PARAMETERS).parameters == BOX.parameters[:-1]  # by the file and by the profile
    assert device.seen_by(VIEWER).parameters == (*BOX.parameters[:-1], limit)


def test_a_copy_of_a_changed_file_does_not_hide_that(tmp_path: Path) -> None:
    written = folder_in(tmp_path).write(SNAPSHOT)
    written.path.write_bytes(written.path.read_bytes().replace(b"80.5", b"90.5"))
    opened = read_file(written.path)
    assert opened.seal is Seal.CHANGED
    save_copy(opened, tmp_path / "copy.yaml", INSTALLER, {}, PARIS)
    assert read_file(tmp_path / "copy.yaml").snapshot.note.endswith(
        "the original had been changed after it was written"
    )


def test_a_copy_needs_the_permission_and_never_replaces_a_kept_one(tmp_path: Path) -> None:
    opened = folder_in(tmp_path).write(SNAPSHOT)
    before = opened.path.read_bytes()
    with pytest.raises(CommandRefused, match="needs the role"):
        save_copy(opened, tmp_path / "copy.yaml", VIEWER, {}, PARIS)
    with pytest.raises(CommandRefused, match="another folder"):
        save_copy(opened, opened.path, BOSS, {}, PARIS)
    assert opened.path.read_bytes() == before
    opened.path.write_bytes(before + b"#")
    with pytest.raises(CommandRefused, match="changed by somebody else"):
        save_copy(opened, tmp_path / "copy.yaml", BOSS, {}, PARIS)
    assert not (tmp_path / "copy.yaml").exists()


def test_the_reference_in_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[3] / "docs" / "snapshots.md").read_text("utf-8")
    block = page.split("```yaml\n")[2].split("```")[0]
    snapshot, seal = parsed(block.encode(), "x.yaml")
    assert (snapshot.kind, seal) == (Kind.REFERENCE, Seal.NONE)
    profile = Catalogue([resources() / "profiles"]).get(snapshot.devices[0].profile)
    wanted = compare(snapshot.devices[0], Device("aura", profile=profile.id), [Side.LEFT])
    assert [refusal(entry, profile.parameters) for entry in wanted] == [""] * 3
