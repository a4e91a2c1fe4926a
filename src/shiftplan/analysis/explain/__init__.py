"""Why a roster is as it is: empty seats, and people who are here or not.

`explain_seat`, `explain_why_not`, `explain_why_here` -> reasons -> sentences.
"""

from __future__ import annotations

from shiftplan.analysis.explain.answer import Answer as Answer
from shiftplan.analysis.explain.asked import explain_why_here as explain_why_here
from shiftplan.analysis.explain.asked import explain_why_not as explain_why_not
from shiftplan.analysis.explain.reasons import PersonReason as PersonReason
from shiftplan.analysis.explain.reasons import SeatReasons as SeatReasons
from shiftplan.analysis.explain.seat import emptiest as emptiest
from shiftplan.analysis.explain.seat import explain_seat as explain_seat
