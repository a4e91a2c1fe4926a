"""Workbooks of each kind of work: their words are read back, and their examples can be planned."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections import Counter
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import problems

import shiftplan
from shiftplan import Fault, Problem, Roster
from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.files import headings, read_workbook
from shiftplan.files.layout import TABLE_NAMES, columns_of
from shiftplan.present import fault_text, write_template, write_workbook
from shiftplan.present.headline import headline
from shiftplan.present.sheets.starting import first_date
from shiftplan.present.words import Words
from shiftplan.problem.profile import recommended_rules, with_recommended
from shiftplan.scoring import equity
from shiftplan.week.kinds import KINDS, USUAL_KIND, kind_of

GAP = re.compile(r"\{[^{}]*\}")
MONDAY = dt.date(2026, 12, 7)
EACH = pytest.mark.parametrize("kind", KINDS)
IN_EACH_LANGUAGE = pytest.mark.parametrize("lang", languages())


def example(tmp_path: Path, kind: str, lang: str, notes: list[Fault] | None = None) -> Problem:
    """The example week of a kind, as its workbook holds it."""
    path = tmp_path / f"{kind}.xlsx"
    write_template(path, MONDAY, lang, kind=kind, example=True)
    return read_workbook(path, on_note=None if notes is None else notes.append)


def need_sensible(problem: Problem, roster: Roster) -> None:
    """Every seat is filled, and nobody works too long, too often or through the night."""
    served = equity(problem, roster).overall.both
    assert served.filled == served.target > 0
    shifts = {shift.shift_id: shift for shift in problem.shifts}
    work: dict[str, list[shiftplan.Shift]] = {}
    for pair in roster.assignments:
        work.setdefault(pair.volunteer_id, []).append(shifts[pair.shift_id])
    for own in work.values():
        own.sort(key=attrgetter("start"))
        hours: Counter[dt.date] = Counter()
        for shift in own:
            hours[shift.start.date()] += (shift.end - shift.start) // dt.timedelta(hours=1)
        assert max(hours.values()) <= 10
        assert len(own) <= 8
        assert all(before.end <= after.start for before, after in pairwise(own))
        nights = [s for s in own if s.start.date() != s.end.date() or s.start.hour < 6]
        rest = dt.timedelta(hours=8)
        for night in nights:
            assert all(s.start - night.end >= rest for s in own if s.start > night.start)


@IN_EACH_LANGUAGE
@EACH
def test_the_example_of_a_kind_is_read_back(kind: str, lang: str, tmp_path: Path) -> None:
    """Only what was made of its hours and needs is told; the week is written and read as it was."""
    notes: list[Fault] = []
    week = example(tmp_path, kind, lang, notes)
    write_workbook(week, tmp_path / "again.xlsx", lang)

    assert [note.table for note in notes] == ["opening", "needs"]
    assert week.horizon.kind == kind
    assert read_workbook(tmp_path / "again.xlsx") == week


@EACH
def test_the_example_of_a_kind_can_be_planned(kind: str, tmp_path: Path) -> None:
    """Every seat is filled, hard rules hold, and nobody works too much."""
    week = example(tmp_path, kind, "en")

    roster = shiftplan.solve(week, time_limit=60, workers=1, gap=0.1, seed=1).require_roster()

    assert shiftplan.check(week, roster).is_feasible
    need_sensible(week, roster)


ROWS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "province": [
        ("centers", {"center_id": "C1", "lat": 10.4, "lon": 105.4}),
        *[
            ("volunteers", {"volunteer_id": f"V{i}", "home_center_id": "C1", "skill.portal": 3})
            for i in range(3)
        ],
        *[
            (
                "shifts",
                {"shift_id": f"S{i}", "center_id": "C1", "date": MONDAY}
                | {"start": dt.time(start), "end": dt.time(start + 4)},
            )
            for i, start in enumerate((7, 13))
        ],
        *[("requirements", {"shift_id": f"S{i}", "minimum": 1, "target": 1}) for i in range(2)],
    ],
    **{
        kind: [
            ("centers", {"center_id": "MAIN"}),
            *[("volunteers", {"volunteer_id": f"V{i}", **skills}) for i in range(5)],
        ]
        for kind in KINDS
        if kind != USUAL_KIND
        for skills in [{"skill.nurse": 1} if kind_of(kind).skills else {}]
    },
}
"""Kind -> what a newcomer fills in beside the grid, in which each person marks every session."""


def words(kind: str, lang: str) -> Words:
    """What says the names of a kind's workbook in a language."""
    return Words(lang if kind == USUAL_KIND else f"{lang}@{kind}")


def put(book: Any, table: str, say: Words, values: dict[str, Any]) -> None:
    """Fill in the first free row of a sheet by its headings."""
    sheet = book[headings.sheet_title(table, say)]
    row = next(r for r in range(2, 99) if not sheet.cell(r, 1).value)
    places = {headings.column_named(table, str(c.value)): c.column for c in sheet[1] if c.value}
    for column, value in values.items():
        sheet.cell(row, places[column]).value = value


