"""Drawn logs have each effect that they claim, as strong as told, and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256
from typing import Any

import numpy as np
import pytest
from calm_logs import FEAST, FIRST, SHARES, days, demanded, far, log, only, truth
from scipy.stats import binom, norm
from visit_logs import MONDAY, week

from benchmarks.log_truth import USUAL, Levels, Truth
from benchmarks.made_logs import KnownLog, campaign, make_log

SURE = 1e-4
"""Chance of a right log to be outside of the bounds."""
LIMIT = norm.isf(SURE / 2)
WEEK = days(MONDAY, 5)
DIGEST = "498631644d17226b"
"""Beginning of the digest of a log when it was first drawn."""


def drawn_means(known: KnownLog, **effects: Any) -> np.ndarray:
    return truth(**effects).requests(known.counts.dates)


def is_likely(count: int, number: int, chance: float) -> bool:
    low, high = binom.ppf([SURE / 2, 1 - SURE / 2], number, chance)
    return low <= count <= high


def test_quiet_weeks_are_the_demand() -> None:
    """Without effects every week has the demand of the week, as its mean and as its variance."""
    known = log(60)
    demand = Levels.of(demanded()).mean[:, :5]

    by_week = known.counts.requests.reshape(2, 60, *demand.shape[1:])

    means = np.broadcast_to(demand[:, None], by_week.shape)
    expected = means.sum(axis=(1, 2, 3))
    error = (by_week.sum(axis=(1, 2, 3)) - expected) / np.sqrt(expected)
    assert np.abs(error).max() < LIMIT
    for service in range(3):
        assert abs(far(by_week[..., service], means[..., service])) < LIMIT
    assert (by_week[means == 0] == 0).all()
    assert known.counts.recorded.all()
    assert known.mean == pytest.approx(demand)


def test_usual_weeks_add_up_to_the_demand() -> None:
    """Weekdays, market days and hours differ, but not the requests of a center in the week."""
    still = replace(USUAL, trend=(0, 0), wave=(0, 0))
    levels = Levels.of(demanded())

    found = Truth.drawn(levels, still, (), 1).requests(levels.ahead)

    assert found.sum(axis=(1, 2, 3)) == pytest.approx(levels.mean.sum(axis=(1, 2, 3)))
    assert np.abs(found / np.maximum(levels.mean[:, :5], 1e-9) - 1).max() > 0.1
    assert ((found > 0) == (levels.mean[:, :5] > 0)).all()


def test_centers_grow_steadily() -> None:
    """A year before the week there were exp(0.3) times fewer; on its first day as many."""
    found = truth(trend=(0.3, 0.3)).factors([MONDAY - dt.timedelta(1461), MONDAY])

    assert found[0] == pytest.approx([np.exp(-4 * 0.3), 1])


def test_the_year_has_a_wave() -> None:
    """From trough to crest a factor of exp(0.2), and as many as in the week a year before it."""
    found = np.log(truth(wave=(0.1, 0.1)).factors(days(MONDAY - dt.timedelta(1461), 1462)))

    assert np.ptp(found, axis=1) == pytest.approx([0.2, 0.2], abs=1e-4)
    assert found[:, [0, -1]] == pytest.approx(0)


def test_one_weekday_has_a_market() -> None:
    """It has 1.5 times as much of the demand as without, the other four days alike."""
    found = truth(market=(1.5, 1.5))

    shares = found.profile[:, :5, 0]
    relative = shares / np.median(shares, axis=1, keepdims=True)
    assert np.sort(relative, axis=1) == pytest.approx(np.array([[1, 1, 1, 1, 1.5]] * 2))
    assert relative.argmax(axis=1).tolist() == found.market.tolist()


@pytest.mark.parametrize("effect", ["weekday", "hours"])
def test_profiles_vary_within_their_range(effect: str) -> None:
    """Weekdays act on all hours alike, hours on all weekdays; none is beyond the ratio allowed."""
    found = truth(**{effect: (0.8, 1.25)}).profile[:, :5]

    axis = 2 if effect == "weekday" else 1
    assert np.ptp(found, axis=axis) == pytest.approx(0)
    assert 1.01 < (found.max(axis=(1, 2)) / found.min(axis=(1, 2))).max() < 1.25 / 0.8


def test_a_feast_has_a_rush_and_a_lull() -> None:
    """From 21 days before it on 1.8 times as many come in the end; then ever more again."""
    found = truth(events=[FEAST], rush=1.8, lull=0.3)
    first, last = FEAST.first, FEAST.last

    def at(day: dt.date) -> float:
        assert np.ptp(found.factors([day])) == 0
        return float(found.factors([day])[0, 0])

    before = [at(first - dt.timedelta(n)) for n in (22, 21, 1)]
    after = [at(last + dt.timedelta(n)) for n in (1, 10, 11)]
    assert before == pytest.approx([1, 1 + 0.8 / 21, 1.8])
    assert after == pytest.approx([0.3, 0.3 + 0.7 * 0.9, 1])
    assert {at(day) for day in days(first, 5)} == {0}


def test_short_holidays_have_no_rush() -> None:
    """The day before and the days after are as usual."""
    short = replace(FEAST, before=1, after=2)

    found = truth(events=[short], rush=1.8, lull=0.3)

    around = [short.first - dt.timedelta(1), short.last + dt.timedelta(1)]
    assert (found.factors(around) == 1).all()


def test_the_rush_is_in_the_log() -> None:
    """Visits of the three weeks before Tết are as many as their means add up to: many more."""
    acting: dict[str, Any] = {"events": [FEAST], "rush": 1.8, "lull": 0.3}
    known = log(45, **acting)
    rush = [FEAST.part(day) is not None and day < FEAST.first for day in known.counts.dates]
    came = known.counts.visits[:, rush].sum()
    usual, expected = (
        drawn_means(known, **effects)[:, rush, :, FIRST].sum() for effects in ({}, acting)
    )

    assert abs(came - expected) / np.sqrt(expected) < LIMIT
    assert (came - usual) / np.sqrt(usual) > 2 * LIMIT


def test_days_without_a_record_are_missing() -> None:
    """Single days closed, whole weeks without a log, and holidays: as many as told."""
    closed, unkept = log(1000, closed=0.05).counts, log(1000, unkept=0.1).counts
    holiday = log(45, events=[FEAST]).counts

    assert is_likely((~closed.recorded).sum(), closed.recorded.size, 0.05)
    weeks = unkept.recorded.reshape(2, 1000, 5)
    assert (weeks == weeks[..., :1]).all()
    assert is_likely((~weeks[..., 0]).sum(), 2000, 0.1)
    off = [FEAST.first <= day <= FEAST.last for day in holiday.dates]
    assert (holiday.recorded == ~np.array(off)).all()
    assert sum(off) == 5
    for counts in (closed, unkept, holiday):
        assert (counts.requests[~counts.recorded] == 0).all()
        assert (counts.visits[~counts.recorded] == 0).all()


def test_a_campaign_is_an_outlier_of_three_days() -> None:
    """Of many centers every tenth has it on the same three dates in a row, four times as many."""
    one = truth()
    many = replace(one, trend=np.zeros(2000), effects=only(campaign=4.0, campaign_share=0.1))
    dates = log(8).counts.dates

    found = campaign(many, dates, np.random.default_rng(1))

    assert set(np.unique(found)) == {1, 4}
    concerned = (found == 4).any(axis=1)
    assert is_likely(concerned.sum(), 2000, 0.1)
    days_of = np.flatnonzero((found == 4).any(axis=0))
    assert np.diff(days_of).tolist() == [1, 1]
    assert (found[concerned][:, days_of] == 4).all()


def test_a_campaign_is_in_the_log() -> None:
    """On three dates four times as many come, on the others as many as usual."""
    known = log(8, campaign=4.0, campaign_share=1.0)
    by_day = known.counts.visits.sum(axis=(0, 2))
    usual = drawn_means(known)[..., FIRST].sum(axis=(0, 2))

    error = (by_day - usual) / np.sqrt(usual)

    busy = np.flatnonzero(error > 2 * LIMIT)
    assert np.diff(busy).tolist() == [1, 1]
    assert abs(by_day[busy].sum() - 4 * usual[busy].sum()) / np.sqrt(4 * usual[busy].sum()) < LIMIT


@pytest.mark.parametrize("effect", ["slots", "days"])
def test_counts_vary_as_told(effect: str) -> None:
    """Factors with a variance of 0.2 on slots, or days: more than Poisson, by just that."""
    known = log(400, **{effect: (0.2, 0.2)})
    axes = () if effect == "slots" else (2,)
    means = drawn_means(known)[..., FIRST].sum(axis=axes)
    came = known.counts.visits.sum(axis=axes)

    assert abs(far(came, means, 0.2)) < LIMIT
    assert far(came, means) > 2 * LIMIT


def test_centers_differ_in_their_spread() -> None:
    """Each has its own, within the range."""
    found = truth(days=(0.002, 0.02), slots=(0.05, 0.3))

    assert len({*found.days, *found.slots}) == 4
    assert (found.days >= 0.002).all()
    assert (found.days <= 0.02).all()
    assert (found.slots >= 0.05).all()
    assert (found.slots <= 0.3).all()


def test_everybody_asks_for_the_first_service() -> None:
    """And for each other one by its chance, whoever else does."""
    known = log(40, slots=(0.2, 0.2))
    visits, requests = known.counts.visits, known.counts.requests

    assert (requests[..., FIRST] == visits).all()
    number = int(visits.sum())
    for service, share in enumerate(SHARES.values()):
        assert is_likely(int(requests[..., service].sum()), number, share)


def test_the_outcome_is_one_of_the_means() -> None:
    """It is drawn like the log, for the dates of the week."""
    known = log(4)

    assert known.ahead == tuple(WEEK)
    assert known.came.shape == known.mean.shape == (2, 5, 8, 3)
    assert abs(far(known.came[..., FIRST], known.mean[..., FIRST])) < LIMIT
    error = (known.came[..., FIRST] - known.mean[..., FIRST]).sum() / np.sqrt(
        known.mean[..., FIRST].sum()
    )
    assert abs(error) < LIMIT


def digest(known: KnownLog) -> str:
    counts = known.counts
    parts = (counts.requests, counts.visits, known.came, counts.recorded)
    return sha256(b"".join(x.astype("<i4").tobytes() for x in parts)).hexdigest()[:16]


def test_a_seed_is_a_log() -> None:
    """The same seed gives the same log as at first, as far as numpy keeps its streams."""
    first, other = (make_log(demanded(), seed, 12, events=[FEAST]) for seed in (1, 2))

    assert digest(first) == DIGEST
    assert digest(other) != DIGEST


def test_an_effect_leaves_the_others_as_they_are() -> None:
    """Without a campaign and without gaps, the true means are the same."""
    usual = make_log(demanded(), 1, 6, events=())
    fewer = replace(USUAL, campaign_share=0, closed=0, unkept=0)

    assert (make_log(demanded(), 1, 6, effects=fewer, events=()).mean == usual.mean).all()


def test_holidays_are_those_of_the_country() -> None:
    """In Vietnam 30 April is off; where the week names no country, no day is."""
    pytest.importorskip("holidays")
    here, none = (
        make_log(demanded(horizon={"start": MONDAY, "days": 7} | more), 1, effects=only()).counts
        for more in ({}, {"country": "none"})
    )

    liberation = here.dates.index(dt.date(2026, 4, 30))
    assert not here.recorded[:, liberation].any()
    assert none.recorded.all()


def test_a_log_needs_demand() -> None:
    """A week without says so."""
    with pytest.raises(ValueError, match="needs a week with demand"):
        make_log(week(), 1)
