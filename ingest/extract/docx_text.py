"""What a reader of a Word document sees: paragraphs, entries of lists and rows of tables, in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.extract.docx_styles import Styles, is_on, qn

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = {qn("del"), qn("moveFrom"), qn("txbxContent"), qn("pPr"), qn("rPr"), qn("instrText"), qn("delText")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED.add(_FALLBACK)
_SAID = {qn("tab"): " ", qn("cr"): "\n", qn("noBreakHyphen"): "-", qn("ptab"): " "}
_HOLDERS = {qn("sdt"), qn("sdtContent"), qn("ins"), qn("moveTo"), qn("customXml"), qn("smartTag")}
_WHITE = "FFFFFF"
_SMALLEST = 4  # half points
_MOST_NESTED = 50


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an entry of a list or a row of a table. `style` is its style's name in lower case."""

    text: str
    style: str
    bold: bool = False
    size: int = 0
    joins: bool = False
    """Whether it belongs to the block before: another entry of the list, another row of the table."""


class Reader:
    """Reads the blocks of one document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: Counter[tuple[str, int]] = Counter()
        self._last_list = ""

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        """The blocks in the element, those of text boxes after the paragraph that holds the box."""
        if depth > _MOST_NESTED:
            return
        for child in parent:
            if child.tag == qn("p"):
                yield from self._paragraph(child, depth)
            elif child.tag == qn("tbl"):
                yield from self._rows(child, depth)
            elif child.tag in _HOLDERS:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Block]:
        style = self._styles.of(element)
        if not style.hidden and not style.name.startswith("toc "):
            runs = list(_runs(element, self._styles))
            text = "".join(text for text, _ in runs).strip()
            if text:
                yield self._block(element, text, [run for said, run in runs if said.strip()])
        for box in element.iter(qn("txbxContent")):
            if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                yield from self.blocks(box, depth + 1)

    def _block(self, element: Any, text: str, runs: list[Any]) -> Block:
        style = self._styles.of(element)
        bold = all(self._styles.is_bold(run, style) for run in runs)
        size = min(self._styles.size(run, style) for run in runs)
        number, level, bullet = self._styles.numbering(element)
        if style.heading or not number:
            self._last_list = ""
            return Block(text, style.name, bold, size)
        joins, self._last_list = self._last_list == number, number
        return Block(f"{self._marker(number, level, bullet)} {text}", style.name, bold, size, joins)

    def _marker(self, number: str, level: int, bullet: bool) -> str:
        if bullet:
            return "-"
        self._counts[number, level] += 1
        for deeper in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[deeper]
        return f"{self._counts[number, level]}."

    def _rows(self, table: Any, depth: int) -> Iterator[Block]:
        joins = False
        for row in table.iter(qn("tr")):
            if next(row.iterancestors(qn("tbl"))) is not table or row.find(f"{qn('trPr')}/{qn('del')}") is not None:
                continue
            cells = [
                self._cell(cell, depth) for cell in row.iter(qn("tc")) if next(cell.iterancestors(qn("tr"))) is row
            ]
            if any(cells):
                yield Block(" | ".join(cells), "table", joins=joins)
                joins = True

    def _cell(self, cell: Any, depth: int) -> str:
        return " ".join(" ".join(block.text.split()) for block in self.blocks(cell, depth + 1))


def _runs(element: Any, styles: Styles) -> Iterator[tuple[str, Any]]:
    """The text of each run that a reader sees, deletions left out, insertions kept."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("r"):
            if not _is_hidden(child, styles):
                yield "".join(_said(child)), child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            stack.append(iter(child))


def _said(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == qn("t"):
            yield child.text or ""
        elif child.tag == qn("br"):
            yield "\n" if child.get(qn("type")) in {None, "textWrapping"} else ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]


def _is_hidden(run: Any, styles: Styles) -> bool:
    """Whether nobody sees the run: marked as hidden, white on white, or too small to read."""
    properties = run.find(qn("rPr"))
    if properties is None:
        return False
    own = properties.find(qn("vanish"))
    if is_on(own) if own is not None else styles.hides(properties.find(qn("rStyle"))):
        return True
    size, colour = properties.find(qn("sz")), properties.find(qn("color"))
    if size is not None and (size.get(qn("val")) or "").isdigit() and int(size.get(qn("val"))) < _SMALLEST:
        return True
    white = colour is not None and (colour.get(qn("val")) or "").upper() == _WHITE
    return white and not any(_is_shaded(holder) for holder in (properties, *_around(run)))


def _around(run: Any) -> Iterator[Any]:
    for ancestor in run.iterancestors(qn("p"), qn("tc"), qn("tbl")):
        properties = ancestor.find(f"{ancestor.tag}Pr")
        if properties is not None:
            yield properties


def _is_shaded(properties: Any) -> bool:
    if properties.find(qn("highlight")) is not None:
        return True
    shading = properties.find(qn("shd"))
    return shading is not None and (shading.get(qn("fill")) or "auto").upper() not in {"AUTO", _WHITE}
