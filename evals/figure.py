"""What a metric is called, and what it says to somebody who did not write it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run.

    `mean` says that it is a mean of values between 0 and 1, one a question; without it things are counted, and it is
    the share of those that meet it. `falling` says that less is better.
    """

    name: str
    title: str
    meaning: str
    mean: bool = False
    falling: bool = False
