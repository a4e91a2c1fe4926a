"""Mapping files: what they say, how they are written, and that they read the next week too."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import answer_files as files
import pytest
from answer_files import MONDAY, book_of, read_text_of, told, week
from files.weeks import refused
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import InputError
from shiftplan.files import read_answers, read_mapping, write_mapping
from shiftplan.files.answers.columns import FormColumn
from shiftplan.files.answers.mapping import ColumnMap
from shiftplan.files.answers.records import Replies

NEXT = date(2026, 12, 14)


def saved(replies: Replies, folder: Path, known: ColumnMap | None = None) -> ColumnMap:
    """The mapping file of what was read, read again."""
    columns = (column for source in replies.sources for column in source.columns)
    write_mapping(columns, folder / "mapping.toml", known)
    return read_mapping(folder / "mapping.toml")


def mapping(folder: Path, text: str) -> ColumnMap:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_a_saved_mapping_names_days_and_no_dates(tmp_path: Path) -> None:
    """Headings keep what is theirs, and dates are left to the next form."""
    replies = read_text_of(tmp_path, files.GOOGLE_SHEET)

    assert saved(replies, tmp_path).columns == {
        "Dấu thời gian": "time",
        "Họ và tên": "name",
        "Xã/Phường": "center",
        "Bạn đến được buổi nào? [Thứ 2 {date}]": "answer: thứ 2",
        "Bạn đến được buổi nào? [Thứ 3 {date}]": "answer: thứ 3",
    }


@pytest.mark.parametrize(
    ("cell", "windows"),
    [
        ("None;", ""),
        ("None of these;", ""),
        ("Not available;", ""),
        ("No;", ""),
        ("no.", ""),
        ("N/A", ""),
        ("Yes;", "7 07-17"),
        ("All of these;", "7 07-17"),
        ("Afternoon;Rather not;", "7 13-17"),
        ("Rather not;Afternoon", "7 13-17"),
        ("Morning, rather not", "7 07-11"),
        ("Rather not;", ""),
        ("Gladly;", "7 07-17+"),
        ("Afternoon;Gladly;", None),
        ("Afternoon;None of these;", None),
        ("Afternoon;Perhaps;", None),
    ],
)
def test_choices_of_forms_that_say_no(cell: str, windows: str | None, tmp_path: Path) -> None:
    """Microsoft Forms writes a semicolon behind each; words of a mapping file may be choices."""
    own = ColumnMap(words={"rather not;": "no", "Gladly": "preferred"})

    replies = read_text_of(tmp_path, f'Name,Mon 7/12\nV1,"{cell}"\n', mapping=own)

    assert told(replies) == ({} if windows is None else {"V1": windows})


@pytest.mark.parametrize(
    "text", [files.GOOGLE_SHEET, files.GOOGLE_DOWNLOAD, files.MICROSOFT_CSV, files.RALLLY]
)
def test_a_saved_mapping_changes_nothing(text: str, tmp_path: Path) -> None:
    """The same file read with it gives the same answers."""
    replies = read_text_of(tmp_path, text)

    again = read_text_of(tmp_path, text, mapping=saved(replies, tmp_path))

    assert again.replies == replies.replies
    assert again.silent == replies.silent


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (files.GOOGLE_SHEET, ("7/12", "8/12"), ("14/12", "15/12")),
        (files.RALLLY, ("Mon 7 Dec",), ("Mon 14 Dec",)),
        (files.GOOGLE_DOWNLOAD, (), ()),
    ],
)
def test_a_mapping_of_last_week_reads_the_next(
    text: str, old: tuple[str, ...], new: tuple[str, ...], tmp_path: Path
) -> None:
    """The next form has other dates in its headings, or none at all."""
    known = saved(read_text_of(tmp_path, text), tmp_path)
    before = told(read_text_of(tmp_path, text))
    for one, other in zip(old, new, strict=True):
        text = text.replace(one, other)

    replies = read_text_of(tmp_path, text, mapping=known, problem=week(NEXT))

    later = dict.fromkeys(before, "")
    for who, said in before.items():
        days = [one.partition(" ") for one in said.split(", ")]
        later[who] = ", ".join(f"{int(day) + 7} {hours}" for day, _, hours in days)
    assert told(replies) == later
    assert all(not source.notes for source in replies.sources)


def test_a_form_with_old_dates_is_refused_without_a_mapping_and_noted_with_one(
    tmp_path: Path,
) -> None:
    """Somebody who forgot to change the headings has to say that the days are meant."""
    known = saved(read_text_of(tmp_path, files.GOOGLE_SHEET), tmp_path)

    with pytest.raises(InputError) as caught:
        read_text_of(tmp_path, files.GOOGLE_SHEET, problem=week(NEXT))
    replies = read_text_of(tmp_path, files.GOOGLE_SHEET, mapping=known, problem=week(NEXT))

    assert [f.column for f in caught.value.faults] == [
        "Bạn đến được buổi nào? [Thứ 2 7/12]",
        "Bạn đến được buổi nào? [Thứ 3 8/12]",
    ]
    assert told(replies) == {"V2": "15 13-17", "V1": "14 07-11"}
    assert [note.code for note in replies.sources[0].notes] == ["answers.other_date"] * 2


def test_a_mapping_says_what_headings_do_not(tmp_path: Path) -> None:
    """Columns without a telling heading, a column of days off, and words of one's own."""
    known = mapping(
        tmp_path,
        '[columns]\n"Ai" = "name"\n"Ở đâu" = "center"\nA = "answer: sáng thứ 2"\n'
        'B = "answer: thứ 2 13h-15h"\nC = "answer"\n"Ngày" = "aside"\n'
        '[words]\n"ok luôn" = "preferred"\n"hên xui" = "undesired"\n"chịu" = "no"\n',
    )
    text = (
        "Ai,Ở đâu,A,B,C,Ngày\nNguyễn Thị Lan,Bình Đức,ok luôn,hên xui,T3,x\n"
        'Trần Văn Minh,,chịu,,"sáng T4",\n'
    )

    replies = read_text_of(tmp_path, text, mapping=known)

    assert told(replies) == {"V1": "7 07-11+, 7 13-15?, 8 07-17", "V2": "9 07-11"}
    assert replies.sources[0].unread == {"Ngày": 1}


