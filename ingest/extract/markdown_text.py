"""From Markdown to plain text, by way of markdown-it's token stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extract.hidden import visible_text
from ingest.extract.normalise import one_line, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_LISTS = {"bullet_list", "ordered_list"}


def plain_text(source: str, title: str | None) -> tuple[str | None, str]:
    """`(first heading, text)`. A heading that opens the text and only repeats the title is left out of it."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    writer = _Writer()
    for token in tokens:
        writer.take(token)
    blocks = [block for block in writer.blocks if block.strip()]
    heading = writer.first_heading
    named = one_line(title or heading or "")
    if blocks and heading and blocks[0] == heading and one_line(heading) == named:
        blocks = blocks[1:]
    return heading, tidy("\n\n".join(blocks))


class _Writer:
    """Collects blocks of text; a list is one block with a line an item."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.first_heading: str | None = None
        self._lists: list[int | None] = []  # the next number of each open ordered list, None for bullets
        self._item_opens = False
        self._in_heading = False
        self._cells: list[str] | None = None

    def take(self, token: Token) -> None:
        """One token of the stream, in order."""
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _LISTS:
            self._list(token)
        elif token.type == "list_item_open":
            self._item_opens = True
        elif kind == "heading":
            self._in_heading = token.nesting > 0
        elif kind == "tr":
            self._row(token)
        elif token.type == "inline":
            self._add(inline_text(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            self._add(token.content.rstrip("\n"))
        elif token.type == "html_block":
            self._add(visible_text(token.content))

    def _list(self, token: Token) -> None:
        if token.nesting < 0:
            self._lists.pop()
            return
        if not self._lists:
            self.blocks.append("")
        self._lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)

    def _row(self, token: Token) -> None:
        if token.nesting > 0:
            self._cells = []
        elif self._cells is not None:
            row, self._cells = " | ".join(self._cells), None
            self._add(row)

    def _add(self, text: str) -> None:
        if not text.strip():
            return
        if self._cells is not None:
            self._cells.append(text)
        elif self._lists:
            self._item(text)
        else:
            self.blocks.append(text)
        if self._in_heading and self.first_heading is None:
            self.first_heading = text

    def _item(self, text: str) -> None:
        indent = "  " * (len(self._lists) - 1)
        mark = self._mark() if self._item_opens else "  "
        self._item_opens = False
        line = indent + mark + text.replace("\n", f"\n{indent}  ")
        self.blocks[-1] = f"{self.blocks[-1]}\n{line}" if self.blocks[-1] else line

    def _mark(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "


def inline_text(children: Sequence[Token]) -> str:
    """The words of a line without their marks; images and inline HTML tags are left out."""
    parts: list[str] = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts).strip()
