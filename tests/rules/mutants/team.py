"""Wrong statements of the rules on who works with whom."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    qualified forbid:
        ~arrays.holds -> arrays.holds
        str(skill), level -> str(skill), 1
        str(skill), level -> str(skill), level + 1
        if s.skill_id} -> if s.skill_id and s.min_level > 1}
    qualified post:
        - held -> - 0 * held
        [who, model.pairs.day] -> [who, 0 * who]
        self.weight * -> NOTHING
    mentor post:
        level <= self.novice_level -> level < self.novice_level
        level >= self.mentor_level -> level > self.mentor_level
        novice - self.novices_per_mentor * mentor -> self.novices_per_mentor * novice - mentor
        novice - self.novices_per_mentor * mentor -> novice - mentor
        level >= self.mentor_level -> level > self.novice_level
    never_alone post:
        arrays.holds(self.skill, self.min_level) -> arrays.holds(self.skill, 1)
        novice * self.min_people -> novice
        & ~able -> NOTHING
        - skilled, 0 -> - skilled, 1
    together post:
        float(member.sum()) -> float(member.sum() - 1)
        missing, 0 -> missing, 1
        float(member.sum()) -> float(member[model.pairs.volunteer].any())
        in_group((name,)) -> in_group(self.group)
    apart post:
        count, self.max_people -> count, self.max_people + 1
        count, self.max_people -> count, 1
        (name,) -> self.group
        (name,) -> ()
    mentored post:
        self.min_shifts - before -> self.min_shifts
        np.minimum(arrays.offered_of(self.which), missing) -> missing
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
    mentor check:
        >= self.mentor_level -> > self.mentor_level
    never_alone check:
        is_concerned and -> NOTHING
    together check:
        0 < count < -> 0 <= count <
    mentored check:
        self.min_shifts - before -> self.min_shifts
        case.horizon.start -> case.horizon.end
        if volunteer.level(skill, shift.day) <= self.novice_level -> if True
        level >= mentor_level -> level > mentor_level
        max(self.mentor_level, self.novice_level + 1) -> self.mentor_level
    """
)
