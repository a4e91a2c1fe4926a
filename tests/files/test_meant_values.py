"""Faults of impossible numbers and dates suggest what was meant, as the reader would write it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError
from weeks import faults, replaced

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, date_reader, decimal_reader
from shiftplan.week.horizon import Horizon


@pytest.mark.parametrize(
    ("cell", "said", "remedy"),
    [
        ("130.000", "(dấu '.' ngăn hàng nghìn) hoặc 130 (", "Hãy ghi 130000, hoặc 130."),
        ("1.250", "(dấu '.' ngăn hàng nghìn) hoặc 1,25 (", "Hãy ghi 1250, hoặc 1,25."),
        ("1.234", "(dấu '.' ngăn hàng nghìn) hoặc 1,234 (", "Hãy ghi 1234, hoặc 1,234."),
    ],
)
def test_two_numbers_are_told_apart_in_vietnamese(cell: str, said: str, remedy: str) -> None:
    """130000 and 130.000 are the same to a Vietnamese reader: the number itself is said, and each
    way to write it is read."""
    found = decimal_reader({cell}, True)(cell)

    assert isinstance(found, Bad)
    assert isinstance(found.remedy, Message)
    assert said in found.message.said("vi")
    assert found.remedy.said("vi") == remedy
    for text in found.remedy.params.values():
        assert isinstance(decimal_reader({str(text)}, True)(str(text)), float)


def test_what_is_no_number_is_not_two() -> None:
    """A second sign of the same kind after a group of thousands makes no number."""
    found = decimal_reader({"1,234,5"}, False)("1,234,5")

    assert isinstance(found, Bad)
    assert found.code == "not_a_number"


@pytest.mark.parametrize(
    ("table", "old", "value", "vietnamese", "english"),
    [
        ("centers", "10.01", "10386", "Có thể ý là 10,386: ", "Did you mean 10.386? "),
        ("centers", "105.08", "-105435", "Có thể ý là -105,435: ", "Did you mean -105.435? "),
        ("centers", "10.01", "95", "", ""),
        ("volunteers", "0.91", "90", "Có thể ý là 0,9 (90%).", "Did you mean 0.9 (90%)?"),
        ("volunteers", "0.91", "101", "", ""),
    ],
)
def test_a_number_beyond_its_limit_is_asked_about(
    table: str, old: str, value: str, vietnamese: str, english: str, tmp_path: Path
) -> None:
    """A spreadsheet of a country with decimal commas stores 10386 for a typed 10.386."""
    (fault,) = faults(tmp_path, **replaced(table, old, value))

    assert fault.code == "out_of_range"
    for said, lang in ((vietnamese, "vi"), (english, "en")):
        text = fault.remedy.said(lang) if isinstance(fault.remedy, Message) else ""
        assert text.startswith(said)
        assert bool(text) == bool(said)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2027-02-29", "tháng 02/2027 không có ngày 29"),
        ("31/02/2026", "tháng 02/2026 không có ngày 31"),
        ("31/11", "tháng 11/2026 không có ngày 31"),
        ("2026-13-01", "không có ngày này; ngày ghi như 2026-12-07"),
    ],
)
def test_a_day_that_a_month_lacks_is_said_so(cell: str, said: str) -> None:
    """The form of the date is right: only the month has no such day."""
    found = date_reader({cell}, [dt.date(2026, 12, 7)])(cell)

    assert isinstance(found, Bad)
    assert found.message.said("vi") == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("max shifts per day", "Did you mean max_shifts, max_shift_count or max_consecutive_days?"),
        ("nothing alike", ""),
    ],
)
def test_an_unknown_rule_of_a_file_is_looked_for_by_its_words(
    name: str, said: str, tmp_path: Path
) -> None:
    """Nothing is said there of rules that only a program registers."""
    (fault,) = faults(tmp_path, **replaced("rules", "coverage", name))

    assert (fault.code, str(fault.remedy)) == ("unknown_rule", said)


def test_somebody_unknown_may_be_added(tmp_path: Path) -> None:
    """Who offers time, but is in no row, may be new."""
    (fault,) = faults(tmp_path, **replaced("availability", "A2,", "Trần Văn Khôi,"))

    assert str(fault.remedy) == "If the person is new, add a row to the table volunteers."


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("zone", "London", "did you mean 'Europe/London'?"),
        ("zone", "ho chi minh", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("zone", "Mars", "write a region and a city, such as 'Asia/Ho_Chi_Minh'"),
        ("country", "England", "write its two letters, such as PL for Poland"),
    ],
)
def test_a_place_is_asked_for_in_plain_words(field: str, value: str, said: str) -> None:
    """Zones are found by their city."""
    horizon = {"start": dt.date(2026, 12, 7), "days": 7, field: value}
    with pytest.raises(ValidationError) as caught:
        Horizon.model_validate(horizon)
    text = str(caught.value)

    assert said in text
    assert "IANA" not in text
