"""Free text that is refused: it means nothing, or two things."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from files.answers.calendars import DAYS, WEEK, hours, shown

from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError
from shiftplan.files.answers.columns import denies, within_of
from shiftplan.files.answers.sentence import read_sentence


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
        # After work, or all day?
        ("rảnh sau 5h T4", "no_hours"),
        ("T2-T6 sau 5h; T7 CN", "no_hours"),
        ("Mon-Fri after 5:30; weekend", "no_hours"),
        ("Wed after 7:00", "no_hours"),
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


def test_numbers_are_no_weekdays_where_one_is_a_day_of_the_month() -> None:
    """`sáng 2,4,6` from 30 November to 6 December may mean the second, fourth and sixth."""
    other = Calendar([date(2026, 11, 30) + timedelta(i) for i in range(7)], WEEK.sessions)

    assert shown("sáng 2,4,6", other) == "!either"
    assert shown("sáng T2,4,6", other) != shown("sáng ngày 2 và ngày 4 và ngày 6", other)


@pytest.mark.parametrize("text", ["Thu 3", "thu 3 sang", "Thu. 3", "morning Thu 3"])
def test_a_weekday_without_accents_may_be_thursday(text: str) -> None:
    """In a week whose Thursday is the third; elsewhere, and with accents, it is Tuesday."""
    other = Calendar([date(2026, 11, 30) + timedelta(i) for i in range(7)], WEEK.sessions)

    assert shown(text, other) == "!either"
    assert shown(text.replace("hu", "hứ"), other).startswith("1 ")
    assert shown("thu 3") == shown("thứ 3") == shown("T3")
    assert shown("thu 5", other) == shown("T5", other)


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
        ("T2 T4 T6 sáng", "two_ways"),
        ("T2 T4 sáng chiều", "two_ways"),
        ("sáng T2 T4 chiều T3", "order"),
        ("bận sáng T2 chiều T3", "order"),
        ("bận sáng T2 T3", "either"),
        ("nếu cần sáng T2 chiều T3", "order"),
        ("sáng cả tuần T2", "order"),
        ("không rảnh hết", "unknown_word"),
        ("chiều 3,5", "unknown_word"),
        ("chiều 3-5", "unknown_word"),
        ("chiều 2 3 4h", "unknown_word"),
        ("thứ hai, ba buổi", "unknown_word"),
        ("thứ hai, năm 2026", "unknown_word"),
        ("thứ ba, tư vấn", "unknown_word"),
        ("T4 rảnh hết tuần", "order"),
        ("vang T3", "unknown_word"),
        ("rảnh", "says_nothing"),
        ("ok", "says_nothing"),
        ("after Sun", "no_range"),
        ("10-8/12", "no_range"),
        ("after 5pm", "no_hours"),
    ],
)
def test_what_people_write_may_mean_nothing_certain(text: str, reason: str) -> None:
    """A word that turns a yes into a no is never passed over."""
    assert shown(text) == f"!{reason}"


def test_a_day_that_is_not_planned_is_refused() -> None:
    """A week from Monday to Friday has no Sunday, but may leave it out of `all week`."""
    short = Calendar(DAYS[:5], [hours(7, 11)])

    assert shown("CN", short) == "!no_such_day"
    assert shown("T6-CN", short) == "!no_such_day"
    assert shown("cả tuần", short) == "7 07-11, 8 07-11, 9 07-11, 10 07-11, 11 07-11"


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("T2: sáng - tối", "!two_ways"),
        ("sáng - tối T2", "!two_ways"),
        ("T2: sáng - chiều", "7 07-11, 7 13-17"),
        ("T2: sáng, tối", "7 07-11, 7 18-21"),
    ],
)
def test_a_dash_between_parts_of_a_day_leaves_none_out(text: str, windows: str) -> None:
    """From morning to evening is the afternoon too, or is it both without it?"""
    evenings = Calendar(DAYS, [hours(7, 11), hours(13, 17), hours(18, 21)])

    assert shown(text, evenings) == windows


@pytest.mark.parametrize(
    "heading",
    [
        "After Wednesday, can you come?",
        "Can you come until Wed 9 Dec?",
        "Can you help after 5 on Mon 7 Dec?",
        "Are you available Monday 7th to Friday 11th?",
        "Bạn rảnh buổi nào từ thứ 2 cho đến thứ 6?",
        "Can you come Saturday or Sunday?",
        "Thứ 4 trở đi bạn đến được không?",
    ],
)
def test_headings_whose_other_words_tell_more_of_their_times(heading: str) -> None:
    """What is left out of a question would make it one of other days."""
    with pytest.raises(NotUnderstoodError):
        within_of(heading, WEEK, "Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("Can you come on Wednesday?", [9]),
        ("Bạn rảnh buổi nào từ thứ 2 đến thứ 4?", [7, 8, 9]),
        ("Are you free from Monday to Wednesday?", [7, 8, 9]),
        ("Nhóm A - thứ 2 - buổi sáng", [7]),
    ],
)
def test_headings_that_name_days_among_other_words(heading: str, days: list[int]) -> None:
    found = within_of(heading, WEEK, "Asia/Ho_Chi_Minh")

    assert found is not None
    assert sorted(day.day for day in found.days or ()) == days


@pytest.mark.parametrize(
    ("heading", "is_denied"),
    [
        ("Lịch học trong tuần", True),
        ("Lich hoc", True),
        ("Thời gian học", True),
        ("Lịch làm việc", True),
        ("Thời khoá biểu", True),
        ("Khi nào bạn học?", True),
        ("Class schedule", True),
        ("Can you send us your class schedule?", True),
        ("When are your exams?", True),
        ("Khi nào bạn bận?", True),
        ("Thời gian rảnh ngoài giờ học", False),
        ("Ngoài giờ làm, bạn đến được lúc nào?", False),
        ("When are you free outside class hours?", False),
        ("Thời gian rảnh", False),
        ("Lịch rảnh", False),
        ("Thời gian làm tình nguyện", False),
        ("When can you come?", False),
    ],
)
def test_headings_that_ask_for_busy_times(heading: str, is_denied: bool) -> None:
    """A yes below a timetable of classes is a no."""
    assert denies(heading) is is_denied
