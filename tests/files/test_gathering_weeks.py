"""Any week, however it is spread over files, comes back as it was."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, reject
from hypothesis import strategies as st
from pace import costly
from strategies import problems

from shiftplan import InputError, Problem
from shiftplan.files.csv_text import table_text
from shiftplan.files.gathering import Gathered, decisions_text, gather, ordered
from shiftplan.files.headings import kind_in
from shiftplan.files.layout import REQUIRED
from shiftplan.files.own_columns import refuse_titles
from shiftplan.files.week import week_tables

WHOLE = ("horizon", "rules", "journeys", "officials", "travel", "shift_types", "breaks")


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def spread(problem: Problem, parts: int, chance: random.Random, place: Path) -> None:
    """Write a week as several folders of tables; a week that cannot be written is no example.

    All rows about one person, center or shift are in one of them; shared tables in some, whole.
    """
    try:
        refuse_titles(problem)
    except InputError:
        reject()
    numbers = [*range(parts)]
    chance.shuffle(numbers)  # the names tell nothing of the order of rows
    homes = {v.volunteer_id: v.home_center_id for v in problem.volunteers}
    part_of: defaultdict[str | None, int] = defaultdict(lambda: chance.choice(numbers))
    for table, (header, rows) in week_tables(problem).items():
        kinds = {name: kind_in(table, name) for name in header}
        shared = chance.sample(numbers, chance.randint(1, parts))
        for number in numbers:
            if table in WHOLE or table in ("skills", "services"):
                own = rows if number in shared else []
            else:
                keys = ((row, homes.get(row[0], row[0])) for row in rows)
                own = [row for row, key in keys if part_of[key] == number]
            if own or (number in shared and table in REQUIRED):
                file = place / f"team {number}" / f"{table}.csv"
                file.parent.mkdir(exist_ok=True)
                file.write_text(table_text(header, own, kinds), encoding="utf-8", newline="")


def decided(place: Path) -> Gathered:
    """What is gathered when everybody whom the files could mean twice is two people."""
    gathered = gather(place)
    while gathered.open:
        assert {clash.kind for clash in gathered.open} <= {"versions", "two_ids"}
        table = place.parent / f"{place.name}.csv"
        text = decisions_text(gathered.clashes, gathered.gone, lambda clash: ("", "", ""))
        lines = [f",,,both,{line[4:]}" if line[:4] == ",,,," else line for line in text.split("\n")]
        table.write_text("\n".join(lines), encoding="utf-8", newline="")
        gathered = gather(place, decisions=table)
    return gathered


@costly(0.25)
@given(problems(), st.integers(1, 4), st.integers(0, 2**32))
def test_a_week_spread_over_files_comes_back(problem: Problem, parts: int, seed: int) -> None:
    """It is equal but for the order of rows, which is that of their ids."""
    with folder() as place:
        spread(problem, parts, random.Random(seed), place)

        gathered = decided(place)

    assert [str(fault) for fault in gathered.faults] == []
    assert gathered.problem == ordered(problem)


@costly(0.25)
@given(problems(), st.integers(2, 4), st.integers(0, 2**32))
def test_names_of_files_make_no_difference(problem: Problem, parts: int, seed: int) -> None:
    """Whatever order the files come in, the week is the same."""
    with folder() as place, folder() as other:
        spread(problem, parts, random.Random(seed), place)
        for i, file in enumerate(sorted(place.iterdir())):
            file.rename(other / f"{chr(ord('z') - i)}")

        gathered = decided(other)

    assert gathered.problem == ordered(problem)
