"""The rule that brings those who hold a skill or language to where citizens need it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.errors.message import AtCenter, OfSkill
from shiftplan.rules.base import SPARED, Findings, Level, Priced, Weight, in_value, rnd
from shiftplan.rules.registry import rule
from shiftplan.week.fields import NameSet, Positive
from shiftplan.week.scope import is_at

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["SkillPlacement"]


@rule(order=80)
class SkillPlacement(Priced):
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
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 10
    """Mean cost of each hour of work for which nobody with the skill is there; a hard rule ignores
    it."""
    min_level: Annotated[Positive, in_value("min_level")] = 2
    """Lowest level of a service's skill that is placed; people below it are taken to be everywhere.
    Languages of the table `languages` are placed at level 1, whatever `min_level` is."""
    where: Annotated[NameSet, SPARED] = ()
    """Centers concerned: center ids, names in the column groups of centers, `minority`, `remote`,
    `other` or types of unit; empty for all centers."""
    sees = "part"
    topic = "Fair to communes"
    serves = "work"
    unit = "hours"
    example = (
        "Weight 10, 20 citizens x 30 min for skill portal 2: N = 10 hours. With two shifts of four "
        "hours by somebody who holds it, two hours are missing: rnd(1) + rnd(3) = 4."
    )

    def check(self, case: Case) -> Findings:
        for (center_id, skill, level), minutes in self._work(case).items():
            hours = math.ceil(minutes / 60 - 1e-9)
            given = case.minutes_held(skill, level).get(center_id)
            if self.where and not any(is_at(case.centers[center_id], n) for n in self.where):
                continue
            missing = 0 if given is None else hours - given // 60
            if missing > 0:
                prices = (rnd(self.weight * (2 * j - 1) / hours) for j in range(1, missing + 1))
                cost = 0 if self.hard else sum(prices)
                facts: dict[str, Any] = {"given": hours - missing, "hours": hours}
                facts["skill"] = OfSkill(skill, level)
                yield self.violation("", AtCenter(center_id), missing, cost=cost, **facts)

    def _work(self, case: Case) -> dict[tuple[str, str, int], float]:
        """(center id, skill, level) -> minutes of work that somebody with it is needed for."""
        needed: dict[tuple[str, str, int], float] = {}
        for center_id, rows in case.forecast.items():
            for skill, level in dict.fromkeys((s.skill_id, s.min_level) for s, _ in rows):
                if skill is not None and level >= self.min_level:
                    own = [m for s, m in rows if (s.skill_id, s.min_level) == (skill, level)]
                    needed[center_id, skill, level] = math.fsum(own)
        for row in case.week.languages:
            key = (row.center_id, row.skill_id, 1)
            spoken = row.share * math.fsum(m for _, m in case.forecast[row.center_id])
            needed[key] = max(needed.get(key, 0.0), spoken)
        return needed

    def post(self, model: Model) -> None:
        arrays, week = model.arrays, model.arrays.week
        work: list[list[float]] = [[] for _ in week.centers]
        parts: dict[tuple[int, str, int], list[float]] = {}
        for row, service, minutes in week.requests():
            center = arrays.center_index[row.center_id]
            work[center].append(minutes)
            if service.skill_id is not None and service.min_level >= self.min_level:
                kind = (center, service.skill_id, service.min_level)
                parts.setdefault(kind, []).append(minutes)
        wanted = {kind: math.fsum(minutes) for kind, minutes in parts.items()}
        for tongue in week.languages:
            center = arrays.center_index[tongue.center_id]
            spoken, kind = tongue.share * math.fsum(work[center]), (center, tongue.skill_id, 1)
            wanted[kind] = max(spoken, wanted.get(kind, 0.0))
        staffed = set(arrays.center.tolist()) & set(np.flatnonzero(arrays.at(self.where)).tolist())
        kinds = [kind for kind in wanted if kind[0] in staffed]
        hours = np.array([math.ceil(wanted[k] / 60 - 1e-9) for k in kinds], dtype=np.int64)
        row_of: dict[tuple[str, int], Array] = {}
        for i, (center, skill, level) in enumerate(kinds):
            row_of.setdefault((skill, level), np.full(arrays.num_centers, -1))[center] = i
        given = model.sum_pairs(np.full(len(model.pairs), -1), len(kinds))
        length = (arrays.end - arrays.start)[model.pairs.shift]
        for (skill, level), of_center in row_of.items():
            holds = arrays.holds(skill, level)[model.pairs.volunteer, model.pairs.shift]
            key = np.where(holds, of_center[model.pairs.center], -1)
            given = given + model.sum_pairs(key, len(kinds), length)
        if self.hard:
            where = np.array([center for center, *_ in kinds], dtype=np.int64)
            model.at_least(self, given, 60 * hours, where=where, place="center")
            return
        owner, nth = one_by_one(hours)
        costs = np.floor(self.weight * (2 * nth + 1) / hours[owner] + 0.5)
        model.steps(self, -given, -60 * hours, hours, costs, unit=60)

    def helpers(self, arrays: Arrays) -> Array:
        inside = arrays.at(self.where)[arrays.center]
        return np.broadcast_to(inside, (arrays.num_volunteers, arrays.num_shifts))
