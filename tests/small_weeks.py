"""Random weeks of a few people and shifts under many hard rules, that are solved in an instant."""

from __future__ import annotations

from hypothesis import strategies as st

from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan, window
from shiftplan.week.records import Skill
from shiftplan.week.requirements import Requirement

SKILLS = (Skill(skill_id="portal", max_level=3), Skill(skill_id="cham", kind="language"))
COVERAGE = {"rule": "coverage", "level": 1, "weight": 100}
BASE = ({"rule": "max_shifts"}, {"rule": "one_place"})


def need(
    shift: str,
    skill: str | None = None,
    level: int | None = None,
    target: int = 1,
    *,
    beside: str = "",
) -> Requirement:
    """A requirement; `beside` are further skills that the same people hold."""
    values = {"skill_id": skill, "min_level": level, "with_skills": beside, "target": target}
    return Requirement.model_validate({"shift_id": shift, **values})


MORE = (
    {"rule": "capacity"},
    {"rule": "max_distance"},
    {"rule": "one_center_per_day"},
    {"rule": "max_centers", "value": 1},
    {"rule": "mentor", "value": 1},
    {"rule": "mentor", "level": 1, "weight": 60, "value": 1},
    {"rule": "never_alone", "skill": "portal", "min_level": 2},
    {"rule": "never_alone", "skill": "cham", "value": 2},
    {"rule": "mentored", "level": "hard", "value": 1},
    {"rule": "max_shift_count", "value": 1, "per": "horizon"},
    {"rule": "max_shift_count", "value": 1, "per": "day"},
    {"rule": "min_shift_count", "level": "hard", "value": 1, "per": "horizon"},
    {"rule": "max_minutes", "level": "hard", "value": 240},
    {"rule": "max_consecutive_days", "level": "hard", "value": 1},
    {"rule": "min_consecutive_days", "level": "hard", "value": 2},
    {"rule": "max_consecutive_days_off", "level": "hard", "value": 1},
    {"rule": "surplus", "level": "hard"},
    {"rule": "fairness", "level": 2, "weight": 50},
    {"rule": "min_shifts", "level": 2, "weight": 40},
    {"rule": "travel", "level": 2, "weight": 1},
    {"rule": "full_day", "level": "hard"},
)


@st.composite
def weeks(draw: st.DrawFn, more: tuple[dict[str, object], ...] = MORE) -> Problem:
    """Up to three people with skills and limits, a few shifts with seats, up to four more rules."""
    people = ["ana", "bob", "cleo"][: draw(st.integers(1, 3))]
    days = draw(st.integers(1, 2))
    signs = draw(st.sampled_from(["M", "MA", "Mm", "MO"]))
    each = {
        name: {
            "skills": {"portal": draw(st.integers(0, 3)), "cham": draw(st.integers(0, 1))},
            "max_shifts": draw(st.integers(1, 3)),
            "max_distance_km": draw(st.sampled_from([0, 8, None])),
        }
        for name in people
    }
    needs = []
    for day in range(days):
        for sign in signs:
            needs.append(need(f"{sign}{day}", target=draw(st.integers(0, 4))))
            levels = draw(st.sets(st.integers(1, 3), max_size=1))
            needs += [need(f"{sign}{day}", "portal", n, draw(st.integers(1, 2))) for n in levels]
            if draw(st.booleans()):
                form = draw(st.sampled_from(["portal:{}", "!portal:{}"]))
                beside = form.format(draw(st.integers(1, 2)))
                needs.append(need(f"{sign}{day}", "cham", beside=beside))
            if draw(st.booleans()):
                needs.append(need(f"{sign}{day}", beside="cham/portal:3"))
    rules = draw(st.lists(st.sampled_from(more), max_size=4, unique_by=lambda r: str(r["rule"])))
    return plan(
        signs,
        " ".join(people),
        days,
        skills=SKILLS,
        each=each,
        rules=(COVERAGE, *BASE, *rules),
        requirements=tuple(needs),
        availability=tuple(window(n, last=draw(st.integers(1, days))) for n in people),
    )
