"""Rows of one table read into models, with the faults of every cell.

`Sheet` -> models, and which row each came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import MOST_ALIKE
from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.headings import is_beside, kind_in
from shiftplan.files.layout import TABLES
from shiftplan.files.own_columns import note_own, note_phones, pairs_of
from shiftplan.files.read_columns import ReadColumns
from shiftplan.files.sheet import SKILL, Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem.known import IDS
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen

_AT_ONCE = 10_000
"""Rows that become models together, so that what is wrong with them is never all there at once."""
_TIMES = ("date", "start", "end", "end_date")


@dataclass
class Rows(ReadColumns):
    """The rows of a sheet on their way to models."""

    _count: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Kind and column of what a model refuses -> how often."""
    _said: dict[tuple[str, str], Bad] = field(default_factory=dict)
    """The same -> what was said of the last one."""

    def join_intervals(self, *, whole: bool = False) -> None:
        """Make the moments `start` and `end` of date, times and end_date.

        `whole`: whether blank times mean the whole day, and a row without any the whole horizon. A
        date without times is the first and the last one, where the table has columns for them.
        """
        blank = [None] * len(self.sheet.rows)
        self._take_days(blank)
        days, starts, ends, last_days = (self.values.pop(name, blank) for name in _TIMES)
        told = list(zip(days, starts, ends, last_days, strict=True))
        if whole:
            told = [_whole_day(*times) for times in told]
            for i, (day, *times) in enumerate(told):
                if day is None and times != [None, None, None] and i not in self.bad:
                    self.fault(i, "date", Bad("missing_value", Message("files.value_needed")))
        interval = cache(_interval)
        pairs = [interval(*times) for times in told]
        for i, pair in enumerate(pairs):
            if None in pair and i not in self.bad and not (whole and told[i][0] is None):
                self.fault(i, "start", Bad("not_a_time", Message("files.beyond_last_date")))
        self.values["start"] = [start for start, _ in pairs]
        self.values["end"] = [end for _, end in pairs]

    def _take_days(self, blank: Sequence[Any]) -> None:
        """Make dates without times the first and last days of their rows."""
        if "first_day" not in TABLES[self.sheet.table].columns or "date" not in self.values:
            return
        for name in ("first_day", "last_day"):
            self.values.setdefault(name, [*blank])
        starts, ends = (self.values.get(name, blank) for name in ("start", "end"))
        for i, day in enumerate(self.values["date"]):
            if day is not None and starts[i] is None and ends[i] is None:
                self.values["date"][i] = None
                for name in ("first_day", "last_day"):
                    if self.values[name][i] is None:
                        self.values[name][i] = day

    def records(self) -> list[dict[str, Any]]:
        """Make a record of each row; blanks and values with a fault are left out."""
        names = list(self.values)
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in zip(*self.values.values(), strict=True)
        ]

    def models(
        self, model: type[Frozen], records: list[dict[str, Any]]
    ) -> tuple[list[Any], list[int]]:
        """Validate records as models, and the row of each; rows with a fault are left out."""
        adapter = _list_of(model)
        found: list[Any] = []
        kept: list[int] = []
        for start in range(0, len(records), _AT_ONCE):
            rows = range(start, min(start + _AT_ONCE, len(records)))
            part, made = records[start : rows.stop], None
            try:
                made = adapter.validate_python(part)
            except ValidationError as error:
                self._refuse(error, model, start, part)
            good = [i for i in rows if i not in self.bad]
            if made is None or len(good) < len(rows):
                made = adapter.validate_python([records[i] for i in good])
            _share_names_given(made)
            found += made
            kept += good
        return found, kept

    def refuse_repeated(self, column: str) -> None:
        """Add the faults of ids that stand twice, of rows of which one has another fault.

        Rows without faults are compared when all tables are read.
        """
        first: dict[str, int] = {}
        good: set[str] = set()
        said = Bad("duplicate_id", Message("problem.repeated_id"), Message("problem.pasted_id"))
        for i, name in enumerate(self.values.get(column, ()) if self.bad else ()):
            if name is None:
                continue
            same = first.setdefault(name, i)
            if same != i and (i in self.bad or name not in good):
                fault = self.sheet.fault_of(i, column, said)
                self.sheet.faults.append(replace(fault, other=self.sheet.other(same)))
            if i not in self.bad:
                good.add(name)

    def _refuse(
        self, error: ValidationError, model: type[Frozen], start: int, records: list[dict[str, Any]]
    ) -> None:
        """Add the faults of records that are no models; the first is that of row `start`."""
        for details in error.errors(include_url=False):
            place, column, inner = (*details["loc"], "", "")[:3]
            assert isinstance(place, int)
            if column == "skills":
                column = SKILL + records[place]["skills"][inner]["skill_id"]
            elif column == "extra":
                column = records[place]["extra"][inner][0]
            known = self.bad.get(start + place, frozenset())
            of_time = column in ("start", "end") and not known.isdisjoint(_TIMES)
            of_cells = not column and known  # of a row of which a value is missing
            if column not in known and not of_time and not of_cells:
                alike = details["type"], str(column).partition(".")[0]
                self._count[alike] += 1
                if self._count[alike] <= MOST_ALIKE:  # beyond, they are only counted
                    self._said[alike] = Bad(*explain(details, model, details["loc"][1:]))
                self.fault(start + place, str(column), self._said[alike])


