"""A station whose devices have parameters: what it is told to write goes through the phases one by one, as told."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.access import Access, Person
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused
from core.facade import Station
from core.hub import Hub
from core.linkurl import parse_link
from core.parameters import Danger, Memory, Parameter, Parameters, Section, Words
from core.points import Access as Way
from core.points import Choice, Confidence, Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Group, Profile
from core.protocols import SystemClock
from core.status import DeviceState, DeviceStatus, GroupPace, LinkState, LinkStatus, Voice
from core.writing import rules, values
from core.writing.journal import Break, Entry, Line, Verdict
from core.writing.review import Cause, Edit, Phase, Review, Run, RunLine, Watch, Wear
from tests.gui.fake_links import QuietLine

PARIS = ZoneInfo("Europe/Paris")
INSTALLER = Person("Camille", "installer")
MODES = (
    Choice(0, "self_use", "Self-consumption", "Autoconsommation"),
    Choice(1, "time_of_use", "Time of use", "Heures creuses"),
    Choice(2, "battery_first", "Battery first", "Priorité batterie"),
    Choice(3, "feed_in", "Feed-in first", "Priorité injection"),
)
ON_OFF = (Choice(0, "off", "Off", "Désactivée"), Choice(1, "on", "On", "Activée"))
DAYS = (
    Choice(0, "mon", "Monday", "Lundi"),
    Choice(1, "tue", "Tuesday", "Mardi"),
    Choice(2, "wed", "Wednesday", "Mercredi"),
    Choice(3, "sat", "Saturday", "Samedi"),
)
CODES = (
    Choice(0, "en50549", "EN 50549-1", "EN 50549-1"),
    Choice(1, "vde4105", "VDE-AR-N 4105", "VDE-AR-N 4105"),
    Choice(2, "c15", "UTE C15-712", "UTE C15-712"),
)
RESTART = (Choice(1, "restart", "Restart now", "Redémarrer maintenant"),)
GROUPS = {"settings": Group("settings", None, en="Settings", fr="Réglages")}
MAP = "solarman map, table 3"


def _point(  # noqa: PLR0917  a row of a table
    name: str, at: int, en: str, fr: str, form: str = "u16", unit: str = "", **more: Any
) -> Point:
    words = {"u32": 2, "ascii": 8}.get(form, 1)
    settings: dict[str, Any] = {
        "group": "settings", "access": Way.READ_WRITE, "write": 6, "source": MAP, "printed": str(at), "scales": (1.0,),
        **more,
    }  # fmt: skip
    return Point(name, tuple(range(at, at + words)), 4, form, unit, en=en, fr=fr, **settings)


def hybrid_points() -> tuple[Point, ...]:
    return (
        _point("work_mode", 3044, "Working mode", "Mode de fonctionnement", kind=Kind.STATE, choices=MODES),
        _point("discharge_limit", 3078, "Discharge limit", "Limite de décharge", unit="%", low=1, high=100),
        _point("charge_limit", 3079, "Charge limit", "Limite de charge", unit="%", low=1, high=100),
        _point("grid_charge", 3314, "Charge from the grid", "Recharge par le réseau", kind=Kind.STATE, choices=ON_OFF),
        _point("window_start", 3317, "Window begins", "Début de plage", "hhmm_bcd", kind=Kind.TIME),
        _point("window_end", 3318, "Window ends", "Fin de plage", "hhmm_bcd", kind=Kind.TIME),
        _point("timed_start", 3160, "Timed charging begins", "Début de la charge programmée", "hhmm", kind=Kind.TIME,
               confidence=Confidence.INFERRED),
        _point("days", 3170, "Days of the window", "Jours de la plage", "bits", kind=Kind.BITS, choices=DAYS),
        _point("feed_limit", 3190, "Export limit", "Limite d’injection", "u32", "W", low=0, high=12_000),
        _point("delay", 3192, "Reconnection delay", "Délai de reconnexion", unit="s", low=0, high=900),
        _point("grid_code", 3193, "Grid code", "Code réseau", kind=Kind.STATE, choices=CODES),
        _point("cutoff", 3200, "Lowest battery voltage", "Tension batterie minimale", unit="V", scales=(0.1,),
               low=40, high=60),
        _point("restart", 3243, "Restart the inverter", "Redémarrer l’onduleur", kind=Kind.STATE, choices=RESTART,
               access=Way.WRITE),
        _point("label", 3400, "Name of the installation", "Nom de l’installation", "ascii", kind=Kind.TEXT),
    )  # fmt: skip


def hybrid_parameters() -> Parameters:
    by_id = {point.id: point for point in hybrid_points()}

    def entry(name: str, section: str, help_en: str, help_fr: str, **more: Any) -> Parameter:
        point = by_id[name]
        given: dict[str, Any] = {"memory": Memory.FLASH, "confidence": point.confidence, "source": MAP, **more}
        return Parameter(
            name, section, Words(point.en, point.fr), point, help=Words(help_en, help_fr), writes="user", **given
        )

    def on_screen(name: str, en: str, fr: str, menu: int) -> Parameter:
        return Parameter(
            name, "advanced", Words(en, fr), None,
            screen=Words(f"menu {menu}: Advanced functions", f"menu {menu} : Fonctions avancées"),
        )  # fmt: skip

    return Parameters(
        sections=(
            Section("advanced", Words("Advanced functions", "Fonctions avancées")),
            Section("battery", Words("Battery", "Batterie")),
            Section("grid", Words("Grid", "Réseau")),
            Section("system", Words("System", "Système")),
        ),
        entries=(
            entry("work_mode", "advanced", "What the production serves first", "Priorité de la consommation",
                  factory="self_use", touches=Words("Charge and discharge follow another order of priority.",
                                                    "Charge et décharge suivent un autre ordre de priorité.")),
            entry("discharge_limit", "advanced", "Share of the rated power", "Part de la puissance nominale",
                  low=10.0, high=100.0, factory=100.0,
                  touches=Words("The battery may supply the house with more or less power.",
                                "La batterie pourra fournir plus ou moins de puissance à la maison.")),
            entry("charge_limit", "advanced", "Share of the rated power", "Part de la puissance nominale",
                  low=10.0, high=100.0, factory=100.0),
            entry("grid_charge", "advanced", "Allows charging without sun", "Autorise la charge hors soleil",
                  factory="off", touches=Words("The battery may be charged from the grid within the window.",
                                               "Soutirage possible dans la plage horaire.")),
            entry("window_start", "advanced", "Time of the inverter", "Heure de l’onduleur"),
            entry("window_end", "advanced", "Time of the inverter", "Heure de l’onduleur"),
            entry("days", "advanced", "Days on which the window holds", "Jours où la plage est active"),
            on_screen("eps", "Backup (EPS)", "Secours (EPS)", 5),
            on_screen("ac_couple", "AC couple", "Couplage AC", 13),
            entry("cutoff", "battery", "Below it the battery is disconnected", "En dessous, la batterie est coupée",
                  low=44.0, high=54.0, factory=46.0, danger=Danger.PROTECTION,
                  touches=Words("A deeper discharge ages the battery.", "Une décharge plus profonde use la batterie.")),
            entry("timed_start", "battery", "Only seen on other makes", "Vu seulement sur d’autres marques"),
            entry("feed_limit", "grid", "Most power given to the grid", "Puissance injectée au plus",
                  low=0.0, high=10_000.0, step=10.0, factory=10_000.0),
            entry("delay", "grid", "Wait after a grid fault", "Attente après un défaut réseau",
                  low=0.0, high=900.0, step=60.0, factory=300.0),
            entry("grid_code", "grid", "Limits of voltage and frequency", "Seuils de tension et de fréquence",
                  danger=Danger.GRID_CODE, factory="en50549",
                  touches=Words("The inverter disconnects and reconnects at other limits.",
                                "L’onduleur se découple et se recouple à d’autres seuils.")),
            entry("restart", "system", "As after a power cut", "Comme après une coupure", danger=Danger.RESTART,
                  command=True, memory=Memory.VOLATILE,
                  touches=Words("Production and backup stop for about two minutes.",
                                "Production et secours s’arrêtent environ deux minutes.")),
            entry("label", "system", "Shown in the maker's portal", "Affiché sur le portail du fabricant"),
        ),
        remote=Words("Remote control is off: enable it on its screen, menu 9, Remote control.",
                     "La commande à distance est désactivée : l’activer sur son écran, menu 9, Commande à distance."),
    )  # fmt: skip


def station_points() -> tuple[Point, ...]:
    def key(name: str, form: str, en: str, fr: str, **more: Any) -> Point:
        return Point(
            name, (), None, form, en=en, fr=fr, group="settings", access=Way.READ_WRITE, path=f"key.{name}", **more
        )

    return (
        key("HeartbeatInterval", "number", "Heartbeat interval", "Intervalle de battement"),
        key("AuthorizationKey", "text", "Password of the station", "Mot de passe de la borne", kind=Kind.TEXT,
            secret=True),
        key("LocalAuthorizeOffline", "flag", "Charge without supervision", "Charge sans supervision"),
    )  # fmt: skip


def station_parameters() -> Parameters:
    beat, password, offline = station_points()
    return Parameters(
        sections=(Section("network", Words("Network and supervision", "Réseau et supervision")),),
        entries=(
            Parameter("HeartbeatInterval", "network", Words(beat.en, beat.fr), beat, 0.0, 86_400.0, factory=180.0),
            Parameter("AuthorizationKey", "network", Words(password.en, password.fr), password,
                      danger=Danger.REACH, sees="administrator", writes="administrator"),
            Parameter("LocalAuthorizeOffline", "network", Words(offline.en, offline.fr), offline),
        ),
    )  # fmt: skip


VALUES: dict[str, Value] = {
    "hybrid/work_mode": "self_use", "hybrid/discharge_limit": 80.0, "hybrid/charge_limit": 100.0,
    "hybrid/grid_charge": "off", "hybrid/window_start": "22:30", "hybrid/window_end": "05:30",
    "hybrid/days": ("mon", "tue"), "hybrid/timed_start": "01:00", "hybrid/feed_limit": 4570.0, "hybrid/delay": 300.0,
    "hybrid/grid_code": "en50549", "hybrid/cutoff": 46.5, "hybrid/label": "Ferme des Tilleuls",
    "station/HeartbeatInterval": 180.0, "station/AuthorizationKey": "set", "station/LocalAuthorizeOffline": 1.0,
}  # fmt: skip


@dataclass
class Fate:
    """How the write of one value ends."""

    phase: Phase = Phase.PROVEN
    sentence: str = ""
    holds: Value = None  # what is read back; None: what was asked for
    hint: Words = field(default_factory=Words)
    cause: Cause = Cause.NONE


class FakeWriting:
    """What the panel asks of a station. The rest goes to a real one whose lines never speak."""

    def __init__(self, *, person: Person = INSTALLER, read_only: bool = False, now: Callable[[], float] = time.time):
        self.now = now
        self.access = Access(person)
        self.memory = {PointKey.parse(text): value for text, value in VALUES.items()}
        self.fates: dict[PointKey, Fate] = {}
        self.wears: dict[str, int] = {"discharge_limit": 3, "grid_charge": 1}
        self.refusal = ""
        self.delayed: list[tuple[Future[dict[str, Reading]], str]] = []
        self.holds_reads = False  # answers to ``read_parameters`` wait for ``answer_reads``
        self.asked: list[str] = []
        self.given: list[tuple[list[Edit], str, bool]] = []
        self.undone: list[tuple[int, str, bool]] = []
        self.stopped: list[int] = []
        self.book: FakeBook | None = FakeBook()
        self._runs: list[Run] = []
        self._watches: dict[PointKey, Watch] = {}
        self._confirmed: dict[str, set[str]] = {}
        self._seen: dict[PointKey, Reading] = {}
        self.site = self._site(read_only)
        hub = Hub(SystemClock())
        lines = {link.id: QuietLine(self._status(link)) for link in self.site.links}
        self._real = Station(self.site, book=PointBook(self.site), hub=hub, lines=lines)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    # -- the contract -------------------------------------------------------------------------------------------

    def latest(self, key: PointKey) -> Reading | None:
        return self._seen.get(key) or self._real.latest(key)

    def parameters(self, device: str) -> Parameters:
        return rules.visible(self._all(device), self.access.person)

    def read_parameters(self, device: str, ids: Sequence[str] | None = None) -> Future[dict[str, Reading]]:
        self.asked.append(device)
        future: Future[dict[str, Reading]] = Future()
        self.delayed.append((future, device))
        if not self.holds_reads:
            self.answer_reads()
        return future

    def review(self, edits: Sequence[Edit]) -> Review:
        known = rules.Known(
            self.site,
            self._all,
            lambda _device, entry, whole: Wear(
                self.wears.get(entry.id, 0), whole.endurance - self.wears.get(entry.id, 0)
            ),
            lambda device: self._confirmed.get(device, set()),
            lambda _device, _entry: "",
        )
        return rules.review(edits, self.access.person, known)

    def write(self, edits: Sequence[Edit], *, reason: str = "", confirmed: bool = False) -> Run:
        if self.refusal:
            raise CommandRefused(self.refusal)
        review = self.review(edits)
        if review.asks and not (reason.strip() and confirmed):
            raise CommandRefused("a reason and a second confirmation are needed")
        self.given.append((list(edits), reason, confirmed))
        return self._begin(review, reason, None)

    def undo(self, run: int, *, reason: str = "", confirmed: bool = False) -> Run:
        if self.refusal:
            raise CommandRefused(self.refusal)
        self.undone.append((run, reason, confirmed))
        before = next(entry for entry in self._runs if entry.number == run)
        return self._begin(self.review(before.put_back), reason, run)

    def stop_run(self, run: int) -> None:
        self.stopped.append(run)

    def runs(self) -> tuple[Run, ...]:
        return tuple(self._runs)

    def watches(self) -> tuple[Watch, ...]:
        return tuple(self._watches.values())

    def end_watch(self, key: PointKey) -> None:
        self._watches.pop(key, None)

    def confirm(self, device: str, parameter: str, evidence: str) -> None:
        if self.refusal:
            raise CommandRefused(self.refusal)
        self._confirmed.setdefault(device, set()).add(parameter)
        self.given.append(([], evidence, True))

    def confirmed(self, device: str) -> frozenset[str]:
        return frozenset(self._confirmed.get(device, set()))

    def serial(self, device: str) -> str:
        return "2355553510" if device == "hybrid" else ""

    # -- what tests do ------------------------------------------------------------------------------------------

    def answer_reads(self) -> None:
        """Answer what waits, with what the devices hold."""
        waiting, self.delayed = self.delayed, []
        for future, device in waiting:
            future.set_result({entry.id: self.read(PointKey(device, entry.id)) for entry in self._read(device)})

    def read(self, key: PointKey, age: float = 0.0) -> Reading:
        """A reading of what a device holds, which the station keeps as its newest."""
        point = next(entry.point for entry in self._all(key.device).entries if entry.id == key.point)
        assert point is not None
        origin = Provenance("stick", 1, 4, point.address, (0x0050,), 41, point.scales[0], "", point.path)
        quality = Quality.GOOD if self.memory.get(key) is not None else Quality.BAD
        reading = Reading(key, self.memory.get(key), self.now() - age, point.unit, quality, origin)
        self._seen[key] = reading
        return reading

    def change(self, text: str, value: Value) -> Reading:
        """Somebody else changes a value, and it is read."""
        self.memory[PointKey.parse(text)] = value
        return self.read(PointKey.parse(text))

    def step(self) -> None:
        """Move the newest run one phase on."""
        run = self._runs[-1]
        lines = list(run.lines)
        row = next((row for row, line in enumerate(lines) if line.phase in _UNDER_WAY), None)
        if row is None:
            return
        lines[row] = self._next(lines[row])
        if lines[row].phase not in (*_UNDER_WAY, Phase.PROVEN, Phase.SAME, Phase.SENT):
            left = range(row + 1, len(lines))
            for later in left:
                lines[later] = replace(lines[later], phase=Phase.NOT_REACHED, sentence="an earlier line failed")
        done = all(line.phase not in _UNDER_WAY for line in lines)
        self._runs[-1] = replace(run, lines=tuple(lines), done=done)

    def finish(self) -> Run:
        """Let the newest run end."""
        while not self._runs[-1].done:
            self.step()
        return self._runs[-1]

    def move(self, text: str, value: Value, **more: Any) -> None:
        """A watched value is seen moved away."""
        reading = self.change(text, value)
        watch = self._watches[reading.key]
        self._watches[reading.key] = replace(watch, reverted_at=reading.at, last=reading, reads=7, **more)

    # -- inside -------------------------------------------------------------------------------------------------

    def _begin(self, review: Review, reason: str, undoes: int | None) -> Run:
        lines = tuple(RunLine(line.edit, line.parameter, line.device) for line in review.lines)
        person = self.access.person
        run = Run(len(self._runs) + 1, self.now(), person.name, person.role, reason, lines, undoes=undoes)
        self._runs.append(run)
        return run

    def _next(self, line: RunLine) -> RunLine:
        key = line.edit.key
        fate = self.fates.get(key, Fate())
        if line.parameter.command and line.phase is Phase.WRITING:
            return replace(line, phase=Phase.SENT)
        if line.phase is Phase.WAITING:
            return replace(line, phase=Phase.WRITING if line.parameter.command else Phase.READING)
        if line.phase is Phase.READING:
            before = self.read(key)
            same = values.same(before.value, line.edit.value)
            early = same or fate.phase is Phase.CHANGED
            phase = Phase.SAME if same else fate.phase if early else Phase.WRITING
            return replace(line, phase=phase, before=before, sentence=fate.sentence if early else "")
        if line.phase is Phase.WRITING:
            refused = fate.phase is Phase.REFUSED
            sentence, hint = (fate.sentence, fate.hint) if refused else ("", Words())
            phase = Phase.REFUSED if refused else Phase.CHECKING
            after, cause = (self.read(key), fate.cause) if refused else (None, Cause.NONE)
            return replace(line, phase=phase, sentence=sentence, hint=hint, after=after, cause=cause)
        if fate.phase is Phase.UNSURE:
            return replace(line, phase=Phase.UNSURE, sentence=fate.sentence, cause=fate.cause)
        self.memory[key] = fate.holds if fate.holds is not None else line.edit.value
        after = self.read(key)
        if fate.phase is Phase.PROVEN:
            point = line.parameter
            self._watches[key] = Watch(self._runs[-1].number, key, line.device, point, line.edit.value,
                                       self.now(), self.now() + 900, last=after)  # fmt: skip
        return replace(line, phase=fate.phase, after=after, sentence=fate.sentence, cause=fate.cause)

    def _all(self, device: str) -> Parameters:
        profile = next((entry.profile for entry in self.site.devices if entry.id == device), None)
        return profile.parameters if profile is not None else Parameters()

    def _read(self, device: str) -> list[Parameter]:
        return [entry for entry in self.parameters(device).entries if entry.point is not None and not entry.command]

    def _site(self, read_only: bool) -> Site:
        hybrid = Profile("acme/hybrid", Path("acme"), "Acme", "AURA 10KM-BG", "hybrid", MAP, hybrid_points(), GROUPS,
                         parameters=hybrid_parameters())  # fmt: skip
        station = Profile("ocpp/station", Path("ocpp"), "Acme", "Station", "charger", "", station_points(), GROUPS,
                          protocol="ocpp", parameters=station_parameters())  # fmt: skip
        meter = Profile("acme/meter", Path("meter"), "Acme", "Meter", "meter", "", (), {})
        links = (
            LinkConfig("stick", parse_link("v5://192.168.1.43?serial=2355553510"), "Stick SOLARMAN", read_only),
            LinkConfig("calls", parse_link("ocpp://192.168.1.20:8887/"), "OCPP · ce PC"),
            LinkConfig("bus", parse_link("rtu:///dev/ttyUSB0?baud=9600"), "RS485 · COM3"),
        )
        devices = (
            DeviceConfig("hybrid", "stick", hybrid.id, hybrid, 1, "Onduleur AURA 10KM-BG", "inverter"),
            DeviceConfig("station", "calls", station.id, station, 0, "EVlink Parking", "charger", station="EVB-P12"),
            DeviceConfig("meter", "bus", meter.id, meter, 32, "Compteur DTSU666", "grid"),
        )
        return Site("Ferme des Tilleuls", PARIS, links, devices, phases=3, contract_power=18_000.0)

    def _status(self, link: LinkConfig) -> LinkStatus:
        now = self.now()
        devices = tuple(
            DeviceStatus(device.id, DeviceState.ONLINE, now - 2, (GroupPace("settings", None, None),))
            for device in self.site.devices_on(link.id)
        )
        voice = Voice.ASKS if link.read_only else Voice.WRITES
        return LinkStatus(link.id, LinkState.UP, now - 900, busy=0.4, voice=voice, devices=devices)


_UNDER_WAY = (Phase.WAITING, Phase.READING, Phase.WRITING, Phase.CHECKING)


class FakeJournal:
    """Lines held in memory."""

    def __init__(self, book: FakeBook) -> None:
        self._book = book

    def lines(self, newest: int = 500, *, device: str = "", run: int | None = None) -> list[Line]:
        if self._book.fault is not None:
            raise self._book.fault
        found = [
            line for line in self._book.kept
            if (not device or line.entry.device == device) and run in (None, line.entry.run)
        ]  # fmt: skip
        return found[::-1][:newest]

    def verify(self) -> Verdict:
        return Verdict(len(self._book.kept), self._book.broken)


class FakeBook:
    """A site book of lines that the test puts in."""

    def __init__(self) -> None:
        self.kept: list[Line] = []
        self.broken: tuple[Break, ...] = ()
        self.fault: Exception | None = None
        self.opened = 0

    @contextmanager
    def journal(self) -> Generator[FakeJournal]:
        self.opened += 1
        yield FakeJournal(self)

    def add(self, kind: str, at: float, **more: Any) -> None:
        """One more line."""
        number = len(self.kept) + 1
        entry = Entry(kind, "Camille", "installer", **more)
        self.kept.append(Line(number, at, entry, f"{number - 1:064x}", f"{number:064x}"))


def journalled(now: float) -> FakeBook:
    """A morning's work: two values set, one refused, one that moved back, an intent without an outcome."""
    book = FakeBook()
    frames = [{"number": 41, "at": now, "sent": "01 06 0c 06 00 64 6b 70", "received": "01 06 0c 06 00 64 6b 70"}]
    plan = (
        (1, "discharge_limit", "0x0C06", "80", "100", "100", Phase.PROVEN, ""),
        (1, "grid_charge", "0x0CF2", "off", "on", "on", Phase.PROVEN, ""),
        (2, "window_end", "0x0CF6", "05:30", "06:00", "05:30", Phase.REFUSED,
         "unit 1 refuses: illegal data value; it still holds 05:30"),
    )  # fmt: skip
    at = now - 5400
    book.add("sign in", at - 60)
    for run, point, register, old, new, back, phase, sentence in plan:
        common: dict[str, Any] = {
            "run": run, "device": "hybrid", "serial": "2355553510", "link": "stick", "point": point,
            "register": register, "old": old, "new": new, "reason": "heures creuses du client",
        }  # fmt: skip
        book.add("intent", at, **common)
        detail = {"sentence": sentence, "frames": frames}
        book.add("outcome", at + 1.4, readback=back, outcome=phase.value, detail=detail, **common)
        at += 900
    book.add("intent", at, run=3, device="hybrid", serial="2355553510", link="stick", point="charge_limit",
             register="0x0C07", old="100", new="90")  # fmt: skip
    return book


__all__ = ["INSTALLER", "FakeBook", "FakeWriting", "Fate", "journalled", "values"]
