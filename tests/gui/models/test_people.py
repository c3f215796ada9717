"""People in words: roles, initials, the table of accounts."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from core.access import DEMONSTRATION, NOBODY, ROLES, Person
from core.errors import CommandRefused
from core.people.accounts import Account
from gui import i18n
from gui.models.people import (
    AccountTable,
    badge_letters,
    initials,
    person_title,
    person_words,
    refusal_words,
    role_meaning,
    role_title,
)

ACCOUNTS = (
    Account("Anne", "administrator", True, False, 1_764_000_000.0, 1_764_000_100.0),
    Account("Luc", "user", False, True, 1_764_000_000.0, None),
    Account("Paul", "installer", True, True, 1_764_000_000.0, None),
)


@pytest.fixture(autouse=True)
def english(qapp: object) -> None:
    i18n.choose("en")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anne Mercier", "AM"),
        ("Anne", "AN"),
        ("jean-luc d’été", "JD"),
        ("Anne de la Tour", "AT"),
        ("É", "É"),
        ("(Paul) 2", "2"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_every_role_has_a_title_and_a_meaning() -> None:
    assert len({role_title(role) for role in ROLES}) == len({role_meaning(role) for role in ROLES}) == 4
    assert all(role_meaning(role) for role in ROLES)
    assert role_title("root") == "root"


def test_nobody_and_the_demonstration_are_told_apart_from_people() -> None:
    assert person_title(Person("Paul", "installer")) == "Installer"
    assert person_words(Person("Paul", "installer")) == "Paul · Installer"
    assert person_title(NOBODY) == "View only"
    assert "nothing can be changed" in person_words(NOBODY)
    assert person_title(DEMONSTRATION) == "Demonstration"
    assert "nothing real" in person_words(DEMONSTRATION)
    assert [badge_letters(person) for person in (NOBODY, DEMONSTRATION, Person("Paul"))] == ["", "DE", "PA"]


def test_a_refusal_is_a_sentence_and_a_fault_of_ours_is_not_shown_raw() -> None:
    assert refusal_words(CommandRefused("wait 5 s")) == "Wait 5 s"
    assert refusal_words(KeyError("folded")) == "Something went wrong; the log says what."


def test_the_table_keeps_the_rules_and_says_who_can_sign_in(qtmodeltester: ModelTester) -> None:
    table = AccountTable()
    qtmodeltester.check(table)
    table.show_accounts(ACCOUNTS)
    qtmodeltester.check(table)
    assert [table.index(row, 2).data() for row in range(3)] == ["active", "disabled", "has to choose a password"]
    assert [table.index(row, 1).data() for row in range(3)] == ["Administrator", "User", "Installer"]
    assert table.index(1, 3).data() == "—"
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Name"
    assert (table.row_of("Paul"), table.row_of("nobody")) == (2, -1)
    assert table.account(7) is None
