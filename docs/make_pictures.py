"""Draw the pictures of the Discord bot in docs/pictures.

    pip install 'accord[pictures]' and a Chromium (Debian: apt-get install chromium), then
    python docs/make_pictures.py [--width PIXELS] [FOLDER]

FOLDER is docs/pictures unless given. The real bot answers from a store of corpus/articles under simcord,
which draws what Discord would show.
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import BrowserType

from accord.settings import load
from bot.answering.types import Ask
from bot.discord_app.client import build_client
from bot.opening import open_answerer

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 560, 900
QUESTIONS = {
    "discord-answer.png": "why did talks stall on autos?",
    "discord-refusal.png": "how do I bake sourdough bread?",
}


def use_installed_chromium() -> None:
    """Let Playwright start the system's Chromium in place of its own download."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    launch = BrowserType.launch

    async def launch_installed(self: BrowserType, **options: Any) -> Any:
        return await launch(self, **options, executable_path=path, args=["--no-sandbox", "--disable-gpu"])

    if path:
        BrowserType.launch = launch_installed


async def draw(client: discord.Client, pictures: Path, width: int) -> None:
    """Ask each question with /ask and take a picture of the answer."""
    async with simcord.run(client, settle_timeout=60) as env:
        if client.user:
            await client.user.edit(username="Accord")
        channel = env.create_guild(name="Trade desk").create_text_channel("questions")
        asker = env.guild.add_member(env.create_user("mara"))
        for name, question in QUESTIONS.items():
            result = await asker.slash(channel, "ask", question=question)
            async with env.preview(channel, viewers=[asker], width=width, height=HEIGHT) as page:
                await page.screenshot(str(pictures / name), viewer=asker, target=result.response)


def main() -> None:
    """Build a store in a temporary folder and draw from it."""
    options = _options()
    use_installed_chromium()
    options.folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _ingest(ROOT / "corpus" / "articles", folder)
        settings = load(data_dir=Path(folder))
        answerer = open_answerer(settings)
        answerer.answer(Ask("tariffs"))  # loads the models, as the bot does when it starts
        client = build_client(answerer, settings.discord)
        try:
            asyncio.run(draw(client, options.folder, options.width))
        finally:
            client.answers.close()
            answerer.close()


def _ingest(articles: Path, data_dir: str) -> None:
    command = [sys.executable, "-m", "accord", "ingest", str(articles), "--data-dir", data_dir]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own command


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw the pictures of the Discord bot.")
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    parser.add_argument("--width", type=int, default=WIDTH, help="a phone has about 400")
    return parser.parse_args()


if __name__ == "__main__":
    main()
