"""Why a person is on a list, in a few words.

(`Facts`, person, shift) -> text in English or Vietnamese.
"""

from __future__ import annotations

import numpy as np

from shiftplan.analysis.reserves.facts import Facts
from shiftplan.case.arrays import PREFERRED, UNDESIRED
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import joined
from shiftplan.rules.base import rnd


def reason(facts: Facts, person: int, shift: int, *, is_listed: bool, lang: Lang) -> str:
    """Say for what the person counts, how far they have to go, their load, and their wish.

    `is_listed` tells that the person is on another list for this time.
    """
    words, one = TEXTS[lang], np.array([person])
    parts = [_what_for(facts, person, shift, lang)]
    km = facts.km(one, shift)[0]
    if facts.is_home(one, shift)[0]:
        parts.append(words["home center"])
    elif np.isfinite(km):
        parts.append(words["km away"].format(rnd(km)))
    parts.append(words["used"].format(facts.worked[person], facts.offered[person]))
    state = facts.state(one, shift)[0]
    if state == PREFERRED:
        parts.append(words["prefers"])
    elif state == UNDESIRED:
        parts.append(words["would rather not"])
    if is_listed:
        parts.append(words["on another list"])
    return ", ".join(parts)


def _what_for(facts: Facts, person: int, shift: int, lang: Lang) -> str:
    """Skills of the shift's requirements that count the person, each with the highest level."""
    words = TEXTS[lang]
    levels: dict[str, int] = {}
    for need, _ in facts.risks[shift]:
        skill = need.skill_id
        if skill is not None and facts.counts(need, np.array([person]), shift)[0]:
            levels[skill] = max(levels.get(skill, 1), need.min_level or 1)
    if not levels:
        return words["one more"]
    names = {s.skill_id: s.name or s.skill_id for s in facts.problem.skills}
    skills = [names[k] + (f" {level}" if level > 1 else "") for k, level in levels.items()]
    return words["counts for"].format(joined(skills, lang))
