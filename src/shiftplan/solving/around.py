"""A problem solved again near a change, while everybody else keeps their shifts.

(`Problem`, `Roster`, whom and which shifts it concerns) -> `Around`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.engines.exact import solve_exactly
from shiftplan.engines.highs import settle, settled
from shiftplan.engines.params import DEFAULTS, STAY, SearchParams
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import NO_BOUND, Array, Deadline, Limits
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score
from shiftplan.solving.building import build_again
from shiftplan.solving.judge import judged
from shiftplan.solving.own_costs import OwnCosts
from shiftplan.solving.result import is_exact
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Around:
    """What was found near a roster."""

    roster: Roster
    """The roster; who was not freed works in it as before."""
    score: Score
    """Its score by the checker."""
    proven: bool
    """Whether no roster is cheaper, changes priced, in which only the people freed change."""
    freed: frozenset[str]
    """Ids of the people whose shifts could change."""


def solve_around(
    problem: Problem,
    roster: Roster,
    *,
    people: Collection[str] = (),
    shifts: Collection[str] = (),
    start: Roster | None = None,
    stay: int = STAY,
    seconds: float = 2.0,
    patience: float = math.inf,
    enough: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
    params: SearchParams = DEFAULTS,
    own: Problem | None = None,
    on_better: Callable[[Mapping[int, int]], None] | None = None,
) -> Around | None:
    """Find the cheapest roster near a given one, with everybody far from a change left alone.

    Freed first are the people named, those who could work the shifts named or a shift of the people
    named, and whoever loses an assignment because a rule forbids it by itself. The part is solved
    exactly. Then people are freed as well who could take over what the freed ones work, as long as
    that pays or no roster was found, and time is left.

    Parameters
    ----------
    problem
        What holds now. It may differ from the problem that the roster was made for; assignments
        that it does not know, or that a rule forbids by itself, are dropped.
    roster
        What everybody works so far.
    people, shifts
        Ids of whom and what the change concerns; unknown ones are left out.
    start
        A better roster near the given one, from which the search starts; None for the given one.
        Whoever works differently in it is freed too.
    stay
        Price of each assignment that changes, in units of the total, 0 or more. It counts in the
        search only, not in the score. Without one the roster may be shuffled for nothing, and the
        search takes several times as long. In the strict order of levels, few changes come last
        whatever the price.
    seconds
        Time for everything but reading and checking.
    patience
        Time after which nobody more is drawn in, once a part is proven. A wider part cut off by it
        counts only where it found something better, and is proven in the time that is left.
    enough
        Cost of the dearest level above which patience does not end; None for any.
    seed, cancel, params
        As `solve` takes them.
    own, on_better
        Called with the costs by level of each better roster, by the rules of a week, `own`; None
        for those of the problem.

    Returns
    -------
    Around or None
        None when no roster was found that keeps all hard rules: they contradict each other near
        there, are broken elsewhere, or time was too short.
    """
    deadline, patient = Deadline(seconds), Deadline(min(seconds, patience))

    def soon() -> Deadline:
        return deadline if enough is not None and near.dearest > enough else patient

    near = _Near(problem, roster, people, shifts, stay, roster if start is None else start)
    costs = OwnCosts(near.model, problem if own is None else own)
    cancels = () if cancel is None else (cancel,)
    limits = Limits(seed=seed, workers=1, cancels=cancels, params=params)
    budget, before = limits.params.near.pairs, None
    while True:
        is_hurried = before is not None and before[1]
        gained = near.improve(replace(limits, seconds=(soon() if is_hurried else deadline).left()))
        if gained and is_hurried and not near.finished and not limits.cancelled:
            # Patience cut it off on the way to something better: that is proven before anything.
            near.improve(replace(limits, seconds=deadline.left()))
        if gained and on_better is not None:
            on_better(costs.levels(settle(near.program, near.values)))
        if before is not None and not gained:
            if not near.proven:
                near.freed, near.proven = before
            break
        before = (near.freed.copy(), near.proven) if near.holds else None
        if (soon() if near.proven else deadline).left() <= 0 or limits.cancelled:
            break
        if not near.widen(budget):
            break
        budget *= 2
    if not near.holds:
        return None
    roster, score = judged(problem, near.model, near.program, near.values)
    freed = frozenset(problem.volunteers[i].volunteer_id for i in np.flatnonzero(near.freed))
    return Around(roster, score, near.proven and is_exact(score, problem.order), freed)


class _Near:
    """The freed people, and the best roster so far in which only they have changed."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        people: Iterable[str],
        shifts: Iterable[str],
        stay: int,
        start: Roster,
    ) -> None:
        self._problem, self.model = problem, build_again(problem)
        model, self.program = self.model, self.model.program()
        self._person, self._shift = model.pairs.volunteer, model.pairs.shift
        self._is_open = self.program.upper[: len(model.pairs)] > 0
        """Pairs that are possible, bool of shape (num_pairs,)."""
        self._restriction = Restriction(self.program)
        kept = self._works(roster)
        self._change = np.zeros(self.program.num_columns)
        """What changes of the works are counted by, up to a constant."""
        self._change[: len(model.pairs)] = 1 - 2 * kept[: len(model.pairs)]
        self._stay = stay
        self.values = begun = self._works(start)
        """Values of all columns; those of the decisions are right, the others once they hold."""
        whole = settled(self.program, begun)
        self.holds = whole is not None
        """Whether a roster is known that keeps all hard rules."""
        if whole is not None:
            self.values = whole
        self.finished, self.proven = False, False
        """Whether the part was solved to its end, and whether that proves what `Around` says."""
        pairs = slice(len(model.pairs))
        self.freed = self._first(roster, kept[pairs] > 0.5, people, shifts)
        """People whose shifts may change, bool of shape (num_volunteers,)."""
        self.freed[self._person[kept[pairs] != begun[pairs]]] = True

    @property
    def dearest(self) -> float:
        """Cost of the dearest level; infinite while hard rules are broken."""
        return next(iter(self.program.costs(self.values).values()), 0) if self.holds else math.inf

    def _works(self, roster: Roster) -> Array:
        """1 for each pair of a roster that is possible, float of shape (num_columns,)."""
        works = np.zeros(self.program.num_columns)
        pairs = self.model.pairs.of(roster)
        works[pairs] = self._is_open[pairs]
        return works

    def _first(
        self, roster: Roster, works: Array, people: Iterable[str], shifts: Iterable[str]
    ) -> Array:
        arrays = self.model.arrays
        held = set(zip(self._person[works].tolist(), self._shift[works].tolist(), strict=True))
        concerned = np.zeros(arrays.num_volunteers, dtype=bool)
        touched = np.zeros(arrays.num_shifts, dtype=bool)
        concerned[[arrays.volunteer_index[v] for v in people if v in arrays.volunteer_index]] = True
        touched[[arrays.shift_index[s] for s in shifts if s in arrays.shift_index]] = True
        for shift_id, volunteer_id in roster.assignments:
            who = arrays.volunteer_index.get(volunteer_id)
            where = arrays.shift_index.get(shift_id)
            if who is not None and where is not None and (who, where) not in held:
                concerned[who] = touched[where] = True
        touched[self._shift[works & concerned[self._person]]] = True
        concerned[self._person[touched[self._shift] & self._is_open]] = True
        return concerned

    def improve(self, limits: Limits) -> bool:
        """Solve the part of the people freed exactly; whether that found anything better."""
        self.finished, self.proven = True, False
        columns = self._restriction.free_columns(
            np.flatnonzero(self.freed[self._person] & self._is_open)
        )
        if len(columns) == 0:
            self.proven = self.holds
            return False
        base = self.values if self.holds else self._rest(columns)
        if base is None:
            return False
        part = self._restriction.program_of(columns, base, self.program.matrix @ base)
        values = known = base[columns] if self.holds else None
        deadline = Deadline(limits.seconds)
        for cost in self._objectives():
            part = part.with_cost(cost[columns], 0.0)
            left = replace(limits, seconds=deadline.left())
            values, is_proven = solve_exactly(part, values, left)
            self.finished &= is_proven
            if values is None:
                return False
            part = part.with_row(part.cost, part.total(values))
        gained = values is not known
        self.proven = self.finished and self._restriction.reaches_all(columns)
        if gained:
            self.values = base.copy()
            self.values[columns] = values
            self.holds = True
        return gained

    def _objectives(self) -> list[Array]:
        """What is minimised, one after the other; each keeps what those before it reached."""
        program, problem = self.program, self._problem
        if problem.order == "total":
            return [program.cost + self._stay * self._change]
        levels = [program.level_cost[level] for level in problem.levels]
        return [*levels, self._change] if self._stay else levels or [program.cost]

    def _rest(self, columns: Array) -> Array | None:
        """Values outside of some columns that keep all rows which these are not in."""
        upper = self.program.row_upper.copy()
        upper[np.unique(self._restriction.by_column[:, columns].indices)] = NO_BOUND
        return settled(replace(self.program, row_upper=upper), self.values)

    def widen(self, most: int) -> bool:
        """Free people who could take over what the freed ones work; False when nobody is left."""
        arrays = self.model.arrays
        works = self.values[: self.program.num_pairs] > 0.5
        theirs = np.zeros(arrays.num_shifts, dtype=bool)
        theirs[self._shift[works & self.freed[self._person]]] = True
        could = theirs[self._shift] & ~self.freed[self._person] & self._is_open
        if not could.any():
            return False
        # Best those who have nothing else on that day and may work more.
        busy = np.zeros((arrays.num_volunteers, arrays.num_days), dtype=bool)
        busy[self._person[works], self.model.pairs.day[works]] = True
        load = np.bincount(self._person[works], minlength=arrays.num_volunteers)
        idle = ~busy[self._person, self.model.pairs.day] & (load < arrays.max_shifts)[self._person]
        chance = np.bincount(
            self._person[could], weights=np.where(idle[could], 4.0, 1.0), minlength=len(load)
        )
        size = np.bincount(self._person[self._is_open], minlength=len(load))
        order = np.argsort(-chance, kind="stable")
        order = order[chance[order] > 0]
        order = order[np.cumsum(size[order]) <= max(most, int(size[order[0]]))]
        self.freed[order] = True
        return True
