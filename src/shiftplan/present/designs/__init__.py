"""The page on designed shifts: what is needed and who is there, the shifts, why they are held.

`ShownDesign` -> content -> template -> one HTML file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shiftplan.citizens.shift_design.curve import moment
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.files.whole import write_texts
from shiftplan.present.designs.plots import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, DayPlot, plots_of
from shiftplan.present.designs.summary import ShownDesign, breaks_of
from shiftplan.present.designs.telling import (
    amount,
    clock,
    compared,
    headlines,
    why_lines,
    worst_time,
)
from shiftplan.present.naming import Names
from shiftplan.present.report.page import rendered

_TEMPLATES = ("page.html.j2",)


def write_design_page(
    shown: ShownDesign, names: Names, path: str | os.PathLike[str], *, most: int
) -> None:
    """Write the page on a design: one HTML file that needs no network and no other file.

    Parameters
    ----------
    shown
        The design.
    names
        Names of centers and skills, and the language.
    path
        The file, which is replaced whole.
    most
        Centers whose pictures are open at first: those where most is missing.

    Raises
    ------
    InputError
        The file cannot be written.
    MissingExtraError
        The package jinja2 is not installed.
    """
    sizes = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "bottom": BOTTOM}
    content: dict[str, Any] = {"page": content_of(shown, names, most), **sizes}
    write_texts({Path(path): rendered(__name__, _TEMPLATES, names.say, **content)})


def content_of(shown: ShownDesign, names: Names, most: int) -> dict[str, Any]:
    """What the template lays out, by name; parameters as of `write_design_page`."""
    say, dates = names.say, shown.found.problem.horizon.dates
    cost = shown.found.score.parts
    return {
        "title": say("designs.page_title", first=dates[0], last=dates[-1]),
        "sentences": headlines(shown, names),
        "compared": [*compared(shown, names)],
        "has_today": shown.today is not None,
        "parts": [(f"designs.part_{name}", say.number(cost[name])) for name in cost if cost[name]],
        "cost": say.number(shown.found.cost),
        "centers": [
            _center(shown, names, name, place < most) for place, name in enumerate(shown.by_center)
        ],
    }


def _center(shown: ShownDesign, names: Names, name: str, is_open: bool) -> dict[str, Any]:
    """A center: its figures, its pictures, its shifts, and why they are held."""
    say, own, today = names.say, shown.by_center[name], shown.today_by_center.get(name)
    cover = [one for one in shown.found.score.cover if one.center_id == name]
    return {
        "name": names.center(name),
        "is_open": is_open,
        "line": say(
            "designs.center_line", needed=own.needed, missing=own.missing, beyond=own.beyond
        ),
        "cells": [
            amount(value, names) for value in (own.needed, own.hours, own.missing, own.beyond)
        ],
        "times": say.number(own.times),
        "today": "–" if today is None else amount(today.missing, names),
        "worst": worst_time(shown, name, names),
        "curves": [
            (
                say.seat(curve.conditions) if curve.conditions else say("designs.heads"),
                [(plot, _alt(plot, names)) for plot in curve.days],
            )
            for curve in plots_of(shown.found.problem, cover)
        ],
        **_shifts(shown, names, [s for s in shown.found.shifts if s.center_id == name]),
        "whys": [why_lines(shown, why, names) for why in shown.whys if why.center_id == name],
    }


def _alt(plot: DayPlot, names: Names) -> str:
    """What a picture shows, for those who do not see it."""
    return names.say(
        "designs.plot_alt",
        day=plot.day,
        most=plot.most,
        missing=plot.hours_missing,
        beyond=plot.hours_beyond,
    )


def _shifts(shown: ShownDesign, names: Names, shifts: Sequence[DesignedShift]) -> dict[str, Any]:
    """The shifts of a center: a row for each time, a column for each date."""
    say, problem = names.say, shown.found.problem
    days = sorted({shift.day for shift in shifts})
    rows = []
    for time in sorted({shift.time for shift in shifts}):
        held = {shift.day: shift for shift in shifts if shift.time == time}
        cells = [_cell(held[day], shown, names) if day in held else None for day in days]
        hours = sum(shift.count for shift in held.values()) * time.length / 60
        rows.append((clock(time, names), cells, amount(hours, names)))
    dates = [problem.horizon.dates[day] for day in days]
    return {"days": [say.day(date) for date in dates], "rows": rows}


def _cell(shift: DesignedShift, shown: ShownDesign, names: Names) -> dict[str, Any]:
    """A shift: its people, those with skills, and its breaks."""
    say = names.say
    asked = {
        one.conditions
        for one in shown.found.score.cover
        if one.conditions and one.center_id == shift.center_id
    }
    skilled = ((kind, shift.who(kind)) for kind in sorted(asked))
    return {
        "id": shown.shift_id(shift),
        "people": say.number(shift.count),
        "skills": [f"{say.number(count)} {say.seat(kind)}" for kind, count in skilled if count],
        "breaks": [*_breaks(shift, shown, names)],
    }


def _breaks(shift: DesignedShift, shown: ShownDesign, names: Names) -> Iterator[str]:
    problem = shown.found.problem
    for start, end, people in breaks_of(shift):
        hours = names.hours(moment(problem, start), moment(problem, end))
        yield names.say("designs.break", hours=hours, n=people)
