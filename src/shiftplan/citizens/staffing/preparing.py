"""What is planned of a week: with requirements, and with the rules that are asked for.

`Problem` as it was read -> `Problem` as it is solved; another forecast -> what it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shiftplan.citizens.staffing.planning import staff
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, Update, closed
from shiftplan.problem.profile import with_recommended
from shiftplan.week.demand import Demand


def still_holds(note: Fault, *, recommended: bool) -> bool:
    """Whether a note on a week is one on the prepared week too, whose rules may be more."""
    return not (recommended and note.table == "rules" and note.code != "unknown_name")


def prepare(problem: Problem, *, anew: bool = False, recommended: bool = False) -> Problem:
    """A week with requirements from its forecast where it has none, or `anew` in any case.

    `recommended` adds the rules of `with_recommended`. Raises InputError as `staff` does.
    """
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem).problem
    return problem


def needs_after(problem: Problem, changes: Sequence[AnyChange]) -> Iterator[Need]:
    """Yield the needs that another forecast brings, where the requirements are those of a forecast.

    What another of the changes says of a requirement or a shift holds. Raises InputError as
    `staff` does if the new forecast cannot be staffed.
    """
    forecasts = [c for c in changes if isinstance(c, Update) and isinstance(c.row, Demand)]
    before = _amounts(problem)
    if not forecasts or not before:
        return
    try:
        if _amounts(staff(problem).problem) != before:
            return
    except InputError:
        return  # what cannot be staffed has requirements of its own
    after = _amounts(staff(problem.with_changes(*forecasts)).problem)
    named = {(c.shift_id, c.skill_id, c.min_level) for c in changes if isinstance(c, Need)}
    gone = {s.shift_id for s in problem.shifts if closed(changes, s)}
    for key in dict.fromkeys((*before, *after)):
        minimum, target = after.get(key, (0, 0))
        if before.get(key) != (minimum, target) and key not in named and key[0] not in gone:
            yield Need(
                shift_id=key[0],
                skill_id=key[1],
                min_level=key[2],
                minimum=minimum,
                target=target,
            )


def _amounts(problem: Problem) -> dict[tuple[str, str | None, int | None], tuple[int, int]]:
    """Shift, skill and level of each requirement -> its minimum and target."""
    rows = problem.requirements
    return {(r.shift_id, r.skill_id, r.min_level): (r.minimum, r.target) for r in rows}
