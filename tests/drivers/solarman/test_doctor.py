"""The stick's doctor against sticks with every ailment it knows, and the table of lamps that it sends people to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from pysolarmanv5 import PySolarmanV5
from umodbus.client.serial.redundancy_check import add_crc  # pyright: ignore[reportUnknownVariableType] - untyped

from core.errors import ProfileError
from core.paths import resources
from drivers.solarman.discovery import TEXTS
from drivers.solarman.doctor import Diagnosis, Health, Places, Step, examine
from drivers.solarman.leds import FILE, STATES, load_leds
from drivers.solarman.ports import Door, knock

HOST = "127.0.0.1"
SERIAL = 2355553510
OTHER = 1782345394

Behaviour = Callable[[bytes], bytes]


def checksum(frame: bytes) -> int:
    return int(PySolarmanV5._calculate_v5_frame_checksum(frame))  # pyright: ignore[reportPrivateUsage] - the judge


def v5(
    request: bytes, block: bytes, serial: int = SERIAL, offset: int = 1654011585, sequence: int | None = None
) -> bytes:
    number = request[5] if sequence is None else sequence
    body = struct.pack("<BHHBBI", 0xA5, 14 + len(block), 0x1510, number, 7, serial)
    body += struct.pack("<BBIII", 2, 1, 772834, 9641, offset) + block
    return body + bytes((checksum(body + bytes(2)), 0x15))


def registers(request: bytes) -> bytes:
    unit, function, _, count = struct.unpack(">BBHH", request[26:32])
    return add_crc(struct.pack(f">BBB{count}H", unit, function, 2 * count, *range(count)))


def asked_serial(request: bytes) -> int:
    return int.from_bytes(request[7:11], "little")


def healthy(request: bytes) -> bytes:
    return v5(request, registers(request)) if asked_serial(request) in (0, SERIAL) else b""


@contextlib.contextmanager
def listener(behave: Behaviour) -> Generator[tuple[int, list[bytes]]]:
    """A TCP server that answers each part it hears; its port, and all that it heard."""
    server = socket.create_server((HOST, 0))
    server.settimeout(0.02)
    heard: list[bytes] = []
    end = threading.Event()

    def serve() -> None:
        while not end.is_set():
            with contextlib.suppress(OSError):
                client, _ = server.accept()
                with client:
                    client.settimeout(0.02)
                    while not end.is_set():
                        try:
                            data = client.recv(1024)
                        except TimeoutError:
                            continue
                        if not data:
                            break
                        heard.append(data)
                        client.sendall(behave(data))

    thread = threading.Thread(target=serve, name="stick")
    thread.start()
    try:
        yield server.getsockname()[1], heard
    finally:
        end.set()
        thread.join()
        server.close()


@contextlib.contextmanager
def ear(answer: bytes = b"") -> Generator[tuple[int, list[bytes]]]:
    """A UDP listener; its port, and all that it heard."""
    heard: list[bytes] = []
    end = threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, 0))
        sock.settimeout(0.02)

        def serve() -> None:
            while not end.is_set():
                with contextlib.suppress(TimeoutError):
                    data, sender = sock.recvfrom(1024)
                    heard.append(data)
                    if answer:
                        sock.sendto(answer, sender)

        thread = threading.Thread(target=serve, name="ear")
        thread.start()
        try:
            yield sock.getsockname()[1], heard
        finally:
            end.set()
            thread.join()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def examined(
    stick: Behaviour | None, serial: int = SERIAL, *, modbus: Behaviour | None = None, search: bytes = b""
) -> tuple[Diagnosis, list[bytes], list[bytes]]:
    """Diagnosis, what the stick's port heard, what the search port heard. None: nobody listens."""
    with contextlib.ExitStack() as open_ports:
        at, heard = open_ports.enter_context(listener(stick)) if stick else (free_port(), [])
        other, _ = open_ports.enter_context(listener(modbus)) if modbus else (free_port(), [])
        udp, searched = open_ports.enter_context(ear(search))
        places = Places(
            search=udp, stick=at, web=free_port(), modbus=other, wait_s=0.15, answer_s=0.15, search_wait_s=0.03
        )
        return examine(HOST, serial, places=places), heard, searched


