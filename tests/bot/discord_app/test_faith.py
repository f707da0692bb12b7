"""Keeping faith: answers whose sources changed are marked, new articles are told of, thumbs down become cases."""

import asyncio
import json
import shutil
from datetime import UTC, datetime

import pytest

from accord.settings import load
from bot.discord_app.watching.digest import is_due
from bot.opening import open_answerer
from corpus.catalogue.servers import DigestOrder
from evals.sets import load as load_set

QUESTION = "how many tonnes is Norway's kelp quota?"
TEXT = "Norway set its kelp quota at {tonnes} tonnes on Monday, the fisheries ministry said. Boats sail in May.\n"


@pytest.fixture(scope="module")
def first(ingest, tmp_path_factory):
    """A folder with one article, and the store that was made of it."""
    folder = tmp_path_factory.mktemp("first")
    article = folder / "articles" / "kelp.md"
    article.parent.mkdir()
    write(article, 90)
    ingest(article.parent, folder / "store")
    return article, folder / "store"


@pytest.fixture
async def kelp(open_desk, first, ingest, tmp_path):
    """A bot over a store of one article, in which its records are kept as well; how to write and ingest anew."""
    article, store = first
    for other in article.parent.iterdir():
        other.unlink()
    write(article, 90)
    shutil.copytree(store, tmp_path / "store")
    answerer = open_answerer(load(data_dir=tmp_path / "store"))
    async with open_desk(answerer, answerer.catalogue) as desk:
        yield desk, article, lambda: asyncio.to_thread(ingest, article.parent, tmp_path / "store")
    answerer.close()


def write(article, tonnes, more="", topics="[fishing]"):
    """A version of an article."""
    head = f"---\ntitle: Norway's kelp quota\noutlet: Oslo Desk\npublished: 2025-03-03\ntopics: {topics}\n---\n\n"
    article.write_text(head + TEXT.format(tonnes=tonnes) + more)


async def a_minute_later(desk):
    await desk.env.advance_time(61)


async def test_an_answer_is_marked_when_its_article_no_longer_says_so(kelp, said):
    desk, article, ingest = kelp
    result = await desk.ask(QUESTION)
    assert "90 tonnes" in said(result.response)
    await desk.mention(QUESTION)
    replied = desk.channel.last_message
    write(article, 70)
    await ingest()
    await a_minute_later(desk)
    for message in (result.response, desk.channel.last_message):
        shown = said(message)
        assert "**Corrected since:** “Norway's kelp quota” was changed and no longer says what [1] quotes." in shown
        assert "90** tonnes" in shown or "90 tonnes" in shown  # what was said stays to be seen
    assert desk.channel.last_message.id == replied.id
    listed = said((await desk.asker.slash(desk.channel, "corrections")).response)
    assert f"**{QUESTION}**" in listed
    assert "no longer says that" in listed


async def test_a_withdrawn_article_marks_the_answer_too(kelp, said, monkeypatch):
    desk, article, ingest = kelp
    result = await desk.ask(QUESTION)
    article.write_text("")
    await ingest()
    await a_minute_later(desk)
    assert "“Norway's kelp quota”, which [1] quotes, was withdrawn." in said(result.response)


async def test_an_article_that_changed_elsewhere_marks_nothing(kelp, said):
    desk, article, ingest = kelp
    result = await desk.ask(QUESTION)
    write(article, 90, "\nA spokesman said on Tuesday that no further quota is planned for this year.\n")
    await ingest()
    await a_minute_later(desk)
    assert "Corrected since" not in said(result.response)
    assert "none rests on a quote" in said((await desk.asker.slash(desk.channel, "corrections")).response)
    write(article, 70)
    await ingest()
    await a_minute_later(desk)
    assert "Corrected since" in said(result.response)


async def test_a_change_while_the_bot_was_away_is_noticed_when_it_is_back(kelp, said):
    desk, article, ingest = kelp
    result = await desk.ask(QUESTION)
    write(article, 70)
    await ingest()
    await desk.env.restart_bot()
    await a_minute_later(desk)
    assert "Corrected since" in said(result.response)
    assert [one["label"] for one in row(result.response)[:2]] == ["Passages", "Sources"]


async def test_a_mark_that_discord_does_not_take_is_tried_again_and_loses_nothing(kelp, said):
    desk, article, ingest = kelp
    await desk.mention(QUESTION)
    write(article, 70)
    await ingest()
    desk.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=2)
    await a_minute_later(desk)
    assert "Corrected since" not in said(desk.channel.last_message)
    assert "90 tonnes" in said(desk.channel.last_message).replace("**", "")
    await a_minute_later(desk)
    assert "Corrected since" in said(desk.channel.last_message)


async def test_corrections_lists_only_what_somebody_may_see(kelp, said):
    desk, article, ingest = kelp
    await desk.asker.slash(desk.channel, "ask", question=QUESTION, private=True)
    write(article, 70)
    await ingest()
    await a_minute_later(desk)
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    assert QUESTION not in said((await other.slash(desk.channel, "corrections")).response)
    assert QUESTION in said((await desk.asker.slash(desk.channel, "corrections")).response)


