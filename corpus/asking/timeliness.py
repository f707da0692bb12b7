"""How well an article's day and outlet suit what a question says about them: one figure to add to a ranking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from corpus.asking.outlets import same_outlet

if TYPE_CHECKING:
    from corpus.asking.periods import Period
    from corpus.asking.reading import Reading

# News of an event is out within days; what looks back on it, or gives a year's figures, follows within weeks.
FULL_DAYS_AFTER = 7
HALF_LIFE_BEFORE = 14
HALF_LIFE_AFTER = 60
# Gentle: rates change several times a year, but an older article is often the one that explains them.
HALF_LIFE_PRESENT = 180
# "On April 2" without a year is a guess at the latest one; the one before stays likely.
EARLIER_YEAR = 0.5
# Nothing is known of an article without a date: it neither leads nor trails.
UNDATED = 0.5


def fit(reading: Reading, published: str | None, outlet: str | None, newest: date | None) -> float:
    """0 to 1: the mean of the parts that the question speaks of; 0 when it says nothing of time or outlet.

    `published` and `outlet` are the article's (an ISO day or moment), `newest` the day of the newest stored article.
    """
    parts = []
    if reading.period is not None:
        earlier = EARLIER_YEAR * of_period(reading.earlier, published) if reading.earlier else 0.0
        parts.append(max(of_period(reading.period, published), earlier))
    if reading.outlet is not None:
        parts.append(of_outlet(reading.outlet, outlet))
    if reading.present:
        limits = [day for day in (day_of(reading.as_of), newest) if day is not None]
        parts.append(of_present(min(limits), published) if limits else UNDATED)
    return sum(parts) / len(parts) if parts else 0.0


def of_period(period: Period, published: str | None) -> float:
    """1 from the period's first day until FULL_DAYS_AFTER its last; halves every half-life further away."""
    day = day_of(published)
    if day is None:
        return UNDATED
    early = max(0, (period.first - day).days)
    late = max(0, (day - period.last).days - FULL_DAYS_AFTER)
    return halved(early, HALF_LIFE_BEFORE) * halved(late, HALF_LIFE_AFTER)


def of_outlet(wanted: str, outlet: str | None) -> float:
    """1 for the outlet's articles, else 0."""
    return float(outlet is not None and same_outlet(wanted, outlet))


def of_present(now: date, published: str | None) -> float:
    """1 for an article of `now` or later; halves with every HALF_LIFE_PRESENT days of age."""
    day = day_of(published)
    return UNDATED if day is None else halved(max(0, (now - day).days), HALF_LIFE_PRESENT)


def halved(days: int, half_life: int) -> float:
    """What is left of 1 after some days."""
    return float(0.5 ** (days / half_life))


def day_of(published: str | None) -> date | None:
    """The day of an ISO day or moment; None when there is none or it cannot be read."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
