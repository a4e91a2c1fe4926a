"""Forecasts on a terminal: the log, days of the province, accuracy, and what a week has taught.

`WeekForecast`, `ForecasterComparison`, `WeekLesson` -> tables and sentences.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Sequence

from rich.text import Text

from shiftplan.analysis.served import ServedForecast
from shiftplan.citizens.forecasting.ahead import WeekForecast
from shiftplan.citizens.forecasting.comparison import ForecasterAccuracy, ForecasterComparison
from shiftplan.citizens.forecasting.drift import FALSE_ALARMS
from shiftplan.citizens.forecasting.learning import WeekLesson
from shiftplan.citizens.forecasting.visit_tables import requests_by_visit
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.errors.message import OnDay
from shiftplan.present.display import make_console, make_table, print_items, print_more
from shiftplan.present.naming import Names
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.week.demand import Service

_MOST = 10
"""Centers that are listed."""
_LONG_GAP = 4
"""Weeks between the end of a log and its forecast that a note is made of."""
ACCURACY_HEADS = ("wape", "mase", "pinball", "coverage", "bias")


def show_log(history: VisitHistory, names: Names) -> None:
    """What was read, and on standard error what was found in it."""
    head, *notes = history.report.messages
    print_items(make_console(), names.say(head))
    for note in notes:
        print(names.say("plans.note", line=names.say(note)), file=sys.stderr)


def text_of(code: str, counts_visits: bool) -> str:
    """The text about visits where these are counted, or else the one about requests."""
    return f"{code}_visits" if counts_visits else code


def show_forecast(found: WeekForecast, problem: Problem, names: Names, *, last: dt.date) -> None:
    """Days of the province; on standard error what is left out, and a log that ended long before.

    `last`: last date of the log.
    """
    console, say, forecast = make_console(), names.say, found.forecast
    gap = (forecast.dates[0] - last).days // 7
    if gap >= _LONG_GAP:
        text = say("forecasts.gap", n=gap, last=OnDay(last))
        print(say("plans.note", line=text), file=sys.stderr)
    if found.outside >= 0.5:
        code = text_of("forecasts.outside", forecast.counts_visits)
        text = say(code, n=round(found.outside))
        print(say("plans.note", line=text), file=sys.stderr)
    if forecast.unlearned:
        text = say("forecasts.unlearned", names=forecast.unlearned, n=len(forecast.unlearned))
        print(say("plans.note", line=text), file=sys.stderr)
    table = make_table(*map(say, ("forecasts.day", "forecasts.expected", "forecasts.interval")))
    means = forecast.expected("province")
    lows, highs = (forecast.quantile(share, "province") for share in (0.1, 0.9))
    for day, mean, low, high in zip(forecast.dates, means, lows, highs, strict=True):
        between = f"{say.number(int(low))} – {say.number(int(high))}"
        table.add_row(say.day(day), say.number(round(float(mean))), between)
    total = round(float(forecast.expected("total")))
    by_center = forecast.expected("center")
    centers = int((by_center > 0).sum())
    lines = [say(text_of("forecasts.total", forecast.counts_visits), n=total, centers=centers)]
    if forecast.counts_visits and total:
        by_visit = requests_by_visit(problem)
        requests = sum(by_visit[c] * n for c, n in zip(forecast.centers, by_center, strict=True))
        lines.append(say("forecasts.by_visit", mean=requests / by_center.sum()))
    told = ["", say("forecasts.correlation", share=forecast.correlation)] if centers > 1 else []
    print_items(console, "", *lines, "", table, *told)


def forecaster_name(name: str, say: Words) -> str:
    """What people call a forecaster; its own name where the catalogue has none."""
    return say(f"forecaster.{name}") if say.has(f"forecaster.{name}") else name


def row_name(row: ForecasterAccuracy, say: Words, *, counts_visits: bool) -> str:
    """What a row of accuracy is about."""
    if row.of == "cell":
        return say(text_of("forecasts.of_cell", counts_visits))
    if row.of == "province":
        return say("forecasts.of_province")
    if row.size is not None:
        return say(f"forecasts.size_{row.size}")
    return say("forecasts.of_day" if row.ahead is None else "forecasts.ahead", n=row.ahead or 0)


def accuracy_cells(row: ForecasterAccuracy, say: Words) -> list[str]:
    """Figures of a row of accuracy, in the order of `ACCURACY_HEADS`."""
    found = row.accuracy
    covered = say.percent(found.randomized_coverage) if found.number else "–"
    sign = "−" if round(found.bias, 3) < 0 else "+"
    bias = "–" if math.isnan(found.bias) else sign + say.percent(abs(found.bias))
    return [
        "–" if not math.isfinite(found.wape) else say.percent(found.wape, up=True),
        "–" if not math.isfinite(found.mase) else say.number(found.mase, 2),
        "–" if not math.isfinite(found.pinball) else say.number(found.pinball, 2),
        covered,
        bias,
    ]


def show_accuracy(found: ForecasterComparison, say: Words, *, counts_visits: bool) -> None:
    """Forecasters side by side, by kind of count, size of centers and weeks ahead."""
    heads = ("of", "forecaster", *ACCURACY_HEADS)
    table = make_table(*(say(f"forecasts.{head}") for head in heads), left=2)
    before = ""
    for row in rows_side_by_side(found):
        name = row_name(row, say, counts_visits=counts_visits)
        shown = "" if name == before else name
        table.add_row(shown, Text(forecaster_name(row.forecaster, say)), *accuracy_cells(row, say))
        before = name
    title = say("forecasts.backtest", n=found.weeks)
    print_items(make_console(), "", Text(title, style="bold"), table)
    print_items(make_console(), "", say("forecasts.measures"))


def rows_side_by_side(found: ForecasterComparison) -> list[ForecasterAccuracy]:
    """Rows of accuracy ordered by what they are about; forecasters keep their order."""

    def kind(row: ForecasterAccuracy) -> tuple[object, ...]:
        return row.of, row.size, row.ahead

    kinds = list(dict.fromkeys(map(kind, found.rows)))
    return sorted(found.rows, key=lambda row: kinds.index(kind(row)))


def served_cells(row: ServedForecast, say: Words) -> list[str]:
    """Assignments, share served in time with its interval, and the difference in points."""
    share, gain = row.served_in_time, row.difference
    between = f"{say.percent(share.low)}–{say.percent(share.high, up=True)}"
    cells = [say.number(row.assignments), say.percent(share.value), between]
    if gain is None:
        return [*cells, "", ""]
    points = [
        ("+" if x >= 0 else "−") + say.decimal(abs(100 * x), 2)
        for x in (gain.value, gain.low, gain.high)
    ]
    return [*cells, points[0], f"{points[1]} … {points[2]}"]


SERVED_HEADS = (
    *("forecasts.planned_with", "forecasts.assignments", "forecasts.served"),
    *("forecasts.sure", "forecasts.points", "forecasts.sure"),
)


def show_served(rows: Sequence[ServedForecast], say: Words) -> None:
    """What citizens experience with each forecast."""
    table = make_table(*map(say, SERVED_HEADS))
    for row in rows:
        table.add_row(Text(forecaster_name(row.forecaster, say)), *served_cells(row, say))
    title = Text(say("forecasts.served_title"), style="bold")
    print_items(make_console(), "", title, table)
    print_items(make_console(), "", say("forecasts.served_help"))


def show_lesson(found: WeekLesson, services: Sequence[Service], names: Names) -> None:
    """What came against the plan, drift, and minutes of services."""
    console, say, week, drift = make_console(), names.say, found.week, found.drift
    rows = week.centers
    came, planned = (round(sum(x)) for x in ([r.came for r in rows], [r.planned for r in rows]))
    code = text_of("forecasts.came", week.counts == "visits")
    print_items(console, "", say(code, came=came, planned=planned), "")
    order = sorted(rows, key=lambda c: -abs(c.came - c.planned))
    heads = ("plans.center", "forecasts.really", "forecasts.planned")
    table = make_table(*map(say, heads))
    for row in order[:_MOST]:
        figures = (row.came, row.planned)
        table.add_row(Text(names.center(row.center_id)), *(say.number(round(x)) for x in figures))
    print_items(console, table)
    print_more(console, len(order) - _MOST, say.lang)
    alarms = [(names.center(row.center_id), row.alarm, row.since) for row in rows]
    alarms.append((say("forecasts.of_province"), week.alarm, week.since))
    lines = [
        _alarm_line(found, place, where, since, say)
        for place, (where, alarm, since) in enumerate(alarms)
        if alarm
    ]
    weeks = drift.windows[-1]
    print_items(console, "", *(lines or [say("forecasts.no_drift", weeks=weeks)]))
    print_items(console, say("forecasts.false_alarms", chance=FALSE_ALARMS))
    _show_minutes(found, services, say)


def _alarm_line(
    found: WeekLesson, place: int, where: str, since: dt.date | None, say: Words
) -> str:
    """An alarm in words; `place`: the row of the drift that it is of."""
    drift, week = found.drift, found.week
    at = drift.widest(place)
    came, expected = round(drift.came[place, at]), round(drift.expected[place, at])
    code = "forecasts.drift_more" if drift.alarms[place] > 0 else "forecasts.drift_fewer"
    line = say(code, where=where, weeks=drift.windows[at], came=came, expected=expected)
    if since is not None and since < week.start:
        line += " " + say("forecasts.drift_since", since=since)
    return line


def _show_minutes(found: WeekLesson, services: Sequence[Service], say: Words) -> None:
    if not found.week.minutes:
        return
    rows = {service.service_id: service for service in services}
    heads = ("service", "visits", "minutes_now", "minutes_log", "sure", "propose")
    table = make_table(*(say(f"forecasts.{head}") for head in heads))
    proposed = {row.service_id for row in found.proposals}
    for one in found.week.minutes:
        row = rows[one.service_id]
        table.add_row(
            Text(row.name or row.service_id),
            say.number(one.visits),
            say.decimal(row.minutes_per_citizen),
            say.decimal(one.minutes),
            f"{say.decimal(one.low)} – {say.decimal(one.high)}",
            say("forecasts.review") if one.service_id in proposed else "",
        )
    title = Text(say("forecasts.minutes_title"), style="bold")
    print_items(make_console(), "", title, table)
