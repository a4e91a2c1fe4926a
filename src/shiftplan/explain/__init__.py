"""Why a roster is as it is: empty seats, and people who are here or not.

`explain_seat`, `explain_why_not`, `explain_why_here` -> reasons -> sentences.
"""

from __future__ import annotations

from shiftplan.explain.answer import Answer as Answer
from shiftplan.explain.asked import explain_why_here as explain_why_here
from shiftplan.explain.asked import explain_why_not as explain_why_not
from shiftplan.explain.reasons import PersonReason as PersonReason
from shiftplan.explain.reasons import SeatReasons as SeatReasons
from shiftplan.explain.seat import emptiest as emptiest
from shiftplan.explain.seat import explain_seat as explain_seat
