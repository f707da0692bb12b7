"""The real bot in simcord's Discord, over real stores that the real command line has filled."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import simcord
import simcord.interactions

from bot.answering.chain import Answerer
from bot.discord_app.client import AccordClient, build_client
from bot.discord_app.records import Records
from bot.settings import DiscordSettings
from corpus.catalogue import Catalogue
from corpus.catalogue.exchanges import Exchange
from corpus.catalogue.writer import Transaction


def _open(exchange_id: str, transaction: Transaction) -> None:
    transaction.exchanges.end(exchange_id, "open")


@dataclass(frozen=True)
class Desk:
    """A channel with the bot and a person in it."""

    env: simcord.Env
    client: AccordClient
    channel: simcord.ChannelHandle
    asker: simcord.MemberActor

    @property
    def records(self) -> Records:
        """What the bot keeps."""
        return self.client.desk.records

    def member(self, name: str) -> simcord.MemberActor:
        """Somebody else."""
        return self.env.guild.add_member(self.env.create_user(name))

    async def kept(self) -> list[Exchange]:
        """Every exchange that is kept, the oldest first."""
        return await self.records.read(lambda snapshot: snapshot.exchanges._found("ORDER BY asked_at, id"))

    async def leave_open(self, *ids: str) -> None:
        """As if the bot was killed while it answered these."""
        for one in ids:
            await self.records.write(partial(_open, one))
        await self.env.advance_time(1)

    async def lose_quotes(self) -> None:
        """As if every article that was cited had changed."""
        sql = "UPDATE cited_quotes SET gone = 'changed', noticed_at = '2026-01-01'"
        await self.records.write(lambda transaction: transaction._connection.execute(sql) and None)

    async def ask(self, question: str) -> simcord.InteractionResult:
        """The person uses /ask."""
        return await self.asker.slash(self.channel, "ask", question=question)

    def post(self, question: str, person: simcord.MemberActor | None = None) -> Any:
        """A mention, without waiting for what comes of it; the message."""
        text = f"<@{self.client.user.id}> {question}"
        return self.env.backend.create_message(self.channel.id, (person or self.asker).id, text)

    def use_ask(self, question: str, person: simcord.MemberActor | None = None) -> Any:
        """/ask, without waiting for what comes of it; simcord's record of the interaction."""
        backend, person = self.env.backend, person or self.asker
        visible = backend.visible_commands(user_id=person.id, channel_id=self.channel.id)
        root = next(one["id"] for one in visible if one["name"] == "ask")
        data = {"id": root, "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]}
        place = {"channel_id": self.channel.id, "guild_id": self.env.guild.id, "user_id": person.id}
        record, payload = simcord.interactions.base_payload(backend, type=2, data=data, **place)
        backend.emit("INTERACTION_CREATE", payload)
        return record

    async def mention(self, text: str) -> None:
        """The person mentions the bot in a message."""
        await self.asker.send(self.channel, f"<@{self.client.user.id}> {text}")


OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


def keep_off_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading and writing the catalogue an error in this thread, which is the event loop's: another process may
    keep SQLite waiting for seconds."""
    loop = threading.get_ident()

    def guarded(method: Any) -> Any:
        def checked(self: Catalogue) -> Any:
            if threading.get_ident() == loop:
                raise RuntimeError("the catalogue is used on the event loop")
            return method(self)

        return checked

    for name in ("snapshot", "transaction"):
        monkeypatch.setattr(Catalogue, name, guarded(getattr(Catalogue, name)))


@pytest.fixture(scope="session")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> OpenDesk:
    """Opens a desk: `async with open_desk(answerer, concurrency=1) as desk`. What the bot keeps is in a catalogue
    of its own, unless one is given."""

    @asynccontextmanager
    async def opened(library: Any, records: Catalogue | None = None, **settings: Any) -> AsyncIterator[Desk]:
        kept = records or Catalogue(tmp_path_factory.mktemp("kept") / "catalogue.sqlite3")
        kept.create()
        data_dir = library.catalogue.path.parent
        client = build_client(library, DiscordSettings(**settings), data_dir, Records(kept))
        # Not simcord.run(): its clock context cannot be left by another task than the one that entered it.
        env = simcord.Env(client, settle_timeout=60)
        with pytest.MonkeyPatch.context() as patch:
            keep_off_the_loop(patch)
            await env.start()
            try:
                channel = env.create_guild().create_text_channel("questions")
                yield Desk(env, client, channel, env.guild.add_member(env.create_user("mara")))
                env.raise_errors()
            finally:
                await env.shutdown()
                client.desk.close()

    return opened


def _texts(component: Any) -> Iterator[str]:
    """The texts of a component and of what is in it, whether it is data or discord.py's object."""
    data = component if isinstance(component, dict) else component.to_dict()
    if "content" in data:
        yield data["content"]
    for inner in data.get("components", []):
        yield from _texts(inner)


@pytest.fixture(scope="session")
def said() -> Callable[..., str]:
    """All text of a message: of its cards, its embeds and above them; without the escapes that a reader does not see,
    unless `raw`."""

    def text_of(message: Any, *, raw: bool = False) -> str:
        parts = [message.content, *(text for one in message.components for text in _texts(one))]
        for embed in message.embeds:
            parts += [embed.title, embed.description, embed.footer.text]
        text = "\n".join(filter(None, parts))
        return text if raw else re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)

    return text_of


Until = Callable[[Callable[[], object]], Coroutine[Any, Any, None]]


@pytest.fixture(scope="session")
def until() -> Until:
    """Lets the bot work until something is so."""

    async def wait(condition: Callable[[], object]) -> None:
        async with asyncio.timeout(30):
            while not condition():  # noqa: ASYNC110 - what is waited for is in simcord's Discord, which gives no event
                await asyncio.sleep(0.01)

    return wait


@pytest.fixture
async def desk(open_desk: OpenDesk, answerer: Answerer) -> AsyncIterator[Desk]:
    """The bot over the real store."""
    async with open_desk(answerer) as opened:
        yield opened
