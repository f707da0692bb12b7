"""Threads that the bot opens for questions, and the words that make it quiet in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord

from bot.discord_app.failures import NOT_REACHED, log_failure

if TYPE_CHECKING:
    from bot.discord_app.showing.screen import Sent

NAME = 100  # characters that Discord allows
QUIET = "I will be quiet here until somebody mentions me."
QUIET_WORDS = re.compile(
    r"(?:please |ok |okay |thanks,? )*"
    r"(?:(?:(?:be|stay|keep|go) )?(?:quiet|silent)|stop(?: answering| talking)?|hush|shush)"
    r"(?: here| now| please)*",
    re.IGNORECASE,
)


def is_quiet_word(text: str) -> bool:
    """Whether a message asks the bot to say no more unless it is mentioned."""
    return QUIET_WORDS.fullmatch(text.strip(" .!,")) is not None


async def open_thread(message: Sent, question: str) -> discord.Thread | None:
    """A thread at the message, named by the question; None where none can be opened."""
    try:
        return await message.create_thread(name=thread_name(question))
    except (*NOT_REACHED, ValueError) as error:  # ValueError: there is no server here
        log_failure("no_thread", error)
        return None


def thread_name(question: str) -> str:
    """The question in at most 100 characters, cut between words."""
    text = " ".join(question.split())
    if len(text) <= NAME:
        return text
    head = text[: NAME - 1]
    return (head.rsplit(" ", 1)[0] or head).rstrip(" ,;:") + "…"
