"""Forecasters side by side: how good each would have been in past weeks.

(`VisitCounts`, names of forecasters) -> `ForecasterComparison`, as a table and as JSON.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from shiftplan.citizens.forecasting.accuracy import Backtest, Size, backtest
from shiftplan.citizens.forecasting.ahead import need_dates
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.judging import Accuracy
from shiftplan.citizens.visits.counts import VisitCounts
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.week.json_form import Amount, Written

PLAIN = ("four_week_mean", "seasonal_naive")
"""Forecasters that every other one is compared with."""
_SIZES: tuple[Size, ...] = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class ForecasterAccuracy(Written):
    """How good one forecaster would have been for one kind of count."""

    json_keys = "forecaster of size ahead *accuracy"

    forecaster: str
    """Its name."""
    of: Literal["day", "cell", "province"]
    """What is counted: days of centers, cells of slot and service, or days of the province."""
    size: Size | None
    """Third of the centers, by their mean requests of a day; None for all."""
    ahead: Amount | None
    """Weeks ahead, counted from 1; None for all."""
    accuracy: Accuracy
    """Its measures."""


@dataclass(frozen=True, eq=False)
class ForecasterComparison(Written):
    """Forecasters by what they would have said of past weeks."""

    json_keys = "schema_version weeks horizon rows"

    weeks: Amount
    """Past weeks from which each forecaster looked ahead."""
    horizon: Amount
    """Weeks that it looked ahead."""
    backtests: Mapping[str, Backtest]
    """Name of a forecaster -> its forecasts of past weeks."""

    @property
    def schema_version(self) -> Literal[1]:
        """Version of this form."""
        return 1

    @cached_property
    def rows(self) -> list[ForecasterAccuracy]:
        """Measures by forecaster: all days, by size of center, by weeks ahead; province; cells."""
        return list(self._rows())

    def _rows(self) -> Iterator[ForecasterAccuracy]:
        for name, found in self.backtests.items():
            for size in (None, *_SIZES):
                if size is None or size in found.size:
                    measures = found.accuracy(size=size)
                    yield ForecasterAccuracy(name, "day", size, None, measures)
            for ahead in range(1, self.horizon + 1) if self.horizon > 1 else ():
                measures = found.accuracy(ahead=ahead)
                yield ForecasterAccuracy(name, "day", None, ahead, measures)
            for of in ("province", "cell"):
                yield ForecasterAccuracy(name, of, None, None, found.accuracy(of))


def compare_forecasters(
    counts: VisitCounts,
    names: Sequence[str] = ("embedded", *PLAIN),
    *,
    weeks: int = 8,
    horizon: int = 1,
    events: Sequence[KnownEvent] = (),
) -> ForecasterComparison:
    """Compare forecasters by a rolling origin, as `backtest` has it.

    Parameters
    ----------
    counts
        What came.
    names
        Forecasters, of `forecasters()`.
    weeks
        Number of origins, a week apart.
    horizon
        Weeks forecast from each.
    events
        Events, which were known at all origins.

    Raises
    ------
    InputError
        An option is out of range, there is no forecaster of a name, or no date is recorded before
        the first origin.
    MissingExtraError
        A forecaster needs a package that is not installed.
    """
    check_options(("weeks", weeks, FromOne), ("horizon", horizon, FromOne))
    first = counts.dates[-1] - dt.timedelta(weeks=weeks + horizon - 1) + dt.timedelta(1)
    before = counts.before(first)
    if not before.recorded.any():
        message = Message("forecasts.too_short", n=weeks + horizon - 1)
        remedy = Message("forecasts.longer_log")
        raise InputError([Fault("out_of_range", "visits", message=message, remedy=remedy)])
    need_dates(before, events)
    found = {
        name: backtest(counts, name, weeks=weeks, horizon=horizon, events=events)
        for name in dict.fromkeys(names)
    }
    return ForecasterComparison(weeks, horizon, found)
