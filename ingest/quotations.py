"""Where quotations stand in a text: a passage that ended inside one would leave its speaker in another."""

import re
from collections.abc import Iterator

from corpus.types import Span

CURLY = re.compile("[“”]")
STRAIGHT = re.compile('(?:^|(?<=[\\s(\\[—–-]))"(?=\\S)|(?<=\\S)"(?=[\\s.,;:!?)\\]—–-]|$)', re.MULTILINE)


def quotations(text: str) -> list[Span]:
    """Quotations of `text` with their marks, in order of their starts; what is never closed is none.

    A “curly” one may run over paragraphs that each open it anew, as news prose does; a "straight" one stays in
    its line, because its marks do not say which of them opens.
    """
    return sorted([*_curly(text), *_straight(text)], key=lambda span: span.start)


def _curly(text: str) -> Iterator[Span]:
    start: int | None = None
    for mark in CURLY.finditer(text):
        if mark.group() == "“":
            goes_on = start is not None and text[max(0, mark.start() - 2) : mark.start()].endswith("\n")
            start = start if goes_on else mark.start()
        elif start is not None:
            if _taken_up(text[start : mark.start()]):
                yield Span(start, mark.end())
            start = None


def _taken_up(quoted: str) -> bool:
    """Whether every further line of a quotation opens it anew."""
    return all(line.startswith("“") for line in map(str.strip, quoted.split("\n")[1:]) if line)


def _straight(text: str) -> Iterator[Span]:
    start: int | None = None
    reach = 0
    for mark in STRAIGHT.finditer(text):
        if start is not None and "\n" in text[reach : mark.start()]:
            start = None
        opens = mark.end() < len(text) and not text[mark.end()].isspace() and _opens(text, mark.start())
        if opens:
            start = mark.start()
        elif start is not None:
            yield Span(start, mark.end())
            start = None
        reach = mark.end()


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-"
