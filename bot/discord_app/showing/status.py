"""How much is stored and how the bot is, for people who look after it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.discord_app.showing.message import Card
from bot.discord_app.showing.plain import inert_line
from bot.discord_app.showing.sources import COLOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_app.desk import Desk
    from corpus.catalogue.reader import Counts
    from corpus.catalogue.servers import AdminAction


def status_card(
    counts: Counts, ratings: tuple[int, int], actions: Sequence[AdminAction], desk: Desk, latency_s: float
) -> Card:
    """The state of things, and who did what of late."""
    days = f", published {counts.oldest} to {counts.newest}" if counts.newest else ""
    up, down = ratings
    lines = [
        f"**Stored:** {counts.articles} articles, {counts.passages} passages{days}",
        f"**Questions now:** {desk.answers.running} being answered, {desk.answers.waiting} in line",
        f"**Ratings:** {up} 👍, {down} 👎",
        f"**Discord:** answers in {latency_s * 1000:.0f} ms"
        if math.isfinite(latency_s)
        else "**Discord:** not connected",
    ]
    done = [
        f"`{one.at[:16].replace('T', ' ')}` <@{one.user_id}> {one.action} {inert_line(one.detail, 120)}".rstrip()
        for one in actions
    ]
    return Card("\n".join([*lines, "", "**Latest actions**", *done]), COLOUR, "Status")
