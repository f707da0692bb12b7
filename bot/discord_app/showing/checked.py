"""A message's statements beside the articles, as Discord messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.showing.message import Message, cards
from bot.discord_app.showing.plain import inert_line
from bot.discord_app.showing.sources import COLOUR, source_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.fact_check import Checked

LABELS = {"supported": "✅ Supported", "contradicted": "❌ Contradicted", "not_found": "❔ Not found"}
CAUTION = "Supported: an article says so in nearly the same words. Not found: none does, which does not make it wrong."


def checked_messages(checked: Sequence[Checked], *, left_out: int) -> list[Message]:
    """Each statement with its verdict, and what the article says; the sources below."""
    blocks = [_block(one) for one in checked]
    if left_out:
        blocks.append(f"*The first {len(checked)} statements were looked at; {left_out} more were not.*")
    cited = [one.citation for one in checked if one.citation]
    return cards(
        blocks,
        COLOUR,
        title="Checked against the sources",
        small=[*source_lines(cited), CAUTION],
        rest=lambda shown: f"… and {len(blocks) - shown} more that do not fit here.",
    )


def _block(one: Checked) -> str:
    head = f"**{LABELS[one.verdict]}:** {inert_line(one.claim, 600)}"
    if one.citation is None:
        return head
    said = f"> {inert_line(one.citation.quote, 900)} [{one.citation.n}]"
    if one.verdict == "not_found":
        return f"{head}\nNearest to it, to judge for yourself:\n{said}"
    if one.says is None:
        return f"{head}\n{said}"
    return f"{head}\n{said}\nIt says “{inert_line(one.says[1], 100)}”, not “{inert_line(one.says[0], 100)}”."
