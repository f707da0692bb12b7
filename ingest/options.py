"""What one run was asked to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunOptions:
    """`since` (ISO day) and `limit` (the newest ones) narrow each feed or sitemap; `jobs` are read at a time."""

    dry_run: bool = False
    prune: bool = False
    since: str | None = None
    limit: int | None = None
    jobs: int = 4

    @property
    def scope(self) -> str:
        """Names the part of a feed that was read: "not modified" says nothing about another part."""
        return f"since={self.since or ''} limit={self.limit or ''}"
