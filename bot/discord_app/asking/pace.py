"""How often what is only news may be shown in one channel, so that it never holds up answers.

Discord takes about five messages, and as many edits, in five seconds a channel; discord.py makes everything that is
more wait its turn, answers too.
"""

from __future__ import annotations

EVERY_S = 1.2  # between two pieces of news in a channel, or of one command, which has a limit of its own
MOST_KEPT = 5_000


class Pace:
    """Gives out turns, by channel or command."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def wait_s(self, turn: str, now: float) -> float:
        """Seconds until the next turn of a channel or a command, which is then taken. `now` is of a steady clock."""
        if len(self._next) > MOST_KEPT:
            self._next = {key: at for key, at in self._next.items() if at > now}
        at = max(now, self._next.get(turn, now))
        self._next[turn] = at + EVERY_S
        return at - now
