"""The simulation against queues with known answers, and against the simulator ciw."""

from __future__ import annotations

import math

import ciw
import numpy as np
import pytest
from places import arrivals, place, service

from shiftplan.citizens.estimate import ratio
from shiftplan.citizens.queueing import Queue
from shiftplan.citizens.simulate import Conduct, Estimate, simulate

WITHIN = {"policy": [{"setting": "within_minutes", "value": 3}]}


def is_near(estimate: Estimate, expected: float, error: float, slack: float = 0.0) -> bool:
    """Whether a value is off by less than four standard errors, two being at most `error`."""
    found = (estimate.high - estimate.low) / 2
    return found <= error and abs(estimate.value - expected) < 2 * found + slack


@pytest.mark.parametrize(
    ("per_hour", "servers", "patience"),
    [(21, 1, None), (72, 3, None), (72, 3, 6), (36, 1, 4)],
)
def test_markov_queues(per_hour, servers, patience):
    """Figures agree with Erlang C and Erlang A, also above the capacity.

    The figures are of a second service, exactly like the first one, for which citizens come when
    half a day has passed: by then the line has forgotten that it was empty. Without patience all
    citizens of both are served, so the minutes of service are the load itself.
    """
    queue = Queue(per_hour, 2, servers, patience)
    problem, roster = place(
        [service("early", 2), service("late", 2)],
        [arrivals("early", per_hour * 12, 0, 12), arrivals("late", per_hour * 48, 12, 60)],
        {f"v{i}": {} for i in range(servers)},
        {"c-all": (0, 60)},
        **WITHIN,
    )

    found = simulate(problem, roster, runs=60, conduct=Conduct(patience_minutes=patience))

    late = next(row for row in found.services if row.key == "late")
    assert is_near(late.served_share, queue.share_served, 0.02, 1e-9)
    assert is_near(late.within_target_share, queue.share_served_within(3), 0.02)
    assert is_near(late.gave_up_share, queue.share_giving_up, 0.02, 1e-9)
    for wait, share in ((late.wait_p50, 0.5), (late.wait_p90, 0.9)):
        minutes = queue.wait_quantile(share)
        assert is_near(wait, minutes, 0.1 * max(1, minutes))
    assert is_near(found.overall.utilization, queue.utilization, 0.02, 0.002)
    assert late.cut_share.value == 0


def shares_of_ciw(services: list[dict], per_hour: list[float], people: list[set[str]], patience):
    """Shares served and served in time of ciw, by service; days of 8 hours, 60 of them.

    Its only node is taught to look for the first citizen whom somebody free can help.
    """

    class Skilled(ciw.Node):
        def find_free_server(self, ind):
            able = (s for s in self.servers if ind.customer_class in people[s.id_number - 1])
            return next((s for s in able if not s.busy), None)

        def choose_next_customer(self):
            waiting = (i for line in self.individuals for i in line if not i.server)
            return next((i for i in waiting if self.find_free_server(i)), None)

    names = [s["skill_id"] for s in services]
    dists = [
        ciw.dists.Exponential(1 / s["minutes_per_citizen"])
        if s["cv"] == 1
        else ciw.dists.Gamma(1 / s["cv"] ** 2, s["minutes_per_citizen"] * s["cv"] ** 2)
        for s in services
    ]
    gives_up = ciw.dists.Exponential(1 / patience) if patience else None
    network = ciw.create_network(
        arrival_distributions={
            n: [ciw.dists.Exponential(r / 60)] for n, r in zip(names, per_hour, strict=True)
        },
        service_distributions={n: [d] for n, d in zip(names, dists, strict=True)},
        reneging_time_distributions={n: [gives_up] for n in names},
        number_of_servers=[len(people)],
    )
    sums = np.zeros((3, len(names), 60))
    for run in range(60):
        ciw.seed(run)
        simulation = ciw.Simulation(network, node_class=Skilled)
        simulation.simulate_until_max_time(700)
        for record in simulation.get_all_records():
            if record.arrival_date < 480:
                served = record.record_type == "service"
                in_time = served and record.waiting_time <= 3
                sums[:, names.index(record.customer_class), run] += 1, served, in_time
    return [(ratio(s[1], s[0]), ratio(s[2], s[0])) for s in sums.transpose(1, 0, 2)]


@pytest.mark.parametrize(
    ("people", "patience", "cv"),
    [([{"a"}, {"a", "b"}], None, 1), ([{"a"}, {"b"}, {"a", "b"}], 15, 0.5)],
)
def test_ciw_agrees(people, patience, cv):
    """Two services and people with one skill or both: ciw finds the same shares.

    People are listed by the minutes of work they can do: of a 20 citizens of 3 minutes an hour,
    of b 10 of 7, so who can do a comes first. Citizens who come after the eighth hour change
    nothing for those before.
    """
    services = [service("a", 3, "a", cv=cv), service("b", 7, "b", cv=1)]
    per_hour = [20, 2.5 if patience is None else 10]
    problem, roster = place(
        services,
        [arrivals(s["service_id"], 8 * n, 0, 8) for s, n in zip(services, per_hour, strict=True)],
        {f"v{i}": dict.fromkeys(own, 1) for i, own in enumerate(people)},
        {"c-day": (0, 8)},
        **WITHIN,
    )

    ours = simulate(problem, roster, runs=300, conduct=Conduct(patience_minutes=patience))
    theirs = shares_of_ciw(services, per_hour, people, patience)

    rows = {row.key: row for row in ours.services}
    for key, (served, in_time) in zip(("a", "b"), theirs, strict=True):
        for mine, other in (
            (rows[key].served_share, served),
            (rows[key].within_target_share, in_time),
        ):
            error = math.hypot(mine.high - mine.low, other.high - other.low) / 2
            assert error < 0.05
            assert abs(mine.value - other.value) < 2 * error or mine.value == other.value == 1
