"""Rows that cannot hold together, found without a search: of one person or place, a count, a sum.

`Program` -> rows, or None. Four reasons are looked for, the quickest first.

- The own rows of one person have no solution, whoever else works. Of people who are alike one is
  asked, so that many take no longer.
- The rows of one team, or of the teams of a center on a day, have none, whatever happens elsewhere
  (`local.py`).
- More seats must be filled than people can fill. The most works that each person's own rows allow
  are limits of a flow from people to the rows that ask for works; where it does not fill these,
  the cut names the rows and the people (Gale, A theorem on flows in networks, 1957).
- A sum of rows cannot hold, whatever the columns are: the relaxation without integrality has no
  solution, and its dual ray says how often each row goes into that sum (Farkas' lemma). The limits
  of people join it.

The last two are confirmed by arithmetic in whole numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.alike import Alike, groups_of
from shiftplan.engines.highs import load
from shiftplan.engines.local import AskingPlaces
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Layout, Program

_SCALE = 10**5
"""Times that the row which counts most goes into the sum; others are rounded to that."""
_LARGEST = 2.0**52
"""Sums of floats below it are exact where all terms are whole numbers."""


class Limited(NamedTuple):
    """People who are alike, and what each of them can work."""

    people: Alike
    """Who they are."""
    most: int
    """Works of each at most."""


class Count(NamedTuple):
    """More works asked for than there can be."""

    rows: Array
    """Rows that ask for works, int."""
    asked: int
    """Works that they ask for, each for one of the rows."""
    limited: tuple[Limited, ...]
    """Whose own rows limit what they can add to it."""
    others: int
    """Works that everybody else can add at most: all that they could work there."""

    @property
    def most(self) -> int:
        """Works that there can be."""
        return self.others + sum(each.most * len(each.people.rows) for each in self.limited)


class Reasons:
    """Reasons for which a program has no solution, looked for in limited time."""

    def __init__(
        self,
        program: Program,
        layout: Layout,
        *,
        seconds: float,
        nodes: int,
        stopped: Callable[[], bool],
    ) -> None:
        """Ask about a program; its costs do not matter.

        Parameters
        ----------
        program
            What shall hold.
        layout
            Whom, where and when each pair concerns.
        seconds
            Time for everything.
        nodes
            Branch-and-bound nodes for each person and place.
        stopped
            Whether to end before that.
        """
        self._program, self._layout, self._volunteer = program, layout, layout.volunteer
        self._deadline, self._nodes = time.monotonic() + seconds, nodes
        self._stopped = stopped

    def rows(self) -> Array | None:
        """Rows that cannot hold together, int; None where none are found. No place is looked at."""
        found = self.of_one()
        return self.of_many() if found is None else found

    def of_few(self, seconds: float) -> Array | None:
        """Rows of one person that have no solution, or else of one place; int.

        Places are a team, or the teams of a center on a day. None where no such rows are known, as
        far as can be seen of places in some seconds.
        """
        found = self.of_one()
        if found is not None or self._is_of_one:
            return found
        places = AskingPlaces(self._program, self._layout)
        left = min(seconds, self._left())
        return places.rows(seconds=left, nodes=self._nodes, stopped=self._stopped)

    def of_many(self) -> Array | None:
        """Rows that cannot hold together by a count or a sum, int; None where none are found."""
        count = self.count()
        if count is not None:
            own = [rows for each in count.limited for rows in each.people.rows]
            return np.unique(np.concatenate([count.rows, *own]))
        return self._sum()

    def of_one(self) -> Array | None:
        """Own rows of one person that have no solution, int."""
        if self._is_of_one:
            return None
        for group in groups_of(self._program, self._volunteer, asked=True):
            if self._left() <= 0:
                return None
            if self.most_works(group.part, wanted=False) is None:
                return group.rows[0]
        return None

    def count(self) -> Count | None:
        """More works asked for than people can do, if that is so."""
        asking = _asking(self._program, self._volunteer)
        if not len(asking) or not self._limited:
            return None
        program = self._program
        part = Program.part(program.matrix[asking], program.row_upper[asking], program.upper)
        times = _ray(self._with_limits(part), self._left())
        if times is None:
            return None
        rows = asking[times[: len(asking)] > 0]
        chosen = np.flatnonzero(times[len(asking) :])
        return self._counted(rows, {*chosen.tolist()})

    def _sum(self) -> Array | None:
        """Rows of which a sum cannot hold, int, with the own rows of people whose limits do."""
        if self._left() <= 0:
            return None
        summed = impossible_sum(self._with_limits(self._program), self._left())
        if summed is None:
            return None
        many = self._program.num_rows
        rows = [rows for each in self._limited for rows in each.people.rows]
        own = [rows[i] for i in (summed[summed >= many] - many).tolist()]
        return np.unique(np.concatenate([summed[summed < many], *own]))

    @cached_property
    def _groups(self) -> list[Alike]:
        """People with rows of their own; none where there is one person in all."""
        return [] if self._is_of_one else groups_of(self._program, self._volunteer)

    @property
    def _is_of_one(self) -> bool:
        """Whether all pairs are of one person, so that a solver is asked about them anyway."""
        return bool((self._volunteer == self._volunteer[:1]).all())

    @cached_property
    def _limited(self) -> tuple[Limited, ...]:
        """People who cannot work all that they could by others' rows; none where time ran out."""
        found: list[Limited] = []
        for group in self._groups:
            most = self.most_works(group.part, wanted=True)
            if self._left() <= 0:
                return ()
            if most is not None and most < group.part.num_pairs:
                found.append(Limited(group, most))
        return tuple(found)

    def most_works(self, part: Program, *, wanted: bool = True) -> int | None:
        """Most works that a person's own rows allow, or a number above it; None for no solution.

        Unless it is `wanted`, the first works that they allow are enough.
        """
        works = np.zeros(part.num_columns)
        works[: part.num_pairs] = -1.0 if wanted else 0.0
        highs = load(part.with_cost(works, 0.0), whole=True, seed=0)
        highs.setOptionValue("mip_max_nodes", self._nodes)
        if np.isfinite(left := self._left()):
            highs.setOptionValue("time_limit", left)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        most = -highs.getInfo().mip_dual_bound
        return min(part.num_pairs, int(most + 1e-6)) if np.isfinite(most) else part.num_pairs

    def _with_limits(self, part: Program) -> Program:
        """Rows over all columns, and after them what each person can work at most."""
        pairs = [pairs for each in self._limited for pairs in each.people.pairs]
        if not pairs:
            return part
        most = [each.most for each in self._limited for _ in each.people.pairs]
        ends = np.concatenate([[0], np.cumsum([len(own) for own in pairs])])
        own = np.concatenate(pairs)
        shape = len(pairs), part.num_columns
        limits = sparse.csr_array((np.ones(len(own)), own, ends), shape=shape)
        matrix = sparse.vstack([part.matrix, limits], format="csr")
        return Program.part(matrix, np.concatenate([part.row_upper, most]), part.upper)

    def _counted(self, rows: Array, chosen: set[int]) -> Count | None:
        """What some rows ask for and some limits allow, in whole numbers, if it is too much."""
        program = self._program
        asked = -sum(int(np.floor(bound + 1e-6)) for bound in program.row_upper[rows].tolist())
        times = np.bincount(program.matrix[rows].indices, minlength=program.num_columns)
        if times.max() > 1:
            return None
        limited: list[Limited] = []
        number = 0
        for people, most in self._limited:
            numbers = range(number, number := number + len(people.rows))
            kept = [i - numbers.start for i in numbers if i in chosen]
            own, pairs = [people.rows[i] for i in kept], [people.pairs[i] for i in kept]
            if kept:
                limited.append(Limited(Alike(people.part, own, pairs), most))
                times[np.concatenate(pairs)] = 0
        others = int(program.upper[times > 0].sum())
        count = Count(rows, asked, tuple(limited), others)
        return count if count.asked > count.most else None

    def _left(self) -> float:
        return 0.0 if self._stopped() else max(0.0, self._deadline - time.monotonic())


