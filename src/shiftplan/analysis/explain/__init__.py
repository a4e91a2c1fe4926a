"""Why a roster is as it is: empty seats, and people who are here or not."""

from __future__ import annotations

from shiftplan.analysis.explain.asked import Answer as Answer
from shiftplan.analysis.explain.asked import explain_why_here as explain_why_here
from shiftplan.analysis.explain.asked import explain_why_not as explain_why_not
from shiftplan.analysis.explain.seats import PersonReason as PersonReason
from shiftplan.analysis.explain.seats import SeatReasons as SeatReasons
from shiftplan.analysis.explain.seats import emptiest as emptiest
from shiftplan.analysis.explain.seats import explain_seat as explain_seat
