"""The language people read: chosen from the system, changeable while the window is open.

Texts in the code are English; French comes from ``resources/i18n/*_fr.qm``. A change makes Qt send every
widget ``QEvent.LanguageChange``; widgets answer by setting their texts again (``retranslate``).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.paths import resources

RESOURCES = resources()
LANGUAGES = {"en": "English", "fr": "Français"}
LOCALES = {"en": "en_GB", "fr": "fr_FR"}

_installed: list[QTranslator] = []
_choices: list[str] = ["system"]  # the last one counts


def system_language() -> str:
    """``"fr"`` or ``"en"``, from what the system's user reads."""
    for name in QLocale.system().uiLanguages():
        if (language := name.replace("_", "-").partition("-")[0].lower()) in LANGUAGES:
            return language
    return "en"


def current() -> str:
    """The language in use."""
    return "fr" if QLocale().language() == QLocale.Language.French else "en"


def choice() -> str:
    """What was chosen: a language or "system"."""
    return _choices[-1]


def choose(language: str | None) -> str:
    """Use a language (None or "system": the system's); return it. Widgets hear of it from Qt."""
    _choices[:] = [language if language in LANGUAGES else "system"]
    chosen = language if language in LANGUAGES else system_language()
    QLocale.setDefault(QLocale(LOCALES[chosen]))
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    if chosen != "en":
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{chosen}", qt), (f"wattelier_{chosen}", str(RESOURCES / "i18n"))):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                _installed.append(translator)
    return chosen
