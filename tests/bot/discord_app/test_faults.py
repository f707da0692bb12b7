"""Answers that were lost, doubled or misplaced: what an adversarial reading found."""

import asyncio

import aiohttp
import discord

from bot.discord_app.ingesting import ALREADY, Ingesting
from corpus.catalogue import Catalogue
from corpus.catalogue.servers import DigestOrder
from corpus.errors import StoreBusy

QUESTION = "why did talks stall on autos?"
BRITISH = "how many british cars get the lower rate?"


class Gate:
    """Answers really, once it is opened."""

    def __init__(self, answerer) -> None:
        import threading

        self.answerer, self.catalogue, self.open, self.asked = answerer, answerer.catalogue, threading.Event(), []

    def answer(self, ask, watch=None):
        self.asked.append(ask.question)
        assert self.open.wait(30)
        return self.answerer.answer(ask, watch)


async def test_a_resumed_question_that_is_deleted_leaves_the_others(open_desk, answerer, said, until):
    gate = Gate(answerer)
    gate.open.set()
    async with open_desk(gate, concurrency=1) as desk:
        for question in (QUESTION, BRITISH):
            await desk.mention(question)
        first, _ = (one.id for one in desk.channel.history() if one.author.id == desk.asker.id)
        kept = await desk.kept()
        await desk.leave_open(*(one.id for one in kept))
        gate.open.clear()
        gate.asked.clear()
        restart = asyncio.create_task(desk.env.restart_bot())
        await until(lambda: gate.asked)
        desk.env.backend.delete_message(desk.channel.id, first)
        await asyncio.sleep(0)
        gate.open.set()
        await restart
        await desk.env.settle()
        states = {one.question: one.state for one in await desk.kept()}
        assert states == {QUESTION: "deleted", BRITISH: "answered"}


async def test_a_live_question_is_not_answered_twice_when_the_connection_is_made_anew(open_desk, answerer, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=2) as desk:
        desk.post(QUESTION)
        await until(lambda: gate.asked)
        await desk.client.on_ready()
        gate.open.set()
        await desk.env.settle()
        await desk.client.on_ready()
        await desk.env.settle()
        assert gate.asked == [QUESTION]
        assert len(desk.channel.history()) == 2


async def test_a_connection_that_breaks_is_tried_again(desk, said, monkeypatch):
    send, broken = discord.TextChannel.send, []

    async def breaks(self, *arguments, **values):
        if not broken:
            broken.append(True)
            raise aiohttp.ServerDisconnectedError
        return await send(self, *arguments, **values)

    monkeypatch.setattr(discord.TextChannel, "send", breaks)
    await desk.mention(QUESTION)
    assert "would give way on cars" in said(desk.channel.last_message)


async def test_a_store_that_is_busy_is_said_to_be_by_commands_and_to_mentions(desk, said, monkeypatch):
    def busy(self):
        raise StoreBusy("busy")

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "snapshot", busy)
        assert "being updated" in said((await desk.asker.slash(desk.channel, "sources")).response)
        await desk.mention(QUESTION)
        assert "being updated" in said(desk.channel.last_message)
    desk.env._errors.clear()  # the command failed, and the person was told


async def test_an_edit_without_the_mention_takes_the_answer_back(desk):
    question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {QUESTION}")
    await desk.asker.edit(question, "sorry, wrong channel")
    assert [one.id for one in desk.channel.history()] == [question.id]
    (kept,) = await desk.kept()
    assert (kept.state, kept.question) == ("deleted", QUESTION)


async def test_an_edit_that_is_too_long_changes_nothing(desk, said):
    question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {BRITISH}")
    await desk.asker.edit(question, f"<@{desk.client.user.id}> {QUESTION} " + "why " * 200)
    assert "100,000" in said(desk.channel.last_message)


async def test_in_other_peoples_threads_each_question_needs_a_mention(desk):
    start = await desk.asker.send(desk.channel, "Let us talk.")
    backend = desk.env.backend
    made = backend.create_thread(desk.channel.id, "ours", desk.asker.id, message_id=start.id)
    thread = next(one for one in desk.channel.threads if one.id == made.id)
    await desk.asker.send(thread, f"<@{desk.client.user.id}> {QUESTION}")
    assert thread.last_message.author.id == desk.client.user.id
    await desk.asker.send(thread, "lol, lunch at noon?")
    assert thread.last_message.author.id == desk.asker.id


async def test_a_busy_thread_can_still_be_made_quiet(open_desk, answerer, said):
    async with open_desk(answerer, user_limit=1) as desk:
        await desk.records.set_server(desk.env.guild.id, "thread_channels", [desk.channel.id])
        await desk.mention(QUESTION)
        (thread,) = desk.channel.threads
        await desk.asker.send(thread, "be quiet")
        assert "quiet here until somebody mentions me" in said(thread.last_message)


async def test_a_reply_in_a_channel_that_opens_threads_goes_on_where_it_was(desk, said):
    await desk.ask(QUESTION)
    answer = desk.channel.last_message
    await desk.records.set_server(desk.env.guild.id, "thread_channels", [desk.channel.id])
    await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> and what about rice?", reply_to=answer)
    assert desk.channel.threads == []
    assert "Understood as: and what about rice? (talks stall on autos)" in said(desk.channel.last_message)


async def test_a_digest_whose_second_page_fails_is_not_told_again_every_minute(desk, answerer, ingest, tmp_path):
    order = DigestOrder(desk.channel.id, desk.env.guild.id, "day", "2025-01-01T08:00:00+00:00", 0)
    await desk.records.write(lambda transaction: transaction.servers.order_digest(order))
    desk.env.inject_error("POST", "/channels/*/messages", status=403, times=None)
    requests = len(desk.env.http_requests)
    for _ in range(3):
        await desk.env.advance_time(61)
    assert len([one for one in desk.env.http_requests[requests:] if one.path.endswith("/messages")]) <= 1
    (kept,) = await desk.records.read(lambda snapshot: snapshot.servers.digests())
    assert kept.told_until == 0  # told the next day


async def test_only_one_address_is_ingested_at_a_time(tmp_path, monkeypatch):
    entered, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(address, data_dir):
        loop.call_soon_threadsafe(entered.set)
        asyncio.run_coroutine_threadsafe(leave.wait(), loop).result(30)
        return "done"

    monkeypatch.setattr("bot.discord_app.ingesting._ingest", slow)
    ingesting = Ingesting(tmp_path)
    first = asyncio.create_task(ingesting.ingest("https://a.example"))
    await entered.wait()
    assert await ingesting.ingest("https://b.example") == ALREADY
    leave.set()
    assert await first == "done"


async def test_an_answer_of_the_bot_can_be_checked_too(desk, said):
    answer = (await desk.ask(QUESTION)).response.message
    result = await desk.asker.context_menu(desk.channel, "Check against sources", answer)
    assert "✅ Supported" in said(result.response)


async def test_a_correction_that_needs_more_room_keeps_sources_and_buttons(desk, said):
    result = await desk.ask("how did Greenland rewrite its walrus ivory registry?")
    await desk.lose_quotes()
    before = said(result.response)
    await desk.client._rounds.go()
    shown = "\n".join(said(one) for one in desk.channel.history())
    assert "Corrected since" in shown
    assert "Searched 4 articles" in shown
    assert before.splitlines()[0] in shown