@IN_EACH_LANGUAGE
@EACH
def test_twelve_rows_are_enough_for_a_first_roster(kind: str, lang: str, tmp_path: Path) -> None:
    """Whoever fills in the sheets that the page of help asks for gets a sensible roster."""
    path, say = tmp_path / "week.xlsx", words(kind, lang)
    write_template(path, MONDAY, lang, kind=kind)
    book = load_workbook(path)
    for table, values in ROWS[kind]:
        put(book, table, say, values)
    people = [values["volunteer_id"] for table, values in ROWS[kind] if table == "volunteers"]
    grid = book[headings.sheet_title(headings.GRID, say)]
    for row, who in enumerate(people, start=5):
        grid.cell(row, 1).value = who
        for column in range(4, grid.max_column + 1):
            grid.cell(row, column).value = "x"
    book.save(path)
    tables = {*(table for table, _ in ROWS[kind]), headings.GRID}
    _, asked, *_ = book.worksheets[0]["A4"].value.split(":")

    notes: list[Fault] = []
    week = read_workbook(path, on_note=notes.append)
    result = shiftplan.solve(week, time_limit=60, workers=1, gap=0.1, seed=1)

    assert {title.strip() for title in asked.split(".")[0].split(",")} == {
        headings.sheet_title(table, say) for table in tables
    }
    assert len(ROWS[kind]) + len(people) <= 12
    assert {note.table for note in notes} <= {"opening", "needs", "availability", "rules"}
    need_sensible(week, result.require_roster())
    assert headline(result, lang)


@pytest.mark.parametrize("table", [*TABLE_NAMES, headings.GRID])
def test_no_heading_of_a_kind_has_two_readings(table: str) -> None:
    """In all languages and kinds a heading is that of one column, and a title that of one sheet."""
    words = headings.words_of_kinds()
    assert len(words) == len(languages()) * len(KINDS)

    columns: dict[str, set[str]] = {}
    for column in columns_of("availability" if table == headings.GRID else table):
        for say in words:
            title = headings.folded(headings.heading(table, column, say))
            columns.setdefault(title, set()).add(column)
    titles = {headings.folded(headings.sheet_title(table, say)) for say in words}
    others = {
        headings.folded(headings.sheet_title(other, say))
        for say in words
        for other in (*TABLE_NAMES, headings.GRID)
        if other != table
    }

    assert {title: names for title, names in columns.items() if len(names) > 1} == {}
    assert titles.isdisjoint(others)


@EACH
def test_the_words_of_a_kind_take_the_place_of_the_usual_ones(kind: str) -> None:
    """No text of the language says center or citizen any more, but for ids and names of columns."""
    if kind == USUAL_KIND:
        assert Words("en")("sheet.centers") == "Centers"
        return
    say, viet = Words(f"en@{kind}"), Words(f"vi@{kind}")
    one, citizen = say("term.center", n=1), say("term.citizen", n=2)

    assert say("sheet.centers") == f"{one}s".capitalize()
    assert say("count.centers", n=1) == f"1 {one}"
    assert say("citizens.citizens") == citizen.capitalize()
    assert viet("sheet.centers") == viet("term.center").capitalize()


@pytest.mark.parametrize(
    ("lang", "usual"),
    [("en", r"\b(centers?|citizens?)\b"), ("vi", r"\b(trung tâm|người dân)\b")],
)
@EACH
def test_every_text_follows_the_kind(kind: str, lang: str, usual: str) -> None:
    """Outside of gaps no text has a usual word, and gaps are what they were."""
    if kind == USUAL_KIND:
        return
    plain, own = catalogue(lang), catalogue(f"{lang}@{kind}")
    gaps = {
        code: [gap for text in texts for gap in GAP.findall(text)] for code, texts in own.items()
    }

    assert own.keys() >= plain.keys()
    left = {
        code: text
        for code, texts in own.items()
        for text in texts
        if not code.startswith(("kind.", "term."))
        if re.search(usual, GAP.sub("", text), re.IGNORECASE)
    }
    assert left == {}
    for code, texts in plain.items():
        if not code.startswith("term."):
            assert gaps[code] == [gap for text in texts for gap in GAP.findall(text)], code


@EACH
def test_words_of_a_kind_fit_behind_an_article(kind: str) -> None:
    """`a center` becomes `a site`: no word begins with a vowel; each differs from the usual one."""
    say = Words("en" if kind == USUAL_KIND else f"en@{kind}")

    for term in ("term.center", "term.citizen"):
        assert say(term, n=1)[0] not in "aeiou"
        assert (say(term, n=1) == Words("en")(term, n=1)) == (kind == USUAL_KIND)


