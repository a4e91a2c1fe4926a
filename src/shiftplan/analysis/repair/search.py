"""The search of a repair: quick moves, then near the changes, then the whole week.

(changed `Problem`, its aim, what is left of the roster) -> `RepairSearch` -> `Result` of the aim.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from time import monotonic

from shiftplan.analysis.repair.aim import own_score
from shiftplan.analysis.repair.quick import QuickMoves
from shiftplan.engines.params import SearchOptions
from shiftplan.errors.allowed import Clock, Day, FromZero
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score, check
from shiftplan.solving.result import Cost, Progress, Result, Status, StoppedBy
from shiftplan.solving.solve import solve_within
from shiftplan.solving.versions import versions
from shiftplan.week.roster import Roster

_LEAST_SEARCH = 0.05
"""Seconds that a search gets in any case."""


class RepairOptions(SearchOptions):
    """What `repair` may be told."""

    frozen_until: Day | None
    now: Clock | None
    bound: FromZero | None


@dataclass(frozen=True)
class RepairSearch:
    """One search: what it is of, and when it ends."""

    week: Problem
    """The week after the changes."""
    aim: Problem
    """The same with what is minimised."""
    base: Roster
    """What is left of the published roster."""
    before: Score
    """Score of the published roster in the week as it was."""
    only_forbids: bool
    """Whether the changes only forbid assignments."""
    options: RepairOptions
    began: float
    """Moment, on the monotonic clock, at which the time began."""
    prove: bool
    """Whether to go on until nothing better is possible."""
    stop: threading.Event
    """Ends the search when it is set."""

    def run(self, people: list[str], lost: list[str]) -> Result:
        """The best roster found for the aim: by quick moves, near people and seats, in the week."""
        start = self.options.now or datetime.combine(self.week.horizon.start, time())
        moves = QuickMoves(self.aim, self.base, self.options.params.repair.quick_seconds)
        quick = moves.fill(lost, people, start)
        held = self._held(quick)
        if held is not None and (self.stop.is_set() or self._left() <= 0):
            return held
        is_small = self._is_small(moves.num_allowed)
        if not is_small:
            if held is not None and not self.prove and self._is_as_good(quick, held):
                return replace(held, stopped_by=StoppedBy.FILLED)
            near = self._near(quick, people, lost)
            if near is not None:
                held = near
                is_enough = near.stopped_by is StoppedBy.NEAR and not self.prove
                if is_enough or self.stop.is_set():
                    return near
        whole = self._whole(quick if held is None else held.require_roster(), is_small)
        if held is None or whole.roster is not None:
            return whole
        return replace(held, stopped_by=whole.stopped_by)

    def _held(self, roster: Roster) -> Result | None:
        """What there is before any search; None where it breaks hard rules."""
        score = check(self.aim, roster)
        if not score.is_feasible:
            return None
        if self.options.on_progress is not None:
            self._tell(own_score(self.week, self.aim, roster, score).levels)
        return _found(roster, score, self._early())

    def _is_as_good(self, roster: Roster, held: Result) -> bool:
        """Whether service is as good as it was, and nobody had to leave a shift for it."""
        served = self._served_before()
        if served is None or not set(self.base.assignments) <= set(roster.assignments):
            return False
        assert held.score is not None
        return held.score.levels[self.week.levels[0]] <= served

    def _served_before(self) -> int | None:
        """Cost of the dearest level in the published roster, if the changes could not lower it."""
        if not self.only_forbids or not self.before.is_feasible or not self.week.levels:
            return None
        return self.before.levels.get(self.week.levels[0])

    def _tell(self, levels: Mapping[int, int]) -> None:
        """Report costs by the week's own rules."""
        if self.options.on_progress is not None:
            total = sum(self.week.rate_of[level] * cost for level, cost in levels.items())
            seconds = monotonic() - self.began
            self.options.on_progress(Progress(seconds, total, None, dict(levels)))

    def _tell_whole(self, progress: Progress) -> None:
        """Report how far the search of the whole week has come, in seconds of the repair."""
        if self.options.on_progress is not None:
            self.options.on_progress(replace(progress, seconds=monotonic() - self.began))

    def _whole(self, hint: Roster, is_small: bool) -> Result:
        """The whole week solved; costs of `on_progress` are those of the week's own rules."""
        return solve_within(
            self.aim,
            self.options,
            self.stop,
            seconds=max(_LEAST_SEARCH, self._left()),
            gap=0.0 if self.prove or is_small else self.options.params.repair.gap,
            on_progress=self.options.on_progress and self._tell_whole,
            hint=hint,
            own=None if self.aim.rules == self.week.rules else self.week,
        )

    def _left(self) -> float:
        return self.began + self.options.seconds - monotonic()

    def _early(self) -> StoppedBy:
        """Why what was found is not the end of the search."""
        return StoppedBy.INTERRUPT if self.stop.is_set() else StoppedBy.TIME

    def _is_small(self, num_pairs: int) -> bool:
        most = self.options.params.repair.whole_columns
        if num_pairs > most:
            return False
        from shiftplan.solving.building import build

        return build(self.aim).program().num_columns <= most

    def _near(self, start: Roster, people: list[str], lost: list[str]) -> Result | None:
        """The best roster near the changes; None when there are too many, or none was found."""
        if not people and not lost:
            score = check(self.aim, self.base)
            return _found(self.base, score, StoppedBy.NEAR) if score.is_feasible else None
        params = self.options.params.repair
        if len(people) + len(lost) > params.near_seats:
            return None
        from shiftplan.solving.around import solve_around

        found = solve_around(
            self.aim,
            self.base,
            people=people,
            shifts=lost,
            start=start,
            stay=0,  # the rule `stability` prices changes; more would be another aim
            seconds=max(_LEAST_SEARCH, min(params.near_seconds, params.near_share * self._left())),
            patience=params.patience_seconds,
            enough=self._served_before(),
            seed=self.options.seed,
            cancel=self.stop,
            params=self.options.params,
            own=self.week,
            on_better=self._tell,
        )
        if found is None:
            return None
        stopped_by = StoppedBy.NEAR if found.proven else self._early()
        return _found(found.roster, found.score, stopped_by)


def _found(roster: Roster, score: Score, stopped_by: StoppedBy) -> Result:
    levels = {level: Cost(cost, None) for level, cost in score.levels.items()}
    total = Cost(score.total, None)
    return Result(Status.FEASIBLE, stopped_by, roster, score, total, levels, version=versions())
