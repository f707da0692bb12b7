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
from bot.answering.wording import repeats
from corpus.lexical import terms
from corpus.sentences import sentences
from corpus.term_index import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

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
STOP_BEFORE = re.compile(r"([.!?…][\"'”’)]{0,2}) ?((?:\[\d{1,3}\] ?){1,8})")
# Where a sentence with its markers is over: nothing that follows can change what stands before.
OVER = re.compile(
    r"(?:[.!?…][\"'”’)]{0,2}\s?(?:[\[【][^\]】\n]{1,40}[\]】]\s?){1,8}|[\]】][.!?…])\s(?=[A-Za-z“\"‘])|\n"
)
DECORATION = re.compile(r"\*\*|__|^\s{0,8}(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s", re.MULTILINE)
BEFORE_STOP = re.compile(r"\s(?=[.,;:!?…])")
MARKER = re.compile(r"\s?\[(\d{1,3})\]")
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
FOREIGN = re.compile(r"://|\bwww\.|\b[\w-]+(?:\.[a-z]{2,})+\b|@\w|<[@#]|[\[\]<>{}`|\\]")


class Reading:
    """What is kept of one reply, as far as it has been read. `passages` are those that the model was shown."""

    def __init__(self, passages: Sequence[Passage], max_sentences: int, checker: Checker) -> None:
        self._checker = checker
        self._passages = passages
        self._told = [replace(one, text=blanked(one.text)) for one in passages]
        self._most = max_sentences
        self._text = ""
        self._over = 0  # characters of the text that nothing further can change
        self._read = 0  # sentences
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
        over = max((found.end() for found in OVER.finditer(self._text, self._over)), default=self._over)
        if over == self._over:
            return False
        self._over = over
        return self._take(self._text[:over])

    def finish(self) -> Draft:
        """Read what is left."""
        self._take(self._text)
        return self.draft

    def _take(self, text: str) -> bool:
        """Keep what holds of the sentences that have not been read; whether there is any."""
        before, found = len(self._kept), _marked(_plain(text))
        for statement, named in found[self._read :]:
            known = [n - 1 for n in named if 1 <= n <= len(self._passages)]
            if _is_prose(statement):
                self._keep(statement, self._borne_out_by(statement, known))
        self._read = len(found)
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
        if not places or self.is_full or any(repeats(statement, one.text) for one in self._kept):
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
    """A reply without thoughts and decoration, its markers all written `[1][2]` and before the full stop."""
    text = DECORATION.sub("", THOUGHT.sub("", visible(text)))
    for pattern in (LISTED, SPOKEN):
        text = pattern.sub(lambda found: "".join(f"[{n}]" for n in re.findall(r"\d+", found[1])), text)
    return STOP_BEFORE.sub(r"\2\1 ", text)


def _marked(text: str) -> list[tuple[str, list[int]]]:
    """The sentences, each without its markers and with the numbers of all that stand in it: a sentence is believed as a
    whole or not at all."""
    found = []
    for span in sentences(text):
        whole = text[span.start : span.end]
        numbers = [int(number) for number in dict.fromkeys(MARKER.findall(whole))][:MOST_MARKERS]
        said = BEFORE_STOP.sub("", " ".join(MARKER.sub("", whole).split()))
        statement = LABEL.sub("", said).lstrip(".,;:-• ")
        found.append((statement, numbers))
    return found


def is_foreign(text: str) -> bool:
    """Whether a text has an address, a mention, a link or markup, which no model is to bring in."""
    return FOREIGN.search(text) is not None


def _is_prose(statement: str) -> bool:
    """Whether a sentence could be shown: of some words, not too long, without anything that leads elsewhere."""
    if len(statement.split()) < FEWEST_WORDS or len(statement) > LONGEST_SENTENCE or statement.endswith("?"):
        return False
    return not (is_foreign(statement) or CHATTER.search(QUOTED.sub("", statement)) or is_instruction(statement))
