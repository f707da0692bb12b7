"""One message to send: a line of text, or a card; both are drawn with Discord's components.

A message that was once drawn with components can hold nothing else, and answers are edited into place: so the line
that says how far an answer is, and the one that says what went wrong, are drawn with components as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import ui

from bot.discord_app.showing.pages import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = ui.Item[ui.LayoutView]
CARD = 3_900  # all text of a message's components together may have 4,000 characters


@dataclass(frozen=True, slots=True)
class Card:
    """A framed text: its title, what it says, and below a line the small print, line by line."""

    body: str
    colour: int
    title: str | None = None
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Text above, a card, or both."""

    content: str | None = None
    card: Card | None = None


def drawn(message: Message, *rows: Sequence[Item]) -> ui.LayoutView:
    """The message with rows of buttons or menus. discord.py sends it and forgets it: clicks come to us by their ids."""
    layout = ui.LayoutView(timeout=None)
    if message.content:
        layout.add_item(ui.TextDisplay(message.content))
    controls = [ui.ActionRow(*row) for row in rows if row]
    if message.card:
        layout.add_item(ui.Container(*_parts(message.card), *controls, accent_colour=message.card.colour))
    else:
        for one in controls:
            layout.add_item(one)
    layout.stop()
    return layout


def cards(
    blocks: Sequence[str],
    colour: int,
    *,
    title: str | None = None,
    small: Sequence[str] = (),
    most: int = 3,
    rest: Callable[[int], str],
) -> list[Message]:
    """Blocks, none of them cut, on at most `most` cards; the small print below the last, or on one of its own."""
    room = CARD - len(title or "")
    pages = pages_of(blocks, most, "\n\n", rest, room)
    print_ = [f"-# {line}" for line in small]
    together = bool(pages) and len(pages[-1]) + sum(map(len, print_)) + len(print_) <= room
    made = [Card(page, colour) for page in pages]
    if together:
        made[-1] = Card(pages[-1], colour, small=tuple(print_))
    elif print_:
        made.append(Card("", colour, small=tuple(print_)))
    if title and made:
        made[0] = Card(made[0].body, colour, title, made[0].small)
    return [Message(card=card) for card in made]


def _parts(card: Card) -> list[Item]:
    parts: list[Item] = [ui.TextDisplay(f"### {card.title}")] if card.title else []
    parts += [ui.TextDisplay(card.body)] if card.body else []
    if card.small:
        parts += [ui.Separator()] if parts else []
        parts.append(ui.TextDisplay("\n".join(card.small)))
    return parts