def _whole_day(
    day: date | None, start: timedelta | None, end: timedelta | None, last: date | None
) -> tuple[date | None, timedelta | None, timedelta | None, date | None]:
    """Times of a day, its first and last midnight where they are blank."""
    if day is None:
        return day, start, end, last
    first = timedelta() if start is None else start
    return day, first, timedelta(days=1) if end is None else end, last


def _interval(
    day: date | None, start: timedelta | None, end: timedelta | None, last: date | None
) -> tuple[datetime | None, datetime | None]:
    """First minute and first minute after; None where a value is missing, or beyond all dates."""
    if day is None or start is None or end is None:
        return None, None
    if last is None and end <= start:
        end += timedelta(days=1)
    return cells.at(day, start), cells.at(last or day, end)


def _share_names_given(rows: Iterable[Frozen]) -> None:
    """Let rows that give the same columns share the set of their names.

    Pydantic gives each a set of its own, which takes more than half the memory of a row.
    """
    known: dict[frozenset[str], set[str]] = {}
    for row in rows:
        given = row.model_fields_set
        object.__setattr__(
            row, "__pydantic_fields_set__", known.setdefault(frozenset(given), given)
        )


@cache
def _list_of(model: type[Frozen]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]  # known only when it runs


def read_rows(
    sheet: Sheet,
    extend: Callable[[list[dict[str, Any]]], None] | None = None,
    references: References | None = None,
) -> tuple[list[Any], list[int]]:
    """Read all rows of a sheet of `TABLES`; `extend` changes records before they are validated.

    `references`: what finds the rows of other tables by their names; only ids do without.

    The models of the rows without faults, and the row of the sheet, from 0, of each.
    """
    table = TABLES[sheet.table]
    rows = Rows(sheet, references)
    others = (name for name in sheet.header if name not in sheet.own and not is_beside(name))
    kinds = {name: kind_in(sheet.table, name) for name in others}
    rows.read(table.columns | kinds, table.needed)
    if table.interval:
        rows.join_intervals(whole=table.whole_days or "date" not in table.needed)
    if sheet.own:
        rows.values["extra"] = pairs_of(sheet)
        note_own(sheet)
    note_phones(sheet)
    records = rows.records()
    if extend is not None:
        extend(records)
    models, kept = rows.models(table.model, records)
    rows.refuse_repeated(IDS.get(sheet.table, ""))
    place = sheet.header.index(table.needed[0])
    sheet.lost += [sheet.rows[i][place] for i in rows.bad]
    return models, kept