def row(message):
    """The buttons of a card."""
    return next(one for one in message.components[0]["components"] if one["type"] == 1)["components"]


@pytest.mark.parametrize(
    ("every", "sent", "now", "due"),
    [
        ("day", "2025-03-03T08:00:01+00:00", "2025-03-04T07:59:00+00:00", False),
        ("day", "2025-03-03T08:00:01+00:00", "2025-03-04T08:00:00+00:00", True),
        ("day", "2025-03-03T12:00:00+00:00", "2025-03-03T23:00:00+00:00", False),
        ("week", "2025-03-03T08:00:01+00:00", "2025-03-09T23:00:00+00:00", False),  # a Monday to the Sunday after
        ("week", "2025-03-03T08:00:01+00:00", "2025-03-10T08:00:00+00:00", True),
        ("week", "2025-03-05T08:00:00+00:00", "2025-03-10T09:00:00+00:00", True),
    ],
)
def test_a_digest_is_due_at_eight_and_weekly_on_mondays(every, sent, now, due):
    assert is_due(DigestOrder(1, 1, every, sent, 0), datetime.fromisoformat(now).astimezone(UTC)) is due


async def test_a_channel_gets_a_digest_of_new_articles_by_topic(kelp, said):
    import discord

    desk, article, ingest = kelp
    role = desk.env.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True, view_channel=True))
    manager = desk.env.guild.add_member(desk.env.create_user("chief"), roles=[role])
    await desk.env.advance_time(26 * 3600)
    assert desk.channel.last_message is None  # none unless it was asked for
    result = await manager.slash(desk.channel, "digest", channel=desk.channel, every="day")
    assert "gets a digest of newly stored articles every day" in said(result.response)
    write(article.with_name("cod.md"), 12, topics="[fishing, cod]")
    write(article.with_name("rice.md"), 31, "\nThe grain ministry of Japan set its rice quota at 9 tonnes.\n", "[rice]")
    (article.with_name("cars.md")).write_text(
        "---\ntitle: South Korea sends cars\n---\n\nSouth Korea sent ninety cars to the fair in Busan on a ferry.\n"
    )
    await ingest()
    await desk.env.advance_time(24 * 3600)
    shown = said(desk.channel.last_message)
    assert shown.startswith("### 3 new articles")
    assert "Norway set its kelp quota at 12 tonnes on Monday, the fisheries ministry said. [" in shown
    assert "**South Korea**\nSouth Korea sent ninety cars to the fair in Busan on a ferry. [" in shown
    assert "90 tonnes" not in shown  # it was there before
    last = desk.channel.last_message.id
    await desk.env.restart_bot()
    await desk.env.advance_time(26 * 3600)
    assert desk.channel.last_message.id == last  # nothing new since
    await manager.slash(desk.channel, "digest", channel=desk.channel, every="never")
    write(article.with_name("eel.md"), 5)
    await ingest()
    await desk.env.advance_time(26 * 3600)
    assert desk.channel.last_message.id == last


async def test_a_digest_is_not_promised_where_the_bot_may_not_write(desk, said):
    import discord

    role = desk.env.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True, view_channel=True))
    manager = desk.env.guild.add_member(desk.env.create_user("chief"), roles=[role])
    closed = desk.env.guild.create_text_channel(
        "closed", overwrites={desk.env.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    result = await manager.slash(desk.channel, "digest", channel=closed, every="week")
    assert "I may not write in" in said(result.response)


async def test_a_thumb_down_becomes_a_candidate_case(kelp, accord, tmp_path):
    desk, _, _ = kelp
    result = await desk.ask(QUESTION)
    down = next(one for one in row(result.response) if one.get("emoji", {}).get("name") == "👎")
    form = await desk.asker.click(result.response, custom_id=down["custom_id"])
    await desk.asker.submit_modal(form, {"reason": "wrong", "comment": "It is 80 by now."})
    out = tmp_path / "candidates.jsonl"
    command = ("eval", "from-feedback", str(out), "--data-dir", str(tmp_path / "store"))
    done = await asyncio.to_thread(accord, *command)
    assert (done.code, done.out) == (0, f"1 new, 0 there already: {out}\n")
    (case,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert case["question"] == QUESTION
    assert case["candidate"] == {
        "reason": "wrong",
        "comment": "It is 80 by now.",
        "at": case["candidate"]["at"],
        "answered": case["candidate"]["answered"],
        "status": "answered",
    }
    assert "90 tonnes" in case["candidate"]["answered"]
    assert case["evidence"] == [[{"url": case["evidence"][0][0]["url"], "quote": case["evidence"][0][0]["quote"]}]]
    assert str(desk.asker.id) not in out.read_text("utf-8")  # who said it is nobody's business there
    (row_,) = load_set(out)
    assert row_.answerable
    out.write_text(json.dumps({**case, "answer": "90 tonnes."}))  # worked on, and without a last line break
    done = await asyncio.to_thread(accord, *command)
    assert done.out.startswith("0 new, 1 there already")
    assert json.loads(out.read_text("utf-8"))["answer"] == "90 tonnes."
