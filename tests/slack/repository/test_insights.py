"""Insights: the forms, the card, and the question to the partner."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotOurs
from bot.domain.ids import CohortId, InsightId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.insights import TAG_LENGTH, TAG_LIMIT, Insight, Visibility, shared_copy
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.privacy import PREVIEW
from bot.slack.repository import insights as ids
from bot.slack.repository.insights import (
    consent_question,
    insight_card,
    insight_form,
    parse_insight,
    parse_visibility,
    parse_wish,
    visibility_form,
)
from bot.usecases.repository.insight_cards import InsightCard, InsightWish
from bot.usecases.repository.insights import InsightForm, KeepInsight
from bot.words import Words
from tests.forms import action_ids, carried, last_text, required, sent
from tests.messages import LARGEST_MESSAGE, parts, read, shown, size

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
    assert "Mira" in last_text(view)
    assert "narrow it again" in last_text(view)


def test_private_is_what_nobody_has_to_choose() -> None:
    assert parse_insight(sent(insight_form(EMPTY, ENGLISH))).shown["visibility"] is Visibility.PAIR


def test_an_insight_that_was_filled_in_is_read_back() -> None:
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
        PairId(2),
        {
            "situation": "I lead",
            "behaviour": "ask",
            "outcome": "they speak",
            "tags": "#a, b",
            "visibility": Visibility.COHORT,
        },
        result_id=ResultId(6),
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
        PairId(2),
        {
            "situation": "I lead",
            "behaviour": "ask",
            "outcome": "they speak",
            "tags": "a, b",
            "visibility": Visibility.COHORT,
        },
        result_id=None,
        insight_id=InsightId(8),
    )


def test_the_circle_alone_is_read_back() -> None:
    view = visibility_form(replace(EMPTY, behaviour="ask", insight_id=InsightId(8), edition=3), ENGLISH)

    found = replace(EMPTY, visibility=Visibility.COHORT, insight_id=InsightId(8), edition=3)
    assert parse_visibility(sent(visibility_form(found, ENGLISH))) == (InsightId(8), Visibility.COHORT, 3)
    assert parse_visibility(sent(view, visibility="workspace")) == (InsightId(8), Visibility.WORKSPACE, 3)
    assert last_text(view) == last_text(insight_form(EMPTY, ENGLISH))


@pytest.mark.parametrize("edition", [None, [], {}, "", "abc", -1, 1.5, 10**30, True])
def test_an_edition_that_no_form_of_ours_carries_is_none(edition: object) -> None:
    form = visibility_form(replace(EMPTY, insight_id=InsightId(8)), ENGLISH)
    form.private_metadata = json.dumps({"insight_id": 8, "edition": edition})

    with pytest.raises(NotOurs):
        parse_visibility(sent(form, visibility="cohort"))


def test_the_words_are_their_writers_to_change_and_the_circle_is_both_ones() -> None:
    assert action_ids(shown(insight_card(MINE, ENGLISH))) == [ids.WHO, ids.CHANGE, ids.MORE, PREVIEW]
    assert action_ids(shown(insight_card(THEIRS, ENGLISH))) == [ids.WHO, ids.MORE]
    assert carried(shown(insight_card(THEIRS, ENGLISH))) == dict.fromkeys((ids.WHO, ids.MORE), "8")


def test_the_card_says_who_finds_it_and_what_is_asked() -> None:
    mine = replace(MINE, insight=WISHED, my_wish=True)

    assert "Found by: only us two." in read(insight_card(MINE, ENGLISH))
    assert "Mira is asked about: our cohort." in read(insight_card(mine, ENGLISH))
    assert "Tom asks you about: our cohort." in read(insight_card(THEIRS, ENGLISH))


def test_an_answer_says_to_which_question_and_to_which_words_it_is() -> None:
    changed = replace(THEIRS, insight=replace(WISHED, edition=3))
    question = shown(consent_question(InsightWish(changed), ENGLISH))

    assert action_ids(question) == [ids.AGREE, ids.DECLINE]
    values = [
        element["value"]
        for block in question["blocks"]
        for element in block.get("elements", [])
        if "value" in element
    ]
    assert [parse_wish(value) for value in values] == [(InsightId(8), Visibility.COHORT, 3)] * 2


def test_a_settled_question_has_no_buttons() -> None:
    assert action_ids(shown(consent_question(InsightWish(MINE), ENGLISH))) == []


def test_nobody_is_asked_about_a_wish_of_their_own() -> None:
    asked_before = replace(MINE, insight=WISHED, my_wish=True)

    question = consent_question(InsightWish(asked_before), ENGLISH)

    assert action_ids(shown(question)) == []
    assert question.text in read(insight_card(asked_before, ENGLISH))


def test_a_question_of_before_there_were_editions_is_about_the_first_words() -> None:
    assert parse_wish("8:cohort") == (InsightId(8), Visibility.COHORT, 1)


@pytest.mark.parametrize("value", ["", "8", "8:", "8:nowhere:1", "x:cohort:1", "8:cohort:x", "8:cohort:1:2"])
def test_what_no_button_of_ours_says_is_not_ours(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_wish(value)


AHEAD = replace(
    INSIGHT,
    behaviour="wait",
    tags=("silence",),
    visibility=Visibility.COHORT,
    edition=2,
    agreed=1,
    wished=Visibility.COHORT,
    wished_by=MemberId(4),
    wished_edition=2,
)
OLD_WORDS = shared_copy(replace(INSIGHT, visibility=Visibility.COHORT, agreed=1), None)
CHANGED = replace(THEIRS, insight=AHEAD, shared=OLD_WORDS)


def test_the_question_about_changed_words_shows_them_all_and_what_others_read_until_now() -> None:
    question = consent_question(InsightWish(CHANGED), ENGLISH)

    new, old = map(str, parts(question))
    all_of_it = ("I lead", "wait", "they speak", "silence", "once so far")
    assert [word for word in all_of_it if word not in new] == []
    assert "'ask'" in old
    assert "Tom changed this insight, and would like the new words to be found by our cohort." in new
    assert "others keep reading the old words" in old


def test_the_first_question_shows_everything_that_others_would_read() -> None:
    wish = InsightWish(replace(THEIRS, insight=replace(WISHED, tags=("a",))))

    (texts,) = map(str, parts(consent_question(wish, ENGLISH)))

    for text in ("I lead", "ask", "they speak", "once so far", "Tags"):
        assert text in texts


def test_who_changed_the_words_since_is_told_that_the_partner_reads_them_first() -> None:
    wish = replace(AHEAD, wished=Visibility.WORKSPACE, wished_by=MemberId(5), wished_edition=1)
    mine = replace(MINE, insight=wish, asked_by="Mira", shared=OLD_WORDS)

    texts = read(consent_question(InsightWish(mine), ENGLISH))

    assert "Mira reads the new ones before others do." in texts


def test_the_card_says_that_others_read_other_words_and_what_is_asked() -> None:
    found = "Found by: our cohort, in the words that you both agreed to earlier."
    mine = replace(CHANGED, mine=True, my_wish=True, partners=("Mira",))
    refused = replace(
        mine, insight=replace(AHEAD, wished=None, wished_by=None, wished_edition=None), my_wish=False
    )

    assert f"{found} Mira is asked about the new words, for: our cohort." in read(insight_card(mine, ENGLISH))
    assert f"{found} Tom asks you about the new words, for: our cohort." in read(
        insight_card(CHANGED, ENGLISH)
    )
    assert found in read(insight_card(refused, ENGLISH))


def test_the_form_says_before_a_change_of_what_others_read_that_they_keep_reading_it() -> None:
    shared = replace(EMPTY, insight_id=InsightId(8), found_by=Visibility.COHORT)

    assert "others keep reading the words that you both agreed to, until Mira has read yours" in str(
        insight_form(shared, ENGLISH).to_dict()
    )
    assert "keep reading" not in str(insight_form(EMPTY, ENGLISH).to_dict())


def test_the_form_about_the_circle_shows_all_that_a_choice_agrees_to() -> None:
    form = replace(
        EMPTY, situation="I lead", behaviour="wait", outcome="they speak", tags=("silence",),
        insight_id=InsightId(8), edition=2, found_by=Visibility.COHORT, is_ahead=True,
    )  # fmt: skip
    texts = str(visibility_form(form, ENGLISH).to_dict())

    for text in ("I lead", "wait", "they speak", "silence", "once so far"):
        assert text in texts
    assert "Others still read earlier words. If you keep “our cohort”" in texts
    assert "Others still read" not in str(visibility_form(replace(form, is_ahead=False), ENGLISH).to_dict())


def test_the_largest_insight_is_one_that_slack_takes_whole() -> None:
    long = replace(
        WISHED,
        situation="s" * TEXT_LIMIT,
        behaviour="b" * TEXT_LIMIT,
        outcome="o" * STORY_LIMIT,
        tags=tuple(f"{n}" * TAG_LENGTH for n in range(TAG_LIMIT)),
    )
    old = replace(long, behaviour="o" * TEXT_LIMIT, visibility=Visibility.COHORT, agreed=1)
    card = replace(THEIRS, insight=replace(long, edition=2), shared=shared_copy(old, None))

    for message in (insight_card(card, ENGLISH), consent_question(InsightWish(card), ENGLISH)):
        assert long.outcome in read(message)
        assert size(message) < LARGEST_MESSAGE
    form = InsightForm(PairId(2), ("Mira",), long.situation, long.behaviour, long.outcome, long.tags)
    assert parse_insight(sent(insight_form(form, ENGLISH))).shown["tags"] == ", ".join(long.tags)
