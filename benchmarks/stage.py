"""A week of INRC-II to be fixed while the weeks after it are unknown.

Scenario, history, weeks shown so far -> `Stage` -> `Problem` of the week, alone or with weeks that
stand for the next ones -> cells of the week -> history after it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.inrc2 import DAYS, Json, problem_of
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule
from shiftplan.rules.counts import MaxShiftCount, MinShiftCount
from shiftplan.rules.coverage import Surplus
from shiftplan.rules.rest import MaxWeekends
from shiftplan.week.history import History

SURPLUS = 15
"""Price of a person beyond a target: the shift is likely to be missed later, where people are few.

One shift over the most costs 20; not everybody reaches it.
"""
AHEAD = 2
"""Weeks that stand for the next ones."""
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Stage:
    """All that is known when a week has to be fixed."""

    scenario: Json
    """Rules, contracts and nurses, and how many weeks there will be."""
    history: tuple[History, ...]
    """What each nurse did before the week."""
    shown: tuple[Json, ...]
    """Weeks up to this one, which is the last of them."""

    @property
    def num_weeks(self) -> int:
        """Weeks of the whole horizon."""
        return int(self.scenario["numberOfWeeks"])

    @property
    def left(self) -> int:
        """Weeks after this one."""
        return self.num_weeks - len(self.shown)

    def alone(self) -> Problem:
        """The week as if nothing came after it.

        Limits from above hold for all that was worked so far; those from below only in the last
        week, for before it nobody can have worked enough.
        """
        problem = self._problem([])
        if self.left == 0:
            return problem
        kept = tuple(rule for rule in problem.rules if not isinstance(rule, MinShiftCount))
        return problem.model_copy(update={"rules": kept})

    def ahead(self, rng: random.Random) -> Problem:
        """The week, and after it two that stand for the next ones, or fewer near the end.

        Each of them has the requirements of one of the weeks shown, drawn at random, and no
        wishes. While weeks remain beyond them, limits on the whole horizon hold in proportion to
        the weeks passed by then; at its end they are as they are. People beyond a target have a
        price, except in the last week.
        """
        drawn = [rng.choice(self.shown) for _ in range(min(AHEAD, self.left))]
        problem = self.followed_by([{**week, "shiftOffRequests": []} for week in drawn])
        if not drawn:
            return problem
        rules = (*problem.rules, Surplus(level=1, weight=SURPLUS))
        return problem.model_copy(update={"rules": rules})

    def followed_by(self, weeks: Sequence[Json]) -> Problem:
        """The week and some after it, with the part of each limit that is due by their end."""
        problem = self._problem(weeks)
        share = (len(self.shown) + len(weeks)) / self.num_weeks
        rules = (part for rule in problem.rules for part in in_proportion(rule, share))
        return problem.model_copy(update={"rules": tuple(rules)})

    def drawn(self, rng: random.Random) -> Json:
        """A week that may come: each need on each day, and each wish, is like one that was shown.

        Needs are drawn for each shift type and skill by itself, on working days from those shown,
        each at most once, and at weekends likewise. So the weeks drawn need about as many people as
        those shown, in an order that is new. There are as many wishes as in a week shown, for the
        same shifts, of anybody on any day.
        """
        last, needs = self.shown[-1]["requirements"], []
        nurses = [nurse["id"] for nurse in self.scenario["nurses"]]
        wishes = [
            {**wish, "nurse": rng.choice(nurses), "day": rng.choice(DAYS)}
            for wish in rng.choice(self.shown)["shiftOffRequests"]
        ]
        for kind, skill in ((row["shiftType"], row["skill"]) for row in last):
            rows = [
                row
                for week in self.shown
                for row in week["requirements"]
                if (row["shiftType"], row["skill"]) == (kind, skill)
            ]
            need = {"shiftType": kind, "skill": skill}
            for days in (DAYS[:SATURDAY], DAYS[SATURDAY:]):
                known = [row[f"requirementOn{day}"] for row in rows for day in days]
                found = zip(days, rng.sample(known, len(days)), strict=True)
                need |= {f"requirementOn{day}": one for day, one in found}
            needs.append(need)
        return {"requirements": needs, "shiftOffRequests": wishes}

    def _problem(self, more: Sequence[Json]) -> Problem:
        name = f"{self.scenario['id']}, week {len(self.shown)}"
        return problem_of(name, self.scenario, self.history, [self.shown[-1], *more])


def in_proportion(rule: AnyRule, share: float) -> Iterator[AnyRule]:
    """Yield what a rule on the whole horizon asks for when a share of it has passed.

    Beyond that share of a limit from above each unit costs the same; where the share is no whole
    number, the first unit beyond it costs the part that lies beyond. A limit from below is
    rounded down. Other rules stay as they are.
    """
    if isinstance(rule, MinShiftCount):
        yield rule.model_copy(update={"value": math.floor(rule.parameter * share)})
    elif isinstance(rule, MaxWeekends) or (
        isinstance(rule, MaxShiftCount) and rule.per == "horizon"
    ):
        below = math.floor(rule.parameter * share)
        later = round(rule.weight * (rule.parameter * share - below))
        yield rule.model_copy(update={"value": below, "weight": rule.weight - later})
        if later:
            yield rule.model_copy(update={"value": below + 1, "weight": later})
    else:
        yield rule


def history_after(before: History, cells: Sequence[str]) -> History:
    """Carry a nurse's history on over a week of cells, each empty or `Shift:Skill`."""
    last, same = before.last_shift_type, before.same_type_in_a_row or 0
    worked, off = before.worked_in_a_row or 0, before.off_in_a_row or 0
    for cell in cells:
        type_ = cell.partition(":")[0]
        same = (same + 1 if type_ == last else 1) if type_ else 0
        worked = worked + 1 if type_ else 0
        off = 0 if type_ else off + 1
        last = type_
    return before.model_copy(
        update={
            "last_shift_type": last,
            "same_type_in_a_row": same,
            "worked_in_a_row": worked,
            "off_in_a_row": off,
            "counted_shifts": before.counted_shifts + sum(bool(cell) for cell in cells),
            "counted_weekends": before.counted_weekends + bool(cells[SATURDAY] or cells[SUNDAY]),
        }
    )
