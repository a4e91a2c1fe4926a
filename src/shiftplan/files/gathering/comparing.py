"""Where rows of two deliveries do not go together.

Two rows, windows or tables -> a `Clash`; None where they agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from shiftplan.files.gathering.decisions import Clash, ClashKind
from shiftplan.files.gathering.entries import DeliveredRow
from shiftplan.week.fields import one_line

_PERSON = "volunteer_id"
_WHO = ("name", "home_center_id", "phone")


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


def same_name(
    known: Mapping[str, Set[str]], one: DeliveredRow, other: DeliveredRow
) -> Clash | None:
    """The conflict of one name under two ids, unless a delivery has both: it tells them apart."""
    ids = one.cells[_PERSON], other.cells[_PERSON]
    if ids[0] == ids[1] or ids[1] in known[one.source] or ids[0] in known[other.source]:
        return None
    return clash_of("two_ids", ids, one, other, different(one, other))


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
