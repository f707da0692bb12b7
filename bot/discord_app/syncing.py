"""Telling Discord the commands, only when they are not what it was told before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import discord
import structlog
from discord import app_commands

from bot.discord_app.failures import log_failure
from corpus.errors import AccordError
from corpus.types import sha256

if TYPE_CHECKING:
    from bot.discord_app.records import Records

log = structlog.get_logger(__name__)


async def sync(tree: app_commands.CommandTree[discord.Client], records: Records, application_id: int) -> None:
    """Discord remembers commands, so a failure is no reason to stay away."""
    name, fingerprint = f"commands:{application_id}", _fingerprint(tree)
    try:
        if await records.read(lambda snapshot: snapshot.servers.state(name)) == fingerprint:
            return
        await tree.sync()
        await records.write(lambda transaction: transaction.servers.remember(name, fingerprint))
        log.info("commands_synced")
    except (discord.HTTPException, OSError, AccordError) as error:
        log_failure("commands_not_synced", error)


def _fingerprint(tree: app_commands.CommandTree[discord.Client]) -> str:
    told = [command.to_dict(tree) for command in tree.get_commands()]
    return sha256(json.dumps(sorted(told, key=lambda one: (one["type"], one["name"])), sort_keys=True, default=str))
