"""Who wrote a page's article, where it stands, where it first appeared and what it is about, as the page states it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.extract.address import is_web_address, same_site
from ingest.extract.html_dates import published_on
from ingest.extract.structured import Entity, article_of, entities, first, is_article, metas, names, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title")
_AUTHORS = (
    "author", "article:author", "byl", "sailthru.author", "parsely-author", "dc.creator", "dcterms.creator",
    "citation_author", "article_author", "author.name",
)  # fmt: skip
_TOPICS = ("article:tag", "article:section", "parsely-tags", "news_keywords", "keywords")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "inlanguage")
_MOST_TOPICS = 20
_MOST_ARTICLES = 2
_LONGEST_TOPIC = 60
_LANGUAGE = re.compile(r"(?P<primary>[a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|author(?:-?name)?)(?:$|[\s_-])", re.IGNORECASE)
_ASIDE = re.compile(r"bio|related|comment|card|social|share|avatar|follow|more-from", re.IGNORECASE)
_MOST_BYLINES = 3
_LONGEST_BYLINE = 120

_BY = re.compile(
    r"\A(?:(?:(?:written|reported|posted|published|story|words)\s+)?by[:\s]|\w{2,12}:(?!/))\s*", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:;|\||,?\s+and\s+|\s+&\s+)\s*", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:reporter|writer|editors?|editorial|correspondent|columnist|contributor|staff|bureau|admin(?:istrator)?"
    r"|newsroom|desk|team|webmaster|user|guest|unknown|anonymous|author|producer|news(?:wire)?|agenc(?:y|ies)"
    r"|international|business|press|tv|radio|magazine|insider)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[@\d/<>{}_#=]|\.(?:com|org|net|info)\b|https?:", re.IGNORECASE)
_AGENCY = re.compile(
    r"(?:the )?(?:associated press|reuters|afp|agence france-presse|ap|dpa|efe|ansa|kyodo|xinhua|bloomberg)",
    re.IGNORECASE,
)
_MOST_NAME_WORDS = 5
_MOST_AUTHORS = 20


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states; `titles` are all spellings of its headline, the best one first."""

    title: str | None
    titles: tuple[str, ...]
    canonical: tuple[str, ...]
    outlet: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    topics: tuple[str, ...]
    article: Entity
    says_article: bool


def metadata(tree: Any, url: str) -> Metadata:
    """The page's metadata. The tree is one whose hidden parts are gone, with scripts and head still in it."""
    stated, found = metas(tree), entities(tree)
    canonical = tuple(_addresses(tree, stated))
    article = article_of(found, (url, *canonical))
    outlet = _outlet(stated, article, found, url)
    titles = tuple(dict.fromkeys(_titles(tree, stated, article, outlet)))
    return Metadata(
        title=titles[0] if titles else None,
        titles=titles,
        canonical=canonical,
        outlet=outlet,
        publisher=_publisher(article, found, outlet, canonical, url),
        authors=_authors(tree, stated, article, found, outlet),
        published=published_on(tree, stated, article, found, url),
        language=_language(tree, stated),
        topics=_topics(stated, article),
        article=article,
        says_article=_says_article(stated, found),
    )


def _says_article(stated: Mapping[str, list[str]], found: list[Entity]) -> bool:
    """Whether the page calls itself an article; a list of articles in structured data is none."""
    articles = sum(is_article(entity) for entity in found)
    return "article" in stated.get("og:type", ()) or 1 <= articles <= _MOST_ARTICLES


def _addresses(tree: Any, stated: Mapping[str, list[str]]) -> Iterator[str]:
    links = (
        link.get("href", "").strip() for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()
    )
    yield from (address for address in (*links, *stated.get("og:url", ())) if is_web_address(address))


def _titles(tree: Any, stated: Mapping[str, list[str]], article: Entity, outlet: str | None) -> Iterator[str]:
    """The headline as structured data, metadata and headings have it; a window title last, without the site's name."""
    headings = [_line(heading) for heading in tree.iter("h1")]
    window = [_line(title) for title in tree.iter("title")][:1]
    candidates = [*strings(article.get("headline")), *(stated[name][0] for name in _TITLES if stated.get(name))]
    # A heading that the window's title begins with is the page's own; another one may be the site's name.
    own = [one for one in headings if one and any(title.startswith(one) for title in (*candidates, *window))]
    for title in (*own, *candidates, *(headings if len(headings) == 1 else ()), *window):
        if title and title != outlet:
            yield _without_site(title, outlet)


def _without_site(title: str, outlet: str | None) -> str:
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · ", " « "):
        headline, found, site = title.rpartition(mark)
        if found and headline and (site == outlet or (mark == " | " and len(site.split()) <= _MOST_NAME_WORDS)):
            return headline.strip()
    return title


def _outlet(stated: Mapping[str, list[str]], article: Entity, found: list[Entity], url: str) -> str | None:
    """The site's name; its host when it states none."""
    publishers = names(article.get("publisher"), found)
    named = [*stated.get("og:site_name", ())[:1], *publishers, *stated.get("application-name", ())[:1]]
    # What follows a bar is the site's motto or a list of its sections.
    short = (name.split(" | ")[0].strip() for name in named if not is_web_address(name) and not name.startswith("@"))
    return next(filter(None, short), None) or _host(url)


def _host(url: str) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if is_web_address(url) else None


