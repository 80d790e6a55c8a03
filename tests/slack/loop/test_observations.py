"""Observations: what the form asks for, and what each of the two can press."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import MemberId, ObservationId, PairId, WorkspaceId
from bot.domain.members import Member
from bot.domain.observations import Observation, ObservationKind
from bot.slack.loop import observations as ids
from bot.slack.loop.observations import (
    observation_card,
    observation_form,
    observation_sent,
    parse_observation,
)
from bot.slack.privacy import PREVIEW
from bot.usecases.loop.observations import ObservationCard, ObservationForm, ObservationSent, Observe, Partner
from bot.usecases.loop.thanks import Thanked
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, last_text, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, MIRA = WorkspaceId(1), PairId(7), MemberId(3)
TOM = Member(W, "UTOM", "Tom", "UTC", "en-US", NOW, id=MemberId(4))
ZOE = replace(TOM, user_id="UZOE", name="Zoe", id=MemberId(5))
SEEN = Observation(W, P, MIRA, TOM.id, "the review", "you waited", NOW, id=ObservationId(9))
ONE = ObservationForm((Partner(P, TOM),), strength_missing=False)
CARD = ObservationCard(SEEN, "Mira", learns=True)
SENT = ObservationSent(SEEN, "Tom", NOW + timedelta(minutes=10))
GONE = replace(SEEN, situation="", behaviour="", taken_back_at=NOW)


def test_the_form_needs_two_things_and_says_who_will_see_them() -> None:
    view = observation_form(ONE, ENGLISH)

    assert required(view) == ["situation", "behaviour"]
    assert last_text(view) == ENGLISH.t("Seen by: {name} and you.", name="Tom")


def test_whom_it_is_about_is_asked_only_where_there_is_a_choice() -> None:
    several = replace(ONE, partners=(Partner(P, TOM), Partner(PairId(8), ZOE)))

    assert ids.WHOM not in field_ids(drawn(observation_form(ONE, ENGLISH)))
    alone = parse_observation(sent(observation_form(ONE, ENGLISH), situation="s", behaviour="b"))
    assert (alone.pair_id, alone.to_id) == (P, TOM.id)
    chosen = parse_observation(sent(observation_form(several, ENGLISH), whom="8:5", situation="s"))
    assert (chosen.pair_id, chosen.to_id) == (PairId(8), ZOE.id)


def test_what_was_filled_in_is_read_back_and_a_strength_is_preset() -> None:
    found = parse_observation(
        sent(observation_form(ONE, ENGLISH), situation="s", behaviour="b", impact="i", question="q")
    )

    words = {"situation": "s", "behaviour": "b", "impact": "i", "question": "q"}
    assert found == Observe(P, TOM.id, {**words, "kind": ObservationKind.STRENGTH})


@pytest.mark.parametrize("thanked", [Thanked(), Thanked(mine=True)])
@pytest.mark.parametrize("learns", [True, False])
@pytest.mark.parametrize("on_agenda", [True, False])
def test_its_reader_has_three_buttons_at_most(thanked: Thanked, *, learns: bool, on_agenda: bool) -> None:
    card = replace(CARD, thanked=thanked, learns=learns, on_agenda=on_agenda)

    buttons = action_ids(shown(observation_card(card, ENGLISH)))

    assert len(buttons) <= 3
    assert (ids.TO_TRY in buttons) is learns
    assert (ids.THANK in buttons) is not thanked.mine


def test_its_writer_can_change_it_and_take_it_back_as_long_as_it_is_fresh() -> None:
    assert action_ids(shown(observation_sent(SENT, ENGLISH))) == [ids.CHANGE, ids.TAKE_BACK, PREVIEW]
    assert action_ids(shown(observation_sent(replace(SENT, until=None), ENGLISH))) == [ids.CHANGE, PREVIEW]


def test_of_what_was_taken_back_nothing_is_left_but_that() -> None:
    for message in (
        observation_card(replace(CARD, observation=GONE), ENGLISH),
        observation_sent(replace(SENT, observation=GONE), ENGLISH),
    ):
        assert action_ids(shown(message)) == []
        assert "you waited" not in read(message)


def test_what_was_changed_late_says_so_to_its_reader() -> None:
    told = ENGLISH.t("Changed on {day}.", day=ENGLISH.day(NOW.date()))

    assert told in read(observation_card(replace(CARD, observation=replace(SEEN, changed_at=NOW)), ENGLISH))
    assert told not in read(observation_card(CARD, ENGLISH))
