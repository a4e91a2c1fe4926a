"""Wrong statements of the rules about those who work."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_active_people post:
        self.from_shifts == 1 -> self.from_shifts >= 1
        most >= self.from_shifts -> most > self.from_shifts
        most[people] - self.from_shifts + 1 -> most[people] - self.from_shifts
        - more, self.from_shifts - 1 -> - more, self.from_shifts
        total, self.max_people -> total, self.max_people + 1
        self.group -> ()
    max_shifts_spread post:
        self.parameter + top -> self.parameter + top - 1
        most + short, self.parameter -> most, self.parameter
        active * top - load -> active - load
        load - most.take(each), 0 -> load - most.take(each), 1
        key[key >= 0] -> key[key > 0]
        self.group -> ()
    max_minutes_spread post:
        self._amounts(model.arrays)[model.pairs.shift] -> 240
        active * top - load -> active * 240 - load
        model.new_columns(1, top) -> model.new_columns(1)
    """
)

WRONG_CHECKS = table(
    """
    max_active_people check:
        count > most -> count >= most
    max_active_people _counts:
        >= self.from_shifts -> > self.from_shifts
        and case.is_member(volunteer, self.group) -> NOTHING
    max_shifts_spread _load:
        not worked or -> NOTHING
        or not case.is_member(volunteer, self.group) -> NOTHING
    max_shifts_spread check:
        most - fewest - limit -> most - limit
        beyond > 0 -> beyond >= 0
    max_minutes_spread check:
        most - fewest - limit -> most - fewest
    """
)
