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
    """
)

WRONG_CHECKS = table(
    """
    together check:
        0 < count < -> 0 <= count <
    """
)
