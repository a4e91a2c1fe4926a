"""What a result says of a contradiction that an engine has proven, however little time is left."""

from __future__ import annotations

import json
from io import StringIO

import numpy as np
import pytest
from conflicts import must
from rich.console import Console

from shiftplan import ModelError, Status, solve
from shiftplan.engines.task import Deadline
from shiftplan.present.display.results import show_contradiction
from shiftplan.present.headline import headline
from shiftplan.problem import Problem
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.inquiry import Inquiry
from shiftplan.solving.conflict.search import Search
from shiftplan.solving.conflict.shrinking import narrow
from shiftplan.testing.pictures import plan, window
from shiftplan.week.requirements import Requirement


def two_places() -> Problem:
    """Ana is pinned to two shifts at once."""
    return plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))


def test_a_conflict_is_reported_before_ways_out_are_looked_for(monkeypatch):
    """Whoever listens hears it at once, and the ways out have a short time of their own."""
    told, asked = [], []
    monkeypatch.setattr(
        Inquiry, "ways_out", lambda _, seconds: asked.append((seconds, len(told))) or ()
    )

    result = solve(two_places(), time_limit=None, workers=1, on_progress=told.append)

    assert told[-1].conflict.members == result.conflict
    assert (told[-1].total, told[-1].bound, told[-1].levels) == (None, None, {})
    assert asked == [(3.0, len(told))]


def test_without_time_for_ways_out_people_read_where_they_are_looked_for(monkeypatch):
    monkeypatch.setattr(Search, "corrections", late)
    result = solve(two_places(), time_limit=None, workers=1)
    out = StringIO()
    show_contradiction(Console(file=out, width=200), result, "en")

    assert result.ways_out == ()
    assert "`shiftplan explain`" in out.getvalue()


def late(*_: object, **__: object) -> bool:
    """Time is over."""
    raise OutOfTimeError


def test_what_is_proven_stays_said_when_naming_it_takes_the_rest_of_the_time(monkeypatch):
    """No conflict can be named; a second solver confirms that no roster exists."""
    monkeypatch.setattr(Search, "conflict", late)

    result = solve(two_places(), time_limit=None, workers=1)

    assert (result.status, result.conflict) == (Status.INFEASIBLE, ())
    assert result.conflict_confirmed
    assert not result.conflict_minimal
    assert "Two solvers agree on this." in headline(result, "en")
    assert any(
        "before the contradicting rules were found" in line for line in headline(result, "en")
    )


def test_without_time_for_a_second_solver_the_result_says_that_one_has_proven_it(monkeypatch):
    """The conflict is named and minimal, but not confirmed."""
    monkeypatch.setattr(Holding, "confirm_impossible", late)

    result = solve(two_places(), time_limit=None, workers=1)

    assert (result.status, len(result.conflict)) == (Status.INFEASIBLE, 3)
    assert result.conflict_minimal
    assert not result.conflict_confirmed
    assert json.loads(result.to_json())["conflict_confirmed"] is False
    assert any(line.startswith("One solver has proven this") for line in headline(result, "en"))
    assert any(line.startswith("Một bộ giải đã chứng minh") for line in headline(result, "vi"))


def test_a_conflict_that_is_not_shrunk_in_time_names_the_facts_too(monkeypatch):
    """Not minimal, but its members alone still leave no roster: who cannot come is among them."""
    monkeypatch.setattr("shiftplan.solving.conflict.search.shrink", lambda _, kept: (kept, None))
    needs = (Requirement(shift_id="M0", minimum=1, target=1),)
    problem = plan(
        "M",
        "ana bob",
        1,
        availability=(),
        requirements=needs,
        rules=({"rule": "minimum_coverage"},),
    )

    found = find_conflict(problem)

    assert found is not None
    assert (found.minimal, found.confirmed) == (False, True)
    assert {m.rule for m in found.members} >= {"minimum_coverage", "available"}


