"""Markdown with YAML front matter, as readable plain text.

Marks go (headings, emphasis, links, images, HTML comments), the words and the lists stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract import fields
from ingest.extract.dates import iso
from ingest.extract.decode import decode
from ingest.extract.normalise import one_line

if TYPE_CHECKING:
    from ingest.document import Document

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)(?:^---|^\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# A rule of dashes can open a text as well: front matter goes on with a name and a colon.
_OPENS_FRONT_MATTER = re.compile(r"\A---[ \t]*\n\s*(?=#|[^\n]*:)")


def extract_markdown(document: Document) -> Article:
    """The article; its title is the front matter's or the first heading. Raises SourceError."""
    from ingest.extract.markdown_text import plain_text

    text = _with_plain_lines(decode(document.data, document.charset))
    matter, body = _front_matter(text)
    heading, plain = plain_text(body, fields.text(matter, "title"))
    return Article(
        url=fields.address(matter) or document.url,
        title=fields.text(matter, "title") or heading or "",
        text=plain,
        outlet=fields.text(matter, "outlet"),
        publisher=fields.text(matter, "publisher"),
        authors=fields.names(matter, "authors"),
        published=_published(matter),
        language=fields.text(matter, "language"),
        topics=fields.names(matter, "topics"),
    )


def _with_plain_lines(text: str) -> str:
    """The Markdown with LF line ends; YAML refuses control characters and the parser maps NUL to a mark."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    if not _OPENS_FRONT_MATTER.match(text):
        return {}, text
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise SourceError("the front matter is not closed; end it with a line of three dashes (---)")
    values = _loaded(found["yaml"])
    if values is None:
        return {}, text[found.end() :]
    if not isinstance(values, dict):
        raise SourceError("the front matter is not a list of `name: value` lines; write it that way")
    return values, text[found.end() :]


def _loaded(source: str) -> Any:
    import yaml

    try:
        return yaml.load(source, Loader=_loader())  # noqa: S506 - a SafeLoader without dates
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # +2: marks count from zero, and the opening dashes are the file's first line.
        line = f" (line {mark.line + 2}: {error.problem})" if mark else ""
        raise SourceError(f"the front matter is not valid YAML{line}; correct it") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceError(f"the front matter is not valid YAML ({one_line(str(error))}); correct it") from error


def _loader() -> type[Any]:
    """YAML's own dates would end in an error that does not name the value ("2025-13-40")."""
    import yaml

    class TextDates(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 - the name and shape are PyYAML's
            first: [(tag, form) for tag, form in forms if tag != "tag:yaml.org,2002:timestamp"]
            for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return TextDates


def _published(matter: dict[str, object]) -> str | None:
    value = matter.get("published")
    if not isinstance(value, str):
        return fields.published(matter)
    day = iso(value) or _yaml_time(value)
    if day is None and value.strip():
        raise fields.bad_date("published", value)
    return day


def _yaml_time(value: str) -> str | None:
    """A time in YAML's wider spelling ("2025-07-08 9:30:00 -4")."""
    import yaml

    try:
        moment = yaml.safe_load(value)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return iso(moment.isoformat()) if hasattr(moment, "isoformat") else None
