"""What every model on OpenVINO shares: how it is compiled, and how texts become padded batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.quiet_openvino import openvino

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

WIDTH_STEP = 16


def compiled(
    model: openvino.Model, keep: Callable[[Any, Any], None], precision: str | None
) -> openvino.AsyncInferQueue:
    """A queue with one batch in work a core; `keep` gets each done request with what was given along with its batch.

    The precision is the processor's fastest one when none is named.
    """
    core = openvino.Core()
    hints = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision or _precision(core)}
    queue = openvino.AsyncInferQueue(core.compile_model(model, "CPU", hints))
    queue.set_callback(keep)
    return queue


def _precision(core: openvino.Core) -> str:
    # In bfloat16 the vectors keep a cosine of .9999 to those of float32, at more than twice the speed. Processors
    # without these instructions would emulate it, slower than they do float32.
    return "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


def batches(lengths: Sequence[int], widest: int, size: int) -> Iterator[tuple[list[int], int]]:
    """Rows that share a padded width, with that width; the widest first, so that no core is left with the longest.

    A text's width follows from its own length, never from its neighbours': in bfloat16 the padding moves what comes
    out, and so each text has one result, whatever it is put in together with.
    """
    by_width: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_width.setdefault(min(widest, -(-length // WIDTH_STEP) * WIDTH_STEP), []).append(row)
    for width, rows in sorted(by_width.items(), reverse=True):
        for first in range(0, len(rows), size):
            yield rows[first : first + size], width


def padded(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.int64]:
    """The rows with zeros behind, (rows, width)."""
    matrix = np.zeros((len(rows), width), np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix
