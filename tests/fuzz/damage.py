"""Ways to damage a file: its bytes, the cells of its table, the nodes of its JSON, its archive.

(`Random`, bytes) -> bytes, the same for the same state of chance.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from fuzz.corpus import as_json, zipped
from fuzz.values import CODINGS, NAMES, NODES, SIGNS, VALUES, XML

Damage = Callable[[Random, bytes], bytes]


def text(chance: Random) -> str:
    """A text that some reader may not expect, or two of them joined."""
    if chance.random() < 0.85:
        return chance.choice(VALUES)
    return chance.choice(VALUES)[:300] + chance.choice(" |:-/,.") + chance.choice(VALUES)[:300]


def renamed(chance: Random, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files with a name or id replaced by a text wherever it stands."""
    old, new = chance.choice(NAMES).encode(), text(chance)
    found = {}
    for name, data in files.items():
        if name.endswith((".csv", ".txt")):
            quoted = '"' + new.replace('"', '""') + '"'
            cell = quoted if re.search('[",;\\t\\r\\n]', new) else new
        elif name.endswith((".json", ".jsonl")):
            cell = json.dumps(new)[1:-1]
        else:
            continue
        found[name] = re.sub(
            rb"(?<![\w-])" + old + rb"(?![\w-])",
            lambda _, cell=cell: cell.encode("utf-8", "surrogatepass"),
            data,
        )
    return found


def broken(chance: Random, data: bytes) -> bytes:
    """Bytes put in, taken out, repeated, turned or cut off; or all of them in another encoding."""
    kind = chance.randrange(9)
    if kind == 0:
        return data[: chance.randrange(len(data) + 1)]
    if kind == 1:
        coding = chance.choice(CODINGS)
        return data.decode("utf-8", "replace").encode(coding, "replace")
    if kind == 2:
        return chance.choice(SIGNS) + data
    if kind == 3:
        return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\n", b"\x0b", b"")))
    start = chance.randrange(len(data) + 1)
    stop = min(len(data), start + chance.choice((0, 1, 1, 2, 9, 60, len(data))))
    if kind == 4:
        new = chance.choice(SIGNS)
    elif kind == 5:
        new = chance.randbytes(chance.randrange(6))
    elif kind == 6:
        new = data[start:stop] * chance.choice((2, 2, 3, 50))
    elif kind == 7:
        new = text(chance).encode("utf-8", "surrogatepass")
    else:
        new = bytes(byte ^ 1 << chance.randrange(8) for byte in data[start:stop])
    return data[:start] + new + data[stop:]


