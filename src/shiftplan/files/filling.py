"""Header and rows taken into a `Sheet`: which column stands where, and which rows fit.

(Row number, cells), the header first -> `Sheet`, with faults for what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Column, Message
from shiftplan.files.cells import Bad, read_start
from shiftplan.files.headings import columns_named, folded, may_stand_for
from shiftplan.files.layout import columns_of, needed_of
from shiftplan.files.sheet import SKILL, Sheet, finds_totals, fold
from shiftplan.files.table_ends import end_of_people, ends_people
from shiftplan.problem.nearest import Nearest
from shiftplan.week.fields import LONGEST_TITLE, one_line

FIRST_ROWS = 5
"""Rows in which a header is looked for."""
_Row = TypeVar("_Row", bound=tuple[int, Any])
_MOST_COLUMNS = 5000
_NOTHING_ELSE: Mapping[str, Sequence[str]] = {}
NAMED_ALONE = ("centers", "volunteers")
"""Tables that may do without ids, which are made of names then."""
MOST_OWN = 200
"""Columns of people's own that a table may have."""
NearestColumn: TypeAlias = Callable[[str, Collection[str]], str]
"""(Title, columns that are there) -> the column that a title is a slip of; empty for none."""
_TOTAL, _REMARK = Message("files.row_of_totals"), Message("files.row_of_remarks")


def header_place(
    rows: Iterable[Sequence[str]], fits: Callable[[Sequence[str]], bool]
) -> int | None:
    """Place of a header among the first rows; titles and remarks may stand above it."""
    return next((i for i, titles in enumerate(islice(rows, FIRST_ROWS)) if fits(titles)), None)


def rows_from_header(
    sheet: Sheet, rows: list[_Row], titles_of: Callable[[_Row], Sequence[str]]
) -> list[_Row]:
    """The rows (number, cells) of a table from its header on; a note tells where it is not first.

    Above it may stand what names no column at all.
    """
    known, needed = columns_of(sheet.table).keys(), {*needed_of(sheet.table)}

    def found(titles: Sequence[str]) -> Set[str]:
        return {*columns_named(sheet.table, titles)} & known

    def fits(titles: Sequence[str]) -> bool:
        return len(found(titles)) > 1 or found(titles) >= needed

    if not rows or found(titles_of(rows[0])):
        return rows
    place = header_place(map(titles_of, rows), fits)
    if place is None:
        return rows
    message, remedy = Message("files.header_below", row=rows[place][0]), Message("files.rows_below")
    note = Fault("read_as", sheet.table, message=message, remedy=remedy)
    sheet.notes[message.code, ""] = sheet.placed(note, rows[place][0])
    return rows[place:]


