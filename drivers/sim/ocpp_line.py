"""An OCPP line as the simulator serves it: charging stations that call until somebody listens. In the server's loop."""

from __future__ import annotations

import asyncio
import os
import socket

from core.errors import LinkError
from drivers.sim.lines import Port
from drivers.sim.listening import HOST
from drivers.sim.ocpp_station import SimStation
from drivers.sim.station_twin import StationTwin


class OcppSimLine:
    """The stations of a line (``drivers.sim.lines.SimLine``). ``url`` is where a central system is to listen."""

    def __init__(self, port: Port) -> None:
        self.port = port
        self.url = ""
        self.stations: dict[str, SimStation] = {}
        self._lives: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Let every station call; raise LinkError when no port is free for the central system."""
        number = self.port.number or _free_port()
        self.url = f"ocpp://{HOST}:{number}/"
        twins: dict[str, list[StationTwin]] = {}
        for twin in self.port.twins:
            if isinstance(twin, StationTwin):
                twins.setdefault(twin.identity, []).append(twin)
        for identity, connectors in twins.items():
            self.stations[identity] = SimStation(identity, connectors, f"ws://{HOST}:{number}/")
            self._lives.append(asyncio.create_task(self.stations[identity].run()))

    async def close(self) -> None:
        """Let every station go."""
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)
        self._lives.clear()


def _free_port() -> int:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((HOST, 0))
            return int(probe.getsockname()[1])
    except OSError as err:
        raise LinkError(f"no port is free on {HOST}: {os.strerror(err.errno or 0)}") from err
