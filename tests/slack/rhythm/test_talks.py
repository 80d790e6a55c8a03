"""The next talk in words: on two clocks, before it, after it, and for a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from bot.domain.ids import MemberId, PairId, SessionId, TalkId, WorkspaceId
from bot.domain.members import Member
from bot.domain.talks import Talk, TalkLength, TalkPlan, TalkState
from bot.slack.rhythm import talks as ids
from bot.slack.rhythm.talks import parse_talk, talk_card, talk_form, talk_question, talks_message
from bot.slack.rhythm.talks_brief import talk_brief
from bot.slack.rhythm.talks_calendar import calendar_message, calendar_text
from bot.usecases.people.memberships import PairChoice
from bot.usecases.rhythm.talks import PlanTalk, TalkCard, TalkForm, TalkQuestion
from bot.usecases.rhythm.talks_brief import TalkBrief
from bot.words import Words
from tests.forms import action_ids, drawn, last_text, required, sent
from tests.messages import read, shown
from tests.scenarios.conftest import run_id

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
THREE = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
BERLIN = Words("en-US", "Europe/Berlin", NOW)
W, P = WorkspaceId(1), PairId(2)
TOM = Member(W, "UTOM", "Tom", "America/New_York", "en-US", NOW, id=MemberId(3))
TALK = Talk(W, P, MemberId(4), THREE, 30, NOW, id=TalkId(9))
CARD = TalkCard(TALK, "Mira", mine=True, partners=(TOM,), to_come=True)
FORM = TalkForm((PairChoice(P, ("Tom",)),), TalkPlan(date(2026, 12, 1), time(15)))
NEXT = run_id("talk")


def test_a_card_tells_the_moment_on_both_clocks_where_they_differ() -> None:
    told = read(talk_card(CARD, BERLIN))
    assert "Tuesday, December 1, 3:00" in told
    assert "For Tom that is Tuesday, December 1, 9:00" in told

    neighbours = replace(CARD, partners=(replace(TOM, tz="Europe/Paris"),))
    assert "For Tom" not in read(talk_card(neighbours, BERLIN))


def test_a_card_can_be_moved_called_off_and_taken_along_until_the_talk_begins() -> None:
    assert action_ids(shown(talk_card(CARD, BERLIN))) == [ids.MOVE, ids.CANCEL, ids.CALENDAR]
    assert action_ids(shown(talk_card(replace(CARD, to_come=False), BERLIN))) == []


@pytest.mark.parametrize(
    ("state", "offered"),
    [(TalkState.MOVED, []), (TalkState.HELD, []), (TalkState.MISSED, [NEXT]), (TalkState.CANCELLED, [NEXT])],
)
def test_a_card_of_a_talk_that_is_over_offers_the_next_one_where_there_is_none(
    state: TalkState, offered: list[str]
) -> None:
    card = replace(CARD, talk=replace(TALK, state=state))
    assert action_ids(shown(talk_card(card, BERLIN))) == offered


@pytest.mark.parametrize(
    ("talk", "offered"),
    [
        (TALK, [ids.HELD, ids.MOVE, ids.MISSED]),
        (replace(TALK, state=TalkState.HELD), [ids.TELL]),
        (replace(TALK, state=TalkState.HELD, session_id=SessionId(1)), []),
        (replace(TALK, state=TalkState.MISSED), [NEXT]),
    ],
)
def test_the_question_afterwards_says_how_it_stands(talk: Talk, offered: list[str]) -> None:
    assert action_ids(shown(talk_question(TalkQuestion(talk, ("Tom",)), BERLIN))) == offered


def test_a_form_carries_the_talk_that_it_moves_and_only_the_day_is_needed() -> None:
    view = talk_form(replace(FORM, moves=TALK.id), BERLIN)

    assert required(view) == ["day"]
    assert "Tom" in last_text(view)
    shown_ = {"day": date(2026, 12, 1), "at": time(15), "length": TalkLength.HALF}
    assert parse_talk(sent(view)) == PlanTalk(P, shown_, TALK.id)
    assert parse_talk(sent(talk_form(FORM, BERLIN))).moves is None


def test_with_several_pairs_the_form_asks_with_whom() -> None:
    several = replace(FORM, pairs=(*FORM.pairs, PairChoice(PairId(7), ("Zoe",))))
    assert parse_talk(sent(talk_form(several, BERLIN), pair="7")).pair_id == PairId(7)


def test_what_is_planned_stands_with_the_way_to_another() -> None:
    assert action_ids(shown(talks_message((CARD,), BERLIN)))[-1] == ids.NEW


def test_a_brief_without_an_agenda_asks_for_one() -> None:
    brief = TalkBrief(CARD, (), None, (), ())
    assert "What would you like to bring?" in read(talk_brief(brief, BERLIN))
    assert "Ask first" in read(talk_brief(replace(brief, agenda=("Ask first",)), BERLIN))


def test_a_calendar_reads_the_very_moment_and_who_is_met() -> None:
    (event,) = Calendar.from_ical(calendar_text(CARD, BERLIN)).events

    assert (event.start, event.end) == (TALK.starts_at, TALK.ends_at)
    assert str(event["summary"]) == "Talk with Tom"
    assert "BEGIN:VCALENDAR" in str(shown(calendar_message(CARD, BERLIN)))


def test_the_form_is_drawn_in_both_languages() -> None:
    for locale in ("en-US", "de-DE"):
        drawn(talk_form(FORM, Words(locale, "Europe/Berlin", NOW)))
