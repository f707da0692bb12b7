"""kill -9 at random moments of a real ingest, then one that may finish: is every article there once, whole, found?

Each ingest is killed after a random part of the time that a whole one takes, so that the kills fall into loading,
embedding and storing alike; the next one goes on in the same store, and a new store follows one that is done.

    python benchmarks/kill_ingest.py [ARTICLES.jsonl or folder] [--kills 20] [--seed 1]
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.opening import open_searcher
from corpus.settings import CorpusSettings
from corpus.types import sha256

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"


def ingest(source: Path, data_dir: Path) -> tuple[dict[str, object], float]:
    """The report of one whole ingest and the time the command took."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "accord", "ingest", str(source), "--data-dir", str(data_dir), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout), time.perf_counter() - started


def killed(source: Path, data_dir: Path, after: float) -> bool:
    """Start an ingest and kill it. Whether it was still running then."""
    command = [sys.executable, "-m", "accord", "ingest", str(source), "--data-dir", str(data_dir)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def contents(data_dir: Path) -> dict[str, str]:
    """Text hash by address of everything live."""
    with open_searcher(CorpusSettings(data_dir=data_dir)).catalogue.snapshot() as snapshot:
        return {version.article.url: sha256(version.article.text) for version in snapshot.by_status("live")}


def unfound(data_dir: Path) -> tuple[int, int]:
    """(passages that a search for their own text does not find first or beside an equal text, all passages)."""
    searcher = open_searcher(CorpusSettings(data_dir=data_dir))
    with searcher.catalogue.snapshot() as snapshot:
        passages = [passage for passage, _ in snapshot.passages_of("live")]
    lost = 0
    for passage in passages:
        hits = searcher.search(passage.text, 5).hits
        lost += passage.id not in {hit.passage.id for hit in hits if hit.passage.text == passage.text}
    return lost, len(passages)


def main() -> None:
    """Ingest once undisturbed and once with kills, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)  # noqa: S311 - the same moments every time
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm"
        first, whole_time = ingest(arguments.source, calm)
        second, again_time = ingest(arguments.source, calm)
        print(f"undisturbed: {first['added']} added, {first['passages']} passages")
        print(f"again: {second['unchanged']} unchanged, {second['passages']} passages written", end=", ")
        print(f"{again_time / whole_time:.3f} of the time")
        wanted, hit, stores, whole = contents(calm), 0, 1, True
        store = Path(folder) / "stormy-1"
        while hit < arguments.kills:
            if killed(arguments.source, store, moments.uniform(0.2, whole_time)):
                hit += 1
            else:  # it came to its end, however often it had been killed: check it and begin another
                whole &= contents(store) == wanted
                stores += 1
                store = Path(folder) / f"stormy-{stores}"
        last, _ = ingest(arguments.source, store)
        print(f"{hit} kills of running ingests, into {stores} stores; failed at the end: {last['failed']}")
        print("every store holds the same articles, each once and whole:", whole and contents(store) == wanted)
        lost, passages = unfound(store)
        print(f"passages not found by their own text: {lost} of {passages}")


if __name__ == "__main__":
    main()