@pytest.mark.parametrize("people", [20, 40])
def test_people_who_are_alike_need_no_search_each(people, monkeypatch):
    """Three shifts need more people than there are, each may work one of them: a few searches."""
    runs = []
    solved = Holding._solve

    def counted(self: Holding, *args: object) -> np.ndarray:
        runs.append(1)
        return solved(self, *args)

    monkeypatch.setattr(Holding, "_solve", counted)
    needs = tuple(
        Requirement(shift_id=s, minimum=people // 3 + 1, target=people // 3 + 1)
        for s in ("M0", "O0", "A0")
    )
    problem = plan(
        "MOA",
        " ".join(f"p{i}" for i in range(people)),
        1,
        requirements=needs,
        rules=({"rule": "minimum_coverage"}, {"rule": "min_rest", "value": 600}),
    )

    found = find_conflict(problem)

    assert found is not None
    assert found.minimal
    assert found.confirmed
    assert len(found.members) > people
    assert len(runs) < 40


def alike(least: int) -> Problem:
    """Twelve people, seven days of one shift, at most two days in a row and so many shifts."""
    rules = ({"rule": "max_consecutive_days", "value": 2}, {"rule": "min_shift_count"})
    return plan(
        "M",
        " ".join(f"p{i}" for i in range(12)),
        7,
        rules=(rules[0], {**rules[1], "value": least}),
    )


def test_what_nobody_can_do_is_told_of_one_person_without_a_search():
    """Six shifts are asked of everybody, and five can be worked; no engine is started."""
    result = solve(alike(6), time_limit=None, workers=1)

    assert result.status is Status.INFEASIBLE
    assert result.stats.keys() == {"build_seconds", "size"}
    assert len({member.who for member in result.conflict}) == 1
    assert result.conflict_minimal
    assert result.conflict_confirmed
    assert result.conflict_count is None
    assert solve(alike(5), time_limit=None, workers=1).status is Status.OPTIMAL


def test_what_nobody_can_do_is_narrowed_down_without_a_roster(monkeypatch):
    """Members of one person are taken before any roster is looked for."""
    monkeypatch.setattr(Holding, "works", late)
    search = Search(alike(6), Deadline(np.inf))
    none = np.zeros(0, dtype=np.int64)

    found, _ = narrow(search._holding, none, none)

    assert {search.grounds.members[number].who for number in found.tolist()} == {0}


def test_a_way_out_gives_up_the_same_for_all_who_are_alike():
    """The cheapest one: nobody works six shifts, told of all twelve people."""
    first, *_ = ways_out(alike(6))

    assert {member.rule for member in first.members} == {"min_shift_count"}
    assert len({member.who for member in first.members}) == 12
    assert first.minimal


COUNTS = {"conflict": {"few_members": 2}}


def crowded(**week: object) -> Problem:
    """Four people for three of them on each of four days; nobody works two days in a row."""
    given = {
        "requirements": tuple(
            Requirement(shift_id=f"M{day}", minimum=3, target=3) for day in range(4)
        ),
        "rules": (
            {"rule": "minimum_coverage"},
            {"rule": "max_consecutive_days", "value": 1},
            {"rule": "max_shift_count", "value": 3, "per": "horizon"},
        ),
    }
    return plan("M", "ana bob cleo dan", 4, **{**given, **week})


def test_more_seats_than_people_can_fill_are_counted_without_a_search():
    """Eight of twelve seats can be filled; the rule that does not matter is no member."""
    result = solve(crowded(), time_limit=None, workers=1, params=COUNTS)

    count = result.conflict_count
    assert result.status is Status.INFEASIBLE
    assert result.stats.keys() == {"build_seconds", "size"}
    assert (count.people, count.most, count.asked) == (4, 8, 12)
    assert [m.rule for m in result.conflict] == ["minimum_coverage", "max_consecutive_days"]
    assert (result.conflict_minimal, result.conflict_confirmed) == (False, True)


def test_a_short_contradiction_is_told_by_its_members():
    """With a few people, each member is named, and none is needless."""
    result = solve(crowded(), time_limit=None, workers=1)

    assert result.conflict_count is None
    assert result.conflict_minimal
    assert all(member.who or member.where for member in result.conflict)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Nobody works more than 1 day in a row: 4 people.", "4 requirements", "8", "12"]),
        ("vi", ["Không ai trực quá 1 ngày liên tiếp: 4 người.", "4 nhu cầu", "8", "12"]),
    ],
)
def test_a_count_is_told_with_its_rules(lang, words):
    """Rules with how many people or requirements they concern, and then the count."""
    result = solve(crowded(), time_limit=None, workers=1, params=COUNTS)
    out = StringIO()
    show_contradiction(Console(file=out, width=200), result, lang)

    assert all(word in out.getvalue() for word in words)
    assert result.conflict_count.message.said(lang) in out.getvalue()
    assert result.conflict_count.message.said(lang) in result.as_html(lang)


