"""Work beside shifts in what people are handed: calendars, sheets and the report."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event
from openpyxl import load_workbook

from shiftplan import Problem, write_report
from shiftplan.present import calendars, write_roster_workbook
from shiftplan.present.handouts import Calendars, Owner
from shiftplan.present.sheets.teams import write_team_rosters
from shiftplan.testing.pictures import MONDAY, parse, plan

NOW = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime.combine(MONDAY, dt.time())
ANA, BOB = Owner("volunteer", "ana"), Owner("volunteer", "bob")


def row(first: float, last: float, **fields: Any) -> dict[str, Any]:
    """Work of ana between hours from Monday on."""
    times = {
        name: MIDNIGHT + dt.timedelta(hours=h) for name, h in (("start", first), ("end", last))
    }
    return {"volunteer_id": "ana", "is_work": True, **times, **fields}


MEETING = row(13, 15, what="Team meeting")
COURSE = row(48, 72, what="Course")
LEAVE = row(96, 120, what="Leave", is_work=False)


def week(*rows: dict[str, Any]) -> Problem:
    """A week of mornings; ana works on Monday and Tuesday, and is occupied."""
    return plan("M", "ana bob", 7, occupied=rows)


ROSTER = parse("ana M M . . . . .\nbob M . . . . . .")


def made(*rows: dict[str, Any], last: Calendars | None = None, lang: Any = "en") -> Calendars:
    """Calendars of the week, after the last ones if there were any."""
    kept = None if last is None else last.revisions
    return calendars(week(*rows), ROSTER, revisions=kept, now=NOW, lang=lang)


def others(found: Calendars, owner: Owner = ANA) -> list[Event]:
    """Events that are no shifts."""
    events = Calendar.from_ical(found.files[owner]).walk("VEVENT")
    return [event for event in events if "LOCATION" not in event]


def test_other_work_is_in_the_calendar_of_the_person() -> None:
    """A meeting has hours and blocks them, a whole day has none; leave is nobody's appointment."""
    found = made(COURSE, MEETING, LEAVE)

    meeting, course = others(found)
    assert (meeting["SUMMARY"], meeting["TRANSP"]) == ("Team meeting", "OPAQUE")
    assert (meeting.start.hour, meeting.end.hour) == (13, 15)
    assert (course.start, course.end) == (dt.date(2026, 12, 9), dt.date(2026, 12, 10))
    assert others(found, BOB) == []


@pytest.mark.parametrize(("lang", "said"), [("en", "other work"), ("vi", "việc khác")])
def test_work_without_a_name_has_one_in_the_calendar(lang: str, said: str) -> None:
    """In words of the language."""
    assert [e["SUMMARY"] for e in others(made(row(13, 15), lang=lang))] == [said]


def test_a_meeting_that_was_moved_is_cancelled_and_one_renamed_is_updated() -> None:
    """All later versions cancel the old time; another name raises the number."""
    first = made(MEETING, COURSE)
    second = made(row(13, 15, what="Talk"), row(72, 96, what="Course"), last=first)
    third = made(row(13, 15, what="Talk"), row(72, 96, what="Course"), last=second)

    talk, course, gone = others(second)
    assert (talk["SUMMARY"], talk["SEQUENCE"]) == ("Talk", 1)
    assert (course["STATUS"], course["SEQUENCE"]) == ("CONFIRMED", 0)
    assert (gone["STATUS"], gone["SUMMARY"]) == ("CANCELLED", "Cancelled: Course")
    assert gone["UID"] == others(first)[1]["UID"]
    assert second.files == third.files


def sheet_rows(path: Path, title: str) -> list[list[Any]]:
    """Rows of a sheet below its headings."""
    return [list(cells) for cells in load_workbook(path)[title].iter_rows(4, values_only=True)]


def test_the_sheet_of_people_names_other_work_below_their_shifts(tmp_path: Path) -> None:
    """On its date, with hours unless it lasts whole days; leave does not hang on the wall."""
    write_roster_workbook(week(MEETING, COURSE, LEAVE), ROSTER, tmp_path / "roster.xlsx")

    ana, bob = sheet_rows(tmp_path / "roster.xlsx", "By volunteer")
    assert ana[4] == "07:00–11:00\nhome\n13:00–15:00\nTeam meeting"
    assert ana[5:10] == ["07:00–11:00\nhome", "Course", None, None, None]
    assert bob[4:6] == ["07:00–11:00\nhome", None]


def test_months_keep_the_dates_of_other_work(tmp_path: Path) -> None:
    """Where dates on which nobody works are left out, a course is work."""
    problem = plan("M", "ana bob", 9, occupied=[COURSE])
    write_roster_workbook(problem, ROSTER, tmp_path / "roster.xlsx")

    (head,) = load_workbook(tmp_path / "roster.xlsx")["By volunteer"].iter_rows(3, 3)
    assert [cell.value for cell in head[4:]] == ["Mon 07 Dec", "Tue 08 Dec", "Wed 09 Dec"]


def test_the_sheet_of_a_team_lists_other_work_after_the_shifts(tmp_path: Path) -> None:
    """In the column that says when somebody works."""
    write_team_rosters(week(MEETING, COURSE), ROSTER, tmp_path)

    book = load_workbook(next(tmp_path.glob("*home*.xlsx")))
    cells = [c.value for sheet in book.worksheets for line in sheet.iter_rows(4) for c in line]
    assert (
        "Mon 07 Dec 07:00–11:00  home\nTue 08 Dec 07:00–11:00  home\n"
        "Mon 07 Dec 13:00–15:00: Team meeting\nWed 09 Dec: Course"
    ) in cells


def test_the_report_lists_other_work_of_each_person(tmp_path: Path) -> None:
    """Beside their shifts; a public report names nobody."""
    for public in (False, True):
        path = tmp_path / f"{public}.html"
        write_report(week(MEETING, COURSE, LEAVE), ROSTER, path, public=public)

    text = (tmp_path / "False.html").read_text("utf-8")
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.S)
    assert found is not None
    people = json.loads(found[1])["people"]
    said = ["Mon 07 Dec 13:00–15:00: Team meeting", "Wed 09 Dec: Course"]
    assert [person.get("b") for person in people] == [said, None]
    assert "Team meeting" not in (tmp_path / "True.html").read_text("utf-8")
