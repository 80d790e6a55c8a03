"""Who may find an insight, and which tags it has?"""

from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySettled, NotAllowed, Stale, TextTooLong, TooManyTags
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.insights import (
    TAG_LENGTH,
    TAG_LIMIT,
    Insight,
    SharedInsight,
    Visibility,
    Wording,
    insight_token,
    parse_tags,
    shared_copy,
    with_answer,
    with_choice,
)
from bot.domain.shown import asked_by

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOM, MIRA = MemberId(1), MemberId(2)
PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE


def an_insight(
    visibility: Visibility = PAIR,
    wished: Visibility | None = None,
    by: MemberId | None = None,
    agreed: int = 0,
) -> Insight:
    insight = Insight(WorkspaceId(7), PairId(5), CohortId(6), TOM, "when", "what", "outcome", NOW, NOW)
    wish = {"wished": wished, "wished_by": by, "wished_edition": wished and insight.edition}
    return Insight(**{**vars(insight), "visibility": visibility, "agreed": agreed, **wish})


choices = st.lists(st.tuples(st.sampled_from([TOM, MIRA]), st.sampled_from(Visibility)), max_size=8)


@given(choices)
def test_nothing_is_ever_found_by_more_than_both_wanted_since_it_was_last_narrower(
    made: list[tuple[MemberId, Visibility]],
) -> None:
    insight = an_insight()
    widest = {TOM: PAIR, MIRA: PAIR}
    for member, wanted in made:
        insight = with_choice(insight, member, wanted, 1)
        widest[member] = max(widest[member], wanted, key=lambda choice: choice.width)
        assert insight.visibility.width <= min(choice.width for choice in widest.values())


@given(choices, st.sampled_from([TOM, MIRA]))
def test_either_alone_makes_it_private_at_once_whatever_waits(
    made: list[tuple[MemberId, Visibility]], member: MemberId
) -> None:
    insight = an_insight()
    for who, wanted in made:
        insight = with_choice(insight, who, wanted, 1)

    narrowed = with_choice(insight, member, PAIR, 1)

    assert narrowed.visibility is PAIR
    if insight.visibility is not PAIR:
        assert narrowed.wished is None


@given(choices)
def test_a_wish_is_always_wider_than_what_counts_and_has_somebody_who_wishes(
    made: list[tuple[MemberId, Visibility]],
) -> None:
    insight = an_insight()
    for member, wanted in made:
        insight = with_choice(insight, member, wanted, 1)
        assert (insight.wished is None) == (insight.wished_by is None)
        assert insight.wished is None or insight.wished.width > insight.visibility.width


def test_a_wish_changes_nothing_until_the_partner_wants_it_too() -> None:
    wished = with_choice(an_insight(), TOM, EVERYONE, 1)

    assert (wished.visibility, wished.wished, wished.wished_by) == (PAIR, EVERYONE, TOM)
    assert with_choice(wished, MIRA, EVERYONE, 1).visibility is EVERYONE
    assert with_choice(wished, TOM, EVERYONE, 1) == wished


def test_where_the_two_want_different_circles_the_smaller_counts_and_the_wider_waits() -> None:
    wished = with_choice(an_insight(), TOM, EVERYONE, 1)
    both = with_choice(wished, MIRA, COHORT, 1)

    assert (both.visibility, both.wished, both.wished_by) == (COHORT, EVERYONE, TOM)


def test_saving_it_as_it_is_takes_back_my_wish_and_leaves_my_partners() -> None:
    wished = with_choice(an_insight(), TOM, EVERYONE, 1)

    assert with_choice(wished, TOM, PAIR, 1).wished is None
    assert with_choice(wished, MIRA, PAIR, 1) == wished


def test_the_partner_answers_the_question_that_they_read() -> None:
    wished = an_insight(wished=COHORT, by=TOM)

    assert with_answer(wished, MIRA, COHORT, 1, agree=True).visibility is COHORT
    refused = with_answer(wished, MIRA, COHORT, 1, agree=False)
    assert (refused.visibility, refused.wished, refused.wished_by) == (PAIR, None, None)


@pytest.mark.parametrize(
    ("insight", "member", "asked", "error"),
    [
        (an_insight(), MIRA, COHORT, AlreadySettled),
        (an_insight(wished=COHORT, by=TOM), TOM, COHORT, NotAllowed),
        (an_insight(wished=EVERYONE, by=TOM), MIRA, COHORT, Stale),
    ],
)
def test_no_answer_counts_for_another_question_or_from_the_one_who_asks(
    insight: Insight, member: MemberId, asked: Visibility, error: type[Exception]
) -> None:
    with pytest.raises(error):
        with_answer(insight, member, asked, 1, agree=True)


def test_its_one_token_says_who_finds_it() -> None:
    copies = [shared_copy(an_insight(visibility, agreed=1), None) for visibility in (COHORT, EVERYONE)]
    assert [insight_token(copy) for copy in copies if copy] == ["c6", "w7"]


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        ("#Meetings, remote  work;listening", ("meetings", "remote work", "listening")),
        ("a, A, #a", ("a",)),
        (" , ;, # ", ()),
    ],
)
def test_tags_are_read_as_people_type_them(typed: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(typed) == tags


def test_too_many_and_too_long_tags_are_refused_at_their_field() -> None:
    with pytest.raises(TooManyTags) as many:
        parse_tags(",".join(map(str, range(TAG_LIMIT + 1))), "tags")
    with pytest.raises(TextTooLong) as long:
        parse_tags("x" * (TAG_LENGTH + 1), "tags")
    assert (many.value.field, long.value.field) == ("tags", "tags")


@given(st.text(alphabet="ab# ,;\n", max_size=40))
def test_tags_that_were_read_are_read_again_the_same(typed: str) -> None:
    try:
        tags = parse_tags(typed)
    except TooManyTags:
        return
    assert parse_tags(", ".join(tags)) == tags


def test_whatever_people_type_into_an_insight_is_among_the_words_that_a_yes_is_for() -> None:
    typed = {name for name, asked in asked_by(Insight).items() if asked.text}

    assert typed - {field.name for field in fields(Wording)} == set()
    assert typed - {field.name for field in fields(SharedInsight)} == set()
