"""What the coin says, and the form for the number afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.errors import NumberNotUnderstood
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId, IndicatorId, MemberId, PairId, TurnId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.readings import Arm
from bot.domain.series import Turns
from bot.domain.turns import Coin, Turn
from bot.slack.loop import turns as ids
from bot.slack.loop.turns import parse_turn, takes_turns, turn_form, turn_message
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.turns_taking import TurnView
from bot.words import Words
from tests.forms import action_ids, last_text, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
W, P, TOM = WorkspaceId(1), PairId(1), MemberId(3)
EXPERIMENT = Experiment(
    W, P, TOM, "ask", "I lead", date(2026, 11, 27), NOW, coin=Coin.SIX, id=ExperimentId(5)
)
PAUSE = Indicator(W, P, EXPERIMENT.id, "Pause", "s", id=IndicatorId(2))
TURN = Turn(W, P, EXPERIMENT.id, TOM, 2, Arm.USUAL, NOW, id=TurnId(7))
VIEW = TurnView(TURN, EXPERIMENT, PAUSE, Turns(6, (True,), (Decimal(4),)), None, ("Mira",))
NOTED = replace(VIEW, turns=Turns(6, (True, False), (Decimal(4), Decimal(1))), value=Decimal("1.5"))


def test_it_says_which_way_and_where_the_number_goes() -> None:
    usual = turn_message(VIEW, ENGLISH)
    planned = turn_message(replace(VIEW, turn=replace(TURN, arm=Arm.TRY)), ENGLISH)

    assert usual.fallback == "This time: as usual."
    assert planned.fallback == "This time: as planned."
    assert "I will" in read(planned)
    assert "I will" not in read(usual)
    assert action_ids(shown(usual)) == [ids.NOTE, ids.STOP]
    assert "2 of 6" in read(usual)


def test_once_noted_it_says_how_it_stands() -> None:
    assert "As planned 4 s · As usual 1 s. 2 of 6 noted." in read(turn_message(NOTED, ENGLISH))


def test_the_form_asks_one_number_and_says_who_sees_it() -> None:
    view = turn_form(VIEW, ENGLISH)

    assert required(view) == ["value"]
    assert last_text(view) == seen_by_you_and(("Mira",), ENGLISH)


def test_the_number_is_read_back_as_its_reader_writes_it() -> None:
    german = Words("de-DE", now=NOW)

    assert parse_turn(sent(turn_form(NOTED, german)), "de-DE") == (TURN.id, Decimal("1.5"))
    assert parse_turn(sent(turn_form(VIEW, ENGLISH)), "en-US") == (TURN.id, None)
    with pytest.raises(NumberNotUnderstood) as refused:
        parse_turn(sent(turn_form(VIEW, ENGLISH), value="many"), "en-US")
    assert refused.value.field == "value"


def test_only_an_open_try_with_a_coin_takes_turns() -> None:
    assert takes_turns(EXPERIMENT)
    assert not takes_turns(replace(EXPERIMENT, coin=Coin.NONE))
    assert not takes_turns(replace(EXPERIMENT, state=ExperimentState.DONE))
