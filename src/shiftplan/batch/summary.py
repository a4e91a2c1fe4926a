"""What is said of province-weeks: in sentences, in a table for spreadsheets, and on a page.

`JobOutcome`s and `Row`s -> sentences, `summary.csv`, and `index.html`, which needs no network.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from shiftplan.batch.manifest import ENDED, Fact, JobOutcome, Row, tally
from shiftplan.batch.places import FAILED, FAULTS
from shiftplan.errors import Fault
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.faults import fault_lines, fault_text
from shiftplan.present.outputs import REPORT, WORKBOOK
from shiftplan.present.report.page import rendered
from shiftplan.present.words import Words
from shiftplan.scoring.equity import step
from shiftplan.week.collation import collation_key

_PLAIN = ("no_roster", "before")
"""Failures that need no detail."""
_HELPED = ("memory", "died", "time")
"""Failures whose facts are no faults of the data, which say themselves what helps."""
_RESULT = ("status", "poor", "cost", "bound", "gap")
_COUNTS = ["volunteers", "centers", "shifts", "assignments", "seats", "empty_seats"]
_COUNTS += ["skilled_seats", "empty_skilled_seats"]
_SHARES = ["gini", "minority_filled", "within_target_share"]
_ORDER = ("failed", "poor", "running", "placing", "waiting", "done")
"""States as the table of the page has them."""


def fact_text(fact: Fact, say: Words) -> str:
    """A fact in the language of `say`; a fault on one or two lines."""
    if isinstance(fact, Fault):
        return fault_text(fact, say.lang)
    return fact if isinstance(fact, str) else say(fact)


def text_of(outcome: JobOutcome, say: Words) -> str:
    """All facts of an outcome."""
    return "\n".join(filter(None, (fact_text(fact, say) for fact in outcome.facts)))


def report_text(outcome: JobOutcome, say: Words) -> str:
    """What is written of a week that was not planned: all facts, and what helps, if no fact says
    so.
    """
    helps = [say(f"batches.help_{outcome.failure}")] if outcome.failure in _HELPED else []
    return "\n".join([*filter(None, [text_of(outcome, say)]), *helps])


def remark(outcome: JobOutcome | None, say: Words) -> str | None:
    """The line that says most of why a week was not planned, or what is worth a look; else None.

    Beside a fault or note it says how many others there are.
    """
    if outcome is None or not (outcome.failure or outcome.facts):
        return None
    first, *others = outcome.facts or ("",)
    line = _first_line(first, say)
    is_list = outcome.failure in (None, "input")
    return say("batches.and_others", line=line, n=len(others)) if others and is_list else line


def _first_line(fact: Fact, say: Words) -> str:
    """What is wrong, of a fault; of text of other programs the first line."""
    if isinstance(fact, Fault):
        return fault_lines(fact, say.lang)[0]
    return fact.strip().partition("\n")[0] if isinstance(fact, str) else say(fact)


def reason(outcome: JobOutcome | None, say: Words) -> str:
    """Why a week was not planned; of a planned one, what is worth a look in its data."""
    detail = remark(outcome, say) or ""
    if outcome is None or outcome.failure is None:
        return detail
    what = say(f"batches.failure_{outcome.failure}")
    if not detail or outcome.failure in _PLAIN:
        return what
    if detail.startswith(what):
        return detail
    return say("batches.in_detail", what=what, detail=detail)


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

    lines = [say("batches.week_planned", planned=len(planned), rows=len(rows))]
    if poor := sum(row.state == "poor" for row in rows):
        lines.append(say("batches.week_poor", poor=poor))
    if planned:
        people = {name: total(name) for name in ("volunteers", "centers", "shifts")}
        lines.append(say("batches.week_people", **people))
    for kind, seats in (("seats", "seats"), ("minority", "skilled_seats")):
        of = "" if kind == "seats" else "minority_"
        if wanted := total(f"{of}{seats}"):
            empty = total(f"{of}empty_{seats}")
            told = {"filled": wanted - empty, "share": (wanted - empty) / wanted}
            lines.append(say(f"batches.week_{kind}", wanted=wanted, empty=empty, **told))
    return lines


# ---- the table


def summary_rows(rows: Sequence[Row], run: Path, say: Words) -> list[dict[str, object]]:
    """What the table shows of each province-week; all have the same columns, None for not known."""
    levels = sorted({level for row in rows if row.figures for level in row.figures.levels}, key=int)
    return [_facts(row, levels, run, say) for row in rows]


def summary_csv(rows: Sequence[Row], run: Path, say: Words) -> str:
    """The table as text; nothing in it is taken for a formula."""
    facts = summary_rows(rows, run, say)
    header = list(facts[0]) if facts else []
    return to_csv(header, [[_cell(value) for value in row.values()] for row in facts])


def _report(row: Row, run: Path) -> Path | None:
    """Where the report of a planned week is, as seen from the run folder; None without one."""
    path = Path(row.place.name, REPORT)
    return path if row.entry.state == "done" and (run / path).exists() else None


def _facts(row: Row, levels: Sequence[str], run: Path, say: Words) -> dict[str, object]:
    outcome, figures, report = row.entry.outcome, row.figures, _report(row, run)
    return {
        "province": row.place.province,
        "week": row.place.label,
        "state": row.state,
        "failure": outcome and outcome.failure,
        "message": remark(outcome, say),
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


# ---- the page


def page_text(
    rows: Sequence[Row], run: Path, now: dt.datetime, say: Words, *, is_over: bool
) -> str:
    """The page as text, with times as of `now`, which has a zone, for the folder `run` of the run.

    `is_over`: nothing more will change; otherwise the page renews itself.
    """

    def place(row: Row) -> tuple[object, ...]:
        return _ORDER.index(row.state), collation_key(row.place.province), row.place.week

    def why(row: Row) -> str:
        return reason(row.entry.outcome, say) if row.state in ENDED else ""

    return rendered(
        "shiftplan.batch",
        ("page.html.j2",),
        say,
        as_of=say("batches.as_of", text=f"{say.date(now)} {now:%H:%M} (UTC{_offset(now)})"),
        is_over=is_over,
        counts=[(say(f"batches.count_{kind}"), n) for kind, n in tally(rows).items()],
        all=say("batches.planned_of", rows=len(rows)),
        weeks=week_sentences(rows, say),
        provinces=_provinces(rows),
        lines=[(row, why(row), _links(row, run, say)) for row in sorted(rows, key=place)],
        order=_ORDER,
        step=step,
    )


def _offset(now: dt.datetime) -> str:
    """How far the clock is ahead of UTC, such as +07:00."""
    return now.isoformat()[-len("+07:00") :]


def _provinces(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Provinces with their seats filled and wanted, least filled first."""
    filled, wanted = Counter[str](), Counter[str]()
    for row in rows:
        if (figures := row.figures) is not None and figures.seats:
            filled[row.place.province] += figures.seats - figures.empty_seats
            wanted[row.place.province] += figures.seats
    names = sorted(wanted, key=lambda name: (filled[name] / wanted[name], collation_key(name)))
    return [(name, filled[name], wanted[name]) for name in names]


def _links(row: Row, run: Path, say: Words) -> Iterator[tuple[str, str]]:
    """Texts and addresses of files that are there."""
    name = row.place.name
    found = {
        "failed": [("faults", Path(f"{name}{FAILED}", FAULTS))],
        "done": [("report", Path(name, REPORT)), ("workbook", Path(name, WORKBOOK))],
    }
    for code, path in found.get(row.entry.state, ()):
        if (run / path).exists():
            yield say(f"batches.{code}"), quote(f"./{path.as_posix()}")
