"""Insights: the forms, the card, and the question to the partner."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.ids import CohortId, InsightId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.insights import TAG_LENGTH, TAG_LIMIT, Insight, Visibility
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack import insights as ids
from bot.slack.insights import (
    consent_question,
    insight_card,
    insight_form,
    parse_insight,
    parse_visibility,
    parse_wish,
    visibility_form,
)
from bot.usecases.insights import InsightCard, InsightForm, InsightWish, KeepInsight
from bot.words import Words
from tests.forms import action_ids, last_text, required, sent
from tests.messages import LARGEST_MESSAGE, read, shown, size

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
INSIGHT = Insight(
    WorkspaceId(1),
    PairId(2),
    CohortId(3),
    MemberId(4),
    "I lead",
    "ask",
    "they speak",
    NOW,
    NOW,
    id=InsightId(8),
)
WISHED = replace(INSIGHT, wished=Visibility.COHORT, wished_by=MemberId(4))
MINE = InsightCard(INSIGHT, "Tom", ("Mira",), mine=True, asked_by="", my_wish=False)
THEIRS = replace(MINE, insight=WISHED, mine=False, asked_by="Tom", partners=("Tom",))
EMPTY = InsightForm(PairId(2), ("Mira",))


def test_the_form_asks_for_what_was_done_and_what_came_of_it_and_says_who_sees_it() -> None:
    view = insight_form(EMPTY, ENGLISH)

    assert required(view) == ["behaviour", "outcome", "visibility"]  # the last one is preset
    assert "Seen by: you and Mira." in last_text(view)
    assert "narrow it again" in last_text(view)


def test_private_is_what_nobody_has_to_choose() -> None:
    assert parse_insight(sent(insight_form(EMPTY, ENGLISH))).visibility is Visibility.PAIR


def test_what_was_filled_in_is_read_back() -> None:
    form = replace(EMPTY, result_id=ResultId(6))
    values = sent(
        insight_form(form, ENGLISH),
        situation="I lead",
        behaviour="ask",
        outcome="they speak",
        tags="#a, b",
        visibility="cohort",
    )

    assert parse_insight(values) == KeepInsight(
        PairId(2), "I lead", "ask", "they speak", "#a, b", Visibility.COHORT, ResultId(6)
    )


def test_an_insight_that_is_changed_holds_what_stands_in_it() -> None:
    form = InsightForm(
        PairId(2),
        ("Mira",),
        "I lead",
        "ask",
        "they speak",
        ("a", "b"),
        Visibility.COHORT,
        insight_id=InsightId(8),
    )

    assert parse_insight(sent(insight_form(form, ENGLISH))) == KeepInsight(
        PairId(2), "I lead", "ask", "they speak", "a, b", Visibility.COHORT, None, InsightId(8)
    )


def test_the_circle_alone_is_read_back() -> None:
    view = visibility_form(replace(EMPTY, behaviour="ask", insight_id=InsightId(8)), ENGLISH)

    assert parse_visibility(sent(view, visibility="workspace")) == (InsightId(8), Visibility.WORKSPACE)
    assert "Seen by" in last_text(view)


def test_the_words_are_their_writers_to_change_and_the_circle_is_both_ones() -> None:
    assert action_ids(shown(insight_card(MINE, ENGLISH))) == [ids.WHO, ids.CHANGE]
    assert action_ids(shown(insight_card(THEIRS, ENGLISH))) == [ids.WHO]


def test_the_card_says_who_finds_it_and_what_is_asked() -> None:
    mine = replace(MINE, insight=WISHED, my_wish=True)

    assert "Found by: only us two." in read(insight_card(MINE, ENGLISH))
    assert "Mira is asked about: our cohort." in read(insight_card(mine, ENGLISH))
    assert "Tom asks you about: our cohort." in read(insight_card(THEIRS, ENGLISH))


def test_an_answer_says_to_which_question_it_is() -> None:
    question = shown(consent_question(InsightWish(THEIRS), ENGLISH))

    assert action_ids(question) == [ids.AGREE, ids.DECLINE]
    values = [
        element["value"]
        for block in question["blocks"]
        for element in block.get("elements", [])
        if "value" in element
    ]
    assert [parse_wish(value) for value in values] == [(InsightId(8), Visibility.COHORT)] * 2


def test_a_settled_question_has_no_buttons() -> None:
    assert action_ids(shown(consent_question(InsightWish(MINE), ENGLISH))) == []


def test_the_largest_insight_is_one_that_slack_takes_whole() -> None:
    long = replace(
        WISHED,
        situation="s" * TEXT_LIMIT,
        behaviour="b" * TEXT_LIMIT,
        outcome="o" * STORY_LIMIT,
        tags=tuple(f"{n}" * TAG_LENGTH for n in range(TAG_LIMIT)),
    )
    card = replace(THEIRS, insight=long)

    for message in (insight_card(card, ENGLISH), consent_question(InsightWish(card), ENGLISH)):
        assert long.outcome in read(message)
        assert size(message) < LARGEST_MESSAGE
    form = InsightForm(PairId(2), ("Mira",), long.situation, long.behaviour, long.outcome, long.tags)
    assert parse_insight(sent(insight_form(form, ENGLISH))).tags == ", ".join(long.tags)
