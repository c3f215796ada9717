"""The self-test: everything passes here, what is broken is one failed line, and the user's data is left alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from zipimport import zipimporter

import can
import pytest
from PySide6.QtGui import QImage

from core.catalogue import Catalogue
from core.errors import LinkError
from core.paths import resources
from gui.cli import main
from gui.pages import PAGES
from gui.selftest import devices, keeping, lines, table, window
from gui.selftest.check import Check, Failed, Setting, Skipped, results

Run = Callable[[Setting], str]


@pytest.fixture
def setting(tmp_path: Path, own_data: Path) -> Setting:
    folder = tmp_path / "apart"
    folder.mkdir()
    return Setting(folder, own_data, quick=True)


def raising(error: Exception) -> Run:
    def run(_setting: Setting) -> str:
        raise error

    return run


@pytest.mark.usefixtures("qapp")
def test_everything_passes_and_the_users_folder_is_not_even_made(own_data: Path, capsys: pytest.CaptureFixture[str]):
    code = main(["--self-test", "--quick", "--json"])
    told = json.loads(capsys.readouterr().out)
    serial = "skipped" if sys.platform == "win32" else "passed"
    wanted = {check.name: "passed" for check in table.CHECKS} | {"simulator over Modbus RTU": serial}
    assert {each["name"]: each["state"] for each in told} == wanted, told
    assert code == 0
    assert not own_data.exists()
    details = {each["name"]: each["detail"] for each in told}
    assert details["where user data lives"] == f"{own_data} (is made at the first use)"
    assert f"{len(PAGES)} pages" in details["pages are painted"]


def test_a_check_that_fails_or_raises_is_one_line_and_the_others_go_on(setting: Setting):
    checks = (
        Check("one", raising(Failed("the lamp is\nbroken"))),
        Check("two", raising(KeyError("moon"))),
        Check("three", raising(LinkError("no way"))),
        Check("four", raising(Skipped("no pseudo-terminals"))),
        Check("five", lambda setting: str(setting.folder.is_dir())),
    )
    found = [(result.name, str(result.state), result.words) for result in results(checks, setting)]
    assert found == [
        ("one", "failed", "the lamp is broken"),
        ("two", "failed", "KeyError: 'moon'"),
        ("three", "failed", "no way"),
        ("four", "skipped", "no pseudo-terminals"),
        ("five", "passed", "True"),
    ]


@pytest.mark.parametrize(
    ("run", "code", "line"),
    [
        (raising(Failed("it is broken")), 1, "failed   it is broken"),
        (raising(Skipped("not here")), 0, "skipped  not here"),
        (lambda _: "3 of 3", 0, "ok       3 of 3"),
    ],
)
def test_lines_and_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], run: Run, code: int, line: str
):
    monkeypatch.setattr(table, "CHECKS", (Check("a lamp", run),))
    assert main(["--verbose", "--self-test"]) == code
    first, last = capsys.readouterr().out.splitlines()
    assert first.split(":", 1)[1].strip().startswith(line)
    assert last.startswith("self-test: ")


def test_a_golden_case_that_is_not_true_fails(setting: Setting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    shipped = resources() / "profiles" / "chint" / "ddsu666"
    copy = tmp_path / "profiles" / "chint" / "ddsu666"
    copy.mkdir(parents=True)
    for file in shipped.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    golden = copy / "golden.yaml"
    golden.write_text(golden.read_text("utf-8").replace("ddsu.u: ", "ddsu.u: 9"), "utf-8")
    monkeypatch.setattr(devices, "shipped", lambda: Catalogue([tmp_path / "profiles"]))
    with pytest.raises(Failed, match=r"^chint/ddsu666: ddsu\.u gave "):
        devices.golden_cases_decode(setting)


@pytest.mark.parametrize(("width", "height", "reason"), [(800, 600, "is blank in fr"), (10, 10, "is 10 x 10 in fr")])
def test_a_page_that_is_blank_fails(width: int, height: int, reason: str):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xF4F5F7)
    with pytest.raises(Failed, match=reason):
        window.require_paint(PAGES[0], image, "fr")


def test_windows_has_no_pseudo_terminals(setting: Setting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines.sys, "platform", "win32")
    with pytest.raises(Skipped, match="no pseudo-terminals"):
        lines.modbus_rtu(setting)


def test_a_library_under_the_lgpl_that_is_packed_away_fails(setting: Setting, monkeypatch: pytest.MonkeyPatch):
    assert keeping.lgpl_libraries_are_files(setting) == "PySide6, Shiboken, python-can"
    monkeypatch.setattr(can.__spec__, "loader", zipimporter.__new__(zipimporter))
    with pytest.raises(Failed, match=r"^can is packed into the program"):
        keeping.lgpl_libraries_are_files(setting)


def test_a_place_for_data_that_is_a_file_fails(tmp_path: Path):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(Failed, match="cannot be written"):
        keeping.user_data_is_writable(Setting(tmp_path, tmp_path / "data" / "wattelier"))


def test_every_check_has_a_name_of_its_own():
    assert len({check.name for check in table.CHECKS}) == len(table.CHECKS)
