"""Alternative and optional shifts that are not held: what people and centers read of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from shiftplan import Roster
from shiftplan.analysis import reserves
from shiftplan.case.case import Case
from shiftplan.present import messages, write_team_rosters
from shiftplan.present.charts import draw_coverage
from shiftplan.present.coverage import columns_of
from shiftplan.present.report.facts import Facts, data_of
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.record.status import status_of
from shiftplan.scoring.equity import equity_of
from shiftplan.testing.pictures import plan, shift
from shiftplan.week.owner import Owner

HOME = Owner("center", "home")
BOTH_DAYS = {"center_id": "home", "shifts": "morning", "target": 3}
TUESDAY = Roster.of([("M1", "ana")])


def week(*more: dict[str, Any], **fields: Any) -> Problem:
    """A talk on Monday or Tuesday for two people, and a fair in the afternoon if two come."""
    shifts = (
        shift("M", 0, alternative="talk"),
        shift("M", 1, alternative="talk"),
        shift("A", 1, optional=True),
    )
    needs = [{"shift_id": s.shift_id, "minimum": 1, "target": 2} for s in shifts]
    values = {"shifts": shifts, "requirements": [*needs, *more], "rules": (), **fields}
    return plan("MA", "ana bob", 2, **values)


def test_a_center_reads_only_what_is_held() -> None:
    """Nobody waits for two people on Monday, nor for those of the fair."""
    text = messages(week(), TUESDAY)[HOME]

    assert text.splitlines()[1:] == [
        "- Tue 08 Dec, morning (07:00–11:00): ana (still missing: 1)",
    ]


def test_who_worked_a_shift_that_is_not_held_any_more_reads_that_it_is_cancelled() -> None:
    """Also where the mornings of both days are asked for together."""
    before = Roster.of([("M0", "bob")])

    found = messages(week(BOTH_DAYS), TUESDAY, before=before)

    assert (
        "- Cancelled: Mon 07 Dec, morning (07:00–11:00), home"
        in found[Owner("volunteer", "bob")].splitlines()
    )


def test_the_workbook_of_a_center_leaves_them_out(tmp_path: Path) -> None:
    """It is written, and shows Tuesday's talk only."""
    (file, *_) = write_team_rosters(week(), TUESDAY, tmp_path)

    sheet = load_workbook(file).worksheets[0]
    _, *rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3))
    assert [(row[1], row[2]) for row in rows] == [("07:00–11:00", "·")]
    assert "ana" in rows[0][3]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_report_shows_what_several_shifts_lack_at_one_that_is_held(lang: Any) -> None:
    """Three are wanted on both mornings: the one on Tuesday is there, and two are missing."""
    (row,) = data_of(Facts(week(BOTH_DAYS), TUESDAY, lang, public=False))["shifts"]

    assert row["e"] == 3  # one at the talk, two of both days


def alone() -> Problem:
    """The talk alone, for which only both mornings together ask."""
    talks = tuple(s for s in week().shifts if s.alternative)
    return week(shifts=talks, requirements=(BOTH_DAYS,))


def test_a_picture_has_a_column_where_several_shifts_ask_at_one_that_is_held() -> None:
    """Monday's talk is not held: what both days ask for stands on Tuesday."""
    case = Case(alone(), TUESDAY)

    assert [column.shift_ids for column in columns_of(case, Words("en"))] == [frozenset(["M1"])]
    assert draw_coverage(alone(), TUESDAY) is not None


def test_hours_of_equity_are_those_of_the_shift_that_is_held() -> None:
    """Twelve hours are forecast for Tuesday only; one of three people comes to its talk."""
    problem = alone()
    talk = problem.shifts[1]
    rows = {"services": [{"service_id": "tax", "minutes_per_citizen": 60}]}
    rows["demand"] = [
        {"center_id": "home", "service_id": "tax", "arrivals": 12}
        | {"start": talk.start, "end": talk.end}
    ]
    problem = week(shifts=problem.shifts, requirements=(BOTH_DAYS,), **rows)

    found = equity_of(Case(problem, TUESDAY)).overall.both

    assert (found.hours, found.hours_filled) == (12, 4)


def test_nobody_stands_by_for_them() -> None:
    """Bob could open the fair if one were enough, but nobody is called to it."""
    problem = week()
    needs = tuple(n.model_copy(update={"minimum": 0}) for n in problem.requirements)

    found = reserves(problem.model_copy(update={"requirements": needs}), TUESDAY)

    assert [(row.shift_id, row.volunteer_id) for row in found] == [("M1", "bob")]


def test_what_several_shifts_lack_is_asked_for_at_one_that_is_held() -> None:
    """Whoever is called comes on Tuesday: on Monday there is no talk."""
    live = LiveWeek(week(BOTH_DAYS), who="test")
    live.publish(live.draft(TUESDAY).number, even_if_poor=True)

    found = status_of(live.now, live.entries, roster=live.roster_or_none)

    assert {seats.shown_at for seats in found.empty} == {"M1"}
    assert [(call.shift_id, call.volunteer_id) for call in found.calls] == [("M1", "bob")]
