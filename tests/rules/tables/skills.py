"""Tables of seats that ask one person for several skills, or each person for one seat only."""

from __future__ import annotations

from families import Fields, in_areas

from tables.table import PORTAL, Row, Table

BOTH = {
    "ana": {"skills": {"khmer": 1}},
    "dan": {"skills": {"portal": 3, "khmer": 1}},
    "eve": {"skills": {"portal": 4}},
    "fay": {"skills": {"portal": 2, "khmer": 1}},
}
"""One speaker, one who knows the portal, and two who both speak and know it."""


def apart(shift: str, *rows: Fields) -> tuple[Fields, ...]:
    """Exclusive requirements of one person each, unless said otherwise."""
    return tuple({"shift_id": shift, "exclusive": True, "target": 1, **row} for row in rows)


def together(shift: str, skill: str, others: str, minimum: int, target: int) -> tuple[Fields, ...]:
    """A requirement of people who hold a skill and others too."""
    need = {"shift_id": shift, "skill_id": skill, "with_skills": others}
    return ({**need, "minimum": minimum, "target": target},)


TABLES = [
    Table(
        "coverage",
        {"weight": 100},
        # dan and fay hold both, of the others each one: ana speaks, eve knows the portal.
        # Seat 1: 100 x 1.5 x 4 x 1.5 = 900; seat 2: 100 x 1.5 = 150.
        Row("both hold both", "dan  M\nfay  M\nana  .\neve  .", 0),
        Row("just broken: one holds both", "dan  M\nana  M\neve  M\nfay  .", 1, 150),
        Row(
            "two who hold a skill each are nobody who holds both",
            "dan  .\nana  M\neve  M\nfay  .",
            2,
            1050,
            says=(" | M0 khmer 1 portal:2 | M0 khmer 1 portal:2: 0 of 2 seats filled (minimum 1)",),
        ),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=together("M0", "khmer", "portal:2", 1, 2),
    ),
    Table(
        "minimum_coverage",
        {},
        Row("clean", "dan  M\neve  .\nfay  .", 0),
        Row("level 2 of the further skill is too low", "dan  .\neve  .\nfay  M", 1),
        Row("nor does a level of another skill help", "dan  .\neve  M\nfay  M", 1),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=together("M0", "khmer", "portal:3", 1, 1),
    ),
    Table(
        "shortage",
        {},
        # Whoever counts for both requirements fills a seat of each: with one such person, 0 + 1
        # people are missing; with one who only speaks, 0 of the first and 2 of the second.
        Row("clean", "dan  M\nfay  M", 0),
        Row("one person, a seat of each", "dan  M\nfay  .", 1),
        Row("a speaker fills only the seat of speakers", "ana  M\ndan  .\nfay  .", 2),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=(
            {"shift_id": "M0", "skill_id": "khmer", "target": 1},
            *together("M0", "khmer", "portal", 0, 2),
        ),
    ),
    Table(
        "shortage",
        {},
        # Khmer, or the portal at level 4: ana, dan, eve and fay count, bob does not.
        Row("clean: either is enough", "ana  M\neve  M", 0),
        Row("level 3 of the portal alone is too low", "ana  M\ngil  M", 1),
        Row(
            "whoever holds neither does not count",
            "bob  M\ngil  M",
            2,
            says=(" | M0 khmer/portal:4 | M0 khmer/portal:4: 0 of 2 people",),
        ),
        Row("who holds both counts once", "dan  M\nbob  M", 1),
        signs="M",
        skills=PORTAL,
        each={**BOTH, "gil": {"skills": {"portal": 3}}},
        requirements=({"shift_id": "M0", "with_skills": "khmer/portal:4", "target": 2},),
    ),
    Table(
        "shortage",
        {},
        # The portal from level 2, but neither from level 4 nor with Khmer: gil alone counts.
        Row("clean", "gil  M", 0),
        Row("level 4 of the portal is too high", "eve  M\ngil  .", 1),
        Row("Khmer must not be held", "dan  M\nfay  M\ngil  .", 1),
        Row("no skill at all is not enough", "bob  M\ngil  .", 1),
        signs="M",
        skills=PORTAL,
        each={**BOTH, "gil": {"skills": {"portal": 3}}},
        requirements=together("M0", "portal", "!portal:4|!khmer", 0, 1),
    ),
    Table(
        "shortage",
        {},
        # A speaker, somebody who knows the portal, and one more: three people, whoever they are.
        Row("clean: fay has the portal as ana speaks", "ana  M\nfay  M\nbob  M", 0),
        Row("clean: fay speaks as eve has the portal", "eve  M\nfay  M\nbob  M", 0),
        Row(
            "one who holds both fills one seat",
            "fay  M\nbob  M",
            1,
            says=(" | M0 | M0: 2 of 3 exclusive seats filled",),
        ),
        Row("two speakers who know nothing else", "ana  M\nbob  M\ncho  M", 1),
        Row("two who know the portal: one is one more", "eve  M\ngil  M", 1),
        signs="M",
        skills=PORTAL,
        each={**BOTH, "gil": {"skills": {"portal": 3}}},
        requirements=apart("M0", {"skill_id": "khmer"}, {"skill_id": "portal"}, {}),
    ),
    Table(
        "minimum_coverage",
        {},
        # The only speaker knows the portal too; heads count everybody and are not exclusive.
        Row("clean", "eve  M\nfay  M", 0),
        Row("just broken: nobody else knows the portal", "bob  M\nfay  M", 1),
        Row("broken by two, and by one head", "bob  M", 3),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=(
            {"shift_id": "M0", "minimum": 2, "target": 2},
            *apart("M0", {"skill_id": "khmer", "minimum": 1}, {"skill_id": "portal", "minimum": 1}),
        ),
    ),
    Table(
        "coverage",
        {"weight": 100},
        # Priority 1.5. Speaker, minimum 1 of 1: 100 x 1.5 x 4 x 1 = 600. Two of the portal:
        # 100 x 1.5 x 1.5 = 225 and 150. fay fills the dearest seat that others leave.
        Row("clean", "ana  M\neve  M\nfay  M", 0),
        Row("fay speaks: two seats of the portal are empty", "fay  M", 2, 375),
        Row("ana speaks: fay has the portal", "ana  M\nfay  M", 1, 150),
        Row("the seat of the speaker is empty", "eve  M", 2, 750),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=apart(
            "M0", {"skill_id": "khmer", "minimum": 1}, {"skill_id": "portal", "target": 2}
        ),
    ),
    Table(
        "surplus",
        {},
        Row("clean: bob fits no seat", "ana  M\nfay  M\nbob  M", 0),
        Row("just broken", "ana  M\neve  M\nfay  M", 1),
        Row("two speakers for one seat", "ana  M\nhua  M", 1),
        signs="M",
        skills=PORTAL,
        each={**BOTH, "hua": {"skills": {"khmer": 1}}},
        requirements=apart("M0", {"skill_id": "khmer"}, {"skill_id": "portal"}),
    ),
    Table(
        "expected_shortage",
        {"weight": 100},
        # fay has the seat that is needed for certain, 40% of the other one is missing.
        Row("the likelier seat is filled", "fay  M", 40, 60),
        Row("both are empty", "bob  M", 140, 210),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=apart(
            "M0", {"skill_id": "khmer", "needed_percent": "40"}, {"skill_id": "portal"}
        ),
    ),
    Table(
        "surplus",
        {"seats": "skilled"},
        # One person without Khmer at most; speakers are not limited.
        Row("clean", "ana  M\ndan  M\nbob  M", 0),
        Row("just broken", "eve  M\nbob  M", 1),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=({"shift_id": "M0", "with_skills": "!khmer", "target": 1},),
    ),
    Table(
        "surplus",
        {"seats": "skilled"},
        Row("clean: who holds one of them is not counted", "ana  M\neve  M\ndan  .", 0),
        Row("just broken", "ana  M\neve  M\ndan  M", 1),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=together("M0", "portal", "khmer", 0, 0),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100, "seats": "people"},
        # Seats of each kind are shared as if there were no others: fay fills the head's.
        Row("clean: fay is a head", "fay  M", 0),
        Row("clean: so is who holds nothing", "bob  M", 0),
        Row("nobody", "fay  .", 1, 100),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=apart("M0", {"skill_id": "khmer"}, {}),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100, "seats": "skilled"},
        Row("clean: fay is the speaker", "fay  M", 0),
        Row("who holds nothing does not speak", "bob  M", 1, 100),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=apart("M0", {}, {"skill_id": "khmer"}),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100},
        # Three seats: rnd(100 x 1 / 3), rnd(100 x 3 / 3) and rnd(100 x 5 / 3).
        Row("clean: three people, a seat each", "ana  M\nfay  M\nbob  M", 0),
        Row("fay fills one of her seats", "fay  M\nbob  M", 1, 33),
        Row("one person", "fay  M", 2, 33 + 100),
        signs="M",
        skills=PORTAL,
        each=BOTH,
        requirements=apart("M0", {"skill_id": "khmer"}, {"skill_id": "portal"}, {}),
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        # Far away four seats are for a person each; at home two are due if all of these are filled,
        # and one if one or two are.
        Row("clean: nobody anywhere", "ana  . .", 0),
        Row("just broken: one there, who holds both", "fay  m .\nana  . .", 1),
        Row("who holds nothing fills one of heads", "bob  . m\ncho  . m", 1),
        Row("nobody for a speaker's seat but one speaker", "ana  m .\nbob  m .\ncho  m .", 1),
        Row("three of four, rounded up", "dan  m .\nfay  m m", 2),
        Row("all of four", "dan  m m\nfay  m .\nbob  . m", 2),
        Row("clean: all of four, and both here", "dan  m m\nfay  m .\nbob  M m\ncho  M .", 0),
        signs="Mm",
        skills=PORTAL,
        each=BOTH,
        **in_areas({"minority_area": True}, {}),
        requirements=(
            *apart("m0", {"skill_id": "khmer"}, {"skill_id": "portal"}),
            *apart("m1", {"skill_id": "khmer"}, {}),
            {"shift_id": "M0", "target": 2},
        ),
    ),
]
