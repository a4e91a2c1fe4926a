"""Wrong statements of the rules on where people work, and how far from home."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_distance forbid:
        None if v.mobile else -> NOTHING
        > limit[:, None] -> > limit[:, None] + 12
        (home != there) & -> (home == there) &
        > limit[:, None] -> >= limit[:, None]
        else km for -> else 0 for
        km_beside(home, -> km_beside(0 * home,
    max_distance _told:
        np.isnan(told) -> True
    max_distance driven:
        & (here != there) -> NOTHING
        speed_kmh / 60 -> speed_kmh // 60
    travel _km:
        arrays.home[model.pairs.volunteer] -> 0 * model.pairs.volunteer
    travel _told:
        np.isnan(told), km, told -> np.isnan(told), km, 0
    max_distance post:
        np.ceil( -> np.floor(
        self.weight * -> NOTHING
    travel post:
        mobile[model.pairs.volunteer] -> mobile[model.pairs.volunteer] & False
        km + 0.5 -> km
        self.weight * -> NOTHING
    one_center_per_day post:
        centers, 1 -> centers, 2
        model.pairs.person_day * -> model.pairs.volunteer *
        + model.pairs.center -> NOTHING
    max_centers post:
        self.max_centers -> self.max_centers - 1
        self.max_centers -> self.max_centers + 1
    max_centers _visited:
        + model.pairs.center -> NOTHING
    continuity post:
        < 0, 1, 0 -> < 0, 0, 0
        < 0, 1, 0 -> < 0, 2, 0
        < 0, 1, 0 -> < 0, 1, 1
        center == last[who] -> False
        self.which == Which(where=self.where) -> True
        arrays.at(self.where) -> arrays.at(())
    continuity _visited:
        visits, arrays.num_centers -> visits, arrays.num_centers + 1
    """
)

WRONG_CHECKS = table(
    """
    one_center_per_day check:
        len(there) - 1 -> 1
    continuity check:
        - 1 -> NOTHING
    continuity _last:
        or not self.remembers -> NOTHING
        self.where and (not -> self.where and (
    """
)
