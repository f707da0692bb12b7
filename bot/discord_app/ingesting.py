"""An ingest on behalf of somebody in Discord: the command line's own, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import structlog

from bot.discord_app.showing.plain import inert_line

if TYPE_CHECKING:
    from pathlib import Path

log = structlog.get_logger(__name__)
LONGEST_S = 600
TOO_LONG = (
    "Reading took longer than ten minutes and was stopped. What was stored stays; the next time goes on from there."
)
UNKNOWN = "That could not be read; the log says why."
OUTCOMES = ("added", "changed", "unchanged", "duplicate", "withdrawn", "skipped", "failed")
MOST_TITLES = 10
BUSY, UNUSABLE = 3, 2  # exit codes
REASONS = {
    BUSY: "The store is busy or cannot be used at the moment. Please try again in a minute.",
    UNUSABLE: "That address cannot be used.",
}


async def ingest(address: str, data_dir: Path) -> str:
    """Read an address into the store; what came of it, in a few lines."""
    return await asyncio.to_thread(_ingest, address, data_dir)


def _ingest(address: str, data_dir: Path) -> str:
    command = [sys.executable, "-m", "accord", "ingest", "--json", "--data-dir", str(data_dir), "--", address]
    try:
        # Of the arguments only the address is somebody else's, and it stands behind "--"; no shell is involved.
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_S, check=False)  # noqa: S603 - as said above
    except subprocess.TimeoutExpired:
        return TOO_LONG
    try:
        return _told(json.loads(done.stdout))
    except ValueError:
        log.warning("ingest_failed", exit_code=done.returncode)
        return REASONS.get(done.returncode, UNKNOWN)


def _told(report: dict[str, Any]) -> str:
    counts = [f"{report[one]} {one}" for one in OUTCOMES if report.get(one)]
    lines = [f"Done in {report['seconds']:.0f} s: {', '.join(counts) or 'nothing there'}."]
    told = [item for item in report["items"] if item["outcome"] != "unchanged"]
    lines += [_item(item) for item in told[:MOST_TITLES]]
    if len(told) > MOST_TITLES:
        lines.append(f"… and {len(told) - MOST_TITLES} more; `/runs` and `accord runs` have them all.")
    return "\n".join(lines)


def _item(item: dict[str, Any]) -> str:
    named = inert_line(item["title"] or item["source"], 80)
    reason = f" ({inert_line(item['reason'], 80)})" if item["reason"] else ""
    return f"- {item['outcome']}: {named}{reason}"
