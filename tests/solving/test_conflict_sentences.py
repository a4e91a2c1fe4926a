"""Sentences of contradictions whose words depend on the parameters of the rule."""

from __future__ import annotations

import pytest
from conflicts import must

from shiftplan.present.words import Words
from shiftplan.solving.conflict import find_conflict
from shiftplan.testing.pictures import plan

PAIRS = {"ana": {"group": "youth"}, "bob": {"group": "youth"}, "cho": {"group": "army"}}
AT_MOST = {
    ("en", "youth"): "A shift has at most 1 member of group youth: ",
    ("en", "youth|army"): "A shift has at most 1 member of each of the groups army and youth: ",
    ("vi", "youth"): "Mỗi ca có nhiều nhất 1 người của nhóm youth: ",
    ("vi", "youth|army"): "Mỗi ca có nhiều nhất 1 người của mỗi nhóm army và youth: ",
}
WAYS = {
    ("en", "between"): "Nobody travels between centers for more than 20 minutes a day: ",
    ("en", "home"): (
        "Nobody travels from home, between centers and back home for more than 20 minutes a day: "
    ),
    ("vi", "between"): "Mỗi người đi lại giữa các trung tâm nhiều nhất 20 phút một ngày: ",
    ("vi", "home"): ("Mỗi người đi lại nhiều nhất 20 phút một ngày, kể cả từ nhà đi và về nhà: "),
}


@pytest.mark.parametrize(("lang", "group"), AT_MOST)
def test_each_of_several_groups_is_kept_apart_by_itself(lang, group):
    """One of the army beside one of the youth is no breach."""
    rules = ({"rule": "apart", "group": group},)
    problem = plan("M", "ana bob cho", 1, each=PAIRS, pins=must("M0 ana", "M0 bob"), rules=rules)

    assert _said(problem, "apart", lang).startswith(AT_MOST[lang, group])


@pytest.mark.parametrize(("lang", "tour"), WAYS)
def test_ways_from_home_and_back_are_named_where_they_count(lang, tour):
    """Home, far and hill are farther apart than the minutes allow."""
    rules = ({"rule": "max_travel", "value": 20, "tour": tour},)
    problem = plan("mx", "ana bob", 1, pins=must("m0 ana", "x0 ana"), rules=rules)

    assert _said(problem, "max_travel", lang).startswith(WAYS[lang, tour])


def _said(problem, kind, lang):
    found = find_conflict(problem)
    assert found is not None
    (member,) = (m for m in found.members if m.rule == kind)
    return Words(lang)(member.message)
