"""What limits the shifts of a center beside its demand.

Columns of a `DesignProgram` -> rows: people who offer time, changes from date to date, breaks.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from shiftplan.citizens.shift_design.candidates import CandidateShift
from shiftplan.citizens.shift_design.people import OfferedPeople
from shiftplan.citizens.shift_design.prices import PARTS
from shiftplan.citizens.shift_design.program import DesignProgram, Entries, SeatsOf
from shiftplan.citizens.shift_design.slots import CenterSlots

EPS = 1e-9


def dates_of(program: DesignProgram, candidate: CandidateShift, day: int) -> list[int]:
    """The dates on which a shift of a day of the period is held."""
    return [date for date in candidate.days if date % program.period == day]


def post_offered(program: DesignProgram, offered: OfferedPeople, own: SeatsOf) -> None:
    """Nowhere are more people of a class in shifts than could be, and nor are they in all."""
    if offered.could is None or offered.most is None:
        return
    columns = [column for found in own.values() for column in found]
    spans = [
        (column, program.seats[column].candidate.span(date))
        for column in columns
        for date in dates_of(program, program.seats[column].candidate, program.seats[column].day)
    ]
    starts = np.array([span[0] for _, span in spans])
    ends = np.array([span[1] for _, span in spans])
    for (begin, end), count in offered.there:
        inside = np.flatnonzero((starts <= begin) & (end <= ends)).tolist()
        for place, of in enumerate(offered.classes):
            row = {c: 1.0 for c in (spans[i][0] for i in inside) if program.seats[c].of == of}
            _at_most(program, row, int(count[place]))
    times = Counter(column for column, _ in spans)
    for place, of in enumerate(offered.classes):
        row = {c: float(n) for c, n in times.items() if program.seats[c].of == of}
        _at_most(program, row, int(offered.most[place]))


def _at_most(program: DesignProgram, row: Entries, bound: int) -> None:
    """Add a row, unless its columns cannot add up to more anyway."""
    if sum(size * program.upper[column] for column, size in row.items()) > bound:
        program.at_most(row, bound)


def post_changes(program: DesignProgram, price: int, own: SeatsOf) -> None:
    """Price the people who begin at a time beyond those who did on the date before."""
    if not price:
        return
    begin: dict[tuple[int, int], Entries] = defaultdict(dict)
    for column in (column for columns in own.values() for column in columns):
        seats = program.seats[column]
        for date in dates_of(program, seats.candidate, seats.day):
            begin[seats.candidate.time.start, date][column] = 1.0
    rows = Counter[tuple[tuple[int, float], ...]]()  # some are alike where shifts repeat themselves
    for (start, date), after in begin.items():
        if date or program.cyclic:
            row = dict(after)
            for column in begin.get((start, (date - 1) % program.days), {}):
                row[column] = row.get(column, 0.0) - 1.0
            rows[tuple((column, size) for column, size in row.items() if size)] += 1
    for entries, times in rows.items():
        most = sum(program.upper[column] for column, size in entries if size > 0)
        if most:
            more = program.column(PARTS * price * times, most)
            program.at_most(dict(entries) | {more: -1.0}, 0)


def post_breaks_together(
    program: DesignProgram, share: float, slots: CenterSlots, own: SeatsOf
) -> None:
    """At most a share of the people in shifts are on a break at a time; one may always be."""
    if share == 1:
        return
    there: list[Entries] = [{} for _ in range(len(slots))]
    away: list[Entries] = [{} for _ in range(len(slots))]
    mine = {column for columns in own.values() for column in columns}
    for column in mine:
        seats = program.seats[column]
        for date in dates_of(program, seats.candidate, seats.day):
            for part in slots.inside(seats.candidate.span(date)):
                for slot in range(part.start, part.stop):
                    there[slot][column] = 1.0
    for column, one in program.breaks.items():
        if one.seats not in mine:
            continue
        seats = program.seats[one.seats]
        for date in dates_of(program, seats.candidate, seats.day):
            begin, _ = seats.candidate.span(date)
            for a, b in seats.candidate.breaks[one.group][one.choice]:
                for part in slots.inside((begin + a, begin + b)):
                    for slot in range(part.start, part.stop):
                        away[slot][column] = 1.0
    for slot, breaks in enumerate(away):
        most = int(sum(program.upper[column] for column in breaks))
        if most > 1:
            many = program.column(0, 1, whole=True)
            program.at_most(breaks | {many: -float(most - 1)}, 1)
            row = breaks | dict.fromkeys(there[slot], -share)
            program.at_most(row | {many: float(most)}, most + EPS)
