"""Wrong statements of the rule on one place at a time."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    one_place post:
        arrays.end[model.pairs.shift], side='left' -> arrays.end[model.pairs.shift], side='right'
        running, 1 -> running, 2
        arrays.end[model.pairs.shift] -> arrays.start[model.pairs.shift] + 1
    one_place exclusive:
        arrays.span -> arrays.day
    """
)

WRONG_CHECKS = table(
    """
    one_place check:
        < case.span -> <= case.span
    """
)
