"""What is said of each person on a stand-by list."""

from __future__ import annotations

import pytest
from standing import PORTAL

from shiftplan.analysis import reserves
from shiftplan.present.words import Words
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.records import Center, Requirement, Skill
from shiftplan.week.roster import Roster

REASONS = {
    "en": "counts for Cổng 3 and khmer, 11 km away, 1 of 2 shifts used, prefers this time",
    "vi": "đáp ứng Cổng 3 và khmer, cách nhà 11 km, đã xếp 1/2 ca, muốn trực giờ này",
}


@pytest.mark.parametrize("lang", REASONS)
def test_a_reason_says_what_counts(lang):
    """Skills at the highest level asked for, the way, the shifts used, and the wish."""
    skills = (*PORTAL, Skill(skill_id="khmer", kind="language", max_level=2))
    needs = tuple(
        Requirement(shift_id="M0", skill_id=skill, min_level=level, target=1)
        for skill, level in (("portal", 2), ("portal", 3), ("khmer", 1))
    )
    each = {
        "ana": {"home_center_id": "far", "skills": {"portal": 3, "khmer": 1}},
        "bob": {"home_center_id": None},
    }
    windows = (window("ana", "preferred"), window("bob", "undesired"))
    problem = plan(
        "M", "ana bob", 2, skills=skills, requirements=needs, each=each, availability=windows
    )

    first, second, _ = reserves(problem, parse("ana  . M"))

    say = Words(lang)
    assert (first.volunteer_id, say(first.reason)) == ("ana", REASONS[lang])
    expected = {
        "en": "one more person, 0 of 2 shifts used, would rather not come at this time",
        "vi": "thêm một người, đã xếp 0/2 ca, không muốn trực giờ này lắm",
    }
    assert (second.rank, second.volunteer_id, say(second.reason)) == (2, "bob", expected[lang])


def test_the_home_center_is_said():
    """Also where nobody knows where it lies."""
    problem = plan("M", "ana", 1, centers=(Center(center_id="home"),))

    (found,) = reserves(problem, Roster())

    assert str(found.reason) == "one more person, at the home center, 0 of 1 shifts used"
