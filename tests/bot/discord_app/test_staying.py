"""Staying up: commands told only when new, restarts that lose nothing, streaming, late answers, health and figures."""

import asyncio
import threading

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.discord_app.client import build_client
from bot.discord_app.health import serving
from bot.opening import open_answerer
from bot.settings import BotSettings, DiscordSettings
from corpus.catalogue import Catalogue

QUESTION = "why did talks stall on autos?"
SYNC = "/applications/"


def syncs(desk):
    return [one for one in desk.env.http_requests if one.method == "PUT" and one.path.endswith("/commands")]


async def test_commands_are_told_only_when_they_changed(desk, answerer, tmp_path):
    assert len(syncs(desk)) == 1
    await desk.env.restart_bot()
    assert len(syncs(desk)) == 1
    desk.client.tree.remove_command("help")
    await desk.env.restart_bot()
    assert len(syncs(desk)) == 2


async def test_commands_that_could_not_be_told_are_told_the_next_time(open_desk, answerer):
    async with open_desk(answerer) as desk:
        desk.client.tree.remove_command("help")
        desk.env.inject_error("PUT", "/applications/*/commands", status=503)
        await desk.env.restart_bot()
        await desk.env.restart_bot()
        assert len(syncs(desk)) == 3


class Held:
    """Answers really, but not before it is let go."""

    def __init__(self, answerer) -> None:
        self.answerer, self.catalogue = answerer, answerer.catalogue
        self.asked, self.go = threading.Event(), threading.Event()

    def answer(self, ask, watch=None):
        self.asked.set()
        assert self.go.wait(30)
        return self.answerer.answer(ask, watch)


async def kept(desk, exchange_id):
    return await desk.client.desk.records.read(lambda snapshot: snapshot.exchanges.get(exchange_id))


async def open_exchange(desk, **changes):
    """What is kept of a question when the bot is killed while it answers."""
    await desk.mention(QUESTION)
    question, answer = desk.channel.history()
    records = desk.client.desk.records
    found = await records.read(lambda snapshot: snapshot.exchanges.asked_in(question.id))
    await records.write(lambda transaction: transaction.exchanges.end(found.id, "open"))
    desk.env.backend.delete_message(desk.channel.id, answer.id)
    await desk.env.advance_time(1)  # the start is later
    return found


async def test_what_was_open_when_the_bot_was_killed_is_answered_when_it_is_back(desk, said):
    found = await open_exchange(desk)
    await desk.env.restart_bot()
    answer = desk.channel.last_message
    assert "would give way on cars" in said(answer)
    assert answer.reference.message_id == found.question_id
    assert (await kept(desk, found.id)).state == "answered"
    await desk.env.restart_bot()
    assert len(desk.channel.history()) == 2


async def test_what_was_open_for_long_is_not_answered_any_more(desk):
    found = await open_exchange(desk)
    await desk.env.advance_time(3700)
    await desk.env.restart_bot()
    assert len(desk.channel.history()) == 1
    assert (await kept(desk, found.id)).state == "failed"


async def test_a_private_question_that_was_open_is_answered_in_direct_messages(desk, said):
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    records = desk.client.desk.records
    found = await records.read(lambda snapshot: snapshot.exchanges.shown_in(result.response.id))
    await records.write(lambda transaction: transaction.exchanges.end(found.id, "open"))
    await desk.env.advance_time(1)  # the start is later
    before = len(desk.channel.history())
    await desk.env.restart_bot()
    assert len(desk.channel.history()) == before
    assert "would give way on cars" in said(desk.asker.user.dm_channel.last_message)


async def test_a_conversation_goes_on_after_a_restart(desk, said):
    await desk.client.desk.records.set_server(desk.env.guild.id, "thread_channels", [desk.channel.id])
    await desk.mention(QUESTION)
    await desk.env.restart_bot()
    (thread,) = desk.channel.threads
    await desk.asker.send(thread, "and what about rice?")
    assert "Understood as: and what about rice? (talks stall on autos)" in said(thread.last_message)


async def test_a_bot_that_is_stopped_finishes_its_answers_and_takes_no_more(open_desk, answerer, said):
    held = Held(answerer)
    async with open_desk(held, concurrency=1) as desk:
        backend, bot = desk.env.backend, desk.client.user.id
        backend.create_message(desk.channel.id, desk.asker.id, f"<@{bot}> {QUESTION}")
        await asyncio.to_thread(held.asked.wait, 30)
        stopping = asyncio.create_task(desk.client.desk.handling.stop(30))
        await asyncio.sleep(0)
        backend.create_message(desk.channel.id, desk.asker.id, f"<@{bot}> how many british cars?")
        held.go.set()
        await stopping
        await desk.env.settle()
        shown = [said(message) for message in desk.channel.history()]
        assert sum("would give way on cars" in text for text in shown) == 1
        assert sum("I am being restarted" in text for text in shown) == 1


