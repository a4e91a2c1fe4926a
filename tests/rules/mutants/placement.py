"""Wrong statements of the rule on people where citizens need their skills."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    skill_placement post:
        >= self.min_level -> > self.min_level
        - 1e-09 -> + 0.5
        2 * nth + 1 -> 2 * nth
        unit=60 -> unit=50
        -60 * hours -> -60 * hours + 59
        kind[0] in staffed -> True
        max(spoken, wanted.get(kind, 0.0)) -> spoken
        tongue.share * -> NOTHING
        (skill, level)[model -> (skill, 1)[model
        hours[owner] + 0.5 -> hours[owner]
    """
)

WRONG_CHECKS = table(
    """
    skill_placement check:
        hours - given // 60 -> hours - (given + 59) // 60
        get(center_id) -> get(center_id, 0)
    skill_placement _work:
        level >= self.min_level -> level > self.min_level
        max(needed.get(key, 0.0), spoken) -> needed.get(key, 0.0) + spoken
    """
)
