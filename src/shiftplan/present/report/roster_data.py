"""The roster as the script of the report reads it, by center and by person.

`Facts` -> data -> JSON text that may stand inside an HTML file.
"""

from __future__ import annotations

import json
from typing import Any

from shiftplan.present.drawings.coverage import seats_of
from shiftplan.present.report.facts import Facts
from shiftplan.week.collation import collation_key, person_key
from shiftplan.week.records import Volunteer

_WORDS = (
    *("nothing_found", "show_all", "nobody", "complete", "missing", "load", "skills"),
    *("shown", "show_more"),
)
_ESCAPES = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "'", "\u2028", "\u2029")}
)


Row = dict[str, Any]
"""A shift or a person; one letter a field keeps the file small."""


def data_of(facts: Facts) -> Row:
    """The roster; a public report counts people and names nobody.

    Texts of `words` keep the gaps of the catalogue; `counts` has each number of people in words.
    """
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
    shifts: list[Row] = []
    for shift in order:
        needs, team = facts.needs_of[shift.shift_id], case.people_in[shift.shift_id]
        every = seats_of(case, needs)
        heads = seats_of(case, [need for need in needs if need.skill_id is None] or needs)
        names = [] if facts.public else sorted(place_of[v.volunteer_id] for v in team)
        shifts.append(
            {
                "c": facts.center_place[shift.center_id],  # places of the center, of the session
                "t": facts.session_place[shift.start, shift.end],
                "p": names,  # places of the people; none in a public report
                "n": len(team),
                "f": heads.filled,  # seats for people; for skills where nothing else is asked for
                "w": heads.target,
                "e": every.target - every.filled,  # empty seats, for people and skills
                "m": facts.missing(shift),  # what is missing, in words
            }
        )
    gaps = {name: f"{{{name}}}" for name in ("shown", "all", "n")}
    return {
        "lang": say.lang.replace("_", "-"),
        "centers": [c.name or c.center_id for c in problem.centers],
        "sessions": [
            [say.day(start), facts.names.hours(start, end), start.date().isoformat()]
            for start, end in facts.session_place
        ],
        "shifts": shifts,
        "people": [] if facts.public else _people(facts, people, shift_place),
        "words": {name: say(f"reports.{name}", **gaps) for name in _WORDS},
        "counts": {n: say("count.people", n=n) for n in sorted({shift["n"] for shift in shifts})},
    }


def _people(facts: Facts, people: list[Volunteer], shift_place: dict[str, int]) -> list[Row]:
    figures = {p.volunteer_id: p for p in facts.fairness.people}
    rows: list[Row] = []
    for person in people:
        own, who = figures[person.volunteer_id], person.volunteer_id
        rows.append(
            {
                "n": person.name or who,
                "i": who,
                "h": facts.center_place.get(person.home_center_id or "", -1),  # -1: unknown
                "k": _skills(facts, person),
                "s": [shift_place[s.shift_id] for s in facts.case.shifts_of[who]],
                "o": own.offered,
                "l": round(own.load, 6),  # earlier weeks included; then the same in words
                "x": facts.say.percent(own.load if own.offered else None),
            }
        )
    return rows


def _skills(facts: Facts, person: Volunteer) -> str:
    """Skills held on the first day, with their levels."""
    day = facts.problem.horizon.start
    levels = {s.skill_id: person.level(s.skill_id, day) for s in facts.problem.skills}
    return ", ".join(facts.names.skill(skill, level) for skill, level in levels.items() if level)


def as_json(data: Row) -> str:
    """JSON that no reader of HTML can take for markup: it ends no script and opens no comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
