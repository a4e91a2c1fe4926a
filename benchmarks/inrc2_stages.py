"""INRC-II as it was played: each week is fixed before the next one is shown.

    python -m benchmarks.inrc2_stages DATASETS/n030w4 n030w4_1_6-2-9-1 --policies "several futures"

Data set and instances -> for each policy <instance>.json in the form of the independent scorer,
records.jsonl, and a table of what not knowing the weeks to come costs by each policy. A folder that
is used again keeps what it has; the same instance, policy and seed replaces the older run.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean

from benchmarks import records
from benchmarks.cells import Table, longest, middle, percent, seconds, whole
from benchmarks.inrc2 import (
    Json,
    history_of,
    load_json,
    read_inrc2,
    roster_from_inrc2,
    roster_to_inrc2,
)
from benchmarks.known import best_known
from benchmarks.machine import machine
from benchmarks.policies import POLICIES, Cells, Planner, planner
from benchmarks.records import Record
from benchmarks.stage import Stage, history_after
from shiftplan import NoRosterError, check
from shiftplan.week.history import History
from shiftplan.week.roster import Roster

SUITE = "inrc2_stages"


def in_stages(
    scenario: Json, history: Sequence[History], weeks: Iterable[Json], plan: Planner
) -> Cells:
    """Fix week after week; each is taken from `weeks` only when those before it are fixed.

    Parameters
    ----------
    scenario
        The scenario.
    history
        What each nurse did before the first week.
    weeks
        The weeks in their order.
    plan
        Stage -> nurse -> seven cells at least, of which the first seven are kept.

    Returns
    -------
    Cells
        Nurse -> a cell for each day of all weeks.

    """
    fixed: Cells = {nurse["id"]: [] for nurse in scenario["nurses"]}
    shown: tuple[Json, ...] = ()
    for week in weeks:
        shown = (*shown, week)
        planned = plan(Stage(scenario, tuple(history), shown))
        for who, row in fixed.items():
            row += planned[who][:7]
        history = [history_after(h, planned[h.volunteer_id][:7]) for h in history]
    return fixed


def fix_weeks(dataset_dir: Path, instance: str, plan: Planner) -> Roster:
    """Read an instance week by week, and fix each week before the next file is opened."""
    dataset, history, numbers = instance.split("_")
    weeks: Iterator[Json] = map(
        partial(load_json, dataset_dir), (f"WD-{dataset}-{n}" for n in numbers.split("-"))
    )
    before = load_json(dataset_dir, f"H0-{dataset}-{history}")["nurseHistory"]
    scenario = load_json(dataset_dir, f"Sc-{dataset}")
    cells = in_stages(scenario, [history_of(row) for row in before], weeks, plan)
    return roster_from_inrc2(read_inrc2(dataset_dir, instance), cells)


def measure(
    dataset_dir: Path, instance: str, policy: str, options: argparse.Namespace, best: int | None
) -> Record:
    """Play an instance by a policy, judge its roster over all weeks, and replace an older one.

    Raises
    ------
    ValueError
        A roster breaks a hard rule.

    """
    began = time.monotonic()
    limit = options.seconds_per_week
    plan = planner(policy, limit, workers=options.workers, seed=options.seed)
    status, cost = "NO_ROSTER_FOUND", None
    path = options.out / policy.replace(" ", "_") / f"{instance}.json"
    path.unlink(missing_ok=True)
    try:
        roster = fix_weeks(dataset_dir, instance, plan)
    except NoRosterError:
        took = time.monotonic() - began
    else:
        took = time.monotonic() - began
        problem = read_inrc2(dataset_dir, instance)
        score = check(problem, roster)
        if not score.is_feasible:
            raise ValueError(f"{instance}, {policy}: the roster breaks {dict(score.hard)}")
        status, cost = "FEASIBLE", score.total
        text = json.dumps(roster_to_inrc2(problem, roster), ensure_ascii=False)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    return Record(
        status=status,
        time_limit=limit * len(instance.split("-")),
        cost=cost,
        solve_seconds=took,
        suite=SUITE,
        instance=instance,
        engine=policy,
        seed=options.seed,
        workers=options.workers,
        best_known=best,
        machine=machine(),
    )


def table(played: Sequence[Record], static: Mapping[str, int]) -> Table:
    """A row for each instance, each policy beside what is known of all weeks at once.

    Figures are medians over seeds. Means are over the instances that every policy has an excess
    for, so that all are of the same ones.

    Parameters
    ----------
    played
        Records of the policies.
    static
        Instance -> our own cost with all weeks known; may be empty.

    """
    runs = longest(played)
    names = list(dict.fromkeys(name for name, _ in runs))
    policies = list(dict.fromkeys(policy for _, policy in runs))
    best = {r.instance: r.best_known for r in played}
    excess = {key: middle(r.known_gap for r in own) for key, own in runs.items()}
    head = ["instance", "best static", *(["our static"] if static else [])]
    head += [title for policy in policies for title in (policy, "excess")]
    rows = []
    for name in names:
        row = [name, whole(best[name]), *([whole(static.get(name))] if static else [])]
        for key in ((name, policy) for policy in policies):
            cost = middle(r.cost for r in runs[key]) if key in runs else None
            row += [whole(cost), percent(excess.get(key))]
        rows.append(tuple(row))
    common = [n for n in names if all(excess.get((n, p)) is not None for p in policies)]
    last = [f"mean of {len(common)} that all have", "", *([""] if static else [])]
    for policy in policies:
        gaps = [gap for name in common if (gap := excess[name, policy]) is not None]
        last += ["", percent(fmean(gaps) if gaps else None)]
    return Table("Week by week", tuple(head), (*rows, tuple(last)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Play all instances and print the table of all that the folder holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inrc2_stages", description=__doc__)
    parser.add_argument("dataset", type=Path, help="folder with the JSON files of a data set")
    parser.add_argument("instances", nargs="+", metavar="INSTANCE", help="as n030w4_1_6-2-9-1")
    parser.add_argument("--policies", nargs="+", choices=POLICIES, default=list(POLICIES))
    parser.add_argument("--seconds-per-week", type=float, default=20, help="at most, for each week")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--static", nargs="*", type=Path, default=[], help="folders of records of `inrc2`"
    )
    parser.add_argument(
        "--best-known", type=Path, help="table of best known costs; else one near the instances"
    )
    options = parser.parse_args(arguments)
    best = best_known(options.best_known, options.dataset)
    static = {
        r.instance: r.cost
        for r in (records.read(options.static) if options.static else ())
        if r.suite == "inrc2" and r.cost is not None
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for instance in options.instances:
        for policy in options.policies:
            record = measure(options.dataset, instance, policy, options, best.get(instance))
            records.append(options.out, record)
            told = [whole(record.cost), percent(record.known_gap), seconds(record.solve_seconds)]
            print(f"{instance}, {record.engine}: {', '.join(told)}", flush=True)
    played = [r for r in records.read([options.out]) if r.suite == SUITE]
    text = table(played, static).markdown()
    print(f"\n{text}")
    (options.out / f"{SUITE}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
