"""Orders of one frame each, without a line: what goes out is what cantools reads, and only what was shown is proof."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from core.errors import CommandRefused, DeviceError
from drivers.can.frames import CanFrame
from drivers.can.requests import READ_BACK_S, SENT_WITHIN_S, Requester
from tests.drivers.can.bench import EVSE, Heardly, dbc_of, device, evse

OFFLINE = {"WorkMode": 2}
RATINGS = {"MinCurrent": 6.0, "MaxCurrent": 32.0, "RatedPhases": 3.0, "CanSwitchPhases": 1.0}
FIRMWARE = {"FwMajor": 1, "FwMinor": 2, "FwPatch": 3, "HwRevision": 1, "ProtocolVersion": 1}


class Bench(Heardly):
    """A wallbox in the mode Offline that has told everything, with cards in slots 2 and 3; nobody has asked it."""

    def __init__(self, *, slots: int | None = 0b110, rfid: int = 1, unit: int = 1, **status: float) -> None:
        super().__init__(device("w1", unit=unit))
        self.unit, self._alive = unit, 0
        self._status = {**OFFLINE, **status}
        self.requester = Requester(self.listener, self.listener.mapping.rules)
        self.lives()
        self.hear(evse("EVSE_Identity", unit, IdPage=4, HasRfid=rfid, **RATINGS))
        if slots is not None:
            self.shows(slots)

    def lives(self, seconds: float = 0.0) -> None:
        """Time passes, and the wallbox tells its state each half second."""
        for _ in range(max(1, round(seconds * 2))):
            self._alive = (self._alive + 1) % 16
            self.say(evse("EVSE_Status", self.unit, AliveCounter=self._alive, **self._status), after=0.5)

    def say(self, *frames: CanFrame, after: float = 0.01) -> None:
        self.hear(*frames, after=after)
        self.requester.tick(self.clock.at)

    def shows(self, slots: int) -> None:
        self.say(evse("EVSE_RfidTable", self.unit, CardCount=slots.bit_count(), CardMax=8, SlotMask=slots))

    def event(self, number: int, uid: int = 0xC3B2A104, length: int = 4) -> None:
        self.say(evse("EVSE_RfidEvent", self.unit, RfidEvent=number, UidLength=length, Uid=uid))

    def order(self, action: str, **arguments: object) -> Future[str]:
        future: Future[str] = Future()
        self.requester.begin(action, arguments, future, self.clock.at)
        return future

    def sent(self, action: str, **arguments: object) -> Future[str]:
        """Give an order, and let it go out."""
        future = self.order(action, **arguments)
        self.requester.frame()
        self.requester.sent(self.clock.at)
        return future


def said(frame: CanFrame) -> tuple[float, float]:
    found = dbc_of(EVSE).get_message_by_name("EMS_Request").decode(frame.data, decode_choices=False)
    assert isinstance(found, dict)
    return float(str(found["RequestId"])), float(str(found["RequestArg"]))


@pytest.mark.parametrize(
    ("action", "arguments", "wanted"),
    [("learn_card", {}, (4, 0)), ("remove_card", {"slot": 3}, (5, 3)), ("reboot", {}, (6, 0))],
)
@pytest.mark.parametrize("unit", [1, 8])
def test_an_order_is_one_frame_to_one_wallbox(
    action: str, arguments: dict[str, object], wanted: tuple[int, int], unit: int
):
    bench = Bench(unit=unit)
    assert bench.requester.due_at() == float("inf")
    bench.order(action, **arguments)
    assert bench.requester.due_at() < bench.clock.at
    frame = bench.requester.frame()
    assert (frame.identifier, frame.extended, len(frame.data)) == (0x18E50100 + unit, True, 8)
    assert said(frame) == wanted


def test_while_cards_are_waited_for_the_table_is_asked_for_now_and_then_and_the_order_is_not_repeated():
    bench = Bench()
    bench.sent("learn_card")
    assert bench.requester.due_at() == bench.clock.at + READ_BACK_S
    assert said(bench.requester.frame()) == (2, 0)
    bench.requester.sent(bench.clock.at + READ_BACK_S)
    assert bench.requester.due_at() == bench.clock.at + 2 * READ_BACK_S
    bench.sent("reboot")
    assert bench.requester.due_at() == float("inf"), "a restart is waited for in silence"


# -- cards ---------------------------------------------------------------------------------------------------------


def test_a_card_is_learnt_when_the_wallbox_says_so_and_not_before():
    bench = Bench()
    bench.event(4)
    future = bench.sent("learn_card")
    bench.lives(1)
    assert not future.done(), "an event from before the order proves nothing"
    bench.event(1)
    bench.event(2)
    assert not future.done()
    bench.event(4)
    assert future.result(0) == "the card 04A1B2C3 has been added"
    assert bench.requester.due_at() == float("inf")


def test_an_event_that_is_followed_by_another_one_at_once_is_not_missed():
    bench = Bench()
    future = bench.sent("learn_card")
    for number in (1, 4, 1):
        bench.clock.at += 0.001
        frame = evse("EVSE_RfidEvent", RfidEvent=number, UidLength=4, Uid=0xC3B2A104)
        bench.listener.hear(bench.listener.messages[frame.key], frame, bench.clock.at)
        bench.requester.tick(bench.clock.at)
    assert future.result(0) == "the card 04A1B2C3 has been added"


def test_a_table_that_has_grown_proves_a_card_whose_event_was_lost():
    bench = Bench(slots=0b110)
    future = bench.sent("learn_card")
    bench.shows(0b110)
    assert not future.done()
    bench.shows(0b111)
    assert future.result(0) == "a card has been added in slot 1"


def test_a_card_that_nobody_presents_is_not_confirmed():
    bench = Bench()
    future = bench.sent("learn_card")
    bench.lives(59)
    assert not future.done(), "somebody has to walk there"
    bench.lives(2)
    with pytest.raises(DeviceError, match=r"^w1 does not confirm: no card was presented$"):
        future.result(0)


@pytest.mark.parametrize("event", [1, 2, 3])
def test_a_card_that_is_known_already_is_not_confirmed_with_a_hint(event: int):
    bench = Bench()
    future = bench.sent("learn_card")
    bench.event(event)
    bench.lives(61)
    with pytest.raises(DeviceError, match="a card was presented, but not added; is it known already"):
        future.result(0)


def test_a_table_that_turns_out_to_be_full_ends_the_order_at_once():
    bench = Bench(slots=None)
    future = bench.sent("learn_card")
    bench.event(6)
    with pytest.raises(DeviceError, match=r"^the table of cards of w1 is full$"):
        future.result(0)


def test_a_ninth_card_is_refused_and_nothing_goes_out():
    bench = Bench(slots=0xFF)
    with pytest.raises(CommandRefused, match="the table of cards of w1 is full: remove a card first"):
        bench.order("learn_card")
    assert bench.requester.due_at() == float("inf")


@pytest.mark.parametrize("action", ["learn_card", "remove_card"])
@pytest.mark.parametrize(
    ("bench", "sentence"),
    [
        ({"WorkMode": 1}, "w1 takes this order only with work_mode offline; now it is online"),
        ({"rfid": 0}, "w1 takes this order only with has_rfid yes; now it is no"),
    ],
)
def test_cards_are_the_wallboxs_own_business_only_offline_and_with_a_reader(
    action: str, bench: dict[str, int], sentence: str
):
    with pytest.raises(CommandRefused, match=sentence):
        Bench(**bench).order(action, slot=2)


def test_what_a_wallbox_has_not_said_yet_is_no_leave():
    bench = Heardly(device("w1"))
    bench.hear(evse("EVSE_Status", WorkMode=2))
    requester = Requester(bench.listener, bench.listener.mapping.rules)
    with pytest.raises(CommandRefused, match="only with has_rfid yes; now it is not known"):
        requester.begin("learn_card", {}, Future(), bench.clock.at)


@pytest.mark.parametrize("slot", [0, 9, -1, 2.0, "2", True, None])
def test_a_slot_that_is_none_is_refused(slot: object):
    bench = Bench()
    with pytest.raises(CommandRefused, match="the slot must be a whole number from 1 to 8"):
        bench.order("remove_card", slot=slot)
    assert bench.requester.due_at() == float("inf")


def test_no_card_is_removed_from_an_empty_slot_nor_out_of_a_table_that_is_not_known():
    with pytest.raises(CommandRefused, match="slot 1 of w1 is empty"):
        Bench(slots=0b110).order("remove_card", slot=1)
    with pytest.raises(CommandRefused, match="w1 has not told its table of cards yet"):
        Bench(slots=None).order("remove_card", slot=1)


def test_a_card_is_removed_when_the_table_shows_it():
    bench = Bench(slots=0b110)
    future = bench.sent("remove_card", slot=2)
    bench.event(5)
    bench.shows(0b110)
    assert not future.done(), "the word alone does not say which card"
    bench.shows(0b100)
    assert future.result(0) == "slot 2 is empty now"


def test_a_wallbox_that_empties_another_slot_is_told_at_once():
    bench = Bench(slots=0b110)
    future = bench.sent("remove_card", slot=2)
    bench.shows(0b010)
    with pytest.raises(DeviceError, match="w1 has emptied another slot than the one ordered: 3"):
        future.result(0)


def test_a_card_that_stays_is_not_confirmed():
    bench = Bench(slots=0b110)
    future = bench.sent("remove_card", slot=2)
    bench.lives(11)
    with pytest.raises(DeviceError, match="w1 does not confirm: slot 2 is still in use"):
        future.result(0)


def test_a_wallbox_that_falls_silent_confirms_nothing():
    bench = Bench(slots=0b110)
    future = bench.sent("remove_card", slot=2)
    bench.pass_time(11)
    bench.requester.tick(bench.clock.at)
    with pytest.raises(DeviceError, match="w1 does not confirm: nothing is heard of it"):
        future.result(0)


# -- a restart -----------------------------------------------------------------------------------------------------


def test_a_restart_is_a_silence_and_a_return():
    bench = Bench()
    future = bench.sent("reboot")
    bench.lives(2)
    assert not future.done()
    for _ in range(5):
        bench.pass_time(1)
        bench.requester.tick(bench.clock.at)
    assert not future.done(), "it has not come back"
    bench.lives(0.5)
    assert future.result(0) == "restarted"


def test_a_restart_that_is_over_before_it_is_missed_shows_by_the_identity():
    bench = Bench()
    bench.lives(20)
    future = bench.sent("reboot")
    bench.lives(1)
    bench.say(evse("EVSE_Identity", IdPage=3, **FIRMWARE))
    assert future.result(0) == "restarted"


def test_an_identity_that_was_asked_for_or_is_told_now_and_then_proves_no_restart():
    bench = Bench()
    bench.lives(20)
    bench.requester.asked(bench.clock.at)
    future = bench.sent("reboot")
    bench.say(evse("EVSE_Identity", IdPage=3, **FIRMWARE))
    assert not future.done(), "it is the answer to a question"
    bench.lives(121)
    with pytest.raises(DeviceError, match="w1 does not confirm: it has neither fallen silent nor said again who it is"):
        future.result(0)
    bench.lives(20)
    bench.say(evse("EVSE_Identity", IdPage=3, **FIRMWARE))
    future = bench.sent("reboot")
    bench.lives(15)
    bench.say(evse("EVSE_Identity", IdPage=3, **FIRMWARE))
    assert not future.done(), "this one says it though nobody asks"


def test_a_line_that_was_closed_meanwhile_has_seen_no_silence():
    bench = Bench()
    future = bench.sent("reboot")
    bench.pass_time(5)
    bench.requester.away(bench.clock.at)
    with pytest.raises(DeviceError, match="whether it has obeyed is not known"):
        future.result(0)


# -- who gives orders, and when ------------------------------------------------------------------------------------


def test_an_order_that_cannot_go_out_is_given_up_after_seconds():
    bench = Bench()
    future = bench.order("reboot")
    bench.lives(SENT_WITHIN_S - 1)
    assert not future.done()
    bench.lives(2)
    with pytest.raises(DeviceError, match="the order could not be sent in time"):
        future.result(0)
    assert bench.requester.due_at() == float("inf")


def test_a_newer_order_takes_the_place_of_the_older():
    bench = Bench()
    older, newer = bench.sent("learn_card"), bench.sent("remove_card", slot=2)
    with pytest.raises(CommandRefused, match="a newer order has taken its place"):
        older.result(0)
    bench.shows(0b100)
    assert newer.result(0) == "slot 2 is empty now"


def test_an_order_that_is_refused_leaves_the_older_one_alone():
    bench = Bench()
    older = bench.sent("learn_card")
    with pytest.raises(CommandRefused):
        bench.order("remove_card", slot=1)
    bench.event(4)
    assert older.result(0) == "the card 04A1B2C3 has been added"


def test_where_somebody_else_leads_nothing_is_ordered():
    bench = Bench()
    future = bench.sent("learn_card")
    bench.requester.foreign(bench.clock.at)
    with pytest.raises(CommandRefused, match="another controller on this bus leads w1 too"):
        future.result(0)
    with pytest.raises(CommandRefused, match="another controller on this bus already leads w1"):
        bench.order("reboot")
    bench.lives(4)
    assert not bench.order("reboot").done()


def test_a_wallbox_that_is_not_heard_is_ordered_nothing():
    bench = Bench()
    bench.pass_time(5)
    with pytest.raises(CommandRefused, match="w1 is not heard"):
        bench.order("reboot")
