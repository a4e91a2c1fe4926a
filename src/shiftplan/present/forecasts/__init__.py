"""The page on a forecast: history, forecast, interval and what happened, and how good it was.

(`VisitHistory`, `Forecast`, perhaps a backtest) -> content -> template -> one HTML file.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shiftplan.analysis.served import ServedForecast
from shiftplan.citizens.forecasting.comparison import ForecasterComparison
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.visits.counts import Floats, VisitCounts
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.files.whole import write_texts
from shiftplan.present.display.forecasts import (
    ACCURACY_HEADS,
    SERVED_HEADS,
    accuracy_cells,
    forecaster_name,
    row_name,
    rows_side_by_side,
    served_cells,
    text_of,
)
from shiftplan.present.forecasts.plots import HEIGHT, LEFT, RIGHT, WIDTH, DaySeries, plot_of
from shiftplan.present.naming import Names
from shiftplan.present.report.page import rendered
from shiftplan.present.words import Words
from shiftplan.problem import Problem

_TEMPLATES = ("page.html.j2",)
_WEEKS = 8
"""Weeks of history that are drawn before a forecast."""
_LAST = 28
"""Days before the forecast that its mean is compared with."""


def write_forecast_page(
    names: Names,
    history: VisitHistory,
    forecast: Forecast,
    path: str | os.PathLike[str],
    *,
    compared: ForecasterComparison | None = None,
    served: Sequence[ServedForecast] = (),
    problem: Problem | None = None,
) -> None:
    """Write the page on a forecast: one HTML file that needs no network and no other file.

    Parameters
    ----------
    names
        Names of centers, and the language.
    history
        The log.
    forecast
        Of dates after the log, or of its last ones: then what came stands beside the forecast.
    path
        The file, which is replaced whole.
    compared
        A backtest; its one-week forecasts by the first forecaster are drawn as well.
    served
        What citizens experience with each forecast.
    problem
        The week, with the journeys of its visits if these are to be listed.

    Raises
    ------
    InputError
        The file cannot be written.
    MissingExtraError
        The package jinja2 is not installed.
    """
    page = content_of(names, history, forecast, compared, served)
    listed = problem if forecast.counts_visits else None
    page["journeys"] = [] if listed is None else _journeys(listed, names.say)
    sizes: dict[str, Any] = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT}
    text = rendered(__name__, _TEMPLATES, names.say, page=page, **sizes)
    write_texts({Path(path): text})


def content_of(
    names: Names,
    history: VisitHistory,
    forecast: Forecast,
    compared: ForecasterComparison | None,
    served: Sequence[ServedForecast],
) -> dict[str, Any]:
    """What the template lays out, by name; parameters as of `write_forecast_page`."""
    say, counts = names.say, history.counts
    province, *centers = all_series(counts, forecast, compared)
    first, last = forecast.dates[0], forecast.dates[-1]
    measures = (province.mean, province.low, province.high)
    days = [
        (day, *(say.number(round(float(part[i]))) for part in measures), _came(came, names))
        for i, (day, came) in enumerate(zip(province.dates, province.came, strict=True))
        if day >= first
    ]
    rows = [
        (names.center(center), _row(series, forecast, c, names), plot_of(series))
        for c, (center, series) in enumerate(zip(counts.centers, centers, strict=True))
    ]
    rows.sort(key=lambda row: row[0])
    return {
        "title": say("forecasts.page_title", first=first, last=last),
        "subtitle": say(history.report.messages[0]),
        "notes": [say(message) for message in history.report.messages[1:]],
        "unlearned": forecast.unlearned,
        "plot": plot_of(province),
        "plot_help": text_of("forecasts.plot_help", forecast.counts_visits),
        "days_caption": text_of("forecasts.days_caption", forecast.counts_visits),
        "alt": _alt(say("forecasts.of_province"), province, forecast, names),
        "days": days,
        "happened": any(day in counts.dates for day in forecast.dates),
        "centers": rows,
        "heads": tuple(f"forecasts.{head}" for head in ("of", "forecaster", *ACCURACY_HEADS)),
        "weeks": 0 if compared is None else compared.weeks,
        "accuracy": []
        if compared is None
        else [
            (
                row_name(r, say, counts_visits=forecast.counts_visits),
                forecaster_name(r.forecaster, say),
                accuracy_cells(r, say),
            )
            for r in rows_side_by_side(compared)
        ],
        "served_heads": SERVED_HEADS,
        "served": [
            (forecaster_name(row.forecaster, say), served_cells(row, say)) for row in served
        ],
    }


def _journeys(problem: Problem, say: Words) -> list[tuple[str, str]]:
    """Names of the services of a visit in their order, and the part of visits at all centers."""
    name_of = {row.service_id: row.name or row.service_id for row in problem.services}
    rows = [row for row in problem.journeys if not row.where]
    total = sum(row.share for row in rows)
    return [
        (" → ".join(name_of[service] for service in row.services), say.percent(row.share / total))
        for row in sorted(rows, key=lambda row: -row.share)
    ]


def all_series(
    counts: VisitCounts, forecast: Forecast, compared: ForecasterComparison | None
) -> list[DaySeries]:
    """What came and what was forecast by date: of the province, then of each center."""
    from_day = forecast.dates[0] - dt.timedelta(weeks=_WEEKS)
    parts: dict[dt.date, Floats] = {}
    past = None if compared is None else next(iter(compared.backtests.values()))
    if past is not None:
        from_day = min(from_day, past.dates[0] - dt.timedelta(weeks=1))
        for column, day in enumerate(past.dates):
            if past.ahead[column] == 1:
                own = np.where(past.recorded[:, column], 1.0, np.nan)
                centers = [past.days.mean[:, column], *past.days.quantiles[::2, :, column]]
                whole = [past.province.mean[column], *past.province.quantiles[::2, column]]
                parts[day] = np.column_stack([whole, np.array(centers) * own])
    parts |= dict(zip(forecast.dates, _days(forecast), strict=True))
    known = {day: d for d, day in enumerate(counts.dates) if day >= from_day}
    dates = tuple(sorted(known.keys() | parts.keys()))
    blank = np.full((3, len(counts.centers) + 1), np.nan)
    said = np.array([parts.get(day, blank) for day in dates])
    came = np.full((len(dates), len(counts.centers) + 1), np.nan)
    totals = counts.totals
    for row, day in enumerate(dates):
        if day in known and counts.recorded[:, known[day]].any():
            own = totals[:, known[day]]
            came[row] = [np.nansum(own), *own]
    return [
        DaySeries(dates, came[:, n], said[:, 0, n], said[:, 1, n], said[:, 2, n])
        for n in range(len(counts.centers) + 1)
    ]


def _days(forecast: Forecast) -> Floats:
    """Mean, 10% and 90% of days of the province and of each center, (dates, 3, centers + 1)."""
    found = []
    for measure in (forecast.expected, _at(forecast, 0.1), _at(forecast, 0.9)):
        whole, own = np.asarray(measure("province")), np.asarray(measure("day"), dtype=float)
        closed = forecast.expected("day") <= 0
        found.append(np.column_stack([whole, np.where(closed, np.nan, own).T]))
    return np.moveaxis(np.array(found, dtype=np.float64), 0, 1)


def _at(forecast: Forecast, share: float) -> Any:
    return lambda by: forecast.quantile(share, by)


def _row(series: DaySeries, forecast: Forecast, center: int, names: Names) -> dict[str, str]:
    """Figures of a center: a usual day lately, a day of the forecast, and all of it."""
    say = names.say
    first = forecast.dates[0]
    lately = [
        came
        for day, came in zip(series.dates, series.came, strict=True)
        if first - dt.timedelta(_LAST) <= day < first and not np.isnan(came)
    ]
    whole = forecast.expected("center")[center]
    ends = [forecast.quantile(share, "center")[center] for share in (0.1, 0.9)]
    open_days = int((forecast.expected("day")[center] > 0).sum())
    return {
        "lately": say.decimal(float(np.mean(lately))) if lately else "–",
        "ahead": say.decimal(float(whole) / open_days) if open_days else "–",
        "whole": say.number(round(float(whole))),
        "interval": " – ".join(say.number(int(end)) for end in ends),
        "alt": _alt(names.center(forecast.centers[center]), series, forecast, names),
    }


def _alt(where: str, series: DaySeries, forecast: Forecast, names: Names) -> str:
    """What a plot shows, for those who do not see it."""
    days = {day: n for n, day in enumerate(series.dates)}
    ahead = np.array([series.mean[days[day]] for day in forecast.dates])
    past = series.came[[n for day, n in days.items() if day < forecast.dates[0]]]
    past = past[~np.isnan(past)]
    ahead = ahead[~np.isnan(ahead)]
    facts = {
        "least": int(past.min()) if past.size else 0,
        "most": int(past.max()) if past.size else 0,
        "low": round(float(ahead.min())) if ahead.size else 0,
        "high": round(float(ahead.max())) if ahead.size else 0,
    }
    code = text_of("forecasts.plot_alt", forecast.counts_visits)
    return names.say(code, where=where, **facts)


def _came(value: float, names: Names) -> str:
    return "–" if np.isnan(value) else names.say.number(round(float(value)))
