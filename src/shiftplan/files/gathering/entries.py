"""The rows of many deliveries as what they say, so that they can be compared and put together.

`Delivery` -> `DeliveredRow`s: cells as the format spells them, whatever was written; these -> a
`Sheet` of each table, whose rows know where they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, clock, write
from shiftplan.files.gathering.sources import Delivery, telling
from shiftplan.files.headings import kind_in
from shiftplan.files.layout import TABLE_NAMES, TABLES
from shiftplan.files.made_ids import give_ids, name_skills
from shiftplan.files.own_columns import note_own, note_phones
from shiftplan.files.planned import tell_days
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem.known import IDS

_TIMES = ("center_id", "date", "start", "end", "step", "shifts", "first_day", "last_day")
"""Columns of requirements of several shifts."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "centers": ("center_id",),
    "skills": ("skill_id",),
    "services": ("service_id",),
    "volunteers": ("volunteer_id",),
    "grants": ("volunteer_id", "skill_id", "valid_from", "valid_to"),
    "availability": ("volunteer_id", "date", "start", "end"),
    "stand_by": ("volunteer_id", "date", "start", "end"),
    "occupied": ("volunteer_id", "group", "date", "start", "end", "what"),
    "shifts": ("shift_id",),
    "demand": ("center_id", "date", "start", "end", "service_id"),
    "languages": ("center_id", "skill_id"),
    "policy": ("setting", "where"),
    "citizen_kinds": ("kind", "where"),
    "requirements": ("shift_id", "skill_id", "min_level", "with_skills", *_TIMES),
    "history": ("volunteer_id",),
    "pins": ("volunteer_id", "shift_id"),
    "preferences": ("volunteer_id", "shift_id", "date", "shifts"),
    "published": ("volunteer_id", "shift_id"),
}
"""Table -> columns that tell which thing a row is about."""
_NAMING = ("name", "home_center_id", "type", "groups")
"""Columns by which people tell rows apart."""
SINGLE = tuple(table for table in TABLE_NAMES if table not in KEYS)
"""Tables that are compared as a whole."""


@dataclass(frozen=True)
class DeliveredRow:
    """A row of a table as one delivery has it."""

    source: str
    """Name of the delivery."""
    sheet: Sheet
    index: int
    """Index of the row in the sheet."""
    cells: Mapping[str, str]
    """Column -> what its cell says, in the spelling of the format; blank cells are left out."""
    bad: Mapping[str, Bad] = field(default_factory=dict)
    """Column -> why its cell cannot be read."""

    @property
    def key(self) -> tuple[str, ...] | None:
        """What the row is about; None where a cell for that is blank or cannot be read.

        Columns that few tables have are left out where they are blank, so that decisions made
        without them still hold; a requirement without a shift is about its center and times.
        """
        columns, rare = KEYS[self.sheet.table], TABLES[self.sheet.table].rare
        if any(column in self.bad for column in columns):
            return None
        if not self.cells.get(columns[0]):
            instead = {"requirements": "center_id", "occupied": "date"}.get(self.sheet.table, "")
            is_whole = self.cells.get(instead)
            return tuple(self.cells.get(c, "") for c in columns) if is_whole else None
        cells = ((column, self.cells.get(column, "")) for column in columns)
        return tuple(cell for column, cell in cells if cell or column not in rare)

    @property
    def said(self) -> dict[str, str]:
        """What the row says, without values that would hold without it."""
        defaults = _defaults(self.sheet.table)
        return {c: text for c, text in self.cells.items() if defaults.get(c) != text}

    @property
    def where(self) -> Fault:
        """Where it stands, in the form of a fault."""
        column = KEYS[self.sheet.table][0] if self.sheet.table in KEYS else ""
        line = self.sheet.lines[self.index]
        fault = Fault("duplicate_row", self.sheet.table, column, index=self.index)
        return replace(self.sheet.placed(fault, line), column="", index=None)

    def faults(self) -> Iterator[Fault]:
        """The faults of its cells."""
        return (self.sheet.fault_of(self.index, *cell) for cell in self.bad.items())

    def renamed(self, name: str) -> DeliveredRow:
        """The same row about a person of another id."""
        return replace(self, cells={**self.cells, "volunteer_id": name})


@cache
def _defaults(table: str) -> Mapping[str, str]:
    """Column -> text of the value that holds where a row has none."""
    fields = TABLES[table].model.model_fields if table in TABLES else {}
    return {name: write(info.default) for name, info in fields.items() if not info.is_required()}


