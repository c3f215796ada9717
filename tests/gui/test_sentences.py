"""What the core and the drivers say reaches the eye in the language in use, and no sentence is forgotten."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.points import NOT_AVAILABLE, REFUSED, Point, PointKey, Provenance, Quality, Reading
from core.profile import Option, Profile
from core.status import LinkState, LinkStatus, RecorderStatus
from drivers.modbus.framing import REFUSALS, refusal
from gui import i18n
from gui.i18n import RESOURCES
from gui.models.devices import names_of
from gui.models.trace_facts import value_facts
from gui.sentences import PLACES, TEMPLATES, _find, digits, localised  # pyright: ignore[reportPrivateUsage]
from gui.widgets.provenance import origin_lines
from gui.widgets.shell import LinksBadge, recorder_words
from tests.gui.fake_station import NOW, PARIS, FakeStation

ROOT = RESOURCES.parent
SOURCES = [
    *(
        f"core/{name}.py"
        for name in ("decode", "encode", "hub", "wordtypes", "sunspec", "layout", "catalogue", "document")
    ),
    *(
        f"core/{name}.py"
        for name in (
            "profile",
            "profile_loader",
            "profile_can",
            "profile_points",
            "parameter_loader",
            "parameter_blocks",
        )
    ),
    *(f"core/{name}.py" for name in ("table", "storage/schema", "storage/writer", "storage/queries")),
    *sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "drivers/modbus").glob("*.py")),
    "drivers/link_thread.py",
    "drivers/registry.py",
    *(
        file.relative_to(ROOT).as_posix()
        for family in ("solarman", "can", "ocpp", "find")
        for file in sorted((ROOT / "drivers" / family).glob("*.py"))
    ),
    *(f"core/{name}.py" for name in ("limiter", "facade", "linkurl", "siteread", "sitechecks")),
    *(
        f"core/{name}.py"
        for name in ("sitefile", "yamledit", "known_sites", "paths", "storage/upgrade", "capture", "draft")
    ),
    *(f"core/evlink/{name}.py" for name in ("cfg", "compare", "files", "identity", "rules", "values")),
    *(f"core/{name}.py" for name in ("access", "people/accounts", "people/lockout", "people/passwords", "sitebook")),
    *sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "core/writing").glob("*.py")),
    *sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "core/snapshots").glob("*.py")),
]
ERRORS = (
    "LinkError",
    "DeviceError",
    "DecodeError",
    "ProfileError",
    "StorageError",
    "CommandRefused",
    "Trouble",
    "NotSent",
)
TELLERS = ("_emit_bad", "_missed", "_fail", "_back_off", "spoil", "fault", "_fault", "add")  # the sentence comes last
STEPS = {"_say": slice(2, None), "_over": slice(1), "say": slice(None), "problem": slice(None), "Identity": slice(2, 3)}
STEPS |= {"_end": slice(2, 3), "before": slice(None), "Break": slice(2, 3)}  # of runs, and of the journal's chain
WORDS = ("note", "fault", "_fault", "reason", "error", "sentence", "doubt", "kind", "hint")  # the first five in calls
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def english_again(qapp: object) -> Iterator[None]:
    i18n.choose("fr")
    yield
    i18n.choose("en")


# -- none is forgotten -----------------------------------------------------------------------------------------


def skeleton(text: str) -> str:
    return re.sub(r"\{[a-z]+\d?\}", "{}", text)


def texts_in(node: ast.AST | None) -> Iterator[tuple[int, str]]:
    """The strings of an expression, an f-string with {} for each hole; not those inside the holes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
        yield node.lineno, "".join(parts)
    inside: list[ast.expr] = []
    match node:
        case ast.IfExp(_, first, second):
            inside = [first, second]
        case ast.BoolOp(_, values) | ast.Tuple(values) | ast.Dict(_, values):
            inside = values
        case ast.Call(ast.Attribute(table, "get"), arguments):  # {…}.get(code, "another")
            inside = [table, arguments[-1]]
        case _:
            pass
    for child in inside:
        yield from texts_in(child)


