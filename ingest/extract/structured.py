"""What a page states about its article for machines: schema.org's JSON-LD and `<meta>` elements.

Only what stands for the page itself is read: the article at the top of a JSON-LD block, in its graph, or named as a
page's main entity. Articles in lists, comments and links belong to other pages.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ingest.extract.address import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Entity = dict[str, Any]

_MOST_BLOCKS = 50
_LONGEST_BLOCK = 1_000_000
_MOST_ENTITIES = 500
_MOST_NESTED = 6
_ARTICLE = re.compile(r"\w*(?:Article|BlogPosting|Report)")
_WRAPPED = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*\Z"
)


def entities(tree: Any) -> list[Entity]:
    """The entities of the page's JSON-LD that stand for the page, in order. What is no JSON is left out."""
    found: list[Entity] = []
    scripts = (s for s in tree.iter("script") if str(s.get("type", "")).strip().lower() == "application/ld+json")
    for script, _ in zip(scripts, range(_MOST_BLOCKS), strict=False):
        source = script.text or ""
        if len(source) <= _LONGEST_BLOCK:
            found += _in_block(_WRAPPED.sub("", source))
    return found[:_MOST_ENTITIES]


def _in_block(source: str) -> list[Entity]:
    try:
        return list(_top(json.loads(source, strict=False), _MOST_NESTED))
    except (ValueError, RecursionError):
        return []


def _top(value: Any, depth: int) -> Iterator[Entity]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _top(one, depth - 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _top(value.get(name), depth - 1)


def article_of(found: Iterable[Entity], addresses: Iterable[str]) -> Entity:
    """The article that the page is about: the one that bears one of its addresses, else the only or first one."""
    articles = [entity for entity in found if is_article(entity)]
    own = {normal(address) for address in addresses if address}
    return next((one for one in articles if own & set(_addresses(one))), articles[0] if articles else {})


def is_article(entity: Entity) -> bool:
    """Whether the entity is an article of some kind."""
    return any(_ARTICLE.fullmatch(kind) for kind in types(entity))


def types(entity: Entity) -> list[str]:
    """The entity's schema.org types."""
    return [kind.rsplit("/", 1)[-1] for kind in strings(entity.get("@type"))]


def _addresses(entity: Entity) -> Iterator[str]:
    page = entity.get("mainEntityOfPage")
    for value in (entity.get("url"), entity.get("@id"), page, page.get("@id") if isinstance(page, dict) else None):
        if isinstance(value, str):
            yield normal(value.partition("#")[0])


def strings(value: Any) -> list[str]:
    """A value that is one text or a list of texts, as a list."""
    values = value if isinstance(value, list) else [value]
    return [html.unescape(one).strip() for one in values[:_MOST_ENTITIES] if isinstance(one, str) and one.strip()]


def names(value: Any, found: Iterable[Entity] = ()) -> list[str]:
    """The names in a value that is a text, an entity, a reference to one of `found`, or a list of these."""
    known = {entity["@id"]: entity for entity in found if isinstance(entity.get("@id"), str)}
    named: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:_MOST_ENTITIES]:
        entity = known.get(one.get("@id"), one) if isinstance(one, dict) and "name" not in one else one
        named += strings(entity.get("name") if isinstance(entity, dict) else entity)
    return named


def metas(tree: Any) -> Mapping[str, list[str]]:
    """The contents of the page's `<meta>` elements by their name, in lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    for meta in tree.iter("meta"):
        content = html.unescape(str(meta.get("content") or "")).strip()
        for name in {str(meta.get(key)).strip().lower() for key in ("property", "name", "itemprop") if meta.get(key)}:
            if content:
                found[name].append(content)
    return found


def first(values: Mapping[str, list[str]], names_: Iterable[str]) -> str | None:
    """The first content of the first of the names that is there."""
    return next((values[name][0] for name in names_ if values.get(name)), None)
