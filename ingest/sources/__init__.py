"""What there is to read.

source.py   the kinds of sources          expand.py    from the names a person gave to single sources
folder.py   what lies in a folder         sniff.py     what bytes without a name are
files.py    what a file is by its name    opening.py   opening files safely
names.py    names without passwords
"""

from ingest.sources.expand import expand
from ingest.sources.files import KINDS, READABLE
from ingest.sources.names import shown_name
from ingest.sources.sniff import sniffed
from ingest.sources.source import (
    FileSource,
    Hints,
    ListingSource,
    Source,
    StdinSource,
    Unreadable,
    UrlSource,
)

__all__ = [
    "KINDS",
    "READABLE",
    "FileSource",
    "Hints",
    "ListingSource",
    "Source",
    "StdinSource",
    "Unreadable",
    "UrlSource",
    "expand",
    "shown_name",
    "sniffed",
]
