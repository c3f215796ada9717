"""``wattelier find`` lists what answers and what it is, and asks before it searches."""

from __future__ import annotations

import io
import json
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.linkurl import parse_link
from core.paths import resources
from core.siteread import load_site
from drivers.find import scan
from drivers.find.search import Search
from drivers.sim.bank import Bank
from drivers.sim.lines import Port, Served
from drivers.sim.server import SimServer

Run = Callable[..., tuple[int, str, str]]
CATALOGUE = Catalogue([resources() / "profiles"])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "ANSWER_S", 0.1)


@pytest.fixture
def meter() -> Iterator[str]:
    """An iEM3000 on a port of loopback; gives host:port."""
    server = SimServer([Port("line", {1: Served(Bank(CATALOGUE.get("schneider/iem3000"), "meter"))})])
    server.start()
    yield parse_link(server.url("line")).short
    server.stop()


def test_what_answers_is_a_json_list(run: Run, meter: str):
    code, out, _ = run("find", meter, "--json")
    assert code == 0
    (entry,) = json.loads(out)
    assert (entry["url"], entry["unit"], entry["answers"]) == (f"tcp://{meter}", 1, True)
    assert entry["matches"][0]["profile"] == "schneider/iem3000"
    assert 0.5 < entry["matches"][0]["confidence"] < 1
    assert entry["matches"][0]["evidence"]


def test_for_people_it_says_how_sure_it_is_and_why(run: Run, meter: str):
    code, out, _ = run("find", meter)
    assert code == 0
    assert "Schneider Electric iEM3000" in out
    assert "almost certain (" in out
    assert "iEM3" in out


def test_a_site_file_is_written_that_opens(run: Run, meter: str, tmp_path: Path):
    file, kept = tmp_path / "site.yaml", tmp_path / "tried.csv"
    code, _, err = run("find", meter, "--write", str(file), "--name", "off", "--language", "fr", "--report", str(kept))
    assert (code, "1 device written" in err) == (0, True)
    site = load_site(file, CATALOGUE)
    assert (site.name, site.devices[0].profile_id, site.links[0].read_only) == ("off", "schneider/iem3000", True)
    text = file.read_text(encoding="utf-8")
    assert "# Un site" in text
    assert "modèle du compteur vaut « iEM3" in text
    assert f"tcp://{meter}" in kept.read_text(encoding="utf-8")
    code, _, err = run("find", meter, "--write", str(file))
    assert (code, "exists already" in err) == (2, True)


def test_nobody_there_is_exit_code_1(run: Run):
    code, out, _ = run("find", "127.0.0.1:1")
    assert (code, out) == (1, "nothing has answered\n")
    assert run("find", "127.0.0.1:1", "--json")[:2] == (1, "[]\n")


def test_without_a_range_it_shows_what_is_there_and_needs_a_yes(run: Run, monkeypatch: pytest.MonkeyPatch, meter: str):
    monkeypatch.setenv("WATTELIER_LOOPBACK", "1")

    def refuse(*_: object) -> None:
        raise AssertionError("searched without being asked")

    with monkeypatch.context() as patch:
        patch.setattr(Search, "start", refuse)
        patch.setattr(sys, "stdin", io.StringIO("y\n"))  # no terminal: nobody can have agreed
        code, out, err = run("find")
        assert (code, out) == (2, "")
        assert "127.0.0.1/32" in err
        assert "--yes" in err.splitlines()[-1]
        patch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        patch.setattr(sys, "stdin", Terminal("n\n"))
        code, out, err = run("find")
        assert (code, out) == (0, "")
        assert "Search?" in err
    monkeypatch.setattr(sys, "stdin", Terminal("oui\n"))
    assert run("find")[0] == 1
    assert run("find", "--yes")[0] == 1


def test_what_goes_wrong_is_said_once_and_not_logged_beside(run: Run):
    code, out, err = run("find", "--ocpp", "127.0.0.1:0", "--for", "1")
    assert (code, out) == (2, "")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        code, out, err = run("find", "--ocpp", place, "--for", "0.3")
    assert (code, out) == (1, "nothing has answered\n")
    (line,) = (line for line in err.splitlines() if place.partition(":")[2] in line and "waiting" not in line)
    assert line.startswith("wattelier: ")


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_serial_line_is_gone_through_on_request(run: Run):
    server = SimServer([Port("bus", {2: Served(Bank(CATALOGUE.get("schneider/iem3000"), "meter"))}, "rtu")])
    server.start()
    port = server.url("bus").removeprefix("rtu://")
    arguments = ("--serial", port, "--units", "1-3", "--bauds", "9600", "--parities", "n", "--json")
    code, out, _ = run("find", *arguments)
    server.stop()
    assert code == 0
    (entry,) = json.loads(out)
    assert (entry["url"], entry["unit"]) == (f"rtu://{port}?baud=9600&parity=N&stop=1", 2)


def test_ctrl_c_shows_what_was_found(run: Run, meter: str, monkeypatch: pytest.MonkeyPatch):
    real = Search.progress

    def interrupted(search: Search):
        if search.found():
            raise KeyboardInterrupt
        return real(search)

    monkeypatch.setattr(Search, "progress", interrupted)
    monkeypatch.setattr(scan, "ANSWER_S", 300.0)  # it would wait that long for the numbers nobody has
    code, out, err = run("find", meter, "--units", "2-9")
    assert (code, "iEM3000" in out, "stopped" in err) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("8.8.8.8",), "only private addresses"),
        (("127.0.0.1", "8.8.8.8"), "searched"),
        (("nonsense",), "not an address"),
        (("127.0.0.1:0",), "a port is"),
        (("--serial", "COM3", "--units", "0-3"), "1 to 247"),
        (("--serial", "COM3", "--units", "x"), "not a list of numbers"),
        (("--serial", "COM3", "--bauds", "9601"), "speed must be"),
        (("--serial", "COM3", "--parities", "Q"), "parity must be"),
        (("--can", "can0"), "INTERFACE/CHANNEL"),
        (("--can", "socketcan/can0@7"), "bit rate"),
        (("--can", "nothing/can0"), "unknown CAN interface"),
        (("--ocpp", "tcp://127.0.0.1", "--for", "1"), "no place for charging stations"),
        (("--for", "x"), "number of seconds"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(run: Run, arguments: tuple[str, ...], sentence: str):
    code, out, err = run("find", *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
