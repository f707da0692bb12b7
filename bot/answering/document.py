"""An answer as the JSON document that `accord ask --json` prints. Programs read it, so it only grows."""

from dataclasses import asdict
from typing import Any

from bot.answering.links import link
from bot.answering.types import Answer, Citation


def document(answer: Answer) -> dict[str, Any]:
    """The answer as JSON-ready values."""
    return {
        "question": answer.ask.question,
        "standalone_question": answer.standalone_question,
        "as_of": answer.ask.filters.as_of,
        "status": answer.status,
        "text": answer.text,
        "sentences": [
            {
                "text": one.text,
                "citations": list(one.citations),
                "support": one.support,
                "highlight": one.highlight and list(one.highlight),
            }
            for one in answer.sentences
        ],
        "citations": [citation_document(citation) for citation in answer.citations],
        "notes": [{"kind": n.kind, "text": n.text, "citations": list(n.citations)} for n in answer.notes],
        "coverage": {**asdict(answer.coverage), "nearest": list(answer.coverage.nearest)},
        "refusal": answer.refusal and asdict(answer.refusal),
        "retrieved": [
            {
                "passage_id": hit.passage.id,
                "url": hit.passage.url,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 4),
            }
            for hit in answer.retrieved
        ],
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "models": asdict(answer.models),
        "timings_ms": answer.timings_ms,
    }


def citation_document(citation: Citation) -> dict[str, Any]:
    """A citation as JSON-ready values."""
    passage = citation.passage
    return {
        "n": citation.n,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "passage_id": passage.id,
        "url": passage.url,
        "title": passage.title,
        "outlet": passage.outlet,
        "published": passage.published,
        "link": link(citation),
    }
