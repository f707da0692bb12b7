"""The ways to ask: options of /ask, replies, direct messages, threads and forum posts."""

import pytest

QUESTION = "why did talks stall on autos?"
FOLLOW_UP = "and what about rice?"


async def choose_threads(desk, channel):
    await desk.client.desk.records.set_server(desk.env.guild.id, "thread_channels", [channel.id])


async def post(desk, forum, title, text):
    """A person posts in a forum: a thread whose first message bears its id."""
    backend = desk.env.backend
    thread = backend.create_thread(forum.id, title, desk.asker.id)
    first = backend.prepare_message(thread.id, desk.asker.id, text)
    first.id = thread.id
    backend.commit_message(first)
    await desk.env.settle()
    return next(one for one in forum.threads if one.id == thread.id)


async def test_limits_are_kept_and_shown(desk, said):
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, as_of="2025-05-31")
    assert "Only articles until 2025-05-31" in said(result.response)
    assert "· 2025-07-08\n" not in said(result.response)
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, since="2025-07-01", outlet="accord desk")
    assert "Only articles since 2025-07-01 of Accord Desk" in said(result.response)
    assert "would give way on cars" in said(result.response)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"as_of": "yesterday"}, "as_of: “yesterday” is not a date. Write it as 2025-07-08."),
        ({"since": "2025-02-30"}, "since: “2025-02-30” is not a date."),
        ({"since": "2025-07-08", "as_of": "2025-07-01"}, "since 2025-07-08 is after as_of 2025-07-01"),
        ({"outlet": "Acord Desk"}, "I have no articles of “Acord Desk”. Did you mean “Accord Desk”?"),
    ],
)
async def test_a_limit_that_cannot_be_kept_is_named_to_who_asks(desk, said, limits, told):
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, **limits)
    assert told in said(result.response)
    assert result.response.ephemeral


async def test_days_and_outlets_are_completed_from_the_catalogue(desk):
    days = await desk.asker.autocomplete(desk.channel, "ask", "as_of", "2025-0", question=QUESTION)
    assert [one["value"] for one in days] == ["2025-07-08", "2025-06-02", "2025-06-01", "2025-05-09"]
    assert days[0]["name"] == "2025-07-08 (1 article)"
    assert await desk.asker.autocomplete(desk.channel, "ask", "since", "1999", question=QUESTION) == []
    outlets = await desk.asker.autocomplete(desk.channel, "ask", "outlet", "desk", question=QUESTION)
    assert [one["value"] for one in outlets] == ["Accord Desk"]


async def test_a_private_answer_is_only_for_who_asks(desk, said):
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    assert result.response.ephemeral
    assert "would give way on cars" in said(result.response)
    assert desk.channel.last_message is None or desk.channel.last_message.flags.ephemeral


async def test_a_reply_to_an_answer_goes_on_with_it(desk, said):
    await desk.mention(QUESTION)
    answer = desk.channel.last_message
    await desk.asker.send(desk.channel, FOLLOW_UP, reply_to=answer)
    follow_up = desk.channel.last_message
    assert "*Understood as: and what about rice? (talks stall on autos" in said(follow_up)
    assert "American cars and rice" in said(follow_up)
    await desk.asker.send(desk.channel, "and in June?", reply_to=follow_up)
    assert "Understood as: and in June? (talks stall on autos" in said(desk.channel.last_message)


async def test_a_reply_to_somebody_else_is_left_alone(desk):
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    message = await other.send(desk.channel, "why did talks stall on autos?")
    await desk.asker.send(desk.channel, "good question", reply_to=message)
    assert desk.channel.last_message.author.id == desk.asker.id


async def test_direct_messages_remember_what_was_asked(desk, said):
    await desk.asker.send_dm(QUESTION)
    await desk.asker.send_dm(FOLLOW_UP)
    shown = said(desk.asker.user.dm_channel.last_message)
    assert "Understood as: and what about rice? (talks stall on autos" in shown


async def test_ask_works_in_direct_messages(desk, said):
    result = await desk.asker.user.slash("ask", question=QUESTION)
    assert "would give way on cars" in said(result.response)


async def test_a_question_in_a_chosen_channel_opens_a_thread_named_by_it(desk, said):
    await choose_threads(desk, desk.channel)
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    assert thread.name == QUESTION
    assert "would give way on cars" in said(thread.last_message)
    await desk.asker.send(thread, FOLLOW_UP)  # no mention
    assert "American cars and rice" in said(thread.last_message)
    assert "Understood as: and what about rice? (talks" in said(thread.last_message)


