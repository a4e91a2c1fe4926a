"""The page of help and the comments of workbooks: each column is explained, and rightly."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shiftplan.errors.message import Message, languages
from shiftplan.files import headings
from shiftplan.files.headings import heading, sheet_title
from shiftplan.files.layout import TABLE_NAMES, columns_of, filled_of, needed_of
from shiftplan.files.workbook.guide import about_column
from shiftplan.present import write_template
from shiftplan.present.words import Lang, Words

BLANK = {"en": ("blank:", "blank means"), "vi": ("để trống:", "để trống là")}
"""What texts say of blank cells that have a meaning."""


def help_of(tmp_path: Path, lang: Lang, profile: str = "vietnam") -> str:
    """The text of the page of help of a blank workbook."""
    path = tmp_path / f"{lang}.xlsx"
    write_template(path, dt.date(2026, 12, 7), lang, profile=profile)
    sheet = load_workbook(path)[sheet_title("help", Words(lang))]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize("lang", languages())
def test_every_column_of_a_blank_workbook_is_explained(lang: Lang, tmp_path: Path) -> None:
    """Its comment says what it means; in the grid the headings are dates."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), lang)
    book, say = load_workbook(tmp_path / "blank.xlsx"), Words(lang)

    for table in TABLE_NAMES:
        title = sheet_title(table, say)
        for cell in book[title][1] if title in book.sheetnames else ():
            assert cell.comment is not None, (title, cell.value)
            assert cell.comment.text, (title, cell.value)


@pytest.mark.parametrize("lang", languages())
def test_no_column_is_said_to_be_required_and_to_mean_something_if_blank(lang: Lang) -> None:
    """What has to be filled in has no meaning when it is blank."""
    say = Words(lang)
    required = f"({say(Message('template.needed'))})"

    for table in TABLE_NAMES:
        for column in columns_of(table):
            text = about_column(table, column, say)
            if required in text:
                assert not any(words in text.casefold() for words in BLANK[lang]), (table, column)
            assert (required in text) == (column in filled_of(table)), (table, column)
    assert {*needed_of("rules")} - {*filled_of("rules")} == {"level"}


@pytest.mark.parametrize("lang", languages())
def test_the_texts_of_days_name_the_states_that_it_takes(lang: Lang) -> None:
    """The table `days` has states of its own; those of `availability` would be faults."""
    say = Words(lang)
    text = about_column("days", "state", say)

    assert all(headings.word(state, say) in text for state in ("open", "closed"))
    assert headings.word("undesired", say) not in text


@pytest.mark.parametrize("lang", languages())
def test_the_help_names_the_columns_that_limit_a_rule_as_the_sheet_has_them(lang: Lang) -> None:
    """They are there already, in the language of the workbook."""
    say = Words(lang)
    text = say(Message("help.sheet_rules"))

    for column in ("group", "shifts", "where", "hours", "days", "first_day", "last_day"):
        assert heading("rules", column, say) in text


@pytest.mark.parametrize("lang", languages())
def test_the_help_says_what_blank_cells_of_the_week_mean_and_that_it_is_to_be_checked(
    lang: Lang, tmp_path: Path
) -> None:
    """It names the values, not a profile; a workbook of the profile `world` begins with UTC."""
    text = help_of(tmp_path, lang, "world")
    step = next(line for line in text.splitlines() if line.startswith("1."))

    assert all(f": {value}." in text for value in ("Asia/Ho_Chi_Minh", "VN", "portal"))
    assert "vietnam" not in text
    assert sheet_title("horizon", Words(lang)) in step.rpartition(". ")[2].rpartition(";")[2]


@pytest.mark.parametrize("lang", languages())
def test_the_help_says_how_to_add_a_skill(lang: Lang) -> None:
    """By a column of the volunteers and a row of the skills, whose kinds it names."""
    say = Words(lang)
    prefix, kinds = say(Message("workbook.skill_prefix")), headings.VALUES["skills", "kind"]
    text = say(Message("help.sheet_skills"))

    assert all(headings.word(kind, say) in text for kind in kinds)
    assert prefix in say(Message("help.sheet_volunteers"))
    for part in (prefix, heading("skills", "kind", say), sheet_title("volunteers", say)):
        assert part in text


def test_the_heading_of_the_country_that_older_workbooks_have_is_read() -> None:
    """Vietnamese workbooks called it `Nước`."""
    assert heading("horizon", "country", Words("vi")) == "Quốc gia"
    assert headings.column_named("horizon", "Nước") == "country"


@pytest.mark.parametrize(
    ("lang", "lat", "rate"), [("en", "12.345", "0.9"), ("vi", "12,345", "0,9")]
)
def test_examples_write_decimals_as_their_language_does(
    lang: Lang, lat: str, rate: str, tmp_path: Path
) -> None:
    """A point would set off thousands where a Vietnamese spreadsheet program reads it."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), lang)
    book, say = load_workbook(tmp_path / "blank.xlsx"), Words(lang)

    for table, column, number in (("centers", "lat", lat), ("volunteers", "show_rate", rate)):
        sheet = book[sheet_title(table, say)]
        (cell,) = (c for c in sheet[1] if c.value == heading(table, column, say))
        assert str(sheet.cell(2, cell.column).value).endswith(f" {number}")
