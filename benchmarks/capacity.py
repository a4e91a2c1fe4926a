"""How many processors a country needs: a cost model fitted to runs of the batch.

    python -m benchmarks.capacity RUN... --volunteers 241147 --plot docs/capacity.png

Results of `shiftplan batch` -> what each province took, a power of its size fitted to that, and the
processors for more volunteers and for a plan anew each day.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from benchmarks.cells import NONE, Table, percent, seconds, whole
from benchmarks.cost_model import Model, Planned, model_of, planned

mpl.use("Agg")
_HOURS = (1.0, 8.0)
"""Time in which a country is to be planned: before the office opens, and over night."""


def measured(rows: Sequence[Planned], gap: float) -> Table:
    """A row for each week, and one for all of them."""

    def cells(name: str, group: Sequence[Planned]) -> tuple[str, ...]:
        gaps = [row.gap for row in group]
        memory = [row.memory_mb for row in group]
        return (
            name,
            whole(sum(row.centers for row in group)),
            whole(sum(row.volunteers for row in group)),
            whole(sum(row.decisions for row in group)),
            seconds(_sum([row.to_gap for row in group])),
            seconds(sum(row.planning for row in group)),
            seconds(sum(row.files for row in group)),
            percent(None if None in gaps else max(g for g in gaps if g is not None)),
            whole(None if None in memory else max(m for m in memory if m is not None)),
        )

    head = ("week", "centers", "volunteers", "decisions", f"to a gap of {100 * gap:g}%")
    body = [cells(row.name, [row]) for row in rows]
    everything = cells("all (worst gap, highest memory)", rows)
    return Table("Weeks", (*head, "planning", "files", "gap", "memory, MB"), (*body, everything))


def _sum(values: Sequence[float | None]) -> float | None:
    return None if None in values else sum(v for v in values if v is not None)


def laws(model: Model) -> Table:
    """The fitted model."""
    named = (
        (f"seconds to the gap, {model.workers} processors", model.planning),
        ("seconds for reading, checking, writing", model.files),
        ("memory in MB", model.memory),
    )
    rows = [
        (name, f"{p.factor:.3g}", f"{p.exponent:.2f}", f"{100 * p.explained:.0f}%")
        for name, p in named
    ]
    return Table("Model: factor x decisions ^ exponent", _LAW_HEAD, tuple(rows))


_LAW_HEAD = ("figure", "factor", "exponent", "variance explained")


def demands(rows: Sequence[Planned], model: Model, volunteers: int) -> Table:
    """Processors that the weeks need together, as they are and with so many volunteers in all."""
    now = sum(row.volunteers for row in rows)
    body = []
    for people in (now, volunteers):
        for anew, days in (("each week", 1), ("each day", 6)):
            sizes = [row.decisions * people / now for row in rows]
            work = sum(map(model.processor_seconds, sizes))
            needed = [max(_widest(model, sizes, h), work / (3600 * h)) for h in _HOURS]
            body.append(
                (
                    f"{people:,} volunteers, {anew}",
                    whole(max(sizes)),
                    f"{days * work / 3600:.1f}",
                    *(whole(math.ceil(n)) if math.isfinite(n) else NONE for n in needed),
                    whole(model.memory.at(max(sizes))),
                    seconds(model.planning.at(max(sizes)) + model.files.at(max(sizes))),
                )
            )
    head = ("plan", "largest week, decisions", "processor hours a week")
    within = tuple(f"processors, done in {h:g} h" for h in _HOURS)
    return Table(
        "Processors needed", (*head, *within, "memory of it, MB", "time of it"), tuple(body)
    )


def _widest(model: Model, sizes: Sequence[float], hours: float) -> float:
    """Processors at least: one week cannot use more than its own, and must itself be done."""
    longest = max(model.planning.at(size) + model.files.at(size) for size in sizes)
    return model.workers if longest <= 3600 * hours else math.inf


def draw(rows: Sequence[Planned], model: Model, volunteers: int, gap: float, path: Path) -> None:
    """Seconds to the gap against decisions: measured, fitted, and where more volunteers lead."""
    figure = Figure(figsize=(8, 4.5), layout="constrained", dpi=110)
    axes = figure.subplots()
    reached = [row for row in rows if row.to_gap is not None]
    missed = [row for row in rows if row.to_gap is None]
    axes.scatter(
        [r.decisions for r in reached],
        [r.to_gap or 0.0 for r in reached],
        color="#0072b2",
        label=f"measured: gap of {100 * gap:g}% reached",
    )
    axes.scatter(
        [r.decisions for r in missed],
        [r.planning for r in missed],
        color="#d55e00",
        marker="^",
        label="not reached when the time was over",
    )
    factor = volunteers / sum(row.volunteers for row in rows)
    sizes = np.array([row.decisions for row in rows], dtype=float)
    line = np.geomspace(sizes.min(), sizes.max() * factor, 50)
    axes.plot(line, [model.planning.at(x) for x in line], color="#7f7f7f", label="fitted power")
    axes.scatter(
        sizes * factor,
        [model.planning.at(x) for x in sizes * factor],
        facecolors="none",
        edgecolors="#7f7f7f",
        label=f"expected with {volunteers:,} volunteers",
    )
    axes.set(xscale="log", yscale="log", xlabel="pairs of a volunteer and a possible shift")
    axes.set_ylabel(f"seconds on {model.workers} processors")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the tables, and draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folders of batches")
    parser.add_argument("--volunteers", type=int, default=241_147, help="people to plan for")
    parser.add_argument("--gap", type=float, default=0.005, help="gap that is good enough")
    parser.add_argument("--workers", type=int, default=2, help="processors that a week had")
    parser.add_argument("--plot", type=Path, default=Path("benchmarks/out/capacity.png"))
    options = parser.parse_args(arguments)
    rows = [row for run in options.runs for row in planned(run, options.gap)]
    if not rows:
        raise SystemExit("The runs hold no planned week.")
    model = model_of(rows, options.workers)
    tables = [measured(rows, options.gap), laws(model), demands(rows, model, options.volunteers)]
    print("\n".join(table.markdown() for table in tables))
    options.plot.parent.mkdir(parents=True, exist_ok=True)
    draw(rows, model, options.volunteers, options.gap, options.plot)


if __name__ == "__main__":
    main()
