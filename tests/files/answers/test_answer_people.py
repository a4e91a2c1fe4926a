"""Whose an answer is, which of several counts, and who has not answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_files import MONDAY, PEOPLE, fates, read_text_of, told, week
from files.weeks import refused

from shiftplan.errors.message import Message
from shiftplan.files import read_answers
from shiftplan.files.answers.records import Replies
from shiftplan.problem import Problem
from shiftplan.week.records import Volunteer

NAMESAKES = (*PEOPLE, ("V6", "Nguyễn Thị Lan", "30301"), ("V7", "Lê Hoàng Anh", "30301"))


def listed(folder: Path, rows: str, head: str = "Họ tên,Xã,Giờ rảnh", **more: Problem) -> Replies:
    """Read a list of people."""
    return read_text_of(folder, f"{head}\n{rows}", **more)


@pytest.mark.parametrize(
    ("row", "who"),
    [
        ("V1,,bận", "V1"),
        ("Nguyễn Thị Lan,Bình Đức,bận", "V1"),
        ("NGUYỄN THỊ LAN,Phường Bình Đức,bận", "V1"),
        ("nguyen thi lan,binh duc,bận", "V1"),
        ("Nguyễn Thị Lan,Mỹ Thới,bận", "V6"),
        ("Nguyễn Thị Lan,30301,bận", "V6"),
        ('"Nguyễn Thị Lan, Mỹ Thới",,bận', "V6"),
        ("Trần Văn Minh,,bận", "V2"),
    ],
)
def test_people_are_found(row: str, who: str, tmp_path: Path) -> None:
    """By id, else by a name that is unique, if need be with the center."""
    replies = listed(tmp_path, row + "\n", problem=week(people=NAMESAKES))

    assert told(replies) == {who: ""}


@pytest.mark.parametrize(
    ("row", "code", "candidate"),
    [
        ("Nguyễn Thị Lan,,bận", "files.namesakes", "V6 (Nguyễn Thị Lan, Phường Mỹ Thới)"),
        ("Lê Hoàng Anh,Mỹ Thới,bận", "files.namesakes", "V7 (Lê Hoàng Anh, Phường Mỹ Thới)"),
        ("Trần Văn Minh,Mỹ Thới,bận", "files.name_elsewhere", "V2 (Trần Văn Minh"),
        ("Trần Văn Mình Anh,,bận", "problem.no_such_volunteer", ""),
        ("V99,,bận", "problem.no_such_volunteer", ""),
        (",Bình Đức,bận", "answers.no_person", ""),
    ],
)
def test_who_is_not_meant_for_sure_is_listed(
    row: str, code: str, candidate: str, tmp_path: Path
) -> None:
    """With those who may be meant; nothing of the answer counts."""
    replies = listed(tmp_path, row + "\n", problem=week(people=NAMESAKES))

    (reply,) = replies.of("stranger")
    assert reply.reason is not None
    assert reply.reason.code == code
    assert candidate in str(reply.reason)
    assert replies.availability == ()
    assert len(replies.silent) == len(NAMESAKES)
    assert not replies.is_clear


def test_an_id_beside_the_name_of_another_person_is_listed(tmp_path: Path) -> None:
    """Rows that were sorted by one column alone; other spellings of the name are no other one."""
    rows = "V1,Trần Văn Minh,T2\nV3,LÊ HOÀNG ANH,T2\nV4,,T2\n"

    replies = read_text_of(tmp_path, f"Mã,Họ tên,Giờ rảnh\n{rows}")

    assert list(told(replies)) == ["V3", "V4"]
    assert fates(replies) == ["stranger V1, Trần Văn Minh answers.id_and_name"]


def test_two_columns_of_names_are_asked_about(tmp_path: Path) -> None:
    """Whose answer it is has to be certain; a blank column asks nothing."""
    head = "Họ tên,Họ tên người giới thiệu: họ tên,Giờ rảnh\n"

    found = refused(read_text_of, tmp_path, f"{head}V1,V2,T2\n")

    assert [fault.message.code for fault in found] == ["answers.two_columns"] * 2
    assert told(read_text_of(tmp_path, f"{head}V1,,T2\n")) == {"V1": "7 07-17"}


def test_a_wrong_name_has_a_suggestion(tmp_path: Path) -> None:
    """The nearest name of the week, which a person has to confirm."""
    (reply,) = listed(tmp_path, "Phạm Thu Há Nội,,bận\n").of("stranger")

    assert "Phạm Thu Hà" in str(reply.remedy)


def test_addresses_find_people(tmp_path: Path) -> None:
    """Where no name is given, and between namesakes; a stranger's name is never overruled."""
    problem = week(people=NAMESAKES)
    contacts = {"V1": ("0912 345 678", ""), "V6": ("+84 987 654 321", "lan.mt@x.vn")}
    people = tuple(
        Volunteer(**{**dict(v), "phone": phone, "contact": contact})
        for v in problem.volunteers
        for phone, contact in [contacts.get(v.volunteer_id, ("", ""))]
    )
    problem = problem.model_copy(update={"volunteers": people})
    head, path = "Họ tên,Email,SĐT,Giờ rảnh\n", tmp_path / "a.csv"
    path.write_text(
        f"{head},lan.mt@X.vn,,T2\nNguyễn Thị Lan,,84912345678,T3\nLê Văn Lạ,,0912345678,T4\n",
        encoding="utf-8",
    )

    replies = read_answers(problem, path)

    assert told(replies) == {"V6": "7 07-17", "V1": "8 07-17"}
    assert fates(replies) == ["stranger Lê Văn Lạ, 0912345678 problem.no_such_volunteer"]


