"""What is no article although it came as one: walls, checks, errors, lists of other articles.

Nothing is skipped for being short: a brief of two sentences is news. It takes a sentence that only such a page says
(wall_words.py), and next to no text besides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceSkipped
from ingest.extract import NO_ARTICLE
from ingest.extract.lines import ends_sentence
from ingest.extract.wall_words import ALONG, REPORTED, TELLING, Wall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


INDEX = "it is a list of articles, not an article; give the addresses of the articles, or the site's feed"

# How many words besides may stand on such a page. A paywall lets a few sentences through.
_MOST_BESIDES = {
    Wall.CHALLENGE: 40, Wall.COOKIES: 40, Wall.ERROR: 40, Wall.LOGIN: 30, Wall.PAYWALL: 90, Wall.REGION: 40,
    Wall.PARKED: 60, Wall.FILES: 1_000_000, Wall.WAITING: 3,
}  # fmt: skip
# Titles say "Just a moment..." or "404"; what else they say is as likely a headline.
_TITLED = {Wall.CHALLENGE, Wall.ERROR, Wall.PARKED, Wall.FILES, Wall.REGION}
_STUB_WORDS = 120
_LONGEST_SENTENCE = 400
_MOST_SENTENCES = 400
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
# A headline goes on after a dash, too, and with more words than a site's name has.
_SITE = re.compile(r"\s+[|–—·-]\s+(?:[^\s|–—·]{1,30}(?:\s+|\Z)){1,5}\Z")
# Chinese and Japanese do not part their words, which have about two characters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")
# Where a page speaks of itself, not where its article stands.
_FURNITURE = {"nav", "header", "footer", "script", "style", "head", "title", "button", "select", "option", "form"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "li", "section", "article", "td", "blockquote"}
_INLINE = {"strong", "b", "span", "a"}

_FEWEST_TEASERS = 6
_FEWEST_LINKS = 20
_HEADLINE_WORDS = 4
_TITLE_WORDS = 5
_PROSE_WORDS = 12
_PROSE_TOGETHER = 3
_FEWEST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Signs:
    """What a web page shows beside the text that was found in it."""

    headline: str = ""
    around: tuple[str, ...] = ()
    for_subscribers: bool = False
    says_article: bool = False
    has_paragraphs: bool = False
    linked_headings: int = 0
    linked_headlines: int = 0


def check(title: str, text: str) -> None:
    """Raises SourceSkipped, naming what it is, when the text is no article. For text that came without its page."""
    reason = _wall(title, _sentences(text), ())
    if reason is None and text and not any(map(str.isalpha, text)):
        reason = NO_ARTICLE
    if reason:
        raise SourceSkipped(reason)


def check_page(title: str, lines: Sequence[str], text: str, signs: Signs) -> None:
    """Raises SourceSkipped, naming what it is, when a web page holds no article.

    `lines` are what was found in it, `text` is what is left of them without the page's frame.
    """
    said = _sentences("\n".join(lines))
    reason = _wall(signs.headline or title, said or list(signs.around), signs.around)
    if reason is None and signs.for_subscribers and _words(said) < _STUB_WORDS:
        reason = Wall.PAYWALL.value
    if reason is None and _is_index(signs):
        reason = INDEX
    if reason is None and not _is_text(text):
        reason = NO_ARTICLE
    if reason:
        raise SourceSkipped(reason)


def _wall(title: str, said: Sequence[str], around: Sequence[str]) -> str | None:
    besides = [one for one in said if not any(_fits(pattern, one) for pattern in (ALONG, *TELLING.values()))]
    words = _words(besides)
    for wall, telling in TELLING.items():
        if words > _MOST_BESIDES[wall]:
            continue
        # Consent, login and subscription boxes stand on good pages too; only a paywall's speaks of the article.
        places = [
            *said,
            *(around if wall is Wall.PAYWALL else ()),
            *([_SITE.sub("", title)] if wall in _TITLED else []),
        ]
        if any(_fits(telling, one) for one in places):
            return wall.value
    return None


def _fits(pattern: re.Pattern[str], sentence: str) -> bool:
    return len(sentence) <= _LONGEST_SENTENCE and bool(pattern.fullmatch(sentence)) and not REPORTED.search(sentence)


def _sentences(text: str) -> list[str]:
    parts = (part.strip(" -*•|") for line in text.split("\n") for part in _SENTENCES.split(line))
    return [part for part in parts if part][:_MOST_SENTENCES]


def _words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) + len(_UNSPACED.findall(sentence)) for sentence in sentences)


def _is_text(text: str) -> bool:
    """Whether there is a sentence, or more words than a menu has, in any script."""
    if not any(map(str.isalpha, text)):
        return False
    return len(text.split()) >= _FEWEST_WORDS or any(ends_sentence(line) for line in text.split("\n"))


def _is_index(signs: Signs) -> bool:
    """Whether the page is made of headlines that lead elsewhere, and nowhere do paragraphs follow each other."""
    if signs.says_article or signs.has_paragraphs or len(signs.headline.split()) >= _TITLE_WORDS:
        return False
    return signs.linked_headings >= _FEWEST_TEASERS or signs.linked_headlines >= _FEWEST_LINKS


def signs_of(tree: Any, article: dict[str, Any], *, says_article: bool) -> Signs:
    """The signs in a page's tree without its hidden parts. `article` is its structured data."""
    headlines = [" ".join(str(one.text_content()).split()) for one in tree.iter("h1") if not _is_link(one)]
    free = article.get("isAccessibleForFree")
    return Signs(
        headline=next(filter(None, headlines), ""),
        around=tuple(_said_around(tree)),
        for_subscribers=free is False or str(free).strip().lower() in {"false", "no"},
        says_article=says_article,
        has_paragraphs=_has_paragraphs(tree),
        linked_headings=sum(_is_link(one) for one in tree.iter("h2", "h3", "h4")),
        linked_headlines=sum(len(str(one.text_content()).split()) >= _HEADLINE_WORDS for one in tree.iter("a")),
    )


