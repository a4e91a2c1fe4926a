"""Reasons of requirements: their figures by hand, in both languages, and what else decides."""

from __future__ import annotations

import re

import pytest
from offices import LONG, PLAIN, SETTLED, come, figures, office, shift

from shiftplan.citizens.staffing import staff
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy

LANGS = ("en", "vi")
NUMBER = r"([0-9.,]+)"
STATED = re.compile(
    rf"(?P<slot>[0-9:-]+): (?P<visits>{NUMBER}) requests? an hour \((?P<of>.*)\)"
    rf" x (?P<minutes>{NUMBER}) min = (?P<busy>{NUMBER}) (?:people|person) busy"
    rf"(, (?P<lag>{NUMBER}) with the lag of long visits)?; 80% wait at most 10 min: "
    r"(?P<target>[0-9]+) needed; 50%: (?P<minimum>[0-9]+)(?P<rest>.*)"
)


def stated(problem: Problem, policy: Policy = PLAIN) -> dict[str, str]:
    """What the reason of the first requirement says."""
    found = STATED.fullmatch(staff(problem, policy).requirements[0].reason)
    assert found is not None
    return found.groupdict()


def test_reason_tells_the_busiest_time_by_hand():
    """19.4 visits an hour of 11 minutes keep 3.6 people busy, and five serve them in time.

    3.557 on 5 people wait with chance 0.39; beyond ten minutes 0.39 exp(-10 / 11 x 1.443) = 0.105.
    On 4 it is 0.77, and 0.77 exp(-10 / 11 x 0.443) = 0.51, so that 49% are served in time: the
    minimum is 5 as well.
    """
    services = {"file": {"minutes_per_citizen": 11}}
    problem = office([come(0, 72, 72 * 19.4)], services, shifts=SETTLED)

    (need,) = staff(problem, PLAIN).needs[:1]
    english, vietnamese = (Words(lang)(need.reason) for lang in LANGS)

    assert need.requirement.reason == ""
    assert (
        english
        == str(need.reason)
        == (
            "23:00-23:30: 19.4 requests an hour (file) x 11 min = 3.6 people busy; "
            "80% wait at most 10 min: 5 needed; 50%: 5"
        )
    )
    assert vietnamese == (
        "23:00-23:30: 19,4 lượt dịch vụ mỗi giờ (file) x 11 phút = 3,6 người bận; "
        "80% người dân chờ tối đa 10 phút: cần 5 người; 50%: 5"
    )
    assert (need.requirement.minimum, need.requirement.target) == (5, 5)


def test_reason_tells_decimals_of_the_policy():
    """Figures of the policy are written as the language writes them."""
    policy = PLAIN.model_copy(update={"within_minutes": 7.5, "target_level": 0.875})
    problem = office([come(7, 8, 6)])

    (need,) = staff(problem, policy).needs[:1]
    english, vietnamese = (Words(lang)(need.reason) for lang in LANGS)

    assert "; 87.5% wait at most 7.5 min: " in english
    assert "; 87,5% người dân chờ tối đa 7,5 phút: " in vietnamese


def test_reason_tells_why_a_speaker_is_only_wanted():
    """Half of 1.6 citizens are fewer than one: the minimum of 1 is not asked for."""
    services = {"land": {"skill_id": "portal", "minutes_per_citizen": 10}}
    skills = [{"skill_id": "portal"}, {"skill_id": "khmer", "kind": "language"}]
    demand = [come(7, 11, 1.6, "land"), come(7, 11, 20)]
    problem = office(
        demand,
        services | {"file": {"minutes_per_citizen": 10}},
        skills=skills,
        languages=[{"center_id": "A", "skill_id": "khmer", "share": 0.5}],
    )

    *_, need = staff(problem, Policy()).needs
    english, vietnamese = (Words(lang)(need.reason) for lang in LANGS)

    assert need.requirement.with_skills == ("portal",)
    assert (need.requirement.minimum, need.requirement.target) == (0, 1)
    assert english.endswith("50%: 1; too few citizens to require somebody of their own: 0")
    assert vietnamese.endswith("50%: 1; quá ít người dân để cần người riêng: 0")


