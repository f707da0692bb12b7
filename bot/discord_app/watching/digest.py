"""Newly stored articles told to the channels that want to know, grouped by topic, each with a sentence of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot.answering.types import Citation
from bot.discord_app.showing.digests import digest_messages
from bot.discord_app.showing.screen import channel_screen
from corpus.asking.aliases import mentions
from corpus.sentences import sentences
from corpus.types import passage_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_app.desk import Desk
    from corpus.catalogue.reader import Snapshot
    from corpus.catalogue.servers import DigestOrder
    from corpus.catalogue.shelf import Shelved
    from corpus.types import Version

log = structlog.get_logger(__name__)
AT = time(8, tzinfo=UTC)
HOME = "unitedstates"  # most articles are about it, so it groups nothing
OTHER = "Other"
SHORT = 40  # characters: a shorter first sentence is a dateline or a heading
MOST_TOPICS = 8


def is_due(order: DigestOrder, now: datetime) -> bool:
    """Whether the last moment for a digest (eight o'clock UTC, weekly on Mondays) lies after the last one sent."""
    moment = datetime.combine(now.date(), AT)
    moment -= timedelta(days=now.weekday() if order.every == "week" else 0)
    if moment > now:
        moment -= timedelta(days=7 if order.every == "week" else 1)
    return datetime.fromisoformat(order.sent_at) < moment


class Digests:
    """Sends the digests that are due."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client

    async def look(self) -> None:
        """Send what is due. Raises StoreError."""
        now = self._desk.now()
        orders = await self._desk.records.read(lambda snapshot: snapshot.servers.digests())
        for order in orders:
            if is_due(order, now):
                await self._send(order, now)

    async def _send(self, order: DigestOrder, now: datetime) -> None:
        groups, last = await self._desk.shelf.read(lambda snapshot: _new_articles(snapshot, order.told_until))
        told = replace(order, sent_at=now.isoformat(), told_until=last)
        if groups:
            channel = self._client.get_partial_messageable(order.channel_id, guild_id=order.guild_id)
            screen = channel_screen(channel)
            arrived = await screen.show(digest_messages(groups))
            log.info("digest", channel=order.channel_id, articles=sum(map(len, groups.values())), arrived=arrived)
            if not screen.messages:  # told of them the next time
                told = replace(told, told_until=order.told_until)
        await self._desk.records.write(lambda transaction: transaction.servers.told(told))


def _new_articles(snapshot: Snapshot, after: int) -> tuple[dict[str, list[Citation]], int]:
    """One citation for each new story, by topic, and the last version that was looked at."""
    last = snapshot.shelf.last_version()
    stories = {one.story: one for one in reversed(snapshot.shelf.stored_after(after))}
    found = list(stories.values())[::-1]
    versions = {one.article_id: snapshot.live(one.article_id) for one in found}
    topics = topics_of([(one, versions[one.article_id]) for one in found])
    groups: dict[str, list[Citation]] = {}
    n = 0
    for one in sorted(found, key=lambda one: (topics[one.article_id] == OTHER, topics[one.article_id])):
        version = versions[one.article_id]
        citation = version and _lead(version, n + 1, snapshot)
        if citation:
            n += 1
            groups.setdefault(topics[one.article_id], []).append(citation)
    return groups, last


def topics_of(found: Sequence[tuple[Shelved, Version | None]]) -> dict[str, str]:
    """The topic of each article by id: of those that it bears, or of the countries that it names, the most frequent
    among all of these articles, so that few groups have many."""
    offered = {one.article_id: _offered(one, version) for one, version in found}
    counts = Counter(topic for topics in offered.values() for topic in dict.fromkeys(topics))
    common = [topic for topic, _ in counts.most_common(MOST_TOPICS)]
    return {
        id_: min((topic for topic in topics if topic in common), key=common.index, default=OTHER)
        for id_, topics in offered.items()
    }


def _offered(one: Shelved, version: Version | None) -> list[str]:
    text = one.title + "\n" + (version.article.text if version else "")
    if one.topics:
        return [_as_written(topic, text) for topic in one.topics]
    named = [found for found in mentions(text) if found.thing.kind == "country" and found.thing.key != HOME]
    counted = Counter(found.thing.key for found in named)
    shown = {found.thing.key: text[found.start : found.end] for found in reversed(named)}
    return [shown[key] for key, _ in counted.most_common(1)]


def _as_written(topic: str, text: str) -> str:
    """An abbreviation in capitals, as the article has it; else with a capital at the start."""
    shouted = topic.upper()
    return shouted if re.search(rf"\b{re.escape(shouted)}\b", text) else topic[:1].upper() + topic[1:]


def _lead(version: Version, n: int, snapshot: Snapshot) -> Citation | None:
    """The first sentence that says something, as a citation."""
    text = version.article.text
    span = next((one for one in sentences(text) if one.end - one.start >= SHORT), None)
    ids = [passage_id(version.article.id, version.revision, number) for number in range(version.passages)]
    passages = (passage for passage, _ in snapshot.live_passages(ids).values())
    if span is None:
        return None
    passage = next((one for one in passages if one.start <= span.start and span.end <= one.end), None)
    return Citation(n, text[span.start : span.end], span.start, span.end, passage) if passage else None
