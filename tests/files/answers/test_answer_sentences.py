"""Free text about when somebody can come: what is read."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from files.answers.calendars import FOOD_BANK, MONDAY, hours, shown

from shiftplan.files.answers.calendar import Calendar, Within

TWO_WEEKS = Calendar([MONDAY + timedelta(i) for i in range(14)], [hours(7, 11), hours(13, 17)])
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
        ("I am only free Monday", "7 07-17"),
        ("I'm only available on Mon and Wed", "7 07-17, 9 07-17"),
        ("sorry I am only free Fri", "11 07-17"),
        ("I am free Mon am", "7 07-11"),
        ("Wed after 05:00", "9 05-17"),
        ("T4 sau 5h sáng", "9 05-17"),
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
        ("dự bị sáng T3", "8 07-11 SB"),
        ("sáng T2; T3 (dự bị)", "7 07-11, 8 07-17 SB"),
        ("T2 sáng; nhận dự bị: T4, T5", "7 07-11, 9 07-17 SB, 10 07-17 SB"),
        ("em trực dự bị chiều thứ 5 ạ", "10 13-17 SB"),
        ("on standby Mon morning", "7 07-11 SB"),
        ("sáng T2, dự bị sáng T2", "!two_ways"),
        ("sáng T2; dự bị sáng T2", "!two_states"),
        ("Dự bị ạ.", ", ".join(f"{day} 07-17 SB" for day in range(7, 14))),
        (
            "dự bị cả tuần trừ T3",
            ", ".join(f"{day} 07-17 SB" for day in (7, *range(9, 14))),
        ),
        ("dự bị, bận", "!order"),
        ("dự phòng T2", "!unknown_word"),
    ],
)
def test_sentences_are_read(text: str, windows: str) -> None:
    """The windows of a week with sessions 07-11 and 13-17."""
    assert shown(text) == windows


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
        ("T2 7h sáng đến 11h trưa", "7 07-11"),
        ("Mon 8 am to noon, Tue noon-5pm", "7 08-12, 8 12-17"),
        ("sau 1h trưa T4", "9 13-17"),
        ("Monday after noon", "7 12-17"),
        # A word for any time means all hours of the days beside it.
        ("T2 lúc nào cũng được", "7 07-17"),
        ("Anytime Mon-Wed", "7 07-17, 8 07-17, 9 07-17"),
        ("any time after 3pm", ", ".join(f"{day} 15-17" for day in range(7, 14))),
        ("sáng nào cũng đc", ", ".join(f"{day} 07-11" for day in range(7, 14))),
        # Words side by side, where only one reading makes sense.
        ("T7 CN cả ngày", "12 07-17, 13 07-17"),
        ("T7, CN cả ngày", "12 07-17, 13 07-17"),
        ("cả ngày T7, CN", "12 07-17, 13 07-17"),
        ("sáng t2 t3 t4", "7 07-11, 8 07-11, 9 07-11"),
        ("sáng t2 t3 và t4", "7 07-11, 8 07-11, 9 07-11"),
        ("8h-10h T2 T3", "7 08-10, 8 08-10"),
        ("sáng chiều T2", "7 07-11, 7 13-17"),
        ("T2 sáng chiều", "7 07-11, 7 13-17"),
        ("sáng T2 chiều T3", "7 07-11, 8 13-17"),
        ("T2 sáng T3 chiều", "7 07-11, 8 13-17"),
        ("sáng T2-T3 chiều T4-T5", "7 07-11, 8 07-11, 9 13-17, 10 13-17"),
        ("sáng 2,4,6", "7 07-11, 9 07-11, 11 07-11"),
        ("chiều 2 4 6", "7 13-17, 9 13-17, 11 13-17"),
        ("sáng 2-4-6", "7 07-11, 9 07-11, 11 07-11"),
        ("sáng thứ 2 4 6", "7 07-11, 9 07-11, 11 07-11"),
        ("thứ hai, tư, sáu", "7 07-17, 9 07-17, 11 07-17"),
        ("sáng thứ hai tư sáu", "7 07-11, 9 07-11, 11 07-11"),
        ("bận T3 còn lại ok", BUT[8]),
        # All days, where nothing else is said of them.
        ("rảnh hết", EVERY),
        ("em đi được hết ạ", EVERY),
        ("đều được", EVERY),
        ("sao cũng được", EVERY),
        ("tham gia đầy đủ", EVERY),
        ("rảnh hết tuần", EVERY),
        ("rảnh hết trừ T3", BUT[8]),
        ("T2 sáng rảnh hết", "7 07-11"),
        ("bận hết", ""),
        ("bận rồi", ""),
        ("không trực", ""),
        ("vắng T3", BUT[8]),
        ("kẹt T3", BUT[8]),
        ("bận đi công tác T3", BUT[8]),
        ("em trực sáng T2", "7 07-11"),
        ("đi T2, T4", "7 07-17, 9 07-17"),
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
