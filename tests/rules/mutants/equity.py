"""Wrong statements of the rules on centers and areas."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    worst_center_first post:
        self.power - 1 -> self.power
        ** self.power -> ** 2
        + scale) // -> ) //
        empty.sum_by(center, -> empty.sum_by(0 * center,
        self.weight * -> NOTHING
    worst_center_first _empty:
        target[kept] -> target[kept] + 1
        skilled == (kind == 'skilled') -> skilled == (kind == 'people')
        arrays.center_of(needs)[kept]) -> 0 * kept)
        not n.is_of_heads -> (n.min_level or 0) > 1
    area_floor post:
        (1 - self.min_share) + _EPS) -> (1 - self.min_share) + _EPS) + 1
        1 - self.min_share -> self.min_share
        math.floor(wanted -> math.ceil(wanted
        (wanted // factor) -> (elsewhere // factor)
        _filled(model, others) * -> _filled(model, others) * 0 *
        in kept[~here] -> in kept[here]
        missing * (elsewhere // factor) -> missing * elsewhere
        np.where(here, 0, -1), 1 -> np.where(here, -1, 0), 1
    area_floor _empty:
        arrays.concerned(needs, which) -> np.full(len(needs), True)
    worst_center_first seats_empty:
        need.exclusive and is_of_kind(need, kind) -> need.exclusive
    area_floor _filled_exclusive:
        sets.outside -> sets.members
        len(shifts)), -1) -> len(shifts)), 0)
        chosen * most, most -> chosen * (most - 1), most - 1
    area_floor _filled:
        there - filled - full * beyond, 0) -> there - filled - full * 9, 9)
        full * beyond -> full * (beyond - 1)
        full * target - filled -> full * 0 - filled
        beyond > 0) -> beyond > 1)
    """
)

WRONG_CHECKS = table(
    """
    worst_center_first check:
        self.power, wanted, empty) -> self.power, wanted, 1)
    worst_center_first _cost:
        above + below // 2 -> above
        power - 1) -> power)
    area_floor check:
        math.ceil(self.min_share * wanted - _EPS) -> math.floor(self.min_share * wanted - _EPS)
        math.ceil(self.min_share * wanted - _EPS) -> math.ceil(self.min_share * wanted + _EPS)
        -(-filled_there * wanted // wanted_there) -> filled_there * wanted // wanted_there
        elif wanted_there -> elif wanted_there > 3
        filled < due -> filled + 1 < due
    """
)
