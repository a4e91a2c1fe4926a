"""Settings of all tests: how many examples are drawn, and what needs the folder ../shared."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=40, deadline=None, derandomize=True)
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


@pytest.fixture(autouse=True, scope="session")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the workbench remembers out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def saturday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is two days before the first week of examples where plans, repairs and commands ask."""
    moment = dt.datetime(2026, 12, 5, 8, tzinfo=dt.UTC)
    clock = SimpleNamespace(now=lambda _: moment)
    monkeypatch.setattr("shiftplan.record.planning.datetime", clock)
    monkeypatch.setattr("shiftplan.batch.reading.datetime", clock)
    monkeypatch.setattr("shiftplan.cli.publish._now", lambda: moment)
