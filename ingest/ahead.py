"""Reading ahead: several sources at a time, their outcomes in order, while the store is busy embedding."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

S = TypeVar("S")
R = TypeVar("R")


class Frontier(Generic[S]):
    """Sources still to be read; what one of them turns out to hold comes before the rest."""

    def __init__(self, sources: Iterable[S]) -> None:
        self._stack = [iter(sources)]

    def push(self, sources: Iterable[S]) -> None:
        """Read these next."""
        self._stack.append(iter(sources))

    def __iter__(self) -> Iterator[S]:
        return self

    def __next__(self) -> S:
        while self._stack:
            try:
                return next(self._stack[-1])
            except StopIteration:
                self._stack.pop()
        raise StopIteration


def ahead(work: Callable[[S], R], sources: Iterator[S], jobs: int, window: int) -> Generator[R]:
    """`work` done for each source by `jobs` threads, at most `window` of them unread by the caller, in order.

    An iterator that has ended is asked again after each result: there may be more by then.
    """
    running: deque[Future[R]] = deque()
    with ThreadPoolExecutor(jobs, thread_name_prefix="read") as pool:
        try:
            while True:
                while len(running) < window and (source := next(sources, None)) is not None:
                    running.append(pool.submit(work, source))
                if not running:
                    return
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()
