"""Where rows of two deliveries do not go together.

Two rows, windows or tables -> a `Clash`; None where they agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeAlias, TypeVar

from shiftplan.errors import Fault
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
OF_TEAMS = ("volunteers", "availability")
"""Tables that a team delivers once."""
_MOST_TOLD = 5
"""People, windows or rows that a conflict names of each side."""
_PARTS = 3
"""Numbers of a birthday, in whatever order; hours may follow them."""
Deliverable: TypeAlias = Mapping[str, Sequence[DeliveredRow]]
"""Table -> its rows in a delivery."""
Side = TypeVar("Side")


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
    nothing but the name in common. Whoever wrote both ids for one center may know two people.
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
    may_be_two = not same or (same == {"home"} and first.source == second.source)
    kind: ClashKind = "namesakes" if may_be_two else "two_ids"
    return clash_of(kind, ids, first, second, different(first, second))


def _may_be_same(one: str, other: str) -> bool:
    """Whether two names differ at most in how they are typed, perhaps without accents."""
    words = words_of(one), words_of(other)
    return words[0] == words[1] or one.isascii() or other.isascii()


def other_row(one: DeliveredRow, other: DeliveredRow) -> Clash | None:
    """The conflict of two rows about the same thing that say different things of it."""
    columns = different(one, other)
    return clash_of("row", one.key or (), one, other, columns) if columns else None


def other_windows(
    one: Sequence[DeliveredRow], other: Sequence[DeliveredRow], name: str = ""
) -> Clash | None:
    """The conflict of a person's windows in two deliveries, if they differ on a common date.

    It says who the person is, and the windows that only one delivery has, on whatever date.
    """
    days = [{row.cells.get("date") for row in rows} for rows in (one, other)]
    common = days[0] & days[1]
    said = [
        {tuple(sorted(row.said.items())) for row in rows if row.cells.get("date") in common}
        for rows in (one, other)
    ]
    if said[0] == said[1]:
        return None
    clash = clash_of("person_twice", (one[0].cells[_PERSON],), one[0], other[0])
    windows = [[_window(row) for row in rows] for rows in (one, other)]
    own = [_few(w for w in mine if w not in theirs) for mine, theirs in _each_way(*windows)]
    return replace(clash, said=(("name", name, name), ("only", own[0], own[1])))


def _window(row: DeliveredRow) -> str:
    """A window as `2026-12-07 07:00-11:00`, with its state where that is not the usual one."""
    day, start, end = (row.cells.get(name, "") for name in ("date", "start", "end"))
    return f"{day} {start}-{end} {row.said.get('state', '')}".strip()


def other_table(one: Sequence[DeliveredRow], other: Sequence[DeliveredRow]) -> Clash | None:
    """The conflict of a table as two deliveries have it; the order of rows makes no difference.

    It says the rows that only one of them has, and stands at the first.
    """
    said = [[sorted((n, t.casefold()) for n, t in r.said.items()) for r in s] for s in (one, other)]
    if sorted(said[0]) == sorted(said[1]):
        return None
    own = [
        [row for row, text in zip(rows, mine, strict=True) if text not in theirs]
        for rows, (mine, theirs) in zip((one, other), _each_way(*said), strict=True)
    ]
    first, second = ((mine or rows)[0] for mine, rows in zip(own, (one, other), strict=True))
    told = [_few(" ".join(row.cells.values()) for row in rows) for rows in own]
    return replace(clash_of("table", (), first, second), said=(("only", told[0], told[1]),))


def other_version(
    center_id: str, one: tuple[str, Deliverable], other: tuple[str, Deliverable]
) -> Clash | None:
    """The conflict of two files of a team, if both hold a table that it delivers once.

    It says how many people each has, and who is only in one, or has something else there.
    """
    tables = one[1], other[1]
    if not any(tables[0].get(table) and tables[1].get(table) for table in OF_TEAMS):
        return None
    known = [{r.cells[_PERSON]: r for r in t.get("volunteers", ()) if r.key} for t in tables]
    times: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
    for place, table in zip(times, tables, strict=True):
        for row in table.get("availability", ()):
            place[row.cells.get(_PERSON, "")].add(_window(row))
    people = [known[i].keys() | times[i].keys() for i in (0, 1)]
    common = known[0].keys() & known[1].keys()
    other_rows = {who for who in common if different(known[0][who], known[1][who])}
    other_rows |= {w for w in people[0] & people[1] if times[0].get(w) != times[1].get(w)}
    only = [
        _few(_named(mine, who) for who in sorted(those - others))
        for mine, (those, others) in zip(known, _each_way(*people), strict=True)
    ]
    changed = _few(_named(known[0], who) for who in sorted(other_rows))
    first, second = (Fault("duplicate_row", "volunteers", file=name) for name in (one[0], other[0]))
    said = (
        ("people", str(len(people[0])), str(len(people[1]))),
        ("able", str(len(times[0])), str(len(times[1]))),
        ("only", only[0], only[1]),
        ("changed", changed, changed),
    )
    return Clash("versions", "volunteers", (center_id,), first, second, said)


def _named(known: Mapping[str, DeliveredRow], who: str) -> str:
    """A person as id and name."""
    name = one_line(known[who].cells.get("name", "")) if who in known else ""
    return f"{who} ({name})" if name else who


def _few(texts: Iterable[str]) -> str:
    """The first of some texts, and how many more there are."""
    told = list(dict.fromkeys(map(one_line, texts)))
    more = [f"+{len(told) - _MOST_TOLD}"] if len(told) > _MOST_TOLD else []
    return ", ".join([*told[:_MOST_TOLD], *more])


def _each_way(one: Side, other: Side) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    return (one, other), (other, one)
