"""The page's own style sheets, as far as they can hide text: which rules match an element, and which one wins.

Selectors are cssselect2's. Read are rules for a screen, also inside of `@layer`, `@supports` and other rules. Those of
a state (`:hover`) or for browsers without scripts are no rules for a reader. Of a list of selectors, those that are
not understood are left out; a browser drops the whole list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from ingest.extract.concealing import declarations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_SHEETS = 400_000
_MOST_RULES = 5_000
_LONGEST_SELECTOR = 400
_LONGEST_NESTED = 2_000
_MOST_STEPS = 8
# A selector is looked for among all ancestors of all ancestors: elements looked at in a page, a few seconds' worth.
_MOST_LOOKS = 10_000_000
_DEEPEST = 6
_READ = {
    "display", "visibility", "content-visibility", "opacity", "font-size", "font", "color", "-webkit-text-fill-color",
    "background", "background-color", "background-image", "background-clip", "-webkit-background-clip", "text-indent",
    "margin-left", "margin-top", "position", "left", "right", "top", "bottom", "transform", "clip", "clip-path",
    "-webkit-clip-path", "height", "max-height", "width", "max-width", "overflow", "overflow-x", "overflow-y",
}  # fmt: skip
_NAME = re.compile(r"[.#][\w-]+")
_INVOLVED = re.compile(r"[(\[\\]")
_STEP = re.compile(r"[\s>+~]+")
_SCREEN = re.compile(r"(?:(?:only\s+)?(?:screen|all))?", re.IGNORECASE)
_WITHOUT_SCRIPTS = re.compile(r"\bno-?js\b|:not\(\s*\.js\b", re.IGNORECASE)
_UNLAYERED = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What one selector declares. Rules of a later `layer` win, those outside of any before all."""

    declared: tuple[tuple[str, str, bool], ...]
    layer: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a sheet a rule stands: in which other rule, which layer, how deep."""

    parent: str = ""
    layer: str = ""
    depth: int = 0


class StyleSheets:
    """The rules of a page's `<style>` elements, matched with its elements as they are now.

    Raises SourceError when that takes too long.
    """

    def __init__(self, tree: Any, sources: Iterator[str]) -> None:
        from cssselect2 import Matcher  # type: ignore[import-untyped] # cssselect2 carries no types

        self._matcher = Matcher()
        self._names = set(_names(tree))
        self._layers: dict[str, int] = {}
        self._count = 0
        left = _LONGEST_SHEETS
        for source in sources:
            self._read(source[:left])
            left -= len(source)
            if left <= 0 or self._count >= _MOST_RULES:
                break
        self._found = self._matches(tree) if self._count else {}

    def matching(self, element: Any) -> list[Rule]:
        """The rules for the element, the weakest first."""
        return self._found.get(element, [])

    def _matches(self, tree: Any) -> dict[Any, list[Rule]]:
        found = {}
        for element in _wrapped(tree).iter_subtree():
            # Of a pseudo-element (`::before`) only what the sheet itself puts there is hidden.
            rules = [rule for _, _, pseudo, rule in self._matcher.match(element) if pseudo is None]
            if rules:
                found[element.etree_element] = sorted(rules, key=lambda rule: rule.layer)
        return found

    def _read(self, source: str) -> None:
        from tinycss2 import parse_stylesheet  # type: ignore[import-untyped] # tinycss2 carries no types

        self._take(parse_stylesheet(source, skip_comments=True, skip_whitespace=True), _Place())

    def _take(self, nodes: Iterable[Any], place: _Place) -> None:
        nodes = list(nodes)
        read = tuple(one for one in declarations(nodes) if one[0] in _READ or one[0].startswith("--"))
        if read and place.parent:
            self._add(place, read)
        for node in nodes:
            if self._count >= _MOST_RULES:
                return
            if node.type == "qualified-rule" and place.depth < _DEEPEST:
                selector = _nested(node.prelude, place.parent)
                # Lists inside of lists multiply.
                if not place.parent or len(selector) <= _LONGEST_NESTED:
                    self._take(_contents(node), _Place(selector, place.layer, place.depth + 1))
            elif node.type == "at-rule" and place.depth < _DEEPEST:
                self._take_conditional(node, place)

    def _take_conditional(self, node: Any, place: _Place) -> None:
        from tinycss2 import serialize

        said, layer = serialize(node.prelude).strip().lower(), place.layer
        if node.lower_at_keyword == "layer":
            for name in said.split(","):
                layer = f"{place.layer}.{name.strip() or len(self._layers)}"
                self._layers.setdefault(layer, len(self._layers))
        elif node.lower_at_keyword == "media":
            if not _SCREEN.fullmatch(said):
                return
        elif node.lower_at_keyword != "supports" or said.startswith("not"):
            return
        if node.content is not None:
            self._take(_contents(node, in_rule=bool(place.parent)), _Place(place.parent, layer, place.depth + 1))

    def _may_match(self, selector: str) -> bool:
        """Whether all classes and ids that it asks for are in the page; most of a framework's are not."""
        return bool(_INVOLVED.search(selector)) or self._names.issuperset(_NAME.findall(selector))

    def _add(self, place: _Place, read: tuple[tuple[str, str, bool], ...]) -> None:
        layer = self._layers[place.layer] if place.layer else _UNLAYERED
        for selector in _listed(place.parent):
            known = self._count < _MOST_RULES and self._may_match(selector)
            compiled = _compiled(selector) if known else None
            self._count += 1
            if compiled is not None:
                self._matcher.add_selector(compiled, Rule(read, layer))


