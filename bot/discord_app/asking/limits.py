"""How often a person, and everybody in a channel together, may ask."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from discord.app_commands import Cooldown

if TYPE_CHECKING:
    from bot.settings import DiscordSettings

PER_S = 60.0
MOST_KEPT = 5_000
TOO_OFTEN = "That was a lot of questions within a minute. Please wait {wait} and ask again."
CHANNEL_TOO_OFTEN = "This channel has asked a lot of questions within a minute. Please wait {wait} and ask again."


class Limits:
    """Counts questions per person and per channel, a minute at a time."""

    def __init__(self, settings: DiscordSettings) -> None:
        self._rates = {"user": settings.user_limit, "channel": settings.channel_limit}
        self._counted: dict[tuple[str, int], Cooldown] = {}
        self._told: dict[int, float] = {}

    def refusal(self, user_id: int, channel_id: int, now: float) -> str | None:
        """What to say to somebody who has to wait; None when they may ask, which is then counted.

        `now` is in seconds, of any clock that only goes forward.
        """
        self._forget_old(now)
        found = [self._cooldown("user", user_id), self._cooldown("channel", channel_id)]
        for cooldown, text in zip(found, (TOO_OFTEN, CHANNEL_TOO_OFTEN), strict=True):
            if wait := cooldown.get_retry_after(now):
                return text.format(wait=in_words(wait))
        for cooldown in found:
            cooldown.update_rate_limit(now)
        return None

    def may_be_told(self, user_id: int, now: float) -> bool:
        """Whether to tell a person why they are not answered: once in a minute."""
        self._told = {key: at for key, at in self._told.items() if now - at < PER_S}
        if user_id in self._told:
            return False
        self._told[user_id] = now
        return True

    def _cooldown(self, kind: str, key: int) -> Cooldown:
        return self._counted.setdefault((kind, key), Cooldown(self._rates[kind], PER_S))

    def _forget_old(self, now: float) -> None:
        if len(self._counted) > MOST_KEPT:
            self._counted = {key: one for key, one in self._counted.items() if one.get_tokens(now) < one.rate}


def in_words(seconds: float) -> str:
    """`1 second`, `23 seconds`: never less than is left."""
    whole = max(1, math.ceil(seconds))
    return "1 second" if whole == 1 else f"{whole} seconds"
