"""The report: one HTML file that opens anywhere, without network.

(`Problem`, `Roster`, perhaps `Result`) -> content -> templates with style, script and data -> file.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.seats import lacking, seat_reasons
from shiftplan.citizens.scenario_figures import OverScenarios, ScenarioFigures
from shiftplan.errors.allowed import AnySeconds, FromZero
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.coverage import load_bins, shift_bins
from shiftplan.present.headline import headline
from shiftplan.present.map import map_of
from shiftplan.present.naming import rule_name
from shiftplan.present.report import page
from shiftplan.present.report.facts import Facts, as_json, data_of
from shiftplan.present.report.page import can_write, rendered
from shiftplan.present.result_file import read_outcome, require_same
from shiftplan.present.summary import attendance_lines, finding, load_lines, spending_lines
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules.attendance import attendance_of
from shiftplan.scoring.check import Score, check
from shiftplan.scoring.equity import Seats, step
from shiftplan.scoring.spending import spending_of
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

__all__ = ["can_write", "read_outcome", "write_report"]
_FINDINGS, _SHORTAGES, _SECONDS = 20, 20, 5.0
_TEMPLATES = tuple(
    f"{name}.html.j2" for name in ("template", "parts", "pictures", "scenarios", "rosters")
)
_CENTERS = 10
"""Centers whose empty seats in scenarios are listed."""


@takes_week
def write_report(
    problem: Problem,
    roster: Roster,
    path: str | os.PathLike[str],
    *,
    result: Result | None = None,
    lang: Lang = "en",
    public: bool = False,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
    scenarios: ScenarioFigures | None = None,
) -> None:
    """Write the report on a roster: one HTML file that needs no network and no other file.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; the report lists the rules that it breaks and leaves out unknown ids.
    path
        The file, which is replaced whole.
    result
        Result of the solve that made the roster; None leaves the proven bound out.
    lang
        Language of everything but names.
    public
        Whether people are only counted: no name and no id of a person is in the file.
    shortages
        Requirements with empty seats explained at most, the worst first.
    time_limit
        Seconds for explaining them.
    scenarios
        What the roster's empty seats are in scenarios of the forecast, from `price_scenarios`; None
        leaves that section out.

    Raises
    ------
    InputError
        The result is about another week or roster, an option is out of range, or the file cannot
        be written.
    MissingExtraError
        The package jinja2 is not installed.
    """
    seconds = ("time_limit", time_limit, AnySeconds)
    check_options(("shortages", shortages, FromZero), seconds, lang_option(lang))
    facts = Facts(problem, roster, lang, public=public)
    content = content_of(facts, result=result, shortages=shortages, time_limit=time_limit)
    content["scenarios"] = None if scenarios is None else _scenarios(facts, scenarios)
    data = as_json(content["data"])
    text = rendered(__name__, _TEMPLATES, facts.say, data=data, page=content, step=step)
    write_texts({Path(path): text})


def get_ready() -> None:
    """Import and compile what a report needs, where there is time for that before it is written."""
    page.get_ready(__name__, _TEMPLATES)


def content_of(
    facts: Facts,
    *,
    result: Result | None = None,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
) -> dict[str, Any]:
    """What the templates lay out, by name; parameters as of `write_report`, which checks them."""
    problem, found, say = facts.problem, facts.fairness, facts.say
    score = check(problem, facts.roster)
    if result is not None:
        require_same(result, problem, score, Path("result.json"))
    first, last = problem.horizon.start, problem.horizon.end - timedelta(1)
    counts = {name: len(getattr(problem, name)) for name in ("centers", "volunteers", "shifts")}
    subtitle = say("reports.subtitle", **counts)
    spread = "plans.spread" if problem.history else "reports.spread"
    explained, more = _explained(facts, shortages, time_limit)
    data, is_asking = data_of(facts), facts.is_asking
    return {
        "title": say("reports.title", first=first, last=last),
        "subtitle": f"{problem.name} · {subtitle}" if problem.name else subtitle,
        "is_public": facts.public,
        "is_first_week": not problem.history,
        "has_homes": any(person["h"] >= 0 for person in data["people"]),
        "figures": _figures(facts, result),
        "sentences": sentences_of(facts, score, result),
        "problems": _problems(facts, score),
        "places": facts.center_place,
        "map": map_of(problem, facts.equity.centers) if is_asking else None,
        "grid": facts.grid() if is_asking else None,
        "areas": facts.areas(),
        "sharing": load_lines(found, say, named=not facts.public, spread=spread),
        "bins": (shift_bins(found), load_bins(found)),
        "fairness": found,
        "shortages": explained,
        "more": more,
        "data": data,
    }


def _scenarios(facts: Facts, found: ScenarioFigures) -> dict[str, Any]:
    """Empty seats in scenarios: a sentence, and tables by day and by center, the worst first."""
    say = facts.say

    def figures(row: OverScenarios) -> list[str]:
        return [say.decimal(row.mean.value), *(say.number(round(x)) for x in (row.p90, row.worst))]

    days = [(say.day(row.date), figures(row.empty_seats)) for row in found.days]
    worst = found.centers[:_CENTERS]
    names = [(row.name or row.center_id, figures(row.empty_seats)) for row in worst]
    mean, high, most = figures(found.empty_seats)
    line = say("reports.scenarios_line", n=found.scenarios, mean=mean, high=high, most=most)
    tables = [
        (say("reports.scenario_days"), "forecasts.day", days),
        (say("reports.scenario_centers"), "plans.center", names),
    ]
    return {"line": line, "tables": tables}


def _figures(facts: Facts, result: Result | None) -> list[tuple[str, str, str]]:
    """The large figures, each with its label and a note: seats filled, minimums, people at work,
    and how much better can be.
    """
    say, overall, found = facts.say, facts.equity.overall, facts.fairness
    both = Seats.sum([overall.people, overall.skilled])
    figures = []
    for name, seats in (("people", overall.people), ("skilled", overall.skilled)):
        if seats.target:
            note = say("reports.seats_of", filled=seats.filled, n=seats.target)
            figures.append((say(f"reports.filled_{name}"), say.percent(seats.share), note))
    if both.minimum:
        note = say("reports.minimums_of", filled=both.minimum_filled, n=both.minimum)
        share = say.percent(both.minimum_filled / both.minimum)
        figures.append((say("reports.minimums"), share, note))
    working = say.number(sum(1 for person in found.people if person.shifts))
    note = say("reports.offered", n=len(found.offering))
    figures.append((say("reports.working"), working, note))
    gap = None if result is None or facts.public else result.total.gap
    if gap is not None and gap < 1:
        better = say.percent(gap, up=True)
        figures.append((say("reports.better"), better, say("reports.better_proven")))
    return figures


def sentences_of(facts: Facts, score: Score, result: Result | None) -> list[str]:
    """The summary: whether it can be worked, what it costs, what is proven, who will come.

    Costs and proofs are for those who plan: a public report has neither.
    """
    say, equity = facts.say, facts.equity
    lines = [say("plans.feasible")] if score.is_feasible else []
    if facts.public:
        poor = None if result is None else result.poor
        lines = lines if poor is None else [poor.message.said(facts.lang), *lines]
    elif result is None:
        lines += [say("reports.total", cost=score.total), say("reports.no_result")]
    else:
        first = headline(result, facts.lang)
        lines = lines + first if result.poor is None else first + lines
    empty = [c for c in equity.centers if c.both.filled < c.both.target]
    if empty:
        seats = sum(c.both.target - c.both.filled for c in empty)
        worst = tuple(c.name for c in empty[:3])
        lines.append(say("reports.empty", n=seats, centers=len(empty), worst=worst))
    elif equity.overall.people.target or equity.overall.skilled.target:
        lines.append(say("plans.no_empty_seats"))
    elif not facts.is_asking:
        lines.append(say("reports.not_asking"))
    lines += attendance_lines(attendance_of(facts.case), say)
    return lines if facts.public else [*lines, *spending_lines(spending_of(facts.case), say)]


def _problems(facts: Facts, score: Score) -> list[str]:
    """Broken hard rules as sentences; in a public report only how often each is broken."""
    say = facts.say
    if facts.public:
        counts = Counter(found.rule.rule for found in score.broken)
        return [f"{rule_name(rule, facts.lang)}: {say.number(n)}" for rule, n in counts.items()]
    lines = [finding(found, facts.names) for found in score.broken[:_FINDINGS]]
    more = len(score.broken) - len(lines)
    return [*lines, say("form.more", n=more)] if more else lines


def _explained(
    facts: Facts, most: int, seconds: float
) -> tuple[list[tuple[str, str, str, str, list[str]]], int]:
    """The requirements that lack most, explained: the first in any case, others while there is
    time; and how many more there are.

    Center, time, people there of people wanted, minimum, and why the seats are empty.
    """
    end, names, needs = time.monotonic() + seconds, facts.names, lacking(facts.case)
    if not needs:
        return [], 0
    found: list[tuple[str, str, str, str, list[str]]] = []
    candidates = Candidates(facts.problem, facts.roster)
    for need in needs[:most]:
        if found and time.monotonic() > end:
            break
        why = seat_reasons(candidates, need)
        shift = facts.problem.shift_by_id.get(need.shift_id or "")
        hours = "" if shift is None else names.time(shift.start, shift.end)
        where = names.center(facts.problem.center_of(need)), hours
        seats = names.wanted(need, why.filled), facts.say.number(need.minimum)
        reasons = seat_lines(why, facts.lang, named=not facts.public)[1:]
        found.append((*where, *seats, reasons))
    return found, len(needs) - len(found)