CONTACTS = {
    "V1": ("07700 900101", "lan@x.vn"),
    "V2": ("07700 900102", "minh@x.vn"),
    "V3": ("07700 900102", ""),
    "V4": ("", "jen.t@x.vn"),
}
"""Two of them share a phone."""


def addressed(folder: Path, rows: str) -> Replies:
    """Read answers for a week whose people have phones and addresses."""
    named = week(people=(*PEOPLE[:3], ("V4", "Jennifer Thomas", "30301")))
    people = tuple(
        Volunteer(**{**dict(v), "phone": phone, "contact": contact})
        for v in named.volunteers
        for phone, contact in [CONTACTS[v.volunteer_id]]
    )
    problem = named.model_copy(update={"volunteers": people})
    return read_text_of(folder, f"Name,Contact,When?\n{rows}\n", problem=problem)


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ("Nguyễn Thị Lan,07700 900101,T2", ""),
        ("Nguyễn Thị Lan,0770 999 999,T2", ""),
        ("Nguyễn Thị Lan,07700900102,T2", "V2"),
        ("V1,minh@X.vn,T2", "V2"),
        ("Trần Văn Minh,07700 900102,T2", ""),
        ("Lê Hoàng Anh,07700 900102,T2", ""),
        ("Lê Hoàng Anh,minh@x.vn,T2", "V2"),
    ],
)
def test_the_address_of_somebody_else_is_pointed_at(row: str, other: str, tmp_path: Path) -> None:
    """The answer counts for the person named; a phone that two people share is both of theirs."""
    (reply,) = addressed(tmp_path, row).of("understood")

    assert (f"({other})" in str(reply.doubt)) if other else reply.doubt is None


@pytest.mark.parametrize(
    ("row", "who"),
    [
        ("Jen,jen.t@x.vn,T2", "V4"),
        ("Jenni Thomas,jen.t@x.vn,T2", "V4"),
        (",jen.t@x.vn,T2", "V4"),
        ("Jen,,T2", ""),
        ("Je,jen.t@x.vn,T2", ""),
        ("Jen Brown,jen.t@x.vn,T2", ""),
        ("Thomas,jen.t@x.vn,T2", ""),
        ("Jen,07700 900102,T2", ""),
    ],
)
def test_a_short_name_is_found_by_its_address(row: str, who: str, tmp_path: Path) -> None:
    """Of another name the person with the address is only suggested."""
    replies = addressed(tmp_path, row)

    assert list(told(replies)) == ([who] if who else [])
    for reply in replies.of("stranger") if "jen.t" in row else ():
        assert "Jennifer Thomas (V4)" in str(reply.remedy)


