"""Why a seat is empty: what keeps each of those who could fill it.

(`Problem`, `Roster`, shift, skill) -> `SeatReasons`.

Whoever the requirement counts is asked, one after the other, as `suggest` asks everybody: do rules
bar them from the shift whatever they work (`Bars`), does coming break a hard rule (`Moves.broken`),
could they come by leaving another shift or in the place of somebody in the team, and what does that
cost (`Moves.effect`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shiftplan.analysis.explain.lacking import lacking
from shiftplan.analysis.explain.reasons import Kind, PersonReason, SeatReasons
from shiftplan.analysis.trades.barred import Bars
from shiftplan.analysis.trades.trade import cost_order
from shiftplan.options import check_options, whole_option
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_seats
from shiftplan.rules import Violation
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.moves import Effect, Moves
from shiftplan.week.records import Requirement
from shiftplan.week.roster import Assignment, Change, Roster


class Seats:
    """Explains seats of one roster; what they share is made once."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self._problem, self._roster = problem, roster
        self._moves = Moves(problem, roster)
        self.case = self._moves.case
        """The roster laid out."""
        self._bars = Bars(problem, self.case)

    def explain(self, shift_id: str, skill_id: str | None = None) -> SeatReasons:
        """Why the seats of a shift are empty, as `explain_seat` says."""
        return self.of(self._requirement(shift_id, skill_id))

    def of(self, need: Requirement) -> SeatReasons:
        """Why the seats of a requirement are empty."""
        team = {v.volunteer_id for v in self.case.people_in[need.shift_id]}
        counted = {v.volunteer_id for v in self._problem.volunteers if self.case.counts(need, v)}
        bars = self._bars.of(self.case.shifts[need.shift_id], counted - team)
        people = [
            PersonReason(who, "in_it", (), None, None)
            if who in team
            else PersonReason(who, "forbidden", kinds_of(bars[who]), None, None)
            if who in bars
            else self._person(need.shift_id, who)
            for who in counted
        ]
        people.sort(key=self._distance)
        return SeatReasons(need, self.case.coverage(need), tuple(people), self._problem)

    def _requirement(self, shift_id: str, skill_id: str | None) -> Requirement:
        """The requirement meant: of the skill, else of heads, else any; the emptiest of several."""
        return max(
            need_seats(self._problem, shift_id, skill_id),
            key=lambda n: (
                n.skill_id == skill_id,
                n.target - self.case.coverage(n),
                n.min_level or 0,
            ),
        )

    def _person(self, shift_id: str, who: str) -> PersonReason:
        comes = Change(Assignment(shift_id, who), added=True)
        broken = self._moves.broken(comes)
        if not broken:
            effect = self._moves.effect(comes)
            cost = self._order(effect)
            is_won = cost < (0,) * len(cost)
            return PersonReason(who, "free" if is_won else "too_dear", (), effect, None)
        return PersonReason(who, "broken", kinds_of(broken), *self._cheapest(comes, broken))

    def _cheapest(
        self, comes: Change, broken: tuple[Violation, ...]
    ) -> tuple[Effect | None, Assignment | None]:
        """What it costs at least to come in exchange for another assignment; None if none does."""
        best: tuple[Effect | None, Assignment | None] = (None, None)
        for assignment in self._exchangeable(comes.assignment, broken):
            effect = self._moves.effect(comes, Change(assignment, added=False))
            if effect.broken:
                continue
            if best[0] is None or self._order(effect) < self._order(best[0]):
                best = (effect, assignment)
        return best

    def _order(self, effect: Effect) -> tuple[int, ...]:
        return cost_order(self._problem, effect)

    def _distance(self, person: PersonReason) -> tuple[int, bool, tuple[int, ...], int, str]:
        """Who is nearest to filling the seat comes first."""
        effect = person.effect
        cost = () if effect is None else self._order(effect)
        return (_ORDER[person.kind], effect is None, cost, len(person.rules), person.volunteer_id)

    def _exchangeable(
        self, comes: Assignment, broken: tuple[Violation, ...]
    ) -> Iterator[Assignment]:
        """Assignments that may stand in the way: the person's own, and those of the team."""
        shift_id, who = comes
        for own in self._roster.shifts_of.get(who, ()):
            yield Assignment(own, who)
        if any(not found.who for found in broken):
            for member in self._roster.people_in.get(shift_id, ()):
                yield Assignment(shift_id, member)


def explain_seat(
    problem: Problem, roster: Roster, shift_id: str, skill_id: str | None = None
) -> SeatReasons:
    """Explain why a seat of a shift is empty: what keeps each person who is qualified for it.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is held against nobody.
    shift_id
        The shift.
    skill_id
        Skill of the requirement meant; None for that of heads, or any if there is no such.

    Returns
    -------
    SeatReasons
        Everybody whom the requirement counts stands in it once.

    Raises
    ------
    InputError
        If there is no such shift, or the shift does not ask for the skill or for anybody.
    """
    return Seats(problem, roster).explain(shift_id, skill_id)


def emptiest(problem: Problem, roster: Roster, most: int = 5) -> tuple[SeatReasons, ...]:
    """Explain the requirements that lack most: below their minimum first, then their target.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster.
    most
        Longest list; requirements without an empty seat are left out.

    Raises
    ------
    InputError
        If `most` is below 0.
    """
    check_options(whole_option("most", most, 0))
    seats = Seats(problem, roster)
    return tuple(map(seats.of, lacking(seats.case)[:most]))


_ORDER: Mapping[Kind, int] = {"free": 0, "too_dear": 1, "broken": 2, "forbidden": 3, "in_it": 4}
