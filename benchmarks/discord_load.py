"""Fifty people ask at once: what becomes of their questions, and how long the event loop was ever kept from turning.

    python benchmarks/discord_load.py [--askers N]

The real bot with the shipped articles under simcord's Discord, which runs on the same event loop. Half of the askers
mention the bot and half use /ask. Printed for one asker and for all: the longest time between two turns of the loop
(asked for every 5 ms), so that the second can be held against the first.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simcord
import simcord.interactions

from bot.answering.types import Ask
from bot.discord_app.client import AccordClient, build_client
from bot.discord_app.records import Records
from bot.opening import open_answerer
from bot.settings import BotSettings, DiscordSettings
from corpus.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "evals" / "sets" / "desk.jsonl"
TICK_S = 0.005


@dataclass
class Heartbeat:
    """Turns with the event loop and notes the longest time that it was late."""

    longest_s: float = 0.0

    async def beat(self) -> None:
        """Until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - before - TICK_S)


async def crowd(client: AccordClient, questions: list[str]) -> tuple[Counter[str], float, float]:
    """What became of the questions, the longest gap between two turns, and the time until all were answered."""
    async with simcord.run(client, settle_timeout=600) as env:
        channel = env.create_guild().create_text_channel("questions")
        people = [env.guild.add_member(env.create_user(f"asker{n}")) for n in range(len(questions))]
        await env.settle()
        heart, started = Heartbeat(), time.perf_counter()
        beating = asyncio.create_task(heart.beat())
        commands = []
        for n, (person, question) in enumerate(zip(people, questions, strict=True)):
            if n % 2:
                commands.append(_use_ask(env, channel, person, question))
            else:
                env.backend.create_message(channel.id, person.id, f"<@{client.user.id}> {question}")
            await asyncio.sleep(0)
        fates = await _fates(channel, client.user.id, len(questions))
        beating.cancel()
        fates["commands_lost"] = sum(not (one.responded and one.message_id) for one in commands)
        return fates, heart.longest_s, time.perf_counter() - started


def _use_ask(env: simcord.Env, channel: simcord.ChannelHandle, person: simcord.MemberActor, question: str) -> Any:
    """/ask, without waiting for what comes of it."""
    visible = env.backend.visible_commands(user_id=person.id, channel_id=channel.id)
    root = next(one["id"] for one in visible if one["name"] == "ask")
    data = {"id": root, "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]}
    record, payload = simcord.interactions.base_payload(
        env.backend, type=2, channel_id=channel.id, guild_id=env.guild.id, user_id=person.id, data=data
    )
    env.backend.emit("INTERACTION_CREATE", payload)
    return record


async def _fates(channel: simcord.ChannelHandle, bot_id: int, wanted: int) -> Counter[str]:
    """Wait until every question has its answer; how many were told a place in line before."""
    placed: set[int] = set()
    while True:
        await asyncio.sleep(0.2)
        shown = [one for one in channel.history() if one.author.id == bot_id]
        said = {one.id: str([part.to_dict() for part in one.components]) for one in shown}
        placed |= {id_ for id_, text in said.items() if "in line" in text}
        answered = sum("Searched" in text for text in said.values())
        turned_away = sum("Too many" in text for text in said.values())
        if answered + turned_away >= wanted:
            return Counter(answered=answered, told_a_place=len(placed), turned_away=turned_away)


def main() -> None:
    """Measure one asker, then all."""
    parser = argparse.ArgumentParser(description="Many people ask the bot at once.")
    parser.add_argument("--askers", type=int, default=50)
    askers = parser.parse_args().askers
    rows = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    questions = [f"{rows[n % len(rows)]}{' ' * (n // len(rows))}{'?' * (n // len(rows))}" for n in range(askers)]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "accord", "ingest", str(ROOT / "corpus" / "articles"), "--data-dir", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        library = open_answerer(BotSettings(data_dir=Path(folder)))
        library.answer(Ask("tariffs"))
        for part in (questions[:1], questions):
            kept = Catalogue(Path(folder) / f"kept-{len(part)}.sqlite3")  # each time another Discord, told anew
            kept.create()
            client = build_client(library, DiscordSettings(), Path(folder), Records(kept))
            fates, gap, seconds = asyncio.run(crowd(client, part))
            client.desk.close()
            counted = ", ".join(f"{count} {fate.replace('_', ' ')}" for fate, count in fates.items())
            print(f"{len(part)} asked at once: {counted}; longest gap {gap * 1000:.0f} ms; all done in {seconds:.1f} s")
        library.close()


if __name__ == "__main__":
    main()
