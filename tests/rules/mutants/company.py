"""Wrong statements of the rules on who is beside whom."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    mentor roles:
        level <= self.novice_level -> level < self.novice_level
        level >= self.mentor_level -> level > self.mentor_level
        level >= self.mentor_level -> level > self.novice_level
    mentor post:
        novice - self.novices_per_mentor * mentor -> self.novices_per_mentor * novice - mentor
        novice - self.novices_per_mentor * mentor -> novice - mentor
        - mentors * self.novices_per_mentor -> - mentors
        self.per == 'shift' -> True
    mentor _people:
        self.per == 'shift' -> True
        exact=True -> exact=False
    mentor people_at:
        model.pairs.volunteer[pair] -> 0 * pair
    mentor _together:
        [shift[pair]] + nth -> [shift[pair]]
    mentor _companies_of:
        self.per == 'moment' -> False
    never_alone post:
        arrays.holds(self.skill, self.min_level) -> arrays.holds(self.skill, 1)
        novice * self.min_people -> novice
        & ~able -> NOTHING
        lacking, 0 -> lacking, 1
        self._people(model, able) -> self._people(model, able & model.meant(self.which))
    """
)

WRONG_CHECKS = table(
    """
    mentor check:
        >= self.mentor_level -> > self.mentor_level
        case.is_meant(shift, self.which) -> True
    mentor _companies:
        [1] > start -> [1] >= start
        in there for v -> in there[-1:] for v
        self.per == 'shift' -> True
        == start -> <= start + 120
    never_alone check:
        is_concerned and len -> len
        elif case.is_meant(shift, self.which) -> elif True
    """
)
