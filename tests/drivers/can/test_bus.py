"""Opening adapters: what is missing is one sentence, and an adapter is mute wherever it can be."""

from __future__ import annotations

import errno
import inspect
import os
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import can
import pytest
from serial.tools.list_ports_common import ListPortInfo

from core.errors import LinkError
from core.linkurl import CAN_INTERFACES, parse_link
from drivers.can import adapters as adapters_module
from drivers.can.adapters import AdapterFound, adapters
from drivers.can.bus import CanPort, Heard, Sign, can_be_silenced, heard, open_port, settings
from drivers.can.faults import reason, sentence, unsent
from drivers.can.frames import CanFrame

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as this interface fails on Linux")

MISSING = {
    "slcan//dev/ttyNothing": "the serial port /dev/ttyNothing of the CAN adapter does not exist",
    "slcan/socket://127.0.0.1:9": "nothing answers at socket://127.0.0.1:9",
    "pcan/PCAN_USBBUS1": "install it from peak-system.com",
    "kvaser/0": "install it from kvaser.com",
    "vector/0": "exists on Windows only",
    "socketcan/can7": "CAN",
    "gs_usb/0": "gs_usb",
    "udp_multicast/127.0.0.1": "127.0.0.1 is not a multicast address",
}


@linux
@pytest.mark.parametrize("place", MISSING)
def test_an_adapter_that_is_not_there_is_one_sentence_that_says_what_to_do(place: str):
    with pytest.raises(LinkError) as caught:
        open_port(parse_link(f"can://{place}"), 250_000, True)
    assert MISSING[place] in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "Error(" not in str(caught.value)


def test_no_interface_of_a_link_is_left_out():
    assert {place.partition("/")[0] for place in MISSING} | {"virtual"} == set(CAN_INTERFACES)


