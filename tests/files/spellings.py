"""Accepted spellings of dates, times and hours: text for a value, never the reader's own code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

WEEKDAYS = (
    ("Thứ Hai", "thứ 2", "Thứ hai", "T2", "t 2", "Th 2", "Th.2", "Mon", "Monday", "MON.", "Mo"),
    ("Thứ Ba", "thứ 3", "thu ba", "T3", "t.3", "Th 3", "Tue", "Tuesday", "Tues", "Tu"),
    ("Thứ Tư", "thứ 4", "thu tu", "T4", "Th4", "Wed", "Wednesday", "Weds", "We"),
    ("Thứ Năm", "thứ 5", "thu nam", "T5", "Th 5", "Thu", "Thursday", "Thur", "Thurs", "Th"),
    ("Thứ Sáu", "thứ 6", "thu sau", "T6", "Th 6", "Fri", "Friday", "Fr"),
    ("Thứ Bảy", "thứ 7", "thu bay", "T7", "Th 7", "Sat", "Saturday", "Sa"),
    ("Chủ Nhật", "chu nhat", "CN", "Chúa nhật", "Sun", "Sunday", "Su"),
)
MONTHS = [dt.date(2001, month, 1).strftime("%B") for month in range(1, 13)]


def of_numbers(day: dt.date) -> Iterator[str]:
    """A date in numbers, in each order."""
    for sign in "/-.":
        for d, m in ((f"{day.day}", f"{day.month}"), (f"{day:%d}", f"{day:%m}")):
            for year in ("", f"{sign}{day.year}", f"{sign}{day:%y}"):
                yield f"{d}{sign}{m}{year}"
                yield f"{m}{sign}{d}{year}"
    yield f"{day:%y-%m-%d}"
    yield f"{day:%Y/%m/%d}"
    yield f"{day}"


def of_names(day: dt.date) -> Iterator[str]:
    """A date with the name of its month."""
    name = MONTHS[day.month - 1]
    for month in (name, name[:3], name.upper(), f"{name[:3]}."):
        for year in ("", f" {day.year}"):
            yield f"{day.day} {month}{year}"
            yield f"{month} {day.day}{year.replace(' ', ', ')}"
        yield f"{day:%d}-{month}-{day:%y}"
    for word in ("tháng", "thg", "thang", "Thg "):
        for year in ("", f" {day.year}", f" năm {day.year}"):
            yield f"{day.day} {word} {day.month}{year}"
            yield f"ngày {day:%d} {word} {day:%m}{year}"


@cache
def spellings(day: dt.date) -> frozenset[str]:
    """All ways to write a date that are tried, with and without the name of its day."""
    dates = {*of_numbers(day), *of_names(day)}
    names = WEEKDAYS[day.weekday()]
    named = _named(day, dates)
    return frozenset({*dates, *named, *names, *(f"{name} {day.day}" for name in names)})


def year_first(day: dt.date) -> set[str]:
    """Ways to write a date with two digits of its year first, which few people use."""
    name = MONTHS[day.month - 1]
    dates = {f"{day:%y}{sign}{day:%m}{sign}{day:%d}" for sign in "/-."}
    dates |= {f"{day:%y}-{m}-{day:%d}" for m in (name, name[:3], name.upper(), f"{name[:3]}.")}
    return dates | _named(day, dates)


def _named(day: dt.date, dates: set[str]) -> set[str]:
    names = WEEKDAYS[day.weekday()]
    return {form for name in names for date in dates for form in with_name(name, date)}


def with_name(name: str, date: str) -> Iterator[str]:
    yield f"{name} {date}"
    yield f"{name}, {date}"
    yield f"{date} ({name})"


def of_time(minutes: int) -> Iterator[str]:
    """All ways to write a time of day that are tried."""
    hour, minute = divmod(minutes, 60)
    yield from (f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}:00")
    yield from (f"{hour}{h}{minute:02}" for h in ("h", "g", "H", " giờ "))
    if minute == 0:
        yield from (f"{hour}h", f"{hour:02} g", f"{hour} giờ", f"{hour}.00")
    if hour < 24:
        half, shown = ("AM", "PM")[hour // 12], (hour - 1) % 12 + 1
        yield from (f"{shown}:{minute:02} {half}", f"{shown}:{minute:02}{half.lower()}")
        if minute == 0:
            yield from (f"{shown} {half}", f"{shown}{half.lower()}")
    if 0 < hour < 12:
        yield from (
            f"{hour}:{minute:02} sáng",
            f"{hour}h{minute:02} sáng",
            f"{hour}:{minute:02} SA",
        )
    if 12 < hour < 20:
        yield from (f"{hour - 12}h{minute:02} chiều", f"{hour}h{minute:02} chiều")
    if 17 <= hour < 24:
        yield from (f"{hour - 12}h{minute:02} tối", f"{hour}h{minute:02} tối")


def of_span(start: int, end: int) -> Iterator[str]:
    """Ways to write hours whose two times say by themselves what they are."""
    (h, m), (g, n) = divmod(start, 60), divmod(end, 60)
    for sign in ("-", " - ", "–", " đến ", " to ", "~"):
        yield f"{h:02}:{m:02}{sign}{g:02}:{n:02}"
        yield f"{h}h{m:02}{sign}{g}h{n:02}"
    yield f"từ {h}h{m:02} đến {g} giờ {n:02}"
    if m == n == 0:
        yield from (f"{h}-{g}h", f"{h}h-{g}h", f"{h}h–{g}")
    if h < 24 and g < 24:
        one, two = (dt.time(*pair).strftime("%I:%M %p") for pair in ((h, m), (g, n)))
        yield from (f"{one} - {two}", f"{one} to {two}", f"from {one} to {two}".lower())
