"""Whether the tables of rosters, bounds and results agree with each other and with the rosters.

best_known.csv, with rosters/ and results.csv beside it -> `faults` -> sentences. Nothing but Python
is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.family.best import FOLDER, read_best, roster_file, score_of
from benchmarks.family.entry import Entry, roster_digest
from benchmarks.family.instances import stricter
from benchmarks.family.results import read_results, results_beside
from benchmarks.family.validator import read_roster


def faults(table: Path, root: Path, before: Path | None = None) -> Iterator[str]:
    """Yield what is wrong with a table and the rosters beside it; nothing if all is well.

    Every roster is scored again. A bound without a roster is compared with the empty one, and
    holds where more rules hold too. With the table of an earlier state, no row may be worse than it
    was; a bound may fall only below a roster that refutes it, of the same instance by any rules.

    Raises
    ------
    ValueError
        A table or a roster is not of the form.
    OSError
        The table of an earlier state is missing.

    """
    if before is not None:
        before.stat()
    best = read_best(table)
    older = {} if before is None else read_best(before)
    for name, entry in best.items():
        yield from _faults(entry, roster_file(name, table), root)
        more = best.get(stricter(name), entry)
        if entry.bound is not None and (more.bound is None or more.bound < entry.bound):
            yield f"{more.instance}: the bound {entry.bound:,} of {name} holds here too"
        old = older.get(name, entry)
        if old.cost is not None and (entry.cost is None or entry.cost > old.cost):
            yield f"{name}: the cost was {old.cost:,} and is {entry.cost} now"
        alike = (one for other, one in best.items() if stricter(other) == stricter(name))
        costs = [one.cost for one in alike if one.cost is not None]
        is_refuted = old.bound is not None and min(costs, default=old.bound) < old.bound
        if old.bound is not None and (entry.bound or -1) < old.bound and not is_refuted:
            yield f"{name}: the bound was {old.bound:,} and is {entry.bound} now"
    for result in read_results(results_beside(table)):
        cost, name = best[result.instance].cost, f"{result.instance}, {result.solver}"
        if cost is not None and result.cost is not None and result.cost < cost:
            yield f"{name}: the result {result.cost:,} is below the best known cost {cost:,}"
        if cost is not None and result.bound is not None and result.bound > cost:
            yield f"{name}: the bound {result.bound:,} is above the best known cost {cost:,}"
    kept = {file.name for file in (table.parent / FOLDER).glob("*")}
    for other in sorted(kept - {roster_file(name).name for name in best}):
        yield f"{FOLDER}/{other} is the roster of no instance"


def _faults(entry: Entry, file: Path, root: Path) -> Iterator[str]:
    name, cost, bound = entry.instance, entry.cost, entry.bound
    if cost is not None and bound is not None and bound > cost:
        yield f"{name}: the bound {bound:,} is above the cost {cost:,}"
    for about, value, source in (
        ("cost", cost, entry.cost_source),
        ("bound", bound, entry.bound_source),
    ):
        if (value is None) != (source is None):
            yield f"{name}: the {about} and its source do not go together"
        if source is not None and not (source.by and source.version):
            yield f"{name}: who found the {about}, or the version of what found it, is blank"
    if cost is None or not file.exists():
        if cost is not None or file.exists():
            yield f"{name}: a cost without the roster {FOLDER}/{file.name}, or the reverse"
        elif bound is not None and bound > (empty := score_of(name, (), root).total):
            yield f"{name}: the bound {bound:,} is above the cost {empty:,} of the empty roster"
        return
    pairs = read_roster(file)
    found = score_of(name, pairs, root)
    if found.hard:
        yield f"{name}: the roster breaks {', '.join(found.hard)}"
    if found.total != cost:
        yield f"{name}: the roster costs {found.total:,}, not {cost:,}"
    if roster_digest(pairs) != entry.roster:
        yield f"{name}: the digest of the roster is another one"
