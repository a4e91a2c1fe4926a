"""HiGHS on a `Program`: arrays are handed over at once.

`Program` -> `highspy.Highs` -> values as arrays.
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from shiftplan.engines.follow import EPS, Follow
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.model import Program

Array = np.ndarray[Any, Any]


class _Silent(highspy.Highs):
    """HiGHS that does not even print its banner, which comes with the first method called."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def load(program: Program, *, whole: bool, seed: int, lower: Array | None = None) -> Any:
    """A silent single-threaded HiGHS that holds the program; `whole=False` relaxes integrality."""
    highs: Any = _Silent()  # type: ignore[no-untyped-call]
    # Threads are a setting of the whole process in HiGHS; one each keeps runs independent.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.999)  # costs are whole numbers
    matrix = program.matrix
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    status = highs.passModel(
        program.num_columns,
        program.num_rows,
        matrix.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        program.offset,
        program.cost,
        np.zeros(program.num_columns) if lower is None else lower,
        program.upper,
        np.full(program.num_rows, -np.inf),
        program.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.full(program.num_columns, int(kind), dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise ModelError(Message("model.refused_by_highs"))
    return highs


def has_solution(highs: Any) -> bool:
    """Whether the last run left a feasible solution; a failed run leaves zeros instead."""
    feasible = highspy.SolutionStatus.kSolutionStatusFeasible
    return bool(highs.getInfo().primal_solution_status == int(feasible))


def costs_what_it_claims(highs: Any, program: Program) -> bool:
    """Whether the last run's values cost its objective; see `costs`."""
    values = np.round(np.array(highs.getSolution().col_value))
    return costs(program, values, highs.getInfo().objective_function_value)


def costs(program: Program, values: Array, claimed: float) -> bool:
    """Whether values, float of shape (num_columns,), cost what HiGHS claims.

    With a start, HiGHS 1.16 may lose a part of the objective in presolve and then call the start
    optimal at a cost it does not have. The bounds of such a run are as wrong.
    """
    return abs(program.total(values) - claimed) < 0.5


def settle(program: Program, values: Array) -> Array:
    """The same works with the other columns as cheap as the rows allow.

    Heuristics may leave an auxiliary column higher than it must be; settled, the cost is the one
    that the checker finds.
    """
    found = settled(program, values)
    if found is None:
        raise ModelError(Message("model.breaks_rows"))
    return found


def settled(program: Program, values: Array) -> Array | None:
    """As `settle`; None when the works break rows whatever the other columns are.

    Once the works are given, the cheapest other columns are the same for every level and for any
    sum of levels. So levels are added without their rates: one with the rate 0 counts too.
    """
    if program.level_cost:
        every = np.sum(list(program.level_cost.values()), axis=0)
        program = program.with_cost(every, 0.0)
    found = np.zeros(program.num_columns)
    found[: program.num_pairs] = np.round(values[: program.num_pairs])
    works = program.matrix @ found
    follow = Follow(program)
    found[program.num_pairs :] = follow.fill(works)
    unsure = follow.unsure()
    if unsure.any() and not _search(
        program, works, found, program.num_pairs + np.flatnonzero(unsure)
    ):
        return None
    return found if np.all(program.matrix @ found <= program.row_upper + EPS) else None


def _search(program: Program, works: Array, found: Array, columns: Array) -> bool:
    """Set some columns, on which no others hang, to the cheapest; False where none hold."""
    rows = np.unique(program.matrix[:, columns].nonzero()[0])
    part = Program.part(
        program.matrix[rows][:, columns],
        program.row_upper[rows] - works[rows],
        program.upper[columns],
        cost=program.cost[columns],
    )
    highs = load(part, whole=True, seed=0)
    highs.setOptionValue("mip_heuristic_effort", 0.0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return False
    found[columns] = np.round(np.array(highs.getSolution().col_value))
    return True
