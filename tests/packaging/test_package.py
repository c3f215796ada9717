"""What is handed out is put together as it should be; whether the real program runs, ``dev.py build`` tries."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tarfile
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from configparser import RawConfigParser
from pathlib import Path, PurePosixPath

import pytest

from core.version import CHECKOUT
from gui import cli
from tests.scripts import FOLDER, script

ROOT = FOLDER.parent
LINUX, WINDOWS = FOLDER / "linux", FOLDER / "windows"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Debian packages and shell scripts are not of Windows")


# -- versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ("v1.2.0", "1.2.0"),
        ("v1.2.0-dirty", "1.2.0+dirty"),
        ("v1.2.0-3-g0123abc", "1.2.0+3.g0123abc"),
        ("v1.2.0rc1-3-g0123abc-dirty", "1.2.0rc1+3.g0123abc.dirty"),
        ("0123abc", "1.3.0.dev0+g0123abc"),
        ("0123abc-dirty", "1.3.0.dev0+g0123abc.dirty"),
        ("", "1.3.0.dev0"),  # no git here
    ],
)
def test_the_version_is_that_of_the_tag_or_says_how_far_it_is_from_one(described, expected):
    assert script("versions").worded(described, "1.3.0") == expected


def test_a_checkout_is_of_the_version_that_comes():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == CHECKOUT


def test_debian_takes_what_comes_before_a_version_as_older():
    assert script("versions").of_debian("1.3.0.dev0+g0123abc") == "1.3.0~dev0+g0123abc"
    assert script("versions").of_debian("1.3.0+2.g0123abc") == "1.3.0+2.g0123abc"


# -- what goes in --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("font_roboto/files/Roboto-Medium.ttf", True),
        ("font_roboto/files/Roboto-Thin.ttf", False),
        ("resources/i18n/wattelier_fr.ts", False),
        ("resources/i18n/wattelier_fr.qm", True),
    ],
)
def test_of_qt_and_of_fonts_goes_in_what_is_used(place, expected):
    assert script("leftout").stays(place) is expected


def test_a_library_that_nothing_asks_for_stays_out_with_its_links():
    asks = {"/QtGui.so": ["libGui.so"], "/libGui.so": ["libCore.so"], "/libqxcb.so": ["libXcb.so", "libc.so"]}
    entries = [
        ("PySide6/QtGui.so", "/QtGui.so", "EXTENSION"),
        ("PySide6/lib/libGui.so", "/libGui.so", "BINARY"),
        ("PySide6/lib/libCore.so", "/libCore.so", "BINARY"),
        ("PySide6/lib/libQml.so", "/libQml.so", "BINARY"),
        ("PySide6/plugins/platforms/libqxcb.so", "/libqxcb.so", "BINARY"),
        ("libXcb.so", "/libXcb.so", "BINARY"),
        ("libpython3.11.so.1.0", "/libpython3.11.so.1.0", "BINARY"),
        ("libCore.so", "PySide6/lib/libCore.so", "SYMLINK"),
        ("libQml.so", "PySide6/lib/libQml.so", "SYMLINK"),
        ("resources/app.qss", "/app.qss", "DATA"),
    ]
    kept = script("leftout").reached(entries, lambda library: asks.get(library, []))
    assert [entry for entry in entries if entry not in kept] == [entries[3], entries[8]]


def test_processes_are_not_used_since_what_they_need_is_not_run():
    assert "pyi_rth_multiprocessing" in script("leftout").AT_THE_START
    for package in ("core", "drivers", "gui"):
        for file in (ROOT / package).rglob("*.py"):
            assert "multiprocessing" not in file.read_text("utf-8"), file


def test_what_is_left_out_is_imported_nowhere():
    names = "|".join(re.escape(name) for name in script("leftout").MODULES)
    imports = re.compile(rf"^\s*(?:from|import) (?:{names})\b", re.MULTILINE)
    for package in ("core", "drivers", "gui"):
        for file in (ROOT / package).rglob("*.py"):
            assert not imports.search(file.read_text("utf-8")), file


def test_something_large_without_a_reason_fails_and_is_named():
    inside = script("inside")
    table = [inside.Reason("Python", "libpython*", "the language")]
    listed = inside.explained({"libpython3.11.so": 5_000_000, "small.txt": 10}, table)
    assert "libpython3.11.so" in listed
    assert "the language" in listed
    with pytest.raises(inside.Unexplained, match=r"libwebengine.so \( *300.00 MB\)"):
        inside.explained({"libpython3.11.so": 5_000_000, "libwebengine.so": 300_000_000}, table)
    with pytest.raises(inside.Unexplained, match="examples"):
        inside.explained({f"examples/{number}.py": 3000 for number in range(100)}, table)


def test_every_line_of_the_table_has_a_reason():
    lines = script("inside").reasons()
    assert all(line.part and line.files and line.why for line in lines)
    assert len({line.files for line in lines}) == len(lines)


def test_an_icon_of_windows_holds_a_picture_for_each_size():
    bundle = script("bundle")
    pictures = {size: bundle.drawn(size) for size in (16, 256)}
    icon = bundle.ico(pictures)
    assert struct.unpack_from("<HHH", icon) == (0, 1, 2)
    for row, (size, png) in enumerate(pictures.items()):
        edge, length, at = icon[6 + 16 * row], *struct.unpack_from("<II", icon, 14 + 16 * row)
        assert (edge, icon[at : at + length]) == (size % 256, png)
        assert struct.unpack_from(">II", png, 16) == (size, size)


# -- archives ------------------------------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Something that has the shape of the packaged program."""
    folder = tmp_path / "wattelier"
    (folder / "_internal" / "resources").mkdir(parents=True)
    (folder / "wattelier").write_text("#!/bin/sh\n")
    (folder / "wattelier").chmod(0o700)  # as with a strict umask
    (folder / "_internal" / "resources" / "app.qss").write_text("QWidget {}\n")
    (folder / "_internal" / "libcore.so").write_bytes(b"library")
    return folder


