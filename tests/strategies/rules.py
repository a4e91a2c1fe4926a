"""Rules of every kind, with parameters that suit the problem they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from shiftplan.rules import RULES
from shiftplan.week.fields import Frozen
from shiftplan.week.horizon import Horizon
from strategies.values import WEEKENDS, levels, maybe, some, texts, types_and_tags

_LEVELS = {kind: str(rule.model_fields["level"].annotation) for kind, rule in RULES.items()}
_PARAMETERS: dict[str, st.SearchStrategy[Any]] = {
    "level": st.just("hard") | levels,
    "one_place.level": st.sampled_from(["hard", "off"]),
    "capacity.level": st.sampled_from(["hard", "off"]) | levels,
    "weight": st.integers(0, 100),
    "note": texts,
    "told_weight": st.integers(0, 100),
    "value": st.integers(1, 9),
    "per": st.sampled_from(["horizon", "week", "month", "day"]),
    "hours": st.sampled_from(["", "07:00-11:00", "22:00-06:00", "00:00-24:00"]),
    "rolling_days": maybe(st.integers(1, 10)),
    "pause_minutes": st.integers(1, 200),
    "from_shifts": st.integers(1, 4),
    "within_hours": st.integers(1, 60),
    "weekend": st.sampled_from(WEEKENDS),
    "same": st.sampled_from(["all", "time", "center", "day"]),
    "sides": st.sampled_from(["both", "before", "after", "bridge"]),
    "how": st.sampled_from(["any", "all"]),
    "needs_too.per": st.sampled_from(["day", "horizon"]),
    **{
        f"{kind}.per": st.sampled_from(["shift", "moment"])
        for kind in ("mentor", "mentored", "never_alone")
    },
    "min_group_share.per": st.sampled_from(["shift", "center_day", "horizon"]),
    "max_group_share.per": st.sampled_from(["shift", "center_day", "horizon"]),
    "last_run": st.sampled_from(["open", "counted"]),
    "seats": st.sampled_from(["all", "people", "skilled"]),
    "leximin.value": st.integers(2, 12),
    "max_min.value": st.integers(5, 100),
    "worst_center_first.value": st.integers(2, 12),
    "travel_time.value": st.integers(1, 200),
    "speed_kmh": st.integers(1, 200),
    "tour": st.sampled_from(["between", "home"]),
    "area_floor.value": maybe(st.integers(0, 100) | st.sampled_from([0.9, 0.335])),
}
"""Those that are the same for every problem."""


def _patterns(sets: Sequence[str]) -> st.SearchStrategy[str]:
    """Patterns of up to four days, of the types and tags in use."""
    own = [name for name in sets if not {*name} & {*",!|"} and name not in ("off", "work", "any")]
    words = [word for name in own for word in (name, f"!{name}", f"{name}|off")]
    days = st.sampled_from(["off", "work", "any", *words])
    return st.lists(days, min_size=1, max_size=4).map(", ".join)


@st.composite
def _rule(
    draw: st.DrawFn, kinds: Sequence[str], parameters: dict[str, st.SearchStrategy[Any]]
) -> Frozen:
    """One rule of one of the kinds, with parameters drawn by their names."""
    model = RULES[draw(st.sampled_from(kinds))]
    values = {}
    for name, field in model.columns().items():
        info = model.model_fields[field]
        if name == "rule" or (not info.is_required() and draw(st.booleans())):
            continue
        own = f"{model.model_fields['rule'].default}.{name}"
        known = parameters.get(own, parameters.get(name))
        assert known is not None, f"_PARAMETERS of tests/strategies/rules.py lacks {own}"
        values[name] = draw(known)
    first, last = values.get("first_day"), values.get("last_day")
    if first is not None and last is not None and last < first:
        values["last_day"] = first
    if model.model_fields["level"].default == "hard" and "level" not in values:
        return model(**values)
    may = _LEVELS[model.model_fields["rule"].default]
    if "hard" not in may and values.get("level") == "hard":
        values["level"] = 2
    if "int" not in may and values.get("level") != "off":
        values["level"] = "hard"
    return model(**values)


def rules_of(
    draw: st.DrawFn,
    horizon: Horizon,
    placed: bool,
    volunteers: list[dict[str, Any]],
    shifts: list[dict[str, Any]],
    most: dict[str, int],
    areas: Sequence[str],
) -> list[Frozen]:
    groups = tuple(sorted({name for v in volunteers for name in v["group"]}))
    sets = types_and_tags(shifts)
    none: st.SearchStrategy[tuple[str, ...]] = st.just(())
    lowest = min(most.values(), default=1)
    parameters = _PARAMETERS | {
        "first_day": maybe(st.integers(0, 3).map(lambda n: horizon.start - dt.timedelta(n))),
        "last_day": maybe(st.integers(0, 5).map(lambda n: horizon.start + dt.timedelta(n))),
        "rotation.first_day": st.integers(-9, 9).map(lambda n: horizon.start + dt.timedelta(n)),
        "days": st.sampled_from([None, "sat|sun", "mon|tue|wed|fri", f"{horizon.start}"]),
        "where": some(("minority", "remote", "other", *areas)),
        "group": some(groups, 1) if groups else none,
        "shifts": some(sets, 1) if sets else none,
        "first": some(sets, 1) if sets else none,
        "then": some(sets, 1) if sets else none,
        "pattern": _patterns(sets),
        "followed_by": _patterns(sets),
        "skill": st.sampled_from(sorted(most) or [""]),
        "novice_level": st.integers(0, lowest),
        "mentor_level": st.integers(1, lowest),
        "min_level": st.integers(1, lowest),
        "area_floor.group": some(("minority", "remote", "other", *areas), 1),
    }
    ways = {"max_distance", "travel", "travel_time", "max_travel"}
    useless = set() if placed else ways | {"balance_far"}
    useless |= set() if most else {"never_alone"}
    mentors = {"mentor", "mentored", "varied_mentors"}
    useless |= set() if "portal" in most and lowest >= 3 else mentors
    useless |= set() if groups else {"together", "apart", "min_group_share", "max_group_share"}
    useless |= set() if sets else {"forbidden_succession", "balance_shifts", "needs_too"}
    kinds = [kind for kind in RULES if kind not in useless]
    drawn = draw(st.lists(_rule(kinds, parameters), max_size=6))
    different = {
        str({k: v for k, v in rule if k not in {"level", "weight", "note"}}): rule for rule in drawn
    }
    return list(different.values())
