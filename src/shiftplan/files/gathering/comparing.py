"""Where rows of two deliveries do not go together.

Two rows, windows or tables -> a `Clash`; None where they agree.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import product

from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.answers.people import phone_key
from shiftplan.files.gathering.decisions import Clash, ClashKind
from shiftplan.files.gathering.entries import DeliveredRow
from shiftplan.files.headings import bare
from shiftplan.problem.by_name import words_of
from shiftplan.week.fields import one_line

_PERSON = "volunteer_id"
_WHO = ("name", "home_center_id", "phone")
_NUMBER = re.compile("[0-9]{1,4}")
_PARTS = 3
"""Numbers of a birthday, in whatever order; hours may follow them."""


def different(one: DeliveredRow, other: DeliveredRow) -> tuple[str, ...]:
    """Columns in which two rows differ, of those that both tables have."""
    said, also = one.said, other.said
    common = [name for name in one.sheet.header if name in other.sheet.header]
    common = [name for name in common if name not in one.bad and name not in other.bad]
    return tuple(name for name in common if said.get(name) != also.get(name))


def clash_of(
    kind: ClashKind,
    about: tuple[str, ...],
    one: DeliveredRow,
    other: DeliveredRow,
    columns: tuple[str, ...] = (),
) -> Clash:
    """A conflict of two rows; of people it also says who they are."""
    known = _WHO if one.sheet.table == "volunteers" else ()
    names = [n for n in dict.fromkeys((*known, *columns)) if n in one.cells or n in other.cells]
    said = ((n, *(one_line(row.cells.get(n, "")) for row in (one, other))) for n in names)
    return Clash(kind, one.sheet.table, about, one.where, other.where, tuple(said))


def signs_of(row: DeliveredRow) -> Iterator[tuple[str, Hashable]]:
    """Yield what tells beside a name who a person is: phone, home center and birthday."""
    if phone := phone_key(row.cells.get("phone", "")):
        yield "phone", phone
    if home := row.cells.get("home_center_id", ""):
        yield "home", home
    birthdays = set(map(bare, words_for("heads.birthday")))
    for title in (title for title in row.sheet.own if bare(title) in birthdays):
        numbers = _NUMBER.findall(row.cells.get(title, ""))[:_PARTS]
        if len(numbers) == _PARTS:
            yield "birthday", tuple(sorted(int(number) % 100 for number in numbers))


def same_name(one: Sequence[DeliveredRow], other: Sequence[DeliveredRow]) -> Clash | None:
    """The conflict of one name under two ids; None where they are of two people for sure.

    `one`, `other`: the rows of each id in all deliveries. A delivery that has both tells two people
    of one home center apart by other phones or birthdays, and by their centers those who have
    nothing but the name in common.
    """
    pairs = [*product(one, other)]
    first, second = next((p for p in pairs if p[0].source == p[1].source), pairs[0])
    if not _may_be_same(first.cells["name"], second.cells["name"]):
        return None
    signs = [{sign for row in rows for sign in signs_of(row)} for rows in (one, other)]
    same = {kind for kind, _ in signs[0] & signs[1]}
    both = {kind for kind, _ in signs[0]} & {kind for kind, _ in signs[1]}
    if first.source == second.source and (not same or (same == {"home"} and both != same)):
        return None
    ids = first.cells[_PERSON], second.cells[_PERSON]
    kind: ClashKind = "two_ids" if same else "namesakes"
    return clash_of(kind, ids, first, second, different(first, second))


def _may_be_same(one: str, other: str) -> bool:
    """Whether two names differ at most in how they are typed, perhaps without accents."""
    words = words_of(one), words_of(other)
    return words[0] == words[1] or one.isascii() or other.isascii()


def other_row(one: DeliveredRow, other: DeliveredRow) -> Clash | None:
    """The conflict of two rows about the same thing that say different things of it."""
    columns = different(one, other)
    return clash_of("row", one.key or (), one, other, columns) if columns else None


def other_windows(one: Sequence[DeliveredRow], other: Sequence[DeliveredRow]) -> Clash | None:
    """The conflict of a person's windows in two deliveries, if they differ on a common date."""
    days = [{row.cells.get("date") for row in rows} for rows in (one, other)]
    common = days[0] & days[1]
    said = [
        {tuple(sorted(row.said.items())) for row in rows if row.cells.get("date") in common}
        for rows in (one, other)
    ]
    if said[0] == said[1]:
        return None
    return clash_of("person_twice", (one[0].cells[_PERSON],), one[0], other[0])


def other_table(one: Sequence[DeliveredRow], other: Sequence[DeliveredRow]) -> Clash | None:
    """The conflict of a table as two deliveries have it; the order of rows makes no difference."""
    said = [
        sorted(sorted((n, t.casefold()) for n, t in row.said.items()) for row in rows)
        for rows in (one, other)
    ]
    if said[0] == said[1]:
        return None
    return clash_of("table", (), one[0], other[0])
