"""Living with people: limits, the line, shared work, edits and deletions, forgetting, who may ask where."""

import threading

import pytest

from bot.discord_app.asking.memory import turns

QUESTION = "why did talks stall on autos?"
BRITISH = "how many british cars get the lower rate?"


class Gate:
    """Answers really, once it is opened; counts what it was asked."""

    def __init__(self, answerer) -> None:
        self.answerer, self.catalogue = answerer, answerer.catalogue
        self.open = threading.Event()
        self.asked = []

    def answer(self, ask, watch=None):
        self.asked.append(ask.question)
        assert self.open.wait(30)
        return self.answerer.answer(ask, watch)


async def test_one_person_has_to_wait_and_is_told_how_long(open_desk, answerer, said):
    async with open_desk(answerer, user_limit=2) as desk:
        await desk.mention(QUESTION)
        await desk.ask(QUESTION)
        result = await desk.ask(QUESTION)
        assert result.response.ephemeral
        assert "Please wait 60 seconds" in said(result.response)
        await desk.mention(QUESTION)
        assert "Please wait 60 seconds" in said(desk.channel.last_message)
        other = desk.env.guild.add_member(desk.env.create_user("ann"))
        result = await other.slash(desk.channel, "ask", question=QUESTION)
        assert "would give way on cars" in said(result.response)
        await desk.env.advance_time(61)
        result = await desk.ask(QUESTION)
        assert "would give way on cars" in said(result.response)


async def test_a_channel_has_to_wait(open_desk, answerer, said):
    async with open_desk(answerer, channel_limit=1) as desk:
        await desk.ask(QUESTION)
        other = desk.env.guild.add_member(desk.env.create_user("ann"))
        result = await other.slash(desk.channel, "ask", question=QUESTION)
        assert "This channel has asked a lot of questions within a minute. Please wait" in said(result.response)


