"""Wrong statements of the room of centers."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    capacity post:
        room[where] -> room[where] + 1
        room[where] -> room[where] - 1
        room[where] -> room.min()
        is_limited, last - first, 0 -> is_limited, 1, 0
        np.searchsorted(moments, end) -> np.searchsorted(moments, end, 'right')
        np.searchsorted(moments, end) -> np.searchsorted(moments, end) - 1
        arrays.center * apart + minute -> minute
        row_of[first[shift[pair]] + nth] -> row_of[first[shift[pair]]]
        row_of[first[shift[pair]] + nth] -> first[shift[pair]] + nth
    capacity people_at:
        row * people + model.pairs.volunteer[pair] -> row * people
    """
)

WRONG_CHECKS = table(
    """
    capacity check:
        count > room -> count >= room
        > moment] + begun -> >= moment] + begun
        > moment] + begun -> > moment] * 0 + begun
        len({v.volunteer_id for s in present -> len({(s, v.volunteer_id) for s in present
        for v in case.team(s)} -> for v in case.team(begun[0])}
    """
)
