"""A season planned week by week, in several ways, against one plan that knew all weeks.

    python -m benchmarks.season --seeds 1 2 3 --out benchmarks/out/season

Lives (`benchmarks/life.py`) -> a table and a picture: what each way costs beyond the proven bound
of the season as one problem, with everything known that came to pass, also who did not come. What
was measured stays in `season.jsonl`; the table and the picture show all that is there.

The cost of a way is that of all its weeks as they were worked, joined and scored by `check`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.cells import Table, percent, whole
from benchmarks.life import Life
from benchmarks.size import Size
from benchmarks.ways_to_plan import WAYS, Effort, Planner
from shiftplan.analysis.reserves import reserves
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.seasons.joined import join_weeks, plan_weeks
from shiftplan.seasons.ledger import Turnout
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

mpl.use("Agg")
_PARTS = ("coverage", "max_shift_count", "min_shift_count", "fairness")
_KNOWING = "all weeks known"
_ORDER = [*WAYS, _KNOWING]


def turnouts(life: Life, problem: Problem, roster: Roster) -> Iterator[Turnout]:
    """Who stays away, and the first reserve for each who can come."""
    shifts = {s.shift_id: s for s in problem.shifts}

    def comes(shift_id: str, who: str) -> bool:
        return (who, life.time_of(shifts[shift_id].start)) not in life.missing

    now = Roster.of(a for a in roster.assignments if comes(*a))
    for shift_id, who in roster.assignments:
        if comes(shift_id, who):
            continue
        yield Turnout(shift_id=shift_id, volunteer_id=who, state="absent")
        for reserve in reserves(problem, now):
            pair = (reserve.shift_id, reserve.volunteer_id)
            if reserve.shift_id == shift_id and comes(*pair):
                yield Turnout(shift_id=shift_id, volunteer_id=reserve.volunteer_id, state="called")
                now = Roster.of([*now.assignments, pair])
                break


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a way came to in one life."""

    way: str
    seed: int
    bound: int
    """Proven: no roster of the season costs less."""
    cost: int
    """Cost of the season."""
    parts: Mapping[str, int]
    seconds: float

    @property
    def excess(self) -> float:
        """Cost beyond the bound, as a part of it."""
        return self.cost / self.bound - 1


def live(size: Size, seed: int, effort: Effort, ways: Sequence[str]) -> Iterator[Outcome]:
    """Plan one life in all ways, first with everything known.

    Raises
    ------
    RuntimeError
        A roster breaks a hard rule, or costs less than the proven bound.

    """
    life = Life(size, seed)
    season = join_weeks([life.week(n, as_it_turns_out=True) for n in range(size.weeks)])
    began = time.monotonic()
    full = solve(season, time_limit=effort.time_limit, workers=1, gap=effort.gap)
    bound = full.total.bound
    assert bound is not None

    def outcome(way: str, roster: Roster, seconds: float) -> Outcome:
        score = check(season, roster)
        if not score.is_feasible:
            raise RuntimeError(f"{way} breaks {dict(score.hard)}")
        if score.total < bound:
            raise RuntimeError(f"{way}: {score.total} is below the bound {bound}")
        return Outcome(way, seed, bound, score.total, score.parts, seconds)

    yield outcome(_KNOWING, full.require_roster(), time.monotonic() - began)
    planner = Planner(life, effort)
    for way in ways:
        began = time.monotonic()
        planned = plan_weeks(
            (life.week(n) for n in range(size.weeks)),
            partial(WAYS[way], planner),
            turnouts=lambda week, roster: turnouts(life, week, roster),
        )
        roster = Roster.of(a for week in planned for a in week.worked.assignments)
        yield outcome(way, roster, time.monotonic() - began)


def table(found: Sequence[Outcome]) -> Table:
    """A row for each way: means over the lives."""
    rows = []
    for way in dict.fromkeys(outcome.way for outcome in found):
        own = [outcome for outcome in found if outcome.way == way]
        excess = [outcome.excess for outcome in own]
        rows.append(
            (
                way,
                whole(fmean(o.cost for o in own)),
                percent(fmean(excess)),
                percent(min(excess)),
                percent(max(excess)),
                *(whole(fmean(o.parts.get(part, 0) for o in own)) for part in _PARTS),
                f"{fmean(o.seconds for o in own):.0f} s",
            )
        )
    head = ("way", "cost", "above the bound", "least", "most", *_PARTS, "time")
    return Table("Seasons week by week", head, tuple(rows))


def draw(found: Sequence[Outcome], path: Path) -> None:
    """Draw how far above the bound each way ends, life by life."""
    figure = Figure(figsize=(7, 3.5), dpi=120, layout="constrained")
    axes = figure.subplots()
    names = list(dict.fromkeys(outcome.way for outcome in found))
    for place, way in enumerate(names):
        own = [100 * o.excess for o in found if o.way == way]
        axes.barh(place, fmean(own), color="#9ecae1")
        axes.plot(own, [place] * len(own), "o", color="#08519c", markersize=4)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel("% above the proven bound of the whole season; a dot is a life")
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Live, print the table, and draw the picture."""
    usual, size = Effort(), Size()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.season", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--weeks", type=int, default=size.weeks)
    parser.add_argument("--centers", type=int, default=size.centers)
    parser.add_argument("--people", type=int, default=size.people)
    parser.add_argument(
        "--promise",
        type=int,
        default=size.promise,
        help="price of a shift beyond what was promised for the season; 0 makes it a hard limit",
    )
    parser.add_argument("--no-show", type=float, default=size.no_show, help="chance, 0 to 1")
    parser.add_argument("--time-limit", type=float, default=usual.time_limit, help="s a plan")
    parser.add_argument("--gap", type=float, default=usual.gap)
    parser.add_argument("--price", type=int, default=usual.price, help="beyond a hard limit's part")
    parser.add_argument("--candidates", type=int, default=usual.candidates)
    parser.add_argument("--samples", type=int, default=usual.samples)
    parser.add_argument("--depth", type=int, default=usual.depth, help="weeks looked ahead")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    size = Size(
        weeks=options.weeks,
        centers=options.centers,
        people=options.people,
        promise=options.promise or None,
        no_show=options.no_show,
    )
    effort = Effort(
        gap=options.gap,
        time_limit=options.time_limit,
        price=options.price,
        candidates=options.candidates,
        samples=options.samples,
        depth=options.depth,
    )
    kept = options.out / "season.jsonl"
    for seed in options.seeds:
        for outcome in live(size, seed, effort, options.ways):
            print(seed, outcome.way, outcome.cost, percent(outcome.excess), flush=True)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(outcome)) + "\n")
    lines = kept.read_text(encoding="utf-8").splitlines()
    latest = {(o.way, o.seed): o for o in (Outcome(**json.loads(line)) for line in lines)}
    found = sorted(latest.values(), key=lambda o: (_ORDER.index(o.way), o.seed))
    text = table(found).markdown()
    print(text)
    (options.out / "season.md").write_text(text, encoding="utf-8")
    draw(found, options.out / "season.png")


if __name__ == "__main__":
    main()