def test_a_result_holds_the_count():
    told = json.loads(solve(crowded(), time_limit=None, workers=1, params=COUNTS).to_json())[
        "conflict_count"
    ]

    assert told.pop("sentence").keys() == {"en", "vi"}
    assert told == {"people": 4, "most": 8, "asked": 12}


def test_a_way_out_of_a_count_is_said_not_to_be_the_cheapest():
    """It is a cheap one, and people are told that a cheaper one may exist."""
    result = solve(crowded(), time_limit=None, workers=1, params=COUNTS)
    out = StringIO()
    show_contradiction(Console(file=out, width=200), result, "en")

    assert [way.minimal for way in result.ways_out] == [False]
    assert {member.rule for member in result.ways_out[0].members} <= {"minimum_coverage"}
    assert "one that gives up less may exist" in out.getvalue()


def test_pins_of_a_count_are_named_one_by_one():
    """Three people could fill all six seats, each two days apart; Ana is kept away from a day."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=2, target=2) for day in range(3))
    problem = plan(
        "M",
        "ana bob cleo",
        3,
        pins=must("-M0 ana"),
        requirements=needs,
        rules=({"rule": "minimum_coverage"}, {"rule": "max_consecutive_days", "value": 1}),
    )
    found = find_conflict(problem, params=COUNTS)

    assert (found.count.most, found.count.asked) == (5, 6)
    assert [(m.rule, m.who) for m in found.members] == [
        ("pins", "ana"),
        ("minimum_coverage", ""),
        ("max_consecutive_days", ""),
    ]


def test_a_team_that_cannot_be_filled_is_told_alone_however_many_people_there_are():
    """Sixty people may all come, but of them twenty may work; the first shift needs 23."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=23, target=23) for day in range(7))
    problem = plan(
        "M",
        " ".join(f"p{i}" for i in range(60)),
        7,
        requirements=needs,
        rules=(
            {"rule": "minimum_coverage"},
            {"rule": "max_active_people", "level": "hard", "value": 20},
            {"rule": "max_consecutive_days", "value": 5},
        ),
    )

    found = find_conflict(problem)

    assert {m.rule for m in found.members} == {"max_active_people", "minimum_coverage"}
    assert len(found.members) == 2
    assert (found.minimal, found.confirmed, found.count) == (True, True, None)


def test_a_chain_of_people_who_work_together_is_told_of_one_shift():
    """All six work together, the first and the last apart, and each shift needs one."""
    people = [f"p{i}" for i in range(6)]
    groups = {who: [f"t{i - 1}", f"t{i}"] for i, who in enumerate(people)}
    groups["p0"].append("ends")
    groups["p5"].append("ends")
    pairs = tuple({"rule": "together", "group": [f"t{i}"]} for i in range(5))
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=1, target=1) for day in range(7))
    problem = plan(
        "M",
        " ".join(people),
        7,
        each={who: {"group": group} for who, group in groups.items()},
        requirements=needs,
        rules=(*pairs, {"rule": "apart", "group": ["ends"]}, {"rule": "minimum_coverage"}),
    )

    found = find_conflict(problem)

    assert (found.minimal, found.confirmed) == (True, True)
    assert len(found.members) == 7
    assert len({member.at for member in found.members}) == 1


@pytest.mark.parametrize(("first", "is_named"), [(1, True), (0, False)])
def test_rules_that_keep_people_from_the_seats_take_part_in_a_count(first, is_named):
    """Times that Ana did not offer matter on the days that are counted, and not on a free day."""
    times = tuple(window(who, first=0, last=3) for who in ("bob", "cleo", "dan"))
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=3, target=3) for day in range(3))
    problem = crowded(availability=(*times, window("ana", first=first, last=3)), requirements=needs)
    found = find_conflict(problem, params=COUNTS)

    assert found.count is not None
    assert ("available" in {member.rule for member in found.members}) is is_named


def test_a_count_that_cp_sat_has_no_time_for_is_not_confirmed(monkeypatch):
    monkeypatch.setattr(Holding, "refuses", late)
    result = solve(crowded(), time_limit=None, workers=1, params=COUNTS)

    assert result.conflict_count is not None
    assert not result.conflict_confirmed


def test_a_count_that_cp_sat_denies_is_an_error(monkeypatch, tmp_path):
    """Somebody can work more than one solver says: a week for a report, and no answer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Holding, "refuses", lambda *_: False)

    with pytest.raises(ModelError, match="max_consecutive_days"):
        solve(crowded(), time_limit=None, workers=1, params=COUNTS)
