"""The forecast of a planning week, or of a season of weeks with the same hours.

(`Problem`, `VisitCounts`, events) -> `WeekForecast`: a forecast inside shifts -> rows of `demand`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent, public_holidays
from shiftplan.citizens.forecasting.forecast import Forecast, Forecaster
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.visits.counts import Slot, VisitCounts
from shiftplan.citizens.visits.hours import joined_spans, spans_of
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import AtCenter, Message, OnDay
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.demand import MOST_ARRIVALS, Demand
from shiftplan.week.horizon import NO_COUNTRY

Hours = Mapping[tuple[str, dt.date], Sequence[Slot]]
"""Center id and date -> minutes of the day with a shift, in ascending order."""
_PLACES = 4
"""Decimal places of means and spreads in rows of demand."""


@dataclass(frozen=True, eq=False)
class WeekForecast:
    """A forecast of the shifts of a week, and of later weeks with the same shifts."""

    forecast: Forecast
    """Citizens in slots with a shift; other slots have mean 0."""
    weeks: tuple[tuple[dt.date, ...], ...]
    """Dates with shifts, by planning period; the first is that of the week itself."""
    hours: Hours
    """When centers have shifts."""
    outside: float
    """Requests expected on these dates at times without a shift, which are left out."""

    def demand(self, week: int = 0) -> tuple[Demand, ...]:
        """Rows of the table demand of a period, counted from 0.

        If a shift covers only part of a slot, that part has all citizens of the slot: those who
        come before the doors open are counted in the first minutes.
        """
        dates = set(self.weeks[week])
        rows = (row for row in self.forecast.demand() if row.start.date() in dates)
        return tuple(part for row in rows for part in self._inside(row))

    def _inside(self, row: Demand) -> Iterable[Demand]:
        midnight = dt.datetime.combine(row.start.date(), dt.time())
        first, last = ((t - midnight) // dt.timedelta(minutes=1) for t in (row.start, row.end))
        own = self.hours[row.center_id, midnight.date()]
        spans = [(max(first, start), min(last, end)) for start, end in own]
        spans = [(start, end) for start, end in spans if start < end]
        whole = sum(end - start for start, end in spans)
        for start, end in spans:
            arrivals = round(row.arrivals * (end - start) / whole, _PLACES)
            if arrivals:
                yield row.model_copy(
                    update={
                        "start": midnight + dt.timedelta(minutes=start),
                        "end": midnight + dt.timedelta(minutes=end),
                        "arrivals": arrivals,
                        "arrivals_cv": round(row.arrivals_cv or 0, _PLACES),
                    }
                )


@takes_week
def forecast_week(
    problem: Problem,
    counts: VisitCounts,
    *,
    weeks: int = 1,
    events: Sequence[KnownEvent] = (),
    forecaster: str | Forecaster = "embedded",
) -> WeekForecast:
    """Forecast the citizens who come during the shifts of a week.

    Parameters
    ----------
    problem
        The week; its shifts say when centers are open.
    counts
        What came before it, such as `read_visits(...).counts`.
    weeks
        Planning periods to forecast: the week itself, and those after it with the same shifts.
    events
        What changes the number of citizens, before and in these weeks.
    forecaster
        Name, one of `forecasters()`, or a function of counts, dates and events.

    Raises
    ------
    InputError
        An option is out of range, the week has no shifts, the counts have no usable date or one
        that is not before the week, or more than 1,000,000 citizens are forecast for a slot and
        service.
    MissingExtraError
        The forecaster needs a package that is not installed.
    """
    check_options(("weeks", weeks, FromOne))
    made = forecaster_of(forecaster)
    periods, _ = shifts_ahead(problem, weeks)
    dates = tuple(day for period in periods for day in period)
    if not dates:
        message, remedy = Message("forecasts.no_shifts"), Message("forecasts.add_shifts")
        raise InputError([Fault("no_effect", "shifts", message=message, remedy=remedy)])
    need_dates(counts, events)
    if counts.dates[-1] >= dates[0]:
        facts = {"last": OnDay(counts.dates[-1]), "first": OnDay(dates[0])}
        message = Message("forecasts.too_late", **facts)
        raise InputError([Fault("out_of_range", "visits", message=message)])
    found = made(counts, dates, events)
    _need_possible(found)
    return within_shifts(problem, found, weeks)


def _need_possible(forecast: Forecast) -> None:
    """See that a table can hold all means, which a row of it would cut off without a word."""
    if forecast.mean.max(initial=0) > MOST_ARRIVALS:
        c, day, *_ = np.unravel_index(forecast.mean.argmax(), forecast.mean.shape)
        facts = {"where": AtCenter(forecast.centers[c]), "day": OnDay(forecast.dates[day])}
        message = Message("forecasts.impossible", most=MOST_ARRIVALS, **facts)
        remedy = Message("forecasts.check_factors")
        raise InputError([Fault("out_of_range", "visits", message=message, remedy=remedy)])


def within_shifts(problem: Problem, forecast: Forecast, weeks: int = 1) -> WeekForecast:
    """Keep what a forecast expects during shifts."""
    periods, hours = shifts_ahead(problem, weeks)
    is_open = [
        [
            [
                any(one < end and other > start for one, other in hours.get((center, day), ()))
                for start, end in forecast.slots
            ]
            for day in forecast.dates
        ]
        for center in forecast.centers
    ]
    shape = forecast.mean.shape[:3]
    inside = forecast.mean * np.array(is_open, dtype=bool).reshape(*shape, 1)
    outside = float(forecast.mean.sum() - inside.sum())
    return WeekForecast(replace(forecast, mean=inside), periods, hours, outside)


def counted(counts: VisitCounts) -> Forecast:
    """What came, as a forecast of its dates without any uncertainty."""
    nothing = np.zeros(counts.recorded.shape)
    return Forecast(
        counts.centers,
        counts.dates,
        counts.slots,
        counts.services,
        np.where(counts.recorded[:, :, None, None], counts.requests, 0),
        nothing[0],
        nothing[0],
        nothing,
        nothing,
        nothing[:, 0],
    )


def need_dates(counts: VisitCounts, events: Sequence[KnownEvent] = ()) -> None:
    """Check that the forecaster can learn from some date; InputError: from none."""
    closing = [e for e in events if e.factor == 0]
    shut = np.array(
        [
            [any(_closes(event, center, day) for event in closing) for day in counts.dates]
            for center in counts.centers
        ],
        dtype=bool,
    ).reshape(counts.recorded.shape)
    if not (counts.recorded & ~shut).any():
        message, remedy = Message("forecasts.nothing_recorded"), Message("forecasts.usable_log")
        raise InputError([Fault("no_effect", "visits", message=message, remedy=remedy)])


def shifts_ahead(problem: Problem, weeks: int) -> tuple[tuple[tuple[dt.date, ...], ...], Hours]:
    """Dates with shifts by period, and the hours of centers; later periods repeat the first."""
    length = dt.timedelta(weeks=-(-problem.horizon.days // 7))
    first: dict[tuple[str, dt.date], list[Slot]] = {}
    for shift in problem.shifts:
        for day, span in spans_of(shift.start, shift.end):
            first.setdefault((shift.center_id, day), []).append(span)
    hours = {
        (center, day + period * length): tuple(joined_spans(spans))
        for period in range(weeks)
        for (center, day), spans in first.items()
        if day < problem.horizon.start + length
    }
    days = sorted({day for _, day in first if day < problem.horizon.start + length})
    return tuple(tuple(day + n * length for day in days) for n in range(weeks)), hours


def holidays_of(
    problem: Problem, counts: VisitCounts, weeks: int, languages: Sequence[str]
) -> tuple[KnownEvent, ...]:
    """Public holidays of the week's country, from the first date counted to the last one ahead.

    MissingExtraError: the package holidays is not installed.
    """
    country = problem.horizon.country
    if country.casefold() in ("", NO_COUNTRY):
        return ()
    last = problem.horizon.end + dt.timedelta(weeks=weeks * (-(-problem.horizon.days // 7)))
    return public_holidays(country, counts.dates[0], last, languages)


def _closes(event: KnownEvent, center: str, day: dt.date) -> bool:
    concerned = not event.centers or center in event.centers
    return concerned and event.first <= day <= event.last
