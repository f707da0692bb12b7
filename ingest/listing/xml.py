"""Parsing XML of strangers: no entities, no network, no file, and limits on depth and length (libxml2's own)."""

from __future__ import annotations

import codecs
import re
from typing import Any, TypeAlias

from corpus.errors import SourceError

Element: TypeAlias = Any  # lxml carries no types

_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_REFUSED = "it declares XML entities of its own, which are not read; give a feed or sitemap without"


def trimmed(data: bytes) -> bytes:
    """Without white space in front, which XML does not allow and files have all the same."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()


def options() -> dict[str, Any]:
    """For lxml's parsers."""
    return {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def refuse_entities(data: bytes) -> None:
    """Raises SourceError when the document declares entities of its own: no listing needs them, XML bombs do."""
    if _ENTITIES.search(data) or _ENTITIES.search(data.replace(b"\0", b"")):
        raise SourceError(_REFUSED)


def refuse_declared(element: Element) -> None:
    """The same for a parsed document, whose encoding may have hidden the words."""
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise SourceError(_REFUSED)


def local(element: Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
