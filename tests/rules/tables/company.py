"""Tables of the rules on who is beside whom, in a shift or at a moment of a center."""

from __future__ import annotations

import datetime as dt

from families import Fields
from grounds.company import lasting

from shiftplan.testing.pictures import MONDAY, shift
from tables.table import HOLDERS, PORTAL, Row, Table

FROM_TUESDAY = {
    "dan": {"skills": ({"skill_id": "portal", "level": 3, "valid_from": MONDAY + dt.timedelta(1)},)}
}
ON_TUESDAY = ({"skill_id": "portal", "level": 3, "valid_from": MONDAY + dt.timedelta(1)},)
YOUTH: Fields = {**HOLDERS, "ana": {"group": "youth"}}
CHAIN = (
    shift("M", 0),  # 7 to 11
    lasting("E", 7, 15),
    lasting("A", 11, 15),
    lasting("O", 12, 15),
)
"""A long shift of home, and others within it that begin as one ends, or an hour later."""
NIGHT = (
    shift("N", 0),  # 22 to 6
    shift("D", 1),  # 4 to 8
    shift("n", 0),  # at another center
)


def found(time: str, said: str) -> str:
    """What is found at a time of home."""
    return f" | home {time} | home {time}: {said}"


TABLES = [
    Table(
        "mentor",
        {"value": 2},
        Row("clean: two novices, one mentor", "ana  M\nbob  M\ndan  M", 0),
        Row(
            "just broken",
            "ana  M\nbob  M\ncho  M\ndan  M",
            1,
            says=(" | M0 | M0: 3 novices with 1 mentor",),
        ),
        Row("no mentor", "ana  M\nbob  M\ncho  .\ndan  .", 2),
        Row("two shifts: 1 + 1", "ana  M\nbob  A\ncho  .\ndan  .", 2),
        Row("level 2 is neither", "ana  .\neve  M", 0),
        Row("level 2 is no mentor", "ana  M\neve  M", 1),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 0, "novice_level": 3, "mentor_level": 3},
        # With no novice allowed for a mentor, dan at level 3 still counts as a novice.
        Row("levels that overlap: novice and mentor", "dan  M", 1),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 1, "novice_level": 3, "mentor_level": 3},
        Row("levels that overlap: a mentor to themselves", "dan  M", 0),
        Row("levels that overlap: and to one novice less", "ana  M\ndan  M", 1),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 1},
        Row("a mentor from Tuesday on, until then a novice", "ana  M M\ndan  M M", 2),
        signs="M",
        skills=PORTAL,
        each=FROM_TUESDAY,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3},
        Row("skilled from Tuesday on", "ana  M M\ndan  M M", 1),
        signs="M",
        skills=PORTAL,
        each=FROM_TUESDAY,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3, "value": 1},
        Row("clean", "ana  M\nbob  M\ndan  M", 0),
        Row("clean: nobody, or only skilled", "ana  .\ndan  A", 0),
        Row("just broken", "ana  M\nbob  M\ndan  A", 1),
        Row("broken twice", "ana  M\neve  A\ndan  .", 2),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "value": 2},
        Row("clean", "ana  M\neve  M\ndan  M", 0),
        Row(
            "one of two",
            "ana  M\neve  .\ndan  M",
            1,
            says=(" | M0 | M0: novices with 1 of 2 skilled people",),
        ),
        Row("clean: no novice there", "ana  .\neve  .\ndan  M", 0),
        Row("none of two", "ana  M\neve  .\ndan  .", 2),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 1, "per": "moment"},
        # E is 6-14, M 7-11, O 10-14 at home, m 7-11 at far.
        Row("clean: nobody at all", "ana  .\ndan  .", 0),
        Row("clean: a mentor alone", "ana  .\ndan  M", 0),
        Row("clean: a mentor in the same shift", "ana  M\ndan  M", 0),
        Row("clean: a mentor in a longer shift", "ana  M\ndan  E", 0),
        Row("clean: one in each of two shifts, one mentor in each", "ana  M\ndan  M\nfay  E", 0),
        Row(
            "just broken: the mentor goes at 11",
            "ana  O\ndan  M",
            1,
            says=(found("2026-12-07 11:00-14:00", "1 novice with 0 mentors"),),
        ),
        Row(
            "broken twice: the mentor comes at 10, when an hour and three have gone",
            "ana  E\ndan  O",
            2,
            says=(
                found("2026-12-07 06:00-07:00", "1 novice with 0 mentors"),
                found("2026-12-07 07:00-10:00", "1 novice with 0 mentors"),
            ),
        ),
        # From 6 one novice alone, from 7 two with a mentor, from 10 three with one, from 11 two.
        Row("broken all day", "ana  M\nbob  E\ncho  O\ndan  M", 1 + 1 + 2 + 2),
        Row("a mentor of another center", "ana  M\ndan  m", 2),
        Row("level 2 is neither", "ana  M\neve  E", 2),
        signs="EMOm",
        days=1,
        skills=PORTAL,
        each={**HOLDERS, "fay": {"skills": {"portal": 4}}},
    ),
    Table(
        "mentor",
        {"value": 1, "per": "moment"},
        # E is 7-15, M 7-11, A 11-15, O 12-15.
        Row("clean: one mentor comes as another goes", "ana  E\ndan  M\nfay  A", 0),
        Row(
            "just broken: for an hour there is none",
            "ana  E\ndan  M\nfay  O",
            1,
            says=(found("2026-12-07 11:00-12:00", "1 novice with 0 mentors"),),
        ),
        Row("a novice comes as the mentor goes: at 11, and at 12", "ana  A\ndan  M", 2),
        Row("two come as one goes, with one mentor", "ana  M\nbob  A\ncho  A\ndan  E", 2),
        Row("who works two shifts at once is one person", "ana  EM\ndan  MA", 0),
        Row("and one mentor", "ana  E\nbob  M\ndan  EM\nfay  .", 1),
        shifts=CHAIN,
        skills=PORTAL,
        each={**HOLDERS, "fay": {"skills": {"portal": 4}}},
        signs={},
        days=1,
    ),
    Table(
        "mentor",
        {"value": 1, "per": "moment"},
        Row("clean over midnight", "ana  . D\ndan  N .\nfay  . D", 0),
        Row(
            "just broken over midnight: at 6 the mentor goes",
            "ana  . D\ndan  N .",
            1,
            says=(found("2026-12-08 06:00-08:00", "1 novice with 0 mentors"),),
        ),
        Row("another center's night", "ana  . D\ndan  n .", 2),
        Row("a mentor from Tuesday on, in a shift of Monday", "ana  . D\neve  N .", 1 + 2 + 1),
        shifts=NIGHT,
        skills=PORTAL,
        each={**HOLDERS, "eve": {"skills": ON_TUESDAY}, "fay": {"skills": {"portal": 4}}},
        signs={},
        days=2,
    ),
    Table(
        "mentor",
        {"value": 1, "per": "moment", "shifts": "over"},
        # O is meant, M and E are not: novices of O count, mentors of all.
        Row("clean: novices of other shifts do not count", "ana  E\nbob  M", 0),
        Row("clean: a mentor of another shift", "ana  O\ndan  E", 0),
        Row("clean: a novice of another shift takes no mentor", "ana  O\nbob  E\ndan  E", 0),
        Row(
            "just broken: the mentor of another shift goes",
            "ana  O\ndan  M",
            1,
            says=(found("2026-12-07 11:00-14:00", "1 novice with 0 mentors"),),
        ),
        Row("broken at two moments", "ana  O\ndan  .", 2),
        signs="EMO",
        days=1,
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 0, "per": "moment", "group": "youth"},
        Row("clean: novices of no group", "bob  M\ncho  M", 0),
        Row("just broken: one of the group", "ana  M\nbob  M", 1),
        signs="M",
        days=1,
        skills=PORTAL,
        each=YOUTH,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3, "value": 1, "per": "moment"},
        # E is 6-14, M 7-11, O 10-14.
        Row("clean: nobody, or only skilled", "ana  .\ndan  E", 0),
        Row("clean: somebody skilled in a longer shift", "ana  M\neve  O\ndan  E", 0),
        Row(
            "just broken: the skilled one goes at 11",
            "ana  O\neve  O\ndan  M",
            1,
            says=(found("2026-12-07 11:00-14:00", "novices with 0 of 1 skilled person"),),
        ),
        Row("broken at 6 and 7, until one comes", "ana  E\ndan  O", 2),
        signs="EMO",
        days=1,
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "value": 2, "per": "moment", "shifts": "day"},
        # Only E is meant; who is there in M or O counts as company.
        Row("clean: both all the time", "ana  E\neve  E\ndan  E", 0),
        Row(
            "none, then one, both and one again in other shifts",
            "ana  E\neve  M\ndan  O",
            2 + 1 + 1,
        ),
        # At 6 eve, at 7 and 10 both, at 11 dan alone.
        Row("one of two at 6, and at 11", "ana  E\neve  E\ndan  M", 2),
        Row("clean: a novice of another shift", "ana  M\neve  .\ndan  .", 0),
        Row("who works two shifts at once is one person", "ana  E\neve  EMO", 4),
        signs="EMO",
        days=1,
        skills=PORTAL,
        each=HOLDERS,
    ),
]