async def test_in_a_chosen_channel_a_question_needs_no_mention(desk, said):
    await choose_threads(desk, desk.channel)
    await desk.asker.send(desk.channel, "Good morning everybody.")
    assert desk.channel.threads == []
    await desk.asker.send(desk.channel, QUESTION)
    assert "would give way on cars" in said(desk.channel.threads[0].last_message)


async def test_a_command_in_a_chosen_channel_opens_a_thread_at_its_answer(desk, said):
    await choose_threads(desk, desk.channel)
    await desk.ask(QUESTION)
    (thread,) = desk.channel.threads
    await desk.asker.send(thread, FOLLOW_UP)
    assert "Understood as: and what about rice? (talks stall on autos" in said(thread.last_message)


async def test_where_no_thread_can_be_opened_the_channel_is_answered(desk, said):
    await choose_threads(desk, desk.channel)
    desk.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    await desk.mention(QUESTION)
    assert "would give way on cars" in said(desk.channel.last_message)


async def test_a_long_question_names_its_thread_in_a_hundred_characters(desk):
    await choose_threads(desk, desk.channel)
    await desk.mention("why did talks stall on autos " + "and on many other things besides " * 5 + "?")
    (thread,) = desk.channel.threads
    assert len(thread.name) <= 100
    assert thread.name.endswith("besides and…") or thread.name.endswith("…")


async def test_asked_to_be_quiet_the_bot_is_until_it_is_mentioned(desk, said):
    await choose_threads(desk, desk.channel)
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    await desk.asker.send(thread, "Be quiet, please.".replace(",", ""))
    assert "quiet here until somebody mentions me" in said(thread.last_message)
    await desk.asker.send(thread, FOLLOW_UP)
    assert thread.last_message.author.id == desk.asker.id
    await desk.asker.send(thread, f"<@{desk.client.user.id}> {FOLLOW_UP}")
    assert "American cars and rice" in said(thread.last_message)
    await desk.asker.send(thread, QUESTION)
    assert thread.last_message.author.id == desk.client.user.id


async def test_after_some_hours_a_thread_needs_a_mention_again(desk):
    await choose_threads(desk, desk.channel)
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    await desk.env.advance_time(25 * 3600)
    await desk.asker.send(thread, FOLLOW_UP)
    assert thread.last_message.author.id == desk.asker.id


async def test_a_question_does_not_lean_on_what_is_too_old(open_desk, answerer, said):
    async with open_desk(answerer, thread_hours=1) as desk:
        await desk.asker.send_dm(QUESTION)
        await desk.env.advance_time(2 * 3600)
        await desk.asker.send_dm(FOLLOW_UP)
        assert "Understood as" not in said(desk.asker.user.dm_channel.last_message)


async def test_people_who_talk_to_each_other_in_a_thread_are_left_alone(desk):
    await choose_threads(desk, desk.channel)
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    await desk.asker.send(thread, f"<@{other.id}> what do you think?")
    assert thread.last_message.author.id == desk.asker.id


async def test_a_forum_post_is_answered_and_followed(desk, said):
    forum = desk.env.guild.create_forum_channel("ask-accord")
    await choose_threads(desk, forum)
    thread = await post(desk, forum, "Autos", QUESTION)
    assert "would give way on cars" in said(thread.last_message)
    await desk.asker.send(thread, FOLLOW_UP)
    assert "American cars and rice" in said(thread.last_message)


async def test_a_forum_post_elsewhere_is_left_alone_until_it_mentions_the_bot(desk, said):
    forum = desk.env.guild.create_forum_channel("ideas")
    thread = await post(desk, forum, "Autos", QUESTION)
    assert thread.last_message.author.id == desk.asker.id
    await desk.asker.send(thread, f"<@{desk.client.user.id}> {QUESTION}")
    assert "would give way on cars" in said(thread.last_message)


async def test_a_private_question_in_a_thread_is_remembered_by_nobody(desk, said):
    await choose_threads(desk, desk.channel)
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    await desk.env.advance_time(1)
    await desk.asker.slash(thread, "ask", question="how many british cars get the lower rate?", private=True)
    await desk.env.advance_time(1)
    await desk.asker.send(thread, FOLLOW_UP)
    assert "british" not in said(thread.last_message)
    assert "talks stall on autos" in said(thread.last_message)
