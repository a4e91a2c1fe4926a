"""What people see of a sweep: a table for spreadsheets, a page, and a picture.

`Sweep` -> text of sweep.csv and sweep.html, and the bytes of sweep.png.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shiftplan.batch.manifest import Figures
from shiftplan.batch.sweep.running import Sweep, SweepRow
from shiftplan.files.assumptions import Variant
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.charts.paper import LINE, SOFT, STRONG, drawing, new_sheet, short, subtitle
from shiftplan.present.report.page import rendered
from shiftplan.present.words import Lang, Words

HEADS = ("filled", "empty", "inequality", "own_cost", "gap")
"""Entries `sweeps.<head>` over the figures of a row, as `figures_of` gives them."""
_COLUMNS: Mapping[str, Callable[[Figures], object]] = {
    "assignments": lambda f: f.assignments,
    "seats": lambda f: f.seats,
    "empty_seats": lambda f: f.empty_seats,
    "empty_skilled_seats": lambda f: f.empty_skilled_seats,
    "gini": lambda f: f.gini,
    "minority_filled": lambda f: f.minority_filled,
    "cost": lambda f: f.cost,
    "bound": lambda f: f.bound,
    "gap": lambda f: f.gap,
}
_COLORS = (STRONG, SOFT, "#2b8a3e", "#7048a8", "#555555")
_MARKS = "osD^v"
_ROW = 0.32
"""Inches of a variant in the picture."""


def label_of(variant: Variant, say: Words) -> str:
    """A variant for people."""
    return "; ".join(say(assumption.message) for assumption in variant)


def cells_of(row: SweepRow, say: Words) -> list[str]:
    """The figures of a row for people, below `HEADS`; blank where nothing is known."""
    found = row.kept.figures
    if found is None:
        return [""] * len(HEADS)
    share = None if not found.seats else (found.seats - found.empty_seats) / found.seats
    return [
        "" if share is None else say.percent(share),
        say.number(found.empty_seats),
        "" if found.gini is None else say("sweeps.gini", gini=found.gini),
        say.number(row.kept.own_cost or 0) + ("*" if row.kept.own_broken else ""),
        "" if found.gap is None else say.percent(found.gap, up=True),
    ]


def sweep_csv(found: Sweep, lang: Lang = "en") -> str:
    """CSV text, a row for each week and variant: numbers for programs, and a label for people."""
    say = Words(lang)
    keys = [assumption.key for assumption in found.rows[0].variant] if found.rows else []
    own = ["own_cost", "own_broken", "seconds", "label", "folder"]
    rows = []
    for row in found.rows:
        kept, figures = row.kept, row.kept.figures
        values: list[object] = [row.week, *(a.value for a in row.variant), kept.status.value]
        values += [None if figures is None else write(figures) for write in _COLUMNS.values()]
        values += [kept.own_cost, kept.own_broken, kept.seconds, label_of(row.variant, say)]
        rows.append([_cell(value) for value in (*values, Path(*row.folder.parts[-2:]).as_posix())])
    return to_csv(["week", *keys, "status", *_COLUMNS, *own], rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else neutral(str(value))


def page_text(found: Sweep, picture: bytes | None, lang: Lang = "en") -> str:
    """The page as text: the table, and the picture if there is one.

    Raises
    ------
    MissingExtraError
        The package jinja2 is not installed.
    """
    say = Words(lang)
    lines = [
        (row.week, label_of(row.variant, say), row.kept.status.value.lower(), cells_of(row, say))
        for row in found.rows
    ]
    return rendered(
        __name__.rpartition(".")[0],
        ("page.html.j2",),
        say,
        lines=lines,
        heads=[say(f"sweeps.{head}") for head in HEADS],
        picture=None if picture is None else base64.b64encode(picture).decode(),
        missing=found.wanted - len(found.rows),
        broken=any(row.kept.own_broken for row in found.rows),
    )


def draw(found: Sweep, lang: Lang = "en") -> bytes:
    """The picture as PNG: the share of seats filled, and inequality, of each variant and week.

    Raises
    ------
    MissingExtraError
        The package matplotlib is not installed.
    """
    say = Words(lang)
    weeks = list(dict.fromkeys(row.week for row in found.rows))
    labels = list(dict.fromkeys(label_of(row.variant, say) for row in found.rows))
    with drawing():
        figure = new_sheet(say("sweeps.title"), height=2.2 + _ROW * max(4, len(labels)))
        panels = figure.subplots(1, 2, sharey=True)
        kinds = (("filled", _filled), ("inequality", _gini))
        for axes, (head, measure) in zip(panels, kinds, strict=True):
            subtitle(axes, say(f"sweeps.{head}"))
            axes.grid(axis="both", color=LINE, linewidth=0.6)
            for i, week in enumerate(weeks):
                points = _points(found.rows, week, labels, measure, say)
                mark = {"color": _COLORS[i % len(_COLORS)], "marker": _MARKS[i % len(_MARKS)]}
                label = short(week)
                axes.plot(*points, linestyle="", label=label, **mark)
        panels[0].set_yticks(range(len(labels)), [short(label, 48) for label in labels])
        panels[0].set_ylim(len(labels) - 0.5, -0.5)
        panels[0].xaxis.set_major_formatter(lambda share, _: say.percent(share))
        if len(weeks) > 1:
            panels[1].legend(loc="best")
        data = io.BytesIO()
        figure.savefig(data, format="png", metadata={"Software": None})
    return data.getvalue()


def _filled(figures: Figures) -> float | None:
    return (figures.seats - figures.empty_seats) / figures.seats if figures.seats else None


def _gini(figures: Figures) -> float | None:
    return figures.gini


def _points(
    rows: Sequence[SweepRow],
    week: str,
    labels: Sequence[str],
    measure: Callable[[Figures], float | None],
    say: Words,
) -> tuple[list[float], list[float]]:
    """Values of a week and the line of each."""
    across: list[float] = []
    down: list[float] = []
    for row in rows:
        value = None if row.kept.figures is None else measure(row.kept.figures)
        if row.week == week and value is not None:
            across.append(value)
            down.append(labels.index(label_of(row.variant, say)))
    return across, down
