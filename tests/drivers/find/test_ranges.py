"""Which addresses are searched, and which are refused."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest

from core.errors import ProfileError
from drivers.find.ranges import Target, is_loopback, targets

HOME = (IPv4Network("192.168.1.0/24"), IPv4Network("192.168.3.0/24"), IPv4Network("127.0.0.0/8"))


@pytest.mark.parametrize(
    ("text", "count", "first", "last"),
    [
        ("192.168.1.0/24", 254, "192.168.1.1:502", "192.168.1.254:502"),
        ("192.168.1.77/30", 2, "192.168.1.77:502", "192.168.1.78:502"),
        ("192.168.1.10-40", 31, "192.168.1.10:502", "192.168.1.40:502"),
        ("192.168.1.10-192.168.1.12", 3, "192.168.1.10:502", "192.168.1.12:502"),
        ("192.168.1.20", 1, "192.168.1.20:502", "192.168.1.20:502"),
        ("192.168.1.20:1502", 1, "192.168.1.20:1502", "192.168.1.20:1502"),
        ("127.0.0.1:5020-5025", 6, "127.0.0.1:5020", "127.0.0.1:5025"),
        ("localhost:5020", 1, "127.0.0.1:5020", "127.0.0.1:5020"),
        ("127.0.0.0/30:5020-5021", 4, "127.0.0.1:5020", "127.0.0.2:5021"),
        (" 192.168.1.20 ", 1, "192.168.1.20:502", "192.168.1.20:502"),
    ],
)
def test_a_range_gives_its_places(text: str, count: int, first: str, last: str):
    found = targets([text], HOME)
    assert (len(found), str(found[0]), str(found[-1])) == (count, first, last)


def test_a_place_named_twice_is_tried_once():
    assert targets(["192.168.1.20", "192.168.1.20-21"], HOME) == (
        Target("192.168.1.20", 502),
        Target("192.168.1.21", 502),
    )
    assert targets([], HOME) == ()


def test_a_port_that_the_operator_has_named_is_known_as_such():
    asked = ["192.168.1.20-21", "192.168.1.20:502", "192.168.1.9:8900-8901", "192.168.1.9:8900"]
    assert {str(target): target.typed for target in targets(asked, HOME)} == {
        "192.168.1.20:502": True,
        "192.168.1.21:502": False,
        "192.168.1.9:8900": True,
        "192.168.1.9:8901": True,
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("192.168.2.0/24", "own networks"),
        ("192.168.1.200-192.168.3.10", "own networks"),
        ("10.0.0.1", "own networks"),
        ("8.8.8.8", "only private addresses"),
        ("0.0.0.0/24", "only private addresses"),
        ("192.168.0.0/16", "at most 1024"),
        ("192.168.1.1-10.255.255.255", "comes before"),
        ("10.0.0.1-192.168.1.1", "at most 1024"),
        ("192.168.1.40-10", "comes before"),
        ("192.168.1.300", "not an address"),
        ("192.168.1.0/33", "not an address"),
        ("example.invalid", "not an address"),
        ("192.168.1.1-2-3", "not an address"),
        ("", "not an address"),
        ("192.168.1.20:0", "a port is"),
        ("192.168.1.20:70000", "a port is"),
        ("192.168.1.20:20-10", "a port is"),
        ("192.168.1.20:x", "a port is"),
        ("192.168.1.20:1-60000", "at most 64"),
        ("::1", "a port is"),
    ],
)
def test_anything_else_is_refused_with_one_sentence(text: str, sentence: str):
    with pytest.raises(ProfileError, match=sentence) as caught:
        targets([text], HOME)
    assert "\n" not in str(caught.value)


def test_a_public_network_of_ones_own_is_not_searched_either():
    with pytest.raises(ProfileError, match="only private"):
        targets(["8.8.8.0/30"], [IPv4Network("8.8.8.0/24")])


def test_without_a_network_nothing_is_searched():
    with pytest.raises(ProfileError, match="no network"):
        targets(["192.168.1.20"], [])


def test_loopback_is_known_by_its_address():
    assert is_loopback("127.0.0.1:5020")
    assert is_loopback("localhost")
    assert not is_loopback("192.168.1.1")
