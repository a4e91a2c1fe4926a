"""What differs between two rosters, in parts: by hand, and against whole scores."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from changes import changed, worse
from hypothesis import given
from hypothesis import strategies as st
from small_weeks import weeks
from trading import draw_case, hard_rules

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.differences import differences
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.roster import Roster

RULES = ({"rule": "coverage", "level": 1, "weight": 100}, {"rule": "max_shifts"})
SEATS = tuple({"shift_id": f"{sign}{day}", "target": 1} for sign in "MA" for day in range(3))


def week(**fields: object) -> Problem:
    """Three days of a morning and an afternoon with a seat each, and four people."""
    return plan("MA", "ana bob cho dan", 3, requirements=SEATS, rules=RULES, **fields)


def parts(problem: Problem, before: Roster, after: Roster) -> list[set[str]]:
    """Each part as signed assignments, such as `+M0 ana`."""
    return [
        {f"{'-+'[c.added]}{' '.join(c.assignment)}" for c in part.changes}
        for part in differences(problem, before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # One comes, and elsewhere another one leaves: two parts.
        ("ana  M . .\n", "ana  . . .\nbob  . A .", [{"+A1 bob"}, {"-M0 ana"}]),
        # One comes into the place of another.
        ("ana  M . .", "bob  M . .", [{"-M0 ana", "+M0 bob"}]),
        # Somebody moves to another shift of the date, and to another date.
        ("ana  M . .", "ana  A . .", [{"-M0 ana", "+A0 ana"}]),
        ("ana  M . .", "ana  . M .", [{"+M1 ana"}, {"-M0 ana"}]),
        # Two swap; a chain of three.
        ("ana  M . .\nbob  A . .", "ana  A . .\nbob  M . .",
         [{"-M0 ana", "+A0 ana", "-A0 bob", "+M0 bob"}]),
        ("ana  M . .\nbob  A . .", "ana  A . .\ncho  M . .",
         [{"-M0 ana", "+A0 ana", "-A0 bob", "+M0 cho"}]),
        # Two mornings pass to others, independently.
        ("ana  M M .", "bob  M . .\ncho  . M .",
         [{"-M0 ana", "+M0 bob"}, {"-M1 ana", "+M1 cho"}]),
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_part(before: str, after: str, expected: list[set[str]]):
    """Those of one date and one person, and who follows whom; nothing else."""
    assert parts(week(), parse(before), parse(after)) == expected


def test_who_has_the_same_skills_follows():
    """Bob and Dan hold the portal, so that Dan follows Bob, and Cho Ana."""
    skilled = {"skills": {"portal": 1}}
    problem = week(
        skills=({"skill_id": "portal"},), each={"bob": skilled, "dan": skilled}
    ).model_copy(update={"requirements": ()})

    found = parts(problem, parse("ana  M . .\nbob  M . ."), parse("cho  M . .\ndan  M . ."))

    assert sorted(map(sorted, found)) == [["+M0 cho", "-M0 ana"], ["+M0 dan", "-M0 bob"]]


def test_what_is_possible_only_together_is_one_part():
    """Bob may work once: he takes Ana's Monday only if Cho takes his Wednesday."""
    problem = week(each={"bob": {"max_shifts": 1}})
    before, after = parse("ana  M . .\nbob  . . A"), parse("bob  M . .\ncho  . . A")

    assert parts(problem, before, after) == [{"-M0 ana", "+M0 bob", "-A2 bob", "+A2 cho"}]


def test_what_breaks_a_rule_by_itself_comes_last():
    """Bob has more shifts than he may in the later roster, whatever else is taken over."""
    problem = week(each={"bob": {"max_shifts": 1}})

    found = differences(problem, parse("ana  . . ."), parse("bob  M M ."))

    assert [bool(part.effect.broken) for part in found] == [False, False]
    found = differences(problem, parse("bob  M . ."), parse("bob  M M .\nana  . . A"))
    assert [bool(part.effect.broken) for part in found] == [False, True]


def test_equal_rosters_have_no_differences():
    """Nor has an empty one from itself."""
    assert differences(week(), parse("ana  M . ."), parse("ana  M . .")) == ()
    assert differences(week(), Roster(), Roster()) == ()


@pytest.mark.parametrize("seed", range(25))
def test_each_price_is_that_of_whole_scores(seed: int):
    """Under every rule: of random rosters, each part alone, and all of them in turn."""
    chance = random.Random(seed)
    kinds = tuple(chance.sample(sorted(hard_rules()), 3))
    problem, before = draw_case(chance, kinds)
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    after = Roster.of(chance.sample(pairs, 10))
    first = check(problem, before)

    found = differences(problem, before, after)

    counts = Counter(change for part in found for change in part.changes)
    assert counts == Counter(before.changes_to(after))
    for part in found:
        alone = check(problem, changed(before, part.changes))
        assert part.effect.total == alone.total - first.total
        assert bool(part.effect.broken) == bool(worse(first, alone))
    judge, at = Candidates(problem, before), before
    for part in found:
        judge, at = judge.after(*part.changes), changed(at, part.changes)
    assert at == after
    assert judge.effect().total == 0


@given(weeks(), st.data())
def test_all_parts_together_are_the_whole(problem: Problem, data: st.DataObject):
    """Of any two rosters of tiny weeks; the order of parts never mixes broken and whole ones."""
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    some = st.lists(st.sampled_from(pairs), unique=True, max_size=6).map(Roster.of)
    before, after = data.draw(some), data.draw(some)

    found = differences(problem, before, after)

    assert changed(before, [c for part in found for c in part.changes]) == after
    broken = [len(part.effect.broken) for part in found]
    assert broken == sorted(broken)