def test_without_times_two_answers_contradict_each_other(tmp_path: Path) -> None:
    """None of them counts, and each names the place of the other; an equal one is no conflict."""
    replies = listed(tmp_path, "V1,,sáng T2\nV1,,chiều T3\nV2,,sáng T2\nV2,,T2 sáng\n")

    assert fates(replies) == [
        "conflict V1 answers.conflict",
        "conflict V1 answers.conflict",
        "replaced V2 answers.same",
    ]
    assert told(replies) == {"V2": "7 07-11"}
    place = Message("answers.place", file="answers.csv", row=3)
    assert replies.replies[0].reason == Message("answers.conflict", places=(place,))
    assert not replies.is_clear
    assert replies.silent == ("V3", "V4", "V5")


TIMED = "Timestamp,Name,Available\n"


def test_between_two_sources_the_later_answer_counts(tmp_path: Path) -> None:
    """By their times; where one source has none, the answers contradict each other."""
    one, other, third = (tmp_path / f"{n}.csv" for n in "abc")
    one.write_text(TIMED + "2026-12-01 08:00,V1,T2\n2026-12-03 08:00,V2,T2\n", encoding="utf-8")
    other.write_text(TIMED + "2026-12-02 08:00,V1,T3\n2026-12-02 09:00,V2,T3\n", encoding="utf-8")
    third.write_text("Name,Available\nV2,T4\nV1,T3\n", encoding="utf-8")

    assert told(read_answers(week(), one, other)) == {"V1": "8 07-17", "V2": "7 07-17"}
    replies = read_answers(week(), one, other, third)
    assert told(replies) == {"V1": "8 07-17"}  # the list says the same
    assert sorted(f for f in fates(replies) if "conflict" in f) == [
        "conflict V2 answers.conflict",
        "conflict V2 answers.conflict",
    ]


def test_a_later_answer_that_is_not_understood_replaces_an_earlier_one(tmp_path: Path) -> None:
    """What somebody took back does not count, though what they mean now is unclear."""
    rows = "2026-12-01 08:00,V1,T2\n2026-12-02 08:00,V1,để em xem lại\n"

    replies = read_text_of(tmp_path, TIMED + rows)

    assert fates(replies) == ["replaced V1 answers.later", "unclear V1 answers.unknown_word"]
    assert replies.availability == ()
    assert "V1" not in replies.silent


@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        ("12/1/2026 8:00:00", "12/13/2026 8:00:00", "T3"),  # 13 is no month
        ("01/12/2026 23:00:00", "02/12/2026 1:00:00", "T3"),  # in order both ways
        ("2/12/2026 8:00:00", "10/12/2026 8:00:00", "T3"),
        ("2026/12/01 11:59:00 AM GMT+7", "2026/12/01 12:01:00 PM GMT+7", "T3"),
        ("1/12/26 8:00", "1/12/26 8:01", "T3"),
    ],
)
def test_times_are_read_as_programs_write_them(
    first: str, second: str, latest: str, tmp_path: Path
) -> None:
    """Day or month first, with or without seconds, AM and PM, and a zone."""
    replies = read_text_of(tmp_path, f"{TIMED}{first},V1,T2\n{second},V1,{latest}\n")

    assert told(replies) == {"V1": "8 07-17"}


def test_times_that_tell_no_order_decide_nothing(tmp_path: Path) -> None:
    """Rows that were sorted otherwise have no order, and 3/12 may be in March or December."""
    rows = "3/12/2026 8:00,V1,T2\n2/12/2026 8:00,V1,T3\n"

    replies = read_text_of(tmp_path, TIMED + rows)

    assert [reply.at for reply in replies.replies] == [None, None]
    assert len(replies.of("conflict")) == 2


