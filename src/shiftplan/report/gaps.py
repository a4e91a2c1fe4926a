"""The worst gaps, and why they are empty.

`Facts` -> `Gaps`, as many as there is time to explain.
"""

from __future__ import annotations

import time

from shiftplan.explain.lacking import lacking
from shiftplan.explain.seat import SeatReasons, Seats
from shiftplan.explain.sentences import seat_lines
from shiftplan.report.content import Gap, Gaps
from shiftplan.report.facts import Facts
from shiftplan.texts.wording import number


def gaps_of(facts: Facts, most: int, seconds: float) -> Gaps:
    """Explain the requirements that lack most; the first in any case, others while there is time.

    Parameters
    ----------
    facts
        The roster.
    most
        Gaps explained at most.
    seconds
        No further gap is begun after so many seconds.
    """
    end = time.monotonic() + seconds
    needs = lacking(facts.case)
    if not needs:
        return Gaps((), 0)
    seats = Seats(facts.problem, facts.roster)
    shown: list[Gap] = []
    for need in needs[:most]:
        if shown and time.monotonic() > end:
            break
        shown.append(_gap(facts, seats.of(need)))
    return Gaps(tuple(shown), len(needs) - len(shown))


def _gap(facts: Facts, found: SeatReasons) -> Gap:
    need, lang = found.requirement, facts.lang
    shift = facts.case.shifts[need.shift_id]
    counts = facts.words["of"].format(number(found.filled, lang), number(need.target, lang))
    _, *reasons = seat_lines(facts.problem, found, lang, named=not facts.public)
    return Gap(
        center=facts.names.center(shift.center_id),
        time=facts.names.time(shift.start, shift.end),
        seats=f"{counts} {facts.names.counted(need)}",
        minimum=number(need.minimum, lang),
        reasons=tuple(reasons),
    )
