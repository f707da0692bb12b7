"""Memory and speed of ingesting many articles: does memory stay flat?

A real `accord ingest` of the rows runs beside a sampler. Counted is the resident memory (VmRSS in /proc) of the command
and all its child processes, added up: what they share is counted once a process, so that the sum is never too low.
Rows of Reuters-21578 get web addresses and ISO dates on the way, as `accord ingest` wants them. Linux only.

    python benchmarks/memory.py ROWS.jsonl[.gz] [--limit N]
"""

import argparse
import gzip
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

SAMPLE_S = 0.2
QUARTERS = 4
URN = "urn:reuters21578:"
ADDRESS = "https://reuters21578.example/"
Sample = tuple[float, int]  # seconds since the start, bytes


def rows(source: Path, limit: int | None) -> Iterator[dict[str, object]]:
    """The source's rows as `accord ingest` reads them."""
    with gzip.open(source, "rt", encoding="utf-8") if source.suffix == ".gz" else source.open(encoding="utf-8") as file:
        for row in map(json.loads, itertools.islice(file, limit)):
            if row["url"].startswith(URN):
                row["url"] = ADDRESS + row["url"].removeprefix(URN)
                row["published"] = iso(row["published"])
            yield row


def iso(stamp: str) -> str | None:
    """`26-FEB-1987 15:01:01.79` as 1987-02-26T15:01:01; None for the few that are damaged."""
    with suppress(ValueError):
        return datetime.strptime(stamp.strip().partition(".")[0], "%d-%b-%Y %H:%M:%S").isoformat()  # noqa: DTZ007 - the rows name no zone
    return None


def tree(root: int) -> set[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            # The name, in brackets, may hold spaces and brackets itself; the parent is the second field after it.
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found, new = set[int](), [root]
    while new:
        process = new.pop()
        found.add(process)
        new += children.get(process, [])
    return found


def resident(processes: set[int]) -> int:
    """Their resident memory together, bytes."""
    total = 0
    for process in processes:
        with suppress(OSError):
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1]) * 1024
    return total


def ingest(source: Path, folder: Path) -> tuple[dict[str, object], list[Sample]]:
    """The report of an ingest, and samples of the memory that it took."""
    command = [sys.executable, "-m", "accord", "ingest", str(source), "--data-dir", str(folder / "store"), "--json"]
    samples: list[Sample] = []
    with (folder / "report.json").open("w+", encoding="utf-8") as report:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=report)
        while process.poll() is None:
            samples.append((time.perf_counter() - started, resident(tree(process.pid))))
            with suppress(subprocess.TimeoutExpired):
                process.wait(SAMPLE_S)
        report.seek(0)
        return json.load(report), samples


def main() -> None:
    """Ingest the rows and print what it took, over all and by quarters of the time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--limit", type=int, help="only so many rows")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "rows.jsonl"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows(arguments.source, arguments.limit))
        report, samples = ingest(source, Path(folder))
    seconds = samples[-1][0]
    outcomes = ("added", "duplicate", "skipped", "failed")
    counts = ", ".join(f"{report[name]} {name}" for name in outcomes if report.get(name))
    print(f"{counts}; {report['passages']} passages in {seconds:.0f} s, {int(str(report['passages'])) / seconds:.1f}/s")
    print(f"peak resident memory, all processes: {max(size for _, size in samples) >> 20} MB")
    for quarter in range(QUARTERS):
        part = [size for when, size in samples if quarter <= when / seconds * QUARTERS <= quarter + 1]
        print(f"  quarter {quarter + 1} of the time: peak {max(part, default=0) >> 20} MB")


if __name__ == "__main__":
    main()
