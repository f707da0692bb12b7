"""The screen on which answers are judged: one answer at a time, one key a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from evals.labelling.card import card

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    with console.screen():
        while at is not None and at < len(questions):
            at = _one(questions, at, console, verdict_of, tell)


def _one(questions: Sequence[Question], at: int, console: Console, verdict_of: Judged, tell: Told) -> int | None:
    """Show one question until a key leads away from it: to which; None to quit."""
    one, top = questions[at], 0
    while True:
        top = _draw(console, one, f"{at + 1} of {len(questions)}", verdict_of(one.result.id), top)
        key = _key()
        if key in VERDICT_KEYS:
            tell(one, VERDICT_KEYS[key])
            return at + 1
        if key in QUIT:
            return None
        if key in NEXT or key in BACK:
            return max(0, at - 1) if key in BACK else at + 1
        top += SCROLL * ((key in DOWN) - (key in UP))


def _key() -> str:
    try:
        return click.getchar()
    except (KeyboardInterrupt, EOFError):
        return "\x03"


def _draw(console: Console, one: Question, place: str, verdict: Verdict | None, top: int) -> int:
    """Draw the screen with the card from line `top` on; returns the line that it begins at."""
    width, room = min(WIDEST, console.width), max(1, console.height - FRAME)
    lines = console.render_lines(card(one), console.options.update(width=width, height=None))
    top = max(0, min(top, len(lines) - room))
    console.clear()
    said = f"judged {verdict}" if verdict else "not judged yet"
    console.print(Text(f"{place} · {one.result.id} · {one.result.type} · {said}", "reverse"), no_wrap=True)
    console.print()
    for line in lines[top : top + room]:
        _print(console, line)
    below = len(lines) - top - room
    more = f"   ({below} more lines below)" if below > 0 else ""
    console.print(Text(HELP + more, "bold"), no_wrap=True, overflow="ellipsis", end="")
    return top


def _print(console: Console, line: Sequence[Segment]) -> None:
    from rich.segment import Segments

    console.print(Segments([*line]), no_wrap=True)