@IN_EACH_LANGUAGE
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problem=problems(), kind=st.sampled_from(KINDS))
def test_any_week_of_a_kind_is_read_as_it_was_written(
    lang: str, problem: Problem, kind: str
) -> None:
    """As a workbook, as CSV and as JSON, whatever the kind leaves out of its sheets."""
    horizon = problem.horizon.model_copy(update={"kind": kind})
    week = Problem.model_validate({**dict(problem), "horizon": horizon})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.xlsx"
        write_workbook(week, path, lang)
        shiftplan.write_week(week, Path(folder) / "week")

        assert read_workbook(path) == week
        assert shiftplan.read_week(Path(folder) / "week") == week
    assert Problem.model_validate_json(week.to_json()) == week
    assert week.digest == problem.digest


@EACH
def test_recommended_rules_are_those_of_the_kind(kind: str, tmp_path: Path) -> None:
    """Each comes where the week names none; rules about nights only where there are nights."""
    week = example(tmp_path, kind, "en")
    bare = Problem.model_validate({**dict(week), "rules": ()})
    days = Problem.model_validate(
        {**dict(bare), "shifts": tuple(s.model_copy(update={"type": "day"}) for s in week.shifts)}
    )

    kinds = [rule.rule for rule in with_recommended(bare).rules]
    assert kinds == [r.rule for r in recommended_rules(kind) if r.rule != "preferences"]
    assert not any(getattr(rule, "shifts", ()) for rule in with_recommended(days).rules)
    assert len(with_recommended(week).rules) == len(week.rules)


def test_a_kind_is_data() -> None:
    """Each table of the file is a kind; no rule needs what its sheets hide."""
    for kind in map(kind_of, KINDS):
        shown = kind.columns.get("centers")
        measures = {"max_distance", "travel", "balance_far"} & {r["rule"] for r in kind.rules}
        assert shown is None or {"lat", "lon"} <= {*shown} or not measures
        mentors = {"mentor", "mentored", "never_alone"} & {r["rule"] for r in kind.rules}
        assert not mentors or any(skill.max_level >= 3 for skill in kind.skills)
        limits = {"max_minutes", "one_center_per_day", "min_rest"} & {r["rule"] for r in kind.rules}
        assert limits
        assert any(rule["rule"] == "one_place" for rule in kind.rules)
        assert all(len(set(turn)) == len(turn) for turn in kind.example.offers)


def test_an_unknown_kind_is_refused() -> None:
    """By the template and by a week; the message lists the kinds."""
    with pytest.raises(shiftplan.InputError, match="food-bank"):
        write_template("week.xlsx", MONDAY, kind="food bank")
    with pytest.raises(ValueError, match="food-bank"):
        shiftplan.Horizon(start=MONDAY, days=7, kind="foodbank")


def test_a_rule_on_distance_says_that_it_can_go(tmp_path: Path) -> None:
    """A food bank in the template of a province learns which rules need coordinates."""
    path = tmp_path / "week.xlsx"
    week = example(tmp_path, "food-bank", "en")
    province = Problem.model_validate(
        {**dict(week), "horizon": week.horizon.model_copy(update={"kind": USUAL_KIND})}
    )
    write_workbook(province, path)
    book = load_workbook(path)
    sheet = book["Rules"]
    for row, (rule, level) in enumerate(
        (("max_distance", "hard"), ("travel", 2)), start=sheet.max_row + 1
    ):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = rule, level
    book.save(path)

    with pytest.raises(shiftplan.InputError) as caught:
        read_workbook(path)

    first, *others = caught.value.faults
    assert fault_text(first) == (
        "week.xlsx, sheet Centers, cell D2: coordinates of centers are missing, but max_distance "
        "and travel need them: MAIN, NORTH, RIVER. Fill in “Latitude” and “Longitude”, or remove "
        "the rows max_distance and travel from the sheet Rules."
    )
    assert "missing_coordinates" not in [fault.code for fault in others]
    assert "hoặc xóa các dòng max_distance và travel" in fault_text(first, "vi")


@pytest.mark.parametrize(
    ("kind", "today", "first"),
    [
        ("province", "2026-12-06", "2026-12-07"),  # a Sunday
        ("province", "2026-12-07", "2026-12-14"),  # a Monday
        ("festival", "2026-12-07", "2026-12-11"),
        ("festival", "2026-12-11", "2026-12-18"),  # a Friday
    ],
)
def test_a_new_week_starts_on_the_next_first_day_of_its_kind(
    kind: str, today: str, first: str
) -> None:
    """A week of office work starts on a Monday, a festival on a Friday, and never today."""
    assert first_date(kind, dt.date.fromisoformat(today)) == dt.date.fromisoformat(first)


def test_a_festival_that_starts_on_another_day_has_its_nights_all_the_same(tmp_path: Path) -> None:
    """Three days from Monday on: each with afternoon, evening and night on both stages."""
    week = example(tmp_path, "festival", "en")

    types = Counter(shift.type for shift in week.shifts)
    assert types == {"afternoon": 6, "evening": 6, "night": 6}
