"""Progress on a terminal: sources read, then passages embedded with a rate and the time left."""

from contextlib import AbstractContextManager
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class RateColumn(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        """The rate, once there is one."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="cyan")


class Bars(AbstractContextManager["Bars"]):
    """Two bars on stderr, gone when the run is done."""

    def __init__(self, *, show: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            RateColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not show,
        )
        self._reading = self._progress.add_task("reading sources", total=None)
        self._embedding = self._progress.add_task("embedding passages", total=None, visible=False)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def reading(self, done: int, total: int) -> None:
        """Sources read, of how many."""
        self._progress.update(self._reading, completed=done, total=total)

    def embedding(self, done: int, total: int) -> None:
        """Passages embedded, of how many."""
        self._progress.update(self._embedding, completed=done, total=total, visible=True)
