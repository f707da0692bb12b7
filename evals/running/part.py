"""The results of a run that is not done yet, one line each as it comes, so that a killed run can go on.

`results.jsonl.part` begins with the run's fingerprint. Lines are written whole and reach the disk one by one; a last
one that was torn by a kill is left out.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from corpus.errors import StoreBusy, UsageError
from evals.lines import parsed
from evals.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Self

FINGERPRINT = "fingerprint"


class Part:
    """A run's unfinished results; hold it while the run goes on. `found` are those of an earlier one by id."""

    def __init__(self, results: Path, fingerprint: str) -> None:
        self._path = results.with_name(results.name + ".part")
        self._lock = FileLock(results.with_name(results.name + ".lock"))
        self._fingerprint = fingerprint
        self._file: IO[str] | None = None
        self.found: dict[str, Result] = {}

    def __enter__(self) -> Self:
        self._take()
        try:
            self._open()
        except BaseException:
            self._let_go()
            raise
        return self

    def _open(self) -> None:
        with self._writable():
            self.found = self._read()
            # Anew, with what holds of the old: a torn line at the end must not be written on.
            beside = self._path.with_name(self._path.name + ".new")
            head = json.dumps({FINGERPRINT: self._fingerprint}) + "\n"
            beside.write_text(head + "".join(one.line() for one in self.found.values()), "utf-8")
            beside.replace(self._path)
            self._file = self._path.open("a", encoding="utf-8")

    def _let_go(self) -> None:
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()
        self._let_go()

    def done(self) -> None:
        """The results are where they belong: what was kept of them meanwhile can go."""
        with self._writable():
            self._path.unlink(missing_ok=True)

    def add(self, result: Result) -> None:
        """Keep one more. Raises UsageError when the disk does not take it."""
        if self._file is None:
            raise RuntimeError("a part is written only while it is held")
        with self._writable():
            self._file.write(result.line())
            self._file.flush()
            os.fsync(self._file.fileno())

    def _take(self) -> None:
        with self._writable():
            try:
                self._lock.acquire(timeout=0)
            except Timeout:  # an OSError as well
                raise StoreBusy(f"--out {self._path}: another run writes it. Wait for it, or name another.") from None

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(f"--out {self._path}: it cannot be written ({error.strerror}). Name another.") from None

    def _read(self) -> dict[str, Result]:
        if not self._path.exists():
            return {}
        first, *lines = self._path.read_text("utf-8", errors="replace").split("\n")
        if self._fingerprint not in first:
            return {}
        found = [result for line in lines if (result := _result(line))]
        return {result.id: result for result in found}


def _result(line: str) -> Result | None:
    try:
        return Result.model_validate(parsed(line))
    except ValueError:  # ValidationError is one
        return None
