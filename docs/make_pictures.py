"""Draw the pictures of the Discord bot in docs/pictures.

    pip install 'accord[pictures]' and a Chromium (Debian: apt-get install chromium), then
    python docs/make_pictures.py [FOLDER]

FOLDER is docs/pictures unless given. The real bot answers from a store of corpus/articles under simcord,
which draws what Discord would show.
"""

import argparse
import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import BrowserType

from bot.answering.chain import Answerer
from bot.answering.types import Ask
from bot.discord_app.client import AccordClient, build_client
from bot.opening import open_answerer
from bot.settings import BotSettings, DiscordSettings

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DESKTOP, PHONE, HEIGHT = 620, 400, 1_400
QUESTION = "why did talks stall on autos?"
CHANGES = "how did the auto tariff change for Japan?"
MESSAGE = (
    "Talks stalled because neither government would give way on cars. Trump's letter of July 7 set a 35 percent "
    "tariff on Japanese goods from August 1. The Danish fishing fleet bought seven new trawlers in Esbjerg."
)


@dataclass(frozen=True)
class Scene:
    """A channel with people in it, over a store of its own."""

    env: simcord.Env
    client: AccordClient
    channel: simcord.ChannelHandle
    mara: simcord.MemberActor
    chief: simcord.MemberActor
    moody: "Moody"
    articles: Path
    data_dir: Path


class Moody:
    """Answers as the library does, unless it is made to fail."""

    def __init__(self, library: Answerer) -> None:
        self._library = library
        self.fails = False

    def answer(self, ask: Ask, watch: Any = None) -> Any:
        """The answer, or a failure that nobody foresaw."""
        if self.fails:
            raise RuntimeError
        return self._library.answer(ask, watch)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)


Picture = tuple[str, Any, simcord.MemberActor, int]  # name, what is in it, who sees it, width


async def pictures(scene: Scene) -> AsyncIterator[Picture]:
    """Everything that the bot shows, one after the other."""
    channel, mara, chief = scene.channel, scene.mara, scene.chief
    answer = await mara.slash(channel, "ask", question=QUESTION)
    yield "answer", answer.response, mara, DESKTOP
    yield "answer-phone", answer.response, mara, PHONE
    yield "passages", (await mara.click(answer.response, label="Passages")).response, mara, DESKTOP
    yield "sources", (await mara.click(answer.response, label="Sources")).response, mara, DESKTOP
    yield "rating", await mara.click(answer.response, custom_id=_id(answer.response, "down")), mara, DESKTOP
    yield "changes", (await mara.slash(channel, "ask", question=CHANGES)).response, mara, DESKTOP
    yield (
        "refusal",
        (await mara.slash(channel, "ask", question="how do I bake sourdough bread?")).response,
        mara,
        DESKTOP,
    )
    private = await mara.slash(channel, "ask", question="how many british cars get the lower rate?", private=True)
    yield "private", private.response, mara, DESKTOP
    scene.moody.fails = True
    failure = await mara.slash(channel, "ask", question="why did the chip talks fail?")
    scene.moody.fails = False
    yield "failure", failure.response, mara, DESKTOP
    yield (
        "timeline",
        (await mara.slash(channel, "timeline", topic="tariffs on cars from Japan")).response,
        mara,
        DESKTOP,
    )
    yield "list", (await mara.slash(channel, "sources")).response, mara, DESKTOP
    yield "article", (await mara.slash(channel, "article", title="Why the U.S.-Japan")).response, mara, DESKTOP
    yield "help", (await mara.slash(channel, "help")).response, mara, DESKTOP
    message = await mara.send(channel, MESSAGE)
    yield "check", (await chief.context_menu(channel, "Check against sources", message)).response, chief, DESKTOP
    yield "settings", (await chief.slash(channel, "settings")).response, chief, DESKTOP
    yield "status", (await chief.slash(channel, "status")).response, chief, DESKTOP
    yield "runs", (await chief.slash(channel, "runs")).response, chief, DESKTOP
    async for one in _of_a_change(scene, answer):
        yield one
    yield "thread", await _thread(scene), mara, DESKTOP


