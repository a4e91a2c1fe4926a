"""The linear relaxation in rounds, and a dive from it to a first roster near it.

`Program` -> `LazyRelaxation`, solved with few of its rows at first; others join once they are
violated -> `Relaxation` after each round: a bound that rises from round to round, values and
reduced costs. Most rows never matter (an indicator that nothing asks for, a capacity that nobody
reaches), so the first rounds take a small part of the time of the whole.

`Task` -> rounds, their bounds through the link -> a dive, on few pairs for each person where people
can reach many centers: hold what is whole, solve the rest again, until all is whole. Each round of
a dive holds pairs that the relaxation gives in full, and the surest of the others; works that would
break a row together with those held are refused. People whom a row that was violated a moment ago
concerns wait for the next round: what the relaxation says about them is not yet true.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import load, nobody_works, settle
from shiftplan.engines.hint import Partial
from shiftplan.engines.params import SearchParams
from shiftplan.engines.params.engines import DiveParams
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import EPS, Array, Deadline, Ending, Link, Relaxation, Task, holds
from shiftplan.model import Layout, Program


class LazyRelaxation:
    """The relaxation of a program in rounds; columns can be fixed between them."""

    def __init__(
        self,
        program: Program,
        params: SearchParams,
        *,
        seed: int,
        timed: bool = True,
        slow: bool = False,
    ) -> None:
        """`timed`: whether the method may depend on how long rounds take; `slow`: it is known."""
        self._program, self._params = program, params.relaxation
        self._held = _first_rows(program)
        """Whether the solver knows a row, bool of shape (num_rows,)."""
        self._rows = np.flatnonzero(self._held)
        matrix = sparse.csr_array(program.matrix[self._rows])
        upper = program.row_upper[self._rows]
        part = replace(program, matrix=matrix, row_upper=upper, implied=None)
        self._highs = load(part, whole=False, seed=seed)
        self._timed, self.slow = timed, slow
        """Whether the simplex method has turned out to be slow."""
        self._all = program.matrix.nnz <= self._params.whole_entries
        """Whether all rows join once the simplex method is slow."""
        if slow and self._all:
            self._join(np.flatnonzero(~self._held))
        self._limit = self._params.first_seconds if self._all else np.inf
        """Seconds of a round that would show it."""
        self.values = np.zeros(program.num_columns)
        """Values of the last round, float of shape (num_columns,)."""
        self.reduced = np.zeros(program.num_columns)
        """Reduced costs of the last round, float of shape (num_columns,)."""
        self.violated = np.zeros(0, dtype=int)
        """Rows that the last round violated; they have joined since."""

    @property
    def exact(self) -> bool:
        """Whether the last round satisfies all rows of the program."""
        return len(self.violated) == 0

    def solve(self, seconds: float) -> bool:
        """One round; False when it is infeasible or time runs out."""
        highs, program = self._highs, self._program
        # HiGHS counts the seconds of all runs together.
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.setOptionValue("solver", "ipx" if self.slow else "simplex")
        began = time.monotonic()
        highs.run()
        passed = time.monotonic() - began
        self.slow = self.slow or (self._timed and passed > self._limit)
        enough = max(self._params.later_seconds, self._params.slow_factor * passed)
        self._limit = min(self._limit, enough)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = highs.getSolution()
        self.values = np.array(solution.col_value)
        self.reduced = np.array(solution.col_dual)
        self._dual = np.minimum(np.array(solution.row_dual), 0.0)
        self._dual_rows = self._rows
        excess = program.matrix @ self.values - program.row_upper
        self.violated = np.flatnonzero((excess > EPS) & ~self._held)
        if len(self.violated):
            joins = (excess > EPS) | (self.slow and self._all)
            close = np.flatnonzero((excess > -self._params.close) & ~self._held & ~joins)
            rising = program.matrix[close].maximum(0)  # what takes a row towards its bound
            joins[close[rising @ self.values > EPS]] = True
            self._join(np.flatnonzero(joins & ~self._held))
        return True

    def rounds(
        self, deadline: Deadline, stopped: Callable[[], bool], small: float = 0.0
    ) -> Iterator[Relaxation]:
        """Rounds until one is exact or its bound rises by less than `small`, relatively."""
        bound = -np.inf
        while not stopped() and self.solve(deadline.left()):
            found = self.relaxation()
            yield found
            if self.exact or found.bound - bound < small * abs(bound):
                break
            bound = found.bound

    def _join(self, rows: Array) -> None:
        self._held[rows] = True
        self._rows = np.concatenate([self._rows, rows])
        part = self._program.matrix[rows]
        self._highs.addRows(
            len(rows),
            np.full(len(rows), -np.inf),
            self._program.row_upper[rows],
            part.nnz,
            part.indptr[:-1].astype(np.int32),
            part.indices.astype(np.int32),
            part.data,
        )

    def fix(self, columns: Array) -> None:
        """Hold columns at 1 from now on."""
        ones = np.ones(len(columns))
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), ones, ones)

    def forget(self) -> None:
        """Start the next round without a basis: after large changes presolve gains more."""
        self._highs.clearSolver()

    def relaxation(self) -> Relaxation:
        """What the last round says about the whole program; not after columns were fixed."""
        program = self._program
        dual = np.zeros(program.num_rows)
        dual[self._dual_rows] = self._dual
        # Any duals prove their bound, so solver tolerances cannot harm it.
        slow = self.slow and not self.exact
        return Relaxation(program.least(dual), self.values, program.reduced(dual), dual, slow)


def _first_rows(program: Program) -> Array:
    """Rows that ask for something, and rows that something pays for; bool of (num_rows,)."""
    priced = np.zeros(program.num_columns)
    priced[program.num_pairs :] = program.cost[program.num_pairs :] > 0
    asking = program.row_upper < -EPS
    paid: Array = abs(program.matrix) @ priced > 0
    return asking | paid


def run(task: Task, link: Link) -> Ending:
    """Rounds until they do not pay, stopped, or out of time.

    Always by the simplex method: on large programs its first rounds take less than the interior
    point method takes for one, and they are nearly all that there is to gain.
    """
    relaxed = LazyRelaxation(task.program, task.params, seed=task.seed, timed=False)
    step = task.params.regions.whole_step
    for relaxation in relaxed.rounds(Deadline(task.seconds), link.stopped, step):
        link.relaxed(relaxation)
    return "stopped"


def dive(
    program: Program,
    layout: Layout,
    relaxed: LazyRelaxation,
    deadline: Deadline,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    found: Callable[[Array], None] = lambda values: None,
) -> Array | None:
    """Values of all columns of a roster near the relaxation; None when hard rows stay broken.

    `relaxed` has had a round; its columns are fixed on the way. What is left at the end is
    completed greedily, which is given to `found`, and then chosen anew by an exact search.
    """
    state = Partial(program)
    pairs = program.num_pairs
    held = np.zeros(pairs, dtype=bool)
    left = np.zeros(0, dtype=int)
    own = params.dive
    diving = Deadline(deadline.left() * own.share)
    while not state.debt and diving.left() > 0 and not stopped():
        works = relaxed.values[:pairs]
        left = np.flatnonzero((works > EPS) & ~held)
        if len(left) <= own.left_pairs:
            break
        new = _hold(program, layout, relaxed, state, held, own)
        if relaxed.exact and len(new) == 0:
            break  # what is left breaks rows together with what is held
        held[new] = True
        relaxed.fix(new)
        if len(new) > own.forget_pairs:
            relaxed.forget()
        if not relaxed.solve(diving.left()):
            break
    begun = np.flatnonzero(np.array(state.value[:pairs]) > 0.5)
    values = greedy(program, params, lambda: deadline.left() <= 0 or stopped(), begun)
    if values is None:
        return None
    values = settle(program, values)
    if len(left):
        found(values.copy())
        restriction = Restriction(program)
        # Pairs that are left, those that the roster took in their place, and the cheapest others.
        price = relaxed.reduced[:pairs].copy()
        price[(relaxed.values[:pairs] > EPS) | (values[:pairs] > EPS)] = -np.inf
        price[held] = np.inf
        most = min(own.exact_pairs, int(np.count_nonzero(~held)))
        columns = restriction.free_columns(np.argsort(price, kind="stable")[:most])
        part = restriction.program_of(columns, values, program.matrix @ values)
        seconds = deadline.left() * own.exact_share
        better, _ = improve(part, values[columns], seed=0, seconds=seconds, nodes=own.exact_nodes)
        if better is not None:
            values[columns] = better
    return values


def _hold(
    program: Program,
    layout: Layout,
    relaxed: LazyRelaxation,
    state: Partial,
    held: Array,
    params: DiveParams,
) -> Array:
    """Pairs to hold from now on: the whole ones, and a few of the others."""
    works = relaxed.values[: program.num_pairs]
    touched = np.unique(program.matrix[relaxed.violated].indices)
    waiting = np.zeros(int(layout.volunteer.max(initial=0)) + 1, dtype=bool)
    waiting[layout.volunteer[touched[touched < program.num_pairs]]] = True
    free = np.flatnonzero((works > EPS) & ~held & ~waiting[layout.volunteer])
    free = free[np.argsort(-works[free], kind="stable")]
    whole = int(np.count_nonzero(works[free] > 1 - EPS))
    share = params.held_share_slow if relaxed.slow else params.held_share
    most = whole + max(params.held_pairs, int(share * (len(free) - whole)))
    new: list[int] = []
    for pair in free[:most].tolist():
        if new and works[pair] < params.sure:
            break
        if state.add(pair):
            state.accept(pair)
            new.append(pair)
    return np.array(new, dtype=int)


def guided_roster(
    task: Task, link: Link, deadline: Deadline
) -> tuple[Relaxation | None, Array | None]:
    """The relaxation, and values of all columns of a roster near it; None for what is not found.

    Where a roster is known and rows are broken by an empty one, none is looked for.
    """
    program, layout, timed = task.program, task.layout, task.work_limit is None
    params = task.params.opening
    known_slow = task.guide is not None and task.guide.slow
    relaxed = LazyRelaxation(program, task.params, seed=task.seed, timed=timed, slow=known_slow)
    guide = Deadline(deadline.left() * params.share)
    relaxation = None
    for relaxation in relaxed.rounds(guide, link.stopped, params.step):
        link.relaxed(relaxation)
        if relaxation.slow and task.relieved:
            break  # a small program shows sooner what a roster is like
    if relaxation is None:
        return None, None
    values = nobody_works(program)
    owes = not holds(program, values)
    if owes and task.start is not None:
        return relaxation, None  # no dive pays debts, such as costs that are held
    near_pairs = kernel(layout.volunteer, relaxation, params.choices)
    if owes or len(near_pairs) > program.num_pairs / 2:
        found = dive(program, layout, relaxed, deadline, task.params, link.stopped, link.solution)
        return relaxation, found
    restriction = Restriction(program)
    columns = restriction.free_columns(near_pairs)
    part = restriction.program_of(columns, values, program.matrix @ values)
    relaxed = LazyRelaxation(part, task.params, seed=task.seed, timed=timed, slow=relaxed.slow)
    for _ in relaxed.rounds(deadline, link.stopped, params.step):
        pass
    near = Layout(layout.volunteer[near_pairs], layout.center[near_pairs], layout.day[near_pairs])

    def whole(dived: Array) -> Array:
        roster = values.copy()
        roster[columns] = dived
        return roster

    def told(dived: Array) -> None:
        link.solution(whole(dived))

    dived = dive(part, near, relaxed, deadline, task.params, link.stopped, told)
    return relaxation, None if dived is None else whole(dived)


def kernel(volunteer: Array, relaxation: Relaxation, choices: int) -> Array:
    """Pairs that the relaxation uses, and so many of each person's cheapest ones.

    `volunteer`: that of each pair, int (num_pairs,).
    """
    pairs = len(volunteer)
    reduced = relaxation.reduced[:pairs]
    order = np.lexsort((reduced, volunteer))
    person = volunteer[order]
    rank = np.arange(len(order)) - np.searchsorted(person, person)
    chosen = relaxation.values[:pairs] > 1e-6
    chosen[order[rank < choices]] = True
    return np.flatnonzero(chosen)
