"""Watch a team: take in what it reports until it is done or a limit is reached.

`Team` -> `Outcome`, and why the search ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from shiftplan.engines.lineup import Choice
from shiftplan.engines.task import Deadline, Limits, Outcome, SearchEnding
from shiftplan.engines.team import Report, Team
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message

log = logging.getLogger("shiftplan")
_NO_MEMORY = ("MemoryError", "bad_alloc", "exit code -9")
"""What an engine says that has no memory left; the last where the system killed it for that."""


def watch(
    team: Team,
    choices: Sequence[Choice],
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> SearchEnding:
    """Gather what a team reports until it is done or a limit is reached."""
    running = set(range(len(choices)))
    names = [f"{choice.engine} {i + 1}" for i, choice in enumerate(choices)]
    for name, choice in zip(names, choices, strict=True):
        outcome.facts(name)["for"] = choice.why
    failures: list[str] = []

    def take(message: Report) -> SearchEnding | None:
        name = names[message.worker]
        if message.kind == "solution" and outcome.offer(message.content, name):
            team.share(message.content, message.worker)
            report()
        elif message.kind == "bound" and outcome.raise_bound(message.content, name):
            report()
        elif message.kind == "relaxed":
            team.guide(message.content, message.worker)
            if outcome.raise_bound(message.content.bound, name):
                report()
        elif message.kind == "note":
            outcome.facts(name).update(message.content)
        elif message.kind in ("ended", "failed", "died") and message.worker in running:
            running.discard(message.worker)
            ended = message.content if message.kind == "ended" else message.kind
            outcome.end(name, ended)
            wrong = "proven" if outcome.values is None else "infeasible"
            if message.kind != "ended" or message.content == wrong:
                failures.append(f"{name} {message.kind}: {message.content}")
                log.warning("engine %s", failures[-1])
            elif message.content in ("proven", "infeasible"):
                ending: SearchEnding = message.content
                return ending
        return None

    ending: SearchEnding | None = None
    while running and ending is None:
        if outcome.meets(0.0):
            ending = "proven"
        elif outcome.meets(limits.gap):
            ending = "gap"
        elif limits.cancelled:
            ending = "interrupt"
        elif deadline.left() <= 0:
            ending = "time"
        else:
            if outcome.values is None and all(
                choices[i].engine == "neighborhoods" for i in running
            ):
                team.ask_to_end()  # nobody is left who could find the roster they wait for
            message = team.report(min(0.1, deadline.left()))
            ending = None if message is None else take(message)
    for late in team.stop():
        take(late)
    for i in running:
        outcome.end(names[i], "stopped")
    if ending is not None:
        return ending
    if limits.work_limit is not None and len(failures) < len(choices):
        return "work"
    if outcome.values is None:
        nothing, told = Message("model.engines_ended"), "\n".join(failures)
        if failures and all(any(sign in text for sign in _NO_MEMORY) for text in failures):
            raise MemoryError(f"{nothing}\n{told}")
        raise ModelError(nothing, details=told)
    return "lost"
