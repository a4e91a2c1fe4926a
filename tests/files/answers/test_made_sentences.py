"""Sentences made from windows read back, and no text at all crashes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from files.answers.calendars import DAYS, FOOD_BANK, MONDAY, WEEK, hours
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError, Within
from shiftplan.files.answers.sentence import MOST_TEXT, read_sentence
from shiftplan.files.answers.vocabulary import MEANING
from shiftplan.files.answers.windows import FreeTime, joined

VIETNAMESE = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
NUMBERED = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
ENGLISH = ("Monday", "Tue", "Wednesdays", "Thu", "Fri", "sat", "SUN")
FORMS = st.sampled_from(["name", "date", "both"])


@st.composite
def day_lists(draw: st.DrawFn, forms: str) -> tuple[str, set[int]]:
    """Days as they are written in one form, and their numbers from Monday."""
    numbers = sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3)))
    names = draw(st.sampled_from([VIETNAMESE, NUMBERED, ENGLISH]))
    written = []
    for number in numbers:
        day = DAYS[number]
        told = draw(st.sampled_from([f"{day.day}/{day.month}", f"{day:%d/%m/%Y}", f"{day:%d %b}"]))
        parts = {"name": names[number], "date": told, "both": f"{names[number]} {told}"}
        written.append(parts[forms])
    return draw(st.sampled_from([" và ", " and ", " & "])).join(written), set(numbers)


SPANS = {
    "sáng": (7, 11), "buổi chiều": (13, 17), "cả ngày": (7, 17), "morning": (7, 11),
    "all day": (7, 17), "8h-10h": (8, 10), "8:30-9:30": (8.5, 9.5), "từ 14h": (14, 17),
}  # fmt: skip


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[tuple[int, float, float]]]:
    """A sentence, and the days and hours that it was made from."""
    parts, meant = [], []
    has_hours, first, forms = draw(st.booleans()), draw(st.booleans()), draw(FORMS)
    for _ in range(draw(st.integers(1, 4))):
        written, numbers = draw(day_lists(forms))
        span = draw(st.sampled_from(sorted(SPANS))) if has_hours else "all day"
        order = f"{span} {written}" if first else f"{written} {span}"
        parts.append(order if has_hours else written)
        meant += [(number, *SPANS[span]) for number in numbers]
    sign = draw(st.sampled_from([", ", "; ", "\n", " ;  ", ","]))
    return sign.join(parts), meant


def window(number: int, start: float, end: float) -> FreeTime:
    midnight = datetime.combine(DAYS[number], time())
    return FreeTime(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


@given(sentences())
def test_sentences_made_from_windows_read_back(made: tuple[str, list[tuple[int, float, float]]]):
    """However days and hours are written, the windows are those that were meant."""
    text, meant = made

    assert read_sentence(text, WEEK) == joined(window(*one) for one in meant)


@given(sentences(), FORMS.flatmap(day_lists))
def test_what_is_taken_away_is_gone(
    made: tuple[str, list[tuple[int, float, float]]], gone: tuple[str, set[int]]
):
    """Days after `trừ` are left out of what stands before it."""
    text, meant = made

    found = read_sentence(f"{text}; trừ {gone[0]}", WEEK)

    assert found == joined(window(*one) for one in meant if one[0] not in gone[1])


SOUP = st.lists(
    st.one_of(
        st.sampled_from([*MEANING, "T2", "T3-T5", "7/12", "9 Dec", "7h-9h", "13h", "(", ")", ":"]),
        st.sampled_from([",", ";", ".", "-", "\n", "+", "ca 1", "20/12", "31/2"]),
        st.text(max_size=3),
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(st.text(max_size=MOST_TEXT + 20), SOUP), st.sampled_from([WEEK, FOOD_BANK]))
def test_no_text_crashes_or_leaves_the_week(text: str, calendar: Calendar):
    """Windows are on days of the week, in order, apart, and in its sessions but for clock times."""
    for within in (Within(), Within(frozenset({MONDAY}), (hours(8, 10),))):
        try:
            found = read_sentence(text, calendar, within)
        except NotUnderstoodError:
            continue
        assert found == joined(found)
        assert all(w.start.date() in calendar.days and w.start < w.end for w in found)
        if not any(sign.isdigit() for sign in text):
            ends = {w.end - datetime.combine(w.start.date(), time()) for w in found}
            assert all(end <= calendar.whole.end for end in ends)
        if within.days is not None:
            assert all(w.start.date() == MONDAY and 8 <= w.start.hour < 10 for w in found)
