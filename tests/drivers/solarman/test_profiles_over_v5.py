"""The same profile folder over a stick and over a serial line, against devices that owe nothing to our own code.

The stick is built from the published description of the protocol; pysolarmanv5 computes its checksums, umodbus those of
the Modbus part.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import threading
from collections.abc import Generator, Mapping
from dataclasses import replace

import pytest
from pysolarmanv5 import PySolarmanV5
from umodbus.client.serial.redundancy_check import add_crc  # pyright: ignore[reportUnknownVariableType] - untyped

from core.catalogue import Catalogue
from core.evidence import worded
from core.golden import Case, load_cases, same
from core.linkurl import parse_link
from core.paths import resources
from core.points import Quality, Reading
from core.profile import Profile, Timing
from drivers.find.identify import fitting, identify
from drivers.read_once import DeviceReader
from drivers.solarman.link import SolarmanLink

SERIAL = 2355553510
CATALOGUE = Catalogue([resources() / "profiles"])
QUICK = Timing(1.0, 0.0, 1)  # of a test, where nothing has to rest

Words = Mapping[tuple[int, int], int]


class Registers:
    """Words by function and address; what the case does not tell reads 0 inside the map, and is refused outside."""

    def __init__(self, words: Words, ranges: list[tuple[int, int, int]]) -> None:
        self._words, self._ranges = words, ranges
        self.asked: list[tuple[int, int, int]] = []
        self.others: list[bytes] = []

    def answer(self, request: bytes) -> bytes:
        """The RTU answer to an RTU request, both with checksum."""
        assert add_crc(request[:-2]) == request
        unit, function, address, count = struct.unpack(">BBHH", request[:-2])
        if function not in (3, 4):
            self.others.append(request)
            return add_crc(bytes((unit, function | 0x80, 1)))
        self.asked.append((function, address, count))
        inside = any(kind == function and low <= address <= high for kind, low, high in self._ranges)
        if not inside or unit != 1 or count > 125:
            return add_crc(bytes((unit, function | 0x80, 2)))
        words = [self._words.get((function, at), 0) for at in range(address, address + count)]
        return add_crc(struct.pack(f">BBB{count}H", unit, function, 2 * count, *words))


def checksum(frame: bytes) -> int:
    """Of a whole frame, its last two bytes apart."""
    return int(PySolarmanV5._calculate_v5_frame_checksum(frame))  # pyright: ignore[reportPrivateUsage] - the judge


@contextlib.contextmanager
def stick(registers: Registers) -> Generator[str]:
    """A V5 stick on loopback, one client after the other."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.02)
    end = threading.Event()

    def wrapped(request: bytes, counter: int) -> bytes:
        start, length, code, sequence, _, serial = struct.unpack_from("<BHHBBI", request)
        assert (start, length, code, serial) == (0xA5, len(request) - 13, 0x4510, SERIAL)
        assert request[-1] == 0x15
        assert request[-2] == checksum(request)
        block = registers.answer(request[26:-2])
        body = struct.pack("<BHHBBI", 0xA5, 14 + len(block), 0x1510, sequence, counter, serial)
        body += struct.pack("<BBIII", 2, 1, 772834, 9641, 1654011585) + block
        return body + bytes((checksum(body + bytes(2)), 0x15))

    def serve() -> None:
        counter = 0
        while not end.is_set():
            with contextlib.suppress(TimeoutError):
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
                        counter = (counter + 1) & 0xFF
                        client.sendall(wrapped(data, counter))

    thread = threading.Thread(target=serve, name="foreign stick")
    thread.start()
    try:
        yield f"v5://127.0.0.1:{server.getsockname()[1]}?serial={SERIAL}"
    finally:
        end.set()
        thread.join()
        server.close()


@contextlib.contextmanager
def serial_line(registers: Registers) -> Generator[str]:
    """An RTU device on a pseudo-terminal; every request of ours that reads has eight bytes."""
    import tty

    near, far = os.openpty()
    tty.setraw(far)
    end = threading.Event()

    def serve() -> None:
        heard = b""
        while not end.is_set():
            with contextlib.suppress(BlockingIOError):
                heard += os.read(near, 256)
            if len(heard) < 8:
                end.wait(0.001)
                continue
            os.write(near, registers.answer(heard[:8]))
            heard = heard[8:]

    os.set_blocking(near, False)
    thread = threading.Thread(target=serve, name="foreign serial device")
    thread.start()
    try:
        yield f"rtu://{os.ttyname(far)}"
    finally:
        end.set()
        thread.join()
        os.close(near)
        os.close(far)


