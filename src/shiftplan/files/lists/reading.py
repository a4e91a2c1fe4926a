"""A list as a CSV file or as a sheet of a workbook.

Path, `ListForm` -> `Sheet` with the columns of the form, and its faults.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.csv_text import read_records
from shiftplan.files.filling import header_place
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.in_book import read_book
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text
from shiftplan.files.workbook import is_workbook


def read_list(
    path: Path, form: ListForm, is_value: Callable[[str], bool] = lambda text: False
) -> Sheet:
    """Read a list; what is wrong with it is kept in the sheet.

    `is_value`: whether a text is what a list without a header holds; without it each has one.

    MissingExtraError: it is a workbook, and the package openpyxl is missing.
    """
    try:
        if is_workbook(path):
            return read_book(path, form, is_value)
        text, sheet = read_text(path), Sheet(form.table, path.name)
    except InputError as error:
        return Sheet(form.table, path.name, faults=list(error.faults), usable=False)
    return fill_list(sheet, text, form, is_value)


def _header_place(rows: Sequence[Sequence[str]], form: ListForm) -> int:
    """Place of the header, which a title may precede; the first row where none fits."""
    place = header_place(rows, form.fits)
    if place is None:
        place = header_place(rows, partial(form.fits, loosely=True))
    return place or 0


def fill_list(
    sheet: Sheet, text: str, form: ListForm, is_value: Callable[[str], bool] = lambda text: False
) -> Sheet:
    """Take the CSV text of a list into a sheet."""
    records = read_records(
        text, sheet, lambda titles: sum(map(bool, map(form.column_named, titles)))
    )
    if sheet.usable and not records:
        sheet.give_up("empty_file", Message("files.no_header_row"))
    if sheet.usable:
        if form.is_alone(records[0][1], is_value):
            records.insert(0, (records[0][0], [form.alone]))
        else:
            records = records[_header_place([titles for _, titles in records], form) :]
        form.fill(sheet, records)
    return sheet
