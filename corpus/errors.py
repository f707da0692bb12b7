"""Everything that Accord tells a person went wrong, as one tree.

    AccordError                 exit code 1
      UsageError                2   wrong usage or settings
      StoreError                3
        StoreMissing                nothing has been ingested into this data directory
        StoreBusy                   another process is writing
        StoreDamaged                a file of the store cannot be read
        StoreMismatch               built with another embedder or chunker
      ServiceUnreachable        4   a service that was asked for does not answer
      SourceError               1   one source cannot be ingested; the others go on
        SourceSkipped               it is left out on purpose, which is no failure: no article, not allowed
        SourceEmpty                 it is there and holds nothing

A message is one line for the person who reads it: what, what is wrong, what to do.
"""


class AccordError(Exception):
    """Base of all errors that end in one plain line instead of a traceback."""

    exit_code = 1


class UsageError(AccordError):
    """Wrong usage or settings."""

    exit_code = 2


class StoreError(AccordError):
    """The store cannot be used as it is."""

    exit_code = 3


class StoreMissing(StoreError):
    """The data directory holds no store."""


class StoreBusy(StoreError):
    """Another process holds the writer lock."""


class StoreDamaged(StoreError):
    """A file of the store cannot be read."""


class StoreMismatch(StoreError):
    """The store was built with another embedder or chunker."""


class ServiceUnreachable(AccordError):
    """A service that was asked for cannot be reached."""

    exit_code = 4


class SourceError(AccordError):
    """One source cannot be ingested."""


class SourceSkipped(SourceError):
    """One source is left out on purpose; that is no failure."""


class SourceEmpty(SourceError):
    """One source is there and holds nothing: an article that it held before is gone from it."""
