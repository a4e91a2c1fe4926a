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
    """A week with requirements from its forecast where it has none.

    Parameters
    ----------
    problem
        The week.
    anew
        Whether requirements come from the forecast in any case.
    recommended
        Whether the rules of `with_recommended` are added.

    Raises
    ------
    InputError
        If the forecast cannot be staffed, as `staff` says.
    """
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem).problem
    return problem


def needs_after(problem: Problem, changes: Sequence[AnyChange]) -> Iterator[Need]:
    """Yield the needs that another forecast brings, where the requirements are those of a forecast.

    Parameters
    ----------
    problem
        The week, staffed.
    changes
        Forecasts among them. What another change says of a requirement or a shift holds.

    Raises
    ------
    InputError
        If the new forecast cannot be staffed, as `staff` says.
    """
    forecasts = [c for c in changes if isinstance(c, Update) and isinstance(c.row, Demand)]
    before = _amounts(problem)
    if not forecasts or not before or _staffed(problem) != before:
        return
    after = _amounts(staff(problem.with_changes(*forecasts)).problem)
    named = {(c.shift_id, c.skill_id, c.min_level) for c in changes if isinstance(c, Need)}
    gone = {s.shift_id for s in problem.shifts if closed(changes, s)}
    for key in dict.fromkeys((*before, *after)):
        shift_id, skill_id, min_level = key
        minimum, target = after.get(key, (0, 0))
        if before.get(key) != (minimum, target) and key not in named and shift_id not in gone:
            yield Need(
                shift_id=shift_id,
                skill_id=skill_id,
                min_level=min_level,
                minimum=minimum,
                target=target,
            )


_Amounts = dict[tuple[str, str | None, int | None], tuple[int, int]]


def _amounts(problem: Problem) -> _Amounts:
    """Shift, skill and level of each requirement -> its minimum and target."""
    rows = problem.requirements
    return {(r.shift_id, r.skill_id, r.min_level): (r.minimum, r.target) for r in rows}


def _staffed(problem: Problem) -> _Amounts:
    """The requirements of a forecast; none where it cannot be staffed."""
    try:
        return _amounts(staff(problem).problem)
    except InputError:
        return {}
