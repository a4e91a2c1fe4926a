"""Wrong statements of the rules on seats filled, empty and too many."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    coverage post:
        seat <= minimum -> seat < minimum
        , 4, 1) -> , 3, 1)
        1 + (target[owner] - seat) -> (target[owner] - seat)
        * share + 0.5 -> * share
        priority[owner] * -> NOTHING
        self, missing, -target, target -> self, missing, -minimum, target
        arrays.center[where] -> where * 0
    minimum_coverage post:
        n.minimum for -> n.target for
        n.minimum for -> n.minimum + 1 for
        at_least -> at_most
    minimum_coverage _named:
        concerned[arrays.shift_index[n.shift_id]] -> True
    shortage post:
        n.target for -> n.minimum for
        n.target for -> n.target - 1 for
        at_least -> at_most
    shortage _named:
        concerned[arrays.shift_index[n.shift_id]] -> not concerned[arrays.shift_index[n.shift_id]]
    surplus post:
        n.target for -> n.minimum for
        at_most -> at_least
        counted, target -> counted, target + 1
    surplus counted_pairs:
        arrays.holds(skill, level) -> arrays.holds(skill, level + 1)
        arrays.holds(skill, level) -> arrays.holds(skill, 1)
        key = np.where(holds, key, -1) -> pass
    surplus people_counted:
        key, len(requirements)) -> key, len(requirements), 2.0)
    """
)

WRONG_CHECKS = table(
    """
    coverage check:
        seat <= need.minimum -> seat < need.minimum
        range(filled + 1, target + 1) -> range(filled + 1, target)
    """
)
