"""Every accepted spelling of a date, a time or hours has one reading, and reads back to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from weeks import TINY, read

from shiftplan.files.cells import Bad, Session, date_reader, read_span, read_time

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
LONGEST = 40


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
    named = {form for name in names for date in dates for form in with_name(name, date)}
    return frozenset({*dates, *named, *names, *(f"{name} {day.day}" for name in names)})


def with_name(name: str, date: str) -> Iterator[str]:
    yield f"{name} {date}"
    yield f"{name}, {date}"
    yield f"{date} ({name})"


def day_after(first: dt.date, last: dt.date) -> st.SearchStrategy[dt.date]:
    return st.dates(min_value=first, max_value=last)


@st.composite
def planned(draw: st.DrawFn) -> list[dt.date]:
    """The days of a horizon."""
    first = draw(day_after(dt.date(2001, 1, 1), dt.date(2060, 12, 31)))
    return [first + dt.timedelta(i) for i in range(draw(st.integers(1, LONGEST)))]


@given(planned(), st.data())
@settings(max_examples=60)
def test_a_date_is_read_only_if_one_planned_day_is_written_so(
    days: list[dt.date], data: st.DataObject
) -> None:
    """Of all days planned exactly one has an accepted spelling; with two it is refused."""
    read_date = date_reader((), days)
    day = data.draw(st.sampled_from(days))
    for text in data.draw(st.sets(st.sampled_from(sorted(spellings(day))), max_size=40)):
        holders = {other for other in days if text in spellings(other)}
        found = read_date(text)
        alone = holders == {day}

        assert found == day if alone else isinstance(found, Bad), (text, found, holders)


@given(planned(), st.data())
@settings(max_examples=60)
def test_a_day_that_is_not_planned_is_read_as_itself_or_not_at_all(
    days: list[dt.date], data: st.DataObject
) -> None:
    """It is taken for a planned day only where that may be written in the same way."""
    year = dt.timedelta(366)
    day = data.draw(day_after(days[0] - year, days[-1] + year).filter(lambda d: d not in days))
    read_date = date_reader((), days)
    for text in data.draw(st.sets(st.sampled_from(sorted(spellings(day))), max_size=40)):
        found = read_date(text)
        if isinstance(found, dt.date) and found != day:
            assert found in days
            assert text in spellings(found), (text, found)


@given(
    st.lists(day_after(dt.date(2001, 1, 1), dt.date(2060, 12, 31)), min_size=1, max_size=8),
    st.sampled_from(["{d}/{m}/{y}", "{m}/{d}/{y}", "{n}, {d}/{m}/{y}", "{n} {m}-{d}-{s}"]),
)
def test_without_days_a_column_of_one_form_is_read_as_written_or_not(
    days: list[dt.date], form: str
) -> None:
    """Cells of one form are never read in another order."""
    written = [
        form.format(d=d.day, m=d.month, y=d.year, s=f"{d:%y}", n=WEEKDAYS[d.weekday()][0])
        for d in days
    ]
    read_date = date_reader(written)

    for text, day in zip(written, days, strict=True):
        found = read_date(text)
        assert isinstance(found, Bad) or found == day


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


def test_every_spelling_of_a_time_is_that_time_only() -> None:
    """All minutes of a day, 24:00 among them."""
    found: dict[str, int] = {}
    for minutes in range(24 * 60 + 1):
        for text in of_time(minutes):
            assert found.setdefault(text, minutes) == minutes
            assert read_time(text) == dt.timedelta(minutes=minutes), text


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


quarters = st.integers(0, 95).map(lambda n: n * 15)


@given(quarters, st.integers(1, 96).map(lambda n: n * 15), st.data())
def test_hours_are_read_as_they_are_written(start: int, end: int, data: st.DataObject) -> None:
    """One reading, whatever the sessions are; an end before the start may be refused."""
    span = dt.timedelta(minutes=start), dt.timedelta(minutes=end)
    text = data.draw(st.sampled_from(sorted(of_span(start, end))))
    found = read_span(text, data.draw(sessions()))

    if start < end or isinstance(found, tuple):
        assert found == span or (end <= start and found[1] == span[1] + dt.timedelta(hours=12))


@st.composite
def sessions(draw: st.DrawFn) -> set[Session]:
    """Sessions of a week that end on the day on which they start."""
    pairs = draw(st.sets(st.tuples(quarters, st.integers(1, 96).map(lambda n: n * 15)), max_size=4))
    return {
        (dt.timedelta(minutes=start), dt.timedelta(minutes=end))
        for start, end in pairs
        if start < end
    }


PARTS = {"Sáng": (4, 12), "afternoon": (12, 18), "buổi tối": (18, 24), "am": (0, 12)}


@given(sessions(), st.sampled_from(sorted(PARTS)))
def test_a_part_of_the_day_is_all_its_sessions(some: set[Session], word: str) -> None:
    """Counted by quarters of an hour: each session is one of the part for sure, or is not."""
    first, last = PARTS[word]
    quarter, found = dt.timedelta(minutes=15), read_span(word, some)
    inside, unclear = [], False
    for start, end in some:
        steps = [start + i * quarter for i in range((end - start) // quarter)]
        # A morning of the next day begins at 28:00, which no session of this one reaches.
        share = 3 * sum(first <= step / dt.timedelta(hours=1) < last for step in steps)
        inside += [(start, end)] if share >= 2 * len(steps) else []
        unclear |= len(steps) < share < 2 * len(steps)

    if unclear or not inside:
        assert isinstance(found, Bad)
    else:
        assert found == (min(s for s, _ in inside), max(e for _, e in inside))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_week_in_any_spelling_is_the_same_week(data: st.DataObject) -> None:
    """Dates and hours of people and shifts, in whatever form, are those of the plain table."""
    first = dt.date(2026, 12, 7)
    days = [first + dt.timedelta(i) for i in range(7)]

    def in_some_spelling(table: str) -> str:
        head, *rows = TINY[table].splitlines()
        place = head.split(",").index("date")
        made = [f"{head},end_date"]
        for row in rows:
            cells = [*row.split(","), ""]
            day = dt.date.fromisoformat(cells[place])
            own = [t for t in sorted(spellings(day)) if is_clear(t, day)]
            cells[place] = data.draw(st.sampled_from(own))
            start, end = (dt.time.fromisoformat(t) for t in cells[place + 1 : place + 3])
            times = start.hour * 60 + start.minute, end.hour * 60 + end.minute
            if data.draw(st.booleans()):
                cells[place + 1] = data.draw(st.sampled_from(sorted(of_span(*times))))
                cells[place + 2] = ""
            else:
                for i, minutes in enumerate(times, start=1):
                    cells[place + i] = data.draw(st.sampled_from(sorted(of_time(minutes))))
            made.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
        return "\n".join(made) + "\n"

    def is_clear(text: str, day: dt.date) -> bool:
        return {other for other in days if text in spellings(other)} == {day}

    changed = {table: in_some_spelling(table) for table in ("availability", "shifts", "demand")}
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        horizon = "start,days\n2026-12-07,7\n"
        plain = read(Path(one), horizon=horizon)

        assert read(Path(other), horizon=horizon, **changed) == plain
