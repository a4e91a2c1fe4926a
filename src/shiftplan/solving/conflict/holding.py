"""Whether some of the members can hold together, and which ones a proposal breaks.

(`Grounds`, members kept) -> values of a roster that keeps them, or a proof that there is none.

Only rows of the kept members, and those that define their columns, go to the solver; the rest of
the problem cannot matter. A roster found is checked by arithmetic; that there is none is said by
HiGHS, and confirmed by CP-SAT where it is the last word.
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.impossible import Reasons
from shiftplan.engines.task import EPS, Array, Deadline, Limits
from shiftplan.model import Layout, Program
from shiftplan.solving.conflict.grounds import Grounds
from shiftplan.solving.conflict.pieces import components, slack_columns

_DEAR = 1_000.0
"""Price of a unit by which a member that is given up is broken; a work costs 1."""


class OutOfTimeError(Exception):
    """Time ran out, or somebody cancelled, before it was known."""


class NothingHoldsError(Exception):
    """No roster keeps the members; `among` are numbers of some that are enough for it."""

    def __init__(self, among: Array) -> None:
        super().__init__()
        self.among = among


class _NoSolutionError(Exception):
    """A program has no solution."""


class Holding:
    """Answers about one `Grounds`."""

    def __init__(self, grounds: Grounds, deadline: Deadline, limits: Limits | None = None) -> None:
        self.grounds, self.deadline, self._limits = grounds, deadline, limits or Limits()
        self.params = self._limits.params.conflict
        program = grounds.program
        self._matrix = program.matrix
        self._pairs, self._layout = program.num_pairs, grounds.model.pairs.layout()
        self._defining = grounds.member_of < 0
        extra = sparse.csr_array(program.matrix[:, self._pairs :])
        self._has_extra = np.diff(extra.indptr) > 0
        self._definition, self._definition_of = components(extra, self._defining)
        self._family, _ = components(extra, np.ones(program.num_rows, dtype=bool))

    def works(
        self,
        kept: Array,
        given_up: Array | None = None,
        *,
        least: bool = False,
        prices: Array | None = None,
    ) -> Array:
        """Works of a roster that keeps members, float of shape (num_pairs,).

        Members are given by numbers. Those given up may be broken: with `least`, which asks for as
        few works as possible too, as little as possible. `prices`, float of shape (members,), are
        those of a unit by which each is broken, 1 where they are not given; with them the cheapest
        amounts are found to one per cent.

        Raises
        ------
        NothingHoldsError
            If there is none.
        OutOfTimeError
            If it is not known.
        """
        part, columns, owners, member = self._part(kept, given_up)
        works = np.zeros(self._pairs)
        if (part.row_upper >= 0).all():
            return works
        empty = np.flatnonzero((np.diff(part.matrix.indptr) == 0) & (part.row_upper < -EPS))
        rows = empty[:1] if len(empty) else self._reasons(part, columns).rows()
        if rows is not None:
            among = np.unique(member[rows])
            raise NothingHoldsError(among[among >= 0])
        if least:
            cost = np.where(columns < self._pairs, 1.0, 0.0)
            beyond = columns >= self._matrix.shape[1]
            cost[beyond] = _DEAR
            if prices is not None:
                cost[beyond] *= prices[owners]
            part = part.with_cost(cost, 0.0)
        try:
            values = self._solve(part, 0.0 if prices is None else 0.01)
        except _NoSolutionError:
            raise NothingHoldsError(kept) from None
        own = columns < self._pairs
        works[columns[own]] = values[own]
        return works

    def keeps(self, works: Array, kept: Array) -> bool:
        """Whether works, float of shape (num_pairs,), keep all of some members."""
        part, columns, _, _ = self._part(kept, None)
        own = columns < self._pairs
        room = part.row_upper - part.matrix[:, own] @ works[columns[own]]
        if (room >= -EPS).all():
            return True
        extra = sparse.csr_array(part.matrix[:, ~own])
        bare = np.diff(extra.indptr) == 0
        if (room[bare] < -EPS).any():
            return False
        try:
            self._solve(Program.part(extra[~bare], room[~bare], part.upper[~own]))
        except _NoSolutionError:
            return False
        return True

    def said(self, kept: Array) -> tuple[bytes, ...]:
        """What the rows of members say, alike where they differ in nothing but whose they are."""
        part, _, _, _ = self._part(kept, None)
        matrix = part.matrix
        said = (matrix.indptr, matrix.indices, matrix.data, part.row_upper, part.upper)
        return tuple(array.tobytes() for array in said)

    def confirm_impossible(self, kept: Array) -> bool:
        """Whether CP-SAT, too, says that members cannot hold together."""
        part, _, _, _ = self._part(kept, None)
        return bool((part.row_upper < 0).any() and not part.num_columns) or self.refuses(part)

    def refuses(self, part: Program) -> bool:
        """Whether CP-SAT says that a program has no solution."""
        from shiftplan.engines.cpsat import is_infeasible

        found = is_infeasible(part, seconds=self._left(), stopped=lambda: self._limits.cancelled)
        if found is None:
            raise OutOfTimeError
        return found

    def broken(self, works: Array, kept: Array, given_up: Array) -> Array:
        """Numbers of members that works break, however other columns are set.

        Where these can be set in several ways, none of the members kept is broken if possible, and
        those given up before others.
        """
        room, member = self._room(works), self.grounds.member_of
        short = room < -EPS
        found, rows = [member[short & ~self._has_extra]], self._tied(short)
        if len(rows):
            price = np.full(len(self.grounds.members), 10.0)
            price[kept], price[given_up] = _DEAR, 1.0
            loose = ~self._defining[rows]
            owners = member[rows[loose]]
            found.append(owners[self._slack(rows, room, loose, price[owners]) > 0.5])
        numbers = np.unique(np.concatenate(found))
        return numbers[numbers >= 0]

    def _room(self, works: Array) -> Array:
        """What works leave of the bound of each row, other columns at 0."""
        return np.asarray(self.grounds.program.row_upper - self._matrix[:, : self._pairs] @ works)

    def _tied(self, rows: Array) -> Array:
        """Rows with further columns that are tied to such a one of some rows."""
        families = np.unique(self._family[rows & self._has_extra])
        return np.flatnonzero(np.isin(self._family, families) & self._has_extra)

    def amounts(self, works: Array, members: Array) -> list[int]:
        """By how much works break each of the members."""
        room, found = self._room(works), []
        for number in members.tolist():
            rows = self.grounds.member_of == number
            short, more = -np.minimum(room[rows & ~self._has_extra], 0).sum(), self._tied(rows)
            if len(more):
                own = self.grounds.member_of[more] == number
                slack = self._slack(more, room, own, np.ones(int(own.sum())))
                short += slack.sum()
            found.append(round(float(short)))
        return found

    def _slack(self, rows: Array, room: Array, loose: Array, price: Array) -> Array:
        """The cheapest amounts by which loose rows are broken, float (number of loose rows,).

        Other rows of members are left out; those that define columns hold.
        """
        used = loose | self._defining[rows]
        rows, loose = rows[used], loose[used]
        matrix = sparse.csr_array(self._matrix[rows][:, self._pairs :])
        columns = np.unique(matrix.indices)
        matrix = sparse.hstack([matrix[:, columns], slack_columns(loose)], format="csr")
        width, upper = len(columns), self.grounds.program.upper[self._pairs + columns]
        upper = np.concatenate([upper, np.full(int(loose.sum()), np.inf)])
        cost = np.concatenate([np.zeros(width), price])
        return np.asarray(self._solve(Program.part(matrix, room[rows], upper, cost=cost))[width:])

    def _part(self, kept: Array, given_up: Array | None) -> tuple[Program, Array, Array, Array]:
        """The program of members, and its columns; beyond the last one they are amounts.

        Then come the members whose amounts these are, and the member of each row, -1 for none.
        """
        member = self.grounds.member_of
        chosen = np.zeros(len(self.grounds.members) + 1, dtype=bool)
        chosen[kept] = True
        loosened = np.zeros_like(chosen)
        if given_up is not None:
            loosened[given_up] = True
            chosen |= loosened
        chosen[-1] = False  # rows that define columns have the number -1
        own = chosen[member]
        extra = self._matrix[np.flatnonzero(own & self._has_extra)].indices
        needed = np.unique(self._definition_of[extra[extra >= self._pairs] - self._pairs])
        rows = np.flatnonzero(own | (self._defining & np.isin(self._definition, needed)))
        matrix = sparse.csr_array(self._matrix[rows])
        columns = np.unique(matrix.indices)
        matrix = sparse.csr_array(matrix[:, columns])
        program = self.grounds.program
        upper, loose = program.upper[columns], loosened[member[rows]]
        if many := int(loose.sum()):
            slack = slack_columns(loose)
            matrix = sparse.csr_array(sparse.hstack([matrix, slack], format="csr"))
            upper = np.concatenate([upper, np.full(many, np.inf)])
            columns = np.concatenate([columns, self._matrix.shape[1] + np.arange(many)])
        own_pairs = int(np.count_nonzero(columns < self._pairs))
        part = Program.part(matrix, program.row_upper[rows], upper, num_pairs=own_pairs)
        return part, columns, member[rows[loose]], member[rows]

    def asked_too_much(self, given_up: Array) -> Array | None:
        """Members but those given up that ask for more than can be done; None where none do.

        That is the quickest way to see that nothing can hold, and the plainest where it is one
        person's own rules that contradict each other, or the rules of one team.
        """
        others = np.setdiff1d(np.arange(len(self.grounds.members)), given_up)
        part, columns, _, member = self._part(others, given_up)
        rows = self._reasons(part, columns).of_few(self.params.place_seconds)
        return None if rows is None else np.unique(member[rows[member[rows] >= 0]])

    def reasons(self) -> Reasons:
        """Reasons for which the members cannot all hold."""
        program = self.grounds.program
        return self._reasons(program, np.arange(program.num_columns))

    def _reasons(self, part: Program, columns: Array) -> Reasons:
        layout, own = self._layout, columns[: part.num_pairs]
        return Reasons(
            part,
            Layout(layout.volunteer[own], layout.center[own], layout.day[own]),
            seconds=self._left(),
            nodes=self.params.person_nodes,
            stopped=lambda: self._limits.cancelled,
        )

    def _left(self) -> float:
        left = self.deadline.left()
        if left <= 0 or self._limits.cancelled:
            raise OutOfTimeError
        return left

    def _solve(self, part: Program, gap: float = 0.0) -> Array:
        """Values of a program that satisfy it, checked by arithmetic."""
        highs = load(part, whole=True, seed=0)
        highs.setOptionValue("mip_rel_gap", gap)
        left = self._left()
        if gap > 0:
            left = min(self.params.rough_seconds, left / 2)
        if np.isfinite(left):
            highs.setOptionValue("time_limit", left)

        def checked(event: Any) -> None:
            if self._limits.cancelled:
                event.interrupt()

        highs.cbMipInterrupt += checked
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise _NoSolutionError
        values = np.round(np.array(highs.getSolution().col_value))
        known = status == highspy.HighsModelStatus.kOptimal or (gap > 0 and has_solution(highs))
        if not known or (part.matrix @ values > part.row_upper + EPS).any():
            raise OutOfTimeError
        return values
