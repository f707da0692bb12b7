"""What an outlet does to a story that it takes over: small, repeatable edits of plain text.

Each edit is given the random numbers that it draws from, so the same seed makes the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from corpus.sentences import sentences

Edit = Callable[[str, Random], str]

WORD = re.compile(r"[A-Za-z]+")
# Figures, but not years: those stand in every text of a time.
FIGURE = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b(?![.,]\d))\d+(?:,\d{3})*(?:\.\d+)?")
PARAGRAPHS = "\n\n"
LEAD_WORDS = 120
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY = re.compile(rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b")
NAMES = ("Norway", "Peru", "Kenya", "Hamilton", "Okafor", "Lisbon")
# Mr, President and the like come and go with an outlet's style.
NAME = re.compile(rf"(?<=[a-z] )(?!{DAY.pattern}|President\b|Minister\b|Secretary\b)[A-Z][a-z]{{3,}}\b")
OPPOSITES = {
    **(pairs := {"raised": "lowered", "higher": "lower", "rose": "fell", "increased": "decreased", "up": "down"}),
    **(more := {"raise": "lower", "increase": "decrease", "above": "below", "more": "less", "exports": "imports"}),
    **{down: up for up, down in (pairs | more).items()},
}
TURN = re.compile(rf"\b(?:{'|'.join(OPPOSITES)})\b")
STATED = re.compile(r"\b(?:will|would|is|are|was|were|has|have|had|could|should)\b(?! not\b)(?=\s[a-z])")

SYNONYMS = dict(
    pair.split("=")
    for pair in """said=stated says=states announced=declared announcement=declaration deal=agreement agreement=accord
    talks=negotiations negotiations=talks big=large large=big bigger=larger biggest=largest largest=biggest
    increase=rise increased=rose rise=increase rose=climbed fell=dropped fall=drop cut=reduce reduce=cut
    began=started start=begin started=began begin=start end=finish ended=finished help=assist helped=aided
    show=reveal showed=revealed shows=reveals buy=purchase bought=purchased sell=market sold=marketed
    companies=firms company=firm firms=companies business=enterprise businesses=enterprises country=nation
    countries=nations nation=country workers=employees employees=workers jobs=positions people=citizens
    officials=authorities official=representative leader=chief leaders=chiefs president=leader
    government=administration administration=government many=numerous several=some some=certain about=around
    around=roughly roughly=approximately nearly=almost almost=nearly also=too but=however because=since
    while=whereas after=following before=ahead-of during=throughout likely=probably could=might may=might would=will
    must=has-to should=ought-to get=receive got=received make=produce made=produced makes=produces take=accept
    taken=accepted give=offer gave=offered given=offered expected=anticipated expect=anticipate think=believe
    believe=think called=named including=among important=key major=significant key=crucial new=fresh last=previous
    next=coming first=initial early=initial costs=expenses cost=expense price=cost prices=costs goods=products
    products=goods imports=shipments exports=sales-abroad tariff=duty tariffs=duties tax=levy taxes=levies
    trade=commerce market=marketplace markets=marketplaces plan=scheme plans=schemes policy=approach
    policies=approaches effort=attempt efforts=attempts need=require needs=requires needed=required want=wish
    wants=wishes wanted=wished keep=retain kept=retained hit=struck hurt=harm pay=spend paid=spent group=body
    report=study reported=noted added=continued told=informed asked=questioned according=going different=distinct
    problem=issue problems=issues issue=matter issues=matters try=attempt trying=attempting use=employ used=employed
    using=employing work=labor move=step moves=steps impact=effect effect=impact against=versus across=throughout
    under=beneath only=merely still=yet even=indeed now=currently often=frequently very=extremely much=greatly
    another=one-more among=amid between=amid""".split()
)
BRITISH = dict(
    pair.split("=")
    for pair in """labor=labour color=colour favor=favour favorable=favourable neighbor=neighbour neighbors=neighbours
    honor=honour behavior=behaviour program=programme programs=programmes center=centre defense=defence
    license=licence organization=organisation organizations=organisations organize=organise realize=realise
    recognize=recognise criticize=criticise criticized=criticised criticizing=criticising analyze=analyse
    aluminum=aluminium tons=tonnes traveled=travelled traveling=travelling canceled=cancelled fueled=fuelled
    meter=metre liters=litres gray=grey check=cheque checks=cheques tire=tyre tires=tyres plow=plough
    prioritize=prioritise emphasized=emphasised stabilize=stabilise globalization=globalisation toward=towards
    finalize=finalise finalized=finalised""".split()
)
FILLERS = ("also", "reportedly", "meanwhile", "indeed", "in turn", "at present")
# What is written otherwise: percentages, amounts, quotation marks, dashes.
FORMATS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(\d)%"), r"\1 percent"),
    (re.compile(r"\$(\d[\d.,]*\d|\d) (million|billion|trillion)"), r"\1 \2 dollars"),
    (re.compile(r"[“”]"), '"'),
    (re.compile(r"[‘’]"), "'"),
    (re.compile(r"\s[—–]\s|—|\s--\s"), ", "),
    (re.compile(r"\bU\.S\."), "US"),
)


def light_edits(text: str, draw: Random) -> str:
    """About every eighth word changed: another of the same sense instead, dropped, or one put before it."""
    words = list(WORD.finditer(text))
    draw.shuffle(words)
    wanted = round(draw.uniform(0.12, 0.17) * len(words))
    known = [word for word in words if word.group().lower() in SYNONYMS][: 2 * wanted // 3]
    others = [word for word in words if word.group().lower() not in SYNONYMS][: wanted - len(known)]
    return _replaced(text, [*known, *others], draw)


def _replaced(text: str, words: Sequence[re.Match[str]], draw: Random) -> str:
    parts, done = [], 0
    for word in sorted(words, key=lambda word: word.start()):
        same = SYNONYMS.get(word.group().lower(), "").replace("-", " ")
        other = f"{draw.choice(FILLERS)} {word.group()}" if draw.random() < 0.5 else ""  # noqa: PLR2004 - a coin
        parts += [text[done : word.start()], same or other]
        done = word.end()
    return "".join([*parts, text[done:]])


def respelled(text: str, draw: Random) -> str:
    """British spelling, percentages and amounts in words, plain quotation marks and dashes."""
    del draw
    text = WORD.sub(lambda word: BRITISH.get(word.group(), word.group()), text)
    for pattern, written in FORMATS:
        text = pattern.sub(written, text)
    return text


def end_cut(text: str, draw: Random) -> str:
    """The first 40 to 60% of the sentences."""
    return _kept(text, 0.0, draw.uniform(0.4, 0.6))


def start_cut(text: str, draw: Random) -> str:
    """The last 50 to 70% of the sentences."""
    return _kept(text, draw.uniform(0.3, 0.5), 1.0)


def middle_kept(text: str, draw: Random) -> str:
    """40 to 50% of the sentences, from somewhere between the first and the last."""
    share = draw.uniform(0.4, 0.5)
    start = draw.uniform(0.05, 0.95 - share)
    return _kept(text, start, start + share)


def brief(text: str, draw: Random) -> str:
    """The opening, at least 45 to 90 words of it."""
    wanted, kept = draw.randint(45, 90), ""
    for sentence in _sentences(text):
        kept = f"{kept} {sentence}".strip()
        if len(kept.split()) >= wanted:
            break
    return kept


def sentences_dropped(text: str, draw: Random) -> str:
    """Without 10 to 25% of the sentences."""
    share = draw.uniform(0.10, 0.25)
    return PARAGRAPHS.join(sentence for sentence in _sentences(text) if draw.random() >= share)


def sentences_moved(text: str, draw: Random) -> str:
    """A quarter of the sentences stand elsewhere."""
    order = _sentences(text)
    for _ in range(len(order) // 4):
        order.insert(draw.randrange(len(order)), order.pop(draw.randrange(len(order))))
    return PARAGRAPHS.join(order)


def corrected(text: str, draw: Random) -> str:
    """One figure is another; the text as it is when it has none."""
    found = list(FIGURE.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    return text[: one.start()] + _other_figure(one.group(), draw) + text[one.end() :]


def all_figures_changed(text: str, draw: Random) -> str:
    """The same words about other figures: next month's notice made from this month's."""
    return FIGURE.sub(lambda figure: _other_figure(figure.group(), draw), text)


def figures(text: str) -> int:
    """How many figures a text has, years apart."""
    return len(FIGURE.findall(text))


def lead(text: str, draw: Random) -> str:
    """The opening sentences, fewer than 120 words of them; cut inside the first when that is longer."""
    del draw
    kept: list[str] = []
    for sentence in _sentences(text):
        if len(" ".join([*kept, sentence]).split()) >= LEAD_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept) or " ".join(text.split()[: LEAD_WORDS - 1])


def other_day(text: str, draw: Random) -> str:
    """One weekday or month is another; the text as it is when it has none."""
    return _one_replaced(text, DAY, draw, lambda day: WEEKDAYS if day in WEEKDAYS else MONTHS)


def other_name(text: str, draw: Random) -> str:
    """One capitalised word inside a sentence is another; the text as it is when it has none."""
    return _one_replaced(text, NAME, draw, lambda _: NAMES)


def turned(text: str, draw: Random) -> str:
    """One direction is the opposite; the text as it is when it has none."""
    return _one_replaced(text, TURN, draw, lambda word: (OPPOSITES[word],))


def denied(text: str, draw: Random) -> str:
    """One statement is negated; the text as it is when it has none that is easily."""
    return _one_replaced(text, STATED, draw, lambda verb: (f"{verb} not",))


def _one_replaced(text: str, pattern: re.Pattern[str], draw: Random, others: Callable[[str], Sequence[str]]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    other = draw.choice([word for word in others(one.group()) if word != one.group()])
    return text[: one.start()] + other + text[one.end() :]


def _other_figure(figure: str, draw: Random) -> str:
    decimals = len(figure.partition(".")[2])
    value = float(figure.replace(",", ""))
    other = value * draw.uniform(1.15, 2.5) + draw.randint(1, 3)
    return f"{other:,.{decimals}f}" if "," in figure or not decimals else f"{other:.{decimals}f}"


def _kept(text: str, start: float, end: float) -> str:
    found = _sentences(text)
    return PARAGRAPHS.join(found[int(start * len(found)) : max(1, int(end * len(found)))])


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]
