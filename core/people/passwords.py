"""Passwords: what is asked of one, and the argon2id hash that is kept in its place."""

from __future__ import annotations

import base64
import unicodedata

from argon2 import Parameters, PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from core.errors import CommandRefused

LEAST, MOST = 12, 256
SHORT_NAME = 3  # shorter names stand in too many good passwords
FEW = 5  # different characters
RUNS = (
    "012345678901234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
OBVIOUS = (
    *("password", "passwort", "motdepasse", "passe", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "qwertz"),
    *("admin", "administrator", "administrateur", "installer", "installateur", "technicien", "utilisateur", "user"),
    *("wattelier", "solarman", "schneider", "legrand", "onduleur", "soleil", "photovoltaique"),
    *("bienvenue", "bonjour", "welcome", "letmein", "changeme"),
)
"""First guesses, as letters alone: digits and signs around one, or saying it twice, do not make a good password."""


def checked(name: str, password: str) -> str:
    """The password as it is hashed, when it may be one for this name; raise CommandRefused otherwise."""
    password = plain(password)
    if len(password) < LEAST:
        raise CommandRefused(f"a password has at least {LEAST} characters")
    if len(password) > MOST:
        raise CommandRefused(f"a password has at most {MOST} characters")
    lower = unicodedata.normalize("NFKC", password).casefold()
    if len(name) >= SHORT_NAME and unicodedata.normalize("NFKC", name).casefold() in lower:
        raise CommandRefused("the password must not contain the name")
    if _is_obvious(lower):
        raise CommandRefused("this is among the first passwords that anybody would try")
    return password


def plain(text: str) -> str:
    """The same text however a keyboard composed it: an é is one character on every system."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a pair, from a clipboard, is no text
    return unicodedata.normalize("NFC", whole)


def _is_obvious(lower: str) -> bool:
    letters = "".join(sign for sign in unicodedata.normalize("NFD", lower) if "a" <= sign <= "z")
    if len(set(lower)) < FEW or any(lower in run[::step] for run in RUNS for step in (1, -1)):
        return True
    return any(letters == word * (len(letters) // len(word)) for word in OBVIOUS) if letters else False


class Hasher:
    """argon2id. One hash takes some 0.1 s and the memory of its parameters: never on a thread that draws or polls.

    By default RFC 9106's second recommended option, for computers with little memory: 64 MiB, 3 passes, 4 lanes.
    """

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._wanted = parameters
        self._hasher = PasswordHasher.from_parameters(parameters)
        salt, digest = (_base64(bytes(length)) for length in (parameters.salt_len, parameters.hash_len))
        cost = f"m={parameters.memory_cost},t={parameters.time_cost},p={parameters.parallelism}"
        self.nobody = f"$argon2id$v={parameters.version}${cost}${salt}${digest}"
        """The hash of no password: to verify against it takes as long as against a real one."""

    def hash(self, password: str) -> str:
        """The hash, with its salt and parameters."""
        return self._hasher.hash(password)

    def matches(self, kept: str, password: str) -> bool:
        """Whether it is the password of this hash; a damaged hash is nobody's."""
        try:
            return self._hasher.verify(kept, plain(password))
        except (VerificationError, InvalidHashError):
            return False

    def is_outgrown(self, kept: str) -> bool:
        """Whether a hash that has just matched was made with less than what is asked for now."""
        has, wanted = extract_parameters(kept), self._wanted
        pairs = (
            (has.memory_cost, wanted.memory_cost),
            (has.time_cost, wanted.time_cost),
            (has.hash_len, wanted.hash_len),
            (has.version, wanted.version),
        )
        return has.type is not Type.ID or any(one < other for one, other in pairs)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii").rstrip("=")
