"""Reading and saving: in one step, never over the original unasked, read back and proven, kept in the journal."""

import sys
from pathlib import Path

import pytest

from core.access import Person
from core.errors import CommandRefused, ProfileError
from core.evlink.cfg import MOST_BYTES
from core.evlink.files import Opened, note, read_file, save_and_note, save_file
from core.sitebook import SiteBook
from tests.core.evlink_samples import NAME, PARKING, SOCKET, URL

ADA = Person("Ada", "administrator")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    file = tmp_path / "parking.cfg"
    file.write_bytes(PARKING)
    return read_file(file)


def test_what_is_saved_is_read_back_and_proven_and_the_original_is_left_alone(opened: Opened, tmp_path: Path):
    saved = save_file(opened, tmp_path / "new.cfg", {SOCKET: "16", NAME: "PARKING 2"})
    assert [(before.text, after.text) for before, after in saved.changed] == [
        ("BORNE PARKING 1", "PARKING 2"),
        ("32", "16"),
    ]
    written = (tmp_path / "new.cfg").read_bytes()
    assert written == PARKING.replace(b"BORNE PARKING 1", b"PARKING 2").replace(
        b"maxIntensitySocket=32", b"maxIntensitySocket=16"
    )
    assert saved.opened.cfg.data == written
    assert opened.path.read_bytes() == PARKING
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new.cfg", "parking.cfg"]


def test_a_copy_without_edits_is_identical(opened: Opened, tmp_path: Path):
    saved = save_file(opened, tmp_path / "copy.cfg", {})
    assert saved.changed == ()
    assert (tmp_path / "copy.cfg").read_bytes() == PARKING


def test_the_original_is_replaced_only_when_that_was_asked_and_kept_beside(opened: Opened, tmp_path: Path):
    with pytest.raises(CommandRefused, match="this would replace the original file"):
        save_file(opened, opened.path, {SOCKET: "16"})
    assert opened.path.read_bytes() == PARKING
    saved = save_file(opened, opened.path, {SOCKET: "16"}, over_original=True)
    assert saved.kept == tmp_path / "parking.cfg.bak"
    assert saved.kept.read_bytes() == PARKING
    assert b"maxIntensitySocket=16" in opened.path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_another_name_of_the_original_is_the_original(opened: Opened, tmp_path: Path):
    (tmp_path / "link.cfg").symlink_to(opened.path)
    with pytest.raises(CommandRefused, match="replace the original"):
        save_file(opened, tmp_path / "link.cfg", {SOCKET: "16"})


def test_an_original_that_somebody_else_has_changed_is_not_replaced(opened: Opened):
    opened.path.write_bytes(PARKING + b"\n")
    with pytest.raises(CommandRefused, match="changed by somebody else meanwhile"):
        save_file(opened, opened.path, {SOCKET: "16"}, over_original=True)
    assert opened.path.read_bytes() == PARKING + b"\n"


def test_values_that_do_not_fit_each_other_are_not_saved(opened: Opened, tmp_path: Path):
    shed = opened.cfg.find("loadSheddingSetPoint")
    assert shed is not None
    with pytest.raises(CommandRefused, match="must not be above the derated current"):
        save_file(opened, tmp_path / "new.cfg", {SOCKET: "10", shed.address: "12"})
    with pytest.raises(CommandRefused, match="role administrator"):
        save_file(opened, tmp_path / "new.cfg", {SOCKET: "10"}, person=Person("Ida", "user"))
    assert not (tmp_path / "new.cfg").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(opened: Opened, tmp_path: Path):
    with pytest.raises(ProfileError, match=r"^cannot be written: "):
        save_file(opened, tmp_path / "nowhere" / "new.cfg", {SOCKET: "16"})
    with pytest.raises(ProfileError, match="cannot be written"):
        save_file(opened, tmp_path, {SOCKET: "16"})
    assert sorted(file.name for file in tmp_path.iterdir()) == ["parking.cfg"]


def test_what_reads_back_differently_is_said_not_to_be_used(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: read(self)[:-1])
    with pytest.raises(ProfileError, match="what was read back is not what was written: do not use this file"):
        save_file(opened, tmp_path / "new.cfg", {SOCKET: "16"})


def test_files_that_are_no_configuration_are_one_sentence(tmp_path: Path):
    picture, large = tmp_path / "a.png", tmp_path / "b.cfg"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    large.write_bytes(b"#" * (MOST_BYTES + 1))
    for file, sentence in (
        (picture, "this is no EVlink configuration: none of its keys is known"),
        (large, "the file is larger than 1 MB: it is no EVlink configuration"),
        (tmp_path / "gone.cfg", "cannot be read: No such file or directory"),
        (tmp_path, "cannot be read: "),
    ):
        with pytest.raises(ProfileError) as fault:
            read_file(file)
        assert str(fault.value).startswith(sentence)
        assert "\n" not in str(fault.value)


def test_the_journal_keeps_what_was_changed_by_whom_and_no_secret(opened: Opened, tmp_path: Path):
    book = SiteBook(tmp_path / "site.site.sqlite")
    changes = {SOCKET: "16", URL: "ws://box:geheim@csms"}
    saved = save_and_note(opened, tmp_path / "new.cfg", changes, person=ADA, book=book)
    assert saved.unnoted == ""
    with book.journal() as journal:
        (line,) = journal.lines()
        assert journal.verify().ok
    entry = line.entry
    assert (entry.kind, entry.who, entry.role, entry.outcome) == ("cfg", "Ada", "administrator", "saved")
    assert (entry.point, entry.old, entry.new) == (
        "maxIntensitySocket, ocppCentralAddress", "32; ", "16; ws://box:***@csms"
    )  # fmt: skip
    assert "geheim" not in repr(line)
    assert entry.detail["original"] == "parking.cfg"
    assert entry.detail["sha256"] != entry.detail["original_sha256"]


def test_a_journal_that_fails_does_not_undo_what_was_saved(opened: Opened, tmp_path: Path):
    (tmp_path / "bad.site.sqlite").write_bytes(b"not a database" * 100)
    saved = save_and_note(opened, tmp_path / "new.cfg", {SOCKET: "16"}, book=SiteBook(tmp_path / "bad.site.sqlite"))
    assert saved.unnoted
    assert (tmp_path / "new.cfg").exists()


def test_a_copy_without_edits_is_noted_too(opened: Opened, tmp_path: Path):
    book = SiteBook(tmp_path / "site.site.sqlite")
    note(book, opened, save_file(opened, tmp_path / "copy.cfg", {}))
    with book.journal() as journal:
        assert journal.lines()[0].entry.new == ""
