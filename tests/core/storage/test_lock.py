"""One recorder a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.storage import lock as lock_module
from core.storage.lock import FileLock
from core.storage.queries import History
from core.storage.schema import StorageError
from core.storage.writer import Recorder
from gui.cli import main
from tests.core.storage.driven import NOON, POINTS, POWER, reading

ROOT = Path(__file__).parents[3]
CHILD = """
import sys, time
from core.storage.writer import Recorder
recorder = Recorder(sys.argv[1], {})
recorder.start()
print("recording", flush=True)
time.sleep(60)
"""


def test_a_lock_is_held_by_one_at_a_time_and_leaves_nothing_behind(tmp_path):
    one, two = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    assert one.take()
    assert one.take()
    assert not two.take()
    one.release()
    one.release()
    assert list(tmp_path.iterdir()) == []
    with two:
        assert two.take()
        assert not one.take()
    assert one.take()
    one.release()


def test_a_forgotten_lock_is_free(tmp_path):
    FileLock(tmp_path / "x.lock").take()
    with FileLock(tmp_path / "x.lock") as lock:
        assert lock.take()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove an open file")
def test_a_lock_whose_file_was_removed_is_taken_anew_unless_another_was_quicker(tmp_path):
    one, two = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    one.take()
    one.path.unlink()
    assert one.take()
    assert not two.take()
    one.path.unlink()
    assert two.take()
    assert not one.take()
    one.release()
    assert two.path.exists()
    two.release()


@pytest.mark.skipif(sys.platform == "win32", reason="flock is not Windows'")
def test_a_file_system_without_locks_keeps_nobody_away(tmp_path, monkeypatch, caplog):
    def refuse(file: int, how: int) -> None:
        raise OSError(lock_module.errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock_module.fcntl, "flock", refuse)
    with FileLock(tmp_path / "x.lock") as lock:
        assert lock.take()
    assert "knows no locks" in caplog.text


def test_a_second_recorder_is_refused_in_one_sentence_and_readers_are_not(tmp_path):
    path = tmp_path / "site.db"
    one = Recorder(path, POINTS)
    one.put([reading(POWER, -10.0, NOON)])
    one.step()
    (tmp_path / "folder").mkdir()
    for name in ("site.db", "folder/../site.db"):
        with pytest.raises(StorageError, match=r"^another Wattelier is recording into \S+site\.db$"):
            Recorder(tmp_path / name, POINTS)
    with History(path) as history:
        assert history.points()[0].count == 1
    one.stop()
    two = Recorder(path, POINTS)
    two.stop()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["site.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_another_name_of_the_file_is_the_same_file(tmp_path):
    (tmp_path / "other.db").symlink_to("site.db")
    one = Recorder(tmp_path / "site.db", POINTS)
    with pytest.raises(StorageError, match="another Wattelier"):
        Recorder(tmp_path / "other.db", POINTS)
    one.stop()


@pytest.mark.parametrize("started", [False, True])
def test_a_recorder_that_was_stopped_frees_its_file(tmp_path, started):
    for _ in range(2):
        recorder = Recorder(tmp_path / "site.db", POINTS)
        if started:
            recorder.start()
        recorder.stop()
        recorder.stop()


def test_a_recorder_that_was_never_finished_frees_its_file(tmp_path):
    Recorder(tmp_path / "site.db", POINTS)
    Recorder(tmp_path / "site.db", POINTS).stop()


def test_a_place_without_rights_is_told_by_the_status(tmp_path, monkeypatch):
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(lock_module.os, "open", refuse)
        recorder = Recorder(tmp_path / "site.db", POINTS)
        recorder.put([reading(POWER, -10.0, NOON)])
        recorder.step()
        assert recorder.status().error == "file not writable"
    recorder.step()
    assert (recorder.status().error, recorder.status().queued) == ("", 0)
    recorder.stop()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_told_by_the_status(tmp_path):
    tmp_path.chmod(0o500)
    recorder = Recorder(tmp_path / "site.db", POINTS)
    recorder.step()
    assert recorder.status().error == "file not writable"
    tmp_path.chmod(0o700)
    recorder.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove an open file")
def test_a_recorder_whose_file_went_to_another_says_so_and_waits(tmp_path):
    one = Recorder(tmp_path / "site.db", POINTS)
    one.step()
    for file in tmp_path.glob("site.db*"):
        file.unlink()
    two = Recorder(tmp_path / "site.db", POINTS)
    one.put([reading(POWER, -10.0, NOON)])
    one.step()
    assert one.status().error.startswith("another Wattelier is recording into ")
    two.stop()
    one.step()
    assert (one.status().error, one.status().queued) == ("", 0)
    one.stop()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_another_process_keeps_its_file_until_it_is_killed(tmp_path, capsys):
    path = tmp_path / "site.db"
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"recording\n"
        try:
            with pytest.raises(StorageError, match="another Wattelier is recording into"):
                Recorder(path, POINTS)
            assert main(["record", "--demo", "--for", "1", "--db", str(path)]) == 2
            assert "another Wattelier is recording into" in capsys.readouterr().err
        finally:
            child.kill()
            child.wait()
    recorder = Recorder(path, POINTS)
    recorder.put([reading(POWER, -10.0, NOON)])
    recorder.stop()
    assert recorder.status().error == ""
