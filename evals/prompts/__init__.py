"""What chat models are told by the evals, as text files under review."""

from functools import cache
from importlib import resources


@cache
def prompt(name: str) -> str:
    """A prompt, by its file."""
    return resources.files("evals.prompts").joinpath(name).read_text("utf-8")