def health(diagnosis: Diagnosis, step: str) -> Health | None:
    found = diagnosis.step(step)
    return None if found is None else found.health


def test_a_stick_that_is_well_gets_a_link_and_no_fault() -> None:
    diagnosis, heard, searched = examined(healthy, search=f"{HOST},34EAE7ABCDEF,{SERIAL}".encode())
    assert [step for step in diagnosis.steps if step.health is Health.FAULT] == []
    assert diagnosis.url.startswith(f"v5://{HOST}:")
    assert diagnosis.url.endswith(f"?serial={SERIAL}")
    assert diagnosis.verdict == "the stick and the inverter answer"
    assert diagnosis.true_serial == SERIAL
    assert not diagnosis.ask_lamps
    assert searched == [*TEXTS, *TEXTS]
    assert all(request[27] in (3, 4) for request in heard)  # it only reads


def test_a_wrong_serial_is_told_with_the_right_one_and_the_right_one_is_tried() -> None:
    def strict(request: bytes) -> bytes:
        return healthy(request) if asked_serial(request) == SERIAL else v5(request, b"\x06\x00")

    diagnosis, heard, _ = examined(strict, OTHER)
    step = diagnosis.step("serial")
    assert step is not None
    assert step.found == f"the stick's serial number is {SERIAL}, not {OTHER}"
    assert step.then == f"use the serial number {SERIAL}"
    assert diagnosis.true_serial == SERIAL
    assert diagnosis.url.endswith(f"?serial={SERIAL}")
    assert asked_serial(heard[0]) == OTHER


def test_a_stick_that_only_tells_its_serial_to_serial_nought_is_found_out() -> None:
    def shy(request: bytes) -> bytes:
        return healthy(request) if asked_serial(request) in (0, SERIAL) else b""

    diagnosis, _, _ = examined(shy, OTHER)
    assert diagnosis.true_serial == SERIAL
    assert diagnosis.url.endswith(f"?serial={SERIAL}")


def test_without_a_serial_the_stick_is_asked_for_it() -> None:
    diagnosis, _, _ = examined(healthy, 0)
    assert diagnosis.url.endswith(f"?serial={SERIAL}")


def test_a_search_answer_with_another_serial_is_a_fault_of_the_number_given() -> None:
    diagnosis, _, _ = examined(healthy, OTHER, search=f"{HOST},34EAE7ABCDEF,{SERIAL}".encode())
    step = diagnosis.step("search")
    assert step is not None
    assert (step.health, step.then) == (Health.FAULT, f"use the serial number {SERIAL}")


def test_an_inverter_that_keeps_silent_behind_the_stick_sends_people_to_the_lamps() -> None:
    diagnosis, _, _ = examined(lambda request: v5(request, b"\x05\x00"))
    assert health(diagnosis, "manner") is Health.GOOD
    step = diagnosis.step("inverter")
    assert step is not None
    assert step.health is Health.FAULT
    assert "COM lamp" in step.then
    assert diagnosis.ask_lamps
    assert diagnosis.url == ""


def test_an_inverter_that_refuses_is_there() -> None:
    diagnosis, _, _ = examined(lambda request: v5(request, add_crc(bytes((1, request[27] | 0x80, 2)))))
    assert health(diagnosis, "inverter") is Health.GOOD


def test_a_stick_that_takes_the_connection_and_says_nothing_is_told_as_that() -> None:
    diagnosis, _, _ = examined(mute)
    assert diagnosis.verdict == "the stick takes the connection and says nothing"
    step = diagnosis.step("manner")
    assert step is not None
    assert step.health is Health.FAULT
    assert "another program holds it" in step.means
    assert diagnosis.ask_lamps


def mute(_: bytes) -> bytes:
    return b""


