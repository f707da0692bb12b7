"""Web pages' bytes: asked for politely, limited in size, time and where they may come from.

fetcher.py   one run's fetching: redirects, tries       robots.py   robots.txt of each host
hop.py       one request and its answer                 pace.py     when a host may be asked again
peers.py     which servers may be read                  address.py  what an address must be
result.py    what comes back, and as what               status.py   answers that bring no page, in words
"""

from ingest.fetch.fetcher import MAX_REDIRECTS, Fetcher
from ingest.fetch.peers import is_private
from ingest.fetch.result import Fetched, NotModified, Validators
from ingest.fetch.status import Gone

__all__ = ["MAX_REDIRECTS", "Fetched", "Fetcher", "Gone", "NotModified", "Validators", "is_private"]
