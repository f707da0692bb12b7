"""What can be set for one server, and whether all of it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    import discord


class ServerSettings(BaseModel):
    """Ids of channels and roles. Without any channel or role every one is allowed; threads open nowhere by default."""

    model_config = ConfigDict(frozen=True)

    channels: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    thread_channels: tuple[int, ...] = ()
    admin_roles: tuple[int, ...] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> ServerSettings:
        """The settings as they were kept; what cannot be read is as by default."""
        try:
            return cls.model_validate(stored)
        except ValidationError as error:
            bad = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
            return cls.model_validate({name: value for name, value in stored.items() if name not in bad})


NAMES = {
    "channels": "Answers only in",
    "roles": "Answers only",
    "thread_channels": "Opens a thread for each question in",
    "admin_roles": "May use /ingest, /status and /runs, beside those who manage the server",
}


def missing(settings: ServerSettings, guild: discord.Guild) -> list[tuple[str, int]]:
    """(setting, id) of every channel and role that the server does not have."""
    there = {channel.id for channel in guild.channels} | {role.id for role in guild.roles}
    named = ((name, one) for name in NAMES for one in getattr(settings, name))
    return [(name, one) for name, one in named if one not in there]
