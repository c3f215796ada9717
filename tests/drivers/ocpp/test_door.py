"""Who is let in: unknown stations, passwords, certificates, the wrong OCPP, ports that are taken."""

from __future__ import annotations

import asyncio
import base64
import logging
import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from core.errors import CommandRefused
from core.status import DeviceState, LinkState
from drivers.ocpp.door import MOST_STRANGERS, NO_PASSWORD, SOAP, UNKNOWN, WRONG_PASSWORD, identity_of, may_enter
from tests.drivers.ocpp.judge import Site, calling, station, until, wait_for

PASSWORD = "kept-to-the-twentieth"


def basic(user: str, password: str | bytes) -> dict[str, str]:
    text = password.encode() if isinstance(password, str) else password
    return {"Authorization": "Basic " + base64.b64encode(user.encode() + b":" + text).decode()}


def has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def refused(site: Site, identity: str = "CP1", **options: Any) -> int:
    async def go() -> int:
        with pytest.raises(InvalidStatus) as caught:
            async with calling(site.place, identity, **options):
                pass
        return caught.value.response.status_code

    return asyncio.run(go())


def test_an_unknown_station_gets_404_is_listed_and_let_in_once_accepted():
    async def go(site: Site) -> None:
        async with calling(site.place, "NEW%20ONE") as point:
            assert (await point.boot()).status == "Accepted"

    with Site([station()]) as site:
        assert refused(site, "NEW%20ONE") == 404
        assert refused(site, "NEW%20ONE") == 404
        wait_for(lambda: len(site.status.stations) == 2)
        seen = site.status.stations[1]
        assert (seen.identity, seen.accepted, seen.reason, seen.calls) == ("NEW ONE", False, UNKNOWN, 2)
        site.line.accept("NEW ONE")
        wait_for(lambda: site.status.stations[1].accepted)
        asyncio.run(go(site))
        wait_for(lambda: site.status.stations[1].model == "Post 22")
        assert not any(reading.key.device != "cp1-1" for reading in site.all)


def test_a_station_that_is_only_spelt_otherwise_is_told_so():
    with Site([station("Garage")]) as site:
        assert refused(site, "garage") == 404
        wait_for(lambda: len(site.status.stations) == 2)
        assert "'Garage'" in site.status.stations[1].reason


def test_the_list_of_strangers_is_bounded():
    with Site([station()]) as site:

        async def go() -> None:
            for number in range(MOST_STRANGERS + 10):
                with pytest.raises(InvalidStatus):
                    async with calling(site.place, f"S{number}"):
                        pass

        asyncio.run(go())
        wait_for(lambda: site.status.stations[1].identity == f"S{MOST_STRANGERS + 9}")
        assert len(site.status.stations) == MOST_STRANGERS + 1


def test_a_station_that_speaks_another_ocpp_is_told_what_to_set():
    async def go(site: Site) -> None:
        async with calling(site.place, subprotocols=["ocpp1.5"]) as point:
            with pytest.raises(ConnectionClosed):
                await point._connection.recv()
            assert point._connection.close_code == 1002

    with Site([station()]) as site:
        asyncio.run(go(site))
        wait_for(lambda: "1.6 JSON" in site.status.devices[0].fault)
        assert site.status.devices[0].state is DeviceState.NEVER


