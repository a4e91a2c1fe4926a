"""A province of two weeks, planned in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from batches import FIRST, SECOND, here, plan, write_province
from recorded import Place


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return here(monkeypatch)


@pytest.fixture
def planned(tmp_path: Path, begun: list[str]) -> tuple[Path, Path]:
    """A province of two weeks, planned."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST, SECOND)
    plan(root, run)
    begun.clear()
    return root, run


@pytest.fixture
def place(tmp_path: Path, begun: list[str]) -> Place:
    """A province of one week, planned."""
    made = Place(tmp_path / "root", tmp_path / "run")
    write_province(made.root, "an", FIRST, people=6)
    assert made.plan()
    begun.clear()
    return made


@pytest.fixture(autouse=True)
def _before_the_week(saturday: None) -> None:
    """Nothing of the weeks of these tests is past."""
