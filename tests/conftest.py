"""Settings of all tests: how many examples are drawn, and what needs the folder ../shared."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=120, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_configure() -> None:
    """Let Ctrl-C interrupt, also where tests run in the background and inherit that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs ../shared where it is absent."""
    if SHARED.exists():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="needs the folder ../shared"))


@pytest.fixture
def saturday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is two days before the first week of examples where plans, repairs and commands ask."""
    moment = dt.datetime(2026, 12, 5, 8, tzinfo=dt.UTC)
    clock = SimpleNamespace(now=lambda _: moment)
    monkeypatch.setattr("shiftplan.record.planning.datetime", clock)
    monkeypatch.setattr("shiftplan.batch.reading.datetime", clock)
    monkeypatch.setattr("shiftplan.cli.publish._now", lambda: moment)