def name_of(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def told_by(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that hold a sentence."""
    name, found = name_of(call.func), [word.value for word in call.keywords if word.arg in WORDS[:5]]
    if name in ERRORS:
        found += call.args[:1]
    elif name == "Decoded":
        found += call.args[3:]
    elif name in TELLERS:
        found += call.args[-1:]
    elif name in STEPS:
        found += call.args[STEPS[name]]
    return found


def sentences_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text that becomes an error, a note or a fault."""
    for node in ast.walk(tree):
        told: list[ast.expr] = []
        match node:
            case ast.Call():
                told = told_by(node)
            case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
                told = [value for target, value in zip(targets, values, strict=False) if name_of(target) in WORDS]
            case ast.Assign(targets, value) if any(name_of(target) in WORDS for target in targets):
                told = [value]
            case ast.Return(value):
                yield from ((line, text) for line, text in texts_in(value) if " " in text)
            case _:
                pass
        for value in told:
            yield from texts_in(value)


def is_a_sentence(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", text.replace("{}", ""))) and "\n" not in text and '="' not in text


def behind_its_place(text: str) -> str:
    """Without the file and the entry that a fault of a site file begins with."""
    return re.sub(r"^\{\}: (?:[a-z{}]+\.\{\}: )?", "", text)


@pytest.mark.parametrize("source", SOURCES)
def test_every_sentence_of_the_source_has_a_template(source: str) -> None:
    known = {skeleton(template) for template in TEMPLATES}
    known |= {"there is no profile {}{}", "; did you mean {}?"}  # one sentence in two parts
    known |= {"the {} must be 0 or from {} to {} A, not {} A{}", "nothing heard of {}, though the bus is alive"}
    known |= {"{}: {}: {}", "{}: {}"}  # places of document.py
    known |= {"{}{} is outside {} … {}{}", "the device did not answer the write{}", "there is no parameter {}/{}"}
    known |= {"Wattelier {}"}  # a name and a version
    known |= {"{} been removed", "{} been cut off the end"}
    found = sentences_of(ast.parse((ROOT / source).read_text("utf-8")))
    missing = {
        (line, text)
        for line, text in found
        if is_a_sentence(text) and text not in known and behind_its_place(text) not in known
        if "{}" in text or _find(text) is None
    }
    assert missing == set(), f"{source}: add them to gui/sentences.py, run packaging/dev.py i18n and translate"


def test_the_walk_finds_what_is_there() -> None:
    def found(source: str) -> set[str]:
        return {text for _, text in sentences_of(ast.parse((ROOT / source).read_text("utf-8")))}

    decode, wire = found("core/decode.py"), found("drivers/modbus/wire.py")
    assert {"{} {} is outside {} … {}", "empty", "{} is not settled", "not filled in by the device"} <= decode
    assert {"{} refuses connections on port {}", "stopped", "the serial port {} is not open"} <= wire
    assert {"disk full", "disk error"} <= found("core/storage/writer.py")
    assert {"{} is not a database."} <= found("core/storage/schema.py")
    assert {"no answer", "no profile"} <= found("drivers/modbus/poller.py")


def test_constants_and_refusals_have_a_template() -> None:
    for text in (*REFUSALS.values(), refusal(99), NOT_AVAILABLE, REFUSED):
        assert _find(text) is not None, text
        assert localised(text) != text or text.startswith("exception")


# -- the table -------------------------------------------------------------------------------------------------

SAMPLES = {
    "value": "12.5", "low": "-3", "high": "1e+06", "count": "7", "address": "3", "port": "502", "unit": "kW",
    "option": "ratio_mode", "point": "dtsu.ct", "quoted": "'x y'", "place": "/a b/points.csv:12", "entry": "links.x",
    "why": "is missing", "reason": "broken pipe", "role": "installer", "danger": "grid code",
}  # fmt: skip


SAME_IN_BOTH = ("exception", "{count} phases")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_finds_itself_and_keeps_its_places_in_french(template: str) -> None:
    places = re.findall(r"\{([a-z]+)\d?\}", template)
    sample = re.sub(r"\{([a-z]+)\d?\}", lambda place: SAMPLES.get(place[1], "Abc-1"), template)
    assert set(SAMPLES) == set(PLACES)
    found = _find(sample)
    assert found is not None
    assert found[0] == template
    said = localised(sample)
    assert said != sample or template.startswith(SAME_IN_BOTH)
    for place in places:
        if place not in ("value", "low", "high", "quoted", "why", "reason", "role", "danger"):
            assert SAMPLES.get(place, "Abc-1") in said
    assert "{" not in said.replace("{3: 4}", "")
    i18n.choose("en")
    if not {"value", "low", "high"} & set(places):
        assert localised(sample) == sample


# -- what people read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("192.168.1.43 refuses connections on port 502", "liaison refusée par 192.168.1.43 sur le port 502"),
        ("unit 3 does not answer", "l’appareil à l’adresse 3 ne répond pas"),
        ("unit 3 refuses: illegal address", "l’appareil à l’adresse 3 refuse~: registre refusé par l’appareil"),
        ("65.5 °C is outside -40 … ∞", "65,5~°C hors de la plage −40 … ∞"),
        ("1.2e+06 W is outside -6000 … 6000", "1\u202f200\u202f000~W hors de la plage −6\u202f000 … 6\u202f000"),
        ("2.5  is outside -1 … 1", "2,5 hors de la plage −1 … 1"),
        ("nan:1 has closed the connection (Broken pipe)", "nan:1 a fermé la connexion (connexion rompue)"),
        ("Permission denied", "accès refusé"),
        (
            "x/points.csv:4: soc, low: '5,,1' is not a number",
            "x/points.csv:4~: soc, low~: «~5,,1~» n’est pas un nombre",
        ),
        ("disk full", "disque plein"),
        (
            "the CAN adapter can0 (pcan) is not there; is it plugged in? channels are numbered from 0 (no such device)",
            "l’adaptateur CAN can0 (pcan) n’est pas là~; est-il branché~? "
            "les canaux sont numérotés à partir de 0 (périphérique introuvable)",
        ),
        (
            "the stick's serial number is 2712345678, not 5",
            "le numéro de série de la clé est 2712345678, pas 5",
        ),
        (
            "the charging station A-1 refuses UnlockConnector: no reason",
            "la borne A-1 refuse UnlockConnector~: pas de motif",
        ),
        ("nothing heard of number 3, though the bus is alive", "rien entendu du numéro 3, alors que le bus vit"),
        ("6.5 A applied, limited by cable", "6,5 A appliqués, limités par cable"),
        ("the link 'CAN bus' is read-only", "la liaison «~CAN bus~» est en lecture seule"),
        (
            "site.yaml: devices.box: there is a device of that name already",
            "site.yaml~: devices.box~: il y a déjà un appareil de ce nom",
        ),
        (
            "site.yaml:4: links.can, url: 'can://x': bits must be 7 or 8",
            "site.yaml:4~: links.can, url~: «~can://x~»~: bits doit être 7 ou 8",
        ),
    ],
)
def test_a_sentence_is_said_in_french(text: str, french: str) -> None:
    assert localised(text) == french.replace("~", NBSP)


@pytest.mark.parametrize("text", ["", "something new", "a: b: c", "It Is Empty", "WLAN is up\nand well"])
def test_what_is_unknown_stays_as_it_is(text: str) -> None:
    assert localised(text) == text


def test_several_lines_are_said_one_by_one() -> None:
    assert localised("a/profile.yaml:3: maker: is missing\nodd") == f"a/profile.yaml:3{NBSP}: maker{NBSP}: manque\nodd"


def test_several_sentences_in_one_line_are_said_one_by_one() -> None:
    said = localised("unit 7 answers, but no profile fits it; the same device answers as unit 1 too")
    assert said.split("\u202f; ") == [localised(part) for part in (
        "unit 7 answers, but no profile fits it", "the same device answers as unit 1 too"
    )]  # fmt: skip
    assert "adresse 7" in said
    assert localised("unit 3 does not answer; something new") == "unit 3 does not answer; something new"


def test_figures_follow_the_language() -> None:
    assert [digits(text) for text in ("0.1", "-0.001", "1e-05", "10", "inf", "-∞")] == [
        "0,1", "−0,001", "0,00001", "10", "—", "−∞"
    ]  # fmt: skip
    i18n.choose("en")
    assert digits("0.1") == "0.1"


def profile() -> Profile:
    options = {"ratio_mode": Option("ratio_mode", "auto", en="Values of the meter", fr="Valeurs du compteur")}
    points = (Point("ct", (6,), 3, "u16", en="CT ratio", fr="Rapport TC"),)
    return Profile("m/x", Path(), "M", "X", "meter", "", points, {}, options=options)


def test_options_and_points_are_called_by_their_title() -> None:
    names = names_of(profile())
    assert localised("ratio_mode is not settled", names) == f"option à préciser{NBSP}: Valeurs du compteur"
    assert localised("ct is not known", names) == f"Rapport TC{NBSP}: valeur pas encore connue"
    assert localised("ratio_mode is not settled") == f"option à préciser{NBSP}: ratio_mode"
    i18n.choose("en")
    assert localised("ratio_mode is not settled", names) == "Values of the meter is not settled"


# -- where they are shown --------------------------------------------------------------------------------------


def test_the_line_below_says_the_recorders_trouble_in_french() -> None:
    status = RecorderStatus(False, "/x.db", error="disk full")
    assert recorder_words(status, 600)[0].startswith("Enregistrement arrêté : disque plein. ")


def test_the_badge_says_in_french_why_a_link_is_down(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    station, badge = FakeStation(), LinksBadge()

    def down(link: str) -> LinkStatus:
        return LinkStatus(link, LinkState.DOWN, NOW, error="10.0.0.9 does not answer on port 502")

    monkeypatch.setattr(station, "link_status", down)
    badge.show_links(station)  # pyright: ignore[reportArgumentType] - a fake station
    assert "(10.0.0.9 ne répond pas sur le port 502)" in badge.toolTip()


def test_trace_and_tooltip_speak_french_with_a_decimal_comma() -> None:
    key = PointKey("inverter", "pv_power")
    note = "65.5 W is outside 0 … 50.5"
    origin = Provenance("line", 1, 3, 0x10, (655,), 7, 0.1, note)
    reading = Reading(key, None, NOW, "W", Quality.BAD, origin, note)
    said = f"65,5{NBSP}W hors de la plage 0 … 50,5"
    point = Point("pv_power", (0x10,), 3, "u16", "W")
    facts = {fact.label: fact.text for fact in value_facts(point, reading, PARIS)}
    assert facts["Qualité"].endswith(said)
    assert facts["Décodage"] == said
    station = FakeStation()
    station.put([reading])
    lines = origin_lines(station, key)  # pyright: ignore[reportArgumentType] - a fake station
    assert "× 0,1" in lines[1]
    assert lines[2].endswith(said)