@pytest.fixture
def linked(program: Path) -> Path:
    (program / "_internal" / "libcore.so.6").symlink_to("libcore.so")
    return program


def test_sums_are_as_sha256sum_reads_them(tmp_path: Path):
    for name in ("wattelier-1.0-linux-x86_64.tar.gz", "wattelier-1.0-linux-x86_64.deb", "notes.txt"):
        (tmp_path / name).write_text(name)
    written = script("artefacts").write_sums(tmp_path)
    assert written.read_bytes().count(b"\r") == 0
    deb, tar = written.read_text("ascii").splitlines()
    assert deb == f"{hashlib.sha256(b'wattelier-1.0-linux-x86_64.deb').hexdigest()}  wattelier-1.0-linux-x86_64.deb"
    assert tar.endswith("  wattelier-1.0-linux-x86_64.tar.gz")
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True)


@POSIX
def test_an_archive_keeps_links_and_rights_and_belongs_to_nobody(linked: Path, tmp_path: Path):
    target = script("artefacts").tarred(linked, tmp_path / "w.tar.gz", PurePosixPath("wattelier-1.0"))
    with tarfile.open(target) as archive:
        entries = {entry.name: entry for entry in archive}
    assert entries["wattelier-1.0/wattelier"].mode & 0o777 == 0o755
    assert entries["wattelier-1.0/_internal/libcore.so.6"].issym()
    assert {(entry.uid, entry.gid) for entry in entries.values()} == {(0, 0)}
    for beside in ("README.md", "deploy.md", "linux/70-wattelier.rules", "linux/wattelier-record.service"):
        assert f"wattelier-1.0/{beside}" in entries


def test_a_zip_holds_the_program_in_one_folder(program: Path, tmp_path: Path):
    target = script("artefacts").zipped(program, tmp_path / "w.zip", PurePosixPath("wattelier"))
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
    assert "wattelier/_internal/resources/app.qss" in names
    assert all(name.startswith("wattelier/") for name in names)


