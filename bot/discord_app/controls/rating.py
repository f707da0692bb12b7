"""Thumbs up, and thumbs down with a short form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.discord_app.controls.views import control_id
from bot.discord_app.showing.whisper import whisper
from corpus.catalogue.feedback import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.discord_app.desk import Desk

REASONS = {
    "wrong": "It is wrong",
    "outdated": "It is outdated",
    "missing": "Something is missing",
    "other": "Something else",
}
CHANGED = "Your earlier word on this answer is replaced by this one."
THANKS = "Thank you. That is kept, and helps to make answers better."
NO_LONGER = "I do not have this answer any more, so there is nothing to rate."
MOST_TEXT = 1_000


async def found_helpful(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Thumbs up."""
    await _rate(desk, interaction, arguments[0], helpful=True)


async def ask_why(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Thumbs down: the form. Discord wants it at once, so nothing is looked up before."""
    del desk
    modal = ui.Modal(title="What is wrong with the answer?", custom_id=control_id("why", arguments[0]))
    options = [discord.RadioGroupOption(label=label, value=value) for value, label in REASONS.items()]
    modal.add_item(
        ui.Label(text="What kind of fault is it?", component=ui.RadioGroup(custom_id="reason", options=options))
    )
    text = ui.TextInput[ui.Modal](
        custom_id="comment", style=discord.TextStyle.paragraph, required=False, max_length=MOST_TEXT
    )
    modal.add_item(ui.Label(text="What should it say?", description="In your own words, if you like.", component=text))
    modal.stop()  # its answer comes to us by its id, after a restart too
    await interaction.response.send_modal(modal)


async def say_why(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """The form, filled in."""
    values = dict(_values(interaction.data))
    reason = values.get("reason", "")
    comment = values.get("comment", "").strip()[:MOST_TEXT]
    await _rate(
        desk,
        interaction,
        arguments[0],
        helpful=False,
        reason=reason if reason in REASONS else "other",
        comment=comment or None,
    )


async def _rate(desk: Desk, interaction: discord.Interaction, id_: str, **said: Any) -> None:
    exchange = await desk.records.read(lambda snapshot: snapshot.exchanges.get(id_))
    if exchange is None:
        await whisper(interaction, NO_LONGER)
        return
    rating = Rating(id_, interaction.user.id, desk.now().isoformat(), **said)
    before = await desk.records.read(lambda snapshot: snapshot.feedback.said(id_, interaction.user.id))
    await desk.records.write(lambda transaction: transaction.feedback.rate(rating))
    desk.metrics.ratings.labels("up" if rating.helpful else "down").inc()
    await whisper(interaction, CHANGED if before else THANKS)


def _values(data: Any) -> Iterator[tuple[str, str]]:
    """(id, value) of everything in a form that was sent, however it is nested."""
    for part in data.get("components", []) if isinstance(data, dict) else []:
        yield from _values(part)
        inner = part.get("component")
        if inner:
            yield from _values({"components": [inner]})
        if "custom_id" in part:
            value = part.get("value") or next(iter(part.get("values") or []), "")
            yield str(part["custom_id"]), str(value or "")
