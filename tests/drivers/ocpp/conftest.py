from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def schemas_are_checked_in_the_thread_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package checks them in threads of its own unless told otherwise, and those would be left behind."""
    monkeypatch.setattr("ocpp.messages.ASYNC_VALIDATION", False)
