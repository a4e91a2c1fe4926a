"""Tables of events that change how many citizens come."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import refused, told_at
from visit_logs import week, written

from shiftplan.citizens import KnownEvent
from shiftplan.files import read_events
from shiftplan.problem import Problem

HEAD = "where,name,first_date,last_date,factor\n"
DAY = dt.date(2026, 12, 8)


def grouped() -> Problem:
    """The week with B2 in the group island."""
    centers = [
        {"center_id": "A1", "name": "Rạch Giá", "type": "phường"},
        {"center_id": "B2", "name": "Hòn Đất", "type": "xã", "groups": "island"},
    ]
    return week(centers=centers)


def read(folder: Path, rows: str, head: str = HEAD) -> tuple[KnownEvent, ...]:
    """The events of a table."""
    return read_events(written(folder, head + rows, "events.csv"), grouped())


@pytest.mark.parametrize(
    ("where", "centers"),
    [
        ("", ()),
        ("A1", ("A1",)),
        ("hon dat", ("B2",)),
        ("island", ("B2",)),
        ("phường", ("A1",)),
    ],
)
def test_where_an_event_is(where: str, centers: tuple[str, ...], tmp_path: Path) -> None:
    """All centers, one by id or name, those of a group or a type."""
    (event,) = read(tmp_path, f"{where},Campaign,2026-12-08,,2\n")

    assert event == KnownEvent("Campaign", DAY, DAY, centers, 2.0)


def test_an_event_where_no_center_is(tmp_path: Path) -> None:
    """In a week without minority areas it does not become an event everywhere."""
    assert read(tmp_path, "minority,Campaign,2026-12-08,,2\n") == ()


def test_a_feast_of_several_days(tmp_path: Path) -> None:
    """Without a factor, it is learned from earlier dates of the same name."""
    first, second = read(tmp_path, ",Tết,2026-02-16,2026-02-20,\n,Tết,2027-02-05,2027-02-10,\n")

    assert (first.last - first.first).days == 4
    assert first.factor is None
    assert second.name == first.name


def test_headings_of_events_in_vietnamese(tmp_path: Path) -> None:
    """Names of columns and a decimal comma."""
    head = "Trung tâm;Sự kiện;Từ ngày;Đến ngày;Hệ số\n"
    (event,) = read(tmp_path, "Rạch Giá;Cấp căn cước;8/12/2026;13/12/2026;1,5\n", head)

    assert event == KnownEvent("Cấp căn cước", DAY, dt.date(2026, 12, 13), ("A1",), 1.5)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("nowhere,X,2026-12-08,,2", "unknown_name|2|where|nowhere"),
        (",,2026-12-08,,2", "missing_value|2|name"),
        (",X,,,2", "missing_value|2|first_date"),
        (",X,soon,,2", "not_a_date|2|first_date|soon"),
        (",X,2026-12-08,2026-12-07,2", "reversed_interval|2|last_date|2026-12-07"),
        (",X,2026-12-08,,-1", "out_of_range|2|factor|-1"),
        (",X,2026-12-08,,1e-300", "out_of_range|2|factor|1e-300"),
        (",X,2026-12-08,,much", "not_a_number|2|factor|much"),
    ],
)
def test_an_event_that_is_none(row: str, fault: str, tmp_path: Path) -> None:
    """It is told at its place."""
    assert told_at(refused(read, tmp_path, f"{row}\n")) == [fault]
