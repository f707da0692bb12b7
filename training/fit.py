"""The training loop: AdamW, linear warm-up and decay, bfloat16, averaged weights, a checkpoint to go on from."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.loss import batch_loss

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from training.lists import TrainingList
    from training.model import CrossEncoder, Output

LISTS = 8  # questions a step
MICRO = 24  # pairs a forward pass, of like length
WARM_UP = 0.06
DECAY = 0.99  # of the running average of the weights, a step
CHECKPOINT_EVERY = 100  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast."""

    steps: int
    rate: float
    seed: int


def fit(model: CrossEncoder, lists: Iterator[TrainingList], plan: Plan, checkpoint: Path) -> CrossEncoder:
    """Train in place; returns the averaged model. Goes on from `checkpoint` when it is there."""
    torch.manual_seed(plan.seed)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, plan.steps))
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(DECAY))  # type: ignore[no-untyped-call] # torch has no annotations there
    parts: dict[str, Any] = {"model": model, "optimiser": optimiser, "schedule": schedule, "average": average}
    done = _resume(parts, checkpoint)
    started, losses = time.perf_counter(), []
    for step, batch in enumerate(_batches(lists, plan.steps)):
        if step < done:
            continue  # the same draw as before the stop, passed over
        loss = _step(model, batch)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        average.update_parameters(model)
        losses.append(loss)
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == plan.steps:
            torch.save({"done": step + 1} | {key: part.state_dict() for key, part in parts.items()}, checkpoint)
            _say(step + 1, plan.steps, losses[-CHECKPOINT_EVERY:], (time.perf_counter() - started) / (step + 1 - done))
    return cast("CrossEncoder", average.module)


def _rate(step: int, steps: int) -> float:
    warm = max(1, round(steps * WARM_UP))
    return min(1.0, (step + 1) / warm) * max(0.0, (steps - step) / steps)


def _batches(lists: Iterator[TrainingList], steps: int) -> Iterator[list[TrainingList]]:
    for _ in range(steps):
        yield [next(lists) for _ in range(LISTS)]


def _step(model: CrossEncoder, batch: Sequence[TrainingList]) -> float:
    model.train()
    scores, tokens = forward(model, batch)
    loss = batch_loss(batch, scores, tokens)
    loss.backward()  # type: ignore[no-untyped-call] # torch has no annotations there
    return float(loss.detach())


def forward(model: CrossEncoder, batch: Sequence[TrainingList]) -> tuple[list[Tensor], list[Tensor | None]]:
    """Each list's scores, and the token scores of its first pair; pairs of like length share a pass."""
    flat = [(number, place) for number, made in enumerate(batch) for place in range(len(made.pairs))]
    flat.sort(key=lambda at: len(batch[at[0]].pairs[at[1]].ids))
    scores: list[list[Tensor]] = [[torch.empty(0)] * len(made.pairs) for made in batch]
    tokens: list[Tensor | None] = [None] * len(batch)
    for first in range(0, len(flat), MICRO):
        places = flat[first : first + MICRO]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out: Output = model([batch[number].pairs[place] for number, place in places])
        for row, (number, place) in enumerate(places):
            scores[number][place] = out.scores[row]
            if place == 0 and batch[number].has_own:
                tokens[number] = out.tokens[row]
    return [torch.stack(one) for one in scores], tokens


def _resume(parts: dict[str, Any], checkpoint: Path) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    for key, part in parts.items():
        part.load_state_dict(state[key])
    return int(state["done"])


def _say(step: int, steps: int, losses: Sequence[float], seconds: float) -> None:
    mean = sum(losses) / len(losses)
    sys.stderr.write(f"step {step}/{steps}: loss {mean:.3f}, {seconds:.2f} s a step\n")
