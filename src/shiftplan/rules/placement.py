"""A rule that brings skills and languages to the centers whose citizens need them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtCenter, OfSkill
from shiftplan.rules.base import SoftRule, Violation, Weight, in_value, rnd
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Positive

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["SkillPlacement"]


@rule(order=80)
class SkillPlacement(SoftRule):
    """People who hold a skill or language work where citizens need it, in proportion to the work.

    The work is the forecast at a center: arrivals x minutes_per_citizen of each
    service, added by the service's skill and level, from `min_level` on. Of each language that
    the table languages names for the center, at level 1, it is that share of all work there, if
    no service asks for more of it. Centers without a shift are not concerned. An hour counts for
    every skill and language of the person who works it.

    Amount: hours, begun ones whole, by which those who hold the skill at the level on the day work
    less at the center than the work, rounded up to N hours. Cost: the j-th missing hour costs
    rnd(weight x (2 j - 1) / N).
    """

    rule: Literal["skill_placement"] = "skill_placement"
    weight: Weight = 10
    """Mean cost of each hour of work for which nobody with the skill is there."""
    min_level: Annotated[Positive, in_value("min_level")] = 2
    """Lowest level of a service's skill that is placed; people below it are taken to be everywhere.
    Languages of the table `languages` are placed at level 1, whatever `min_level` is."""
    sees = "part"
    topic = "Fair to communes"
    serves = "work"
    unit: ClassVar[str] = "hours"
    example: ClassVar[str] = (
        "Weight 10, 20 citizens x 30 min for skill portal 2: N = 10 hours. With two shifts of four "
        "hours by somebody who holds it, two hours are missing: rnd(1) + rnd(3) = 4."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for (center_id, skill, level), minutes in self._work(case).items():
            hours = math.ceil(minutes / 60 - 1e-9)
            given = case.minutes_held(skill, level).get(center_id)
            missing = 0 if given is None else hours - given // 60
            if missing > 0:
                cost = sum(rnd(self.weight * (2 * j - 1) / hours) for j in range(1, missing + 1))
                facts = {"given": hours - missing, "hours": hours, "skill": OfSkill(skill, level)}
                where, code = AtCenter(center_id), "rules.skill_placement"
                yield self.violation("", where, missing, code, cost, **facts)

    def _work(self, case: Case) -> dict[tuple[str, str, int], float]:
        """(center id, skill, level) -> minutes of work that somebody with it is needed for."""
        needed: dict[tuple[str, str, int], float] = {}
        for center_id, rows in case.forecast.items():
            for skill, level in {(s.skill_id, s.min_level) for s, _ in rows}:
                if skill is not None and level >= self.min_level:
                    own = [m for s, m in rows if (s.skill_id, s.min_level) == (skill, level)]
                    needed[center_id, skill, level] = math.fsum(own)
        for row in case.week.languages:
            key = (row.center_id, row.skill_id, 1)
            spoken = row.share * math.fsum(m for _, m in case.forecast[row.center_id])
            needed[key] = max(needed.get(key, 0.0), spoken)
        return needed

    def post(self, model: Model) -> None:
        arrays = model.arrays
        problem = arrays.week
        services = {s.service_id: s for s in problem.services}
        work: list[list[float]] = [[] for _ in problem.centers]
        parts: dict[tuple[int, str, int], list[float]] = {}
        for row in problem.demand:
            center, service = arrays.center_index[row.center_id], services[row.service_id]
            minutes = row.arrivals * service.minutes_per_citizen
            work[center].append(minutes)
            if service.skill_id is not None and service.min_level >= self.min_level:
                kind = (center, service.skill_id, service.min_level)
                parts.setdefault(kind, []).append(minutes)
        wanted = {kind: math.fsum(minutes) for kind, minutes in parts.items()}
        for tongue in problem.languages:
            center = arrays.center_index[tongue.center_id]
            spoken = tongue.share * math.fsum(work[center])
            kind = (center, tongue.skill_id, 1)
            wanted[kind] = max(spoken, wanted.get(kind, 0.0))
        staffed = set(arrays.center.tolist())
        kinds = [kind for kind in wanted if kind[0] in staffed]
        hours = np.array([math.ceil(wanted[k] / 60 - 1e-9) for k in kinds], dtype=np.int64)
        row_of: dict[tuple[str, int], np.ndarray] = {}
        for i, (center, skill, level) in enumerate(kinds):
            row_of.setdefault((skill, level), np.full(arrays.num_centers, -1))[center] = i
        given = model.sum_pairs(np.full(len(model.pairs), -1), len(kinds))
        length = (arrays.end - arrays.start)[model.pairs.shift]
        for (skill, level), of_center in row_of.items():
            holds = arrays.holds(skill, level)[model.pairs.volunteer, model.pairs.shift]
            key = np.where(holds, of_center[model.pairs.center], -1)
            given = given + model.sum_pairs(key, len(kinds), length)
        owner = np.repeat(np.arange(len(kinds)), hours)
        nth = np.arange(len(owner)) - np.repeat(np.cumsum(hours) - hours, hours) + 1
        costs = np.floor(self.weight * (2 * nth - 1) / hours[owner] + 0.5)
        model.steps(self, -given, -60 * hours, hours, costs, unit=60)
