"""Everything one does with this repository, from a bare Python: ``python3 packaging/dev.py VERB``.

Standard library only. Each verb first makes ``.venv`` what it should be, so a fresh clone needs nothing else.
What follows the verb goes to the tool behind it: ``dev.py test -k storage``.
"""

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python still reads this far, and is told why it stops
    sys.exit("Wattelier needs Python 3.11 or newer, and this is Python {}.{}.".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
LONG_BENCHES = ("bench_soak", "bench_fuzz", "bench_package")
STAMP = VENV / "set-up"  # digest of what was installed, then the extras

# What Qt's libraries, its offscreen platform and QtNetwork load, and the Debian package of each.
QT_BASE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
}
# What a window on X11 or Wayland needs beyond it.
QT_WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


class Stop(Exception):
    """One sentence for whoever typed the command."""


# -- pure parts ----------------------------------------------------------------------------------------------


def venv_python(venv: Path, windows: bool) -> Path:
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def digest(parts: Iterable[bytes]) -> str:
    """Return what changes whenever one of the parts changes, or moves between two neighbours."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def is_installed(stamp: str, wanted: str, extras: Iterable[str]) -> bool:
    """Whether a stamp says that this digest was installed with at least these extras."""
    found, *installed = stamp.split() or [""]
    return found == wanted and set(extras) <= set(installed)


def packages_for(missing: Iterable[str]) -> list[str]:
    """Return the Debian packages that carry these libraries, each once."""
    table = QT_BASE | QT_WINDOW
    return sorted({table[library] for library in missing})


def apt_install(packages: Sequence[str]) -> list[str]:
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Only Linux can be without: there a display is announced in the environment."""
    return not platform.startswith("linux") or any(environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def verdict(results: Mapping[str, int]) -> str:
    """Return the closing line of a list of checks, by exit code."""
    failed = [name for name, code in results.items() if code]
    return f"check: {', '.join(failed)} failed" if failed else f"check: all {len(results)} passed"


# -- running things ------------------------------------------------------------------------------------------


def say(text: str) -> None:
    print(text, flush=True)  # before a child writes to the same terminal


def run(command: Sequence[str | Path], offscreen: bool = False) -> int:
    """Run in the repository; return the exit code. Ctrl-C reaches the child, which takes its time to end."""
    environ = os.environ | ({"QT_QPA_PLATFORM": "offscreen"} if offscreen else {})
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environ)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def python(*arguments: str | Path, offscreen: bool = False) -> int:
    """Run the Python of ``.venv``; return the exit code."""
    return run([venv_python(VENV, sys.platform == "win32"), *arguments], offscreen)


# -- set-up --------------------------------------------------------------------------------------------------


