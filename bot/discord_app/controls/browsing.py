"""Leafing through the stored articles, and through one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.controls.views import pager_rows
from bot.discord_app.showing.lists import LIST_PAGE, article_card, list_card
from bot.discord_app.showing.whisper import turn, whisper

if TYPE_CHECKING:
    import discord

    from bot.discord_app.desk import Desk
    from corpus.catalogue.reader import Snapshot
    from corpus.types import Version

NO_ARTICLE = "I have no article of that name. Type a part of its title and choose one of those that come up."


async def show_list(desk: Desk, interaction: discord.Interaction, page: int) -> None:
    """A page of the list of articles, for one person."""
    counts = await desk.shelf.read(lambda snapshot: snapshot.counts())
    pages = max(1, -(-counts.articles // LIST_PAGE))
    page = max(0, min(page, pages - 1))
    found = await desk.shelf.read(lambda snapshot: snapshot.shelf.newest(LIST_PAGE, page * LIST_PAGE))
    await turn(interaction, list_card(found, counts, page, pages), pager_rows("list", (), page, pages))


async def turn_list(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Another page of the list."""
    await show_list(desk, interaction, int(arguments[0]))


async def show_article(desk: Desk, interaction: discord.Interaction, name: str, page: int) -> None:
    """A page of an article, for one person."""
    found = await desk.shelf.read(lambda snapshot: _named(snapshot, name))
    if not found:
        await whisper(interaction, NO_ARTICLE)
        return
    card, pages = article_card(found[0], page)
    await turn(interaction, card, pager_rows("article", (found[0].article.id,), page, pages))


async def turn_article(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Another page of an article."""
    await show_article(desk, interaction, arguments[0], int(arguments[1]))


def _named(snapshot: Snapshot, name: str) -> list[Version]:
    """By what was chosen, or else by a part of the title, the newest first."""
    titled = (snapshot.live(one.article_id) for one in snapshot.shelf.titled(name, 1))
    return snapshot.find(name) or [version for version in titled if version]
