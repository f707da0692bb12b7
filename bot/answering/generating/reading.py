"""Reading what a chat model writes, sentence by sentence, and keeping what its passages bear out.

Nothing of it is trusted: a sentence stays only with a passage that it was given and that says the same (`checking`);
the quote that a reader sees is cut from that passage, never taken from the model. Models write their markers in many
ways, forget them, or invent some: an unknown marker goes, and a sentence without any is looked for in all passages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.checking.support import share_held
from bot.answering.instructions import blanked, is_instruction, visible
from bot.answering.types import Citation, Draft, Sentence
from bot.answering.wording import says_the_same
from corpus.lexical import terms
from corpus.sentences import sentences
from corpus.term_index import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.checking.checker import Checker
    from corpus.types import Passage, Span

LEAST_SHARE = 0.6  # of the words of a sentence that names no passage, in the one that it is taken to rest on
LONGEST_SENTENCE = 600  # characters
FEWEST_WORDS = 3
MOST_MARKERS = 6  # behind one sentence
THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
NUMBERS = r"(?:\^?(?:passages?|sources?|no\.?|#)?\s{0,2})?\d{1,3}"
LISTED = re.compile(rf"[\[【]\s?({NUMBERS}(?:\s?(?:,|;|and|&)\s?{NUMBERS}){{0,8}})\s?[\]】]", re.IGNORECASE)
SPOKEN = re.compile(r"\(((?:passages?|sources?)\s\d{1,3}(?:\s?(?:,|and|&)\s?\d{1,3}){0,8})\)", re.IGNORECASE)
STOP_AFTER = re.compile(r"((?:\s?\[\d{1,3}\]){1,8})\s?([.!?])(?=\s|$)")
DECORATION = re.compile(r"\*\*|__|^\s{0,8}(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s", re.MULTILINE)
UNIT = re.compile(r"([^\[\]]++)((?:\[\d+\]\s*)+)")
MARKER = re.compile(r"\[(\d+)\]")
LABEL = re.compile(
    r"^(?:the )?(?:final )?(?:answer|response|reply|assistant)(?: to (?:this|the|your) question)?(?: is)?\s?:\s?",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!…][\"'”’)]*$")
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
CHATTER = re.compile(
    r"\b(?:I|I['’]\w+|me|my|you|your|yours)\b"
)  # of itself and to its reader; news prose has it in quotes
# Addresses, mentions and links are never the model's to give; an answer has them from the catalogue.
FOREIGN = re.compile(
    r"://|\bwww\.|\b[\w-]{2,}\.(?:com|net|org|io|info|xyz|example|ru|cn|co|top|site|app|dev|link|biz)\b|[\w.]@\w|@(?:everyone|here)"
    r"|<[@#]|\]\(|[<>{}`|\\]",
    re.IGNORECASE,
)


class Reading:
    """What is kept of one reply, as far as it has been read. `passages` are those that the model was shown."""

    def __init__(self, passages: Sequence[Passage], max_sentences: int, checker: Checker) -> None:
        self._checker = checker
        self._passages = passages
        self._told = [replace(one, text=blanked(one.text)) for one in passages]
        self._most = max_sentences
        self._text = ""
        self._read = 0
        self._kept: list[Sentence] = []
        self._citations: dict[tuple[str, Span], Citation] = {}

    @property
    def draft(self) -> Draft:
        """The sentences that hold so far, with their citations."""
        used = {n for sentence in self._kept for n in sentence.citations}
        return Draft(tuple(self._kept), tuple(one for one in self._citations.values() if one.n in used))

    @property
    def is_full(self) -> bool:
        """Whether an answer needs no more."""
        return len(self._kept) >= self._most

    def feed(self, piece: str) -> bool:
        """Read on; whether that made a further sentence whole that holds."""
        self._text += piece
        return self._take(_plain(self._text), ended=False)

    def finish(self) -> Draft:
        """Read what is left, with what has no marker behind it."""
        text = _plain(self._text)
        self._take(text, ended=True)
        for statement in _statements(text[self._read :]):
            self._keep(statement, self._bearing_out(statement))
        return self.draft

    def _take(self, text: str, *, ended: bool) -> bool:
        before = len(self._kept)
        for found in UNIT.finditer(text, self._read):
            if not ended and found.end() == len(text):
                break  # more markers may follow
            self._read = found.end()
            named = [int(number) for number in dict.fromkeys(MARKER.findall(found[2]))][:MOST_MARKERS]
            known = [n - 1 for n in named if 1 <= n <= len(self._passages)]
            for statement in _statements(found[1]):
                self._keep(statement, self._borne_out_by(statement, known))
        return len(self._kept) > before

    def _borne_out_by(self, statement: str, named: Sequence[int]) -> Sequence[int]:
        """The passages that a sentence names, when they bear it out; of those that name none, the one that does."""
        if not named:
            return self._bearing_out(statement)
        return named if self._holds(statement, named) else []

    def _holds(self, statement: str, places: Sequence[int]) -> bool:
        return bool(places) and not self._checker.problems(statement, [self._told[place] for place in places])

    def _bearing_out(self, statement: str) -> list[int]:
        """The passage that nearly says a whole sentence without a marker; none when no passage does. A model that
        leaves out the markers leaves out more, so this asks for more than a passage that is named."""
        if not SENTENCE_END.search(statement):
            return []
        shares = {place: share_held(statement, [one.text]) for place, one in enumerate(self._told)}
        near = [place for place in sorted(shares, key=lambda at: -shares[at]) if shares[place] >= LEAST_SHARE]
        return next(([place] for place in near if self._checker.is_nearly_said(statement, [self._told[place]])), [])

    def _keep(self, statement: str, places: Sequence[int]) -> None:
        if not places or self.is_full or any(says_the_same(statement, one.text) for one in self._kept):
            return
        numbers = tuple(dict.fromkeys(self._cite(statement, place) for place in places))
        self._kept.append(Sentence(statement, numbers, "verified"))

    def _cite(self, statement: str, place: int) -> int:
        """The number of the citation of the passage's sentence that shares most words with the statement."""
        told, passage = self._told[place].text, self._passages[place]
        spans = sentences(told)
        shared = matches([told[span.start : span.end] for span in spans], terms(statement))
        best = spans[max(range(len(spans)), key=lambda index: (len(shared[index]), -index))]
        start, end = passage.start + best.start, passage.start + best.end
        key = (passage.article_id, type(best)(start, end))
        quote = passage.text[best.start : best.end]
        return self._citations.setdefault(key, Citation(len(self._citations) + 1, quote, start, end, passage)).n


def _plain(text: str) -> str:
    """A reply without thoughts and decoration, its markers all written `[1][2]` and behind the full stop."""
    text = DECORATION.sub("", THOUGHT.sub("", visible(text)))
    for pattern in (LISTED, SPOKEN):
        text = pattern.sub(lambda found: "".join(f"[{n}]" for n in re.findall(r"\d+", found[1])), text)
    return STOP_AFTER.sub(r"\2\1", text)


def is_foreign(text: str) -> bool:
    """Whether a text has an address, a mention, a link or markup, which no model is to bring in."""
    return FOREIGN.search(text) is not None


def _statements(text: str) -> Iterator[str]:
    """The sentences that could be shown: of some words, not too long, and without anything that leads elsewhere."""
    for span in sentences(text):
        statement = LABEL.sub("", " ".join(text[span.start : span.end].split())).lstrip(".,;:-• ")
        whole = len(statement.split()) >= FEWEST_WORDS and len(statement) <= LONGEST_SENTENCE
        prose = not (is_foreign(statement) or CHATTER.search(QUOTED.sub("", statement)))
        if whole and prose and not (statement.endswith("?") or is_instruction(statement)):
            yield statement
