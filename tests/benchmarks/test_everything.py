"""The week that uses everything: no kind of rule is left out, and none has nothing to say."""

from __future__ import annotations

from listed import wrong_in

from benchmarks.everything import week, write
from shiftplan import check
from shiftplan.files import read_week
from shiftplan.rules import RULES
from shiftplan.week.roster import Roster


def test_every_kind_of_rule_has_a_row_that_concerns_somebody(tmp_path):
    """Each is there, and reading reports none that has no effect."""
    notes = []

    problem = read_week(write(week(), tmp_path), on_note=notes.append)

    named = [rule.rule for rule in problem.rules]
    assert not (said := wrong_in("benchmarks/everything_rules.csv", named, RULES)), said
    assert [str(note) for note in notes] == []
    assert check(problem, Roster()).is_feasible


def test_the_week_is_the_same_every_time():
    """Nothing hangs on chance."""
    assert week() == week()
