from __future__ import annotations

import pytest

from core.paths import resources
from core.profile import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue([resources() / "profiles"])
