"""A week with every kind of rule at once, and how far shiftplan comes with it.

    python -m benchmarks.everything --time-limit 60 --seeds 1 2 3 --out benchmarks/out/everything

The province of thirty centers of the family -> the week's folder, with evening and mobile shifts,
wishes, decisions, a published roster, and at least one row of each kind of rule -> a table: cost,
bound and gap for each seed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.cells import Table, percent, seconds, whole
from benchmarks.family.draw import Draw
from benchmarks.family.instances import INSTANCES, MONDAY, tables
from shiftplan.files import read_problem
from shiftplan.scoring import check
from shiftplan.solving.solve import solve

BASE = "c0030-balanced-full-h"
"""The instance to which all else is added."""
RULES_FILE = Path(__file__).with_name("everything_rules.csv")
"""Rows of rules.csv: every kind at least once."""
Row = dict[str, str]


def week() -> dict[str, list[Row]]:
    """Table -> rows of the week."""
    made = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(content.decode())))
        for name, content in tables(INSTANCES[BASE]).items()
    }
    made["rules"] = list(csv.DictReader(io.StringIO(RULES_FILE.read_text(encoding="utf-8"))))
    draw = Draw("everything")
    for shift in made["shifts"]:
        shift["type"] = "am" if shift["start"] < "12:00" else "pm"
    _add_shifts(made, draw)
    _add_groups(made, draw)
    _add_past_and_pay(made, draw)
    made["travel"] = [
        {"origin": "island", "minutes": "180", "mode": "boat", "first_departure": "05:00"}
        | {"last_departure": "15:00"}
    ]
    made |= _decisions(made, draw)
    return made


def write(rows: Mapping[str, Sequence[Row]], folder: Path) -> Path:
    """Write the tables as CSV files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in rows.items():
        columns = list(dict.fromkeys(column for row in table for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(table)
    return folder


def _add_shifts(made: dict[str, list[Row]], draw: Draw) -> None:
    """Evenings in wards, and mobile teams in areas of minorities and remote ones on Sunday."""
    for center in made["centers"]:
        if center["type"] == "ward":
            for day in range(5):
                _add_shift(made, center, day, ("17:30", "20:30", "evening"), 2 + draw.below(2))
                if day in (2, 3):
                    made["shifts"][-1]["alternative"] = center["center_id"]
        if center["minority_area"] == "1" or center["remote_area"] == "1":
            _add_shift(made, center, 6, ("07:00", "11:00", "mobile"), 2)
            made["shifts"][-1] |= {"optional": "1", "strain": "2", "teaches": "guide:2"}
        where = {"center_id": center["center_id"]}
        made["requirements"] += [
            where
            | {"date": _date(0), "start": "08:00", "end": "10:00", "step": "60", "target": "3"},
            where | {"shifts": "pm", "skill_id": "account", "min_level": "3", "target": "2"},
        ]
    offered = {(row["volunteer_id"], row["date"], row["start"]) for row in made["availability"]}
    for person, date, start in sorted(offered):
        day = (dt.date.fromisoformat(date) - MONDAY).days
        if start == "13:00" and draw.chance(50):
            window = {"date": date, "start": "17:15", "end": "21:00"}
        elif day == 5 and draw.chance(60):
            window = {"date": _date(6), "start": "06:00", "end": "12:00"}
        else:
            continue
        state = draw.pick(("available", "preferred", "undesired"), (50, 20, 30))
        made["availability"].append({"volunteer_id": person, **window, "state": state})


def _add_shift(
    made: dict[str, list[Row]], center: Row, day: int, when: tuple[str, str, str], target: int
) -> None:
    start, end, kind = when
    shift = f"{center['center_id']}-{day}-{kind}"
    made["shifts"].append(
        {"shift_id": shift, "center_id": center["center_id"], "date": _date(day), "start": start}
        | {"end": end, "type": kind, "tags": "outside|special" if kind == "mobile" else "special"}
        | {"skill_id": "guide", "min_level": "1"}
    )
    made["requirements"] += [
        {"shift_id": shift, "minimum": "1", "target": str(target)},
        {"shift_id": shift, "skill_id": "portal", "min_level": "2", "minimum": "1", "target": "1"}
        | {"exclusive": "1"},
        {"shift_id": shift, "with_skills": "lang_a/lang_b|!portal:3", "target": "1"}
        | {"exclusive": "1"},
    ]


def _add_groups(made: dict[str, list[Row]], draw: Draw) -> None:
    """A third is of the youth union, two are friends, and three had better be apart."""
    by_home: dict[str, list[Row]] = {}
    for person in made["volunteers"]:
        if draw.chance(33):
            person["group"] += "|union"
        by_home.setdefault(person["home_center_id"], []).append(person)
    friends, foes = [*by_home.values()][:2]
    for name, people in (("friends", friends[:2]), ("foes", foes[:3])):
        for person in people:
            person["group"] += f"|{name}"


def _add_past_and_pay(made: dict[str, list[Row]], draw: Draw) -> None:
    """The center and shifts of the last week, what people are paid, and a meeting of officials."""
    homes = {row["volunteer_id"]: row["home_center_id"] for row in made["volunteers"]}
    for row in made["history"]:
        home = homes[row["volunteer_id"]]
        days = [name for name in ("mon", "tue", "wed", "thu", "fri") if draw.chance(30)]
        row["last_week"] = "|".join(f"{day} 07:00 {home}" for day in days)
        row["last_center"] = home if draw.chance(60) else ""
    for person in made["volunteers"]:
        person["wish_percent"] = draw.pick(("100", "150", "50"), (70, 15, 15))
        if person["group"].startswith("official"):
            person["hourly_cost"], person["shift_cost"] = str(20 + draw.below(20)), "15"
    made["occupied"] = [
        {"group": "official", "date": _date(2), "start": "13:00", "end": "15:00"}
        | {"what": "Meeting", "counted_minutes": "120", "is_work": "1"}
    ]


def _decisions(made: Mapping[str, list[Row]], draw: Draw) -> dict[str, list[Row]]:
    """Pins, wishes, times to stand by, and a roster that was published."""
    shifts = {(row["center_id"], row["date"], row["start"]): row for row in made["shifts"]}
    homes = {row["volunteer_id"]: row["home_center_id"] for row in made["volunteers"]}
    found: dict[str, list[Row]] = {"pins": [], "preferences": [], "stand_by": [], "published": []}
    placed: dict[str, int] = {}
    for window in made["availability"]:
        person, date = window["volunteer_id"], window["date"]
        shift = shifts.get((homes[person], date, window["start"]))
        if shift is None:
            continue
        who = {"volunteer_id": person}
        this = who | {"shift_id": shift["shift_id"]}
        if draw.chance(4):
            found["pins"].append(this | {"state": "must_not"})
        elif draw.chance(12):
            found["preferences"].append(
                this | {"state": draw.pick(("for", "against")), "weight": str(1 + draw.below(3))}
            )
        elif window["start"] == "07:00" and draw.chance(10):
            found["preferences"].append(
                who | {"date": date, "state": "against", "weight": str(2 + draw.below(4))}
            )
        elif draw.chance(25) and placed.get(person, 0) < 1 and "skill_id" not in shift:
            placed[person] = placed.get(person, 0) + 1
            found["published"].append(this | {"told": str(draw.below(2))})
        elif draw.chance(5):
            found["stand_by"].append(who | {"date": date})
    return found


def _date(day: int) -> str:
    return (MONDAY + dt.timedelta(day)).isoformat()


def runs(folder: Path, seeds: Iterable[int], limit: float) -> Iterator[tuple[str, ...]]:
    """Yield the row of each seed, whose cost the check gives."""
    problem = read_problem(folder)
    for seed in seeds:
        result = solve(problem, time_limit=limit, seed=seed)
        if result.roster is None:
            raise RuntimeError(f"seed {seed}: {result.status}")
        score = check(problem, result.roster)
        if not score.is_feasible or score.total != result.total.cost:
            raise RuntimeError(f"seed {seed}: the check contradicts the result")
        bound = result.total.bound
        gap = None if bound is None else (score.total - bound) / score.total
        yield str(seed), whole(score.total), whole(bound), percent(gap), seconds(result.seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the week and its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.everything", description=__doc__)
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/everything"))
    options = parser.parse_args(arguments)
    folder = write(week(), options.out / "week")
    rows = tuple(runs(folder, options.seeds, options.time_limit))
    table = Table("A week that uses everything", ("seed", "cost", "bound", "gap", "time"), rows)
    print(table.markdown())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
