"""An ingest on behalf of somebody in Discord: the command line's own, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
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
UNKNOWN = "That could not be read. A maintainer can try `accord ingest` with it, which says why."
ALREADY = "Another address is being read just now. Please try again when that is done."
OUTCOMES = ("added", "changed", "unchanged", "duplicate", "withdrawn", "skipped", "failed")
MOST_TITLES = 10
BUSY, UNUSABLE = 3, 2  # exit codes
REASONS = {
    BUSY: "The store is busy or cannot be used at the moment. Please try again in a minute.",
    UNUSABLE: "That address cannot be used.",
}


def without_query(address: str) -> str:
    """An address as it may be kept: what follows a question mark can be a key."""
    head, mark, _ = address.partition("?")
    return f"{head}?…" if mark else head


class Ingesting:
    """Ingests one address at a time into one store."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._busy = False

    async def ingest(self, address: str) -> str:
        """Read an address into the store; what came of it, in a few lines."""
        if self._busy:
            return ALREADY
        self._busy = True
        try:
            return await asyncio.to_thread(_ingest, address, self._data_dir)
        finally:
            self._busy = False


def _ingest(address: str, data_dir: Path) -> str:
    command = [sys.executable, "-m", "accord", "ingest", "--json", "--data-dir", str(data_dir), "--", address]
    # Of the arguments only the address is somebody else's, and it stands behind "--"; no shell is involved. In a
    # session of its own, so that its own processes can be ended with it.
    process = subprocess.Popen(  # noqa: S603 - as said above
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        out, _ = process.communicate(timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return TOO_LONG
    try:
        return _told(json.loads(out))
    except ValueError:
        log.warning("ingest_failed", exit_code=process.returncode)
        return REASONS.get(process.returncode, UNKNOWN)


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
    reason = f" ({inert_line(item['reason'], 300)})" if item["reason"] else ""
    return f"- {item['outcome']}: {named}{reason}"