def fill_sheet(
    sheet: Sheet,
    records: Sequence[tuple[int, list[str]]],
    names: Mapping[str, str],
    needed: Sequence[str],
    *,
    others: bool,
    nearest: NearestColumn | None = None,
    instead: Mapping[str, Sequence[str]] = _NOTHING_ELSE,
    shown: Sequence[str] = (),
) -> None:
    """Take header and rows into a sheet from (row number, cells), the header first.

    `nearest`: which column a title is a slip of; rows keep what stands under titles that are none.
    Without it they are faults. `instead`: needed column -> all columns of which one is enough.
    `shown`: titles as people typed them, where the header has columns in their places.
    """
    first, titles = records[0]
    width = max((place for place, title in enumerate(titles, start=1) if title), default=0)
    titles = titles[:width]
    if not sheet.headings:
        sheet.call([names.get(fold(title), title) for title in titles], titles)
    if width > _MOST_COLUMNS:
        message = Message("files.too_many_columns", columns=width, most=_MOST_COLUMNS)
        sheet.give_up("too_many_columns", message, row=first)
        return
    header = _Header(sheet, first, titles, names, nearest, shown or titles)
    header.match(others=others)
    header.note_read()
    is_named = "name" in header.kept and not sheet.faults
    if sheet.table in NAMED_ALONE and needed[0] not in header.kept and is_named:
        needed = ("name", *needed[1:])
    ends = _ends_with_starts(header.kept, records, needed)
    header.need([name for name in needed if name not in ends], instead)
    kept = header.kept
    places, sheet.header = list(kept.values()), list(kept)
    own = next(
        (name for name in (*islice(columns_of(sheet.table), 1), *needed) if name in kept), ""
    )
    ids = kept.get(own, 0)
    straight = places == list(range(width))
    folded = [fold(t) for t in titles]
    people = (kept.get("volunteer_id"), kept.get("name")) if sheet.table == "volunteers" else None
    total_at = finds_totals(sheet.table, ids)
    rows = records[1:] if people is None else _people_of(sheet, records[1:], *people)
    for number, record in rows:
        padded = record + [""] * (width - len(record)) if len(record) < width else record
        total = total_at(padded)
        if total is not None:
            column = next((name for name, place in kept.items() if place == total), "")
            remedy, value = Message("files.no_row_of_totals"), padded[total]
            sheet.fault("invalid_value", _TOTAL, remedy, row=number, column=column, value=value)
            sheet.lost.append(padded[ids])
            continue
        cells = record if len(record) == width else _fitted(sheet, number, record, width)
        if cells is None:
            continue
        if cells[0] == titles[0] and [fold(c) for c in cells] == folded:
            message, remedy = Message("files.header_again"), Message("files.two_files")
            sheet.fault("repeated_header", message, remedy, row=number)
            continue
        if people is not None and ends_people(cells, *people):
            sheet.fault("invalid_value", _REMARK, Message("files.no_row_of_remarks"), row=number)
            continue
        for place in header.unnamed:
            if cells[place]:
                message = Message("files.unnamed_column", column=place + 1)
                sheet.fault("unnamed_column", message, row=number)
        sheet.rows.append(cells if straight else [cells[i] for i in places])
        sheet.lines.append(number)
    if ends:
        sheet.header += ends
        sheet.rows = [row + [""] * len(ends) for row in sheet.rows]


def _people_of(
    sheet: Sheet, records: Sequence[tuple[int, list[str]]], ids: int | None, names: int | None
) -> Sequence[tuple[int, list[str]]]:
    """The rows of people, without those below them; a note tells of these."""
    end = end_of_people([cells for _, cells in records], ids, names)
    people, below = records[:end], records[end:]
    if below:
        message = Message("files.rows_below_people", n=len(below), row=below[0][0])
        remedy = Message("files.move_person_up")
        note = Fault("read_as", sheet.table, message=message, remedy=remedy)
        sheet.notes[message.code, ""] = sheet.placed(note, below[0][0])
    return people


def _ends_with_starts(
    kept: Mapping[str, int], records: Sequence[tuple[int, list[str]]], needed: Sequence[str]
) -> list[str]:
    """The column `end` where it is missing because the starts hold hours from one to another."""
    if "end" not in needed or "end" in kept or "start" not in kept:
        return []
    place = kept["start"]
    starts = (record[place] for _, record in records[1:] if place < len(record))
    return ["end"] if any(isinstance(read_start(c), Bad) for c in starts if c) else []


def _fitted(sheet: Sheet, number: int, cells: list[str], width: int) -> list[str] | None:
    """Cut the empty fields that spreadsheets add at the end; a fault when the row does not fit.

    It quotes nothing: what stands in no column, or the wrong one, may be a phone.
    """
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    sheet.lost.append(cells[0])
    message = Message("files.other_width", fields=len(cells), width=width)
    if len(cells) > width:
        remedy = Message("files.comma_needs_quotes")
        sheet.fault("too_many_fields", message, remedy, row=number)
    else:
        remedy = Message("files.row_cut_off")
        sheet.fault("too_few_fields", message, remedy, row=number)
    return None


