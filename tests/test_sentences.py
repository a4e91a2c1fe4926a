"""The sentences a coordinator sees: proofs, headlines, names and findings."""

from __future__ import annotations

import pytest

from shiftplan import Result, Roster, Status, StoppedBy
from shiftplan.errors.message import AtShift, Message, OfRule
from shiftplan.present.coverage import load_bins, shift_bins
from shiftplan.present.headline import conflict_lines, headline, proof, way_out_lines
from shiftplan.present.summary import load_lines, worst_off
from shiftplan.present.words import Words
from shiftplan.scoring.fairness import FairnessMeasures, PersonLoad, Wishes
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.members import Members
from shiftplan.solving.result import ConflictMember, Cost, WayOut
from shiftplan.testing import plan
from shiftplan.testing.pictures import shift


def result(cost: int | None, bound: int | None, **fields: object) -> Result:
    values: dict[str, object] = {
        "status": Status.FEASIBLE,
        "stopped_by": StoppedBy.TIME,
        "roster": None if cost is None else Roster(),
        "score": None,
        "total": Cost(cost, bound),
        "levels": {} if cost is None else {1: Cost(cost, None)},
        "seconds": 59.6,
    }
    return Result(**{**values, **fields})


@pytest.mark.parametrize(
    ("cost", "bound", "english", "vietnamese"),
    [
        # (1000 - 997) / 1000 = 0.3%
        (1000, 997, "more than 0.3% cheaper", "giảm quá 0,3% điểm phạt"),
        (1000, 1000, "no roster is cheaper", "không lịch trực nào có ít điểm phạt hơn"),
        (0, 0, "no roster is cheaper", "không lịch trực nào có ít điểm phạt hơn"),
        (1000, None, "is not known yet", "Chưa biết"),
        (1000, 0, "is not known yet", "Chưa biết"),
    ],
)
def test_the_proof_is_a_sentence(
    cost: int, bound: int | None, english: str, vietnamese: str
) -> None:
    """It says by how much a roster could be cheaper at most, or that nothing is known."""
    assert english in proof(result(cost, bound), "en")[0]
    assert vietnamese in proof(result(cost, bound), "vi")[0]


def test_the_strict_order_has_a_proof_for_each_level() -> None:
    """Its levels carry bounds and its total has none."""
    levels = {1: Cost(10, 10), 2: Cost(200, 150)}

    lines = proof(result(300, None, levels=levels), "en")

    assert lines == [
        "level 1: Proven: no roster is cheaper.",
        "level 2: Proven: no roster is more than 25.0% cheaper.",
    ]


def test_headline_says_what_it_costs_and_why_it_stopped() -> None:
    """Status, total and levels, proof, reason."""
    assert headline(result(12345, 12000), "en") == [
        "A roster was found. Total cost 12,345 (level 1: 12,345).",
        "Proven: no roster is more than 2.8% cheaper.",  # 345 / 12345 = 2.79%
        "Stopped at the time limit, after 60 s.",
    ]
    assert headline(result(None, None, status=Status.NO_ROSTER_FOUND), "vi") == [
        "Chưa tìm được lịch trực nào; vẫn có thể có lịch phù hợp.",
        "Dừng vì hết thời gian, sau 60 giây.",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0"), (9.94, "9.9"), (9.96, "10"), (1234.5, "1,234")]
)
def test_short_times_have_a_decimal(seconds: float, text: str) -> None:
    """From ten seconds on whole ones are enough."""
    ended = result(1, 1, seconds=seconds, stopped_by=None, status=Status.OPTIMAL)

    assert headline(ended, "en")[-1] == f"The search ran to its end, in {text} s."
    assert (
        headline(ended, "vi")[-1]
        == f"Đã tìm xong sau {text.translate(str.maketrans('.,', ',.'))} giây."
    )


