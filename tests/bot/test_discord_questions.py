"""Questions in Discord: /ask, mentions and direct messages."""

import re


def shown(message) -> str:
    """All text of a message's embeds, without the escapes that a reader does not see."""
    text = "\n".join(f"{embed.title or ''}\n{embed.description or ''}" for embed in message.embeds)
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


async def test_ask_answers_with_quotes_that_are_in_the_articles(desk, articles):
    result = await desk.ask("why did talks stall on autos?")
    answer, sources = result.response.embeds
    markers = set(re.findall(r"\[(\d+)\]", answer.description))
    assert markers
    assert "stalled because neither government would give way on cars. [1]" in shown(result.response)
    article = (articles / "2025-07-08-why-us-japan-talks-stalled.md").read_text("utf-8")
    quotes = re.findall(r"(?m)^> .*?\*\*(.+?)\*\*", sources.description)
    assert quotes
    assert all(re.sub(r"\\(.)", r"\1", quote) in article for quote in quotes)
    assert all(f"[{n}]" in sources.description for n in markers)
    assert "Why the U.S.-Japan tariff talks stalled" in sources.description
    assert "Accord Desk · 2025-07-08" in sources.description


async def test_the_answer_shows_the_question_and_what_was_searched(desk):
    result = await desk.ask("why did talks stall on autos?")
    assert result.response.embeds[0].title == "why did talks stall on autos?"
    assert re.fullmatch(r"Searched 4 articles, newest 2025-07-08 · \d+\.\d s", result.response.embeds[-1].footer.text)


async def test_a_file_is_named_without_its_folders(desk, articles):
    result = await desk.ask("why did talks stall on autos?")
    assert "2025-07-08-why-us-japan-talks-stalled.md" in shown(result.response)
    assert str(articles.parent) not in shown(result.response)
    assert "file:" not in shown(result.response)


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


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(desk):
    await desk.mention("why did talks stall on autos?")
    reply = desk.channel.last_message
    assert "would give way on cars. [1]" in shown(reply)
    assert reply.reference is not None
    assert reply.mentions == []
    assert reply.embeds[0].title is None  # the question stands right above


async def test_no_message_may_notify_anyone(desk):
    await desk.mention("why did talks stall on autos?")
    await desk.ask("why did talks stall on autos?")
    sent = [one.json for one in desk.env.http_requests if isinstance(one.json, dict) and "embeds" in one.json]
    assert len(sent) == 2
    assert all(one["allowed_mentions"]["parse"] == [] for one in sent)


async def test_a_mention_without_a_question_gets_help(desk):
    await desk.mention("")
    assert "/ask" in desk.channel.last_message.content
    assert not desk.channel.last_message.embeds


async def test_a_direct_message_is_a_question(desk):
    await desk.asker.send_dm("why did talks stall on autos?")
    requests = [one for one in desk.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert "would give way on cars" in str(requests[-1].json)


async def test_messages_to_others_and_to_everyone_are_left_alone(desk):
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    await desk.asker.send(desk.channel, f"<@{other.id}> why did talks stall on autos?")
    await desk.asker.send(desk.channel, "@everyone why did talks stall on autos?")
    assert desk.channel.last_message.author.id == desk.asker.id


async def test_the_text_of_other_messages_is_not_asked_for(desk):
    assert not desk.client.intents.message_content
    assert not desk.client.intents.members


async def test_questions_that_are_too_long_are_turned_away(desk):
    await desk.mention("why " * 200)
    assert "at most 500" in desk.channel.last_message.content


async def test_an_off_topic_question_gets_one_line_and_no_search_results(desk):
    result = await desk.ask("how do I bake sourdough bread?")
    (embed,) = result.response.embeds
    assert embed.description == "**The stored articles are not about that.**"
    assert "newest 2025-07-08" in embed.footer.text
    answered = await desk.ask("why did talks stall on autos?")
    assert answered.response.embeds[0].colour != embed.colour


async def test_what_an_article_says_stays_text(desk):
    result = await desk.ask("to how many tonnes did Norway raise its kelp quota?")
    text = "\n".join(embed.description for embed in result.response.embeds)
    assert "kelp quota to \\[90 tonnes\\]" in text
    assert not re.search(r"\]\(http://evil", text)  # no masked link
    assert "http://evil" not in text  # nor a bare one
    assert "https://evil" not in text
    assert "@everyone" not in text
    assert not re.search(r"(?<!\\)<[@#:]", text)
    assert "\\*\\*details\\*\\*" in text
    assert "(https://news.example.org/kelp_%28quota%29#:~:text=" in text
    assert "\\<@&1> Gazette · 2025-06-01" in text
    assert not result.response.message.mention_everyone


async def test_a_question_cannot_mention_or_link(desk):
    result = await desk.ask("why did @everyone [stall](http://evil.example) talks on autos?")
    assert "@everyone" not in result.response.embeds[0].title
    assert "\\[stall\\](http\\://evil.example)" in result.response.embeds[0].title


async def test_an_endless_sentence_stays_within_the_limits(desk):
    result = await desk.ask("how did Greenland rewrite its walrus ivory registry?")
    messages = [result.response, *result.followups]
    assert "rewrote its walrus ivory registry" in shown(messages[0])
    for message in messages:
        assert sum(len(embed) for embed in message.embeds) <= 6_000
        assert all(len(embed.description) <= 4_096 for embed in message.embeds)


async def test_a_restarted_bot_answers_and_keeps_its_command(desk):
    await desk.env.restart_bot()
    assert "ask" in desk.asker.available_commands(desk.channel)
    result = await desk.ask("why did talks stall on autos?")
    assert "would give way on cars. [1]" in shown(result.response)


async def test_the_command_says_what_it_takes(desk):
    (command,) = desk.client.tree.get_commands()
    (parameter,) = command.parameters
    assert (parameter.name, parameter.max_value, parameter.required) == ("question", 500, True)
    assert parameter.description != "…"
