"""The roster as the script of the report reads it, by center and by person.

`Facts` -> `Data`, and `Data` -> JSON text that may stand inside an HTML file.
"""

from __future__ import annotations

import json
from typing import TypedDict

from shiftplan.present.drawings.coverage import seats_of
from shiftplan.present.report.facts import Facts
from shiftplan.present.texts.collation import collation_key, person_key
from shiftplan.week.records import Volunteer

_WORDS = (
    *("nothing_found", "show_all", "nobody", "complete", "missing", "load", "skills"),
    *("shown", "show_more"),
)
_ESCAPES = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "'", "\u2028", "\u2029")}
)


class ShiftRow(TypedDict):
    """A shift of the roster, for the script."""

    c: int
    """Place of the center."""
    t: int
    """Place of the session."""
    p: list[int]
    """Places of the people, in Vietnamese order of their names; empty in a public report."""
    n: int
    """Number of people."""
    f: int
    """Seats filled for people; for skills where the shift asks for nothing else."""
    w: int
    """Seats wanted, counted alike."""
    e: int
    """Empty seats, for people and skills together."""
    m: str
    """What is missing, in words."""


class PersonRow(TypedDict):
    """A person of the roster, for the script."""

    n: str
    """Name."""
    i: str
    """Id."""
    h: int
    """Place of the home center; -1 when unknown."""
    k: str
    """Skills with levels."""
    s: list[int]
    """Places of the shifts worked, in order of time."""
    o: int
    """Shifts offered."""
    l: float  # noqa: E741
    """Load, earlier weeks included."""
    x: str
    """The load in words."""


class Data(TypedDict):
    """The roster as the script reads it."""

    lang: str
    centers: list[str]
    sessions: list[list[str]]
    """Day, hours and day number of each session, in order of time."""
    shifts: list[ShiftRow]
    people: list[PersonRow]
    """Empty in a public report."""
    words: dict[str, str]
    """What the script says; its gaps are those of the catalogue."""
    counts: dict[int, str]
    """Number of people -> the same in words, for each number of people in a shift."""


def data_of(facts: Facts) -> Data:
    """The roster; a public report counts people and names nobody."""
    problem, case, say = facts.problem, facts.case, facts.say
    key = person_key if say.lang == "vi" else collation_key
    people = sorted(
        problem.volunteers, key=lambda v: (key(v.name or v.volunteer_id), v.volunteer_id)
    )
    place_of = {v.volunteer_id: place for place, v in enumerate(people)}
    order = sorted(
        problem.shifts,
        key=lambda s: (facts.center_place[s.center_id], s.start, s.end, s.shift_id),
    )
    shift_place = {shift.shift_id: place for place, shift in enumerate(order)}
    shifts: list[ShiftRow] = []
    for shift in order:
        needs, team = facts.needs_of[shift.shift_id], case.people_in[shift.shift_id]
        every = seats_of(case, needs)
        heads = seats_of(case, [need for need in needs if need.skill_id is None] or needs)
        names = [] if facts.public else sorted(place_of[v.volunteer_id] for v in team)
        shifts.append(
            ShiftRow(
                c=facts.center_place[shift.center_id],
                t=facts.session_place[shift.start, shift.end],
                p=names,
                n=len(team),
                f=heads.filled,
                w=heads.target,
                e=every.target - every.filled,
                m=facts.missing(shift),
            )
        )
    gaps = {name: f"{{{name}}}" for name in ("shown", "all", "n")}
    return Data(
        lang=say.lang.replace("_", "-"),
        centers=[c.name or c.center_id for c in problem.centers],
        sessions=[
            [say.day(start), facts.names.hours(start, end), start.date().isoformat()]
            for start, end in facts.session_place
        ],
        shifts=shifts,
        people=[] if facts.public else _people(facts, people, shift_place),
        words={name: say(f"reports.{name}", **gaps) for name in _WORDS},
        counts={n: say("count.people", n=n) for n in sorted({shift["n"] for shift in shifts})},
    )


def _people(facts: Facts, people: list[Volunteer], shift_place: dict[str, int]) -> list[PersonRow]:
    figures = {p.volunteer_id: p for p in facts.fairness.people}
    rows: list[PersonRow] = []
    for person in people:
        own = figures[person.volunteer_id]
        rows.append(
            PersonRow(
                n=person.name or person.volunteer_id,
                i=person.volunteer_id,
                h=facts.center_place.get(person.home_center_id or "", -1),
                k=_skills(facts, person),
                s=[shift_place[s.shift_id] for s in facts.case.shifts_of[person.volunteer_id]],
                o=own.offered,
                l=round(own.load, 6),
                x=facts.say.percent(own.load if own.offered else None),
            )
        )
    return rows


def _skills(facts: Facts, person: Volunteer) -> str:
    """Skills held on the first day, with their levels."""
    day = facts.problem.horizon.start
    levels = {s.skill_id: person.level(s.skill_id, day) for s in facts.problem.skills}
    return ", ".join(facts.names.skill(skill, level) for skill, level in levels.items() if level)


def as_json(data: Data) -> str:
    """JSON that no reader of HTML can take for markup: it ends no script and opens no comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
