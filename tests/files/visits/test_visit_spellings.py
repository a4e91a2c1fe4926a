"""What people may write in a log: dates and hours, services, names, separators and headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from visit_logs import HEAD, found_kinds, lines, read, told, week, written

from shiftplan.files import read_visits
from shiftplan.files.visits.moments import Moments

MOMENTS = {
    "2026-11-30 07:05": "2026-11-30 07:05",
    "2026-11-30T07:05": "2026-11-30 07:05",
    "2026-11-30T07:05:59": "2026-11-30 07:05",
    "2026-11-30T07:05:59.999": "2026-11-30 07:05",
    "2026-11-30T07:05:59+07:00": "2026-11-30 07:05",
    "2026-11-30T00:05:00Z": "2026-11-30 07:05",
    "2026-11-29 23:05:00.5-0100": "2026-11-30 07:05",
    "2026-11-30 00:05:00 UTC": "2026-11-30 07:05",
    "2026-11-30 00:05:00 +0000": "2026-11-30 07:05",
    "30/11/2026 7:05": "2026-11-30 07:05",
    "30-11-2026 07:05:10": "2026-11-30 07:05",
    "30.11.2026 7h05": "2026-11-30 07:05",
    "07:05 30/11/2026": "2026-11-30 07:05",
    "7:05:10 AM 30/11/2026": "2026-11-30 07:05",
    "11/30/2026, 7:05:10 AM": "2026-11-30 07:05",
    "11/30/2026 1:05 PM": "2026-11-30 13:05",
    "T2 30/11/2026 13g05": "2026-11-30 13:05",
    "8g30 sáng 30/11/2026": "2026-11-30 08:30",
    "30 thg 11 2026 8h": "2026-11-30 08:00",
    "Mon 30 Nov 2026 08:00": "2026-11-30 08:00",
    " 2026-11-30   08:00 ": "2026-11-30 08:00",
}  # fmt: skip


@pytest.mark.parametrize("text", MOMENTS)
def test_moments(text: str, tmp_path: Path) -> None:
    """A date and a time in one cell, in either order, seconds cut off, zones made local."""
    history = read(tmp_path, lines([f'A1,"{text}",flow']))

    assert told(history) == [("A1", MOMENTS[text], ("flow",))]


def test_midnight_is_the_end_of_its_day() -> None:
    """24:00 is the last minute of the date."""
    _, minute = Moments(week().horizon).taken(["2026-11-30 24:00", "2026-11-30 00:00"])

    assert minute.tolist() == [24 * 60 - 1, 0]


def test_other_rows_tell_whether_the_day_comes_first(tmp_path: Path) -> None:
    """3/11 is 3 November where another row can only be 30 November."""
    history = read(tmp_path, lines(["A1,3/11/2026 08:00,flow", "A1,30/11/2026 08:00,flow"]))

    assert [moment for _, moment, _ in told(history)] == ["2026-11-03 08:00", "2026-11-30 08:00"]


SERVICES = {
    "flow": ("flow",),
    "flow vneid": ("flow", "vneid"),
    "flow,vneid": ("flow", "vneid"),
    "flow; vneid": ("flow", "vneid"),
    "flow + vneid": ("flow", "vneid"),
    "flow|vneid": ("flow", "vneid"),
    "flow / vneid": ("flow", "vneid"),
    "vneid flow vneid": ("vneid", "flow"),
    "Nộp hồ sơ": ("file",),
    "nop ho so": ("file",),
    "Lấy số, phân luồng": ("flow",),
    "Nộp hồ sơ; Cài đặt VNeID": ("file", "vneid"),
    "Nộp hồ sơ + flow": ("file", "flow"),
    "Lấy số, phân luồng; Nộp hồ sơ": ("flow", "file"),
    "Lấy số, phân luồng + vneid file": ("flow", "vneid", "file"),
}


@pytest.mark.parametrize("text", SERVICES)
def test_services_of_a_visit(text: str, tmp_path: Path) -> None:
    """Ids and names, each service once, in the order of the steps; a name may have a comma."""
    history = read(tmp_path, lines([f'A1,2026-11-30 08:00,"{text}"']))

    assert told(history)[0][2] == SERVICES[text]


@pytest.mark.parametrize("center", ["A1", "Rạch Giá", "rach gia", "Phường Rạch Giá", "P. Rạch Giá"])
def test_centers_by_name(center: str, tmp_path: Path) -> None:
    """Centers are found as everywhere."""
    assert told(read(tmp_path, lines([f"{center},2026-11-30 08:00,flow"])))[0][0] == "A1"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(sign: str, end: str, encoding: str, tmp_path: Path) -> None:
    """Fields end at commas, semicolons or tabs, lines as on any system."""
    text = lines(["Rạch Giá,2026-11-30 08:00,flow", "B2,2026-11-30 09:00,file"])
    path = tmp_path / "visits.csv"
    path.write_bytes(text.replace(",", sign).replace("\n", end).encode(encoding))

    assert len(told(read_visits(path, week()))) == 2


def test_a_quoted_line_break_is_no_new_row(tmp_path: Path) -> None:
    """Services below each other in one cell are those of one visit."""
    history = read(tmp_path, HEAD + 'A1,2026-11-30 08:00,"flow\nvneid"\n')

    assert told(history) == [("A1", "2026-11-30 08:00", ("flow", "vneid"))]


def test_a_week_with_one_service_needs_no_column(tmp_path: Path) -> None:
    """Neither does one with one center."""
    one = week(
        centers=[{"center_id": "A1"}],
        services=[{"service_id": "file", "minutes_per_citizen": 9}],
        shifts=[],
    )
    path = written(tmp_path, "arrived\n2026-11-30 08:00\n2026-11-30 09:10\n")

    history = read_visits(path, one)

    assert [visit[::2] for visit in told(history)] == [("A1", ("file",)), ("A1", ("file",))]
    assert history.counts.slots == ((480, 540), (540, 600))


def test_headers_and_totals_between_rows_are_passed_over(tmp_path: Path) -> None:
    """Exports that were put together repeat the header; sums and blank rows are no visits."""
    rows = [
        "A1,2026-11-30 08:00,flow",
        ",,",
        HEAD.strip(),
        "B2,2026-11-30 09:00,flow",
        "Tổng cộng: 2,,",
    ]
    history = read(tmp_path, lines(rows))

    assert len(told(history)) == 2
    assert "unread_rows" not in found_kinds(history.report)
