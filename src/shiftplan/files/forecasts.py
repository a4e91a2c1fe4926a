"""Forecasts as CSV files: rows of the table demand, quantiles, and what a week has taught.

`WeekForecast` -> text of demand.csv and of forecast.csv; `VisitTables` -> texts of journeys.csv
and others; `WeekLesson` -> text of learned.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from shiftplan.citizens.forecasting.drift import ForecastDrift
from shiftplan.citizens.forecasting.forecast import By, Forecast
from shiftplan.citizens.forecasting.learning import WeekLesson
from shiftplan.citizens.forecasting.visit_tables import VisitTable, VisitTables
from shiftplan.files.cells import write
from shiftplan.files.csv_text import table_text
from shiftplan.files.headings import kind_in
from shiftplan.files.layout import columns_of
from shiftplan.files.week import week_tables
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Service
from shiftplan.week.travel import Way

_QUANTILES = (0.1, 0.5, 0.9)
_HEAD = (
    *("of", "counts", "center_id", "date", "start", "end", "service_id"),
    *("mean", "p10", "p50", "p90"),
)
_LEARNED = (
    *("center_id", "came", "planned", "came_any_time", "forecast", "p10", "p90"),
    *("weeks", "came_in_weeks", "forecast_of_weeks", "score", "alarm", "since"),
)
_OF: tuple[tuple[str, By], ...] = (
    ("service", "cell"),
    ("slot", "slot"),
    ("day", "day"),
    ("center", "center"),
    ("province", "province"),
    ("all", "total"),
)
"""What a row is about, and what its counts are summed over."""


def demand_text(problem: Problem, rows: Iterable[Demand]) -> str:
    """CSV text of rows of the table demand, as a week can hold it."""
    return _table_text(problem, "demand", rows)


def forecast_text(forecast: Forecast) -> str:
    """CSV text of means and quantiles, by service and slot up to all centers and dates.

    Visits have no rows by service. Rows that expect nobody are left out. Quantiles of sums are not
    sums of quantiles.
    """
    kinds = _OF[1:] if forecast.counts_visits else _OF
    rows = (row for of, by in kinds for row in _rows(forecast, of, by))
    return table_text(_HEAD, rows, columns_of("demand"))


def _rows(forecast: Forecast, of: str, by: By) -> Iterator[list[str]]:
    counts = "visits" if forecast.counts_visits else "requests"
    mean = np.atleast_1d(forecast.expected(by))
    found = [np.atleast_1d(forecast.quantile(share, by)) for share in _QUANTILES]
    for place in np.argwhere(mean > 0).tolist():
        at = tuple(place)
        figures = [write(round(float(mean[at]), 3)), *(str(q[at]) for q in found)]
        yield [of, counts, *_where(forecast, by, at), *figures]


def _where(forecast: Forecast, by: By, at: tuple[int, ...]) -> list[str]:
    if by == "total":
        return [""] * 5
    if by == "province":
        return ["", str(forecast.dates[at[0]]), "", "", ""]
    cells = [forecast.centers[at[0]]]
    if len(at) > 1:
        cells.append(str(forecast.dates[at[1]]))
    if len(at) > 2:
        cells += map(_clock, forecast.slots[at[2]])
    if len(at) > 3:
        cells.append(forecast.services[at[3]])
    return [*cells, *[""] * (5 - len(cells))]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def lesson_text(lesson: WeekLesson) -> str:
    """CSV text of what came at each center against the plan and the forecast, with alarms.

    `came` and `planned` are requests in shifts, or visits, as the lesson counts them; the figures
    after them are those at any time. The last row is the province.
    """
    drift, week = lesson.drift, lesson.week
    names = [*drift.centers, ""]
    known = {row.center_id: row for row in week.centers}
    centers = [known[center] for center in drift.centers]
    came, planned = (
        [*x, sum(x)] for x in ([c.came for c in centers], [c.planned for c in centers])
    )
    alarms = [*((row.alarm, row.since) for row in centers), (week.alarm, week.since)]
    rows = []
    for row, center in enumerate(names):
        forecast = (part[row, 0] for part in (drift.came, drift.expected, drift.low, drift.high))
        figures = [write(round(float(x), 2)) for x in (came[row], planned[row], *forecast)]
        rows.append(
            [center, *figures, *_drift_cells(drift, row), alarms[row][0], str(alarms[row][1] or "")]
        )
    return table_text(_LEARNED, rows, columns_of("demand"))


def _drift_cells(drift: ForecastDrift, row: int) -> list[str]:
    """Weeks of the window with the largest score, what came in it, its forecast, and the score."""
    at = drift.widest(row)
    if at == 0:
        return [""] * 4
    figures = (drift.came[row, at], drift.expected[row, at], drift.score[row, at])
    return [str(drift.windows[at]), *(write(round(float(x), 2)) for x in figures)]


def services_text(problem: Problem, rows: Iterable[Service]) -> str:
    """CSV text of rows of the table services."""
    return _table_text(problem, "services", rows)


def ways_text(problem: Problem, rows: Iterable[Way]) -> str:
    """CSV text of rows of the table travel."""
    return _table_text(problem, "travel", rows)


def visit_texts(problem: Problem, tables: VisitTables) -> dict[VisitTable, str]:
    """CSV texts of the tables that say what visits consist of, by table; those with rows."""
    return {name: _table_text(problem, name, rows) for name, rows in tables.rows.items() if rows}


def _table_text(problem: Problem, table: str, rows: Iterable[object]) -> str:
    """CSV text of rows of a table, as a week can hold it."""
    header, cells = week_tables(problem.model_copy(update={table: tuple(rows)}))[table]
    return table_text(header, cells, {c: kind_in(table, c) for c in header})
