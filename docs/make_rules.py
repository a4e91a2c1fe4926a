"""Write docs/rules.md from the rule classes.

    python docs/make_rules.py
    python docs/make_rules.py MODULE ...

A test compares the file with what this makes of the classes. With modules, such as those of your
own rules, it prints the sections of the rules in them instead.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from shiftplan.errors.described import field_docs
from shiftplan.problem.profile import recommended_rules
from shiftplan.rules import ALWAYS, RULES, Rule
from shiftplan.week.days import Days
from shiftplan.week.kinds import KINDS

HEAD = """<!-- Made by `python docs/make_rules.py` from the rule classes; edit those. -->

# Rules

The table `rules` of a week has a row for each rule. A rule without a row is off, except those that
[always hold](#rules-that-always-hold), [`available`](#available) (nobody works outside the time
they offered), and [`one_place`](#one_place) and [`capacity`](#capacity), which only a row with the
level `off` switches off. [Features](features.md) lists what teams ask for, and how to say it.

The columns are `rule`, `level`, `weight`, `value`, `note`, and the parameters in the rule's section
below. A blank cell takes the default. A parameter listed as `max_shifts` or `value` may stand in a
column of its own or in the column `value`. In Python every rule is a class; its field is
`max_shifts`, and the class and JSON accept both names.

`level` is `hard`, or the number of a cost level, 1 before 2. A hard rule must hold. A soft rule
costs `weight` for each unit of its amount, unless its section gives another cost. A blank level
means the default in the table below: 1 for service to citizens, 2 for people's wishes and fair
shares, `hard` for the rest.

The solver minimises the sum over levels of rate × cost of the level. The rate of the last level is
1, and that of each earlier level 10 times as much; a row `rate, <level>, <rate in the column
weight>` sets another. A row `order, , , strict` sets the strict order instead: first the lowest
cost of level 1, then of level 2, and so on. The [words](words.md) explain seat, head, load and
level.

A bar separates several names in a cell: `night|late`. If the week has none of the names in one of a
rule's columns, such as `night` in a week without night shifts, the rule has no effect, and a note
says so. A misspelt name, such as `nigth` in a week with nights, is a [fault](faults.md).
"""
ONLY = {
    "coverage": ("`shortage`, or `minimum_coverage`", "It says how much each empty seat costs."),
    "expected_shortage": ("`shortage`", "It says how much each empty seat costs on average."),
    "worst_center_first": ("`area_floor`, a row for each center", "It compares centers."),
    **dict.fromkeys(
        ("fairness", "leximin"),
        ("`max_shift_count`, `max_min`", "Each shift costs more than the last."),
    ),
    "balance_hours": ("`max_minutes`", "Each hour costs more than the last."),
    "balance_undesired": ("`wish`", "Each such shift costs more than the last."),
    "balance_shifts": ("`max_shift_count` with `shifts`", "Each such shift costs more."),
    "balance_far": ("`max_distance`", "Each such shift costs more than the last."),
    "balance_strain": ("`max_strain`", "Each point costs more than the last."),
    "wish_equality": ("`preferences` and `wish`", "It compares shares of wishes."),
    "travel": ("`max_distance`", "Each kilometre costs."),
    "continuity": ("`max_centers`", "Each further center costs."),
    "hold_optional": ("`minimum_coverage`", "Each optional shift that is not held costs."),
    "one_place": ("", "Two shifts at once are possible or not; `off` where they are."),
    "occupied": ("`preferences`", "Whoever is elsewhere cannot come."),
    "pins": ("`preferences`", "A decision that may be given up is a wish."),
    "one_alternative": ("", "Alternatives that are both held are not alternatives."),
    "optional_minimum": ("`minimum_coverage`", "A shift is held or not."),
    "input": ("", "Without people and shifts there is nothing to judge."),
}
"""Rule that is only hard or only soft -> what does the other, and why it does not."""
LEVELS = """## Only hard, or only soft

Every other rule can be hard or soft.

| rule | is only | why | the other way |
|---|---|---|---|
"""
LIMITS = r"""## Whom, which shifts and when

These columns limit a rule; its section says which of them it has. A blank one limits nothing. Of
several, all must apply.

| column | limits the rule to | such as |
|---|---|---|
| `group` | people: groups, ids, skills with a level, home centers or areas | `youth\|portal:2` |
| `shifts` | types of shifts or tags | `night\|late` |
| `where` | centers: ids, groups of centers, `minority`, `remote`, `other`, types | `minority` |
| `hours` | shifts that start in these hours of the day | `18:00-06:00` |
| `days` | shifts on these weekdays or dates | `Sat-Sun`, `2026-12-24` |
| `first_day`, `last_day` | shifts from one date on, or until one | `2026-12-21` |

In `group`, a skill counts if the person holds it on the first day planned; without a level, level 1
is meant. If a group has the name, the group is meant; for another meaning write `skill:khmer`,
`person:V1` or `home:C12`. Python and JSON take `days` as `sat|sun`, without ranges.

History counts only where nothing limits shifts or days, unless the rule's section says otherwise.
"""
PATTERNS = r"""## Patterns of days

The columns `pattern` and `followed_by` say what a person does on some days in a row, as in
`night|late, off, !off`. Commas separate the days, at most 31, or 371 in a `rotation`; in a CSV file
such a cell stands in quotation marks, as spreadsheets write it.

| a day is written | the person |
|---|---|
| `night`, `night\|late` | works a shift of a type or tag, or of one of several |
| `off` | works no shift |
| `work` | works some shift |
| `any` | does anything |
| `night\|off` | works a night, or no shift |
| `!night`, `!night\|late` | works none of these; may be off |
| `!night\|off` | works, but no night |
| `5x night` | five such days |

Limits on places and hours apply to the shifts that count as work: others count as off. Without such
limits, days before the horizon count as far as the history says what was done on them, shifts by
their type. A date with [other work](#what-counts-besides-shifts) is `work` and not `off`. In a week
with shifts of a type or tag named `off`, `work` or `any`, a pattern with that word is a fault.

| to say | rule | pattern | more columns |
|---|---|---|---|
| no single day off after a night | `forbidden_pattern` | `night, off, !off` | |
| no night before a free weekend | `forbidden_pattern` | `night, off, off` | `days` `Fri` |
| no single day of work | `forbidden_pattern` | `off, work, off` | |
| two days off after each night | `required_pattern` | `night` | `followed_by` `off, off` |
| at least one free weekend | `min_patterns` | `off, off` | `days` `Sat` |
| one single day of work a month at most | `max_patterns` | `off, work, off` | `per` `month` |
| three nights in a row are liked | `min_patterns` | `3x night` | `level` 2, `value` 3 |
| early and late weeks in turn | `rotation` | `5x early, 2x off, 5x late, 2x off` | `first_day` |

In the fourth row the day after a night is off, so nobody works two nights in a row.

A rotation has a row for each team. These two teams take turns with early and late weeks; `new-week`
carries the rows on:

| rule | group | first_day | pattern |
|---|---|---|---|
| `rotation` | `team a` | 2026-12-07 | `5x early, 2x off, 5x late, 2x off` |
| `rotation` | `team b` | 2026-12-14 | `5x early, 2x off, 5x late, 2x off` |
"""
BESIDE = """## What counts besides shifts

The columns of the table [`occupied`](week.md#occupied) say what a meeting, a course or leave counts
as. They count only for rules that are not limited to some types, places or hours of shifts, and
always for `min_rest`. They break no maximum, run or pattern by themselves: a shift must have a part
in it.

| column | rules that count it |
|---|---|
| `counted_minutes` | `max_minutes`, `min_minutes`, `balance_hours` |
| `counted_shifts` | `max_shift_count`, `min_shift_count`, `max_shifts`, `min_shifts`, `floor`, \
`full_day`; `fairness`, `leximin`, `max_min`; as offered only: `balance_undesired`, \
`balance_far`, `balance_strain` |
| `is_work`, by its times | `min_rest`, `max_consecutive_minutes`, `max_minutes_within` |
| `is_work`, by its dates | `max_consecutive_days`, `min_consecutive_days`, \
`max_consecutive_days_off`, `min_consecutive_days_off`, `max_weekends`, \
`max_consecutive_weekends`, `min_consecutive_weekends`, `complete_weekends`, `forbidden_pattern`, \
`required_pattern`, `min_patterns`, `max_patterns`, `rotation` |

No other rule counts other work. Those from which one might expect it:

| rules | why |
|---|---|
| `forbidden_succession`, `min_types`, `balance_shifts`, `needs_too` | They compare types of \
shifts, and other work has no type. |
| `max_strain`, `budget` | Other work has no strain, and costs nothing here. |
| `one_center_per_day`, `max_centers`, `continuity`, `travel`, `travel_time`, `max_travel` | Other \
work has no center. |
| `max_gap`, `similar_starts`, `as_last_week` | They keep shifts regular, whatever else \
people do. |
| `max_active_people`, `max_shifts_spread`, `max_minutes_spread` | They say who gets shifts; for \
even loads over all work take `fairness` or `balance_hours`. |
"""
RECIPES = """## Several rows, and prices

A rule may have several rows: all hard ones must hold, and soft ones add up. So do several wishes of
a person about one shift. A single price is at most 1,000,000; if yours are higher, divide all of
them by the same number. No rule pays a reward: instead, give what is liked a price where it is
missing.

| to say | rows |
|---|---|
| each further night costs more | `max_shift_count` of night, level 2, rows with `value` 1, 2, 3 |
| both days of a weekend, if possible | `complete_weekends`, level 2 |
| hours have a price | `max_minutes`, `value` 0, level 2 |
| two people like to work together | `together` with a group of the two, level 2 |

Costs are whole numbers: rnd(x) is x rounded half up, floor(x + 1/2), computed in binary floating
point (IEEE 754, double precision) from left to right as the formula is written. An exact half on
paper may therefore be rounded either way: `coverage` with weight 117 and priority 0.5 gives
117 × 0.5 × 1 × (1 + 2/3) = 97.5 for the first of three seats, which costs 97. Only
`worst_center_first` computes in exact whole numbers, and `leximin` takes the difference of its
powers as a sum of products.
"""
RECOMMENDED_HEAD = """## Recommended rules

A workbook of `shiftplan template` starts with these, and `--recommended` adds the ones that a week
lacks. The option leaves out rules on distance if a center has no coordinates or a volunteer no
home, `mentor` if its skill has no level 3, `coverage` if the week has another rule on empty seats,
`preferences` if nobody stated any, and rules on types of shifts, such as nights, if the week has no
such shifts. Which rules these are depends on the kind of work: `shiftplan template --kind`, and the
field `kind` of the week's [`horizon`](week.md#horizon). Numbers are values, as in the column
`value`; a soft rule has its level and weight.
"""
LIMITED_BY = ("group", "shifts", "where", "hours", "days", "first_day", "last_day")
"""Columns that the section on limits explains for all rules."""
AS_USUAL = (
    "People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or "
    "areas of them; empty for everybody.",
    "Shift types or tags counted; empty for all shifts.",
    "Shift types or tags concerned; empty for all shifts.",
)
"""What such columns of some rules' own say, which the section says too."""
TOPICS = (
    "Seats",
    "Fair to communes",
    "What a person can do",
    "How much a person works",
    "Rest, days in a row, weekends",
    "Regular work",
    "Who works with whom",
    "Fair to people",
    "Wishes",
    "Places and ways",
    "What was published",
)
"""Topics in the order of the page; those that are not named here come last."""
_POWER = re.compile(r"\^(\w+|\([^()]*\))")
_PAGE = re.compile(r"`docs/(\w+)\.md`, \"([^\"]+)\",?")


def _type(annotation: Any) -> str:
    """A column's type, as people write values of it."""
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        return " or ".join(_type(a) for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is tuple:
        return "names"
    if get_origin(annotation) is Annotated:
        return _type(get_args(annotation)[0])
    words = {float: "number", str: "text", dt.date: "date", Days: "days"}
    return words.get(annotation, "whole number")


def _typeset(text: str) -> str:
    """A docstring's words for a page: signs for what is ASCII in code, links for names of pages."""
    text = re.sub(r"(?<=[\w)]) x (?=[\w(])", " × ", text)
    text = text.replace("<=", "≤").replace(">=", "≥")
    text = _POWER.sub(lambda found: f"<sup>{found[1].strip('()')}</sup>", text)
    return _PAGE.sub(lambda found: f"[{found[2]}]({found[1]}.md#{_anchor(found[2])})", text)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _kind(rule: type[Rule]) -> str:
    """Whether a rule is hard, soft, or one of them, in a word or two."""
    kinds = {"hard": "'hard'", "soft": "int", "off": "'off'"}
    annotation = str(rule.model_fields["level"].annotation)
    return " or ".join(kind for kind, sign in kinds.items() if sign in annotation)


def _line(rule: type[Rule]) -> str:
    """A row of the table of all rules."""
    name = rule.model_fields["rule"].default
    default = rule.model_fields["level"].default
    sentence = _typeset(rule.sentence())
    return f"| [`{name}`](#{_anchor(name)}) | {sentence} | {_kind(rule)} | {default} |"


def _of(*modules: str) -> list[type[Rule]]:
    """The rules of some packages or modules."""
    starts = tuple(f"{module}." for module in modules)
    return [rule for rule in RULES.values() if f"{rule.__module__}.".startswith(starts)]


def contents() -> str:
    """The table of all rules, by what they are about."""
    rows = ["| **Always** | | | |", *(_line(type(rule)) for rule in ALWAYS)]
    for topic in dict.fromkeys([*TOPICS, *(rule.topic for rule in _of("shiftplan"))]):
        own = [_line(rule) for rule in _of("shiftplan") if rule.topic == topic]
        rows += [f"| **{topic}** | | | |", *own]
    return "\n".join(
        ["| rule | what it says | kind | default level |", "|---|---|---|---|", *rows, ""]
    )


def _level(rule: type[Rule]) -> str:
    default = rule.model_fields["level"].default
    blank = "hard" if default == "hard" else f"level {default}"
    return {
        "hard": "Always hard.",
        "hard or off": "Hard without a row too; the level `off` switches it off.",
        "hard or soft or off": "Hard without a row too, or soft at any level; the level `off` "
        "switches it off, and a blank one means hard.",
        "hard or soft": f"Hard, or soft at any level; a blank level means {blank}.",
        "soft": f"Soft, at any level; a blank level means {blank}.",
    }[_kind(rule)]


def section(rule: type[Rule]) -> str:
    """The section of one rule."""
    kind = rule.model_fields["rule"].default
    text = [f"### `{kind}`", "", f"**{rule.sentence() or kind}**", ""]
    for paragraph in inspect.cleandoc(rule.__doc__ or "").split("\n\n")[1:]:
        text += [_typeset(" ".join(paragraph.split())), ""]
    unit = f" Unit of the amount: {rule.unit}." if rule.unit else ""
    text += [f"{_level(rule)}{unit} In Python: `{rule.__name__}`.", ""]
    rows, named = [], rule.columns()
    meanings = {name: " ".join(text.split()) for name, text in field_docs(rule).items()}
    usual = {name for name in LIMITED_BY if meanings.get(name) in AS_USUAL}
    limits = [name for name in LIMITED_BY if name in usual | rule.spared()]
    for name, field in rule.model_fields.items():
        if name in ("rule", "level", "note") or name in limits:
            continue
        meaning = meanings[name]
        if field.is_required():
            default = "required"
        elif field.default in (None, ()):
            default = "blank"
        elif isinstance(field.default, tuple):
            default = "`" + r"\|".join(field.default) + "`"
        else:
            default = f"`{field.default}`"
        if named.get("value") == name != "value":
            name = f"{name}` or `value"
        meaning = meaning.replace("|", r"\|").replace("empty for", "blank for")
        cells = (f"`{name}`", _type(field.annotation), default, meaning)
        rows.append(f"| {' | '.join(cells)} |")
    if rows:
        text += ["| column | type | default | meaning |", "|---|---|---|---|", *rows, ""]
    if limits:
        by = ", ".join(f"`{name}`" for name in limits)
        text += [f"[Limits](#{_anchor(LIMITS.splitlines()[0].strip('# '))}): {by}.", ""]
    if rule.example:
        text += [f"Example: {_typeset(rule.example)}", ""]
    return "\n".join(text)


def levels() -> str:
    """The table of rules that are only hard or only soft."""
    known = {rule.rule: type(rule) for rule in ALWAYS} | dict(RULES)
    rows = [
        f"| [`{kind}`](#{_anchor(kind)}) | {_kind(known[kind])} | {why} | {other} |"
        for kind, (other, why) in ONLY.items()
    ]
    return "\n".join([LEVELS.rstrip("\n"), *rows, ""])


def recommended() -> str:
    """The table of recommended rules by kind of work: what a new workbook has."""
    of_kind = [{_row(rule): _cell(rule) for rule in recommended_rules(kind)} for kind in KINDS]
    rows = [
        f"| {name} | " + " | ".join(cells.get(name, "") for cells in of_kind) + " |"
        for name in dict.fromkeys(name for cells in of_kind for name in cells)
    ]
    head = "| rule | " + " | ".join(KINDS) + " |"
    return "\n".join([head, "|---" * (1 + len(KINDS)) + "|", *rows, ""])


def _row(rule: Rule) -> str:
    """The name of a rule, with the types of shifts that it is about."""
    types = ", ".join(f"`{name}`" for name in getattr(rule, "shifts", ()))
    return f"[`{rule.rule}`](#{_anchor(rule.rule)})" + (f" of {types}" if types else "")


def _cell(rule: Rule) -> str:
    """Value and period of a rule, or its level and weight."""
    value = "" if rule.parameter is None else f"{rule.parameter}"
    period = getattr(rule, "per", "horizon")
    if period != "horizon":
        value += f" per {period}"
    kept = "hard" if rule.hard else f"level {rule.level}, weight {rule.weight}"
    return ", ".join(filter(None, (kept, value)))


def page() -> str:
    """The whole page."""
    always = "\n".join(section(type(rule)) for rule in ALWAYS)
    named = "\n".join(section(rule) for rule in _of("shiftplan"))
    return (
        f"{HEAD}\n## All rules\n\n{contents()}\n{LIMITS}\n{PATTERNS}\n{BESIDE}\n{RECIPES}\n"
        f"{levels()}\n"
        f"{RECOMMENDED_HEAD}\n{recommended()}\n"
        f"## Rules that always hold\n\nThey stand in no file.\n\n{always}\n"
        f"## Rules that a week names\n\n{named}"
    )


if __name__ == "__main__":
    if modules := sys.argv[1:]:
        for module in modules:
            import_module(module)
        print("\n".join(section(rule) for rule in _of(*modules)))
    else:
        Path(__file__).with_name("rules.md").write_text(page(), encoding="utf-8")
