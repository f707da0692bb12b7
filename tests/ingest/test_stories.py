"""One story, many copies: what counts as the same story, and that the index finds its copies."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.stories import MAX_CHARS, bands, overlap, same_story

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "articles"
UK_DEAL = (SHIPPED / "2025-05-09-uk-deal-car-quota.md").read_text("utf-8").split("---", 2)[2].strip()
KOREA_DEAL = (SHIPPED / "2025-07-31-korea-deal.md").read_text("utf-8").split("---", 2)[2].strip()
PARAGRAPHS = UK_DEAL.split("\n\n")
LEAD = "\n\n".join(PARAGRAPHS[:2])
BYLINE = "By A. Writer and B. Writer, City Wire\n\n"
NEWSLETTER = "\n\nSign up for our newsletter and get the news of the week every Friday morning."

EXPORTS = (
    "Exports rose {0} percent in {1} from a year earlier to {2} billion dollars, the customs office said. Shipments "
    "of cars fell {3} percent, while those of chips climbed {4} percent to {5} billion dollars. Imports came to {6} "
    "billion dollars, which left a surplus of {7} billion. Analysts in a poll had expected a rise of {8} percent. "
)
MAY = EXPORTS.format("5.2", "May", "50.1", "3.4", "18.9", "12.7", "47.3", "2.8", "4.4")
JUNE = EXPORTS.format("1.7", "June", "48.8", "6.0", "11.2", "13.9", "45.0", "3.8", "2.1")
NOTICE = "Shr {} cts vs {} cts. Net {} vs {}. Revs {} mln vs {} mln. Avg shrs {} vs {}. Year Shr {} dlrs vs {} dlrs."

RATE = (
    "The central bank set the euro reference rate at {} dollars on {}, compared with the previous fixing, it said in "
    "its daily notice. The rate is published every working day at around four in the afternoon and is based on the "
    "regular consultation between central banks. It is published for information only, and the bank does not encourage "
    "its use in transactions of any kind."
)
SALE = (
    "MADRID, March 3 (Wire) - Spain sold three billion euros of ten-year bonds on Thursday, the treasury said, at an "
    "average yield of 3.2 percent. Demand was up from 1.6 to 1.8 times the amount on offer. The treasury said that it "
    "did not plan to change its funding programme for the year. Royal Mills and the other dealers took part, and the "
    "European Central Bank raised its rate in the same week and will review it in April. Analysts said that investors "
    "in Spain were watching the budget talks closely and that a deal is likely."
)

JAPANESE = (
    "日本政府は五日、米国との関税協議を来週再開すると発表した。自動車に対する25%の追加関税の扱いが最大の争点となる。"
    "担当閣僚は記者団に対し、国益を損なう合意はしないと述べ、農産物の市場開放には慎重な姿勢を示した。"
    "一方、米側は貿易赤字の削減に向けた具体策を求めており、合意までにはなお時間がかかる見通しだ。"
)
OTHER_JAPANESE = (
    "欧州連合は鉄鋼の輸入制限を年末まで延長する方針を固めた。域内の生産者が安価な輸入品に苦しんでいるためである。"
    "加盟国の多くは支持しているが、自動車業界からは材料費の上昇を心配する声が出ている。採決は来月の会合で行われる。"
)

PINNED = [-9209649891302307407, -8749179054447978715, -7567046659779251366]


def meet(one: str, other: str) -> bool:
    return bool(set(bands(one)) & set(bands(other)))


@pytest.mark.parametrize(
    "copy",
    [
        UK_DEAL,
        BYLINE + UK_DEAL + NEWSLETTER,
        "\n\n".join(PARAGRAPHS[:4]),
        "\n\n".join(PARAGRAPHS[2:6]),
        "\n\n".join(reversed(PARAGRAPHS)),
        LEAD,
        BYLINE + LEAD,
        UK_DEAL.replace(" percent", "%").replace("aluminum", "aluminium").replace("'", "’"),
        UK_DEAL.upper(),
    ],
    ids=["equal", "framed", "end cut", "middle", "moved", "brief", "signed brief", "respelled", "capitals"],
)
def test_a_copy_is_found_and_is_the_same_story(copy: str) -> None:
    assert meet(copy, UK_DEAL)
    assert same_story(copy, UK_DEAL)
    assert same_story(UK_DEAL, copy)


def test_another_story_of_the_same_kind_is_not() -> None:
    assert not same_story(UK_DEAL, KOREA_DEAL)
    assert overlap(UK_DEAL, KOREA_DEAL) < 0.1


def test_a_follow_up_that_repeats_background_is_another_story() -> None:
    follow_up = "\n\n".join([*KOREA_DEAL.split("\n\n")[:4], *PARAGRAPHS[-3:-1]])
    assert 0.25 < overlap(follow_up, UK_DEAL) < 0.45
    assert not same_story(follow_up, UK_DEAL)


def test_an_outlets_own_lines_do_not_make_a_copy_another_text() -> None:
    assert overlap(BYLINE + LEAD + NEWSLETTER, UK_DEAL) > 0.95
    # More than a few words of its own are a text's news, wherever they stand.
    assert overlap("\n\n".join([*KOREA_DEAL.split("\n\n")[:2], LEAD]), UK_DEAL) < 0.7


def test_a_template_with_other_figures_is_another_story() -> None:
    background = " ".join(PARAGRAPHS[5:8])
    assert not same_story(MAY, JUNE)
    # The text that both carry would make them one, so the figures decide.
    assert overlap(MAY + background, JUNE + background) > 0.65
    assert not same_story(MAY + background, JUNE + background)
    one = NOTICE.format(20, 17, "369,000", "358,000", 7.1, 6.7, "3,050,000", "1,850,000", 1.53, 1.63)
    other = NOTICE.format(31, 12, "901,000", "455,000", 9.4, 8.8, "4,110,000", "2,270,000", 2.20, 1.04)
    assert not same_story(one, other)


def test_a_corrected_figure_leaves_the_story_the_same() -> None:
    corrected = UK_DEAL.replace("100,000 British-built", "110,000 British-built")
    assert corrected != UK_DEAL
    assert same_story(corrected, UK_DEAL)


@pytest.mark.parametrize("other", ["Tuesday", "Wednesday"])
def test_the_notice_of_another_day_is_another_story(other: str) -> None:
    rates = {"Monday": "1.0842", "Tuesday": "1.0913", "Wednesday": "1.1105"}
    one, another = (RATE.format(rates[day], day) for day in ("Monday", other))
    assert overlap(one, another) > 0.9
    assert not same_story(one, another)
    assert not same_story(one, RATE.format(rates["Monday"], other))
    assert not same_story(one, RATE.format(rates[other], "Monday"))


@pytest.mark.parametrize(
    ("stated", "otherwise"),
    [
        ("3.2 percent", "3.4 percent"),
        ("three billion", "nine billion"),
        ("billion", "million"),
        ("March 3", "March 4"),
        ("MADRID", "ROME"),
        ("Thursday", "Friday"),
        ("Spain were", "Italy were"),
        ("Spain sold", "Italy sold"),
        ("Royal Mills", "Lowland Mills"),
        ("raised", "lowered"),
        ("up from", "down from"),
        ("did not plan", "did plan"),
        ("will review", "will not review"),
        ("is likely", "is unlikely"),
        ("from 1.6 to 1.8", "from 1.8 to 1.6"),
    ],
)
def test_one_other_fact_makes_a_notice_another_story(stated: str, otherwise: str) -> None:
    other = SALE.replace(stated, otherwise)
    assert other != SALE
    assert overlap(other, SALE) > 0.9
    for one in (other, other.upper(), BYLINE + other):
        assert not same_story(one, SALE)
    # The long article that it is the lead of has the other fact, too.
    assert not same_story(other, f"{SALE}\n\n{UK_DEAL}")


@pytest.mark.parametrize(
    "copy",
    [
        SALE.upper(),
        SALE.lower(),
        SALE.replace(" percent", "%").replace("three billion", "3 bn").replace("programme", "program"),
        SALE.replace(". ", ".\n").replace("'", "’").replace(",", ""),
        f"{BYLINE}{SALE}\n\n(Reporting by A. Writer in Madrid; editing by B. Writer)",
        SALE[: SALE.index(" Analysts")],
        SALE.replace("Demand was up from 1.6 to 1.8 times the amount on offer. ", ""),
        SALE.replace("European Central Bank", "ECB"),
        f"{SALE}\n\n{UK_DEAL}",
    ],
    ids=["capitals", "lower case", "formats", "lines", "signed", "end cut", "sentence cut", "abbreviated", "brief"],
)
def test_a_copied_notice_is_the_same_story(copy: str) -> None:
    assert copy != SALE
    assert same_story(copy, SALE)


@pytest.mark.parametrize(
    ("stated", "otherwise"),
    [("25%", "35%"), ("日本", "韓国"), ("五日", "六日"), ("米国", "英国"), ("はしない", "はする"), ("来週", "来月")],
)
def test_one_other_fact_makes_a_japanese_notice_another_story(stated: str, otherwise: str) -> None:
    other = JAPANESE.replace(stated, otherwise)
    assert other != JAPANESE
    assert not same_story(other, JAPANESE)


def test_a_tampered_copy_of_a_short_article_is_another_story() -> None:
    article = " ".join(
        [SALE, "The levy on steel would rise to 8 percent under the plan.", RATE.format("1.0842", "Friday")]
    )
    assert 150 < len(article.split()) < 200
    assert not same_story(article, f"{BYLINE}{article.replace('8 percent under', '1 percent under')}")


def test_a_very_short_text_is_a_copy_only_of_an_equal_one() -> None:
    short = "The ministry said it would publish the full text of the agreement on Friday."
    assert same_story(short, short.replace(".", "!").upper())
    assert not same_story(short, short.replace("ministry", "commission"))
    assert not same_story(short, f"{short} {LEAD}")
    assert not same_story(
        "Qtly div 10 cts vs 10 cts prior. Pay April 1.", "Qtly div 12 cts vs 12 cts prior. Pay April 1."
    )


def test_nothing_is_the_story_of_an_empty_text() -> None:
    for empty in ("", " \n", "— … —"):
        assert bands(empty) == []
        assert overlap(empty, UK_DEAL) == 0
        assert not same_story(empty, empty)


def test_a_language_without_spaces_is_compared_too() -> None:
    trimmed = JAPANESE[JAPANESE.index("担当") :]
    assert meet(JAPANESE, trimmed)
    assert same_story(JAPANESE, trimmed)
    assert not same_story(JAPANESE, OTHER_JAPANESE)


def test_a_brief_meets_an_article_twenty_times_as_long() -> None:
    articles = [path.read_text("utf-8").split("---", 2)[2] for path in sorted(SHIPPED.glob("*.md"))[:20]]
    assert meet(LEAD, "\n\n".join([UK_DEAL, *articles]))


def test_bands_fit_an_sqlite_integer() -> None:
    found = bands(UK_DEAL)
    assert len(found) == len(set(found))
    assert min(found) < 0 < max(found)
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE band (value INTEGER)")
        connection.executemany("INSERT INTO band VALUES (?)", [(band,) for band in found])
        assert [row for (row,) in connection.execute("SELECT value FROM band ORDER BY value")] == found
    connection.close()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_bands_are_the_same_in_every_process_and_stay_so(seed: str) -> None:
    """Stored keys outlive a release: when these change, every stored article's bands must be made anew."""
    program = "from ingest.stories import bands; print(bands('Talks on steel and cars stalled again on Tuesday.')[:3])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=SHIPPED.parents[1],
        timeout=60,
    )
    assert json.loads(done.stdout) == PINNED


