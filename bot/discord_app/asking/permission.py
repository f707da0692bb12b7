"""Who may ask where, and who may do more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.discord_app.failures import NOT_REACHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.discord_app.records import Records
    from bot.discord_app.server import ServerSettings

NOT_HERE = "I answer only in {channels}."
NOT_YOU = "I answer only people with one of these roles: {roles}."
NOT_DIRECT = "I answer direct messages only of people who may ask me in a server that we share."


def refusal(settings: ServerSettings, channel: object, asker: object) -> str | None:
    """Why somebody may not ask in a channel of a server, or None when they may."""
    if settings.channels and not _ids_of(channel) & set(settings.channels):
        return NOT_HERE.format(channels=" ".join(f"<#{one}>" for one in settings.channels))
    if settings.roles and not _has(asker, settings.roles):
        return NOT_YOU.format(roles=" ".join(f"<@&{one}>" for one in settings.roles))
    return None


async def direct_refusal(guilds: Iterable[discord.Guild], records: Records, user_id: int) -> str | None:
    """Why somebody may not ask in direct messages, or None: what a server limits to roles stays limited.

    Where no server has such limits nobody is looked up. Raises StoreError.
    """
    limits = [(guild, (await records.server(guild.id)).roles) for guild in guilds]
    if not any(roles for _, roles in limits):
        return None
    for guild, roles in limits:
        try:
            member = await guild.fetch_member(user_id)
        except NOT_REACHED:
            continue
        if not roles or _has(member, roles):
            return None
    return NOT_DIRECT


def is_admin(settings: ServerSettings, member: object) -> bool:
    """Whether somebody may use what is for admins: by a role that was named, or because they manage the server."""
    return isinstance(member, discord.Member) and (
        member.guild_permissions.manage_guild or _has(member, settings.admin_roles)
    )


def _ids_of(channel: object) -> set[int]:
    """A channel counts as itself, as the one that a thread belongs to, and as its category."""
    parts = (getattr(channel, name, None) for name in ("id", "parent_id", "category_id"))
    return {one for one in parts if isinstance(one, int)}


def _has(member: object, roles: Iterable[int]) -> bool:
    wanted = set(roles)
    return isinstance(member, discord.Member) and any(role.id in wanted for role in member.roles)
