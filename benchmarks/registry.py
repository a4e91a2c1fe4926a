"""What is measured: for each sub-command its instances, its moments, its tables, its targets.

The one place that lists them; `list`, the tables and METHOD.md are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import cells, tables
from benchmarks.cells import Table
from benchmarks.design_tables import designs
from benchmarks.measure import OURS
from benchmarks.records import Record

TableMaker = Callable[[Sequence[Record]], Table]
MARKS = (1.0, 3.0, 5.0, 10.0, 20.0, 60.0, 300.0)
"""Seconds at which a week's cost, bound and gap are quoted."""
NATION_GAP = 0.003
"""Proven gap at which a province of the nation ends."""
ALL = tuple(tables.PHASES)


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that shiftplan has to keep to on every instance."""

    text: str
    """The target in words."""
    figure: Callable[[Record], float | None]
    """What is compared; None when a run does not have it, which misses the target."""
    most: float
    """Largest value that is good enough."""
    form: Callable[[float | None], str]
    """How the value is written."""
    applies: Callable[[Record], bool] = lambda _: True
    """Whether a run can tell."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A sub-command: instances x phases x targets."""

    name: str
    about: str
    instances: str
    """Which instances the published table has."""
    command: str
    """How that table is made."""
    makers: tuple[TableMaker, ...]
    """Its own tables."""
    phases: tuple[str, ...] = ()
    """Phases whose times are shown, of `tables.PHASES`."""
    targets: tuple[Target, ...] = ()
    marks: tuple[float, ...] = ()
    """Seconds at which tables quote a run."""

    def tables(self, records: Sequence[Record]) -> list[Table]:
        """All tables of the suite's records."""
        made = [maker(records) for maker in self.makers]
        if self.phases:
            made.append(tables.phases(records, self.phases))
        if self.marks:
            made.append(tables.over_time(records, self.marks))
        return [*made, *self._judged(records)]

    def _judged(self, records: Sequence[Record]) -> list[Table]:
        """A table of targets, if any run can tell; the shortest runs that can do."""
        ours = [r for r in records if r.engine == OURS]
        rows = []
        for target in self.targets:
            judged: dict[str, list[Record]] = {}
            for (instance, *_), group in cells.groups(filter(target.applies, ours)).items():
                judged.setdefault(instance, group)
            for instance, group in judged.items():
                value = cells.middle([target.figure(r) for r in group])
                met = value is not None and value <= target.most
                rows.append((instance, target.text, target.form(value), "yes" if met else "no"))
        head = ("instance", "target", "measured", "met")
        return [Table(f"Targets of {OURS}", head, tuple(rows))] if rows else []


def _gap_at(mark: float, most: float) -> Target:
    return Target(
        f"gap of {100 * most:g}% at {mark:g} s",
        lambda r: r.at(mark).gap,
        most,
        cells.percent,
        lambda r: r.time_limit is not None and r.time_limit >= mark,
    )


_END_GAP = Target(
    f"gap of {100 * NATION_GAP:g}% at the end", lambda r: r.final_gap, NATION_GAP, cells.percent
)


def _near_known(most: float) -> Target:
    return Target(
        f"within {100 * most:g}% of the best known cost",
        lambda r: r.known_gap,
        most,
        cells.percent,
        lambda r: r.best_known is not None,
    )


SUITES: Mapping[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite(
            "week",
            "A province's week, by shiftplan and by solvers as they come.",
            "the bundled week of An Giang; others made by `python -m benchmarks.weeks`",
            "python -m benchmarks week examples/data/an_giang --time-limit 300 --seeds 0 1 2",
            (tables.results,),
            ALL,
            (_gap_at(3, 0.03), _gap_at(5, 0.015), _gap_at(10, 0.005), _gap_at(60, 0.001)),
            MARKS,
        ),
        Suite(
            "curtois",
            "Hospital wards of Curtois and Qu: two weeks to a year, many rules on days in a row.",
            "15 of 24 public instances, 14 to 364 days",
            "python -m benchmarks curtois INSTANCES/Instance*.txt --time-limit 600",
            (tables.results,),
            ("build", "first roster", "first bound"),
            (_near_known(0.01),),
        ),
        Suite(
            "inrc2",
            "The nurse rostering competition INRC-II, all weeks known at once.",
            "public data sets of 5 to 120 nurses, 4 or 8 weeks",
            "python -m benchmarks inrc2 DATASETS/n030w4 n030w4_1_6-2-9-1 --seconds-per-week 60",
            (tables.results,),
            ("build", "first roster", "first bound"),
            (_near_known(0.03),),
        ),
        Suite(
            "nation",
            f"All provinces of a country one after another, until a gap of {100 * NATION_GAP:g}%"
            " or the limit.",
            "34 made weeks, one a province",
            "python -m benchmarks nation PROVINCES --seconds-per-volunteer 0.28 --most 600",
            (tables.provinces,),
            (),
            (_END_GAP,),
        ),
        Suite(
            "month",
            "Four weeks of a province as one problem, fair over the month.",
            "four made weeks of An Giang",
            "python -m benchmarks month WEEK1 WEEK2 WEEK3 WEEK4 --time-limit 600",
            (tables.results,),
            ALL,
            (_gap_at(600, 0.01),),
            (5.0, 10.0, 20.0, 60.0, 300.0, 600.0),
        ),
        Suite(
            "growth",
            "Time to a proven gap of 1%, and the gap at the end, against the number of centers.",
            "10 to 1,000 centers: a part of a made week, or made weeks of provinces joined by name",
            "python -m benchmarks growth --sizes 10 30 100 500 1000 --time-limit 500",
            (tables.growth, tables.results),
        ),
        Suite(
            "shift_design",
            "Shifts designed for a demand curve: the instances of TU Wien, a week that repeats.",
            "70 public instances, data sets 1 to 3",
            "python -m benchmarks shift_design INSTANCES --time-limit 60",
            (designs, tables.results),
        ),
    )
}
"""Name of a sub-command -> what it measures."""
