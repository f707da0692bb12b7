"""The gate between an answerer and the reader: nothing uncited and nothing misquoted passes."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.answering.links import placed
from bot.answering.pronouns import is_as_quoted
from bot.answering.types import Citation, Draft, Note, Sentence
from corpus.catalogue import Catalogue

MARKER = re.compile(r"\[(\d+)\]")


def verified(draft: Draft, catalogue: Catalogue) -> Draft:
    """The draft without citations that are not slices of a stored article, and without sentences that lean on none.

    Citations are numbered anew from 1, in the order in which the sentences and then the notes use them; a note that
    leans on a citation that does not hold goes.
    """
    held = {citation.n: citation for citation in _held(draft.citations, catalogue)}
    kept = [
        (sentence, [n for n in sentence.citations if n in held])
        for sentence in draft.sentences
        if any(n in held for n in sentence.citations)
        and (sentence.support != "verbatim" or _is_quoted(sentence, [n for n in sentence.citations if n in held], held))
    ]
    notes = [note for note in draft.notes if all(n in held for n in note.citations)]
    used_first = [n for _, used in kept for n in used] + [n for note in notes for n in note.citations]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(used_first), start=1)}
    return Draft(
        tuple(replace(one, citations=tuple(numbers[n] for n in used)) for one, used in kept),
        tuple(_numbered(held[old], new) for old, new in numbers.items()),
        tuple(_renumbered(note, numbers) for note in notes),
    )


def _held(citations: tuple[Citation, ...], catalogue: Catalogue) -> list[Citation]:
    with catalogue.snapshot() as snapshot:
        stored = {
            (c.passage.article_id, c.passage.revision): snapshot.text_of(c.passage.article_id, c.passage.revision)
            for c in citations
        }
    told = {n: stored[c.passage.article_id, c.passage.revision] or "" for n, c in enumerate(citations)}
    return [placed(c, told[n]) for n, c in enumerate(citations) if c.quote and told[n][c.start : c.end] == c.quote]


def _is_quoted(sentence: Sentence, used: list[int], held: Mapping[int, Citation]) -> bool:
    return any(is_as_quoted(sentence.text, held[n].quote) for n in used)


def _renumbered(note: Note, numbers: Mapping[int, int]) -> Note:
    text = MARKER.sub(lambda found: f"[{numbers.get(int(found[1]), found[1])}]", note.text)
    return replace(note, text=text, citations=tuple(numbers[n] for n in note.citations))


def _numbered(citation: Citation, n: int) -> Citation:
    return replace(citation, n=n)
