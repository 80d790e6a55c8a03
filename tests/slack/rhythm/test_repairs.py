"""The question how to go on, in words: its choices, and what comes after one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.experiments import Experiment
from bot.domain.ids import MemberId, OccurrenceId, OwedReplyId, PairId, WorkspaceId
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.owed_replies import OwedKind, OwedReply
from bot.slack.programme import requests
from bot.slack.rhythm import owed_replies
from bot.slack.rhythm.owed_replies import reminder_message
from bot.slack.rhythm.repairs import (
    ELSEWHERE,
    KINDLY,
    PAUSE,
    PAUSED,
    SET_BACK,
    SMALLER,
    kind_nudge,
    parse_repair_pause,
    rarer_message,
    repair_ask,
    repair_pause_form,
)
from bot.usecases.people.pauses import PauseForm
from bot.usecases.rhythm.owed_replies_messages import RepliesWaiting, WaitingLine
from bot.usecases.rhythm.repairs_messages import KindNudge, RepairAsk
from bot.usecases.rhythm.repairs_rhythm import RarerRounds
from bot.words import Words
from tests.forms import action_ids, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 12, 8, 15, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
ROUND = Occurrence(
    WorkspaceId(1), PairId(2), Ritual.CHECK_IN, 0, "2026-12-08", NOW.date(), id=OccurrenceId(5)
)
ASK = RepairAsk(ROUND, ("Mira",), open=True, next_at=NOW, experiment=None, passed_on=None)
TRY = Experiment(WorkspaceId(1), PairId(2), MemberId(3), "ask first", "they decide", NOW.date(), NOW)


def test_there_are_the_choices_that_fit() -> None:
    assert action_ids(shown(repair_ask(ASK, ENGLISH))) == [ELSEWHERE, PAUSE, KINDLY]
    tried = replace(ASK, experiment=TRY)
    assert action_ids(shown(repair_ask(tried, ENGLISH))) == [ELSEWHERE, SMALLER, PAUSE, KINDLY]
    told = replace(ASK, passed_on=NOW)
    assert action_ids(shown(repair_ask(told, ENGLISH))) == [ELSEWHERE, PAUSE]


def test_where_check_ins_could_be_rarer_it_is_said_what_that_changes() -> None:
    often = replace(ASK, may_be_rarer=True)

    assert action_ids(shown(repair_ask(often, ENGLISH))) == [ELSEWHERE, SMALLER, PAUSE, KINDLY]
    assert "Only every four weeks" in read(repair_ask(often, ENGLISH))
    assert "Only every four weeks" not in read(repair_ask(replace(often, experiment=TRY), ENGLISH))
    assert "every four weeks now" in read(repair_ask(replace(ASK, open=False, is_rare=True), ENGLISH))


def test_the_other_reads_who_would_like_fewer_and_can_set_it_back() -> None:
    rarer = RarerRounds(PairId(2), "Tom", holds=True)

    assert action_ids(shown(rarer_message(rarer, ENGLISH))) == [SET_BACK]
    assert "Tom would like fewer check-ins" in rarer_message(rarer, ENGLISH).text
    assert action_ids(shown(rarer_message(replace(rarer, holds=False), ENGLISH))) == []


def test_once_something_was_chosen_there_is_nothing_left_to_press() -> None:
    message = repair_ask(replace(ASK, open=False, passed_on=NOW), ENGLISH)

    assert action_ids(shown(message)) == []
    assert "I told Mira" in read(message)


def test_a_partner_reads_who_would_like_to_go_on_and_of_no_silence() -> None:
    text = read(kind_nudge(KindNudge("Tom"), ENGLISH))

    assert "Tom would like to go on" in text
    assert "quiet" not in text


def test_its_pause_asks_for_a_day_and_knows_the_question() -> None:
    view = repair_pause_form(PauseForm(date(2026, 12, 22), away=False), ROUND.id, ENGLISH)

    assert view.callback_id == PAUSED
    assert required(view) == []
    assert parse_repair_pause(sent(view)) == (ROUND.id, {"until": date(2026, 12, 22)})


def test_a_mentor_reads_what_waits_and_ways_that_are_easier_than_a_reply() -> None:
    owed = OwedReply(
        WorkspaceId(1), PairId(2), MemberId(3), MemberId(4), OwedKind.ASK, 7, NOW, NOW, None, None,
        id=OwedReplyId(9),
    )  # fmt: skip
    line = WaitingLine(owed, "Tom", "They wait for me", None)
    plain = RepliesWaiting(OwedReplyId(9), (line, line), last=True)
    ways = [owed_replies.ELSEWHERE, owed_replies.PAUSE, requests.TALK]

    assert not set(action_ids(shown(reminder_message(plain, ENGLISH)))) & set(ways)
    for lines in ((line,), (line, line)):
        asked = reminder_message(replace(plain, lines=lines, repair=("Tom",)), ENGLISH)
        assert action_ids(shown(asked))[-3:] == ways
        assert "How shall it go on with Tom" in asked.text
