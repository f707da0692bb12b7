"""One question from its asking to its answer on the screen, kept in the catalogue all along."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.answering.keeping import kept, kept_ask
from bot.discord_app.asking.memory import turns
from bot.discord_app.asking.pace import Pace
from bot.discord_app.asking.progress import Progress
from bot.discord_app.controls.views import answer_buttons, failed_buttons
from bot.discord_app.failures import explain, log_failure
from bot.discord_app.showing.card import messages
from bot.discord_app.showing.message import Message
from corpus.catalogue.exchanges import CitedQuote, Exchange
from corpus.errors import AccordError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.answering.types import Answer, Ask, Turn
    from bot.discord_app.asking.queueing import Answers
    from bot.discord_app.asking.request import Request
    from bot.discord_app.metrics import Metrics
    from bot.discord_app.records import Records
    from bot.discord_app.showing.screen import Screen
    from bot.settings import DiscordSettings
    from corpus.catalogue.exchanges import ExchangeState
    from corpus.catalogue.writer import Transaction

log = structlog.get_logger(__name__)
STOPPING = "I am being restarted. Please ask again in a minute."


@dataclass(frozen=True, slots=True)
class Running:
    """A question in work."""

    request: Request
    screen: Screen
    task: asyncio.Task[None]


class Handling:
    """Handles questions; knows those that it is at."""

    def __init__(
        self,
        answers: Answers,
        records: Records,
        metrics: Metrics,
        settings: DiscordSettings,
        now: Callable[[], datetime],
    ) -> None:
        self._answers = answers
        self._records = records
        self._metrics = metrics
        self._settings = settings
        self._now = now
        self._running: dict[str, Running] = {}
        self._stopping = False
        self._pace = Pace()

    async def handle(self, request: Request, screen: Screen, *, with_question: bool) -> None:
        """Answer a question on a screen. Whatever fails, the person is told and may ask again."""
        await self.done(self.start(request, screen, with_question=with_question))

    async def done(self, task: asyncio.Task[None]) -> None:
        """Wait until a question is dealt with, or given up; whoever waits can be cancelled alone."""
        await asyncio.wait([task])

    def start(self, request: Request, screen: Screen, *, with_question: bool) -> asyncio.Task[None]:
        """Begin to answer, in a task of its own so that the question can be given up alone; what is in work goes on."""
        if running := self._running.get(request.id):
            return running.task
        task = asyncio.create_task(self._handled(request, screen, with_question=with_question))
        self._running[request.id] = Running(request, screen, task)
        task.add_done_callback(partial(self._ended, request.id))
        return task

    async def keep_copy(self, exchange: Exchange, answer: Answer, message_ids: Sequence[int]) -> None:
        """Keep an answer that was shown once more, elsewhere, by itself."""

        def write(transaction: Transaction) -> None:
            transaction.exchanges.begin(exchange)
            transaction.exchanges.keep(exchange.id, kept(answer), _cited(answer))
            transaction.exchanges.end(exchange.id, "answered", message_ids)

        await self._records.try_to_write(write)

    def running(self, exchange_id: str) -> Running | None:
        """A question that is in work, or None."""
        return self._running.get(exchange_id)

    async def drop(self, exchange_id: str) -> Screen | None:
        """Stop working on a question. Its screen, when it was being worked on."""
        running = self._running.get(exchange_id)
        if running is None:
            return None
        running.task.cancel()
        await asyncio.wait([running.task])
        return running.screen

    async def stop(self, seconds: float) -> None:
        """Take no more questions, and wait so long for those being answered; the rest is answered after a restart."""
        self._stopping = True
        tasks = [running.task for running in self._running.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            log.info("stopping", finished=len(tasks) - len(late), left=len(late))

    async def _handled(self, request: Request, screen: Screen, *, with_question: bool) -> None:
        if self._stopping:
            await screen.show([Message(STOPPING)])
            return
        try:
            await self._begin(request)
            answer = await self._answer(request, screen)
            await self._show(request, answer, screen, with_question=with_question)
        except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
            self._metrics.failed(error)
            await self._fail(request, screen, explain(error))

    def _ended(self, exchange_id: str, task: asyncio.Task[None]) -> None:
        del self._running[exchange_id]
        if not task.cancelled() and (error := task.exception()):
            log_failure("not_handled", error)

    async def _begin(self, request: Request) -> None:
        exchange = _exchange(request)
        await self._records.try_to_write(lambda transaction: transaction.exchanges.begin(exchange))

    async def _answer(self, request: Request, screen: Screen) -> Answer:
        # A command is answered by a way of its own, which has its own limit.
        turn = str(request.place.channel_id) if request.question_id else request.id
        progress = Progress(screen, self._pace, turn)
        try:
            return await self._answers.answer(await self._with_history(request), progress)
        finally:
            await progress.end()

    async def _with_history(self, request: Request) -> Ask:
        history: tuple[Turn, ...] = request.ask.history
        if not history:
            history = await self._remembered(request.place.conversation)
        return replace(request.ask, history=history)

    async def _remembered(self, conversation: str) -> tuple[Turn, ...]:
        try:
            return await turns(self._records, conversation, self._now(), self._settings.thread_hours)
        except (AccordError, ValueError) as error:  # of another Accord, or the store is busy: the question alone then
            log.warning("not_remembered", error=type(error).__name__)
            return ()

    async def _show(self, request: Request, answer: Answer, screen: Screen, *, with_question: bool) -> None:
        self._metrics.answered(answer)
        said = {"question": request.ask.question} if self._settings.log_questions else {}
        log.info("answered", status=answer.status, ms=answer.timings_ms.get("total"), exchange=request.id, **said)
        # Kept before it is shown: a button is clicked faster than a file is written. Killed in between, it is still
        # open, and shown after the restart.
        await self._records.try_to_write(
            lambda transaction: transaction.exchanges.keep(request.id, kept(answer), _cited(answer))
        )
        buttons = answer_buttons(request.id, cited=bool(answer.citations), private=request.private)
        arrived = await screen.show(messages(answer, with_question=with_question), buttons)
        await self._end(request, "answered" if arrived else "failed", screen)

    async def _fail(self, request: Request, screen: Screen, text: str) -> None:
        await screen.show([Message(text)], failed_buttons(request.id))
        await self._end(request, "failed", screen)

    async def _end(self, request: Request, state: ExchangeState, screen: Screen) -> None:
        shown = screen.message_ids
        await self._records.try_to_write(lambda transaction: transaction.exchanges.end(request.id, state, shown))


def _cited(answer: Answer) -> list[CitedQuote]:
    return [CitedQuote(one.n, one.passage.article_id, one.passage.revision, one.quote) for one in answer.citations]


def _exchange(request: Request) -> Exchange:
    place = request.place
    return Exchange(
        id=request.id,
        conversation=place.conversation,
        guild_id=place.guild_id,
        channel_id=place.channel_id,
        asker_id=request.asker_id,
        question_id=request.question_id,
        private=request.private,
        state="open",
        asked_at=request.asked_at,
        question=request.ask.question,
        ask=kept_ask(request.ask),
    )
