"""Which engines search side by side, and why.

`Program` -> `Choice`s, one for each worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from shiftplan.model import Program

_MANY_PAIRS = 3_000
"""Pairs from which an exact search alone is not enough."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine for a worker."""

    engine: str
    """Name of the engine."""
    why: str
    """What it is there for."""


_GUIDED = Choice("neighborhoods", "rosters near the relaxation, improved part by part")
_EXACT = Choice("mip", "the bound, and proof where it can be had")
_FIRST = Choice("cpsat", "a first roster, where none could be built work by work")


def line_up(program: Program, workers: int, *, started: bool) -> list[Choice]:
    """Engines for a program: one for the bound, and what finds rosters beside it.

    `started` tells whether a roster is known, or certain to be.
    """
    many = program.num_pairs > _MANY_PAIRS
    if started:
        chosen = [_GUIDED] if many and workers == 1 else [_EXACT, _GUIDED]
    else:
        chosen = [_FIRST, _GUIDED] if many else [_EXACT, _FIRST]
    return [*chosen, *[_GUIDED] * (workers - len(chosen))][:workers]