@POSIX
def test_the_debian_tree_is_whole(linked: Path, tmp_path: Path):
    tree = tmp_path / "tree"
    script("debian").assemble(linked, tree, "1.3.0.dev0+g0123abc", lambda size: b"png %d" % size)
    assert (tree / "usr/bin/wattelier").readlink() == Path("/opt/wattelier/wattelier")
    assert (tree / "opt/wattelier/wattelier").stat().st_mode & 0o777 == 0o755
    assert (tree / "opt/wattelier/_internal/resources/app.qss").stat().st_mode & 0o777 == 0o644
    assert (tree / "opt/wattelier/_internal/libcore.so.6").is_symlink()
    assert (tree / "usr/share/icons/hicolor/48x48/apps/wattelier.png").read_bytes() == b"png 48"
    for place, (_, mode) in script("debian").files().items():
        assert (tree / place).stat().st_mode & 0o777 == mode, place
    fields = dict(line.split(": ", 1) for line in (tree / "DEBIAN/control").read_text().splitlines() if ": " in line)
    assert fields["Version"] == "1.3.0~dev0+g0123abc"
    assert {"Package", "Architecture", "Maintainer", "Description", "Depends", "Installed-Size"} <= fields.keys()
    for line in (tree / "DEBIAN/md5sums").read_text().splitlines():
        digest, place = line.split("  ", 1)
        assert hashlib.md5((tree / place).read_bytes(), usedforsecurity=False).hexdigest() == digest


@POSIX
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not here")
def test_the_debian_package_is_one_for_dpkg(linked: Path, tmp_path: Path):
    debian = script("debian")
    debian.assemble(linked, tmp_path / "tree", "1.0", lambda size: b"png %d" % size)
    assert debian.packed(tmp_path / "tree", tmp_path / "w.deb")
    told = subprocess.run(["dpkg-deb", "--field", tmp_path / "w.deb", "Package"], capture_output=True, check=True)
    assert told.stdout.strip() == b"wattelier"
    script("selftest").unpack(tmp_path / "w.deb", tmp_path / "unpacked")
    assert script("selftest").program_in(tmp_path / "unpacked") == tmp_path / "unpacked/opt/wattelier"


# -- files of the systems ------------------------------------------------------------------------------------------


def test_the_desktop_entry_is_well_formed():
    parser = RawConfigParser(delimiters="=", comment_prefixes="#", strict=True)
    parser.optionxform = str  # keys have a case
    parser.read_string((LINUX / "wattelier.desktop").read_text("utf-8"))
    entry = parser["Desktop Entry"]
    assert (entry["Type"], entry["Name"], entry["Icon"]) == ("Application", "Wattelier", "wattelier")
    assert entry["Exec"].split() == ["wattelier", "%f"]
    assert all(entry[key].endswith(";") for key in entry if key.startswith(("Categories", "Keywords")))
    assert {key.removesuffix("[fr]") for key in entry if key.endswith("[fr]")} <= set(entry)
    if tool := shutil.which("desktop-file-validate"):
        subprocess.run([tool, LINUX / "wattelier.desktop"], check=True)


def test_udev_rules_are_well_formed():
    file = LINUX / "70-wattelier.rules"
    assert int(file.name[:2]) < 73  # there the system gives who sits at the computer their rights
    assert udev_faults(file.read_text("utf-8")) == []


def test_a_faulty_udev_rule_is_seen():
    assert udev_faults('SUBSYSTEM="tty", MODE="0660"\n') == ['SUBSYSTEM="tty"']  # assigns where it should compare
    assert udev_faults('SUBSYSTEM=="tty" MODE="0660"\n') != []
    assert udev_faults('ACTION=="remove", GOTO="nowhere"\n') == ["nowhere"]


