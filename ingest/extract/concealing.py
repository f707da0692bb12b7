"""What a set of CSS declarations makes of text: seen by a reader, or not.

Taken as a browser would take them, with lengths in rough pixels. Properties that children inherit and may undo
(colour, size of letters, visibility) are told apart from those that take away everything inside an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.extract.lengths import NUMBER, measured, pixels

Style = Mapping[str, str]
"""Property names to values, both in lower case, the last one that counts of each."""

_FONT_SIZE = re.compile(rf"(?:^|\s)(?P<size>{NUMBER}(?:[a-z]{{1,4}}|%)?)(?:\s*/|\s|$)")
_OFF_SCREEN = -500.0
_LETTERS = 16.0
_SMALLEST_LETTERS = 1.0
_SMALLEST_BOX = 1.0
_FAINTEST = 0.05
_CLIPPED_AWAY = re.compile(
    r"inset\(\s*(?:5\d|[6-9]\d|100)%|circle\(\s*0(?:px|%)?\s*[a)]|polygon\(\s*(?:0(?:px|%)?[\s,]*)+\)"
)
_RECT = re.compile(r"rect\((?P<edges>[^)]{1,80})\)")
_SHRUNK = re.compile(r"scale[xy3d]{0,2}\(\s*0*\.?0+\s*[,)]")
_MOVED = re.compile(rf"translate[xy3d]{{0,2}}\(\s*(?P<first>{NUMBER}[a-z%]{{0,4}})")
_CUT = {"hidden", "clip"}
# Names are case-sensitive in CSS; here both sides are in lower case. The alternative may hold one pair of brackets.
_VARIABLE = re.compile(r"var\(\s*(?P<name>--[\w-]{1,100})\s*(?:,(?P<otherwise>(?:[^()]|\([^()]*+\))*+))?\)")
_MOST_VARIABLES = 20
_LONGEST_VALUE = 1_000
_EVERYWHERE = {"inherit", "initial", "unset", "revert", "revert-layer"}
_KEYWORDS = {
    "display": {
        "none", "contents", "block", "inline", "flow", "flow-root", "table", "flex", "grid", "ruby", "math",
        "list-item", "run-in", "inline-block", "inline-table", "inline-flex", "inline-grid", "table-row-group",
        "table-header-group", "table-footer-group", "table-row", "table-cell", "table-column-group", "table-column",
        "table-caption", "ruby-base", "ruby-text", "ruby-base-container", "ruby-text-container", "-webkit-box",
        "-webkit-flex", "-webkit-inline-box", "-webkit-inline-flex", "-ms-flexbox", "-ms-inline-flexbox", "-moz-box",
        "-ms-grid",
    },
    "visibility": {"visible", "hidden", "collapse"},
    "content-visibility": {"visible", "hidden", "auto"},
}  # fmt: skip
_HYPHENED_SIZES = {"x-small", "xx-small", "x-large", "xx-large", "xxx-large"}


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue 0..255, and how much of it there is, 0..1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)
# Sum of differences of the three channels under which nobody tells letters from paper.
_SAME = 60.0


@lru_cache(maxsize=4_096)
def declared(source: str) -> tuple[tuple[str, str, bool], ...]:
    """The (property, value, important) of an element's `style` attribute, in order."""
    from tinycss2 import parse_blocks_contents  # type: ignore[import-untyped] # tinycss2 carries no types

    return tuple(declarations(parse_blocks_contents(source, skip_comments=True, skip_whitespace=True)))


def declarations(nodes: Any) -> list[tuple[str, str, bool]]:
    """The (property, value, important) among tinycss2's nodes."""
    from tinycss2 import serialize

    return [
        (node.lower_name, " ".join(serialize(node.value).lower().split()), bool(node.important))
        for node in nodes
        if node.type == "declaration"
    ]


def resolved(value: str, variables: Mapping[str, str]) -> str | None:
    """The value with the custom properties (`var(--x)`) put in; None when one of them is unknown."""
    for _ in range(_MOST_VARIABLES):
        found = _VARIABLE.search(value)
        if found is None:
            return None if "var(" in value else value
        stands_for = variables.get(found["name"], found["otherwise"] or "").strip()
        # Variables of variables can grow without end.
        if not stands_for or len(value) + len(stands_for) > _LONGEST_VALUE:
            return None
        value = f"{value[: found.start()]}{stands_for}{value[found.end() :]}"
    return None


def winning(found: Iterable[tuple[str, str, bool]], variables: Mapping[str, str]) -> dict[str, str]:
    """The declarations that win of those in `found`, the weakest first; one that is not understood never wins."""
    style: dict[str, str] = {}
    for name, value, _ in sorted(found, key=lambda one: one[2]):
        said = value if name.startswith("--") else resolved(value, variables)
        if said is not None and _is_understood(name, said):
            style[name] = said
    return style


