"""Columns of one table read into values, with the faults of every cell.

`Sheet`, what its columns hold -> values of each row.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.day_sets import date_cells, days_reader, note_dates, note_days
from shiftplan.files.headings import NAME_BESIDE
from shiftplan.files.layout import TABLES, Kind
from shiftplan.files.own_columns import phone_meant
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References

_SIMPLE: dict[Kind, cells.Read] = {
    "whole": cells.read_whole,
    "flag": cells.read_flag,
    "time": cells.read_time,
    "names": cells.read_names,
    "moment": cells.read_moment,
}
_NOTHING_APART: Mapping[str, Mapping[int, Kind]] = {}
_LIKE_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_SHOWN = 5
"""Names of rows that one note tells."""
_PLANNED = {"date", "end_date", "first_day", "last_day"}
"""Columns whose dates are days planned; those of other columns may as well be others."""
_OF_THE_COLUMN = {
    "files.day_or_month_first",
    "files.day_first_and_month_first",
    "files.year_needed",
}
"""Why dates cannot be read where all of the column are unclear for the same reason."""


@dataclass
class ReadColumns:
    """The columns of a sheet as values, and which cells have a fault."""

    sheet: Sheet
    references: References | None = None
    """What finds the rows of other tables; None for texts that are ids or unknown."""
    values: dict[str, list[Any]] = field(default_factory=dict)
    """Column -> value of each row; None for a blank cell."""
    bad: dict[int, frozenset[str]] = field(default_factory=dict)
    """Row -> its columns with a fault."""
    _unread: set[tuple[int, str]] = field(default_factory=set)
    _joined: dict[tuple[frozenset[str], str], frozenset[str]] = field(default_factory=dict)
    """Columns and a further one -> all of them: many rows share one set."""

    def __post_init__(self) -> None:
        alike: dict[tuple[str, Bad], list[int]] = {}
        for index, column, bad in self.sheet.unread:
            if bad.message.code in _OF_THE_COLUMN:
                alike.setdefault((column, bad), []).append(index)
            else:
                self.fault(index, column, bad)
        for (column, bad), rows in alike.items():
            self.fault(rows[0], column, bad, times=len(rows))
            for index in rows[1:]:
                self._is_bad(index, column)
        self._unread = {(index, column) for index, column, _ in self.sheet.unread}

    def read(
        self,
        kinds: Mapping[str, Kind],
        needed: Iterable[str],
        apart: Mapping[str, Mapping[int, Kind]] = _NOTHING_APART,
    ) -> None:
        """Read the columns that the sheet has, every different text once.

        `kinds`: column -> what it holds; `needed`: columns of which no cell is blank; `apart`:
        column -> row -> what its cell holds, where that is not what the column holds.
        """
        texts = {name: self.sheet.column(name) for name in kinds}
        found = {name: column for name, column in texts.items() if column is not None}
        is_interval = all(n in found and kinds[n] == "time" for n in ("start", "end"))
        told = self._tell_spans(found) if is_interval else ()
        planned = _PLANNED | ({"start"} if self.sheet.table == "horizon" else set())
        dates = {name for name in found if kinds[name] == "date"}
        of_week, others_of = (
            cells.date_reader(set(chain.from_iterable(found[n] for n in names)) - {""}, days)
            for names, days in ((dates & planned, self.sheet.days), (dates - planned, ()))
        )
        for name, column in found.items():
            read_date = of_week if name in planned else others_of
            others = apart.get(name, {})
            own = ["" if i in others else c for i, c in enumerate(column)] if others else column
            values = self._values(name, own, kinds[name], read_date)
            for kind in sorted(set(others.values())):
                part = [c if others.get(i) == kind else "" for i, c in enumerate(column)]
                pairs = zip(values, self._values(name, part, kind, read_date), strict=True)
                values = [one if other is None else other for one, other in pairs]
            self.values[name] = values
            if name in needed and "" in column:
                for i, cell in enumerate(column):
                    if not cell and (self.sheet.lines[i], name) in self.sheet.covered:
                        self._is_bad(i, name)
                    elif not cell and i not in told:
                        self.fault(i, name, Bad("missing_value", Message("files.value_needed")))

    def _values(self, name: str, column: list[str], kind: Kind, read_date: cells.Read) -> list[Any]:
        """Values of cells that hold one kind; None where they are blank or have a fault."""
        if kind == "text":
            return self._texts(name, column)
        different = set(column) - {""}
        reader = read_date if kind == "date" else _SIMPLE.get(kind)
        if kind == "days":
            reader = days_reader(cells.date_reader(date_cells(different), self.sheet.days))
        if name in ("start", "earliest") and kind == "time":
            reader = cells.read_start
        if reader is None:
            most = _most(self.sheet.table, name)
            reader = cells.decimal_reader(different, self.sheet.decimal_comma, most)
        value_of = {c: reader(c) for c in different}
        if name in ("with_skills", "teaches") and self.references is not None:
            value_of = self._skills_of(name, column, self.references)
        wrong = {c: value for c, value in value_of.items() if isinstance(value, Bad)}
        if name == "mobile":
            wrong = {c: phone_meant(c, bad) for c, bad in wrong.items()}
        good: dict[str, Any] = {c: value for c, value in value_of.items() if c not in wrong}
        of_column = {c for c, bad in wrong.items() if bad.message.code in _OF_THE_COLUMN}
        for i, cell in enumerate(column) if wrong else ():
            if cell in wrong and cell not in of_column:
                self.fault(i, name, self._better(wrong[cell], cell, kind))
        self._refuse_dates(name, column, {c: wrong[c] for c in of_column})
        if kind == "date":
            other = {c: [day] for c, day in good.items() if not c.startswith(f"{day}")}
            note_dates(self.sheet, name, column, other)
        elif kind == "names" and self.references is not None:
            good = self._listed(name, column, good, self.references)
        elif kind == "days":
            note_days(self.sheet, name, column, good)
        elif kind == "decimal" and not self.sheet.decimal_comma:
            self._note_commas(name, column, good)
        return [good.get(c) for c in column]

    def _skills_of(self, name: str, column: list[str], references: References) -> dict[str, object]:
        """Cell -> skills with levels, where names have become ids, which is noted."""
        found: dict[str, object] = {}
        for cell in dict.fromkeys(filter(None, column)):
            found[cell], notes = references.of_levels(cells.read_names(cell))
            for note in notes:
                place = column.index(cell)
                self.sheet.note(
                    note, column=name, value=cell, index=place, times=column.count(cell)
                )
        return found

    def _texts(self, name: str, column: list[str]) -> list[Any]:
        """Texts, those that name a row of another table as its id."""
        if self.references is None:
            return [c or None for c in column]
        meant, notes = self.references.meant(self.sheet.table, name, {*column})
        count: Counter[str] = Counter(column if notes else ())
        first: dict[str, int] = {}
        for i, cell in enumerate(column) if notes else ():
            first.setdefault(cell, i)
        rows = [c for c in first if c in notes and notes[c].code == "files.read_as_row"]
        if len(rows) > 1:
            listed = [Message("files.row_read", text=c, **notes[c].params) for c in rows[:_SHOWN]]
            listed += [Message("form.more", n=len(rows) - _SHOWN)] if len(rows) > _SHOWN else []
            message = Message("files.read_as_rows", rows=listed)
            self.sheet.note(message, column=name, value="", index=first[rows[0]])
        for cell, i in first.items():
            if cell in notes and not (len(rows) > 1 and cell in rows):
                times = 1 if self.sheet.is_mark(i) else count[cell]
                self.sheet.note(notes[cell], column=name, value=cell, index=i, times=times)
        if not meant and name + NAME_BESIDE not in self.sheet.header:
            return [c or None for c in column]
        for i, cell in enumerate(column):
            if isinstance(bad := meant.get(cell), Bad):
                self.fault(i, name, bad)
        ids = {cell: None if isinstance(one, Bad) else one for cell, one in meant.items()}
        found = [ids.get(c, c or None) for c in column]
        for i, told in enumerate(self.sheet.column(name + NAME_BESIDE) or ()):
            other = self.references.other_name(name, found[i], told)
            if other is not None:
                self.fault(i, name, other)
        return found

    def _listed(
        self, name: str, column: list[str], read: Mapping[str, Any], references: References
    ) -> dict[str, Any]:
        """Lists of names as ids of the rows that they mean, with a note where these differ."""
        found = {cell: references.listed(name, names) for cell, names in read.items()}
        for cell, ids in found.items():
            if ids != read[cell]:
                note = Message("files.read_as_word", value="|".join(ids))
                place = {"index": column.index(cell), "times": column.count(cell)}
                self.sheet.note(note, column=name, value=cell, **place)
        return found

    def _refuse_dates(self, name: str, column: list[str], wrong: Mapping[str, Bad]) -> None:
        """Add one fault for all dates that are unclear for the same reason."""
        for code in sorted({bad.message.code for bad in wrong.values()}):
            unclear = {c for c, bad in wrong.items() if bad.message.code == code}
            first, *others = (i for i, cell in enumerate(column) if cell in unclear)
            self.fault(first, name, wrong[column[first]], times=1 + len(others))
            for i in others:
                self._is_bad(i, name)

    def _better(self, bad: Bad, cell: str, kind: Kind) -> Bad:
        """Why a cell holds no time, where it holds hours from one to another."""
        span = cells.read_span(cell, self.sheet.sessions) if kind == "time" else bad
        if isinstance(span, Bad):
            return bad
        start, end = cells.written(span).split("-")
        remedy = Message("files.start_and_end", start=start, end=end)
        return Bad("not_a_time", Message("files.span_not_time"), remedy)

    def _tell_spans(self, found: dict[str, list[str]]) -> set[int]:
        """Put start and end in place of hours that stand in one cell; the rows of these."""
        starts, ends = list(found["start"]), list(found["end"])
        told: set[int] = set()
        pairs = set(zip(starts, ends, strict=True))
        spans = {pair: cells.read_hours(*pair, self.sheet.sessions) for pair in pairs}
        if not any(spans.values()):
            return told
        for i, hours in enumerate(zip(starts, ends, strict=True)):
            span = spans[hours]
            if span is None:
                continue
            told.add(i)
            if isinstance(span, Bad):
                self.fault(i, "start", span)
                starts[i] = ends[i] = ""
                continue
            starts[i], ends[i] = cells.written(span).split("-")
            message = Message("files.read_as_hours", start=starts[i], end=ends[i])
            self.sheet.note(message, column="start", value=hours[0], index=i)
        found["start"], found["end"] = starts, ends
        return told

    def _note_commas(self, name: str, column: list[str], numbers: Mapping[str, Any]) -> None:
        """Tell how numbers were read whose comma would set off thousands elsewhere."""
        like = {cell for cell in numbers if _LIKE_THOUSANDS.fullmatch(cell)}
        for i, cell in enumerate(column) if like else ():
            if cell in like:
                message = Message("files.read_as_number", number=numbers[cell])
                self.sheet.note(message, column=name, value=cell, index=i)

    def fault(self, index: int, column: str, bad: Bad, times: int = 1) -> None:
        """Add the fault of one cell; its row becomes no model.

        A cell that had no text to read has its fault already. `times`: cells with the same fault.
        """
        if (index, column) not in self._unread:
            self._is_bad(index, column)
            self.sheet.refuse(index, column, bad, times)

    def _is_bad(self, index: int, column: str) -> None:
        known = self.bad.get(index, frozenset())
        self.bad[index] = self._joined.setdefault((known, column), known | {column})


@cache
def _most(table: str, column: str) -> float:
    """Most that a number of a column may be; infinity where there is no limit."""
    fields = TABLES[table].model.model_fields if table in TABLES else {}
    limits = fields[column].metadata if column in fields else []
    return min((getattr(m, "le", getattr(m, "lt", math.inf)) for m in limits), default=math.inf)