def udev_faults(text: str) -> list[str]:
    """Terms that are no rule of udev: of another form, matches that assign, assignments that match, lost labels."""
    match = r"(ACTION|KERNEL|SUBSYSTEMS?|ENV\{\w+\}|ATTRS?\{\w+\})(==|!=)"
    assign = r"(MODE:?=|GROUP:?=|TAG\+=|ENV\{\w+\}=|GOTO=|LABEL=)"
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    terms = [term for line in lines for term in line.split(", ")]
    faults = [term for term in terms if not re.fullmatch(rf'({match}|{assign})"[^"]+"', term)]
    labels = {term for term in terms if term.startswith("LABEL=")}
    return faults + [
        t.split('"')[1] for t in terms if t.startswith("GOTO=") and t.replace("GOTO", "LABEL") not in labels
    ]


def test_the_service_starts_what_the_package_installs_with_arguments_that_are_understood():
    parser = RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string((LINUX / "wattelier-record.service").read_text("utf-8"))
    service = parser["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/opt/wattelier/wattelier"
    assert cli._verb_parser().parse_args(arguments).verb == "record"
    assert service["Environment"] == f"WATTELIER_DATA=/var/lib/{service['StateDirectory']}"
    assert f"u {service['User']} " in (LINUX / "wattelier.sysusers").read_text("utf-8")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")


def test_the_task_of_windows_starts_what_the_installer_installs():
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    tree = ET.fromstring((WINDOWS / "wattelier-record.xml").read_text("utf-8"))
    told = {name: tree.findtext(f".//t:{name}", namespaces=space) or "" for name in ("Command", "Arguments", "UserId")}
    assert told["Command"] == '"C:\\Program Files\\Wattelier\\wattelier.exe"'
    arguments = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', told["Arguments"])]
    assert cli._verb_parser().parse_args(arguments).verb == "record"
    assert told["UserId"] == "S-1-5-19"  # local service: no administrator


def test_the_installer_of_windows_names_files_that_are_there():
    text = (WINDOWS / "wattelier.iss").read_text("utf-8")
    named = re.findall(r"\{#Root\}\\([\w.\\-]+)", text)
    made = ("dist", "build")
    assert [name for name in named if name.split("\\")[0] not in made]
    for name in named:
        assert name.split("\\")[0] in made or (ROOT / name.replace("\\", "/")).is_file(), name
    assert f"\\{script('bundle').ICON}" in text
    assert set(re.findall(r'^Name: "(en|fr)"; MessagesFile', text, re.MULTILINE)) == {"en", "fr"}
    messages = re.findall(r"^(en|fr)\.(\w+)=", text, re.MULTILINE)
    assert {name for language, name in messages if language == "en"} == {
        name for language, name in messages if language == "fr"
    }


def test_what_the_installer_is_told_its_build_script_gives():
    text, build = ((WINDOWS / name).read_text("utf-8") for name in ("wattelier.iss", "build_installer.ps1"))
    for name in set(re.findall(r"\{#(\w+)\}", text)) - {"Root", "Program"}:
        assert f"/D{name}=" in build, name


# -- the trial at another place ------------------------------------------------------------------------------------

HONEST = """#!/bin/sh
case "$1" in
--version) echo wattelier 1.0;;
--self-test) echo all is well;;
query) echo grid;;
--demo) trap 'exit 0' TERM; while :; do sleep 0.02; done;;
esac
"""


@POSIX
@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("", ""),
        ("[ $1 != --self-test ] || exit 3", "exit code 3 of --self-test"),
        ("[ $1 != --demo ] || exit 0", "it ended by itself"),
        ("touch $HOME/.wattelierrc", "home/.wattelierrc"),
        ("touch here", "elsewhere/here"),
        ('touch "$(dirname "$0")"/_internal/cache', "_internal/cache"),
        ("touch $WATTELIER_DATA/mine", ""),
        ("[ -z $PYTHONPATH$VIRTUAL_ENV ] || exit 4", ""),
    ],
)
def test_a_program_that_fails_or_strays_elsewhere_is_told(more, fault, program: Path, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    (program / "wattelier").write_text(HONEST.replace("\n", f"\n{more}\n", 1))
    monkeypatch.setattr(script("selftest"), "WINDOW_S", 0.15)
    failed = script("selftest").tried(program)
    told = capsys.readouterr().out
    assert failed == (1 if fault else 0), told
    assert fault in told
    assert "Énergie du bâtiment" in told