@given(st.text(), st.text())
def test_any_two_texts_compare_the_same_both_ways(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert 0 <= overlap(one, other) <= 1
    assert same_story(one, other) == same_story(other, one)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_bounded_bands(text: str) -> None:
    assert len(bands(text)) <= 128
    assert all(-(2**63) <= band < 2**63 for band in bands(text))


def test_a_text_is_read_up_to_a_limit() -> None:
    endless = " ".join(f"item {number} of the list" for number in range(MAX_CHARS // 10))
    assert len(endless) > 2 * MAX_CHARS
    assert bands(endless) == bands(endless[:MAX_CHARS])
    assert overlap(endless, endless[:MAX_CHARS]) == 1


@pytest.mark.shared
def test_formulaic_notices_bring_few_candidates_and_stay_apart(shared: Path) -> None:
    with gzip.open(shared / "reuters21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(2_000), strict=False)]
    index: dict[int, list[int]] = defaultdict(list)
    candidates, joined = 0, 0
    for number, text in enumerate(texts):
        found = Counter(known for band in bands(text) for known in index[band])
        candidates += len(found)
        joined += sum(same_story(text, texts[known]) for known, _ in found.most_common(50))
        for band in bands(text):
            index[band].append(number)
    assert candidates / len(texts) < 3
    # Sent again or shortened by the agency itself; its corrections of short notices count as stories of their own.
    assert 70 <= joined <= 78
