"""Templates of the sentences about EVlink configuration files: core/evlink_*.py; see ``gui.sentences``."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

CFG = (
    # -- what was typed: core/evlink/values.py -----------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "it has {count} characters; at most {count2} are possible"),
    QT_TRANSLATE_NOOP("sentences", "{quoted} is not a code"),
    QT_TRANSLATE_NOOP("sentences", "a line break or another invisible character is not possible here"),
    QT_TRANSLATE_NOOP("sentences", "a quotation mark is not possible here"),
    QT_TRANSLATE_NOOP("sentences", "a # or ; at the beginning or after a blank would begin a comment"),
    QT_TRANSLATE_NOOP("sentences", "enter a whole number from {low} to {high}"),
    QT_TRANSLATE_NOOP("sentences", "enter a whole number"),
    QT_TRANSLATE_NOOP("sentences", "enter a port from 1 to 65535"),
    QT_TRANSLATE_NOOP("sentences", "enter yes or no"),
    QT_TRANSLATE_NOOP("sentences", "enter one of {known}"),
    QT_TRANSLATE_NOOP("sentences", "it must not be empty"),
    QT_TRANSLATE_NOOP("sentences", "only capital letters A to Z, digits, blanks and + are possible"),
    QT_TRANSLATE_NOOP("sentences", "no blanks are possible here"),
    QT_TRANSLATE_NOOP("sentences", "enter the name or the address of a server, such as pool.ntp.org"),
    QT_TRANSLATE_NOOP("sentences", "it must begin with http://, ws:// or wss:// and hold no blanks"),
    QT_TRANSLATE_NOOP("sentences", "enter an address such as 192.168.0.102"),
    QT_TRANSLATE_NOOP("sentences", "enter an e-mail address such as name@example.org"),
    QT_TRANSLATE_NOOP("sentences", "separate the e-mail addresses by semicolons, without blanks"),
    # -- why a value is kept as it is: core/evlink/cfg.py ------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "{key} is a secret: it is set on the station itself, and kept here as it is"),
    QT_TRANSLATE_NOOP("sentences", "{key} stands {count} times in its section: which one counts is not known"),
    QT_TRANSLATE_NOOP("sentences", "{key} is not in the manual: it is kept as it is"),
    QT_TRANSLATE_NOOP("sentences", "{key} may be changed by the role {role}"),
    QT_TRANSLATE_NOOP("sentences", "the codes of {key} are not published: set it on the station or copy it from another file"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "{key} is not to be changed, says the manual"),
    QT_TRANSLATE_NOOP("sentences", "the manual does not list {key} among the parameters: its limits are not known"),
    QT_TRANSLATE_NOOP("sentences", "the meaning of {key} is known from its name only"),
    QT_TRANSLATE_NOOP("sentences", "the file has no key {key}"),
    QT_TRANSLATE_NOOP("sentences", "enter the password in this address in full, or leave it out"),
    QT_TRANSLATE_NOOP("sentences", "the file cannot be changed without disturbing the rest of it: nothing was changed"),
    QT_TRANSLATE_NOOP("sentences", "the file can hold letters of western Europe only"),
    QT_TRANSLATE_NOOP("sentences", "the file holds letters without accents, digits and signs only"),
    QT_TRANSLATE_NOOP("sentences", "the file is larger than 1 MB: it is no EVlink configuration"),
    QT_TRANSLATE_NOOP("sentences", "the file has more than {count} entries: it is no EVlink configuration"),
    # -- what fits together: core/evlink/rules.py --------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "OCPP 1.6 works over ws:// and wss:// only, not over http://"),
    QT_TRANSLATE_NOOP("sentences", "clock-aligned values are for a station with an energy meter selected"),
    QT_TRANSLATE_NOOP("sentences", "it must not be above the rated current, {value} A"),
    QT_TRANSLATE_NOOP("sentences", "the shedding set-point must not be above the derated current, {value} A"),
    QT_TRANSLATE_NOOP("sentences", "{value} A acts as 0 A (on City and Parking with load balancing)"),
    QT_TRANSLATE_NOOP("sentences", "{value} A acts as 0 A for a three-phase charge (on City and Parking with load balancing)"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "authentication is on, but there is no user"),
    # -- the two sides: core/evlink/compare.py, identity.py ---------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "the left file has no such key: keys are not added"),
    QT_TRANSLATE_NOOP("sentences", "the right side has no such value"),
    QT_TRANSLATE_NOOP("sentences", "the station has not told this value since it is connected"),
    QT_TRANSLATE_NOOP("sentences", "a value with a password in it is never copied"),
    QT_TRANSLATE_NOOP("sentences", "there is no value to take over"),
    QT_TRANSLATE_NOOP("sentences", "not both files say their model: compare the commercial references on the labels"),
    QT_TRANSLATE_NOOP("sentences", "the left file is of {reference} ({product}), the right one of {reference2} ({product2})"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "the stations are built differently: {key} is {text} here and {text2} there"),
    QT_TRANSLATE_NOOP("sentences", "the two files are of different models"),
    QT_TRANSLATE_NOOP("sentences", "the stations are built differently"),
    QT_TRANSLATE_NOOP("sentences", "{count} keys stand only in the left file and {count2} only in the right one: probably another firmware"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "a configuration file does not say its firmware: compare model and firmware with those of the station"),  # noqa: E501
    QT_TRANSLATE_NOOP("sentences", "the file is of the station {quoted}, this one is {quoted2}"),
    # -- the disk: core/evlink/files.py ------------------------------------------------------------------------------
    QT_TRANSLATE_NOOP("sentences", "this is no EVlink configuration: none of its keys is known"),
    QT_TRANSLATE_NOOP("sentences", "this would replace the original file"),
    QT_TRANSLATE_NOOP("sentences", "the original has been changed by somebody else meanwhile: nothing was written"),
    QT_TRANSLATE_NOOP("sentences", "what was read back is not what was written: do not use this file"),
)  # fmt: skip
