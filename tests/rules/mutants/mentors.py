"""Wrong statements of the rule on novices who meet several mentors."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
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
    varied_mentors check:
        self.novice_level + 1 -> 1
        min(self.min_mentors, len(shifts)) -> self.min_mentors
        >= mentor_level -> > mentor_level
    """
)
