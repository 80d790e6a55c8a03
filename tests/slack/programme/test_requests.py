"""Help with a pair in words: what there is, who will read it by name, and how it stands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import FormGone
from bot.domain.ids import HelpRequestId, MemberId, PairId, WorkspaceId
from bot.domain.requests import HelpKind, HelpRequest, HelpState
from bot.slack.programme.requests import (
    DONE,
    PARTNER,
    TAKE,
    TALK,
    help_card,
    help_choices,
    help_form,
    parse_help,
)
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.requests import AskForHelp, HelpCard, HelpForm
from bot.words import Words
from tests.forms import action_ids, last_text, required, sent
from tests.messages import read, shown
from tests.scenarios.conftest import run_id

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
REQUEST = HelpRequest(
    WorkspaceId(1),
    PairId(2),
    MemberId(3),
    MemberId(4),
    HelpKind.PARTNER,
    NOW,
    "Too far apart",
    id=HelpRequestId(5),
)
CARD = HelpCard(REQUEST, "Tom", "Ada", ("Mira",), mine=False)
ONE = HelpForm(HelpKind.PARTNER, (PairChoice(PairId(2), ("Mira",)),), ("Ada",))


def test_there_are_three_ways() -> None:
    assert action_ids(shown(help_choices(ENGLISH))) == [PARTNER, TALK, run_id("leave")]


def test_the_form_names_who_reads_it_and_needs_nothing() -> None:
    view = help_form(ONE, ENGLISH)

    assert required(view) == []
    assert "Ada" in last_text(view)
    assert parse_help(sent(view, text="Too far")) == AskForHelp(
        PairId(2), HelpKind.PARTNER, {"text": "Too far"}
    )


def test_a_form_of_a_kind_that_there_is_not_is_to_be_opened_anew() -> None:
    view = help_form(ONE, ENGLISH)
    view.private_metadata = '{"pair_id": 2, "kind": "spell"}'

    with pytest.raises(FormGone):
        parse_help(sent(view))


def test_with_several_pairs_each_contact_is_named_with_its_pair() -> None:
    two = replace(ONE, pairs=(*ONE.pairs, PairChoice(PairId(7), ("Zoe",))), contacts=("Ada", "Lea"))

    text = last_text(help_form(two, ENGLISH))
    assert "Ada for your pair with Mira" in text
    assert "Lea for your pair with Zoe" in text


@pytest.mark.parametrize(
    ("state", "offered"), [(HelpState.OPEN, [TAKE, DONE]), (HelpState.TAKEN, [DONE]), (HelpState.DONE, [])]
)
def test_whoever_was_asked_reads_the_line_and_can_take_and_finish_it(
    state: HelpState, offered: list[str]
) -> None:
    card = replace(CARD, request=replace(REQUEST, state=state))
    message = help_card(card, ENGLISH)

    assert action_ids(shown(message)) == offered
    assert "Too far apart" in read(message)
    mine = help_card(replace(card, mine=True), ENGLISH)
    assert action_ids(shown(mine)) == []
    assert "Ada" in mine.text
