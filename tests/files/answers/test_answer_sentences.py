"""Free text about when somebody can come: what is read, and what is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.sentence import MOST_TEXT, read_sentence
from shiftplan.files.answers.vocabulary import MEANING
from shiftplan.files.answers.windows import FreeTime, joined

MONDAY = date(2026, 12, 7)
DAYS = [MONDAY + timedelta(i) for i in range(7)]


def hours(start: float, end: float) -> DayHours:
    return DayHours(timedelta(hours=start), timedelta(hours=end))


WEEK = Calendar(DAYS, [hours(7, 11), hours(13, 17)])
FOOD_BANK = Calendar(DAYS, [hours(8, 12), hours(10, 14), hours(12, 16), hours(16, 20)])
TWO_WEEKS = Calendar([MONDAY + timedelta(i) for i in range(14)], [hours(7, 11), hours(13, 17)])
SIGNS = {"available": "", "preferred": "+", "undesired": "?"}


def shown(text: str, calendar: Calendar = WEEK, within: Within = OPEN) -> str:
    """Windows as `7 07-11, 9 13-17?`; or, after `!`, why a text is refused."""
    try:
        found = read_sentence(text, calendar, within)
    except NotUnderstoodError as error:
        return f"!{error.said.code.removeprefix('answers.')}"
    spans = (f"{w.start.day} {w.start:%H:%M}-{w.end:%H:%M}{SIGNS[w.state]}" for w in found)
    return ", ".join(spans).replace(":00", "")


EVERY = ", ".join(f"{day} 07-17" for day in range(7, 14))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("sáng thứ 2, chiều thứ 5, trừ 9/12", "7 07-11, 10 13-17"),
        ("Sáng thứ hai; chiều thứ năm", "7 07-11, 10 13-17"),
        ("sang thu 2, chieu thu 5", "7 07-11, 10 13-17"),
        ("T2-T6 sáng", "7 07-11, 8 07-11, 9 07-11, 10 07-11, 11 07-11"),
        ("từ thứ 2 đến thứ 4", "7 07-17, 8 07-17, 9 07-17"),
        ("cả tuần trừ chủ nhật", EVERY.removesuffix(", 13 07-17")),
        ("trừ CN", EVERY.removesuffix(", 13 07-17")),
        ("any time except Sunday", EVERY.removesuffix(", 13 07-17")),
        ("cả tuần, trừ T3, T5, T7, CN", "7 07-17, 9 07-17, 11 07-17"),
        ("T2, trừ 9/12, rảnh T5", "7 07-17, 10 07-17"),
        ("bận T4, rảnh T2, T3", "7 07-17, 8 07-17"),
        ("free Mon, busy Tue, Wed free", "7 07-17, 9 07-17"),
        ("T2, T3, trừ sáng", "7 11-17, 8 11-17"),
        ("sáng T2, T3, trừ 8/12; chiều T5", "!two_ways"),
        ("sáng T2, trừ 9/12; chiều T5", "7 07-11, 10 13-17"),
        ("từ 2h chiều T2", "7 14-17"),
        ("cả tuần trừ sáng T2 và chiều T3 và sáng T4 và cuối tuần", "!two_ways"),
        ("thứ 2 trừ sáng", "7 11-17"),
        (",;T2;,", "7 07-17"),
        ("all week except Mon and Wed afternoon", "!either"),
        ("not Mon or Wed afternoon", "!either"),
        ("sáng và chiều, trừ sáng T2, chiều T2 và T4", "!either"),
        ("any day but Sat, Sun and Fri", ", ".join(f"{day} 07-17" for day in range(7, 11))),
        ("any morning but Sun", ", ".join(f"{day} 07-11" for day in range(7, 13))),
        ("any day but mornings only", "!unknown_word"),
        ("any day but Tue only mornings", "!unknown_word"),
        ("Mon but Tue", "!unknown_word"),
        ("weekends bar Sat", "13 07-17"),
        ("weekdays, not Tue, Wed or Thu", "!unknown_word"),
        ("weekdays, not Tue or Wed", "7 07-17, 10 07-17, 11 07-17"),
        ("cannot do Mon or Tue", ", ".join(f"{day} 07-17" for day in range(9, 14))),
        ("Mon or Tue", "!unknown_word"),
        ("Mon or not Tue", "!unknown_word"),
        ("Weds a.m.; Thurs p.m.", "9 07-11, 10 13-17"),
        ("between 8am and 10:30am Tue", "8 08-10:30"),
        ("not Mon and Wed afternoon", "!either"),
        ("sáng T2 và T4 bận", "!either"),
        ("bận: T2 và T4 sáng", "!either"),
        ("Mon and Wed mornings, not 9 Dec", "7 07-11"),
        ("Monday morning, Tuesday afternoon", "7 07-11, 8 13-17"),
        ("weekdays except Tue, Wed, Thu, Fri", "7 07-17"),
        ("mornings on Mon and Wed", "7 07-11, 9 07-11"),
        ("bận", ""),
        ("Không", ""),
        ("busy all week", ""),
        ("any time", EVERY),
        ("Lúc nào cũng được ạ", EVERY),
        ("7h-9h thứ 3", "8 07-09"),
        ("thứ 3 từ 7h30 đến 9h", "8 07:30-09"),
        ("2pm-4pm Tuesday", "8 14-16"),
        ("từ 14h thứ 4", "9 14-17"),
        ("before 9am on Wed", "9 07-09"),
        ("thứ 2,4,6", "7 07-17, 9 07-17, 11 07-17"),
        ("T2,4 và 6 sáng", "7 07-11, 9 07-11, 11 07-11"),
        ("T2: sáng, chiều; T3: chiều", "7 07-11, 7 13-17, 8 13-17"),
        ("Sáng: T2, T4; Chiều: T5", "7 07-11, 9 07-11, 10 13-17"),
        ("- sáng T2\n- chiều T3", "7 07-11, 8 13-17"),
        ("Thứ 2 (7/12), Thứ 3 (8/12)", "7 07-17, 8 07-17"),
        ("ngày 9", "9 07-17"),
        ("9 tháng 12 buổi sáng", "9 07-11"),
        ("7/12 - 9/12", "7 07-17, 8 07-17, 9 07-17"),
        ("Sáng (7h-11h) thứ 2", "7 07-11"),
        ("nếu cần: T3, T4", "8 07-17?, 9 07-17?"),
        ("sáng T2; T3 (nếu cần)", "7 07-11, 8 07-17?"),
        ("T2 (sáng, chiều), T3 (chiều)", "7 07-11, 7 13-17, 8 13-17"),
        ("Sáng (T2, T4-T5), chiều (T3)", "7 07-11, 8 13-17, 9 07-11, 10 07-11"),
        ("Thứ Hai, ngày 7/12/2026, sáng", "!two_ways"),
        ("Thứ Hai, 07/12/2026 sáng", "7 07-11"),
        ("Monday, December 7", "7 07-17"),
        ("mỗi sáng, every Monday afternoon", "!two_ways"),
        ("mọi buổi sáng", ", ".join(f"{day} 07-11" for day in range(7, 14))),
        ("buổi nào cũng được trừ T7 và CN", ", ".join(f"{day} 07-17" for day in range(7, 12))),
        ("T2. T3.", "7 07-17, 8 07-17"),
        ("em đi được cả sáng và chiều thứ 2 ạ", "7 07-11, 7 13-17"),
        ("Sáng T2 ok!", "7 07-11"),
        ("7h-10h thứ 2; 9h-11h thứ 2", "7 07-11"),
    ],
)
def test_sentences_are_read(text: str, windows: str) -> None:
    """The windows of a week with sessions 07-11 and 13-17."""
    assert shown(text) == windows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # Is the morning that of Wednesday, or of both?
        ("T2 T4 sáng", "two_ways"),
        ("T2, sáng", "two_ways"),
        ("T2 sáng và T3", "two_ways"),
        ("cả tuần, sáng T2", "two_ways"),
        # Tuesday is partly there already: once more, or away?
        ("sáng T3, chiều T2, trừ sáng T2, cả ngày T3", "away_or_given"),
        # Are these taken away too, or given?
        ("trừ T2, T3", "away_or_given"),
        ("trừ 9/12, 10/12", "away_or_given"),
        ("not Mon, Tue", "away_or_given"),
        ("rảnh T2, bận T3, T4", "away_or_given"),
        ("rảnh T2; bận T3; T4", "away_or_given"),
        ("cả tuần; trừ T2; T3", "away_or_given"),
        ("cả tuần trừ T2; T3", "away_or_given"),
        ("Mon-Fri except Tue, Sat", "away_or_given"),
        ("trừ sáng T2, chiều T3", "away_or_given"),
        ("T2 trừ sáng, T3", "away_or_given"),
        # Busy on the day before the word, or behind it?
        ("T2 bận T3 rảnh", "two_ways"),
        ("T2 sáng không chiều được", "two_ways"),
        ("T2 không T3", "two_ways"),
        # On Monday, or on every day?
        ("T2 7h-11h; 13h-17h", "hours_of_which_day"),
        ("T2: sáng; chiều", "hours_of_which_day"),
        ("T2; sáng", "hours_of_which_day"),
        # Before dawn nobody works: it may be a clock of 12 hours.
        ("T2 1h-5h", "no_hours"),
        ("T2 1:00-5:00", "no_hours"),
        ("T2 sau 2h", "no_hours"),
        ("Thứ 2 8/12", "other_weekday"),
        ("Thứ Hai, 8/12", "other_weekday"),
        ("20/12", "no_date"),
        ("ngày 20", "outside"),
        ("tối thứ 2", "no_hours"),
        ("2h-5h chiều T4", "no_hours"),
        ("T4-T2", "no_range"),
        ("thứ 2 7h", "one_clock"),
        ("sáng 13h-17h thứ 2", "other_hours"),
        ("có thể T2", "unknown_word"),
        ("toi thu 2", "unknown_word"),
        ("thứ tư tuần này", "unknown_word"),
        ("sáng T2 và tôi sẽ xem lại", "unknown_word"),
        ("2-4-6", "unknown_word"),
        ("T2; nếu cần sáng T2", "two_states"),
        ("  ", "says_nothing"),
        ("ạ", "says_nothing"),
        ('=HYPERLINK("x")', "unknown_word"),
        ("T2 " * 200, "too_long"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, reason: str) -> None:
    """Nothing of such a text is taken, and the reason is told."""
    assert shown(text) == f"!{reason}"


BUT = {
    day: ", ".join(w for w in EVERY.split(", ") if not w.startswith(f"{day} "))
    for day in range(7, 14)
}
"""All days of the week but one."""


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        # What only says when not means all other times.
        ("không đi được T4", BUT[9]),
        ("T3 bận", BUT[8]),
        ("bận T3", BUT[8]),
        ("T3 em bận ạ", BUT[8]),
        ("bận học T3", BUT[8]),
        ("em xin nghỉ T3 nha chị", BUT[8]),
        ("T3 k đi đc", BUT[8]),
        ("ko đi được T3", BUT[8]),
        ("khong di duoc thu 3", BUT[8]),
        ("hok đi T3", BUT[8]),
        ("không thể đi T3", BUT[8]),
        ("can't do Tue", BUT[8]),
        ("Tue busy", BUT[8]),
        ("not Wed", BUT[9]),
        ("no Wednesdays", BUT[9]),
        ("T2 và T3 bận", ", ".join(f"{day} 07-17" for day in range(9, 14))),
        ("bận: T2, T3", ", ".join(f"{day} 07-17" for day in range(9, 14))),
        ("bận sáng", ", ".join(f"{day} 11-17" for day in range(7, 14))),
        ("bận T3, còn lại rảnh", BUT[8]),
        ("busy Tue, otherwise free", BUT[8]),
        # Beside what is given it only takes away.
        ("Rảnh: T2; bận: T3", "7 07-17"),
        ("rảnh T3, còn lại bận", "8 07-17"),
        ("T2 có, T3 không, T4 được", "7 07-17, 9 07-17"),
        ("T2 ✅, T3 ko", "7 07-17"),
        ("T2 (được), T3 (không)", "7 07-17"),
        ("T2 (ok), T3 (bận ạ)", "7 07-17"),
        ("T2 - bận; T3 - sáng", "8 07-11"),
        ("T2: bận\nT3: sáng\nT4: rảnh", "8 07-11, 9 07-17"),
        ("T2 sáng\nT3 bận\nT4 chiều", "7 07-11, 9 13-17"),
        ("T2; T3 trừ sáng", "7 07-17, 8 11-17"),
        ("T2 và T3 trừ sáng", "7 11-17, 8 11-17"),
        # Not at all.
        ("ko", ""),
        ("k", ""),
        ("hok", ""),
        ("Ko đi đc ạ 😊", ""),
        ("can't make it", ""),
        # Ranges.
        ("từ thứ 4 trở đi", "9 07-17, 10 07-17, 11 07-17, 12 07-17, 13 07-17"),
        ("từ T6", "11 07-17, 12 07-17, 13 07-17"),
        ("T6 trở đi", "11 07-17, 12 07-17, 13 07-17"),
        ("from Fri on", "11 07-17, 12 07-17, 13 07-17"),
        ("from Friday onwards", "11 07-17, 12 07-17, 13 07-17"),
        ("sáng từ T6", "11 07-11, 12 07-11, 13 07-11"),
        ("đến hết T3", "7 07-17, 8 07-17"),
        ("trước T4", "7 07-17, 8 07-17"),
        ("sau T6", "12 07-17, 13 07-17"),
        ("after Fri", "12 07-17, 13 07-17"),
        ("Mon through Wed", "7 07-17, 8 07-17, 9 07-17"),
        ("t2->t4", "7 07-17, 8 07-17, 9 07-17"),
        ("từ 13h trở đi T2", "7 13-17"),
        ("8-10/12", "8 07-17, 9 07-17, 10 07-17"),
        ("8/12-10/12", "8 07-17, 9 07-17, 10 07-17"),
        ("8/12/2026 - 10/12/2026", "8 07-17, 9 07-17, 10 07-17"),
        ("từ 8 đến 10/12", "8 07-17, 9 07-17, 10 07-17"),
        ("8-10 Dec", "8 07-17, 9 07-17, 10 07-17"),
        ("Dec 8-10", "8 07-17, 9 07-17, 10 07-17"),
        ("sáng 8, 9 và 11/12", "8 07-11, 9 07-11, 11 07-11"),
        # Lists of days.
        ("T2-4-6", "7 07-17, 9 07-17, 11 07-17"),
        ("T246 sáng", "7 07-11, 9 07-11, 11 07-11"),
        ("T2/T4", "7 07-17, 9 07-17"),
        ("MWF mornings", "7 07-11, 9 07-11, 11 07-11"),
        ("T2-3", "7 07-17, 8 07-17"),
        # All week, and hours of all days.
        ("full tuần", EVERY),
        ("em rảnh cả tuần 🙏", EVERY),
        ("lúc nào cũng đc", EVERY),
        ("hôm nào cũng rảnh", EVERY),
        ("cuối tuần", "12 07-17, 13 07-17"),
        ("weekends", "12 07-17, 13 07-17"),
        ("weekdays", ", ".join(f"{day} 07-17" for day in range(7, 12))),
        ("chỉ sáng thôi ạ", ", ".join(f"{day} 07-11" for day in range(7, 14))),
        ("only mornings", ", ".join(f"{day} 07-11" for day in range(7, 14))),
        ("các buổi chiều", ", ".join(f"{day} 13-17" for day in range(7, 14))),
        ("any afternoon", ", ".join(f"{day} 13-17" for day in range(7, 14))),
        ("sau 3h chiều", ", ".join(f"{day} 15-17" for day in range(7, 14))),
        ("after 3pm on weekends", "12 15-17, 13 15-17"),
        # A word for any time means all hours of the days beside it.
        ("T2 lúc nào cũng được", "7 07-17"),
        ("Anytime Mon-Wed", "7 07-17, 8 07-17, 9 07-17"),
        ("any time after 3pm", ", ".join(f"{day} 15-17" for day in range(7, 14))),
        ("sáng nào cũng đc", ", ".join(f"{day} 07-11" for day in range(7, 14))),
        # As people type.
        ("đc T2", "7 07-17"),
        ("e đk sáng t2 và chiều t3 nha", "7 07-11, 8 13-17"),
        ("e đk sáng t2, chiều t3 nha", "7 07-11, 8 13-17"),
        ("I can do Mon and Wed", "7 07-17, 9 07-17"),
        ("ưu tiên: T2; nếu cần: T3", "7 07-17+, 8 07-17?"),
    ],
)
def test_people_write_so(text: str, windows: str) -> None:
    """Vietnamese volunteers in a chat, and English ones in a mail."""
    assert shown(text) == windows


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        # The morning of both days, or of one?
        ("T2, T4 sáng", "t2 và t4 sáng", "t2; t4 sáng"),
        ("sáng T2, T4", "sáng t2 và t4", "sáng t2; t4"),
        ("Mon, Tue mornings", "mon and tue mornings", "mon; tue mornings"),
        ("Sáng: T2; T4", "sáng: t2; sáng: t4", "t4; sáng: t2"),
        # Taken away from both, or from one?
        ("T2, T3 trừ sáng", "t2 và t3 trừ sáng", "t2; t3 trừ sáng"),
        ("Mon, Tue except mornings", "mon and tue except mornings", "mon; tue except mornings"),
        # Busy on both, or on one?
        ("T2, T3 bận", "t2 và t3 bận", "t2; bận t3"),
        ("T2, T3 (bận)", "t2 và t3 bận", "t2; bận t3"),
        ("T2; T3 bận", "bận: t2, t3", "t2; bận t3"),
        ("Mon, Tue busy", "mon and tue busy", "mon; busy tue"),
        # Does the label reach on?
        ("nếu cần: T3; T4", "nếu cần: t3; nếu cần: t4", "t4; nếu cần: t3"),
        ("nếu cần T3; T4", "nếu cần t3; nếu cần: t4", "t4; nếu cần t3"),
        ("ưu tiên sáng T2; T3", "ưu tiên sáng t2; ưu tiên: t3", "t3; ưu tiên sáng t2"),
        ("T2, T3 nếu cần", "t2 và t3 nếu cần", "t2; nếu cần t3"),
        ("sáng T2; sáng T3 nếu cần", "nếu cần: sáng t2, sáng t3", "sáng t2; nếu cần sáng t3"),
        # Is the day itself meant too?
        ("until Fri", "through fri", "before fri"),
        ("đến T6", "đến hết t6", "trước t6"),
        # From one to the other, or these two? The whole week, or without its end?
        ("T2-4", "T2-T4", "T2 & T4"),
        ("trong tuần", "T2-T6", "cả tuần"),
        ("during the week", "weekdays", "all week"),
    ],
)
def test_two_readings_are_told(text: str, one: str, other: str) -> None:
    """Both can be written so that they are read, and they are not the same."""
    with pytest.raises(NotUnderstoodError) as caught:
        read_sentence(text, WEEK)

    said = caught.value.said
    assert (said.code, said.params["one"], said.params["other"]) == ("answers.either", one, other)
    assert not shown(one).startswith("!")
    assert not shown(other).startswith("!")
    assert shown(one) != shown(other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bận T2-T6 trừ T4", "two_ways"),
        ("T3 bận sáng", "two_ways"),
        ("T2 được không", "two_ways"),
        ("T2 (được không)", "two_ways"),
        ("(bận) T2", "two_ways"),
        ("T2: sáng, T3: chiều", "order"),
        ("từ T4 sáng", "two_ways"),
        ("sáng T4 trở đi", "two_ways"),
        ("từ 14h T4 trở đi", "two_ways"),
        ("sáng sau 9h T2", "two_ways"),
        ("từ 9h trước 11h", "two_ways"),
        ("every day Mon-Fri", "order"),
        ("tất cả T2", "order"),
        ("rảnh T2, T4, T3 bận", "two_ways"),
        ("T2; T3, trừ sáng", "two_ways"),
        ("T2, sáng", "two_ways"),
        ("T3 bận; T4", "away_or_given"),
        ("bận: T3; T4", "away_or_given"),
        # Found by the slow reader of test_answer_readings.py.
        ("trừ T2 sáng, bận sáng", "hours_of_which_day"),
        ("T2 bận, sáng", "away_or_given"),
        ("sáng T2 bận, T3", "away_or_given"),
        ("T3, trừ sáng; T2", "away_or_given"),
        ("T2 trừ sáng, T2", "away_or_given"),
        ("trừ sáng, nếu cần T2; T3", "either"),
        ("T2 và T4, trừ T3, T2 trừ sáng", "two_ways"),
        ("rảnh T3 và T4; trừ T2 và T4, T4 trừ sáng", "two_ways"),
        ("sáng, trừ sáng T2; chiều", "away_or_given"),
        ("T2, bận T3, còn lại rảnh", "rest_of_what"),
        ("còn lại rảnh", "rest_of_what"),
        ("thứ 2 - thứ 4 - thứ 6", "order"),
        ("T2 8-10/12", "order"),
        ("không, chỉ T2", "order"),
        ("No. Only Mon", "order"),
        ("từ sáng T4", "order"),
        ("off Tue", "either"),
        ("không chỉ T2", "unknown_word"),
        ("not every Monday", "unknown_word"),
        ("không bận T2", "unknown_word"),
        ("T2 hoặc T4", "unknown_word"),
        ("T2 đi làm", "unknown_word"),
        ("T2 full", "unknown_word"),
        ("T2 ❌", "unknown_word"),
        ("T2?", "unknown_word"),
        ("T2/7", "unknown_word"),
        ("lúc 7, 8/12", "unknown_word"),
        ("ban T3", "unknown_word"),
        ("T24", "unknown_word"),
        ("sau T8", "unknown_word"),
        ("after Sun", "no_range"),
        ("10-8/12", "no_range"),
        ("after 5pm", "no_hours"),
    ],
)
def test_what_people_write_may_mean_nothing_certain(text: str, reason: str) -> None:
    """A word that turns a yes into a no is never passed over."""
    assert shown(text) == f"!{reason}"


PAGE = Path(__file__).parents[3] / "docs" / "arriving.md"


def test_the_page_tells_what_is_read_and_what_is_refused() -> None:
    """Each text of its two tables, and the readings in other words, which differ."""
    section = PAGE.read_text("utf-8").split("### Free text")[1].split("\n### ")[0]
    read, refused = (part.split("\n\n")[0] for part in section.split("|---|---|\n")[1:])
    for row in read.splitlines():
        for text in re.findall("`([^`]+)`", row.split("|")[1]):
            assert not shown(text).startswith("!"), text
    for row in refused.splitlines():
        texts, readings = (re.findall("`([^`]+)`", cell) for cell in row.split("|")[1:3])
        assert all(shown(text).startswith("!") for text in texts), texts
        ways = [shown(text) for text in readings]
        assert not any(way.startswith("!") for way in ways), readings
        assert all(one != other for one, other in zip(ways[::2], ways[1::2], strict=True)), row


def test_sessions_of_the_week_decide_what_parts_of_the_day_are() -> None:
    """10-14 lies half in the morning, and 16-20 half in the evening: the words are unclear."""
    assert shown("sáng thứ 2", FOOD_BANK) == "!no_hours"
    assert shown("tối thứ 2", FOOD_BANK) == "!no_hours"
    assert shown("16h-20h thứ 2", FOOD_BANK) == "7 16-20"
    assert shown("cả ngày thứ 2", FOOD_BANK) == "7 08-20"


def test_a_day_of_the_week_is_each_of_its_dates() -> None:
    """In two weeks there are two Mondays, but no range from Monday to Friday."""
    assert shown("sáng thứ 2", TWO_WEEKS) == "7 07-11, 14 07-11"
    assert shown("T2-T6", TWO_WEEKS) == "!no_range"


def test_a_day_that_is_not_planned_is_refused() -> None:
    """A week from Monday to Friday has no Sunday, but may leave it out of `all week`."""
    short = Calendar(DAYS[:5], [hours(7, 11)])

    assert shown("CN", short) == "!no_such_day"
    assert shown("T6-CN", short) == "!no_such_day"
    assert shown("cả tuần", short) == "7 07-11, 8 07-11, 9 07-11, 10 07-11, 11 07-11"


def test_a_column_says_the_rest() -> None:
    """Choices below `Thứ 2`, and days below `Sáng`; others than the heading's are refused."""
    monday = Within(days=frozenset({MONDAY}))
    morning = Within(hours=(hours(7, 11),))

    assert shown("Sáng, Chiều", within=monday) == "7 07-11, 7 13-17"
    assert shown("Sáng;Chiều;", within=monday) == "7 07-11, 7 13-17"
    assert shown("Thứ 2, Thứ 4", within=morning) == "7 07-11, 9 07-11"
    assert shown("8h-9h thứ 2", within=morning) == "7 08-09"
    assert shown("sáng thứ 3", within=monday) == "!other_column"
    assert shown("chiều thứ 2", within=morning) == "!other_column"


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
