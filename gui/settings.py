"""What the window remembers, in the user's data folder; place and page for each site by itself."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QSettings

from core.paths import user_data

VERSION_NAME, VERSION = "version", 1
"""Of the file. It goes up when an older program would misread what it finds."""


class Settings:
    """A small ini file. Everything is optional: a missing or foreign value counts as unset.

    A file that a newer Wattelier has written is left alone: the window begins with nothing and keeps nothing.

    ``used`` False makes it a blank that keeps nothing longer than the window, for pictures: they show the same on every
    PC and change nothing.
    """

    def __init__(self, site: str, used: bool = True) -> None:
        folder = user_data()
        self._blank: dict[str, str] = {}
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._used = used and not _is_newer(self._file.value(VERSION_NAME))
        self._site = "site-" + (re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-") or "unnamed")

    def is_of(self, site: str) -> bool:
        """Whether these are the settings of this site."""
        return Settings(site, self._used)._site == self._site

    def of(self, site: str) -> Settings:
        """The same file, for another site."""
        other = Settings(site, self._used)
        other._blank = self._blank
        return other

    def text(self, name: str, usual: str = "") -> str:
        """A setting of the whole program."""
        value = self._file.value(name, usual) if self._used else self._blank.get(name, usual)
        return value if isinstance(value, str) else usual

    def set_text(self, name: str, value: str) -> None:
        """Remember a setting of the whole program."""
        if self._used:
            self._file.setValue(VERSION_NAME, VERSION)
            self._file.setValue(name, value)
        else:
            self._blank[name] = value

    def site_text(self, name: str, usual: str = "") -> str:
        """A setting of this site."""
        return self.text(f"{self._site}/{name}", usual)

    def set_site_text(self, name: str, value: str) -> None:
        """Remember a setting of this site."""
        self.set_text(f"{self._site}/{name}", value)

    def site_bytes(self, name: str) -> QByteArray:
        """Bytes that ``set_site_bytes`` kept; empty when there are none."""
        return QByteArray.fromBase64(QByteArray(self.site_text(name).encode("ascii", "ignore")))

    def set_site_bytes(self, name: str, value: QByteArray) -> None:
        """Remember bytes, such as a window's geometry."""
        self.set_site_text(name, bytes(value.toBase64().data()).decode("ascii"))

    def save(self) -> None:
        """Write to disk now."""
        if self._used:
            self._file.sync()


def _is_newer(version: object) -> bool:
    """Whether this is the version of a newer file; what is no number says nothing."""
    return isinstance(version, str) and version.isdecimal() and int(version) > VERSION
