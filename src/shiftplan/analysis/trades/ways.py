"""Who may leave one shift for another, as far as their own shifts alone can tell.

`Candidates` -> `Ways`, which the search for partners and chains is pruned with.

In a trade everybody leaves one shift and takes one. What hard rules find about one person depends,
except for rules that look at others, on that person's own shifts: whoever breaks more of them by
their own two steps breaks as much in every trade with these steps. Nothing else is pruned.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shiftplan.analysis.candidates import Candidates
from shiftplan.week.roster import Assignment, Change


class Ways:
    """Steps that people can take in one roster; shifts and people are named by their ids."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        """Judges whole trades."""
        self._known: dict[tuple[str, str, str], bool] = {}
        problem = candidates.problem
        self._shift_ids = [s.shift_id for s in problem.shifts]
        self._volunteer_ids = [v.volunteer_id for v in problem.volunteers]
        self._shift = {name: i for i, name in enumerate(self._shift_ids)}
        self._person = {name: i for i, name in enumerate(self._volunteer_ids)}
        self._closed = candidates.closed

    def takers(self, shift_id: str) -> Iterator[str]:
        """Ids of people not in a shift who may take it, and leave something for it."""
        inside = {v.volunteer_id for v in self.candidates.case.people_in[shift_id]}
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
        if any(s.shift_id == takes for s in self.candidates.case.shifts_of[volunteer_id]):
            return False
        broken = self.candidates.broken(
            Change(Assignment(leaves, volunteer_id), added=False),
            Change(Assignment(takes, volunteer_id), added=True),
        )
        return not any(v.who == volunteer_id and v.rule.sees == "part" for v in broken)
