"""Wrong statements of the rules on wishes."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    wish_equality post:
        times // spans -> 0 * times
        np.where(meant & ~against, people, -1) -> np.where(meant & against, people, -1)
        n = stated + undesired.sum(axis=1) -> n = stated + undesired.sum(axis=1) + 1
        arrays.state == UNDESIRED -> arrays.state > UNDESIRED
        np.minimum(undesired.sum(axis=1), model.most_shifts) -> 0
        + k) - 1 -> + k) + 1
        before[v] + k -> k
        n + stated_before -> n
        arrays.in_group(self.group) -> True
        shares * arrays.wish_share[v] -> shares
    wish forbid:
        == UNDESIRED -> >= UNDESIRED
        arrays.in_set(self.which)[None, :] -> True
    wish post:
        0.2)) -> 0.25))
        + 0.5 -> + 0.0
        np.where(state == PREFERRED, 0.0, 0.2) -> np.where(state == PREFERRED, 0.2, 0.0)
        self.weight * own -> self.weight
    preferences _granted:
        exact=True -> exact=False
        (model.pairs.day[own] == day) & in_set(wish.shifts)[shift] -> model.pairs.day[own] == day
    preferences post:
        == 'against' -> == 'for'
        w.weight for -> 1 for
        weight * model.arrays.wish_share[people] -> weight
        (worked.complement(), ~against) -> (worked.complement(), ~against & (people < 0))
    """
)

WRONG_CHECKS = table(
    """
    wish_equality check:
        of ** 2 -> of
        before + k -> k
        ** 2 * own -> ** 2
    wish check:
        rnd( -> int(
        self.weight * (volunteer.wish_percent / 100) -> self.weight
    preferences check:
        (volunteer.wish_percent / 100) -> 1
    """
)
