"""The screen on which answers are judged: one answer at a time, one key a verdict."""

from __future__ import annotations

import os
import re
import sys
import termios
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
CLOSED = "\x04"  # Ctrl-D, or no terminal any more
QUIT = {"q", CLOSED}
KEY = re.compile(r"\x1b\[[0-9;]*[~A-Z]|.", re.DOTALL)  # an arrow is one key
BYTES = 1024
HELP = "r right  p partly  w wrong  b back  n next  space scroll  q quit"
SCROLL = 10  # lines
FRAME = 4  # lines above and below the card
WIDEST = 100  # columns that are read with ease


def judge(questions: Sequence[Question], console: Console, verdict_of: Judged, tell: Told) -> None:
    """Show the questions until the last is judged or the reader quits; `tell` is given each verdict at once.

    Begins at the first that has none; a reader who goes back may say something else.
    """
    at = next((n for n, one in enumerate(questions) if verdict_of(one.result.id) is None), 0)
    top = 0
    with console.screen(), _pressed() as keys:
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


@contextmanager
def _pressed() -> Iterator[Iterator[str]]:
    """The keys as they are pressed. The terminal hands them over one by one all the while, so that none that comes
    during a redraw is lost."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)
    try:
        yield _keys(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _keys(terminal: int) -> Iterator[str]:
    while True:
        try:
            read = os.read(terminal, BYTES).decode("utf-8", "replace")
        except (KeyboardInterrupt, OSError):  # the latter when the terminal was closed
            read = ""
        yield from KEY.findall(read) or [CLOSED]


def _draw(console: Console, one: Question, place: str, verdict: Verdict | None, top: int) -> int:
    """Draw the screen with the card from line `top` on; returns the line that it begins at."""
    width, room = min(WIDEST, console.width), max(1, console.height - FRAME)
    lines = console.render_lines(
        card(one, judged=verdict is not None), console.options.update(width=width, height=None)
    )
    top = max(0, min(top, len(lines) - room))
    console.clear()
    said = f"judged {verdict}" if verdict else "not judged yet"
    console.print(Text(f"{place} · {one.result.id} · {one.result.type} · {said}", "reverse"), no_wrap=True)
    console.print()
    shown: list[list[Segment]] = lines[top : top + room]
    console.print(SegmentLines(shown + [[]] * (room - len(shown)), new_lines=True), end="")
    below = len(lines) - top - room
    more = f"   ↓ {below} lines" if below > 0 else ""
    console.print(Text(f"\n{HELP}{more}", "bold"), no_wrap=True, overflow="ellipsis", end="")
    return top
