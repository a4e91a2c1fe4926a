"""Show rates learned from the record: who comes how reliably, and what changes that.

`Show`s of past weeks -> `show_rates` -> `ShowRates`: of people, and of a person in a shift.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from shiftplan.problem import Problem
from shiftplan.seasons.shows.design import Design, Mix
from shiftplan.seasons.shows.fitting import Floats, fit, log_odds, rate_of
from shiftplan.seasons.shows.show import (
    CIRCUMSTANCES,
    Chance,
    Show,
    ShowAnswer,
    ShowEffect,
    ShowRate,
    hours_between,
    levels_of,
    notice_level,
)
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster

__all__ = ["Chance", "Show", "ShowAnswer", "ShowEffect", "ShowRate", "ShowRates", "show_rates"]

_Pair = tuple[str, str]
_Z = 1.6448536269514722
"""Standard deviations around the mean that hold 90% of a normal distribution."""
_POINTS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def show_rates(
    shows: Iterable[Show],
    people: Iterable[Volunteer] = (),
    *,
    weights: Iterable[float] | None = None,
) -> ShowRates:
    """Learn show rates.

    The log-odds of coming are a sum of a common value, effects of weekday, first hour, notice,
    answer and groups, and an effect of the person. How much people differ is learned too, so a
    person with few shifts has a rate near that of the groups, and one with many has nearly their
    own share. `docs/fairness.md`, "Who comes", has the formula and its sources.

    A `show_rate` below 1 in the table of volunteers counts as three observations of the person; 1,
    its default, says nothing. People who were never observed keep a rate below 1.

    Parameters
    ----------
    shows
        What happened; the same in any order.
    people
        Whose groups and stated rates are known.
    weights
        How much each of the shows counts, 0 to 1; all count fully if None. Those with weight 0
        are not seen.

    Raises
    ------
    ValueError
        There are more weights than shows, or fewer.
    """
    rows = list(shows)
    factors = [1.0] * len(rows) if weights is None else weights
    seen = [(show, weight) for show, weight in zip(rows, factors, strict=True) if weight > 0]
    return ShowRates(seen, {person.volunteer_id: person for person in people})


class ShowRates:
    """Show rates that `show_rates` has learned."""

    def __init__(self, seen: Sequence[tuple[Show, float]], people: Mapping[str, Volunteer]) -> None:
        self._people = people
        self._shifts = Counter(show.volunteer_id for show, _ in seen)
        self._came = Counter(show.volunteer_id for show, _ in seen if show.came)
        self._at = Counter(
            name for show, _ in seen for name in zip(CIRCUMSTANCES, levels_of(show), strict=True)
        )
        if seen:
            design = self._design = Design(seen, people)
            own = np.array([design.own(who) for who in design.position])
            usual = own + design.average(design.mix)
            self._fit = fit(design.counts(), design.family(), usual, design.beliefs())

    @property
    def observed(self) -> int:
        """Shifts observed in all; nothing is learned while it is 0."""
        return self._shifts.total()

    @property
    def people(self) -> tuple[ShowRate, ...]:
        """A row for each person known or observed, in order of id."""
        ids = sorted({*self._people, *self._shifts})
        return tuple(
            ShowRate(who, self._shifts[who], self._came[who], chance)
            for who, chance in zip(ids, self._chances(ids), strict=True)
        )

    def chance(
        self,
        volunteer_id: str,
        start: datetime | None = None,
        *,
        notice_hours: int | None = None,
        answer: ShowAnswer | None = None,
    ) -> Chance:
        """How likely a person is to come.

        What is None is averaged over what was observed. Without any of it this is the person's show
        rate. A person who was never observed comes as others of the groups do, or with the rate
        stated; if nobody was observed, everybody comes with the rate stated.

        Parameters
        ----------
        volunteer_id
            The person.
        start
            Start of the shift, wall-clock time.
        notice_hours
            Whole hours between being told and the start.
        answer
            `confirmed`, or `unanswered` once the deadline has passed.
        """
        return self._chances([volunteer_id], start, notice_hours, answer)[0]

    def chances(
        self,
        problem: Problem,
        roster: Roster,
        *,
        answers: Mapping[_Pair, ShowAnswer] | None = None,
        told: Mapping[_Pair, datetime] | None = None,
    ) -> dict[_Pair, float]:
        """Chance of each assignment, by (shift id, volunteer id), for `reserves` and `simulate`.

        Parameters
        ----------
        problem, roster
            The week; assignments with ids that it does not have are left out.
        answers
            Answers of people by (shift id, volunteer id); see `chance`.
        told
            When people were told; moments without a time zone are wall-clock time.
        """
        alike: dict[tuple[datetime, str, ShowAnswer | None], list[_Pair]] = defaultdict(list)
        notices: dict[str, int | None] = {}
        starts = {shift.shift_id: shift.start for shift in problem.shifts}
        for shift_id, who in roster.assignments:
            if shift_id in starts and who in problem.volunteer_by_id:
                pair, start = (shift_id, who), starts[shift_id]
                notice = hours_between((told or {}).get(pair), start, problem.horizon)
                level = notice_level(notice)
                notices[level] = notice
                alike[start, level, (answers or {}).get(pair)].append(pair)
        found: dict[_Pair, float] = {}
        for (start, level, answer), pairs in alike.items():
            people = [who for _, who in pairs]
            chances = self._chances(people, start, notices[level], answer)
            found |= {pair: chance.mean for pair, chance in zip(pairs, chances, strict=True)}
        return found

    def applied_to(self, people: Iterable[Volunteer]) -> tuple[Volunteer, ...]:
        """Volunteers whose `show_rate` is what was learned, to a percent.

        People who were never observed keep a rate below 1, and everybody does while nobody was.
        """
        found = list(people)
        if not self.observed:
            return tuple(found)
        chances = self._chances([person.volunteer_id for person in found])
        for i, (person, chance) in enumerate(zip(found, chances, strict=True)):
            rate, was = round(chance.mean, 2), person.show_rate
            if rate != was and (self._shifts[person.volunteer_id] or was == 1):
                found[i] = person.model_copy(update={"show_rate": rate})
        return tuple(found)

    @property
    def effects(self) -> tuple[ShowEffect, ...]:
        """What days, hours, notices and answers change; none where all were alike."""
        return tuple(self._effects()) if self.observed else ()

    def _effects(self) -> Iterable[ShowEffect]:
        design, fitted = self._design, self._fit
        counts, mean, unit = design.counts(), design.average(design.mix), np.eye(design.width)
        odds = counts.design @ fitted.columns + fitted.person[counts.person]
        share = counts.total / counts.total.sum()
        for i, of in enumerate(CIRCUMSTANCES):
            columns = {level: j for (family, level), j in design.column.items() if family == of}
            if not columns:
                continue
            own = np.array([columns[levels[i]] for levels in design.levels])
            without = odds - fitted.columns[own]
            middle = np.zeros(design.width)
            middle[[*columns.values()]] = mean[[*columns.values()]]
            for level, j in columns.items():
                contrast = unit[j] - middle
                deviation = np.sqrt(contrast @ fitted.spread @ contrast)
                ends = (without + fitted.columns[j] + z * deviation for z in (0, -_Z, _Z))
                chance = Chance(*(float(share @ rate_of(end)) for end in ends))
                yield ShowEffect(of, level, self._at[of, level], chance)

    def _chances(
        self,
        ids: Sequence[str],
        start: datetime | None = None,
        notice_hours: int | None = None,
        answer: ShowAnswer | None = None,
    ) -> list[Chance]:
        """Chances of people, averaged over what is None."""
        if not self.observed:
            stated = (self._people[who].show_rate if who in self._people else 1.0 for who in ids)
            return [Chance(rate, 0.0, 1.0) for rate in stated]
        mix = self._design.mixture(start, notice_hours, answer)
        center, deviation = self._posterior(ids, mix)
        columns = self._fit.columns
        shift = np.array([columns[self._design.columns_at(levels)].sum() for levels in mix])
        share = np.array([*mix.values()])

        def rates(z: float) -> Floats:
            found: Floats = rate_of((center + z * deviation)[:, None] + shift) @ share
            return found

        mean = np.array([rates(z) for z in _POINTS]).T @ _WEIGHTS
        rows = zip(mean, rates(-_Z), rates(_Z), strict=True)
        return [Chance(*map(float, row)) for row in rows]

    def _posterior(self, ids: Sequence[str], mix: Mix) -> tuple[Floats, Floats]:
        """Mean and deviation of each person's log-odds, without the effects of the mix."""
        design, fitted = self._design, self._fit
        average, usual = design.average(mix), design.average(design.mix)
        center, own, toward = [], [], []
        for who in ids:
            base, at = design.own(who), design.position.get(who)
            stated = self._people[who].show_rate if who in self._people else 1.0
            variance = fitted.persons_variance if at is None else fitted.own[at]
            if at is not None:
                center.append(base @ fitted.columns + fitted.person[at])
                toward.append(base + average - fitted.pull[at])
            elif stated < 1:
                center.append(log_odds(stated) - usual @ fitted.columns)
                toward.append(average - usual)
            else:
                center.append(base @ fitted.columns)
                toward.append(base + average)
            own.append(variance)
        toward_all = np.array(toward)
        variances = np.einsum("pk,kl,pl->p", toward_all, fitted.spread, toward_all)
        return np.array(center), np.sqrt(np.array(own) + variances)
