"""A new mentor in the place of another: what is asked, what is picked, and what everybody reads."""

from dataclasses import replace

import pytest

from bot.domain.errors import ChoiceMissing
from bot.domain.ids import PairId
from bot.domain.pairs import PairState, Role
from bot.domain.pairs_replacing import EarlierKind
from bot.domain.stored import Earlier
from bot.slack.programme import pairs
from bot.slack.programme.pairs_consent import consent_card, welcome
from bot.slack.programme.pairs_replacing import earlier_form, earlier_shown, mentor_replaced, parse_earlier
from bot.usecases.programme.pairs_replaced import MentorReplaced
from bot.usecases.programme.pairs_replacing import EarlierForm, ShowEarlier
from bot.words import Words
from tests.forms import drawn, field_ids, last_text, sent
from tests.messages import read
from tests.slack.programme.test_pairs import ASK, WELCOME, pressable

ENGLISH = Words("en-US")
EVERY = tuple(EarlierKind(kind, number, f"e{number}") for number, kind in enumerate(Earlier, 1))
FORM = EarlierForm(PairId(1), "Yuki", ("Mira",), EVERY, (Earlier.GOALS,), asks=True)
FOLLOWS = replace(ASK, follows=True, former=("Mira",))


def test_goals_are_ticked_and_every_kind_can_be() -> None:
    view = earlier_form(FORM, ENGLISH)

    assert parse_earlier(sent(view)) == ShowEarlier(
        PairId(1), (Earlier.GOALS,), tuple(f"{one.kind}:{one.edition}" for one in EVERY)
    )
    everything = tuple(str(kind) for kind in Earlier)
    assert parse_earlier(sent(view, kinds=everything)).chosen == tuple(Earlier)
    assert "Yuki" in last_text(view)


def test_a_kind_that_there_is_not_is_a_choice_that_is_missing() -> None:
    typed = sent(earlier_form(FORM, ENGLISH))
    typed.view["state"]["values"]["kinds"]["value"]["selected_options"] = [{"value": "energies"}]

    with pytest.raises(ChoiceMissing) as error:
        parse_earlier(typed)

    assert error.value.field == "kinds"


def test_where_there_is_nothing_to_show_nothing_is_asked() -> None:
    assert field_ids(drawn(earlier_form(replace(FORM, kinds=()), ENGLISH))) == []


def test_the_mentees_yes_leads_to_the_form_and_the_mentors_is_one() -> None:
    assert pressable(consent_card(FOLLOWS, ENGLISH)) == [pairs.CHOOSE, pairs.NO]
    mentor = replace(FOLLOWS, role=Role.MENTOR, former=())
    assert pressable(consent_card(mentor, ENGLISH)) == [pairs.YES, pairs.NO]
    assert "Mira" in read(consent_card(FOLLOWS, ENGLISH))
    assert "had another mentor before" in read(consent_card(mentor, ENGLISH))


def test_the_welcome_of_the_mentee_leads_to_what_is_shown() -> None:
    assert pressable(welcome(replace(WELCOME, follows=True), ENGLISH))[0] == pairs.CHOOSE
    assert pairs.CHOOSE not in pressable(welcome(replace(WELCOME, follows=True, role=Role.MENTOR), ENGLISH))


@pytest.mark.parametrize("state", PairState)
def test_the_answer_says_how_it_stands_now(state: PairState) -> None:
    asked = state in (PairState.ASKED, PairState.ACTIVE, PairState.PAUSED)
    assert ("Mira" in read(earlier_shown(replace(FOLLOWS, state=state), ENGLISH))) == asked


def test_the_former_mentor_is_thanked_and_can_press_nothing() -> None:
    message = mentor_replaced(MentorReplaced(("Tom",)), ENGLISH)

    assert pressable(message) == []
    assert "Thank you for the time you gave." in read(message)