async def test_who_waits_in_line_is_told_the_place_and_moves_up(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        for question in (QUESTION, BRITISH, "why did Trump write to Japan?"):
            desk.use_ask(question)
        await until(lambda: "number 2" in "".join(map(said, desk.channel.history())))
        places = [said(message) for message in desk.channel.history()]
        assert places == ["", "Your question is number 1 in line.", "Your question is number 2 in line."]
        gate.open.set()
        await desk.env.settle()
        shown = [said(message) for message in desk.channel.history()]
        assert "in line" not in "".join(shown)
        assert sum("Searched 4 articles" in text for text in shown) == 3


async def test_the_same_question_is_answered_once_for_everybody_who_asks_it_meanwhile(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=2) as desk:
        others = [desk.env.guild.add_member(desk.env.create_user(name)) for name in ("ann", "bob", "cy")]
        for person in others:
            desk.post(QUESTION, person)
        await until(lambda: gate.asked)
        gate.open.set()
        await desk.env.settle()
        assert gate.asked == [QUESTION]
        assert sum("would give way on cars" in said(message) for message in desk.channel.history()) == 3


async def test_who_asks_the_same_and_then_deletes_it_leaves_the_others_their_answer(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        other = desk.env.guild.add_member(desk.env.create_user("ann"))
        first = desk.post(QUESTION)
        desk.post(QUESTION, other)
        await until(lambda: gate.asked)
        desk.env.backend.delete_message(desk.channel.id, first.id)
        gate.open.set()
        await desk.env.settle()
        (_, answer) = desk.channel.history()
        assert "would give way on cars" in said(answer)


async def test_a_question_edited_within_a_minute_is_answered_anew_in_place(desk, said):
    question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {BRITISH}")
    answer = desk.channel.last_message
    assert "100,000" in said(answer)
    await desk.asker.edit(question, f"<@{desk.client.user.id}> {QUESTION}")
    assert desk.channel.last_message.id == answer.id
    assert "would give way on cars" in said(desk.channel.last_message)
    assert "100,000" not in said(desk.channel.last_message)


async def test_a_question_edited_while_it_is_answered_gets_one_answer(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        question = desk.post(BRITISH)
        await until(lambda: gate.asked)
        desk.env.backend.edit_message(desk.channel.id, question.id, {"content": f"<@{desk.client.user.id}> {QUESTION}"})
        await until(lambda: desk.client.desk.answers.waiting)  # behind what nobody waits for any more
        gate.open.set()
        await desk.env.settle()
        (_, answer) = desk.channel.history()
        assert "would give way on cars" in said(answer)


async def test_edits_count_as_questions(open_desk, answerer, said):
    async with open_desk(answerer, user_limit=1) as desk:
        question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {BRITISH}")
        await desk.asker.edit(question, f"<@{desk.client.user.id}> {QUESTION}")
        assert "100,000" in said(desk.channel.last_message)


async def test_an_answer_that_cannot_be_put_in_place_of_its_news_comes_anew(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        desk.post(QUESTION)
        await until(lambda: gate.asked)
        desk.post(BRITISH)
        await until(lambda: "in line" in said(desk.channel.last_message))
        desk.env.inject_error("PATCH", "/channels/*/messages/*", status=500, times=2)
        gate.open.set()
        await desk.env.settle()
        shown = [said(one) for one in desk.channel.history()]
        assert sum("100,000" in text.replace("**", "") for text in shown) == 1
        assert not any("in line" in text for text in shown)


async def test_an_answer_whose_news_somebody_deleted_comes_anew(open_desk, answerer, said, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        desk.post(QUESTION)
        await until(lambda: gate.asked)
        desk.post(BRITISH)
        await until(lambda: "in line" in said(desk.channel.last_message))
        desk.env.backend.delete_message(desk.channel.id, desk.channel.last_message.id)  # unknown message from now on
        gate.open.set()
        await desk.env.settle()
        assert sum("100,000" in said(one).replace("**", "") for one in desk.channel.history()) == 1


async def test_a_conversation_is_remembered_for_six_questions(desk):
    for n in range(8):
        await desk.asker.send_dm(f"why did talks stall on autos {n}?")
        await desk.env.advance_time(10)
    conversation = f"direct:{desk.asker.user.dm_channel.id}"
    found = await turns(desk.client.desk.records, conversation, desk.env.now(), 24)
    assert [turn.question[-2] for turn in found] == list("234567")


async def test_a_question_edited_later_keeps_its_answer(desk, said):
    question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {BRITISH}")
    await desk.env.advance_time(61)
    await desk.asker.edit(question, f"<@{desk.client.user.id}> {QUESTION}")
    assert "100,000" in said(desk.channel.last_message)


async def test_a_deleted_question_takes_its_answer_along(desk):
    question = await desk.asker.send(desk.channel, f"<@{desk.client.user.id}> {QUESTION}")
    assert len(desk.channel.history()) == 2
    await desk.env.restart_bot()
    await desk.asker.delete(question)
    assert desk.channel.history() == []


async def test_a_question_deleted_while_it_waits_is_not_answered(open_desk, answerer, until):
    gate = Gate(answerer)
    async with open_desk(gate, concurrency=1) as desk:
        desk.post(QUESTION)
        await until(lambda: gate.asked)
        second = desk.post(BRITISH)
        await until(lambda: desk.client.desk.answers.waiting)
        desk.env.backend.delete_message(desk.channel.id, second.id)
        await until(lambda: desk.client.desk.answers.waiting == 0)
        gate.open.set()
        await desk.env.settle()
        assert gate.asked == [QUESTION]
        assert len(desk.channel.history()) == 2


async def test_forget_ends_what_follow_ups_lean_on(desk, said):
    await desk.asker.send_dm(QUESTION)
    result = await desk.asker.user.slash("forget")
    assert "Forgotten: 1 question of this conversation" in said(result.response)
    await desk.asker.send_dm("and what about rice?")
    assert "Understood as" not in said(desk.asker.user.dm_channel.last_message)


async def test_forget_in_a_channel_ends_ones_own_chains(desk, said):
    await desk.mention(QUESTION)
    answer = desk.channel.last_message
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    assert "nothing to forget here" in said((await other.slash(desk.channel, "forget")).response)
    assert "Forgotten: 1 question" in said((await desk.asker.slash(desk.channel, "forget")).response)
    await desk.asker.send(desk.channel, "and what about rice?", reply_to=answer)
    assert "Understood as" not in said(desk.channel.last_message)


async def test_forget_everything_erases_a_persons_questions_and_nobody_elses(desk, said):
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    await desk.ask(QUESTION)
    await desk.ask(BRITISH)
    theirs = await other.slash(desk.channel, "ask", question=QUESTION)
    result = await desk.asker.slash(desk.channel, "forget", everything=True)
    assert "Erased: 2 questions" in said(result.response)
    assert "neither government" in said((await other.click(theirs.response, label="Passages")).response)


@pytest.mark.parametrize("way", ["mention", "command", "menu"])
async def test_only_allowed_channels_are_answered(desk, said, way):
    allowed = desk.env.guild.create_text_channel("trade")
    await set_(desk, "channels", [allowed.id])
    assert f"I answer only in <#{allowed.id}>." in said(await asked(desk, desk.channel, way))
    assert "I answer only in" not in said(await asked(desk, allowed, way))


@pytest.mark.parametrize("way", ["mention", "command", "menu"])
async def test_only_allowed_roles_are_answered(desk, said, way):
    role = desk.env.guild.create_role("traders")
    await set_(desk, "roles", [role.id])
    assert f"one of these roles: <@&{role.id}>" in said(await asked(desk, desk.channel, way))
    trader = desk.env.guild.add_member(desk.env.create_user("ann"), roles=[role])
    assert "one of these roles" not in said(await asked(desk, desk.channel, way, trader))


async def test_a_thread_of_an_allowed_channel_is_allowed(desk, said):
    await set_(desk, "channels", [desk.channel.id])
    await set_(desk, "thread_channels", [desk.channel.id])
    await desk.mention(QUESTION)
    (thread,) = desk.channel.threads
    await desk.asker.send(thread, "and what about rice?")
    assert "Understood as" in said(thread.last_message)


async def test_what_a_server_limits_to_roles_cannot_be_had_in_direct_messages(desk, said):
    role = desk.env.guild.create_role("traders")
    await set_(desk, "roles", [role.id])
    await desk.asker.send_dm(QUESTION)
    assert "only of people who may ask me in a server" in said(desk.asker.user.dm_channel.last_message)
    trader = desk.env.guild.add_member(desk.env.create_user("ann"), roles=[role])
    await trader.send_dm(QUESTION)
    assert "would give way on cars" in said(trader.user.dm_channel.last_message)


async def set_(desk, name, value):
    await desk.client.desk.records.set_server(desk.env.guild.id, name, value)


async def asked(desk, channel, way, actor=None):
    """Ask in one of three ways; what the bot said."""
    actor = actor or desk.asker
    if way == "command":
        return (await actor.slash(channel, "ask", question=QUESTION)).response
    if way == "mention":
        await actor.send(channel, f"<@{desk.client.user.id}> {QUESTION}")
        return channel.last_message
    message = await actor.send(channel, "Japan refused to give way on cars.")
    return (await actor.context_menu(channel, "Check against sources", message)).response