def test_a_search_that_broke_off_says_so() -> None:
    """Its engines were lost before a limit was reached, with a roster or without one."""
    lost = result(2, 1, seconds=12, stopped_by=StoppedBy.LOST, status=Status.FEASIBLE)

    assert headline(lost, "en")[-1].startswith("The search broke off after 12 s")
    assert headline(lost, "vi")[-1].startswith("Việc tìm kiếm bị gián đoạn sau 12 giây")


def test_a_search_near_changes_did_not_break_off() -> None:
    """It found out all that it was asked for."""
    near = result(2, None, seconds=1.5, stopped_by=StoppedBy.NEAR, status=Status.FEASIBLE)

    assert headline(near, "en")[-1] == (
        "No better roster is possible near the changes; the rest of the week stays as it was. "
        "This took 1.5 s."
    )
    assert "1,5 giây" in headline(near, "vi")[-1]


def test_many_people_are_named_in_short() -> None:
    """Three names, and how many more there are."""
    load = FairnessMeasures(tuple(PersonLoad(f"v{i}", f"v{i}", 2, 3) for i in range(5)))

    assert load_lines(load, Words("en"))[1] == ("Highest load, 66.7%: v0, v1, v2 and 2 more.")
    assert load_lines(load, Words("vi"))[2] == "Nhiều ca nhất, 2 ca: v0, v1, v2 và 2 người nữa."


def test_loads_are_told_in_sentences() -> None:
    """Shares of now first, then loads of all weeks, and what is none is not told."""
    people = (
        PersonLoad(
            "a", "Ana", 2, 2, shifts_before=1, offered_before=2, km=12.5, wishes=Wishes(4, 1)
        ),
        PersonLoad("b", "b", 0, 3, undesired=2, wishes=Wishes(1, 1)),
        PersonLoad("c", "c", 0, 0),
    )

    # Shares 1 and 0; loads 3/4 and 0: one of two has everything, Gini 1/2; they are in one band.
    assert load_lines(FairnessMeasures(people), Words("en")) == [
        "At least half of those who offered time have no shift.",
        "Highest load, 100.0%: Ana (a).",
        "Most shifts, 2: Ana (a).",
        "People who offered time and have no shift: 1.",
        "People who offered no time at which there are shifts, or may work none: 1.",
        # Ana's are met for 3/4, those of b not at all.
        "Wishes: 2 people have some; on average, 37.5% are met. "
        "Of these people, without a shift: 1.",
        "Earlier weeks included, one in ten works at most 0.0% of what they offered, and nine in "
        "ten at most 75.0%.",
        "Inequality of these loads (Gini, 0 is equal): 0.5; among people who offered a similar "
        "number of shifts: 0.5.",
    ]
    assert "0,5" in load_lines(FairnessMeasures(people), Words("vi"))[-1]
    assert load_lines(FairnessMeasures(()), "en") == []
    assert worst_off(FairnessMeasures(people), "en") == [
        "Ana (a): 75.0%. Works 2 of 2 shifts offered, 1 of 2 before, 13 km from home in all, "
        "1 of 4 wishes refused."
    ]
    assert worst_off(FairnessMeasures(people), "vi") == [
        "Ana (a): 75,0%. Được xếp 2/2 ca đã đăng ký, trước đó 1/2, tổng quãng đường từ nhà 13 km, "
        "1/4 nguyện vọng không được đáp ứng."
    ]
    assert people[1].reason.said("en") == (
        "Works 0 of 3 shifts offered, of these 2 at undesired times, 1 of 1 wish refused."
    )


def test_many_counts_share_rows() -> None:
    """With 25 counts and at most 10 rows, three counts stand in a row; nobody is lost."""
    load = FairnessMeasures(tuple(PersonLoad(f"v{i}", "", i, 0) for i in range(25)))

    rows = shift_bins(load)

    assert rows[0] == ("0–2", 3)
    assert rows[-1] == ("24", 1)
    assert sum(count for _, count in rows) == 25


