"""Designs of public instances as a table: a row for each data set.

`Record`s named after data set and instance -> `Table`.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.cells import Table, longest, middle, percent, seconds
from benchmarks.records import Record


def designs(records: Sequence[Record]) -> Table:
    """Data sets: how many designs are at the reference or below, how many are proven, how fast.

    A design over several seeds counts by the medians of cost, bound and time.
    """
    sets: dict[str, list[list[Record]]] = {}
    for (instance, _), group in longest(records).items():
        sets.setdefault(instance.rpartition("/")[0], []).append(group)
    rows = []
    for name, runs in sets.items():
        known = [middle(r.known_gap for r in own) for own in runs if own[0].best_known is not None]
        over = [gap for gap in known if gap is not None]
        gaps = [middle(r.final_gap for r in own) for own in runs]
        proven = [gap for gap in gaps if gap is not None]
        took = [value for own in runs if (value := middle(r.solve_seconds for r in own))]
        rows.append(
            (
                name,
                str(len(runs)),
                f"{sum(gap < 0 for gap in over)} of {len(known)}" if known else "",
                f"{sum(gap == 0 for gap in over)} of {len(known)}" if known else "",
                f"{sum(gap > 0 for gap in over) + len(known) - len(over)}" if known else "",
                f"{sum(gap == 0 for gap in proven)} of {len(runs)}",
                percent(max(proven) if len(proven) == len(runs) else None),
                seconds(median(took) if took else None),
                seconds(max(took, default=None)),
            )
        )
    head = ("data set", "instances", "below the reference", "at it", "above it", "proven optimal")
    return Table("Data sets", (*head, "largest gap", "median time", "longest time"), tuple(rows))
