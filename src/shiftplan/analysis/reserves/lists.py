"""Stand-by lists: who may stand by for a shift, who is called first, and who stands on which list.

(`Problem`, `Roster`) -> `reserves` -> `Reserve`s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.reserves.facts import ReserveFacts, reason
from shiftplan.errors.message import Message
from shiftplan.options import FromZero, check_options
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class Reserve:
    """One person on the stand-by list of a shift."""

    shift_id: str
    """The shift."""
    rank: int
    """Place on the list; 1 is called first."""
    volunteer_id: str
    """The person."""
    reason: Message | str
    """What speaks for and against the person; `str` of it is English. A text where the list was
    read from a file."""


def reserves(problem: Problem, roster: Roster, *, per_shift: int = 3) -> tuple[Reserve, ...]:
    """Make a stand-by list for each shift, so that a person who does not come costs one call.

    Who is not in a shift may stand by for it when the roster with this one assignment more breaks
    no hard rule that it does not break already. A reserve comes in somebody's place: where rules
    about the team are broken then, as when the room is full, there must be a member of the team
    in whose place the person breaks none of these. An empty team has nobody to stand in for;
    whoever is on its list can simply be asked to come. People whose show_rate is 0 are on no list.
    Everybody is judged for one call: put who was called into the roster and make the lists again.

    People are ranked by, one after the other:

    1. what they cover: for each requirement that counts them the chance that fewer people come
       than its minimum (than its target where the minimum is 0), when everybody in the team comes
       by their own show_rate; the sum, rounded to 0.1, higher first;
    2. not being on the list of another shift at that time;
    3. fewer lists on which they are first, so that calls are spread;
    4. their wish: preferred, available, undesired;
    5. km from home to the center, rounded to 5 km; last when it is unknown or the person mobile;
    6. their load: shifts worked by shifts offered, history included; last when nothing is offered;
    7. a higher show_rate;
    8. their volunteer_id.

    Shifts get their lists in the order of what is at risk, the sum of the chances of point 1, and
    then of their ids, so that people who are rare go where they are needed most.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is not held against anybody.
    per_shift
        Longest list, 0 or more.

    Returns
    -------
    tuple of Reserve
        In the order of the problem's shifts, then of ranks; the same input gives the same lists.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    check_options(("per_shift", per_shift, FromZero))
    if per_shift == 0 or not problem.volunteers:
        return ()
    lists = _Lists(problem, roster)
    found = {shift: lists.make(shift, per_shift) for shift in lists.shifts_by_risk()}
    return tuple(reserve for shift in sorted(found) for reserve in found[shift])


class _Lists:
    """The lists made so far, and the next one."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self._problem = problem
        self._candidates = Candidates(problem, roster)
        self._facts = ReserveFacts(self._candidates)
        self._place_of_id = np.argsort(np.argsort([v.volunteer_id for v in problem.volunteers]))
        self._firsts = np.zeros(len(problem.volunteers), dtype=np.int64)
        """Lists on which each person is first."""
        self._listed: dict[int, list[int]] = {}
        """Person -> shifts on whose lists the person is."""

    def shifts_by_risk(self) -> list[int]:
        """All shifts, most at risk first."""
        sums = [round(sum(risk for _, risk in risks), 9) for risks in self._facts.risks]
        ids = [s.shift_id for s in self._problem.shifts]
        return sorted(range(len(ids)), key=lambda s: (-sums[s], ids[s]))

    def make(self, shift: int, longest: int) -> list[Reserve]:
        """Make the list of a shift."""
        reserves: list[Reserve] = []
        shift_id = self._problem.shifts[shift].shift_id
        for person in self._by_rank(shift):
            who = self._problem.volunteers[person].volunteer_id
            if not self._candidates.can_stand_by(shift_id, who):
                continue
            listed = self._is_listed(person, shift)
            why = reason(self._facts, person, shift, is_listed=listed)
            reserves.append(Reserve(shift_id, len(reserves) + 1, who, why))
            self._listed.setdefault(person, []).append(shift)
            self._firsts[person] += len(reserves) == 1
            if len(reserves) == longest:
                break
        return reserves

    def _by_rank(self, shift: int) -> list[int]:
        """People who might stand by for a shift, best first."""
        facts = self._facts
        people = np.flatnonzero(facts.possible[shift])
        covered = np.zeros(len(people))
        for need, risk in facts.risks[shift]:
            covered += np.where(facts.counts(need, people, shift), risk, 0.0)
        keys = (
            -np.round(covered, 1),
            np.array([self._is_listed(person, shift) for person in people.tolist()], dtype=bool),
            self._firsts[people],
            -facts.state(people, shift),
            np.floor(facts.km(people, shift) / 5 + 0.5),
            facts.load[people],
            -facts.show_rate[people],
            self._place_of_id[people],
        )
        order = np.lexsort(keys[::-1])
        ranked: list[int] = people[order].tolist()
        return ranked

    def _is_listed(self, person: int, shift: int) -> bool:
        """Whether a person is on the list of a shift that overlaps this one."""
        return any(self._facts.overlap(shift, other) for other in self._listed.get(person, ()))
