"""Periods of a rule: the horizon, weeks, months, days, or any days in a row; stated twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import FromDay, Place, period_of
from shiftplan.week.fields import Frozen, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Where
    from shiftplan.model.linear import About

Per = Literal["horizon", "week", "month", "day"]


class OfPeriods(Frozen):
    """A rule that holds in each of some periods."""

    per: Per = "horizon"
    """Period: the whole horizon, calendar weeks from Monday on, calendar months, or days."""
    rolling_days: Positive | None = None
    """Instead of `per`: each run of this many dates inside the horizon. If the horizon is shorter,
    a maximum holds for the whole horizon, and a minimum for nothing."""

    _least: ClassVar[bool] = False
    """Whether it asks for a minimum: then only periods wholly inside the horizon count."""

    def _periods(self, case: Case) -> list[tuple[Place | None, set[date]]]:
        """Each period with its dates, on values."""
        dates = list(case.horizon.dates)
        if self.rolling_days is not None:
            n = self.rolling_days
            if n > len(dates):
                return [] if self._least else [(FromDay(dates[0]), set(dates))]
            starts = range(len(dates) - n + 1)
            return [(FromDay(dates[i]), set(dates[i : i + n])) for i in starts]
        if self.per == "horizon":
            return [(None, set(dates))]
        periods: dict[Place | None, set[date]] = {}
        for day in dates:
            periods.setdefault(period_of(day, self.per), set()).add(day)
        if not self._least:
            return list(periods.items())
        whole = []
        for period, days in periods.items():
            before, after = min(days) - timedelta(1), max(days) + timedelta(1)
            cut_week = min(days).weekday() != 0 or after.weekday() != 0
            cut_month = before.month == min(days).month or after.month == max(days).month
            if not {"week": cut_week, "month": cut_month, "day": False}[self.per]:
                whole.append((period, days))
        return whole

    def _period_days(self, arrays: Arrays) -> list[Array]:
        """Day numbers of each period, in the order of the horizon, for the model."""
        total = arrays.num_days
        every = np.arange(total)
        if self.rolling_days is not None:
            length = min(self.rolling_days, total)
            if self._least and self.rolling_days > total:
                return []
            return [every[i : i + length] for i in range(total - length + 1)]
        if self.per == "horizon":
            return [every]
        if self.per == "day":
            return [every[i : i + 1] for i in range(total)]
        # One day beyond both edges tells whether the first and the last period are cut.
        start = arrays.week.horizon.start - timedelta(1)
        days = [start + timedelta(i) for i in range(total + 2)]
        weekly = self.per == "week"
        labels = [d - timedelta(d.weekday()) if weekly else d.replace(day=1) for d in days]
        inner = labels[1:-1]
        windows = []
        for label in dict.fromkeys(inner):
            if self._least and label in (labels[0], labels[-1]):
                continue
            windows.append(np.array([i for i, other in enumerate(inner) if other == label]))
        return windows

    def _of_each(self, people: Array, windows: list[Array]) -> About:
        """Whom and when rows concern that are of each person each period, in this order."""
        where = np.tile([days[0] for days in windows], len(people)).astype(np.int64)
        return {"who": np.repeat(people, len(windows)), "where": where, "place": self._place}

    @property
    def _place(self) -> Where:
        """What rows about a period name: the horizon, or the first day of it."""
        if self.rolling_days is not None:
            return "from"
        return "" if self.per == "horizon" else self.per


def days_of_each(people: Array, windows: list[Array], total: int) -> tuple[Array, Array]:
    """Days of each period of each person, int of one shape: which period, and which day.

    Periods are numbered person by person, of those given; days too, of all volunteers with `total`
    days each.
    """
    period = np.repeat(np.arange(len(windows)), [len(days) for days in windows])
    row = np.arange(len(people))[:, None] * len(windows) + period
    return row.ravel(), (people[:, None] * total + np.concatenate(windows)).ravel()
