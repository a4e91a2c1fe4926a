"""`forecast`: from a log of visits to the demand of a week, how good that is, and what is learned.

Week and log -> demand.csv, journeys.csv and forecast.csv; accuracy in past weeks; learned.csv; an
HTML page.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from shiftplan.analysis.served import ServedForecast, hold_out, served_in_time
from shiftplan.citizens.forecasting.ahead import WeekForecast, forecast_week, holidays_of
from shiftplan.citizens.forecasting.comparison import (
    PLAIN,
    ForecasterComparison,
    compare_forecasters,
)
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.learning import learn
from shiftplan.citizens.forecasting.visit_tables import need_journeys
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, AsJson, Language, MaybeOut
from shiftplan.cli.keeping import keep_apart, keep_inputs, tables_of
from shiftplan.cli.reading import read
from shiftplan.cli.usage import Misused
from shiftplan.cli.visit_tables import TABLE_FILES, CountedLog, count_log
from shiftplan.errors import MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.files import read_events, read_visits
from shiftplan.files.forecasts import demand_text, forecast_text, lesson_text, services_text
from shiftplan.files.ledgers import kept_text, read_or_begin
from shiftplan.files.text import is_there
from shiftplan.files.whole import write_texts
from shiftplan.present.display import forecasts as shown
from shiftplan.present.forecasts import write_forecast_page
from shiftplan.present.forecasts.summary import forecast_report
from shiftplan.present.naming import Names
from shiftplan.present.report import can_write
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem

FORECAST, SERVICES = "forecast.csv", "learned-services.csv"
_CLOSED = "closed.csv"


@dataclasses.dataclass(frozen=True)
class _LogRead:
    """A week, its log, and the events that are known."""

    problem: Problem
    history: VisitHistory
    events: tuple[KnownEvent, ...]
    names: Names


@command(
    "forecast",
    "shiftplan forecast week --visits visits.csv --out week/demand.csv",
    "shiftplan forecast week --visits visits.csv --backtest 8",
    "shiftplan forecast week --visits visits.csv --learn --ledger ledger.json",
)
def forecast_citizens(
    week: Argument,
    visits: Annotated[list[Path], typer.Option(show_default=False)],
    closed: Path | None = None,
    events: Path | None = None,
    forecaster: str = "embedded",
    weeks: common.FromOne = 1,
    counts: Literal["visits", "requests"] | None = None,
    replace: common.Replace = False,
    backtest: Annotated[int | None, typer.Option(min=1, max=520)] = None,
    served: Annotated[bool, typer.Option("--served")] = False,
    time_limit: Annotated[float, typer.Option(min=1)] = 30.0,
    workers: common.Workers = None,
    learn: Annotated[bool, typer.Option("--learn")] = False,
    ledger: Path | None = None,
    out: MaybeOut = None,
    report: MaybeOut = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> None:
    """Forecast the citizens of a week from a log of visits.

    Exit codes: 0 all was done, 2 bad input; then nothing was written.
    """
    if served and backtest is None:
        raise Misused(Message("usage.served_needs_backtest"), "--served")
    if learn and (backtest is not None or weeks != 1 or counts is not None):
        raise Misused(Message("usage.learn_alone"), "--learn")
    if ledger is not None and not learn:
        raise Misused(Message("usage.ledger_needs_learn"), "--ledger")
    if out is not None and out.name in ([SERVICES] if learn else [FORECAST, *TABLE_FILES.values()]):
        raise Misused(Message("usage.other_name", name=out.name), "--out")
    if out is not None and out.suffix.lower() != ".csv":
        raise Misused(Message("usage.ends_in", endings=(".csv",)), "--out")
    keep_apart([("--out", out), ("--report", report), ("--ledger", ledger)])
    if report is not None and not can_write():
        raise MissingExtraError("jinja2", "report")
    beside = out and out.with_name(SERVICES if learn else FORECAST)
    inputs = (*visits, closed or _closed_beside(visits), events)
    tables = tables_of(week, *(() if learn else ("demand",)))
    keep_inputs("--out", (out, beside), (*inputs, *tables, ledger))
    keep_inputs("--report", (report,), (*inputs, *tables_of(week), ledger))
    keep_inputs("--ledger", (ledger,), (*inputs, *tables_of(week)))
    for file in (ledger, out, report):
        if file is not None:
            common.make_folder(file, lang=lang)
    problem = read(week, lang)
    last = problem.horizon.dates[-1] if learn else problem.horizon.start - dt.timedelta(1)
    told = _read(problem, visits, closed, events, last, weeks, lang)
    if not as_json:
        shown.show_log(told.history, told.names)
    if learn:
        _learn(told, forecaster, ledger, out, report, as_json=as_json)
        return
    counted = count_log(problem, told.history, counts, out, replace=replace)
    problem, told = counted.problem, dataclasses.replace(told, history=counted.history)
    of_log, known = told.history.counts, told.events
    found = forecast_week(problem, of_log, weeks=weeks, events=known, forecaster=forecaster)
    need_journeys(problem, found.forecast)
    compared: ForecasterComparison | None = None
    rows: Sequence[ServedForecast] = ()
    if backtest is not None:
        names = (forecaster, *PLAIN)
        compared = compare_forecasters(of_log, names, weeks=backtest, horizon=weeks, events=known)
    if served:
        held = hold_out(problem, of_log, (forecaster, *PLAIN[:1]), known)
        rows = served_in_time(held, time_limit=time_limit, workers=workers)
    texts = {} if out is None else _tables(counted, found, out)
    if report is not None:
        write_forecast_page(
            told.names,
            told.history,
            found.forecast,
            report,
            compared=compared,
            served=rows,
            problem=problem,
        )
    write_texts(texts)
    if as_json:
        made = forecast_report(found, told.history, told.names.say, compared, rows)
        common.print_json(made.as_dict())
        return
    counted.show_notes(told.names, is_written=out is not None)
    if out is not None and problem.requirements:
        say = told.names.say
        print(say("plans.note", line=say("forecasts.has_requirements")), file=sys.stderr)
    shown.show_forecast(found, problem, told.names, last=told.history.report.last)
    if compared is not None:
        is_visits = found.forecast.counts_visits
        shown.show_accuracy(compared, told.names.say, counts_visits=is_visits)
    if rows:
        shown.show_served(rows, told.names.say)
    _print_written(texts, report, lang)


def _closed_beside(visits: Sequence[Path]) -> Path | None:
    """The file of closed days beside a log; None where there is none."""
    return next((f for log in visits if is_there(f := log.parent / _CLOSED)), None)


def _read(
    problem: Problem,
    visits: list[Path],
    closed: Path | None,
    events: Path | None,
    last: dt.date,
    weeks: int,
    lang: Lang,
) -> _LogRead:
    """Read log, closed days and events."""
    history = read_visits(visits, problem, closed=closed or _closed_beside(visits), last=last)
    known = () if events is None else read_events(events, problem)
    languages = Words(lang)("form.holidays").split("|")
    try:
        known += holidays_of(problem, history.counts, weeks, languages)
    except MissingExtraError:
        print(Words(lang)("plans.note", line=Words(lang)("forecasts.no_calendar")), file=sys.stderr)
    return _LogRead(problem, history, known, Names(problem, lang))


def _tables(counted: CountedLog, found: WeekForecast, out: Path) -> dict[Path, str]:
    """Texts of the tables demand, one for each period, of visits, and of the quantiles."""
    texts = {}
    for number, dates in enumerate(found.weeks):
        file = out if not number else out.with_name(f"{out.stem}-{dates[0]}{out.suffix}")
        texts[file] = demand_text(counted.problem, found.demand(number))
    return texts | counted.texts(out) | {out.with_name(FORECAST): forecast_text(found.forecast)}


def _learn(
    told: _LogRead,
    forecaster: str,
    ledger: Path | None,
    out: Path | None,
    report: Path | None,
    *,
    as_json: bool,
) -> None:
    problem, lang = told.problem, told.names.say.lang
    book = None if ledger is None else read_or_begin(ledger, problem)
    before = None if book is None else book.visits_before(problem.horizon.start)
    found = learn(problem, told.history, forecaster=forecaster, events=told.events, before=before)
    texts: dict[Path, str] = {}
    if book is not None and ledger is not None:
        texts[ledger] = kept_text(book.learned(found.week), ledger)
    if out is not None:
        texts[out] = lesson_text(found)
        if found.proposals:
            texts[out.with_name(SERVICES)] = services_text(problem, found.proposals)
    if report is not None:
        counts = told.history.counts
        counts = counts.of_visits() if found.week.counts == "visits" else counts
        earlier = counts.before(problem.horizon.start)
        ahead = forecast_week(problem, earlier, events=told.events, forecaster=forecaster)
        page = dataclasses.replace(told.history, counts=counts)
        write_forecast_page(told.names, page, ahead.forecast, report)
    write_texts(texts)
    if as_json:
        common.print_json(found.as_dict())
        return
    shown.show_lesson(found, problem.services, told.names)
    _print_written(texts, report, lang)


def _print_written(texts: dict[Path, str], report: Path | None, lang: Lang) -> None:
    files = [*texts, *([] if report is None else [report])]
    if files:
        print()
        common.print_written(lang, *files)
