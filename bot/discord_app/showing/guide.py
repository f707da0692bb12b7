"""`/help`."""

from bot.discord_app.showing.message import Card
from bot.discord_app.showing.sources import COLOUR

GUIDE = """\
I answer from the articles that were given to me, and show the passage behind every sentence. \
What they do not tell, I do not say.

**Ask** with `/ask`, by mentioning me (`@{name} why did talks stall on autos?`), by a reply to one of my answers, \
or in a direct message. `as_of`, `since` and `outlet` limit the articles; `private` shows the answer only to you.
**In a thread** I answer without being mentioned, for {hours:g} hours after the last question, \
until somebody writes *be quiet*.
**Follow-ups** lean on what was asked before. `/forget` ends that; with `everything` it erases all you asked me.
**Changed your mind?** Edit your question within a minute and I answer anew; delete it and my answer goes too.
**Passages** below an answer shows each passage whole, **Sources** all of them with the quotes. \
👍 and 👎 help to make answers better.

`/timeline` tells a topic in the order of time, `/changes` what changed since a day.
`/sources` lists my articles, `/article` shows one.
`/corrections` lists earlier answers whose sources have changed since.
For those who look after this server: `/settings`, `/digest`, `/ingest`, `/status`, `/runs`.
*Apps → Check against sources*, in the menu of a message, looks its statements up."""


def guide_card(name: str, hours: float) -> Card:
    """What the bot can do, and how to ask."""
    return Card(GUIDE.format(name=name, hours=hours), COLOUR, "How to ask me")
