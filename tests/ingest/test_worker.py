"""Parsing in processes: each call has its limits, and none ends the next."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from corpus.errors import SourceError, SourceSkipped
from ingest.worker import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix")
RAISES = "from corpus.errors import SourceError, SourceSkipped\n"
ODD = """
class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(one)
        self.kept = lambda: two
raise Odd(1, 2)
"""
ODD_SOURCE_ERROR = """
from corpus.errors import SourceError
class Local(SourceError):
    def __init__(self, one, two):
        super().__init__(f"{one}; {two}")
raise Local("one", "two")
"""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(jobs=1, timeout_s=20, memory_bytes=200_000_000) as started:
        started.call(int)
        yield started


def failure(workers: Workers, code: str) -> SourceError:
    with pytest.raises(SourceError) as error:
        workers.call(exec, code, {})
    assert workers.call(len, "next") == 4
    return error.value


def test_a_call_returns_what_the_function_returns_from_another_process(workers: Workers) -> None:
    assert workers.call(divmod, 7, 2) == (3, 1)
    assert workers.call(os.getpid) != os.getpid()
    assert workers.call(os.getpid) == workers.call(os.getpid)


def test_its_own_errors_come_through_as_they_are(workers: Workers) -> None:
    skipped = failure(workers, f"{RAISES}raise SourceSkipped('a paywall; leave it out')")
    odd = failure(workers, ODD_SOURCE_ERROR)

    assert (type(skipped), str(skipped)) == (SourceSkipped, "a paywall; leave it out")
    assert (type(odd), str(odd)) == (SourceError, "one; two")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("1 / 0", r"^it could not be read \(ZeroDivisionError\); "),
        (ODD, r"^it could not be read \(Odd\); "),
        ("raise SystemExit(3)", r"^it could not be read \(SystemExit\); "),
        ("raise KeyboardInterrupt", r"^it could not be read \(KeyboardInterrupt\); "),
        ("def f(): f()\nf()", r"^it could not be read \(RecursionError\); "),
        ("import os; os._exit(3)", r"^it could not be read \(it ended the process that read it\); "),
        ("import os; os.kill(os.getpid(), 11)", r"^it could not be read \(it ended the process .*: SIGSEGV\); "),
        ("import os; os.kill(os.getpid(), 9)", r"^it takes more than 200 MB of memory to read; "),
    ],
)
def test_every_other_fault_is_an_error_with_its_reason(workers: Workers, code: str, message: str) -> None:
    error = failure(workers, code)

    assert type(error) is SourceError
    with pytest.raises(SourceError, match=message):
        raise error


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
@pytest.mark.parametrize(
    "code",
    ["bytearray(10**9)", "held = []\nwhile True: held.append(bytearray(10**7))", "raise OSError(12, 'no memory')"],
)
def test_memory_has_a_limit(workers: Workers, code: str) -> None:
    assert str(failure(workers, code)).startswith("it takes more than 200 MB of memory to read; ")


def test_time_has_a_limit() -> None:
    with Workers(jobs=1, timeout_s=1.5, memory_bytes=200_000_000) as workers:
        workers.call(int)
        assert str(failure(workers, "while True: pass")).startswith("reading it took longer than 1.5 s; ")


@pytest.mark.parametrize("argument", [lambda: 1, "lambda: 1"])
def test_what_cannot_be_sent_either_way_is_an_error(workers: Workers, argument: object) -> None:
    with pytest.raises(SourceError, match=r"^it could not be read \("):
        workers.call(eval, argument)  # type: ignore[arg-type] # what is tested
    assert workers.call(len, "next") == 4


@pytest.mark.parametrize("noticed", [False, True])
def test_idle_workers_that_are_killed_are_replaced(workers: Workers, noticed: bool) -> None:
    killed = workers.call(os.getpid)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while noticed and workers._pool is not None and workers._pool.active and time.monotonic() < deadline:
        time.sleep(0.02)

    assert workers.call(os.getpid) != killed


def test_as_many_calls_run_at_once_as_there_are_jobs() -> None:
    with Workers(jobs=2, timeout_s=20, memory_bytes=200_000_000) as workers, ThreadPoolExecutor(6) as threads:
        # Two that wait for each other end only when both run.
        barrier = "import os, time; open({0!r}, 'w').close()\nwhile not os.path.exists({1!r}): time.sleep(0.01)"
        files = [os.path.abspath(name) for name in ("one", "two")]  # noqa: PTH100 - names in the code above
        pair = [threads.submit(workers.call, exec, barrier.format(*order), {}) for order in (files, files[::-1])]
        many = [threads.submit(workers.call, abs, -n) for n in range(50)]

        assert [done.result(timeout=30) for done in pair] == [None, None]
        assert [done.result(timeout=30) for done in many] == list(range(50))


def test_nothing_starts_before_the_first_call_and_nothing_is_left() -> None:
    with Workers(jobs=1, timeout_s=20, memory_bytes=200_000_000) as workers:
        assert workers._pool is None
        worker = workers.call(os.getpid)

    assert not is_alive(worker)


def test_an_error_of_a_worker_can_be_handed_on() -> None:
    assert str(pickle.loads(pickle.dumps(SourceSkipped("why")))) == "why"  # noqa: S301 - our own


KILLED = """
import os, threading, time
from ingest.worker import Workers
if __name__ == "__main__":
    workers = Workers(jobs=2, timeout_s=600, memory_bytes=500_000_000)
    threading.Thread(target=workers.call, args=(time.sleep, 500), daemon=True).start()
    print(workers.call(os.getpid), os.getpid(), flush=True)
    time.sleep(500)
"""
INTERRUPTED = """
import os, signal, threading, time
from ingest.worker import Workers
if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    with Workers(jobs=1, timeout_s=60, memory_bytes=500_000_000) as workers:
        stop = threading.Event()
        def interrupt():
            while not stop.wait(0.005):
                os.killpg(0, signal.SIGINT)
        threading.Thread(target=interrupt).start()
        print(workers.call(divmod, 7, 2), workers.call(time.sleep, 0.2), flush=True)
        stop.set()
"""


def test_workers_do_not_outlive_a_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker, pid = map(int, parent.stdout.readline().split())
        children = [worker, *children_of(pid)]
        os.kill(pid, signal.SIGKILL)

    deadline = time.monotonic() + 20
    while any(map(is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_alive, children))


def test_workers_do_not_see_the_terminals_interrupt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        start_new_session=True,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "(3, 1) None\n", "")


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True)
    return [int(child) for child in found.stdout.split()]


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has waited for does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return bool(found.stdout.strip()) and not found.stdout.strip().startswith("Z")