def test_loads_stand_in_tenths() -> None:
    """Just a half is not above it; nothing, the whole and more than was offered are apart."""
    shares = [(0, 3), (1, 10), (1, 2), (2, 4), (51, 100), (3, 3), (4, 3), (9, 3), (0, 0)]
    people = tuple(PersonLoad(f"v{i}", "", n, of) for i, (n, of) in enumerate(shares))

    rows = dict(load_bins(FairnessMeasures(people)))

    assert list(rows)[:3] == ["0", "≤ 10%", "≤ 20%"]
    assert {label: count for label, count in rows.items() if count} == {
        "0": 1, "≤ 10%": 1, "≤ 50%": 2, "≤ 60%": 1, "≤ 100%": 1, "> 100%": 2,
    }  # fmt: skip


def test_a_conflict_names_rules_and_people() -> None:
    """Each member stands as a sentence with the kind of its rule; ways out are numbered."""
    said = Message("conflict.pins_must", who="Ana", where="c1-am")
    pin = ConflictMember("pins", "ana", AtShift("c1-am"), said)
    most = Message("conflict.max_shifts", who="Ana", most=1)
    limit = ConflictMember("max_shifts", "ana", None, most)
    way = WayOut((pin, limit), (1, 1), 11)

    assert conflict_lines([pin, limit], "en") == [
        "  - A pin says that Ana works c1-am. [pins]",
        "  - Ana works at most 1 shift. [max_shifts]",
    ]
    assert conflict_lines([pin], "vi") == ["  - Ana đã được chốt phải trực ca c1-am. [pins]"]
    assert way_out_lines([way, WayOut((pin,), (1,), 1)], "en") == [
        "  1. Give up: A pin says that Ana works c1-am. [pins]",
        "     and: Ana works at most 1 shift. [max_shifts]",
        "  2. Give up: A pin says that Ana works c1-am. [pins]",
    ]


def test_a_way_out_of_many_members_is_told_by_rule_and_center() -> None:
    """Beyond ten members sums stand for them, the most first; JSON keeps each member."""
    said = Message("conflict.rule", rule=OfRule("minimum_coverage"))
    kind, places = "minimum_coverage", [AtShift(f"S{i}") for i in range(10)]
    need = [ConflictMember(kind, "", place, said, "Xã Một", "people") for place in places[:9]]
    far = ConflictMember(kind, "", places[9], said, "Xã Hai", "people")
    limit = ConflictMember("max_shifts", "ana", None, said, unit="shifts")
    way = WayOut((*need, far, limit), (1,) * 9 + (20, 2), 40, minimal=False)

    assert way_out_lines([way], "en") == [
        "  1. Give up in 11 places, listed by rule and center, most first; the JSON output "
        "lists them all:",
        "     - minimum_coverage, Xã Hai: people 20; places 1",
        "     - minimum_coverage, Xã Một: people 9; places 9",
        "     - max_shifts: shifts 2; places 1",
    ]
    assert "9 người; 9 trường hợp" in way_out_lines([way], "vi")[2]
    assert len(way.as_dict()["give_up"]) == 11


def test_centers_of_one_name_are_two_in_a_way_out() -> None:
    """Their sums stay apart, under the names with ids that members have."""
    names = {"30958": "Xã Hòa", "99999": "Xã Hòa", "home": ""}
    centers = [{"center_id": center, "name": name} for center, name in names.items()]
    shifts = [
        shift("M", 0).model_copy(
            update={"shift_id": f"{c['center_id']}-{i}", "center_id": c["center_id"]}
        )
        for c in centers[:2]
        for i in range(6)
    ]
    problem = plan({}, "ana", 1, centers=centers, shifts=shifts)
    capacity = [r.rule for r in problem.active_rules].index("capacity")
    found = Members(problem)
    members = tuple(found.member(Member(capacity, -1, i, "shift")) for i in range(12))

    lines = way_out_lines([WayOut(members, (1,) * 12, 12)], "en")

    assert found.member(Member(capacity, -1, 1, "center")).center == "Xã Hòa (99999)"
    assert str(members[0].message).startswith("The center of 30958-0, Xã Hòa (30958), Mon")
    assert lines[1:] == [
        f"     - capacity, Xã Hòa ({center}): people 6; places 6" for center in ("30958", "99999")
    ]
