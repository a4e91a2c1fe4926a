"""Problems whose hard rules and pins often contradict each other."""

from __future__ import annotations

from hypothesis import strategies as st

from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan, window
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Pin


def must(*pairs: str) -> tuple[Pin, ...]:
    """Pins of `shift person` pairs; a minus in front keeps the person out."""
    return tuple(
        Pin(
            volunteer_id=pair.split()[1],
            shift_id=pair.split()[0].lstrip("-"),
            state="must_not" if pair[0] == "-" else "must",
        )
        for pair in pairs
    )


RULES = (
    {"rule": "one_place"},
    {"rule": "max_shifts"},
    {"rule": "capacity"},
    {"rule": "one_center_per_day"},
    {"rule": "max_centers", "value": 1},
    {"rule": "max_distance"},
    {"rule": "minimum_coverage"},
    {"rule": "surplus"},
    {"rule": "max_shift_count", "value": 1, "per": "day"},
    {"rule": "min_shift_count", "value": 2},
    {"rule": "min_rest", "value": 600},
    {"rule": "max_consecutive_days", "value": 1},
    {"rule": "mentor", "value": 1},
    {"rule": "never_alone", "skill": "portal"},
    {"rule": "never_alone", "skill": "portal", "per": "moment"},
    {"rule": "mentored", "level": "hard"},
    {"rule": "floor", "level": "hard", "value": 1},
    {"rule": "together", "group": "g"},
    {"rule": "apart", "group": "g"},
    {"rule": "full_day", "level": "hard"},
)


PEOPLE = ("ana", "bob", "cleo")


@st.composite
def tight(draw: st.DrawFn) -> Problem:
    """Tiny problems in which hard rules and pins often contradict each other."""
    days = draw(st.integers(1, 2))
    signs = {d: draw(st.sampled_from(["M", "Mm", "MO", "MA", "Am"])) for d in range(days)}
    shifts = [f"{sign}{d}" for d, of_day in signs.items() for sign in of_day]
    names = PEOPLE[: draw(st.integers(1, 2 if len(shifts) > 3 else 3))]
    pairs = [f"{s} {v}" for s in shifts for v in names]
    pinned = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True))
    levels = st.integers(0, 3)
    each = {
        name: {
            "max_shifts": draw(st.none() | st.integers(0, 2)),
            "max_distance_km": draw(st.sampled_from([None, 5])),
            "skills": {"portal": draw(levels)},
            "group": draw(st.sampled_from(["", "g"])),
        }
        for name in names
    }
    each[names[0]]["group"] = "g"
    minimum = st.integers(0, 2)
    needs = tuple(
        Requirement(
            shift_id=s,
            minimum=(n := draw(minimum)),
            target=n,
            **draw(st.sampled_from([{}, {"skill_id": "portal", "min_level": 2}])),
        )
        for s in draw(st.lists(st.sampled_from(shifts), max_size=2, unique=True))
    )
    absent = draw(st.sets(st.sampled_from(names), max_size=1))
    return plan(
        signs,
        " ".join(names),
        days,
        each=each,
        skills=({"skill_id": "portal", "max_level": 3},),
        availability=tuple(window(n, first=0, last=1) if n in absent else window(n) for n in names),
        requirements=needs,
        pins=must(*(draw(st.sampled_from(["", "", "-"])) + pair for pair in pinned)),
        rules=tuple(draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=5, unique_by=str))),
    )
