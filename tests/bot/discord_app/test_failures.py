"""What people see when something goes wrong, and that the bot goes on."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from accord.settings import load
from bot.opening import open_answerer
from corpus.errors import ServiceUnreachable, StoreBusy, StoreDamaged, StoreMismatch, StoreMissing

QUESTION = "why did talks stall on autos?"
ORIGINAL, CALLBACK, CHANNEL = "/webhooks/*/messages/@original", "/interactions/*/callback", "/channels/*/messages"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_reply_that_discord_fails_to_take_goes_to_the_channel(desk, status, said):
    desk.env.inject_error("PATCH", ORIGINAL, status=status, times=2)
    await desk.ask(QUESTION)
    assert "would give way on cars" in said(desk.channel.last_message)


async def test_an_interaction_that_is_gone_is_answered_in_the_channel(desk, said):
    desk.env.inject_error("POST", CALLBACK, status=404, code=10062, message="Unknown interaction")
    await desk.ask(QUESTION)
    assert "would give way on cars" in said(desk.channel.last_message)
    assert f"### {QUESTION}" in said(desk.channel.last_message)


async def test_an_answer_after_the_token_is_gone_is_put_in_the_channel(open_desk, stub, answerer, said):
    def answer(ask):
        loop.call_soon_threadsafe(lambda: desk.env._move_clock(desk.env._virtual_time + 16 * 60))
        return answerer.answer(ask)

    async with open_desk(stub(answer)) as desk:
        loop = asyncio.get_running_loop()
        result = await desk.ask(QUESTION)
        assert not result.response.embeds
        assert "would give way on cars" in said(desk.channel.last_message)


async def test_when_discord_takes_nothing_the_next_question_is_answered(desk, said):
    for method, path in (("PATCH", ORIGINAL), ("POST", CHANNEL)):
        desk.env.inject_error(method, path, status=500, times=2)
    with capture_logs() as logs:
        await desk.ask(QUESTION)
    assert [line["status"] for line in logs if line["event"] == "not_delivered"] == [500] * 4
    result = await desk.ask(QUESTION)
    assert "would give way on cars" in said(result.response)


async def test_a_mention_that_cannot_be_replied_to_does_not_stop_the_bot(desk, said):
    desk.env.inject_error("POST", "/channels/*/typing", status=500)
    desk.env.inject_error("POST", CHANNEL, status=503, times=4)
    await desk.mention(QUESTION)
    assert desk.channel.last_message.author.id == desk.asker.id
    await desk.mention(QUESTION)
    assert "would give way on cars" in said(desk.channel.last_message)


async def test_commands_that_cannot_be_told_to_discord_do_not_keep_the_bot_away(desk, said):
    desk.env.inject_error("PUT", "/applications/*/commands", status=503)
    await desk.env.restart_bot()
    result = await desk.ask(QUESTION)
    assert "would give way on cars" in said(result.response)


async def test_an_unexpected_error_shows_a_reference_and_nothing_else(open_desk, stub, said):
    def answer(ask):
        raise KeyError(f"/home/secret/{ask.question}")

    async with open_desk(stub(answer)) as desk:
        with capture_logs() as logs:
            result = await desk.ask(QUESTION)
        (failed,) = [line for line in logs if line["event"] == "failed"]
        assert said(result.response) == (
            f"Something went wrong on my side. The error was logged. (reference {failed['reference']})"
        )
        assert "KeyError" in failed["error"]
        assert __file__ in failed["where"]
        assert QUESTION not in json.dumps(logs)


@pytest.mark.parametrize("error", [StoreMissing, StoreBusy, StoreDamaged, StoreMismatch, ServiceUnreachable])
async def test_known_errors_are_one_plain_sentence_without_the_machines_paths(open_desk, stub, error, said):
    def answer(ask):
        raise error("/srv/accord/.accord/catalogue.sqlite: broken")

    async with open_desk(stub(answer)) as desk:
        await desk.mention(QUESTION)
        shown = said(desk.channel.last_message)
        assert shown
        assert "/srv" not in shown
        assert "reference" not in shown


async def test_a_bot_that_runs_finds_what_another_process_ingests(open_desk, ingest, tmp_path, said):
    store, article = tmp_path / "store", tmp_path / "kelp.md"
    answerer = open_answerer(load(data_dir=store))
    try:
        async with open_desk(answerer) as desk:
            result = await desk.ask("how many tonnes is Norway's kelp quota?")
            assert "Nothing has been ingested yet" in said(result.response)
            assert "accord ingest" in said(result.response)
            article.write_text("# Norway's kelp quota\n\nNorway set its kelp quota at 90 tonnes on Monday.\n")
            await asyncio.to_thread(ingest, article, store)
            result = await desk.ask("how many tonnes is Norway's kelp quota?")
            assert "kelp quota at **90 tonnes**" in said(result.response)
            article.write_text("# Norway's kelp quota\n\nNorway set its kelp quota at 70 tonnes on Monday.\n")
            await asyncio.to_thread(ingest, article, store)
            result = await desk.ask("how many tonnes is Norway's kelp quota?")
            assert "kelp quota at **70 tonnes**" in said(result.response)
            assert "90 tonnes" not in said(result.response)
    finally:
        answerer.close()


class Crowd:
    """Blocks on the first question until the crowd behind it has been dealt with."""

    def __init__(self, answerer, questions: list[str], until: str, said) -> None:
        self.answerer, self.questions, self.until, self.said = answerer, questions, until, said
        self.catalogue = answerer.catalogue
        self.desk = self.loop = None
        self.order: list[str] = []

    def answer(self, ask, watch=None):
        if ask.question == "first":
            posted = asyncio.run_coroutine_threadsafe(self.post(), self.loop)
            posted.result(timeout=30)
        self.order.append(ask.question)
        return self.answerer.answer(ask)

    async def post(self) -> None:
        """Others ask meanwhile; done when one of the bot's messages says what is waited for."""
        client = self.desk.client
        dealt_with = asyncio.create_task(
            client.wait_for("message", check=lambda message: self.until in self.said(message))
        )
        await asyncio.sleep(0)  # the listener is there before the first message is
        for question in self.questions:
            self.desk.env.backend.create_message(
                self.desk.channel.id, self.desk.asker.id, f"<@{client.user.id}> {question}"
            )
        await dealt_with


async def test_others_are_answered_while_one_answer_takes_long(open_desk, answerer, said):
    crowd = Crowd(answerer, [QUESTION], until="would give way on cars", said=said)
    async with open_desk(crowd, concurrency=2) as desk:
        crowd.desk, crowd.loop = desk, asyncio.get_running_loop()
        await desk.mention("first")
    assert crowd.order == [QUESTION, "first"]


async def test_more_questions_than_may_wait_are_turned_away_at_once(open_desk, answerer, said):
    crowd = Crowd(answerer, ["second", "third"], until="Too many questions are waiting", said=said)
    async with open_desk(crowd, concurrency=1, queue=1) as desk:
        crowd.desk, crowd.loop = desk, asyncio.get_running_loop()
        await desk.mention("first")
        assert crowd.order == ["first", "second"]
        await desk.mention(QUESTION)
        assert "would give way on cars" in said(desk.channel.last_message)
