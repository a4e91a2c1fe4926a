"""Wrong statements of the rules on ways between shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    travel_time post:
        arrays.in_group(self.group) -> arrays.in_group(())
        != arrays.center[shift[second]] -> == arrays.center[shift[second]]
        leave, start = (arrays.end -> leave, start = (arrays.start
        arrays.start[shift[second]]) -> arrays.end[shift[second]])
        here, there, leave -> there, here, leave
        arrays.end[shift], arrays.start[shift], -> arrays.start[shift], arrays.end[shift],
        ids.__getitem__ -> lambda i: -i
    travel_time in_time:
        np.any( -> np.all(
    travel_time _limit:
        both - parted -> both
        parted, 1 -> parted, 2
        first[row] + 1 + nth -> first[row] + nth
    """
)

WRONG_CHECKS = table(
    """
    travel_time check:
        arrival > start -> arrival >= start
        arrival is None or -> arrival is not None and
        ends[0] == ends[1] -> False
    """
)
