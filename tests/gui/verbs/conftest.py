"""An independent Modbus server and a way to run the command line."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Sequence

import pytest
from pyModbusTCP.server import DataBank, ModbusServer

from gui.cli import main


def float_words(value: float) -> list[int]:
    """Two registers, high word first."""
    return list(struct.unpack(">HH", struct.pack(">f", value)))


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serve holding and input registers with pyModbusTCP; gives the link address."""
    servers: list[ModbusServer] = []

    def start(holding: dict[int, Sequence[int]] | None = None, inputs: dict[int, Sequence[int]] | None = None) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        bank = DataBank()
        for address, words in (holding or {}).items():
            bank.set_holding_registers(address, list(words))
        for address, words in (inputs or {}).items():
            bank.set_input_registers(address, list(words))
        server = ModbusServer("127.0.0.1", port, no_block=True, data_bank=bank)
        server.start()
        servers.append(server)
        return f"tcp://127.0.0.1:{port}"

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command; gives its exit code and what it printed on both streams."""

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
