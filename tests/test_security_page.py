"""The page on security tells what tests show, and its limits are those that the code holds."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files.weeks import TINY, write_texts
from fuzz.run import MOST_MEMORY, MOST_SECONDS
from pydantic import TypeAdapter, ValidationError

from shiftplan import Center, Horizon, InputError, Requirement, read_problem, read_week
from shiftplan.batch import work
from shiftplan.citizens.visits import hours
from shiftplan.errors import MOST_ALIKE
from shiftplan.files import filling, read_workbook, text
from shiftplan.files.answers.sentence import MOST_TEXT
from shiftplan.files.gathering import sources
from shiftplan.files.visits import known as visit_names
from shiftplan.files.visits import moments
from shiftplan.files.workbook import limits
from shiftplan.present import write_workbook
from shiftplan.problem import nearest
from shiftplan.record import sqlite
from shiftplan.rules.counts import MaxShiftCount
from shiftplan.rules.coverage import Coverage
from shiftplan.seasons.opening import rows as opening_rows
from shiftplan.seasons.opening import shifts as opening_shifts
from shiftplan.web.guard import BODY_SECONDS, MOST_BYTES, MOST_OF_UNKNOWN
from shiftplan.web.news import MOST_EACH
from shiftplan.web.sign_in import SHORTEST
from shiftplan.week.fields import FIRST_DATE, LAST_DATE, Count, Id, Moment, People, Text, Title

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def most(kind: Any) -> int:
    """The largest value, or the length of the longest text, that a type allows."""
    schema = TypeAdapter(kind).json_schema()
    return int(schema.get("maximum", schema.get("maxLength")))


COUNT = most(Count)
PRIORITY = int(Center.model_json_schema()["properties"]["priority"]["maximum"])
DAYS = Horizon.model_json_schema()["properties"]["days"]["maximum"]
FIELD, DIGITS = csv.field_size_limit(), sys.int_info.default_max_str_digits
FIRST_YEAR, LAST_YEAR = FIRST_DATE.year, (LAST_DATE - dt.timedelta(1)).year
TABLE = {
    "bytes of a text file, also of a pipe or device": [text.MOST_BYTES],
    "characters of an answer in free text": [MOST_TEXT],
    "characters of a field of CSV, columns of a table": [FIELD, filling._MOST_COLUMNS],
    "columns of your own in a table, characters of their titles": [filling.MOST_OWN, most(Title)],
    "characters of a text, of an id": [most(Text), most(Id)],
    "digits of a number in JSON; counts, levels and values of rules": [DIGITS, COUNT],
    "priority of a center": [PRIORITY],
    "people of a team, days of a horizon, years of dates": [
        most(People), DAYS, FIRST_YEAR, LAST_YEAR,
    ],
    "rows of opening hours or standard needs; shifts that they make": [
        opening_rows.MOST_ROWS, opening_shifts.MOST_SHIFTS,
    ],
    "files that `gather` looks at, and their bytes and cells together; folders in folders": [
        sources.MOST_FILES, sources.MOST_BYTES, sources.MOST_CELLS,
    ],
    "bytes of an entry or a roster of a record": [sqlite.LONGEST],
    "bytes of a workbook, packed and unpacked": [limits.MOST_BYTES, limits.MOST_UNPACKED],
    "counts that a log of visits makes; different dates and names that are looked up in it": [
        hours.MOST_CELLS, moments.MOST_DATES, visit_names.MOST_NAMES,
    ],
    "rows of a sheet; cells, texts and parts of a workbook": [
        limits.MOST_ROWS, limits.MOST_CELLS, limits.MOST_TEXTS, limits.MOST_PARTS,
    ],
}  # fmt: skip
"""What the table of limits tells of, and the limits of the code."""


def test_every_point_says_what_shows_it_and_what_is_left() -> None:
    """No section is without its threat, what is done, tests, and what is left."""
    sections = PAGE.split("\n## ")[1:]
    points = [section for section in sections if section[0].isdigit()]

    assert len(points) == 14
    for point in points:
        for word in ("**Threat.**", "**What is done.**", "**Shown by.**", "**Left.**"):
            assert point.count(word) == 1, point.splitlines()[0]
        assert "tests/" in point.split("**Shown by.**")[1].split("**Left.**")[0]


def test_the_table_of_limits_is_that_of_the_code() -> None:
    """Each row and each number of it, no limit more and none less."""
    lines = PAGE.split("| what | at most |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    told = {what: re.findall(r"\d[\d,]*\d", numbers) for what, numbers in rows}

    assert {what: [int(n.replace(",", "")) for n in told[what]] for what in told} == TABLE


def test_limits_in_sentences_are_those_of_the_code() -> None:
    """Faults that a batch keeps; time and memory of a damaged file."""
    text = PAGE.replace("\n", " ")
    assert f"a batch keeps the first {work._MOST_FAULTS:,} of each week" in text
    assert f"kind, table and column the first {MOST_ALIKE:,} are kept" in text
    assert f"for the first {nearest._GUESSES} wrong ones" in text
    assert f"among {nearest._MOST_COMPARED:,} names in all" in text
    sizes = f"more than {MOST_BYTES:,} bytes ({MOST_OF_UNKNOWN:,} of somebody unknown)"
    assert f"{sizes}, or takes longer than {BODY_SECONDS:.0f} s." in text
    assert f"a password of at least {SHORTEST} characters" in text
    assert f"at most {MOST_EACH} streams" in text
    seconds, memory = f"{MOST_SECONDS:.0f} s of processor time", f"{MOST_MEMORY // 10**6} MB"
    assert f"within {seconds} and {memory}." in text


@pytest.mark.parametrize(
    ("limit", "make"),
    [
        (most(Text), lambda n: Center(center_id="c", name="x" * n)),
        (most(Id), lambda n: Center(center_id="x" * n)),
        (COUNT, lambda n: Center(center_id="c", capacity=n)),
        (COUNT, lambda n: Coverage(level=n)),
        (COUNT, lambda n: MaxShiftCount(max_shifts=n)),
        (COUNT, lambda n: MaxShiftCount(max_shifts=1, rolling_days=n)),
        (PRIORITY, lambda n: Center(center_id="c", priority=n)),
        (most(People), lambda n: Requirement(shift_id="s", minimum=0, target=n)),
        (DAYS, lambda n: Horizon(start=dt.date(2026, 12, 7), days=n)),
        (LAST_YEAR, lambda n: TypeAdapter(Moment).validate_python(dt.datetime(n, 12, 31, 23, 59))),
        (-FIRST_YEAR, lambda n: TypeAdapter(Moment).validate_python(dt.datetime(-n, 1, 1))),
    ],
    ids=["text", "id", "count", "level", "value of a rule", "days of a rule", "priority", "team",
         "days", "last year", "first year"],
)  # fmt: skip
def test_a_value_has_its_limit(limit: int, make: Callable[[int], object]) -> None:
    """What reaches the limit is taken, and what is one more is refused."""
    make(limit)

    with pytest.raises(ValidationError):
        make(limit + 1)


def codes(read: Callable[[Path], object], place: Path) -> set[str]:
    """Kinds of faults in what is read."""
    try:
        read(place)
    except InputError as error:
        return {fault.code for fault in error.faults}
    return set()


@pytest.mark.parametrize(
    ("limit", "table", "text_of", "code"),
    [
        (FIELD, "centers", lambda n: "center_id,name\n1," + "x" * n + "\n", "too_long"),
        (
            filling._MOST_COLUMNS,
            "skills",
            lambda n: ",".join(["skill_id", *(f"c{i}" for i in range(n - 1))]) + "\n",
            "too_many_columns",
        ),
        (
            filling.MOST_OWN,
            "centers",
            lambda n: ",".join(["center_id", *(f"c{i}" for i in range(n))]) + "\n",
            "too_many_columns",
        ),
        (most(Title), "centers", lambda n: f"center_id,{'x' * n}\n", "too_long"),
    ],
    ids=["field", "columns", "own columns", "title"],
)
def test_a_table_has_its_limit(
    limit: int, table: str, text_of: Callable[[int], str], code: str, tmp_path: Path
) -> None:
    """The fault of its own comes with one more than the limit, and not before."""
    found = [
        code in codes(read_week, write_texts(tmp_path, TINY | {table: text_of(n)}))
        for n in (limit, limit + 1)
    ]

    assert found == [False, True]


def test_numbers_in_json_have_their_limit(tmp_path: Path) -> None:
    """As many digits as Python itself reads; one more is no number of JSON."""
    path = tmp_path / "week.json"
    found = []
    for digits in (DIGITS, DIGITS + 1):
        centers = json.dumps([{"center_id": "c", "capacity": "N"}]).replace('"N"', "1" * digits)
        path.write_text(f'{{"centers": {centers}}}', encoding="utf-8")
        found.append("broken_json" in codes(read_problem, path))

    assert found == [False, True]


def signs_in(archive: zipfile.ZipFile, place: str, sign: bytes) -> list[int]:
    """How often a sign stands in each part whose name begins so."""
    names = [name for name in archive.namelist() if name.startswith(place)]
    return [archive.read(name).count(sign) for name in names]


@pytest.mark.parametrize(
    ("limit", "measure"),
    [
        ("MOST_BYTES", lambda path, _: path.stat().st_size),
        ("MOST_UNPACKED", lambda _, archive: sum(p.file_size for p in archive.infolist())),
        ("MOST_PARTS", lambda _, archive: len(archive.infolist())),
        ("MOST_ROWS", lambda _, archive: max(signs_in(archive, "xl/worksheets/", b"<row "))),
        ("MOST_CELLS", lambda _, archive: sum(signs_in(archive, "xl/worksheets/", b"<c "))),
        ("MOST_TEXTS", lambda _, archive: sum(signs_in(archive, "xl/sharedStrings", b"<si>"))),
    ],
)
def test_a_workbook_is_read_up_to_its_limits(
    limit: str,
    measure: Callable[[Path, zipfile.ZipFile], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What reaches a limit is read; where the limit is one less it is too large."""
    path = tmp_path / "week.xlsx"
    write_workbook(read_week(write_texts(tmp_path, TINY)), path)
    with zipfile.ZipFile(path) as archive:
        size = measure(path, archive)

    monkeypatch.setattr(limits, limit, size)
    found = [codes(read_workbook, path)]
    monkeypatch.setattr(limits, limit, size - 1)
    found.append(codes(read_workbook, path))

    assert found == [set(), {"too_large"}]
