"""Loading the independent scorers, and a plain solver for posted models."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest

from shiftplan.model import Program

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))


@pytest.fixture
def load_scorer() -> Callable[[str], Any]:
    """Load a scorer by its path below the folder of instances; skip the test where it is absent."""

    def load(name: str) -> Any:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"there is no {path.name} in ../shared")
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
        solver, model = highspy.Highs(), highspy.HighsLp()
        solver.silent()
        model.num_col_, model.num_row_ = program.num_columns, program.num_rows
        model.col_cost_, model.offset_ = program.cost, program.offset
        model.col_lower_, model.col_upper_ = np.zeros(program.num_columns), program.upper
        model.row_lower_ = np.full(program.num_rows, -np.inf)
        model.row_upper_ = program.row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = program.matrix.indptr
        model.a_matrix_.index_ = program.matrix.indices
        model.a_matrix_.value_ = program.matrix.data
        model.integrality_ = [highspy.HighsVarType.kInteger] * program.num_columns
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.passModel(model)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solver.getObjectiveValue(), np.array(solver.getSolution().col_value)

    return solve
