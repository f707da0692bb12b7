"""Somebody's statements beside the stored articles: what they bear out, what they contradict, what they do not tell.

A statement is borne out by a sentence that says it in nearly the same words and passes the checks of a written sentence
(`checking`): a word more than the article has is often the one that turns it round ("still", "ended", "allowed"). It is
contradicted by a sentence that is about the same and gives another figure, country, day or direction, when no passage
found says it as the statement does. Everything else was not found, which says nothing about its truth; the sentence
nearest to it is shown, for a person to judge by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.answering.checking.checker import Checker
from bot.answering.checking.polarity import turned
from bot.answering.checking.support import content
from bot.answering.premises import contradictions
from bot.answering.types import Citation, Draft, Sentence
from bot.answering.verify import verified
from bot.answering.wording import countries
from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.search import Searcher
    from corpus.types import Passage, Span

Verdict = Literal["supported", "contradicted", "not_found"]

MOST_CLAIMS = 6
FEWEST_WORDS = 3  # with a meaning: less states nothing that could be looked up
DEPTH = 8  # passages that a claim is compared with
WORDS_A_NEW_ONE = 10  # words of a claim for each that the sentence which bears it out may lack
SAME_MEANING = 0.6  # cosine of a sentence that bears a claim out
ABOUT = 0.55  # cosine of a sentence that may contradict it, or is shown as the nearest
LIMITING = frozenset(
    "not no never without cannot neither nor only except unless still remain remains remained stay stays stayed outside"
    " excluding exempt instead unlike before until than may might could would should".split()
)  # words that change what the others say: a claim and what bears it out have the same ones
WORD = re.compile(r"\w+(?:['’]t)?")
FORMATTING = re.compile(r"https?://\S+|<[@#:][^>]*>|[*_~`>|#]+")


@dataclass(frozen=True, slots=True)
class Checked:
    """One claim with its verdict. `citation` is the sentence that bears it out or contradicts it, or else is the
    nearest, numbered as in the list of all; `says` are the words of the claim and of the citation that differ."""

    claim: str
    verdict: Verdict
    citation: Citation | None = None
    says: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a passage."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        return self.passage.text[self.span.start : self.span.end]

    def citation(self, n: int) -> Citation:
        start = self.passage.start + self.span.start
        return Citation(n, self.text, start, start + len(self.text), self.passage)


def claims_of(text: str) -> list[str]:
    """The statements of a message, each as it stands there without formatting and links; questions are none."""
    plain = FORMATTING.sub(" ", text)
    parts = (" ".join(plain[one.start : one.end].split()) for one in sentences(plain))
    stated = (part for part in parts if not part.endswith("?") and len(content(part)) >= FEWEST_WORDS)
    return list(dict.fromkeys(stated))


def check(claims: Iterable[str], searcher: Searcher) -> list[Checked]:
    """Each claim with what the stored articles say to it. Raises StoreError when the store cannot be searched."""
    checker = Checker(searcher.embedder)
    found = [_checked(n, claim, searcher, checker) for n, claim in enumerate(claims, start=1)]
    return _held(found, searcher)


def _checked(n: int, claim: str, searcher: Searcher, checker: Checker) -> Checked:
    passages = [hit.passage for hit in searcher.search(claim, DEPTH).hits]
    near = [one for one in _by_closeness(claim, passages, checker) if one[0] >= ABOUT]
    told = "\n".join(f"{one.title}\n{one.text}\n{one.published or ''}" for one in passages)
    for closeness, said in near:
        if closeness >= SAME_MEANING and _bears_out(said, claim, checker):
            return Checked(claim, "supported", said.citation(n))
    for _, said in near:
        for says in contradictions(claim, said.text, told, stated=True):
            return Checked(claim, "contradicted", said.citation(n), says)
    return Checked(claim, "not_found", near[0][1].citation(n) if near else None)


def _bears_out(said: _Said, claim: str, checker: Checker) -> bool:
    """Whether one sentence says all of a claim and nothing in it the other way."""
    alone, wanted = replace(said.passage, text=said.text), content(claim)
    return (
        len(wanted - content(said.text)) <= len(wanted) // WORDS_A_NEW_ONE
        and _limiting(claim) == _limiting(said.text)
        and countries(claim) <= countries(said.text)
        and not turned(claim, said.text)
        and not checker.problems(claim, [alone])
    )


def _limiting(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.lower()) if word in LIMITING or word.endswith(("n't", "n’t")))


def _by_closeness(claim: str, passages: Sequence[Passage], checker: Checker) -> list[tuple[float, _Said]]:
    """The sentences of the passages with their cosine to the claim, the nearest first."""
    said = [_Said(passage, span) for passage in passages for span in sentences(passage.text)]
    near = checker.closenesses(claim, [one.text for one in said])
    return sorted(zip(near, said, strict=True), key=lambda one: -one[0])


def _held(found: Sequence[Checked], searcher: Searcher) -> list[Checked]:
    """The same with only such citations as are slices of a stored article."""
    cited = tuple(one.citation for one in found if one.citation)
    draft = Draft(tuple(Sentence(one.quote, (one.n,), "verbatim") for one in cited), cited)
    kept = iter(verified(draft, searcher.catalogue).citations)
    held = {(one.passage.id, one.start): one for one in kept}
    return [
        Checked(one.claim, one.verdict, held[one.citation.passage.id, one.citation.start], one.says)
        if one.citation
        else one
        for one in found
    ]
