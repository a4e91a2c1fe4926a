"""Cost and proven bound over time, as a picture.

`Progress` after `Progress` -> a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.charts.paper import QUIET, SOFT, STRONG, drawing, new_sheet
from shiftplan.present.words import Words
from shiftplan.solving.result import Cost, Progress

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROOM = 1.5
"""Top of the picture by the cost at the end, where the first costs are much higher."""
_ROOM_BELOW = 0.1
"""A bound above this part of the cost has room for its name below it."""


def draw_cost(history: Sequence[Progress], lang: str = "en") -> Figure | None:
    """Draw cost and bound over time; None when no roster was found while somebody watched.

    Parameters
    ----------
    history
        Moments in order of time: `Result.history`, or what `on_progress` was given.
    lang
        Language of the picture.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    costs = [(p.seconds, p.total) for p in history if p.total is not None]
    bounds = [(p.seconds, p.bound) for p in history if p.bound is not None]
    if not costs:
        return None
    say, last = Words(lang), costs[-1][1]
    end = max(p.seconds for p in history) or 1.0
    proven = Cost(last, bounds[-1][1] if bounds else None).gap
    is_proven = proven is not None and proven < 1
    title = "charts.cost_title" if is_proven else "charts.cost_title_unproven"
    with drawing():
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        highest, top = max(v for _, v in costs), _ROOM * last or 1.0
        note = say("charts.cost_above", cost=highest) if highest > top else ""
        figure = new_sheet(say(title, cost=last, gap=proven), below=note)
        axes = figure.subplots()
        for points, color, dashes, name in (
            (costs, STRONG, "-", "charts.cost_of_roster"),
            (bounds, SOFT, (0, (5, 2)), "charts.proven_bound"),
        ):
            if points:
                times = [*(s for s, _ in points), end]
                values = [*(v for _, v in points), points[-1][1]]
                axes.step(times, values, where="post", color=color, lw=2.4, linestyle=dashes)
                is_below = points is bounds and values[-1] > _ROOM_BELOW * last
                axes.annotate(
                    f"{say(name)}: {say.number(values[-1])}",
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
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: say.number(round(v))))
        axes.set_xlabel(say("charts.seconds_axis"), color=QUIET)
        axes.set_ylabel(say("charts.cost_axis"), color=QUIET)
        axes.grid(alpha=0.3)
    return figure
