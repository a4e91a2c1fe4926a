"""What visits consist of, as a log tells it: tables that complete a forecast of visits.

(`Problem`, `VisitLog`) -> `VisitTables`: rows of journeys, citizen_kinds and languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from shiftplan.citizens.forecasting.divisions import divide
from shiftplan.citizens.forecasting.folding import folded_parts
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.forecasting.visitors import kind_rows, language_rows
from shiftplan.citizens.visits.counts import Ints
from shiftplan.citizens.visits.log import VisitLog
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtCenter, Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.demand import LanguageShare
from shiftplan.week.fields import Frozen
from shiftplan.week.visits import CitizenKind, Journey, journeys_at

VisitTable = Literal["journeys", "citizen_kinds", "languages"]
"""A table that says what visits consist of."""
_LEAST_PERCENT = 0.005
"""Percent of the visits of a place that a journey has at least."""
_MOST_STEPS = 20
"""Services of a journey, at most."""
_PLACES = 4
"""Decimal places of percentages and shares in rows."""
_NAMED = 3
"""Centers that a sentence names."""


@dataclass(frozen=True)
class VisitTables:
    """Rows of the tables that say what visits consist of."""

    journeys: tuple[Journey, ...] = ()
    """Ways through the centers, in percent of visits."""
    citizen_kinds: tuple[CitizenKind, ...] = ()
    """Kinds of citizens, where the log has them."""
    languages: tuple[LanguageShare, ...] = ()
    """Shares of languages, where the log has them."""
    untimed: tuple[str, ...] = ()
    """Kinds of citizens about whose minutes nothing is known: their factor is 1."""
    unknown_languages: tuple[str, ...] = ()
    """Languages of the log that are no skill of the week."""

    @property
    def rows(self) -> Mapping[VisitTable, Sequence[Frozen]]:
        """Table -> its rows."""
        return {
            "journeys": self.journeys,
            "citizen_kinds": self.citizen_kinds,
            "languages": self.languages,
        }

    def without(self, tables: Iterable[VisitTable]) -> VisitTables:
        """The same with some tables empty."""
        none: dict[str, Any] = dict.fromkeys(tables, ())
        return replace(self, **none)

    def applied(self, problem: Problem) -> Problem:
        """The week with these tables; where they have no rows, its own stay."""
        told: dict[str, Any] = {name: rows for name, rows in self.rows.items() if rows}
        return problem.model_copy(update=told)


@takes_week
def visit_tables(problem: Problem, log: VisitLog) -> VisitTables:
    """Estimate what visits consist of.

    A journey is a set of services in its most common order, 20 at most. Places with few visits
    borrow strength from others: see `divide`. A center has rows of its own where its visits
    outweigh those that they are mixed with, and so has a type of centers; the rest takes the rows
    for all. Rare journeys of each place are folded into others: see `folded_parts`.

    Kinds of citizens have factors whose mean over all visits is 1, so that the minutes of services
    stay those of all citizens: minutes of help over those of all for the same services where the
    log has times, or else the factor that the week has.

    Parameters
    ----------
    problem
        The week.
    log
        Visits at its centers, for its services.

    Raises
    ------
    InputError
        The id of a service has a bar, which parts services in the table journeys.
    """
    barred = next((service for service in log.services if "|" in service), None)
    if barred is not None:
        message, remedy = Message("forecasts.barred"), Message("forecasts.rename_or_requests")
        fault = Fault("invalid_value", "services", "service_id", barred, message, remedy=remedy)
        raise InputError([fault])
    group, names = _groups(problem, log)
    kinds, untimed = kind_rows(problem, log, group, names)
    languages, unknown = language_rows(problem, log)
    return VisitTables(_journey_rows(log, group, names), kinds, languages, untimed, unknown)


def requests_by_visit(problem: Problem) -> Mapping[str, float]:
    """Center id -> mean number of requests in a visit, by the table journeys."""
    return {
        center.center_id: sum(
            len(services) * part for services, part in journeys_at(problem.journeys, center)
        )
        for center in problem.centers
    }


def need_journeys(problem: Problem, forecast: Forecast) -> None:
    """See that all centers with visits have journeys; InputError: some lack them."""
    if not forecast.counts_visits:
        return
    visited = forecast.expected("center") > 0
    centers = [c for c, some in zip(forecast.centers, visited.tolist(), strict=True) if some]
    at = problem.center_by_id
    lacking = [c for c in centers if not journeys_at(problem.journeys, at[c])]
    if lacking:
        names = [AtCenter(center) for center in lacking[:_NAMED]]
        message = Message("forecasts.no_journeys", n=len(lacking), centers=tuple(names))
        remedy = Message("forecasts.journeys_needed")
        raise InputError([Fault("missing_value", "journeys", message=message, remedy=remedy)])


def _groups(problem: Problem, log: VisitLog) -> tuple[Ints, list[str]]:
    """Type of each center of a log, as a position, shape (centers,), and the types."""
    type_of = {center.center_id: center.type for center in problem.centers}
    types = [type_of[center] for center in log.centers]
    names = sorted(set(types))
    return np.array([names.index(name) for name in types], dtype=np.int64), names


def _journey_rows(log: VisitLog, group: Ints, names: Sequence[str]) -> tuple[Journey, ...]:
    told = np.diff(log.offset)
    usable = np.flatnonzero((told > 0) & (told <= _MOST_STEPS))
    if not len(usable):
        return ()
    journey, steps = _journeys(log, usable)
    division = divide(journey, log.center[usable], log.age[usable], group, len(steps))
    members = np.zeros((len(steps), len(log.services)), dtype=bool)
    for row, own in enumerate(steps):
        members[row, own] = True
    rows = []
    for where, parts in division.places(names, log.centers):
        folded = folded_parts(parts, members)
        for row in np.argsort(-folded, kind="stable").tolist():
            share = round(100 * float(folded[row]), _PLACES)
            if share >= _LEAST_PERCENT:
                services = tuple(log.services[s] for s in steps[row])
                rows.append(Journey(where=where, services=services, share=share))
    return tuple(rows)


def _journeys(log: VisitLog, usable: Ints) -> tuple[Ints, list[list[int]]]:
    """Journey of some visits, shape (usable,), and the services of each in their common order.

    Each set of services, and each order of them, is identified by a sum of random 64-bit numbers.
    """
    chance = np.random.default_rng(0)
    of_service = chance.integers(1, 2**63, len(log.services), dtype=np.uint64)
    of_place = chance.integers(1, 2**62, _MOST_STEPS, dtype=np.uint64) * 2 + 1
    size = np.diff(log.offset)[usable]
    start = np.concatenate([[0], np.cumsum(size)])[:-1]
    place = np.arange(size.sum()) - np.repeat(start, size)
    step = of_service[log.service[np.repeat(log.offset[usable], size) + place]]
    sets = np.add.reduceat(step, start)
    orders = np.add.reduceat(step * of_place[place], start)
    _, journey = np.unique(sets, return_inverse=True)
    _, first, number = np.unique(orders, return_index=True, return_counts=True)
    # the most frequent order of each journey; of two as frequent, the one logged first
    turn = np.lexsort((first, -number, journey[first]))
    leads = np.diff(journey[first][turn], prepend=-1) > 0
    visits = usable[first[turn][leads]]
    steps = [log.service[log.offset[v] : log.offset[v + 1]].tolist() for v in visits.tolist()]
    return np.asarray(journey, dtype=np.int64), steps
