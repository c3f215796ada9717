"""What speaks for a profile is data, and is said in the language of whoever reads it."""

from __future__ import annotations

import pytest

from core.evidence import Calls, Evidence, Heard, InChain, Reads, listed, worded
from core.points import Choice, Point

VOLTAGE = Point("u1", (7,), 3, "u16", "V", en="Voltage L1", fr="Tension L1")
STATE = Point("state", (8,), 3, "u16", en="SoC state", fr="État du SoC")
STANDBY = Choice(0, "standby", "stand-by", "en veille")


@pytest.mark.parametrize(
    ("evidence", "english", "french"),
    [
        (Reads(7, VOLTAGE, 230.54, "V"), "voltage L1 reads 230.5 V", "tension L1 vaut 230,5 V"),
        (Reads(8, STATE, STANDBY), "SoC state reads stand-by", "état du SoC vaut en veille"),
        (Reads(7, VOLTAGE, None), "voltage L1 is there", "tension L1 est là"),
        (Reads(40, None, 123_456_789), "register 40 reads 123456789", "registre 40 vaut 123456789"),
        (Reads(40, None, 0.5), "register 40 reads 0.5", "registre 40 vaut 0.5"),
        (Reads(40, None, "{0} X'5"), "register 40 reads '{0} X'5'", "registre 40 vaut «~{0} X'5~»"),
        (InChain(103), "SunSpec model 103 is in its chain", "le modèle SunSpec 103 est dans sa chaîne"),
        (
            InChain(103, "Acme 5K"),
            "SunSpec model 103 is in its chain; it calls itself 'Acme 5K'",
            "le modèle SunSpec 103 est dans sa chaîne~; il se nomme «~Acme 5K~»",
        ),
        (
            Heard(("351", "355"), ("35E",)),
            "heard 351 355, not heard 35E",
            "entendus~: 351 355, pas entendus~: 35E",
        ),
        (Calls("EVB-1"), "it calls as EVB-1", "elle appelle sous le nom EVB-1"),
        (
            Calls("EVB-1", "Acme Box"),
            "it calls as EVB-1 and says it is a Acme Box",
            "elle appelle sous le nom EVB-1 et se dit Acme Box",
        ),
    ],
)
def test_each_proof_is_said_in_both_languages(evidence: Evidence, english: str, french: str) -> None:
    assert worded([evidence], "en") == english
    assert worded([evidence], "fr") == french.replace("~", "\u202f")


def test_several_stand_in_one_line_each_once_and_the_reader_shows_figures_his_own_way() -> None:
    proofs = [Reads(7, VOLTAGE, 230.5, "V"), Reads(7, VOLTAGE, 230.54, "V"), Reads(7, VOLTAGE, None)]
    assert worded(proofs, "en") == "voltage L1 reads 230.5 V; voltage L1 is there"
    assert worded(proofs, "fr", lambda value, unit: f"<{value:.0f} {unit}>").startswith("tension L1 vaut <")
    assert worded([], "fr") == ""


def test_of_many_identifiers_the_first_are_named() -> None:
    assert listed([f"{number:03X}" for number in range(13)]).endswith("00B …")
    assert listed(["351"]) == "351"
