"""``wattelier read`` gives what an independent server holds."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.gui.verbs.conftest import float_words

Run = Callable[..., tuple[int, str, str]]


def test_a_dtsu666_reads_as_it_was_filled(serve: Callable[..., str], run: Run):
    link = serve(
        {
            0x0000: [1203, 701, 0, 0, 0, 0, 1, 10],
            0x2000: [
                word
                for raw in (4001, 4002, 4003, 2301, 2302, 2303, 12345, 2500, 3500, -23456, 11000, 12000, -46456, 100)
                for word in float_words(raw)
            ],
            0x202A: float_words(980),
            0x2044: float_words(5001),
            0x101E: float_words(1234.5),
            0x1028: float_words(987.25),
        }
    )
    code, out, err = run("read", link, "chint/dtsu666", "--unit", "1", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["dtsu.u_l1"]["value"] == pytest.approx(230.1)
    assert found["dtsu.i_l1"]["value"] == pytest.approx(12.345)
    assert found["dtsu.p"]["value"] == pytest.approx(-2345.6)
    assert found["dtsu.f"]["value"] == pytest.approx(50.01)
    assert found["dtsu.e_imp"]["value"] == pytest.approx(1_234_500)
    assert found["dtsu.e_exp"]["value"] == pytest.approx(987_250)
    power = found["dtsu.p"]
    assert (power["unit"], power["quality"], power["function"], power["address"]) == ("W", "good", 3, 0x2012)
    assert power["raw"] == float_words(-23456)
    assert power["at"] > 1.7e9


def test_a_zcs_g3_inverter_reads_with_the_houses_sign(serve: Callable[..., str], run: Run):
    link = serve(
        {
            0x0404: [2],
            0x0484: [5002, 300, 0, 300, 0xFF9C],  # grid: raw -100 x 10 W, export positive: 1000 W imported
            0x048D: [2301],
            0x0605: [123],
            0x0667: [15, 57, 98],  # battery: raw 15 x 100 W, charge positive: 1500 W charged
            0x0686: [0x0001, 0x86A0],
        }
    )
    code, out, _ = run("read", link, "zcs/hyd_g3", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["g3.state"]["value"] == "on_grid"
    assert found["g3.grid_p"]["value"] == 1000
    assert found["g3.grid_f"]["value"] == 50.02
    assert found["g3.u_l1"]["value"] == 230.1
    assert found["g3.bat_p"]["value"] == -1500
    assert found["g3.bat_soc"]["value"] == 57
    assert found["g3.e_pv_tot"] == {
        "value": 10_000_000,
        "unit": "Wh",
        "quality": "good",
        "at": found["g3.e_pv_tot"]["at"],
        "function": 3,
        "address": 0x0686,
        "raw": [1, 0x86A0],
    }


def test_a_register_reads_without_a_profile(serve: Callable[..., str], run: Run):
    link = serve(inputs={0x8161: [4321]})
    fields = ("--set", "function=4", "--set", "register=0x8161", "--set", "words=1", "--set", "factor=0.1")
    code, out, _ = run("read", link, "generic/meter", *fields, "--json")
    assert code == 0
    (found,) = json.loads(out).values()
    assert (found["value"], found["function"], found["address"], found["raw"]) == (432.1, 4, 0x8161, [4321])


def test_the_table_for_people_names_register_and_raw_words(serve: Callable[..., str], run: Run):
    code, out, _ = run("read", serve({0x2000: float_words(2301)}), "chint/ddsu666", "--language", "fr")
    assert code == 0
    assert "Tension" in out
    assert "3@8192 0x2000" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("read", "tcp://127.0.0.1:1", "chint/dtsu6666"), "did you mean chint/dtsu666"),
        (("read", "ftp://x", "chint/dtsu666"), "unknown kind of link"),
        (("read", "tcp://127.0.0.1:1", "chint/dtsu666", "--unit", "300"), "0 to 255"),
        (("read", "tcp://127.0.0.1:1", "chint/dtsu666", "--set", "ratio_mode"), "must be OPTION=VALUE"),
        (("read", "tcp://127.0.0.1:1", "chint/dtsu666", "--set", "ratio_mode=x"), "ratio_mode must be"),
        (("read", "tcp://127.0.0.1:1", "generic/meter", "--set", "function=5"), "function must be 3 or 4"),
        (("read", "tcp://127.0.0.1:1", "generic/meter", "--set", "register=XYZ"), "hexadecimal"),
        (("read", "tcp://127.0.0.1:1", "generic/meter", "--set", "words=5"), "words must be"),
        (("read",), "required"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(run: Run, arguments: tuple[str, ...], sentence: str):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_nobody_there_is_one_sentence_and_exit_code_1(run: Run):
    code, out, err = run("read", "tcp://127.0.0.1:1", "chint/dtsu666")
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