def test_a_station_that_calls_by_soap_is_told_what_to_set():
    with Site([station()]) as site:
        port = int(site.place.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
            body = b"<soap:Envelope/>"
            wire.sendall(b"POST /CP9 HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            answer = wire.recv(4096)
        assert answer.startswith(b"HTTP/1.1 400")
        assert SOAP.encode() in answer
        wait_for(lambda: len(site.status.stations) == 2)
        assert (site.status.stations[1].identity, site.status.stations[1].reason) == ("CP9", SOAP)


def test_a_browser_is_told_what_this_address_is_for():
    with Site([station()]) as site:
        port = int(site.place.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
            wire.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wire.recv(4096).startswith(b"HTTP/1.1 426")


def test_a_password_is_asked_for_where_one_is_set(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("drivers.ocpp.central.REFUSED_AFTER_S", 0.0)

    async def go(site: Site) -> None:
        async with calling(site.place, additional_headers=basic("CP1", PASSWORD)) as point:
            await point.tell("Available")
            assert site.value("status") == "available"

    caplog.set_level(logging.DEBUG)
    logging.getLogger("websockets.client").setLevel(logging.WARNING)
    with Site([station(options={"password": PASSWORD})]) as site:
        assert refused(site) == 401
        assert refused(site, additional_headers=basic("CP1", "wrong")) == 401
        assert refused(site, additional_headers={"Authorization": "Basic ***"}) == 401
        assert refused(site, additional_headers=basic("CP2", PASSWORD)) == 401
        wait_for(lambda: site.status.devices[0].fault == WRONG_PASSWORD)
        asyncio.run(go(site))
        coded = base64.b64encode(f"CP1:{PASSWORD}".encode()).decode()
        assert PASSWORD not in caplog.text
        assert coded not in caplog.text
        assert PASSWORD.encode() not in site.kept()


def test_a_network_needs_a_password():
    assert may_enter("CP1", "", "", open_network=True) == NO_PASSWORD
    assert may_enter("CP1", "", "", open_network=False) == ""
    assert may_enter("CP1", PASSWORD, basic("CP1", PASSWORD)["Authorization"], open_network=True) == ""
    key = bytes(range(20))
    assert may_enter("CP1", key.hex(), basic("CP1", key)["Authorization"], open_network=True) == ""


def test_a_station_without_a_password_stays_outside_on_every_address():
    with Site([station()], url="ocpp://0.0.0.0:0/") as site:
        port = site.place.rstrip("/").rpartition(":")[2]
        assert site.place == f"ws://0.0.0.0:{port}/"

        async def go() -> None:
            with pytest.raises(InvalidStatus) as caught:
                async with calling(f"ws://127.0.0.1:{port}/"):
                    pass
            assert caught.value.response.status_code == 401

        asyncio.run(go())
        wait_for(lambda: site.status.devices[0].fault == NO_PASSWORD)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/CP1", "CP1"),
        ("/ocpp/CP1", "CP1"),
        ("/a/FG%2016302%2007%20002%20003", "FG 16302 07 002 003"),
        ("/CP1/", "CP1"),
        ("/CP1?x=1", "CP1"),
        ("/", ""),
        ("", ""),
        ("/" + "x" * 49, ""),
        ("/%00", ""),
        ("/%0d%0aX", ""),
    ],
)
def test_the_identity_is_the_last_part_of_the_path(path: str, name: str):
    assert identity_of(path) == name


def test_a_port_that_is_taken_is_a_sentence_and_is_tried_again():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with Site([station()], url=f"ocpp://127.0.0.1:{port}/") as site:
            assert site.status.state is LinkState.DOWN
            assert site.status.error == f"port {port} of 127.0.0.1 is in use by another program"
            assert site.status.retry_at is not None
            with pytest.raises(CommandRefused):
                site.line.operate("nobody", "reset", {})
            other.close()
            site.line.reconnect()
            wait_for(lambda: site.status.state is LinkState.UP)
            assert site.status.place == f"ws://127.0.0.1:{port}/"


def test_an_address_of_another_computer_is_a_sentence():
    with Site([station()], url="ocpp://192.0.2.77:8887/") as site:
        assert site.status.error == "192.0.2.77 is not an address of this computer"


@pytest.mark.skipif(not has_ipv6_loopback(), reason="this computer has no ::1")
def test_it_listens_on_ipv6_too():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            await point.tell("Available")

    with Site([station()], url="ocpp://[::1]:0/") as site:
        assert site.place.startswith("ws://[::1]:")
        asyncio.run(go(site))
        assert site.value("address") == "::1"


def test_a_password_keeps_others_from_taking_the_place_of_a_connected_station():
    async def go(site: Site) -> None:
        async with calling(site.place, additional_headers=basic("CP1", PASSWORD)) as point:
            await point.tell("Charging")
            for headers in ({}, basic("CP1", "guessed"), basic("CP2", "the-other-password-20")):
                assert await asyncio.to_thread(refused, site, additional_headers=headers) == 401
            await point.tell("Finishing")  # it has not been thrown out
            assert (site.value("status"), site.value("connection")) == ("finishing", "connected")

    devices = [
        station(options={"password": PASSWORD}),
        station("CP2", options={"password": "the-other-password-20"}),
    ]
    with Site(devices) as site:
        asyncio.run(go(site))


def test_it_listens_only_between_start_and_stop():
    site = Site([station()])
    assert (site.status.state, site.status.place) == (LinkState.OFF, "")
    with site:
        port = int(site.place.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass
    assert (site.status.state, site.status.place) == (LinkState.OFF, "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_certificate_makes_the_line_wss(tmp_path: Path):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)
    trust = ssl.create_default_context(cafile=tmp_path / "cert.pem")

    async def go(site: Site) -> None:
        async with calling(site.place, ssl=trust) as point:
            await point.tell("Available")
            await until(lambda: site.value("status") == "available")

    with Site([station()], url="ocpp://127.0.0.1:0/?cert=cert.pem&key=key.pem", folder=tmp_path) as site:
        assert site.place.startswith("wss://127.0.0.1:")
        asyncio.run(go(site))


def test_a_certificate_that_is_missing_or_no_certificate_is_a_sentence(tmp_path: Path):
    url = "ocpp://127.0.0.1:0/?cert=cert.pem&key=key.pem"
    with Site([station()], url=url, folder=tmp_path) as site:
        assert "not where the address of this link says" in site.status.error
    (tmp_path / "cert.pem").write_text("no certificate")
    (tmp_path / "key.pem").write_text("no key")
    with Site([station()], url=url, folder=tmp_path) as site:
        assert "cannot be used" in site.status.error
