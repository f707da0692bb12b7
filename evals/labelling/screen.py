"""The screen on which answers are judged: one answer at a time, one key a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.segment import SegmentLines
from rich.text import Text

from evals.labelling.card import card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.segment import Segment

    from evals.labelling.labels import Verdict
    from evals.report.questions import Question

    Judged = Callable[[str], Verdict | None]
    Told = Callable[[Question, Verdict], None]

VERDICT_KEYS: dict[str, Verdict] = {"r": "right", "p": "partly", "w": "wrong"}
DOWN, UP = {" ", "j", "\x1b[B", "\x1b[6~"}, {"k", "\x1b[A", "\x1b[5~"}
NEXT, BACK = {"n", "\x1b[C"}, {"b", "\x1b[D"}
QUIT = {"q", "\x1b", "\x03", "\x04"}
HELP = "r right   p partly   w wrong   b back   n next   space scroll   q quit"
SCROLL = 5  # lines
FRAME = 4  # lines above and below the card
WIDEST = 100  # columns that are read with ease


def judge(questions: Sequence[Question], console: Console, verdict_of: Judged, tell: Told) -> None:
    """Show the questions until the last is judged or the reader quits; `tell` is given each verdict at once.

    Begins at the first that has none; a reader who goes back may say something else.
    """
    at = next((n for n, one in enumerate(questions) if verdict_of(one.result.id) is None), 0)
    top, keys = 0, _keys()
    with console.screen():
        while at < len(questions):
            one = questions[at]
            top = _draw(console, one, f"{at + 1} of {len(questions)}", verdict_of(one.result.id), top)
            key = next(keys)
            if key in QUIT:
                return
            if key in VERDICT_KEYS:
                tell(one, VERDICT_KEYS[key])
            step = (key in VERDICT_KEYS or key in NEXT) - (key in BACK)
            top = 0 if step else top + SCROLL * ((key in DOWN) - (key in UP))
            at = max(0, at + step)


def _keys() -> Iterator[str]:
    """The keys as they are pressed; several that came at once are several."""
    while True:
        try:
            pressed = click.getchar()
        except (KeyboardInterrupt, EOFError):
            pressed = "\x03"
        yield from [pressed] if pressed.startswith("\x1b") else pressed


def _draw(console: Console, one: Question, place: str, verdict: Verdict | None, top: int) -> int:
    """Draw the screen with the card from line `top` on; returns the line that it begins at."""
    width, room = min(WIDEST, console.width), max(1, console.height - FRAME)
    lines = console.render_lines(card(one), console.options.update(width=width, height=None))
    top = max(0, min(top, len(lines) - room))
    console.clear()
    said = f"judged {verdict}" if verdict else "not judged yet"
    console.print(Text(f"{place} · {one.result.id} · {one.result.type} · {said}", "reverse"), no_wrap=True)
    console.print()
    shown: list[list[Segment]] = lines[top : top + room]
    console.print(SegmentLines(shown + [[]] * (room - len(shown)), new_lines=True), end="")
    below = len(lines) - top - room
    more = f"   ({below} more lines below)" if below > 0 else ""
    console.print(Text(f"\n{HELP}{more}", "bold"), no_wrap=True, overflow="ellipsis", end="")
    return top
