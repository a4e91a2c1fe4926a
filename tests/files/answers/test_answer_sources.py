"""Answers as each program writes them, and what they are understood as."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import answer_files as files
import pytest
from answer_files import book_of, fates, read_text_of, told, week

from shiftplan.files import read_answers, write_availability
from shiftplan.files.answers.records import Replies
from shiftplan.week.records import Availability

LAN_AND_MINH = {"V1": "7 07-11, 7 13-17?", "V2": "7 13-17"}
"""Lan comes on Monday morning, and in the afternoon if need be; Minh in the afternoon."""


@pytest.mark.parametrize(
    ("program", "text", "understood"),
    [
        ("rallly", files.RALLLY, LAN_AND_MINH),
        ("rallly", files.RALLLY_VI, LAN_AND_MINH),
        ("rallly", files.RALLLY_2, LAN_AND_MINH),
        ("framadate", files.FRAMADATE, {"V1": "7 07-11, 7 13-17?, 8 07-11", "V2": "7 13-17"}),
        ("framadate", files.FRAMADATE_FR, LAN_AND_MINH),
        ("nextcloud_polls", files.NEXTCLOUD, LAN_AND_MINH),
        # Lan chose two slots of half an hour from 7:00 on, Minh two from 8:00; both came Tuesday.
        ("when2meet", files.WHEN2MEET, {"V1": "7 07-08, 8 07-09", "V2": "7 08-09, 8 07-09"}),
        (
            "google_forms",
            files.GOOGLE_DOWNLOAD,
            {"V1": "7 07-11, 7 13-17, 8 07-11", "V2": "8 13-17"},
        ),
        (
            "microsoft_forms",
            files.MICROSOFT_CSV,
            {"V1": "7 07-11, 7 13-17, 8 07-11", "V2": "8 13-17"},
        ),
    ],
)
def test_files_of_programs_are_understood(
    program: str, text: str, understood: dict[str, str], tmp_path: Path
) -> None:
    """Each is told by its content alone, and every answer in it is understood."""
    replies = read_text_of(tmp_path, text)

    assert replies.sources[0].program == program
    assert told(replies) == understood
    assert replies.is_clear
    assert replies.silent == ("V3", "V4", "V5")


def test_the_latest_answer_to_a_google_form_counts(tmp_path: Path) -> None:
    """Lan answered twice; her remark is not an answer, and is listed as not read."""
    replies = read_text_of(tmp_path, files.GOOGLE_SHEET)

    assert told(replies) == {"V2": "8 13-17", "V1": "7 07-11"}
    assert fates(replies) == ["replaced V1 answers.later"]
    assert replies.sources[0].unread == {"Ghi chú": 1}
    assert replies.replies[2].at == datetime(2026, 12, 2, 6, 30, 1)
    assert replies.is_clear


def test_a_workbook_of_microsoft_forms_is_understood(tmp_path: Path) -> None:
    """Its `ID` counts answers, its `Name` is that of accounts, blank for guests."""
    replies = read_text_of(tmp_path, book_of(files.MICROSOFT), "Availability.xlsx")

    assert replies.sources[0].program == "microsoft_forms"
    assert told(replies) == {"V1": "7 07-11, 7 13-17, 8 07-11", "V2": "8 13-17"}
    assert replies.replies[1].at == datetime(2026, 12, 1, 21, 15, 40)


@pytest.mark.parametrize(
    "rows", [files.NEXTCLOUD_BOOK, files.NEXTCLOUD_BOOK_VI, files.NEXTCLOUD_TEXTS]
)
def test_a_workbook_of_nextcloud_polls_reads_as_its_csv_file(
    rows: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    """Its cross always means no, though elsewhere a cross may be a choice."""
    replies = read_text_of(tmp_path, book_of(rows), "pollStore.xlsx")

    assert replies.sources[0].program == "nextcloud_polls"
    assert told(replies) == told(read_text_of(tmp_path, files.NEXTCLOUD)) == LAN_AND_MINH
    assert replies.is_clear


@pytest.mark.parametrize(
    ("start", "end", "windows"),
    [
        ("Mon, Dec 7, 2026, 12:00 AM", "Tue, Dec 8, 2026, 12:00 AM", "7 00-00"),
        ("Mon, Dec 7, 2026, 10:00 PM", "Tue, Dec 8, 2026, 6:00 AM", "7 22-06"),
        ("Mon, 7 Dec 2026, 07:00", "Mon, 7 Dec 2026, 11:00", "7 07-11"),
        ("07:00 Th 2, 7 thg 12, 2026", "11:00 Th 2, 7 thg 12, 2026", "7 07-11"),
        ("Mon, Dec 7, 2026, 12:00 AM", "Mon, Dec 7, 2026, 12:00 AM", "7 07-17"),
    ],
)
def test_options_of_nextcloud_polls_may_reach_into_the_next_day(
    start: str, end: str, windows: str, tmp_path: Path
) -> None:
    """Whole days, nights, and options without hours, in several languages of browsers."""
    rows = (("Poll",), ("From", start), ("To", end), ("Nguyễn Thị Lan", "✔"))

    assert told(read_text_of(tmp_path, book_of(rows), "poll.xlsx")) == {"V1": windows}


def test_names_of_accounts_count_where_the_form_asks_for_none(tmp_path: Path) -> None:
    """A form within an organization needs no question for the name."""
    rows = [
        ("ID", "Start time", "Completion time", "Email", "Name", "Monday"),
        (1, datetime(2026, 12, 1), datetime(2026, 12, 1), "l@x.vn", "Nguyễn Thị Lan", "Morning;"),
    ]

    assert told(read_text_of(tmp_path, book_of(rows), "form.xlsx")) == {"V1": "7 07-11"}


def test_a_question_with_the_heading_of_the_account_counts(tmp_path: Path) -> None:
    """Excel calls the second column `Name` in a table of Microsoft Forms `Name2`."""
    rows = [
        ("ID", "Start time", "Completion time", "Email", "Name", "Name2", "Monday"),
        (1, datetime(2026, 12, 1), datetime(2026, 12, 1), "o@x.vn", "Văn phòng", "V1", "Morning;"),
    ]

    assert told(read_text_of(tmp_path, book_of(rows), "form.xlsx")) == {"V1": "7 07-11"}


def test_nothing_chosen_in_framadate_is_blank(tmp_path: Path) -> None:
    """In PHP 8 it writes `unkown` there (exportcsv.php of 1.2)."""
    text = files.FRAMADATE.replace('"No","Yes","No"', '"unkown","Yes","unkown"')

    assert told(read_text_of(tmp_path, text))["V2"] == "7 13-17"


def test_options_of_a_form_may_say_their_hours(tmp_path: Path) -> None:
    """Choices such as `Ca 1 (7h-11h)` are their hours."""
    text = (
        "Dấu thời gian,Họ tên,Thứ 2,Thứ 3\n"
        '1/12/2026 8:00:00,V1,"Ca 1 (7h-11h), Ca 2 (13h-17h)",Cả ngày\n'
    )

    assert told(read_text_of(tmp_path, text)) == {"V1": "7 07-11, 7 13-17, 8 07-17"}


def test_questions_may_name_the_session_and_choices_the_days(tmp_path: Path) -> None:
    """A question a session, with check boxes for days."""
    text = (
        "Timestamp,Full name,Buổi sáng,Buổi chiều\n"
        '12/1/2026 8:00:00,V1,"Thứ 2, Thứ 4",\n12/1/2026 9:00:00,V2,,Thứ 3\n'
    )

    assert told(read_text_of(tmp_path, text)) == {"V1": "7 07-11, 9 07-11", "V2": "8 13-17"}


def test_the_table_availability_is_understood(tmp_path: Path) -> None:
    """Windows that touch are one, and states may be words of a language."""
    text = (
        "volunteer_id,date,start,end,state\n"
        "V1,2026-12-07,07:00,09:00,available\nV1,07/12/2026,09:00,11:00,available\n"
        "V2,2026-12-08,13h,17h,undesired\n"
    )

    replies = read_text_of(tmp_path, text)

    assert replies.sources[0].program == "windows"
    assert told(replies) == {"V1": "7 07-11", "V2": "8 13-17?"}


def test_a_list_in_free_text_is_understood(tmp_path: Path) -> None:
    """One row a person; the name with the center is enough."""
    text = (
        "Họ và tên,Xã/phường,Thời gian rảnh\n"
        'Nguyễn Thị Lan,Bình Đức,"sáng thứ 2, chiều thứ 5, trừ 9/12"\n'
        "Trần Văn Minh,,T2-T6 sáng\nLê Hoàng Anh,Mỹ Thới,bận\n"
    )

    replies = read_text_of(tmp_path, text)

    assert replies.sources[0].program == "list"
    assert told(replies) == {
        "V1": "7 07-11, 10 13-17",
        "V2": "7 07-11, 8 07-11, 9 07-11, 10 07-11, 11 07-11",
        "V3": "",
    }


def test_a_workbook_of_a_whole_week_gives_its_answers_only(tmp_path: Path) -> None:
    """Sheets of people and shifts are no lists of answers."""
    from openpyxl import Workbook

    book = Workbook()
    people, grid = book.active, book.create_sheet("Bảng đăng ký")
    assert people is not None
    people.title = "Tình nguyện viên"
    people.append(["Mã tình nguyện viên", "Tên", "Thời gian rảnh"])
    people.append(["V1", "Lan", "cả tuần"])
    for row in (
        ["Mã tình nguyện viên", "Ngày", "2026-12-07"],
        [None, "Giờ bắt đầu", "07:00"],
        [None, "Giờ kết thúc", "11:00"],
        ["V2", None, "x"],
    ):
        grid.append(row)
    path = tmp_path / "team.xlsx"
    book.save(path)

    replies: Replies = read_answers(week(), path)

    assert told(replies) == {"V2": "7 07-11"}


def test_a_header_may_stand_below_a_title(tmp_path: Path) -> None:
    """As in sheets that people make themselves."""
    rows = [("ĐĂNG KÝ TUẦN 50",), (), ("STT", "Họ và tên", "Thứ 2", "Thứ 3"), (1, "V1", "Sáng")]

    replies = read_text_of(tmp_path, book_of(rows), "list.xlsx")

    assert told(replies) == {"V1": "7 07-11"}
    assert replies.replies[0].row == 4
    assert replies.sources[0].unread == {"STT": 1}


@pytest.mark.parametrize("title", ["ĐĂNG KÝ TUẦN 50", "Đăng ký, tuần 50"])
def test_the_delimiter_is_that_of_the_rows_below_a_title(tmp_path: Path, title: str) -> None:
    """Answers may contain another one."""
    text = f"{title}\nHọ và tên;Thời gian rảnh\nV1;sáng thứ 2, chiều thứ 3\nV2;sáng thứ 2\n"

    replies = read_text_of(tmp_path, text)

    assert told(replies) == {"V1": "7 07-11, 8 13-17", "V2": "7 07-11"}


@pytest.mark.parametrize(("hours", "fate"), [("Chiều", "unclear"), ("cả tuần", "understood")])
def test_hours_without_a_day_are_those_of_no_day(tmp_path: Path, hours: str, fate: str) -> None:
    """A blank beside them, as merged cells have, does not mean every day."""
    text = f"Ngày,Buổi,Họ và tên\n7/12/2026,Sáng,V1\n,{hours},V2\n"

    replies = read_text_of(tmp_path, text)

    assert {reply.volunteer_id: reply.fate for reply in replies.replies} == {
        "V1": "understood",
        "V2": fate,
    }


def test_windows_over_midnight_are_read(tmp_path: Path) -> None:
    """With the date on which they end, where the times do not imply it."""
    text = (
        "volunteer_id,date,start,end,end_date\n"
        "V1,2026-12-07,22:00,06:00,\nV2,2026-12-07,22:00,06:00,2026-12-08\n"
        "V3,2026-12-07,22:00,06:00,2026-12-09\nV4,2026-12-07,22:00,23:00,2026-12-06\n"
    )

    replies = read_text_of(tmp_path, text)

    ends = {r.volunteer_id: r.windows[0].end.day for r in replies.of("understood")}
    assert ends == {"V1": 8, "V2": 8, "V3": 9}
    assert fates(replies) == ["unclear V4 answers.no_window"]


@pytest.mark.parametrize(
    ("heading", "cell", "is_read"),
    [
        ("Bạn đến được buổi nào vào Thứ 2 (7/12)?", "Sáng", True),
        ("Thứ 2 bạn chọn gì", "Sáng", True),
        ("Bạn có đến được vào Thứ 2 không?", "Có", True),
        ("Thứ 2 bạn có ăn trưa không?", "Có", False),
        ("Số ca tối đa", "4", False),
        ("Tối đa mấy ca thứ 2", "4", False),
        ("Bạn có xe máy không?", "Không", False),
        ("Ngày sinh", "7/12/1990", False),
    ],
)
def test_a_question_in_other_words_is_read_only_if_it_asks_for_time(
    heading: str, cell: str, is_read: bool, tmp_path: Path
) -> None:
    """What is left aside is listed with its count."""
    replies = read_text_of(tmp_path, f'Name,"{heading}",Thứ 3\nV1,{cell},Sáng\n')

    assert replies.sources[0].unread == ({} if is_read else {heading: 1})
    days = {window.start.day for window in replies.replies[0].windows}
    assert days == ({7, 8} if is_read else {8})


@pytest.mark.parametrize(
    ("heading", "cell", "windows"),
    [
        ("Thứ 2", "đc ạ", "7 07-17"),
        ("Thứ 2", "e đi đc 😊", "7 07-17"),
        ("Thứ 2", "yes please", "7 07-17"),
        ("Thứ 2", "nếu cần thôi ạ", "7 07-17?"),
        ("Thứ 2", "k ạ", ""),
        ("Thứ 2", "ko đi đc", ""),
        ("Thứ 2", "bận học", ""),
        ("Thứ 2", "bận sáng", "7 11-17"),
        ("Thứ 2", "sáng k, chiều đc", "7 13-17"),
        ("Buổi sáng", "t2->t4", "7 07-11, 8 07-11, 9 07-11"),
        ("Buổi sáng", "bận T3-CN", "7 07-11"),
        ("Thứ 2 đến được không", "Có", "7 07-17"),
        ("Em có rảnh sáng T2 ko?", "Có", "7 07-11"),
    ],
)
def test_cells_are_in_the_words_of_chats(
    heading: str, cell: str, windows: str, tmp_path: Path
) -> None:
    """Below a heading that names a day, a word for yes or no is enough."""
    replies = read_text_of(tmp_path, f'Họ tên,{heading},Thứ 7\nV1,"{cell}",\n')

    assert told(replies) == {"V1": windows}


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Họ tên,Ngày,Buổi\nV1,7/12,Sáng\nV1,8/12,Chiều\n", "7 07-11, 8 13-17"),
        ('Họ tên,Đăng ký,Ca\nV1,"T2, T4","Sáng, Chiều"\n', "7 07-11, 7 13-17, 9 07-11, 9 13-17"),
        ("Name,Day,Time\nV1,Mon;Tue,7h-9h\n", "7 07-09, 8 07-09"),
        ("Họ tên,T2 7/12,,T3 8/12,\n,Sáng,Chiều,Sáng,Chiều\nV1,x,,,x\n", "7 07-11, 8 13-17"),
        ("Họ tên,Sáng,,Chiều,\n,T2,T3,T2,T3\nV1,x,,,x\n", "7 07-11, 8 13-17"),
        ("Họ tên,Buổi sáng bạn đến được ngày nào?\nV1,T2\n", "7 07-11"),
        ("Name,Shift 1 (7:00-11:00),Shift 2 (13:00-17:00)\nV1,Mon;Tue,\n", "7 07-11, 8 07-11"),
        ("Name,Mon AM,Mon PM\nV1,x,\n", "7 07-11"),
        ("Name,Chọn buổi bạn đến được (vd: sáng T3)\nV1,sáng T2\n", "7 07-11"),
    ],
)
def test_days_and_hours_may_stand_apart(text: str, windows: str, tmp_path: Path) -> None:
    """In two columns, in two rows of the header, or one in the heading: never only the day."""
    assert told(read_text_of(tmp_path, text)) == {"V1": windows}


@pytest.mark.parametrize("start", [0, 1, 5, 7, 12, 18, 23])
@pytest.mark.parametrize("hours", [1, 4, 11, 12, 17, 23])
def test_windows_that_were_written_are_read_again(start: int, hours: int, tmp_path: Path) -> None:
    """Two cells have clock times as weeks do: 07:00 to 06:00 ends on the next day."""
    at = datetime(2026, 12, 9, start)
    given = Availability(volunteer_id="V1", start=at, end=at + timedelta(hours=hours))
    problem = week(people=[("V1", "An", "30292")])
    write_availability([given], tmp_path / "availability.csv")

    replies = read_answers(problem, tmp_path / "availability.csv")

    assert replies.is_clear
    assert replies.availability == (given,)


def test_hours_in_words_may_still_have_two_meanings(tmp_path: Path) -> None:
    """As those of one cell may."""
    rows = "volunteer_id,date,start,end\nV1,2026-12-09,7h,6h\n"

    replies = read_text_of(tmp_path, rows, problem=week(people=[("V1", "An", "30292")]))

    assert fates(replies) == ["unclear V1 answers.no_hours"]
