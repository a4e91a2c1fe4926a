"""Whole weeks as offices write them: other headings, names, dates, hours and words, one problem."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from spellings import of_names, of_span, of_time, spellings
from strategies import problems

from shiftplan.files import read_week, read_workbook
from shiftplan.files.csv_text import table_text
from shiftplan.files.headings import (
    VALUES,
    heading,
    is_own,
    kind_in,
    known_words,
    sheet_title,
    word,
)
from shiftplan.files.layout import columns_of
from shiftplan.files.sheet import SKILL
from shiftplan.files.week import week_tables
from shiftplan.files.workbook.style import put
from shiftplan.problem import Problem
from shiftplan.problem.by_name import unaccented

SAY = known_words()
NAMES = {
    "centers": ("Mỹ Thới", "Ô Lâm", "Thổ Châu"),
    "skills": ("Nộp hồ sơ", "Tiếng Khmer", "Thanh toán", "Tra cứu"),
    "services": ("Hộ tịch", "Đất đai"),
    "volunteers": ("Lê Thị Mai", "Trần Văn Bảy", "Chau Sóc Khon", "Ngô Út"),
}
OF = {f"{table[:-1]}_id": table for table in NAMES}
OF |= {"home_center_id": "centers", "mentor_skill": "skills"}
"""Column -> table whose rows it names."""
PLANNED = {"date", "end_date", "first_day", "last_day"}
"""Columns whose dates are days planned."""
FLAGS = {"0": ("0", "no", "FALSE", "không", "Không"), "1": ("1", "Yes", "true", "CÓ", "x")}


def with_names(problem: Problem) -> Problem:
    """The problem with another name for each center, person, skill and service."""
    tables = {
        table: [
            row.model_dump() | {"name": name}
            for row, name in zip(getattr(problem, table), names, strict=False)
        ]
        for table, names in NAMES.items()
    }
    kept = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem.model_validate(kept | tables)


class Office:
    """Writes a week in ways of its own, chosen cell by cell."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.random = problem, random.Random(seed)
        first = problem.horizon.start
        self.days = [first + dt.timedelta(i) for i in range(problem.horizon.days)]
        self.names = {
            table: {getattr(row, f"{table[:-1]}_id"): row.name for row in getattr(problem, table)}
            for table in NAMES
        }

    def one_of(self, texts: Iterable[str]) -> str:
        return self.random.choice(list(texts))

    def likes_to(self) -> bool:
        return self.random.random() < 0.5

    def written(self, table: str, header: list[str], rows: list[list[str]]) -> list[list[str]]:
        """Heading and rows of a table."""
        changed = [i for i in range(len(header)) if self.likes_to()]
        made = [[*row] for row in rows]
        for row in made:
            for i in changed:
                row[i] = self.cell(table, header[i], row[i])
        if "end_date" in columns_of(table) and self.likes_to():
            for row, plain in zip(made, rows, strict=True):
                self.join_hours(header, row, plain)
        return [[self.heading(table, column) for column in header], *made]

    def heading(self, table: str, column: str) -> str:
        title = self.one_of([column, *(heading(table, column, say) for say in SAY)])
        fixed = is_own(table, column) or column.startswith(SKILL)
        return title if fixed else self.one_of([title, title.upper()])

    def cell(self, table: str, column: str, text: str) -> str:
        kind = kind_in(table, column)
        if not text or is_own(table, column):
            return text
        if column in OF and OF[column] != table:
            return self.name(OF[column], text)
        if (table, column) in VALUES and text in VALUES[table, column]:
            return self.one_of([text, *(word(text, say) for say in SAY)])
        if kind == "flag":
            return self.one_of(FLAGS[text])
        if kind == "time":
            hours, minutes = map(int, text.split(":"))
            return self.one_of(of_time(60 * hours + minutes))
        return self.date(column, text) if kind == "date" else text

    def name(self, table: str, row_id: str) -> str:
        name = self.names[table].get(row_id, row_id)
        if name == row_id:
            return name
        kinds = ["", "Xã ", "phường ", "P. "] if table == "centers" else [""]
        return self.one_of(kinds) + self.one_of([name, name.upper(), unaccented(name), f" {name} "])

    def date(self, column: str, text: str) -> str:
        """Only what has all parts in words, or can mean no other of the days planned."""
        day = dt.date.fromisoformat(text)
        sure = {text, *(t for t in of_names(day) if str(day.year) in t)}
        if column in PLANNED and day in self.days:
            others = [other for other in self.days if other != day]
            sure |= {t for t in spellings(day) if not any(t in spellings(o) for o in others)}
        return self.one_of(sorted(sure))

    def join_hours(self, header: list[str], row: list[str], plain: list[str]) -> None:
        """Put hours that end on the same day into one cell.

        Where nobody works before dawn, 2h to 3h may be after noon.
        """
        cells = dict(zip(header, plain, strict=True))
        start, end = cells.get("start"), cells.get("end")
        if start and end and start < end and not cells.get("end_date"):
            minutes = [60 * int(t[:2]) + int(t[3:]) for t in (start, end)]
            ways = [w for w in sorted(of_span(*minutes)) if minutes[0] >= 360 or w[0] == "0"]
            row[header.index("start")] = self.one_of(ways)
            row[header.index("end")] = ""


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(problems().map(with_names), st.integers(0, 2**32))
def test_a_week_in_any_spelling_is_the_same_problem(problem: Problem, seed: int) -> None:
    """All tables at once, as files and as a workbook."""
    office = Office(problem, seed)
    tables = {name: office.written(name, *t) for name, t in week_tables(problem).items()}
    book = Workbook()
    book.remove(book.active)
    with TemporaryDirectory() as folder:
        for name, (header, *rows) in tables.items():
            sheet = book.create_sheet(office.one_of(sheet_title(name, say) for say in SAY))
            for place, row in enumerate((header, *rows), start=1):
                for column, text in enumerate(row, start=1):
                    if text:
                        put(sheet.cell(place, column), text)
            (Path(folder) / f"{name}.csv").write_text(table_text(header, rows, {}))
        path = Path(folder) / "week.xlsx"
        book.save(path)

        assert read_week(folder) == problem
        assert read_workbook(path) == problem
