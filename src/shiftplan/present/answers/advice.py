"""Advice in words.

`Advice` -> sentences, and JSON with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shiftplan.analysis.advice import (
    Advice,
    Filling,
    Gain,
    Lack,
    ProposedCourse,
    Step,
    TrainedTogether,
)
from shiftplan.errors.message import OfSkill
from shiftplan.present.answers.courses import CourseWords, rows_of
from shiftplan.present.naming import Names, named, why
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.week.json_form import by_language


class AdviceWords:
    """Sentences about the advice on one problem."""

    def __init__(self, problem: Problem, lang: Lang) -> None:
        self._names = Names(problem, lang)
        self._say = self._names.say
        self._courses = CourseWords(self._names)

    def step(self, step: Step) -> str:
        """What a step changes, without a full stop."""
        say, person = self._say, step.person
        figures = {"before": step.before, "after": step.after}
        if person is None:
            who = "–" if step.center is None else self._names.center(step.center.center_id)
            return say("advice.capacity", who=who, **figures)
        home = "–" if person.home_center_id is None else self._names.center(person.home_center_id)
        when = say.list(self._names.time(w.start, w.end) for w in step.windows)
        if step.kind == "volunteer":
            skills = say.list(self._names.skill(g.skill_id, g.level) for g in person.skills)
            holds = say("advice.holds", skills=skills) if skills else say("advice.holds_nothing")
            return say("advice.volunteer", home=home, holds=holds, when=when)
        who = named(person.name, person.volunteer_id)
        if person.home_center_id is not None:
            who = f"{who}, {home}"
        if step.grant is not None:
            code = "advice.training" if step.before else "advice.training_new"
            return say(code, who=who, skill=OfSkill(step.grant.skill_id), **figures)
        return say(f"advice.{step.kind}", who=who, when=when, **figures)

    def gain(self, gain: Gain) -> str:
        """What a step changes and what it gains."""
        say = self._say
        text = say(
            "advice.costs_unknown" if gain.at_most is None else "advice.costs",
            step=self.step(gain.step),
            fills=self._fills(gain.seats),
            cost=-gain.total,
            best=None if gain.at_most is None else -gain.at_most,
        )
        if gain.without is None:
            text += " " + say("advice.without_unknown")
        elif gain.without:
            text += " " + say("advice.without", gain=gain.without)
        return text

    def together(self, found: TrainedTogether) -> str:
        """What several trainings gain at once."""
        fills, people = self._fills(found.seats), len(found.steps)
        return self._say("advice.together", people=people, fills=fills, cost=-found.total)

    def advice(self, advice: Advice) -> Iterator[str]:
        """All of it, line by line."""
        yield from map(self.gain, advice.gains)
        if not advice.gains:
            yield self.none(advice)
        if advice.together is not None:
            yield self.together(advice.together)
        yield from self.trials(advice)
        yield from self.courses(advice)
        if advice.filling is not None:
            yield from self.filling(advice.filling)

    def none(self, advice: Advice) -> str:
        """Why no step is told."""
        is_priced = advice.bound is not None
        is_known = is_priced and (advice.promising > advice.undecided or not advice.undecided)
        return self._say("advice.none" if is_known else "advice.no_time")

    def trials(self, advice: Advice) -> list[str]:
        """How many steps were priced and tried, and of how many nothing is known."""
        priced = sum(advice.examined.values())
        lines = [self._say("advice.tried", priced=priced, tried=advice.tried)]
        if advice.undecided:
            lines.append(self._say("advice.undecided", undecided=advice.undecided))
        return lines

    def course(self, course: ProposedCourse) -> str:
        """What a course teaches whom, when and where, and what it gains."""
        return self._courses.course(course, self._fills(course.seats))

    def courses(self, advice: Advice) -> Iterator[str]:
        """The courses proposed, each with its rows line by line, or why there are none."""
        if advice.courses is None:
            return
        for course in advice.courses.found:
            yield self.course(course)
            yield self._say("advice.course_rows")
            yield from (f"  {line}" for line in self._courses.rows(course))
        if advice.courses.why is not None:
            yield self._courses.none(advice.courses)

    def filling(self, found: Filling) -> list[str]:
        """How many more people fill the empty seats, what is proven, and what is assumed."""
        say, lang = self._say, self._say.lang
        seats = sum(lack.empty for lack in found.lacks)
        if not seats:
            return [say("advice.nothing_empty")]
        people, filled = len(found.people), seats - found.left
        told = (
            say("advice.all_filled", n=filled)
            if filled == seats
            else say("advice.some_filled", n=filled, seats=seats)
        )
        nobody = say("advice.nobody", n=seats)
        lines = [say("advice.with", n=people, filled=told) if people else nobody]
        for ask in found.asked:
            skill, reason = OfSkill(ask.skill_id, ask.min_level), why(ask.rule, lang)
            lines.append(say("advice.asked", n=ask.people, skill=skill, why=reason))
        if found.barriers:
            rules = [(why(barrier.rule, lang), barrier.seats) for barrier in found.barriers]
            each = (say("advice.barrier", why=reason, seats=n) for reason, n in rules)
            lines.append(say("advice.barriers", barriers="; ".join(each)))
        elif found.at_least > 1:
            lines.append(say("advice.fewer", people=found.at_least))
        if not found.people:
            return lines
        lines.append(say("advice.filling_cost", cost=-found.total))
        homes = [f"{self._names.center(c)} {say.number(n)}" for c, n in found.centers]
        lines.append(say("advice.live", homes=", ".join(homes)))
        shifts, km = found.typical.shifts, found.typical.distance_km
        some = say("advice.any_shifts") if shifts is None else say("advice.shifts_each", n=shifts)
        far = say("advice.any_km") if km is None else say("advice.km_each", km=km)
        others = say("advice.moved" if found.moved else "advice.unmoved", moved=found.moved)
        return [*lines, say("advice.assumed", shifts=some, km=far, others=others)]

    def lack(self, lack: Lack) -> str:
        """Whom a row of the people by skill counts."""
        say = self._names.say
        return say.seat(lack.conditions) if lack.conditions else say("advice.heads")

    def _fills(self, seats: int) -> str:
        if seats < 0:
            return self._say("advice.leaves", n=-seats)
        return self._say("advice.fills" if seats else "advice.fills_none", n=seats)


def advice_json(advice: Advice) -> dict[str, Any]:
    """The advice as JSON has it, with sentences in each language."""
    content, say = (
        advice.as_dict(),
        by_language(lambda lang: AdviceWords(advice.problem, lang)),
    )
    for entry, gain in zip(content["gains"], advice.gains, strict=True):
        entry["sentence"] = {lang: words.gain(gain) for lang, words in say.items()}
    if (found := advice.together) is not None:
        content["together"]["sentence"] = {lang: w.together(found) for lang, w in say.items()}
    if (courses := advice.courses) is not None:
        for entry, course in zip(content["courses"]["found"], courses.found, strict=True):
            entry["sentence"] = {lang: words.course(course) for lang, words in say.items()}
            entry["rows"] = rows_of(course)
    if (filling := advice.filling) is not None:
        content["filling"]["sentences"] = {lang: w.filling(filling) for lang, w in say.items()}
    return content
