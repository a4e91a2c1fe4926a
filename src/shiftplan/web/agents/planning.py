"""Tools that search for rosters: plan, repair, what if. They propose, and `apply_proposal` records.

(`AgentDoor`, what is asked) -> `plan_now`, `repair_now`, `repair` -> `Proposal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from shiftplan.analysis.repair import Repair
from shiftplan.errors.message import AtShift, Person
from shiftplan.present.answers import lines
from shiftplan.present.answers.reasons import RepairWords
from shiftplan.present.headline import conflict_lines, headline
from shiftplan.present.naming import Names
from shiftplan.record.planning import Found, now_in, plan_now, repair_now, suppose
from shiftplan.scoring.check import check
from shiftplan.solving.beside import runner_for
from shiftplan.solving.result import Cost, Result
from shiftplan.web.agents.answers import AppliedTold, CostTold, ProposalTold, ToolRow
from shiftplan.web.agents.asked import (
    ApplyAsked,
    PlanAsked,
    ProposalAsked,
    RepairAsked,
    WhatIfAsked,
)
from shiftplan.web.agents.following import Following
from shiftplan.web.agents.proposals import MadeHow, Proposal, Proposals
from shiftplan.web.agents.seen import AgentDoor, SeenWeek
from shiftplan.week.roster import Roster

_MOST_MEMBERS = 10
"""Rules and pins of a contradiction that are named."""


class Planner:
    """The tools that search, and what they proposed."""

    def __init__(self) -> None:
        self._proposals = Proposals()

    def plan(self, door: AgentDoor, asked: PlanAsked, link: Following) -> ProposalTold:
        """Plan a week: the best roster found in time, and a proven bound of any roster's cost.

        Nothing is recorded. Where people were told a roster, `keep` says how much of it stays.
        """
        week = door.see(asked.week)
        as_made = door.as_made(week)

        def search(run: Callable[..., Any], **limits: Any) -> Found:
            found: Found = run(plan_now, week.now, as_made, asked.keep, **limits)
            return found

        return self._searched(door, week, search, asked.seconds, link, "plan")

    def repair(self, door: AgentDoor, asked: RepairAsked, link: Following) -> ProposalTold:
        """Repair the published roster, or else the draft, after what was recorded since.

        Service stays as good as it can be, and few people get other shifts. Nothing is recorded.
        """
        week = door.see(asked.week)
        as_made = door.as_made(week)

        def search(run: Callable[..., Any], **limits: Any) -> Found:
            found: Found = run(repair_now, week.now, as_made, **limits)
            return found

        return self._searched(door, week, search, asked.seconds, link, "repair")

    def what_if(self, door: AgentDoor, asked: WhatIfAsked, link: Following) -> ProposalTold:
        """Suppose that somebody is absent, a center closes or needs change, and repair the roster.

        Nothing is recorded. Applied, the proposal records the changes and the roster as a draft.
        """
        week = door.see(asked.week)
        problem, roster = week.problem, week.need_roster()
        changes = asked.changes(problem)
        limits = _limits(week, asked.seconds, link) | {"bound": week.bound}
        found: Repair = runner_for(problem)(suppose, problem, roster, *changes, **limits)
        rows = [*_notices(found, week.lang)]
        if week.mask is not None:
            changes = week.mask.real_changes(changes)
        after = found.roster
        if after is not None and week.mask is not None:
            after = week.mask.real_roster(after)
        told = [*headline(found.result, week.lang), *lines(found, week.lang)]
        told += conflict_lines(found.result.conflict[:_MOST_MEMBERS], week.lang)
        return self._told(
            door,
            week,
            found.result,
            after,
            "repair",
            told,
            rows,
            changes,
            before=found.before.total,
        )

    def read_proposal(self, door: AgentDoor, asked: ProposalAsked, _: Following) -> ProposalTold:
        """Read a proposal again, or further pages of what it would change."""
        made = self._proposals.need(asked.proposal)
        return _shown(door, made, asked.proposal, asked.page)

    def apply_proposal(self, door: AgentDoor, asked: ApplyAsked, _: Following) -> AppliedTold:
        """Record a proposal as a draft, with the changes of a what-if. Nobody is notified.

        Refused if the week or its record has changed since the proposal was made.
        """
        made = self._proposals.need(asked.proposal)
        with door.lock:
            now = door.see(made.week.name)
            made = self._proposals.need_fresh(asked.proposal, now)
            with door.covering():
                version = self._proposals.record(made, now, asked.why)
        said = [door.say("agents.applied", version=version.number)]
        if made.changes:
            said.append(door.say("agents.applied_changes", n=len(made.changes)))
        return AppliedTold(lines=tuple(said), version=version.number, changes=len(made.changes))

    def _searched(
        self,
        door: AgentDoor,
        week: SeenWeek,
        search: Callable[..., Found],
        seconds: float,
        link: Following,
        made_by: MadeHow,
    ) -> ProposalTold:
        """Search the week with its record, and propose what is found as the agent may see it."""
        with door.covering():
            found = search(runner_for(week.now.problem), **_limits(week, seconds, link))
        found = _with_bound(week, found)
        seen = _as_seen(week, found)
        said = headline(found.result, week.lang)
        if found.repair is not None:
            said += lines(found.repair, week.lang)
        if not door.hides_names:
            said += conflict_lines(found.result.conflict[:_MOST_MEMBERS], week.lang)
        names = Names(seen.problem, week.lang)
        if len(seen.let_go):
            said.append(names.say("record.let_go", n=len(seen.let_go)))
        rows = [*_changes(names, seen.let_go, Roster())]
        if seen.repair is not None:
            rows += _notices(seen.repair, week.lang)
        elif seen.result.roster is not None:
            rows += _changes(names, week.roster or Roster(), seen.result.roster)
        return self._told(door, week, found.result, found.result.roster, made_by, said, rows)

    def _told(
        self,
        door: AgentDoor,
        week: SeenWeek,
        result: Result,
        roster: Roster | None,
        made_by: MadeHow,
        said: Iterable[str],
        rows: Iterable[ToolRow],
        changes: Iterable[Any] = (),
        *,
        before: int | None = None,
    ) -> ProposalTold:
        """Keep what was found as a proposal, and show it."""
        if before is None and week.roster is not None:
            before = check(week.problem, week.roster).total
        found = Roster() if roster is None else roster
        texts, shown = tuple(dict.fromkeys(said)), tuple(rows)
        made = Proposal(week, found, made_by, result, before, texts, shown, tuple(changes))
        digest = None if roster is None else self._proposals.keep(made)
        return _shown(door, made, digest, 1)


def _shown(door: AgentDoor, made: Proposal, digest: str | None, page: int) -> ProposalTold:
    say = made.week.names.say
    said = list(made.lines)
    if digest is not None:
        code = "agents.proposed" if door.writes else "agents.found"
        said.append(say(code, proposal=digest))
    figures = {"proposal": digest, "status": made.result.status.value, "before": made.before}
    figures |= {"recordable": digest is not None and door.writes}
    total = CostTold.of(made.result.total)
    return ProposalTold.of(made.rows, page, said, total=total, **figures)


def _limits(week: SeenWeek, seconds: float, link: Following) -> dict[str, Any]:
    """What bounds a search, and how it is followed."""
    limits: dict[str, Any] = {"time_limit": seconds, "now": now_in(week.now.files.horizon)}
    return limits | {"cancel": link.cancel, "on_progress": link.hear}


def _with_bound(week: SeenWeek, found: Found) -> Found:
    """What was found, with what is known of any roster of the week where nothing was proven."""
    total, bound = found.result.total, week.bound
    if total.cost is None or total.bound is not None or len(found.let_go):
        return found
    if bound is None or bound > total.cost:
        return found
    result, repaired = replace(found.result, total=Cost(total.cost, bound)), found.repair
    if repaired is not None:
        repaired = replace(repaired, result=result)
    return replace(found, result=result, repair=repaired)


def _as_seen(week: SeenWeek, found: Found) -> Found:
    """What was found under the names that the agent sees; only to be shown."""
    mask = week.mask
    if mask is None:
        return found
    problem, repaired = mask.shown(found.problem), found.repair
    result = found.result
    if result.roster is not None:
        result = replace(result, roster=week.seen_roster(result.roster))
    if repaired is not None:
        notices = tuple(map(mask.notice, repaired.notices))
        repaired = replace(repaired, problem=problem, notices=notices)
    let_go = week.seen_roster(found.let_go)
    return replace(found, problem=problem, result=result, repair=repaired, let_go=let_go)


def _notices(found: Repair, lang: str) -> Iterator[ToolRow]:
    """What a repair changes for people, with reasons."""
    words = RepairWords(found, lang)
    by_person: dict[str, list[Any]] = {}
    for notice in found.notices:
        by_person.setdefault(notice.volunteer_id, []).append(notice)
    for who, notices in by_person.items():
        yield ToolRow.of(who, f"{words.names.person(who)}: {'; '.join(words.lines(notices))}")


def _changes(names: Names, before: Roster, after: Roster) -> Iterator[ToolRow]:
    """What a later roster takes away and adds, a row for each assignment."""
    for change in before.changes_to(after):
        shift_id, who = change.assignment
        code = "answer.comes" if change.added else "answer.leaves"
        yield ToolRow.of(shift_id, names.say(code, who=Person(who), shift=AtShift(shift_id)))
