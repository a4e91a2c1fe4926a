"""Which languages the citizens of a center need to be helped in.

Tables languages, policy, skills and volunteers -> shares by center, for staffing and simulation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shiftplan.demand import policy_at

if TYPE_CHECKING:
    from shiftplan.problem import Problem


def language_shares(problem: Problem) -> Mapping[str, Mapping[str, float]]:
    """Parts of each center's citizens who need a language, 0 to 1.

    The table languages goes first where it has rows for a center. Elsewhere it is the part
    `language_share` of the center's policy, in the language of the area: the one that most of the
    volunteers with their home there hold at any level and date, or, where nobody there holds any,
    most of all volunteers; the first of the table skills among equals.

    Returns
    -------
    Mapping
        Center id -> skill id -> part above 0; every center stands in it, those without such
        citizens with nothing.
    """
    languages = [s.skill_id for s in problem.skills if s.kind == "language"]
    told: dict[str, dict[str, float]] = {}
    for row in problem.languages:
        told.setdefault(row.center_id, {})[row.skill_id] = row.share
    speakers = _speakers(problem, languages)
    shares: dict[str, dict[str, float]] = {}
    for center in problem.centers:
        own = told.get(center.center_id)
        if own is None and languages:
            count = speakers.get(center.center_id) or speakers[None]
            main = max(languages, key=count.__getitem__)
            own = {main: policy_at(center, problem.policy).language_share}
        shares[center.center_id] = {name: part for name, part in (own or {}).items() if part}
    return shares


def _speakers(problem: Problem, languages: list[str]) -> dict[str | None, Counter[str]]:
    """Home -> language -> people who hold it, if anybody does; None for people of all homes."""
    count: dict[str | None, Counter[str]] = {None: Counter()}
    for volunteer in problem.volunteers:
        held = {grant.skill_id for grant in volunteer.skills}.intersection(languages)
        if not held:
            continue
        count[None].update(held)
        if volunteer.home_center_id is not None:
            count.setdefault(volunteer.home_center_id, Counter()).update(held)
    return count
