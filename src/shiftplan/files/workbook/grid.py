"""The availability grid: a row a person, a column a session, a mark where the person can come.

Rows of the sheet -> rows of the tables `availability` and `stand_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shiftplan.errors.message import Message, Table
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.headings import bare, is_example
from shiftplan.files.sheet import Mark, Sheet
from shiftplan.files.workbook.around import Surroundings
from shiftplan.files.workbook.fills import NO_FILLS, Fills, ask_about, coloured_by_hand
from shiftplan.files.workbook.heads import (
    LABELS,
    Grid,
    GridPlace,
    HeadReader,
    Row,
    clock,
    find,
    heads_of,
)
from shiftplan.files.workbook.marks import Marks, is_sign, legend_of, means_stand_by, state_of
from shiftplan.files.workbook.telling import Teller

_NEEDED = ("volunteer_id", *LABELS)


def people(grid: Grid) -> Iterator[tuple[int, Row]]:
    """Yield the rows below the head that are no example, without the cells that are ones."""
    place = find(grid)
    if place is None:
        return
    for number, row in grid:
        _, who = place.person(row)
        if number > place.last and not (isinstance(who, str) and is_example(who)):
            yield number, {c: t for c, t in row.items() if isinstance(t, Bad) or not is_example(t)}


def read_grid(
    sheet: Sheet,
    stand_by: Sheet,
    title: str,
    grid: Grid,
    names: Mapping[str, Collection[str]],
    id_of: Callable[[str], str],
    merged: Collection[str] = (),
    fills: Fills = NO_FILLS,
) -> None:
    """Add the marks of a grid, whose sheet has a title, to the sheets of its tables.

    A mark that says what a row of its table says already is left out. `names`: id -> names of the
    person in the table of volunteers; `id_of`: finds a person's id by id or name; `merged`: ranges
    of merged cells, such as `D1:E1`; `fills`: colours of cells.
    """
    teller, place = Teller(sheet, title), find(grid)
    if place is None:
        teller.refuse(Bad("missing_column", Message("workbook.no_grid_head")))
        return
    reader, around = _Reader(teller), Surroundings(teller, place, merged)
    grid = around.with_dates(grid)
    heads = around.sessions(heads_of(grid, place), grid)
    known, on_call = _known(sheet, id_of), _known(stand_by, id_of)
    rows = dict(people(grid))
    keys = {number: reader.key(place, row, id_of) for number, row in rows.items()}
    there = {number for number, key in keys.items() if key in names or (key and not names)}
    others = (row.values() for number, row in grid if number not in there)
    legend = legend_of(text for texts in others for text in texts if isinstance(text, str))
    marks = Marks(teller, legend)
    sessions = HeadReader(teller).sessions_of(heads, place, around.covered(there))
    # Headings may stand anywhere above the people. The column of the labels has none of its own.
    headed = {letters for number, row in grid if number <= place.last for letters in row}
    headed = headed - {place.labels} | {place.ids, place.names, place.homes}
    for number, row in rows.items():
        where, who = place.person(row)
        key = keys[number]
        if key not in names and around.has_no_marks(number, row, sessions):
            continue
        reader.compare_names(place, number, row, names.get(key, ()))
        if key in names or row.get(place.ids):
            reader.tell_strays(number, {c: text for c, text in row.items() if c not in headed})
        texts = reader.texts(number, row, sessions)
        if not who:  # whatever else stands there is no fault of its own
            texts = {c: t for c, t in texts.items() if state_of(t) is not None or means_stand_by(t)}
        states = marks.states(number, texts)
        if not who and (found := [c for c, state in states.items() if state != "no"]):
            message = Message("workbook.marks_of_nobody", n=len(found))
            bad = Bad("missing_value", message, Message("workbook.tell_whose_marks"))
            teller.refuse(bad, f"{where}{number}")
            continue
        for letters, state in states.items():
            session = sessions[letters]
            told = known.get((key, *session))
            if state == "no":
                reader.refuse_contradiction(f"{letters}{number}", number, row, told)
                continue
            spots = {name: f"{letters}{place.row.get(name, place.row['start'])}" for name in LABELS}
            spots["volunteer_id"] = f"{where}{number}"
            mark = Mark(title, f"{letters}{number}", spots)
            if state == "stand_by" and (key, *session) not in on_call:
                add_mark(stand_by, mark, number, who, session)
            elif state != "stand_by" and told != state:
                add_mark(sheet, mark, number, who, (*session, state))
    marks.tell()
    around.tell()
    around.ask_about_remarks({number: rows[number] for number in there}, sessions)
    if fills:
        ids = {place.ids, place.names}
        coloured = coloured_by_hand(fills, sorted(there), list(sessions), ids, place.last)
        blank = [(number, c) for number, c in coloured if c not in rows[number]]
        ask_about(teller, blank, alone=marks.is_empty and not sheet.rows)


@dataclass(frozen=True)
class _Reader:
    teller: Teller

    def key(self, place: GridPlace, row: Row, id_of: Callable[[str], str]) -> str:
        """Id of a row's person, or what stands there."""
        _, who = place.person(row)
        return id_of(who) if isinstance(who, str) else ""

    def compare_names(
        self, place: GridPlace, number: int, row: Row, known: Collection[str]
    ) -> None:
        """Add the fault of a name that is not that of the id beside it."""
        name, others = row.get(place.names, ""), [other for other in known if other]
        if not isinstance(name, str) or not name or not others:
            return
        if _plain(name) not in map(_plain, others):
            who, table = row.get(place.ids, ""), Table("volunteers")
            message = Message("workbook.other_name", id=who, name=others[0], table=table)
            bad = Bad("invalid_value", message, Message("workbook.sorted_alone"))
            self.teller.refuse(bad, f"{place.names}{number}", name)

    def tell_strays(self, number: int, others: Row) -> None:
        """Add the faults of marks among cells whose columns are no session's.

        Where words stand among them, as in a legend or a remark, they are no marks.
        """
        texts = {c: text for c, text in others.items() if isinstance(text, str)}
        if not all(map(is_sign, texts.values())):
            return
        remedy = Message("workbook.move_mark")
        bad = Bad("unnamed_column", Message("workbook.stray_mark"), remedy)
        for letters, text in texts.items():
            self.teller.refuse(bad, f"{letters}{number}", text)

    def texts(self, number: int, row: Row, sessions: Collection[str]) -> dict[str, str]:
        """Letters of a session's column -> text of its cell in a row; faults of those unread."""
        texts = {}
        for letters in sessions:
            text = row.get(letters, "")
            if isinstance(text, Bad):
                self.teller.refuse(text, f"{letters}{number}")
            elif text:
                texts[letters] = text
        return texts

    def refuse_contradiction(self, cell: str, number: int, row: Row, told: str | None) -> None:
        """Add the fault of a mark for no where the table says that the person can come."""
        if told is not None:
            text = str(row[cell.removesuffix(f"{number}")])
            message = Message("workbook.no_beside_window", table=Table("availability"))
            self.teller.refuse(Bad("invalid_value", message), cell, text)


def add_mark(sheet: Sheet, mark: Mark, number: int, who: str | Bad, told: Sequence[str]) -> None:
    """Add a mark as a row of a table; `told` is its date, start, end and perhaps state."""
    index = len(sheet.rows)
    values = dict(zip((*LABELS, "state"), told, strict=False))
    values["volunteer_id"] = who if isinstance(who, str) else ""
    sheet.marks[index] = mark
    if isinstance(who, Bad):
        sheet.unread.append((index, "volunteer_id", who))
    sheet.rows.append([values.get(name, "") for name in sheet.header])
    sheet.lines.append(number)


def _plain(name: str) -> str:
    return bare(name).replace(" ", "")


def _known(sheet: Sheet, id_of: Callable[[str], str]) -> dict[tuple[object, ...], str]:
    """(volunteer, date, start, end) as a grid writes them -> state, of the table's own rows."""
    columns = [sheet.column(name) or [] for name in _NEEDED]
    states = sheet.column("state") or ["available"] * len(sheet.rows)
    days = cells.date_reader(set(columns[1]), sheet.days)
    return {
        (id_of(who), f"{days(day)}", clock(start), clock(end)): state or "available"
        for who, day, start, end, state in zip(*columns, states, strict=True)
    }
