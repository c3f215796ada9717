"""Every shipped profile, served and read back through the wire by a client that is not ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from pymodbus.client import ModbusTcpClient

from core.catalogue import Catalogue
from core.decode import Context, Decoded, decode_block
from core.layout import settled_points
from core.paths import resources
from core.plan import plan
from core.points import Point, Quality
from core.profile import Profile
from drivers.sim.bank import Bank
from drivers.sim.lines import Port, Served
from drivers.sim.quantities import Quantities, known_to
from drivers.sim.server import SimServer
from drivers.sim.site import SiteModel
from tests.drivers.sim.clock import moment

SHIPPED = Catalogue([resources() / "profiles"])
IDS = [name for name in SHIPPED.ids() if SHIPPED.get(name).protocol == "modbus"]


@pytest.fixture(scope="module")
def site() -> SiteModel:
    return SiteModel(moment("2026-06-15T11:20"))


def known(site: SiteModel, bank: Bank) -> Quantities:
    return known_to(site, "grid", battery=bank.has_battery)


@pytest.fixture
def served(request: pytest.FixtureRequest, catalogue: Catalogue, site: SiteModel) -> Iterator[tuple[Bank, str]]:
    profile = catalogue.get(request.param)
    bank = Bank(profile, "device")
    bank.refresh(known(site, bank), site.local())
    server = SimServer([Port("line", {profile.unit: Served(bank)})])
    server.start()
    yield bank, server.url("line")
    server.stop()


def read_all(profile: Profile, url: str, context: Context) -> dict[str, tuple[Point, Decoded]]:
    """Every readable point, block by block as acquisition plans them."""
    parts = urlsplit(url)
    found: dict[str, tuple[Point, Decoded]] = {}
    client = ModbusTcpClient(str(parts.hostname), port=parts.port or 0, timeout=2, retries=0)
    assert client.connect()

    def read(function: int, address: int, count: int) -> list[int]:
        ask = {
            1: client.read_coils,
            2: client.read_discrete_inputs,
            3: client.read_holding_registers,
            4: client.read_input_registers,
        }[function]
        answer = ask(address, count=count, device_id=profile.unit)
        assert not answer.isError(), f"function {function}, {address} x {count}: {answer}"
        return [int(bit) for bit in answer.bits[:count]] if function < 3 else list(answer.registers)

    try:
        points = settled_points(profile, context.options, read)
        for _ in range(2):  # the second round knows the scale factors that lie in other blocks
            for block in plan(points, profile.blocks):
                words = dict(enumerate(read(block.function, block.address, block.count), block.address))
                for point, _, decoded in decode_block(block.points, words, context):
                    found[point.id] = point, decoded
    finally:
        client.close()
    return found


def expected(point: Point, role: str, quantity: float) -> float:
    """What a reader can see at best: the quantity, in the range of the point; currents may lose their sign."""
    if role.startswith("grid.current") and point.low == 0.0:
        quantity = abs(quantity)
    low = quantity if point.low is None else max(point.low, quantity)
    return low if point.high is None else min(point.high, low)


@pytest.mark.parametrize("served", IDS, indirect=True)
def test_what_is_put_in_is_what_comes_back(served: tuple[Bank, str], site: SiteModel) -> None:
    bank, url = served
    context = Context(rules=bank.profile.rules, options=bank.profile.options_with({}))
    found = read_all(bank.profile, url, context)
    assert found
    quantities: Mapping[str, float | str] = known(site, bank)
    compared = 0
    for point_id, role in bank.roles().items():
        quantity = quantities.get(role)
        if point_id not in found or quantity is None:
            continue
        point, decoded = found[point_id]
        if quantity == 0.0 and (point.low or 0.0) > 0.0:
            continue  # what is not there cannot be said in range
        if isinstance(quantity, str):
            assert isinstance(decoded.value, str)
            continue
        if decoded.quality is Quality.UNKNOWN and decoded.note.endswith("is not settled"):
            continue  # the profile itself leaves the scale to the technician
        if quantity == 0.0 and any(fix.startswith("unfilled:") for fix in point.fix):
            assert (decoded.value, decoded.quality) == (None, Quality.UNKNOWN), point_id
            continue
        assert isinstance(decoded.value, float), f"{point_id}: {decoded}"
        wanted = expected(point, role, quantity)
        step = abs(decoded.factor) if point.type[0] in "us" else 0.0
        assert decoded.value == pytest.approx(wanted, rel=1e-6, abs=0.51 * step + 1e-9), f"{point_id} ({role})"
        compared += 1
    assert compared or not bank.roles()


@pytest.mark.parametrize("served", IDS, indirect=True)
def test_what_the_model_does_not_know_still_makes_sense(served: tuple[Bank, str]) -> None:
    bank, url = served
    context = Context(rules=bank.profile.rules, options=bank.profile.options_with({}))
    for point, decoded in read_all(bank.profile, url, context).values():
        assert decoded.quality is not Quality.BAD, f"{point.id}: {decoded.note}"
