"""Who may leave one shift for another, as far as their own shifts alone can tell.

(`Problem`, `Roster`) -> `Ways`, which the search for partners and chains is pruned with.

In a trade everybody leaves one shift and takes one. What hard rules find about one person depends,
except for rules that look at others, on that person's own shifts: whoever breaks more of them by
their own two steps breaks as much in every trade with these steps. Nothing else is pruned.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shiftplan.analysis.trades.barred import pair_rules
from shiftplan.case.arrays import Arrays
from shiftplan.problem import Problem
from shiftplan.rules.base import BoolArray
from shiftplan.scoring.moves import Moves
from shiftplan.week.roster import Assignment, Change, Roster


class Ways:
    """Steps that people can take in one roster; shifts and people are named by their ids."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.moves = Moves(problem, roster)
        """Judges whole trades."""
        self._known: dict[tuple[str, str, str], bool] = {}
        arrays = Arrays(problem)
        self._person, self._shift = arrays.volunteer_index, arrays.shift_index
        self._shift_ids = [s.shift_id for s in problem.shifts]
        self._volunteer_ids = [v.volunteer_id for v in problem.volunteers]
        self._closed = self._never(arrays)

    def _never(self, arrays: Arrays) -> BoolArray:
        """Pairs that break more of a rule whatever the person leaves for them.

        Bool of shape (num_volunteers, num_shifts): a rule forbids the pair, and the person breaks
        nothing of this rule yet that leaving a shift could mend.
        """
        never = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        for rule, breakers in pair_rules(self.moves.problem, self.moves.case):
            own = rule.forbid(arrays)
            if own is not None:
                closed = np.array([who not in breakers for who in self._volunteer_ids], dtype=bool)
                never |= own & closed[:, None]
        return never

    def takers(self, shift_id: str) -> Iterator[str]:
        """Ids of people not in a shift who may take it, and leave something for it."""
        inside = {v.volunteer_id for v in self.moves.case.people_in[shift_id]}
        for person in np.flatnonzero(~self._closed[:, self._shift[shift_id]]).tolist():
            if self._volunteer_ids[person] not in inside:
                yield self._volunteer_ids[person]

    def wanted(self, volunteer_id: str, shift_id: str) -> Iterator[str]:
        """Ids of shifts that a person may take on leaving one."""
        for shift in np.flatnonzero(~self._closed[self._person[volunteer_id]]).tolist():
            other = self._shift_ids[shift]
            if other != shift_id and self.may_move(volunteer_id, shift_id, other):
                yield other

    def may_move(self, volunteer_id: str, leaves: str, takes: str) -> bool:
        """Whether a person may leave one shift for another that they do not work yet.

        False only if it is possible in no trade.
        """
        key = (volunteer_id, leaves, takes)
        if key not in self._known:
            self._known[key] = self._judge(*key)
        return self._known[key]

    def _judge(self, volunteer_id: str, leaves: str, takes: str) -> bool:
        if self._closed[self._person[volunteer_id], self._shift[takes]]:
            return False
        if any(s.shift_id == takes for s in self.moves.case.shifts_of[volunteer_id]):
            return False
        broken = self.moves.broken(
            Change(Assignment(leaves, volunteer_id), added=False),
            Change(Assignment(takes, volunteer_id), added=True),
        )
        return not any(v.who == volunteer_id and not v.rule.looks_at_others for v in broken)
