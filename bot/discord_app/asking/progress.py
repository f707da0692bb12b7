"""What is seen while a question waits or is being answered: its place in line, and the sentences so far."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.discord_app.showing.card import draft_message
from bot.discord_app.showing.message import Message

if TYPE_CHECKING:
    from bot.answering.types import Sentence
    from bot.discord_app.asking.pace import Pace
    from bot.discord_app.showing.screen import Screen

IN_LINE = "Your question is number {n} in line."


class Progress:
    """Shows the latest news on a screen, one piece at a time and not more often than the pace allows.

    `turn` is whose limit of Discord's the screen counts towards: its channel's, or the command's own.
    """

    def __init__(self, screen: Screen, pace: Pace, turn: str) -> None:
        self._screen = screen
        self._pace = pace
        self._turn = turn
        self._news: Message | None = None
        self._showing: asyncio.Task[None] | None = None
        self._ended = asyncio.Event()

    def place(self, n: int) -> None:
        """The question is the nth in line."""
        self._tell(Message(IN_LINE.format(n=n)))

    def so_far(self, sentences: tuple[Sentence, ...]) -> None:
        """These sentences of the answer are sure."""
        if sentences:
            self._tell(draft_message(sentences))

    async def end(self) -> None:
        """Nothing more is shown; what is being shown is shown first."""
        self._ended.set()
        if self._showing:
            await self._showing

    def _tell(self, news: Message) -> None:
        self._news = news
        if self._showing is None and not self._ended.is_set():
            self._showing = asyncio.create_task(self._show())

    async def _show(self) -> None:
        while self._news is not None and not self._ended.is_set():
            await self._pass(self._pace.wait_s(self._turn, asyncio.get_running_loop().time()))
            news, self._news = self._news, None
            if not self._ended.is_set():
                await self._screen.progress(news)
        self._showing = None

    async def _pass(self, seconds: float) -> None:
        """So long, unless it ends before."""
        if seconds <= 0:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()
