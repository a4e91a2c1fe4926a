"""Who works how much, as a picture.

`FairnessMeasures` -> a figure: people by number of shifts and by load, and the highest loads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiftplan.options import check_options, lang_option
from shiftplan.present.charts.paper import STRONG, drawing, new_sheet, short, subtitle
from shiftplan.present.summary import load_bins, share_bins
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, percent
from shiftplan.scoring.fairness import FairnessMeasures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMED = 3
"""People named at the foot."""


def draw_load(found: FairnessMeasures, lang: Lang = "en") -> Figure | None:
    """Draw how shifts and loads are spread over people, and name those of the highest loads.

    None when nobody offered any time.

    Raises
    ------
    InputError
        There is no such language.
    """
    check_options(lang_option(lang))
    if not found.offering:
        return None
    words = TEXTS[lang]
    worked = sum(person.shifts for person in found.people)
    counts = number(len(found.people), lang), number(worked, lang)
    loads = share_bins(found)
    if not loads[-1][1]:
        del loads[-1]
    with drawing():
        figure = new_sheet(words["load title"].format(*counts), below=_worst(found, lang))
        left, right = figure.subplots(1, 2, width_ratios=(4, 5))
        _bars(left, load_bins(found), lang)
        subtitle(left, words["load by shifts"])
        left.set_xlabel(words["shifts"])
        left.set_ylabel(words["load people"])
        _bars(right, loads, lang)
        subtitle(right, words["load by share"])
        right.set_xlabel(words["load of offered"])
    return figure


def _bars(axes: Axes, rows: list[tuple[str, int]], lang: Lang) -> None:
    bars = axes.bar(range(len(rows)), [count for _, count in rows], color=STRONG, width=0.74)
    texts = [number(count, lang) if count else "" for _, count in rows]
    axes.bar_label(bars, texts, padding=3, fontsize=10)
    axes.set_xticks(range(len(rows)), [label for label, _ in rows], fontsize=9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.margins(y=0.1)


def _worst(found: FairnessMeasures, lang: Lang) -> str:
    """The people of the highest loads, in a line."""
    words = TEXTS[lang]
    people = [
        words["load of"].format(
            short(p.name, 24),
            percent(p.load, lang),
            number(p.shifts, lang),
            number(p.offered, lang),
        )
        for p in found.worst[:_NAMED]
    ]
    return words["load highest"].format("; ".join(people)) if people else ""
