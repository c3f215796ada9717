"""Recording without a window, and reading it back."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.storage.queries import History
from core.storage.schema import StorageError

Run = Callable[..., tuple[int, str, str]]
COMMAND = [sys.executable, "-m", "gui.cli"]


def counts(run: Run, file: Path) -> dict[str, tuple[int, float]]:
    code, out, _ = run("query", str(file), "--json")
    assert code == 0
    return {entry["point"]: (entry["count"], entry["last"]) for entry in json.loads(out)}


def enough(file: Path) -> bool:
    """Whether a few readings of the meter have been committed."""
    try:
        with History(file) as history:
            return any(str(info.key) == "grid/dtsu.p" and info.count >= 4 for info in history.points())
    except (StorageError, sqlite3.Error):
        return False


def test_the_demonstration_is_recorded_and_can_be_asked(run: Run, tmp_path: Path):
    file = tmp_path / "demo.sqlite"
    code, out, _ = run("record", "--demo", "--for", "4", "--db", str(file), "--table", "--language", "fr")
    assert code == 0
    assert "Consommation de la maison" in out
    assert "House consumption" not in out
    known = counts(run, file)
    assert known["grid/dtsu.p"][0] >= 2
    assert known["site/house.power"][0] >= 2
    code, out, _ = run("query", str(file), "site/house.power", "--bins", "2", "--json")
    bins = json.loads(out)
    assert len(bins) <= 2
    assert all(entry["min"] <= entry["mean"] <= entry["max"] for entry in bins if entry["count"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; its TerminateProcess is the same thing")
def test_killing_the_recorder_loses_at_most_the_last_second(run: Run, tmp_path: Path):
    file = tmp_path / "demo.sqlite"
    with subprocess.Popen([*COMMAND, "record", "--demo", "--db", str(file)], stdout=subprocess.PIPE) as recorder:
        deadline = time.monotonic() + 40
        while not enough(file) and time.monotonic() < deadline:
            time.sleep(0.2)
        killed = time.time()
        os.kill(recorder.pid, signal.SIGKILL)
        recorder.wait()
    before = counts(run, file)
    assert before["grid/dtsu.p"][0] >= 3
    assert killed - before["grid/dtsu.p"][1] < 4.0  # a reading each second, a commit each second, a busy machine
    with sqlite3.connect(file) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    db.close()
    code, _, _ = run("record", "--demo", "--for", "3", "--db", str(file))
    assert code == 0
    after = counts(run, file)
    assert all(after[point][0] >= count for point, (count, _) in before.items())
    assert after["grid/dtsu.p"][0] > before["grid/dtsu.p"][0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("record",), "name a site file"),
        (("record", "nothing.yaml"), "cannot be read"),
        (("record", "--demo", "--for", "-1"), "not a number of seconds"),
        (("record", "--demo", "--db", "no/such/folder/x.sqlite"), "there is no folder"),
        (("query", "nothing.sqlite"), "no such file"),
        (("simulate", "acme/nothing"), "no profile"),
        (("profiles", "--check", "nowhere"), "no profile.yaml"),
        (("shot", "nopage", "x.png", "--demo"), "there is no page"),
        (("fly",), ""),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], sentence: str
):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*arguments)
    assert code == 2
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_is_no_history_is_said_so(run: Run, tmp_path: Path):
    file = tmp_path / "x.sqlite"
    file.write_text("this is no database, whatever its name says", encoding="utf-8")
    code, _, err = run("query", str(file))
    assert code == 2
    assert len(err.strip().splitlines()) == 1


def test_shipped_profiles_are_listed(run: Run):
    code, out, _ = run("profiles")
    assert code == 0
    assert "chint/dtsu666" in out


def test_a_moment_outside_the_calendar_is_one_sentence(run: Run, tmp_path: Path):
    file = tmp_path / "demo.sqlite"
    assert run("record", "--demo", "--for", "3", "--db", str(file))[0] == 0
    for more in (("--from", "1e300"), ("--from", "0", "--to", "99999999999999"), ("--from", "nan"), ("--from", "soon")):
        code, _, err = run("query", str(file), "site/house.power", *more)
        assert code == 2
        assert len(err.strip().splitlines()) == 1
    code, _, err = run("query", str(file), "inverter/system_state", "--bins", "3")
    assert (code, "state or a text" in err) == (2, True)


def test_a_broken_profile_of_the_user_leaves_the_others_listed(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    folder = tmp_path / "profiles" / "acme" / "broken"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text("maker: [", encoding="utf-8")
    monkeypatch.setenv("WATTELIER_DATA", str(tmp_path))
    code, out, err = run("profiles")
    assert code == 2
    assert "chint/dtsu666" in out
    assert "profile.yaml" in err


def test_where_nothing_can_be_kept_a_recording_does_not_begin(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "stick").write_text("a file in the way")
    monkeypatch.setenv("WATTELIER_DATA", str(tmp_path / "stick" / "data"))
    code, out, err = run("record", "--demo", "--for", "1")
    assert (code, out) == (2, "")
    assert err.startswith(f"wattelier: {tmp_path / 'stick' / 'data'} cannot be written, so nothing would be recorded")
    assert len(err.splitlines()) == 1
