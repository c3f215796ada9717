"""Which sites there are, and at which of them this computer is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.config import KnownBy
from core.known_sites import KnownSite, forget, known_sites, recognise, remember, sites_folder

SITE = """\
# a comment
name: {name}
links:
  name: {{url: "tcp://127.0.0.1"}}
known_by:
  gateway: 192.168.1.1   # the box
  gateway_mac: "AA:BB:CC:00:00:{number:02x}"
  loggers: [{logger}]
devices: {{}}
"""


def write(name: str, number: int = 0, logger: int = 1000) -> Path:
    file = sites_folder() / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SITE.format(name=name, number=number, logger=logger), encoding="utf-8")
    return file


def test_the_sites_of_the_folder_and_those_opened_lately_are_listed(tmp_path: Path):
    near = write("Near", 1, 2355553510)
    far = tmp_path / "elsewhere" / "far.yaml"
    far.parent.mkdir()
    far.write_text("{name: Far, links: {a: {url: 'tcp://127.0.0.1'}}}", encoding="utf-8")
    remember(far, 1000.0)
    first, second = known_sites()
    assert (first.path, first.name, first.last_opened, first.fault) == (far.resolve(), "Far", 1000.0, "")
    assert (second.path, second.name, second.last_opened) == (near.resolve(), "Near", None)
    assert second.known_by == KnownBy("192.168.1.1", "aa:bb:cc:00:00:01", (2355553510,))
    remember(near, 2000.0)
    assert [site.name for site in known_sites()] == ["Near", "Far"]
    forget(far)
    assert [site.name for site in known_sites()] == ["Near"]


def test_a_site_that_is_gone_or_broken_does_not_hide_the_others(tmp_path: Path):
    write("Good")
    remember(tmp_path / "gone.yaml")
    (sites_folder() / "broken.yaml").write_text("name: [[[\n", encoding="utf-8")
    (sites_folder() / "latin.yaml").write_bytes(b"name: \xe9t\xe9")
    (sites_folder() / "odd.yaml").write_text("name: Odd\nknown_by: {loggers: many, moon: 1}\n", encoding="utf-8")
    found = {site.path.name: site for site in known_sites()}
    assert set(found) == {"Good.yaml", "broken.yaml", "latin.yaml", "odd.yaml"}
    assert found["Good.yaml"].fault == ""
    assert "broken.yaml:" in found["broken.yaml"].fault
    assert "UTF-8" in found["latin.yaml"].fault
    assert "unknown entry" in found["odd.yaml"].fault
    assert "odd.yaml:2" in found["odd.yaml"].fault


@pytest.mark.parametrize("text", ["", "[", "{}", '[1, {"path": 5}, {"path": "a\\u0000b", "at": 1}]'])
def test_a_spoiled_list_is_an_empty_one(own_data: Path, text: str):
    own_data.mkdir(exist_ok=True)
    (own_data / "recent.json").write_text(text, encoding="utf-8")
    assert known_sites() == []
    remember(write("A"))
    assert [site.name for site in known_sites()] == ["A"]


def test_fifty_sites_are_listed_at_once():
    for number in range(50):
        write(f"Site {number}", number)
    began = time.process_time()
    assert len(known_sites()) == 50
    assert time.process_time() - began < 2.0  # some 50 ms; a complete reading of each takes many times as long


def site(name: str, **marks: object) -> KnownSite:
    return KnownSite(Path(f"/{name}.yaml"), name, known_by=KnownBy(**marks))  # pyright: ignore[reportArgumentType]


def test_a_stick_tells_more_than_a_router():
    sites = [site("a", gateway="192.168.1.1", loggers=(1,)), site("b", gateway="192.168.1.1", loggers=(2,))]
    found = recognise(sites, "192.168.1.1", [2])
    assert found is not None
    assert (found.site.name, found.sure) == ("b", True)
    assert "stick 2" in found.reason


def test_two_sites_behind_the_same_address_are_not_guessed_between():
    sites = [site("a", gateway="192.168.1.1"), site("b", gateway="192.168.1.1"), site("c", gateway="10.0.0.1")]
    assert recognise(sites, "192.168.1.1") is None
    found = recognise(sites, "10.0.0.1")
    assert found is not None
    assert (found.site.name, found.sure) == ("c", False)
    assert recognise(sites, "10.9.9.9", [7]) is None
    assert recognise(sites, "") is None
    assert recognise([], "10.0.0.1", [1]) is None


def test_another_router_at_the_same_address_is_another_building():
    sites = [
        site("a", gateway="192.168.1.1", gateway_mac="aa:aa"),
        site("b", gateway="192.168.1.1", gateway_mac="bb:bb"),
    ]
    found = recognise(sites, "192.168.1.1", gateway_mac="BB:BB")
    assert found is not None
    assert (found.site.name, found.sure) == ("b", True)
    assert recognise(sites, "192.168.1.1", gateway_mac="cc:cc") is None


def test_a_charging_station_that_calls_tells_the_site():
    sites = [site("a", stations=("EVB-1",)), site("b", stations=("EVB-2",), gateway="10.0.0.1")]
    found = recognise(sites, "10.0.0.1", stations=["EVB-1"])
    assert found is not None
    assert found.site.name == "a"


def test_a_list_of_a_newer_version_stays_as_it_is(own_data: Path):
    site = write("Near")
    file = own_data / "recent.json"
    file.write_text('{"version": 2, "sites": []}')
    remember(site)
    forget(site)
    assert file.read_text() == '{"version": 2, "sites": []}'
    assert [found.name for found in known_sites()] == ["Near"]
