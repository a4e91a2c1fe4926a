"""What a batch keeps of a week that was planned, for its tables.

(`Problem`, `Result`, `Experience`) -> `Figures`.
"""

from __future__ import annotations

from shiftplan.batch.manifest import Figures
from shiftplan.citizens.simulate import Experience
from shiftplan.problem import Problem
from shiftplan.solving.result import Result, Status


def figures_of(
    problem: Problem, result: Result, experience: Experience | None, *, is_repair: bool = False
) -> Figures:
    """The figures of a result with a roster, and of its simulation, if any.

    The status is of the week's own cost, as bound and gap are; that of a repair is of what was
    minimised.
    """
    roster, score, equity = result.require_roster(), result.score, result.equity
    assert score is not None
    assert equity is not None
    seats, skilled = equity.overall.both, equity.overall.skilled
    minority = [a for a in equity.areas if a.area == "minority"]
    shares = [a.both.share for a in minority if a.both.target]
    loads = None if result.fairness is None else result.fairness.loads
    on_time = None if experience is None else experience.overall.within_target_share
    is_open = is_repair and result.total.gap != 0
    return Figures(
        status=(Status.FEASIBLE if is_open else result.status).value,
        volunteers=len(problem.volunteers),
        centers=len(problem.centers),
        shifts=len(problem.shifts),
        assignments=len(roster),
        seats=seats.target,
        empty_seats=seats.target - seats.filled,
        skilled_seats=skilled.target,
        empty_skilled_seats=skilled.target - skilled.filled,
        minority_skilled_seats=sum(a.skilled.target for a in minority),
        minority_empty_skilled_seats=sum(a.skilled.target - a.skilled.filled for a in minority),
        cost=score.total,
        bound=result.total.bound,
        levels={str(level): cost for level, cost in score.levels.items()},
        gini=None if loads is None or not loads.highest else loads.gini,
        minority_filled=shares[0] if shares else None,
        within_target_share=None if on_time is None else on_time.value,
        decisions=result.decisions or 0,
        poor=None if result.poor is None else result.poor.reason,
    )
