"""New articles, by topic, as Discord messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.showing.message import Message, cards
from bot.discord_app.showing.plain import inert_line
from bot.discord_app.showing.sources import COLOUR, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.answering.types import Citation


def digest_messages(groups: Mapping[str, Sequence[Citation]]) -> list[Message]:
    """Each topic with what its new articles begin with, word for word, and where that stands."""
    blocks = [block for topic, citations in groups.items() for block in _topic(topic, citations)]
    count = sum(map(len, groups.values()))
    return cards(
        blocks,
        COLOUR,
        title="1 new article" if count == 1 else f"{count} new articles",
        most=5,
        rest=lambda shown: f"… and {len(blocks) - shown} more; `/sources` has all articles.",
    )


def _topic(topic: str, citations: Sequence[Citation]) -> Iterator[str]:
    """A block for each article, the first below the topic's name."""
    head = f"**{inert_line(topic, 80)}**\n"
    for one in citations:
        (source,) = source_lines([one])
        yield f"{head}{inert_line(one.quote, 400)} [{one.n}]\n-# {source}"
        head = ""
