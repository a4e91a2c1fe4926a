"""A design that decides on shifts and on each person together: what hard rules add to it.

Columns of seats -> rows of a `DesignProgram`; designed shifts of single people -> `Roster`.

The hard rules are posted as for a roster, into a model whose shifts are all candidates; its rows
then hold for the seats, each of which is of one person. What people must work at least is left out:
only the plan of the week sees to that, since shifts that nobody needs are not held for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from shiftplan.citizens.shift_design.curve import DAY, Span
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.citizens.shift_design.limits import dates_of
from shiftplan.citizens.shift_design.people import shift_name
from shiftplan.citizens.shift_design.program import DesignProgram
from shiftplan.engines.highs import nobody_works
from shiftplan.engines.task import EPS
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message, OfRule
from shiftplan.problem import Problem
from shiftplan.scoring import check
from shiftplan.solving.building import build
from shiftplan.week.roster import Roster


def post_rules(program: DesignProgram, week: Problem) -> None:
    """Add the hard rules of a week whose shifts are all candidates (`week_of`)."""
    column_of = {
        (
            seats.of.volunteer_id,
            shift_name(seats.candidate.center_id, seats.number, date),
        ): column
        for column, seats in program.seats.items()
        for date in dates_of(program, seats.candidate, seats.day)
    }
    rules = tuple(rule for rule in week.rules if rule.hard)
    model = build(week.model_copy(update={"rules": rules}))
    made = model.program().core()
    people, shifts = week.volunteers, week.shifts
    pairs = zip(model.pairs.volunteer.tolist(), model.pairs.shift.tolist(), strict=True)
    columns = [column_of.get((people[v].volunteer_id, shifts[s].shift_id)) for v, s in pairs]
    idle = nobody_works(made)
    for other in range(made.num_pairs, made.num_columns):
        column = program.column(0, float(made.upper[other]), whole=True)
        program.idle[column] = float(idle[other])
        columns.append(column)
    matrix = made.matrix
    for row in np.flatnonzero(matrix @ idle <= made.row_upper + EPS).tolist():
        entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
        sizes = matrix.data[entries].tolist()
        sums: dict[int, float] = defaultdict(float)
        for place, size in zip(matrix.indices[entries].tolist(), sizes, strict=True):
            column = columns[place]
            if column is not None:
                sums[column] += size
        if sums:
            program.at_most(dict(sums), float(made.row_upper[row]))
    if program.cyclic:
        _post_turn(program)


def _post_turn(program: DesignProgram) -> None:
    """Nobody is at the start of a horizon that begins anew in two shifts, one from its end."""
    total = program.days * DAY
    first: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for column, seats in program.seats.items():
        for date in dates_of(program, seats.candidate, seats.day):
            start, end = seats.candidate.span(date)
            turned = (start - total, end - total) if end > total else (start, end)
            first[seats.of.volunteer_id].append((turned, column))
    for own in first.values():
        until = max((end for (start, end), _ in own if start < 0), default=0)
        for at in {max(0, start) for (start, _), _ in own if start < until}:
            row = {column: 1.0 for (start, end), column in own if start <= at < end}
            program.at_most(row, 1)


def roster_of(problem: Problem, shifts: Iterable[DesignedShift]) -> Roster:
    """Who works what in designed shifts, which are the last ones of the problem.

    Raises ModelError where that breaks a hard rule that would hold if nobody worked.
    """
    held = list(shifts)
    ids = (shift.shift_id for shift in problem.shifts[len(problem.shifts) - len(held) :])
    roster = Roster.of(
        (shift_id, of.volunteer_id)
        for shift_id, shift in zip(ids, held, strict=True)
        for of in shift.people
    )
    least = {(one.rule, one.who) for one in check(problem, Roster()).broken}
    for one in check(problem, roster).broken:
        if (one.rule, one.who) not in least:
            raise ModelError(Message("design.breaks_rule", rule=OfRule(one.rule.rule)))
    return roster
