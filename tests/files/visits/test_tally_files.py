"""Logs that hold counts: how many came in an interval."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from files.weeks import refused, told_at
from visit_logs import found_kinds, read, week

HEAD = "center_id,date,start,end,service_id,visits\n"
MORNING = [0, 1, 0, 0, 0, 0, 0, 0]


def test_counts_by_service(tmp_path: Path) -> None:
    """They are requests; nobody knows how many visits these were."""
    text = HEAD + "A1,2026-11-30,08:00,09:00,flow,3\nA1,2026-11-30,08:00,09:00,file,2\n"
    history = read(tmp_path, text)

    assert history.log is None
    assert history.counts.requests[0, 0, 1].tolist() == [3, 0, 2]
    assert history.counts.requests.sum() == 5
    assert np.isnan(history.counts.visits).all()
    assert history.report.visits == 5


def test_counts_of_citizens(tmp_path: Path) -> None:
    """Rows without a service are visits."""
    text = HEAD + "A1,2026-11-30,08:00,09:00,flow,3\nA1,2026-11-30,08:00,09:00,,2\n"
    history = read(tmp_path, text)

    assert history.counts.requests.sum() == 3
    assert history.counts.visits[0, 0].tolist() == [2 * n for n in MORNING]
    assert history.report.visits == 2


SPANS = {
    "08:00,09:00": [0, 8, 0, 0, 0, 0, 0, 0],
    "08:30,09:30": [0, 4, 4, 0, 0, 0, 0, 0],
    "07:00,11:00": [2, 2, 2, 2, 0, 0, 0, 0],
    "06:00,08:00": [8, 0, 0, 0, 0, 0, 0, 0],
    "16:00,18:00": [0, 0, 0, 0, 0, 0, 0, 8],
    "17:30,18:30": [0, 0, 0, 0, 0, 0, 0, 4],
    "7h,11h": [2, 2, 2, 2, 0, 0, 0, 0],
    "16:00,24:00": [0, 0, 0, 0, 0, 0, 0, 2],
    "16:00,00:00": [0, 0, 0, 0, 0, 0, 0, 2],
}
"""Interval with 8 citizens -> what is counted in each hour from 7 to 11 and from 13 to 17."""


@pytest.mark.parametrize("span", SPANS)
def test_intervals_are_shared_out(span: str, tmp_path: Path) -> None:
    """Evenly over the minutes; those outside opening hours go to the nearest hour, or none."""
    history = read(tmp_path, f"{HEAD}A1,2026-11-30,{span},flow,8\n")

    assert history.counts.requests[0, 0, :, 0] == pytest.approx(SPANS[span])
    left = 8 - sum(SPANS[span])
    assert found_kinds(history.report).get("outside_hours", 0) == left


def test_a_day_of_zeros_is_quiet_and_no_row_is_silence(tmp_path: Path) -> None:
    """Twenty citizens a day: a count of 0 is believed, a day without a row is missing."""
    days = [f"2026-11-{d:02d}" for d in range(2, 30) if d % 7 not in (0, 1)]
    rows = [f"A1,{day},08:00,09:00,flow,20\n" for day in days[:5] + days[7:]]
    text = HEAD + "".join(rows) + f"A1,{days[5]},08:00,09:00,flow,0\n"
    history = read(tmp_path, text)
    place = {day.isoformat(): i for i, day in enumerate(history.counts.dates)}

    assert history.counts.recorded[0, place[days[5]]]
    assert not history.counts.recorded[0, place[days[6]]]
    assert found_kinds(history.report)["silent_days"] == 1


def test_an_afternoon_of_zeros_is_quiet(tmp_path: Path) -> None:
    """Without them, a log with sixty citizens a day would have stopped at noon."""
    days = [f"2026-11-{d:02d}" for d in range(2, 30) if d % 7 not in (0, 1)]
    busy = "".join(
        f"A1,{day},{h:02d}:00,{h + 1:02d}:00,flow,10\n"
        for day in days
        for h in (8, 9, 10, 13, 14, 15)
        if day != days[5] or h < 12
    )
    zeros = "".join(f"A1,{days[5]},{h}:00,{h + 1}:00,flow,0\n" for h in (13, 14, 15))

    silent, quiet = read(tmp_path, HEAD + busy), read(tmp_path, HEAD + busy + zeros)

    assert found_kinds(silent.report)["cut_days"] == 1
    assert "cut_days" not in found_kinds(quiet.report)


def test_repeated_counts(tmp_path: Path) -> None:
    """Of two rows for one interval the largest counts."""
    row = "A1,2026-11-30,08:00,09:00,flow,"
    history = read(tmp_path, f"{HEAD}{row}3\n{row}5\n{row}4\n")

    assert history.counts.requests.sum() == 5
    assert found_kinds(history.report)["repeated_rows"] == 2


def test_headings_in_vietnamese(tmp_path: Path) -> None:
    """A table of an office, with decimal commas and names."""
    text = (
        "Trung tâm;Ngày;Từ giờ;Đến giờ;Dịch vụ;Số lượt\nRạch Giá;30/11/2026;7h;8h;Nộp hồ sơ;2,5\n"
    )
    history = read(tmp_path, text)

    assert history.counts.requests[0, 0, 0].tolist() == [0, 0, 2.5]


def test_a_point_beside_semicolons_may_part_thousands(tmp_path: Path) -> None:
    """Where commas part decimals, it is not read as a decimal point."""
    row = "A1;2026-11-30;08:00;09:00;flow;1.200"

    faults = refused(read, tmp_path, f"{HEAD}{row}\n".replace(",", ";"))

    assert told_at(faults) == ["ambiguous_number|2|number|1.200"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("A1,2026-11-30,08:00,09:00,flow,many", "not_a_number|2|number|many"),
        ("A1,2026-11-30,08:00,09:00,flow,", "missing_value|2|number"),
        ("A1,2026-11-30,08:00,09:00,flow,-1", "out_of_range|2|number|-1"),
        ("A1,2026-11-30,08:00,09:00,flow,1e7", "out_of_range|2|number|1e7"),
        ("A1,2026-11-30,09:00,08:00,flow,1", "reversed_interval|2|end"),
        ("A1,2026-11-30,nine,10:00,flow,1", "not_a_time|2|start|nine"),
        ("A1,2026-11-30,08:00,,flow,1", "missing_value|2|end"),
        ("A1,,08:00,09:00,flow,1", "missing_value|2|date"),
        ("A1,soon,08:00,09:00,flow,1", "not_a_date|2|date|soon"),
        ('A1,2026-11-30,08:00,09:00,"flow file",1', "invalid_value|2|services|flow file"),
    ],
)
def test_a_count_that_is_none(row: str, fault: str, tmp_path: Path) -> None:
    """It is told at its place."""
    assert told_at(refused(read, tmp_path, f"{HEAD}{row}\n")) == [fault]


def test_a_table_without_its_end(tmp_path: Path) -> None:
    """Nobody knows how long an interval is."""
    text = "center_id,date,start,service_id,count\nA1,2026-11-30,08:00,flow,1\n"

    assert told_at(refused(read, tmp_path, text)) == ["missing_column|1|end"]


def test_a_week_without_hours(tmp_path: Path) -> None:
    """Without shifts and forecast, counts are by the hours of the day."""
    rows = [f"A1,2026-11-{d},20:00,22:00,flow,4\n" for d in (9, 16, 23, 30)]
    history = read(tmp_path, HEAD + "".join(rows), week(shifts=[]))

    assert len(history.counts.slots) == 24
    assert history.counts.requests.sum(axis=(0, 1, 3))[19:23].tolist() == [0, 8, 8, 0]


def test_requests_count_where_no_visits_do(tmp_path: Path) -> None:
    """Counts of citizens outside opening hours do not make those by service a silent log."""
    rows = "A1,2026-11-23,00:00,01:00,,1\nA1,2026-11-30,08:00,09:00,flow,5\n"
    history = read(tmp_path, HEAD + rows)

    assert history.counts.requests.sum() == 5
    assert "unlogged_centers" not in {
        note.kind for note in history.report.notes if "A1" in note.centers
    }
