"""A rhythm of the pair's own: what its form begins with, the dates before it, and the card with what can be said."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cadence import A_QUARTER, Cadence, CadenceKind, MonthEnd, MonthWeekday, Nth, Rule, Weeks
from bot.domain.cohorts import Cohort
from bot.domain.errors import FormGone
from bot.domain.ids import MemberId, PairId, RhythmProposalId, WorkspaceId
from bot.domain.rhythms import Onlooker, ProposalState, RhythmChoice, RhythmProposal, preview
from bot.domain.working_life import HolidayPolicy, WorkingLife
from bot.slack.blocks import Message
from bot.slack.forms import Values
from bot.slack.rhythm import rhythms_proposing as forms
from bot.slack.rhythm.rhythms import chosen_of
from bot.usecases.people.memberships import PairChoice
from bot.usecases.rhythm.rhythms import PairRhythm, ProposeRhythm, RhythmCard, RhythmForm, RhythmPreview
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, last_text, required, sent
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", "Europe/London", NOW)
SPRING = Cohort(WorkspaceId(1), "Spring", 2, 1, time(10), date(2026, 11, 24), NOW)
WITH_TOM, WITH_EVE = PairChoice(PairId(1), ("Tom",)), PairChoice(PairId(2), ("Eve",))
FORM = RhythmForm((PairRhythm(WITH_TOM, SPRING.cadence),))
BOTH = RhythmForm((PairRhythm(WITH_EVE, SPRING.cadence), *FORM.rhythms))
CHOICE = RhythmChoice(CadenceKind.MONTH_WEEKDAY, 2, Nth.LAST, 3, time(16))
COMMAND = ProposeRhythm(PairId(1), CHOICE)
CADENCE = Cadence(CHOICE.rule, CHOICE.at, date(2026, 11, 26))
AWAKE = WorkingLife(quiet_from=None, quiet_to=None)
PEOPLE = (Onlooker("Mira", "Europe/Berlin", AWAKE, is_me=True), Onlooker("Tom", "America/New_York", AWAKE))
COMING = preview(CADENCE, HolidayPolicy.AFTER, date(2026, 11, 24), PEOPLE)
DATES = RhythmPreview(COMMAND, CADENCE, PEOPLE, COMING)
PROPOSAL = RhythmProposal(
    WorkspaceId(1),
    PairId(1),
    MemberId(2),
    CHOICE.cadence_kind,
    CHOICE.every_weeks,
    CHOICE.nth,
    CHOICE.weekday,
    CHOICE.at,
    CADENCE.anchor,
    NOW,
    id=RhythmProposalId(5),
)
CARD = RhythmCard(PROPOSAL, SPRING, "Tom", mine=False, asked=True, proposed=CADENCE, stands=SPRING.cadence,
                  people=PEOPLE, dates=COMING)  # fmt: skip


def read(message: Message) -> str:
    return str(shown(message))


def test_the_form_begins_with_what_stands_and_asks_for_nothing() -> None:
    form = forms.our_rhythm_form(FORM, ENGLISH)

    assert required(form) == []
    assert forms.parse_our_rhythm(sent(form)) == ProposeRhythm(PairId(1), chosen_of(SPRING.cadence))
    assert last_text(form).startswith("Seen by: you and Tom.")


def test_who_has_several_pairs_says_which() -> None:
    form = forms.our_rhythm_form(BOTH, ENGLISH)

    assert field_ids(drawn(form))[0] == "pair"
    assert forms.parse_our_rhythm(sent(form)).pair_id == WITH_EVE.pair_id
    assert forms.parse_our_rhythm(sent(form, pair="1")).pair_id == WITH_TOM.pair_id


def test_the_way_back_to_the_cohort_is_one_of_the_choices_and_stays_chosen() -> None:
    chosen = forms.parse_our_rhythm(sent(forms.our_rhythm_form(FORM, ENGLISH), rhythm=forms.AS_COHORT))
    assert chosen == ProposeRhythm(PairId(1), None)

    again = forms.our_rhythm_form(FORM, ENGLISH, chosen)
    assert forms.parse_our_rhythm(sent(again)) == chosen


@pytest.mark.parametrize("command", [COMMAND, replace(COMMAND, choice=None)])
def test_what_is_proposed_is_what_was_chosen_and_change_keeps_it(command: ProposeRhythm) -> None:
    kept = forms.kept_proposal(Values(drawn(forms.proposal_dates(replace(DATES, command=command), ENGLISH))))

    assert kept == command
    assert forms.parse_our_rhythm(sent(forms.our_rhythm_form(FORM, ENGLISH, kept))) == command


@pytest.mark.parametrize("broken", [{"nth": 5}, {"cadence_kind": "daily"}, {"at": "late"}])
def test_dates_that_an_older_pairloop_made_are_told_of(broken: dict[str, object]) -> None:
    kept = {"cadence_kind": "weeks", "every_weeks": 1, "nth": 1, "weekday": 1, "at": "10:00"}
    with pytest.raises(FormGone):
        forms.kept_proposal(Values({"private_metadata": json.dumps({"pair_id": 1, "rhythm": kept | broken})}))


def test_both_see_the_five_dates_before_anything_holds() -> None:
    for seen in (str(drawn(forms.proposal_dates(DATES, ENGLISH))), read(forms.rhythm_card(CARD, ENGLISH))):
        assert seen.count("4:00 PM for you") == 5
        assert seen.count("for Tom") == 5


@pytest.mark.parametrize(
    ("card", "buttons"),
    [
        (CARD, [forms.ACCEPT, forms.DECLINE]),
        (replace(CARD, mine=True, asked=False), [forms.WITHDRAW]),
        (replace(CARD, asked=False), []),  # said yes already, in a circle
    ],
)
def test_each_sees_what_they_can_do(card: RhythmCard, buttons: list[str]) -> None:
    message = forms.rhythm_card(card, ENGLISH)

    assert action_ids(shown(message)) == buttons
    assert "on the last Thursday of each month" in read(message)
    assert "Now check-ins come every second Tuesday" in read(message)


@pytest.mark.parametrize("state", ProposalState)
def test_what_is_settled_says_what_stands_now_and_asks_nothing(state: ProposalState) -> None:
    card = replace(CARD, proposal=replace(PROPOSAL, state=state), dates=(), asked=False)
    message = forms.rhythm_card(card, ENGLISH)

    assert action_ids(shown(message)) == []
    stands = state is not ProposalState.OVER
    assert ("Now check-ins come every second Tuesday" in read(message)) is stands


def test_the_way_back_is_told_as_such() -> None:
    back = replace(CARD, proposal=replace(PROPOSAL, to_cohort=True))
    assert "Back to the rhythm of your cohort Spring" in read(forms.rhythm_card(back, ENGLISH))


@pytest.mark.parametrize(
    "rule",
    [
        Weeks(3, 4),
        MonthWeekday(Nth.THIRD, 2),
        MonthWeekday(Nth.LAST, 2, A_QUARTER),
        MonthEnd(),
        MonthEnd(A_QUARTER),
    ],
)
def test_every_rule_is_shown_as_it_was_chosen(rule: Rule) -> None:
    assert chosen_of(Cadence(rule, time(9), date(2026, 12, 1))).rule == rule
