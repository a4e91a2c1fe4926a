"""Wrong statements of the rule on alternative shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    one_alternative post:
        of_group.take(where), 1 -> of_group.take(where), 2
        of_group.take(where), 1 -> of_group.take(where), 0
    """
)

WRONG_CHECKS = table(
    """
    one_alternative check:
        len(held) > 1 -> len(held) > 2
        len(held) > 1 -> len(held) > 0
    """
)