def test_nothing_filled_in_is_not_understood(tmp_path: Path) -> None:
    """Somebody who sends a blank form may mean never, or have forgotten."""
    replies = read_text_of(tmp_path, "Timestamp,Name,T2,T3\n2026-12-01 08:00,V1,,\n")

    assert fates(replies) == ["unclear V1 answers.blank"]


def test_no_part_of_an_answer_counts_alone(tmp_path: Path) -> None:
    """One cell that is not understood makes the whole row not understood."""
    text = "Timestamp,Name,T2,T3\n2026-12-01 08:00,V1,Sáng,Sáng nếu trời đẹp\n"

    replies = read_text_of(tmp_path, text)

    assert fates(replies) == ["unclear V1 answers.of_cell"]
    assert "nếu trời đẹp" in str(replies.replies[0].reason)
    assert replies.replies[0].text == "T2: Sáng; T3: Sáng nếu trời đẹp"
    assert replies.availability == ()


def test_cells_that_contradict_each_other_are_not_understood(tmp_path: Path) -> None:
    """The same hours cannot be both welcome and not."""
    text = "Name,T2,Giờ rảnh\nV1,Sáng,nếu cần: sáng T2\n"

    assert fates(read_text_of(tmp_path, text)) == ["unclear V1 answers.two_states"]


@pytest.mark.parametrize(
    ("monday", "other", "windows"),
    [
        ("Sáng", "trừ 7/12", ""),
        ("Sáng, Chiều", "trừ sáng", "7 13-17"),
        ("Sáng", "bận 8/12", "7 07-11"),
        ("Sáng", "T3", "7 07-11, 8 07-17"),
        ("Sáng", "không", "7 07-11"),
        ("trừ sáng", "", "7 11-17"),
        ("", "trừ T2-T6", "12 07-17, 13 07-17"),
        ("Không", "trừ T2-T6", "unclear"),
        ("", "bận T2-T6", "12 07-17, 13 07-17"),
    ],
)
def test_what_a_remark_takes_away_is_taken_from_all_cells(
    monday: str, other: str, windows: str, tmp_path: Path
) -> None:
    """Beside other answers `trừ 7/12` gives nothing; alone it gives all other days."""
    replies = read_text_of(tmp_path, f'Name,Thứ 2,Giờ rảnh khác\nV1,"{monday}","{other}"\n'
                                     "V2,Sáng,T3\n")  # fmt: skip

    found = told(replies)
    assert found.get("V1", "unclear") == windows
    assert found["V2"] == "7 07-11, 8 07-17"


def test_a_comma_in_a_name_splits_a_row_of_rallly(tmp_path: Path) -> None:
    """It joins fields without quotes; such a row is listed, and nothing of it counts."""
    head = "Name,Email,Mon 7 Dec 2026 7:00 AM - 11:00 AM\r\n"

    replies = read_text_of(tmp_path, head + "Lan, Nguyễn Thị,l@x.vn,Yes\r\nTrần Văn Minh,,Yes\r\n")

    assert told(replies) == {"V2": "7 07-11"}
    assert len(replies.replies) == 2


def test_windows_of_one_person_in_the_table_are_one_answer(tmp_path: Path) -> None:
    """A window that is not understood makes all of the person's windows doubtful."""
    text = (
        "volunteer_id,date,start,end\nV1,2026-12-07,07:00,11:00\nV2,2026-12-07,07:00,11:00\n"
        "V1,2026-12-31,07:00,11:00\n"
    )

    replies = read_text_of(tmp_path, text)

    assert told(replies) == {"V2": "7 07-11"}
    assert fates(replies) == ["unclear V1 answers.outside"]


def test_the_first_day_is_that_of_the_week(tmp_path: Path) -> None:
    """Days of the week in a text are those of the week that is planned."""
    assert MONDAY.day == 7
    problem = week(MONDAY.replace(day=14))

    assert told(listed(tmp_path, "V1,,T2\n", problem=problem)) == {"V1": "14 07-17"}