@pytest.mark.parametrize(
    "heading",
    [
        "Những ngày bạn KHÔNG đến được [Thứ 2]",
        "Ngày bận: Thứ 2",
        "When can you not come? [Monday]",
        "Thứ 2 (nghỉ)",
    ],
)
def test_a_column_that_asks_when_people_cannot_come_is_refused(
    heading: str, tmp_path: Path
) -> None:
    """A yes below it is a no; `Bạn có đến được không?` only asks."""
    found = refused(read_text_of, tmp_path, f"Name,{heading}\nV1,Sáng\n")

    assert [f.message.code for f in found] == ["answers.denies"]
    assert told(read_text_of(tmp_path, "Name,Thứ 2 đến được không?\nV1,Sáng\n")) == {
        "V1": "7 07-11"
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[columns", "answers.no_toml"),
        ("[" * 3_000, "answers.no_toml"),
        ("[column]\n", "answers.mapping_key"),
        ("columns = 3\n", "answers.mapping_table"),
        ('[columns]\nA = "who"\n', "answers.mapping_role"),
        ('[columns]\nA = "name: Lan"\n', "answers.mapping_role"),
        ("[columns]\nA = 3\n", "answers.mapping_role"),
        ('[words]\nA = "maybe"\n', "answers.mapping_word"),
    ],
)
def test_a_broken_mapping_is_refused(text: str, code: str, tmp_path: Path) -> None:
    """With what it may say instead."""
    (fault,) = refused(mapping, tmp_path, text)

    assert fault.message.code == code
    assert fault.file == "mapping.toml"


def test_what_is_no_toml_is_told_how_to_quote(tmp_path: Path) -> None:
    """A heading without quotation marks is what people forget most."""
    (fault,) = refused(mapping, tmp_path, '[columns]\nHọ tên = "name"\n')

    assert str(fault.remedy) == "Put headings, words and meanings in quotation marks."


def test_a_meaning_that_is_none_is_refused_at_its_column(tmp_path: Path) -> None:
    """It is looked at where the column is met, since it may depend on the week."""
    known = mapping(tmp_path, '[columns]\nA = "answer: hôm nào đó"\nB = "answer: 20/12"\n')

    found = refused(read_text_of, tmp_path, "Name,A,B\nV1,x,x\n", mapping=known)

    assert [(f.column, f.message.code) for f in found] == [
        ("A", "answers.mapping_meaning"),
        ("B", "answers.no_date"),
    ]


def test_what_a_mapping_said_before_is_kept(tmp_path: Path) -> None:
    """Columns of other forms and all words stay, when it is written anew."""
    known = mapping(
        tmp_path, '[columns]\n"Cũ" = "name"\n"họ TÊN" = "name"\n[words]\n"được" = "available"\n'
    )

    again = saved(read_text_of(tmp_path, "Họ tên,T2\nV1,được\n", mapping=known), tmp_path, known)

    assert again.columns == {"Cũ": "name", "Họ tên": "name", "T2": "answer: t2"}
    assert again.words == {"được": "available"}


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))), st.just("x")))
def test_any_heading_is_written_so_that_it_reads_back(tmp_path_factory, headings: dict[str, str]):
    """Quotes, brackets, dots and signs of all kinds."""
    folder = tmp_path_factory.mktemp("toml")
    columns = [FormColumn(heading, "name", meaning="name") for heading in headings]

    write_mapping(columns, folder / "mapping.toml")
    found = tomllib.loads((folder / "mapping.toml").read_text(encoding="utf-8"))

    assert set(found["columns"].values()) <= {"name"}
    assert len(found["columns"]) <= len(headings)


def test_days_of_the_week_in_a_workbook_read_the_next_week_without_a_mapping(tmp_path: Path):
    """A form that never names dates needs nothing."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(book_of([("Name", "Thứ 2"), ("V1", "Sáng")]))

    assert told(read_answers(week(MONDAY), path)) == {"V1": "7 07-11"}
    assert told(read_answers(week(NEXT), path)) == {"V1": "14 07-11"}
