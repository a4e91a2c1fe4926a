"""Skills as texts name them: with a level, as one of several, or as one that must not be held.

Text such as `portal:2`, `khmer/english` or `!novice` -> skills with levels, and sets of such texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from shiftplan.errors.message import Message
from shiftplan.week.fields import NameSet


def skill_and_level(name: str) -> tuple[str, int]:
    """The skill and the level that a name such as `portal:2` means; `portal` means level 1."""
    skill, _, level = name.rpartition(":")
    is_level = skill and level.isascii() and level.isdigit()
    return (skill.strip(), int(level)) if is_level else (name, 1)


def name_of_level(skill: str, level: int) -> str:
    """The shortest name that `skill_and_level` reads as a skill and a level."""
    return skill if skill_and_level(skill) == (skill, level) else f"{skill}:{level}"


def parts_of_condition(name: str) -> tuple[bool, tuple[tuple[str, int], ...]]:
    """Whether somebody is meant who holds a skill of those named, or who holds none; and these.

    `khmer/english:2` means holders of one of the two at least, `!novice` people without it.
    ValueError where a skill is missing, or `!` stands together with `/`.
    """
    held, names = not name.startswith("!"), [n.strip() for n in name.removeprefix("!").split("/")]
    if not all(names) or any(n.startswith("!") for n in names) or (len(names) > 1 and not held):
        raise ValueError(Message("week.condition_form"))
    return held, tuple(sorted({skill_and_level(one) for one in names}))


def name_of_condition(held: bool, abilities: Iterable[tuple[str, int]]) -> str:
    """The shortest name that `parts_of_condition` reads as this."""
    return "!" * (not held) + "/".join(name_of_level(*ability) for ability in abilities)


def _shortest(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name_of_condition(*parts_of_condition(name)) for name in names}))


SkillSet = Annotated[NameSet, AfterValidator(_shortest)]
"""A set of skills such as `khmer|portal:2`, sorted: each by its id, with a colon and the level
where that is not 1; `khmer/english` means one of these at least, `!novice` people without it."""


def _levels(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name_of_level(*skill_and_level(name)) for name in names}))


Levels = Annotated[NameSet, AfterValidator(_levels)]
"""Levels of skills such as `khmer|portal:2`, sorted; level 1 where none is named."""
