"""Which links of a listing are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.listing.link import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.listing.link import Link

_DAY_LENGTH = len("2025-07-08")


def selected(links: Sequence[Link], since: str | None, limit: int | None) -> list[Link]:
    """The links from the ISO day `since` on, in order; of these the newest `limit`.

    Undated links stay, and count as the oldest. A day is the one on the publisher's calendar. Further sitemaps
    are all kept by `limit`, which counts pages.
    """
    wanted = [link for link in links if since is None or link.dated is None or link.dated[:_DAY_LENGTH] >= since]
    if limit is None:
        return wanted
    pages = [at for at, link in enumerate(wanted) if not link.is_sitemap]
    kept = set(sorted(pages, key=lambda at: _newest_first(wanted[at]))[: max(limit, 0)])
    return [link for at, link in enumerate(wanted) if link.is_sitemap or at in kept]


def _newest_first(link: Link) -> float:
    # Sorting is stable, so links of one moment, and those without a date, keep their order.
    return -instant(link.dated).timestamp() if link.dated else float("inf")
