"""Keys of a station as parameters, judged by the ``ocpp`` package's charge point: read now, changed once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.protocol import State

from core.errors import CommandRefused, DecodeError, DeviceError, LinkError, NotSent
from core.frames import Outcome
from core.points import TOLD_EMPTY, Choice, Kind, Point, Quality, Reading, Value
from core.writing.orders import Order, OwnChange, ParameterLine, Reporting, Sent
from drivers.ocpp.configuration import Configuration
from drivers.ocpp.image import TRIMMED, decoded
from drivers.ocpp.keytext import text_of
from tests.drivers.ocpp.judge import CATALOGUE, EVLINK, Judge, Site, calling, station, until

DEVICE = "cp1-1"
KEYS = {
    "heartbeatinterval": ("180", False),
    "meteringpollingperiod": ("1000", False),
    "Dhcp": ("0", False),
    "useautotimemanagment": ("TRUE", False),
    "allowpluggedcable": ("false", True),
    "emsetting": ("2", False),
    "StationName": ("Garage", False),
    "maxintensitysocket": ("32.0", False),
    "AuthorizationKey": ("c0rrect-h0rse", False),
    "timezone": (None, False),
    "MeterValuesSampledData": ("Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage", False),
}


class Evlink(Judge):
    """With keys of an EVlink. ``deaf``: it never answers a change; ``hear`` is called with each."""

    deaf = False
    hear: Callable[[Evlink], Awaitable[None]] | None = None

    def __init__(self, identity: str, connection: Any) -> None:
        super().__init__(identity, connection)
        self.keys |= KEYS
        del self.keys["HeartbeatInterval"]

    async def _handle_call(self, msg: Any) -> Any:
        if msg.action == "ChangeConfiguration" and (self.deaf or self.hear is not None):
            self.asked.append((msg.action, dict(msg.payload)))
            if self.hear is not None:
                await self.hear(self)
            return None
        return await super()._handle_call(msg)

    def changes(self, key: str) -> list[str]:
        return [fields["value"] for fields in self.named("ChangeConfiguration") if fields["key"] == key]


def point(name: str) -> Point:
    found = CATALOGUE.get(EVLINK).point(name)
    assert found is not None
    return found


async def read(site: Site, *names: str, device: str = DEVICE) -> tuple[Reading, ...]:
    return await asyncio.wrap_future(site.line.fetch(device, [point(name) for name in names]))


async def write(site: Site, name: str, value: Value, device: str = DEVICE) -> Sent:
    return await asyncio.wrap_future(site.line.write(device, Order(device, ((point(name), value),))))


def play(
    scene: Callable[[Site, Evlink], Awaitable[None]],
    *,
    judge: type[Evlink] = Evlink,
    keys: dict[str, tuple[str | None, bool]] | None = None,
    units: Sequence[int] = (1,),
    **options: Any,
) -> Site:
    """Have a station call, set itself up, and play with it; returns the site, whose line has ended."""

    async def go(site: Site) -> None:
        async with calling(site.place, judge=judge) as live:
            assert isinstance(live, Evlink)
            live.keys |= keys or {}
            await live.boot()
            await until(lambda: site.value("key_stationname") == "Garage")
            if not options.get("read_only"):
                await until(lambda: site.value("key_metervaluesampleinterval") == 30.0)
            await scene(site, live)

    devices = [station(profile=EVLINK, unit=unit) for unit in units]
    with Site(devices, **({"read_only": False} | options)) as site:
        asyncio.run(go(site))
    return site


# -- reading -----------------------------------------------------------------------------------------------------


def test_keys_are_read_now_with_their_bytes_and_passed_on_like_any_other():
    async def scene(site: Site, live: Evlink) -> None:
        assert isinstance(site.line, ParameterLine)
        live.keys["StationName"] = ("Cave", False)  # somebody else has changed it
        before = len(live.asked)
        name, period, power, never = await read(
            site, "key_stationname", "key_meteringpollingperiod", "connection", "power"
        )
        assert live.asked[before:] == [("GetConfiguration", {"key": ["StationName", "meteringpollingperiod"]})]
        assert (name.value, period.value, period.unit) == ("Cave", 1.0, "s")
        assert name.provenance is not None
        assert (name.provenance.path, name.provenance.raw) == ("key.stationname", "Cave")
        frame = site.line.frames.find(name.provenance.frame)
        assert frame is not None
        assert b'"Cave"' in frame.received
        assert site.reading("key_stationname") == name
        assert (power.value, power.quality) == ("connected", Quality.GOOD)
        assert (never.value, never.quality, never.note) == (None, Quality.BAD, "the station has not told this yet")

    play(scene)


def test_what_a_station_has_not_is_bad_and_what_it_keeps_to_itself_is_only_set():
    async def scene(site: Site, live: Evlink) -> None:
        none_such, secret, untold = await read(site, "key_modemtype", "key_authorizationkey", "key_timezone")
        assert (none_such.value, none_such.quality, none_such.note) == (
            None,
            Quality.BAD,
            "the station has no such key",
        )
        assert (secret.value, secret.quality) == ("set", Quality.GOOD)
        assert (untold.value, untold.note) == (None, TOLD_EMPTY)
        del live.keys["StationName"]
        (gone,) = await read(site, "key_stationname")
        assert (gone.value, gone.quality) == (None, Quality.BAD)
        assert site.value("key_stationname") is None, "what it said before does not hold any more"

    site = play(scene)
    assert b"c0rrect-h0rse" not in site.kept()


@pytest.mark.parametrize("told", [True, False])
def test_a_station_that_takes_few_keys_at_once_is_asked_in_pieces(told: bool):
    class Slow(Evlink):
        async def _handle_call(self, msg: Any) -> Any:
            if msg.action == "GetConfiguration" and msg.payload.get("key"):
                msg.payload["key"] = msg.payload["key"][:2]  # the others it passes over in silence
            return await super()._handle_call(msg)

    names = ("key_stationname", "key_meteringpollingperiod", "key_emsetting", "key_heartbeatinterval", "key_dhcp")

    async def scene(site: Site, live: Evlink) -> None:
        found = await read(site, *names)
        assert [reading.value for reading in found] == ["Garage", 1.0, "external_control", 180.0, "no"]
        assert live.named("GetConfiguration")[-1]["key"] == ["Dhcp"]

    play(scene, judge=Slow, keys={"GetConfigurationMaxKeys": ("2", True)} if told else {})


def test_one_key_that_is_refused_keeps_no_other_back():
    class Touchy(Evlink):
        async def _handle_call(self, msg: Any) -> Any:
            if msg.action == "GetConfiguration" and "modemtype" in (msg.payload.get("key") or ()):
                await self.raw([4, msg.unique_id, "PropertyConstraintViolation", "modemtype", {}])
                return None
            return await super()._handle_call(msg)

    async def scene(site: Site, _: Evlink) -> None:
        name, modem = await read(site, "key_stationname", "key_modemtype")
        assert name.value == "Garage"
        assert (modem.value, modem.quality) == (None, Quality.BAD)
        assert "PropertyConstraintViolation" in modem.note
        assert modem.provenance is not None
        frame = site.line.frames.find(modem.provenance.frame)
        assert frame is not None
        assert frame.outcome is Outcome.REFUSED

    play(scene, judge=Touchy)


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("key_maxintensitysocket", "16.0", 16.0),
        ("key_maxintensitysocket", " 16 ", 16.0),
        ("key_maxintensitysocket", "16,0", 16.0),
        ("key_useautotimemanagment", "True", "yes"),
        ("key_useautotimemanagment", "FALSE", "no"),
        ("key_useautotimemanagment", "1", "yes"),
        ("key_emsetting", "3.0", "both"),
        ("key_emsetting", "LoadBalancing", "load_balancing"),
    ],
)
def test_a_station_may_spell_a_value_in_its_own_way(name: str, shown: str, value: Value):
    async def scene(site: Site, live: Evlink) -> None:
        key = point(name).path.removeprefix("key.")
        live.keys[key] = (shown, False)
        (reading,) = await read(site, name)
        assert (reading.value, reading.quality) == (value, Quality.GOOD)

    play(scene, read_only=True)


# -- writing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "key", "heard"),
    [
        ("key_heartbeatinterval", 3600.0, "heartbeatinterval", "3600"),
        ("key_maxintensitysocket", 16.0, "maxintensitysocket", "16"),
        ("key_meteringpollingperiod", 0.3, "meteringpollingperiod", "300"),
        ("key_maxintensitysocket", 1e15, "maxintensitysocket", "1000000000000000"),
        ("key_dhcp", "yes", "Dhcp", "1"),
        ("key_useautotimemanagment", "no", "useautotimemanagment", "FALSE"),
        ("key_emsetting", "load_balancing", "emsetting", "1"),
        ("key_stationname", "Grange du Bas", "StationName", "Grange du Bas"),
    ],
)
def test_a_value_is_written_as_the_station_writes_it_and_once(name: str, value: Value, key: str, heard: str):
    async def scene(site: Site, live: Evlink) -> None:
        sent = await write(site, name, value)
        assert (sent.answered, sent.refused, sent.note) == (True, "", "")
        assert live.changes(key) == [heard]
        asked, answered = sent.exchanges
        assert json.loads(asked.sent)[2:] == ["ChangeConfiguration", {"key": key, "value": heard}]
        assert json.loads(answered.received)[2] == {"status": "Accepted"}
        for exchange in sent.exchanges:
            frame = site.line.frames.find(exchange.number)
            assert frame is not None
            assert (frame.sent, frame.received) == (exchange.sent, exchange.received)
        (back,) = await read(site, name)
        assert back.value == value

    play(scene)


def test_a_choice_goes_by_its_word_where_the_station_shows_words():
    async def scene(site: Site, live: Evlink) -> None:
        await read(site, "key_emsetting")
        await write(site, "key_emsetting", "load_balancing")
        assert live.changes("emsetting") == ["LoadBalancing"]

    play(scene, keys={"emsetting": ("ExternalControl", False)})


@pytest.mark.parametrize(
    ("said", "answered", "refused", "note"),
    [
        ("Accepted", True, "", ""),
        ("RebootRequired", True, "", "takes effect after a restart of the station"),
        ("Rejected", True, "it answers Rejected: it does not take this value", ""),
        ("NotSupported", True, "it answers NotSupported: it has no such key", ""),
    ],
)
def test_each_answer_of_the_station_is_told_in_a_sentence(said: str, answered: bool, refused: str, note: str):
    async def scene(site: Site, live: Evlink) -> None:
        live.refused = lambda key, value: said
        sent = await write(site, "key_stationname", "Cave")
        assert (sent.answered, sent.refused, sent.note) == (answered, refused, note)
        assert live.changes("StationName") == ["Cave"]
        assert len(sent.exchanges) == 2

    play(scene)


@pytest.mark.parametrize(
    ("answer", "answered", "told"),
    [
        ([4, "NotImplemented", "", {}], True, "it does not know this order"),
        ([4, "TypeConstraintViolation", "too long", {}], True, "TypeConstraintViolation: too long"),
        ([4, "InternalError", "disk", {}], False, "InternalError: disk"),  # before or after it was taken?
        ([3, {"status": "Perhaps"}], False, "'Perhaps', which is no answer of OCPP"),
        ([3, {}], False, "which is no answer of OCPP"),
    ],
)
def test_what_is_no_plain_answer_leaves_it_to_the_reading_back(answer: list[Any], answered: bool, told: str):
    class Odd(Evlink):
        async def _handle_call(self, msg: Any) -> Any:
            if msg.action == "ChangeConfiguration" and msg.payload["key"] == "StationName":
                self.asked.append((msg.action, dict(msg.payload)))
                await self.raw([answer[0], msg.unique_id, *answer[1:]])
                return None
            return await super()._handle_call(msg)

    async def scene(site: Site, live: Evlink) -> None:
        sent = await write(site, "key_stationname", "Cave")
        assert sent.answered is answered
        assert told in (sent.refused if answered else sent.note)
        assert bool(sent.refused) is answered
        assert live.changes("StationName") == ["Cave"]

    play(scene, judge=Odd)


def test_a_station_that_keeps_silent_is_asked_once():
    async def scene(site: Site, live: Evlink) -> None:
        live.deaf = True
        sent = await write(site, "key_stationname", "Cave")
        assert not sent.answered
        assert "does not answer ChangeConfiguration within 0.5 s" in sent.note
        assert [exchange.received for exchange in sent.exchanges] == [b""]
        assert live.changes("StationName") == ["Cave"]
        assert (await read(site, "key_stationname"))[0].value == "Garage", "the next answers are not shifted by one"

    play(scene, timeout_s=0.5)


def test_a_connection_that_ends_in_mid_write_leaves_it_open_and_in_the_ring():
    async def hang_up(live: Evlink) -> None:
        await live._connection.close()

    async def scene(site: Site, live: Evlink) -> None:
        live.hear = hang_up
        began = site.line.frames.newest
        with pytest.raises(LinkError, match="has ended"):
            await write(site, "key_stationname", "Cave")
        assert live.changes("StationName") == ["Cave"]
        (down,) = [frame for frame in site.line.frames.since(began) if frame.outcome is Outcome.LINK_DOWN]
        assert b"StationName" in down.sent
        await until(lambda: not site.status.stations[0].connected)
        for asked in (write(site, "key_stationname", "Cave"), read(site, "key_stationname")):
            with pytest.raises(CommandRefused, match="CP1 is not connected"):
                await asked

    play(scene)


def test_a_line_that_is_closed_in_mid_write_leaves_it_open():
    async def scene(site: Site, live: Evlink) -> None:
        live.deaf = True
        waiting = site.line.write(DEVICE, Order(DEVICE, ((point("key_stationname"), "Cave"),)))
        queued = site.line.write(DEVICE, Order(DEVICE, ((point("key_dhcp"), "yes"),)))
        await until(lambda: live.changes("StationName"))
        await asyncio.to_thread(site.line.stop)
        with pytest.raises(LinkError):
            waiting.result(5)
        with pytest.raises(CommandRefused):
            queued.result(5)
        with pytest.raises(CommandRefused, match="not listening"):
            site.line.fetch(DEVICE, [point("key_stationname")])

    play(scene)


def test_a_line_that_ends_before_the_first_step_leaves_nobody_waiting(monkeypatch: pytest.MonkeyPatch):
    def ended(work: Coroutine[object, object, str]) -> Future[str]:
        work.close()
        over: Future[str] = Future()
        over.cancel()
        return over

    with Site([station(profile=EVLINK)], read_only=False) as site:
        monkeypatch.setattr(site.line, "_submit", ended)
        with pytest.raises(CommandRefused, match="being closed"):
            site.line.fetch(DEVICE, [point("key_stationname")]).result(1)


def test_a_write_can_be_taken_back_until_it_goes_out_and_never_afterwards():
    async def scene(site: Site, live: Evlink) -> None:
        live.deaf = True
        first = site.line.write(DEVICE, Order(DEVICE, ((point("key_stationname"), "Cave"),)))
        second = site.line.write(DEVICE, Order(DEVICE, ((point("key_dhcp"), "yes"),)))
        await until(lambda: live.changes("StationName"))
        assert not first.cancel(), "it has been sent"
        assert second.cancel()
        assert not (await asyncio.wrap_future(first)).answered
        live.deaf = False
        await read(site, "key_stationname")
        assert live.changes("Dhcp") == []

    play(scene, timeout_s=0.5)


def test_a_read_only_link_reads_and_never_writes():
    async def scene(site: Site, live: Evlink) -> None:
        assert (await read(site, "key_stationname"))[0].value == "Garage"
        with pytest.raises(CommandRefused, match="read-only"):
            site.line.write(DEVICE, Order(DEVICE, ((point("key_stationname"), "Cave"),)))
        assert live.named("ChangeConfiguration") == []

    play(scene, read_only=True)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("key_allowpluggedcable", "yes", "the key allowpluggedcable is read-only"),
        ("key_modemtype", "LTE", "the station has no such key"),
        ("connection", "connected", "no key of the station's configuration"),
        ("key_stationname", " Cave", "would hold Cave"),
        ("key_stationname", 5.0, "5 is not text"),
        ("key_emsetting", "sideways", "no choice 'sideways'"),
        ("key_dhcp", "maybe", "no choice 'maybe'"),
        ("key_heartbeatinterval", "soon", "is not a number"),
        ("key_authorizationkey", "blank at the end ", "begins or ends with a blank"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_sent(name: str, value: Value, why: str):
    async def scene(site: Site, live: Evlink) -> None:
        await read(site, "key_modemtype")
        before = len(live.asked)
        with pytest.raises(CommandRefused, match=why):
            await write(site, name, value)
        assert live.asked[before:] == []

    play(scene)


def test_the_configuration_is_with_the_first_device_of_a_station():
    async def scene(site: Site, live: Evlink) -> None:
        (first,) = await read(site, "key_stationname")
        (second,) = await read(site, "key_stationname", device="cp1-2")
        assert (first.value, second.value, second.quality) == ("Garage", None, Quality.BAD)
        assert second.note == "the configuration of this station is with 'cp1-1'"
        with pytest.raises(CommandRefused, match="is with 'cp1-1'"):
            await write(site, "key_stationname", "Cave", device="cp1-2")
        with pytest.raises(CommandRefused, match="cannot be reached"):
            site.line.fetch("other", [point("key_stationname")])
        assert live.changes("StationName") == []

    play(scene, units=(1, 2))


# -- secrets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        [4, "PropertyConstraintViolation", "hunter22 is too short", {"value": "hunter22"}],
        [4, "hunter22", "hunter22", {}],
        [3, {"status": "hunter22"}],
        [3, {"status": "Rejected", "reason": "hunter22 is too short"}],
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_an_answer_that_repeats_a_password_is_kept_without_it(answer: list[Any], late: bool):
    class Chatty(Evlink):
        ids: list[str]

        async def _handle_call(self, msg: Any) -> Any:
            if msg.action != "ChangeConfiguration" or msg.payload["key"] != "AuthorizationKey":
                return await super()._handle_call(msg)
            self.ids = [msg.unique_id]
            if not late:
                await self.raw([answer[0], msg.unique_id, *answer[1:]])
            return None

    async def scene(site: Site, live: Evlink) -> None:
        sent = await write(site, "key_authorizationkey", "hunter22")
        assert "hunter22" not in repr(sent)
        assert b"AuthorizationKey" in sent.exchanges[0].sent
        if late:
            assert isinstance(live, Chatty)
            await live.raw([answer[0], live.ids[0], *answer[1:]])
            await read(site, "key_stationname")

    site = play(scene, judge=Chatty, timeout_s=0.3 if late else None)
    assert b"hunter22" not in site.kept() + repr(site.line.frames.last(500)).encode()


# -- what the line sets by itself --------------------------------------------------------------------------------


def test_what_the_set_up_changes_is_told_with_its_bytes():
    told: list[OwnChange] = []

    async def go(site: Site) -> None:
        async with calling(site.place) as live:
            await live.boot()
            await until(lambda: site.value("key_metervaluesampleinterval") == 30.0)

    site = Site([station()], read_only=False)
    assert isinstance(site.line, Reporting)
    site.line.report_to(told.append)
    with site:
        asyncio.run(go(site))
    measurands, interval = told
    assert (interval.device, interval.path) == (DEVICE, "key.MeterValueSampleInterval")
    assert (interval.old, interval.new, interval.outcome) == ("900", "30", "Accepted")
    assert json.loads(interval.exchanges[0].sent)[2] == "ChangeConfiguration"
    assert measurands.old == "Energy.Active.Import.Register"


def test_a_change_of_the_set_up_that_is_not_answered_is_told_too():
    told: list[OwnChange] = []

    async def go(site: Site) -> None:
        async with calling(site.place, judge=Evlink) as live:
            assert isinstance(live, Evlink)
            live.deaf = True
            await live.boot()
            await until(lambda: told)

    site = Site([station(profile=EVLINK)], read_only=False, timeout_s=0.2)
    site.line.report_to(told.append)
    with site:
        asyncio.run(go(site))
    assert "does not answer ChangeConfiguration" in told[0].outcome


# -- texts -------------------------------------------------------------------------------------------------------

NUMBER = Point("n", (), None, "number", path="key.n", scales=(0.001,))
FLAG = Point("f", (), None, "flag", path="key.f")
CODE = Point(
    "c",
    (),
    None,
    "number",
    path="key.c",
    kind=Kind.STATE,
    choices=(Choice(0, "both_on", "", ""), Choice(7, "off", "", "")),
)


@given(st.integers(-(10**12), 10**12))
def test_a_number_comes_back_as_it_was_and_has_no_exponent(thousandths: int):
    value = thousandths / 1000
    text = text_of(NUMBER, value, "1000")
    assert text == str(thousandths)
    assert decoded(NUMBER, text)[0] == pytest.approx(value, rel=1e-12)


@given(st.sampled_from(["true", "TRUE", "False", "0", "1", "yes", "Off", "ON", "", "odd"]), st.sampled_from([0.0, 1.0]))
def test_a_flag_comes_back_as_it_was_in_the_letters_of_the_station(shown: str, value: float):
    text = text_of(FLAG, value, shown)
    assert decoded(FLAG, text)[0] == value
    if shown not in ("", "odd"):
        assert [text.isupper(), text.istitle(), text.isdecimal()] == [
            shown.isupper(),
            shown.istitle(),
            shown.isdecimal(),
        ]


@pytest.mark.parametrize("shown", ["0", "7", "BothOn", "Off"])
@pytest.mark.parametrize("value", ["both_on", "off"])
def test_a_choice_comes_back_as_it_was(shown: str, value: str):
    assert decoded(CODE, text_of(CODE, value, shown))[0] == value


def test_a_choice_is_not_guessed_where_the_station_has_shown_none():
    with pytest.raises(DecodeError, match="not known"):
        text_of(CODE, "off", None)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e40, ("a",), "x", None])
def test_a_number_that_is_none_has_no_text(value: Value):
    with pytest.raises((DecodeError, ArithmeticError)):
        text_of(NUMBER, value, None)


def test_a_station_that_is_silent_to_a_read_raises():
    class Mute(Evlink):
        async def _handle_call(self, msg: Any) -> Any:
            return None if (msg.payload.get("key") or "") == ["StationName"] else await super()._handle_call(msg)

    async def scene(site: Site, _: Evlink) -> None:
        with pytest.raises(DeviceError, match="does not answer GetConfiguration"):
            await read(site, "key_stationname")

    play(scene, judge=Mute, timeout_s=0.3)


# -- what is not the whole truth, or nobody's business -----------------------------------------------------------


def test_a_text_that_is_longer_than_is_kept_is_not_certain():
    name = point("key_stationname")
    told = Configuration()
    for length, quality in ((500, Quality.GOOD), (501, Quality.UNKNOWN), (5000, Quality.UNKNOWN)):
        (entry,) = told.take({"configurationKey": [{"key": "StationName", "value": "G" * length}]})
        assert decoded(name, entry.given)[:2] == ("G" * 500, quality)
        assert len(entry.given or "") <= 1000


@pytest.mark.parametrize("told", [" Garage", "Garage\u200b"])
def test_a_text_that_is_not_shown_in_full_is_not_certain(told: str):
    async def scene(site: Site, live: Evlink) -> None:
        live.keys["StationName"] = (told, False)
        (reading,) = await read(site, "key_stationname")
        assert (reading.quality, reading.note) == (Quality.UNKNOWN, TRIMMED)
        live.keys["StationName"] = ("G" * 500, False)
        (reading,) = await read(site, "key_stationname")
        assert (reading.value, reading.quality) == ("G" * 500, Quality.GOOD)

    play(scene)


def test_a_connection_that_has_ended_already_carries_nothing():
    class Gone:
        state = State.CLOSED

    async def scene(site: Site, live: Evlink) -> None:
        central = site.line._central
        assert central is not None
        session = central.sessions["CP1"]
        wire, session._connection = session._connection, Gone()
        before = site.line.frames.newest
        with pytest.raises(NotSent, match="has ended"):
            await write(site, "key_stationname", "Cave")
        assert site.line.frames.newest == before
        session._connection = wire
        assert (await write(site, "key_stationname", "Cave")).answered
        assert live.changes("StationName") == ["Cave"]

    play(scene)


def test_what_the_profile_alone_calls_a_secret_is_kept_nowhere():
    device = station(profile=EVLINK)
    assert device.profile is not None
    points = [replace(entry, secret=entry.id == "key_stationname") for entry in device.profile.points]
    device = replace(device, profile=replace(device.profile, points=tuple(points)))
    (name,) = [entry for entry in points if entry.secret]

    async def scene(site: Site) -> None:
        async with calling(site.place, judge=Evlink) as live:
            await live.boot()
            await until(lambda: site.value("key_stationname") == "set")
            order = Order(DEVICE, ((name, "hunter22"),))
            sent = await asyncio.wrap_future(site.line.write(DEVICE, order))
            assert sent.answered
            assert live.keys["StationName"] == ("hunter22", False)
            (reading,) = await asyncio.wrap_future(site.line.fetch(DEVICE, [name]))
            assert reading.value == "set"
            await live.raw([3, "late", {"configurationKey": [{"key": "STATIONNAME", "value": "hunter22"}]}])
            await live.raw('[3, "late", {"configurationKey": [{"key": "StationName", "value": "hunter22"')
            await until(lambda: site.status.counters.damaged)

    with Site([device], read_only=False) as site:
        asyncio.run(scene(site))
        kept = site.kept()
        assert b"StationName" in kept
        assert b"Garage" not in kept
        assert b"hunter22" not in kept
        assert "hunter22" not in repr(site.all)


def test_a_key_told_without_a_value_is_written_the_first_time():
    async def scene(site: Site, live: Evlink) -> None:
        (before,) = await read(site, "key_timezone")
        assert (before.value, before.note) == (None, TOLD_EMPTY)
        assert (await write(site, "key_timezone", "Europe/Paris")).answered
        assert (await read(site, "key_timezone"))[0].value == "Europe/Paris"
        assert live.changes("timezone") == ["Europe/Paris"]

    play(scene)
