"""Tables of what visits consist of, from logs with a known truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from citizens.visits.visiting import (
    JOURNEYS,
    KINDS,
    SERVICES,
    TrueVisits,
    log_of_visits,
)
from visit_logs import week

from shiftplan.citizens import VisitLog
from shiftplan.citizens.forecasting.visit_tables import (
    VisitTables,
    requests_by_visit,
    visit_tables,
)
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.week.visits import CitizenKind, Journey, journeys_at

OTHER = {("vneid",): 0.7, ("file", "vneid"): 0.3}


def tables(truth: TrueVisits, problem: Problem | None = None, seed: int = 0) -> VisitTables:
    return visit_tables(problem or week(), log_of_visits(truth, seed))


def shares_at(rows: Sequence[Journey], center: int) -> dict[tuple[str, ...], float]:
    return dict(journeys_at(rows, week().centers[center]))


def test_journeys_are_near_the_truth() -> None:
    """Within 3 points, in the order of their steps, the most frequent first."""
    rows = tables(TrueVisits()).journeys

    assert [row.where for row in rows] == [""] * 3
    assert [row.services for row in rows] == [*JOURNEYS]
    assert shares_at(rows, 0) == pytest.approx(dict(JOURNEYS), abs=0.03)


def test_centers_that_differ_have_rows_of_their_own() -> None:
    """Each near its truth, though neither is near that of both."""
    rows = tables(TrueVisits(journeys=(JOURNEYS, OTHER))).journeys

    for center, truth in enumerate((JOURNEYS, OTHER)):
        found = shares_at(rows, center)
        assert [found[steps] for steps in truth] == pytest.approx([*truth.values()], abs=0.04)


def test_a_small_center_takes_the_journeys_of_others() -> None:
    """Ten visits in 20 weeks say little: it has no rows of its own."""
    rows = tables(TrueVisits(per_day=(24, 0.1))).journeys

    assert "B2" not in {row.where for row in rows}
    assert shares_at(rows, 1) == pytest.approx(dict(JOURNEYS), abs=0.04)


def test_requests_are_visits_times_journeys() -> None:
    """1.6 services a visit: as many requests as the log has, within 1%."""
    log = log_of_visits(TrueVisits())
    problem = visit_tables(week(), log).applied(week())

    visits = np.bincount(log.center)
    expected = sum(
        visits[c] * requests_by_visit(problem)[name] for c, name in enumerate(log.centers)
    )

    assert expected == pytest.approx(len(log.service), rel=0.01)


def test_an_order_of_steps_is_the_common_one() -> None:
    """One visit in ten in the other order does not make a journey of its own."""
    both = {("flow", "vneid"): 0.9, ("vneid", "flow"): 0.1}

    (row,) = tables(TrueVisits(journeys=(both, both))).journeys

    assert row.services == ("flow", "vneid")
    assert row.share == 100


def test_kinds_have_their_share_and_factor() -> None:
    """Those of 60 and older are a quarter, and take 1.6 times as long as the mean."""
    rows = tables(TrueVisits(kinds=KINDS, with_times=True)).citizen_kinds

    found = {row.kind: row for row in rows if not row.where}
    assert {kind: found[kind].share for kind in KINDS} == pytest.approx(
        {kind: share for kind, (share, _) in KINDS.items()}, abs=0.03
    )
    assert {kind: found[kind].factor for kind in KINDS} == pytest.approx(
        {kind: factor for kind, (_, factor) in KINDS.items()}, rel=0.06
    )


def test_factors_leave_the_mean_minutes() -> None:
    """Their mean over all citizens is 1, also where most have no kind."""
    log = log_of_visits(TrueVisits(kinds=KINDS, with_times=True))
    blank = replace(log, kind=np.where(log.kind == 1, -1, log.kind))

    rows = visit_tables(week(), blank).citizen_kinds

    found = [row for row in rows if not row.where]
    assert {row.kind for row in found} == {"60_plus", "other"}
    assert sum(row.share * row.factor for row in found) == pytest.approx(1, abs=0.002)
    assert found[0].factor == pytest.approx(1.6, rel=0.06)


def test_without_times_factors_are_those_of_the_week() -> None:
    """Or 1, and then the kind is named."""
    old = [CitizenKind(kind="60_plus", share=0.1, factor=1.3)]

    found = tables(TrueVisits(kinds=KINDS), week(citizen_kinds=old))

    factors = {row.kind: row.factor for row in found.citizen_kinds if not row.where}
    assert factors == {"60_plus": 1.3, "younger": 1.0}
    assert found.untimed == ("younger",)


def test_kinds_are_never_more_than_all() -> None:
    """Whatever is rounded, the tables are those of a valid week."""
    truth = TrueVisits(kinds={"a": (1 / 3, 1.0), "b": (1 / 3, 1.0), "c": (1 / 3, 1.0)})
    for seed in range(5):
        problem = tables(truth, seed=seed).applied(week())

        assert Problem.model_validate(problem.model_dump()) == problem


def test_languages_at_the_centers_that_log_them() -> None:
    """Khmer for 40% at A1; nothing is said of B2, where nobody wrote a language down."""
    (row,) = tables(TrueVisits(khmer=(0.4, 0.0))).languages

    assert (row.center_id, row.skill_id) == ("A1", "khmer")
    assert row.share == pytest.approx(0.4, abs=0.03)


def test_a_language_that_is_no_skill_is_named() -> None:
    """It has no rows."""
    found = tables(TrueVisits(khmer=(0.4, 0.2)), week(skills=[]))

    assert found.languages == ()
    assert found.unknown_languages == ("khmer",)


def test_a_column_that_began_late_counts_from_then() -> None:
    """Blanks of the first half say nothing of languages."""
    log = log_of_visits(TrueVisits(khmer=(0.4, 0.4)))
    late = replace(log, language=np.where(np.arange(len(log)) < len(log) / 2, -1, log.language))

    rows = visit_tables(week(), late).languages

    assert [row.share for row in rows] == pytest.approx([0.4, 0.4], abs=0.04)


@pytest.mark.parametrize(
    "names",
    [("a|b", "=1+1"), ("x" * 300, "y"), ("a\x00b", "\u200b"), ("other", "Other"), (" ", "*")],
)
def test_any_name_of_a_kind_gives_valid_rows(names: tuple[str, str]) -> None:
    """Also long ones, and those with signs that no id has."""
    log = replace(log_of_visits(TrueVisits(kinds=KINDS, weeks=3)), kinds=names)

    problem = visit_tables(week(), log).applied(week())

    assert Problem.model_validate(problem.model_dump()) == problem
    assert sum(row.share for row in problem.citizen_kinds) == pytest.approx(1, abs=0.001)


def test_ids_with_bars_cannot_stand_in_journeys() -> None:
    """A fault names the id, and what to do."""
    log = replace(log_of_visits(TrueVisits(weeks=3)), services=("flow", "v|neid", "file"))

    with pytest.raises(InputError) as error:
        visit_tables(week(), log)

    assert [fault.value for fault in error.value.faults] == ["v|neid"]
    assert "--counts requests" in str(error.value)


def test_an_empty_log_says_nothing() -> None:
    """No rows, and no error."""
    log = log_of_visits(TrueVisits(per_day=(0.0, 0.0), weeks=1))

    assert not any(visit_tables(week(), log).rows.values())


def permuted(log: VisitLog) -> VisitLog:
    """The same log with its centers in the other order."""
    return replace(log, centers=log.centers[::-1], center=1 - log.center)


def test_the_order_of_centers_does_not_matter() -> None:
    """Rows are the same."""
    truth = TrueVisits(journeys=(JOURNEYS, OTHER), kinds=KINDS, khmer=(0.3, 0.1))
    log = log_of_visits(truth)

    one, other = visit_tables(week(), log), visit_tables(week(), permuted(log))

    def told(found: VisitTables) -> list[list[str]]:
        return [sorted(map(repr, rows)) for rows in found.rows.values()]

    assert told(one) == told(other)


def test_twice_the_visits_have_the_same_journeys() -> None:
    """Each visit twice: shares stay within half a point."""
    log = log_of_visits(TrueVisits())
    twice = np.repeat(np.arange(len(log)), 2)
    sizes = np.diff(log.offset)[twice]
    offset = np.concatenate([[0], np.cumsum(sizes)])
    steps = np.arange(offset[-1]) + np.repeat(log.offset[twice] - offset[:-1], sizes)
    names = ("center", "time", "kind", "language", "begin", "end")
    doubled = replace(
        log,
        offset=offset,
        service=log.service[steps],
        **{name: getattr(log, name)[twice] for name in names},
    )

    one, other = (shares_at(visit_tables(week(), x).journeys, 0) for x in (log, doubled))

    assert one == pytest.approx(other, abs=0.005)
    assert set(SERVICES) == {name for steps in one for name in steps}
