"""Tools that read: weeks, what is in one, what its rules find.

(`AgentDoor`, what is asked) -> figures of the library, and rows in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import OfRule
from shiftplan.present.faults import fault_text
from shiftplan.present.naming import named
from shiftplan.present.summary import CheckReport, summarize
from shiftplan.present.words import Words
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity
from shiftplan.solving.result import Cost
from shiftplan.web.agents.answers import (
    CheckTold,
    CostTold,
    ToolRow,
    WeeksTold,
    WeekTold,
    cost_line,
)
from shiftplan.web.agents.asked import CheckAsked, PageAsked, ReadAsked
from shiftplan.web.agents.following import Following
from shiftplan.web.agents.masks import covered
from shiftplan.web.agents.seen import AgentDoor, SeenWeek


def list_weeks(door: AgentDoor, asked: PageAsked, _: Following) -> WeeksTold:
    """List the weeks that can be asked about, and say what is allowed.

    Every other tool takes the name of a week, never a path.
    """
    rows = [ToolRow.of(name, name) for name in door.places.all()]
    lines = [door.say("agents.weeks", n=len(rows))]
    lines.append(door.say("agents.writes" if door.writes else "agents.reads_only"))
    lines += [door.say("agents.hidden")] if door.hides_names else []
    allowed = {"writes": door.writes, "hides_names": door.hides_names}
    return WeeksTold.of(rows, asked.page, lines, **allowed)


def read_week(door: AgentDoor, asked: ReadAsked, _: Following) -> WeekTold:
    """Read a week: its figures and roster, or its faults, centers, shifts, people or rules in rows.

    Ids in the rows are what other tools ask for. A week with faults has nothing but faults.
    """
    door.places.need(asked.week)
    found = door.files(asked.week)
    if found.faults:
        faults = _faults(door, found.faults)
        lines = [door.say("errors.faults", n=InputError(found.faults).count)]
        return WeekTold.of(faults, asked.page, lines)
    week = door.see(asked.week)
    rows = [row for row in _rows(door, week, asked.part) if asked.containing in row.text]
    lines, figures = _figures(week)
    if asked.part != "summary":
        lines = lines[:1]
    return WeekTold.of(rows, asked.page, lines, **figures)


def check_roster(door: AgentDoor, asked: CheckAsked, _: Following) -> CheckTold:
    """Score a roster by the rules of its week: breaches, costs, and the proven bound.

    No solver takes part, so that any roster can be checked.
    """
    week = door.see(asked.week)
    if asked.version is None:
        roster, bound = week.need_roster(), week.bound
    else:
        with door.lock, door.covering():
            roster = week.seen_roster(week.live.roster_of(asked.version))
            bound = week.live.bound_of(week.live.now.state.versions.get(asked.version))
    score = check(week.problem, roster)
    report = CheckReport.of(week.problem, score, summarize(week.problem, roster), week.lang)
    rows = [ToolRow.of(f.rule, f"{f.rule}: {f.sentence}") for f in report.violations]
    total = Cost(score.total, bound)
    say = Words(week.lang)
    lines = [say("plans.feasible") if score.is_feasible else say("plans.broken")]
    lines.append(cost_line(total, say))
    figures: dict[str, Any] = {"is_feasible": score.is_feasible, "levels": dict(score.levels)}
    return CheckTold.of(rows, asked.page, lines, total=CostTold.of(total), **figures)


def _faults(door: AgentDoor, faults: Sequence[Fault]) -> list[ToolRow]:
    shown = covered(InputError(faults)).faults if door.hides_names else faults
    return [
        ToolRow.of(fault.code, f"{fault_text(fault, door.lang)} [{fault.code}]") for fault in shown
    ]


def _rows(door: AgentDoor, week: SeenWeek, part: str) -> list[ToolRow]:
    """The rows of a part of a week without faults."""
    problem, names, roster = week.problem, week.names, week.roster
    people_in = {} if roster is None else roster.people_in
    shifts_of = {} if roster is None else roster.shifts_of
    match part:
        case "faults":
            return _faults(door, week.notes)
        case "centers":
            return [ToolRow.of(c.center_id, named(c.name, c.center_id)) for c in problem.centers]
        case "shifts":
            team = {s: ", ".join(map(names.person, sorted(who))) for s, who in people_in.items()}
            ids = [s.shift_id for s in problem.shifts]
            return [ToolRow.of(s, f"{names.shift(s)}: {team.get(s) or '-'}") for s in ids]
        case "people":
            works = {v: ", ".join(sorted(shifts)) for v, shifts in shifts_of.items()}
            ids = [v.volunteer_id for v in problem.volunteers]
            return [ToolRow.of(v, f"{names.person(v)}: {works.get(v) or '-'}") for v in ids]
        case "rules":
            said = [(rule, names.say.show(OfRule(rule.rule))) for rule in problem.active_rules]
            return [ToolRow.of(r.rule, f"{text} ({r.rule}): {r.level}") for r, text in said]
    return []


def _figures(week: SeenWeek) -> tuple[list[str], dict[str, Any]]:
    """What there is to say of a week without faults, and its figures."""
    problem, roster, state = week.problem, week.roster, week.now.state
    say, dates = Words(week.lang), problem.horizon.dates
    counts = {"centers": len(problem.centers), "shifts": len(problem.shifts)}
    counts["people"] = len(problem.volunteers)
    lines = [say("agents.week", first=dates[0], last=dates[-1], **counts)]
    told = None if state.told is None else state.told.number
    drafted = None if state.draft is None else state.draft.number
    figures = {"first_date": dates[0], "last_date": dates[-1], **counts}
    figures |= {"version_told": told, "version_drafted": drafted}
    if roster is None:
        return [*lines, say("agents.no_roster")], figures
    score, seats = check(problem, roster), equity(problem, roster).overall.both
    total = Cost(score.total, week.bound)
    lines += [say("agents.told", version=told)] if told is not None else []
    lines += [say("agents.drafted", version=drafted)] if drafted is not None else []
    lines.append(say("agents.filled", filled=seats.filled, n=seats.target))
    broken = len(score.broken)
    lines.append(say("agents.breaches", n=broken) if broken else say("plans.feasible"))
    lines.append(cost_line(total, say))
    figures |= {"seats": seats.target, "filled": seats.filled, "broken": broken}
    return lines, figures | {"total": CostTold.of(total)}
