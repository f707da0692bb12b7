"""An answer on a terminal: the text, then each source's quote with outlet, date and link."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answering.links import link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.answering.timeline import Entry
    from bot.answering.types import Answer, Citation, Sentence
    from corpus.types import Passage


def show(answer: Answer, console: Console) -> None:
    """Print an answer or a refusal. Text from articles is never read as markup."""
    if answer.standalone_question != answer.ask.question:
        console.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    console.print()
    for sentence in answer.sentences:
        console.print(_line(sentence))
    if answer.refusal:
        console.print(Text(answer.refusal.text))
    for note in answer.notes:
        console.print(Text(f"Note: {note.text}", style="yellow"))
    if answer.citations:
        console.print(Text("\nSources", style="bold"))
    for citations in by_article(answer.citations):
        _show_source(citations, console)
    console.print(Text(f"\n{_footer(answer)}", style="dim"))


@contextmanager
def watching(console: Console, *, wanted: bool) -> Iterator[Callable[[Sequence[Sentence]], None] | None]:
    """Shows the sentences of a chat model as they come, until the whole answer takes their place; None where nobody
    looks at a terminal."""
    if not (wanted and console.is_terminal):
        yield None
        return
    with Live(console=console, transient=True) as live:
        yield lambda sentences: live.update(Text("\n").join(_line(one) for one in sentences))


def show_timeline(entries: Sequence[Entry], console: Console) -> None:
    """Print dated sentences, oldest first, each with where it stands."""
    table = Table.grid(padding=(0, 2, 1, 0))
    for entry in entries:
        passage = entry.citation.passage
        where = Style.parse("dim") + Style(link=link(entry.citation))
        told = Text.assemble(entry.sentence.text, (f"\n{_outlet(passage)}: {passage.title}", where))
        table.add_row(Text(entry.day, style="bold cyan"), told)
    console.print()
    console.print(table)


def _line(sentence: Sentence) -> Text:
    """A sentence with what is asked for in bold, and its markers."""
    text = Text(sentence.text)
    if sentence.highlight:
        text.stylize("bold", *sentence.highlight)
    return Text.assemble(text, (f" {''.join(f'[{n}]' for n in sentence.citations)}", "bold cyan"))


def by_article(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations of each article together, in the order in which the articles are first cited."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.passage.article_id, []).append(citation)
    return list(groups.values())


def _show_source(citations: Sequence[Citation], console: Console) -> None:
    passage = citations[0].passage
    console.print(
        Text.assemble((passage.title, "bold"), f"\n{_outlet(passage)}, {(passage.published or 'no date')[:10]}")
    )
    # The whole link is behind the plain address, on a line that is not broken: a broken one cannot be clicked.
    address = Style(color="blue", link=link(citations[0]))
    console.print(Text(passage.url, style=address), soft_wrap=True)
    for citation in citations:
        marker = f"[{citation.n}] "
        console.print(Padding(Text.assemble((marker, "bold cyan"), (f"“{citation.quote}”", "italic")), (0, 0, 0, 2)))


def _outlet(passage: Passage) -> str:
    if passage.publisher and passage.publisher != passage.outlet:
        return f"{passage.outlet or 'unknown outlet'} (first in {passage.publisher})"
    return passage.outlet or "unknown outlet"


def _footer(answer: Answer) -> str:
    articles = "1 article" if answer.coverage.articles == 1 else f"{answer.coverage.articles} articles"
    newest = f", newest {answer.coverage.newest}" if answer.coverage.newest else ""
    return f"{articles}{newest} · {answer.timings_ms['total'] / 1000:.1f} s"
