"""The top of the report: large figures and the summary in sentences.

(`Facts`, `Score`, perhaps `Result`) -> `Figure`s and sentences.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from shiftplan.present.headline import headline
from shiftplan.present.report.facts import Facts
from shiftplan.present.summary import attendance_lines, finding, load_lines
from shiftplan.present.texts.wording import rule_name
from shiftplan.rules.attendance import attendance_of
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import Seats
from shiftplan.solving.result import Result

_FINDINGS = 20


class Figure(NamedTuple):
    """One of the large figures at the top."""

    label: str
    value: str
    note: str


def title_of(facts: Facts) -> tuple[str, str]:
    """Title and subtitle: the days planned, and how much there is to do."""
    problem, say = facts.problem, facts.say
    first, last = problem.horizon.start, problem.horizon.end - timedelta(1)
    counts = {name: len(getattr(problem, name)) for name in ("centers", "volunteers", "shifts")}
    subtitle = say("reports.subtitle", **counts)
    title = say("reports.title", first=first, last=last)
    return title, f"{problem.name} · {subtitle}" if problem.name else subtitle


def figures_of(facts: Facts, result: Result | None) -> tuple[Figure, ...]:
    """The large figures: seats filled, minimums, people at work, and how much better can be."""
    say, overall, found = facts.say, facts.equity.overall, facts.fairness
    both = Seats.sum([overall.people, overall.skilled])
    figures = [
        Figure(
            say(f"reports.filled_{name}"),
            say.percent(seats.share),
            say("reports.seats_of", filled=seats.filled, n=seats.target),
        )
        for name, seats in (("people", overall.people), ("skilled", overall.skilled))
        if seats.target
    ]
    if both.minimum:
        note = say("reports.minimums_of", filled=both.minimum_filled, n=both.minimum)
        share = say.percent(both.minimum_filled / both.minimum)
        figures.append(Figure(say("reports.minimums"), share, note))
    working = say.number(sum(1 for person in found.people if person.shifts))
    asked = say("reports.offered", n=len(found.offering))
    figures.append(Figure(say("reports.working"), working, asked))
    gap = None if result is None else result.total.gap
    if gap is not None and gap < 1:
        note = say("reports.better_proven")
        figures.append(Figure(say("reports.better"), say.percent(gap, up=True), note))
    return tuple(figures)


def sentences_of(facts: Facts, score: Score, result: Result | None) -> tuple[str, ...]:
    """The summary: whether it can be worked, what it costs, what is proven, who will come."""
    say, equity = facts.say, facts.equity
    lines = [say("plans.feasible")] if score.is_feasible else []
    if result is not None and result.poor is not None:
        lines = [*headline(result, facts.lang), *lines]
    elif result is not None:
        lines += headline(result, facts.lang)
    else:
        lines += [say("reports.total", cost=score.total), say("reports.no_result")]
    empty = [c for c in equity.centers if c.both.filled < c.both.target]
    if empty:
        seats = sum(c.both.target - c.both.filled for c in empty)
        worst = tuple(c.name for c in empty[:3])
        lines.append(say("reports.empty", n=seats, centers=len(empty), worst=worst))
    elif equity.overall.people.target or equity.overall.skilled.target:
        lines.append(say("plans.no_empty_seats"))
    elif not facts.is_asking:
        lines.append(say("reports.not_asking"))
    return (*lines, *attendance_lines(attendance_of(facts.case), say))


def problems_of(facts: Facts, score: Score) -> tuple[str, ...]:
    """Broken hard rules as sentences; in a public report only how often each is broken."""
    say = facts.say
    if facts.public:
        counts = Counter(found.rule.rule for found in score.broken)
        return tuple(
            f"{rule_name(rule, facts.lang)}: {say.number(n)}" for rule, n in counts.items()
        )
    shown = [finding(found, facts.names) for found in score.broken[:_FINDINGS]]
    more = len(score.broken) - len(shown)
    return (*shown, *([say("form.more", n=more)] if more else []))


def sharing_of(facts: Facts) -> tuple[str, ...]:
    """How the work is shared, in sentences; a public report names nobody."""
    weeks = "plans.spread" if facts.problem.history else "reports.spread"
    return tuple(load_lines(facts.fairness, facts.say, named=not facts.public, spread=weeks))
