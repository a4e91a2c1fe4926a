"""References between the sheets of a week: ids, or names that only one row has.

Sheets -> for the texts of a column, the ids of the rows that they mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from shiftplan.errors.message import Message, Table
from shiftplan.files.cells import Bad, read_names
from shiftplan.files.references import NamedRow, Resolver
from shiftplan.files.sheet import Sheet
from shiftplan.problem.by_name import letters_of, words_of
from shiftplan.problem.known import IDS
from shiftplan.week.skill_names import name_of_condition, parts_of_condition

_REFERS = {column: table for table, column in IDS.items() if table != "shifts"}
_REFERS |= {"home_center_id": "centers", "last_center": "centers", "mentor_skill": "skills"}
_PLACES = dict.fromkeys(("where", "origin", "destination"), "centers")
"""Columns that may also name types and groups of centers."""
_REFERS |= _PLACES
"""Column -> the table whose rows it names. Shifts have no names."""
_OF_RULES = {"skill": "skills"}
_LISTED = {"services": "services", "languages": "skills"}
"""Column of several names in a cell -> the table whose rows they name."""


class References:
    """What the texts of columns mean that hold ids of other tables.

    `sheets`: table -> sheet. What refers to a table that is missing or not usable stays as it is.
    """

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._tables = {
            table: _Referred(table, sheets[table], self)
            for table in IDS
            if table in sheets and sheets[table].usable
        }

    def meant(
        self, table: str, column: str, texts: Set[str]
    ) -> tuple[dict[str, str | Bad], dict[str, Message]]:
        """What texts of a column mean, and notes of those that could be taken for something else.

        Text -> id, or why there is none, of all texts but ids and those that nobody knows, which
        are faults of the week as a whole; text -> note.
        """
        of = self._tables.get((_OF_RULES if table == "rules" else _REFERS).get(column, ""))
        if of is None or IDS.get(table) == column:
            return {}, {}
        areas = of.areas if column in _PLACES else frozenset()
        found: dict[str, str | Bad] = {}
        notes = {
            text: Message(
                "files.read_as_id", name=of.name_of[text] or text, other=of.shadowed[text]
            )
            for text in texts & of.shadowed.keys()
        }
        for text in texts - of.name_of.keys() - areas - {""}:
            meant = (of.with_areas if areas else of.resolver).meant(text)
            if meant is not None:
                found[text] = meant
            if isinstance(meant, str) and meant != unicodedata.normalize("NFC", text):
                name = of.name_of.get(meant)
                notes[text] = Message("files.read_as_row", id=meant, name=name)
                if name is None:
                    notes[text] = Message("files.read_as_area", area=meant)
        return found, notes

    def of_levels(self, names: Sequence[str]) -> tuple[list[str] | Bad, list[Message]]:
        """Conditions such as `portal:2`, names of skills as their ids, or why not; and notes."""
        found: list[str] = []
        told: list[Message] = []
        for name in names:
            try:
                held, abilities = parts_of_condition(name)
            except ValueError as error:
                return Bad("invalid_value", error.args[0]), []
            ids = []
            for skill, level in abilities:
                one, notes = self.meant("", "skill_id", {skill})
                meant = one.get(skill, skill)
                if isinstance(meant, Bad):
                    return meant, []
                ids.append((meant, level))
                told += notes.values()
            found.append(name_of_condition(held, ids))
        return found, told

    def other_name(self, column: str, key: str | None, told: str) -> Bad | None:
        """Why an id does not go with the name beside it; None where it does, or one is blank."""
        table = _REFERS[column]
        name = self.names_of(table).get(key or "", "")
        if not name or not told or letters_of(words_of(name)) == letters_of(words_of(told)):
            return None
        message = Message("workbook.other_name", id=key, name=name, table=Table(table))
        return Bad("invalid_value", message, Message("workbook.sorted_alone"))

    def id_of(self, table: str, text: str) -> str:
        """Id of the row of a table that a text means; the text itself where none is known."""
        of = self._tables.get(table)
        if of is None or not text or text in of.name_of:
            return text
        meant = of.resolver.meant(text)
        return meant if isinstance(meant, str) else text

    def listed(self, column: str, names: Sequence[str]) -> list[str]:
        """Ids of the rows that the names in one cell of a column mean; others stay as they are."""
        return [self.id_of(_LISTED.get(column, ""), name) for name in names]

    def names_of(self, table: str) -> Mapping[str, str]:
        """Id -> name of the rows of a table."""
        return self._tables[table].name_of if table in self._tables else {}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Types of centers, which may stand before their names."""
        centers = self._tables.get("centers")
        return frozenset() if centers is None else frozenset(centers.column("type"))


class _Referred:
    """The rows of one sheet that others refer to."""

    def __init__(self, table: str, sheet: Sheet, others: References) -> None:
        self._table, self._sheet, self._others = table, sheet, others
        ids = [unicodedata.normalize("NFC", key) for key in self.column(IDS[table])]
        self._rows = list(zip(ids, self.column("name"), strict=True))
        self.name_of = {key: name for key, name in reversed(self._rows) if key}
        """Id -> name, the first where an id stands twice."""

    def column(self, name: str) -> list[str]:
        """Cells of a column, all blank where it is missing."""
        return self._sheet.column(name) or [""] * len(self._sheet.rows)

    @cached_property
    def shadowed(self) -> dict[str, str]:
        """Ids that are names of other rows -> id of such a row."""
        return {name: key for key, name in self._rows if key != name and name in self.name_of}

    @cached_property
    def resolver(self) -> Resolver:
        """Finds the rows by what people write."""
        return Resolver(self._named(), table=self._table, kinds=self._others.kinds)

    @cached_property
    def with_areas(self) -> Resolver:
        """The same for texts that may also be types and groups of centers."""
        areas = [NamedRow(area, area) for area in sorted(self.areas - self.name_of.keys())]
        kinds = self._others.kinds
        return Resolver([*self._named(), *areas], table=self._table, kinds=kinds)

    @cached_property
    def areas(self) -> frozenset[str]:
        """What a place may be called that is no center."""
        groups = {group for cell in self.column("groups") for group in read_names(cell)}
        return frozenset({"minority", "remote"} | groups | self._others.kinds)

    def _named(self) -> list[NamedRow]:
        homes = self.column("home_center_id")
        place_of = {home: self._others.id_of("centers", home) for home in {*homes}}
        centers = self._others.names_of("centers")
        rows = zip(self._rows, (place_of[home] for home in homes), strict=True)
        return [NamedRow(*row, centers.get(place, ""), place) for row, place in rows if row[0]]
