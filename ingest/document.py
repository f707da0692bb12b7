"""What fetching hands to extraction: one document's bytes, not yet understood."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["markdown", "text", "html", "jsonl"]


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
