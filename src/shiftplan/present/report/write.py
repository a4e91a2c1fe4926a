"""The report as one HTML file: everything is inside it.

(`Problem`, `Roster`, perhaps `Result`) -> content -> templates with style, script and data -> file.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, NamedTuple

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.explain import SeatReasons
from shiftplan.analysis.explain.seats import lacking, seat_reasons
from shiftplan.errors.allowed import AnySeconds, FromZero
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.drawings.coverage import load_bins, shift_bins
from shiftplan.present.drawings.map import map_of
from shiftplan.present.report.facts import Facts
from shiftplan.present.report.overview import (
    figures_of,
    problems_of,
    sentences_of,
    sharing_of,
    title_of,
)
from shiftplan.present.report.page import rendered
from shiftplan.present.report.roster_data import as_json, data_of
from shiftplan.present.result_file import require_same
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import step
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

_SHORTAGES, _SECONDS = 20, 5.0
_TEMPLATES = ("template.html.j2", "pictures.html.j2", "rosters.html.j2")


class ShortageRow(NamedTuple):
    """Empty seats of one requirement, and why they are empty."""

    center: str
    time: str
    seats: str
    """People there of people wanted, and whom the requirement counts."""
    minimum: str
    reasons: tuple[str, ...]


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

    Raises
    ------
    InputError
        The result is about another week or roster, an option is out of range, or the file cannot
        be written.
    MissingExtraError
        The package jinja2 is not installed.
    """
    check_options(
        ("shortages", shortages, FromZero),
        ("time_limit", time_limit, AnySeconds),
        lang_option(lang),
    )
    facts = Facts(problem, roster, lang, public=public)
    page = content_of(facts, result=result, shortages=shortages, time_limit=time_limit)
    data = as_json(page["data"])
    text = rendered(
        "shiftplan.present.report", _TEMPLATES, facts.say, page=page, step=step, data=data
    )
    write_texts({Path(path): text})


def content_of(
    facts: Facts,
    *,
    result: Result | None = None,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
) -> dict[str, Any]:
    """What the templates lay out, by name; parameters as of `write_report`, which checks them."""
    score, found = check(facts.problem, facts.roster), facts.fairness
    if result is not None:
        require_same(result, facts.problem, score, Path("result.json"))
    title, subtitle = title_of(facts)
    explained, more = _explained(facts, shortages, time_limit)
    data, is_asking = data_of(facts), facts.is_asking
    return {
        "title": title,
        "subtitle": subtitle,
        "is_public": facts.public,
        "is_first_week": not facts.problem.history,
        "has_homes": any(person["h"] >= 0 for person in data["people"]),
        "figures": figures_of(facts, result),
        "sentences": sentences_of(facts, score, result),
        "problems": problems_of(facts, score),
        "places": facts.center_place,
        "map": map_of(facts.problem, facts.equity.centers) if is_asking else None,
        "grid": facts.grid() if is_asking else None,
        "areas": facts.areas(),
        "sharing": sharing_of(facts),
        "bins": (shift_bins(found), load_bins(found)),
        "fairness": found,
        "shortages": explained,
        "more": more,
        "data": data,
    }


def _explained(facts: Facts, most: int, seconds: float) -> tuple[tuple[ShortageRow, ...], int]:
    """The requirements that lack most, explained: the first in any case, others while there is
    time; and how many more there are.
    """
    end = time.monotonic() + seconds
    needs = lacking(facts.case)
    if not needs:
        return (), 0
    candidates = Candidates(facts.problem, facts.roster)
    found: list[ShortageRow] = []
    for need in needs[:most]:
        if found and time.monotonic() > end:
            break
        found.append(_shortage(facts, seat_reasons(candidates, need)))
    return tuple(found), len(needs) - len(found)


def _shortage(facts: Facts, found: SeatReasons) -> ShortageRow:
    need, names = found.requirement, facts.names
    shift = facts.case.shifts[need.shift_id]
    _, *reasons = seat_lines(found, facts.lang, named=not facts.public)
    return ShortageRow(
        names.center(shift.center_id),
        names.time(shift.start, shift.end),
        names.wanted(need, found.filled),
        facts.say.number(need.minimum),
        tuple(reasons),
    )
