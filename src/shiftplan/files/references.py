"""Rows that other tables, files or people refer to, by id or by name.

Text of a cell -> id of the one row that it means, or `Bad` with all that it could mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from shiftplan.errors.message import Message, Table
from shiftplan.files.cells import Bad
from shiftplan.files.headings import known_words
from shiftplan.problem.by_name import MOST_TOLD, NameIndex, NearRows, contradict
from shiftplan.problem.known import IDS
from shiftplan.problem.nearest import plain

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_WITH_PLACE = (re.compile(r"(.+?)\s*\(([^()]+)\)"), re.compile(r"(.+?)\s*[,;]\s*([^,;]+)"))
"""`Nguyễn Văn A (Mỹ Thới)` and `Nguyễn Văn A, Mỹ Thới`."""
_LONGEST = 500
"""Characters up to which a text may be a name and a place."""


class NamedRow(NamedTuple):
    """A row that may be referred to."""

    id: str
    """Its id."""
    name: str
    """Its name; empty for none."""
    place: str = ""
    """Name of the place beside it, such as a person's home center; empty for none."""
    place_id: str = ""
    """Id of that place."""


@cache
def place_words() -> tuple[str, ...]:
    """Words for kinds of places in all languages, such as `Phường` and `Ward`."""
    return tuple(w for say in known_words() for w in say(Message("files.place_words")).split("|"))


