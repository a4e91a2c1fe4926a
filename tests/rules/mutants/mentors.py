"""Wrong statements of the rules on novices who learn beside mentors."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    mentored post:
        self.min_shifts - before -> self.min_shifts
        np.minimum(arrays.offered_of(self.which), missing) -> missing
        level[:, 0] <= -> level[:, -1] <=
        held <= self.novice_level -> held <= 9
        (held > self.novice_level) -> (held > -1)
        model.define_at_most(mentored - worked, 0) -> pass
        model.define_at_most(mentored - there.take(row), 0) -> pass
        - mentors, 0 -> - mentors, 1
        company[asked] -> at[asked]
    mentored _implied_by:
        (rule.per in ('shift', self.per)) and -> NOTHING
        rule.per in ('shift', self.per) -> rule.per == 'moment'
        rule.hard and -> NOTHING
        (rule.skill == self.skill) and -> NOTHING
        rule.novice_level >= self.novice_level -> True
        rule.mentor_level >= -> 9 >=
    varied_mentors post:
        held >= self.mentor_level -> held > self.mentor_level
        & (held > self.novice_level) -> NOTHING
        held <= self.novice_level -> held < self.novice_level
        model.meant(self.which, self.group) -> model.meant(self.which)
        together - model.columns(own), 0 -> together - model.columns(own), 1
        together - model.columns(other), 0 -> together - model.columns(other), 1
        keys // people -> keys % people
        lacking, 0 -> lacking, 1
    """
)

WRONG_CHECKS = table(
    """
    mentored check:
        self.min_shifts - before -> self.min_shifts
        case.horizon.start -> case.horizon.end
        if volunteer.level(skill, shift.day) <= self.novice_level -> if True
        max(self.mentor_level, self.novice_level + 1) -> self.mentor_level
    mentored mentors_of:
        other.day) >= level -> other.day) > level
        mentors and start > reached -> False
        start > reached -> start >= reached
        found if reached >= end else set() -> found
        max(reached, until) if mentors else reached -> until
        case.beside(shift) if per == 'moment' else (shift,) -> (shift,)
        case.beside(shift) if -> case.all_shifts if
        other.day -> shift.day
    varied_mentors check:
        self.novice_level + 1 -> 1
        min(self.min_mentors, len(shifts)) -> self.min_mentors
        >= mentor_level -> > mentor_level
    """
)
