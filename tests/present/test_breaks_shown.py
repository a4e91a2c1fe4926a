"""Breaks of people stand in the roster, the workbooks, the report, messages and calendars."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from browsing import needs_browser, open_browser

from shiftplan import Center, Problem, Roster, read_roster, write_report
from shiftplan.analysis import break_times
from shiftplan.files import write_roster
from shiftplan.present import calendars, messages, write_roster_workbook, write_team_rosters
from shiftplan.present.report.facts import Facts, data_of
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.owner import Owner
from shiftplan.week.shift_types import Break

ANA = Owner("volunteer", "ana")
HOME = Owner("center", "home")
BOTH = parse("ana M .\nbob M .")
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def week(*breaks: Break, people: str = "ana bob eva") -> Problem:
    """A morning from 7 to 11; breaks at 9:00 and 9:30 where none are given."""
    usual = (Break(minutes=30, earliest=120, latest=150, step=30),)
    centers = (Center(center_id="home", name="Home"),)
    return plan("MA", people, centers=centers, breaks=breaks or usual)


def own(problem: Problem, roster: Roster, who: str) -> str:
    """When somebody is on a break on the first morning."""
    ((start, end),) = break_times(problem, roster)["M0", who]
    return f"{start:%H:%M}–{end:%H:%M}"


def test_a_fixed_break_stands_in_a_message() -> None:
    """In English and in Vietnamese, after the team mates."""
    problem = week(Break(minutes=15, earliest=60, latest=60))

    english, vietnamese = (messages(problem, BOTH, lang=lang)[ANA] for lang in ("en", "vi"))

    assert "- Mon 07 Dec, morning (07:00–11:00), Home, with bob; break 08:00–08:15\n" in english
    assert "(07:00–11:00), Home, cùng bob; nghỉ giữa ca 08:00–08:15\n" in vietnamese


def test_a_center_reads_who_is_away_when() -> None:
    """In order of time, those who go together after one time."""
    problem, team = week(), parse("ana M\nbob M\neva M")
    times = {who: own(problem, team, who) for who in ("ana", "bob", "eva")}
    away = {
        time: ", ".join(who for who in times if times[who] == time)
        for time in ("09:00–09:30", "09:30–10:00")
    }

    line = messages(problem, team)[HOME].splitlines()[1]

    told = "; ".join(f"{time} {names}" for time, names in away.items())
    assert line == f"- Mon 07 Dec, morning (07:00–11:00): ana, bob, eva; breaks: {told}"


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_roster_with_breaks_is_read_back(tmp_path: Path, suffix: str) -> None:
    """The column is for people: reading ignores it, and says nothing about it."""
    problem, file, notes = week(), tmp_path / f"roster{suffix}", list[Any]()

    write_roster(problem, BOTH, file)

    assert read_roster(file, of=problem, on_note=notes.append) == BOTH
    assert notes == []


def test_a_roster_has_breaks_where_the_week_has(tmp_path: Path) -> None:
    """The last column is theirs; without breaks there is none."""
    rows = {}
    for name, problem in (("with", week()), ("without", plan("MA", "ana bob"))):
        write_roster(problem, BOTH, tmp_path / f"{name}.csv")
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")
        rows[name] = [line.split(",") for line in text.splitlines()]

    assert [row[-1] for row in rows["with"]] == [
        "breaks",
        *(own(week(), BOTH, who).replace("–", "-") for who in ("ana", "bob")),
    ]
    assert rows["without"][0][-1] == "skills"


def test_breaks_stand_in_the_workbooks(tmp_path: Path) -> None:
    """Beside names by center, and below the center by person; in those of teams too."""
    problem = week()
    write_roster_workbook(problem, BOTH, tmp_path / "roster.xlsx")
    (team,) = write_team_rosters(problem, BOTH, tmp_path, lang="vi")

    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    for_team = openpyxl.load_workbook(team)

    ana, bob = (own(problem, BOTH, who) for who in ("ana", "bob"))
    assert book.worksheets[0]["C4"].value == f"ana (break {ana})\nbob (break {bob})"
    assert book.worksheets[1]["E4"].value == f"07:00–11:00\nHome\nbreak {ana}"
    assert for_team.worksheets[0]["C4"].value == f"ana (nghỉ {ana})\nbob (nghỉ {bob})"
    assert for_team.worksheets[2]["E4"].value.endswith(f"Home (nghỉ {ana})")


def test_a_calendar_has_the_breaks_in_its_description() -> None:
    """A person's own, and those of everybody at a center."""
    problem = week()

    files = calendars(problem, BOTH, now=NOW).files

    texts = {who: files[who].decode().replace("\r\n ", "") for who in (ANA, HOME)}
    assert f"Break: {own(problem, BOTH, 'ana')}\\n" in texts[ANA]
    assert f"\\nana (break {own(problem, BOTH, 'ana')})\\n" in texts[HOME]


def test_a_changed_break_alone_is_no_news() -> None:
    """Somebody else leaves: who only goes on a break at another time gets no message for that.

    The calendar is a new version, and the center reads the breaks of the shift anew.
    """
    problem, everybody = week(people="ana bob eva dan"), ("ana", "bob", "dan", "eva")
    before = parse("\n".join(f"{who} M" for who in everybody))
    who, after = next(
        (who, later)
        for gone in everybody
        for later in [parse("\n".join(f"{who} M" for who in everybody if who != gone))]
        for who in everybody
        if who != gone and own(problem, before, who) != own(problem, later, who)
    )

    told = messages(problem, after, before=before)
    made = calendars(problem, after, before=before, now=NOW)

    *_, line = told[HOME].splitlines()
    assert Owner("volunteer", who) not in told
    assert b"SEQUENCE:1\r\n" in made.files[Owner("volunteer", who)]
    assert line.startswith("- Mon 07 Dec, morning (07:00–11:00): breaks: 09:00–09:30 ")
    together = re.search(rf"{own(problem, after, who)} ([^;]*)", line)
    assert together is not None
    assert who in together[1].split(", ")


def test_the_report_has_breaks_and_the_public_one_none() -> None:
    """Beside the people of each shift; a public report names nobody."""
    problem = week()

    rows = [
        data_of(Facts(problem, BOTH, "en", public=public))["shifts"] for public in (False, True)
    ]

    named, public = (next(row for row in found if row["n"]) for found in rows)
    assert named["r"] == [f"break {own(problem, BOTH, who)}" for who in ("ana", "bob")]
    assert "r" not in public


@needs_browser
def test_the_page_shows_breaks_by_center_and_by_person(tmp_path: Path) -> None:
    """After the name in a team, and after the center of a person's shift."""
    problem = week()
    write_report(problem, BOTH, tmp_path / "report.html")
    browser = open_browser(tmp_path / "profile")
    try:
        browser.get((tmp_path / "report.html").as_uri())
        team = browser.find_element("css selector", "#centers-table ul.team").text
        theirs = browser.find_element("css selector", "#people-table td.theirs").text
        assert browser.get_log("browser") == []
    finally:
        browser.quit()

    ana, bob = (own(problem, BOTH, who) for who in ("ana", "bob"))
    assert team.splitlines() == [f"ana break {ana}", f"bob break {bob}"]
    assert theirs == f"Mon 07 Dec 07:00–11:00 Home break {ana}"
