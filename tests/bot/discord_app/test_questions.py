"""Questions in Discord: /ask, mentions and direct messages."""

import re

from bot.discord_app.client import build_client
from bot.settings import DiscordSettings


async def test_ask_answers_with_quotes_that_are_in_the_articles(desk, articles, said):
    result = await desk.ask("why did talks stall on autos?")
    shown = said(result.response)
    assert "stalled because neither government would give way on cars. [1]" in shown
    article = (articles / "2025-07-08-why-us-japan-talks-stalled.md").read_text("utf-8")
    sentences = re.findall(r"(?m)^(?!-#)(.+?) (?:\[\d+\])+$", shown)
    assert sentences
    assert all(sentence in article for sentence in sentences)
    assert "-# [1][2] Why the U.S.-Japan tariff talks stalled · Accord Desk · 2025-07-08" in shown


async def test_the_answer_shows_the_question_and_what_was_searched(desk, said):
    result = await desk.ask("why did talks stall on autos?")
    lines = said(result.response).splitlines()
    assert lines[0] == "### why did talks stall on autos?"
    assert re.fullmatch(r"-# Searched 4 articles, newest 2025-07-08 · \d+\.\d s", lines[-1])


async def test_a_file_is_named_without_its_folders(desk, articles, said):
    result = await desk.ask("why did talks stall on autos?")
    sources = await desk.asker.click(result.response, label="Sources")
    assert "2025-07-08-why-us-japan-talks-stalled.md" in said(sources.response)
    for message in (result.response, sources.response):
        assert str(articles.parent) not in said(message)
        assert "file:" not in said(message)


async def test_discord_is_told_to_wait_before_the_answer_is_looked_for(open_desk, stub, answerer):
    deferred = []

    def answer(ask):
        deferred.append(desk.env.transcript().count("/callback"))
        return answerer.answer(ask)

    async with open_desk(stub(answer)) as desk:
        await desk.ask("why did talks stall on autos?")
        assert deferred == [1]
        calls = [line for line in desk.env.transcript().splitlines() if line.startswith("HTTP")]
        first = next(n for n, line in enumerate(calls) if "/callback" in line)
        reply = next(n for n, line in enumerate(calls) if "/messages/@original" in line)
        assert first < reply


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(desk, said):
    await desk.mention("why did talks stall on autos?")
    reply = desk.channel.last_message
    assert "would give way on cars. [1]" in said(reply)
    assert reply.reference is not None
    assert reply.mentions == []
    assert "###" not in said(reply)  # the question stands right above


async def test_no_message_may_notify_anyone(desk):
    await desk.mention("why did talks stall on autos?")
    await desk.ask("why did talks stall on autos?")
    sent = [one.json for one in desk.env.http_requests if isinstance(one.json, dict) and one.json.get("components")]
    assert len(sent) == 2
    assert all(one["allowed_mentions"]["parse"] == [] for one in sent)
    # Discord previews links of a message's content only, and these have none.
    assert not any(one.get("content") or one.get("embeds") for one in sent)


async def test_a_mention_without_a_question_gets_help(desk, said):
    await desk.mention("")
    assert said(desk.channel.last_message).startswith("Ask me about trade relations, with `/ask`")


async def test_a_direct_message_is_a_question(desk):
    await desk.asker.send_dm("why did talks stall on autos?")
    requests = [one for one in desk.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert "would give way on cars" in str(requests[-1].json)


async def test_messages_to_others_and_to_everyone_are_left_alone(desk):
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    await desk.asker.send(desk.channel, f"<@{other.id}> why did talks stall on autos?")
    await desk.asker.send(desk.channel, "@everyone why did talks stall on autos?")
    assert desk.channel.last_message.author.id == desk.asker.id


async def test_the_text_of_other_messages_is_asked_for_unless_that_is_switched_off(answerer, tmp_path):
    for wanted in (True, False):
        client = build_client(answerer, DiscordSettings(message_content=wanted), tmp_path)
        assert client.intents.message_content is wanted
        assert not client.intents.members


async def test_questions_that_are_too_long_are_turned_away(desk, said):
    await desk.mention("why " * 200)
    assert "at most 500" in said(desk.channel.last_message)


async def test_an_off_topic_question_gets_one_line_and_no_search_results(desk, said):
    result = await desk.ask("how do I bake sourdough bread?")
    _, lead, searched = said(result.response).splitlines()
    assert lead == "**The stored articles are not about that.**"
    assert "newest 2025-07-08" in searched
    answered = await desk.ask("why did talks stall on autos?")
    colours = {one.response.components[0]["accent_color"] for one in (result, answered)}
    assert len(colours) == 2


async def test_what_an_article_says_stays_text(desk, said):
    result = await desk.ask("to how many tonnes did Norway raise its kelp quota?")
    text = said(result.response, raw=True)
    assert "kelp quota to \\[**90 tonnes**\\]" in text
    assert not re.search(r"\]\(http://evil", text)  # no masked link
    assert "http://evil" not in text  # nor a bare one
    assert "https://evil" not in text
    assert "@everyone" not in text
    assert not re.search(r"(?<!\\)<[@#:]", text)
    assert "\\*\\*details\\*\\*" in text
    assert "(https://news.example.org/kelp_%28quota%29#:~:text=" in text
    assert "\\<@&1> Gazette · 2025-06-01" in text
    assert not result.response.message.mention_everyone


async def test_a_question_cannot_mention_or_link(desk, said):
    result = await desk.ask("why did @everyone [stall](http://evil.example) talks on autos?")
    assert "@everyone" not in said(result.response, raw=True)
    assert "\\[stall\\](http\\://evil.example)" in said(result.response, raw=True)


async def test_an_endless_sentence_stays_within_the_limits(desk, said):
    result = await desk.ask("how did Greenland rewrite its walrus ivory registry?")
    messages = [result.response, *result.followups]
    assert "rewrote its walrus ivory registry" in said(messages[0])
    for message in messages:
        assert len(said(message, raw=True)) <= 4_000


async def test_a_restarted_bot_answers_and_keeps_its_command(desk, said):
    await desk.env.restart_bot()
    assert "ask" in desk.asker.available_commands(desk.channel)
    result = await desk.ask("why did talks stall on autos?")
    assert "would give way on cars. [1]" in said(result.response)


async def test_the_commands_say_what_they_take(desk):
    commands = {command.name: command for command in desk.client.tree.get_commands()}
    question = commands["ask"].parameters[0]
    assert (question.name, question.max_value, question.required) == ("question", 500, True)
    told = [one for command in commands.values() for one in getattr(command, "parameters", [])]
    assert [one.name for one in told if one.description == "…"] == []
