"""One answer as it is shown to whoever judges it: the question, the answer with its quotes, and gold below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from corpus.shell import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from evals.report.questions import Question

MARKS = {True: ("✓ ", "green"), False: ("✗ ", "red")}
NO_MARK = ("- ", "")


def card(one: Question, *, judged: bool) -> Group:
    """The card. What others wrote is never read as markup, and cannot steer the terminal.

    What the metrics make of the answer is shown only once it is `judged`, so that it sways nobody.
    """
    return Group(*_asked(one), Text(), *_answered(one, judged=judged), Text(), *_gold(one, judged=judged))


def _asked(one: Question) -> Iterator[RenderableType]:
    for turn in one.result.gold.history:
        yield _text(f"Before: {turn.question} — {turn.answer}", "dim")
    yield _text(one.result.question, "bold")
    if one.result.answer.get("as_of"):
        yield _text(f"As of {one.result.answer['as_of']}", "dim")


def _answered(one: Question, *, judged: bool) -> Iterator[RenderableType]:
    if one.result.refused:
        yield _text(f"Refused: {one.result.answer['text']}", "italic")
    for text, numbers in one.sentences:
        yield Text.assemble(_text(text), (" " + "".join(f"[{n}]" for n in numbers), "bold cyan"))
    for note in one.result.answer.get("notes", ()):
        yield _text(f"Note: {note['text']}", "yellow")
    yield Text()
    said = {text for text, _ in one.sentences}
    for quote in one.quotes:
        mark = (" is gold", "green") if quote.gold and judged else ""
        words = "" if quote.text in said else quote.text  # a sentence that is its own quote stands above
        told = Text.assemble(
            (f"[{quote.n}] ", "bold cyan"), _text(words), "  " if words else "", _text(quote.where, "dim"), mark
        )
        yield Padding(told, (0, 0, 0, 2))


def _gold(one: Question, *, judged: bool) -> Iterator[RenderableType]:
    result = one.result
    yield Text("Gold", "bold")
    if not result.answerable:
        yield _text("No article answers this: it should be refused.")
    if result.gold.answer:
        yield _text(result.gold.answer)
    for words in one.words:
        mark = MARKS[words.met is not None] if judged else NO_MARK
        yield Text.assemble(mark, "says ", _text(" or ".join(words.choices)))
    for number, group in enumerate(one.gold, 1):
        mark = MARKS[any(gold.cited for gold in group)] if judged else NO_MARK
        yield Text.assemble(mark, f"evidence {number}{': one of' if len(group) > 1 else ''}")
        for gold in group:
            style = "green" if gold.cited and judged else ""
            yield Padding(Text.assemble(_text(gold.text, style), "  ", _text(gold.where, "dim")), (0, 0, 0, 4))


def _text(words: str, style: str = "") -> Text:
    return Text(printable(" ".join(words.split())), style)
