"""Which question comes next, and that the packs can be read."""

from collections import Counter
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.goals import is_vague
from bot.domain.goals_guidance import GuidanceStage
from bot.domain.languages import LANGUAGES
from bot.domain.packs import (
    STARTERS,
    AskedIn,
    AskedOf,
    Pack,
    Question,
    question_for,
    question_of_week,
    starters_for,
)
from bot.domain.pairs import Role
from bot.domain.questions import FEWEST, listed_of
from bot.domain.texts import TEXT_LIMIT
from bot.packs import all_packs, mentors_pack, pack_of, parse_pack
from bot.packs.reading import WrongFile

ABC = tuple(Question(id_, id_.upper()) for id_ in "abc")
THREE = {name: {"en": name, "de": name.upper()} for name in ("one", "two", "three")}
CONTENT = {
    "name": {"en": "X", "de": "X"},
    "questions": {"one": {"en": "One?", "de": "Eins?"}},
    "starters": {"mentee": THREE, "peer": THREE},
}
HISTORY = st.lists(st.sampled_from("abcx"), max_size=12)


def test_questions_come_in_the_order_of_the_pack() -> None:
    asked: list[str] = []
    for _ in range(4):
        question = question_for(ABC, asked)
        assert question
        asked.append(question.id)

    assert asked == ["a", "b", "c", "a"]


@given(HISTORY)
def test_no_question_comes_again_before_all_others_have_come(asked: list[str]) -> None:
    question = question_for(ABC, asked)

    assert question
    since = asked[len(asked) - asked[::-1].index(question.id) :] if question.id in asked else None
    assert since is None or set(since) >= set("abc") - {question.id}


def test_where_there_is_nothing_to_ask_nothing_is_asked() -> None:
    assert question_for([], []) is None


def test_the_classic_pack_comes_first_and_stands_in_for_one_that_is_gone() -> None:
    assert next(iter(all_packs())) == "classic"
    assert pack_of("no longer there").id == "classic"


@pytest.mark.parametrize("pack", [*all_packs().values(), mentors_pack()], ids=lambda pack: pack.id)
def test_every_pack_asks_all_its_questions_in_both_languages(pack: Pack) -> None:
    english, german = pack.questions["en"], pack.questions["de"]

    assert [question.id for question in english] == [question.id for question in german]
    assert len(english) >= 10
    assert pack.name("de") != pack.name("en")
    assert all(len(question.text) <= 150 for question in (*english, *german))


def test_mentors_have_a_question_of_their_own_each_week_and_all_of_them_in_turn() -> None:
    questions, monday = mentors_pack().questions["de"], date(2026, 11, 23)
    weeks = [question_of_week(questions, monday + timedelta(weeks=week)) for week in range(10)]

    assert len(set(weeks)) == 10
    assert question_of_week(questions, monday + timedelta(days=5)) == weeks[0]
    assert question_of_week([], monday) is None


def test_nobody_who_learns_is_asked_what_mentors_are() -> None:
    assert mentors_pack().id not in all_packs()


def test_a_question_is_the_same_one_in_every_language() -> None:
    pack = parse_pack("x", yaml.safe_dump(CONTENT))

    assert pack.questions == {"en": (Question("one", "One?"),), "de": (Question("one", "Eins?"),)}


def test_a_question_that_is_missing_in_a_language_is_named() -> None:
    with pytest.raises(WrongFile) as error:
        parse_pack("x", yaml.safe_dump({**CONTENT, "questions": {"one": {"en": "One?"}}}))

    assert [fault.place for fault in error.value.faults] == ["questions.one.de"]


@pytest.mark.parametrize("pack", all_packs().values(), ids=lambda pack: pack.id)
def test_every_pack_has_three_ways_to_begin_for_each_part_in_both_languages(pack: Pack) -> None:
    for role in (Role.MENTEE, Role.BOTH):
        english, german = (starters_for(pack, role, language) for language in ("en", "de"))
        assert len({one.id for one in english}) == STARTERS
        assert [one.id for one in english] == [one.id for one in german]
        assert not {one.text for one in english} & {one.text for one in german}
        assert not any(is_vague(one.text, "en-US") for one in english)
        assert not any(is_vague(one.text, "de-DE") for one in german)
    assert starters_for(pack, Role.BOTH, "fr") == starters_for(pack, Role.BOTH, "en")
    assert starters_for(pack, Role.BOTH, "en") != starters_for(pack, Role.MENTEE, "en")


@pytest.mark.parametrize(
    ("starters", "place"),
    [
        (None, ""),
        ({"mentee": THREE}, "starters.peer"),
        ({"mentee": THREE, "peer": {"one": THREE["one"]}}, "starters.peer"),
        ({"mentee": THREE, "peer": {**THREE, "one": {"en": "One"}}}, "starters.peer.one.de"),
        (
            {"mentee": THREE, "peer": {**THREE, "one": {"en": "x" * (TEXT_LIMIT + 1), "de": "x"}}},
            "starters.peer.one.en",
        ),
        ({"mentee": THREE, "peer": {**THREE, "one": {"en": " ", "de": "x"}}}, "starters.peer.one.en"),
    ],
)
def test_a_pack_without_whole_ways_to_begin_is_no_pack(starters: object, place: str) -> None:
    with pytest.raises(WrongFile) as error:
        parse_pack("x", yaml.safe_dump({**CONTENT, "starters": starters}))

    assert [fault.place for fault in error.value.faults] == [place]


def test_there_are_six_packs_and_each_is_named_in_both_languages() -> None:
    names = {"classic", "new_managers", "engineers", "returning", "career_change", "mentors"}
    packs = {pack.id: pack for pack in (*all_packs().values(), mentors_pack())}

    assert names <= set(packs)
    assert all(set(pack.names) == set(pack.questions) == set(LANGUAGES) for pack in packs.values())


def test_a_question_of_a_pack_may_be_for_one_part_and_a_pack_for_briefs() -> None:
    asked = {"one": {"en": "One?", "de": "Eins?", "role": "peer"}}
    pack = parse_pack("x", yaml.safe_dump({**CONTENT, "questions": asked, "ritual": "brief"}))
    [listed] = listed_of([pack], ())

    assert (listed.asked_of, listed.asked_in) == (AskedOf.PEER, AskedIn.BRIEF)


def test_a_stage_that_there_is_not_and_a_stage_in_a_check_in_are_named() -> None:
    def faults(stage: str, ritual: str) -> list[str]:
        asked = {"one": {"en": "One?", "de": "Eins?", "stage": stage}}
        with pytest.raises(WrongFile) as error:
            parse_pack("x", yaml.safe_dump({**CONTENT, "questions": asked, "ritual": ritual}))
        return [fault.place for fault in error.value.faults]

    assert faults("shouting", "brief") == ["questions.one.stage"]
    assert faults("directing", "check_in") == [""]


def test_whoever_mentors_has_questions_for_each_stage_of_a_goal() -> None:
    for asked in mentors_pack().questions.values():
        of_stage = Counter(one.stage for one in asked)
        assert set(of_stage) == {None, *GuidanceStage}
        assert min(of_stage.values()) > FEWEST, "one of them may be turned off"