@dataclass
class _Header:
    """The header of a sheet while it is matched."""

    sheet: Sheet
    row: int
    titles: Sequence[str]
    names: Mapping[str, str]
    """Folded title -> column."""
    nearest: NearestColumn | None
    shown: Sequence[str]
    """Titles as people typed them."""
    kept: dict[str, int] = field(default_factory=dict)
    """Columns -> their places; those that are known first."""
    unnamed: list[int] = field(default_factory=list)
    """Places without a title."""

    def match(self, *, others: bool) -> None:
        """Find the place of each column; `others`: whether unknown ones are ignored."""
        unknown = []
        for place, title in enumerate(self.titles):
            folded = fold(title)
            name = self.names.get(folded)
            if name is None and self.sheet.table == "volunteers" and folded.startswith(SKILL):
                name = SKILL + title.strip()[len(SKILL) :].strip()
            if name is not None:
                self._keep(name, place)
            elif not one_line(title):  # nothing in it is seen
                self.unnamed.append(place)
            elif not others:
                unknown.append(place)
        own = [place for place in unknown if self._is_own(self.titles[place])]
        if len(own) > MOST_OWN:
            message = Message("files.too_many_own", columns=len(own), most=MOST_OWN)
            self.sheet.give_up("too_many_columns", message, row=self.row)
            return
        self._refuse([self.titles[place] for place in unknown if place not in own])
        for place in own:
            self._keep_own(one_line(self.titles[place]), place)

    def _keep(self, name: str, place: int) -> None:
        if name not in self.kept:
            self.kept[name] = place
            return
        first, title = self.shown[self.kept[name]], self.shown[place]
        message = Message("files.repeated_column")
        if fold(first) != fold(title):
            heading = "" if first == name else first
            message = Message("files.same_column", column=Column(name, heading=heading))
        self._fault("repeated_column", message, title if self.sheet.letters else name, title)
        if self.sheet.letters:  # of a workbook, where the column's own letters are the first's
            from openpyxl.utils import get_column_letter

            cell = f"{get_column_letter(place + 1)}{self.row}"
            self.sheet.faults[-1] = replace(self.sheet.faults[-1], cell=cell)

    def note_read(self) -> None:
        """Add a note on each title that is read as a column of which it is not quite the name."""
        for name, place in self.kept.items():
            title = self.titles[place]
            if folded(title) in may_stand_for(self.sheet.table, name):
                message = Message("files.read_as_column", column=Column(name))
                note = Fault("read_as", self.sheet.table, title, title, message)
                note = self.sheet.placed(note, self.row)
                others = tuple(pair for pair in note.headings if pair[0] != name)
                self.sheet.notes[message.code, title] = replace(note, headings=others)

    def _keep_own(self, title: str, place: int) -> None:
        if len(title) > LONGEST_TITLE:
            message = Message("problem.most_characters", characters=LONGEST_TITLE)
            self._fault("too_long", message, title, title)
        elif fold(title) in map(fold, self.sheet.own):
            self._fault("repeated_column", Message("files.repeated_column"), title, title)
        else:
            self.kept[title] = place
            self.sheet.own.append(title)

    def _is_own(self, title: str) -> bool:
        """Whether a title that is not known is a column of people's own, and no slip."""
        return self.nearest is not None and not self.nearest(title, self.kept)

    def _refuse(self, titles: Sequence[str]) -> None:
        """Add the faults of columns that are not known, with what may be meant."""
        near = Nearest(name for name in self.names.values() if name not in self.kept)
        columns = (name for name in dict.fromkeys(self.names.values()) if "." not in name)
        known = tuple(map(Column, columns))
        message = Message("files.no_such_column", known=known)
        for title in titles:
            column = self.nearest(title, self.kept) if self.nearest is not None else ""
            remedy: str | Message = Message("files.meant_quoted", text=column)
            if self.sheet.headings and not Nearest([column]).remedy(title):
                remedy = Message("files.meant", text=Column(column))
            if not column or column in self.kept:
                remedy = near.remedy(title)
            self._fault("unknown_column", message, title, title, remedy)

    def need(self, needed: Iterable[str], instead: Mapping[str, Sequence[str]]) -> None:
        """Add the faults of columns that must be there, or one of those that do as well."""
        for name in (name for name in needed if name not in self.kept):
            shown = dict(self.sheet.headings)
            header = tuple(shown.get(title, title) for title in self.titles[:30])
            either = tuple(map(Column, instead.get(name, (name,))))
            message = Message("files.missing_column", column=either, header=header)
            remedy = Message("files.no_header") if len(self.kept) == len(self.sheet.own) else ""
            self._fault("missing_column", message, name, "", remedy)
            self.sheet.usable = False

    def _fault(
        self,
        code: FaultCode,
        message: Message,
        column: str,
        value: str,
        remedy: str | Message = "",
    ) -> None:
        self.sheet.fault(code, message, remedy, row=self.row, column=column, value=value)
