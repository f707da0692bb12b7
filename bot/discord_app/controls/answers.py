"""The buttons below an answer: its passages, its sources, sharing it, asking again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.answering.keeping import answer_of, ask_of
from bot.discord_app.asking.gate import may_ask
from bot.discord_app.asking.request import Place, Request, chain_conversation
from bot.discord_app.controls.views import answer_buttons, pager_rows
from bot.discord_app.showing.card import messages
from bot.discord_app.showing.message import Card
from bot.discord_app.showing.screen import channel_screen, interaction_screen
from bot.discord_app.showing.sources import COLOUR, passage_card, passages_of, source_pages
from bot.discord_app.showing.whisper import turn, whisper
from corpus.types import ID_LENGTH, sha256

if TYPE_CHECKING:
    from bot.answering.types import Answer
    from bot.discord_app.desk import Desk
    from corpus.catalogue.exchanges import Exchange

NO_LONGER = "I do not have this answer any more. Please ask again."
NOT_YOURS = "Only the person who asked this privately can use that."
SHARED = "{who} asked privately and shares the answer."
SHARED_HERE = "Shared in this channel."
SHARED_BEFORE = "This answer was shared here before."
NOT_SHARED = "You or I may not write in this channel, so the answer stays private."


async def show_passages(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """The first passage that the answer cites, whole, with buttons to the others; only for who clicked."""
    found = await _answered(desk, interaction, arguments[0])
    if found is not None:
        rows = pager_rows("page", arguments[:1], 0, len(passages_of(found.citations)))
        await whisper(interaction, passage_card(found.citations, 0), rows)


async def turn_page(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Another passage in place of the one that is shown."""
    found = await _answered(desk, interaction, arguments[0])
    if found is not None:
        pages = len(passages_of(found.citations))
        page = max(0, min(int(arguments[1]), pages - 1))
        await turn(interaction, passage_card(found.citations, page), pager_rows("page", arguments[:1], page, pages))


async def show_sources(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """All sources with their quotes between the sentences around them; only for who clicked."""
    found = await _answered(desk, interaction, arguments[0])
    if found is not None:
        for page in source_pages(found.citations):
            await whisper(interaction, Card(page, COLOUR))


async def share(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """The private answer once more, for everybody in the channel."""
    exchange = await _exchange(desk, interaction, arguments[0])
    channel = interaction.channel
    if exchange is None or exchange.answer is None or not await may_ask(desk, interaction):
        return
    if not isinstance(channel, discord.abc.Messageable) or not _may_write(interaction):
        await whisper(interaction, NOT_SHARED)
        return
    copy = _copy(exchange, interaction)
    if await desk.records.read(lambda snapshot: snapshot.exchanges.get(copy.id)):
        await whisper(interaction, SHARED_BEFORE)
        return
    await interaction.response.defer(ephemeral=True)
    answer = answer_of(exchange.answer)
    cards = messages(answer, with_question=True)
    first = replace(cards[0], content=SHARED.format(who=interaction.user.mention))
    screen = channel_screen(channel)
    buttons = answer_buttons(copy.id, cited=bool(answer.citations), private=False)
    if not await screen.show([first, *cards[1:]], buttons):
        await screen.clear()
        await whisper(interaction, NOT_SHARED)
        return
    await desk.handling.keep_copy(copy, answer, screen.message_ids)
    await whisper(interaction, SHARED_HERE)


def _copy(exchange: Exchange, interaction: discord.Interaction) -> Exchange:
    """The exchange as it is once it was shared: of the place where that happens, which may be direct messages."""
    id_ = sha256(f"shared:{exchange.id}:{interaction.channel_id}")[:ID_LENGTH]
    return replace(
        exchange,
        id=id_,
        conversation=chain_conversation(id_),
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        question_id=None,
        private=False,
        state="open",
    )


def _may_write(interaction: discord.Interaction) -> bool:
    """Whether the person may write here; in direct messages everybody may."""
    may = interaction.permissions
    threaded = isinstance(interaction.channel, discord.Thread)
    return interaction.guild_id is None or (may.send_messages_in_threads if threaded else may.send_messages)


async def ask_again(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """The question that failed, once more, in place of what said so."""
    exchange = await _exchange(desk, interaction, arguments[0])
    if exchange is None or not await may_ask(desk, interaction):
        return
    await interaction.response.defer()
    if exchange.state != "failed" or desk.handling.running(exchange.id):
        return  # somebody else did
    place = Place(exchange.guild_id, exchange.channel_id, exchange.conversation)
    ask = replace(ask_of(exchange.ask), history=())
    request = Request(
        exchange.id, ask, exchange.asker_id, place, desk.now().isoformat(), exchange.question_id, exchange.private
    )
    await desk.handling.handle(request, interaction_screen(interaction, private=exchange.private), with_question=True)


async def _answered(desk: Desk, interaction: discord.Interaction, id_: str) -> Answer | None:
    exchange = await _exchange(desk, interaction, id_)
    if exchange is None:
        return None
    with suppress(ValueError):  # of another Accord
        if exchange.answer is not None:
            return answer_of(exchange.answer)
    await whisper(interaction, NO_LONGER)
    return None


async def _exchange(desk: Desk, interaction: discord.Interaction, id_: str) -> Exchange | None:
    """The exchange, when it is there and this person may see it; else they are told."""
    exchange = await desk.records.read(lambda snapshot: snapshot.exchanges.get(id_))
    if exchange is None or exchange.state == "deleted":
        await whisper(interaction, NO_LONGER)
        return None
    if exchange.private and exchange.asker_id != interaction.user.id:
        await whisper(interaction, NOT_YOURS)
        return None
    return exchange
