"""Which weeks a folder holds, and how people name them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import TINY, write_texts
from hypothesis import given
from hypothesis import strategies as st
from nation import FIRST, SECOND, write_root

from shiftplan.batch.asked import choose_weeks, named_weeks
from shiftplan.batch.places import ProvinceWeek, find_weeks
from shiftplan.errors import InputError

MONDAYS = [FIRST + dt.timedelta(weeks=n) for n in range(6)]
THERE = [*MONDAYS[:4], *MONDAYS[:4]]


def codes(error: InputError) -> list[tuple[str, str, str]]:
    return [(fault.code, fault.column, fault.value) for fault in error.faults]


def test_folders_are_provinces_and_dates(tmp_path: Path) -> None:
    """Weeks are folders, workbooks or JSON files named by their first date; others are left."""
    write_root(tmp_path, ["Đồng Tháp", "An Giang"], [SECOND, FIRST])
    (tmp_path / "An Giang" / "2026-12-21.xlsx").write_bytes(b"")
    (tmp_path / "An Giang" / "2026-12-28.json").write_bytes(b"")
    for other in ("ledger.json", "notes.xlsx", ".hidden", "~$lock"):
        (tmp_path / "An Giang" / other).write_bytes(b"")
    (tmp_path / "read me.txt").write_text("no province", encoding="utf-8")

    found = find_weeks(tmp_path)

    assert [place.name for place in found] == [
        "An Giang/2026-12-07",
        "An Giang/2026-12-14",
        "An Giang/2026-12-21",
        "An Giang/2026-12-28",
        "Đồng Tháp/2026-12-07",
        "Đồng Tháp/2026-12-14",
    ]
    assert found[1].attendance == tmp_path / "An Giang/2026-12-14/attendance.csv"
    assert found[2].attendance == tmp_path / "An Giang/2026-12-21.attendance.csv"


def test_a_table_may_name_the_weeks(tmp_path: Path) -> None:
    """Paths are as seen from ROOT; folders that the table does not name are not planned."""
    week = tmp_path / "data" / "ag one"
    week.mkdir(parents=True)
    write_texts(week, TINY)
    (tmp_path / "batch.csv").write_text(
        "province,week,path\nAn Giang,2026-12-07,data/ag one\n", encoding="utf-8"
    )

    assert find_weeks(tmp_path) == [ProvinceWeek("An Giang", FIRST, week)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("../up,2026-12-07,data", ("invalid_value", "province", "../up")),
        ("Index.html,2026-12-07,data", ("invalid_value", "province", "Index.html")),
        (".hidden,2026-12-07,data", ("invalid_value", "province", ".hidden")),
        (f"{'đ' * 101},2026-12-07,data", ("invalid_value", "province", "đ" * 101)),
        ("A,7/12/2026,data", ("not_a_date", "week", "7/12/2026")),
        ("A,20261207,data", ("not_a_date", "week", "20261207")),
        ("A,2026-02-30,data", ("not_a_date", "week", "2026-02-30")),
        ("A,2026-12-07,nowhere", ("missing_file", "path", "nowhere")),
        ("A,2026-12-07,", ("missing_file", "path", "")),
        ("B,2026-12-14,data", ("duplicate_id", "week", "B/2026-12-14")),
        ("b,2026-12-07,data", ("duplicate_id", "province", "b")),
    ],
)
def test_a_bad_row_is_a_fault(tmp_path: Path, row: str, fault: tuple[str, str, str]) -> None:
    """Names that are no folder, dates, paths, and weeks or provinces that stand twice."""
    (tmp_path / "data").mkdir()
    (tmp_path / "batch.csv").write_text(
        f"province,week,path\nB,2026-12-14,data\n{row}\n", encoding="utf-8"
    )

    with pytest.raises(InputError) as error:
        find_weeks(tmp_path)

    assert codes(error.value) == [fault]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("A/7-12-2026", ("not_a_date", "", "A/7-12-2026")),
        ("summary.csv/2026-12-07", ("invalid_value", "province", "summary.csv")),
        ("A\n/2026-12-07", ("invalid_value", "province", "A\n")),
    ],
)
def test_a_bad_folder_is_a_fault(tmp_path: Path, name: str, fault: tuple[str, str, str]) -> None:
    """A folder that is no date, or a province that cannot be one."""
    (tmp_path / name).mkdir(parents=True)

    with pytest.raises(InputError) as error:
        find_weeks(tmp_path)

    assert codes(error.value) == [fault]


def test_nothing_to_plan_is_a_fault(tmp_path: Path) -> None:
    """A folder without weeks, one that is not there, and dates that nobody has."""
    with pytest.raises(InputError, match="holds no planning week"):
        find_weeks(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        find_weeks(tmp_path / "nowhere")
    (tmp_path / "weeks.csv").write_text("week\n", encoding="utf-8")
    with pytest.raises(InputError, match="this is a file; give the folder that holds the weeks"):
        find_weeks(tmp_path / "weeks.csv")
    write_root(tmp_path, ["A"], [FIRST])
    with pytest.raises(InputError) as error:
        choose_weeks(find_weeks(tmp_path), [SECOND])
    assert codes(error.value) == [("unknown_id", "weeks", "2026-12-14")]


def test_a_date_without_a_week_is_told_the_nearest_one(tmp_path: Path) -> None:
    """A day beside a Monday is taken for that Monday, not for the last one."""
    write_root(tmp_path, ["A"], [FIRST, SECOND])

    with pytest.raises(InputError, match="Did you mean 2026-12-07"):
        choose_weeks(find_weeks(tmp_path), [FIRST + dt.timedelta(days=2)])


def test_no_date_chooses_no_week(tmp_path: Path) -> None:
    """Who asks for no week gets none, and nothing of what is no week either."""
    write_root(tmp_path, ["A"], [FIRST])
    (tmp_path / "A" / "7-12").mkdir()

    assert choose_weeks(find_weeks(tmp_path), []) == []


def test_what_is_no_week_is_among_the_last_that_are_chosen(tmp_path: Path) -> None:
    """Whatever is asked for, it is told beside the newest of it."""
    write_root(tmp_path, ["A"], [FIRST, SECOND])
    (tmp_path / "A" / "7-12").mkdir()

    every = find_weeks(tmp_path)
    chosen = choose_weeks(every, [FIRST])

    assert [(p.label, p.week) for p in every if p.fault] == [("7-12", SECOND)]
    assert [(p.label, p.week) for p in chosen] == [(str(FIRST), FIRST), ("7-12", FIRST)]


@pytest.mark.parametrize(
    ("texts", "weeks"),
    [
        (["2026-12-07"], MONDAYS[:1]),
        (["2026-12-14, 2026-12-07"], MONDAYS[:2]),
        (["2026-12-07", "2026-12-21"], [MONDAYS[0], MONDAYS[2]]),
        (["2026-12-08..2026-12-21"], MONDAYS[1:3]),
        (["2026-12-07..2026-12-07,2026-12-07"], MONDAYS[:1]),
        (["2026-12-14..2027-12-31"], MONDAYS[1:4]),
        (["2030-01-07"], [dt.date(2030, 1, 7)]),
    ],
)
def test_weeks_are_named_by_dates_and_ranges(texts: list[str], weeks: list[dt.date]) -> None:
    """Several in any order; a range holds the weeks that are there, both ends included."""
    assert named_weeks(texts, THERE) == weeks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("next week", "not_a_date"),
        ("", "not_a_date"),
        ("2026-12-07,", "not_a_date"),
        ("2026-12-07..", "not_a_date"),
        ("..2026-12-07", "not_a_date"),
        ("2026-12-07...2026-12-14", "not_a_date"),
        ("2026-12-14..2026-12-07", "reversed_interval"),
        ("2026-12-08..2026-12-13", "unknown_id"),
    ],
)
def test_what_names_no_week_is_a_fault(text: str, code: str) -> None:
    """No date, a range that is turned round, or one that holds no week."""
    with pytest.raises(InputError) as error:
        named_weeks([text], THERE)

    assert [fault.code for fault in error.value.faults] == [code]


@given(st.text())
def test_any_text_is_dates_or_a_fault(text: str) -> None:
    """Whatever is typed, there is no other error."""
    try:
        found = named_weeks([text], THERE)
    except InputError:
        return
    assert found
