"""A ward of two nurses in the form of the nurse rostering competition, and its weeks."""

from __future__ import annotations

from typing import Any

from benchmarks.inrc2 import history_of

SCENARIO: dict[str, Any] = {
    "id": "n002w1",
    "numberOfWeeks": 1,
    "skills": ["Head", "Nurse"],
    "shiftTypes": [
        {
            "id": name,
            "minimumNumberOfConsecutiveAssignments": least,
            "maximumNumberOfConsecutiveAssignments": most,
        }
        for name, least, most in (("Early", 1, 5), ("Night", 2, 3))
    ],
    "forbiddenShiftTypeSuccessions": [
        {"precedingShiftType": "Early", "succeedingShiftTypes": []},
        {"precedingShiftType": "Night", "succeedingShiftTypes": ["Early"]},
    ],
    "contracts": [
        {
            "id": name,
            "minimumNumberOfAssignments": least,
            "maximumNumberOfAssignments": most,
            "minimumNumberOfConsecutiveWorkingDays": 2,
            "maximumNumberOfConsecutiveWorkingDays": 4,
            "minimumNumberOfConsecutiveDaysOff": 2,
            "maximumNumberOfConsecutiveDaysOff": 3,
            "maximumNumberOfWorkingWeekends": 1,
            "completeWeekends": complete,
        }
        for name, least, most, complete in (("Full", 3, 5, 1), ("Part", 1, 3, 0))
    ],
    "nurses": [
        {"id": "ana", "contract": "Full", "skills": ["Head", "Nurse"]},
        {"id": "bo", "contract": "Part", "skills": ["Nurse"]},
    ],
}

HISTORY: dict[str, Any] = {
    "nurseHistory": [
        {
            "nurse": "ana",
            "numberOfAssignments": 0,
            "numberOfWorkingWeekends": 1,
            "lastAssignedShiftType": "Night",
            "numberOfConsecutiveAssignments": 1,
            "numberOfConsecutiveWorkingDays": 3,
            "numberOfConsecutiveDaysOff": 0,
        },
        {
            "nurse": "bo",
            "numberOfAssignments": 1,
            "numberOfWorkingWeekends": 0,
            "lastAssignedShiftType": "None",
            "numberOfConsecutiveAssignments": 0,
            "numberOfConsecutiveWorkingDays": 0,
            "numberOfConsecutiveDaysOff": 4,
        },
    ]
}


def week(needs: dict[tuple[str, str], tuple[int, int]], wishes: list[tuple[str, str, str]]) -> Any:
    """A week in which each day needs the same."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return {
        "requirements": [
            {"shiftType": shift, "skill": skill}
            | {f"requirementOn{day}": {"minimum": low, "optimal": best} for day in days}
            for (shift, skill), (low, best) in needs.items()
        ],
        "shiftOffRequests": [
            {"nurse": nurse, "shiftType": shift, "day": day} for nurse, shift, day in wishes
        ],
    }


def rows(**picture: str) -> dict[str, list[str]]:
    """One sign a day: `.` off, `E` and `N` worked as a nurse, `e` and `n` as a head."""
    words = {".": "", "E": "Early:Nurse", "N": "Night:Nurse", "e": "Early:Head", "n": "Night:Head"}
    return {who: [words[c] for c in row] for who, row in picture.items()}


MONTH = {**SCENARIO, "id": "n002w3", "numberOfWeeks": 3}
"""The ward for three weeks."""
BEFORE = tuple(history_of(row) for row in HISTORY["nurseHistory"])
CALM = week({("Early", "Nurse"): (0, 1)}, [("ana", "Night", "Monday"), ("bo", "Any", "Tue")])
"""An early shift a day is wanted, and two wishes."""
NIGHTS = week({("Night", "Nurse"): (1, 1)}, [])
"""Somebody has to work each night."""
