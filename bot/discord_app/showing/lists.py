"""Everything that is no answer: timelines, lists of articles, an article, runs, the state of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.links import is_on_the_web
from bot.discord_app.server import NAMES
from bot.discord_app.showing.message import Card, Message, cards
from bot.discord_app.showing.pages import PAGE, TITLE, packed, pages_of
from bot.discord_app.showing.plain import file_name, inert, inert_line, page_link, shortened
from bot.discord_app.showing.sources import COLOUR, source_lines
from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.timeline import Entry
    from bot.discord_app.server import ServerSettings
    from corpus.catalogue.cited import LostQuote
    from corpus.catalogue.reader import Counts
    from corpus.catalogue.runs import RunRecord
    from corpus.catalogue.shelf import Shelved
    from corpus.types import Version

LIST_PAGE = 10
LIST_LINK = 200  # characters: ten of them fit on a page
ARTICLE_PAGE = 1_800
MOST_LOST = 15
NOTHING_THEN = "No stored article tells of that within these limits. `/sources` lists what is stored."
NO_CORRECTIONS = "Of the answers that you can see here, none rests on a quote that its article no longer holds."
NOTHING_STORED = "Nothing has been ingested yet."


def timeline_messages(title: str, entries: Sequence[Entry]) -> list[Message]:
    """What the articles say of a topic, a day a line, with the sources below."""
    if not entries:
        return [Message(NOTHING_THEN)]
    blocks = [f"**{one.day}** — {inert_line(one.sentence.text, 900)} [{one.citation.n}]" for one in entries]
    return cards(
        blocks,
        COLOUR,
        title=inert_line(title, TITLE),
        small=source_lines([one.citation for one in entries]),
        rest=lambda shown: f"… and {len(blocks) - shown} more.",
    )


def list_card(found: Sequence[Shelved], counts: Counts, page: int, pages: int) -> Card:
    """A page of the list of articles."""
    if not found:
        return Card(NOTHING_STORED, COLOUR, "Sources")
    lines = [_listed(one) for one in found]
    known = f", published {counts.oldest} to {counts.newest}" if counts.newest else ""
    small = f"-# {counts.articles} articles{known} · page {page + 1} of {pages}"
    return Card("\n".join(lines), COLOUR, "Sources", (small,))


def article_card(version: Version, page: int) -> tuple[Card, int]:
    """A page of an article (from 0), and how many there are."""
    article = version.article
    pages = packed(_paragraphs(article.text), "\n\n", ARTICLE_PAGE) or [""]
    page = max(0, min(page, len(pages) - 1))
    about = " · ".join(
        filter(None, (article.outlet, (article.published or "no date")[:10], ", ".join(article.authors)))
    )
    withdrawn = "\n**Withdrawn: no answer is taken from it any more.**" if version.status == "withdrawn" else ""
    text = f"{inert_line(about, 300)} · {_origin(article.url)}{withdrawn}\n\n{pages[page]}"
    small = f"-# Page {page + 1} of {len(pages)} · revision {version.revision}"
    return Card(text, COLOUR, inert_line(article.title, TITLE), (small,)), len(pages)


def corrections_card(lost: Sequence[LostQuote]) -> Card:
    """Earlier answers whose sources no longer hold what they quoted."""
    if not lost:
        return Card(NO_CORRECTIONS, COLOUR, "Corrections")
    blocks = [_correction(one) for one in lost[:MOST_LOST]]
    (page,) = pages_of(blocks, 1, "\n\n", lambda shown: f"… and {len(lost) - shown} more.")
    return Card(page, COLOUR, "Corrections")


def runs_card(found: Sequence[RunRecord]) -> Card:
    """The latest ingest runs."""
    lines = [_run(run) for run in found] or ["No runs yet."]
    (page,) = pages_of(lines, 1, "\n", lambda shown: f"… and {len(lines) - shown} more.")
    return Card(page, COLOUR, "Ingest runs")


def settings_card(settings: ServerSettings, missing: Sequence[tuple[str, int]]) -> Card:
    """What is set for a server, and what of it is not there."""
    lines = []
    for name, text in NAMES.items():
        mark = "@&" if "role" in name else "#"
        chosen = " ".join(f"<{mark}{one}>" for one in getattr(settings, name))
        default = {"channels": "every channel", "roles": "everybody"}.get(name, "none")
        lines.append(f"**{text}:** {chosen or default}")
    lost = [f"- {NAMES[name]}: {one} is not there any more. Choose anew." for name, one in missing]
    text = "\n".join([*lines, *(["", "**Missing**", *lost] if lost else [])])
    return Card(text[:PAGE], COLOUR, "Settings of this server")


def _listed(one: Shelved) -> str:
    address, title = page_link(one.url, LIST_LINK), inert_line(one.title, 110)
    named = f"[{title}]({address})" if address else f"**{title}**"
    return f"{(one.published or 'no date')[:10]} {named} · {inert_line(one.outlet or 'unknown outlet', 60)}"


def _origin(url: str) -> str:
    address = page_link(url)
    return f"[open]({address})" if address else f"*{inert_line(file_name(url), 150)}*"


def _paragraphs(text: str) -> list[str]:
    """The text's paragraphs, those that are too long for a page cut between sentences."""
    blocks = []
    for line in text.split("\n"):
        if len(inert(line)) <= ARTICLE_PAGE:
            blocks.append(inert(line.strip()))
        else:
            parts = [shortened(line[span.start : span.end], ARTICLE_PAGE) for span in sentences(line)]
            blocks += packed(parts, " ", ARTICLE_PAGE)
    return [block for block in blocks if block]


def _source(name: str) -> str:
    """What was read, without the folders of a machine."""
    return name if is_on_the_web(name) else file_name(name)


def _correction(lost: LostQuote) -> str:
    happened = "was withdrawn" if lost.gone == "withdrawn" else "no longer says that"
    return (
        f"**{inert_line(lost.question, 200)}** — [{lost.n}] “{inert_line(lost.quote, 300)}”: "
        f"“{inert_line(lost.title, 150)}” {happened} (noticed {lost.noticed_at[:10]})"
    )


def _run(run: RunRecord) -> str:
    did = ", ".join(f"{count} {outcome}" for outcome, count in run.counts.items() if count) or run.state
    when, sources = run.started_at[:16].replace("T", " "), inert_line(", ".join(map(_source, run.sources)), 120)
    return f"`{run.id}` {when} {run.state} · {did} · {sources}"
