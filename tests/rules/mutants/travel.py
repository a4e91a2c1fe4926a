"""Wrong statements of the rules on ways between shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    travel_time _in_order:
        self.which, self.group -> self.which
        arrays.end[shift], arrays.start[shift], -> arrays.start[shift], arrays.end[shift],
        ids.__getitem__ -> lambda i: -i
    travel_time post:
        != arrays.center[shift[second]] -> == arrays.center[shift[second]]
        leave, start = (arrays.end -> leave, start = (arrays.start
        arrays.start[shift[second]]) -> arrays.end[shift[second]])
        here, there, leave -> there, here, leave
        both, 1 -> both, 2
    travel_time in_time:
        flown <= -> flown <
        np.any( -> np.all(
    travel_time _in_a_row:
        both - model.sum_entries(row, own[between], size) -> both
        first[row] + 1 + nth -> first[row] + nth
    max_travel post:
        self.tour == 'home' -> True
        center[first] != center[second] -> True
        center[first], center[second], self -> center[second], center[first], self
        - gone, 1) -> - gone, 2)
        day[first], len(days), minutes -> day[first], len(days)
        (home >= 0) & -> NOTHING
        (False, True) -> (False, False)
        (False, True) -> (True, True)
        if is_back else -> if not is_back else
        self.max_minutes, who -> self.max_minutes + 1, who
        pairs.person_day[own] -> pairs.volunteer[own]
    max_travel _at_an_end:
        if is_back else -> if not is_back else
        - others -> NOTHING
    """
)

WRONG_CHECKS = table(
    """
    travel_time check:
        arrival > start -> arrival >= start
        arrival is None or -> arrival is not None and
        ends[0] == ends[1] -> False
    max_travel check:
        minutes > most -> minutes >= most
        minutes - most, count -> minutes, count
        self.tour == 'home' -> True
        *(shift.center_id for shift in shifts), *ends] -> *(shift.center_id for shift in shifts)]
        s.day -> 0
    """
)
