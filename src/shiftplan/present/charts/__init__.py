"""Pictures for slides, in PNG or SVG: empty seats, loads, a map of centers, cost over time.

(`Problem`, `Roster`, `Result`) -> matplotlib figures -> files. Needs the extra `plots`; matplotlib
is imported when a picture is drawn, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.charts.cost import draw_cost as draw_cost
from shiftplan.present.charts.coverage import draw_coverage as draw_coverage
from shiftplan.present.charts.figures import draw_load as draw_load
from shiftplan.present.charts.figures import draw_map as draw_map
from shiftplan.present.charts.paper import Format as Format
from shiftplan.present.charts.paper import write_figures as write_figures
from shiftplan.problem import Problem
from shiftplan.scoring.equity import equity
from shiftplan.scoring.fairness import fairness
from shiftplan.solving.result import Progress
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHARTS = ("coverage", "load", "map", "cost")
"""Names of the pictures, which are the names of their files too."""


def draw_charts(
    problem: Problem, roster: Roster, *, history: Sequence[Progress] = (), lang: str = "en"
) -> dict[str, Figure]:
    """Draw every picture there is something to draw for, by its name in `CHARTS`.

    Parameters
    ----------
    problem, roster
        A week and any roster of it; unknown ids are not counted.
    history
        How cost and bound came about, such as `Result.history`.
    lang
        Language of the pictures.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    found = {
        "coverage": draw_coverage(problem, roster, lang),
        "load": draw_load(fairness(problem, roster), lang),
        "map": draw_map(problem, equity(problem, roster), lang),
        "cost": draw_cost(history, lang),
    }
    return {name: figure for name, figure in found.items() if figure is not None}
