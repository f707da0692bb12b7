"""Opening the catalogue file and running transactions on it.

Every write transaction has a connection of its own; snapshots share a few that are kept, one at a time each.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from importlib import resources
from pathlib import Path

from filelock import FileLock

from corpus.asking.aliases import folded
from corpus.catalogue.reader import Snapshot
from corpus.catalogue.readers import Readers
from corpus.catalogue.writer import Transaction
from corpus.errors import StoreBusy, StoreDamaged, StoreMismatch, StoreMissing

SCHEMA_VERSION = 5
BUSY_TIMEOUT_S = 30.0


class Catalogue:
    """The catalogue at one path. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._readers = Readers(path, partial(_connect, path))

    def create(self) -> None:
        """Make the file with an empty schema if there is none yet, and bring one of an earlier Accord up to date."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (
            _plain_errors(self.path),
            # Ingest and the bot may both be the first; only one of them makes the tables.
            FileLock(self.path.with_name("schema.lock"), timeout=BUSY_TIMEOUT_S),
            closing(sqlite3.connect(self.path, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA journal_mode = WAL")
            _add_functions(connection)
            found = _schema_version(connection)
            if found < SCHEMA_VERSION:
                scripts = " ".join(_steps(found))
                connection.executescript(f"BEGIN IMMEDIATE; {scripts} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """A read transaction: everything seen through it is of one moment."""
        self._check_there()
        with _plain_errors(self.path), self._readers.lent() as connection:
            connection.execute("BEGIN")
            _check_schema(connection, self.path)
            yield Snapshot(connection)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A write transaction, committed at the end and rolled back on any error."""
        self._check_there()
        with _plain_errors(self.path), closing(_connect(self.path)) as connection:
            _check_schema(connection, self.path)
            connection.execute("PRAGMA foreign_keys = ON")
            # What was reported done survives a power cut, not only a killed process.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            yield Transaction(connection)
            connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()

    def _check_there(self) -> None:
        if not self.path.is_file():
            raise StoreMissing(
                f"There is no store in {self.path.parent}. Run `accord ingest` first, or name another --data-dir."
            )


def _connect(path: Path) -> sqlite3.Connection:
    """A connection for one thread at a time."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    _add_functions(connection)
    return connection


def _add_functions(connection: sqlite3.Connection) -> None:
    """What the schema's SQL calls: `folded` gives a text as the full-text index holds it."""
    connection.create_function("folded", 1, folded, deterministic=True)


def _steps(found: int) -> Iterator[str]:
    """The scripts that lead from a schema to today's; from none, today's itself."""
    names = ["schema.sql"] if found == 0 else [f"from_{step}.sql" for step in range(found, SCHEMA_VERSION)]
    folder = resources.files("corpus.catalogue")
    yield from (folder.joinpath(name).read_text("utf-8") for name in names)


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    found = _schema_version(connection)
    if found == 0:
        raise StoreMissing(f"The store in {path.parent} is empty. Run `accord ingest` first.")
    if found < SCHEMA_VERSION:
        raise StoreMismatch(f"The store in {path.parent} is of an earlier Accord. Run `accord rebuild` once.")
    if found > SCHEMA_VERSION:
        raise StoreMismatch(
            f"{path} has schema {found}, this Accord reads {SCHEMA_VERSION}. "
            "Use the Accord that made it, or ingest into another --data-dir."
        )


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreBusy(f"{path} is being written by another process. Try again in a moment.") from error
        raise StoreDamaged(
            f"{path} cannot be used ({error}). Its folder must be writable and the disk must have space."
        ) from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(
            f"{path} is damaged ({error}). Restore it from a backup, or move it away and ingest again."
        ) from error
