"""The emptiest requirements, and why their seats are empty.

`Facts` -> `Shortages`, as many as there is time to explain.
"""

from __future__ import annotations

import time

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.explain import SeatReasons
from shiftplan.analysis.explain.seats import lacking, seat_reasons
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.report.content import Shortage, Shortages
from shiftplan.present.report.facts import Facts
from shiftplan.present.texts.wording import number


def shortages_of(facts: Facts, most: int, seconds: float) -> Shortages:
    """Explain the requirements that lack most; the first in any case, others while there is time.

    Parameters
    ----------
    facts
        The roster.
    most
        Requirements explained at most.
    seconds
        None is begun after so many seconds.
    """
    end = time.monotonic() + seconds
    needs = lacking(facts.case)
    if not needs:
        return Shortages((), 0)
    candidates = Candidates(facts.problem, facts.roster)
    shown: list[Shortage] = []
    for need in needs[:most]:
        if shown and time.monotonic() > end:
            break
        shown.append(_shortage(facts, seat_reasons(candidates, need)))
    return Shortages(tuple(shown), len(needs) - len(shown))


def _shortage(facts: Facts, found: SeatReasons) -> Shortage:
    need, lang = found.requirement, facts.lang
    shift = facts.case.shifts[need.shift_id]
    counts = facts.words["of"].format(number(found.filled, lang), number(need.target, lang))
    _, *reasons = seat_lines(found, lang, named=not facts.public)
    return Shortage(
        center=facts.names.center(shift.center_id),
        time=facts.names.time(shift.start, shift.end),
        seats=f"{counts} {facts.names.counted(need)}",
        minimum=number(need.minimum, lang),
        reasons=tuple(reasons),
    )
