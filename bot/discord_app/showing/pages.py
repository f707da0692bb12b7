"""Blocks of text put on pages within Discord's limits: a block is never cut.

The limit is Discord's (https://discord.com/developers/docs/components/reference): all text of a message's components
together may have 4,000 characters. discord.py does not check it.
"""

from collections.abc import Callable, Sequence

TITLE = 256
PAGE = 3_600  # leaves room for a title


def pages_of(blocks: Sequence[str], most: int, gap: str, rest: Callable[[int], str], page: int = PAGE) -> list[str]:
    """The blocks on at most `most` pages. What does not fit is replaced by `rest(how many are shown)`."""
    for shown in range(len(blocks), 0, -1):
        more = [rest(shown)] if shown < len(blocks) else []
        pages = packed([*blocks[:shown], *more], gap, page)
        if len(pages) <= most:
            return pages
    return packed([rest(0)], gap) if blocks else []


def packed(blocks: Sequence[str], gap: str, page: int = PAGE) -> list[str]:
    """The blocks on as few pages as they fit on, of at most `page` characters each."""
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(gap) + len(block) <= page:
            pages[-1] += gap + block
        else:
            pages.append(block)
    return pages
