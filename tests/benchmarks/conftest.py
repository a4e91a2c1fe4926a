"""Loading the independent scorers, a plain solver for posted models, and a small office."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from offices import EVEN, at, office

from shiftplan import write_week
from shiftplan.engines.highs import load
from shiftplan.model import Program

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"


@pytest.fixture
def load_scorer() -> Callable[[str], Any]:
    """Load a scorer by its path below the folder of instances, for tests that are marked shared."""

    def load(name: str) -> Any:
        path = SHARED / name
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def solve_plainly() -> Callable[[Program], tuple[float, np.ndarray]]:
    """Solve a program to proven optimality: the objective with its constant, and the columns."""

    def solve(program: Program) -> tuple[float, np.ndarray]:
        solver = load(program, whole=True, seed=0)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solver.getObjectiveValue(), np.array(solver.getSolution().col_value)

    return solve


@pytest.fixture
def even_week(tmp_path: Path) -> Path:
    """A folder with a week of four people who can come to one shift of even hours."""
    people: dict[str, dict[str, int]] = {f"v{i}": {} for i in range(4)}
    windows = [{"volunteer_id": who, "start": at(7), "end": at(11)} for who in people]
    rules = [{"rule": "coverage", "level": 1}]
    write_week(office(EVEN, people=people, availability=windows, rules=rules), tmp_path / "week")
    return tmp_path / "week"
