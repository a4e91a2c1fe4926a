"""All pictures of a roster, and the files they go into.

(`Problem`, `Roster`, history) -> figures by name -> PNG or SVG files.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shiftplan.files.whole import write_bytes
from shiftplan.options import check_options, lang_option
from shiftplan.present.charts.cost import draw_cost
from shiftplan.present.charts.coverage import draw_coverage
from shiftplan.present.charts.load import draw_load
from shiftplan.present.charts.map import draw_map
from shiftplan.present.charts.paper import drawing
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.equity import equity
from shiftplan.scoring.fairness import fairness
from shiftplan.solving.result import Progress
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Format = Literal["png", "svg"]
CHARTS = ("coverage", "load", "map", "cost")
"""Names of the pictures, which are the names of their files too."""


def draw_charts(
    problem: Problem,
    roster: Roster,
    *,
    history: Sequence[Progress] = (),
    lang: Lang = "en",
) -> dict[str, Figure]:
    """Draw every picture there is something to draw for, by its name in `CHARTS`.

    Parameters
    ----------
    problem, roster
        A week and any roster of it; unknown ids are not counted.
    history
        How cost and bound came about, such as `Result.history`.
    lang
        Language of what the pictures say.

    Raises
    ------
    InputError
        There is no such language.
    """
    check_options(lang_option(lang))
    found = {
        "coverage": draw_coverage(problem, roster, lang),
        "load": draw_load(fairness(problem, roster), lang),
        "map": draw_map(problem, equity(problem, roster), lang),
        "cost": draw_cost(history, lang),
    }
    return {name: figure for name, figure in found.items() if figure is not None}


def write_figures(
    figures: Mapping[str, Figure], folder: Path, kind: Format = "png"
) -> tuple[Path, ...]:
    """Write figures into an existing folder as NAME.png or NAME.svg, whole or not at all."""
    made: dict[Path, bytes] = {}
    with drawing():
        for name, figure in figures.items():
            data = io.BytesIO()
            still = {"Date": None} if kind == "svg" else {"Software": None}
            figure.savefig(data, format=kind, metadata=still)
            made[folder / f"{name}.{kind}"] = data.getvalue()
    write_bytes(made)
    return tuple(made)
