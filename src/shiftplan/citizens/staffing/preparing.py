"""What is planned of a week: with requirements, and with the rules that are asked for.

`Problem` as it was read -> `Problem` as it is solved.
"""

from __future__ import annotations

from shiftplan.citizens.staffing.planning import staff
from shiftplan.faults import Fault
from shiftplan.problem import Problem
from shiftplan.problem.profile import with_recommended
from shiftplan.texts import Lang


def still_holds(note: Fault, *, recommended: bool) -> bool:
    """Whether a note on a week is one on the prepared week too, whose rules may be more."""
    return not (recommended and note.table == "rules")


def prepare(
    problem: Problem, *, anew: bool = False, recommended: bool = False, lang: Lang = "en"
) -> Problem:
    """A week with requirements from its forecast where it has none.

    Parameters
    ----------
    problem
        The week.
    anew
        Whether requirements come from the forecast in any case.
    recommended
        Whether the rules of `with_recommended` are added.
    lang
        Language of the reasons of requirements.

    Raises
    ------
    InputError
        If the forecast cannot be staffed, as `staff` says.
    """
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem, lang=lang).problem
    return problem