async def test_what_is_not_finished_in_time_is_answered_after_the_restart(open_desk, answerer, said, tmp_path):
    records = Catalogue(tmp_path / "kept.sqlite3")
    held = Held(answerer)
    async with open_desk(held, records, concurrency=1) as desk:
        bot = desk.client.user.id
        desk.env.backend.create_message(desk.channel.id, desk.asker.id, f"<@{bot}> {QUESTION}")
        await asyncio.to_thread(held.asked.wait, 30)
        with capture_logs() as logs:
            await desk.client.desk.handling.stop(0)
        assert {"event": "stopping", "finished": 0, "left": 1, "log_level": "info"} in logs
        held.go.set()
        await desk.env.settle()
        (left,) = await desk.client.desk.records.read(lambda snapshot: snapshot.exchanges.unanswered())
        assert left.question == QUESTION


async def test_a_late_private_answer_ends_in_a_direct_message(open_desk, stub, answerer, said):
    def answer(ask):
        loop.call_soon_threadsafe(lambda: desk.env._move_clock(desk.env._virtual_time + 14.5 * 60))
        return answerer.answer(ask)

    async with open_desk(stub(answer, answerer)) as desk:
        loop = asyncio.get_running_loop()
        await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
        assert "would give way on cars" in said(desk.asker.user.dm_channel.last_message)
        assert not any("would give way on cars" in said(one) for one in desk.channel.history())


async def test_a_chat_models_answer_appears_sentence_by_sentence_within_the_rate_limit(
    open_desk, filled, chat_server, said, until
):
    chat_server.script = lambda _: ["Talks stalled over cars. [1] The", "HANG", " auto tariff is 25 percent. [1]"]
    settings = BotSettings(chat_model="scripted", chat_url=chat_server.url, data_dir=filled.store)
    opened = open_answerer(settings)
    try:
        async with open_desk(opened) as desk:
            bot = desk.client.user.id
            desk.env.backend.create_message(desk.channel.id, desk.asker.id, f"<@{bot}> {QUESTION}")
            await until(lambda: "still checking the rest" in said(desk.channel.last_message))
            draft = desk.channel.last_message
            assert "Talks stalled over cars. [1]" in said(draft)
            chat_server.held.set()
            await desk.env.settle()
            assert desk.channel.last_message.id == draft.id
            assert "still checking" not in said(desk.channel.last_message)
            assert "The auto tariff is 25 percent. [2]" in said(desk.channel.last_message)
            edits = [one for one in desk.env.http_requests if one.method == "PATCH"]
            assert len(edits) <= 3
    finally:
        opened.close()


async def test_health_and_figures_are_served_on_this_machine_only(desk, unused_port):
    await desk.ask(QUESTION)
    await desk.ask("how do I bake sourdough bread?")
    async with serving(desk.client, unused_port) as port, aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/health") as reply:
            state = await reply.json()
            assert set(state) == {"ok", "latency_ms", "running", "waiting"}
            assert reply.status == (200 if state["ok"] else 503)
        async with session.get(f"http://127.0.0.1:{port}/metrics") as reply:
            figures = await reply.text()
    assert 'accord_questions_total{status="answered"} 1.0' in figures
    assert 'accord_questions_total{status="refused"} 1.0' in figures
    assert 'accord_refusals_total{reason="off_topic"} 1.0' in figures
    assert 'accord_stage_seconds_count{stage="rerank"} 2.0' in figures
    assert "accord_queue_waiting 0.0" in figures
    assert "autos" not in figures


async def test_failures_are_counted_by_kind(open_desk, stub):
    def answer(ask):
        raise KeyError(ask.question)

    async with open_desk(stub(answer)) as desk:
        await desk.ask(QUESTION)
        errors = desk.client.desk.metrics.errors.labels("KeyError")
        assert errors._value.get() == 1


async def test_a_port_that_is_taken_is_no_reason_not_to_start(desk, unused_port):
    async with serving(desk.client, unused_port) as first:
        assert first == unused_port
        with capture_logs() as logs:
            async with serving(desk.client, unused_port) as second:
                assert second is None
    assert [one["port"] for one in logs if one["event"] == "no_health_page"] == [unused_port]


async def test_the_log_has_questions_only_when_that_is_asked_for(open_desk, answerer):
    for wanted in (False, True):
        async with open_desk(answerer, log_questions=wanted) as desk:
            with capture_logs() as logs:
                await desk.ask(QUESTION)
                await desk.mention(QUESTION)
        assert (QUESTION in str(logs)) is wanted


def test_shards_come_from_the_settings(answerer, tmp_path):
    assert build_client(answerer, DiscordSettings(shards=3), tmp_path).shard_count == 3


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
