"""Which languages citizens need, center by center.

Tables languages, policy, skills and volunteers -> shares of citizens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from shiftplan.problem import Problem
from shiftplan.week.demand import Policy, policy_at


def language_shares(
    problem: Problem, policy_of: Mapping[str, Policy] | None = None
) -> dict[str, dict[str, float]]:
    """Center id -> language -> part of its citizens who need it, 0 to 1; parts of 0 are left out.

    A center without rows in the table languages has the `language_share` of its policy, and the
    language that most volunteers who live there speak, or else that most of all speak; the first
    of the table skills among equals. Policies are by center id; None for those of the problem.
    """
    told: dict[str, dict[str, float]] = defaultdict(dict)
    for row in problem.languages:
        told[row.center_id][row.skill_id] = row.share
    known = {s.skill_id: i for i, s in enumerate(problem.skills) if s.kind == "language"}
    speakers: dict[str | None, Counter[str]] = defaultdict(Counter)
    for volunteer in problem.volunteers:
        spoken = {g.skill_id for g in volunteer.skills} & known.keys()
        for home in {volunteer.home_center_id, None}:
            speakers[home].update(spoken)
    shares = {}
    for center in problem.centers:
        policy = (
            policy_at(center, problem.policy) if policy_of is None else policy_of[center.center_id]
        )
        own = told.get(center.center_id)
        if own is None and known:
            count = speakers[center.center_id] or speakers[None]
            language = min(known, key=lambda name: (-count[name], known[name]))
            own = {language: policy.language_share}
        shares[center.center_id] = {name: part for name, part in (own or {}).items() if part}
    return shares
