"""The page's own style sheets, as far as they can hide text: which rules match an element, and which one wins.

Read are plain selectors (tags, ids, classes, attributes, descendants, children) outside of media queries for
anything but a screen. Rules of a state (`:hover`) or for browsers without scripts are no rules for a reader.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest.extract.concealing import declarations

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_SHEETS = 400_000
_MOST_RULES = 5_000
_LONGEST_SELECTOR = 200
_MOST_STEPS = 6
_READ = {
    "display", "visibility", "content-visibility", "opacity", "font-size", "font", "color", "-webkit-text-fill-color",
    "background", "background-color", "background-image", "background-clip", "-webkit-background-clip", "text-indent",
    "margin-left", "margin-top", "position", "left", "right", "top", "bottom", "transform", "clip", "clip-path",
    "-webkit-clip-path", "height", "max-height", "width", "max-width", "overflow", "overflow-x", "overflow-y",
}  # fmt: skip
_PART = r"[.#][\w-]+|\[[\w-]+(?:[~|^$*]?=(?:\"[^\"\]]*\"|'[^'\]]*'|[\w-]+))?\]"
_COMPOUND = re.compile(rf"(?P<tag>\*|[a-z][\w-]*)?(?P<parts>(?:{_PART})*)", re.IGNORECASE)
_PARTS = re.compile(_PART)
_STEP = re.compile(r"\s*(>)\s*|\s+")
_SCREEN = re.compile(r"(?:(?:only\s+)?(?:screen|all))?", re.IGNORECASE)
_WITHOUT_SCRIPTS = re.compile(r"\bno-?js\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Compound:
    """One step of a selector: what a single element has to be."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    child_of: bool = False

    def fits(self, element: Any, classes: frozenset[str]) -> bool:
        """Whether the element is it."""
        return (
            self.tag in {"", "*", element.tag}
            and self.classes <= classes
            and (not self.id or element.get("id") == self.id)
            and all(name in element.attrib and value in {None, element.get(name)} for name, value in self.attributes)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector (its last step first) and what it declares. `weight` is CSS's specificity, then the order."""

    steps: tuple[Compound, ...]
    declared: tuple[tuple[str, str, bool], ...]
    weight: tuple[int, int, int, int]


class StyleSheets:
    """The rules of a page's `<style>` elements."""

    def __init__(self, sources: Iterator[str]) -> None:
        self._by_key: dict[str, list[Rule]] = defaultdict(list)
        self._count = 0
        self._found: dict[Any, list[Rule]] = {}
        self._classes: dict[Any, frozenset[str]] = {}
        left = _LONGEST_SHEETS
        for source in sources:
            self._read(source[:left])
            left -= len(source)
            if left <= 0 or self._count >= _MOST_RULES:
                break

    def matching(self, element: Any) -> list[Rule]:
        """The rules for the element, the weakest first."""
        if not self._count:
            return []
        if element not in self._found:
            keys = [element.tag, "*", f"#{element.get('id')}", *(f".{name}" for name in self._classes_of(element))]
            rules = (rule for key in keys for rule in self._by_key.get(key, ()))
            found = (rule for rule in rules if self._matches(rule.steps, element))
            self._found[element] = sorted(found, key=lambda rule: rule.weight)
        return self._found[element]

    def _matches(self, steps: tuple[Compound, ...], element: Any) -> bool:
        if not steps[0].fits(element, self._classes_of(element)):
            return False
        at = element
        for below, step in pairwise(steps):
            at = at.getparent()
            while at is not None and not below.child_of and not step.fits(at, self._classes_of(at)):
                at = at.getparent()
            if at is None or not step.fits(at, self._classes_of(at)):
                return False
        return True

    def _classes_of(self, element: Any) -> frozenset[str]:
        if element not in self._classes:
            self._classes[element] = frozenset((element.get("class") or "").split())
        return self._classes[element]

    def _read(self, source: str) -> None:
        from tinycss2 import parse_stylesheet  # type: ignore[import-untyped] # tinycss2 carries no types

        for node in parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
            self._take(node)

    def _take(self, node: Any) -> None:
        from tinycss2 import parse_blocks_contents, parse_rule_list, serialize

        if node.type == "at-rule" and node.lower_at_keyword in {"media", "layer"} and node.content is not None:
            if node.lower_at_keyword == "layer" or _SCREEN.fullmatch(serialize(node.prelude).strip()):
                for inner in parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
                    if inner.type == "qualified-rule":
                        self._take(inner)
        elif node.type == "qualified-rule" and self._count < _MOST_RULES:
            contents = parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            read = tuple(one for one in declarations(contents) if one[0] in _READ)
            if read:
                for selector in serialize(node.prelude).split(","):
                    self._add(selector.strip(), read)

    def _add(self, selector: str, read: tuple[tuple[str, str, bool], ...]) -> None:
        steps = _steps(selector)
        if not steps:
            return
        self._count += 1
        ids = sum(bool(step.id) for step in steps)
        classes = sum(len(step.classes) + len(step.attributes) for step in steps)
        tags = sum(step.tag not in {"", "*"} for step in steps)
        last = steps[0]
        key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag or "*"
        self._by_key[key].append(Rule(steps, read, (ids, classes, tags, self._count)))


def _steps(selector: str) -> tuple[Compound, ...]:
    """The selector's steps, the last one first; none when it is of another kind than those read here."""
    if len(selector) > _LONGEST_SELECTOR or _WITHOUT_SCRIPTS.search(selector):
        return ()
    pieces = _STEP.split(selector)
    steps: list[Compound] = []
    for piece, before in zip(pieces[::2], [None, *pieces[1::2]], strict=True):
        found = _COMPOUND.fullmatch(piece)
        if found is None or not piece or len(steps) >= _MOST_STEPS:
            return ()
        steps.append(_compound(found, child_of=before == ">"))
    return tuple(reversed(steps))


def _compound(found: re.Match[str], *, child_of: bool) -> Compound:
    parts = _PARTS.findall(found["parts"])
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    ids = [part[1:] for part in parts if part[0] == "#"]
    attributes = tuple(_attribute(part[1:-1]) for part in parts if part[0] == "[")
    return Compound((found["tag"] or "").lower(), ids[0] if ids else "", classes, attributes, child_of)


def _attribute(source: str) -> tuple[str, str | None]:
    name, equals, value = source.partition("=")
    return name.rstrip("~|^$*").lower(), value.strip("\"'") if equals else None
