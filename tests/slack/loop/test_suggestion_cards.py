"""The message that tells of suggestions: its buttons, how each stands, and that Slack takes the largest."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.experiments import LINE_LIMIT, STEPS_LIMIT
from bot.domain.ids import MemberId, PairId, SuggestionId, WorkspaceId
from bot.domain.suggestions import LASTS, Suggestion, SuggestionState
from bot.slack.loop import suggestion_cards as ids
from bot.slack.loop.suggestion_cards import agenda_panel, declined_panel, parse_menu, suggestion_card
from bot.usecases.loop.suggestion_cards import Offer, SuggestionCard
from bot.words import Words
from tests.forms import action_ids, carried, drawn
from tests.messages import LARGEST_MESSAGE, lines, shown, size

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
ASK = Suggestion(
    WorkspaceId(1), PairId(2), MemberId(4), MemberId(3), "ask", NOW, NOW + LASTS, id=SuggestionId(7)
)
ONE = Offer(ASK, is_open=True, on_agenda=False)
OTHER = replace(ONE, suggestion=replace(ASK, behaviour="wait", id=SuggestionId(8)))
MINE = SuggestionCard((ONE,), "Mira", "Tom", mine=True, about="")
THREE = replace(MINE, offers=(ONE, OTHER, OTHER))


def test_one_has_three_buttons_and_several_have_one_each() -> None:
    assert carried(shown(suggestion_card(MINE, ENGLISH))) == {
        ids.MAKE: "7",
        ids.DECLINE: "7",
        ids.DISCUSS: "7",
    }
    assert action_ids(shown(suggestion_card(THREE, ENGLISH))) == [ids.MAKE, ids.MENU] * 3
    for card in (MINE, THREE):
        assert action_ids(shown(suggestion_card(replace(card, mine=False), ENGLISH))) == []


def test_what_the_menu_has_stands_below_the_form_as_well() -> None:
    menus = [b for b in shown(suggestion_card(THREE, ENGLISH))["blocks"] if b["type"] == "actions"]
    offered = [parse_menu({"selected_option": one}) for one in menus[1]["elements"][1]["options"]]
    below = {"blocks": [ids.other_answers(SuggestionId(8), ENGLISH).to_dict()]}

    assert dict(offered) == {ids.DECLINE: 8, ids.DISCUSS: 8}
    assert carried(below) == {ids.DECLINE: "8", ids.DISCUSS: "8"}


def test_on_the_agenda_it_can_be_taken_off() -> None:
    card = replace(MINE, offers=(replace(ONE, on_agenda=True),))

    assert ids.UNDISCUSS in action_ids(shown(suggestion_card(card, ENGLISH)))
    assert "On the agenda" in lines(suggestion_card(replace(card, mine=False), ENGLISH))


@pytest.mark.parametrize("state", list(SuggestionState))
def test_what_is_answered_says_how_it_stands_to_each_of_the_two(state: SuggestionState) -> None:
    offer = Offer(replace(ASK, state=state), is_open=False, on_agenda=False)
    mine, theirs = (
        suggestion_card(replace(MINE, offers=(offer,), mine=mine), ENGLISH) for mine in (True, False)
    )

    assert action_ids(shown(mine)) == action_ids(shown(theirs)) == []
    assert lines(mine) != lines(suggestion_card(MINE, ENGLISH))
    assert lines(theirs) != lines(suggestion_card(replace(MINE, mine=False), ENGLISH))


def test_it_says_where_it_is_from_what_it_is_about_and_that_it_is_quick() -> None:
    offer = replace(ONE, suggestion=replace(ASK, shelf_id="listening.say_back", quick=True))
    told = lines(suggestion_card(replace(MINE, offers=(offer,), about="They wait"), ENGLISH))

    assert "From the shelf." in told
    assert "They wait" in told
    assert "three days" in told


def test_the_largest_is_one_message() -> None:
    line, long = "ü" * LINE_LIMIT, "ü" * STEPS_LIMIT
    full = replace(
        ONE, suggestion=replace(ASK, behaviour=line, situation=line, sign=line, steps=long, shelf_id="x")
    )
    message = suggestion_card(replace(MINE, offers=(full,) * 3, about=long), ENGLISH)

    assert size(message) < LARGEST_MESSAGE
    assert len(message.blocks) <= 50


def test_slack_takes_what_the_form_turns_into() -> None:
    for panel in (declined_panel(ENGLISH), agenda_panel(ENGLISH)):
        drawn(panel)
