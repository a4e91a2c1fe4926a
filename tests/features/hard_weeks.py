"""Tiny weeks of hard rules, and of those that may be soft instead."""

from __future__ import annotations

from tiny_weeks import GROUP, Tiny, holds

from shiftplan import rules

WEEKS = {
    "no-overlap": Tiny(rules.OnePlace(), "a0/8-12 a0/10-14", "a a"),
    "rest": Tiny(rules.MinRest(min_rest_minutes=660), "a0/14-22 a1/6-14", "a a"),
    "successions": Tiny(
        rules.ForbiddenSuccession(first=("night",), then=("early",)),
        "a0/22-6:night a1/8-12:early",
        "a a",
    ),
    "patterns": Tiny(rules.ForbiddenPattern(pattern="work, off, work"), "a0/8-12 a2/8-12", "a a"),
    "days-in-a-row": Tiny(rules.MaxConsecutiveDays(max_days=2), "a0/8-12 a1/8-12 a2/8-12", "a a a"),
    "least-days-in-a-row": Tiny(
        rules.MinConsecutiveDays(min_days=2), "a1/8-12 a2/8-12 a3/8-12 a4/8-12", "a b a b"
    ),
    "days-off": Tiny(rules.MinConsecutiveDaysOff(min_days=2), "a1/8-12 a3/8-12", "a a"),
    "hours-per-week": Tiny(rules.MaxMinutes(max_minutes=480, per="week"), "a0/8-16 a2/8-16", "a a"),
    "rolling-window": Tiny(
        rules.MaxShiftCount(max_shifts=1, rolling_days=3), "a0/8-12 a2/8-12", "a a"
    ),
    "hours-within": Tiny(rules.MaxMinutesWithin(max_minutes=480), "a0/14-22 a1/8-12", "a a"),
    "hours-at-a-stretch": Tiny(
        rules.MaxConsecutiveMinutes(max_minutes=360, pause_minutes=30), "a0/8-12 b0/12-16", "a a"
    ),
    "weekends": Tiny(rules.CompleteWeekends(), "a5/8-12 a6/8-12", "a b"),
    "free-weekends": Tiny(rules.MaxWeekends(max_weekends=1), "a5/8-12 a12/8-12", "a a"),
    "together": Tiny(
        rules.Together(group=("car",)),
        "a0/8-12",
        "ac",
        ({"group": ("car",)}, {"group": ("car",)}, {}),
        seats=2,
    ),
    "few-people": Tiny(rules.MaxActivePeople(), "a0/8-12 a1/8-12", "a b"),
    "alike-at-work": Tiny(
        rules.MaxShiftsSpread(), "a0/8-12 a1/8-12 a2/8-12 a3/8-12", "a a a b", ({}, {}, {})
    ),
    "hours-alike": Tiny(rules.MaxMinutesSpread(), "a0/8-12 a1/8-12 a2/8-16", "a b a"),
    "group-share": Tiny(
        rules.MinGroupShare(group=("car",), min_percent=33),
        "a0/8-12",
        "ab",
        ({}, {}, {"group": ("car",)}),
        seats=2,
    ),
    "apart": Tiny(
        rules.Apart(group=("car",)),
        "a0/8-12",
        "ab",
        ({"group": ("car",)}, {"group": ("car",)}, {}),
        seats=2,
    ),
    "never-alone": Tiny(rules.NeverAlone(skill="aid"), "a0/8-12", "ab", ({}, {}, holds()), seats=2),
    "never-alone-at-any-time": Tiny(
        rules.NeverAlone(skill="aid", per="moment"),
        "a0/8-12 a0/10-14",
        "b a",
        ({}, holds(), holds()),
    ),
    "mentors": Tiny(
        rules.Mentor(skill="aid", novices_per_mentor=1),
        "a0/8-12",
        "ab",
        ({}, {}, holds(3)),
        seats=2,
    ),
    "barred": Tiny(
        rules.MaxShiftCount(max_shifts=0, group=("minor",), shifts=("night",)),
        "a0/22-6:night",
        "a",
        GROUP,
    ),
    "soft-instead-of-hard": Tiny(
        rules.MinRest(min_rest_minutes=660, level=2, weight=5), "a0/14-22 a1/6-14", "a a"
    ),
}
