"""The cells of a week's files as a spreadsheet shows them, and new texts for single ones.

Folder of CSV files or workbook -> titles of its tables, rows of cells; a cell and its text -> the
file, in which all else stays as it is, with a copy of how it was beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.files.mending import in_book, in_text
from shiftplan.files.mending.cell_places import CellPlace
from shiftplan.files.mending.renaming import renamed
from shiftplan.files.text import file_fault, is_there, need_inside, read_fault, write_fault
from shiftplan.files.whole import move, replace_files, write_bytes
from shiftplan.files.workbook import is_workbook

_BEFORE = ".before"
"""What comes before the ending in the name of a copy."""
_TABLES = (".csv", ".txt", ".tsv")
"""Endings of files that may be tables."""
_LONGEST = 32_767
"""Characters in a cell, the limit of spreadsheet programs."""
_FAR = 100
"""Rows below and columns beside a table in which something may be added."""
Grid = Mapping[int, tuple[str, ...]]
"""Row number -> texts of its cells; blank rows are left out."""


def titles_of_week(week: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook, or of the tables of a folder; none of a JSON file.

    InputError: it cannot be opened.
    """
    if week.is_dir():
        return tuple(f"{name}.csv" for name in TABLE_NAMES if is_there(week / f"{name}.csv"))
    return in_book.titles(week) if is_workbook(week) else ()


def rows_of_table(week: Path, title: str) -> Grid:
    """What the cells of a sheet or file show.

    InputError: it cannot be read, or there is none of this name.
    """
    if week.is_dir():
        return in_text.rows(_file(week, title))
    return in_book.rows(week, _known(week, title))


@dataclass(frozen=True)
class CellText:
    """A new text for a cell."""

    row: int
    """Number of the row, from 1."""
    column: int
    """Number of the column, from 1."""
    was: str
    """What the cell shows before the change."""
    text: str
    """What it will hold; empty for nothing."""


def mend_cells(week: Path, title: str, cells: Iterable[CellText]) -> None:
    """Put texts into cells of a sheet or file, all or none; a copy is made before the first time.

    InputError: a cell no longer shows the text in `was`, or cannot be changed on its own; or the
    file cannot be read or written.
    """
    grid, texts = rows_of_table(week, title), dict[tuple[int, int], str]()
    last, width = max(grid, default=0), max(map(len, grid.values()), default=0)
    for cell in cells:
        place, row = CellPlace(title, cell.row, cell.column), grid.get(cell.row, ())
        now = row[cell.column - 1] if cell.column <= len(row) else ""
        if now != cell.was:
            message = Message("files.cell_changed", now=now or "–")
            raise _refused(week, place, message, Message("files.look_again"))
        if cell.row > last + _FAR or cell.column > width + _FAR:
            raise _refused(week, place, Message("files.cell_is_far"))
        if len(cell.text) > _LONGEST:
            raise _refused(week, place, Message("problem.most_characters", characters=_LONGEST))
        texts[cell.row, cell.column] = cell.text
    file = _file(week, title)
    is_folder = week.is_dir()
    content = (
        in_text.with_cells(file, texts) if is_folder else in_book.with_cells(file, title, texts)
    )
    _write(file, content)


def _write(file: Path, content: bytes) -> None:
    """Replace a file, of which there is a copy from before the first change."""
    before = copy_of(file)
    try:
        if not is_there(before):
            replace_files({before: _bytes(file)}, durable=True)
        replace_files({file: content}, durable=True)
    except OSError as error:
        raise write_fault(file, error) from None


def rename_table(week: Path, title: str, to: str) -> None:
    """Give a sheet another name, or a file of a folder the name of a table.

    InputError: there is no such sheet or file, the name is taken, or something refers to it.
    """
    if not week.is_dir():
        _write(week, renamed(week, _known(week, title), to))
        return
    here = {entry.name for entry in week.iterdir() if entry.suffix.lower() in _TABLES}
    if title not in here or to not in {f"{name}.csv" for name in TABLE_NAMES}:
        raise file_fault("missing_file", week / "?", Message("files.no_file"))
    if is_there(week / to) and title.casefold() != to.casefold():
        raise file_fault("invalid_value", week / title, Message("files.name_is_taken", name=to))
    need_inside(week, week / title)
    move(week / title, week / to)


def put_back(week: Path) -> None:
    """Undo all that was mended: put the copies in the places of the files.

    InputError: a file cannot be read or written.
    """
    copies = {file: copy_of(file) for file in files_of_week(week)}
    copies = {file: copy for file, copy in copies.items() if is_there(copy)}
    write_bytes({file: _bytes(copy) for file, copy in copies.items()})
    for copy in copies.values():
        with suppress(OSError):
            copy.unlink()


def is_mended(week: Path) -> bool:
    """Whether a file of a week has a copy of how it was."""
    return any(is_there(copy_of(file)) for file in files_of_week(week))


def files_of_week(week: Path) -> tuple[Path, ...]:
    """The tables of a folder, or the one file that is the week."""
    return tuple(week / title for title in titles_of_week(week)) if week.is_dir() else (week,)


def copy_of(file: Path) -> Path:
    """Where the copy of a file is kept: `NAME.before.xlsx`."""
    return file.with_name(f"{file.stem}{_BEFORE}{file.suffix}")


def is_copy(file: Path) -> bool:
    """Whether a file has the name of a copy, or of one in which faults are marked."""
    return Path(file.stem).suffix in (_BEFORE, ".faults")


def _refused(
    week: Path, place: CellPlace, message: Message, remedy: str | Message = ""
) -> InputError:
    if not week.is_dir():
        return in_book.refused(place, week, message, remedy)
    fault = Fault("invalid_value", "", message=message, remedy=remedy, file=place.title)
    return InputError([replace(fault, row=place.row)])


def _known(week: Path, title: str) -> str:
    """The title, if a week has it; others are never looked for on the disk."""
    if title not in titles_of_week(week):
        raise file_fault("missing_file", week / "?", Message("files.no_file"))
    return title


def _file(week: Path, title: str) -> Path:
    if not week.is_dir():
        return week
    file = week / _known(week, title)
    need_inside(week, file)
    return file


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise read_fault(file, error) from None