def _has_paragraphs(tree: Any) -> bool:
    """Whether somewhere a few paragraphs of sentences stand side by side."""
    beside: Counter[Any] = Counter()
    for element in tree.iter("p", "div", "br"):
        said = element.tail if element.tag == "br" else _own_text(element)
        if said and len(said.split()) >= _PROSE_WORDS and ends_sentence(said.strip()):
            beside[element.getparent()] += 1
    return max(beside.values(), default=0) >= _PROSE_TOGETHER


def _own_text(element: Any) -> str:
    """A paragraph's text; nothing for a box of other paragraphs and for a link to another page."""
    if any(child.tag in {"p", "div", "h1", "h2", "h3", "h4", "ul", "article"} for child in element) or _is_link(
        element
    ):
        return ""
    return str(element.text_content())


def _said_around(tree: Any) -> Iterator[str]:
    """The short sentences of the page outside of its menus."""
    left = _MOST_SENTENCES
    stack = [tree]
    while stack and left:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _FURNITURE:
            continue
        if element.tag in _BLOCKS | _INLINE and not any(child.tag in _BLOCKS for child in element):
            text = " ".join(str(element.text_content()).split())
            if len(text) <= _LONGEST_SENTENCE:
                sentences = [text, *_sentences(text)] if text else []
                yield from sentences
                left -= bool(sentences)
            continue
        stack.extend(reversed(element))


def _is_link(element: Any) -> bool:
    """Whether an element is nothing but a link with a headline's words."""
    links = [*element.iter("a"), *element.iterancestors("a")]
    words = len(str(element.text_content()).split())
    linked = max((len(str(link.text_content()).split()) for link in links if link.get("href")), default=0)
    return words >= _HEADLINE_WORDS and linked >= words
