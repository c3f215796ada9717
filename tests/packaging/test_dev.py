import ast
import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).parents[2] / "packaging" / "dev.py"


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wattelier_dev", DEV)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_older_python_is_told_so_in_one_sentence(monkeypatch: pytest.MonkeyPatch):
    ast.parse(DEV.read_text("utf-8"), feature_version=(3, 7))  # it must get far enough to say it
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(DEV), run_name="__main__")
    assert end.value.code == "Wattelier needs Python 3.11 or newer, and this is Python 3.9."


def test_only_the_standard_library_is_imported():
    tree = ast.parse(DEV.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {a.name for node in imports if isinstance(node, ast.Import) for a in node.names}
    names |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_venv_has_its_python_where_the_system_puts_it(dev: ModuleType):
    assert dev.venv_python(Path("v"), windows=True) == Path("v/Scripts/python.exe")
    assert dev.venv_python(Path("v"), windows=False) == Path("v/bin/python")


def test_a_digest_changes_with_every_part_and_every_border(dev: ModuleType):
    digests = {dev.digest(parts) for parts in ([b"ab", b"c"], [b"a", b"bc"], [b"abc"], [b"ab", b"d"])}
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("stamp", "extras", "expected"),
    [
        ("d1\ndev", ["dev"], True),
        ("d1\ndev\nbuild", ["dev"], True),
        ("d1\ndev", ["dev", "build"], False),
        ("d0\ndev", ["dev"], False),
        ("", ["dev"], False),
    ],
)
def test_packages_are_installed_again_only_when_asked_for_more(dev: ModuleType, stamp, extras, expected):
    assert dev.is_installed(stamp, "d1", extras) is expected


def test_a_missing_library_names_its_package_once(dev: ModuleType):
    missing = ["libxcb-icccm.so.4", "libEGL.so.1", "libEGL.so.1"]
    assert dev.packages_for(missing) == ["libegl1", "libxcb-icccm4"]


def test_a_library_that_no_system_has_is_missing(dev: ModuleType):
    assert dev.missing_libraries(["libwattelier-none.so.9"]) == ["libwattelier-none.so.9"]


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(dev: ModuleType, platform, environ, expected):
    assert dev.has_display(platform, environ) is expected


def test_without_root_the_exact_command_is_printed(dev: ModuleType, monkeypatch, capsys):
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    assert dev.install_packages(["libegl1", "libgl1"], "Qt misses some system libraries.") is False
    command = "sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    assert command in capsys.readouterr().out


def test_every_failed_check_is_named(dev: ModuleType):
    assert dev.verdict({"format": 0, "lint": 1, "types": 2}) == "check: lint, types failed"
    assert dev.verdict({"format": 0, "lint": 0}) == "check: all 2 passed"


def test_an_unknown_verb_shows_all_of_them(dev: ModuleType, capsys):
    assert dev.main(["dance"]) == 2
    shown = capsys.readouterr().out
    assert all(verb in shown for verb in ("setup", "demo", "test", "check", "bench", "shots", "build"))


def test_constraints_name_packages_and_versions_only(dev: ModuleType):
    lines = dev.CONSTRAINTS.read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    for pin in pins:
        name, _, version = pin.partition("==")
        assert name.replace("-", "").replace("_", "").replace(".", "").isalnum(), pin
        assert version.replace(".", "").isalnum(), pin


def test_a_bare_bench_leaves_the_endurance_out(dev: ModuleType, monkeypatch: pytest.MonkeyPatch):
    ran: list[str] = []
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "python", lambda script, *_, **__: ran.append(script.stem) or 0)
    assert dev.bench(["--json"]) == 0
    assert "bench_v5" in ran
    assert "bench_soak" not in ran
    assert dev.bench(["soak", "--quick"]) == 0
    assert ran[-1] == "bench_soak"
