"""Faults of the tables about visits: journeys, kinds of citizens, and officials.

`Known` -> `Fault`s, a function for each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, Table, Word
from shiftplan.problem.known import Known, fault
from shiftplan.week.visits import journeys_at, kinds_at


def visits(known: Known) -> Iterator[Fault]:
    """Journeys name known services, and where visits are forecast there are some."""
    table, problem = "journeys", known.problem
    for i, journey in enumerate(problem.journeys):
        yield from known.place(table, i, journey.where)
        for name in journey.services:
            yield from known.unknown(table, i, "services", name, "services")
    if known.unread.touches(table) or known.unread.touches("centers"):
        return
    lacking = {c.center_id for c in problem.centers if not journeys_at(problem.journeys, c)}
    said = Message("problem.service_needed", table=Table(table))
    remedy = Message("problem.service_or_journeys", table=Table(table))
    for i, row in enumerate(problem.demand):
        if row.service_id is None and row.center_id in lacking:
            yield fault("missing_value", "demand", i, "service_id", "", said, remedy=remedy)


def kinds_of_citizens(known: Known) -> Iterator[Fault]:
    """Kinds of citizens are for centers that are there, and are not more than all citizens."""
    table, rows = "citizen_kinds", known.problem.citizen_kinds
    for i, row in enumerate(rows):
        yield from known.place(table, i, row.where)
    index = {id(row): i for i, row in enumerate(rows)}
    told: set[int] = set()
    for center in known.problem.centers if rows else ():
        own = kinds_at(rows, center)
        if sum(row.share for row in own) > 1 + 1e-9:
            last = max(index[id(row)] for row in own)
            if last not in told:
                told.add(last)
                said = Message("problem.kinds_above_one", center=center.center_id)
                yield fault("shares_above_one", table, last, "share", rows[last].share, said)


def officials(known: Known) -> Iterator[Fault]:
    """Officials are at centers that are there, help with known services and speak languages."""
    table, kinds = "officials", {s.skill_id: s.kind for s in known.problem.skills}
    for i, row in enumerate(known.problem.officials):
        yield from known.place(table, i, row.where)
        for name in row.services:
            yield from known.unknown(table, i, "services", name, "services")
        yield from _languages(known, table, i, row.languages, kinds)


def _languages(
    known: Known, table: str, index: int, names: Iterable[str], kinds: Mapping[str, str]
) -> Iterator[Fault]:
    for name in names:
        yield from known.unknown(table, index, "languages", name, "skills")
        if kinds.get(name) == "tech":
            said = Message("problem.not_a_language", kind=Word("tech"), needed=Word("language"))
            yield fault("not_a_language", table, index, "languages", name, said)