def plain(request: bytes) -> bytes:
    """A Modbus TCP server: it answers what is one, and nothing else."""
    if len(request) != 12 or request[2:4] != b"\0\0":
        return b""
    count = int.from_bytes(request[10:12], "big")
    body = bytes((request[6], request[7], 2 * count)) + bytes(2 * count)
    return request[:4] + len(body).to_bytes(2, "big") + body


def test_a_transparent_stick_is_read_over_modbus_tcp_on_the_same_port() -> None:
    diagnosis, _, _ = examined(plain)
    assert health(diagnosis, "manner") is Health.NOTE
    assert diagnosis.url.startswith("tcp://127.0.0.1:")
    assert health(diagnosis, "inverter") is Health.GOOD


def test_a_mute_stick_with_modbus_on_its_usual_port_is_offered_that() -> None:
    for stick in (None, mute):
        diagnosis, _, _ = examined(stick, modbus=plain)
        assert diagnosis.verdict == "read this device over Modbus TCP"
        assert diagnosis.url.startswith("tcp://")
        assert health(diagnosis, "plain") is Health.GOOD


def test_another_program_on_the_stick_is_noticed() -> None:
    def busy(request: bytes) -> bytes:
        theirs = v5(request, registers(request), sequence=request[5] ^ 0x55, offset=1_700_000_007)
        return theirs + healthy(request)

    diagnosis, _, _ = examined(busy)
    assert health(diagnosis, "others") is Health.NOTE
    assert health(diagnosis, "inverter") is Health.GOOD


def test_a_stick_without_a_clock_is_noticed_and_harmless() -> None:
    diagnosis, _, _ = examined(lambda request: v5(request, registers(request), offset=0))
    assert health(diagnosis, "clock") is Health.NOTE
    assert diagnosis.url


def test_a_stick_that_takes_its_time_is_well() -> None:
    def slow(request: bytes) -> bytes:
        threading.Event().wait(0.3)
        return healthy(request)

    with listener(slow) as (at, _), ear() as (udp, _):
        places = Places(search=udp, stick=at, web=free_port(), modbus=free_port(), wait_s=0.15, search_wait_s=0.03)
        diagnosis = examine(HOST, SERIAL, places=places)
    assert diagnosis.verdict == "the stick and the inverter answer"


def test_what_only_gives_back_what_it_hears_is_no_stick() -> None:
    diagnosis, _, _ = examined(lambda request: request)
    assert health(diagnosis, "manner") is Health.FAULT
    assert diagnosis.url == ""


def test_a_computer_that_refuses_everything_is_there_without_a_stick() -> None:
    diagnosis, heard, _ = examined(None)
    assert health(diagnosis, "port_stick") is Health.FAULT
    assert "is there, but its local service" in diagnosis.verdict
    assert heard == []


def test_a_name_that_nobody_knows_ends_it() -> None:
    diagnosis = examine("stick.invalid", SERIAL)
    assert [step.id for step in diagnosis.steps] == ["name"]
    assert diagnosis.steps[0].found == "the name stick.invalid is not known on this network"


def test_each_step_is_heard_as_it_ends_and_ended_stops_the_rest() -> None:
    steps: list[Step] = []
    with listener(healthy) as (at, heard), ear() as (udp, _):
        places = Places(
            search=udp, stick=at, web=free_port(), modbus=free_port(), wait_s=0.15, answer_s=0.15, search_wait_s=0.03
        )
        diagnosis = examine(
            HOST, SERIAL, places=places, said=steps.append, ended=lambda: bool(steps) and steps[-1].id == "search"
        )
    assert diagnosis.verdict == "stopped"
    assert tuple(steps) == diagnosis.steps
    assert heard == []


def test_knocking_sends_nothing() -> None:
    with listener(mute) as (at, heard):
        assert knock(HOST, at, 1.0) is Door.OPEN
    assert heard == []
    assert knock(HOST, free_port(), 1.0) is Door.REFUSES
    assert knock(HOST, free_port(), 1.0, ended=lambda: True) is Door.SILENT


