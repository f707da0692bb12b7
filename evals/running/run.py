"""A whole set asked: several questions at a time where that helps, kept one by one, given back in the set's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.results import Result
    from evals.running.asking import Asker
    from evals.running.part import Part
    from evals.sets import Row
    from evals.settings import EvalSettings

    Tell = Callable[[int], None]

# The built-in models use all cores for one question; a model behind an address is waited for.
JOBS_WAITING = 4


def jobs_for(settings: EvalSettings) -> int:
    """How many questions are asked at a time."""
    return JOBS_WAITING if settings.chat_model or settings.eval.judge_model else 1


def run(rows: Sequence[Row], asker: Asker, jobs: int, tell: Tell, part: Part | None = None) -> list[Result]:
    """Every question's result, in order; `tell` hears how many are done.

    Results are kept in `part` as they come, and those that it has are not asked again. Raises StoreError,
    ServiceUnreachable.
    """
    done = dict(part.found) if part else {}
    tell(len(done))
    left = [row for row in rows if row.id not in done]
    if left:
        asker.warm_up(left[0])
    for result in _asked(left, asker, jobs):
        if part:
            part.add(result)
        done[result.id] = result
        tell(len(done))
    return [done[row.id] for row in rows]


def _asked(rows: Iterable[Row], asker: Asker, jobs: int) -> Iterator[Result]:
    """Results as they come."""
    with ThreadPoolExecutor(jobs, thread_name_prefix="eval") as pool:
        waiting = [pool.submit(asker.result, row) for row in rows]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
