"""What helps to fill in a workbook: the page of help, examples, and lists to choose from.

Blank sheets -> sheets that explain themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import reworded
from shiftplan.files.headings import VALUES, Say, heading, meaning, named, sheet_title, word
from shiftplan.files.layout import Kind, filled_of, needed_of
from shiftplan.files.workbook import style
from shiftplan.files.workbook.style import fill_cell, shown
from shiftplan.rules import RULES

_REFERENCES = {
    "center_id": "centers",
    "home_center_id": "centers",
    "skill_id": "skills",
    "skill": "skills",
    "service_id": "services",
    "volunteer_id": "volunteers",
    "shift_id": "shifts",
}
_FLAGS = (
    *("minority_area", "remote_area", "mobile", "told", "optional", "exclusive", "is_work"),
    "shared",
)
_LINK = Font(name=style.FONT, bold=True, size=12, color=style.DARK, underline="single")
_BLANK = {("preferences", "date"), ("preferences", "shifts"), ("days", "start"), ("days", "end")}
_BLANK |= {("days", "date"), ("days", "group"), ("needs", "skill_id"), ("needs", "min_level")}
"""Cells of examples that are blank, since another one of the row is filled."""
_NAMES = {
    "centers": "example.center",
    "volunteers": "example.person",
    "services": "example.service",
    "skills": "example.skill",
}


def fill_help(
    sheet: Worksheet,
    columns: Mapping[str, Sequence[str]],
    shown: Sequence[str],
    rules: Sequence[str],
    work: str,
    say: Say,
    **about: str | tuple[str, ...],
) -> str:
    """Write the page of help; returns the range that holds the names of the rules.

    `rules` are those that it explains, `work` the kind whose words it uses; `about` is what the
    steps name: the file, and the sheets to fill in first and those that are filled already.
    """
    sheet.title = sheet_title("help", say)
    sheet.sheet_properties.tabColor = style.DARK
    sheet.sheet_view.showGridLines = False
    style.widths(sheet, [30, 30, 96])
    style.put(sheet["A1"], say(Message("template.title")), font=style.TITLE)
    style.put(sheet["A3"], say(Message("template.steps")), font=style.BOLD)
    mark, week = say(Message("example.mark")), sheet_title("horizon", say)
    for row, step in enumerate(range(1, 6), start=4):
        code = f"template.step_{step}" if step > 1 or about["sheets"] else "template.all_filled"
        text = say(Message(code, mark=mark, week=week, **about))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        looks = {"font": style.PLAIN, "alignment": style.MIDDLE_LEFT}
        style.put(sheet.cell(row, 1), f"{step}.  {text}", **looks)
        sheet.row_dimensions[row].height = 32 if len(text) > 130 else 18
    row = 10
    for table in shown:
        row = _fill_table(sheet, row, table, columns.get(table, ()), say)
    style.head(sheet, row, [heading("rules", "rule", say), say(Message("template.meaning")), ""])
    first, last = row + 1, row + len(rules) + 2
    for row, rule in enumerate([*rules, "rate", "order"], start=first):
        style.put(sheet.cell(row, 1), rule, font=style.BOLD, alignment=style.WRAP)
        text = reworded(_about(rule, say), work)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        style.put(sheet.cell(row, 2), text, font=style.PLAIN, alignment=style.WRAP)
        sheet.row_dimensions[row].height = 32 if len(text) > 125 else 16
    style.for_print(sheet, rows=last, columns=3, footer=say(Message("view.page")))
    sheet.print_title_rows = None
    return f"{quote_sheetname(sheet.title)}!$A${first}:$A${last}"


def _fill_table(sheet: Worksheet, row: int, table: str, columns: Sequence[str], say: Say) -> int:
    """Write what a sheet is for, and its columns; returns the row after a blank one."""
    title, purpose = sheet_title(table, say), say(Message(f"help.sheet_{table}"))
    looks = {"font": style.BOLD, "fill": style.PALE_FILL, "alignment": style.MIDDLE_LEFT}
    for place, text in enumerate((title, purpose, ""), start=1):
        style.put(sheet.cell(row, place), text, **looks)
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
    sheet.cell(row, 1).hyperlink = f"#{quote_sheetname(title)}!A1"
    sheet.cell(row, 1).font = _LINK
    sheet.row_dimensions[row].height = 36 if len(purpose) > 110 else 21
    for name in columns:
        row += 1
        needed = name in needed_of(table)
        texts = [heading(table, name, say), about_column(table, name, say)]
        fonts = [style.BOLD if needed else style.PLAIN, style.PLAIN]
        for place, (text, font) in enumerate(zip(texts, fonts, strict=True), start=2):
            cell = sheet.cell(row, place)
            style.put(cell, text, font=font, alignment=style.WRAP, border=style.BOX)
    return row + 2


def about_column(table: str, column: str, say: Say) -> str:
    """What a column means, and whether its cells have to be filled in."""
    needed = f" ({say(Message('template.needed'))})" if column in filled_of(table) else ""
    return (meaning(table, column, say) + needed).strip()


def _about(rule: str, say: Say) -> str:
    """What a row of the table of rules is about: the name of its rule in the language.

    Where that is no more than its id, as in English, it is the first sentence of the rule.
    """
    if rule not in RULES:
        return say(Message(f"help.{rule}"))
    words = named(f"rule.{rule}")
    if words is not None and (name := say(words)) != rule:
        return name
    own = RULES[rule].columns().get("value", "value")
    return RULES[rule].sentence().replace(f"`{own}`", "`value`")


def fill_example(
    sheet: Worksheet,
    table: str,
    header: Sequence[str],
    kinds: Sequence[Kind],
    examples: Mapping[str, str],
    say: Say,
    *,
    right: Collection[str] = (),
) -> None:
    """Write the example of a table into its first row, of `examples` by column.

    Each cell has the mark of examples: whoever types over some leaves nothing that counts in the
    others. `right`: columns whose example is right for every row.
    """
    mark = say(Message("example.mark"))
    for place, name in enumerate(header, start=1):
        text = examples.get(f"{table}.{name}", examples.get(name, ""))
        if name == "name":
            text = say(Message(_NAMES[table]))
        elif (table, name) == ("centers", "type"):
            text = say(Message("example.type"))
        elif name == "group":
            text = say(Message("example.group"))
        elif name == "days" and table != "horizon":
            text = say(Message("days.workdays"))
        elif name.startswith("skill."):
            text = examples["skill."]
        if (table, name) in _BLANK:
            text = ""
        text = shown(table, name, text, say) if text else ""
        if kinds[place - 1] == "decimal" and text and name not in right:
            text = say(Message("example.number", number=float(text)))
        if name in right and place > 1:
            fill_cell(sheet, 2, place, text, kinds[place - 1], say)
        elif text or place == 1:
            text = f"{mark} {text}"
            style.put(sheet.cell(2, place), text)
        style.dress(sheet.cell(2, place), font=style.NOTE, fill=style.PALE_FILL)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = max(dimension.width, len(text) + 3)


def add_lists(
    sheet: Worksheet,
    table: str,
    header: Sequence[str],
    lengths: Mapping[str, int],
    rules: str,
    say: Say,
) -> None:
    """Offer lists in the columns that hold one of some values, or ids of another sheet."""
    for place, name in enumerate(header, start=1):
        source, strict = _REFERENCES.get(name), True
        if (table, name) in VALUES:
            values = [word(v, say) for v in VALUES[table, name]]
            values += ["1", "2"] if table == "rules" else []
            formula, strict = f'"{",".join(values)}"', table != "rules"
        elif name in _FLAGS:
            formula = '"0,1"'
        elif name == "rule":
            formula = rules
        elif source is not None and source != table:
            title = quote_sheetname(sheet_title(source, say))
            formula, strict = f"{title}!$A$2:$A${lengths[source]}", False
        else:
            continue
        letters = get_column_letter(place)
        add_list(sheet, f"{letters}2:{letters}{lengths[table]}", formula, strict=strict, say=say)


def add_list(sheet: Worksheet, cells: str, formula: str, *, strict: bool, say: Say) -> None:
    """Offer a list in some cells; `strict` refuses other values, else they bring a warning."""
    found = DataValidation(type="list", formula1=formula, allow_blank=True)
    found.showErrorMessage = True
    found.errorStyle = "stop" if strict else "warning"
    found.error = say(Message("template.list"))
    sheet.add_data_validation(found)
    found.add(cells)
