"""What is private stays so, and limits cannot be got around: what an adversarial reading found."""

import discord
import pytest

from bot.discord_app.ingesting import without_query
from corpus.catalogue import Catalogue
from corpus.errors import StoreBusy

QUESTION = "why did talks stall on autos?"
BRITISH = "how many british cars get the lower rate?"


async def test_what_is_shared_in_direct_messages_stays_there(desk):
    await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    (private,) = await desk.kept()
    await desk.leave_open(private.id)
    await desk.env.restart_bot()
    await desk.asker.user.click(desk.asker.user.dm_channel.last_message, label="Share")
    (copy,) = [one for one in await desk.kept() if not one.private]
    assert copy.guild_id is None
    assert copy.channel_id == desk.asker.user.dm_channel.id
    assert copy.conversation != private.conversation


async def test_an_answer_is_shared_once(desk, said):
    result = await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    await desk.asker.click(result.response, label="Share")
    again = await desk.asker.click(result.response, label="Share")
    assert "was shared here before" in said(again.response)
    assert sum("shares the answer" in said(one) for one in desk.channel.history()) == 1


async def test_a_button_that_was_made_up_shows_nobody_a_private_answer(desk, said):
    await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    (private,) = await desk.kept()
    public = (await desk.ask(BRITISH)).response
    stored = desk.env.backend.get_message(desk.channel.id, public.id)
    for one in stored.components[0]["components"][-1]["components"]:
        one["custom_id"] = one["custom_id"].rpartition(":")[0] + f":{private.id}"
    other = desk.member("ann")
    for label in ("Passages", "Sources"):
        clicked = await other.click(public, label=label)
        assert "Only the person who asked this privately" in said(clicked.response)


async def test_corrections_of_a_private_thread_are_for_those_in_it(desk, said):
    real = desk.client.get_channel(desk.channel.id)
    thread = await real.create_thread(name="secret", type=discord.ChannelType.private_thread)
    await desk.ask(QUESTION)
    (found,) = await desk.kept()

    def move(transaction):
        transaction._connection.execute("UPDATE exchanges SET channel_id = ?", (thread.id,))

    await desk.records.write(move)
    await desk.lose_quotes()
    other = desk.member("ann")
    assert QUESTION not in said((await other.slash(desk.channel, "corrections")).response)
    assert QUESTION in said((await desk.asker.slash(desk.channel, "corrections")).response)
    assert found.asker_id == desk.asker.id


async def test_limits_hold_when_the_settings_could_not_be_read_at_the_start(desk, said, monkeypatch):
    role = desk.env.guild.create_role("vip")
    await desk.records.set_server(desk.env.guild.id, "roles", [role.id])
    desk.records._servers.clear()

    def busy(self):
        raise StoreBusy("busy")

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "snapshot", busy)
        result = await desk.ask(QUESTION)
        assert "being updated" in said(result.response)
    assert "one of these roles" in said((await desk.ask(QUESTION)).response)
    desk.env._errors.clear()  # the command failed, and the person was told


async def test_another_server_is_no_way_around_roles_for_who_is_not_in_it(desk, said):
    role = desk.env.guild.create_role("vip")
    await desk.records.set_server(desk.env.guild.id, "roles", [role.id])
    elsewhere = desk.env.create_guild(name="elsewhere")
    await desk.env.settle()
    await desk.asker.send_dm(QUESTION)
    assert "only of people who may ask me" in said(desk.asker.user.dm_channel.last_message)
    elsewhere.add_member(desk.asker.user)
    await desk.asker.send_dm(QUESTION)
    assert "would give way on cars" in said(desk.asker.user.dm_channel.last_message)


async def test_roles_hold_for_reading_as_well(desk, said):
    role = desk.env.guild.create_role("vip")
    await desk.records.set_server(desk.env.guild.id, "roles", [role.id])
    for command, options in (
        ("sources", {}),
        ("article", {"title": "Why the U.S.-Japan"}),
        ("timeline", {"topic": "cars"}),
    ):
        result = await desk.asker.slash(desk.channel, command, **options)
        assert "one of these roles" in said(result.response)
    assert await desk.asker.autocomplete(desk.channel, "article", "title", "why") == []


async def test_asking_again_keeps_the_limits_and_happens_once(open_desk, stub, answerer, said):
    def answer(ask):
        raise KeyError

    async with open_desk(stub(answer, answerer), user_limit=2) as desk:
        failed = await desk.ask(QUESTION)
        await desk.asker.click(failed.response, label="Ask again")
        third = await desk.asker.click(failed.response, label="Ask again")
        assert "Please wait" in said(third.response or third.followups[0])


async def test_who_may_not_ask_is_told_so_once_a_minute_and_only_when_speaking_to_the_bot(desk):
    await desk.records.set_server(desk.env.guild.id, "thread_channels", [desk.channel.id])
    await desk.records.set_server(desk.env.guild.id, "roles", [4711])
    await desk.asker.send(desk.channel, QUESTION)
    assert len(desk.channel.history()) == 1
    for _ in range(3):
        await desk.mention(QUESTION)
    assert len([one for one in desk.channel.history() if one.author.id == desk.client.user.id]) == 1


async def test_what_a_person_erased_is_not_kept_with_somebody_elses_answer(desk):
    await desk.mention("why did Zanzibar talks stall on autos?")
    answer = desk.channel.last_message
    other = desk.member("ann")
    await other.send(desk.channel, "and what about rice in June?", reply_to=answer)
    await desk.asker.slash(desk.channel, "forget", everything=True)
    (left,) = await desk.kept()
    assert '"history":[]' in left.answer


@pytest.mark.parametrize(
    ("address", "kept"),
    [("https://a.example/x?key=1", "https://a.example/x?…"), ("https://a.example", "https://a.example")],
)
def test_what_may_be_a_key_in_an_address_is_not_logged(address, kept):
    assert without_query(address) == kept
