"""Who may come in: identities, Basic authentication, calls of the wrong kind, and the list of those left outside."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections import OrderedDict
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from core.status import StationSeen

MOST_IDENTITY = 48
MOST_STRANGERS = 50
PROTOCOL = "ocpp1.6"

UNKNOWN = "not a station of this site: accept it to let it in"
NO_PASSWORD = "has no password in the site file: a network other than this computer's own needs one"
WRONG_PASSWORD = "the password does not match"
NO_IDENTITY = "the address must end with the identity of the station"
SOAP = "calls by SOAP (http): set OCPP 1.6 JSON and a ws:// address at the station"
NOT_JSON_16 = "does not offer OCPP 1.6 JSON: set the protocol 1.6 JSON at the station"


def identity_of(path: str) -> str:
    """The last segment of a request's path, percent-decoded; "" when there is none or it cannot be one."""
    try:
        last = urlsplit(path).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""
    name = unquote(last, errors="replace").strip(" ")
    return name if 0 < len(name) <= MOST_IDENTITY and name.isprintable() else ""


def is_loopback(host: str) -> bool:
    """Whether only programs of this computer can reach an address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def may_enter(identity: str, password: str, header: str, *, open_network: bool) -> str:
    """Why a station may not come in; "" when it may. ``header`` is its Authorization header.

    OCPP wants the identity as user and 20 bytes as password, which some write as 40 hexadecimal digits.
    """
    if not password:
        return NO_PASSWORD if open_network else ""
    kind, _, coded = header.partition(" ")
    try:
        given = base64.b64decode(coded.strip(), validate=True) if kind.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        given = b""
    wanted = [f"{identity}:{password}".encode()]
    if re.fullmatch(r"[0-9A-Fa-f]{32,80}", password) and len(password) % 2 == 0:
        wanted.append(f"{identity}:".encode() + bytes.fromhex(password))
    matches = [hmac.compare_digest(given, entry) for entry in wanted]
    return "" if any(matches) else WRONG_PASSWORD


class Strangers:
    """Stations that called and were not let in; the oldest are forgotten first. Used by the line's thread alone."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, StationSeen] = OrderedDict()

    def note(self, identity: str, address: str, reason: str, now: float) -> None:
        """One has called."""
        before = self._seen.pop(identity, StationSeen(identity))
        self._seen[identity] = replace(
            before, address=address, reason=reason, last_frame=now, calls=before.calls + 1, accepted=False
        )
        while len(self._seen) > MOST_STRANGERS:
            self._seen.popitem(last=False)

    def forget(self, identity: str) -> None:
        """It has been let in."""
        self._seen.pop(identity, None)

    def all(self) -> tuple[StationSeen, ...]:
        """The newest caller first."""
        return tuple(reversed(self._seen.values()))
