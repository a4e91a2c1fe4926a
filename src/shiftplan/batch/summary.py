"""What is said of province-weeks: in sentences, and in a table for spreadsheets.

`Outcome`s and `Row`s -> sentences, and the text of `summary.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from shiftplan.batch.job import Outcome
from shiftplan.batch.manifest import Row, tally
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.outputs import REPORT
from shiftplan.present.words import Words

_OF_DATA = ("input", "conflict")
"""Failures whose message is in the language of who reads it."""
_PLAIN = ("no_roster", "before")
"""Failures that need no detail."""
_RESULT = ("status", "poor", "cost", "bound", "gap")
_COUNTS = ["volunteers", "centers", "shifts", "assignments", "seats", "empty_seats"]
_COUNTS += ["skilled_seats", "empty_skilled_seats"]
_SHARES = ["gini", "minority_filled", "within_target_share"]


def remark(outcome: Outcome | None) -> str | None:
    """The line that says most of why a week was not planned, or what is worth a look; else None.

    It is the first line of the message, but the last of an error's trace. Of faults and notes the
    number of others is told beside it; lines of remedies are set in.
    """
    if outcome is None or not (outcome.failure or outcome.message):
        return None
    lines = [line for line in outcome.message.splitlines() if line.strip()] or [""]
    if outcome.failure == "internal":
        return lines[-1].strip()
    others = sum(not line.startswith(" ") for line in lines[1:])
    is_list = outcome.failure in (None, "input")
    return lines[0].strip() + (f" (+{others})" if others and is_list else "")


def reason(outcome: Outcome | None, say: Words) -> str:
    """Why a week was not planned; of a planned one, what is worth a look in its data."""
    detail = remark(outcome) or ""
    if outcome is None or outcome.failure is None:
        return detail
    what = say(f"batches.failure_{outcome.failure}")
    if not detail or outcome.failure in _PLAIN:
        return what
    if say.lang == "vi" and outcome.failure not in _OF_DATA:
        detail = f"[{detail}]"
    return f"{what}: {detail}"


def counts(rows: Iterable[Row], say: Words) -> str:
    """How many are done, failed and left, in a sentence."""
    return say("batches.counts", **tally(rows))


def week_sentences(rows: Sequence[Row], say: Words) -> list[tuple[str, list[str]]]:
    """For each week, newest first: its heading, what is planned for how many, what is missing."""
    weeks = sorted({row.place.week for row in rows}, reverse=True)
    return [
        (say("batches.week_of", week=week), _week([r for r in rows if r.place.week == week], say))
        for week in weeks
    ]


def _week(rows: Sequence[Row], say: Words) -> list[str]:
    planned = [row.figures for row in rows if row.figures is not None]

    def total(name: str) -> int:
        return sum(getattr(figures, name) for figures in planned)

    def filled(code: str, wanted: int, empty: int) -> str:
        full = wanted - empty
        return say(code, filled=full, wanted=wanted, empty=empty, share=full / wanted)

    lines = [say("batches.week_planned", planned=len(planned), rows=len(rows))]
    if poor := sum(row.state == "poor" for row in rows):
        lines.append(say("batches.week_poor", poor=poor))
    if planned:
        people = {name: total(name) for name in ("volunteers", "centers", "shifts")}
        lines.append(say("batches.week_people", **people))
    if wanted := total("seats"):
        lines.append(filled("batches.week_seats", wanted, total("empty_seats")))
    if wanted := total("minority_skilled_seats"):
        empty = total("minority_empty_skilled_seats")
        lines.append(filled("batches.week_minority", wanted, empty))
    return lines


def summary_rows(rows: Sequence[Row], run: Path) -> list[dict[str, object]]:
    """What is told of each province-week; all have the same columns, None where it is not known."""
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
    outcome, figures, report = row.entry.outcome, row.figures, report_of(row, run)
    return {
        "province": row.place.province,
        "week": row.place.label,
        "state": row.state,
        "failure": outcome and outcome.failure,
        "message": remark(outcome),
        **{name: figures and getattr(figures, name) for name in _RESULT},
        **{f"level_{level}": figures and figures.levels.get(level) for level in levels},
        **{name: figures and getattr(figures, name) for name in (*_COUNTS, *_SHARES)},
        "seconds": outcome and round(outcome.seconds, 1),
        "memory_mb": outcome and outcome.memory_mb,
        "attempts": row.entry.attempts,
        "report": report and report.as_posix(),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else neutral(str(value))
