from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def schemas_are_checked_in_the_thread_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package checks them in threads of its own unless told otherwise, and those would be left behind."""
    monkeypatch.setattr("ocpp.messages.ASYNC_VALIDATION", False)


@pytest.fixture(autouse=True)
def the_status_is_told_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test waits for what a technician does not see the delay of."""
    monkeypatch.setattr("drivers.ocpp.line.TICK_S", 0.02)
