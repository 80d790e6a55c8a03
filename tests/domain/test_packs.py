"""Which question comes next, and that the packs can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.packs import Pack, Question, question_for
from bot.packs import all_packs, pack_of, parse_pack

ABC = Pack("abc", {"en": "Abc"}, {"en": tuple(Question(id_, id_.upper()) for id_ in "abc")})
HISTORY = st.lists(st.sampled_from("abcx"), max_size=12)


def test_questions_come_in_the_order_of_the_pack() -> None:
    asked: list[str] = []
    for _ in range(4):
        question = question_for(ABC, asked, "en")
        assert question
        asked.append(question.id)

    assert asked == ["a", "b", "c", "a"]


@given(HISTORY)
def test_no_question_comes_again_before_all_others_have_come(asked: list[str]) -> None:
    question = question_for(ABC, asked, "en")

    assert question
    since = asked[len(asked) - asked[::-1].index(question.id) :] if question.id in asked else None
    assert since is None or set(since) >= set("abc") - {question.id}


def test_a_language_that_the_pack_does_not_speak_reads_english() -> None:
    assert question_for(ABC, [], "de") == Question("a", "A")


def test_an_empty_pack_asks_nothing() -> None:
    assert question_for(Pack("none", {"en": "None"}, {}), [], "en") is None


def test_the_classic_pack_comes_first_and_stands_in_for_one_that_is_gone() -> None:
    assert next(iter(all_packs())) == "classic"
    assert pack_of("no longer there").id == "classic"


@pytest.mark.parametrize("pack", all_packs().values(), ids=lambda pack: pack.id)
def test_every_pack_asks_all_its_questions_in_both_languages(pack: Pack) -> None:
    english, german = pack.questions["en"], pack.questions["de"]

    assert [question.id for question in english] == [question.id for question in german]
    assert len(english) >= 10
    assert pack.name("de") != pack.name("en")
    assert all(len(question.text) <= 150 for question in (*english, *german))


def test_a_question_may_be_missing_in_one_language() -> None:
    content = {"name": {"en": "X", "de": "X"}, "questions": {"one": {"en": "One?"}, "two": {"de": "Zwei?"}}}

    pack = parse_pack("x", content)

    assert pack.questions == {"en": (Question("one", "One?"),), "de": (Question("two", "Zwei?"),)}
