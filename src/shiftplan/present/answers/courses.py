"""Proposed courses in words, and as rows of the tables of a week.

`ProposedCourse`s -> sentences, and CSV text.
"""

from __future__ import annotations

from collections.abc import Iterator

from shiftplan.analysis.advice import Courses, ProposedCourse
from shiftplan.files.week import rows_to_csv
from shiftplan.present.naming import Names


class CourseWords:
    """Sentences about the courses proposed for one problem."""

    def __init__(self, names: Names) -> None:
        self._names, self._say = names, names.say

    def course(self, course: ProposedCourse, fills: str) -> str:
        """What is taught, to whom, when, where and by whom, and what it gains and costs.

        `fills` says how many more seats are filled.
        """
        say, names, shift = self._say, self._names, course.shift
        learners = course.learners
        skill, figures = names.skill(*course.ability), {"fills": fills, "cost": -course.total}
        homes = dict.fromkeys(one.center_id for one in learners)
        groups = []
        for home in homes:
            own = (names.member(one.volunteer_id) for one in learners if one.center_id == home)
            who, at = say.list(own), None if home is None else names.center(home)
            groups.append(who if at is None else say("advice.of_home", who=who, home=at))
        sentences = [
            say(
                "advice.course",
                n=len(learners),
                skill=skill,
                when=names.time(shift.start, shift.end),
                place=names.center(shift.center_id),
                trainer=names.member(course.trainer_id),
            ),
            say("advice.learners", homes="; ".join(groups)),
            say("advice.course_costs", **figures, best=-course.at_most),
        ]
        if course.without is None:
            sentences.append(say("advice.without_unknown"))
        elif course.without:
            sentences.append(say("advice.without", gain=course.without))
        if course.cost_now:
            sentences.append(say("advice.course_beside", cost=course.cost_now))
        else:
            sentences.append(say("advice.course_free"))
        return " ".join(sentences)

    def none(self, courses: Courses) -> str:
        """Why no course is proposed."""
        return self._say(f"advice.course_{courses.why}")

    def rows(self, course: ProposedCourse) -> Iterator[str]:
        """The rows that put a course into a week, line by line: names of files, heads and rows."""
        for file, text in rows_of(course).items():
            yield f"{file}:"
            yield from (f"  {line}" for line in text.splitlines())


def rows_of(course: ProposedCourse) -> dict[str, str]:
    """File of a week -> the rows that put a course into it, as CSV with a head."""
    names = ("shifts", "requirements", "pins")
    tables = ([course.shift], course.requirements, course.pins)
    return {
        f"{name}.csv": rows_to_csv(name, rows) for name, rows in zip(names, tables, strict=True)
    }
