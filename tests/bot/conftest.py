"""The real bot in simcord's Discord, over real stores that the real command line has filled."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from accord.settings import load
from bot.answering.chain import Answerer
from bot.answering.generating.models import open_chat_model
from bot.answering.types import Answer, Ask
from bot.opening import open_answerer
from bot.settings import AnswerSettings, BotSettings
from corpus.catalogue import Catalogue
from corpus.opening import open_searcher
from corpus.search import Searcher

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "corpus" / "articles"
SHIPPED = ("2025-07-08-why-us-japan-talks-stalled.md", "2025-05-09-uk-deal-car-quota.md")
HOSTILE = {
    "title": "[Free money](http://evil.example/title) for @everyone",
    "url": "https://news.example.org/kelp_(quota)",
    "outlet": "<@&1> Gazette",
    "published": "2025-06-01",
    "text": "Norway raised its kelp quota to [90 tonnes](http://evil.example/quota) and told @everyone, <@&1> and "
    "<@123456789012345678> to see https://evil.example/bare for **details**.",
}
ENDLESS = "Greenland rewrote its walrus ivory registry so that " + ", ".join(
    f"carvers in district {n} must report every tusk" for n in range(18)
)
LONG = {
    "title": "The walrus ivory registry",
    "url": "https://news.example.org/walrus",
    "outlet": "Long Reads",
    "published": "2025-06-02",
    "text": f"{ENDLESS}.",
}


class Stub:
    """Answers by a function: for what a real store cannot be made to do. All else is the real answerer's."""

    def __init__(self, reply: Callable[[Ask], Answer], real: Any = None) -> None:
        self.reply, self.real = reply, real
        self.catalogue = real.catalogue if real else Catalogue(Path("none"))

    def answer(self, ask: Ask, watch: Any = None) -> Answer:
        return self.reply(ask)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def ingest(source: Path, data_dir: Path) -> None:
    """Run `accord ingest` in a process of its own."""
    command = [sys.executable, "-m", "accord", "ingest", str(source), "--data-dir", str(data_dir)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.fixture(autouse=True)
def _every_log_line() -> None:
    """Another test may have set the log to warnings only."""
    structlog.reset_defaults()


@pytest.fixture(scope="session", name="ingest")
def _ingest() -> Callable[[Path, Path], None]:
    return ingest


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two shipped articles, one that attacks the reader, and one with an endless sentence."""
    folder = tmp_path_factory.mktemp("articles")
    for name in SHIPPED:
        (folder / name).write_text((ARTICLES / name).read_text("utf-8"), "utf-8")
    lines = [json.dumps(article) for article in (HOSTILE, LONG)]
    (folder / "others.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def answerer(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    """The real answerer over a store of `articles`."""
    data_dir = tmp_path_factory.mktemp("store")
    ingest(articles, data_dir)
    opened = open_answerer(load(data_dir=data_dir))
    opened.answer(Ask("tariffs"))  # the models are loaded once, here
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def stub() -> type[Stub]:
    """Makes an answerer of a function."""
    return Stub


QUESTION = "why did talks stall on autos?"


@pytest.fixture(scope="module")
def searcher(_filled: Path) -> Iterator[Searcher]:
    """Search in the four shipped articles."""
    found = open_searcher(BotSettings(data_dir=_filled / "store"))
    yield found
    found.close()


@pytest.fixture
def opened(searcher: Searcher, chat_server: Any) -> Callable[..., Answerer]:
    """Answering with the scripted model: `opened(chat_timeout_s=1)`."""

    def made(**settings: Any) -> Answerer:
        chosen = BotSettings(chat_model="scripted", chat_url=chat_server.url, answer=AnswerSettings(**settings))
        return Answerer(searcher, chosen.answer, open_chat_model(chosen))

    return made


@pytest.fixture
def ask(opened: Callable[..., Answerer], chat_server: Any) -> Callable[..., Answer]:
    """Asks with the scripted model: `ask("reply", "reply to the second try")`."""

    def asked(*replies: str, watch: Any = None, **settings: Any) -> Answer:
        if replies:
            chat_server.says(*replies)
        return opened(**settings).answer(Ask(QUESTION), watch)

    return asked
