"""The recipe: a first model from news questions, a second one from news that the first has sifted and a news quiz.

Everything that is drawn is drawn from a seed, so that a machine makes the same model twice; machines differ in the last
bits of their arithmetic.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from corpus.embedding.location import BUILTIN, locate
from corpus.embedding.tokens import load_tokenizer
from corpus.reranking.location import NONE
from ingest.settings import IngestSettings
from training import data, mining
from training.denoise import denoised
from training.fit import Plan, fit
from training.lists import ListMaker
from training.model import CrossEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from training.data import Query
    from training.lists import TrainingList

FIRST = Plan(steps=1000, rate=8e-5, seed=1)
FIRST_NEGATIVES = 5
SECOND = Plan(steps=450, rate=5e-5, seed=2)
SECOND_NEGATIVES = 13
QUIZ_NEGATIVES = 7
HELD_OUT = 12  # one article in so many is kept for checking
HELD_OUT_SEED = 7

Ranked = tuple[data.Query, list[str]]


@dataclass(frozen=True, slots=True)
class Split:
    """Questions with their ranked negatives: to learn from, and to check with."""

    material: data.Material
    train: list[Ranked]
    check: list[Ranked]


def split(shared: Path, work: Path) -> Split:
    """The news questions with what search finds for them; no article is on both sides."""
    material = data.news(shared)
    pairs = _mined(material, work / "news")
    groups = sorted({source.group for source in material.sources.values()})
    kept = set(random.Random(HELD_OUT_SEED).sample(groups, len(groups) // HELD_OUT))  # noqa: S311 - seeded on purpose
    checks = [one for one in pairs if _group(material, one[0]) in kept]
    return Split(material, [one for one in pairs if _group(material, one[0]) not in kept], checks)


def first_model(questions: Split, work: Path) -> CrossEncoder:
    """From the packaged MiniLM and what search finds."""
    lists = _lists(questions.material, questions.train, FIRST_NEGATIVES, FIRST.seed)
    return fit(fresh(), lists, FIRST, work / "first.ckpt")


def second_model(questions: Split, shared: Path, first: CrossEncoder, work: Path, without_year: str) -> CrossEncoder:
    """Going on from the first model: news with the negatives that it finds hard, and the quiz but for one year."""
    news = _lists(questions.material, questions.train, SECOND_NEGATIVES, SECOND.seed)
    material = data.quiz(shared)
    asked = [one for one in _mined(material, work / "quiz") if _year(material, one[0]) != without_year]
    lists = in_turn(denoised(news, first, SECOND.seed), _lists(material, asked, QUIZ_NEGATIVES, SECOND.seed))
    model = fresh()
    model.load_state_dict(first.state_dict())
    return fit(model, lists, SECOND, work / f"second_{without_year}.ckpt")


def in_turn(*streams: Iterator[TrainingList]) -> Iterator[TrainingList]:
    """One of each stream after the other."""
    while True:
        for stream in streams:
            yield next(stream)


def fresh() -> CrossEncoder:
    """The packaged MiniLM with new heads, the same ones every time."""
    torch.manual_seed(0)
    return CrossEncoder(locate(BUILTIN, allow_download=False).folder)


def _mined(material: data.Material, folder: Path) -> list[Ranked]:
    folder.mkdir(parents=True, exist_ok=True)
    ranked = mining.ranked(material, IngestSettings(data_dir=folder / "store", reranker=NONE), folder)
    return list(zip(material.queries, ranked, strict=True))


def _lists(material: data.Material, asked: list[Ranked], negatives: int, seed: int) -> Iterator[TrainingList]:
    tokenizer = load_tokenizer(locate(BUILTIN, allow_download=False).folder)
    maker = ListMaker(tokenizer, material.sources, negatives)
    return itertools.chain.from_iterable(maker.epoch(asked, 100 * seed + turn) for turn in itertools.count())


def _group(material: data.Material, query: Query) -> str:
    return material.sources[query.source].group


def _year(material: data.Material, query: Query) -> str:
    return material.sources[query.source].published[:4]
