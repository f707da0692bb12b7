"""Bytes become the text that their writer meant, or are refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.extract.decode import declared_in_html, decode

TEXT = "Zölle auf Stahl – „vorläufig“, 25 %"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_needs_no_declaration(text: str) -> None:
    assert decode(text.encode()).removeprefix("\ufeff") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding), "iso-8859-1") == TEXT


@pytest.mark.parametrize("charset", ["shift_jis", "iso-2022-jp", "euc-jp", "utf-8"])
def test_a_declared_charset_is_believed(charset: str) -> None:
    assert decode("日本との交渉".encode(charset), charset) == "日本との交渉"


def test_a_default_declaration_does_not_spoil_utf8() -> None:
    assert decode(TEXT.encode(), "ISO-8859-1") == TEXT


@pytest.mark.parametrize("charset", ["no-such-charset", "hex", "utf-8", "ascii", "punycode", "a\0b", None])
def test_a_wrong_or_missing_declaration_is_survived(charset: str | None) -> None:
    data = ("A long plain sentence about tariffs and quotas. " * 3 + "It’s over – “done”").encode("cp1252")

    assert decode(data, charset).endswith("It’s over – “done”")


SENTENCES = {
    "ja": [
        "自動車の関税",
        "トランプ政権はアルミニウムへの関税を引き上げた。",
        "自動車の関税をめぐる日米交渉は、合意なく終わった。両国は「鉄鋼の追加関税も協議する」と述べ、コメの輸入枠には触れなかった。",
    ],
    "zh-Hans": [
        "中美贸易谈判",
        "欧盟决定推迟报复措施。",
        "中国商务部星期二宣布，对原产于美国的大豆加征百分之二十五的关税。谈判代表说，双方在农产品问题上仍有分歧。",
    ],
    "zh-Hant": [
        "美國關稅談判",
        "經濟部表示，美國對鋼鐵加徵的關稅將影響出口。",
        "談判代表團下週赴華盛頓，希望爭取汽車零組件的豁免，並維持農產品進口配額。立法院將於九月審議。",
    ],
    "ko": [
        "한미 무역 협상",
        "정부는 자동차 관세에 관한 협상이 끝났다고 밝혔다.",
        "양국은 철강 수출 물량과 쌀 시장 개방 문제를 다음 달 서울에서 다시 논의하기로 했다. 관세율은 25%로 유지된다.",
    ],
    "ru": [
        "Торговые переговоры",
        "Переговоры о пошлинах на автомобили завершились без соглашения.",
        "Стороны договорились встретиться в сентябре в Женеве и обсудить квоты на сталь. Министр: «без спешки».",
    ],
    "fr": [
        "Négociations",
        "Les négociations commerciales ont échoué à cause des droits de douane.",
        "« L’accord sur l’acier est repoussé à l’été », a déclaré la ministre, très déçue par cet échec.",
    ],
    "de": [
        "Zölle auf Stahl",
        "Die Gespräche über Zölle sind gescheitert – „vorläufig“, sagte der Minister für Außenhandel.",
    ],
    "pl": [
        "Rozmowy w sprawie ceł na stal zakończyły się fiaskiem, ogłosiło ministerstwo. Następne odbędą się w Łodzi."
    ],
    "el": ["Οι διαπραγματεύσεις για τους δασμούς έληξαν χωρίς συμφωνία."],
}
CHARSETS = {
    "ja": ["shift_jis", "euc-jp"],
    "zh-Hans": ["gb18030", "gbk", "gb2312"],
    "zh-Hant": ["big5"],
    "ko": ["euc-kr"],
    "ru": ["windows-1251", "koi8-r", "iso-8859-5"],
    "fr": ["windows-1252"],
    "de": ["windows-1252"],
    "pl": ["windows-1250"],
    "el": ["windows-1253"],
}
WRITTEN = [
    (text, charset)
    for language, texts in SENTENCES.items()
    for text in texts
    for charset in CHARSETS[language]
    if text.encode(charset, errors="ignore").decode(charset) == text
]
DECLARED = [None, "right", "utf-8", "iso-8859-1", "windows-1252", "us-ascii", "no-such-charset"]
PAGE = "<html><head><title>x</title></head><body><p class='a'>{}</p></body></html>"


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("text", "charset"), WRITTEN)
@pytest.mark.parametrize("around", ["{}", PAGE])
def test_the_text_is_exact_whatever_is_declared(text: str, charset: str, declared: str | None, around: str) -> None:
    written = around.format(text)

    assert decode(written.encode(charset), charset if declared == "right" else declared) == written


@pytest.mark.parametrize("declared", ["shift_jis", "gb2312", "big5", "euc-kr", "windows-1251"])
@pytest.mark.parametrize(("text", "charset"), [(text, charset) for text, charset in WRITTEN if len(text) > 20])
def test_a_declaration_of_another_script_does_not_spoil_a_sentence(text: str, charset: str, declared: str) -> None:
    assert decode(text.encode(charset), declared) == text


@pytest.mark.parametrize("declared", [None, "shift_jis", "iso-8859-1", "big5", "utf-16"])
@pytest.mark.parametrize("texts", SENTENCES.values(), ids=SENTENCES)
def test_utf8_is_utf8_whatever_is_declared(texts: list[str], declared: str | None) -> None:
    for text in texts:
        assert decode(text.encode(), declared) == text


@pytest.mark.parametrize("declared", [None, "right", "utf-8", "utf-16"])
@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("texts", SENTENCES.values(), ids=SENTENCES)
def test_wide_text_needs_no_mark(texts: list[str], charset: str, declared: str | None) -> None:
    for text in texts:
        written = PAGE.format(text)
        assert decode(written.encode(charset), charset if declared == "right" else declared) == written


RARER = [
    ("iso-2022-jp", "日本との関税交渉"),
    ("iso-2022-kr", "한미 무역 협상"),
    ("hz", "中美贸易谈判"),
    ("iso-8859-2", "ceł na stal w Łodzi"),
    ("iso-8859-9", "İhracat görüşmeleri başladı"),
    ("utf-32-le", "ceł na stal w Łodzi"),
    ("utf-32-be", "Zölle auf Stahl"),
    ("windows-1255", "שיחות הסחר נכשלו"),
    ("windows-874", "การเจรจาภาษีล้มเหลว"),
]


@pytest.mark.parametrize(("declared", "text"), RARER)
def test_rarer_charsets_are_believed(declared: str, text: str) -> None:
    codec = declared.replace("windows-", "cp")

    assert decode(text.encode(codec), declared) == text


def test_the_first_declaration_that_is_right_counts() -> None:
    data = "ceł".encode("iso-8859-2")

    assert decode(data, None, "no-such-charset", "iso-8859-2") == "ceł"


@pytest.mark.parametrize(("text", "charset"), [(texts[-1], CHARSETS[name][0]) for name, texts in SENTENCES.items()])
def test_a_cut_off_end_and_a_bad_byte_do_not_spoil_the_whole(text: str, charset: str) -> None:
    for encoding in (charset, "utf-8", "utf-16"):
        cut = decode(text.encode(encoding)[:-1], encoding)
        assert text.startswith(cut)
        assert len(cut) >= len(text) - 1
    if charset != "windows-1252":
        middle = len(text) // 2
        broken = text[:middle].encode(charset) + b" \xff " + text[middle:].encode(charset)
        assert text[:middle] in decode(broken)
        assert text[middle:] in decode(broken)


def test_a_long_text_is_judged_by_a_part_of_it() -> None:
    text = ("<p>" + SENTENCES["ja"][-1]) * 20_000

    assert decode(text.encode("euc-jp")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nplain words after it",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        b"a long text with one \x00 in it" + b" and more words" * 50,
        bytes(range(1, 32)) * 4,
        b"\xff" * 1_000,
        b"\xff\xfd \xff\r\n" * 50,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^it is binary, not text; "):
        decode(data)


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        (b'<html><meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "Shift_JIS"),
        (b"<meta charset=utf-16>", None),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><html>', "Shift_JIS"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><meta charset=euc-jp>', "euc-jp"),
        (b"<p>charset=latin-1</p>", None),
    ],
)
def test_a_page_names_its_charset(html: bytes, charset: str | None) -> None:
    assert declared_in_html(html) == charset