def read(url: str, profile: Profile, case: Case) -> dict[str, Reading]:
    reader = DeviceReader(parse_link(url), replace(profile, timing=QUICK), 1, case.options)
    try:
        return reader.read()
    finally:
        reader.close()


def differences(found: Mapping[str, Reading], case: Case) -> list[str]:
    told: list[str] = []
    for point, wanted in case.readings.items():
        reading = found.get(point)
        quality = case.qualities.get(point, "good")
        if reading is None or not same(reading.value, wanted) or reading.quality.value != quality:
            told.append(f"{point}: {reading} instead of {wanted} ({quality})")
    return told


AURA = CATALOGUE.get("aura/hybrid")
AURA_CASES = load_cases(AURA.folder / "golden.yaml")
AURA_MAP = [(4, 3000, 3792), (3, 3200, 3246)]
DEYE = CATALOGUE.get("deye/hybrid")
DEYE_CASES = load_cases(DEYE.folder / "golden.yaml")
DEYE_MAP = [(3, 0, 400)]


@pytest.mark.parametrize("case", AURA_CASES, ids=lambda case: case.taken[:40])
def test_the_aura_over_a_foreign_stick_reads_its_golden_values(case: Case) -> None:
    registers = Registers(case.words, AURA_MAP)
    with stick(registers) as url:
        found = read(url, AURA, case)
    assert differences(found, case) == []
    assert registers.others == []


@pytest.mark.parametrize("case", DEYE_CASES[:1], ids=lambda case: case.taken[:40])
def test_the_deye_over_a_foreign_stick_reads_its_golden_values(case: Case) -> None:
    registers = Registers(case.words, DEYE_MAP)
    with stick(registers) as url:
        found = read(url, DEYE, case)
    assert differences(found, case) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize(
    ("profile", "case", "known"),
    [(AURA, AURA_CASES[0], AURA_MAP), (DEYE, DEYE_CASES[0], DEYE_MAP)],
    ids=["aura", "deye"],
)
def test_the_same_folder_over_a_serial_line_reads_the_same(
    profile: Profile, case: Case, known: list[tuple[int, int, int]]
) -> None:
    registers = Registers(case.words, known)
    with serial_line(registers) as url:
        found = read(url, profile, case)
    assert differences(found, case) == []
    assert registers.others == []


def test_the_raw_words_of_an_alarm_stay_with_the_reading_and_its_texts_come_in_both_languages() -> None:
    case = AURA_CASES[0]
    with stick(Registers(case.words, AURA_MAP)) as url:
        found = read(url, AURA, case)
    warning = found["warning_word"]
    assert warning.provenance is not None
    assert warning.provenance.words == (0x1000, 0x0001)
    assert warning.quality is Quality.GOOD
    choices = {choice.id: choice for choice in AURA.points[[p.id for p in AURA.points].index("warning_word")].choices}
    reversed_ct = choices["w28_ct_reversed"]
    assert (reversed_ct.en, reversed_ct.fr) == ("W28 CT reversed", "W28 Transformateur de courant inversé")
    assert reversed_ct.advice_en
    assert reversed_ct.advice_fr


def test_an_aura_behind_a_foreign_stick_is_recognised_in_the_order_of_the_probe() -> None:
    case = AURA_CASES[0]
    registers = Registers(case.words, AURA_MAP)
    with stick(registers) as url:
        at = parse_link(url)
        link = SolarmanLink("line", at.host, at.port, at.serial_number)
        try:
            identity = identify(link, 1, fitting([*CATALOGUE], "v5"))
        finally:
            link.close()
    assert identity.best is not None
    assert identity.best.profile_id == "aura/hybrid"
    assert identity.best.confidence > 0.9
    assert "inverter model name reads 'BluE-S 6000D M1'" in worded(identity.best.evidence, "en")
    asked = list(dict.fromkeys(registers.asked))
    assert asked[:4] == [(3, 3200, 8), (3, 3208, 8), (4, 3045, 1), (4, 3228, 11)]
    assert registers.others == []


def test_both_families_are_polled_at_the_pace_a_stick_bears() -> None:
    for profile in (AURA, DEYE):
        assert "v5" in profile.links
        assert "rtu" in profile.links
        assert (profile.timing.timeout_s, profile.timing.gap_s) == (5.0, 0.15)
        paces = {group.id: (group.every_s, group.once) for group in profile.groups.values()}
        assert paces["power"] == (10.0, False)
        assert paces["energy"] == (60.0, False)
        assert paces["identity"] == (None, True)
