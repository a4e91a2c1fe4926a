"""How cost and proven bound came about, as a picture.

`Progress` after `Progress` -> a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shiftplan.options import check_options, lang_option
from shiftplan.present.charts.paper import QUIET, SOFT, STRONG, drawing, new_sheet
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, percent
from shiftplan.solving.result import Cost, Progress

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROOM = 1.5
"""Top of the picture by the cost at the end, where the first costs are much higher."""
_ROOM_BELOW = 0.1
"""A bound above this part of the cost has room for its name below it."""


def draw_cost(history: Sequence[Progress], lang: Lang = "en") -> Figure | None:
    """Draw cost and bound over time; None when no roster was found while somebody watched.

    Parameters
    ----------
    history
        Moments in order of time: `Result.history`, or what `on_progress` was given.
    lang
        Language of what the picture says.

    Raises
    ------
    InputError
        There is no such language.
    """
    check_options(lang_option(lang))
    costs = [(p.seconds, p.total) for p in history if p.total is not None]
    bounds = [(p.seconds, p.bound) for p in history if p.bound is not None]
    if not costs:
        return None
    words, last = TEXTS[lang], costs[-1][1]
    end = max(p.seconds for p in history) or 1.0
    proven = Cost(last, bounds[-1][1] if bounds else None).gap
    key = "cost title unproven" if proven is None or proven >= 1 else "cost title"
    title = words[key].format(number(last, lang), percent(proven, lang, up=True))
    with drawing():
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        highest, top = max(v for _, v in costs), _ROOM * last or 1.0
        note = words["cost above"].format(number(highest, lang)) if highest > top else ""
        figure = new_sheet(title, below=note)
        axes = figure.subplots()
        looks = (
            (costs, STRONG, "-", "cost of roster"),
            (bounds, SOFT, (0, (5, 2)), "proven bound"),
        )
        for points, color, dashes, name in looks:
            if points:
                times = [*(s for s, _ in points), end]
                values = [*(v for _, v in points), points[-1][1]]
                axes.step(times, values, where="post", color=color, lw=2.4, linestyle=dashes)
                is_below = points is bounds and values[-1] > _ROOM_BELOW * last
                axes.annotate(
                    f"{words[name]}: {number(values[-1], lang)}",
                    (end, values[-1]),
                    xytext=(-4, -7 if is_below else 7),
                    textcoords="offset points",
                    ha="right",
                    va="top" if is_below else "bottom",
                    color=color,
                    fontweight="bold",
                )
        axes.set_ylim(0, min(1.1 * highest, top) or 1.0)
        axes.set_xlim(0, end)
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=end > 8))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: number(round(v), lang)))
        axes.set_xlabel(words["seconds axis"], color=QUIET)
        axes.set_ylabel(words["cost axis"], color=QUIET)
        axes.grid(alpha=0.3)
    return figure
