"""What all pictures share: the sheet, colours that survive black-and-white print, the letters.

Size, title and notes -> an empty matplotlib figure; figures -> PNG or SVG files.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from shiftplan.errors import MissingExtraError
from shiftplan.files.whole import write_bytes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Format = Literal["png", "svg"]
INK, QUIET, LINE, GROUND = "#1a1a1a", "#555555", "#cccccc", "#eef1f4"
STRONG, SOFT = "#0b4f8a", "#d55e00"
"""Colours of what is measured and of what it is measured against: dark and light in grey too."""
SHADES = ("#ffffff", "#fde3c4", "#f9b476", "#e2772f", "#a83e0c", "#5c1a02")
"""From nothing to most: each is darker than the one before it, in grey too."""
FILLS = (SHADES[0], *SHADES[2:])
"""Of the classes of fill, all filled first."""
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "axes.labelcolor": INK,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "svg.hashsalt": "shiftplan",
    "savefig.facecolor": "white",
}
WIDTH, HEIGHT = 12.0, 6.75
"""Inches: the shape of a slide, 16 by 9."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the style of all pictures; without matplotlib a clear `MissingExtraError`."""
    try:
        from matplotlib import rc_context
    except ModuleNotFoundError:
        raise MissingExtraError("matplotlib", "plots") from None
    with rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a box stands for it
        yield


def new_sheet(title: str, *, below: str = "", height: float = HEIGHT) -> Figure:
    """A white sheet with a title above on the left, and a note at the foot."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained", dpi=150)
    engine: Any = figure.get_layout_engine()
    engine.set(rect=(0.01, 0.3 / height, 0.98, 1 - 0.9 / height), wspace=0.06)
    figure.text(0.02, 1 - 0.35 / height, title, fontsize=15, fontweight="bold", va="center")
    if below:
        figure.text(0.02, 0.18 / height, below, fontsize=9.5, color=QUIET, va="center")
    return figure


def subtitle(axes: Axes, text: str) -> None:
    """What one part of a sheet shows."""
    axes.set_title(text, loc="left", fontsize=11, color=QUIET)


def short(name: str, most: int = 32) -> str:
    """A name that fits beside a picture: cut off where it is long, on one line."""
    plain = " ".join(name.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


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
