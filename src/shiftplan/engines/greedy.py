"""A first roster in a moment: works are added one by one, the most useful first.

`Program` -> values of all columns, or None when hard rows stay broken.

What a work saves (shortage columns that can fall) and costs decides its turn; a heap keeps the
turns, and a turn that got worse in the meantime is put back (lazy greedy).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.partial import EPS, HARD, Partial
from shiftplan.engines.task import Deadline, Ending, Link, Outcome, Task
from shiftplan.model import Program

Array = np.ndarray[Any, Any]

_NAME = "greedy start"
_SOON_SECONDS = 0.7
"""Time after which the first roster is shown, finished or not."""


def run(task: Task, link: Link) -> Ending:
    """As an engine: one roster, as much of it as time allows."""
    deadline = Deadline(task.seconds)
    values = greedy(task.program, lambda: deadline.left() <= 0 or link.stopped())
    if values is not None:
        link.solution(values)
    return "stopped"


def greedy(
    program: Program,
    stopped: Callable[[], bool] = lambda: False,
    state: Partial | None = None,
) -> Array | None:
    """Values of all columns of a quickly made roster; None when hard rows stay broken.

    A `state` with works in it is completed. Once `stopped`, it ends with the works added so far.
    """
    state = state or Partial(program)
    heap = _first_turns(program, state)
    waiting: dict[int, set[tuple[float, int]]] = {}
    """Row -> turns of works that pay a debt, and wait for company which eases the row."""
    while heap and not stopped():
        turn, column = heapq.heappop(heap)
        if state.value[column] > 0:
            continue
        change = state.add(column)
        if change is None:
            if turn < -HARD / 2:
                for row, _ in state.entries(column):
                    waiting.setdefault(row, set()).add((turn, column))
            continue
        if change >= -EPS:
            state.undo()
        elif heap and change > heap[0][0] + EPS and change > turn + EPS:
            state.undo()
            heapq.heappush(heap, (change, column))
        else:
            state.accept(column)
            if waiting:
                for row, coefficient in state.entries(column):
                    for again in waiting.pop(row, ()) if coefficient < 0 else ():
                        heapq.heappush(heap, again)
    return None if state.debt else np.array(state.value)


def show_first(
    outcome: Outcome,
    report: Callable[[], None],
    stopped: Callable[[], bool],
    state: Partial | None = None,
    *,
    finish: bool,
) -> None:
    """Offer a first roster: as much of it as there is in a moment, and then all of it.

    Parameters
    ----------
    outcome
        What is known; it takes the roster where that holds.
    report
        Called when it has.
    stopped
        Once it says so, what there is by then is offered.
    state
        A solution to complete; None for one without works.
    finish
        Whether to go on after the moment; that takes as long as it takes.
    """
    state, soon = state or Partial(outcome.program), Deadline(_SOON_SECONDS)

    def moment() -> bool:
        return stopped() or soon.left() <= 0

    # What there is of it in a moment is a roster too.
    for over in [moment, stopped] if finish else [moment]:
        values = greedy(outcome.program, over, state)
        if values is not None and outcome.offer(values, _NAME):
            report()


def _first_turns(program: Program, state: Partial) -> list[tuple[float, int]]:
    """Pairs with the most they can save at the start, as a heap."""
    raised = np.array(state.value) > 0
    dearest = np.zeros(program.num_rows)
    matrix = program.matrix
    row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
    kept = raised[matrix.indices] & (matrix.data < 0)
    np.maximum.at(dearest, row[kept], program.cost[matrix.indices[kept]])
    for debt in state.debt:
        dearest[debt] = HARD
    eased = matrix.minimum(0).tocsc()[:, : program.num_pairs]
    turn = program.cost[: program.num_pairs] + eased.T @ dearest
    heap = [(t, i) for i, t in enumerate(turn.tolist()) if t < 0]
    heapq.heapify(heap)
    return heap
