"""Whatever stations say over a real connection: each call gets its one answer, and nothing stumbles."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ocpp.v16.enums import Action
from websockets import Subprotocol
from websockets.asyncio.client import connect

from core.errors import DecodeError
from core.points import Quality
from core.status import LinkState
from drivers.ocpp.configuration import Configuration
from drivers.ocpp.door import identity_of, may_enter
from drivers.ocpp.messages import MOST_ID, MOST_KEPT, amount, kept, moment, parse, whole, word
from tests.drivers.ocpp.judge import Site, station
from tests.drivers.ocpp.test_hostile import PAYLOADS
from tests.strategies import JUNK, NASTY, examples, one_sentence_each

ASKS = tuple(
    str(action.value)
    for action in (
        *(Action.boot_notification, Action.heartbeat, Action.status_notification, Action.meter_values),
        *(Action.authorize, Action.start_transaction, Action.stop_transaction, Action.data_transfer),
        *(Action.diagnostics_status_notification, Action.firmware_status_notification),
    )
)
OTHERS = ("RemoteStartTransaction", "GetConfiguration", "Nonsense", "SecurityEventNotification", "BootNotification")
FIELDS = st.dictionaries(
    st.sampled_from(
        ("connectorId", "transactionId", "meterStart", "meterStop", "idTag", "timestamp", "status", "errorCode", "info",
         "meterValue", "transactionData", "reason", "chargePointVendor", "chargePointModel", "firmwareVersion",
         "chargePointSerialNumber", "vendorErrorCode", "configurationKey", "unknownKey", "data", "vendorId")
    ),
    NASTY | JUNK | st.integers(-2, 5) | st.sampled_from(("2026-03-02T12:00:00Z", "Charging", "1", "12.5")),
    max_size=6,
)  # fmt: skip
CONTENTS = FIELDS | PAYLOADS


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site([station(), station(unit=2, profile="schneider/evlink_ocpp")]) as site:
        yield site


async def said_to(site: Site, frames: list[str | bytes], answers: list[Any]) -> tuple[list[list[Any]], bool]:
    """Send frames as they are; give what came back before the answer to a last heartbeat, and whether that came.

    What the central system asks meanwhile is answered with ``answers``.
    """
    came: list[list[Any]] = []
    async with connect(f"{site.place}CP1", subprotocols=[Subprotocol("ocpp1.6")], proxy=None) as wire:
        for frame in frames:
            await wire.send(frame)
        await wire.send(json.dumps([2, "the-last", "Heartbeat", {}]))
        while True:
            found = json.loads(await asyncio.wait_for(wire.recv(), 10))
            if found[0] == 2:
                answer = answers.pop() if answers else {}
                await wire.send(json.dumps([3, found[1], answer]))
                continue
            if found[1] == "the-last":
                return came, found[0] == 3
            came.append(found)


@examples(15)
@given(
    st.lists(st.tuples(st.sampled_from(ASKS * 3 + OTHERS), CONTENTS | NASTY), max_size=6),
    st.lists(st.text(max_size=20) | st.binary(max_size=20) | JUNK.map(json.dumps), max_size=3),
    st.lists(CONTENTS, max_size=3),
)
def test_each_call_gets_one_answer_and_none_is_a_fault_of_ours(
    site: Site, caplog: pytest.LogCaptureFixture, calls: list[tuple[str, Any]], noise: list[Any], answers: list[Any]
):
    caplog.clear()
    frames = [json.dumps([2, f"call-{row}", action, payload]) for row, (action, payload) in enumerate(calls)]
    came, alive = asyncio.run(said_to(site, [*frames, *noise], list(answers)))
    assert alive
    answered = [answer[1] for answer in came if str(answer[1]).startswith("call-")]
    assert len(answered) == len(set(answered))
    for row, (action, payload) in enumerate(calls):
        mine = [answer for answer in came if answer[1] == f"call-{row}"]
        if not isinstance(payload, dict) and payload not in (None, "", []):
            continue  # no message of OCPP: it is counted as damaged, and the station asks again
        try:
            parse(frames[row])
        except DecodeError:
            continue
        assert len(mine) == 1
        assert mine[0][0] == (3 if action in ASKS else 4), mine
        assert mine[0][0] == 3 or mine[0][2] != "InternalError"
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert site.status.state is LinkState.UP
    for reading in site.all:
        point = next(
            (point for point in site.points.get(reading.key.device, ()) if point.id == reading.key.point), None
        )
        if point is not None and isinstance(reading.value, float) and reading.quality is Quality.GOOD:
            assert point.low is None or reading.value >= point.low
            assert point.high is None or reading.value <= point.high
    site.all.clear()


@examples(40)
@given(
    JUNK | st.tuples(st.sampled_from((2, 3, 4)), st.text(max_size=5), st.text(max_size=5), CONTENTS | NASTY).map(list)
)
@example([2, "1", "ChangeConfiguration", {"key": "AuthorizationKey", "value": "\ud800s3cret"}])
@example([3, "1", {"password": "s3cret", "info": "\ud800"}])
@example("ftp://me:s3cret\ud800@host/")
@example({"password": float("nan"), "x": [{"key": "FtpPassword", "value": 1e308}]})
def test_any_message_can_be_kept_in_bounds_and_without_its_secrets(value: Any):
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        shown = kept(text)
        assert len(shown) <= MOST_KEPT + 20
        assert b"s3cret" not in shown
        kept(text, hide=True)
        try:
            message = parse(text)
        except DecodeError as err:
            one_sentence_each(str(err))
            continue
        assert 0 < len(message.id) <= MOST_ID


@examples(40)
@given(NASTY | JUNK)
def test_any_field_is_a_number_a_word_a_time_or_nothing(value: Any):
    number = amount(value)
    assert number is None or isinstance(number, float)
    assert whole(value) is None or whole(value) == number
    assert len(word(value)) <= 500
    assert word(value).isprintable()
    at = moment(value)
    assert at is None or 1_420_070_400 <= at < 4_102_444_800


@examples(25)
@given(st.lists(st.dictionaries(st.sampled_from(("key", "value", "readonly")), NASTY | st.text(max_size=9)) | NASTY))
def test_any_list_of_keys_is_taken_and_no_secret_is_kept(entries: list[Any]):
    told = Configuration()
    told.take({"configurationKey": entries, "unknownKey": entries})
    told.take({"configurationKey": [{"key": "AuthorizationKey", "value": "s3cret"}], "unknownKey": entries})
    assert told.text("AuthorizationKey") == "set"
    assert len(told.entries) <= 1000
    assert isinstance(told.profiles, tuple)


@examples(40)
@given(st.text(max_size=60) | st.sampled_from(("/%00", "//[", "/a/%ff%fe", "/" + "x" * 99)), st.text(max_size=20))
def test_any_path_and_any_header_are_judged_at_the_door(path: str, header: str):
    name = identity_of(path)
    assert len(name) <= 48
    assert may_enter(name, "p" * 20, header, open_network=True)
    assert may_enter(name, "p" * 20, f"Basic {header}", open_network=False)
