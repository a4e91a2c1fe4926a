"""What somebody gets in place of what is taken away.

Shifts before and after of one person -> pairs (old, new), and those that stay alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shiftplan.week.records import Shift


def pairs(
    removed: Sequence[Shift], added: Sequence[Shift]
) -> tuple[list[tuple[Shift, Shift]], list[Shift], list[Shift]]:
    """Pair what one person loses with what the person gets instead.

    A shift that was moved goes with itself; then shifts of one date, then those nearest in time.

    Parameters
    ----------
    removed
        Shifts as the person was told of them, each once.
    added
        Shifts that are new for the person, each once; the moved ones are in both.

    Returns
    -------
    pairs, removed, added
        (Old, new) pairs, then what is taken away without and added without a counterpart, of which
        at most one is not empty; each in order of time.
    """

    def distance(pair: tuple[Shift, Shift]) -> tuple[object, ...]:
        old, new = pair
        away = abs(new.start - old.start), abs(new.end - old.end)
        alike = old.shift_id != new.shift_id, old.day != new.day
        return *alike, *away, old.center_id != new.center_id, _order(old), _order(new)

    gone, come = _by_id(removed), _by_id(added)
    found = []
    for old, new in sorted(((a, b) for a in removed for b in added), key=distance):
        if old.shift_id in gone and new.shift_id in come:
            found.append((gone.pop(old.shift_id), come.pop(new.shift_id)))
    found.sort(key=lambda pair: _order(pair[0]))
    return found, sorted(gone.values(), key=_order), sorted(come.values(), key=_order)


def _by_id(shifts: Iterable[Shift]) -> dict[str, Shift]:
    return {shift.shift_id: shift for shift in shifts}


def _order(shift: Shift) -> tuple[object, ...]:
    return shift.start, shift.end, shift.shift_id
