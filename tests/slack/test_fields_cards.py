"""Cards and panels tell what the lists of fields say: each line that is called something there, in people's words."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.domain.checkins import CheckInSource
from bot.domain.ids import PairId
from bot.domain.insights import Visibility, wording_of
from bot.domain.next_steps import NextTry
from bot.domain.reviews import ReviewState
from bot.domain.stored import EntryKind
from bot.slack.fields import FieldList, OneOf, SomeOf
from bot.slack.loop.evidence import evidence_panel
from bot.slack.loop.experiment_cards import experiment_card
from bot.slack.loop.goals import goal_card
from bot.slack.loop.milestones import milestone_card
from bot.slack.loop.responses import response_card
from bot.slack.loop.result_cards import result_card
from bot.slack.loop.suggestion_cards import suggestion_card
from bot.slack.programme.charters import charter_card
from bot.slack.repository.insights import insight_card
from bot.slack.repository.search_things import ROWS, thing_panel
from bot.slack.rhythm.checkin_cards import check_in_card
from bot.slack.rhythm.reviews import review_card
from bot.slack.rhythm.sessions import session_card
from bot.usecases.loop.evidence import EvidenceList, Piece
from bot.usecases.loop.experiment_cards import ExperimentCard
from bot.usecases.loop.goals import GoalCard
from bot.usecases.loop.milestones import MilestoneCard
from bot.usecases.loop.responses import ResponseCard
from bot.usecases.loop.results import ResultCard
from bot.usecases.loop.suggestion_cards import Offer, SuggestionCard
from bot.usecases.programme.charters import CharterCard
from bot.usecases.repository.insight_cards import InsightCard
from bot.usecases.repository.search_hits import Whose
from bot.usecases.repository.search_things import Thing
from bot.usecases.rhythm.checkin_cards import Answered, CheckInCard
from bot.usecases.rhythm.reviews_messages import Draft, ReviewCard
from bot.usecases.rhythm.sessions import SessionCard
from bot.words import Words
from tests.field_lists import LISTS, a_thing

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
MIRA = ("Mira",)
EXPERIMENT = a_thing(LISTS["Experiment"])
Drawn = Callable[[Any], list[Block]]


def panel(thing: Any) -> list[Block]:
    found = Thing(EntryKind.GOAL, 1, thing, Whose.MINE, "", Visibility.PAIR, ())
    return list(thing_panel(found, ENGLISH).blocks or [])


CARDS: Mapping[str, Drawn] = {
    "Goal": lambda one: goal_card(GoalCard(one, "Tom", MIRA, mine=True), ENGLISH).blocks,
    "Experiment": lambda one: (
        experiment_card(ExperimentCard(one, "Tom", MIRA, mine=True, may_hint=False), ENGLISH).blocks
    ),
    "Result": lambda one: (
        result_card(
            ResultCard(one, EXPERIMENT, None, (), (), None, "Tom", MIRA, mine=True, answer_by=NOW.date()),
            ENGLISH,
        ).blocks
    ),
    "Response": lambda one: (
        response_card(ResponseCard(one, "Mira", "ask", NextTry(PairId(1))), ENGLISH).blocks
    ),
    "Evidence": lambda one: list(
        evidence_panel(EvidenceList(EXPERIMENT, MIRA, (Piece(one, "Tom", mine=True),)), ENGLISH).blocks or []
    ),
    "Session": lambda one: session_card(SessionCard(one, "Tom", mine=True, learns=True), ENGLISH).blocks,
    "Insight": lambda one: (
        insight_card(InsightCard(one, "Tom", MIRA, mine=True, asked_by="", my_wish=False), ENGLISH).blocks
    ),
    "Suggestion": lambda one: (
        suggestion_card(
            SuggestionCard((Offer(one, True, False),), "Mira", "Tom", mine=True, about=""), ENGLISH
        ).blocks
    ),
    "Milestone": lambda one: (
        milestone_card(MilestoneCard(one, "lead", "Tom", MIRA, True, False, None, None, ""), ENGLISH).blocks
    ),
    "Review": lambda one: (
        review_card(
            ReviewCard(replace(one, state=ReviewState.DONE), "Tom", False, MIRA, Draft(), ()), ENGLISH
        ).blocks
    ),
    "Charter": lambda one: (
        charter_card(CharterCard(one, "Tom", False, MIRA, True, (), one.ends_on, (), None), ENGLISH).blocks
    ),
    "CheckIn": lambda one: (
        check_in_card(
            CheckInCard("Tom", Answered(replace(one, source=CheckInSource.FORM), "", (), ())), ENGLISH
        ).blocks
    ),
}
# What one of them calls by a name of its own, leaves to its note, or has no place for.
OWN_WAY = {
    (panel, "Goal"): {"baseline", "signs"},
    (panel, "Result"): {"next_step", "other_changes"},
    (CARDS["Session"], "Session"): {"next_date"},
    (CARDS["Insight"], "Insight"): {"visibility"},
    (CARDS["CheckIn"], "CheckIn"): {"question_answer"},
    (panel, "CheckIn"): {"question_answer"},
}
TOLD_BY = {
    name: [*([CARDS[name]] if name in CARDS else []), *([panel] if asks.thing in ROWS else [])]
    for name, asks in LISTS.items()
}


@contextmanager
def called(asks: FieldList, name: str, card: str) -> Iterator[None]:
    """As if the list said how a card calls this field."""
    before = asks.fields
    object.__setattr__(asks, "fields", asks.saying(name, card=lambda _: card).fields)
    try:
        yield
    finally:
        object.__setattr__(asks, "fields", before)


def drawn(by: Drawn, thing: Any) -> str:
    return json.dumps([block.to_dict() for block in by(thing)], ensure_ascii=False)


@pytest.mark.parametrize("name", LISTS)
def test_a_line_of_a_thing_that_has_no_card_is_called_nothing(name: str) -> None:
    assert TOLD_BY[name] or [one.name for one in LISTS[name].fields if one.card] == []


@pytest.mark.parametrize("name", LISTS)
def test_each_line_with_a_name_is_on_a_card_or_a_panel(name: str) -> None:
    asks = LISTS[name]
    thing = a_thing(asks)
    shown = " ".join(drawn(by, thing) for by in TOLD_BY[name])

    for one in asks.fields:
        if one.card:
            assert one.told(getattr(thing, one.name), ENGLISH) in shown, one.name


@pytest.mark.parametrize(
    ("name", "field"),
    [(name, one.name) for name, asks in LISTS.items() for one in asks.fields if TOLD_BY[name]],
)
def test_a_line_that_is_given_a_name_is_told_wherever_the_thing_is(name: str, field: str) -> None:
    asks = LISTS[name]
    thing = a_thing(asks)

    for by in TOLD_BY[name]:
        if field not in OWN_WAY.get((by, name), ()):
            with called(asks, field, "This is it"):
                assert "This is it" in drawn(by, thing)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("name", LISTS)
def test_what_was_chosen_is_told_in_words(name: str, words: Words) -> None:
    for one in LISTS[name].fields:
        if isinstance(one, OneOf):
            for chosen in set(one.of) - set(one.elsewhere):
                told = one.told((chosen,) if isinstance(one, SomeOf) else chosen, words)
                assert told
                assert told not in {str(raw) for raw in one.of}, one.name


def test_several_that_were_chosen_are_one_phrase() -> None:
    (changes,) = [one for one in LISTS["Result"].fields if isinstance(one, SomeOf)]

    assert changes.told(("timing", "people"), ENGLISH) == "the timing and other people"
    assert changes.told(("timing", "people"), GERMAN) == "der Zeitpunkt und andere Menschen"


@pytest.mark.parametrize(
    ("name", "field", "held", "told"),
    [
        ("GoalNumber", "number_now", Decimal("2.5"), "2,5"),
        ("PutOff", "at", time(9, 30), "09:30"),
        ("Insight", "tags", ("time", "talk"), "time, talk"),
        ("Goal", "horizon", date(2026, 12, 24), "24. Dezember 2026"),
        ("Session", "next_date", date(2026, 12, 24), "Donnerstag, 24. Dezember"),
    ],
)
def test_a_value_is_told_as_its_reader_writes_it(name: str, field: str, held: object, told: str) -> None:
    (one,) = [one for one in LISTS[name].fields if one.name == field]

    assert one.told(held, GERMAN) == told
    assert one.told(None, GERMAN) == ""


def test_an_insight_is_told_alike_to_its_pair_and_in_the_words_that_others_read() -> None:
    insight, asks = a_thing(LISTS["Insight"]), LISTS["Insight"]

    assert asks.told(insight, ENGLISH) == asks.told(wording_of(insight), ENGLISH)
