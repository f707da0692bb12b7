"""How long the real command takes over a folder in which nothing changed.

A folder of articles is made from paragraphs of the shipped ones and ingested, then ingested again and again.

    python benchmarks/unchanged.py [--articles 1000] [--rounds 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
SHORTEST = 200  # characters of a paragraph that is used


def make(folder: Path, count: int) -> None:
    """So many Markdown files of about three paragraphs, no two alike."""
    bodies = [path.read_text("utf-8").partition("\n---\n")[2] for path in sorted(SHIPPED.glob("*.md"))]
    paragraphs = [part.strip() for body in bodies for part in body.split("\n\n") if len(part) > SHORTEST]
    for n in range(count):
        chosen = [paragraphs[(n * step + step) % len(paragraphs)] for step in (1, 7, 31)]
        text = "\n\n".join([*chosen, f"This was report number {n}."])
        (folder / f"{n:05}.md").write_text(f"---\ntitle: Report {n}\npublished: 2025-07-08\n---\n\n{text}\n", "utf-8")


def ingest(folder: Path, data_dir: Path) -> tuple[dict[str, int], float]:
    """The report and the seconds from starting the command to its end."""
    command = [sys.executable, "-m", "accord", "ingest", str(folder), "--data-dir", str(data_dir), "--json"]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout), time.perf_counter() - started


def main() -> None:
    """Ingest once, then time the unchanged rounds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder, data_dir = Path(home) / "articles", Path(home) / "store"
        folder.mkdir()
        make(folder, arguments.articles)
        first, whole = ingest(folder, data_dir)
        again = [ingest(folder, data_dir) for _ in range(arguments.rounds)]
        if any(report["unchanged"] != arguments.articles or report["passages"] for report, _ in again):
            raise SystemExit("something was written again")
        seconds = statistics.median(took for _, took in again)
        print(f"{arguments.articles} articles, {first['passages']} passages: {whole:.1f} s the first time")
        print(f"unchanged: {seconds:.2f} s (median of {arguments.rounds}), {seconds / whole:.3f} of the first time")


if __name__ == "__main__":
    main()
