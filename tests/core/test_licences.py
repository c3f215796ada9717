"""What others have written: found in what is installed, packed for the program, and read from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import licences
from core.errors import WattelierError
from core.licences import components, installed
from tests.scripts import script

collecting = script("licences")
NAMED = {"Python", "PySide6_Essentials", "shiboken6", "python-can", "numpy", "argon2-cffi", "ruamel.yaml"}


def test_what_is_needed_is_found_with_what_that_needs():
    found = {part.name: part for part in components()}
    assert set(found) >= NAMED
    assert "cffi" in found  # which argon2-cffi needs through its bindings
    assert not {"pytest", "ruff", "wattelier"} & set(found)
    assert all(part.version and part.licence and part.url for part in found.values())
    assert {name for name, part in found.items() if not part.text()} <= {"gs-usb"}
    assert {name for name, part in found.items() if part.replaceable} == {
        "PySide6_Essentials",
        "shiboken6",
        "python-can",
    }


def test_a_package_under_the_lgpl_without_texts_gets_those_of_its_licence():
    qt = next(part for part in components() if part.name == "PySide6_Essentials")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text()
    assert "GNU GENERAL PUBLIC LICENSE" in qt.text()


def test_the_packed_folder_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = {part.name: (part.version, part.licence, part.url, len(part.texts)) for part in installed()}
    collecting.collect(tmp_path / "licences", installed())
    monkeypatch.setattr(licences, "bundled", lambda: tmp_path)
    monkeypatch.setattr(licences, "is_packaged", lambda: True)
    found = {part.name: (part.version, part.licence, part.url, len(part.texts)) for part in components()}
    assert found == before
    assert all(tmp_path in text.parents and text.read_bytes() for part in components() for text in part.texts)


def test_a_packaged_program_without_its_folder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(licences, "bundled", lambda: tmp_path)
    monkeypatch.setattr(licences, "is_packaged", lambda: True)
    with pytest.raises(WattelierError, match=r"licences is not whole: install the program again$"):
        components()
