"""What is wrong with a log: told at its place, limited in number, and left out of the counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import refused, told_at
from visit_logs import HEAD, MONDAY, found_kinds, lines, read, told, week, written

from shiftplan.errors import MOST_ALIKE, InputError
from shiftplan.files import read_visits

GOOD = [f"A1,2026-11-30 08:{i % 60:02d},flow" for i in range(1000)]


def listed(folder: Path, *rows: str) -> list[str]:
    """Faults of rows below a thousand good ones, in a log that is read all the same."""
    history = read(folder, lines([*GOOD, *rows]))
    assert len(told(history)) == len(GOOD)
    note = history.report["unread_rows"]
    assert note.count == len(rows)
    return told_at(note.faults)


CELLS = {
    "A1,yesterday,flow": "not_a_date|1002|arrived|yesterday",
    "A1,2026-11-30,flow": "not_a_date|1002|arrived|2026-11-30",
    "A1,2026-11-31 08:00,flow": "not_a_date|1002|arrived|2026-11-31",
    "A1,2026-11-30 25:00,flow": "not_a_date|1002|arrived|2026-11-30 25:00",
    "A1,,flow": "missing_value|1002|arrived",
    "A1,08:00,flow": "missing_value|1002|arrived",
    ",2026-11-30 08:00,flow": "missing_value|1002|center_id",
    "A1,2026-11-30 08:00,": "missing_value|1002|services",
    "A1,2026-11-30 08:00": "too_few_fields|1002",
    "A1,2026-11-30 08:00,flow,x": "too_many_fields|1002",
}


@pytest.mark.parametrize("row", CELLS)
def test_a_row_that_cannot_be_read(row: str, tmp_path: Path) -> None:
    """It is left out, and its fault says where it is."""
    assert listed(tmp_path, row) == [CELLS[row]]


def test_a_name_of_two_centers(tmp_path: Path) -> None:
    """None of them is chosen."""
    twins = [{"center_id": key, "name": "Hòa Bình"} for key in ("A1", "B2")]
    rows = [*GOOD, "Hòa Bình,2026-11-30 08:00,flow"]
    history = read(tmp_path, lines(rows), week(centers=twins))

    assert told_at(history.report["unread_rows"].faults) == [
        "ambiguous_name|1002|center_id|Hòa Bình"
    ]


def test_more_than_one_row_in_a_hundred_is_refused(tmp_path: Path) -> None:
    """10 of 1,010 rows are left out; 11 of 1,011 are a column that is not what it seems."""
    rows = ["A1,soon,flow"] * 10

    assert len(listed(tmp_path, *rows)) == 10
    assert len(refused(read, tmp_path, lines([*GOOD, *rows, rows[0]]))) == 11


def test_a_million_faults_are_a_thousand_and_a_number(tmp_path: Path) -> None:
    """All rows are wrong in one way; the last fault says how many more there are."""
    n = 3 * MOST_ALIKE
    faults = refused(read, tmp_path, lines(["A1,soon,flow"] * n))

    assert len(faults) == MOST_ALIKE
    assert faults[-1].more == n - MOST_ALIKE


def test_unclear_dates_are_refused(tmp_path: Path) -> None:
    """Where no row tells whether the day comes first, both ways to read it are said."""
    faults = refused(read, tmp_path, lines(["A1,3/11/2026 08:00,flow", "A1,4/11/2026 08:00,flow"]))

    assert {fault.code for fault in faults} == {"ambiguous_date"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty_file"),
        ("a,b\n1,2\n", "missing_column|1|arrived"),
        ("center_id,arrived\nA1,2026-11-30 08:00\n", "missing_column|1|services"),
        ("arrived,services\n2026-11-30 08:00,flow\n", "missing_column|1|center_id"),
        (HEAD + 'A1,"2026', "broken_quotes|2"),
        (HEAD, "no_effect"),
        (HEAD + "Z9,2026-11-30 08:00,flow\n", "no_effect"),
        (HEAD + "A1,2026-11-30 08:00,dance\n", "no_effect"),
        (HEAD + "A1,2027-11-30 08:00,flow\n", "no_effect"),
    ],
)
def test_a_log_that_is_none(text: str, fault: str, tmp_path: Path) -> None:
    """A header without its columns, and a log of which nothing is left."""
    assert told_at(refused(read, tmp_path, text)) == [fault]


def test_why_nothing_is_left(tmp_path: Path) -> None:
    """The remedy says what became of the visits."""
    (fault,) = refused(read, tmp_path, HEAD + "Z9,2026-11-30 08:00,flow\n")

    assert "its center is not in this week (Z9)" in str(fault.remedy)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    """It is the fault of every missing file."""
    (fault,) = refused(read_visits, tmp_path / "visits.csv", week())

    assert fault.code == "missing_file"


def test_what_the_week_does_not_have(tmp_path: Path) -> None:
    """Unknown centers and services are left out and named, the most frequent first."""
    rows = [
        "Z9,2026-11-30 08:00,flow",
        "Z9,2026-11-30 08:00,flow",
        "Y8,2026-11-30 08:00,flow",
        "A1,2026-11-30 08:00,flow dance",
        "A1,2026-11-30 08:00,Trà đá",
    ]
    history = read(tmp_path, lines(rows))
    report = history.report

    assert told(history) == [("A1", "2026-11-30 08:00", ("flow",))]
    assert (report["unknown_centers"].count, report["unknown_centers"].names) == (3, ("Z9", "Y8"))
    assert report["unknown_services"].count == 2
    assert set(report["unknown_services"].names) == {"dance", "Trà đá"}
    assert report["unknown_services"].centers == ("A1",)


def test_repeated_rows(tmp_path: Path) -> None:
    """A ticket is told twice only if minute and services are the same too."""
    head = "ticket,center_id,arrived,services\n"
    rows = [
        "A01,A1,2026-11-30 08:00,flow vneid",
        "A01,A1,2026-11-30 08:00,vneid flow",
        "A01,A1,2026-11-30 08:00,file",
        "A01,A1,2026-11-30 08:01,flow vneid",
        "A01,B2,2026-11-30 08:00,flow vneid",
        "A01,A1,2026-12-01 08:00,flow vneid",
        ",A1,2026-12-01 08:00,flow vneid",
        ",A1,2026-12-01 08:00,flow vneid",
    ]
    history = read(tmp_path, head + "".join(f"{row}\n" for row in rows))

    assert found_kinds(history.report)["repeated_rows"] == 1
    assert len(told(history)) == 7


def test_rows_of_one_visit(tmp_path: Path) -> None:
    """Rows with one id are steps of a visit, on one date at one center; repeated ones go."""
    head = "visit_id,center_id,arrived,services\n"
    rows = [
        "V1,A1,2026-11-30 08:09,vneid",
        "V1,A1,2026-11-30 08:00,flow",
        "V1,A1,2026-11-30 08:00,flow",
        "V1,B2,2026-11-30 08:00,flow",
        "V2,A1,2026-11-30 08:00,flow",
    ]
    history = read(tmp_path, head + "".join(f"{row}\n" for row in rows))

    assert told(history) == [
        ("A1", "2026-11-30 08:00", ("flow", "vneid")),
        ("A1", "2026-11-30 08:00", ("flow",)),
        ("B2", "2026-11-30 08:00", ("flow",)),
    ]
    assert found_kinds(history.report) == {"repeated_rows": 1, "joined_rows": 1}


HELP = {
    "08:05,08:15": (5, 15),
    ",08:15": (None, 15),
    "08:05,": (5, None),
    "08:15,08:05": (None, None),
    "07:50,08:05": (None, None),
    "07:59:30,08:05": (-0.5, 5),
    "08:05,20:30": (None, None),
    "soon,08:05": (None, None),
}
"""Start and end of help after an arrival at 8:00 -> minutes from then on; None for unknown."""


@pytest.mark.parametrize("text", HELP)
def test_times_of_help(text: str, tmp_path: Path) -> None:
    """Help before the arrival, that ends before it begins, or takes 12 hours has no times."""
    history = read(
        tmp_path, f"center_id,arrived,services,start,end\nA1,2026-11-30 08:00,flow,{text}\n"
    )
    log = history.log
    assert log is not None
    found = [None if value != value else value - 8 * 60 for value in (log.begin[0], log.end[0])]

    assert found == pytest.approx(list(HELP[text]))
    assert ("impossible_help" in found_kinds(history.report)) == (HELP[text] == (None, None))


def test_dates_that_cannot_be(tmp_path: Path) -> None:
    """After the last date, years from all others, or more than ten years old: not counted."""
    rows = ["A1,2026-11-30 08:00,flow", "A1,2026-12-01 08:00,flow"]
    rows += ["A1,2062-11-30 08:00,flow", "A1,2006-11-30 08:00,flow", "A1,0001-01-01 08:00,flow"]
    history = read(tmp_path, lines(rows))

    assert len(told(history)) == 2
    assert found_kinds(history.report)["later_visits"] == 1
    assert found_kinds(history.report)["stray_dates"] == 2


def test_a_date_far_from_all_others(tmp_path: Path) -> None:
    """2 March 2021 is no more than ten years old, but more than a year from the next visit."""
    rows = ["A1,2026-11-30 08:00,flow", "A1,2026-12-01 08:00,flow", "A1,2021-03-02 08:00,flow"]

    assert found_kinds(read(tmp_path, lines(rows)).report)["stray_dates"] == 1


def test_ten_years_are_enough(tmp_path: Path) -> None:
    """A log with a visit every 50 days for 12 years counts the last 3,660 days."""
    last = MONDAY - dt.timedelta(1)
    rows = [f"A1,{last - dt.timedelta(50 * i)} 08:00,flow" for i in range(88)]
    history = read(tmp_path, lines(rows))

    assert len(told(history)) == 74  # 0, 50, ..., 3650 days before the last
    assert found_kinds(history.report)["stray_dates"] == 14


def test_the_last_date_is_that_of_the_horizon_unless_told(tmp_path: Path) -> None:
    """A visit in the planned week counts; none after the date that is asked for."""
    text = lines([f"A1,{MONDAY + dt.timedelta(i)} 08:00,flow" for i in (-1, 0, 6, 7)])

    assert len(told(read(tmp_path, text))) == 3
    assert len(told(read(tmp_path, text, last=MONDAY))) == 2


def test_closed_days(tmp_path: Path) -> None:
    """Visits on closed days do not count; `*` and blank mean all centers."""
    closed = written(
        tmp_path,
        "center_id,date\nA1,2026-11-30\n*,2026-12-01\n,2026-12-02\nZ9,2026-12-03\n",
        "closed.csv",
    )
    text = lines([f"{c},2026-{d} 08:00,flow" for d in ("11-30", "12-01", "12-02", "12-03")
                  for c in ("A1", "B2")])  # fmt: skip
    history = read(tmp_path, text, closed=closed)

    assert found_kinds(history.report)["closed_days"] == 5
    assert history.counts.visits.sum() == 3
    assert history.counts.recorded.tolist() == [[False] * 3 + [True], [True] + [False] * 2 + [True]]


def test_closed_spans(tmp_path: Path) -> None:
    """From a first to a last date, both included, before and beyond the log too; or on one date."""
    text = lines([f"{c},2026-{d} 08:00,flow" for d in ("11-30", "12-01", "12-02", "12-03")
                  for c in ("A1", "B2")])  # fmt: skip
    spans = (
        "center_id,first_date,last_date\nA1,2026-11-30,2026-12-01\n*,2026-12-03,2099-12-31\n"
        "B2,2026-12-02,\nB2,1999-12-31,2000-01-01\n"
    )
    mixed = (
        "center_id,date,first_date,last_date\nA1,,2026-11-30,2026-12-01\n"
        "*,2026-12-03,,\nB2,2026-12-02,,\n"
    )

    found = [
        read(tmp_path, text, closed=written(tmp_path, t, "closed.csv")) for t in (spans, mixed)
    ]

    for history in found:
        open_days = [[False, False, True, False], [True, True, False, False]]
        assert history.counts.recorded.tolist() == open_days


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("center_id\nA1\n", "missing_column|1|date"),
        (
            "center_id,first_date,last_date\nA1,2026-12-02,2026-12-01\n",
            "reversed_interval|2|last_date|2026-12-01",
        ),
        ("center_id,first_date,last_date\nA1,,2026-12-01\n", "missing_value|2|first_date"),
        ("center_id,date\nA1,soon\n", "not_a_date|2|date|soon"),
        ("center_id,date\nA1,\n", "missing_value|2|date"),
    ],
)
def test_a_table_of_closed_days_that_is_none(text: str, fault: str, tmp_path: Path) -> None:
    """Its faults are told at their place."""
    path = written(tmp_path, text, "closed.csv")

    found = refused(read, tmp_path, lines(GOOD), closed=path)

    assert told_at(found)[0] == fault


def test_two_forms_do_not_mix(tmp_path: Path) -> None:
    """Counts beside visits would count citizens twice."""
    one = written(tmp_path, lines(GOOD))
    other = written(
        tmp_path, "center_id,date,start,end,number\nA1,2026-11-30,07:00,08:00,3\n", "counts.csv"
    )

    with pytest.raises(InputError, match="another one has counts"):
        read_visits([one, other], week())
