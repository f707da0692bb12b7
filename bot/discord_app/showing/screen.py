"""Getting messages to the person who asked: by another way when one is gone, and in place of what was there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.discord_app.failures import NOT_REACHED, log_failure
from bot.discord_app.showing.message import Item, Message, drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Sent = discord.Message | discord.PartialMessage
Way = Callable[[ui.LayoutView], Awaitable[Sent]]

TOKEN_GOOD_FOR = timedelta(minutes=14)  # Discord says fifteen
RETRY_S = 0.5
# Those that Discord itself calls passing; discord.py tries some of them again, 503 never.
PASSING = frozenset({429, 500, 502, 503, 504})


class Screen:
    """Where one answer is shown: the messages that it has by now, and the ways to send further ones."""

    def __init__(self, ways: Iterable[Way], shown: Iterable[Sent] = (), *, in_place: bool = False) -> None:
        """`in_place`: what is there is edited or left as it is, never sent anew."""
        self._ways = list(ways)
        self._shown = list(shown)
        self._in_place = in_place

    @property
    def messages(self) -> list[Sent]:
        """The messages that are there, in order."""
        return list(self._shown)

    @property
    def message_ids(self) -> list[int]:
        """Their ids."""
        return [one.id for one in self._shown]

    async def progress(self, news: Message) -> None:
        """Show something for the time being. That it cannot be shown does not matter."""
        shown = await self._put(0, drawn(news), self._ways[:1])
        self._shown = [*([shown] if shown else []), *self._shown[1:]]

    async def show(self, messages: Sequence[Message], buttons: Sequence[Item] = ()) -> bool:
        """Show the messages in place of what is there, the buttons below the last; whether all of them arrived."""
        shown: list[Sent] = []
        for n, message in enumerate(messages):
            last = n == len(messages) - 1
            put = await self._put(n, drawn(message, buttons if last else ()), self._ways)
            if put is None:
                break
            shown.append(put)
        if len(shown) < len(messages):
            self._shown = [*shown, *self._shown[len(shown) :]]
            return False
        for extra in self._shown[len(shown) :]:
            await remove(extra)
        self._shown = shown
        return True

    async def clear(self) -> None:
        """Take away what is shown."""
        for message in self._shown:
            await remove(message)
        self._shown = []

    async def _put(self, n: int, layout: ui.LayoutView, ways: Sequence[Way]) -> Sent | None:
        """The nth message as it is now: the one there, edited, or a new one by the first way that works."""
        if n < len(self._shown):
            edited = await _tried(lambda: self._shown[n].edit(view=layout))
            if edited is not None or self._in_place:
                return edited
        for way in tuple(ways):
            sent = await _tried(lambda way=way: way(layout))  # type: ignore[misc] # a default
            if sent is not None:
                for left in self._shown[n : n + 1]:  # what could not be edited, if it is there still
                    await remove(left)
                return sent
            if way in self._ways:
                self._ways.remove(way)  # what failed is not tried again
        return None


def interaction_screen(interaction: discord.Interaction, *, private: bool) -> Screen:
    """The deferred response and its follow-ups; then the channel, or for what is private direct messages."""
    deferred = interaction.response.is_done()

    async def respond(layout: ui.LayoutView) -> Sent:
        nonlocal deferred
        if discord.utils.utcnow() - interaction.created_at > TOKEN_GOOD_FOR:
            raise TimeoutError
        if deferred:
            first = await interaction.edit_original_response(view=layout)
            deferred = False
            return first
        return await interaction.followup.send(ephemeral=private, wait=True, view=layout)

    async def write(layout: ui.LayoutView) -> Sent:
        return await interaction.user.send(view=layout)

    channel = interaction.channel
    others = [write] if private else [channel_way(channel)] if isinstance(channel, discord.abc.Messageable) else []
    # Nothing comes of the token when the deferral did not reach Discord.
    return Screen([respond, *others] if deferred else others)


def reply_screen(message: discord.Message, shown: Iterable[Sent] = ()) -> Screen:
    """A reply to the message, which is an ordinary message when that one was deleted meanwhile."""
    reference = message.to_reference(fail_if_not_exists=False)

    async def reply(layout: ui.LayoutView) -> Sent:
        return await message.channel.send(view=layout, reference=reference, mention_author=False)

    return Screen([reply, channel_way(message.channel)], shown)


def channel_screen(channel: discord.abc.Messageable) -> Screen:
    """Messages in a channel."""
    return Screen([channel_way(channel)])


def channel_way(channel: discord.abc.Messageable) -> Way:
    """A message in the channel."""

    async def post(layout: ui.LayoutView) -> Sent:
        return await channel.send(view=layout)

    return post


async def remove(message: Sent) -> None:
    """Delete a message, if it is still there: by its own way, or as one of the channel's when its token is too old."""
    channel = message.channel
    anew = [] if isinstance(channel, discord.GroupChannel) else [channel.get_partial_message(message.id).delete]
    for way in (message.delete, *anew):
        try:
            await way()
        except NOT_REACHED as error:
            log_failure("not_deleted", error)
        else:
            return


async def _tried(way: Callable[[], Awaitable[Sent]]) -> Sent | None:
    """What came of a way, tried once more after an error that passes; None when it does not work."""
    for again in (True, False):
        try:
            return await way()
        except discord.HTTPException as error:
            log_failure("not_delivered", error)
            if not (again and error.status in PASSING):
                return None
        except NOT_REACHED as error:  # a connection that broke is tried again, a token that is too old is not
            log_failure("not_delivered", error)
            if not again or isinstance(error, TimeoutError):
                return None
        await asyncio.sleep(RETRY_S)
    return None
