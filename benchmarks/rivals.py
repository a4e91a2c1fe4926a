"""The bundled week by what people would use instead, as one table in the page of figures.

    python -m benchmarks.rivals DIR... --page

Records of `week`, in folders of one time limit each -> a row for each engine -> Markdown.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cells import Table, memory, middle, percent, whole
from benchmarks.pages import FIGURES, fill
from benchmarks.records import Record, read
from benchmarks.report import machines
from benchmarks.timefold import VERSION
from shiftplan.solving.result import Cost

INSTANCE = "an_giang"
MOMENTS = (60.0, 300.0)
"""Seconds at which costs are compared."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What a row says of an engine besides figures."""

    name: Callable[[Mapping[str, str]], str]
    """Name and version, from the facts of the machine."""
    lacks: str
    """What it does not say, or was not given."""


_ARRAYS = "knows no shifts: gets shiftplan's arrays"
RIVALS: Mapping[str, Rival] = {
    "shiftplan": Rival(lambda facts: f"shiftplan {facts['shiftplan']}", ""),
    "highs": Rival(lambda facts: f"HiGHS {facts['highspy']}", _ARRAYS),
    "cpsat": Rival(lambda facts: f"CP-SAT, OR-Tools {facts['ortools']}", _ARRAYS),
    "timefold": Rival(
        lambda _: f"Timefold Solver {VERSION}", "no bound; one thread in this edition"
    ),
    "scip": Rival(
        lambda facts: f"SCIP in OR-Tools {facts['ortools']}",
        f"{_ARRAYS}; one thread; nothing before it ends",
    ),
    "cbc": Rival(
        lambda facts: f"CBC in OR-Tools {facts['ortools']}",
        f"{_ARRAYS}; one thread; nothing before it ends",
    ),
    "greedy": Rival(
        lambda facts: f"greedy start of shiftplan {facts['shiftplan']}", "no bound, no search"
    ),
}
"""Engine -> its row, in order."""


def table(records: Sequence[Record]) -> Table:
    """A row for each engine: what it costs at the moments, and by how much that could fall."""
    mine = [r for r in records if r.instance == INSTANCE]
    best = max((r.bound for r in mine if r.bound is not None), default=None)
    rows = []
    for engine, rival in RIVALS.items():
        runs = [r for r in mine if r.engine == engine]
        if not runs:
            continue
        longest = max(r.time_limit or 0.0 for r in runs)
        ends = [r for r in runs if (r.time_limit or 0.0) == longest]
        cells = [cell for moment in MOMENTS for cell in _at(runs, moment, best)]
        bound = middle([r.bound for r in ends], worst=-math.inf)
        last = (whole(bound), memory(runs), rival.lacks)
        rows.append((rival.name(runs[0].machine), *cells, *last))
    moments = [head for m in MOMENTS for head in (f"cost at {m:g} s", f"gap at {m:g} s")]
    head = ("software", *moments, "own bound", "peak memory", "what it lacks")
    return Table("The week of An Giang by other software", head, tuple(rows))


def _at(runs: Sequence[Record], moment: float, best: int | None) -> tuple[str, str]:
    """Cost at a moment, and its gap to the best bound: of runs that end then, if there are any.

    Others count as far as they were by then. Both are empty where no run is as long.
    """
    long = [r for r in runs if (r.time_limit or 0.0) >= moment]
    if not long:
        return "", ""
    ending = [r for r in long if r.time_limit == moment] or long
    costs = [r.at(moment).cost for r in ending]
    gaps = [Cost(cost, best).gap for cost in costs]
    return whole(middle(costs)), percent(middle(gaps))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and put it into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rivals", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="folders of records")
    parser.add_argument(
        "--page", action="store_true", help="put the table into the page of figures"
    )
    options = parser.parse_args(arguments)
    found = [r for folder in options.folders for r in read([folder]) if r.suite == "week"]
    records = [r for r in found if r.instance == INSTANCE and r.engine in RIVALS]
    if not records:
        others = ", ".join(dict.fromkeys(r.instance for r in found)) or "no runs of `week`"
        parser.error(f"the table is of the week {INSTANCE}; the folders have {others}")
    text = "\n\n".join([*machines(records), table(records).markdown()])
    print(text)
    if options.page:
        page = FIGURES.read_text(encoding="utf-8")
        FIGURES.write_text(fill(page, "rivals", text), encoding="utf-8")


if __name__ == "__main__":
    main()
