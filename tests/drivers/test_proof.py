"""The scripted session of writes, quickly: every value over its real protocol, undone, then with each fault."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from core.writing import watch, work


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for module, name in ((watch, "FIRST_S"), (watch, "EVERY_S"), (watch, "AGAIN_S"), (work, "SETTLE_S")):
        monkeypatch.setattr(module, name, getattr(module, name))  # the script's quick ones end with the test
    spec = importlib.util.spec_from_file_location("proof", Path(__file__).parents[2] / "packaging" / "proof.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "proof", module)  # its dataclasses look themselves up
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec.loader.exec_module(module)
    return module


@pytest.mark.timeout(180)
@pytest.mark.parametrize("device", ["aura", "g3", "evlink"])
def test_the_scripted_session_goes_as_expected(proof: ModuleType, device: str, tmp_path: Path) -> None:
    plays = [play for play in proof.PLAYS if play.device == device]
    said: list[str] = []
    with proof.session(tmp_path, plays, said.append, quick=True) as session:
        session.play(plays[0])
        session.reverts(plays)
        session.journal()
    assert session.failed == [], "\n".join(said)
    text = "\n".join(said)
    assert text.count(": proven") >= 10
    assert "suspect: " in text
    assert "altered by hand: line 3" in text
