"""The buttons below an answer, before and after a restart."""

import pytest

QUESTION = "why did talks stall on autos?"
BRITISH = "how many british cars get the lower rate?"


def labels(message):
    """What can be clicked below a message."""
    return [one.get("label") or one["emoji"]["name"] for one in buttons(message.components)]


def buttons(components):
    for one in components:
        data = one if isinstance(one, dict) else one.to_dict()
        if data["type"] == 2:
            yield data
        yield from buttons(data.get("components", []))


async def press(desk, message, label):
    """Click a button that may have a picture for a label."""
    found = next(
        one for one in buttons(message.components) if label in (one.get("label"), one.get("emoji", {}).get("name"))
    )
    return await desk.asker.click(message, custom_id=found["custom_id"])


@pytest.fixture(params=["at once", "after a restart"])
async def answered(desk, request):
    result = await desk.ask(QUESTION)
    if request.param == "after a restart":
        await desk.env.restart_bot()
    return result.response


async def test_passages_shows_the_whole_passage_with_the_quotes_in_bold(desk, answered, said, articles):
    assert labels(answered) == ["Passages", "Sources", "👍", "👎"]
    result = await desk.asker.click(answered, label="Passages")
    assert result.response.ephemeral
    shown = said(result.response)
    assert "[1][2] Why the U.S.-Japan tariff talks stalled" in shown
    assert (
        "**Talks between the United States and Japan stalled because neither government would give way on cars.**"
        in shown
    )
    assert "Seven rounds of negotiation, the latest in late June, ended without a deal." in shown  # not cited
    assert "2025-07-08-why-us-japan-talks-stalled.md" in shown
    assert labels(result.response) == []  # one passage needs no pager


async def test_several_passages_are_leafed_through(desk, said):
    result = await desk.ask("what did the United States agree with Britain and with Japan on cars?")
    shown = await desk.asker.click(result.response, label="Passages")
    first = said(shown.response)
    assert labels(shown.response) == ["Back", "Next"]
    await desk.asker.click(shown.response, label="Next")
    second = said(shown.response)
    assert "Passage 2 of" in second != first
    await desk.env.restart_bot()
    await desk.asker.click(shown.response, label="Back")
    assert said(shown.response) == first


async def test_sources_shows_every_quote_where_it_stands(desk, answered, said):
    result = await desk.asker.click(answered, label="Sources")
    assert result.response.ephemeral
    assert "> **Talks between the United States and Japan stalled" in said(result.response)


async def test_thumbs_up_is_kept(desk, answered, said):
    result = await press(desk, answered, "👍")
    assert "Thank you" in said(result.response)
    assert await kept(desk) == (1, 0)
    await press(desk, answered, "👍")
    assert await kept(desk) == (1, 0)


async def test_thumbs_down_asks_why_and_keeps_it(desk, answered, said):
    form = await press(desk, answered, "👎")
    assert form.modal["title"] == "What is wrong with the answer?"
    done = await desk.asker.submit_modal(form, {"reason": "outdated", "comment": "They agreed on July 22."})
    assert "Thank you" in said(done.response)
    assert done.response.ephemeral
    (rating,) = await desk.client.desk.records.read(lambda snapshot: snapshot.feedback.unhelpful())
    assert (rating.reason, rating.comment, rating.user_id) == ("outdated", "They agreed on July 22.", desk.asker.id)


async def test_a_form_that_was_open_during_a_restart_is_taken(desk, said):
    answered = (await desk.ask(QUESTION)).response
    form = await press(desk, answered, "👎")
    await desk.env.restart_bot()
    done = await desk.asker.submit_modal(form, {"reason": "wrong"})
    assert "Thank you" in said(done.response)
    assert await kept(desk) == (0, 1)


async def test_a_private_answer_can_be_shared(desk, said):
    private = await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    assert labels(private.response) == ["Passages", "Sources", "👍", "👎", "Share"]
    await desk.env.restart_bot()
    await desk.asker.click(private.response, label="Share")
    shared = desk.channel.last_message
    assert "asked privately and shares the answer" in said(shared)
    assert "would give way on cars" in said(shared)
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    passages = await other.click(shared, label="Passages")
    assert "neither government would give way on cars" in said(passages.response)
    assert "Share" not in labels(shared)


async def test_what_failed_can_be_asked_again(open_desk, stub, answerer, said):
    calls = []

    def answer(ask):
        calls.append(ask)
        if len(calls) == 1:
            raise KeyError
        return answerer.answer(ask)

    async with open_desk(stub(answer, answerer)) as desk:
        failed = await desk.ask(QUESTION)
        assert "Something went wrong" in said(failed.response)
        await desk.env.restart_bot()
        await desk.asker.click(failed.response, label="Ask again")
        assert "would give way on cars" in said(failed.response)
        assert labels(failed.response) == ["Passages", "Sources", "👍", "👎"]


async def test_a_refusal_has_no_passages_to_show(desk):
    result = await desk.ask("how do I bake sourdough bread?")
    assert labels(result.response) == ["👍", "👎"]


async def test_buttons_of_an_answer_that_is_gone_say_so(desk, said):
    result = await desk.ask(QUESTION)
    await desk.asker.slash(desk.channel, "forget", everything=True)
    for label in ("Passages", "Sources", "👍"):
        clicked = await press(desk, result.response, label)
        assert "I do not have this answer any more" in said(clicked.response)


async def test_a_long_answer_has_its_buttons_below_the_last_message(desk, said):
    result = await desk.ask("how did Greenland rewrite its walrus ivory registry?")
    messages = [result.response, *result.followups]
    assert [bool(labels(one)) for one in messages] == [False] * (len(messages) - 1) + [True]


async def kept(desk):
    return await desk.client.desk.records.read(lambda snapshot: snapshot.feedback.counts())
