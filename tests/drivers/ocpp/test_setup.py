"""What a writable link asks a station for after each boot, and what is learnt of a model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drivers.ocpp.ledger import Ledger
from drivers.ocpp.setup import TRIALS
from tests.drivers.ocpp.judge import Judge, Site, calling, station, until

SAMPLED = "MeterValuesSampledData"


def no_power(key: str, value: str) -> str:
    return "Rejected" if key == SAMPLED and "Power" in value else "Accepted"


def booted(site: Site, refused: Callable[[str, str], str], **boot: Any) -> list[dict[str, Any]]:
    """What a station is told to change after it has booted."""

    async def go() -> list[dict[str, Any]]:
        async with calling(site.place) as point:
            point.refused = refused
            await point.boot(**boot)
            await until(lambda: any(entry["key"] == "MeterValueSampleInterval" for entry in changes(point)))
            return changes(point)

    return asyncio.run(go())


def changes(point: Judge) -> list[dict[str, Any]]:
    return point.named("ChangeConfiguration")


def test_the_list_of_measurands_is_tried_once_and_kept_for_the_model(tmp_path: Path):
    ledger = tmp_path / "ledger.sqlite"
    with Site([station(pace={"measures": 20.0})], read_only=False, ledger=ledger) as site:
        first = booted(site, no_power)
        assert [entry["value"] for entry in first if entry["key"] == SAMPLED] == [
            ",".join(names) for names in TRIALS[:3]
        ]
        assert first[-1] == {"key": "MeterValueSampleInterval", "value": "20"}
    with Site([station()], read_only=False, ledger=ledger) as site:
        again = booted(site, no_power)
        assert [entry["value"] for entry in again if entry["key"] == SAMPLED] == [",".join(TRIALS[2])]
        other = booted(site, no_power, charge_point_model="Post 44")
        assert len([entry for entry in other if entry["key"] == SAMPLED]) == 3


def test_a_station_that_restarts_during_the_trial_is_not_tried_again(tmp_path: Path):
    ledger = tmp_path / "ledger.sqlite"
    kept = Ledger(ledger)
    kept.learn("Acme", "Post 22", "1.2.3", "", "a trial had begun and was not ended")
    kept.close()
    with Site([station()], read_only=False, ledger=ledger) as site:
        assert [entry["key"] for entry in booted(site, no_power)] == ["MeterValueSampleInterval"]


def test_a_trial_that_we_have_cut_off_ourselves_says_nothing_of_the_station(tmp_path: Path):
    ledger = tmp_path / "ledger.sqlite"

    class Slow(Judge):
        """Never answers the first list; we end meanwhile."""

        async def route_message(self, raw_msg: str) -> None:
            if SAMPLED in raw_msg and "ChangeConfiguration" in raw_msg:
                self.asked.append(("ChangeConfiguration", {"key": SAMPLED, "value": ""}))
                return
            await super().route_message(raw_msg)

    async def go(site: Site) -> None:
        async with calling(site.place, judge=Slow) as point:
            await point.boot()
            await until(lambda: changes(point))
            await asyncio.to_thread(site.line.stop)

    with Site([station()], read_only=False, ledger=ledger) as site:
        asyncio.run(go(site))
    with Site([station()], read_only=False, ledger=ledger) as site:
        again = booted(site, no_power)
        assert [entry["value"] for entry in again if entry["key"] == SAMPLED] == [
            ",".join(names) for names in TRIALS[:3]
        ]


def test_a_trial_that_the_station_has_cut_off_is_not_begun_again(tmp_path: Path):
    ledger = tmp_path / "ledger.sqlite"

    class Faint(Judge):
        """Hangs up at the first list."""

        async def route_message(self, raw_msg: str) -> None:
            if SAMPLED in raw_msg and "ChangeConfiguration" in raw_msg:
                self.asked.append(("ChangeConfiguration", {"key": SAMPLED, "value": ""}))
                await self._connection.close()
                return
            await super().route_message(raw_msg)

    async def go(site: Site) -> None:
        async with calling(site.place, judge=Faint) as point:
            await point.boot()
            await until(lambda: changes(point))
            await until(lambda: not site.status.stations[0].connected)

    with Site([station()], read_only=False, ledger=ledger) as site:
        asyncio.run(go(site))
        assert [entry["key"] for entry in booted(site, no_power)] == ["MeterValueSampleInterval"]


def test_the_smart_wallbox_whose_list_goes_wrong_is_never_asked_for_power():
    with Site([station()], read_only=False) as site:
        told = booted(
            site,
            no_power,
            charge_point_vendor="Schneider Electric",
            charge_point_model="EVlink Smart Wallbox",
            firmware_version="3.2.0.12",
        )
        assert not any("Power" in entry["value"] for entry in told)


def test_what_a_station_has_already_is_not_written_to_it_again():
    async def go(site: Site) -> None:
        async with calling(site.place) as point:
            point.keys[SAMPLED] = (",".join(TRIALS[1]), False)
            point.keys["MeterValueSampleInterval"] = ("30", False)
            await point.boot()
            await until(lambda: site.value("key_metervaluesampleinterval") == 30.0)
            await asyncio.sleep(0.05)
            assert changes(point) == []

    with Site([station()], read_only=False) as site:
        asyncio.run(go(site))


def test_a_configuration_that_comes_in_pages_is_read_whole():
    class Paged(Judge):
        """Gives at most three keys at a time, whatever is asked."""

        def judge_get_configuration(self, key: list[str] | None = None) -> Any:
            answer = super().judge_get_configuration(key)
            answer.configuration_key = answer.configuration_key[:3]
            return answer

        judge_get_configuration._on_action = "GetConfiguration"  # type: ignore[attr-defined]

    async def go(site: Site) -> None:
        async with calling(site.place, judge=Paged) as point:
            point.keys = {"GetConfigurationMaxKeys": ("3", True)} | point.keys
            await point.boot()
            await until(lambda: site.value("key_supportedfeatureprofiles"))
            assert all(len(fields["key"] or ()) <= 3 for fields in point.named("GetConfiguration"))
            await until(lambda: site.quality("key_resetretries") == "unknown")

    with Site([station()]) as site:
        asyncio.run(go(site))