def rows_of(deliveries: Iterable[Delivery]) -> dict[str, dict[str, list[DeliveredRow]]]:
    """Delivery -> table -> rows; every cell is read by what its own file shows of its spelling.

    A name means a person of the same delivery, if that has people, and else one of all.
    """
    read = list(deliveries)
    for delivery in read:
        give_ids({t: sheet for t, sheet in delivery.sheets.items() if t == "centers"})
    centers = _known("centers", read)
    for delivery in read:
        give_ids({**delivery.sheets, "centers": centers})
    known = {table: _known(table, read) for table in IDS}
    days = telling(read)
    rows = {}
    for delivery in read:
        people = delivery.sheets.get("volunteers", known["volunteers"])
        references = References(known | {"volunteers": people})
        name_skills(delivery.sheets, references)
        tell_days({t: replace(sheet) for t, sheet in days.items()} | delivery.sheets)
        sheets = delivery.sheets.items()
        rows[delivery.name] = {t: list(_rows(delivery.name, s, references)) for t, s in sheets}
    return rows


def _known(table: str, deliveries: Iterable[Delivery]) -> Sheet:
    """All rows of a table that others refer to, as far as their names tell them."""
    header = [IDS[table], *_NAMING]
    known = Sheet(table, "", header=header)
    seen: dict[tuple[str, ...], None] = {}
    for sheet in (d.sheets[table] for d in deliveries if table in d.sheets):
        blank = [""] * len(sheet.rows)
        columns = [sheet.column(name) or blank for name in header]
        seen |= dict.fromkeys(zip(*columns, strict=True))
    known.rows = [list(row) for row in seen]
    return known


def _rows(source: str, sheet: Sheet, references: References) -> Iterator[DeliveredRow]:
    bad: dict[int, dict[str, Bad]] = {}
    if sheet.table in SINGLE and sheet.table != "horizon":
        columns = {name: [row[i] for row in sheet.rows] for i, name in enumerate(sheet.header)}
    else:
        columns = _as_read(sheet, references, bad)
    for index in range(len(sheet.rows)):
        cells = {name: texts[index] for name, texts in columns.items() if texts[index]}
        yield DeliveredRow(source, sheet, index, cells, bad.get(index, {}))


def _as_read(
    sheet: Sheet, references: References, bad: dict[int, dict[str, Bad]]
) -> dict[str, list[str]]:
    """Column -> text of each row in the spelling of the format.

    `bad` gets what cannot be read: row -> column -> why.
    """
    kinds = {name: kind_in(sheet.table, name) for name in sheet.header}
    trial = replace(sheet, faults=[], _alike=Counter(), _last={})
    rows = Rows(trial, references)
    rows.read(kinds, ())
    note_phones(sheet)
    if sheet.own:
        note_own(sheet)
    for fault in trial.faults:
        if fault.index is not None:
            assert isinstance(fault.message, Message)
            bad.setdefault(fault.index, {})[fault.column] = Bad(
                fault.code, fault.message, fault.remedy
            )
    for fault in (fault for fault in trial.faults if fault.more and fault.index is not None):
        told = bad[fault.index or 0][fault.column]  # of all rows unclear for the same reason
        for index in (i for i, columns in rows.bad.items() if fault.column in columns):
            bad.setdefault(index, {}).setdefault(fault.column, told)
    texts = {}
    for name, values in rows.values.items():
        written = sheet.column(name) or []
        texts[name] = [_text(v) or written[i] for i, v in enumerate(values)]
    return texts


def _text(value: Any) -> str:
    return clock(value) if isinstance(value, timedelta) else write(value)


def people_of(rows: Iterable[DeliveredRow]) -> set[str]:
    """Ids of people that rows are about."""
    return {row.cells["volunteer_id"] for row in rows if row.key is not None}


def joined(table: str, rows: Sequence[DeliveredRow], parts: Sequence[Sheet]) -> Sheet:
    """One sheet of rows from many; `parts` are the sheets whose faults and notes go with it.

    Each row keeps its file, its sheet and its line.
    """
    sheets = [*(row.sheet for row in rows), *parts]
    header = list(dict.fromkeys(name for sheet in sheets for name in sheet.header))
    own = [name for name in header if any(name in sheet.own for sheet in parts)]
    whole = Sheet(table, sheets[0].file, header=header, own=own)
    whole.rows = [[row.cells.get(name, "") for name in header] for row in rows]
    whole.lines = [row.sheet.lines[row.index] for row in rows]
    whole.homes = [(row.sheet, row.index) for row in rows]
    whole.unread = [(i, name, bad) for i, row in enumerate(rows) for name, bad in row.bad.items()]
    for part in parts:
        whole.faults += part.faults
        whole.lost += part.lost
    return whole
