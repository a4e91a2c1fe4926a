"""The part of a week that the leader of a team fills in: its people, and when each can come.

(`Problem`, center) -> a workbook, which `gather` reads back; `Problem` -> the tables of all teams.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from shiftplan.errors.message import Message
from shiftplan.files.headings import GRID, Say, heading, is_example, is_own, sheet_title
from shiftplan.files.layout import TABLES
from shiftplan.files.own_columns import refuse_titles
from shiftplan.files.sheet import Tables, refuse_ids, refuse_totals
from shiftplan.files.week import week_tables
from shiftplan.files.workbook import style
from shiftplan.files.workbook.of_kind import of_kind
from shiftplan.files.workbook.writing import (
    Session,
    fill_grid,
    fill_table,
    sessions_of,
    split,
)
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon
from shiftplan.week.kinds import kind_of
from shiftplan.week.records import Center

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_OF_TEAM = ("volunteers", "availability", "stand_by", "grants")
_KEPT = ("horizon", "skills")
_SPARE = 20
"""Blank rows in a grid for people who join."""
_STEPS = 4
_EVER = dt.datetime.min
"""Where those who stand by all the time are among the others."""


def team_problem(problem: Problem, center_id: str | None, *, blank: bool = False) -> Problem:
    """The people of one center, or those of none for None; of the week little more than its dates.

    It is unchecked, and only good for its tables of people and their times.
    `blank`: without their times.
    """
    known = problem.center_by_id
    people = tuple(
        v
        for v in problem.volunteers
        if (v.home_center_id if v.home_center_id in known else None) == center_id
    )
    order = {v.volunteer_id: i for i, v in enumerate(people)}
    windows = [w for w in problem.availability if w.volunteer_id in order and not blank]
    windows.sort(key=lambda w: (order[w.volunteer_id], w.start, w.end))
    on_call = [row for row in problem.stand_by if row.volunteer_id in order and not blank]
    on_call.sort(key=lambda row: (order[row.volunteer_id], row.start or _EVER, row.end or _EVER))
    times = {"availability": tuple(windows), "stand_by": tuple(on_call)}
    none = {name: () for name in TABLES if name in Problem.model_fields and name not in _KEPT}
    return problem.model_copy(update=none | {"volunteers": people, **times, "rules": ()})


def refuse_unreadable(problem: Problem) -> None:
    """Raise an InputError for ids and titles that could not be read back from workbooks."""
    tables = week_tables(problem)
    refuse_ids(tables, Message("workbook.like_an_example"), is_example, is_own)
    refuse_totals(tables)
    refuse_titles(problem)


def common_tables(problem: Problem, *, blank: bool = False) -> Tables:
    """Tables that all teams share, those without rows left out, and people of no center."""
    without = dict.fromkeys(("volunteers", "availability", "stand_by"), ())
    tables = week_tables(problem.model_copy(update=without))
    own = week_tables(team_problem(problem, None, blank=blank))
    tables |= {name: own[name] for name in _OF_TEAM}
    return {name: table for name, table in tables.items() if table[1]}


def sessions_for(problem: Problem, *, blank: bool = False) -> list[Session]:
    """Columns of the grids of all teams, as of the week's own; none where they do not fit.

    If the grids are `blank`, windows that do not fit are no reason to have none.
    """
    found = sessions_of(problem)
    if found or not blank:
        return found
    return sessions_of(problem.model_copy(update={"availability": ()}))


def columns_of_people(problem: Problem) -> tuple[str, ...]:
    """Columns of the lists of all teams: of the week, and phones, also without people."""
    return (*week_tables(problem)["volunteers"][0], "phone")


def team_book(
    team: Problem, center: Center, sessions: Sequence[Session], columns: Collection[str], say: Say
) -> Workbook:
    """Make the workbook of a team, whose people alone `team` holds; `columns`: those of its list.

    A page says what to do. Windows stand in the grid where that keeps them, otherwise in their
    table.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    _fill_steps(first, center, team.horizon, say)
    ids = [v.volunteer_id for v in team.volunteers]
    kept, marks = split(ids, team, sessions, say)
    kind = kind_of(team.horizon.kind)
    whole = team.model_copy(update=kept)
    tables = of_kind(week_tables(whole, whole=("volunteers",)), kind)
    header, rows = tables["volunteers"]
    places = [place for place, name in enumerate(header) if name in columns]
    shown = [header[p] for p in places], [[row[p] for p in places] for row in rows]
    tables = {**tables, "volunteers": shown}
    person = {"volunteer_id": f"{center.center_id}-1", "home_center_id": center.center_id}
    example = {"skill_id": team.horizon.mentor_skill, **kind.row, **person}
    names = ["volunteers", GRID if sessions else "availability"]
    names += [table for table in _OF_TEAM if tables[table][1] and table not in names]
    for table in names:
        sheet = book.create_sheet(sheet_title(table, say))
        sheet.sheet_properties.tabColor = style.DARK
        if table == GRID:
            fill_grid(sheet, team, sessions, marks, person["volunteer_id"], say, spare=_SPARE)
        else:
            fill_table(sheet, table, tables, example, say, right=("home_center_id",))
    return book


def _fill_steps(sheet: Worksheet, center: Center, horizon: Horizon, say: Say) -> None:
    """Write whose workbook it is, and how it is filled in."""
    name, dates = center.name or center.center_id, horizon.dates
    sheet.title = sheet_title("help", say)
    sheet.sheet_properties.tabColor = style.DARK
    sheet.sheet_view.showGridLines = False
    style.widths(sheet, [120])
    title = say(Message("teams.title", name=name, first=dates[0], last=dates[-1]))
    style.put(sheet["A1"], title, font=style.TITLE)
    facts = {"id": center.center_id, "people": sheet_title("volunteers", say)}
    facts |= {"grid": sheet_title(GRID, say), "home": heading("volunteers", "home_center_id", say)}
    for step in range(1, _STEPS + 1):
        text = f"{step}.  {say(Message(f'teams.step_{step}', **facts))}"
        looks = {"font": style.PLAIN, "alignment": style.MIDDLE_LEFT}
        style.put(sheet.cell(step + 2, 1), text, **looks)
        sheet.row_dimensions[step + 2].height = 34
    style.for_print(sheet, rows=_STEPS + 2, columns=1, footer=say(Message("view.page")))
    sheet.print_title_rows = None
