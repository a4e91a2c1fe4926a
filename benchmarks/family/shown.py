"""The tables of RECORDS.md.

`Entry`s and `Result`s -> `best_table`, `results_table` -> `Table`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmarks.cells import NONE, Table, percent, whole
from benchmarks.family.entry import Entry
from benchmarks.family.instances import register
from benchmarks.family.results import Result

_FIRST = ("shiftplan", "highs", "cpsat")
"""Solvers that stand first in tables; greedy stands last."""


def best_table(entries: Iterable[Entry]) -> Table:
    """Best known costs and bounds, a row for each instance."""
    known, rows = register(), []
    for entry in entries:
        size = known[entry.instance]
        by = [s.by for s in (entry.cost_source, entry.bound_source) if s is not None]
        rows.append(
            (
                entry.instance,
                *(whole(int(size[name])) for name in ("volunteers", "shifts", "seats", "offered")),
                whole(entry.cost),
                whole(entry.bound),
                percent(entry.gap),
                ", ".join(dict.fromkeys(by)),
            )
        )
    head = ("instance", "volunteers", "shifts", "seats", "offered", "cost", "bound", "gap", "by")
    return Table("Best known", head, tuple(rows))


def results_table(results: Iterable[Result], best: Mapping[str, Entry]) -> Table:
    """What solvers found, a row for each instance and time limit; the first seed counts.

    A cell has how far the cost is above the best known one, and the gap that the solver proved.
    """
    runs: dict[tuple[str, float], dict[str, Result]] = {}
    for result in results:
        own = runs.setdefault((result.instance, result.time_limit), {})
        own.setdefault(result.solver, result)
    found = {solver for own in runs.values() for solver in own}
    solvers = [s for s in _FIRST if s in found]
    solvers += sorted(found - {*_FIRST, "greedy"}) + ["greedy"] * ("greedy" in found)
    rows = tuple(
        (name, f"{limit:g} s", *(_cell(own.get(s), best[name].cost) for s in solvers))
        for (name, limit), own in runs.items()
    )
    return Table("Above the best known / proven gap", ("instance", "limit", *solvers), rows)


def _cell(result: Result | None, best: int | None) -> str:
    if result is None:
        return ""
    if result.cost is None or best is None:
        return NONE
    above = (result.cost - best) / best if best else 0.0
    return f"{percent(above)} / {percent(result.gap)}"
