"""A small profile folder, written by the tests that need one."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADER = """\
maker: Acme
model: Hybrid 5K
category: hybrid
source: Acme Modbus map v1.3
links: {rtu: {baud: 9600}}
blocks: {most_registers: 60}
groups:
  fast: {every: 1 s, en: Power, fr: Puissances}
  settings: {every: on demand, en: Settings, fr: Réglages}
options:
  ratio: {choices: [auto, primary, secondary], default: auto}
rules:
  ct:
    option: ratio
    factors: {primary: [], secondary: [ct]}
    auto:
      - {pick: primary, largest: [current], above: 10}
      - {pick: primary, equal: {ct: [0, 1]}}
    otherwise: {pick: primary, doubt: true}
roles: {battery.power: battery_power, battery.soc: battery_soc}
"""
POINTS = """\
id,at,function,type,scale,scale_by,unit,low,high,group,choices,en,fr
run_state,0x0200,3,u16,,,,,,fast,state,State,État
battery_power,0x0206,3,s16,-10,,W,-6000,6000,fast,,Battery power,Puissance batterie
battery_soc,0x0208,3,u16,1,,%,0,100,fast,,State of charge,État de charge
current,0x0300,3,f32,0.001,ct,A,,,fast,,Current,Courant
ct,0x0006,3,u16,,,,,,settings,,CT ratio,Rapport de TC
"""
CHOICES = """\
table,code,id,en,fr
state,0,waiting,Waiting,En attente
state,2,on_grid,On grid,Couplé au réseau
state,5,fault,Fault,Défaut
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """The folder of a profile ``acme/hybrid_5k``."""
    folder = tmp_path / "profiles" / "acme" / "hybrid_5k"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "points.csv").write_text(POINTS, encoding="utf-8")
    (folder / "choices.csv").write_text(CHOICES, encoding="utf-8")
    return folder
