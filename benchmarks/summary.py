"""The one table of benchmarks/README.md, from the tables of the page of figures.

Page of figures -> a row for each week, city, country, and kind of nurses -> Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.cells import NONE, Table, percent
from benchmarks.measure import OURS
from benchmarks.pages import block, table_of
from benchmarks.registry import NATION_GAP
from shiftplan.solving.result import Cost

MOMENTS = ("1 s", "3 s", "5 s", "10 s", "60 s")
"""Moments of the table, as far as they were measured."""
_LAST = 60.0
"""Seconds of the last of them, at which other engines are shown too."""
WEEKS: Mapping[str, str] = {
    "an_giang": "An Giang, 102 centers, 1,353 people",
    "s2": "An Giang with another seed",
    "high": "An Giang with half as much availability again",
    "low": "An Giang with a third less availability",
    "ca_mau": "Cà Mau, 64 centers, 849 people",
    "ha_noi": "Hà Nội, 126 centers, 1,671 people",
    "ho_chi_minh": "Hồ Chí Minh City, 168 centers, 2,229 people",
}
"""Weeks, and what they are called."""
OTHERS: Mapping[str, str] = {"highs": "HiGHS", "cpsat": "CP-SAT", "greedy": "greedy"}
"""Other engines, and their names."""
_NEAR = {"inrc2": 3.0, "curtois": 1.0}
"""Suite -> percent above the best known cost that is near."""
Row = Mapping[str, str]


def summary(figures: str) -> str:
    """The machines and the table, from the text of the page of figures."""
    texts = {name: block(figures, name) for name in ("week", "nation", "inrc2", "curtois")}
    machines = dict.fromkeys(text.partition("\n")[0] for text in texts.values())
    over_time = table_of(texts["week"], "Cost / proven bound / gap over time")
    moments = [moment for moment in MOMENTS if f"at {moment}" in over_time.head]
    rows = [
        *_weeks(texts, over_time, moments),
        _nation(texts["nation"], len(moments)),
        _near("nurses for 4 or 8 weeks (INRC-II)", texts["inrc2"], "inrc2", len(moments)),
        _near("hospital wards (Curtois and Qu)", texts["curtois"], "curtois", len(moments)),
    ]
    head = (
        "what",
        "first roster",
        *moments,
        "at the end",
        *(f"{name}, {_LAST:g} s" for name in OTHERS.values()),
    )
    table = Table("What could still be saved at most", head, tuple(rows))
    return "\n\n".join([table.markdown().strip(), *machines])


def _weeks(
    texts: Mapping[str, str], over_time: Table, moments: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each week that was measured by itself, or at least in the country."""
    results = list(_rows(table_of(texts["week"], "Results")))
    phases = list(_rows(table_of(texts["week"], "Phases")))
    country = {row["province"]: row for row in _rows(table_of(texts["nation"], "Provinces"))}
    for instance, name in WEEKS.items():
        rows = [row for row in _rows(over_time) if row["instance"] == instance]
        mine = {engine: _minute_run(rows, engine) for engine in (OURS, *OTHERS)}
        if minute := mine[OURS]:
            ends = [row for row in results if row["instance"] == instance]
            end = [row for row in ends if row["engine"] == OURS][-1]
            bounds = [_whole(row["proven bound"]) for row in ends if row["proven bound"] != NONE]
            others = [_minute(mine[engine], max(bounds, default=None)) for engine in OTHERS]
            gaps = [_gap(minute[f"at {moment}"]) for moment in moments]
            later = _seconds(end["limit"]) > _LAST
            at_the_end = _after(end["gap"], end["limit"]) if later else ""
            first = _minute_run([row for row in phases if row["instance"] == instance], OURS)
            yield (name, first["first roster"], *gaps, at_the_end, *others)
        elif instance in country:
            end = country[instance]
            yield _ending(name, _after(end["gap"], end["time"]), len(moments))


def _nation(text: str, num_moments: int) -> tuple[str, ...]:
    """A row for all provinces, one after another."""
    *parts, whole = _rows(table_of(text, "Provinces"))
    judged = _rows(table_of(text, f"Targets of {OURS}"))
    done = sum(row["met"] == "yes" for row in judged)
    minutes = _seconds(whole["time"]) / 60
    end = f"{done} within {100 * NATION_GAP:g}%, worst {whole['gap']}, after {minutes:.0f} min"
    name = f"{len(parts)} provinces, one after another"
    return _ending(name, end, num_moments)


def _near(name: str, text: str, suite: str, num_moments: int) -> tuple[str, ...]:
    """A row for public instances, whose costs are compared with the best known ones."""
    gaps = [row["gap to best known"] for row in _rows(table_of(text, "Results"))]
    known = [_percent(gap) for gap in gaps if gap not in ("", NONE)]
    most = _NEAR[suite]
    near = sum(gap <= most for gap in known)
    end = f"{near} of {len(gaps)} within {most:g}% of the best known, worst {max(known):.1f}%"
    return _ending(name, end, num_moments)


def _ending(name: str, end: str, num_moments: int) -> tuple[str, ...]:
    """A row with nothing but what a run ended with."""
    return (name, "", *[""] * num_moments, end, *[""] * len(OTHERS))


def _after(gap: str, time: str) -> str:
    return f"{gap} after {_seconds(time):.0f} s"


def _minute_run(rows: Sequence[Row], engine: str) -> Row:
    """The row of an engine's shortest runs of a minute at least; an empty one without such runs."""
    mine = [row for row in rows if row["engine"] == engine and row["limit"] != NONE]
    return next((row for row in mine if _seconds(row["limit"]) >= _LAST), {})


def _minute(row: Row, bound: int | None) -> str:
    """The gap of another engine after a minute, against the best bound of all."""
    cell = row.get(f"at {_LAST:g} s", "")
    if not cell:
        return ""
    cost = cell.partition(" / ")[0]
    return NONE if cost == NONE else percent(Cost(_whole(cost), bound).gap)


def _rows(table: Table) -> Iterator[Row]:
    for cells in table.rows:
        yield dict(zip(table.head, cells, strict=True))


def _gap(cell: str) -> str:
    """The gap of a cell `cost / bound / gap`."""
    return cell.rpartition(" / ")[2]


def _seconds(cell: str) -> float:
    return float(cell.removesuffix(" s"))


def _whole(cell: str) -> int:
    return int(cell.replace(",", ""))


def _percent(cell: str) -> float:
    return float(cell.removesuffix("%").strip("<"))