def _publisher(
    article: Entity, found: list[Entity], outlet: str | None, canonical: tuple[str, ...], url: str
) -> str | None:
    """Where the article first appeared, if the page names another place for it."""
    based = article.get("isBasedOn")
    sources = [based.get("publisher")] if isinstance(based, dict) else []
    stated = [name for value in (*sources, article.get("sourceOrganization")) for name in names(value, found)]
    elsewhere = [name for name in stated if name != outlet and not is_web_address(name)]
    if elsewhere:
        return elsewhere[0]
    return _host(canonical[0]) if canonical and _is_another_place(canonical[0], url) else None


def _is_another_place(address: str, url: str) -> bool:
    """Whether an address is of another site than the page's, and not of the same one under another ending."""
    if not is_web_address(url) or same_site(address, url):
        return False
    longest = [max((_host(one) or "").split("."), key=len) for one in (address, url)]
    return longest[0] != longest[1]


def _authors(
    tree: Any, stated: Mapping[str, list[str]], article: Entity, found: list[Entity], outlet: str | None
) -> tuple[str, ...]:
    """The people named by the first source that names any; a news agency when nobody is named."""
    sources = [names(article.get("author"), found), *(stated.get(name, []) for name in _AUTHORS), list(_bylines(tree))]
    agency: tuple[str, ...] = ()
    for source in sources:
        people = people_in(source, outlet)
        if people:
            return people
        agency = agency or tuple(one for one in source if _AGENCY.fullmatch(one) and one != outlet)[:1]
    return agency


def people_in(values: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """The people's names in bylines: no "By", no job, no address, no handle, no name of the site or of a desk."""
    found = (
        name
        for value in values
        for part in _SPLIT.split(_BY.sub("", " ".join(value.split())))
        for name in _listed(part)
    )
    kept = [name.title() if name.isupper() else name for name in found if _is_name(name, outlet)]
    return tuple(dict.fromkeys(kept))[:_MOST_AUTHORS]


def _listed(part: str) -> list[str]:
    """ "Ann Lee, Bo Ek" names two people, "Ann Lee, Senior Writer" and "Bo Ek, The Gazette" one."""
    pieces = [piece.strip() for piece in part.split(",")]
    several = len(pieces) > 1 and all(
        1 < len(one.split()) <= _MOST_NAME_WORDS and not _WORK.search(one) for one in pieces
    )
    return pieces if several and not any(one.lower().startswith("the ") for one in pieces) else pieces[:1]


def _is_name(name: str, outlet: str | None) -> bool:
    words = name.split()
    if not 1 < len(words) <= _MOST_NAME_WORDS and not _is_unspaced(name):
        return False
    if (
        name[0].islower()
        or name.startswith("The ")
        or words[-1][0].islower()
        or _NO_NAME.search(name)
        or _WORK.search(name)
        or _AGENCY.fullmatch(name)
    ):
        return False
    return outlet is None or name.lower() not in outlet.lower()


def _is_unspaced(name: str) -> bool:
    """Chinese, Japanese and Korean names are one word."""
    return 1 < len(name) <= _MOST_NAME_WORDS and all(letter.isalpha() and ord(letter) >= 0x3040 for letter in name)  # noqa: PLR2004 - where kana begin


def _bylines(tree: Any) -> Iterator[str]:
    """What elements marked as the article's byline say."""
    left = _MOST_BYLINES
    for element in tree.iter("a", "span", "div", "p", "address", "li"):
        marked = "author" in (element.get("rel", "").split() + element.get("itemprop", "").split())
        if not marked and not _BYLINE_CLASS.search(element.get("class", "")):
            continue
        text = _line(element)
        if 0 < len(text) <= _LONGEST_BYLINE and not _is_aside(element):
            yield text
            left -= 1
        if not left:
            return


def _is_aside(element: Any) -> bool:
    around = [element, *element.iterancestors()][:6]
    return any(one.tag in {"aside", "footer", "nav"} or _ASIDE.search(one.get("class", "")) for one in around)


def _language(tree: Any, stated: Mapping[str, list[str]]) -> str | None:
    """The primary subtag (BCP 47) of the language that the page declares."""
    root = tree.getroottree().getroot()
    equivalents = [
        m.get("content", "") for m in tree.iter("meta") if m.get("http-equiv", "").lower() == "content-language"
    ]
    for value in (root.get("lang"), root.get("xml:lang"), *equivalents, first(stated, _LANGUAGES)):
        found = _LANGUAGE.fullmatch(value.strip()) if value else None
        if found:
            return found["primary"].lower()
    return None


def _topics(stated: Mapping[str, list[str]], article: Entity) -> tuple[str, ...]:
    """Tags and sections of the first source that has any; free lists of keywords last."""
    sources = [
        *([*stated.get(name, ())] for name in _TOPICS[:2]),
        strings(article.get("keywords")),
        strings(article.get("articleSection")),
    ]
    sources += [stated.get(name, []) for name in _TOPICS[2:]]
    tags = [tag.strip() for source in sources[:2] for tag in source] or next(filter(None, sources), [])
    split = (part.strip() for tag in tags for part in (tag.split(",") if len(tags) == 1 else [tag]))
    kept = [one for one in split if 1 < len(one) <= _LONGEST_TOPIC and not one.startswith("/") and ":" not in one]
    return tuple({one.lower(): one for one in reversed(kept[:_MOST_TOPICS])}.values())[::-1]


def _line(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
