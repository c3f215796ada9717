"""Where the user's files go, and what is said when they cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

from core import paths
from core.errors import ProfileError


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packaged program."""
    folder = tmp_path / "Wattelier à porter"
    folder.mkdir()
    monkeypatch.delenv("WATTELIER_DATA")
    monkeypatch.setattr(sys, "executable", str(folder / "wattelier"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return folder


def test_data_lies_where_the_system_keeps_it(packaged: Path):
    assert paths.user_data() == user_data_path("wattelier", appauthor=False)


def test_a_file_beside_the_program_keeps_everything_beside_it(packaged: Path):
    (packaged / "portable").touch()
    assert paths.user_data() == packaged / "data"
    assert paths.usable_data() == packaged / "data"
    assert list((packaged / "data").iterdir()) == []
    assert paths.profile_roots()[1] == packaged / "data" / "profiles"


def test_a_folder_of_that_name_is_no_such_file(packaged: Path):
    (packaged / "portable").mkdir()
    assert paths.user_data() != packaged / "data"


def test_the_environment_wins(packaged: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (packaged / "portable").touch()
    monkeypatch.setenv("WATTELIER_DATA", str(tmp_path / "elsewhere"))
    assert paths.user_data() == tmp_path / "elsewhere"


def test_a_place_that_cannot_be_written_is_one_sentence(packaged: Path):
    (packaged / "portable").touch()
    (packaged / "data").write_text("a file in the way")
    assert paths.data_fault().startswith(f"{packaged / 'data'} cannot be written, so nothing would be recorded or ")
    with pytest.raises(ProfileError, match="cannot be written"):
        paths.usable_data()
