"""An answer on a terminal: the text, then each source's quote with outlet, date and link."""

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.answering.links import link
from bot.answering.types import Answer, Citation


def show(answer: Answer, console: Console) -> None:
    """Print an answer or a refusal. Text from articles is never read as markup."""
    if answer.standalone_question != answer.ask.question:
        console.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    console.print()
    for sentence in answer.sentences:
        markers = "".join(f"[{n}]" for n in sentence.citations)
        console.print(Text.assemble(sentence.text, (f" {markers}", "bold cyan")))
    if answer.refusal:
        console.print(Text(answer.refusal.text))
    for note in answer.notes:
        console.print(Text(f"Note: {note.text}", style="yellow"))
    if answer.citations:
        console.print(Text("\nSources", style="bold"))
    for citation in answer.citations:
        _show_source(citation, console)
    console.print(Text(f"\n{_footer(answer)}", style="dim"))


def _show_source(citation: Citation, console: Console) -> None:
    passage = citation.passage
    where = " · ".join(part for part in (_outlet(citation), (passage.published or "no date")[:10]) if part)
    console.print(Text.assemble((f"[{citation.n}] ", "bold cyan"), (passage.title, "bold"), f" · {where}"))
    console.print(Padding(Text(f"“{citation.quote}”", style="italic"), (0, 0, 0, 4)))
    # The whole link is behind the plain address, on a line that is not broken: a broken one cannot be clicked.
    address = Text(f"    {passage.url}", style=Style(color="blue", link=link(passage.url, citation.quote)))
    console.print(address, soft_wrap=True)


def _outlet(citation: Citation) -> str:
    passage = citation.passage
    if passage.publisher and passage.publisher != passage.outlet:
        return f"{passage.outlet or 'unknown outlet'} (first in {passage.publisher})"
    return passage.outlet or "unknown outlet"


def _footer(answer: Answer) -> str:
    articles = "1 article" if answer.coverage.articles == 1 else f"{answer.coverage.articles} articles"
    newest = f", newest {answer.coverage.newest}" if answer.coverage.newest else ""
    return f"{articles}{newest} · {answer.timings_ms['total'] / 1000:.1f} s"
