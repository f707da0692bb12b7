"""What a store covers, remembered until it changes: a question is read against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.asking.timeliness import day_of

if TYPE_CHECKING:
    from datetime import date

    from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Covered:
    """The live articles' outlets, and the day of the newest one."""

    outlets: tuple[str, ...]
    newest: date | None


class Covering:
    """Asks the catalogue once for each generation of the store. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: tuple[int, Covered] | None = None

    def now(self) -> Covered:
        """What the store covers at this moment."""
        with self._catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
            generation = state.generation if state else 0
            known = self._known
            if known is not None and known[0] == generation:
                return known[1]
            covered = Covered(snapshot.outlets(), day_of(snapshot.counts().newest))
        self._known = (generation, covered)
        return covered
