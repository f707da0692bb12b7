"""kill -9 at random moments of real ingests of a changing feed and folder: nothing lost, doubled or half-seen?

The articles are served as a feed on loopback and lie in a folder as well, under the same addresses. Round after
round some of them change, shrink, come back or are new; each round's ingest, of the feed or of the folder by turns, is
killed at random moments several times and then allowed to finish. After every kill the store is read: each address
is live once, whole, in its old or its new version, never in an older one than was seen before, and each passage
has its vector. Meanwhile a reader in this process searches all the time and looks for one article in two versions.

    python benchmarks/kill_ingest.py [ARTICLES.jsonl] [--articles 24] [--kills 200] [--seed 1]
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.opening import open_searcher
from corpus.settings import CorpusSettings
from corpus.store import CATALOGUE_FILE, VECTOR_FOLDER
from corpus.types import sha256
from corpus.vectors import OWN_WRITES, Place, VectorIndex
from ingest.document import Document
from ingest.extract import extract

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
KILLS_A_ROUND = 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """The articles as they are now: Markdown by name, behind a feed and in a folder."""

    def __init__(self, texts: list[str], folder: Path, chance: random.Random) -> None:
        self._texts = texts
        self._chance = chance
        self._folder = folder
        self.round = 0
        self.pages: dict[str, str] = {}
        self.address = ""

    def turn(self) -> None:
        """The next round: about a third of the articles are of a new version, some shrunk, one more is there."""
        self.round += 1
        for n, text in enumerate(self._texts):
            name = f"{n}.md"
            new = name not in self.pages and n < 8 + 2 * self.round
            if new or (name in self.pages and self._chance.random() < 1 / 3):
                paragraphs = text.split("\n\n")
                kept = paragraphs[: max(1, len(paragraphs) // self._chance.choice((1, 1, 2, 4)))]
                body = "\n\n".join([*kept, f"This is what was known in round {self.round}."])
                self.pages[name] = f"---\ntitle: Story {n}\nurl: {self.address}/{name}\n---\n\n{body}\n"
        for name, page in self.pages.items():
            (self._folder / name).write_text(page, "utf-8")

    def feed(self) -> str:
        """All articles as RSS."""
        date = format_datetime(NOW)
        items = "".join(
            f"<item><title>x</title><link>{self.address}/{name}</link><pubDate>{date}</pubDate></item>"
            for name in self.pages
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Round {self.round}</title>{items}</channel></rss>'
        )

    def wanted(self) -> dict[str, str]:
        """Text hash by address, as extraction gives it."""
        hashes = {}
        for name, page in self.pages.items():
            url = f"{self.address}/{name}"
            hashes[url] = sha256(extract(Document(name, url, "markdown", page.encode(), NOW)).text)
        return hashes


@contextmanager
def served(world: World) -> Iterator[None]:
    """The world's feed and pages on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            body = world.feed() if name == "feed.xml" else world.pages.get(name)
            # The tag follows the content, so that "not modified" is asked and answered all the time.
            tag = f'"{sha256(body or "")[:16]}"'
            same = self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else 200 if body else 404)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/rss+xml" if name == "feed.xml" else "text/markdown")
            self.end_headers()
            self.wfile.write(b"" if same else (body or "").encode())

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        world.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield
        server.shutdown()


def command(source: str, data_dir: Path) -> list[str]:
    """The real command line."""
    return [sys.executable, "-m", "accord", "ingest", source, "--data-dir", str(data_dir), "--json"]


