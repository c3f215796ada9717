"""Searching sticks: two texts and nothing else, and only answers that make sense are believed."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
import time
from collections.abc import Callable, Generator

import pytest

from core.errors import LinkError
from drivers.sim.lines import Port
from drivers.sim.stick import StickLine
from drivers.sim.stick_beacon import StickBeacon
from drivers.solarman.discovery import TEXTS, StickFound, access_point, discover, joined, read_answer
from drivers.solarman.wireless import networks_in, own_addresses, stick_serial

SERIAL = 2355553510


@contextlib.contextmanager
def listening(answer: Callable[[bytes], list[bytes]], host: str = "127.0.0.1", port: int = 0) -> Generator[Ear]:
    ear = Ear(answer, host, port)
    try:
        yield ear
    finally:
        ear.close()


class Ear:
    """A UDP listener that keeps every datagram and answers as told."""

    def __init__(self, answer: Callable[[bytes], list[bytes]], host: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self._socket.settimeout(0.05)
        self.port: int = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        self._answer, self._end = answer, threading.Event()
        self._thread = threading.Thread(target=self._run, name="ear")
        self._thread.start()

    def _run(self) -> None:
        while not self._end.is_set():
            with contextlib.suppress(TimeoutError):
                data, sender = self._socket.recvfrom(2048)
                self.heard.append(data)
                for part in self._answer(data):
                    self._socket.sendto(part, sender)

    def close(self) -> None:
        self._end.set()
        self._thread.join()
        self._socket.close()


def test_a_stick_is_found_with_address_mac_and_serial() -> None:
    with listening(lambda _: [b"127.0.0.1,34eae7abcdef,2355553510"]) as stick:
        found = discover(["127.0.0.1"], wait_s=0.05, port=stick.port)
    assert found == [StickFound("127.0.0.1", "34EAE7ABCDEF", SERIAL)]


def test_only_the_two_texts_are_ever_sent_in_their_order_and_twice() -> None:
    def bait(data: bytes) -> list[bytes]:
        return [b"127.0.0.1,34EAE7ABCDEF,1", b"+ok", data, b"", b"AT+WAKEY?", b"HF-A11ASSISTHREAD"]

    with listening(bait) as stick:
        discover(["127.0.0.1", "127.0.0.1"], wait_s=0.1, port=stick.port)
    assert stick.heard == [b"WIFIKIT-214028-READ", b"HF-A11ASSISTHREAD"] * 2


def test_two_sticks_on_two_addresses_are_both_found_and_each_once() -> None:
    with (
        listening(lambda _: [b"127.0.0.2,34EAE7000002,222"] * 3, "127.0.0.2") as one,
        listening(lambda _: [b"127.0.0.3,34EAE7000003,333"], "127.0.0.3", one.port),
    ):
        found = discover(["127.0.0.2", "127.0.0.3"], wait_s=0.1, port=one.port)
    assert sorted(stick.serial for stick in found) == [222, 333]


@pytest.mark.parametrize(
    "data",
    [
        b"WIFIKIT-214028-READ",
        b"HF-A11ASSISTHREAD",
        b"+ok",
        b"",
        b"127.0.0.1,34EAE7ABCDEF",
        b"127.0.0.1,34EAE7ABCDEF,HF-LPB100",
        b"127.0.0.1,34EAE7ABCDEF,0",
        b"127.0.0.1,34EAE7ABCDEF,99999999999",
        b"127.0.0.1,34EAE7ABCDEF,4294967296",
        b"127.0.0.1,34EAE7ABCDEF,-5",
        b"127.0.0.1,34EAE7ABCDEF,123,4",
        b"127.0.0.1,34EAE7ABCDEG,123",
        b"127.0.0.1,34EAE7,123",
        b"127.0.0.9,34EAE7ABCDEF,123",
        b"nowhere,34EAE7ABCDEF,123",
        "127.0.0.1,34EAE7ABCDEF,١٢٣".encode(),
        b"\xff\xfe,\x00,\x01",
    ],
)
def test_an_answer_that_makes_no_sense_is_not_a_stick(data: bytes) -> None:
    assert read_answer(data, "127.0.0.1") is None


def test_line_ends_and_blanks_round_the_fields_do_not_matter() -> None:
    stick = read_answer(b"127.0.0.1, 34eae7abcdef ,2355553510\r\n\0", "127.0.0.1")
    assert stick == StickFound("127.0.0.1", "34EAE7ABCDEF", SERIAL)


def test_a_stick_that_names_its_access_point_is_reached_where_it_answered_from() -> None:
    stick = read_answer(b"10.10.100.254,34EAE7ABCDEF,2355553510", "192.168.1.40")
    assert stick is not None
    assert stick.host == "192.168.1.40"


def test_ended_stops_the_search_at_once() -> None:
    began = time.monotonic()
    calls = iter(range(1000))
    with listening(lambda _: []) as stick:
        assert discover(["127.0.0.1"], wait_s=30.0, port=stick.port, ended=lambda: next(calls) > 3) == []
    assert time.monotonic() - began < 10.0


def test_a_search_that_may_not_begin_sends_nothing() -> None:
    with listening(lambda _: []) as stick:
        assert discover(["127.0.0.1"], wait_s=0.05, port=stick.port, ended=lambda: True) == []
        assert discover([], wait_s=0.0, port=stick.port) == []
    assert stick.heard == []


def test_nobody_there_is_no_fault() -> None:
    with listening(lambda _: []) as stick:
        port = stick.port
    assert discover(["127.0.0.1"], wait_s=0.05, port=port) == []


def test_an_address_that_cannot_be_asked_is_a_sentence_and_spares_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    send = socket.socket.sendto

    def send_or_fail(self: socket.socket, data: bytes, where: tuple[str, int]) -> int:
        if where[0] == "127.0.0.9":
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return send(self, data, where)

    monkeypatch.setattr(socket.socket, "sendto", send_or_fail)
    with listening(lambda _: [b"127.0.0.1,34EAE7ABCDEF,77"]) as stick:
        found = discover(["127.0.0.9", "127.0.0.1"], wait_s=0.05, port=stick.port)
        assert [one.serial for one in found] == [77]
        with pytest.raises(LinkError, match=r"127\.0\.0\.9 cannot be asked for sticks \(Network is unreachable\)"):
            discover(["127.0.0.9"], wait_s=0.05, port=stick.port)


def test_the_simulated_stick_is_found_and_hears_nothing_but_the_texts() -> None:
    async def play() -> tuple[list[StickFound], list[bytes]]:
        beacon = StickBeacon("127.0.0.5", SERIAL, number=0)
        await beacon.open()
        try:
            found = await asyncio.to_thread(discover, ["127.0.0.5"], wait_s=0.1, port=beacon.number)
        finally:
            await beacon.close()
            await beacon.close()
        return found, beacon.heard

    found, heard = asyncio.run(play())
    assert [(one.host, one.serial, len(one.mac)) for one in found] == [("127.0.0.5", SERIAL, 12)]
    assert set(heard) == set(TEXTS)


@pytest.mark.parametrize("taken", [False, True])
def test_a_simulated_stick_on_its_own_port_is_found_unless_another_one_has_the_search(
    monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    async def play(number: int) -> list[StickFound]:
        line = StickLine(Port("stick", {}, "v5", number), SERIAL)
        await line.open()
        try:
            place = line.beacon.number if line.beacon is not None else search
            return await asyncio.to_thread(discover, ["127.0.0.1"], wait_s=0.1, port=place)
        finally:
            await line.close()

    with socket.create_server(("127.0.0.1", 0)) as probe:
        number = probe.getsockname()[1]
    monkeypatch.setattr("drivers.sim.stick.OWN_PORT", number)
    with listening(lambda _: []) as other:
        search = other.port if taken else 0
        monkeypatch.setattr("drivers.sim.stick.SEARCH_PORT", search)
        assert [one.serial for one in asyncio.run(play(number))] == ([] if taken else [SERIAL])
    monkeypatch.setattr("drivers.sim.stick.OWN_PORT", 8899)
    search = other.port
    assert asyncio.run(play(0)) == []  # on any other port its answer would mislead


def test_a_beacon_port_that_is_taken_is_a_sentence() -> None:
    async def play(port: int) -> None:
        await StickBeacon("127.0.0.1", SERIAL, number=port).open()

    with listening(lambda _: []) as stick, pytest.raises(LinkError, match="UDP port"):
        asyncio.run(play(stick.port))


def test_the_access_point_is_known_by_this_computers_own_address() -> None:
    assert access_point(["192.168.1.20", "10.10.100.101"]) == "10.10.100.254"
    assert access_point(["192.168.1.20", "10.10.10.101"]) is None
    assert not joined("10.10.100.254")
    assert not joined("fe80::1")
    assert access_point() in (None, "10.10.100.254")  # whatever this machine has: nothing is sent
    assert "127.0.0.1" in own_addresses()


def test_the_serial_comes_from_the_name_of_the_network() -> None:
    assert stick_serial(["Box-4F2A", "AP_2355553510"]) == SERIAL
    assert stick_serial(["AP_SOLAR_PORTAL_M2M", "xAP_12"]) is None
    shown = "    Nom                    : Wi-Fi\n    SSID                   : AP_2355553510\n    BSSID : 34:ea:e7\n"
    assert networks_in(shown) == ["AP_2355553510"]
