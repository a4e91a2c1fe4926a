"""Wrong statements of the rules on people who may stay away."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    show_up post:
        n.minimum for -> n.target for
        people - least + 1 -> people - least
        least, people - least + 1 -> 1, people
        part + bit <= 100 -> True
        100 * minimum, -> 99 * minimum,
        self.chance_percent / 100 -> 0.9
        - 1e-09 -> + 1e-09
        2, 1) -> 2)
        64, 32, -> 32,
        least_of[found.need] -> 0
        rate_of[found.volunteer] -> 0
    """
)

WRONG_CHECKS = table(
    """
    show_up check:
        100 * least - -> 100 * need.target -
        missing <= 0 -> missing <= 1
        case.fitting(need) -> case.people_in[need.shift_id]
    show_up _part:
        1e-09 -> 0.01
        low, high = (0, 100) -> low, high = (0, 120)
        low, high = (0, 100) -> low, high = (1, 100)
    show_up _chance:
        people - least + 1 -> people - least
        range(1, least) -> range(1, least + 1)
    """
)