class Resolver:
    """Finds rows of one table by what people write: an id, or a name that only one row has.

    An id is never taken for a name: where a text is the id of one row and the name of another, the
    row with the id is meant. Of names see `NameIndex.find`; those of people may lack accents, but
    not have others. Nothing is guessed: a text that fits more than one row, or is the name of one
    row and nearly the id of another, is `Bad`.

    Parameters
    ----------
    rows
        (id, name, name of the place beside it), and perhaps the id of that place.
    table
        The table that holds them, for messages.
    kinds
        Words for kinds of places that make no difference in the names and places, beside those of
        all languages.
    """

    def __init__(
        self,
        rows: Iterable[Sequence[str]],
        *,
        table: str = "volunteers",
        kinds: Iterable[str] = (),
    ) -> None:
        self.table = table
        self.rows = [NamedRow(*row) for row in rows]
        self._kinds = (*place_words(), *kinds)
        self._places = [*dict.fromkeys(row[2:] for row in self.rows)]
        self._has_places = any(name for name, _ in self._places)
        self._by_id: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            self._by_id.setdefault(unicodedata.normalize("NFC", row.id), []).append(i)

    # ids need none of these

    @cached_property
    def _names(self) -> NameIndex:
        kinds = self._kinds if self.table == "centers" else ()
        return NameIndex((row.name for row in self.rows), kinds)

    @cached_property
    def _place_names(self) -> NameIndex:
        return NameIndex((name for name, _ in self._places), self._kinds)

    @cached_property
    def _alike(self) -> dict[str, list[int]]:
        """What stays of an id that a spreadsheet or a hasty hand has changed -> rows."""
        found: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            found.setdefault(plain(row.id), []).append(i)
        return found

    @cached_property
    def _near(self) -> NearRows:
        return NearRows({row.id: row.name for row in self.rows}, self._kinds)

    def find(self, text: str, beside: str = "") -> str | Bad:
        """Find the id of the row that a text means.

        Parameters
        ----------
        text
            An id, a name, a name and a place: `Nguyễn Văn A, Mỹ Thới`, `Nguyễn Văn A (30301)`; or
            a name and an id: `Nguyễn Văn A (V2)`, `V2 (Nguyễn Văn A)`.
        beside
            Name or id of the place, where another cell tells it; empty where none does. Ids need
            none, and it does not matter beside them.

        Returns
        -------
        str or Bad
            The id; `ambiguous_name` with the rows that could be meant, or `unknown_id`.
        """
        found = self.meant(text, beside)
        return self._unknown(text) if found is None else found

    def meant(self, text: str, beside: str = "") -> str | Bad | None:
        """The same, None for a text that is neither an id nor a name of any row."""
        text = unicodedata.normalize("NFC", text.strip())
        if text in self._by_id:
            return self.rows[self._by_id[text][-1]].id
        found, could = self._could(text, beside.strip())
        if len(could) == 1:
            return self.rows[could[0]].id
        if could:
            return self._ambiguous(could)
        if not found:
            return None
        message = Message("files.name_elsewhere", rows=self._told(found))
        return Bad("unknown_id", message, Message("files.write_the_id"))

    def other_name(self, key: str, told: str) -> str:
        """Name of the row with an id where a name beside the id cannot be that; else empty.

        Of namesakes each may be meant: the id says which. Places beside names do not matter.
        """
        known = self.rows[self._by_id[key][-1]].name if key in self._by_id else ""
        if not told or told == key or plain(told) == plain(known):
            return ""
        found, _ = self._could(told, has_id=True)
        return "" if key in (self.rows[i].id for i in found) else known

    def _could(
        self, text: str, beside: str = "", *, has_id: bool = False
    ) -> tuple[list[int], list[int]]:
        """Rows of a name, and those of them that could be meant, each id once.

        `has_id`: whether an id stands beside it, so that other accents are slips of the pen.
        """
        found: dict[str, int] = {}
        could: dict[str, int] = {}
        for name, *place in self._readings(text):
            own = [i for i in self._with_id(name, *place) if i in self._at([i], [beside])]
            found |= {self.rows[i].id: i for i in own}
            could |= {self.rows[i].id: i for i in own}
            if place and not self._has_places:
                continue
            rows = self._names.find(name)
            if self.table == "volunteers" and not has_id:
                rows = [i for i in rows if not contradict(name, self.rows[i].name)]
            rows = [*rows, *(self._by_id.get(name, ()) if place else ())]
            found |= {self.rows[i].id: i for i in rows}
            could |= {self.rows[i].id: i for i in self._at(rows, [beside, *place])}
        if could:
            could |= {self.rows[i].id: i for i in self._alike.get(plain(text), ())}
        return list(found.values()), list(could.values())

    def _with_id(self, name: str, other: str = "") -> list[int]:
        """Rows that a name and an id mean together: `An (V2)`, `V2 (An)`, `V2 (An, Mỹ Thới)`."""
        told = ((other, name), (name, other), (name, other.rpartition(",")[0]))
        return [
            i
            for key, called in told
            for i in self._by_id.get(key, ())
            if called and i in self._names.find(called)
        ]

    def _readings(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield a text as a name, and as a name and a place or an id."""
        yield (text,)
        for form in _WITH_PLACE if len(text) <= _LONGEST else ():
            if (parts := form.fullmatch(text)) is not None:
                yield parts.groups()

    def _at(self, found: list[int], places: list[str]) -> list[int]:
        """Those of the rows found that are at all of the places."""
        for place in filter(None, places):
            fits = {self._places[i] for i in self._place_names.find(place)}
            fits |= {known for known in self._places if known[1] == place}
            found = [i for i in found if self.rows[i][2:] in fits]
        return found

    def _unknown(self, text: str) -> Bad:
        none = "" if self.rows else "_as_none"
        message = Message(f"problem.no_such_{self.table[:-1]}{none}", table=Table(self.table))
        return Bad("unknown_id", message, self._near.remedy(text))

    def _ambiguous(self, could: list[int]) -> Bad:
        row, remedy = self.rows[could[0]], Message("files.write_the_id")
        example = f"{row.name}, {row.place}"
        if row.place and len(self._could(example)[1]) == 1:
            remedy = Message("files.write_id_or_place", example=example)
        return Bad("ambiguous_name", Message("files.namesakes", rows=self._told(could)), remedy)

    def _told(self, found: list[int]) -> tuple[str | Message, ...]:
        """Ids, names and places of rows; how many more there are where they are many."""
        rows = [self.rows[i] for i in found]
        told = [f"{row.id} ({', '.join(filter(None, (row.name, row.place)))})" for row in rows]
        if len(told) <= MOST_TOLD:
            return tuple(told)
        return *told[: MOST_TOLD - 1], Message("files.more_rows", n=len(told) - MOST_TOLD + 1)


def resolver_of(problem: Problem, table: str) -> Resolver:
    """Make what finds the rows of a table of a problem: `centers`, `volunteers`, `skills`, ..."""
    rows = getattr(problem, table)
    if table == "volunteers":
        names = {center.center_id: center.name for center in problem.centers}
        people = ((v.volunteer_id, v.name, v.home_center_id or "") for v in rows)
        named = [NamedRow(key, name, names.get(home, ""), home) for key, name, home in people]
    else:
        named = [NamedRow(getattr(row, IDS[table]), getattr(row, "name", "")) for row in rows]
    return Resolver(named, table=table, kinds={center.type for center in problem.centers})
