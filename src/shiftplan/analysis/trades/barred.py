"""Who can never be in a shift, whatever else they work.

`Case` of a roster -> `Bars` -> people barred from a shift, with the breaches that bar them. Whoever
asks who can take a shift (`suggest`) or why nobody does (`explain_seat`) asks here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from shiftplan.case.case import Case
from shiftplan.case.partial import PartialCase
from shiftplan.problem import Problem
from shiftplan.rules import Rule, Violation
from shiftplan.week.records import Shift
from shiftplan.week.roster import Assignment, Roster


def pair_rules(problem: Problem, case: Case) -> Iterator[tuple[Rule, set[str]]]:
    """Hard rules that can forbid a person a shift, and who breaks each somewhere already.

    What such a rule finds about a person in a shift depends on the two alone. Who breaks nothing
    of it yet cannot mend, by leaving another shift, as much as they would break.
    """
    for rule in problem.active_rules:
        if rule.hard and type(rule).forbid is not Rule.forbid:
            yield rule, {found.who for found in rule.check(case)}


class Bars:
    """Who is barred from the shifts of one roster; what they share is made once.

    Parameters
    ----------
    problem, case
        The roster as it stands.
    """

    def __init__(self, problem: Problem, case: Case) -> None:
        self._case = case
        self._rules = tuple(pair_rules(problem, case))

    def of(self, shift: Shift, people: Collection[str]) -> Mapping[str, tuple[Violation, ...]]:
        """People barred from a shift -> the breaches that bar them.

        Parameters
        ----------
        shift
            The shift.
        people
            Ids of people who are not in it.
        """
        case = self._case
        works = tuple(Assignment(shift.shift_id, who) for who in people)
        everybody = Roster.model_construct(assignments=works)
        part = case.problem.model_copy(
            update={
                "volunteers": tuple(case.volunteers[who] for who in people),
                "shifts": (shift,),
                "requirements": (),
                "pins": tuple(p for p in case.problem.pins if p.shift_id == shift.shift_id),
                "preferences": (),
                "published": tuple(
                    p
                    for p in case.problem.published
                    if p.shift_id == shift.shift_id and p.volunteer_id in people
                ),
            }
        )
        crowd = PartialCase(part, everybody, case, moved=people, touched=(shift.shift_id,))
        bars: dict[str, list[Violation]] = {}
        for rule, breakers in self._rules:
            for found in rule.check(crowd):
                if found.who in people and found.who not in breakers:
                    bars.setdefault(found.who, []).append(found)
        return {who: tuple(found) for who, found in bars.items()}