def install_packages(packages: Sequence[str], why: str) -> bool:
    """Install Debian packages as root, else print the exact command; return whether they were installed."""
    if not shutil.which("apt-get"):
        return False
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        say(f"{why} Please run:\n    sudo {shlex.join(apt_install(packages))}")
        return False
    say(f"{why} Installing {' '.join(packages)}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    run(["apt-get", "update", "-q"])  # a failure here shows itself in the next line
    return run(apt_install(packages)) == 0


def make_venv() -> None:
    """Create ``.venv``, again when it is broken or belongs to another Python version."""
    ours = "{}.{}".format(*sys.version_info[:2])
    asks = [
        str(venv_python(VENV, sys.platform == "win32")),
        "-c",
        "import pip, sys; print('%d.%d' % sys.version_info[:2])",
    ]
    try:
        found = subprocess.run(asks, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        found = ""
    if found == ours:
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{ours}-venv"
        if not install_packages([package], "This Python comes without its venv module."):
            raise Stop(f"Python's venv module is missing; install {package}, or a Python from python.org.")
    if VENV.exists():
        say(f"Making .venv again: it {'is of Python ' + found if found else 'does not work'}")
        shutil.rmtree(VENV)
    if run([sys.executable, "-m", "venv", VENV]):
        raise Stop("The virtual environment .venv could not be created; the lines above say why.")


def install(extras: Sequence[str]) -> None:
    """Bring ``.venv`` to the pinned versions, only when what is asked has changed."""
    wanted = digest([(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), bytes(ROOT)])
    if STAMP.exists() and is_installed(STAMP.read_text("utf-8"), wanted, extras):
        return
    say("Installing the pinned packages into .venv (the first time about 200 MB)")
    pip = ["-m", "pip", "install", "--disable-pip-version-check"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    if python(*pip, *quiet, "-c", CONSTRAINTS, "-e", f".[{','.join(extras)}]"):
        raise Stop("pip could not install the packages; the lines above say why.")
    STAMP.write_text("\n".join([wanted, *extras]), "utf-8")


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Return the shared libraries that this Linux cannot load."""
    missing: list[str] = []
    for library in libraries:
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    return missing


def install_qt_libraries() -> None:
    """See that Qt finds its system libraries; those of a window are a hint, the others a must."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries(QT_BASE | QT_WINDOW)
    if not missing:
        return
    if not install_packages(packages_for(missing), "Qt misses some system libraries."):
        say(f"Missing for Qt: {' '.join(missing)}")
    must = missing_libraries(QT_BASE)
    if must:
        raise Stop(f"Qt cannot start without {' '.join(must)} (Debian: {' '.join(packages_for(must))}).")


def set_up(*extras: str) -> None:
    make_venv()
    install(["dev", *extras])
    install_qt_libraries()


# -- verbs ---------------------------------------------------------------------------------------------------


def setup(arguments: Sequence[str]) -> int:
    """create .venv with the pinned packages, and what Qt needs of the system"""
    del arguments
    set_up()
    say(f"Ready: {VENV}")
    return 0


def demo(arguments: Sequence[str]) -> int:
    """open the window over the demonstration site"""
    set_up()
    if has_display(sys.platform, os.environ):
        return python("-m", "gui.cli", "--demo", *arguments)
    picture = "wattelier-demo.png"
    say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    say(f"Supervising the demonstration site for 20 s without a window; its picture goes to {picture}.")
    seen = ["record", "--demo", "--for", "20", "--table", "--shot", picture]
    return python("-m", "gui.cli", *seen, *arguments, offscreen=True)


def test(arguments: Sequence[str]) -> int:
    """run the tests (arguments go to pytest)"""
    set_up()
    # Most tests wait for lines: three workers keep two cores busy. Whoever names some of them gets them one by one.
    shared = () if arguments else ("-n", "3", "--dist", "loadfile")
    return python("-m", "pytest", *shared, *arguments, offscreen=True)


def check(arguments: Sequence[str]) -> int:
    """format, lint, types, layers: all of them, whatever fails"""
    del arguments
    set_up()
    tools = {
        "format": ["-m", "ruff", "format", "--check", "."],
        "lint": ["-m", "ruff", "check", "."],
        "types": ["-m", "basedpyright"],
        "layers": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    }
    results: dict[str, int] = {}
    for name, command in tools.items():
        say(f"== {name}")
        results[name] = python(*command)
    say(verdict(results))
    return int(any(results.values()))


def bench(arguments: Sequence[str]) -> int:
    """run every packaging/bench_*.py but the long ones, or one of them: bench v5; --readme fills the table there"""
    set_up(*(["build"] if arguments[:1] == ["package"] else []))
    worst = 0
    name, rest = ("*", arguments) if not arguments or arguments[0].startswith("-") else (arguments[0], arguments[1:])
    scripts = sorted((ROOT / "packaging").glob(f"bench_{name}.py"))
    if name == "*":  # those take many minutes, and more
        scripts = [script for script in scripts if script.stem not in LONG_BENCHES]
    if not scripts:
        raise Stop(f"There is no packaging/bench_{name}.py.")
    if "--readme" in rest:
        return python(ROOT / "packaging" / "benchtable.py", *scripts, offscreen=True)
    for script in scripts:
        if "--json" not in rest:  # which is for a machine to read
            say(f"== {script.stem}")
        worst = max(worst, abs(python(script, *rest, offscreen=True)))
    return worst


def proof(arguments: Sequence[str]) -> int:
    """a scripted session of writes against simulated devices, with every fault: proof [--quick] [DEVICE …]"""
    set_up()
    return python(ROOT / "packaging" / "proof.py", *arguments)


def shots(arguments: Sequence[str]) -> int:
    """render every page of the demo to shots/, in both languages and both themes"""
    set_up()
    worst = 0
    for language in ("en", "fr"):
        for theme in ("light", "dark"):
            folder = ROOT / "shots" / f"{language}-{theme}"
            folder.mkdir(parents=True, exist_ok=True)
            look = ["--language", language, "--theme", theme]
            code = python("-m", "gui.cli", "shot", "all", folder, "--demo", *look, *arguments, offscreen=True)
            say(f"{folder}: {'failed' if code else 'done'}")
            worst = max(worst, abs(code))
    return worst


def i18n(arguments: Sequence[str]) -> int:
    """collect the texts of gui/ into resources/i18n/*.ts and compile them to .qm"""
    del arguments
    set_up()
    translations = sorted((ROOT / "resources" / "i18n").glob("*.ts"))
    if not translations:
        raise Stop("There is no resources/i18n/*.ts to update.")
    sources = sorted((ROOT / "gui").rglob("*.py"))
    tool = "import sys; from PySide6.scripts import pyside_tool as t; getattr(t, sys.argv.pop(1))()"
    update = ["lupdate", *sources, "-locations", "none", "-no-obsolete", "-ts", *translations]
    return python("-c", tool, *update) or python("-c", tool, "lrelease", *translations)


def build(arguments: Sequence[str]) -> int:
    """make the one-folder program in dist/, try it at another place, then make archives (--folder: none)"""
    set_up("build")
    return python(ROOT / "packaging" / "build.py", *arguments, offscreen=True)


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    verb.__name__: verb for verb in (setup, demo, test, check, bench, proof, shots, i18n, build)
}


def usage() -> str:
    verbs = "\n".join(f"  {name:<6} {verb.__doc__}" for name, verb in VERBS.items())
    return f"usage: python3 packaging/dev.py VERB [ARGUMENTS]\n\n{verbs}"


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        say(usage())
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return VERBS[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