def test_reason_tells_the_lag():
    """Ten visits an hour of an hour each would keep 10 busy, but at first only 5.2 are.

    That is the mean from 7:30 to 8:00: 10 (1 - 2 exp(-0.5) (1 - exp(-0.5))).
    """
    said = stated(office([come(7, 8, 10)], LONG, shifts=[shift(7, 8)]))

    assert (said["visits"], said["minutes"], said["busy"], said["lag"]) == ("10", "60", "10", "5.2")


def test_reason_tells_the_minutes_of_those_who_come():
    """The hour after long visits has quick ones: six of five minutes, and the lag of the others.

    From seven to eight come four for an hour each, who keep 8 (1 - exp(-1)) (1 - exp(-0.5)) = 2.0
    busy from eight to half past; the six quick ones keep 0.5, a little less at first.
    """
    services = {"long": {"minutes_per_citizen": 60}, "quick": {"minutes_per_citizen": 5}}
    said = stated(office([come(7, 8, 4, "long"), come(8, 9, 6, "quick")], services))

    assert (said["slot"], said["visits"], said["minutes"]) == ("08:00-08:30", "6", "5")
    assert (said["busy"], said["lag"]) == ("0.5", "2.4")


def test_reason_tells_which_part_of_the_citizens():
    """Where shifts share citizens, or only some need a language, the reason says which part."""
    skills = [{"skill_id": "khmer", "kind": "language"}]
    languages = [{"center_id": "A", "skill_id": "khmer", "share": 0.3}]
    tables = {"skills": skills, "languages": languages}
    problem = office([come(7, 11, 40)], shifts=[shift(7, 11), shift(6.5, 11)], **tables)

    heads, khmer = staff(problem, PLAIN).requirements[:2]

    assert "5 requests an hour (50% of file) x 10 min" in heads.reason
    assert "1.5 requests an hour (15% of file) x 10 min" in khmer.reason


@pytest.mark.parametrize(
    ("policy", "rest"),
    [
        ({}, ""),
        ({"tolerance": 0.05}, "; 5% less is tolerated"),
        # One busy person is a quarter of four, and two keep the promise.
        ({"most_utilization": 0.25}, "; busy at most 25% of the time: 4"),
        ({"presence": 5}, "; 5 are there in any case"),
    ],
)
def test_reason_tells_what_else_decides(policy, rest):
    """Limits of the policy are in the reason where they make a difference."""
    problem = office([come(0, 72, 72 * 6)], shifts=SETTLED)

    said = stated(problem, PLAIN.model_copy(update=policy))

    assert (said["target"], said["minimum"], said["rest"]) == ("2", "2", rest)


def test_reason_tells_that_people_who_may_stay_away_would_be_too_busy():
    """Half a person is busy, and of two who come nine times in ten 28%: three are, 19%.

    One of them keeps the promise of 80% in two hours.
    """
    people = [{"volunteer_id": name, "show_rate": 0.9} for name in ("ana", "ben")]
    hours = {"start": "2026-12-07 00:00", "end": "2026-12-08 00:00"}
    offers = [{"volunteer_id": person["volunteer_id"], **hours} for person in people]
    problem = office([come(7, 11, 12)], volunteers=people, availability=offers)
    policy = {"most_utilization": 0.25, "show_rates": True, "within_minutes": 120}

    heads = staff(problem, PLAIN.model_copy(update=policy)).needs[0]

    assert heads.requirement.target == 3
    assert "80% wait at most 120 min: 1 needed" in str(heads.reason)
    assert str(heads.reason).endswith("busy at most 25% of the time: 3")


def test_reason_tells_that_there_is_no_room():
    """A center for two people asks for two, whatever its citizens need."""
    problem = office([come(7, 11, 200)], centers=[{"center_id": "A", "capacity": 2}])

    assert figures(problem) == {"A7": (2, 2)}
    assert stated(problem)["rest"] == "; there is room for 2"