# -- lamps -----------------------------------------------------------------------------------------------------

GUIDE = {  # NET, COM, READY as the six rows of the guide's table of faults print them
    ("slow", "off", "slow"): "inverter_silent",
    ("steady", "off", "slow"): "inverter_silent",
    ("off", "off", "slow"): "inverter_silent",
    ("off", "steady", "slow"): "no_network",
    ("slow", "steady", "slow"): "no_server",
    ("off", "off", "off"): "no_power",
    ("fast", "steady", "slow"): "smartlink",
    ("fast", "off", "off"): "smartlink",
    ("off", "steady", "fast"): "factory_reset",
    ("fast", "off", "fast"): "factory_reset",
    ("steady", "steady", "slow"): "well",
    ("steady", "slow", "slow"): "well",
}


@pytest.mark.parametrize(("seen", "case"), GUIDE.items(), ids="-".join)
def test_the_lamps_mean_what_the_guide_says(seen: tuple[str, str, str], case: str) -> None:
    found = load_leds().match(dict(zip(("net", "com", "ready"), seen, strict=True)))
    assert found is not None
    assert found.id == case


def test_questions_come_in_order_and_stop_when_the_answer_is_known() -> None:
    table = load_leds()
    assert [lamp.id for lamp in table.lamps] == ["ready", "com", "net"]
    asked: list[str] = []
    seen: dict[str, str] = {}
    answers = {"ready": "slow", "com": "steady", "net": "off"}
    while (lamp := table.next_question(seen)) is not None:
        asked.append(lamp.id)
        seen[lamp.id] = answers[lamp.id]
    assert asked == ["ready", "com", "net"]
    assert table.next_question({"ready": "fast"}) is None


def test_every_combination_ends_the_questions() -> None:
    table = load_leds()
    for ready in STATES:
        for com in STATES:
            for net in STATES:
                seen: dict[str, str] = {}
                answers = {"ready": ready, "com": com, "net": net}
                while (lamp := table.next_question(seen)) is not None:
                    assert lamp.id not in seen
                    seen[lamp.id] = answers[lamp.id]
                assert table.match(seen) == table.match(answers)


def test_the_button_does_what_the_guide_says_and_the_cap_stays_on() -> None:
    table = load_leds()
    assert [(press.id, press.hold_s, press.erases) for press in table.presses] == [
        ("smartlink", 1.0, False),
        ("restart", 5.0, False),
        ("factory", 10.0, True),
    ]
    assert "bouchon" in table.warning.fr
    assert table.press("restart").does.of("fr").startswith("La clé redémarre")


def test_every_case_has_something_to_do_and_a_source_in_both_languages() -> None:
    table = load_leds()
    for case in table.cases:
        assert case.remedies or case.id == "well"
        assert case.source.startswith("AURA commissioning guide 5-c")
        assert case.inferred == (case.note is not None)
        for text in (case.title, case.local, *case.causes, *(remedy.text for remedy in case.remedies)):
            assert text.en
            assert text.fr
            assert text.en != text.fr


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("net: fast", "net: quick", "'quick' is not one of off, steady, slow, fast"),
        ("press: restart}", "press: reboot}", "there is no press 'reboot' of the button"),
        ("id: net", "id: wifi", "'wifi' is not one of"),
        ("    confidence: inferred", "    confidence: guessed", "is not documented or inferred"),
        ("hold: 5 s", "hold: a while", "is not a duration"),
        ("fr: éteint}", "french: éteint}", "unknown entry"),
        ("- id: no_server", "- name: no_server", "unknown entry"),
    ],
)
def test_a_fault_in_the_table_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (resources() / FILE).read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "solarman.yaml"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = next(
        row for row, content in enumerate(changed.read_text(encoding="utf-8").splitlines(), 1) if new in content
    )
    with pytest.raises(ProfileError) as wrong:
        load_leds(changed)
    assert any(f"solarman.yaml:{line}:" in told and fault in told for told in str(wrong.value).splitlines())
