"""How long a search takes in a store of some size, with the reranker and without, beside a plain Chroma query.

`accord eval ranking DATA --store STORE` prints the same of a store that is there; this makes one first.

    python benchmarks/search_latency.py ARTICLES.jsonl[.gz]...
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from memory import rows

from corpus.settings import CorpusSettings
from evals.ranking import latency
from evals.ranking.measured import Measured
from evals.ranking.table import show


def build(sources: list[Path], folder: Path) -> Path:
    """A store of the articles, by `accord ingest`."""
    joined = folder / "articles.jsonl"
    with joined.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for source in sources for row in rows(source, None))
    command = [sys.executable, "-m", "accord", "ingest", str(joined), "--data-dir", str(folder / "store"), "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "store"


def main() -> None:
    """Fill a store and time searches in it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", nargs="+", type=Path, metavar="ARTICLES.jsonl")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        show(Measured([latency.section(CorpusSettings(), build(parser.parse_args().sources, Path(folder)))]))


if __name__ == "__main__":
    main()
