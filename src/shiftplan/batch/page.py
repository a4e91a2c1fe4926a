"""The page for the nation: totals, a picture, and every province-week with its report.

`Row`s -> text of `index.html`, which needs no network.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from shiftplan.batch.manifest import ENDED, Row, tally
from shiftplan.batch.places import FAILED, FAULTS
from shiftplan.batch.summary import reason, report_of, week_sentences
from shiftplan.present.outputs import WORKBOOK
from shiftplan.present.report.page import rendered
from shiftplan.present.words import Lang, Words
from shiftplan.scoring.equity import step
from shiftplan.week.collation import collation_key

_ORDER = ("failed", "poor", "running", "placing", "waiting", "done")
"""States as the table has them."""


def page_text(
    rows: Sequence[Row], run: Path, now: dt.datetime, lang: Lang, *, is_over: bool
) -> str:
    """The page as text, with times as of `now`, for the folder `run` of the run.

    `is_over`: nothing more will change; otherwise the page renews itself.
    """
    say = Words(lang)

    def place(row: Row) -> tuple[object, ...]:
        return _ORDER.index(row.state), collation_key(row.place.province), row.place.week

    return rendered(
        "shiftplan.batch",
        ("page.html.j2",),
        say,
        as_of=say("batches.as_of", text=f"{say.date(now)} {now:%H:%M}"),
        is_over=is_over,
        counts=[(say(f"batches.count_{kind}"), n) for kind, n in tally(rows).items()],
        all=say("batches.planned_of", rows=len(rows)),
        weeks=week_sentences(rows, say),
        provinces=_provinces(rows),
        lines=[(row, _why(row, say), _links(row, run, say)) for row in sorted(rows, key=place)],
        order=_ORDER,
        step=step,
    )


def _provinces(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Provinces with their seats filled and wanted, least filled first."""
    filled, wanted = Counter[str](), Counter[str]()
    for row in rows:
        if (figures := row.figures) is not None and figures.seats:
            filled[row.place.province] += figures.seats - figures.empty_seats
            wanted[row.place.province] += figures.seats
    names = sorted(wanted, key=lambda name: (filled[name] / wanted[name], collation_key(name)))
    return [(name, filled[name], wanted[name]) for name in names]


def _why(row: Row, say: Words) -> str:
    return reason(row.entry.outcome, say) if row.state in ENDED else ""


def _links(row: Row, run: Path, say: Words) -> Iterator[tuple[str, str]]:
    """Texts and addresses of files that are there."""
    name = row.place.name
    found = [("batches.faults", Path(f"{name}{FAILED}", FAULTS))] * (row.entry.state == "failed")
    if (report := report_of(row, run)) is not None:
        found.append(("batches.report", report))
    if row.entry.state == "done":
        found.append(("batches.workbook", Path(name, WORKBOOK)))
    for code, path in found:
        if (run / path).exists():
            yield say(code), quote(f"./{path.as_posix()}")