def killed(source: str, data_dir: Path, after: float) -> bool:
    """Start an ingest and kill it. Whether it was still running then."""
    process = subprocess.Popen(command(source, data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def whole(source: str, data_dir: Path) -> float:
    """Run an ingest to its end; the time it took."""
    started = time.perf_counter()
    subprocess.run(command(source, data_dir), check=True, capture_output=True)
    return time.perf_counter() - started


def contents(data_dir: Path) -> dict[str, str]:
    """Text hash by address of everything live, after checking that it is whole and in both indexes."""
    with Catalogue(data_dir / CATALOGUE_FILE).snapshot() as snapshot:
        live = list(snapshot.by_status("live"))
        passages = [passage for passage, _ in snapshot.passages_of("live")]
        state, counts = snapshot.index_state(), snapshot.counts()
    if len({version.article.url for version in live}) != len(live):
        raise SystemExit("DOUBLED: an address is live twice")
    if sum(version.passages for version in live) != len(passages) or counts.passages != len(passages):
        raise SystemExit("LOST: passages are missing from the full-text index")
    if state is not None:
        index = VectorIndex(Place(data_dir / VECTOR_FOLDER))
        index.open(state.collection, OWN_WRITES, state.spec)
        missing = {passage.id for passage in passages} - index.holds([passage.id for passage in passages])
        index.close()
        if missing:
            raise SystemExit(f"LOST: {len(missing)} live passages have no vector")
    return {version.article.url: sha256(version.article.text) for version in live}


class Reader(threading.Thread):
    """Searches without a pause, as the bot does, and counts what no reader may see."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(daemon=True)
        self._searcher = open_searcher(CorpusSettings(data_dir=data_dir))
        self.stop = threading.Event()
        self.searches = self.half_seen = 0

    def run(self) -> None:
        """Until told to stop."""
        while not self.stop.wait(0.02):
            hits = self._searcher.search("what was known in this round?", 50).hits
            revisions: dict[str, set[int]] = {}
            for hit in hits:
                revisions.setdefault(hit.passage.article_id, set()).add(hit.passage.revision)
            self.searches += 1
            self.half_seen += any(len(found) > 1 for found in revisions.values())


def unfound(data_dir: Path) -> tuple[int, int]:
    """(passages that a search for their own text does not find beside an equal text, all passages)."""
    searcher = open_searcher(CorpusSettings(data_dir=data_dir))
    with searcher.catalogue.snapshot() as snapshot:
        passages = [passage for passage, _ in snapshot.passages_of("live")]
    lost = 0
    for passage in passages:
        hits = searcher.search(passage.text, 5).hits
        lost += passage.text not in {hit.passage.text for hit in hits}
    return lost, len(passages)


def check(found: dict[str, str], before: dict[str, str], after: dict[str, str], seen: dict[str, str]) -> None:
    """Every article in its old or its new version, and none gone back or lost."""
    for url, was in before.items():
        if url not in found:
            raise SystemExit(f"LOST: {url}")
        if found[url] not in {was, after.get(url)}:
            raise SystemExit(f"HALF: {url} is neither its old nor its new version")
    for url, now in seen.items():
        if now == after.get(url) and found.get(url) != now:
            raise SystemExit(f"LOST: {url} went back to an older version")
    if unknown := set(found) - set(after):
        raise SystemExit(f"UNKNOWN: {unknown}")


def main() -> None:
    """Rounds of kills, each one's end compared with what it should be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    os.environ |= {"ACCORD_ALLOW_PRIVATE_HOSTS": "127.0.0.1", "ACCORD_FETCH__DELAY_S": "0"}
    chance = random.Random(arguments.seed)  # noqa: S311 - the same moments every time
    with tempfile.TemporaryDirectory() as home:
        folder, data_dir = Path(home) / "articles", Path(home) / "store"
        folder.mkdir()
        world = World(texts(arguments.source)[: arguments.articles], folder, chance)
        with served(world):
            storm(world, folder, data_dir, arguments.kills, chance)
        lost, passages = unfound(data_dir)
        print(f"passages not found by their own text: {lost} of {passages}")


def storm(world: World, folder: Path, data_dir: Path, kills: int, chance: random.Random) -> None:
    """Kill until there were enough; raises SystemExit at the first thing that no one may see."""
    world.turn()
    duration = whole(f"{world.address}/feed.xml", data_dir)
    before = contents(data_dir)
    reader = Reader(data_dir)
    reader.start()
    hit, late = {"feed": 0, "folder": 0}, 0
    while sum(hit.values()) < kills:
        world.turn()
        after = world.wanted()
        through = chance.choice(("feed", "folder"))
        source = f"{world.address}/feed.xml" if through == "feed" else str(folder)
        seen: dict[str, str] = {}
        for _ in range(KILLS_A_ROUND):
            if killed(source, data_dir, chance.uniform(0.1, duration)):
                hit[through] += 1
            else:
                late += 1
            found = contents(data_dir)
            check(found, before, after, seen)
            seen = found
        duration = 0.7 * duration + 0.3 * whole(source, data_dir)
        if contents(data_dir) != after:
            raise SystemExit("LOST: the round's last ingest did not bring everything up to date")
        before = after
    reader.stop.set()
    reader.join()
    print(f"{world.round} rounds, {len(world.pages)} articles, {sum(hit.values())} kills of running ingests", end=" ")
    print(f"({hit['feed']} of the feed's, {hit['folder']} of the folder's; {late} more came too late)")
    print("after every kill each article was there once, whole, in its old or its new version: True")
    print(f"searches meanwhile: {reader.searches}; with one article in two versions: {reader.half_seen}")


def texts(source: Path | None) -> list[str]:
    """Article texts of a JSONL file, or of the shipped articles."""
    if source is not None:
        return [json.loads(line)["text"] for line in source.read_text("utf-8").splitlines()]
    return [path.read_text("utf-8").partition("\n---\n")[2].strip() for path in sorted(SHIPPED.glob("*.md"))]


if __name__ == "__main__":
    main()
