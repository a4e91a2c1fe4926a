"""Wrong statements of the rules on shifts beside a mentor."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    mentored post:
        before.get(name, 0) -> 0
        min(most[i], -> max(0,
        level[:, 0] <= -> level[:, -1] <=
        held <= self.novice_level -> held <= 9
        (held > self.novice_level) -> (held > -1)
        model.define_at_most(mentored - worked, 0) -> pass
        model.define_at_most(mentored - there.take(row), 0) -> pass
        there - model.sum_pairs(key, len(shifts)) -> there - there
    mentored _implied_by:
        rule.hard and -> NOTHING
        (rule.skill == self.skill) and -> NOTHING
        rule.novice_level >= self.novice_level -> True
        rule.mentor_level >= -> 9 >=
    """
)

WRONG_CHECKS = table(
    """
    mentored check:
        self.min_shifts - before -> self.min_shifts
        case.horizon.start -> case.horizon.end
        if volunteer.level(self.skill, shift.day) <= self.novice_level -> if True
        level >= mentor_level -> level > mentor_level
        max(self.mentor_level, self.novice_level + 1) -> self.mentor_level
    """
)
