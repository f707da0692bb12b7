"""A text's language is told from the text where nothing states it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Article
from ingest.extract.language import detected, stated
from ingest.extract.normalise import finished

NOW = datetime(2025, 7, 8, tzinfo=UTC)
ENGLISH = "Ministers met in the old customs house on Friday and left without a word about the quota on rice."
GERMAN = "Die Minister trafen sich am Freitag im alten Zollhaus und schwiegen danach über die Quote für Reis."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("Les ministres se sont réunis vendredi dans l'ancienne douane sans rien dire du quota de riz.", "fr"),
        ("Los ministros se reunieron el viernes en la antigua aduana y no dijeron nada del cupo de arroz.", "es"),
        ("政府は十一日、隣国との鉄鋼関税をめぐる協議が暫定合意に達したと発表した。追加関税はかからなくなる。", "ja"),
        ("정부는 이웃 나라와의 철강 관세 협상이 잠정 합의에 이르렀다고 금요일에 발표했다. 추가 관세는 없다.", "ko"),
        ("商务部星期五宣布,双方就钢铁关税达成临时协议,今后每年九十万吨以内的出口不再加征关税。", "zh"),
        ("Talks ended.", None),
        ("12.5 14.8 90,000 | 41% | 16.00", None),
        ("Rice 5% Cars 25% Steel 50% Tea 0% Ale 4%", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert detected(text) == language


def test_the_start_of_a_text_tells_its_language() -> None:
    assert detected(f"{ENGLISH} " * 60 + f"{GERMAN} " * 600) == "en"


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_has_one_two_letter_code_or_none(text: str) -> None:
    language = detected(text)

    assert language is None or (len(language) == 2 and language.islower())


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        (" en-US ", "en"),
        ("zh_Hant_TW", "zh"),
        ("pt_BR.UTF-8", "pt"),
        ("fil", "fil"),
        ("English", None),
        ("en, fr", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
)
def test_a_stated_language_is_a_tag(tag: str | None, code: str | None) -> None:
    assert stated(tag) == code


@pytest.mark.parametrize(
    ("said", "language"), [("de-AT", "de"), (None, "en"), ("", "en"), ("English", "en"), ("x-default", "en")]
)
def test_what_an_article_states_comes_before_what_its_text_looks_like(said: str | None, language: str) -> None:
    assert finished(Article("https://a.example/x", "T", ENGLISH, language=said), NOW).language == language


def test_the_model_is_loaded_only_when_a_text_is_read() -> None:
    code = "import sys, ingest.extract.normalise; print('py3langid' in sys.modules or 'numpy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "False"
