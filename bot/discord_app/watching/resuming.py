"""What was asked and not answered when the bot was killed, answered now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord
import structlog
from discord import ui

from bot.answering.keeping import ask_of
from bot.discord_app.asking.request import Place, Request
from bot.discord_app.showing.screen import Screen, channel_way

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk
    from bot.discord_app.showing.screen import Sent
    from corpus.catalogue.exchanges import Exchange

log = structlog.get_logger(__name__)
NOT_AFTER = timedelta(hours=1)  # nobody waits any more


async def resume(desk: Desk, client: discord.Client) -> None:
    """Begin to answer what was asked before the bot's last start and left open. Raises StoreError."""
    found = await desk.records.read(lambda snapshot: snapshot.exchanges.unanswered())
    since = desk.started_at.isoformat()
    for exchange in (one for one in found if one.asked_at < since and not desk.handling.running(one.id)):
        request = _request(exchange)
        if request is None or desk.now() - datetime.fromisoformat(exchange.asked_at) > NOT_AFTER:
            await _give_up(desk, exchange.id)
            continue
        log.info("resumed_question", exchange=exchange.id)
        desk.handling.start(request, _screen(exchange, client), with_question=exchange.question_id is None)


async def _give_up(desk: Desk, exchange_id: str) -> None:
    await desk.records.write(lambda transaction: transaction.exchanges.end(exchange_id, "failed"))


def _request(exchange: Exchange) -> Request | None:
    """The question as it was asked; None when another Accord kept it."""
    place = Place(exchange.guild_id, exchange.channel_id, exchange.conversation)
    try:
        ask = replace(ask_of(exchange.ask), history=())
    except ValueError:
        return None
    return Request(
        exchange.id, ask, exchange.asker_id, place, exchange.asked_at, exchange.question_id, exchange.private
    )


def _screen(exchange: Exchange, client: discord.Client) -> Screen:
    """The channel, as a reply where a message asked; for what is private direct messages."""
    channel = client.get_partial_messageable(exchange.channel_id, guild_id=exchange.guild_id)

    async def write(layout: ui.LayoutView) -> Sent:
        user = await client.fetch_user(exchange.asker_id)
        return await channel_way(await user.create_dm())(layout)

    async def reply(layout: ui.LayoutView) -> Sent:
        reference = discord.MessageReference(
            message_id=exchange.question_id or 0, channel_id=exchange.channel_id, fail_if_not_exists=False
        )
        return await channel.send(view=layout, reference=reference)

    if exchange.private:
        return Screen([write])
    return Screen([reply, channel_way(channel)] if exchange.question_id else [channel_way(channel)])
