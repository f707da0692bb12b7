"""What a Word document's styles and numbering say about its paragraphs and runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFF = {"0", "false", "off", "none"}
_MOST_BASES = 20
_USUAL_SIZE = 22  # half points


def qn(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{_W}}}{name}"


def is_on(element: Any) -> bool:
    """Whether a property that can be switched off is there and on."""
    return element is not None and (element.get(qn("val")) or "true").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style, with what it inherits. `size` is in half points."""

    name: str = "normal"
    hidden: bool = False
    bold: bool = False
    size: int = _USUAL_SIZE
    number: str = ""

    @property
    def heading(self) -> bool:
        """Whether its paragraphs are titles and headings."""
        return self.name.startswith(("title", "subtitle", "heading"))


class Styles:
    """The styles of one document, from its `w:styles` and `w:numbering` elements; either can be missing."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        found = [] if styles is None else styles.findall(qn("style"))
        self._elements = {style.get(qn("styleId")): style for style in found}
        defaults = [s for s in found if s.get(qn("default")) in {"1", "true"} and s.get(qn("type")) == "paragraph"]
        self._default = defaults[0].get(qn("styleId")) if defaults else None
        size = None if styles is None else styles.find("/".join(map(qn, ("docDefaults", "rPrDefault", "rPr", "sz"))))
        self._usual_size = _number(size, _USUAL_SIZE)
        self._read: dict[str | None, Style] = {}
        self._formats = _formats(numbering)

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph."""
        stated = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
        key = self._default if stated is None else stated.get(qn("val"))
        if key not in self._read:
            self._read[key] = self._style(key)
        return self._read[key]

    def hides(self, reference: Any) -> bool:
        """Whether the style of characters that a run refers to hides it."""
        return reference is not None and self._style(reference.get(qn("val"))).hidden

    def is_bold(self, run: Any, style: Style) -> bool:
        """Whether a run in a paragraph of the style is bold."""
        own = run.find(f"{qn('rPr')}/{qn('b')}")
        return style.bold if own is None else is_on(own)

    def size(self, run: Any, style: Style) -> int:
        """The size of a run's type, in half points."""
        return _number(run.find(f"{qn('rPr')}/{qn('sz')}"), style.size)

    def numbering(self, paragraph: Any) -> tuple[str, int, bool]:
        """The list that a paragraph is an entry of ("" for none), its level, and whether it has bullets."""
        own = paragraph.find(f"{qn('pPr')}/{qn('numPr')}/{qn('numId')}")
        number = self.of(paragraph).number if own is None else own.get(qn("val")) or ""
        level = _number(paragraph.find(f"{qn('pPr')}/{qn('numPr')}/{qn('ilvl')}"), 0)
        number = number if number in self._formats else ""
        return number, level, self._formats.get(number, {}).get(level, "bullet") == "bullet"

    def _style(self, key: str | None) -> Style:
        chain: list[Any] = []
        while key in self._elements and len(chain) < _MOST_BASES:
            chain.append(self._elements[key])
            base = chain[-1].find(qn("basedOn"))
            key = None if base is None else base.get(qn("val"))
        if not chain:
            return Style(size=self._usual_size)
        name = chain[0].find(qn("name"))
        number = _first(chain, f"{qn('pPr')}/{qn('numPr')}/{qn('numId')}")
        return Style(
            name=("" if name is None else name.get(qn("val")) or "").lower(),
            hidden=is_on(_first(chain, f"{qn('rPr')}/{qn('vanish')}")),
            bold=is_on(_first(chain, f"{qn('rPr')}/{qn('b')}")),
            size=_number(_first(chain, f"{qn('rPr')}/{qn('sz')}"), self._usual_size),
            number="" if number is None else number.get(qn("val")) or "",
        )


def _first(chain: list[Any], path: str) -> Any:
    return next((found for style in chain if (found := style.find(path)) is not None), None)


def _number(element: Any, default: int) -> int:
    value = "" if element is None else element.get(qn("val")) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("10000") else default


def _formats(numbering: Any) -> dict[str, dict[int, str]]:
    """For each list its levels' formats ("bullet", "decimal", …)."""
    if numbering is None:
        return {}
    abstract = {}
    for element in numbering.findall(qn("abstractNum")):
        levels = {}
        for level in element.findall(qn("lvl")):
            form = level.find(qn("numFmt"))
            stated = level.get(qn("ilvl")) or ""
            levels[int(stated) if stated in set("012345678") else 0] = "" if form is None else form.get(qn("val")) or ""
        abstract[element.get(qn("abstractNumId"))] = levels
    numbers = ((num.get(qn("numId")), num.find(qn("abstractNumId"))) for num in numbering.findall(qn("num")))
    return {key: abstract.get(to.get(qn("val")), {}) for key, to in numbers if key and key != "0" and to is not None}
