"""Hours from a start to an end in one cell, and words for parts of the day, one reading each."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan.files.cells import Bad, Session, read_span
from shiftplan.files.cells.spans import written


def hours(*pairs: tuple[float, float]) -> set[Session]:
    return {(dt.timedelta(hours=start), dt.timedelta(hours=end)) for start, end in pairs}


OFFICE = hours((7, 11), (13, 17))
"""Sessions of a public-service center."""
FOOD_BANK = hours((8, 12), (10, 14), (12, 16), (16, 20))
HELPLINE = hours((0, 8), (8, 16), (16, 24))
WARD = hours((6, 14), (14, 22), (22, 6))

SPELLINGS: dict[str, list[str]] = {
    "07:00-11:00": [
        *("7h-11h", "7h–11h", "7-11h", "7h - 11", "07:00-11:00", "07:00 → 11:00", "7g-11g"),
        *("7:00 AM to 11:00 AM", "7 am - 11 am", "7-11 AM", "từ 7h đến 11h", "7h tới 11h"),
        *("7 giờ đến 11 giờ", "from 7:00 until 11:00", "07:00~11:00", "7h sáng - 11h sáng"),
        *("7h sáng - 11h trưa", "7h-11h trưa"),
        *(
            "Sáng",
            "SÁNG",
            "sa\u0301ng",
            "sang",
            "buổi sáng",
            "ca sáng",
            "morning",
            "in the morning",
        ),
        *("am", "Sáng (7h-11h)", "Sáng: 7-11", "Buổi sáng từ 7h đến 11h", "7h-11h (sáng)", "SA"),
        *("Morning 7:00 - 11:00", "7.00-11.00", "07:00:00-11:00:00"),
    ],
    "07:00-12:00": ["7h-12h trưa", "7 am to noon", "7 to noon", "07:00-12:00"],
    "12:00-17:00": ["noon-5 pm", "12h trưa đến 5h chiều", "noon to 17:00"],
    "18:00-22:00": ["6h tối-10h đêm", "18h-22h đêm"],
    "07:30-11:00": ["7h30–11h", "7:30-11h", "7h30 phút - 11 giờ", "07:30-11:00"],
    "13:00-17:00": [
        *("13h-17h", "1 PM-5 PM", "1:00 PM - 5:00 PM", "Chiều", "buổi chiều", "afternoon", "PM"),
        *("Chiều 1h-5h", "1h-5h chiều", "1-5 pm", "afternoon: 1-5", "1h-5h (chiều)", "ch"),
    ],
    "07:00-17:00": ["cả ngày", "Cả  ngày", "all day", "whole day", "7h-17h", "7 AM-5 PM"],
    "22:00-06:00": ["22h-6h", "22:00-06:00", "10 PM - 6 AM", "đêm 22h-6h", "22-6h"],
    "00:00-24:00": ["0h-24h"],
    "01:00-05:00": ["01:00-05:00", "01h-5h"],
    "05:00-07:00": ["5h-7h"],
    "18:00-21:00": ["Tối 6h-9h", "tối: 18h-21h"],
    "no": [
        *("7-11", "7h", "Ghi chú", "sáng chiều", "Sáng, Chiều", "", "7h-11h-13h", "24h-2h"),
        *("ca ngay", "Chiều 7h-11h", "sáng 1h-5h", "2-5 pm", "8h-5h", "7:00 AM - 5:00"),
        *("7h30p-", "-", "đến", "25h-26h", "7h61-8h", "Tối", "evening", "night", "trưa", "noon"),
        *("7" * 100_000, "7h-" * 50_000, "sáng " * 50_000, "(" * 100_000, "S" * 79),
    ],
}
"""Span, or `no` for what is none -> ways to write it beside the sessions of an office."""


def told(found: Session | Bad) -> str:
    return "no" if isinstance(found, Bad) else written(found)


@pytest.mark.parametrize(
    ("cell", "value"), [(cell, value) for value, cells in SPELLINGS.items() for cell in cells]
)
def test_spans_of_an_office(cell: str, value: str) -> None:
    """Hours are read as people write them, words as the sessions they stand for."""
    assert told(read_span(cell, OFFICE)) == value


@pytest.mark.parametrize(
    ("cell", "sessions", "value"),
    [
        # 10-14 lies half in the morning
        ("Sáng", FOOD_BANK, "no"),
        ("chiều", FOOD_BANK, "no"),
        ("all day", FOOD_BANK, "08:00-20:00"),
        # two centers open at different times
        ("sáng", hours((7, 11), (7.5, 11.5)), "07:00-11:30"),
        ("sáng", hours((7, 9), (9, 11), (13, 17)), "07:00-11:00"),
        ("tối", hours((17.5, 21), (13, 17)), "17:30-21:00"),
        ("tối", hours((20, 22)), "20:00-22:00"),
        # a shift of the whole day beside one of the morning, and alone
        ("sáng", hours((7, 11), (7, 17)), "07:00-11:00"),
        ("chiều", hours((7, 11), (13, 17), (7, 17)), "13:00-17:00"),
        ("chiều", hours((7, 11), (7, 17)), "no"),
        ("sáng", hours((7, 17)), "no"),
        ("sáng", HELPLINE, "no"),
        ("cả ngày", HELPLINE, "00:00-24:00"),
        # `pm` is both the afternoon and all hours from noon on
        ("pm", hours((9, 12), (13, 16), (17, 20)), "no"),
        ("pm", hours((9, 12), (13, 16)), "13:00-16:00"),
        ("p.m.", hours((9, 12), (17, 20)), "17:00-20:00"),
        ("pm", FOOD_BANK, "no"),
        ("am", hours((1, 4), (9, 12)), "no"),
        ("night", WARD, "22:00-06:00"),
        ("all day", WARD, "no"),
        ("all day", hours((22, 6)), "22:00-06:00"),
        ("Sáng", (), "no"),
        ("all day", (), "no"),
        ("2-5 pm", hours((14, 17)), "14:00-17:00"),
        ("8h-5h", hours((8, 17)), "08:00-17:00"),
        ("7:00 AM - 5:00", hours((7, 17)), "07:00-17:00"),
        ("7-5 pm", (), "07:00-17:00"),
        ("10-6 am", (), "no"),
        ("10-6 am", hours((22, 6)), "22:00-06:00"),
        ("7h-11h", (), "07:00-11:00"),
    ],
)
def test_spans_against_sessions(cell: str, sessions: set[Session], value: str) -> None:
    """A word joins the sessions of its part of the day; one that lies half in it is unclear."""
    assert told(read_span(cell, sessions)) == value


@pytest.mark.parametrize(
    ("cell", "sessions", "message", "remedy"),
    [
        (
            "Sáng",
            FOOD_BANK,
            "it is unclear whether the shifts of 10:00-14:00 belong to this part of the day",
            "Write the hours as 07:00-11:00.",
        ),
        (
            "2-5 pm",
            OFFICE,
            "it may mean 02:00-17:00 or 14:00-17:00",
            "Write 02:00-17:00 or 14:00-17:00.",
        ),
        (
            "7-11",
            OFFICE,
            'hours are written 07:00-11:00, or as a part of the day, such as "morning"',
            "Did you mean 07:00-11:00?",
        ),
        (
            "7h-11h30 & 13h-17h",
            OFFICE,
            "it holds more than one span of hours",
            "Write each of them in a row or column of its own.",
        ),
        (
            "Sáng và chiều",
            OFFICE,
            "it holds more than one span of hours",
            "Write each of them in a row or column of its own.",
        ),
        (
            "1h-5h",
            OFFICE,
            "it may mean 01:00-05:00 or 13:00-17:00",
            "Write 01:00-05:00 or 13:00-17:00.",
        ),
        (
            "Tối",
            OFFICE,
            "no shift is in this part of the day",
            "Write the hours as 07:00-11:00.",
        ),
    ],
)
def test_the_reason_of_an_unclear_span(
    cell: str, sessions: set[Session], message: str, remedy: str
) -> None:
    """What is refused says why, and what to write."""
    found = read_span(cell, sessions)

    assert isinstance(found, Bad)
    assert (found.code, str(found.message), str(found.remedy)) == ("not_a_time", message, remedy)
