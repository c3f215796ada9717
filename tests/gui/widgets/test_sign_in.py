"""The dialogue of names and passwords: what it asks for, what it gives, and what it keeps of it (nothing)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.access import ROLES
from gui import i18n
from gui.widgets.sign_in import Credentials, CredentialsDialog, Purpose


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[CredentialsDialog]:
    i18n.choose("en")
    made = CredentialsDialog()
    qtbot.addWidget(made)
    yield made
    made.dismiss()


def heard(dialog: CredentialsDialog) -> list[Credentials]:
    found: list[Credentials] = []
    dialog.entered.connect(found.append)
    return found


def shown(dialog: CredentialsDialog) -> list[str]:
    fields = {"name": dialog.name, "password": dialog.password, "new": dialog.new, "again": dialog.again}
    return [name for name, field in fields.items() if not field.isHidden()]


@pytest.mark.parametrize(
    ("purpose", "fields", "typed"),
    [
        (Purpose.SIGN_IN, ["name", "password"], True),
        (Purpose.RENEW, ["name", "new", "again"], False),
        (Purpose.OWN, ["name", "password", "new", "again"], False),
        (Purpose.FIRST, ["name", "new", "again"], True),
        (Purpose.ADD, ["name", "new", "again"], True),
        (Purpose.RESET, ["name", "new", "again"], False),
    ],
)
def test_it_asks_for_what_the_purpose_needs(
    dialog: CredentialsDialog, purpose: Purpose, fields: list[str], typed: bool
) -> None:
    dialog.ask(purpose, "Paul")
    assert shown(dialog) == fields
    assert dialog.name.line.isReadOnly() is not typed
    assert dialog.role.isVisible() is (purpose is Purpose.ADD)
    assert not dialog.isModal()
    assert all(field.line.echoMode() is QLineEdit.EchoMode.Password for field in (dialog.password, dialog.new))


def test_signing_in_by_the_keyboard_alone(qtbot: QtBot, dialog: CredentialsDialog) -> None:
    entered = heard(dialog)
    dialog.ask(Purpose.SIGN_IN)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.name.line.hasFocus)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.name.line, "Paul")
    QTest.keyClick(dialog.name.line, Qt.Key.Key_Tab)
    assert dialog.password.line.hasFocus()
    QTest.keyClicks(dialog.password.line, "secret words")
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    assert entered == [Credentials(Purpose.SIGN_IN, "Paul", "secret words", "", "user")]
    assert dialog.busy
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(entered) == 1, "nothing twice while it is being looked at"
    assert dialog.isVisible()
    dialog.say("Not right")
    assert dialog.said.text() == "Not right"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_known_name_is_offered_and_the_password_comes_first(qtbot: QtBot, dialog: CredentialsDialog) -> None:
    dialog.ask(Purpose.SIGN_IN, "Paul")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.password.line.hasFocus)
    assert dialog.name.line.text() == "Paul"


def test_a_new_password_is_typed_twice(dialog: CredentialsDialog) -> None:
    entered = heard(dialog)
    dialog.ask(Purpose.FIRST)
    dialog.name.line.setText("Anne")
    dialog.new.line.setText("tilleul sous la grange")
    assert not dialog.go.isEnabled()
    dialog.again.line.setText("tilleul sous le grange")
    dialog.go.click()
    assert entered == []
    assert dialog.said.text() == "The two passwords are not the same."
    dialog.again.line.setText("tilleul sous la grange")
    dialog.go.click()
    assert (entered[0].name, entered[0].new) == ("Anne", "tilleul sous la grange")


def test_a_new_account_has_a_role_whose_meaning_is_told(dialog: CredentialsDialog) -> None:
    entered = heard(dialog)
    dialog.ask(Purpose.ADD)
    dialog.name.line.setText("Paul")
    dialog.role.setCurrentIndex(ROLES.index("installer"))
    assert "resets devices" in dialog._role_meaning.text()  # pyright: ignore[reportPrivateUsage]
    for field in (dialog.new, dialog.again):
        field.line.setText("tilleul sous la grange")
    dialog.go.click()
    assert entered[0].role == "installer"


def test_a_password_of_the_administrators_goes_on_to_one_of_ones_own(dialog: CredentialsDialog) -> None:
    entered = heard(dialog)
    dialog.ask(Purpose.SIGN_IN, "Paul")
    dialog.password.line.setText("given by Anne")
    dialog.go.click()
    dialog.ask_new()
    assert dialog.name.line.text() == "Paul"
    for field in (dialog.new, dialog.again):
        field.line.setText("tilleul sous la grange")
    dialog.go.click()
    assert entered[1] == Credentials(Purpose.RENEW, "Paul", "given by Anne", "tilleul sous la grange", "user")


def test_a_wait_is_counted_down_and_then_one_may_try(qtbot: QtBot, dialog: CredentialsDialog) -> None:
    dialog.ask(Purpose.SIGN_IN, "Paul")
    dialog.password.line.setText("wrong")
    dialog.go.click()
    for seconds, words in ((80, "80\u202fs"), (640, "11\u202fmin")):
        dialog.wait(seconds)
        assert dialog.said.text() == f"Too many wrong passwords. The next try is possible in {words}."
    dialog.wait(0.2)
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.said.isHidden()


def test_a_wait_is_of_one_name(dialog: CredentialsDialog) -> None:
    dialog.ask(Purpose.SIGN_IN, "Paul")
    dialog.password.line.setText("wrong")
    dialog.go.click()
    dialog.wait(80)
    QTest.keyClicks(dialog.name.line, "a")
    assert dialog.go.isEnabled()


def test_no_password_outlives_the_dialogue(dialog: CredentialsDialog) -> None:
    dialog.ask(Purpose.OWN, "Paul")
    for field in (dialog.password, dialog.new, dialog.again):
        field.line.setText("tilleul sous la grange")
    assert "tilleul" not in repr(Credentials(Purpose.OWN, "Paul", "tilleul", "tilleul"))
    dialog.reject()
    assert [field.line.text() for field in (dialog.password, dialog.new, dialog.again)] == ["", "", ""]


def test_what_is_typed_can_be_shown_and_is_hidden_the_next_time(dialog: CredentialsDialog) -> None:
    dialog.ask(Purpose.FIRST)
    dialog.shown.setChecked(True)
    assert dialog.new.line.echoMode() is QLineEdit.EchoMode.Normal
    dialog.reject()
    dialog.ask(Purpose.SIGN_IN)
    assert dialog.password.line.echoMode() is QLineEdit.EchoMode.Password


def test_every_text_is_whole_at_any_purpose(qtbot: QtBot, dialog: CredentialsDialog) -> None:
    for purpose in Purpose:
        dialog.ask(purpose, "Paul")
        dialog.say("A reason that is long enough to need a second line in a dialogue of this width, or a third one")
        wanted = dialog._column.totalHeightForWidth  # pyright: ignore[reportPrivateUsage]
        qtbot.waitUntil(lambda wanted=wanted: dialog.height() >= wanted(dialog.width()))
        dialog.dismiss()