def _asking(program: Program, volunteer: Array) -> Array:
    """Rows that ask for works of several people, and nothing else, int."""
    matrix = program.matrix
    rows = np.flatnonzero((np.diff(matrix.indptr) > 0) & (program.row_upper <= -1.0 + EPS))
    if not len(rows):
        return rows
    part = matrix[rows]
    starts, who = part.indptr[:-1], np.full(program.num_columns, -1)
    who[: program.num_pairs] = volunteer
    least, most = (how.reduceat(who[part.indices], starts) for how in (np.minimum, np.maximum))
    is_count = np.maximum.reduceat(np.abs(part.data + 1.0), starts) < EPS
    return rows[is_count & (least >= 0) & (most > least)]


def impossible_sum(program: Program, seconds: float) -> Array | None:
    """Rows of which a sum cannot hold, int; None where the relaxation has a solution.

    None also where that is not known in the seconds, or arithmetic in whole numbers does not
    confirm it.
    """
    times = _ray(program, seconds)
    return None if times is None or not _cannot_hold(program, times) else np.flatnonzero(times)


def _ray(program: Program, seconds: float) -> Array | None:
    """How often each row goes into a sum that cannot hold, float of whole numbers (num_rows,)."""
    highs = load(program, whole=False, seed=0)
    highs.setOptionValue("presolve", "off")  # else the ray is not computed
    highs.setOptionValue("solver", "simplex")
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
        return None
    _, has_ray, ray = highs.getDualRay()
    if not has_ray:
        return None
    weight = np.abs(np.array(ray, dtype=float))
    largest = weight.max(initial=0.0)
    if not np.isfinite(largest) or largest <= 0:
        return None
    return np.asarray(np.round(weight / largest * _SCALE))


def _cannot_hold(program: Program, times: Array) -> bool:
    """Whether the weighted sum of the rows exceeds its bound for all permitted values.

    Coefficients and bounds are whole numbers, and so is every number here.
    """
    matrix, bound = program.matrix, np.floor(program.row_upper + 1e-6)
    if not np.array_equal(matrix.data, np.round(matrix.data)):
        return False
    total = times @ matrix
    falls = total < 0
    if not np.isfinite(program.upper[falls]).all():
        return False
    size = times @ abs(matrix) @ np.where(falls, program.upper, 0.0) + times @ np.abs(bound)
    least = total[falls] @ program.upper[falls]
    return bool(size < _LARGEST and least > times @ bound)
