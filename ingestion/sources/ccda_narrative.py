"""The narrative block of a CDA section as plain text: paragraphs, lists and tables as lines that can be read aloud.

Source: CDA R2 narrative block (NarrativeBlock.xsd). A row of a table with a heading row reads `- Substance: Penicillin;
Reaction: Nausea.`, so that a line keeps its meaning when it is cut out of the table, and is never joined to the next.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.ingestion.sources.xml_tree import Text, XmlElement

_MAX_COLUMNS = 60
_MAX_REPEATED_CHARACTERS = 200
"""Of a heading or a cell that is said in several rows."""
_BLOCKS = frozenset({"paragraph", "list", "item", "table", "caption", "footnote", "text", "title", "br"})

_Row = list[XmlElement]


def narrative_text(title: str, block: XmlElement | None) -> str:
    """Return a section as text: its title as a heading, then its lines."""
    lines = [] if block is None else [line for line in _lines(block) if line]
    if not lines:
        return ""
    return "\n".join([f"# {title}", "", *lines] if title else lines)


def _lines(holder: XmlElement) -> Iterator[str]:
    """Yield the lines of a block. Inline words between two blocks are a line of their own."""
    inline: list[str] = []
    for child in holder.children:
        if isinstance(child, Text):
            inline.append(child.text)
        elif child.get("revised") == "delete":
            continue
        elif _is_block(child):
            yield _folded(inline)
            inline = []
            yield from _block(child)
        else:
            inline.append(_inline(child))
    yield _folded(inline)


def _is_block(element: XmlElement) -> bool:
    """Say whether an element breaks the line; `content` may hold a whole table where it should not."""
    return element.tag in _BLOCKS or any(one.tag in _BLOCKS for one in element.elements())


def _block(element: XmlElement) -> Iterator[str]:
    if element.tag == "table":
        yield from _table(element)
    elif element.tag == "list":
        yield from _list(element)
    else:
        yield from _lines(element)


def _list(element: XmlElement) -> Iterator[str]:
    ordered = element.get("listType") == "ordered"
    for caption in element.elements("caption"):
        yield from _lines(caption)
    for number, item in enumerate(element.elements("item"), start=1):
        lines = [line for line in _lines(item) if line]
        if lines:
            yield f"{f'{number}.' if ordered else '-'} {lines[0]}"
            yield from lines[1:]


def _table(element: XmlElement) -> Iterator[str]:
    for caption in element.elements("caption"):
        yield from _lines(caption)
    heads = element.at("thead/tr")
    rows = [row for body in (element, *element.elements("tbody"), *element.elements("tfoot")) for row in body.elements("tr")]
    if not heads and len(rows) > 1 and rows[0].elements() and all(cell.tag == "th" for cell in rows[0].elements()):
        heads, rows = rows[:1], rows[1:]
    names = [name[:_MAX_REPEATED_CHARACTERS] for name in _headers(heads)]
    before: list[XmlElement | None] = []
    for cells in _grid(rows):
        line = _row(cells, names, before)
        before = cells
        if line:
            yield f"- {line}"


def _headers(rows: list[XmlElement]) -> list[str]:
    """Return the name of each column; of headings in several rows the parts one after the other."""
    columns: list[str] = []
    for cells in _grid(rows):
        columns.extend([""] * (len(cells) - len(columns)))
        for column, cell in enumerate(cells):
            words = _inline(cell) if cell is not None else ""
            if words and words != columns[column]:
                columns[column] = f"{columns[column]} {words}".strip()
    return columns


def _row(cells: list[XmlElement | None], names: list[str], before: list[XmlElement | None]) -> str:
    """Say one row. A cell that spans columns is said once; a row with a heading of its own begins with it.

    A cell that spans rows is said in each of them, but for one that is long.
    """
    said: list[str] = []
    told: set[int] = set()
    lead = ""
    for column, cell in enumerate(cells):
        words = _inline(cell) if cell is not None and id(cell) not in told else ""
        if cell is None or not words:
            continue
        if len(words) > _MAX_REPEATED_CHARACTERS and any(cell is above for above in before):
            continue
        told.add(id(cell))
        name = names[column].rstrip(": ") if column < len(names) else ""
        if cell.tag == "th" and not name and not said and not lead:
            lead = words.rstrip(":")
        else:
            said.append(f"{name}: {words.rstrip(';')}" if name else words.rstrip(";"))
    line = "; ".join(said)
    if lead:
        line = f"{lead}: {line}" if line else lead
    return line if not line or line[-1] in ".!?" else f"{line}."


def _grid(rows: list[XmlElement]) -> Iterator[list[XmlElement | None]]:
    """Yield the cells of each row by column: a cell stands in every row and column that it spans."""
    hanging: dict[int, tuple[XmlElement, int]] = {}
    for row in rows:
        waiting = [cell for cell in row.elements() if cell.tag in {"td", "th"}]
        cells: list[XmlElement | None] = []
        while (waiting or any(column >= len(cells) for column in hanging)) and len(cells) < _MAX_COLUMNS:
            column = len(cells)
            if column in hanging:
                cell, left = hanging.pop(column)
                cells.append(cell)
                if left > 1:
                    hanging[column] = (cell, left - 1)
                    if not waiting and not any(later > column for later in hanging):
                        break
            elif waiting:
                cell = waiting.pop(0)
                for _ in range(_span(cell, "colspan")):
                    if _span(cell, "rowspan") > 1:
                        hanging[len(cells)] = (cell, _span(cell, "rowspan") - 1)
                    cells.append(cell)
            else:
                cells.append(None)
        yield cells


def _span(cell: XmlElement, name: str) -> int:
    written = cell.get(name)
    return max(1, min(int(written), _MAX_COLUMNS)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _inline(element: XmlElement) -> str:
    """Return all words inside on one line; blocks are set apart, what was deleted is left out."""
    if element.get("revised") == "delete":
        return ""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Text):
            parts.append(child.text)
        elif child.tag in _BLOCKS:
            parts.extend((" ", _inline(child), " "))
        else:
            parts.append(_inline(child))
    return _folded(parts) if element.tag in {"td", "th"} else "".join(parts)


def _folded(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
