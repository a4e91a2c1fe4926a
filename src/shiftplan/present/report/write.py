"""The report as one HTML file: everything is inside it.

(`Problem`, `Roster`, perhaps `Result`) -> `Content` -> template with style, script and data ->
file.
"""

from __future__ import annotations

import os
from pathlib import Path

from shiftplan.files.whole import write_texts
from shiftplan.options import check_options, lang_option, number_option, whole_option
from shiftplan.present.report.content import Content
from shiftplan.present.report.coverage import areas_of, grid_of
from shiftplan.present.report.facts import Facts
from shiftplan.present.report.loads import loads_of
from shiftplan.present.report.map_of_centers import map_of
from shiftplan.present.report.overview import figures_of, problems_of, sentences_of, title_of
from shiftplan.present.report.page import rendered
from shiftplan.present.report.roster_data import as_json, data_of
from shiftplan.present.report.shortages import shortages_of
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.outcome import require_same
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

_SHORTAGES, _SECONDS = 20, 5.0
_TEMPLATES = ("template.html.j2", "pictures.html.j2", "rosters.html.j2")


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
        Any roster; what it breaks is told, unknown ids are not shown.
    path
        The file, which is replaced whole.
    result
        What the solve that made the roster has proven; None leaves the bound out.
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
    content = content_of(
        problem,
        roster,
        result=result,
        lang=lang,
        public=public,
        shortages=shortages,
        time_limit=time_limit,
    )
    data = as_json(content.data)
    page = rendered("shiftplan.present.report", _TEMPLATES, lang, page=content, data=data)
    write_texts({Path(path): page})


def content_of(
    problem: Problem,
    roster: Roster,
    *,
    result: Result | None = None,
    lang: Lang = "en",
    public: bool = False,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
) -> Content:
    """Everything that the report on a roster shows; parameters as of `write_report`."""
    check_options(
        whole_option("shortages", shortages, 0),
        number_option("time_limit", time_limit, lambda x: x >= 0, "seconds from 0 on"),
        lang_option(lang),
    )
    facts = Facts(problem, roster, lang, public=public)
    score = check(problem, roster)
    if result is not None:
        require_same(result, problem, score, Path("result.json"))
    title, subtitle = title_of(facts)
    return Content(
        title=title,
        subtitle=subtitle,
        is_public=public,
        figures=figures_of(facts, result),
        sentences=sentences_of(facts, score, result),
        problems=problems_of(facts, score),
        map=map_of(facts) if facts.is_asking else None,
        grid=grid_of(facts) if facts.is_asking else None,
        areas=areas_of(facts),
        loads=loads_of(facts),
        shortages=shortages_of(facts, shortages, time_limit),
        data=data_of(facts),
    )
