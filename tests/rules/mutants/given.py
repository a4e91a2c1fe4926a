"""Wrong statements of the rules on what is given."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    pins post:
        pin.state == 'must' -> pin.state == 'must_not'
        works, 1, -> works, 0,
        self, works -> self, -works
    pins forbid:
        pin.state == 'must_not' -> pin.state == 'must'
        True -> False
    available forbid:
        arrays.state_inside < 0 -> arrays.state_inside < 1
        > self.max_minutes -> >= self.max_minutes
    available post:
        np.minimum(outside, self.max_minutes) -> outside
        arrays.outside[who, span], 0 -> 1, 0
        self.weight -> 1
    occupied forbid:
        arrays.occupied -> ~arrays.occupied
    stability post:
        self.weight + np -> np
        self.told_weight if p.told else 0 -> 0 if p.told else self.told_weight
        (key < 0) & model.meant(self.which, self.group) -> key < 0
        .complement() -> NOTHING
        arrays.in_group(self.group)[who] & -> NOTHING
        & arrays.in_set(self.which)[where] -> NOTHING
    stability forbid:
        forbidden[arrays.who(published), arrays.where(published)] = False -> NOTHING
        in_set(self.which) -> in_set(())
    """
)

WRONG_CHECKS = table(
    """
    pins check:
        works == (pin.state == 'must_not') -> works == (pin.state == 'must')
    available check:
        is not None -> is None
        min(outside, self.max_minutes) -> outside
        outside > self.max_minutes -> outside >= self.max_minutes
    occupied check:
        [:1] -> [:0]
    stability check:
        is_new or not told[who, where] -> is_new
        worked ^ told.keys() -> told.keys() - worked
    """
)