def _names(tree: Any) -> Iterator[str]:
    """The classes and ids of the page's elements, as selectors write them."""
    for element in tree.iter():
        yield from (f".{name}" for name in (element.get("class") or "").split())
        yield f"#{element.get('id')}"


def _contents(node: Any, *, in_rule: bool = True) -> list[Any]:
    """What a rule's braces hold; outside of rules there are no declarations, and `a:hover {}` is no such."""
    from tinycss2 import parse_blocks_contents, parse_rule_list

    read = parse_blocks_contents if in_rule else parse_rule_list
    return list(read(node.content, skip_comments=True, skip_whitespace=True))


def _nested(prelude: list[Any], parent: str) -> str:
    """The selector of a rule inside of another one, on its own (https://drafts.csswg.org/css-nesting)."""
    from tinycss2 import serialize

    if not parent:
        return str(serialize(prelude)).strip()
    around = f":is({parent})"
    if any(part == "&" for part in prelude):
        return "".join(around if part == "&" else part.serialize() for part in prelude).strip()
    return ",".join(f"{around} {one}" for one in _listed(str(serialize(prelude))))


def _listed(selectors: str) -> list[str]:
    """The selectors that commas part, those inside of brackets left alone."""
    from tinycss2 import parse_component_value_list

    if len(selectors) > _LONGEST_SELECTOR and "(" not in selectors:
        return [one.strip() for one in selectors.split(",")]
    parts = [""]
    for one in parse_component_value_list(selectors, skip_comments=True):
        if one == ",":
            parts.append("")
        else:
            parts[-1] += one.serialize()
    return [part.strip() for part in parts]


def _compiled(selector: str) -> Any:
    """The selector as cssselect2 tests it; None when it is too long, for another reader, or not understood."""
    from cssselect2 import compile_selector_list

    if len(selector) > _LONGEST_SELECTOR or len(_STEP.findall(selector)) > _MOST_STEPS:
        return None
    if not selector or _WITHOUT_SCRIPTS.search(selector):
        return None
    try:
        return next(iter(compile_selector_list(selector)))
    except Exception:  # noqa: BLE001 - beside its SelectorError, odd selectors end in whatever Python meets on them
        return None


def _wrapped(tree: Any) -> Any:
    from cssselect2 import ElementWrapper

    left = _MOST_LOOKS

    def look(elements: tuple[Any, ...]) -> tuple[Any, ...]:
        nonlocal left
        left -= len(elements) + 1
        if left < 0:
            raise SourceError("its style sheets take too long to apply; save the article as text and give that file")
        return elements

    class Element(ElementWrapper):  # type: ignore[misc] # cssselect2 carries no types
        """cssselect2's element, counting what is looked at, and without its recursion over siblings."""

        @property
        def ancestors(self) -> tuple[Any, ...]:
            """The elements around it, the outermost first."""
            return look(super().ancestors)

        @property
        def previous_siblings(self) -> tuple[Any, ...]:
            """The siblings before it, the nearest first."""
            found: list[Any] = []
            while (at := (found[-1] if found else self).previous) is not None:
                found.append(at)
            return look(tuple(found))

        def iter_children(self) -> Iterator[Any]:
            """The elements directly inside it."""
            return iter(look(tuple(super().iter_children())))

    return Element.from_html_root(tree)
