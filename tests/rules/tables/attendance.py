"""Tables of the rules on people who may stay away."""

from __future__ import annotations

from tables.table import PORTAL, Row, Table, needs

RATES = {
    name: {"show_rate": rate, "skills": {"portal": 1}}
    for name, rate in (
        *dict.fromkeys(("ana", "an2", "an3"), 0.9).items(),
        *dict.fromkeys(("bob", "bo2"), 0.8).items(),
        *dict.fromkeys(("cho", "ch2", "ch3"), 0.5).items(),
        *dict.fromkeys(("fay", "ida"), 0.95).items(),
        ("dan", 0.0),
        ("eve", 1.0),
    )
}


TABLES = [
    Table(
        "show_up",
        {},
        # 1 of n people with rate r comes with 90% when n = ln 0.1 / ln (1 - r). One counts
        # 100 / n, cut off: 100 for 0.9, 69.9 for 0.8, 30.1 for 0.5.
        Row("clean: 0.9", "ana  M", 0),
        Row("clean: 69 + 69 is beyond 100", "bob  M\nbo2  M", 0),
        # 1 - 0.2 x 0.5 is 90% exactly, but 69 + 30 = 99.
        Row(
            "just broken: a percent that was cut off",
            "bob  M\ncho  M",
            1,
            says=(
                " | M0 | M0: 2 people planned; the chance of at least 1 is 90%, "
                "but by the simplified count of this rule they are 1% of a person short of 90%",
            ),
        ),
        Row(
            "broken: 100 - 69",
            "bob  M",
            31,
            says=(" | M0 | M0: 1 person planned; the chance of at least 1 is 80%, 90% wanted",),
        ),
        Row("broken by more: 100 - 30", "cho  M", 70),
        Row(
            "nobody",
            "ana  .",
            100,
            says=(" | M0 | M0: 0 people planned, at least 1 must come",),
        ),
        Row("who never comes is nobody", "dan  M", 100),
        Row("who always comes is enough", "eve  M", 0),
        Row("no minimum", "cho  M", 0, requirements=needs(("M0", None, 0, 3))),
        Row(
            "after a shift without a minimum",
            "cho  M M",
            70,
            requirements=needs(("M0", None, 0, 3), ("M1", None, 1, 3)),
        ),
        Row(
            "twice: 31 + 70",
            "bob  M .\ncho  . M",
            101,
            requirements=needs(("M0", None, 1, 1), ("M1", None, 1, 1)),
        ),
        signs="M",
        skills=PORTAL,
        each=RATES,
        requirements=needs(("M0", None, 1, 3)),
    ),
    Table(
        "show_up",
        {},
        # 2 of n people with rate r come with 90%: with b = n - 1, (1 - r)^b x (1 + r b) is 0.1.
        # 0.95: 2 come with 90.25%, so n is 2 and one counts 100.
        # 0.9: b = 1.344 gives 0.1001 and b = 1.345 less than 0.1: n = 2.344, 200 / n = 85.3.
        Row("clean: 0.95 x 0.95", "fay  M\nida  M", 0),
        # 3 x 85; 97.2%.
        Row("clean: three of 0.9", "ana  M\nan2  M\nan3  M", 0),
        # 200 - 100 - 85; 0.95 x 0.9 = 85.5%.
        Row("just broken: 0.95 and 0.9", "fay  M\nana  M", 15),
        # 200 - 85 - 85; 0.9 x 0.9 = 81%.
        Row("broken by more: two of 0.9", "ana  M\nan2  M", 30),
        Row("who always comes is one person", "eve  M\nana  .", 100),
        # Both come with 90%, which the sum does not see.
        Row("a sure person and 0.9", "eve  M\nana  M", 15),
        Row("who never comes adds nothing", "fay  M\ndan  M", 100),
        signs="M",
        each=RATES,
        skills=PORTAL,
        requirements=needs(("M0", None, 2, 3)),
    ),
    Table(
        "show_up",
        {"shifts": "day", "value": 99},
        # n = ln 0.01 / ln (1 - r): 2 for 0.9, so one counts 50.
        Row("clean: two of 0.9 are 99%", "ana  E\nan2  E", 0),
        Row("clean: no tag", "ana  .\nan2  E\neve  L", 0, requirements=needs(("M0", None, 2, 2))),
        Row("just broken", "ana  E\nan2  .", 50),
        Row(
            "broken twice: 50 and 100",
            "ana  E\nan2  .",
            150,
            requirements=needs(("E0", None, 1, 1), ("L0", None, 1, 1)),
        ),
        signs="EML",
        each=RATES,
        skills=PORTAL,
        requirements=needs(("E0", None, 1, 1), ("M0", None, 1, 1)),
    ),
    Table(
        "show_up",
        {"value": 50},
        # Heads, 2 wanted: two of 0.8 are 64%, so one counts 100. For 0.5, 2 of 3 come with
        # exactly 50%: 200 / 3 = 66.7.
        # Portal 1, 1 wanted: everybody here with 0.5 or more counts 100.
        Row("clean", "bob  M\nbo2  M\ncho  .", 0),
        Row("just broken: 200 - 3 x 66", "cho  M\nch2  M\nch3  M", 2),
        # Heads 200 - 100 - 66 = 34, portal 0.
        Row("broken: who lacks the skill counts as a head", "bob  M\ngus  M", 34),
        # Heads 200 - 66 = 134, portal 100.
        Row("broken twice", "gus  M\nbob  .", 234),
        signs="M",
        each={**RATES, "gus": {"show_rate": 0.5}},
        skills=PORTAL,
        requirements=needs(("M0", None, 2, 2), ("M0", "portal", 1, 1)),
    ),
]
