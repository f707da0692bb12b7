"""The Discord client: `/ask`, and questions in messages that mention the bot."""

import re
import sys
from contextlib import AsyncExitStack, suppress

import discord
import structlog
from discord import app_commands

from bot.answering.types import Ask
from bot.discord_app.answering import Answering, Answers
from bot.discord_app.card import Message, messages
from bot.discord_app.delivery import deliver, interaction_ways, message_ways
from bot.discord_app.failures import explain, log_failure
from bot.settings import DiscordSettings

log = structlog.get_logger(__name__)

MAX_QUESTION = 500
HELP = (
    "Ask me about trade relations, with `/ask` or by mentioning me: `@{name} why did talks stall on autos?` "
    "I answer from the articles that were given to me and show the passage behind every sentence."
)
TOO_LONG = "Your question has {length} characters; I read at most {most}. Please shorten it."


class AccordClient(discord.Client):
    """Receives questions and sends answers. `tree` holds the commands, `answers` the questions in work."""

    def __init__(self, answering: Answering, settings: DiscordSettings) -> None:
        super().__init__(
            intents=_intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nobody's messages are kept in memory.
            max_messages=None,
            activity=discord.Activity(type=discord.ActivityType.listening, name="/ask"),
        )
        self.answers = Answers(answering, settings)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_ask_command(self))
        self.tree.error(_on_command_error)

    async def setup_hook(self) -> None:
        """Tell Discord the commands. It remembers them, so a failure is no reason to stay away."""
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            log_failure("commands_not_synced", error)

    async def on_ready(self) -> None:
        """Connected, or connected anew."""
        log.info("ready", guilds=len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that mentions the bot, and any direct message."""
        if message.author.bot or not self._is_for_me(message):
            return
        async with AsyncExitStack() as stack:
            with suppress(discord.HTTPException, OSError):
                await stack.enter_async_context(message.channel.typing())
            replies = await self.replies(self._without_me(message.content), with_question=False)
            await deliver(replies, message_ways(message))

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what escaped an event handler, without the message's text as discord.py would have it."""
        error = sys.exc_info()[1]
        if error:
            log_failure("event_failed", error, handler=event_method)

    async def replies(self, question: str, *, with_question: bool) -> list[Message]:
        """What to say to a question: its answer, or one message that says why there is none."""
        question = " ".join(question.split())
        if not question:
            return [Message(HELP.format(name=self.user.display_name if self.user else "Accord"))]
        if len(question) > MAX_QUESTION:
            return [Message(TOO_LONG.format(length=len(question), most=MAX_QUESTION))]
        try:
            answer = await self.answers.answer(Ask(question))
            log.info("answered", status=answer.status, ms=answer.timings_ms.get("total"))
            return messages(answer, with_question=with_question)
        except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
            return [Message(explain(error))]

    def _is_for_me(self, message: discord.Message) -> bool:
        # `mentioned_in` would count @everyone as well.
        return message.guild is None or self.user in message.mentions

    def _without_me(self, content: str) -> str:
        return re.sub(rf"<@!?{self.user.id}>", " ", content) if self.user else content


def build_client(answering: Answering, settings: DiscordSettings) -> AccordClient:
    """A client that is not connected yet. Call `client.answers.close()` when done with it."""
    return AccordClient(answering, settings)


def _intents() -> discord.Intents:
    intents = discord.Intents.none()
    # Messages that mention the bot and direct messages carry their text without the privileged intent
    # `message_content` (https://discord.com/developers/docs/events/gateway#message-content-intent).
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    return intents


def _ask_command(client: AccordClient) -> app_commands.Command[app_commands.Group, ..., None]:
    @app_commands.command(name="ask", description="Ask the stored articles; every sentence shows its passage.")
    @app_commands.describe(question="What you want to know, in your own words.")
    async def ask(interaction: discord.Interaction, question: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
        try:
            # Discord waits three seconds for this and fifteen minutes for the answer.
            await interaction.response.defer(thinking=True)
        except (discord.HTTPException, OSError) as error:
            log_failure("not_deferred", error)
        replies = await client.replies(question, with_question=True)
        await deliver(replies, interaction_ways(interaction))

    return ask


async def _on_command_error(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    await deliver([Message(explain(error))], interaction_ways(interaction))
