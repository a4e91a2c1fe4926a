"""Records as tables for people.

`Record`s -> medians over the seeds -> `Table`. Every function here makes one table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from benchmarks.cells import Table, groups, longest, memory, middle, percent, seconds, whole
from benchmarks.records import Record


def results(records: Sequence[Record]) -> Table:
    """The end of every run."""
    known = any(r.best_known is not None for r in records)
    head = ["instance", "engine", "runs", "limit", "cost", "proven bound", "gap"]
    head += ["best known", "gap to best known"] if known else []
    rows = []
    for (instance, engine, limit), group in groups(records).items():
        row = [
            instance,
            engine,
            str(len(group)),
            seconds(limit),
            whole(middle([r.cost for r in group])),
            whole(middle([r.bound for r in group], worst=-math.inf)),
            percent(middle([r.final_gap for r in group])),
        ]
        if known:
            gap = percent(middle([r.known_gap for r in group]))
            has = group[0].best_known is not None
            row += [whole(group[0].best_known), gap] if has else ["", ""]
        row += [seconds(middle([r.solve_seconds for r in group])), memory(group)]
        rows.append(tuple(row))
    return Table("Results", (*head, "time", "peak memory"), tuple(rows))


PHASES: Mapping[str, Callable[[Record], float | None]] = {
    "read": lambda r: r.read_seconds,
    "build": lambda r: r.build_seconds,
    "first roster": lambda r: r.costs[0][0] if r.costs else None,
    "first bound": lambda r: r.bounds[0][0] if r.bounds else None,
    "gap of 1%": lambda r: r.seconds_to_gap(0.01),
}
"""Name of a phase -> the seconds it takes, or at which it is reached."""


def phases(records: Sequence[Record], names: Sequence[str]) -> Table:
    """How long some phases of every run take."""
    rows = [
        (
            instance,
            engine,
            seconds(limit),
            *(seconds(middle([PHASES[name](r) for r in group])) for name in names),
        )
        for (instance, engine, limit), group in groups(records).items()
    ]
    return Table("Phases", ("instance", "engine", "limit", *names), tuple(rows))


def over_time(records: Sequence[Record], marks: Sequence[float]) -> Table:
    """Cost, bound and gap at some moments, those within the time limit."""
    longest = max((r.time_limit or 0.0 for r in records), default=0.0)
    marks = [mark for mark in marks if mark <= longest]
    rows = []
    for (instance, engine, limit), group in groups(records).items():
        row = [instance, engine, seconds(limit)]
        for mark in marks:
            if mark > (limit or math.inf):
                row.append("")
                continue
            then = [record.at(mark) for record in group]
            cost = middle([known.cost for known in then])
            bound = middle([known.bound for known in then], worst=-math.inf)
            gap = middle([known.gap for known in then])
            row.append(f"{whole(cost)} / {whole(bound)} / {percent(gap)}")
        rows.append(tuple(row))
    head = ("instance", "engine", "limit", *(f"at {mark:g} s" for mark in marks))
    return Table("Cost / proven bound / gap over time", head, tuple(rows))


def provinces(records: Sequence[Record]) -> Table:
    """A row a province, and for each engine the whole: sums, worst gap and highest memory."""
    rows = []
    for (instance, engine), group in longest(records).items():
        rows.append((instance, engine, *_figures([group])))
    for engine in dict.fromkeys(r.engine for r in records):
        whole_country = longest(r for r in records if r.engine == engine)
        rows.append(("all (worst gap)", engine, *_figures(list(whole_country.values()))))
    head = ("province", "engine", "centers", "volunteers", "limit", "time", "cost")
    return Table("Provinces", (*head, "proven bound", "gap", "peak memory"), tuple(rows))


def _figures(parts: Sequence[Sequence[Record]]) -> tuple[str, ...]:
    """Cells of some provinces together: sums, but the worst gap and the highest memory."""

    def total(figure: Callable[[Record], float | None], worst: float = math.inf) -> float | None:
        values = [middle([figure(r) for r in group], worst=worst) for group in parts]
        return None if None in values else sum(v for v in values if v is not None)

    gaps = [middle([r.final_gap for r in group]) for group in parts]
    return (
        whole(total(lambda r: r.size.get("centers"))),
        whole(total(lambda r: r.size.get("volunteers"))),
        seconds(total(lambda r: r.time_limit)),
        seconds(total(lambda r: r.solve_seconds)),
        whole(total(lambda r: r.cost)),
        whole(total(lambda r: r.bound, -math.inf)),
        percent(None if None in gaps else max(g for g in gaps if g is not None)),
        memory([record for group in parts for record in group]),
    )


def growth(records: Sequence[Record]) -> Table:
    """Time to a proven gap of 1%, and the gap at the end, against the size."""
    rows = [
        (
            instance,
            engine,
            whole(group[0].size.get("volunteers")),
            whole(group[0].size.get("decisions")),
            seconds(limit),
            seconds(middle([PHASES["first roster"](r) for r in group])),
            seconds(middle([PHASES["gap of 1%"](r) for r in group])),
            percent(middle([r.final_gap for r in group])),
        )
        for (instance, engine, limit), group in groups(records).items()
    ]
    head = ("size", "engine", "volunteers", "decisions", "limit", "first roster", "gap of 1%")
    return Table("Growth", (*head, "gap at the end"), tuple(rows))
