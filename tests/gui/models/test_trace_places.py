"""Where a value stands in a frame without registers: bytes of a CAN frame, a text of an OCPP message."""

import json
from pathlib import Path

import cantools
import pytest

from core.frames import Frame, Outcome
from gui.models.trace import places
from gui.models.trace_places import can_bytes, dbc_text, json_runs
from tests.gui.fake_links import DBC

EVERYTHING = frozenset(range(4, 12))


def test_the_bytes_of_an_intel_signal_are_told_by_its_dbc():
    assert can_bytes(DBC, "EVSE_Status.AppliedLimit", 12) == {6, 7}
    assert can_bytes(DBC, "EVSE_Status.EvseState", 12) == {4}


def test_the_bytes_of_a_motorola_signal_are_told_by_its_dbc():
    assert can_bytes(DBC, "EVSE_Status.Motorola", 12) == {8, 9}


def test_a_text_spread_over_signals_marks_them_all():
    assert can_bytes(DBC, "EVSE_Status.EvseState+EVSE_Status.AppliedLimit", 12) == {4, 6, 7}


@pytest.mark.parametrize("path", ["EVSE_Status.Nothing", "Nothing.AppliedLimit", "", "EVSE_Status"])
def test_a_place_that_cannot_be_told_is_the_whole_data(path: str):
    assert can_bytes(DBC, path, 12) == EVERYTHING
    assert can_bytes("", path, 12) == EVERYTHING


def test_a_frame_too_short_for_its_signal_is_marked_whole():
    assert can_bytes(DBC, "EVSE_Status.AppliedLimit", 7) == {4, 5, 6}


def test_a_missing_dbc_is_an_empty_text(tmp_path: Path):
    assert dbc_text(None) == dbc_text(tmp_path / "none.dbc") == ""


@pytest.mark.parametrize("name", ["AppliedLimit", "EvseState", "Motorola"])
def test_the_library_that_decodes_agrees_with_the_bytes_marked(name: str):
    """Bits outside the marked bytes never change the signal; each marked byte does."""
    database = cantools.database.load_string(DBC, "dbc")
    message = database.get_message_by_name("EVSE_Status")
    marked = {place - 4 for place in can_bytes(DBC, f"EVSE_Status.{name}", 12)}
    usual = message.decode(bytes(8), scaling=False)[name]
    changed = {
        place
        for place in range(8)
        if message.decode(bytes(0xFF if row == place else 0 for row in range(8)), scaling=False)[name] != usual
    }
    assert changed == marked


# -- messages --------------------------------------------------------------------------------------------------

METER = json.dumps(
    [2, "1", "MeterValues", {"connectorId": 7, "meterValue": [{"sampledValue": [
        {"value": "7", "measurand": "Power.Active.Import", "phase": "L1"},
        {"value": "7", "measurand": "Power.Active.Import"},
        {"value": "7"},
    ]}]}]
)  # fmt: skip


def marked_after(text: str, path: str, raw: str) -> list[str]:
    """For each marked run: what follows it up to the end of the entry."""
    runs = json_runs(text, path, raw)
    return [
        runs[row + 1].text.partition("}")[0] if row + 1 < len(runs) else ""
        for row, run in enumerate(runs)
        if run.marked
    ]


def test_the_sampled_value_of_this_measurand_and_phase_is_marked():
    found = marked_after(METER, "MeterValues.Power-Active-Import.L1", "7")
    assert len(found) == 1
    assert '"phase": "L1"' in found[0]
    found = marked_after(METER, "MeterValues.Power-Active-Import", "7")
    assert len(found) == 1
    assert "phase" not in found[0]
    assert "measurand" in found[0]


def test_a_measurand_left_out_is_the_energy_register():
    found = marked_after(METER, "MeterValues.Energy-Active-Import-Register", "7")
    assert [part.strip() for part in found] == [""]


def test_a_configuration_key_is_found_without_its_case():
    text = '[3,"1",{"configurationKey":[{"key":"HeartBeatInterval","readonly":false,"value":"180"},{"key":"Other","value":"180"}]}]'  # noqa: E501 - one message
    runs = json_runs(text, "key.HeartbeatInterval", "180")
    assert [run.text for run in runs if run.marked] == ['"180"']
    assert runs[0].text.rstrip().endswith('"value":')
    assert "Other" in runs[-1].text


def test_a_number_keeps_its_form():
    runs = json_runs(
        '[2,"1","StatusNotification",{"connectorId":1,"status":"Charging"}]', "StatusNotification.status", "Charging"
    )
    assert [run.text for run in runs if run.marked] == ['"Charging"']
    runs = json_runs('[2,"1","StartTransaction",{"meterStart":5210}]', "transaction.meter_start", "5210")
    assert [run.text for run in runs if run.marked] == ["5210"]


def test_what_is_not_there_marks_nothing_and_loses_nothing():
    for path, raw in (("MeterValues.Voltage", "7"), ("StatusNotification.status", ""), ("x", "y")):
        runs = json_runs(METER, path, raw)
        assert not any(run.marked for run in runs)
        assert json.loads("".join(run.text for run in runs)) == json.loads(METER)
    assert json_runs("no json", "a.b", "c")[0].text == "no json"


def test_marking_changes_no_letter_of_the_message():
    runs = json_runs(METER, "MeterValues.Power-Active-Import.L1", "7")
    assert json.loads("".join(run.text for run in runs)) == json.loads(METER)


# -- a stick's wrapping ------------------------------------------------------------------------------------------


def v5(code: bytes, payload: bytes) -> bytes:
    body = len(payload).to_bytes(2, "little") + code + b"\x02\x00" + (2355553510).to_bytes(4, "little") + payload
    return b"\xa5" + body + bytes((sum(body) & 0xFF,)) + b"\x15"


def test_the_words_of_a_value_are_found_inside_the_frames_of_a_stick_behind_a_heartbeat():
    sent = v5(b"\x10\x45", bytes(15) + bytes.fromhex("01 03 0200 0002 C5B3"))
    answer = v5(b"\x10\x15", bytes(14) + bytes.fromhex("01 03 04 0000 86A0 0000"))
    heart = v5(b"\x10\x47", b"\0")
    frame = Frame(1, "stick", 0.0, sent, heart + answer, 0.1, Outcome.ANSWERED)
    start = len(heart) + 11 + 14 + 3
    assert places(frame, (0x0200, 0x0201), (0, 0x86A0)) == {start, start + 1, start + 2, start + 3}
