"""What a week of a season asks of people, so that limits of the season come out.

(A week's `Problem` with history, weeks left) -> `pro_rata` -> `Problem`.

Limits of the whole horizon go on over weeks by the counters of the history. Planned as they are,
they are met too early: a most is used up before the weeks that need it, and a least is asked for at
once. `docs/season.md` tells what this brings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from shiftplan.case.case import Case
from shiftplan.errors.allowed import Range
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules import AnyRule, MaxMinutes, MaxShiftCount, MinMinutes, MinShiftCount
from shiftplan.week.history import History
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster

_Limit = MaxShiftCount | MinShiftCount | MaxMinutes | MinMinutes
_LEAST = (MinShiftCount, MinMinutes)


@takes_week
def pro_rata(problem: Problem, weeks_left: float, *, price: int = 200) -> Problem:
    """Ask of people only what is due in these weeks of what is left of a season.

    With L left of a limit after what the history counts, o shift times offered now and about f to
    be offered in the rest of the season, L x o / (o + f) is due now; f is what the person offered
    in an average week, history included, times the weeks after these.

    - A most of the season (`max_shift_count`, `max_minutes` of the horizon) that costs becomes a
      price on what goes beyond the due part. A hard one stays, with such a price beside it.
    - A least (`min_shift_count`, `min_minutes`) becomes a price on what the due part lacks.

    A unit that is due in part costs the part that is not. All other rules stay. With no more weeks
    left than the problem has, it is the problem itself.

    Parameters
    ----------
    problem
        One or several weeks, with the history of the season so far.
    weeks_left
        Weeks to the end of the season, those of the problem included. A forecast may weigh them:
        ten more weeks that need twice as much as this one count twenty.
    price
        Price of a unit beyond the due part of a hard limit, on the dearest level of the problem. It
        should lie between the prices of the last and the first seat of a team (100 and 400 and more
        by the rule `coverage`): then seats wait for later weeks, but no team stays empty for them.

    Raises
    ------
    InputError
        An option is out of range.
    """
    weeks, prices = Annotated[float, Range(above=True)], Annotated[float, Range(most=1_000_000)]
    check_options(("weeks_left", weeks_left, weeks), ("price", price, prices))
    season = _Season(problem, weeks_left - problem.horizon.days / 7)
    return problem if season.rest <= 0 else season.adjusted(price)


@dataclass
class _Season:
    problem: Problem
    rest: float
    """Weeks after those of the problem."""

    def __post_init__(self) -> None:
        offers, self.case = self.problem.offers, Case(self.problem, Roster())
        people = self.problem.volunteer_by_id
        rows = {row.volunteer_id: row for row in self.problem.history}
        self.history = {who: rows.get(who, History(volunteer_id=who)) for who in people}
        self.now = {who: offers.count(person) for who, person in people.items()}
        weeks = self.problem.horizon.days / 7
        self.later = {
            who: self.rest * (row.shifts_offered + self.now[who]) / (row.weeks + weeks)
            for who, row in self.history.items()
        }

    def adjusted(self, price: int) -> Problem:
        """The problem with due parts in place of limits."""
        rules: list[AnyRule] = []
        groups: dict[str, list[str]] = {}
        used = {group for v in self.problem.volunteers for group in v.group}
        for rule in self.problem.rules:
            of_season = isinstance(rule, _Limit) and rule.per == "horizon" and rule.which.is_all
            if not isinstance(rule, _Limit) or not of_season or rule.rolling_days is not None:
                rules.append(rule)
                continue
            if rule.hard and not isinstance(rule, _LEAST):
                rules.append(rule)
            for due, people in self._due(rule).items():
                name = f"due {len(rules)}"
                while name in used:
                    name += "+"
                made = list(self._priced(rule, due, name, price))
                rules += made
                for who in people if made else ():
                    groups.setdefault(who, []).append(name)
        volunteers = []
        for v in self.problem.volunteers:
            names = sorted({*v.group, *groups.get(v.volunteer_id, ())})
            volunteers.append(v.model_copy(update={"group": tuple(names)}))
        update = {"rules": tuple(rules), "volunteers": tuple(volunteers)}
        return self.problem.model_copy(update=update)

    def _due(self, rule: _Limit) -> dict[float, list[str]]:
        found: dict[float, list[str]] = {}
        for volunteer in self.case.members(rule.group):
            found.setdefault(self._part(rule, volunteer), []).append(volunteer.volunteer_id)
        return found

    def _part(self, rule: _Limit, volunteer: Volunteer) -> float:
        who = volunteer.volunteer_id
        row, now = self.history[who], self.now[who]
        minutes = isinstance(rule, MaxMinutes | MinMinutes)
        left = max(0, rule.parameter - (row.counted_minutes if minutes else row.counted_shifts))
        part = left * now / (now + self.later[who]) if now else 0.0
        return float(round(part)) if minutes else round(part, 6)

    def _priced(self, rule: _Limit, due: float, group: str, price: int) -> Iterator[AnyRule]:
        """Price what goes beyond the due part, or is lacking: of a unit due in part, that part."""
        level = min(self.problem.levels, default=1) if rule.hard else rule.level
        weight = price if rule.hard else rule.weight
        whole, days = math.floor(due), self.problem.horizon.days
        update = {"rolling_days": days, "group": (group,), "level": level}
        for value, part in ((whole, 1 - due + whole), (whole + 1, due - whole)):
            if (cost := round(weight * part)) > 0:
                yield rule.model_copy(update={**update, "value": value, "weight": cost})
