from __future__ import annotations

import pytest

from core.catalogue import Catalogue
from core.paths import resources


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue([resources() / "profiles"])
