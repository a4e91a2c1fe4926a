"""How citizens and volunteers behave in a simulation, where the problem does not say it.

Options of a person -> the simulation.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shiftplan.week.fields import Frozen

AtClosing = Literal["finish", "cut"]


class Conduct(Frozen):
    """How citizens wait, how volunteers come, and how the day ends."""

    patience_minutes: float | None = Field(default=60.0, ge=0.1, le=1_000_000)
    """Mean minutes, exponential, after which waiting citizens give up; None for never.

    Where the table policy says `patience_minutes`, that holds.
    """
    everybody_comes: bool = False
    """Whether all who are assigned come; otherwise each comes with the own `show_rate`."""
    closing: AtClosing = "finish"
    """What the end of a person's time at work means for who waits then.

    With `finish` the person still helps citizens who came before it; with `cut` the person begins
    with nobody from then on. Who is being helped is helped to the end in any case.
    """
    without_language_factor: float = Field(default=1.5, ge=1, le=10)
    """Factor on the minutes to help somebody by a person who does not speak the language needed."""


USUAL = Conduct()
"""The defaults."""
