"""How tests move people on the page: with the pointer, by keys, and by what they read of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from looking import find, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from shiftplan.analysis.destinations import destinations
from shiftplan.record import LiveWeek
from shiftplan.scoring.check import check


def chip(page: Any, person: str, shift: str) -> Any:
    """Somebody in a shift."""
    return find(page, f'#main [data-person="{person}"][data-shift="{shift}"]')


def cell(page: Any, shift: str) -> Any:
    """A shift; its button is where the pointer meets nobody in it."""
    return find(page, f'#main [data-shift="{shift}"] > .count')


def begin(page: Any, thing: Any) -> ActionChains:
    """Press on somebody and pull until places light up."""
    page.execute_script("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", thing)
    actions = ActionChains(page, duration=20)
    actions.click_and_hold(thing).move_by_offset(12, 3).perform()
    until(page, lambda: page.execute_script("return document.body.matches('.holding')"))
    return actions


def drag(page: Any, thing: Any, onto: Any) -> None:
    """Drag somebody onto something, which is scrolled to meanwhile."""
    begin(page, thing)
    page.execute_script("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", onto)
    actions = ActionChains(page, duration=20)
    actions.move_to_element(onto).move_by_offset(1, 1).release().perform()


def press(page: Any, *keys: str) -> None:
    """Press keys one after the other where the focus is; `Ctrl-z` and alike as one."""
    for key in keys:
        *held, last = key.split("-") if len(key) > 1 and "-" in key else [key]
        actions = ActionChains(page)
        modifiers = [getattr(Keys, "CONTROL" if h == "Ctrl" else "SHIFT") for h in held]
        for modifier in modifiers:
            actions.key_down(modifier)
        actions.send_keys(last)
        for modifier in modifiers:
            actions.key_up(modifier)
        actions.perform()


def told(page: Any) -> str:
    """What the strip below the view says."""
    found: str = find(page, ".last-move").text.replace("\n", " ")
    return found


def says(page: Any, *words: str) -> str:
    """Wait until the strip says some words."""
    return str(until(page, lambda: all(w in told(page) for w in words) and told(page)))


def dialog(page: Any) -> Any:
    """The dialog that is open."""
    return until(page, lambda: find(page, "dialog[open]"))


def answer(page: Any, value: str) -> None:
    """Answer the dialog that is open with `yes` or `no`."""
    dialog(page).find_element(By.CSS_SELECTOR, f"[value={value}]").click()
    until(page, lambda: not page.find_elements(By.CSS_SELECTOR, "dialog"))


def focused(page: Any) -> dict[str, Any]:
    """The person and the shift that have the focus, and what is said of them."""
    script = (
        "const e = document.activeElement; return {person: e.dataset.person ?? null,"
        "shift: e.closest('[data-shift]')?.dataset.shift ?? null,"
        "said: e.getAttribute('title')}"
    )
    found: dict[str, Any] = page.execute_script(script)
    return found


def lit(page: Any) -> dict[str, tuple[str, str]]:
    """Shift -> kind and sign of what going there would do, as the page shows it."""
    script = (
        "return [...document.querySelectorAll('#main [data-lit]:not([data-person])')]"
        ".map(e => [e.dataset.shift, [e.dataset.lit, e.dataset.price]])"
    )
    return {shift: tuple(said) for shift, said in page.execute_script(script)}


def moves_of(live: LiveWeek, *, kind: str) -> Iterator[tuple[str, str, str]]:
    """Person, their shift and another to which they can go: `possible`, or `barred`."""
    roster, judge = live.priced().roster, live.priced().candidates
    for shift, who in roster.assignments:
        found = destinations(judge, who, shift)
        ways = {w.shift_id for w in found.shifts if not w.effect.broken}
        yield from ((who, shift, to) for to in sorted(ways if kind == "possible" else found.barred))


def is_checked(live: LiveWeek, page: Any) -> int:
    """What the page shows is what `check` finds of the newest version; its number."""
    state = live.refresh().state
    assert state.draft is not None
    total = check(live.now.problem, live.roster_of(state.draft.number)).total
    assert f"{total:,}" in find(page, ".figures").text
    return state.draft.number
