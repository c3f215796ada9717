"""What the README promises is what the files hold."""

from __future__ import annotations

import re
from pathlib import Path

from core.catalogue import Catalogue
from core.paths import resources
from core.siteread import load_site

ROOT = Path(__file__).resolve().parent.parent


def test_the_example_site_is_the_one_in_the_readme():
    block = re.search(r"   ```yaml\n(.*?)   ```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)
    assert block is not None
    shown = "".join(line[3:] if line.strip() else line for line in block[1].splitlines(keepends=True))
    assert shown == (ROOT / "site.example.yaml").read_text("utf-8")


def test_the_example_site_is_valid():
    site = load_site(ROOT / "site.example.yaml", Catalogue([resources() / "profiles"]))
    assert [device.id for device in site.devices] == ["grid", "hybrid"]


def test_every_picture_and_page_that_the_readme_names_is_there():
    text = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
