"""Two versions side by side, and taking over all or some of what is different."""

from __future__ import annotations

from typing import Any

import pytest
from changes import changed
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from small_weeks import weeks
from told_by_page import FULL, LEAD, PERSON, drafted, page_of, two_centers

from shiftplan import Problem, Roster, check
from shiftplan.present.words import Words
from shiftplan.record import LiveWeek
from shiftplan.scoring.check import compare_rosters
from shiftplan.week.roster import Assignment, Change

SWAPPED = {("c0-1207-13", "v1"): "v3", ("c1-1207-13", "v3"): "v1"}
OTHER = Roster.of((a.shift_id, SWAPPED.get(a, a.volunteer_id)) for a in FULL.assignments[1:])
"""V0 does not come in the morning; V1 and V3 swap their afternoons."""


def two_versions(first: Roster = FULL, second: Roster = OTHER, **fields: Any) -> LiveWeek:
    """A week whose draft is the second version; the other one is the first."""
    live = drafted(two_centers(**fields), first)
    live.draft(second)
    return live


def changes_in(shown: dict[str, Any]) -> list[Change]:
    """All changes of a comparison."""
    rows = [row for part in shown["parts"] for row in part["changes"]]
    return [Change(Assignment(r["shift_id"], r["volunteer_id"]), r["added"]) for r in rows]


def compared(live: LiveWeek, **asked: Any) -> dict[str, Any]:
    found = page_of(live).get("/api/compare", params=asked).raise_for_status()
    answer: dict[str, Any] = found.json()
    return answer


def taken(live: LiveWeek, **body: Any) -> Any:
    return page_of(live).post("/api/compare/take", json=body)


def test_figures_are_those_of_the_library():
    """Costs, seats by center and numbers of people; the draft as it is now is the one before."""
    live = two_versions()

    shown = compared(live, after=1)

    found = compare_rosters(live.now.problem, OTHER, FULL)
    assert (shown["before"]["version"], shown["after"]["version"]) == (2, 1)
    assert (shown["removed"], shown["added"]) == (found.removed, found.added)
    assert shown["people"] == len(found.people)
    total = {"name": "", "rule": "", "before": found.before.total, "after": found.after.total}
    assert shown["total"] == total
    change = sum(row["after"] - row["before"] for row in shown["costs"])
    assert change == found.after.total - found.before.total != 0
    by_rule = {row["name"]: row["before"] for row in shown["costs"]}
    priced = [v for v in found.before.priced if v.rule.rule == "coverage"]
    rate_of = live.now.problem.rate_of
    assert by_rule["coverage"] == sum(rate_of[v.rule.level] * v.cost for v in priced)
    assert {row["center_id"]: row["filled_after"] for row in shown["centers"]} == {
        center.center_id: center.filled_after for center in found.centers
    }
    assert {*changes_in(shown)} == {*OTHER.changes_to(FULL)}
    assert shown["after"]["who"] == "lan"


def test_any_two_versions_can_be_compared():
    """In both directions, and one with itself."""
    live = two_versions()
    live.draft(Roster())

    there, back = compared(live, before=1, after=2), compared(live, before=2, after=1)

    assert {*changes_in(there)} == {*FULL.changes_to(OTHER)}
    assert {*changes_in(back)} == {*OTHER.changes_to(FULL)}
    assert compared(live, before=2, after=2)["parts"] == []


def test_what_is_said_is_in_the_language_asked_for():
    """Names of rules, and what a part alone breaks."""
    people = [v.model_copy(update={"max_shifts": 1}) for v in two_centers().volunteers]
    live = two_versions(Roster(), FULL, volunteers=people)

    shown = {lang: compared(live, before=1, after=2, lang=lang) for lang in ("en", "vi")}

    assert [part["changes"] for part in shown["en"]["parts"]] == [
        part["changes"] for part in shown["vi"]["parts"]
    ]
    names = {lang: {row["name"] for row in found["costs"]} for lang, found in shown.items()}
    assert "coverage" in names["en"]
    assert "Vị trí còn trống (coverage)" in names["vi"]
    rule = {"name": "max_shifts", "rule": "max_shifts", "before": 0, "after": 4}
    assert shown["en"]["hard"][0] == rule
    assert any(part["price"]["broken"] for part in shown["en"]["parts"])


