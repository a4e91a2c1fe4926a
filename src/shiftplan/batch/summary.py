"""A table of a batch for spreadsheets, a row for each province-week.

`Row`s -> text of `summary.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shiftplan.batch.manifest import Row
from shiftplan.batch.sentences import remark
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.outputs import REPORT

_COUNTS = ["volunteers", "centers", "shifts", "assignments", "seats", "empty_seats"]
_COUNTS += ["skilled_seats", "empty_skilled_seats"]
_SHARES = ["gini", "minority_filled", "within_target_share"]


def summary_rows(rows: Sequence[Row], run: Path) -> list[dict[str, object]]:
    """What is told of each province-week; all have the same columns, None where it is not known.

    Parameters
    ----------
    rows
        The province-weeks.
    run
        The run folder.

    """
    levels = sorted({level for row in rows if row.figures for level in row.figures.levels}, key=int)
    return [_facts(row, levels, run) for row in rows]


def summary_csv(rows: Sequence[Row], run: Path) -> str:
    """The table as text; nothing in it is taken for a formula."""
    facts = summary_rows(rows, run)
    header = list(facts[0]) if facts else []
    return to_csv(header, [[_cell(value) for value in row.values()] for row in facts])


def report_of(row: Row, run: Path) -> Path | None:
    """Where the report of a planned week is, as seen from the run folder; None without one."""
    path = Path(row.place.name, REPORT)
    return path if row.entry.state == "done" and (run / path).exists() else None


def _facts(row: Row, levels: Sequence[str], run: Path) -> dict[str, object]:
    entry, outcome, figures = row.entry, row.entry.outcome, row.figures
    report = report_of(row, run)
    return {
        "province": row.place.province,
        "week": row.place.label,
        "state": row.state,
        "failure": outcome and outcome.failure,
        "message": remark(outcome),
        "status": figures and figures.status,
        "poor": figures and figures.poor,
        "cost": figures and figures.cost,
        "bound": figures and figures.bound,
        "gap": figures and figures.gap,
        **{f"level_{level}": figures and figures.levels.get(level) for level in levels},
        **{name: figures and getattr(figures, name) for name in (*_COUNTS, *_SHARES)},
        "seconds": outcome and round(outcome.seconds, 1),
        "memory_mb": outcome and outcome.memory_mb,
        "attempts": entry.attempts,
        "report": report and report.as_posix(),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else neutral(str(value))
