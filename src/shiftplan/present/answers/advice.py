"""Advice in words.

`Advice` -> sentences, and JSON with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shiftplan.analysis.advice import Advice, Filling, Gain, Lack, Step, TrainedTogether
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import decimal, in_both, joined, named, number, signed, why
from shiftplan.problem import Problem


class AdviceWords:
    """Sentences about the advice on one problem."""

    def __init__(self, problem: Problem, lang: Lang) -> None:
        self._lang = lang
        self._texts = TEXTS[lang]
        self._names = Names(problem, lang)

    def step(self, step: Step) -> str:
        """What a step changes, without a full stop."""
        texts, person = self._texts, step.person
        before, after = (self._figure(value) for value in (step.before, step.after))
        if person is None:
            name = self._center(step.center.center_id if step.center else None)
            return texts["advice capacity"].format(name, before, after)
        home = self._center(person.home_center_id)
        when = joined((self._names.time(w.start, w.end) for w in step.windows), self._lang)
        if step.kind == "volunteer":
            held = joined(
                (self._names.skill(g.skill_id, g.level) for g in person.skills),
                self._lang,
            )
            holds = texts["advice holds"].format(held) if held else texts["advice holds nothing"]
            return texts["advice volunteer"].format(home, holds, when)
        name = named(person.name, person.volunteer_id)
        if person.home_center_id is not None:
            name = f"{name}, {home}"
        key = f"advice {step.kind}"
        if step.grant is not None:
            key += "" if step.before else " new"
            return texts[key].format(name, self._names.skill(step.grant.skill_id), before, after)
        parts = (when,) if step.kind == "window" else (before, after)
        return texts[key].format(name, *parts)

    def gain(self, gain: Gain) -> str:
        """What a step changes and what it gains."""
        texts, fills = self._texts, self._fills(gain.seats)
        key = "advice costs unknown" if gain.at_most is None else "advice costs"
        step, cost, best = self.step(gain.step), self.less(gain.total), self.less(gain.at_most)
        text = texts[key].format(step, fills, cost, best)
        if gain.without is None:
            text += " " + texts["advice without unknown"]
        elif gain.without:
            text += " " + texts["advice without"].format(number(gain.without, self._lang))
        return text

    def together(self, found: TrainedTogether) -> str:
        """What several trainings gain at once."""
        people = number(len(found.steps), self._lang)
        fills = self._fills(found.seats)
        return self._texts["advice together"].format(people, fills, self.less(found.total))

    def advice(self, advice: Advice) -> Iterator[str]:
        """All of it, line by line."""
        yield from map(self.gain, advice.gains)
        if not advice.gains:
            yield self.none(advice)
        if advice.together is not None:
            yield self.together(advice.together)
        yield from self.trials(advice)
        if advice.filling is not None:
            yield from self.filling(advice.filling)

    def none(self, advice: Advice) -> str:
        """Why no step is told."""
        is_priced = advice.bound is not None
        is_known = is_priced and (advice.promising > advice.undecided or not advice.undecided)
        return self._texts["advice none" if is_known else "advice no time"]

    def trials(self, advice: Advice) -> list[str]:
        """How many steps were priced and tried, and of how many nothing is known."""
        figures = sum(advice.examined.values()), advice.tried
        lines = [self._texts["advice tried"].format(*(number(n, self._lang) for n in figures))]
        if advice.undecided:
            lines.append(
                self._texts["advice undecided"].format(number(advice.undecided, self._lang))
            )
        return lines

    def less(self, gain: int | None) -> str:
        """A gain as a change of the cost: −420, or +72 for a loss."""
        return signed(None if gain is None else -gain, self._lang)

    def filling(self, found: Filling) -> list[str]:
        """How many more people fill the empty seats, what is proven, and what is assumed."""
        texts = self._texts
        seats = sum(lack.empty for lack in found.lacks)
        if not seats:
            return [texts["advice nothing empty"]]
        lines = [self._filled(len(found.people), seats - found.left, seats)]
        for asked in found.asked:
            key = "advice one asked" if asked.people == 1 else "advice asked"
            skill = self._names.skill(asked.skill_id, asked.min_level)
            reason = why(asked.rule, self._lang)
            lines.append(texts[key].format(number(asked.people, self._lang), skill, reason))
        if found.barriers:
            told = (
                texts["advice barrier"].format(why(b.rule, self._lang), number(b.seats, self._lang))
                for b in found.barriers
            )
            lines.append(texts["advice barriers"].format("; ".join(told)))
        elif found.at_least > 1:
            lines.append(texts["advice fewer"].format(number(found.at_least, self._lang)))
        if not found.people:
            return lines
        lines.append(texts["advice filling cost"].format(self.less(found.total)))
        homes = [f"{self._names.center(c)} {number(n, self._lang)}" for c, n in found.centers]
        lines.append(texts["advice live"].format(", ".join(homes)))
        shifts, km = found.typical.shifts, found.typical.distance_km
        few = "advice shift each" if shifts == 1 else "advice shifts each"
        each = texts["advice any shifts" if shifts is None else few]
        far = texts["advice any km" if km is None else "advice km each"]
        each, far = each.format(self._figure(shifts)), far.format(self._figure(km))
        key = "advice moved" if found.moved else "advice unmoved"
        others = texts[key].format(number(found.moved, self._lang))
        return [*lines, texts["advice assumed"].format(each, far, others)]

    def _filled(self, people: int, filled: int, seats: int) -> str:
        """How many of the empty seats new people fill."""
        texts = self._texts
        if not people:
            key = "advice nobody one" if seats == 1 else "advice nobody"
            return texts[key].format(number(seats, self._lang))
        who = texts["advice with one" if people == 1 else "advice with"]
        key = "advice all filled" if filled == seats else "advice some filled"
        key += " one" if filled == 1 else ""
        counts = number(filled, self._lang), number(seats, self._lang)
        return who.format(number(people, self._lang), texts[key].format(*counts))

    def lack(self, lack: Lack) -> str:
        """Whom a row of the people by skill counts."""
        if lack.skill_id is None:
            return self._texts["advice heads"]
        return self._names.skill(lack.skill_id, lack.min_level)

    def _center(self, center_id: str | None) -> str:
        return "–" if center_id is None else self._names.center(center_id)

    def _fills(self, seats: int) -> str:
        """How many more seats are filled."""
        if seats == 1:
            return self._texts["advice fills one"]
        key = "advice leaves" if seats < 0 else "advice fills" if seats else "advice fills none"
        return self._texts[key].format(number(abs(seats), self._lang))

    def _figure(self, value: float | None) -> str:
        return "–" if value is None else decimal(value, self._lang)


def advice_lines(advice: Advice, lang: Lang) -> list[str]:
    """A sentence for each gain, the best first; how many were tried, and who is missing."""
    return list(AdviceWords(advice.problem, lang).advice(advice))


def advice_json(advice: Advice) -> dict[str, Any]:
    """The advice as JSON has it, with sentences in each language."""
    content, say = advice.as_dict(), in_both(lambda lang: AdviceWords(advice.problem, lang))
    for entry, gain in zip(content["gains"], advice.gains, strict=True):
        entry["sentence"] = {lang: words.gain(gain) for lang, words in say.items()}
    if (found := advice.together) is not None:
        content["together"]["sentence"] = {lang: w.together(found) for lang, w in say.items()}
    if (filling := advice.filling) is not None:
        content["filling"]["sentences"] = {lang: w.filling(filling) for lang, w in say.items()}
    return content
