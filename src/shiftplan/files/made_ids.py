"""Ids that tables lack: made of the names of people and centers, or found by those of skills.

Sheets without a column of ids -> the same with one; faults of rows that would share an id. Columns
of skills under their names -> the same under their ids; of home centers under a title of people's
own -> the same under the format's.

A made id depends on the row alone, not on the rows around it, so that it is the same next week,
when histories ask for it: the name without accents, and for people the id of the home center.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message
from shiftplan.files.filling import NAMED_ALONE
from shiftplan.files.headings import may_be_home
from shiftplan.files.sheet import SKILL, Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem.by_name import letters_of, words_of
from shiftplan.problem.known import IDS

_HOME = "home_center_id"
_LONGEST = 200
"""Characters of an id at most."""


def give_ids(sheets: Mapping[str, Sheet]) -> None:
    """Add ids to the tables of centers and people that have names, but not a single id."""
    for table in NAMED_ALONE:
        sheet = sheets.get(table)
        if sheet is None or not sheet.usable or sheet.column("name") is None:
            continue
        if table == "volunteers":
            _find_homes(sheet, References(sheets))
        if not any(sheet.column(IDS[table]) or ()):
            _give(sheet, IDS[table], References(sheets))


def _find_homes(sheet: Sheet, references: References) -> None:
    """Read a column of people's own as home centers if most of its texts mean some.

    Where two columns do, nobody knows which of them is meant: both stay as they are.
    """
    if _HOME in sheet.header:
        return
    found = []
    for title in filter(may_be_home, sheet.own):
        texts = [text for text in sheet.column(title) or () if text]
        meant = {*texts} & references.names_of("centers").keys()
        meant |= references.meant("volunteers", _HOME, {*texts})[0].keys()
        if 2 * sum(text in meant for text in texts) > len(texts):
            found.append(title)
    if not found:
        return
    title, message = found[0], Message("files.read_as_column", column=Column(_HOME))
    if found[1:]:
        message = Message("files.many_homes", columns=found, column=Column(_HOME))
    note = Fault("read_as", sheet.table, title, title, message)
    sheet.notes[message.code, title] = sheet.placed(note, 1)
    if not found[1:]:
        sheet.header[sheet.header.index(title)] = _HOME
        sheet.letters.setdefault(_HOME, sheet.letters.get(title, ""))
        sheet.headings += ((_HOME, title),)
        sheet.own.remove(title)


def _give(sheet: Sheet, column: str, references: References) -> None:
    if column not in sheet.header:
        sheet.header.append(column)
        sheet.letters.setdefault(column, sheet.letters.get("name", ""))
        for row in sheet.rows:
            row.append("")
    place, name_at = sheet.header.index(column), sheet.header.index("name")
    homes = sheet.column(_HOME) or [""] * len(sheet.rows)
    first: dict[str, int] = {}
    for index, (row, home) in enumerate(zip(sheet.rows, homes, strict=True)):
        made = _made_of(row[name_at], references.id_of("centers", home))
        if made in first:
            _refuse(sheet, column, index, first[made])
            made += f"-{index}"
        elif made:
            first[made] = index
        row[place] = made
    if first:
        made, index = next(iter(first.items()))
        code = "files.ids_of_people" if homes != [""] * len(homes) else "files.ids_of_names"
        message = Message(code, column=Column(column), id=made)
        sheet.note(
            message, column="name", value=sheet.rows[index][name_at], index=index, times=len(first)
        )


def _made_of(name: str, home: str) -> str:
    """Id of a row with a name; empty where nothing of the name is a letter or digit."""
    words = (
        "".join(sign for sign in letters_of([word]) if unicodedata.category(sign)[0] in "LMN")
        for word in words_of(name)
    )
    made = "-".join(filter(None, words))
    return f"{made}-{home}"[:_LONGEST] if made and home else made[:_LONGEST]


def _refuse(sheet: Sheet, column: str, index: int, other: int) -> None:
    """Add the fault of a row whose name, and home, are those of another one."""
    name = sheet.cell(index, "name") or ""
    message = Message("files.same_name", row=sheet.lines[other])
    remedy = Message("files.ids_needed", column=Column(column))
    row = sheet.lines[index]
    sheet.fault("ambiguous_name", message, remedy, row=row, column="name", value=name, index=index)


def name_skills(sheets: Mapping[str, Sheet], references: References) -> None:
    """Call columns of skills that are told by their names by their ids, and tell so."""
    sheet = sheets.get("volunteers")
    for place, column in enumerate(sheet.header if sheet is not None else ()):
        named = SKILL + references.id_of("skills", column.removeprefix(SKILL))
        if sheet is None or not column.startswith(SKILL) or named in sheet.header:
            continue
        message = Message("files.read_as_column", column=named)
        note = Fault("read_as", sheet.table, column, column, message)
        sheet.notes[message.code, column] = sheet.placed(note, 1)
        sheet.header[place] = named
        sheet.letters.setdefault(named, sheet.letters.get(column, ""))
