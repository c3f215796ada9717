"""Foreign text on one line of a screen."""

from hypothesis import given
from hypothesis import strategies as st

from core.visible import MARK, visible
from tests.strategies import examples


def test_what_no_screen_shows_is_marked_and_french_is_left_as_it_is():
    assert visible("Ferme\u202f: 12\u00a0kW, été") == "Ferme\u202f: 12\u00a0kW, été"
    assert visible("a\nb\tc\x1b[2J\u202ed\ud800") == f"a{MARK}b{MARK}c{MARK}[2J{MARK}d{MARK}"
    assert visible("a\nb\r", lines=True) == f"a\nb{MARK}"


@examples(100)
@given(st.text(st.characters()), st.booleans())
def test_it_is_as_long_encodes_and_is_visible_already(text: str, lines: bool):
    found = visible(text, lines=lines)
    assert len(found) == len(text)
    found.encode("utf-8")
    assert visible(found, lines=lines) == found
