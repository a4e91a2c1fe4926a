"""A requirement, how it comes about, and the sentence that says so.

`Line` and `Team`s -> `DerivedRequirement` -> reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from shiftplan.citizens.staffing.line import Line, Team
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import decimal, figure
from shiftplan.week.demand import Policy
from shiftplan.week.records import Requirement


@dataclass(frozen=True, slots=True)
class DerivedRequirement:
    """A requirement, and how it comes about."""

    requirement: Requirement
    """What is asked for."""
    services: tuple[str, ...]
    """Ids of the services whose citizens it is for."""
    line: Line
    """Those citizens, in one line."""
    minimum: Team
    """Fewest people who keep the promise of the minimum, before limits."""
    target: Team
    """Fewest people who keep the promise of the target, before limits."""
    policy: Policy
    """What the citizens are promised."""
    busiest: str
    """The slot with the highest load, such as 09:00-10:00, wall-clock time."""

    def reason(self, lang: Lang) -> str:
        """How the figures come about, in a sentence that can be recomputed by hand.

        It is about the slot with the highest load.
        """
        check_options(lang_option(lang))
        words, line, policy, asked = TEXTS[lang], self.line, self.policy, self.requirement
        slot, target, minimum = line.peak, self.target.people, self.minimum.people
        visits, work, part = line.arrivals_per_hour[:, slot].sum(), line.work[slot], line.part[slot]
        minutes = 60 * work / visits if visits else 0.0
        services = ", ".join(self.services)
        text = words["busy"].format(
            self.busiest,
            figure(visits, lang),
            services if part == 1 else words["part"].format(_percent(part, lang), services),
            figure(minutes, lang),
            figure(work, lang, 2),
        )
        if figure(work, lang, 2) != figure(line.busy[slot], lang, 2):
            text += words["with lag"].format(figure(line.busy[slot], lang, 2))
        prompt = target
        if line.busy[slot] > policy.most_utilization * (target - 1):
            prompt = line.smaller(policy, policy.target_level, self.target).people
        levels = (_percent(x, lang) for x in (policy.target_level, policy.minimum_level))
        within = decimal(policy.within_minutes, lang)
        text += words["promise"].format(next(levels), within, prompt, next(levels), minimum)
        if policy.tolerance:
            text += words["tolerance"].format(_percent(policy.tolerance, lang))
        if prompt < target:
            text += words["too busy"].format(_percent(policy.most_utilization, lang), target)
        if asked.target < target:
            text += words["room"].format(asked.target)
        if asked.target > target or asked.minimum > minimum:
            text += words["presence"].format(asked.minimum)
        return text


def _percent(share: float, lang: Lang) -> str:
    """A share without needless decimals, such as 80%, with the decimal sign of the language."""
    return f"{decimal(100 * share, lang)}%"


def within(need: DerivedRequirement, least: int, most: int | None) -> DerivedRequirement:
    """The need with its figures not below `least` and not above `most`."""
    asked = need.requirement
    limit = math.inf if most is None else most
    minimum = int(min(limit, max(least, asked.minimum)))
    target = int(min(limit, max(least, asked.target)))
    return replace(
        need, requirement=asked.model_copy(update={"minimum": minimum, "target": target})
    )


def both(one: DerivedRequirement, other: DerivedRequirement) -> DerivedRequirement:
    """The larger of two needs of the same ability, with the higher minimum."""
    minimum = max(one.requirement.minimum, other.requirement.minimum)
    larger = max(one, other, key=lambda need: need.requirement.target)
    asked = larger.requirement.model_copy(update={"minimum": minimum})
    return replace(larger, requirement=asked)
