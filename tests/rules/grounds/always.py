"""Grounds on which the rules on what no week may break are tried."""

from __future__ import annotations

from families import Fields

from grounds.share import SHARES
from grounds.team import WITHOUT_CHO
from grounds.wishes import WISHES

PINNED: list[Fields] = [
    {
        "signs": {0: "MA", 1: "M"},
        "people": "ana bob",
        "days": 2,
        "pins": (
            {"volunteer_id": "ana", "shift_id": "A0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
            {"volunteer_id": "bob", "shift_id": "M0", "state": "must"},
        ),
    },
    {
        "signs": {0: "MA"},
        "days": 1,
        "availability": (),
        "pins": ({"volunteer_id": "ana", "shift_id": "A0", "state": "must"},),
    },
]
ALWAYS: dict[str, list[Fields]] = {
    "pins": PINNED,
    "available": [SHARES[1], WISHES, WITHOUT_CHO],
}
"""Kind of a rule that no problem names -> the grounds to try it on."""
