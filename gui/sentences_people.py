"""Templates of the sentences about people: rights, signing in, names and passwords; see ``gui.sentences``."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

PEOPLE = (
    # -- who may do what: core/access.py ------------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "sign in first: this needs the role {role}"),
    QT_TRANSLATE_NOOP("sentences", "{name} has the role {role}: this needs the role {role2}"),
    # -- accounts: core/people/accounts.py, lockout.py, passwords.py --------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "name and password are not right together"),
    QT_TRANSLATE_NOOP("sentences", "too many wrong passwords: {why}"),
    QT_TRANSLATE_NOOP("sentences", "wait {count} s"),
    QT_TRANSLATE_NOOP("sentences", "wait {count} min"),
    QT_TRANSLATE_NOOP("sentences", "this account is disabled: an administrator can enable it"),
    QT_TRANSLATE_NOOP("sentences", "this password was set by an administrator: choose a new one"),
    QT_TRANSLATE_NOOP("sentences", "this account has been changed meanwhile"),
    QT_TRANSLATE_NOOP("sentences", "this site has its administrator already: sign in"),
    QT_TRANSLATE_NOOP("sentences", "there is an account of that name already"),
    QT_TRANSLATE_NOOP("sentences", "there is no such account any more"),
    QT_TRANSLATE_NOOP("sentences", "a site keeps at least one administrator who can sign in"),
    QT_TRANSLATE_NOOP("sentences", "a name has 1 to {count} characters"),
    QT_TRANSLATE_NOOP("sentences", "a name is made of letters, digits and signs that can be seen"),
    QT_TRANSLATE_NOOP("sentences", "the new password is the old one"),
    QT_TRANSLATE_NOOP("sentences", "a password has at least {count} characters"),
    QT_TRANSLATE_NOOP("sentences", "a password has at most {count} characters"),
    QT_TRANSLATE_NOOP("sentences", "the password must not contain the name"),
    QT_TRANSLATE_NOOP("sentences", "this is among the first passwords that anybody would try"),
)  # fmt: skip