def table(chance: Random, data: bytes) -> bytes:
    """Cells, rows and columns of a CSV file changed, moved, repeated or left out."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        _change_rows(chance, rows)
    ends = chance.choice((",",) * 8 + (";", "\t", "|"))
    out = io.StringIO()
    quoting = chance.choice((csv.QUOTE_MINIMAL,) * 6 + (csv.QUOTE_ALL,))
    csv.writer(out, delimiter=ends, lineterminator="\n", quoting=quoting).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _change_rows(chance: Random, rows: list[list[str]]) -> None:
    full = [row for row in rows if row]
    if not full:
        rows.append([text(chance)])
        return
    row, other = chance.choice(full), chance.choice(full)
    i, j = chance.randrange(len(row)), chance.randrange(len(other))
    kind = chance.randrange(14)
    if kind < 5:
        row[i] = text(chance)
    elif kind == 5:
        row[i], other[j] = other[j], row[i]
    elif kind == 6:
        rows.append(list(row))
    elif kind == 7:
        rows.remove(row)
    elif kind == 8:
        row.insert(i, text(chance))
    elif kind == 9:
        del row[i]
    elif kind == 10:
        for each in full:
            each.insert(min(i, len(each)), each[min(i, len(each) - 1)] if each else "")
    elif kind == 11:
        for each in full:
            del each[i : i + 1]
    elif kind == 12:
        row[i] = row[i][: chance.randrange(len(row[i]) + 1)] + text(chance)
    else:
        rows[:] = chance.sample(rows, len(rows))


def tree(chance: Random, data: bytes) -> bytes:
    """Nodes of a JSON file changed, moved, repeated, nested or left out."""
    value = json.loads(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        value = _change_tree(chance, value)
    found = json.dumps(value, ensure_ascii=chance.random() < 0.5, default=str)
    if chance.random() < 0.05:
        at = chance.randrange(len(found) + 1)
        found = found[:at] + chance.choice("[{") * chance.choice((3, 300, 30_000)) + found[at:]
    elif chance.random() < 0.05:
        found = re.sub(r'("\w+"): ?([^,{}\[\]]+)', r"\1: \2, \1: \2", found, count=1)
    return found.encode("utf-8", "surrogatepass")


def _change_tree(chance: Random, value: Any) -> Any:
    places = list(_places(value))
    if not places:
        return node(chance)
    parent, key = chance.choice(places)
    other, far = chance.choice(places)
    kind = chance.randrange(10)
    if kind < 4:
        parent[key] = node(chance)
    elif kind == 4:
        parent[key], other[far] = other[far], parent[key]
        if _is_loop(value):
            return node(chance)
    elif kind == 5:
        del parent[key]
    elif kind == 6 and isinstance(parent, dict):
        parent[text(chance)] = parent.pop(key)
    elif kind == 7 and isinstance(parent, list):
        parent += parent[:50] * chance.choice((1, 1, 20))
    elif kind == 8:
        for _ in range(chance.choice((1, 2, 300))):
            parent[key] = [parent[key]] if chance.random() < 0.7 else {"a": parent[key]}
    else:
        parent[key] = text(chance)
    return value


def _places(value: Any, depth: int = 0) -> Any:
    """Yield (parent, key) of every node below the first."""
    if isinstance(value, (dict, list)) and depth < 40:
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key], depth + 1)


def _is_loop(value: Any) -> bool:
    try:
        json.dumps(value, default=str)
    except ValueError:
        return True
    return False


def node(chance: Random) -> Any:
    """A value that some reader of JSON may not expect."""
    return text(chance) if chance.random() < 0.4 else copy.deepcopy(chance.choice(NODES))


_TAG = re.compile(rb'<[^>]*>|"[^"]*"|>[^<]+<')


def archive(chance: Random, data: bytes) -> bytes:
    """Parts of a zip archive or a workbook changed, left out, named anew; or its own bytes."""
    kind = chance.randrange(10)
    if kind == 0:
        return broken(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    name = chance.choice(list(parts))
    if kind == 1:
        del parts[name]
    elif kind == 2:
        parts[text(chance)[:60].replace("\0", "") or "x"] = parts.pop(name)
    elif kind == 3:
        parts[name] = broken(chance, parts[name])
    elif kind == 4:
        parts[name] = b""
    else:
        names = [n for n in parts if n.startswith("xl/worksheets/")] if kind < 9 else []
        name = chance.choice(names) if names else name
        for _ in range(chance.choice((1, 1, 2, 4))):
            parts[name] = _change_xml(chance, parts[name])
    found = zipped(parts, chance.choice((8, 8, 8, 8, 0, 12, 14)))
    if chance.random() < 0.1:
        at = chance.randrange(len(found))
        found = found[:at] + chance.randbytes(chance.choice((1, 1, 4))) + found[at + 1 :]
    return found


def _change_xml(chance: Random, xml: bytes) -> bytes:
    """A tag, an attribute or a text of XML replaced."""
    found = list(_TAG.finditer(xml))
    if not found:
        return chance.choice(XML)
    piece = chance.choice(found)
    old, kind = piece[0], chance.randrange(6)
    new = chance.choice(XML) if kind else old + old
    if kind in (1, 2):  # a text or an attribute keeps its marks
        shown = text(chance)[:1000].replace("&", "&amp;").replace("<", "&lt;").replace('"', "")
        new = old[:1] + shown.encode("utf-8", "replace") + old[-1:]
    elif kind == 3:
        other = chance.choice(found)[0]
        new = other
    elif kind == 4:
        new = b""
    return xml[: piece.start()] + new + xml[piece.end() :]


def lines(chance: Random, data: bytes) -> bytes:
    """Lines and the fields between commas and bars of a text changed, moved or left out."""
    rows = data.decode().split("\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        i, j = chance.randrange(len(rows)), chance.randrange(len(rows))
        parts = re.split(r"([,|=_-])", rows[i])
        kind = chance.randrange(6)
        if kind < 3:
            parts[chance.randrange(len(parts))] = text(chance)
            rows[i] = "".join(parts)
        elif kind == 3:
            rows[i], rows[j] = rows[j], rows[i]
        elif kind == 4:
            rows.insert(j, rows[i])
        elif len(rows) > 1:
            del rows[i]
    return "\n".join(rows).encode("utf-8", "surrogatepass")


def any_json(chance: Random, data: bytes) -> bytes:
    """JSON of any form that has nothing to do with the file."""
    return as_json(node(chance)) if chance.random() < 0.5 else tree(chance, data)
