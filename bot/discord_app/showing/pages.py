"""Blocks of text put on pages within Discord's limits: a block is never cut.

The limits are Discord's (https://discord.com/developers/docs/resources/message#embed-object-embed-limits);
discord.py does not check them.
"""

from collections.abc import Callable, Iterable, Sequence

from discord import Embed

TITLE = 256
PAGE = 4_000  # an embed's description may have 4,096
MESSAGE = 6_000  # all embeds of a message together
EMBEDS = 10


def pages_of(blocks: Sequence[str], most: int, gap: str, rest: Callable[[int], str], page: int = PAGE) -> list[str]:
    """The blocks on at most `most` pages. What does not fit is replaced by `rest(how many are shown)`."""
    for shown in range(len(blocks), 0, -1):
        more = [rest(shown)] if shown < len(blocks) else []
        pages = packed([*blocks[:shown], *more], gap, page)
        if len(pages) <= most:
            return pages
    return packed([rest(0)], gap) if blocks else []


def in_messages(embeds: Iterable[Embed]) -> list[list[Embed]]:
    """The embeds, in order, as few messages as they fit into."""
    messages: list[list[Embed]] = []
    for embed in embeds:
        last = messages[-1] if messages else None
        if last is None or len(last) == EMBEDS or sum(map(len, [*last, embed])) > MESSAGE:
            messages.append([embed])
        else:
            last.append(embed)
    return messages


def packed(blocks: Sequence[str], gap: str, page: int = PAGE) -> list[str]:
    """The blocks on as few pages as they fit on, of at most `page` characters each."""
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(gap) + len(block) <= page:
            pages[-1] += gap + block
        else:
            pages.append(block)
    return pages
