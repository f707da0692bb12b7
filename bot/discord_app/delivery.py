"""Getting messages to the person who asked, by another way when the first one is gone."""

from collections.abc import Awaitable, Callable, Iterable, Sequence

import discord

from bot.discord_app.card import Message
from bot.discord_app.failures import log_failure

Way = Callable[[Message], Awaitable[None]]


async def deliver(messages: Iterable[Message], ways: Sequence[Way]) -> None:
    """Send the messages in order by the first way that works; a way that failed is not tried again."""
    left = list(ways)
    for message in messages:
        while left and not await _sent(message, left[0]):
            del left[0]


def interaction_ways(interaction: discord.Interaction) -> list[Way]:
    """The deferred response and its follow-ups, then the channel."""
    deferred = interaction.response.is_done()

    async def respond(message: Message) -> None:
        nonlocal deferred
        if deferred:
            await interaction.edit_original_response(content=message.content, embeds=message.embeds)
            deferred = False
        else:
            await interaction.followup.send(message.content or "", embeds=message.embeds)

    # The token is good for 15 minutes, and for nothing when the deferral did not reach Discord.
    usable = deferred and not interaction.is_expired()
    channel = interaction.channel
    ways: list[Way] = [respond] if usable else []
    return [*ways, channel_way(channel)] if isinstance(channel, discord.abc.Messageable) else ways


def message_ways(message: discord.Message) -> list[Way]:
    """A reply to the message, which is an ordinary message when that one was deleted meanwhile."""
    reference = message.to_reference(fail_if_not_exists=False)

    async def reply(answer: Message) -> None:
        await message.channel.send(answer.content, embeds=answer.embeds, reference=reference, mention_author=False)

    return [reply, channel_way(message.channel)]


def channel_way(channel: discord.abc.Messageable) -> Way:
    """A message in the channel."""

    async def post(message: Message) -> None:
        await channel.send(message.content, embeds=message.embeds)

    return post


async def _sent(message: Message, way: Way) -> bool:
    try:
        await way(message)
    except (discord.HTTPException, OSError) as error:
        log_failure("not_delivered", error)
        return False
    return True
