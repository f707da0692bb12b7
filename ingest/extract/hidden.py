"""Dropping what a browser would not show: an article is what a reader of the page can see.

What an element says of itself counts (attributes, inline style), and the page's own style sheets do, save where
they would hide most of the page: sites conceal an article until a script shows it. Sheets that would have to be
fetched are not followed.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest.extract.concealing import (
    BLACK,
    WHITE,
    Colour,
    background,
    declared,
    is_unseen,
    letters_vanish,
    takes_away,
    text_colour,
    winning,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ingest.extract.style_sheets import Rule, StyleSheets

_NEVER_SHOWN = frozenset({"script", "style", "template", "noscript", "head", "iframe", "object", "svg"})
_NO_TEXT = frozenset({"script", "style", "template", "noscript", "head"})
_ENCODING_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_UNSEEN_VISIBILITY = {"hidden", "collapse"}
# A rule of a style sheet that hides a larger share of the page's text waits for a script to undo it.
_MOST_BY_ONE_RULE = 0.4
_NO_VARIABLES: ChainMap[str, str] = ChainMap()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an element passes on to its children."""

    letters: Colour = BLACK
    paper: Colour | str = WHITE
    small: bool = False
    invisible: bool = False

    @property
    def unseen(self) -> bool:
        """Whether text that stands directly in the element cannot be seen."""
        return self.small or self.invisible or (isinstance(self.paper, Colour) and is_unseen(self.letters, self.paper))


def drop_hidden(tree: Any, tags: frozenset[str] = frozenset({"style", "template", "noscript"})) -> None:
    """Takes hidden text and elements with one of the tags out of the tree; the text after them stays.

    Scripts that hold structured data stay for the metadata readers, which run before the text is read.
    Raises SourceError when the page's style sheets take too long to apply.
    """
    from ingest.extract.style_sheets import StyleSheets

    cascade = _Cascade(tree, StyleSheets(tree, _sheets(tree)))
    stack: list[tuple[Any, _Shown]] = [(tree, _Shown())]
    while stack:
        element, inherited = stack.pop()
        style = cascade.style(element)
        if element is not tree and _is_dropped(element, tags, style):
            element.drop_tree()
            continue
        shown = _passed_on(inherited, style)
        if shown.unseen and element.tag not in _NO_TEXT:
            _blank(element)
        stack.extend((child, shown) for child in reversed(element) if isinstance(child.tag, str))


def _is_dropped(element: Any, tags: frozenset[str], style: dict[str, str]) -> bool:
    if element.tag in tags:
        return True
    if element.tag in {"html", "body", "head"}:
        return False
    if element.tag == "script":
        return str(element.get("type", "")).strip().lower() != "application/ld+json"
    return _hides_itself(element) or takes_away(style)


def _hides_itself(element: Any) -> bool:
    """The `hidden` attribute, whatever its value, and what is kept from screen readers."""
    return element.get("hidden") is not None or str(element.get("aria-hidden", "")).strip().lower() == "true"


def _passed_on(inherited: _Shown, style: dict[str, str]) -> _Shown:
    if not style:
        return inherited
    letters, paper, small = text_colour(style), background(style), letters_vanish(style)
    visibility = style.get("visibility")
    return replace(
        inherited,
        letters=inherited.letters if letters is None else letters,
        paper=inherited.paper if paper is None else paper,
        small=inherited.small if small is None else small,
        invisible=inherited.invisible if visibility is None else visibility in _UNSEEN_VISIBILITY,
    )


def _blank(element: Any) -> None:
    """Takes out the text that stands directly in the element, not that of its children."""
    element.text = None
    for child in element:
        child.tail = " " if child.tail else None


class _Cascade:
    """Which declarations win for an element: the sheets', over them its own, over these the important ones."""

    def __init__(self, tree: Any, sheets: StyleSheets) -> None:
        self._sheets = sheets
        self._variables: dict[Any, ChainMap[str, str]] = {}
        for element in _elements(tree):
            self._variables[element] = self._with_own(element)
        self._waiting = self._waiting_for_scripts(tree)

    def style(self, element: Any) -> dict[str, str]:
        """The element's style, by property; without what rules that wait for a script say."""
        rules = [rule for rule in self._sheets.matching(element) if rule not in self._waiting]
        found = self._declared(element, rules)
        return winning(found, self._variables[element]) if found else {}

    def _with_own(self, element: Any) -> ChainMap[str, str]:
        """The custom properties that hold for the element: its own over those that it inherits."""
        inherited = self._variables.get(element.getparent(), _NO_VARIABLES)
        found = self._declared(element, self._sheets.matching(element))
        own = {name: value for name, value, _ in sorted(found, key=lambda one: one[2]) if name.startswith("--")}
        return inherited.new_child(own) if own else inherited

    def _declared(self, element: Any, rules: list[Rule]) -> list[tuple[str, str, bool]]:
        source = element.get("style")
        return [one for rule in rules for one in rule.declared] + list(declared(source) if source else ())

    def _waiting_for_scripts(self, tree: Any) -> frozenset[Rule]:
        """The rules that hide a large share of the page's text, all elements that they match taken together."""
        sizes = _text_sizes(tree)
        hides: Counter[Rule] = Counter()
        known: dict[Rule, bool] = {}
        for element in self._variables:
            for rule in self._sheets.matching(element) if element.tag not in _NO_TEXT else ():
                conceals = known.get(rule)
                if conceals is None:
                    conceals = _conceals(rule, self._variables[element])
                    if not any("var(" in value for _, value, _ in rule.declared):
                        known[rule] = conceals
                if conceals:
                    hides[rule] += sizes[element]
        return frozenset(rule for rule, size in hides.items() if size > _MOST_BY_ONE_RULE * sizes[tree])


def _conceals(rule: Rule, variables: Mapping[str, str]) -> bool:
    style = winning(rule.declared, variables)
    return takes_away(style) or _passed_on(_Shown(), style).unseen


def _elements(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _text_sizes(tree: Any) -> dict[Any, int]:
    """How much text each element holds."""
    sizes: Counter[Any] = Counter()
    for element in reversed(list(_elements(tree))):
        if element.tag not in _NO_TEXT:
            sizes[element] += len((element.text or "").strip())
        parent = element.getparent()
        if parent is not None:
            sizes[parent] += sizes[element] + len((element.tail or "").strip())
    return sizes


def _sheets(tree: Any) -> Iterator[str]:
    for sheet in tree.iter("style"):
        around = sheet.getparent()
        media = (sheet.get("media") or "all").strip().lower()
        if media in {"all", "screen"} and (around is None or around.tag != "noscript"):
            yield sheet.text or ""


def parsed(html: str) -> Any:
    """The page as an lxml tree without comments; None when there is nothing in it."""
    from lxml import html as lxml_html  # type: ignore[import-untyped] # lxml carries no types
    from lxml.etree import LxmlError  # type: ignore[import-untyped] # as above

    # A comment in the middle of a paragraph would end it for those who read an element's text.
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(_ENCODING_DECLARATION.sub("", html), parser=parser)
    except (LxmlError, ValueError):
        return None


def visible_text(html: str) -> str:
    """The words of a piece of HTML that a reader would see, one line a block."""
    tree = parsed(html)
    if tree is None:
        return ""
    drop_hidden(tree, _NEVER_SHOWN)
    return "\n".join(line.strip() for line in str(tree.text_content()).splitlines() if line.strip())