@linux
def test_python_can_says_nothing_by_itself():
    code = (
        "import sys; from drivers.can.adapters import adapters; from drivers.can.bus import open_port\n"
        "from core.linkurl import parse_link; from core.errors import LinkError\n"
        "adapters()\n"
        "for place in sys.argv[1:]:\n"
        "    try: open_port(parse_link('can://' + place), 250000, True)\n"
        "    except LinkError: pass\n"
    )
    places = [place for place in MISSING if not place.startswith("udp")]
    ran = subprocess.run([sys.executable, "-c", code, *places], capture_output=True, text=True, timeout=50, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")


FAULTS = [
    ("socketcan", "can0", OSError(errno.ENODEV, "No such device"), "there is no CAN interface can0"),
    ("socketcan", "can0", OSError(errno.ENETDOWN, "down"), "ip link set can0 up"),
    ("socketcan", "can0", OSError(errno.EPERM, "no"), "no permission for the CAN adapter can0"),
    ("slcan", "COM5", can.CanInitializationError("PermissionError(13, 'Access denied')"), "no permission"),
    ("slcan", "COM5", ValueError("Invalid bitrate, choose one of 10000"), "does not know this bit rate"),
    ("pcan", "NOPE", KeyError("NOPE"), "channels are named PCAN_USBBUS1"),
    ("kvaser", "9", can.CanInitializationError("Could not open channel"), "the CAN adapter 9 (kvaser) is not there"),
    (
        "gs_usb",
        "0",
        can.CanInitializationError("Cannot find device 0. Devices found: 0"),
        "is not there; is it plugged in?",
    ),
    ("gs_usb", "0", OSError(errno.EACCES, "Access denied"), "add a udev rule"),
    ("gs_usb", "0", OSError(errno.EBUSY, "busy"), "in use by another program"),
]


@linux
@pytest.mark.parametrize(("interface", "channel", "err", "wanted"), FAULTS)
def test_every_fault_says_what_it_means(interface: str, channel: str, err: Exception, wanted: str):
    assert wanted in sentence(interface, channel, err)


def test_an_adapter_that_was_pulled_out_says_so():
    assert "is gone; was it unplugged?" in sentence("slcan", "COM5", OSError(errno.EIO, "I/O error"), opened=True)
    assert "is another device on the bus?" in unsent("COM5", can.CanOperationError("no buffer space"))


@pytest.mark.parametrize(
    ("interface", "channel", "wanted"),
    [
        ("slcan", "COM5", {"listen_only": True}),
        ("pcan", "PCAN_USBBUS1", {"state": can.BusState.PASSIVE}),
        ("kvaser", "0", {"driver_mode": False, "channel": 0}),
        ("vector", "1", {"listen_only": True, "channel": 1}),
    ],
)
def test_an_adapter_is_asked_to_be_mute_until_the_gate_is_open(interface: str, channel: str, wanted: dict[str, object]):
    silent, loud = settings(interface, channel, 250_000, True), settings(interface, channel, 250_000, False)
    assert wanted.items() <= silent.items()
    assert silent["bitrate"] == 250_000
    assert not (set(wanted) - {"channel"}) & set(loud)
    assert can_be_silenced(interface)


@pytest.mark.parametrize("interface", ["socketcan", "virtual", "udp_multicast"])
def test_what_a_program_cannot_silence_is_not_said_to_be_silent(interface: str):
    assert not can_be_silenced(interface)
    assert settings(interface, "can0", 250_000, True) == settings(interface, "can0", 250_000, False)


def test_the_settings_suit_the_real_constructors_of_python_can():
    """The names are those of python-can: a renamed one would be swallowed by **kwargs and the adapter could send."""
    from can.interfaces.kvaser import canlib
    from can.interfaces.pcan.pcan import PcanBus
    from can.interfaces.slcan import slcanBus
    from can.interfaces.vector.canlib import VectorBus

    assert "listen_only" in inspect.signature(slcanBus.__init__).parameters
    assert "listen_only" in inspect.signature(VectorBus.__init__).parameters
    assert "state" in inspect.signature(PcanBus.__init__).parameters
    assert canlib.DRIVER_MODE_SILENT is False
    assert 'kwargs.get("driver_mode"' in inspect.getsource(canlib.KvaserBus.__init__)


class _Candle:
    """What python-can's gs_usb interface holds, as far as it matters here."""

    def __init__(self, feature: int) -> None:
        self.device_capability = types.SimpleNamespace(feature=feature)
        self.calls: list[tuple[str, int]] = []

    def stop(self) -> None:
        self.calls.append(("stop", 0))

    def start(self, flags: int) -> None:
        self.calls.append(("start", flags))


@pytest.mark.parametrize(("feature", "silent"), [(0b11, True), (0b10, False)])
def test_a_candlelight_adapter_is_started_anew_as_a_listener_if_it_can(feature: int, silent: bool):
    candle = _Candle(feature)
    bus = types.SimpleNamespace(gs_usb=candle, shutdown=lambda: None)
    port = CanPort(bus, "gs_usb", "0")  # type: ignore[arg-type]
    port.restart_listening()
    assert port.silent is silent
    assert [call for call, flags in candle.calls if call == "stop" or flags & 1] == (
        ["stop", "start"] if silent else []
    )


def test_a_line_of_text_that_is_no_frame_is_a_lost_frame_and_not_the_end():
    class Garbled:
        def recv(self, _timeout: float) -> None:
            raise ValueError("invalid literal for int() with base 16: 'zz'")

    found = CanPort(Garbled(), "slcan", "COM5").receive(0.0)  # type: ignore[arg-type]
    assert found is not None
    assert found.lost == 1


def test_frames_go_both_ways_on_a_virtual_bus():
    one, two = (open_port(parse_link("can://virtual/both-ways"), 250_000, False) for _ in range(2))
    try:
        frame = CanFrame(0x18E51001, True, b"\x01\x02")
        one.send(frame)
        heard = two.receive(1.0)
        assert heard is not None
        assert heard.frame == frame
        assert one.receive(0.0) is None
        assert two.figures() == (None, 0)
    finally:
        one.close()
        two.close()
        two.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's own CAN interfaces")
def test_adapters_are_listed_without_opening_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, kind, state in (("can0", "280", "up"), ("vcan1", "280", "down"), ("eth0", "1", "up")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(f"{kind}\n")
        (tmp_path / name / "operstate").write_text(state)
    monkeypatch.setattr(adapters_module, "NETWORK", tmp_path)
    ports = [_port("/dev/ttyS0", None, None, ""), _port("/dev/ttyUSB0", 0x1A86, 0x7523, "USB Serial")]
    ports += [
        _port("/dev/ttyACM0", 0xAD50, 0x60C4, "CANable"),
        _port("/dev/ttyACM1", 0x1234, 1, "Acme CAN-Bus adapter"),
    ]
    monkeypatch.setattr(adapters_module.list_ports, "comports", lambda: ports)
    offered: list[dict[str, object]] = [
        {"interface": "kvaser", "channel": 0, "device_name": "Leaf Light"},
        {"interface": "kvaser", "channel": 1, "device_name": "Kvaser Virtual CAN Driver"},
    ]
    monkeypatch.setattr(can, "detect_available_configs", lambda *_: offered)
    assert adapters() == [
        AdapterFound("socketcan", "can0", "can0"),
        AdapterFound("socketcan", "vcan1", "vcan1 (down)"),
        AdapterFound("kvaser", "0", "Leaf Light, channel 0"),
        AdapterFound("slcan", "/dev/ttyACM0", "CANable (slcan) on /dev/ttyACM0"),
        AdapterFound("slcan", "/dev/ttyACM1", "Acme CAN-Bus adapter on /dev/ttyACM1"),
        AdapterFound("slcan", "/dev/ttyUSB0", "USB Serial on /dev/ttyUSB0, perhaps an slcan adapter"),
    ]


def test_a_driver_that_fails_hides_no_other_adapter(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> list[dict[str, object]]:
        raise OSError("the library crashed")

    monkeypatch.setattr(can, "detect_available_configs", fail)
    monkeypatch.setattr(adapters_module.list_ports, "comports", lambda: [_port("COM5", 0xAD50, 0x60C4, "CANable")])
    assert AdapterFound("slcan", "COM5", "CANable (slcan) on COM5") in adapters()


def _port(device: str, vendor: int | None, product: int | None, text: str) -> ListPortInfo:
    found = ListPortInfo(device)
    found.vid, found.pid, found.product = vendor, product, text
    return found


def hear(near: int, end: bytes) -> bytes:
    """What comes up to ``end``: a terminal gives its bytes in pieces."""
    told = b""
    while not told.endswith(end):
        told += os.read(near, 100)
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_noise_on_the_serial_line_of_an_adapter_is_lost_frames_and_no_wrong_ones():
    import tty

    near, far = os.openpty()
    tty.setraw(far)
    port = open_port(parse_link(f"can://slcan/{os.ttyname(far)}"), 250_000, True)
    try:
        assert port.silent
        hear(near, b"L\r")  # opened to listen
        os.write(near, b"\xff\xfe\rt3516140274" + b"41A006400\r" + b"t35121402\r" + b"x" * 200 + b"T18E51001200FF\r")
        found = [port.receive(0.05) for _ in range(8)]
        frames = [heard.frame for heard in found if heard is not None and heard.frame is not None]
        assert frames == [CanFrame(0x351, False, b"\x14\x02")]
        assert sum(heard.lost for heard in found if heard is not None) >= 2
        os.write(near, b"T18E51001200FF\rt3512140212AB\r")
        assert [heard.frame for heard in (port.receive(0.5), port.receive(0.5)) if heard is not None] == [
            CanFrame(0x18E51001, True, b"\x00\xff"),
            CanFrame(0x351, False, b"\x14\x02"),
        ], "with and without a time stamp"
    finally:
        port.close()
        os.close(near)
        os.close(far)


@pytest.fixture
def terminal() -> Iterator[tuple[int, CanPort]]:
    """The adapter's end of a serial line, and the port that listens through it."""
    import tty

    near, far = os.openpty()
    tty.setraw(far)
    port = open_port(parse_link(f"can://slcan/{os.ttyname(far)}"), 250_000, True)
    assert isinstance(port, CanPort)
    hear(near, b"L\r")  # what it is opened with
    yield near, port
    port.close()
    os.close(near)
    os.close(far)


posix = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


@posix
@pytest.mark.parametrize(
    ("states", "sign", "lost"),
    [
        (["00"], Sign.ACTIVE, 0),
        (["04"], Sign.WARNING, 0),
        (["80"], Sign.WARNING, 0),
        (["24", "00"], Sign.ACTIVE, 0),
        (["A4"], Sign.PASSIVE, 0),
        (["08", "00", "09", "08"], Sign.ACTIVE, 2),
        (["01", "01", "01"], Sign.ACTIVE, 1),
    ],
)
def test_an_slcan_adapter_is_asked_for_the_state_of_the_bus(
    terminal: tuple[int, CanPort], states: list[str], sign: Sign, lost: int
):
    near, port = terminal
    assert port.figures() == (None, 0)
    for state in states:
        assert hear(near, b"\r") == b"F\r"
        os.write(near, f"t3510\rF{state}\rt3520\r".encode())
        heard = [port.receive(1.0) for _ in range(2)]
        assert [one.frame.identifier for one in heard if one and one.frame] == [0x351, 0x352], "frames go on"
        found = port.figures()
    assert found == (sign, lost)


@posix
def test_an_slcan_adapter_that_does_not_know_the_question_is_not_asked_for_ever(terminal: tuple[int, CanPort]):
    near, port = terminal
    for _ in range(3):
        assert port.figures() == (None, 0)
        assert hear(near, b"\r") == b"F\r"
        os.write(near, b"\a")
        assert port.receive(0.05) is None
    for _ in range(3):
        assert port.figures() == (None, 0)
    os.write(near, b"t3510\r")
    assert port.receive(1.0) is not None
    os.set_blocking(near, False)
    with pytest.raises(BlockingIOError):
        os.read(near, 100)


@posix
def test_the_last_word_of_an_adapter_that_has_fallen_silent_is_not_shown_for_ever(terminal: tuple[int, CanPort]):
    near, port = terminal
    port.figures()
    os.write(near, b"F00\r")
    port.receive(0.05)
    signs = [port.figures()[0] for _ in range(4)]
    assert (signs[0], signs[-1]) == (Sign.ACTIVE, Sign.UNKNOWN)
    os.write(near, b"F04\r")
    port.receive(0.05)
    assert port.figures()[0] is Sign.WARNING


@posix
def test_an_adapter_that_takes_no_more_bytes_holds_nobody_and_its_serial_port_is_let_go(
    terminal: tuple[int, CanPort],
):
    _, port = terminal
    serial = port._bus.serialPortOrig
    os.set_blocking(serial.fileno(), False)
    with suppress(BlockingIOError):
        while True:
            os.write(serial.fileno(), b"\r" * 1000)
    closing = threading.Thread(target=port.close, daemon=True)
    closing.start()
    closing.join(10)
    assert not closing.is_alive()
    assert not serial.is_open


@posix
@pytest.mark.parametrize("tail", ["BB", "D1122", "b2", "d1", "x18E5", "B", "D", "E5100", "00FF"])
def test_a_line_that_has_lost_its_head_is_no_reason_to_open_the_adapter_anew(terminal: tuple[int, CanPort], tail: str):
    near, port = terminal
    os.write(near, f"{tail}\rt3512AABB\r".encode())
    found = [heard for heard in (port.receive(0.2), port.receive(0.2)) if heard is not None]
    assert [heard.frame for heard in found if heard.frame] == [CanFrame(0x351, False, b"\xaa\xbb")]


class _Group:
    """A multicast group: what is sent comes back to its sender, and strangers send what they like."""

    def __init__(self) -> None:
        self.coming: list[can.Message | Exception] = []

    def send(self, message: can.Message, _timeout: float) -> None:
        self.coming.append(message)

    def recv(self, _timeout: float) -> can.Message | None:
        found = self.coming.pop(0) if self.coming else None
        if isinstance(found, Exception):
            raise found
        return found


def test_our_own_datagrams_are_not_heard_but_the_same_from_another_is():
    group = _Group()
    port, frame = CanPort(group, "udp_multicast", "239.74.163.2"), CanFrame(0x18E50001, True, b"\x01")  # type: ignore[arg-type]
    port.send(frame)
    group.coming += group.coming[:]  # somebody else says the same
    assert port.receive(0.0) is None
    heard = port.receive(0.0)
    assert heard is not None
    assert heard.frame == frame


def test_a_strangers_datagram_is_a_lost_frame_and_the_group_is_still_there():
    group = _Group()
    torn = can.CanOperationError("could not unpack received message")
    torn.__cause__ = ValueError("no msgpack")
    group.coming = [torn]
    assert CanPort(group, "udp_multicast", "239.74.163.2").receive(0.0) == Heard(lost=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("err", "word"),
    [
        (Exception("Could not open port socket://127.0.0.1:1: [Errno 111] Connection refused"), "connection refused"),
        (Exception("Could not configure port: (25, 'Inappropriate ioctl')"), "inappropriate ioctl"),
        (OSError(-2, "Name or service not known"), "Name or service not known"),
        (Exception("channel must be\nan integer"), "channel must be an integer"),
    ],
)
def test_of_what_a_library_says_the_last_word_is_kept(err: Exception, word: str):
    assert reason(err).lower().endswith(word.lower())
    assert "Errno" not in reason(err)


@pytest.mark.parametrize(("identifier", "extended"), [(0x98E51001, True), (0x20000000, True), (0x923, False)])
def test_an_identifier_of_more_bits_than_there_are_is_a_lost_frame_and_no_other_one(identifier: int, extended: bool):
    message = can.Message(arbitration_id=identifier, is_extended_id=extended, data=b"\x01\x02", check=False)
    found = heard(message)
    assert found is not None
    assert (found.frame, found.lost) == (None, 1)
