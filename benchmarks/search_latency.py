"""How long a search takes in a store of some size, stage by stage, with the reranker and without.

Each question is asked of all sides in turn, in one warm process. The plain side is what any vector store would do: the
question embedded, and one Chroma query. Milliseconds of the clock, and of the processor over all threads; beside other
work on the machine the second are the steadier ones, and the ratios more so.

    python benchmarks/search_latency.py ARTICLES.jsonl[.gz]... [--questions QUESTIONS.jsonl[.gz]] [--json]
    python benchmarks/search_latency.py --data-dir STORE [--passages 30000] [--asked 200] [--warm-up 100]
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from memory import rows

from corpus.catalogue import Catalogue
from corpus.opening import open_embedder, open_searcher
from corpus.settings import CorpusSettings
from corpus.store import catalogue_at, place_of
from corpus.types import Filters
from corpus.vectors import VectorIndex

K = 10
PLAIN = "plain"
COLUMNS = ("side", "stage", "p50", "p95", "p95/p50", "of plain")
Ask = Callable[[str], dict[str, int]]
Times = dict[str, list[float]]  # by stage, milliseconds


def build(sources: list[Path], folder: Path) -> Path:
    """A store of the articles, by `accord ingest`."""
    joined = folder / "articles.jsonl"
    with joined.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for source in sources for row in rows(source, None))
    command = [sys.executable, "-m", "accord", "ingest", str(joined), "--data-dir", str(folder / "store"), "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "store"


def questions(source: Path | None, catalogue: Catalogue, wanted: int) -> list[str]:
    """Questions of a file, or else titles of the store's articles, from all over it."""
    if source is None:
        with catalogue.snapshot() as snapshot:
            found = [version.article.title for version in snapshot.by_status("live") if version.article.title]
    else:
        with gzip.open(source, "rt", "utf-8") if source.suffix == ".gz" else source.open(encoding="utf-8") as file:
            found = [json.loads(line)["question"] for line in file]
    if len(found) < wanted:
        raise SystemExit(f"{len(found)} questions are fewer than --warm-up and --asked together")
    return found[:: len(found) // wanted][:wanted]


@contextmanager
def plain(settings: CorpusSettings, catalogue: Catalogue) -> Iterator[Ask]:
    """The embedder and one Chroma query for as many candidates as search takes."""
    embedder, vectors = open_embedder(settings), VectorIndex(place_of(settings.data_dir, None))
    with catalogue.snapshot() as snapshot:
        state = snapshot.index_state()
    if state is None:
        raise SystemExit("the store has no vectors")
    vectors.open(state.collection, state.generation, state.spec)

    def ask(question: str) -> dict[str, int]:
        vectors.query(embedder.vectors([question])[0], settings.retrieval.candidates, Filters())
        return {}

    yield ask
    vectors.close()


@contextmanager
def searching(settings: CorpusSettings, reranker: str) -> Iterator[Ask]:
    """Search with this reranker."""
    searcher = open_searcher(settings.model_copy(update={"reranker": reranker}))
    yield lambda question: searcher.search(question, K).timings_ms
    searcher.close()


def timed(ask: Ask, question: str, times: Times) -> None:
    """Ask once and note what each stage took."""
    started, worked = time.perf_counter(), time.process_time()
    stages = ask(question)
    taken = {
        **{stage: stages[stage] for stage in ("embed", "candidates", "rerank") if stage in stages},
        "total": (time.perf_counter() - started) * 1000,
        "total, processor": (time.process_time() - worked) * 1000,
    }
    for stage, milliseconds in taken.items():
        times.setdefault(stage, []).append(milliseconds)


def table(times: dict[str, Times]) -> list[dict[str, str | float]]:
    """Percentiles by side and stage."""
    found: list[dict[str, str | float]] = []
    for side, stages in times.items():
        for stage, taken in stages.items():
            half, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            figures = [half, most, most / half if half else 0.0]
            if stage in times[PLAIN]:
                figures.append(half / statistics.median(times[PLAIN][stage]))
            found.append(dict(zip(COLUMNS, [side, stage, *(round(figure, 2) for figure in figures)], strict=False)))
    return found


def compare(data_dir: Path, arguments: argparse.Namespace) -> None:
    """Ask every side in turn and print what it took."""
    settings, catalogue = CorpusSettings(data_dir=data_dir), catalogue_at(data_dir)
    with catalogue.snapshot() as snapshot:
        passages = snapshot.counts().passages
    if passages < arguments.passages:
        raise SystemExit(f"the store holds {passages} passages, fewer than --passages {arguments.passages}")
    asked = questions(arguments.questions, catalogue, arguments.warm_up + arguments.asked)
    times: dict[str, Times] = {}
    with ExitStack() as stack:
        sides = {PLAIN: stack.enter_context(plain(settings, catalogue))}
        sides |= {f"reranker {name}": stack.enter_context(searching(settings, name)) for name in ("none", "builtin")}
        for number, question in enumerate(asked):
            for side, ask in sides.items():
                timed(ask, question, times.setdefault(side, {}) if number >= arguments.warm_up else {})
    show(passages, arguments.asked, table(times), as_json=arguments.json)


def show(passages: int, asked: int, found: list[dict[str, str | float]], *, as_json: bool) -> None:
    """Print the figures."""
    if as_json:
        print(json.dumps({"passages": passages, "questions": asked, "rows": found}))
        return
    print(f"{passages} passages, {asked} questions, milliseconds")
    print(f"{COLUMNS[0]:18} {COLUMNS[1]:17}" + "".join(f"{column:>10}" for column in COLUMNS[2:]))
    for row in found:
        figures = "".join(f"{row[column]:>10}" if column in row else "" for column in COLUMNS[2:])
        print(f"{row['side']:18} {row['stage']:17}{figures}")


def main() -> None:
    """Measure in a store that is there, or in one made of the articles."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", nargs="*", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("--data-dir", type=Path, help="a store that is there already")
    parser.add_argument("--passages", type=int, default=30_000, help="fewest that the store must hold")
    parser.add_argument("--questions", type=Path, help="JSONL with a `question` each; else the articles' titles")
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--warm-up", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if bool(arguments.sources) == bool(arguments.data_dir):
        parser.error("name article files, or --data-dir")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        compare(arguments.data_dir or build(arguments.sources, Path(folder)), arguments)


if __name__ == "__main__":
    main()