def test_all_is_taken_over_as_one_move():
    """The draft is then the other version; undo gives it back."""
    live = two_versions()

    done = taken(live, version=1, of=2).raise_for_status().json()

    assert live.roster == FULL
    assert done["draft"]["total"] == check(live.now.problem, FULL).total
    assert {*changes_in({"parts": [done]})} == {*OTHER.changes_to(FULL)}
    live.step_back()
    assert live.roster == OTHER


def test_parts_taken_over_one_by_one_are_the_whole():
    """Each is a move of its price; nothing else changes."""
    live = two_versions()

    while parts := compared(live, after=1)["parts"]:
        before, at = check(live.now.problem, live.roster).total, live.roster
        part = parts[0]
        body = {"version": 1, "of": live.now.state.draft.number, "changes": part["changes"]}
        done = taken(live, **body).raise_for_status().json()
        changes = changes_in({"parts": [part]})
        assert live.roster == changed(at, changes)
        assert done["draft"]["total"] == before + part["price"]["total"]

    assert live.roster == FULL


@costly(0.35)
@given(weeks(), st.data())
def test_what_is_taken_over_equals_moves(problem: Problem, data: st.DataObject):
    """Of random rosters and any choice of parts, also such that break rules, with a yes."""
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    some = st.lists(st.sampled_from(pairs), unique=True, max_size=6).map(Roster.of)
    live, other = drafted(problem, data.draw(some)), data.draw(some)
    first = live.roster
    live.draft(other)
    live.draft(first)
    parts = compared(live, after=2)["parts"]
    picked = [part for part in parts if data.draw(st.booleans())]

    rows = [row for part in picked for row in part["changes"]]
    if not rows:
        return
    taken(live, version=2, of=3, changes=rows, anyway=True).raise_for_status()

    assert live.roster == changed(first, changes_in({"parts": picked}))


def test_what_breaks_rules_needs_a_yes():
    """Refused with the breach; made with a yes."""
    people = [v.model_copy(update={"max_shifts": 1}) for v in two_centers().volunteers]
    live = two_versions(FULL, Roster(), volunteers=people)

    refused = taken(live, version=1, of=2)

    assert refused.status_code == 409
    assert {fault["code"] for fault in refused.json()["faults"]} == {"needs_yes"}
    assert len(live.roster) == 0
    taken(live, version=1, of=2, anyway=True).raise_for_status()
    assert live.roster == FULL


def test_what_others_changed_meanwhile_is_a_conflict():
    """Somebody else took the same person off the same shift: nothing is taken over."""
    live = two_versions()
    conflicting = Change(Assignment("c0-1207-07", "v1"), False)
    live.move(conflicting, of=2)

    refused = taken(live, version=1, of=2)

    assert refused.status_code == 409
    assert refused.json()["faults"][0]["code"] == "conflicting_move"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"version": 9, "of": 2}, 409),
        ({"version": 2, "of": 2}, 409),
        ({"version": 1, "of": 2, "changes": []}, 422),
        ({"version": 1, "of": 2, "changes": [{"shift_id": "x"}]}, 422),
        ({"version": 0, "of": 2}, 422),
        ({"of": 2}, 422),
        (
            {
                "version": 1,
                "of": 2,
                "changes": [{"shift_id": "no", "volunteer_id": "no", "added": True}],
            },
            409,
        ),
    ],
)
def test_other_requests_are_refused(body: dict[str, Any], status: int):
    """Unknown versions, nothing to take over, and wrong forms; the draft stays as it is."""
    live = two_versions()

    assert taken(live, **body).status_code == status
    assert live.roster == OTHER


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_remedies_name_no_command(lang: str):
    """Neither a page nor a program can type one."""
    answer = page_of(two_versions()).get("/api/compare", params={"after": 9, "lang": lang})

    (fault,) = answer.json()["faults"]
    assert fault["code"] == "no_version"
    assert fault["text"].endswith(Words(lang)("record.in_history"))


def test_only_the_province_compares():
    """A lead and a volunteer are refused, and unknown versions are said."""
    live = two_versions()
    for visitor in (LEAD, PERSON):
        page = page_of(live, visitor)
        assert page.get("/api/compare", params={"after": 1}).status_code == 403
        assert page.post("/api/compare/take", json={"version": 1}).status_code == 403
    assert page_of(live).get("/api/compare", params={"after": 7}).status_code == 409
    assert page_of(drafted()).get("/api/compare", params={"after": 1}).status_code == 200
