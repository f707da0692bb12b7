"""What stands where on a PDF's pages, as pdfium finds it: runs of words that a reader can see.

pdfium is used through its raw functions because only those tell the place of single characters.
"""

from __future__ import annotations

import sys
from ctypes import c_double, c_int, c_uint, create_string_buffer
from dataclasses import dataclass
from math import hypot
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALLEST = 2.0
_WHITE = 245
_INVISIBLE = 3
_LARGEST_PICTURE = 1_000
# A wider gap than this, in heights of the type, is no space between two words.
_WIDEST_SPACE = 1.0
_LEVEL = 0.4
# What pdfium gives for a hyphen at a line's end, where it leaves out the break.
_LINE_END_HYPHENS = {0x02, 0xFFFE}


@dataclass(slots=True)
class Run:
    """Words next to each other on one line. In points from the page's left and top; `base` is the line that
    the letters stand on, `size` the size of the type."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    first: int
    x0: float
    x1: float
    base: float
    size: float
    invisible: bool


def runs(page: Any, number: int) -> list[Run]:
    """The visible runs of words on a page, in the order in which the file draws them."""
    page.set_rotation(0)
    text = page.get_textpage()
    try:
        return list(_runs(page, text, number))
    finally:
        text.close()


def has_text(page: Any) -> bool:
    """Whether there is any text on the page, seen or not."""
    text = page.get_textpage()
    try:
        return bool(text.get_text_range().strip())
    finally:
        text.close()


def _runs(page: Any, text: Any, number: int) -> Iterator[Run]:
    lines = [[word for span in line if (word := _word(page, text, *span))] for line in _lines(text)]
    # Text recognition puts its words, invisible, over the picture of a page: there they are all there is.
    recognised = all(word.invisible for line in lines for word in line)
    picture = _Picture(page)
    for line in lines:
        seen = [word for word in line if (recognised or not word.invisible) and _is_seen(word, page, text, picture)]
        for group in _groups(seen):
            yield Run(
                " ".join(word.text for word in group),
                group[0].x0,
                group[-1].x1,
                median(word.base for word in group),
                median(word.size for word in group),
                _is_bold(text, group[0].first) and _is_bold(text, group[-1].first),
                number,
            )


def _lines(text: Any) -> Iterator[list[tuple[int, str]]]:
    """The words of each line that pdfium finds, each as its first character's index and its letters."""
    from pypdfium2.raw import FPDFText_GetUnicode

    line: list[tuple[int, str]] = []
    first, letters = 0, ""
    for i in range(text.count_chars()):
        code = FPDFText_GetUnicode(text, i)
        letter = chr(min(code, sys.maxunicode))
        if code in _LINE_END_HYPHENS and letters:
            yield [*line, (first, f"{letters}-")]
            line, letters = [], ""
            continue
        if not letter.isspace() and code:
            first = first if letters else i
            letters += letter
            continue
        if letters:
            line.append((first, letters))
            letters = ""
        if letter in "\r\n" and line:
            yield line
            line = []
    if letters:
        line.append((first, letters))
    if line:
        yield line


def _word(page: Any, text: Any, first: int, letters: str) -> _Word | None:
    from pypdfium2.raw import FPDFText_GetTextObject, FPDFTextObj_GetTextRenderMode

    start, end = _sides(text, first), _sides(text, first + len(letters) - 1)
    if start is None or end is None:
        return None
    left, _, _, ceiling = page.get_cropbox()
    invisible = FPDFTextObj_GetTextRenderMode(FPDFText_GetTextObject(text, first)) == _INVISIBLE
    base = ceiling - _baseline(text, first)
    return _Word(letters, first, start[0] - left, end[1] - left, base, _size(text, first), invisible)


def _sides(text: Any, i: int) -> tuple[float, float] | None:
    from pypdfium2.raw import FS_RECTF, FPDFText_GetLooseCharBox

    box = FS_RECTF()
    return (box.left, box.right) if FPDFText_GetLooseCharBox(text, i, box) else None


def _baseline(text: Any, i: int) -> float:
    from pypdfium2.raw import FPDFText_GetCharOrigin

    x, y = c_double(), c_double()
    FPDFText_GetCharOrigin(text, i, x, y)
    return y.value


def _size(text: Any, i: int) -> float:
    """The size of the type as it is printed: what the font is set to, scaled as its text is."""
    from pypdfium2.raw import FS_MATRIX, FPDFText_GetFontSize, FPDFText_GetMatrix

    matrix = FS_MATRIX()
    scale = hypot(matrix.c, matrix.d) if FPDFText_GetMatrix(text, i, matrix) else 1.0
    return float(FPDFText_GetFontSize(text, i) * scale)


def _groups(words: list[_Word]) -> Iterator[list[_Word]]:
    group: list[_Word] = []
    for word in words:
        if group and not _follows(group[-1], word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _follows(before: _Word, word: _Word) -> bool:
    size = max(before.size, word.size)
    level = abs(before.base - word.base) < size * _LEVEL
    return level and -size < word.x0 - before.x1 < size * _WIDEST_SPACE


def _is_seen(word: _Word, page: Any, text: Any, picture: _Picture) -> bool:
    from pypdfium2.raw import FPDFText_GetFillColor

    width, height = page.get_size()
    on_page = word.x0 < width and word.x1 > 0 and 0 < word.base < height + word.size
    if not on_page or word.size < _SMALLEST or _is_turned(text, word.first):
        return False
    red, green, blue, alpha = (c_uint() for _ in range(4))
    if not FPDFText_GetFillColor(text, word.first, red, green, blue, alpha):
        return True
    if not alpha.value:
        return False
    return min(red.value, green.value, blue.value) < _WHITE or picture.shows(word)


def _is_turned(text: Any, i: int) -> bool:
    from pypdfium2.raw import FPDFText_GetCharAngle

    angle = FPDFText_GetCharAngle(text, i)
    return bool(0.1 < angle < 6.18)  # noqa: PLR2004 - radians, a tenth either side of upright


def _is_bold(text: Any, i: int) -> bool:
    from pypdfium2.raw import FPDFText_GetFontInfo

    name, flags = create_string_buffer(128), c_int()
    length = FPDFText_GetFontInfo(text, i, name, len(name), flags)
    return 0 < length <= len(name) and any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


class _Picture:
    """The page as it is seen, drawn when a word is white: on a white page nobody reads it."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._bitmap: Any = None
        self._scale = 1.0

    def shows(self, word: _Word) -> bool:
        """Whether anything dark is drawn where the word stands."""
        if self._bitmap is None:
            self._scale = min(1.0, _LARGEST_PICTURE / max(self._page.get_size()))
            self._bitmap = self._page.render(scale=self._scale, grayscale=True)
        bitmap, scale = self._bitmap, self._scale
        first, last = max(int((word.base - word.size) * scale), 0), min(int(word.base * scale) + 1, bitmap.height)
        left, right = max(int(word.x0 * scale), 0), min(int(word.x1 * scale) + 1, bitmap.width)
        rows = (bytes(bitmap.buffer[y * bitmap.stride + left : y * bitmap.stride + right]) for y in range(first, last))
        return any(min(row, default=255) < _WHITE for row in rows)
