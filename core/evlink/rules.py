"""What has to fit together in an EVlink configuration, and what a value really does. Pure functions.

Source: DOCA0060FR-10, tabs "sockets" and "supervision"; the floors follow the EV/ZE Ready rules that it quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import CommandRefused
from core.evlink.cfg import Address, Cfg, Entry
from core.evlink.values import YES, normal

FLOOR_SINGLE_A, FLOOR_THREE_A = 8, 14
"""Below these currents a single-phase and a three-phase charge get nothing."""

LIMITS = ("maxIntensitySocket", "loadSheddingSetPoint")


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence about an edited value. ``stops``: the file is not saved like this."""

    address: Address
    sentence: str
    stops: bool = False


def operating_a(set_a: int, phases: int, *, applies: bool = True) -> int:
    """What a charge gets from a set current: itself, or 0 A below the floor of its number of phases.

    ``phases`` are those of the charge: a single-phase cable or vehicle counts as 1 on any station. ``applies``: False
    on City and Parking without load balancing, where every current acts as it is.
    """
    floor = FLOOR_THREE_A if phases == 3 else FLOOR_SINGLE_A
    return set_a if set_a >= floor or not applies else 0


def cautions(cfg: Cfg, changes: Mapping[Address, str]) -> tuple[Caution, ...]:
    """What is to be known before these changes are saved; changes that are wrong in themselves are left out."""
    sheet = _Sheet(cfg, changes)
    return (*_supervision(sheet), *_currents(sheet), *_others(sheet))


class _Sheet:
    """The values as they would be."""

    def __init__(self, cfg: Cfg, changes: Mapping[Address, str]) -> None:
        self._cfg = cfg
        self._texts: dict[Address, str] = {}
        for address, typed in changes.items():
            entry = cfg.entry(address)
            if entry is None or entry.known is None:
                continue
            try:
                text = normal(entry.known, typed)
            except CommandRefused:
                continue
            if text != entry.text:
                self._texts[address] = text

    def entry(self, key: str, section: str = "") -> Entry | None:
        return self._cfg.find(key, section)

    def text(self, key: str, section: str = "") -> str | None:
        entry = self._cfg.find(key, section)
        return None if entry is None else self._texts.get(entry.address, entry.text)

    def number(self, key: str) -> int | None:
        text = self.text(key)
        return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else None

    def changed(self, *keys: str, section: str = "") -> Address | None:
        """Address of the first of these keys that is changed."""
        entries = (self._cfg.find(key, section) for key in keys)
        return next((entry.address for entry in entries if entry is not None and entry.address in self._texts), None)


def _supervision(sheet: _Sheet) -> list[Caution]:
    found: list[Caution] = []
    version, address = sheet.text("ocppVersion"), sheet.text("ocppCentralAddress") or ""
    if (
        (where := sheet.changed("ocppCentralAddress", "ocppVersion"))
        and version == "1.6"
        and address.startswith("http:")
    ):
        found.append(Caution(where, "OCPP 1.6 works over ws:// and wss:// only, not over http://", stops=True))
    if (where := sheet.changed("clockAlignedDataInterval")) and (sheet.number("clockAlignedDataInterval") or 0) > 0:
        found.append(Caution(where, "clock-aligned values are for a station with an energy meter selected"))
    return found


def _currents(sheet: _Sheet) -> list[Caution]:
    found: list[Caution] = []
    rated, socket, shed = (sheet.number(key) for key in ("currentPH1", *LIMITS))
    if (where := sheet.changed("maxIntensitySocket")) and rated is not None and (socket or 0) > rated:
        found.append(Caution(where, f"it must not be above the rated current, {rated} A", stops=True))
    if (where := sheet.changed(*LIMITS)) and socket is not None and (shed or 0) > socket:
        found.append(
            Caution(where, f"the shedding set-point must not be above the derated current, {socket} A", stops=True)
        )
    for key in LIMITS:
        value, where = sheet.number(key), sheet.changed(key)
        if where is None or not value:
            continue
        if operating_a(value, 1) == 0:
            found.append(Caution(where, f"{value} A acts as 0 A (on City and Parking with load balancing)"))
        elif operating_a(value, 3) == 0 and sheet.number("nbPhase") != 1:
            sentence = f"{value} A acts as 0 A for a three-phase charge (on City and Parking with load balancing)"
            found.append(Caution(where, sentence))
    return found


def _others(sheet: _Sheet) -> list[Caution]:
    found: list[Caution] = []
    for section, asks, login in (
        ("REPORT CHARGE LOGS", "SmtplAuthentication", "SmtplLogin"),
        ("REPORT FTP", "FtpAuthent", "FtpLogin"),
        ("REPORT HTTP", "HttpAuthent", "HttpLogin"),
    ):
        where = sheet.changed(asks, login, section=section)
        wanted = (sheet.text(asks, section) or "").lower() in YES
        if where is not None and wanted and not sheet.text(login, section):
            found.append(Caution(where, "authentication is on, but there is no user"))
    return found
