"""Why a seat is empty, why somebody works a shift or not, and why a repair changes something.

`SeatReasons`, `Answer` or `Repair` -> lines, and rows of changes.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shiftplan.analysis.explain import Answer, PersonReason, SeatReasons
from shiftplan.analysis.repair import Notice, Repair
from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.answers.trades import cost_parts
from shiftplan.present.headline import conflict_lines
from shiftplan.present.naming import Names, lang_of, why
from shiftplan.present.words import Lang, Words
from shiftplan.record.telling import Publication
from shiftplan.week.horizon import dialled

COLUMNS = ("volunteer_id", "shift_id", "change", "reason")
_FOR_PEOPLE = ("name", "center", "date", "start", "end")
_PAIRED = "paired_shift_id"
_TELLING = 0.99
"""Gap from which on a bound tells people nothing."""


def seat_lines(found: SeatReasons, lang: Lang, *, named: bool = True) -> list[str]:
    """A line about the seats, and a paragraph about those who could fill them, in groups.

    `named`: with the name of whoever is nearest to filling the seat, in each group.
    """
    head, *rest = seat_parts(found, lang, named=named)
    if len(rest) < 2:
        return [head, *rest]
    return [head, f"{rest[0]} {'; '.join(rest[1:])}."]


def seat_parts(found: SeatReasons, lang: Lang, *, named: bool = True) -> list[str]:
    """A line about the seats, how many people qualify, and what is said of each group of them.

    The groups are parts of a sentence; `named` as `seat_lines` takes it, each person once. Without
    names nothing is said of costs.
    """
    names, need = Names(found.problem, lang), found.requirement
    say = names.say
    head = say(
        "seat.head",
        shift=need.times or AtShift(need.shift_id or ""),
        filled=found.filled,
        target=need.target,
        counted=names.counted(need),
        minimum=need.minimum,
        empty=found.empty,
    )
    if not found.asks:
        return [head, say("seat.not_held")]
    if not found.empty:
        return [head, say("seat.full")]
    if not found.problem.shifts_counted(need):
        return [head, say("seat.no_shift")]
    if not found.people:
        return [head, say("seat.nobody")]
    parts, shown = [], set()
    for (kind, rule), group in found.groups.items():
        n, reason = len(group), why(rule, lang) if rule else ""
        plain = "_plain" if kind in ("free", "too_dear") and not named else ""
        told = say("seat.against", n=n, why=reason) if rule else say(f"seat.{kind}{plain}", n=n)
        if named and kind != "in_it":
            nearest = f" [{_nearest(say, found, group[0])}]"
            told += "" if nearest in shown else nearest  # who breaks several rules is in several
            shown.add(nearest)
        parts.append(told)
    several = "_several" if any(len(p.rules) > 1 for p in found.people) else ""
    return [head, say(f"seat.qualified{several}", n=len(found.people)), *parts]


def _nearest(say: Words, found: SeatReasons, person: PersonReason) -> str:
    """Who of a group is nearest to filling the seat, and at what cost."""
    who: Person | Message = Person(person.volunteer_id)
    problem, instead = found.problem, person.instead
    if found.requirement.shift_id is None:
        who = Message("entry.at", what=who, when=AtShift(person.shift_id))
    if person.effect is None:
        return say("seat.such_as", who=who)
    effect = person.effect
    if parts := cost_parts(problem, effect.costs, effect.levels, say):
        code = "seat.costs_by" if effect.total >= 0 else "seat.saves_by"
        cost = say(code, cost=abs(effect.total), parts=parts)
    else:
        cost = say("seat.costs", cost=effect.total)
    if instead is None:
        return say("seat.by_coming", who=who, cost=cost)
    if instead.volunteer_id == person.volunteer_id:
        return say("seat.by_leaving", who=who, left=AtShift(instead.shift_id), cost=cost)
    return say("seat.in_place", who=who, member=Person(instead.volunteer_id), cost=cost)


def answer_lines(answer: Answer, lang: Lang) -> list[str]:
    """What it takes to do otherwise: the price, and who would move; or what stands against it.

    Where the week has no roster at all, the rules and pins that contradict each other instead.
    """
    say = Names(answer.problem, lang).say
    who, shift = Person(answer.volunteer_id), AtShift(answer.shift_id)
    lines = [say(f"answer.{answer.verdict}_{answer.question}", who=who, shift=shift)]
    if answer.conflict:
        lines.append(say("conflict.title"))
    if answer.because:
        reasons = "each_alone" if answer.each_alone else "together"
        lines.append(say(f"answer.{reasons if len(answer.because) > 1 else 'reason'}"))
    lines += conflict_lines(answer.because or answer.conflict, lang)
    if not answer.minimal:
        lines.append(say("conflict.not_minimal"))
    if answer.total is None:
        return lines
    parts = cost_parts(answer.problem, answer.costs or {}, answer.levels or {}, say)
    code = "dearer" if answer.total > 0 else "cheaper" if answer.total else "equal_by"
    if answer.total or parts:
        lines.append(say(f"answer.{code}", cost=abs(answer.total), parts=parts))
    else:
        lines.append(say("answer.equal"))
    if answer.proven:
        lines.append(say("answer.proven_near", stay=answer.stay))
    lines.append(say("answer.changes"))
    for change in answer.changes:
        code = "answer.comes" if change.added else "answer.leaves"
        shift_id, volunteer_id = change.assignment
        lines.append("  " + say(code, who=Person(volunteer_id), shift=AtShift(shift_id)))
    return lines


class RepairWords:
    """Reasons and changes of a repair or a publication, in one language.

    `names`, and `before` with shifts as people knew them, are of the class `names`.
    """

    def __init__(self, found: Repair | Publication, lang: Lang, names: type[Names] = Names) -> None:
        self.names = names(found.problem, lang)
        self.before = names(found.problem, lang, found.before_shifts)
        self._say = self.names.say

    def reason(self, notice: Notice) -> str:
        """Why something changes for somebody."""
        if notice.is_moved:
            return self._say("repairs.shift_moved")
        if notice.reason in ("broke", "breaks"):
            against = "; ".join(why(rule, self._say.lang) for rule in notice.others)
            return self._say(f"repairs.{notice.reason}", why=against)
        kind = Person if notice.reason == "replaces" else AtShift
        say = self.before.say if notice.reason == "moves" else self._say
        others = "; ".join(say.show(kind(other)) for other in notice.others)
        return self._say(f"repairs.{notice.reason}", others=others)

    def lines(self, notices: Sequence[Notice]) -> Iterator[str]:
        """What changes for one person, without the name: a line for what is instead of what."""
        added = {n.shift_id: n for n in notices if n.added}
        for notice in notices:
            code = "repairs.new" if notice.added else "repairs.gone"
            names = self.names if notice.added else self.before
            told = {"shift": names.shift(notice.shift_id)}
            reasons = [self.reason(notice)]
            if notice.paired_shift_id is not None:
                if notice.added:
                    continue
                new = added[notice.paired_shift_id]
                code, told["new"] = "repairs.instead", self.names.shift(new.shift_id)
                both = (n for n in (notice, new) if n.reason not in ("moved", "moves"))
                reasons = [self.reason(n) for n in both]
            line = self._say(code, **told)
            yield f"{line} ({'; '.join(reasons)})" if reasons else line


def changes_csv(found: Repair | Publication, lang: Lang = "en") -> str:
    """Text of changes.csv: a row for each change; reasons are in the language asked for.

    Columns say how people are called, as far as that is known of anybody, and which shift of the
    person goes with that of the row.
    """
    sentences = RepairWords(found, lang)
    people = found.problem.volunteer_by_id
    to_call = [c for c in ("phone", "contact") if any(getattr(v, c) for v in people.values())]
    shifts = found.problem.shift_by_id
    before = {**shifts, **found.before_shifts}

    def row(notice: Notice) -> list[str]:
        shift = (shifts if notice.added else before).get(notice.shift_id)
        when = [""] * 4
        if shift is not None:
            hours = f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"
            when = [sentences.names.center(shift.center_id), f"{shift.day}", *hours]
        change = "added" if notice.added else "removed"
        ids = [notice.volunteer_id, notice.shift_id, change, sentences.reason(notice)]
        texts = [*ids, sentences.names.name(notice.volunteer_id), *when]
        person = people.get(notice.volunteer_id)
        reach = {} if person is None else {"phone": person.phone, "contact": person.contact}
        reach["phone"] = dialled(reach.get("phone", ""), found.problem.horizon.country)
        texts += [reach.get(column, "") for column in to_call]
        texts.append(notice.paired_shift_id or "")
        return [neutral(text) for text in texts]

    return to_csv([*COLUMNS, *_FOR_PEOPLE, *to_call, _PAIRED], map(row, found.notices))


def repair_lines(found: Repair, lang: Lang) -> list[str]:
    """How much changes, and what is proven; one sentence a line. Nothing without a roster."""
    say = Words(lang_of(found.problem, lang))
    if found.roster is None:
        return []
    added, removed = found.figures.added, found.figures.removed - found.lost
    figures = {"possible": found.kept + removed, "kept": found.kept, "lost": found.lost}
    figures |= {"removed": removed, "added": added}
    lines = [say("repairs.done" if added or removed else "repairs.nothing", **figures)]
    if found.figures.moved:
        lines.append(say("repairs.moved_along", n=found.figures.moved))
    if found.result.status == "OPTIMAL":
        lines.append(say("repairs.optimal"))
    elif found.aim.gap is not None and found.aim.gap < _TELLING:
        lines.append(say("repairs.gap", gap=found.aim.gap))
    if found.result.total.gap is not None:
        lines.append(say("plans.at_most_cheaper", gap=found.result.total.gap))
    return lines
