"""The page for the nation: totals, a picture, and every province-week with its report.

`Row`s -> `View` -> text of `index.html`, which needs no network.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from shiftplan.batch.manifest import ENDED, Row, tally
from shiftplan.batch.names import FAILED, FAULTS
from shiftplan.batch.sentences import reason, week_sentences, week_title
from shiftplan.batch.summary import report_of
from shiftplan.present.outputs import WORKBOOK
from shiftplan.present.report.page import rendered
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import day, number, percent
from shiftplan.present.words import Words
from shiftplan.scoring.fill import step
from shiftplan.week.collation import collation_key

_TEMPLATE = "page.html.j2"
_ORDER = ("failed", "poor", "running", "placing", "waiting", "done")
"""States as the table has them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, and what it is sorted by."""

    text: str
    key: float


@dataclass(frozen=True, slots=True)
class Line:
    """A province-week in the table."""

    province: str
    week: str
    date: str
    """The week as it is sorted."""
    state: str
    order: int
    """Place of the state."""
    gap: Cell
    filled: Cell
    step: int | None
    """Colour of the share of seats filled, 0 to 4; None where nothing is known of it."""
    empty: Cell
    why: str
    links: tuple[tuple[str, str], ...]
    """Texts and addresses of its files."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A province in the picture."""

    province: str
    width: float
    """Part of its seats that are filled, in percent."""
    share: str
    told: str
    step: int


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page shows."""

    as_of: str
    is_over: bool
    counts: tuple[tuple[str, str], ...]
    """What is counted, and how many."""
    all: str
    weeks: tuple[tuple[str, tuple[str, ...]], ...]
    """Heading and sentences of each week, newest first."""
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


def page_text(
    rows: Sequence[Row], run: Path, now: dt.datetime, lang: Lang, *, is_over: bool
) -> str:
    """The page as text.

    Parameters
    ----------
    rows
        The province-weeks.
    run
        The run folder, in which the page will be.
    now
        Time of what is shown.
    lang
        Language of everything but names.
    is_over
        Whether nothing more will change; otherwise the page renews itself.

    """
    view = view_of(rows, run, now, lang, is_over=is_over)
    return rendered("shiftplan.batch", (_TEMPLATE,), Words(lang), page=view)


def view_of(rows: Sequence[Row], run: Path, now: dt.datetime, lang: Lang, *, is_over: bool) -> View:
    """What the page shows; parameters as of `page_text`."""
    say = Words(lang)
    figures = tally(rows)._asdict().items()
    ordered = sorted(rows, key=lambda row: (_ORDER.index(row.state), *_name_key(row)))
    return View(
        as_of=say("batches.as_of", text=f"{day(now.date(), lang)} {now:%H:%M}"),
        is_over=is_over,
        counts=tuple((say(f"batches.count_{kind}"), number(n, lang)) for kind, n in figures),
        all=say("batches.planned_of", rows=len(rows)),
        weeks=tuple(
            (week_title(week, lang), tuple(lines)) for week, lines in week_sentences(rows, lang)
        ),
        bars=tuple(_bars(rows, lang)),
        lines=tuple(_line(row, run, lang) for row in ordered),
    )


def _name_key(row: Row) -> tuple[object, ...]:
    return (collation_key(row.place.province), row.place.week)


def _bars(rows: Iterable[Row], lang: Lang) -> list[Bar]:
    """The provinces with seats, least filled first."""
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        if (figures := row.figures) is not None and figures.seats:
            filled, wanted = counts.get(row.place.province, (0, 0))
            filled += figures.seats - figures.empty_seats
            counts[row.place.province] = (filled, wanted + figures.seats)
    bars = []
    for province, (filled, wanted) in sorted(
        counts.items(), key=lambda item: (item[1][0] / item[1][1], collation_key(item[0]))
    ):
        share = percent(filled / wanted, lang)
        of = Words(lang)("plans.of", filled=filled, wanted=wanted)
        told = Words(lang)("batches.bar", province=province, share=share, of=of)
        width = round(100 * filled / wanted, 2)
        bars.append(Bar(province, width, share, told, step(filled, wanted)))
    return bars


def _line(row: Row, run: Path, lang: Lang) -> Line:
    figures, state = row.figures, row.state
    unknown = Cell("–", -1.0)
    gap = filled = empty = unknown
    colour = None
    if figures is not None:
        gap = (
            unknown
            if figures.gap is None
            else Cell(percent(figures.gap, lang, up=True), figures.gap)
        )
        empty = Cell(number(figures.empty_seats, lang), figures.empty_seats)
        if figures.seats:
            share = (figures.seats - figures.empty_seats) / figures.seats
            colour = step(figures.seats - figures.empty_seats, figures.seats)
            filled = Cell(percent(share, lang), share)
    return Line(
        province=row.place.province,
        week=day(row.place.week, lang) if row.place.fault is None else row.place.label,
        date=row.place.label,
        state=Words(lang)(f"batches.state_{state}"),
        order=_ORDER.index(state),
        gap=gap,
        filled=filled,
        step=colour,
        empty=empty,
        why=reason(row.entry.outcome, lang) if state in ENDED else "",
        links=tuple(_links(row, run, lang)),
    )


def _links(row: Row, run: Path, lang: Lang) -> Iterable[tuple[str, str]]:
    """Texts and addresses of files that are there."""
    say, name = Words(lang), row.place.name
    found = [("batches.faults", Path(f"{name}{FAILED}", FAULTS))] * (row.entry.state == "failed")
    if (report := report_of(row, run)) is not None:
        found.append(("batches.report", report))
    if row.entry.state == "done":
        found.append(("batches.workbook", Path(name, WORKBOOK)))
    for key, path in found:
        if (run / path).exists():
            yield say(key), quote(f"./{path.as_posix()}")
