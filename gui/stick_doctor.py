"""The window's way to the doctor of SOLARMAN sticks: the drivers' steps and table, as its dialogue shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.errors import ProfileError
from core.linkurl import parse_link
from drivers.solarman import doctor, leds
from gui.models.doctor import Finding, Lamp, LampCase, Lamps, Press, Verdict


class StickDoctor:
    """Keeps nothing; every call stands for itself (``gui.models.doctor.Doctor``)."""

    def examine(self, url: str, *, ended: Callable[[], bool], said: Callable[[Finding], None]) -> Verdict:
        """Examine the stick of a link such as ``v5://192.168.1.43?serial=2355553510``."""
        parsed = parse_link(url)
        if parsed.kind != "v5":
            raise ProfileError(f"{url!r} is not the address of a SOLARMAN stick")
        found = doctor.examine(
            parsed.host,
            parsed.serial_number,
            ended=ended,
            said=lambda step: said(Finding(step.id, step.health.value, step.found, step.means, step.then)),
            unit=int(parsed.given.get("unit", "1")),
            places=doctor.Places(stick=parsed.port),
        )
        return Verdict(found.verdict, found.url, found.true_serial, found.ask_lamps)

    def lamps(self, language: str) -> Lamps:
        """The table of the lamps in ``"fr"`` or ``"en"``; raises ProfileError."""
        table = leds.load_leds()

        def match(seen: Mapping[str, str]) -> LampCase | None:
            case = table.match(seen)
            return _case(case, language) if case is not None else None

        def ask_next(seen: Mapping[str, str]) -> str:
            lamp = table.next_question(seen)
            return lamp.id if lamp is not None else ""

        return Lamps(
            states={name: text.of(language) for name, text in table.states.items()},
            lamps=tuple(_lamp(lamp, language) for lamp in table.lamps),
            presses=tuple(
                Press(press.id, press.hold_s, press.does.of(language), press.lamps.of(language), press.erases)
                for press in table.presses
            ),
            warning=table.warning.of(language),
            source=table.source,
            match=match,
            ask_next=ask_next,
        )


def _lamp(lamp: leds.Lamp, language: str) -> Lamp:
    states = {name: text.of(language) for name, text in lamp.states.items()}
    return Lamp(lamp.id, lamp.title.of(language), lamp.question.of(language), states)


def _case(case: leds.Case, language: str) -> LampCase:
    return LampCase(
        title=case.title.of(language),
        causes=tuple(cause.of(language) for cause in case.causes),
        remedies=tuple((remedy.text.of(language), remedy.press) for remedy in case.remedies),
        local=case.local.of(language),
        note=case.note.of(language) if case.note is not None else "",
    )