async def _of_a_change(scene: Scene, answer: simcord.InteractionResult) -> AsyncIterator[Picture]:
    """The digest of new articles, and an answer whose article was changed."""
    news = scene.env.guild.create_text_channel("news")
    await scene.chief.slash(scene.channel, "digest", channel=news, every="day")
    article = scene.articles / "2025-07-08-why-us-japan-talks-stalled.md"
    article.write_text(re.sub(r"(?m)^Talks between.*\n", "", article.read_text("utf-8"), count=1), "utf-8")
    for name in (ROOT / "corpus" / "articles").glob("2026-0[46]*.md"):
        shutil.copy(name, scene.articles)
    await asyncio.to_thread(_ingest, scene.articles, scene.data_dir)
    await scene.env.advance_time(24 * 3600)
    yield "corrected", answer.response, scene.mara, DESKTOP
    yield "corrections", (await scene.mara.slash(scene.channel, "corrections")).response, scene.mara, DESKTOP
    yield "digest", news.last_message, scene.mara, DESKTOP


async def _thread(scene: Scene) -> simcord.ChannelHandle:
    """A question in a channel that opens threads, and a follow-up in it."""
    channel = scene.env.guild.create_text_channel("ask-accord")
    await scene.client.desk.records.set_server(scene.env.guild.id, "thread_channels", [channel.id])
    await scene.mara.send(channel, "what did Japan promise in July 2025?")
    (thread,) = channel.threads
    await scene.mara.send(thread, "and Korea?")
    return thread


def _id(message: simcord.ResponseMessage, name: str) -> str:
    found = re.search(rf"accord:{name}:\w+", str(message.components))
    return found[0] if found else ""


async def draw(scene: Scene, folder: Path) -> None:
    """Take every picture."""
    async for name, target, viewer, width in pictures(scene):
        whole = isinstance(target, simcord.ChannelHandle)
        layout = {"layout": "channel"} if whole else {}
        channel = target if whole else scene.channel
        if not whole and getattr(target, "channel", None) is not None:
            channel = next(one for one in scene.env.guild.channels.values() if one.id == target.channel.id)
        preview = scene.env.preview(channel, viewers=[viewer], width=width, height=HEIGHT, **layout)
        async with preview as page:
            shot = {} if whole else {"target": target}
            await page.screenshot(str(folder / f"discord-{name}.png"), viewer=viewer, **shot)


async def play(client: AccordClient, moody: Moody, articles: Path, data_dir: Path, folder: Path) -> None:
    """Set the scene and draw it."""
    async with simcord.run(client, settle_timeout=60) as env:
        if client.user:
            await client.user.edit(username="Accord")
        channel = env.create_guild(name="Trade desk").create_text_channel("questions")
        role = env.guild.create_role("desk heads", permissions=discord.Permissions(manage_guild=True))
        mara, chief = (
            env.guild.add_member(env.create_user("mara")),
            env.guild.add_member(env.create_user("noor"), roles=[role]),
        )
        await draw(Scene(env, client, channel, mara, chief, moody, articles, data_dir), folder)


def use_installed_chromium() -> None:
    """Let Playwright start the system's Chromium in place of its own download."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    launch = BrowserType.launch

    async def launch_installed(self: BrowserType, **options: Any) -> Any:
        return await launch(self, **options, executable_path=path, args=["--no-sandbox", "--disable-gpu"])

    if path:
        BrowserType.launch = launch_installed


def main() -> None:
    """Build a store in a temporary folder and draw from it."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the Discord bot.")
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    folder = parser.parse_args().folder
    folder.mkdir(exist_ok=True)
    use_installed_chromium()
    with tempfile.TemporaryDirectory() as home:
        articles, data_dir = Path(home) / "articles", Path(home) / "store"
        shutil.copytree(ROOT / "corpus" / "articles", articles, ignore=shutil.ignore_patterns("2026-0[46]*"))
        _ingest(articles, data_dir)
        library = open_answerer(BotSettings(data_dir=data_dir))
        library.answer(Ask("tariffs"))  # loads the models, as the bot does when it starts
        moody = Moody(library)
        client = build_client(moody, DiscordSettings(), data_dir)
        try:
            asyncio.run(play(client, moody, articles, data_dir, folder))
        finally:
            client.desk.close()
            library.close()


def _ingest(articles: Path, data_dir: Path) -> None:
    command = [sys.executable, "-m", "accord", "ingest", str(articles), "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
