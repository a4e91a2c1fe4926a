"""A week as data frames of pandas or polars, a frame for each table of the format.

Frames -> `Problem` -> frames. Columns are those of the CSV files; intervals have a start and an end
with their dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.cells import write
from shiftplan.files.csv_text import sheet_of_rows
from shiftplan.files.layout import REQUIRED, TABLE_NAMES, TABLES, Kind, columns_of
from shiftplan.files.sheet import SKILL
from shiftplan.files.week import week_tables
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.json_form import make_frame

if TYPE_CHECKING:
    import pandas
    import polars

    Frame: TypeAlias = pandas.DataFrame | polars.DataFrame

_Columns: TypeAlias = Sequence[tuple[str, Sequence[object]]]
"""Names of columns and their values."""
_INTERVAL = ("date", "start", "end", "end_date")
_PARSED: dict[Kind, Callable[[str], object]] = {
    "whole": int,
    "decimal": float,
    "flag": lambda text: bool(int(text)),
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
}


def read_frames(frames: Mapping[str, Frame], *, on_note: OnNote | None = None) -> Problem:
    """Make a problem of data frames of pandas or polars.

    Parameters
    ----------
    frames
        Table -> frame, such as `volunteers`; at least centers, volunteers, availability, shifts
        and rules. Columns are those of the files, in any order; a named index is a column. NaN,
        None, NA, NaT and null are blank. Lists are read as several names. Where `date` is missing,
        `start` and `end` are moments of the week's zone, without a zone. Read ids as text:
        `007` is not 7.
    on_note
        Called with what is no fault but worth a look, such as a window outside the horizon.

    Raises
    ------
    InputError
        With every fault of every frame; `row` counts the rows of a frame from 1 on.
    """
    unknown = [name for name in frames if name not in TABLE_NAMES]
    check_options(*(("frames", name, Literal[*TABLE_NAMES]) for name in unknown))
    missing, other = Message("files.missing_table"), Message("files.no_frame")
    faults = [Fault("missing_file", t, message=missing) for t in REQUIRED if t not in frames]
    sheets = {}
    for table, frame in frames.items():
        if not hasattr(frame, "columns"):
            faults.append(Fault("missing_file", table, message=other))
            continue
        columns = _columns(frame)
        faults += _zoned(table, columns)
        header, rows = _texts(table, columns)
        sheets[table] = sheet_of_rows(table, header, rows)
    if faults:
        raise InputError([*faults, *(fault for s in sheets.values() for fault in s.faults)])
    return problem_from(sheets, (), on_note)


@overload
def to_frames(
    problem: Problem, library: Literal["pandas"] = ...
) -> dict[str, pandas.DataFrame]: ...
@overload
def to_frames(problem: Problem, library: Literal["polars"]) -> dict[str, polars.DataFrame]: ...
@takes_week
def to_frames(
    problem: Problem, library: Literal["pandas", "polars"] = "pandas"
) -> Mapping[str, Frame]:
    """Make a data frame of each table that has rows, or that every week needs.

    `read_frames` reads them back as an equal problem. Numbers, dates and moments have their types;
    several names in a cell stand with bars between them; blank cells are missing values.

    Parameters
    ----------
    problem
        The week.
    library
        Whose frames: `pandas` (extra `frames`) or `polars` (extra `polars`).

    Raises
    ------
    MissingExtraError
        The library is missing.
    """
    check_options(("library", library, Literal["pandas", "polars"]))
    frames = {}
    for table, (header, rows) in week_tables(problem).items():
        if rows or table in REQUIRED:
            columns = dict(
                zip(header, zip(*rows, strict=True) if rows else [()] * len(header), strict=True)
            )
            frames[table] = make_frame(_typed(table, columns, problem), library)
    return frames


def _columns(frame: Any) -> _Columns:
    """Columns with their values, as Python has them; one that stands twice is there twice."""
    if not hasattr(frame, "iloc"):
        return [(str(name), frame[name].to_list()) for name in frame.columns]
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    return [(str(name), frame.iloc[:, i].tolist()) for i, name in enumerate(frame.columns)]


def _zoned(table: str, columns: _Columns) -> Iterator[Fault]:
    """A fault for each moment with a time zone, of which only its time would be read."""
    said = Message("problem.moment_without_offset")
    for name, values in columns:
        for row, value in enumerate(values, start=1):
            if isinstance(value, dt.datetime | dt.time) and value.tzinfo is not None:
                text = value.isoformat()
                yield Fault("not_a_date", table, name, text, said, index=row - 1, row=row)


def _texts(table: str, columns: _Columns) -> tuple[list[str], Iterable[list[str]]]:
    """Header and rows of text, as a file of the table has them."""
    kinds = columns_of(table)
    if table in TABLES and TABLES[table].interval:
        columns = _dated(columns)
    texts = [
        [_text(value, kinds.get(name, "text")) for value in values] for name, values in columns
    ]
    return [name for name, _ in columns], ([*row] for row in zip(*texts, strict=True))


def _dated(found: _Columns) -> _Columns:
    """The columns with the dates of moments apart, unless starts or ends are something else."""
    columns = dict(found)
    if "date" in columns or len(columns) < len(found):
        return found
    split: dict[str, list[object]] = {name: [] for name in _INTERVAL}
    for day, time in (("date", "start"), ("end_date", "end")):
        for moment in columns.get(time, ()):
            if _is_missing(moment):
                split[day].append(None)
                split[time].append(None)
            elif isinstance(moment, dt.datetime):
                split[day].append(moment.date())
                split[time].append(moment.time())
            else:
                return found
    return [*{**columns, **split}.items()] if {"start", "end"} <= columns.keys() else found


def _is_missing(value: Any) -> bool:
    """Whether it stands for no value: None, NaN, NaT, or NA, which is neither true nor false."""
    if isinstance(value, float | dt.datetime | dt.timedelta):
        return value != value
    return value is None or type(value).__name__ == "NAType"


def _text(value: Any, kind: Kind) -> str:
    """A value as a cell of a file has it."""
    if hasattr(value, "tolist"):  # numpy's
        value = value.tolist()
    if isinstance(value, list | tuple):
        return "|".join(_text(part, kind) for part in value)
    if _is_missing(value):
        return ""
    if isinstance(value, dt.datetime):
        if kind == "date" and value.time() == dt.time():
            return value.date().isoformat()
        if value.second or value.microsecond:
            return value.isoformat(sep=" ")
    return write(value)


def _typed(
    table: str, columns: Mapping[str, Sequence[str]], problem: Problem
) -> dict[str, list[object]]:
    """The columns with values of their kinds; moments in place of dates and times."""
    kinds = columns_of(table)
    made: dict[str, list[object]] = {}
    is_interval = table in TABLES and TABLES[table].interval
    for name, cells in columns.items():
        if is_interval and name in _INTERVAL:
            if name in ("start", "end"):
                made[name] = [getattr(row, name) for row in getattr(problem, table)]
            continue
        kind: Kind = "whole" if name.startswith(SKILL) else kinds.get(name, "text")
        made[name] = _values(cells, _PARSED.get(kind, str))
    return made


def _values(cells: Sequence[str], parse: Callable[[str], object]) -> list[object]:
    """Values of cells, None where one is blank; texts where one is no such value."""
    try:
        return [parse(cell) if cell else None for cell in cells]
    except ValueError:
        return [cell or None for cell in cells]
