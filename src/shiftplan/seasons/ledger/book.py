"""The ledger: recorded weeks, and what follows from them.

Recorded weeks -> `Ledger` -> `History` of the next week, totals of people, suggested level-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import Day
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.seasons.ledger.entries import (
    LevelUp,
    LevelUpSuggestion,
    Memory,
    Turnout,
    WorkedWeek,
)
from shiftplan.seasons.ledger.recording import week_of
from shiftplan.seasons.ledger.totals import Totals, carried, weeks_before
from shiftplan.seasons.ledger.training import level_up, suggested
from shiftplan.seasons.ledger.written import repeated_days, repeated_people, written
from shiftplan.seasons.shows import ShowAnswer, ShowRates, show_rates
from shiftplan.week.fields import Frozen
from shiftplan.week.history import History
from shiftplan.week.lessons import VisitWeek
from shiftplan.week.roster import Roster

_Pair = tuple[str, str]
"""Ids of a shift and a volunteer."""


class Ledger(Frozen):
    """Weeks that were worked, with who did what, levels that people reached, and who came."""

    schema_version: Literal[1] = 1
    """Version of this form; raised when older readers could misread a newer ledger."""
    weeks: Annotated[
        tuple[WorkedWeek, ...],
        AfterValidator(lambda weeks: tuple(sorted(weeks, key=lambda w: (w.start, w.days)))),
    ] = ()
    """Weeks, in order of time; no day belongs to two."""
    training: tuple[LevelUp, ...] = ()
    """Level-ups in the order in which they were confirmed."""
    visits: Annotated[
        tuple[VisitWeek, ...],
        AfterValidator(lambda weeks: tuple(sorted(weeks, key=lambda w: (w.start, w.days)))),
    ] = ()
    """What logs of visits said of weeks, in order of time; no day belongs to two."""

    @model_validator(mode="after")
    def _no_day_and_nobody_twice(self) -> Self:
        faults = [*repeated_days(self.weeks), *repeated_people(self.weeks)]
        faults += repeated_days(self.visits, "visits")
        if faults:
            raise InputError(faults)
        return self

    @classmethod
    def begin(cls, problem: Problem) -> Ledger:
        """Open a ledger with what the history of a problem tells of the time before it.

        It becomes one long week that ends where the problem starts. Where a history tells more
        work than offers, as much as was worked counts as offered.
        """
        return cls(weeks=weeks_before(problem))

    def record(
        self,
        problem: Problem,
        roster: Roster,
        turnouts: Iterable[Turnout] | None = None,
        *,
        attended: bool | None = None,
        answers: Mapping[_Pair, ShowAnswer] | None = None,
        told: Mapping[_Pair, datetime] | None = None,
    ) -> Ledger:
        """Add a week: what was published, and how it turned out.

        Parameters
        ----------
        problem
            The week planned; its first date and its days say when it was.
        roster
            As it was published. Whoever has no turnout came as planned.
        turnouts
            What went another way; see `Turnout`.
        attended
            Whether attendance was kept. If not, whoever has no turnout is assumed to have come, but
            nothing is learned of who comes; None if there are turnouts, even an empty list.
        answers
            What people answered by the deadline, by (shift id, volunteer id) of the roster; who is
            missing was not asked. Other pairs are ignored, as they are in `told`.
        told
            When people were told of an assignment; moments without a time zone are wall-clock time.

        Raises
        ------
        InputError
            With every unknown id, every turnout that does not fit, and `week_recorded` when one of
            the days is in the ledger already.
        """
        week = week_of(
            problem,
            roster,
            turnouts or (),
            attended=turnouts is not None if attended is None else attended,
            answers=answers or {},
            told=told or {},
        )
        return Ledger(weeks=(*self.weeks, week), training=self.training, visits=self.visits)

    def without(self, start: date) -> Ledger:
        """Take the week out that starts on a date, so that it can be recorded anew.

        What a log said of it goes too.

        Raises
        ------
        InputError
            No week starts then, or `start` is no date.
        """
        check_options(("start", start, Day))
        starts = [week.start for week in self.weeks] + [week.start for week in self.visits]
        if start not in starts:
            message, text = Message("seasons.no_week_starts"), str(start)
            remedy = Nearest(map(str, starts)).remedy(text)
            raise InputError([Fault("unknown_id", "weeks", "start", text, message, remedy=remedy)])
        left = tuple(week for week in self.weeks if week.start != start)
        visits = tuple(week for week in self.visits if week.start != start)
        return self.model_copy(update={"weeks": left, "visits": visits})

    def totals(self, memory: Memory | None = None, before: date | None = None) -> list[Totals]:
        """Sums of everybody, in order of id.

        Parameters
        ----------
        memory
            How long weeks count; plain sums of all if None.
        before
            Only weeks that end by this date are seen, and ages count from it; None for the end of
            the last week.

        Raises
        ------
        InputError
            `before` is no date.
        """
        check_options(("before", before, Day | None))
        if not self.weeks:
            return []
        memory, before = memory or Memory(), before or self.weeks[-1].end
        found: dict[str, Totals] = {}
        for week in self.weeks:
            weight = memory.weight(week, before)
            for entry in week.entries if week.end <= before else ():
                who = entry.volunteer_id
                found.setdefault(who, Totals(who)).add(week, entry, weight, memory.call_credit)
        return [found[who] for who in sorted(found)]

    def history(
        self, problem: Problem | None = None, memory: Memory | None = None
    ) -> tuple[History, ...]:
        """Make the history of a week's volunteers from the weeks that ended before it starts.

        What the problem's own history tells about streaks and counters is kept; shares are the
        ledger's.

        Parameters
        ----------
        problem
            The week to be planned; None for the day after the last week, and everybody known.
        memory
            How long weeks count; plain sums of all if None.

        Returns
        -------
        tuple of History
            Rows for the volunteers whom the ledger or the problem's history knows, in order of the
            problem; `model_copy(update={"history": ...})` puts them in place.
        """
        before = None if problem is None else problem.horizon.start
        totals = {t.volunteer_id: t for t in self.totals(memory, before)}
        own = {} if problem is None else {h.volunteer_id: h for h in problem.history}
        people = totals if problem is None else [v.volunteer_id for v in problem.volunteers]
        rows = (
            carried(own.get(who, History(volunteer_id=who)), totals.get(who, Totals(who)))
            for who in people
            if who in totals or who in own
        )
        return tuple(
            row.model_copy(update={"last_center": None})
            if problem is not None
            and row.last_center is not None
            and row.last_center not in problem.center_by_id
            else row
            for row in rows
        )

    def show_rates(self, problem: Problem | None = None, memory: Memory | None = None) -> ShowRates:
        """Learn how reliably people come from the weeks that ended before a problem starts.

        Parameters
        ----------
        problem
            The week to be planned; its volunteers' groups and show rates are known. None for all
            weeks and everybody recorded.
        memory
            How much the shifts of each week count; fully if None.
        """
        memory, end = memory or Memory(), self.weeks[-1].end if self.weeks else date.max
        before = end if problem is None else problem.horizon.start
        weeks = [(week, memory.weight(week, before)) for week in self.weeks]
        shows = (show for week, _ in weeks for show in week.shows)
        weights = (weight for week, weight in weeks for _ in week.shows)
        people = () if problem is None else problem.volunteers
        return show_rates(shows, people, weights=weights)

    def suggestions(self, problem: Problem, enough: int = 4) -> Iterator[LevelUpSuggestion]:
        """Yield the novices of a problem who had enough shifts with mentors for a higher level.

        Parameters
        ----------
        problem
            Its rules about mentors say who is a novice of which skill.
        enough
            Shifts with a mentor since the last level-up.
        """
        return suggested(self.weeks, self.training, problem, enough)

    def confirm(
        self,
        volunteer_id: str,
        skill_id: str,
        level: int,
        day: date,
        *,
        problem: Problem | None = None,
    ) -> Ledger:
        """Add a level-up to the training log; the tables of the next week are not changed.

        Parameters
        ----------
        volunteer_id, skill_id, level, day
            Who reached which level of what, and when that was confirmed.
        problem
            A week whose skills and levels are known; None: any skill is taken.

        Raises
        ------
        InputError
            The ledger does not know the person, or has the level or a higher one already; the
            problem has no such skill or level.
        """
        reached = volunteer_id, skill_id, level, day
        up = level_up(self.weeks, self.training, *reached, problem)
        return self.model_copy(update={"training": (*self.training, up)})

    def learned(self, week: VisitWeek) -> Ledger:
        """Keep what a log said of a week; what an earlier log said of the same week goes.

        Parameters
        ----------
        week
            Such as `learn(...).week`.

        Raises
        ------
        InputError
            With `week_recorded` when it shares days with another week.
        """
        others = [
            known for known in self.visits if (known.start, known.days) != (week.start, week.days)
        ]
        return Ledger(weeks=self.weeks, training=self.training, visits=(*others, week))

    def visits_before(self, day: date) -> VisitWeek | None:
        """What a log said of the last week that ends by a date; None where none is kept."""
        return next((week for week in reversed(self.visits) if week.end <= day), None)

    def to_json(self) -> str:
        """JSON text with a line for each person and week; `model_validate_json` reads it back.

        Fields that have their default are left out.
        """
        return written(self.schema_version, self.weeks, self.training, self.visits)
