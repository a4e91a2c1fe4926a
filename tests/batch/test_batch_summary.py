"""The table of a batch for spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nation import FIRST, HOSTILE, SECOND, done, failed, waiting

from shiftplan.batch import Row
from shiftplan.batch.summary import summary_csv
from shiftplan.present.words import Words

COLUMNS = [
    "province",
    "week",
    "state",
    "failure",
    "message",
    "status",
    "poor",
    "cost",
    "bound",
    "gap",
    "level_1",
    "level_2",
    "volunteers",
    "centers",
    "shifts",
    "assignments",
    "seats",
    "empty_seats",
    "skilled_seats",
    "empty_skilled_seats",
    "gini",
    "minority_filled",
    "within_target_share",
    "seconds",
    "memory_mb",
    "attempts",
    "report",
]


def table(rows: list[Row], run: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(summary_csv(rows, run, Words("en")))))


def test_a_planned_week_has_all_figures(tmp_path: Path) -> None:
    """Figures are plain numbers; what is not known is blank."""
    (tmp_path / "An Giang" / str(FIRST)).mkdir(parents=True)
    (tmp_path / "An Giang" / str(FIRST) / "report.html").touch()

    (row,) = table([done("An Giang", within_target_share=0.9)], tmp_path)

    assert list(row) == COLUMNS
    # gap: (400 - 300) / 400
    assert row == dict(zip(COLUMNS, [
        "An Giang", "2026-12-07", "done", "", "", "FEASIBLE", "", "400", "300", "0.25", "100",
        "300", "7", "2", "6", "10", "12", "2", "4", "1", "0.125", "", "0.9", "5", "120.5", "1",
        "An Giang/2026-12-07/report.html",
    ], strict=True))  # fmt: skip


def test_other_weeks_have_the_same_columns(tmp_path: Path) -> None:
    """Failures with the first line of their message; levels of any week have a column."""
    rows = [
        failed("A", FIRST, "input", "rules.csv, row 3: what\n    Maybe that."),
        failed("A", SECOND, "internal", ("KeyError: 'V1'", "Traceback:\n  File x")),
        waiting("B", FIRST),
        done("B", SECOND, levels={"1": 5, "10": 6, "3": 7}, bound=None),
    ]

    found = table(rows, tmp_path)

    assert [row["state"] for row in found] == ["failed", "failed", "waiting", "done"]
    assert [row["failure"] for row in found] == ["input", "internal", "", ""]
    assert found[0]["message"] == "rules.csv, row 3: what"
    assert found[1]["message"] == "KeyError: 'V1'"
    assert [k for k in found[0] if k.startswith("level_")] == ["level_1", "level_3", "level_10"]
    assert {found[0][k] for k in ("cost", "level_1", "gini", "report")} == {""}
    assert (found[3]["bound"], found[3]["gap"], found[3]["report"]) == ("", "", "")


def test_nothing_is_taken_for_a_formula(tmp_path: Path) -> None:
    """Names and messages that look like formulas have an apostrophe before them."""
    names = [*HOSTILE, "+1", "-1", "@SUM(A1)", "\tx"]

    found = table([failed(name, facts=f"{name} is wrong") for name in names], tmp_path)

    for name, row in zip(names, found, strict=True):
        assert row["province"].lstrip("'") == name
        assert row["province"][0] not in "=+-@\t"
        assert row["message"][:1] not in tuple("=+-@\t")


def test_a_table_of_nothing_is_blank(tmp_path: Path) -> None:
    """No weeks, no rows; and no error."""
    assert table([], tmp_path) == []
