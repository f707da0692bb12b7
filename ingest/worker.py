"""Processes that parse: what people hand in is read where it can be stopped.

Parsers have no limits of their own: one page can take minutes, one archive gigabytes, and a fault in a C library
ends its process. So each document is read in a child process with a time limit and a memory limit.

The memory limit is RLIMIT_AS: Linux enforces it, macOS does not, Windows has none. The time limit holds everywhere.
"""

from __future__ import annotations

import contextlib
import errno
import math
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import AbstractContextManager
from multiprocessing import connection, resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, TypeVarTuple

from corpus.errors import SourceError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pebble import ProcessPool

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_INSTEAD = "shorten it, or save its article as a text file"
_BROKEN = "it could not be read ({}); " + _INSTEAD
# The exit status of a worker that ran out of memory: it ends, because what it holds may never come back.
_OUT_OF_MEMORY = 77
# How much longer than its time a task may be waited for: to start a process, to end one.
_GRACE_S = 30.0
_ATTEMPTS = 2
_MB = 1_000_000


class Workers(AbstractContextManager["Workers"]):
    """Processes that parse; started with the first call, stopped on exit.

    At most `jobs` calls run at once, each in at most `timeout_s` seconds and `memory_bytes` bytes more than a
    fresh process has. The workers ignore Ctrl-C, and end when this process does, however that ends.
    """

    def __init__(self, *, jobs: int, timeout_s: float, memory_bytes: int) -> None:
        self._jobs = jobs
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._free = threading.BoundedSemaphore(jobs)
        self._starting = threading.Lock()
        self._pool: ProcessPool | None = None

    def __exit__(self, *_: object) -> None:
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            _stop(pool)

    def call(self, function: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """What the function returns for the arguments, called in a worker. All three must be picklable.

        Blocks; safe from several threads. Raises the function's own SourceError, and a SourceError with the reason
        for everything else: too slow, out of memory, a dead process, any other exception.
        """
        with self._free:
            answer = self._answer(function, arguments)
        try:
            value, error = pickle.loads(answer)  # noqa: S301 - written by our own worker, see _run
        except Exception as unreadable:  # noqa: BLE001 - whatever the value's own code makes of it
            raise SourceError(_BROKEN.format(type(unreadable).__name__)) from None
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return] # the worker pickled what `function` returned

    def _answer(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
        # A pool whose idle processes were killed refuses what it is given: that is no fault of the document.
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(RuntimeError):
                return self._attempt(function, arguments)
        raise SourceError(_BROKEN.format("the processes that read ended"))

    def _attempt(self, *task: object) -> bytes:
        """Raises RuntimeError when the pool ended before the task began."""
        from pebble import ProcessExpired

        pool = self._started()
        future: Future[bytes] | None = None
        try:
            future = pool.schedule(_run, args=(*task, self._timeout_s), timeout=self._timeout_s)
            return future.result(timeout=self._timeout_s + _GRACE_S)
        except FutureTimeoutError:
            if future is not None and not future.done():
                self._give_up(pool)
            raise SourceError(
                f"reading it took longer than {self._timeout_s:g} s; {_INSTEAD}, "
                "or raise ACCORD_FETCH__EXTRACT_TIMEOUT_S"
            ) from None
        except ProcessExpired as error:
            raise self._died(int(error.exitcode or 0)) from None
        except CancelledError:
            raise SourceError("reading it was stopped; run the command again") from None
        except RuntimeError:
            self._give_up(pool)
            raise
        except Exception as error:  # an argument that cannot be pickled, among others
            raise SourceError(_BROKEN.format(type(error).__name__)) from error

    def _died(self, exit_code: int) -> SourceError:
        if exit_code in {_OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 9)}:
            return SourceError(
                f"it takes more than {self._memory_bytes / _MB:,.0f} MB of memory to read; {_INSTEAD}, "
                "or raise ACCORD_FETCH__EXTRACT_MEMORY_MB"
            )
        return SourceError(_BROKEN.format(f"it ended the process that read it{_signal_name(exit_code)}"))

    def _started(self) -> ProcessPool:
        with self._starting:
            if self._pool is None:
                self._pool = self._start()
            return self._pool

    def _start(self) -> ProcessPool:
        from pebble import ProcessPool

        # spawn: a forked child would inherit the locks of threads that it does not have.
        pool = ProcessPool(
            max_workers=self._jobs,
            context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._memory_bytes,),
        )
        resource_tracker.ensure_running()  # starting it later would let Ctrl-C in again
        with _no_interrupts():
            pool.schedule(int)  # the pool starts its processes and threads with the first task
        return pool

    def _give_up(self, pool: ProcessPool) -> None:
        """Stops a pool that no longer answers; the next call starts another."""
        with self._starting:
            if self._pool is pool:
                self._pool = None
        _stop(pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it unannotated
    pool.join()


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Processes and threads that start inside never see Ctrl-C, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _signal_name(exit_code: int) -> str:
    with contextlib.suppress(ValueError):
        return f": {signal.Signals(-exit_code).name}"
    return ""


def _prepare(memory_bytes: int) -> None:
    """Runs first in every worker."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(memory_bytes)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = _mapped_bytes() + memory_bytes
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _mapped_bytes() -> int:
    """The address space of this process; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _run(function: Callable[..., object], arguments: tuple[object, ...], timeout_s: float) -> bytes:
    """In the worker: (value, None) or (None, SourceError), pickled here, where a fault can be reported."""
    with _ending_after(timeout_s + _GRACE_S):
        try:
            return pickle.dumps((function(*arguments), None))
        except SourceError as error:
            return _pickled_error(error)
        except MemoryError:
            _end_out_of_memory()
        except BaseException as error:  # noqa: BLE001 - a SystemExit or a fault of a library is the document's
            if isinstance(error, OSError) and error.errno == errno.ENOMEM:
                _end_out_of_memory()
            return _pickled_error(SourceError(_BROKEN.format(type(error).__name__)))


def _end_out_of_memory() -> NoReturn:
    os._exit(_OUT_OF_MEMORY)


def _pickled_error(error: SourceError) -> bytes:
    error.__cause__ = error.__context__ = None
    try:
        answer = pickle.dumps((None, error))
        pickle.loads(answer)  # noqa: S301 - the line above wrote it
    except Exception:  # noqa: BLE001 - an error with unusual arguments keeps its words
        return pickle.dumps((None, SourceError(str(error))))
    return answer


@contextlib.contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """Has the system end this process when the parent, which should have, is gone and no Python code runs."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, math.ceil(seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
