"""Dropping what a browser would not show: an article is what a reader of the page can see.

Only what an element says of itself counts; rules in style sheets are not followed.
"""

from __future__ import annotations

import re
from typing import Any

_NEVER_SHOWN = {"script", "style", "template", "noscript", "head", "iframe", "object", "svg"}
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*(?:0+(?:\.0*)?|\.0+)(?:px|pt|r?em|%)?(?=\s*(?:;|!|$)))",
    re.IGNORECASE,
)
_ENCODING_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def is_hidden(element: Any) -> bool:
    """Whether the element hides itself: the `hidden` attribute, aria-hidden, or an inline style."""
    hidden, aria = element.get("hidden"), element.get("aria-hidden", "")
    if (hidden is not None and hidden.lower() != "until-found") or aria.strip().lower() == "true":
        return True
    return _HIDING.search(element.get("style", "")) is not None


def drop_hidden(tree: Any, tags: frozenset[str] = frozenset({"style", "template", "noscript"})) -> None:
    """Takes hidden elements and those with one of the tags out of the tree; the text after them stays.

    Scripts that hold structured data stay for the metadata readers, which run before the text is read.
    """
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.getparent() is not None and (element.tag in tags or _is_dropped(element)):
            element.drop_tree()


def _is_dropped(element: Any) -> bool:
    if element.tag in {"html", "body"}:
        return False
    if element.tag == "script":
        return str(element.get("type", "")).strip().lower() != "application/ld+json"
    return is_hidden(element)


def parsed(html: str) -> Any:
    """The page as an lxml tree; None when there is nothing in it."""
    from lxml import html as lxml_html  # type: ignore[import-untyped] # lxml carries no types
    from lxml.etree import LxmlError  # type: ignore[import-untyped] # as above

    try:
        return lxml_html.document_fromstring(_ENCODING_DECLARATION.sub("", html))
    except (LxmlError, ValueError):
        return None


def visible_text(html: str) -> str:
    """The words of a piece of HTML that a reader would see, one line a block."""
    tree = parsed(html)
    if tree is None:
        return ""
    drop_hidden(tree, frozenset(_NEVER_SHOWN))
    return "\n".join(line.strip() for line in str(tree.text_content()).splitlines() if line.strip())