def _is_understood(name: str, value: str) -> bool:
    if value in _EVERYWHERE:
        return True
    if name in _KEYWORDS:
        return _KEYWORDS[name].issuperset(value.split())
    if name == "opacity":
        return measured(value) is not None
    if name == "font-size":
        return measured(value) is not None or value.isalpha() or value in _HYPHENED_SIZES
    if name in {"color", "-webkit-text-fill-color"}:
        return value == "currentcolor" or colour(value) is not None
    return True


def takes_away(style: Style) -> bool:
    """Whether nothing inside the element can be seen, whatever its children say."""
    return (
        style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or _number(style.get("opacity"), 1.0) <= _FAINTEST
        or _is_off_screen(style)
        or _is_clipped(style)
        or _is_shut(style)
    )


def _is_off_screen(style: Style) -> bool:
    moved = _MOVED.search(style.get("transform", ""))
    if _SHRUNK.search(style.get("transform", "")) or (moved and pixels(moved["first"], 0.0) <= _OFF_SCREEN):
        return True
    away = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in {"absolute", "fixed", "relative"}:
        away += ["left", "right", "top", "bottom"]
    return any(pixels(style.get(name), 0.0) <= _OFF_SCREEN for name in away)


def _is_clipped(style: Style) -> bool:
    if _CLIPPED_AWAY.search(style.get("clip-path", "") or style.get("-webkit-clip-path", "")):
        return True
    rect = _RECT.search(style.get("clip", ""))
    if rect is None or style.get("position") not in {"absolute", "fixed"}:
        return False
    top, right, bottom, left = [
        *(pixels(edge, 0.0) for edge in re.split(r"[\s,]+", rect["edges"].strip())),
        *[99.0] * 4,
    ][:4]
    return bottom - top <= _SMALLEST_BOX or right - left <= _SMALLEST_BOX


def _is_shut(style: Style) -> bool:
    """A box of no size that cuts off what does not fit."""
    if not _CUT & {word for name in ("overflow", "overflow-x", "overflow-y") for word in style.get(name, "").split()}:
        return False
    sizes = (pixels(style.get(name), 99.0) for name in ("height", "max-height", "width", "max-width"))
    return any(size <= _SMALLEST_BOX for size in sizes)


def letters_vanish(style: Style) -> bool | None:
    """Whether the size of letters is next to nothing; None when the style does not say."""
    size = style.get("font-size")
    if size is None and "font" in style:
        found = _FONT_SIZE.search(style["font"])
        size = found["size"] if found else None
    if size is None or size in {"inherit", "unset"}:
        return None
    return pixels(size, _LETTERS, percent=_LETTERS / 100) <= _SMALLEST_LETTERS


def text_colour(style: Style) -> Colour | None:
    """The colour of letters; None when the style does not say. Letters that show their background count as seen."""
    filled = style.get("-webkit-text-fill-color") or style.get("color")
    clipped = "text" in style.get("background-clip", "") + style.get("-webkit-background-clip", "")
    return None if clipped or filled is None else colour(filled)


def background(style: Style) -> Colour | str | None:
    """The colour behind letters, "picture" for an image or gradient, None when the style sets none."""
    image = style.get("background-image", "none") + style.get("background", "")
    if "url(" in image or "gradient(" in image:
        return "picture"
    stated = style.get("background-color") or style.get("background")
    if stated is None:
        return None
    found = next((one for part in _parts(stated) if (one := colour(part)) is not None), None)
    return found if found is not None and found.alpha > _FAINTEST else None


def _parts(value: str) -> list[str]:
    return re.findall(r"[a-z-]+\([^()]{0,80}\)|[^\s()]+", value)


@lru_cache(maxsize=1_024)
def colour(value: str) -> Colour | None:
    """A CSS colour; None for what is none of its own (`inherit`, `currentcolor`, a variable)."""
    from tinycss2.color3 import parse_color  # type: ignore[import-untyped] # as above

    found = parse_color(value.replace("/", ",") if "," in value else _with_commas(value))
    if found is None or isinstance(found, str):
        return None
    return Colour(found.red * 255, found.green * 255, found.blue * 255, found.alpha)


def _with_commas(value: str) -> str:
    """`rgb(0 0 0 / 50%)` in the older spelling, which is the one that is read."""
    found = re.fullmatch(r"(rgb|hsl)a?\(([^()]*)\)", value)
    if found is None:
        return value
    parts = [part for part in re.split(r"[\s/,]+", found[2].strip()) if part]
    if len(parts) == 4 and parts[3].endswith("%"):  # noqa: PLR2004 - three channels and the alpha
        parts[3] = str(_number(parts[3][:-1], 100.0) / 100)
    return f"{found[1]}{'a' if len(parts) > 3 else ''}({','.join(parts)})"  # noqa: PLR2004 - as above


def is_unseen(letters: Colour, paper: Colour) -> bool:
    """Whether letters of one colour cannot be told from paper of the other."""
    distance = sum(abs(getattr(letters, channel) - getattr(paper, channel)) for channel in ("red", "green", "blue"))
    return letters.alpha <= _FAINTEST or distance * letters.alpha <= _SAME


def _number(value: str | None, otherwise: float) -> float:
    found = measured(value, percent=0.01) if value else None
    return otherwise if found is None else found
