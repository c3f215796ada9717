"""``wattelier simulate`` at one end and ``wattelier read`` at the other, over each kind of line."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from core.catalogue import Catalogue
from core.paths import resources
from drivers.listen_once import QUIET_S, WAITS_S
from drivers.sim import cli

Run = Callable[..., tuple[int, str, str]]
Simulate = Callable[..., str]


@pytest.fixture
def simulate(capsys: pytest.CaptureFixture[str]) -> Iterator[Simulate]:
    """Serve a profile as ``wattelier simulate`` does; gives its address."""
    end, threads = threading.Event(), list[threading.Thread]()
    catalogue = Catalogue([resources() / "profiles"])

    def serve(profile: str, link: str = "", port: int = 0) -> str:
        def run() -> None:
            cli.run(profile, port, catalogue, end=end, link=link)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        shown, until = "", time.monotonic() + 10.0
        while "Ctrl-C" not in shown and time.monotonic() < until:
            time.sleep(0.02)
            shown += capsys.readouterr().out
        assert f"wattelier read {shown.split()[0]}" in shown.replace("'", "")
        return shown.split()[0]

    yield serve
    end.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    "link",
    [
        "tcp",
        "rtu+tcp",
        "v5",
        pytest.param("rtu", marks=pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")),
    ],
)
def test_a_profile_reads_the_same_over_every_line_that_carries_registers(simulate: Simulate, run: Run, link: str):
    address = simulate("chint/dtsu666", link)
    assert address.startswith(f"{link}://")
    code, out, err = run("read", address, "chint/dtsu666", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)["dtsu.f"]
    assert 49.0 < found["value"] < 51.0
    assert (found["function"], len(found["raw"])) == (3, 2)


def test_the_unit_in_the_address_of_a_stick_is_the_one_that_is_asked(simulate: Simulate, run: Run):
    address = simulate("zcs/hyd_es", "v5")
    code, _, err = run("read", f"{address}&unit=77", "zcs/hyd_es")
    assert (code, "nothing answers as unit 77" in err) == (1, True)
    code, out, err = run("read", f"{address}&unit=77", "zcs/hyd_es", "--unit", "1", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_a_wrong_serial_number_is_answered_with_the_true_one(simulate: Simulate, run: Run):
    address = simulate("chint/dtsu666", "v5")
    true = address.partition("serial=")[2]
    code, _, err = run("read", address.replace(true, "1234567890"), "chint/dtsu666", "--unit", "32")
    assert code == 1
    assert true in err
    assert len(err.strip().splitlines()) == 1


def test_a_wallbox_is_heard_on_its_bus(simulate: Simulate, run: Run):
    address = simulate("open_evse/can_wallbox")
    assert address.startswith("can://slcan/")
    code, out, err = run("read", address, "open_evse/can_wallbox", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert 207.0 < found["voltage_l1"]["value"] < 253.0
    assert found["voltage_l1"]["path"] == "EVSE_Voltage.U_L1"
    assert found["voltage_l1"]["raw"].startswith(str(round(found["voltage_l1"]["value"] * 10)))
    assert "energy_total" in found  # the slowest of what is repeated


def test_another_node_than_the_one_on_the_bus_is_one_sentence(
    simulate: Simulate, run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(WAITS_S, "can", 1.5)
    code, _, err = run("read", simulate("open_evse/can_wallbox"), "open_evse/can_wallbox", "--unit", "3")
    assert code == 1
    assert "node 3 is not heard" in err
    assert "0x18E51001" in err


@pytest.mark.parametrize("named", [True, False])
def test_a_station_that_calls_is_read(simulate: Simulate, run: Run, monkeypatch: pytest.MonkeyPatch, named: bool):
    monkeypatch.setitem(QUIET_S, "ocpp", 0.3)
    address = simulate("ocpp/charge_point")
    code, out, err = run("read", address, "ocpp/charge_point", *(("--station", "SIM-1") if named else ()))
    assert code == 0
    assert "key.NumberOfConnectors" in out
    assert "SIM-1 has nothing more to say for now" in err
    assert "waiting for a charging station to call 127.0.0.1:" in err
    assert ("SIM-1 has called" in err) is not named
    assert "StatusNotification.status" in out
    assert "BootNotification.chargePointModel" in out


def test_a_station_of_another_name_is_not_taken_for_the_one_asked_for(
    simulate: Simulate, run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(WAITS_S, "ocpp", 1.5)
    code, out, err = run("read", simulate("ocpp/charge_point"), "ocpp/charge_point", "--station", "SIM-9")
    assert (code, out) == (1, "")
    assert "SIM-9 has not called" in err
    assert "SIM-1" in err


def test_a_device_says_itself_what_it_is(simulate: Simulate, run: Run):
    code, out, err = run("read", simulate("zcs/hyd_g3"), "auto", "--unit", "1")
    assert code == 0
    assert "recognised as ZCS Azzurro" in err
    assert "profile zcs/hyd_g3" in err
    assert "System state" in out


def test_what_nobody_recognises_is_one_sentence(serve: Callable[..., str], run: Run):
    code, _, err = run("read", serve({0: [0xABCD]}), "auto")
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("read", "can://virtual/x", "chint/dtsu666"), "does not speak on a link of the kind 'can'"),
        (("read", "can://virtual/x", "auto"), "name its profile"),
        (
            ("read", "tcp://127.0.0.1:1", "chint/dtsu666", "--station", "CP-1"),
            "--station is for a link of the kind ocpp",
        ),
        (("simulate", str(resources() / "sites" / "demo.yaml"), "--v5"), "leave --link out"),
        (("simulate", "chint/dtsu666", "--link", "pigeon"), "pigeon"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, arguments: tuple[str, ...], sentence: str):
    code, _, err = run(*arguments)
    assert (code, sentence in err, len(err.strip().splitlines())) == (2, True, 1)
