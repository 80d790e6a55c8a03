"""What a pair agrees on, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.charters import Charter, CharterState, FeedbackManner, FeedbackTone, FeedbackWish
from bot.domain.ids import CharterId, MemberId, PairId, WorkspaceId
from bot.slack.programme import charters as ids
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.charters import CharterCard, CharterForm
from bot.words import Words
from tests.forms import action_ids, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
END = date(2027, 5, 23)
CHARTER = Charter(
    WorkspaceId(1),
    PairId(2),
    MemberId(3),
    "every second Tuesday",
    NOW,
    expects="honesty",
    ends_on=END,
    id=CharterId(4),
)
WISH = FeedbackWish(
    WorkspaceId(1), PairId(2), MemberId(3), NOW, tone=FeedbackTone.DIRECT, manner=FeedbackManner.WRITTEN
)
CARD = CharterCard(CHARTER, "Tom", False, ("Tom",), True, (), END, (("Tom", WISH),), None)


def test_a_first_form_needs_one_line_and_begins_with_a_promise() -> None:
    view = ids.charter_form(CharterForm(PairId(2), ("Tom",), None, END, None), ENGLISH)

    assert required(view) == ["often"]
    command = ids.parse_charter(sent(view))
    assert (command.pair_id, command.read) == (PairId(2), None)
    assert command.shown["missed"] == "say so before, and pick a new day"
    assert command.shown["ends_on"] == END
    assert command.wish == {"moment": None, "tone": None, "manner": None}


def test_what_stands_comes_back_as_it_is() -> None:
    command = ids.parse_charter(
        sent(ids.charter_form(CharterForm(PairId(2), ("Tom",), CHARTER, END, WISH), ENGLISH))
    )

    assert command.read == CHARTER.id
    assert command.shown == {
        "often": "every second Tuesday", "expects": "honesty", "missed": "", "stays_between": "", "ends_on": END,
    }  # fmt: skip
    assert command.wish == {"moment": None, "tone": FeedbackTone.DIRECT, "manner": FeedbackManner.WRITTEN}


def test_who_is_asked_may_say_yes_or_change_it() -> None:
    assert action_ids(shown(ids.charter_card(CARD, ENGLISH))) == [ids.AGREE, ids.CHANGE]
    text = read(ids.charter_card(CARD, ENGLISH))
    for said in ("every second Tuesday", "honesty", "2027", "Tom likes feedback direct and written."):
        assert said in text


def test_an_older_edition_leads_to_what_stands_and_cannot_be_agreed_to() -> None:
    old = replace(CARD, charter=replace(CHARTER, state=CharterState.REPLACED), newer=CharterId(5))
    assert action_ids(shown(ids.charter_card(old, ENGLISH))) == [ids.OPEN]
    over = replace(old, charter=replace(CHARTER, state=CharterState.OVER), newer=None)
    assert action_ids(shown(ids.charter_card(over, ENGLISH))) == []


def test_whoever_said_nothing_of_feedback_has_no_line() -> None:
    assert ids.likes_text(None, "Tom", ENGLISH) == ids.likes_text(
        replace(WISH, tone=None, manner=None), "Tom", ENGLISH
    )
    assert ids.likes_text(None, "Tom", ENGLISH) == ""


def test_of_several_pairs_each_has_its_button() -> None:
    pairs = [PairChoice(PairId(2), ("Tom",)), PairChoice(PairId(3), ("Zoe",))]
    assert action_ids(shown(ids.which_charter(pairs, ENGLISH))) == [ids.OPEN, ids.OPEN]
