"""Every accepted spelling of a date, a time or hours has one reading, and reads back to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from spellings import WEEKDAYS, of_span, of_time, spellings, year_first
from weeks import TINY, read

from shiftplan.files.cells import Bad, Session, date_reader, read_span, read_time, written

LONGEST = 40


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
            assert text in spellings(found) | year_first(found), (text, found)


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


def test_every_spelling_of_a_time_is_that_time_only() -> None:
    """All minutes of a day, 24:00 among them."""
    found: dict[str, int] = {}
    for minutes in range(24 * 60 + 1):
        for text in of_time(minutes):
            assert found.setdefault(text, minutes) == minutes
            assert read_time(text) == dt.timedelta(minutes=minutes), text


quarters = st.integers(0, 95).map(lambda n: n * 15)


@given(quarters, st.integers(1, 96).map(lambda n: n * 15), st.data())
def test_hours_are_read_as_they_are_written(start: int, end: int, data: st.DataObject) -> None:
    """One reading; an end before the start, or `1h-5h` where all work later, may be refused."""
    span = dt.timedelta(minutes=start), dt.timedelta(minutes=end)
    text = data.draw(st.sampled_from(sorted(of_span(start, end))))
    found = read_span(text, data.draw(sessions()))

    if isinstance(found, Bad) and 60 <= start < min(end, 360) and end <= 720:
        assert found.message.params["one"] == written(span)
    elif start < end or isinstance(found, tuple):
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
@example({(dt.timedelta(0), dt.timedelta(hours=6))}, "am")
def test_a_part_of_the_day_is_all_its_sessions(some: set[Session], word: str) -> None:
    """Counted by quarters of an hour: each session is one of the part for sure, or is not."""
    meant = sessions_in(word, some)
    if word == "am" and meant is not None:  # a word for the morning too, where there is any
        morning = sessions_in("Sáng", some)
        is_same = morning is not None and (not morning or whole(morning) == whole(meant))
        meant = meant if is_same else None
    found = read_span(word, some)

    if meant:
        assert found == whole(meant)
    else:
        assert isinstance(found, Bad)


def whole(found: list[Session]) -> Session | None:
    """From the first start to the last end."""
    return (min(s for s, _ in found), max(e for _, e in found)) if found else None


def sessions_in(word: str, some: set[Session]) -> list[Session] | None:
    """The sessions in a part of the day; None where one is half in it, and holds no whole one."""
    first, last = PARTS[word]
    quarter, inside, half = dt.timedelta(minutes=15), list[Session](), list[Session]()
    for start, end in sorted(some):
        steps = [start + i * quarter for i in range((end - start) // quarter)]
        # A morning of the next day begins at 28:00, which no session of this one reaches.
        share = 3 * sum(first <= step / dt.timedelta(hours=1) < last for step in steps)
        if len(steps) < share < 2 * len(steps):
            half.append((start, end))
        inside += [(start, end)] if share >= 2 * len(steps) else []
    is_clear = all(any(a <= start and end <= b for start, end in inside) for a, b in half)
    return inside if is_clear else None


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
