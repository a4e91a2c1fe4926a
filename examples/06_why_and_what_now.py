"""Why: an empty seat, a person elsewhere; what now that somebody is ill; what would help most.

    python examples/06_why_and_what_now.py

The same on the command line: shiftplan explain, suggest, swap, repair and diff.
"""

from __future__ import annotations

import shiftplan as sp

PEOPLE = {"an": 2, "binh": 2, "chi": 1, "dao": 0, "giang": 0}  # levels in VNeID
TABLES = {
    "horizon": {"start": "2026-12-07", "days": 3},
    "centers": [{"center_id": "C", "name": "Xã Định Hòa"}],
    "skills": [{"skill_id": "vneid", "name": "VNeID", "max_level": 3}],
    "volunteers": [
        {"volunteer_id": who, "name": who.title(), "skills": {"vneid": level}, "max_shifts": 2}
        for who, level in PEOPLE.items()
    ],
    "availability": [
        {"volunteer_id": who, "start": f"2026-12-0{day}T07:00", "end": f"2026-12-0{day}T11:00"}
        for who in PEOPLE
        for day in (7, 8, 9)
        if (who, day) != ("chi", 9)
    ],
    "shifts": [
        {"shift_id": name, "center_id": "C", "start": f"{date}T07:00", "end": f"{date}T11:00"}
        for name, date in {"mon": "2026-12-07", "tue": "2026-12-08", "wed": "2026-12-09"}.items()
    ],
    "requirements": [
        need
        for name in ("mon", "tue", "wed")
        for need in (
            {"shift_id": name, "minimum": 1, "target": 3},
            {"shift_id": name, "skill_id": "vneid", "min_level": 2, "minimum": 1, "target": 2},
        )
    ],
    "rules": [
        {"rule": "coverage", "level": 1, "weight": 100},
        {"rule": "fairness", "level": 2, "weight": 10},
        {"rule": "max_shifts"},
        {"rule": "one_place"},
    ],
}
WEEK = sp.files.read_tables(TABLES)


def main() -> None:
    """Plan a small week, ask why, and live with a change."""
    roster = sp.solve(WEEK, workers=1).require_roster()
    print("Roster:", ", ".join(f"{a.shift_id} {a.volunteer_id}" for a in roster.assignments))

    for seat in sp.analysis.emptiest(WEEK, roster, 1):
        print("\nWhy is a seat empty?", *sp.present.lines(seat), sep="\n  ")
    answer = sp.explain_why_not(WEEK, roster, "tue", "binh")
    print("\nWhy not binh on tue?", *sp.present.lines(answer), sep="\n  ")

    ill = roster.people_in["mon"][0]
    found = sp.suggest(WEEK, roster, "mon", leaving=ill)
    print(f"\nWho could take the shift of {ill} on mon?")
    for line in sp.present.lines(found):
        print("  ", line)
    repaired = sp.repair(WEEK, roster, sp.problem.Absence(volunteer_id=ill), workers=1)
    print(f"\n{ill} is ill all week:")
    for notice in repaired.notices:
        word = "new" if notice.added else "no longer"
        print(f"   {notice.volunteer_id}: {word} {notice.shift_id} ({notice.reason})")

    print("\nWhat would help most:")
    print(*(f"   {line}" for line in sp.present.lines(sp.advise(WEEK, roster))[:3]), sep="\n")


if __name__ == "__main__":
    main()
