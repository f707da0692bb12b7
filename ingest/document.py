"""What fetching hands to extraction: one document's bytes, not yet understood."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# "mail" is a message or a page saved in a message's form (.eml, .mhtml).
Kind = Literal["markdown", "text", "html", "pdf", "docx", "mail", "jsonl"]


@dataclass(frozen=True, slots=True)
class Document:
    """`source` is what the person named (for messages), `url` the address that identifies the article if the
    document names none itself, `now` the moment of the run: a publication date after it is not believed."""

    source: str
    url: str
    kind: Kind
    data: bytes
    now: datetime
    charset: str | None = None
