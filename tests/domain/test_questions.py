"""What a cohort is asked: its own questions and those of its packs in turn, and never fewer than three."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import CohortId, CohortQuestionId, MemberId, WorkspaceId
from bot.domain.languages import LANGUAGES
from bot.domain.packs import AskedIn, AskedOf, Learner, Pack, Question, question_for
from bot.domain.questions import (
    BRIEFS,
    BRIEFS_IN,
    CHECK_INS,
    DRAWS,
    FEWEST,
    MOST,
    CohortQuestion,
    Listed,
    QuestionLanguage,
    QuestionState,
    QuestionThere,
    TooFewQuestions,
    TooManyQuestions,
    drawn,
    listed_of,
    require_enough,
    require_room,
    require_unlike,
    short_draws,
)
from tests.planting import NOW

MENTEES = CHECK_INS[Learner.MENTEE]
PEERS = CHECK_INS[Learner.PEER]


def pack(id_: str, ids: str, asked_in: AskedIn = AskedIn.CHECK_IN) -> Pack:
    questions = {language: tuple(Question(one, f"{one} {language}") for one in ids) for language in LANGUAGES}
    return Pack(id_, {"en": id_}, questions, {}, asked_in)


def in_stages(mentors: Pack) -> Pack:
    """With the same once more for each stage: "directing-x" and so on."""

    def staged(asked: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(
            replace(one, id=f"{stage}-{one.id}", stage=stage) for stage in GuidanceStage for one in asked
        )

    questions = {language: (*asked, *staged(asked)) for language, asked in mentors.questions.items()}
    return replace(mentors, questions=questions)


PACKS = (pack("abc", "abcd"), in_stages(pack("mentors", "xyz", AskedIn.BRIEF)))


def own(id_: int, text: str = "", **more: object) -> CohortQuestion:
    one = CohortQuestion(WorkspaceId(1), CohortId(1), MemberId(1), NOW, text or f"own {id_}", place=id_)
    return replace(one, id=CohortQuestionId(id_), **more)  # type: ignore[arg-type]  # its fields


def off(id_: int, key: str) -> CohortQuestion:
    return own(id_, of_pack=key, state=QuestionState.OFF)


def ids(listed: tuple[Listed, ...], draw: object = MENTEES, language: str = "en") -> list[str]:
    return [one.id for one in drawn(listed, draw, language)]  # type: ignore[arg-type]  # one of DRAWS


def test_own_questions_come_before_those_of_the_pack_and_each_where_it_is_asked() -> None:
    listed = listed_of(PACKS, [own(2), own(1), own(3, asked_in=AskedIn.BRIEF)])

    assert ids(listed) == ["own.1", "own.2", "a", "b", "c", "d"]
    assert ids(listed, BRIEFS) == ["own.3", "x", "y", "z"]


def test_what_is_off_or_dropped_is_not_asked() -> None:
    kept = [off(1, "abc.a"), own(2, state=QuestionState.OFF), own(3, state=QuestionState.DROPPED)]
    listed = listed_of(PACKS, kept)

    assert ids(listed) == ["b", "c", "d"]
    assert "own.2" in [one.key for one in listed]
    assert "own.3" not in [one.key for one in listed]


def test_what_was_blanked_asks_nothing() -> None:
    assert ids(listed_of(PACKS, [replace(own(1), text="")])) == ["a", "b", "c", "d"]


def test_a_mark_on_a_question_of_another_pack_does_nothing() -> None:
    assert ids(listed_of(PACKS, [off(1, "gone.a"), off(2, "mentors.a")])) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("asked_of", "draws"),
    [(AskedOf.EVERYBODY, [MENTEES, PEERS]), (AskedOf.MENTEE, [MENTEES]), (AskedOf.PEER, [PEERS])],
)
def test_a_question_is_asked_of_those_whom_it_is_for(asked_of: AskedOf, draws: list[object]) -> None:
    listed = listed_of(PACKS, [own(1, asked_of=asked_of)])

    assert [draw for draw in DRAWS if "own.1" in ids(listed, draw)] == draws


@pytest.mark.parametrize("language", list(QuestionLanguage))
def test_a_question_in_one_language_is_asked_of_its_readers(language: QuestionLanguage) -> None:
    listed = listed_of(PACKS, [own(1, language=language)])

    assert tuple(one for one in LANGUAGES if "own.1" in ids(listed, MENTEES, one)) == language.readers


def test_a_question_of_a_stage_is_asked_where_the_goal_is_in_it_and_nowhere_else() -> None:
    listed = listed_of(PACKS, [off(1, "mentors.debriefing-x"), own(2, asked_in=AskedIn.BRIEF)])
    told = {stage: ids(listed, BRIEFS_IN[stage]) for stage in GuidanceStage}

    assert ids(listed, BRIEFS) == ["own.2", "x", "y", "z"]
    assert told == {stage: [f"{stage}-{one}" for one in "xyz"] for stage in GuidanceStage}
    assert not set(ids(listed, MENTEES)) & {one for asked in told.values() for one in asked}


def test_where_a_new_pack_leaves_too_few_on_all_are_asked_and_it_is_known_where() -> None:
    listed = listed_of(PACKS, [off(1, "abc.a"), off(2, "abc.b")])

    assert ids(listed) == ["a", "b", "c", "d"]
    assert short_draws(listed) == [(draw, language) for draw in (MENTEES, PEERS) for language in LANGUAGES]


def test_the_third_last_cannot_be_turned_off() -> None:
    before = listed_of(PACKS, [off(1, "abc.a")])
    with pytest.raises(TooFewQuestions) as error:
        require_enough(before, listed_of(PACKS, [off(1, "abc.a"), off(2, "abc.b")]))
    assert (error.value.draw, error.value.language) == (MENTEES, "en")


def test_for_readers_of_one_language_alone_too_few_may_not_stay_either() -> None:
    kept = [off(1, "abc.a"), off(2, "abc.b"), own(3)]
    with pytest.raises(TooFewQuestions) as error:
        require_enough(
            listed_of(PACKS, kept), listed_of(PACKS, [*kept[:2], own(3, language=QuestionLanguage.ENGLISH)])
        )
    assert error.value.language == "de"


def test_a_list_that_has_too_few_may_still_get_more() -> None:
    few = [off(1, "abc.a"), off(2, "abc.b"), off(3, "abc.c")]
    require_enough(listed_of(PACKS, few), listed_of(PACKS, few[:2]))
    require_enough(listed_of(PACKS, few), listed_of(PACKS, [*few, own(4)]))


def test_the_same_words_are_not_asked_twice_and_one_may_keep_its_own() -> None:
    listed = listed_of(PACKS, [own(1, "What now?")])
    for text in (" what  NOW? ", "a de"):
        with pytest.raises(QuestionThere):
            require_unlike(text, listed)
    require_unlike("What now? ", listed, "own.1")


def test_there_is_room_for_so_many_of_ones_own_and_the_packs_do_not_count() -> None:
    listed = listed_of(PACKS, [own(number) for number in range(1, MOST + 1)])
    require_room(listed[1:])
    with pytest.raises(TooManyQuestions):
        require_room(listed)


STATES = st.sampled_from(QuestionState)
OWN = st.lists(st.tuples(STATES, st.sampled_from(AskedOf), st.sampled_from(QuestionLanguage)), max_size=6)
OFF = st.sets(st.sampled_from(["abc.a", "abc.b", "abc.c", "abc.d", "mentors.x", "gone.q"]))


@given(OWN, OFF, st.sampled_from(DRAWS), st.sampled_from(LANGUAGES))
def test_whatever_is_off_nobody_is_left_without_three_questions(
    owned: list[tuple[QuestionState, AskedOf, QuestionLanguage]], marks: set[str], draw: object, language: str
) -> None:
    made = [own(n, state=s, asked_of=a, language=la) for n, (s, a, la) in enumerate(owned, 1)]
    listed = listed_of(PACKS, [*made, *(off(90 + n, key) for n, key in enumerate(sorted(marks)))])

    found = ids(listed, draw, language)
    assert len(found) == len(set(found)) >= FEWEST
    dropped = {one.key for one in made if one.state is QuestionState.DROPPED}
    assert not dropped & set(found)


@given(OWN, OFF, st.sampled_from(LANGUAGES))
def test_all_that_are_on_come_once_before_one_comes_again(
    owned: list[tuple[QuestionState, AskedOf, QuestionLanguage]], marks: set[str], language: str
) -> None:
    made = [own(n, state=s, asked_of=a, language=la) for n, (s, a, la) in enumerate(owned, 1)]
    questions = drawn(
        listed_of(PACKS, [*made, *(off(90 + n, key) for n, key in enumerate(marks))]), MENTEES, language
    )
    asked: list[str] = []
    for _ in questions:
        found = question_for(questions, asked)
        assert found is not None
        asked.append(found.id)

    assert asked == [one.id for one in questions]
    again = question_for(questions, asked)
    assert again is not None
    assert again.id == asked[0]
